//! Vector artwork.

use super::canvas::{Canvas, Ink, Line, PixelBox, rectangle};
use super::trace::magnification;
use crate::assets::{Drawing, DrawingShape, DrawingStroke, LineCap, LineJoin};
use crate::base::{Path, Transform};
use tiny_skia::Mask;

/// Draws artwork that `map` brings from points to pixels, as far as it lies in
/// `visible`.
pub(super) fn draw(canvas: &mut Canvas<'_>, drawing: &Drawing, map: Transform, visible: PixelBox) {
    if !(visible[0] < visible[2] && visible[1] < visible[3]) {
        return;
    }
    let mut artist = Artist {
        canvas,
        drawing,
        map: map.after(drawing.transform),
        visible,
        window: rectangle(visible),
        mask: None,
    };
    for shape in &drawing.shapes {
        artist.shape(shape);
    }
}

struct Artist<'a, 'c> {
    canvas: &'a mut Canvas<'c>,
    drawing: &'a Drawing,
    /// From the drawing's units to pixels.
    map: Transform,
    visible: PixelBox,
    /// The outline of what is visible.
    window: Path,
    /// The last mask and the clips it was made of. Neighbours mostly share one;
    /// a mask is as large as the page, so that no others are kept.
    mask: Option<(Vec<usize>, Option<Mask>)>,
}

impl Artist<'_, '_> {
    fn shape(&mut self, shape: &DrawingShape) {
        let map = self.map.after(shape.transform);
        let extent = extent(shape, map);
        let seen = self.visible;
        if extent[2] <= seen[0]
            || extent[0] >= seen[2]
            || extent[3] <= seen[1]
            || extent[1] >= seen[3]
        {
            return;
        }
        let page = self.canvas.bounds();
        // What reaches over the edge of the page needs no mask.
        let reaches_out = (extent[0] < seen[0] && page[0] < seen[0])
            || (extent[1] < seen[1] && page[1] < seen[1])
            || (extent[2] > seen[2] && page[2] > seen[2])
            || (extent[3] > seen[3] && page[3] > seen[3]);
        let masked = reaches_out || !shape.clips.is_empty();
        if masked && self.mask.as_ref().is_none_or(|(clips, _)| *clips != shape.clips) {
            self.mask = Some((shape.clips.clone(), self.make_mask(&shape.clips)));
        }
        let mask = self.mask.as_ref().filter(|_| masked).and_then(|(_, mask)| mask.as_ref());
        if let Some(fill) = &shape.fill {
            let ink = Ink { rgb: fill.color, opacity: fill.opacity.get() };
            self.canvas.fill(&shape.path, map, ink, fill.even_odd, mask);
        }
        if let Some(stroke) = &shape.stroke {
            let ink = Ink { rgb: stroke.color, opacity: stroke.opacity.get() };
            self.canvas.stroke(&shape.path, map, ink, &line(stroke), mask);
        }
    }

    /// The mask of what is visible and of some clips.
    fn make_mask(&self, clips: &[usize]) -> Option<Mask> {
        let clips = clips.iter().filter_map(|&index| self.drawing.clips.get(index));
        let clips = clips.map(|clip| (&clip.path, self.map, clip.even_odd));
        let window = (&self.window, Transform::IDENTITY, false);
        self.canvas.mask(std::iter::once(window).chain(clips))
    }
}

/// The pixels that a shape covers at most.
fn extent(shape: &DrawingShape, map: Transform) -> PixelBox {
    let bounds = shape.path.bounds();
    let (left, top) = (bounds.left().to_pt(), bounds.top().to_pt());
    let (right, bottom) = (bounds.right().to_pt(), bounds.bottom().to_pt());
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
    let corners = corners.map(|(x, y)| map.apply(x, y));
    let reach = shape.stroke.as_ref().map_or(0.0, |stroke| {
        let longest = match stroke.join {
            LineJoin::Miter(limit) => limit.max(1.5),
            // The corner of a square cap.
            LineJoin::Round | LineJoin::Bevel => 1.5,
        };
        // Lines finer than a pixel are drawn as wide as one.
        (stroke.width.to_pt() / 2.0 * longest * magnification(map)).max(1.0)
    });
    corners.into_iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], (x, y)| {
        [l.min(x - reach), t.min(y - reach), r.max(x + reach), b.max(y + reach)]
    })
}

fn line(stroke: &DrawingStroke) -> Line {
    let cap = match stroke.cap {
        LineCap::Butt => tiny_skia::LineCap::Butt,
        LineCap::Round => tiny_skia::LineCap::Round,
        LineCap::Square => tiny_skia::LineCap::Square,
    };
    let (join, limit) = match stroke.join {
        LineJoin::Miter(limit) => (tiny_skia::LineJoin::Miter, limit),
        LineJoin::Round => (tiny_skia::LineJoin::Round, 4.0),
        LineJoin::Bevel => (tiny_skia::LineJoin::Bevel, 4.0),
    };
    let line = Line::plain(stroke.width.to_pt()).shaped(cap, join, limit as f32);
    if stroke.dash.is_empty() {
        return line;
    }
    let dashes: Vec<f64> = stroke.dash.iter().map(|dash| dash.to_pt()).collect();
    line.dashed(&dashes, stroke.dash_phase.to_pt())
}
