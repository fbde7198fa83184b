//! What the rules ask of images: all that depends on how they are kept.

use super::scene::{intersection, is_rectangle, union};
use crate::assets::{Drawing, DrawingNode, DrawingPaint, DrawingShape, DrawingText, Raster};
use crate::base::{Abs, Point, Rect, Transform};
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

/// The upright rectangles that a drawing fills, which stands at a place, as far as
/// its clips and its picture let them be seen.
pub(super) fn areas(at: Point, picture: &Picture, drawing: &Drawing) -> Vec<Rect> {
    let to_page = Transform::translate(at).after(placed(picture, drawing));
    let seen = Rect { origin: at, size: picture.size };
    let area = |shape: &DrawingShape| {
        let map = to_page.after(shape.transform);
        let upright = map.b == 0.0 && map.c == 0.0 || map.a == 0.0 && map.d == 0.0;
        let fill = shape.fill.as_ref().is_some_and(|fill| fill.opacity.get() > 0.0);
        if !upright || !fill || !is_rectangle(&shape.path) {
            return None;
        }
        let own = mapped(&shape.path.bounds(), map);
        let clips = shape.clips.iter().filter_map(|&clip| drawing.clips.get(clip));
        clips
            .map(|clip| mapped(&clip.path.bounds(), to_page))
            .try_fold(intersection(&own, &seen)?, |area, clip| intersection(&area, &clip))
    };
    shapes(drawing).into_iter().filter_map(area).collect()
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
    /// How much of what lies below it its letters cover.
    pub(super) opacity: f64,
    /// From the drawing's units to points on the page.
    pub(super) to_page: Transform,
}

/// The texts of a drawing that stands at a place, but for blank ones and those
/// that nothing is seen of.
pub(super) fn letterings<'a>(
    at: Point,
    picture: &Picture,
    drawing: &'a Drawing,
    house: &Artwork,
) -> Vec<Lettering<'a>> {
    fn collect<'a>(
        nodes: &'a [DrawingNode],
        opacity: f64,
        texts: &mut Vec<(&'a DrawingText, f64)>,
    ) {
        for node in nodes {
            match node {
                DrawingNode::Shape(_) => {}
                DrawingNode::Text(text) => texts.push((text, opacity * text.fill.opacity.get())),
                DrawingNode::Group(group) => {
                    collect(&group.nodes, opacity * group.opacity.get(), texts);
                }
            }
        }
    }
    let mut texts = Vec::new();
    collect(&drawing.nodes, 1.0, &mut texts);
    let to_page = Transform::translate(at).after(placed(picture, drawing));
    let lettering = |(text, opacity): (&'a DrawingText, f64)| {
        let blank = text.glyphs.iter().all(|glyph| glyph.text.trim().is_empty());
        if blank || opacity <= 0.0 {
            return None;
        }
        let rgb = match &text.fill.paint {
            DrawingPaint::Solid(rgb) => *rgb,
            DrawingPaint::Gradient(gradient) => gradient.stops.first()?.color,
        };
        let size = text.size * scale_of(drawing, picture);
        Some(Lettering { text, size, fill: house.color(rgb), opacity, to_page })
    };
    texts.into_iter().filter_map(lettering).collect()
}

impl Lettering<'_> {
    /// From the text's own points to those of the page.
    pub(super) fn map(&self) -> Transform {
        self.to_page.after(self.text.transform)
    }

    /// From its ascenders to its descenders, in its own points.
    pub(super) fn own_area(&self) -> Rect {
        let text = self.text;
        let ascent = text.font.ascent.at(text.size);
        let height = ascent + text.font.descent.at(text.size);
        let pen: Abs = text.glyphs.iter().map(|glyph| glyph.advance).sum();
        Rect::new(Abs::ZERO, -ascent, pen, height)
    }

    /// The rectangle about its letters as they are drawn, in its own points; none
    /// if nothing of it is seen.
    pub(super) fn own_drawn(&self) -> Option<Rect> {
        let text = self.text;
        let unit = text.size.to_pt() / f64::from(text.font.units_per_em);
        let mut pen = Abs::ZERO;
        let mut drawn: Option<Rect> = None;
        for glyph in &text.glyphs {
            if let Some(outline) = text.font.outline(glyph.id).filter(|o| !o.segments.is_empty()) {
                let bounds = outline.bounds();
                let (x, y) = (pen + bounds.left() * unit, -glyph.rise - bounds.bottom() * unit);
                let own = Rect::new(x, y, bounds.size.width * unit, bounds.size.height * unit);
                drawn = Some(drawn.map_or(own, |drawn| union(&drawn, &own)));
            }
            pen += glyph.advance;
        }
        drawn
    }
}

/// The upright rectangle about a rectangle that is mapped.
pub(super) fn mapped(area: &Rect, map: Transform) -> Rect {
    let (left, right) = (area.left().to_pt(), area.right().to_pt());
    let (top, bottom) = (area.top().to_pt(), area.bottom().to_pt());
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let corners = corners.map(|(x, y)| map.apply(x, y));
    let fold = |values: [f64; 4], pick: fn(f64, f64) -> f64| values.into_iter().reduce(pick);
    let (xs, ys) = (corners.map(|(x, _)| x), corners.map(|(_, y)| y));
    let edge = |values, pick| Abs::pt(fold(values, pick).unwrap_or_default());
    let (left, top) = (edge(xs, f64::min), edge(ys, f64::min));
    Rect::new(left, top, edge(xs, f64::max) - left, edge(ys, f64::max) - top)
}

/// How much larger a picture shows its drawing than its natural size.
fn scale_of(drawing: &Drawing, picture: &Picture) -> f64 {
    let x = picture.size.width / drawing.size.width;
    let y = picture.size.height / drawing.size.height;
    if picture.cover { x.max(y) } else { x.min(y) }
}
