//! Vector artwork.

use super::canvas::{Brush, Canvas, Ink, Line, PixelBox, rectangle};
use super::trace::{append, magnification};
use crate::assets::{
    Drawing, DrawingNode, DrawingPaint, DrawingShape, DrawingStroke, DrawingText, LineCap, LineJoin,
};
use crate::base::{Abs, Path, Ratio, Transform};
use tiny_skia::{Mask, PathBuilder};

/// Draws artwork that `map` brings from points to pixels, as far as it lies in
/// `visible`.
pub(super) fn draw(canvas: &mut Canvas<'_>, drawing: &Drawing, map: Transform, visible: PixelBox) {
    if !(visible[0] < visible[2] && visible[1] < visible[3]) {
        return;
    }
    let mut artist = Artist {
        drawing,
        map: map.after(drawing.transform),
        visible,
        window: rectangle(visible),
        mask: None,
    };
    artist.nodes(canvas, &drawing.nodes);
}

struct Artist<'a> {
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

impl Artist<'_> {
    fn nodes(&mut self, canvas: &mut Canvas<'_>, nodes: &[DrawingNode]) {
        for node in nodes {
            match node {
                DrawingNode::Shape(shape) => self.shape(canvas, shape),
                DrawingNode::Text(text) => self.text(canvas, text),
                DrawingNode::Group(group) => {
                    canvas.layer(group.opacity.get(), |canvas| self.nodes(canvas, &group.nodes));
                }
            }
        }
    }

    fn shape(&mut self, canvas: &mut Canvas<'_>, shape: &DrawingShape) {
        let map = self.map.after(shape.transform);
        let Some(mask) = self.seen(canvas, extent(shape, map), &shape.clips) else { return };
        if let Some(fill) = &shape.fill {
            let brush = brush(canvas, &fill.paint, fill.opacity, Transform::IDENTITY);
            canvas.fill(&shape.path, map, brush, fill.even_odd, mask);
        }
        if let Some(stroke) = &shape.stroke {
            let brush = brush(canvas, &stroke.paint, stroke.opacity, Transform::IDENTITY);
            canvas.stroke(&shape.path, map, brush, &line(stroke), mask);
        }
    }

    fn text(&mut self, canvas: &mut Canvas<'_>, text: &DrawingText) {
        let map = self.map.after(text.transform);
        let unit = text.size.to_pt() / f64::from(text.font.units_per_em);
        let mut outlines = PathBuilder::new();
        let mut extent = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        let mut pen = Abs::ZERO;
        for glyph in &text.glyphs {
            if let Some(outline) = text.font.outline(glyph.id) {
                let place = Transform {
                    a: unit,
                    d: -unit,
                    e: pen.to_pt(),
                    f: -glyph.rise.to_pt(),
                    ..Transform::IDENTITY
                };
                let map = map.after(place);
                append(&mut outlines, outline, map, 1.0);
                extent = union(extent, covered(outline, map, 1.0));
            }
            pen += glyph.advance;
        }
        // A gradient stands in other units than the text does.
        let space = self.map.after(text.space);
        let Some(mask) = self.seen(canvas, extent, &text.clips) else { return };
        let brush = brush(canvas, &text.fill.paint, text.fill.opacity, space);
        canvas.fill_traced(outlines, Transform::IDENTITY, brush, false, mask);
    }

    /// The mask for something that covers `extent` at most; none if it is not
    /// seen. What needs no mask has none.
    fn seen(
        &mut self,
        canvas: &Canvas<'_>,
        extent: PixelBox,
        clips: &[usize],
    ) -> Option<Option<&Mask>> {
        let seen = self.visible;
        if extent[2] <= seen[0]
            || extent[0] >= seen[2]
            || extent[3] <= seen[1]
            || extent[1] >= seen[3]
        {
            return None;
        }
        let page = canvas.bounds();
        // What reaches over the edge of the page needs no mask.
        let reaches_out = (extent[0] < seen[0] && page[0] < seen[0])
            || (extent[1] < seen[1] && page[1] < seen[1])
            || (extent[2] > seen[2] && page[2] > seen[2])
            || (extent[3] > seen[3] && page[3] > seen[3]);
        let masked = reaches_out || !clips.is_empty();
        if masked && self.mask.as_ref().is_none_or(|(known, _)| known != clips) {
            self.mask = Some((clips.to_vec(), self.make_mask(canvas, clips)));
        }
        Some(self.mask.as_ref().filter(|_| masked).and_then(|(_, mask)| mask.as_ref()))
    }

    /// The mask of what is visible and of some clips.
    fn make_mask(&self, canvas: &Canvas<'_>, clips: &[usize]) -> Option<Mask> {
        let clips = clips.iter().filter_map(|&index| self.drawing.clips.get(index));
        let clips = clips.map(|clip| (&clip.path, self.map, clip.even_odd));
        let window = (&self.window, Transform::IDENTITY, false);
        canvas.mask(std::iter::once(window).chain(clips))
    }
}

/// What a paint is on the screen; `space` leads from a gradient's surroundings to
/// the units of the outline.
fn brush(canvas: &Canvas<'_>, paint: &DrawingPaint, opacity: Ratio, space: Transform) -> Brush {
    let ink =
        |rgb, part: Ratio| Ink { rgb: canvas.artwork(rgb), opacity: opacity.get() * part.get() };
    match paint {
        DrawingPaint::Solid(rgb) => Brush::Plain(ink(*rgb, Ratio::ONE)),
        DrawingPaint::Gradient(gradient) => Brush::Gradient {
            line: gradient.line,
            map: space.after(gradient.transform),
            inks: gradient
                .stops
                .iter()
                .map(|stop| (stop.offset, ink(stop.color, stop.opacity)))
                .collect(),
        },
    }
}

/// The pixels that a shape covers at most.
fn extent(shape: &DrawingShape, map: Transform) -> PixelBox {
    let reach = shape.stroke.as_ref().map_or(0.0, |stroke| {
        // Lines finer than a pixel are drawn as wide as one.
        (stroke.reach() * magnification(map)).max(1.0)
    });
    covered(&shape.path, map, reach)
}

/// The pixels that an outline covers at most, and those around it.
fn covered(path: &Path, map: Transform, reach: f64) -> PixelBox {
    let bounds = path.bounds();
    let (left, top) = (bounds.left().to_pt(), bounds.top().to_pt());
    let (right, bottom) = (bounds.right().to_pt(), bounds.bottom().to_pt());
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
    let corners = corners.map(|(x, y)| map.apply(x, y));
    corners.into_iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |all, (x, y)| {
        union(all, [x - reach, y - reach, x + reach, y + reach])
    })
}

fn union(a: PixelBox, b: PixelBox) -> PixelBox {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
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
