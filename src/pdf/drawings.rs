//! Vector artwork as form XObjects.

use super::fonts::{FontSet, resource_name};
use super::forms::{Form, FormContent, group_name, mask_name};
use super::grounds::{self, Form as Ground, Grounds};
use super::number;
use super::ops::{LineStyle, Ops, Paint, Space, rectangle};
use super::shadings::Shading;
use super::strings::deflate;
use super::text::{self, TextState};
use super::{Profile, Target};
use crate::assets::{
    Drawing, DrawingGradient, DrawingNode, DrawingPaint, DrawingShape, DrawingText,
};
use crate::base::{Abs, Point, Ratio, Rect, Transform};
use crate::color::{Artwork, Color, Converter};
use crate::diag::Span;
use crate::document::{Glyph, GlyphKind, GlyphRun};

/// How far, in points, two neighbouring numbers may be apart. Rounding is off by
/// half of it, 5 micrometres: half a dot of a plate setter with 2540 dots an inch.
const STEP: f64 = 0.03;
/// Drawings smaller than this, in points, are expected to be magnified to it.
const USUAL_SIZE: f64 = 300.0;

/// The way from the colours of artwork to those of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Colors<'a> {
    pub(super) profile: Profile,
    pub(super) artwork: &'a Artwork,
    pub(super) converter: &'a Converter,
}

impl Colors<'_> {
    fn paint(&self, rgb: [u8; 3]) -> Paint {
        Paint::new(self.artwork.color(rgb), self.profile, self.converter)
    }
}

/// What of a drawing's place matters to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placing {
    /// Where it is named.
    pub(super) span: Span,
    /// Whether what lies below it leaves room for black ink.
    pub(super) room: bool,
}

/// Writes a drawing.
pub(super) fn form(
    drawing: &Drawing,
    target: Target<'_>,
    fonts: &FontSet,
    Placing { span, room }: Placing,
) -> Form {
    let colors = Colors {
        profile: target.profile,
        artwork: &target.print.artwork,
        converter: &target.press.converter,
    };
    let limit = target.print.condition.ink_limit;
    let source = Source { drawing, colors, fonts, span, limit };
    Form::new(drawing, FormWriter::write(&drawing.nodes, source, room))
}

/// A drawing's text as a run of a document, placed at its origin. Its colour is
/// left to whoever draws it.
pub(super) fn glyph_run(text: &DrawingText, span: Span) -> GlyphRun {
    let mut words = String::new();
    let glyphs = text.glyphs.iter().map(|glyph| {
        let start = words.len() as u32;
        words.push_str(&glyph.text);
        Glyph {
            id: glyph.id,
            kind: GlyphKind::Plain,
            advance: glyph.advance,
            dx: Abs::ZERO,
            dy: glyph.rise,
            text_start: start,
            text_end: words.len() as u32,
            span,
        }
    });
    let glyphs = glyphs.collect();
    GlyphRun {
        font: text.font.clone(),
        size: text.size,
        expansion: 0,
        fill: Color::BLACK,
        text: words,
        glyphs,
    }
}

/// Something that holds from a `q` to its `Q`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Layer {
    /// A clip, by its index.
    Clip(usize),
    /// A mask, by its index. It stands in the drawing's units.
    Mask(usize),
    /// A change of coordinates.
    Map(Transform),
}

/// What a drawing is written with.
#[derive(Clone, Copy)]
struct Source<'a> {
    drawing: &'a Drawing,
    colors: Colors<'a>,
    fonts: &'a FontSet,
    span: Span,
    /// The most ink at any place.
    limit: u16,
}

struct FormWriter<'a> {
    ops: Ops,
    source: Source<'a>,
    /// What is in force, outermost first.
    layers: Vec<Layer>,
    content: FormContent,
    /// What has been painted, in points; none where black never overprints.
    grounds: Option<Grounds>,
}

impl FormWriter<'_> {
    /// Writes nodes. `room` says whether what lies below them leaves room for black
    /// ink, if that is known.
    fn write(nodes: &[DrawingNode], source: Source<'_>, room: bool) -> FormContent {
        let ops = Ops::new(Space { left: Abs::ZERO, top: None, places: 3 });
        let content = FormContent::default();
        let grounds = room.then(Grounds::default);
        let mut writer = FormWriter { ops, source, layers: Vec::new(), content, grounds };
        for node in nodes {
            match node {
                DrawingNode::Shape(shape) => writer.shape(shape),
                DrawingNode::Text(text) => writer.text(text),
                DrawingNode::Group(group) => {
                    writer.enter(Vec::new());
                    writer.ops.overprint(false);
                    writer.alpha(group.opacity);
                    // What is in it is not looked up.
                    let everywhere = Rect { origin: Point::ZERO, size: source.drawing.size };
                    writer.ground(everywhere, source.limit.into(), false);
                    let name = group_name(writer.content.groups.len());
                    writer.content.groups.push(FormWriter::write(&group.nodes, source, false));
                    writer.ops.operator(&format!("/{name} Do"));
                }
            }
        }
        writer.enter(Vec::new());
        writer.content.stream = deflate(&writer.ops.out);
        writer.content.overprints = writer.ops.overprints;
        writer.content.spots = writer.ops.spots;
        writer.content
    }

    fn shape(&mut self, shape: &DrawingShape) {
        self.shape_ground(shape);
        let opaque = |opacity: Ratio| opacity.get() >= 1.0;
        match (&shape.fill, &shape.stroke) {
            // One operator is allowed only if nothing shows through, since a
            // reader need not paint the line over its own fill.
            (Some(fill), Some(stroke))
                if opaque(fill.opacity)
                    && opaque(stroke.opacity)
                    && !fades(&fill.paint)
                    && !fades(&stroke.paint) =>
            {
                self.enter_shape(shape, None);
                self.prepare_fill(shape);
                self.prepare_stroke(shape);
                self.outline(shape, if fill.even_odd { "B*" } else { "B" });
            }
            (fill, stroke) => {
                if let Some(fill) = fill {
                    self.enter_shape(shape, Some(&fill.paint));
                    self.prepare_fill(shape);
                    self.outline(shape, if fill.even_odd { "f*" } else { "f" });
                }
                if let Some(stroke) = stroke {
                    self.enter_shape(shape, Some(&stroke.paint));
                    self.prepare_stroke(shape);
                    self.outline(shape, "S");
                }
            }
        }
    }

    fn enter_shape(&mut self, shape: &DrawingShape, paint: Option<&DrawingPaint>) {
        let mut layers = self.outer_layers(&shape.clips, paint, shape.transform);
        if shape.transform != Transform::IDENTITY {
            layers.push(Layer::Map(shape.transform));
        }
        self.enter(layers);
        self.ops.overprint(false);
        self.ops.space.places = self.places(shape.transform);
    }

    /// The clips, and the mask of a paint that fades.
    fn outer_layers(
        &mut self,
        clips: &[usize],
        paint: Option<&DrawingPaint>,
        map: Transform,
    ) -> Vec<Layer> {
        let mut layers: Vec<Layer> = clips.iter().copied().map(Layer::Clip).collect();
        if let Some(DrawingPaint::Gradient(gradient)) = paint
            && gradient.fades()
        {
            let mask = Shading::mask(gradient, map);
            layers.push(Layer::Mask(index_of(&mut self.content.masks, mask)));
        }
        layers
    }

    /// Writes glyphs as text. Sizes and moves are in points; the text matrix
    /// leads from there to the drawing's units.
    fn text(&mut self, text: &DrawingText) {
        // Every drawing's fonts have been collected, so that this finds it.
        let Some((index, face)) = self.source.fonts.find(&text.font, 0) else { return };
        let layers = self.outer_layers(&text.clips, Some(&text.fill.paint), text.space);
        self.enter(layers);
        self.content.fonts.insert(index);
        let paint = self.paint(&text.fill.paint, text.space);
        let run = glyph_run(text, self.source.span);
        let (ascent, descent) = (run.font.ascent.at(run.size), run.font.descent.at(run.size));
        let area = Rect::new(Abs::ZERO, Abs::ZERO - ascent, run.width(), ascent + descent);
        let area = self.area(area, text.transform);
        // Black text prints over what lies below, as on the page itself.
        let opaque = text.fill.opacity.get() >= 1.0 && paint == Paint::BLACK;
        let limit = self.source.limit;
        let room = self.grounds.as_ref().is_some_and(|grounds| grounds.takes_black(area, limit));
        self.ops.overprint(opaque && room);
        self.ground(area, if opaque { limit.into() } else { self.ink(paint) }, false);
        self.alpha(text.fill.opacity);
        self.ops.fill_color(paint);
        // Saved, since what `show` sets outlives the text object.
        self.ops.save();
        self.ops.operator("BT");
        self.ops.out.extend_from_slice(format!("/{} ", resource_name(index)).as_bytes());
        number::push(&mut self.ops.out, number::milli(text.size));
        self.ops.operator(" Tf");
        // Glyphs have y upwards, and the drawing has it downwards.
        let Transform { a, b, c, d, e, f } = text.transform.after(Transform::scale(1.0, -1.0));
        // Units may be as large as the drawing, so that scales need many places.
        for value in [a, b, c, d] {
            number::push_parts(&mut self.ops.out, (value * 1e8).round() as i64, 8);
            self.ops.out.push(b' ');
        }
        for value in [e, f] {
            number::push_parts(&mut self.ops.out, (value * 1e5).round() as i64, 5);
            self.ops.out.push(b' ');
        }
        self.ops.operator("Tm");
        text::show(&mut self.ops.out, &run, face, &mut TextState::default());
        self.ops.operator("ET");
        self.ops.restore();
    }

    /// Notes what a shape covers.
    fn shape_ground(&mut self, shape: &DrawingShape) {
        if self.grounds.is_none() {
            return;
        }
        let bounds = shape.path.bounds();
        if let Some(fill) = &shape.fill {
            let paint = self.paint(&fill.paint, shape.transform);
            let Transform { b, c, .. } = shape.transform;
            let upright = b == 0.0 && c == 0.0 && shape.clips.is_empty();
            let whole = rectangle(&shape.path.segments).is_some_and(|(_, _, rest)| rest.is_empty());
            let solid = upright && whole && fill.opacity.get() >= 1.0 && !fades(&fill.paint);
            self.ground(self.area(bounds, shape.transform), self.ink(paint), solid);
        }
        if let Some(stroke) = &shape.stroke {
            let paint = self.paint(&stroke.paint, shape.transform);
            let area = self.area(bounds.outset(Abs::pt(stroke.reach())), shape.transform);
            self.ground(area, self.ink(paint), false);
        }
    }

    /// Notes what is covered.
    fn ground(&mut self, area: Rect, ink: u32, solid: bool) {
        if let Some(grounds) = &mut self.grounds {
            grounds.add(area, ink, if solid { Ground::Solid } else { Ground::Unknown });
        }
    }

    /// The ink of a paint that stays below black, in hundredths of a percent.
    fn ink(&self, paint: Paint) -> u32 {
        match paint {
            Paint::Pattern(index) => self.content.patterns.get(index).map_or(0, Shading::ink),
            paint => grounds::ink_under_black(paint),
        }
    }

    /// The upright rectangle, in points, about one in units that `map` brings to
    /// the drawing's.
    fn area(&self, rect: Rect, map: Transform) -> Rect {
        let map = self.source.drawing.transform.after(map);
        let [left, top, right, bottom] =
            [rect.left(), rect.top(), rect.right(), rect.bottom()].map(Abs::to_pt);
        let corners = [(left, top), (right, top), (left, bottom), (right, bottom)];
        let corners = corners.map(|(x, y)| map.apply(x, y));
        let [x, y] = [corners.map(|corner| corner.0), corners.map(|corner| corner.1)];
        let ends = |values: [f64; 4]| {
            let low = Abs::pt(values.iter().copied().fold(f64::MAX, f64::min));
            (low, Abs::pt(values.iter().copied().fold(f64::MIN, f64::max)) - low)
        };
        let ((x, width), (y, height)) = (ends(x), ends(y));
        Rect::new(x, y, width, height)
    }

    /// The decimal places that coordinates under a transform need.
    fn places(&self, transform: Transform) -> u32 {
        let drawing = self.source.drawing;
        let Transform { a, b, c, d, .. } = drawing.transform.after(transform);
        let size = drawing.size.width.max(drawing.size.height).to_pt();
        let magnified = (USUAL_SIZE / size).max(1.0);
        let scale = (a * a + b * b).max(c * c + d * d).sqrt() * magnified;
        let mut step = 1.0;
        let mut places = 0;
        while step * scale > STEP && places < 6 {
            step /= 10.0;
            places += 1;
        }
        places
    }

    fn outline(&mut self, shape: &DrawingShape, operator: &str) {
        if self.ops.path(&shape.path, Point::ZERO) {
            self.ops.operator(operator);
        }
    }

    /// A paint whose gradient stands in units that `map` brings to the drawing's.
    fn paint(&mut self, paint: &DrawingPaint, map: Transform) -> Paint {
        match paint {
            DrawingPaint::Solid(rgb) => self.source.colors.paint(*rgb),
            DrawingPaint::Gradient(gradient) => self.pattern(gradient, map),
        }
    }

    fn pattern(&mut self, gradient: &DrawingGradient, map: Transform) -> Paint {
        let shading = Shading::colors(gradient, map, &self.source.colors);
        Paint::Pattern(index_of(&mut self.content.patterns, shading))
    }

    fn prepare_fill(&mut self, shape: &DrawingShape) {
        let Some(fill) = &shape.fill else { return };
        self.alpha(fill.opacity);
        let paint = self.paint(&fill.paint, shape.transform);
        self.ops.fill_color(paint);
    }

    fn prepare_stroke(&mut self, shape: &DrawingShape) {
        let Some(stroke) = &shape.stroke else { return };
        self.alpha(stroke.opacity);
        let paint = self.paint(&stroke.paint, shape.transform);
        self.ops.stroke_color(paint);
        self.ops.line_width(stroke.width);
        self.ops.line_style(LineStyle {
            cap: stroke.cap,
            join: stroke.join,
            dash: stroke.dash.clone(),
            dash_phase: stroke.dash_phase,
        });
    }

    fn alpha(&mut self, opacity: Ratio) {
        let alpha = (opacity.get().clamp(0.0, 1.0) * 1000.0).round() as u16;
        if alpha < 1000 || !self.content.alphas.is_empty() {
            self.content.alphas.insert(alpha);
        }
        self.ops.alpha(alpha);
    }

    /// Leaves layers that do not hold any more and enters those that do.
    fn enter(&mut self, layers: Vec<Layer>) {
        let common = self.layers.iter().zip(&layers).take_while(|(a, b)| a == b).count();
        for _ in common..self.layers.len() {
            self.ops.restore();
        }
        for layer in &layers[common..] {
            self.ops.save();
            match *layer {
                Layer::Clip(index) => {
                    self.ops.space.places = self.places(Transform::IDENTITY);
                    if let Some(clip) = self.source.drawing.clips.get(index) {
                        self.ops.path(&clip.path, Point::ZERO);
                        self.ops.clip(clip.even_odd);
                    }
                }
                Layer::Mask(index) => self.ops.operator(&format!("/{} gs", mask_name(index))),
                Layer::Map(transform) => self.ops.transform(transform),
            }
        }
        self.layers = layers;
    }
}

fn fades(paint: &DrawingPaint) -> bool {
    matches!(paint, DrawingPaint::Gradient(gradient) if gradient.fades())
}

/// The index of a shading in a list that it is added to if it is new.
fn index_of(known: &mut Vec<Shading>, shading: Shading) -> usize {
    known.iter().position(|other| *other == shading).unwrap_or_else(|| {
        known.push(shading);
        known.len() - 1
    })
}
