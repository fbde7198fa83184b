//! What the rules ask of images: all that depends on how they are kept.

use crate::assets::{Drawing, DrawingNode, DrawingPaint, DrawingShape, DrawingText, Raster};
use crate::base::{Abs, Point, Transform};
use crate::color::{Artwork, Color};
use crate::document::Picture;
use std::collections::BTreeSet;

/// Whether nothing behind an image shows through.
pub(super) fn is_opaque(raster: &Raster) -> bool {
    !raster.transparent
}

/// From a drawing's units to points on the page, but for where it stands.
pub(super) fn placing(picture: &Picture, drawing: &Drawing) -> Transform {
    let mut x = picture.size.width / drawing.size.width;
    let mut y = picture.size.height / drawing.size.height;
    if picture.cover {
        x = x.max(y);
        y = x;
    }
    Transform::scale(x, y).after(drawing.transform)
}

/// From a drawing's units to points from the corner of its picture. What reaches
/// past the picture is cropped away alike on both sides.
pub(super) fn placed(picture: &Picture, drawing: &Drawing) -> Transform {
    let placing = placing(picture, drawing);
    let Transform { a, d, e, f, .. } = drawing.transform;
    let (width, height) = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
    let (right, bottom) = placing.apply((width - e) / a, (height - f) / d);
    let shift = Point::new(
        (picture.size.width - Abs::pt(right)) / 2,
        (picture.size.height - Abs::pt(bottom)) / 2,
    );
    Transform::translate(shift).after(placing)
}

/// The shapes of a drawing, from back to front.
pub(super) fn shapes(drawing: &Drawing) -> Vec<&DrawingShape> {
    fn collect<'a>(nodes: &'a [DrawingNode], shapes: &mut Vec<&'a DrawingShape>) {
        for node in nodes {
            match node {
                DrawingNode::Shape(shape) => shapes.push(shape),
                DrawingNode::Text(_) => {}
                DrawingNode::Group(group) => collect(&group.nodes, shapes),
            }
        }
    }
    let mut shapes = Vec::new();
    collect(&drawing.nodes, &mut shapes);
    shapes
}

/// The colours of a drawing, as the house prints them. What a gradient mixes lies
/// between its colours.
pub(super) fn colors(drawing: &Drawing, house: &Artwork) -> BTreeSet<Color> {
    let mut colors = BTreeSet::new();
    let mut note = |paint: &DrawingPaint| match paint {
        DrawingPaint::Solid(rgb) => drop(colors.insert(house.color(*rgb))),
        DrawingPaint::Gradient(gradient) => {
            colors.extend(gradient.stops.iter().map(|stop| house.color(stop.color)));
        }
    };
    for shape in shapes(drawing) {
        shape.fill.iter().for_each(|fill| note(&fill.paint));
        shape.stroke.iter().for_each(|stroke| note(&stroke.paint));
    }
    drawing.texts().iter().for_each(|text| note(&text.fill.paint));
    colors
}

/// A text of a drawing as it stands on the page.
pub(super) struct Lettering<'a> {
    pub(super) text: &'a DrawingText,
    /// Its size on the page.
    pub(super) size: Abs,
    /// Its colour; of a gradient, the first.
    pub(super) fill: Color,
    /// Where its baseline starts, from the corner of the picture.
    pub(super) at: Point,
    /// How far its pen moves, on the page.
    pub(super) width: Abs,
}

/// The texts of a drawing, but for blank ones.
pub(super) fn letterings<'a>(
    picture: &Picture,
    drawing: &'a Drawing,
    house: &Artwork,
) -> Vec<Lettering<'a>> {
    let placed = placed(picture, drawing);
    let lettering = |text: &'a DrawingText| {
        if text.glyphs.iter().all(|glyph| glyph.text.trim().is_empty()) {
            return None;
        }
        let map = placed.after(text.transform);
        let (x, y) = map.apply(0.0, 0.0);
        let scale = (map.a * map.d - map.b * map.c).abs().sqrt();
        let rgb = match &text.fill.paint {
            DrawingPaint::Solid(rgb) => *rgb,
            DrawingPaint::Gradient(gradient) => gradient.stops.first()?.color,
        };
        let pen: Abs = text.glyphs.iter().map(|glyph| glyph.advance).sum();
        Some(Lettering {
            text,
            size: text.size * scale_of(drawing, picture),
            fill: house.color(rgb),
            at: Point::new(Abs::pt(x), Abs::pt(y)),
            width: pen * scale,
        })
    };
    drawing.texts().into_iter().filter_map(lettering).collect()
}

/// How much larger a picture shows its drawing than its natural size.
fn scale_of(drawing: &Drawing, picture: &Picture) -> f64 {
    let x = picture.size.width / drawing.size.width;
    let y = picture.size.height / drawing.size.height;
    if picture.cover { x.max(y) } else { x.min(y) }
}
