//! Outlines of glyphs, for those who draw them themselves.

use crate::base::{Abs, Path, Point, Segment};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The outline of a glyph as the designer drew it, without hinting. A length of
/// 1 pt is one design unit and y grows upwards. A glyph without an outline, or
/// with a damaged one, is empty.
pub(super) fn outline(face: &FontRef<'_>, glyph: u16) -> Path {
    let mut pen = Pen::default();
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let drawn = face.outline_glyphs().get(GlyphId::from(glyph)).map(|g| g.draw(settings, &mut pen));
    match drawn {
        Some(Ok(_)) => pen.path,
        _ => Path::default(),
    }
}

/// Collects what skrifa draws; quadratic curves become cubic ones.
#[derive(Default)]
struct Pen {
    path: Path,
    last: (f32, f32),
}

impl Pen {
    fn push(&mut self, segment: Segment, to: (f32, f32)) {
        self.path.segments.push(segment);
        self.last = to;
    }
}

fn point(x: f64, y: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(y))
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push(Segment::Move(point(x.into(), y.into())), (x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push(Segment::Line(point(x.into(), y.into())), (x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let near = |end: (f32, f32)| {
            let towards = |from: f32, to: f32| f64::from(from) + f64::from(to - from) * 2.0 / 3.0;
            point(towards(end.0, cx), towards(end.1, cy))
        };
        let segment = Segment::Cubic(near(self.last), near((x, y)), point(x.into(), y.into()));
        self.push(segment, (x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [a, b] = [(ax, ay), (bx, by)].map(|(x, y)| point(x.into(), y.into()));
        self.push(Segment::Cubic(a, b, point(x.into(), y.into())), (x, y));
    }

    fn close(&mut self) {
        self.path.segments.push(Segment::Close);
    }
}
