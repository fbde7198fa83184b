//! The pixels of a page, and what paints them.

use super::trace::{append, magnification};
use super::{Dpi, PageImage, PreviewError};
use crate::assets::GradientLine;
use crate::base::{Abs, Path, Point, Rect, Size, Transform};
use crate::color::{Artwork, Color, Converter};
use crate::document::Shape;
use tiny_skia::{
    FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Mask, Paint, PathBuilder, Pixmap,
    PixmapPaint, PixmapRef, RadialGradient, Shader, SpreadMode, Stroke, StrokeDash,
};

/// A colour on the screen, and how much of what lies behind it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) rgb: [u8; 3],
    /// From 0 to 1.
    pub(super) opacity: f64,
}

impl Ink {
    /// A colour that covers what lies behind.
    pub(super) const fn solid(rgb: [u8; 3]) -> Ink {
        Ink { rgb, opacity: 1.0 }
    }

    fn color(self) -> tiny_skia::Color {
        let [r, g, b] = self.rgb;
        let alpha = (self.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        tiny_skia::Color::from_rgba8(r, g, b, alpha)
    }
}

/// What covers an area.
#[derive(Debug, Clone)]
pub(super) enum Brush {
    /// One colour.
    Plain(Ink),
    /// Inks by offset along a line.
    Gradient {
        /// Where it runs, in units of its own.
        line: GradientLine,
        /// From those to the units of the outline that is painted.
        map: Transform,
        /// By rising offsets.
        inks: Vec<(f64, Ink)>,
    },
}

impl From<Ink> for Brush {
    fn from(ink: Ink) -> Brush {
        Brush::Plain(ink)
    }
}

impl Brush {
    /// The paint for an outline that `map` has brought to where it is painted;
    /// none if there is nothing to see.
    fn paint(&self, map: Transform) -> Option<Paint<'static>> {
        let shader = match self {
            Brush::Plain(ink) => Shader::SolidColor(ink.color()),
            Brush::Gradient { line, map: own, inks } => {
                let stops = inks.iter();
                let stops = stops.map(|(at, ink)| GradientStop::new(*at as f32, ink.color()));
                let stops = stops.collect();
                let point = |(x, y): (f64, f64)| tiny_skia::Point::from_xy(x as f32, y as f32);
                let (map, pad) = (skia(map.after(*own)), SpreadMode::Pad);
                match *line {
                    GradientLine::Linear { from, to } => {
                        LinearGradient::new(point(from), point(to), stops, pad, map)?
                    }
                    GradientLine::Radial { focus, focus_radius, center, radius } => {
                        let (inner, outer) = (focus_radius as f32, radius as f32);
                        let (focus, center) = (point(focus), point(center));
                        RadialGradient::new(focus, inner, center, outer, stops, pad, map)?
                    }
                }
            }
        };
        Some(Paint { shader, ..Paint::default() })
    }
}

fn skia(map: Transform) -> tiny_skia::Transform {
    let Transform { a, b, c, d, e, f } = map;
    let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(|v| v as f32);
    tiny_skia::Transform::from_row(a, b, c, d, e, f)
}

/// How a line is drawn; lengths are in the units of its outline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    stroke: Stroke,
}

impl Line {
    /// A solid line of this width as a PDF has it from the start: cut off at its
    /// ends, with corners up to ten widths long (ISO 32000-1, 8.4.1).
    pub(super) fn plain(width: f64) -> Line {
        Line { stroke: Stroke { width: width as f32, miter_limit: 10.0, ..Stroke::default() } }
    }

    /// The same with other ends and corners.
    pub(super) fn shaped(mut self, cap: LineCap, join: LineJoin, miter_limit: f32) -> Line {
        self.stroke.line_cap = cap;
        self.stroke.line_join = join;
        self.stroke.miter_limit = miter_limit;
        self
    }

    /// The same with dashes and gaps in turn, starting `phase` into them.
    pub(super) fn dashed(mut self, lengths: &[f64], phase: f64) -> Line {
        // A list of odd length goes on with dashes and gaps the other way round.
        let times = if lengths.len().is_multiple_of(2) { 1 } else { 2 };
        let lengths = lengths.repeat(times).iter().map(|&length| length as f32).collect();
        self.stroke.dash = StrokeDash::new(lengths, phase as f32);
        self
    }
}

/// Outlines that reach further than this many pixels from the page's corner are
/// not drawn: the rasteriser counts in 16 bits and clips in single precision.
/// The finest page that fits in memory is a tenth of it.
const FURTHEST: f32 = 200_000.0;

/// A rectangle in pixels: left, top, right, bottom.
pub(super) type PixelBox = [f64; 4];

/// A page in the making.
pub(super) struct Canvas<'a> {
    pixmap: Pixmap,
    /// Pixels in a point.
    pub(super) scale: f64,
    pub(super) converter: &'a Converter,
    /// What stands for the colours of drawings.
    artwork: &'a Artwork,
}

impl Canvas<'_> {
    /// A white page. A row or column of pixels that it fills in part is there.
    pub(super) fn new<'a>(
        size: Size,
        dpi: Dpi,
        artwork: &'a Artwork,
        converter: &'a Converter,
    ) -> Result<Canvas<'a>, PreviewError> {
        let scale = dpi.per_pt();
        // A thousandth of a pixel is rounding and needs no pixel of its own.
        let pixels = |length: f64| (length * scale - 0.001).ceil().max(1.0) as u64;
        let (width, height) = (pixels(size.width.to_pt()), pixels(size.height.to_pt()));
        let fitting = |pixels: u64| u32::try_from(pixels).ok();
        let pixmap = fitting(width).zip(fitting(height)).and_then(|(w, h)| Pixmap::new(w, h));
        let mut pixmap = pixmap.ok_or(PreviewError::TooLarge(width, height))?;
        pixmap.fill(tiny_skia::Color::WHITE);
        Ok(Canvas { pixmap, scale, converter, artwork })
    }

    /// The finished picture.
    pub(super) fn finish(self) -> PageImage {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        // The white ground makes every pixel opaque.
        let pixels = self.pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        PageImage { width, height, pixels }
    }

    /// All pixels.
    pub(super) fn bounds(&self) -> PixelBox {
        [0.0, 0.0, f64::from(self.pixmap.width()), f64::from(self.pixmap.height())]
    }

    /// From points on the page to pixels.
    pub(super) fn map(&self) -> Transform {
        Transform::scale(self.scale, self.scale)
    }

    /// The pixels of a rectangle on the page.
    pub(super) fn pixel_box(&self, rect: Rect) -> PixelBox {
        [rect.left(), rect.top(), rect.right(), rect.bottom()].map(|v| v.to_pt() * self.scale)
    }

    /// The colour on the screen.
    pub(super) fn ink(&self, color: Color) -> Ink {
        Ink::solid(self.converter.to_rgb(color))
    }

    /// The light of a colour of a drawing.
    pub(super) fn artwork(&self, rgb: [u8; 3]) -> [u8; 3] {
        self.converter.to_rgb(self.artwork.color(rgb))
    }

    /// Draws something on a sheet of its own and lays that over the page.
    pub(super) fn layer(&mut self, opacity: f64, draw: impl FnOnce(&mut Self)) {
        // The page has been made in this size before.
        let Some(sheet) = Pixmap::new(self.pixmap.width(), self.pixmap.height()) else { return };
        let page = std::mem::replace(&mut self.pixmap, sheet);
        draw(self);
        let sheet = std::mem::replace(&mut self.pixmap, page);
        let paint = PixmapPaint { opacity: opacity as f32, ..PixmapPaint::default() };
        self.pixmap.draw_pixmap(
            0,
            0,
            sheet.as_ref(),
            &paint,
            tiny_skia::Transform::identity(),
            None,
        );
    }

    /// Draws a shape of a document.
    pub(super) fn shape(&mut self, at: Point, shape: &Shape) {
        let map = self.map().after(Transform::translate(at));
        if let Some(fill) = &shape.fill {
            self.fill(&shape.path, map, self.ink(fill.color), fill.even_odd, None);
        }
        if let Some(stroke) = &shape.stroke {
            let line = Line::plain(stroke.width.to_pt());
            self.stroke(&shape.path, map, self.ink(stroke.color), &line, None);
        }
    }

    /// Fills an outline that `map` brings to pixels.
    pub(super) fn fill(
        &mut self,
        path: &Path,
        map: Transform,
        brush: impl Into<Brush>,
        even_odd: bool,
        mask: Option<&Mask>,
    ) {
        let mut builder = PathBuilder::new();
        append(&mut builder, path, map, 1.0);
        self.fill_traced(builder, map, brush, even_odd, mask);
    }

    /// Fills outlines that `map` has brought to pixels.
    pub(super) fn fill_traced(
        &mut self,
        builder: PathBuilder,
        map: Transform,
        brush: impl Into<Brush>,
        even_odd: bool,
        mask: Option<&Mask>,
    ) {
        let Some(paint) = brush.into().paint(map) else { return };
        if let Some(path) = builder.finish().filter(|path| is_near(path.bounds())) {
            let rule = rule(even_odd);
            self.pixmap.fill_path(&path, &paint, rule, tiny_skia::Transform::identity(), mask);
        }
    }

    /// Draws along an outline that `map` brings to pixels.
    pub(super) fn stroke(
        &mut self,
        path: &Path,
        map: Transform,
        brush: impl Into<Brush>,
        line: &Line,
        mask: Option<&Mask>,
    ) {
        let mut builder = PathBuilder::new();
        let magnification = magnification(map);
        append(&mut builder, path, Transform::IDENTITY, magnification);
        // The rasteriser takes the paint along when it maps the outline.
        let Some(paint) = brush.into().paint(Transform::IDENTITY) else { return };
        if let Some(path) = builder.finish() {
            let map = skia(map);
            let width = line.stroke.width * magnification as f32;
            if !path.bounds().transform(map).is_some_and(is_near) || width > FURTHEST {
                return;
            }
            self.pixmap.stroke_path(&path, &paint, &line.stroke, map, mask);
        }
    }

    /// A mask that shows what lies inside all of these outlines, each with the
    /// map that brings it to pixels and whether its rule is even-odd.
    pub(super) fn mask<'p>(
        &self,
        outlines: impl IntoIterator<Item = (&'p Path, Transform, bool)>,
    ) -> Option<Mask> {
        let identity = tiny_skia::Transform::identity();
        let mut mask: Option<Mask> = None;
        for (outline, map, even_odd) in outlines {
            let mut builder = PathBuilder::new();
            append(&mut builder, outline, map, 1.0);
            let path = builder.finish().filter(|path| is_near(path.bounds()));
            match (&mut mask, path) {
                (Some(mask), Some(path)) => {
                    mask.intersect_path(&path, rule(even_odd), true, identity)
                }
                (None, Some(path)) => {
                    let mut first = Mask::new(self.pixmap.width(), self.pixmap.height())?;
                    first.fill_path(&path, rule(even_odd), true, identity);
                    mask = Some(first);
                }
                // Nothing is inside an empty outline.
                (_, None) => return Mask::new(self.pixmap.width(), self.pixmap.height()),
            }
        }
        mask
    }

    /// Lays pixels over those from `left` and `top` on.
    pub(super) fn paste(&mut self, pixels: PixmapRef<'_>, left: i32, top: i32) {
        let (paint, identity) = (PixmapPaint::default(), tiny_skia::Transform::identity());
        self.pixmap.draw_pixmap(left, top, pixels, &paint, identity, None);
    }
}

/// Whether the rasteriser can take an outline.
fn is_near(bounds: tiny_skia::Rect) -> bool {
    [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()]
        .iter()
        .all(|edge| edge.abs() <= FURTHEST)
}

fn rule(even_odd: bool) -> FillRule {
    if even_odd { FillRule::EvenOdd } else { FillRule::Winding }
}

/// The outline of an area in pixels, a length of 1 pt being a pixel.
pub(super) fn rectangle(area: PixelBox) -> Path {
    let [left, top, right, bottom] = area.map(Abs::pt);
    Path::rect(Rect::new(left, top, right - left, bottom - top))
}
