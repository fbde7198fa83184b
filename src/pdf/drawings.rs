//! Vector artwork as form XObjects.

use super::Profile;
use super::ops::{LineStyle, Ops, Paint, Space, alpha_name};
use super::strings::deflate_at;
use super::xobjects::{dict, integer, name, numbers};
use crate::assets::{Drawing, DrawingShape};
use crate::base::{Abs, Point, Ratio, Transform};
use crate::color::{Color, Converter};
use printpdf::{DictItem, ExternalStream};
use std::collections::BTreeSet;

/// How far, in points, two neighbouring numbers may be apart. Rounding is off by
/// half of it, 5 micrometres: half a dot of a plate setter with 2540 dots an inch.
const STEP: f64 = 0.03;
/// Deflate's level for drawings. Level 6 takes three times as long for the many
/// numbers and saves less than 1 %.
const LEVEL: u32 = 4;
/// Drawings smaller than this, in points, are expected to be magnified to it.
const USUAL_SIZE: f64 = 300.0;

/// A drawing, written.
#[derive(Debug)]
pub(super) struct Form {
    stream: Vec<u8>,
    /// Opacities in use, in thousandths.
    alphas: BTreeSet<u16>,
    /// The visible rectangle in the drawing's units: left, top, right, bottom.
    bounds: [f32; 4],
    /// From the drawing's units to points from the bottom left corner.
    matrix: [f32; 6],
}

impl Form {
    /// Writes a drawing in its own units, with y downwards. The form's matrix
    /// brings it to its natural size with the origin at the bottom left.
    pub(super) fn new(drawing: &Drawing, profile: Profile, converter: &Converter) -> Form {
        let mut writer = FormWriter {
            ops: Ops::new(Space { left: Abs::ZERO, top: None, places: 3 }),
            drawing,
            paint: |rgb| Paint::new(Color::Rgb(rgb), profile, converter),
            layers: Vec::new(),
            alphas: BTreeSet::new(),
        };
        for shape in &drawing.shapes {
            writer.shape(shape);
        }
        writer.enter(Vec::new());
        let (width, height) = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
        let Transform { a, d, e, f, .. } = drawing.transform;
        Form {
            stream: deflate_at(&writer.ops.out, LEVEL),
            alphas: writer.alphas,
            // In thousandths of a unit of the drawing: PDF has no exponents, which
            // tools write for the tiny numbers that rounding leaves.
            bounds: [(0.0 - e) / a, (0.0 - f) / d, (width - e) / a, (height - f) / d]
                .map(|v| ((v * 1000.0).round() as i64) as f32 / 1000.0),
            matrix: [a, 0.0, 0.0, -d, e, height - f]
                .map(|v| ((v * 1e6).round() as i64) as f32 / 1e6),
        }
    }

    /// Whether anything lets through what is behind.
    pub(super) fn is_transparent(&self) -> bool {
        self.alphas.iter().any(|&alpha| alpha < 1000)
    }

    /// The form XObject (ISO 32000-1, 8.10).
    pub(super) fn xobject(&self) -> ExternalStream {
        let mut resources = Vec::new();
        if !self.alphas.is_empty() {
            let states = self.alphas.iter().map(|&alpha| {
                let value = DictItem::Real(f32::from(alpha) / 1000.0);
                let state = dict([("ca", value.clone()), ("CA", value)]);
                (alpha_name(alpha), state)
            });
            let map = states.collect();
            resources.push(("ExtGState", DictItem::Dict { map }));
        }
        let entries = [
            ("Type", name("XObject")),
            ("Subtype", name("Form")),
            ("FormType", integer(1)),
            ("BBox", numbers(self.bounds)),
            ("Matrix", numbers(self.matrix)),
            ("Resources", dict(resources)),
            ("Filter", name("FlateDecode")),
        ];
        ExternalStream {
            dict: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            content: self.stream.clone(),
            compress: false,
        }
    }
}

/// Something that holds from a `q` to its `Q`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Layer {
    /// A clip, by its index.
    Clip(usize),
    /// A change of coordinates.
    Map(Transform),
}

struct FormWriter<'a, P> {
    ops: Ops,
    drawing: &'a Drawing,
    paint: P,
    /// What is in force, outermost first.
    layers: Vec<Layer>,
    alphas: BTreeSet<u16>,
}

impl<P: Fn([u8; 3]) -> Paint> FormWriter<'_, P> {
    fn shape(&mut self, shape: &DrawingShape) {
        let mut layers: Vec<Layer> = shape.clips.iter().copied().map(Layer::Clip).collect();
        if shape.transform != Transform::IDENTITY {
            layers.push(Layer::Map(shape.transform));
        }
        self.enter(layers);
        self.ops.space.places = self.places(shape.transform);
        let opaque = |opacity: Ratio| opacity.get() >= 1.0;
        match (&shape.fill, &shape.stroke) {
            // One operator is allowed only if nothing shows through, since a
            // reader need not paint the line over its own fill.
            (Some(fill), Some(stroke)) if opaque(fill.opacity) && opaque(stroke.opacity) => {
                self.prepare_fill(shape);
                self.prepare_stroke(shape);
                self.outline(shape, if fill.even_odd { "B*" } else { "B" });
            }
            (fill, stroke) => {
                if let Some(fill) = fill {
                    self.prepare_fill(shape);
                    self.outline(shape, if fill.even_odd { "f*" } else { "f" });
                }
                if stroke.is_some() {
                    self.prepare_stroke(shape);
                    self.outline(shape, "S");
                }
            }
        }
    }

    /// The decimal places that coordinates under a transform need.
    fn places(&self, transform: Transform) -> u32 {
        let Transform { a, b, c, d, .. } = self.drawing.transform.after(transform);
        let size = self.drawing.size.width.max(self.drawing.size.height).to_pt();
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

    fn prepare_fill(&mut self, shape: &DrawingShape) {
        let Some(fill) = &shape.fill else { return };
        self.alpha(fill.opacity);
        self.ops.fill_color((self.paint)(fill.color));
    }

    fn prepare_stroke(&mut self, shape: &DrawingShape) {
        let Some(stroke) = &shape.stroke else { return };
        self.alpha(stroke.opacity);
        self.ops.stroke_color((self.paint)(stroke.color));
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
        if alpha < 1000 || !self.alphas.is_empty() {
            self.alphas.insert(alpha);
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
                    if let Some(clip) = self.drawing.clips.get(index) {
                        self.ops.path(&clip.path, Point::ZERO);
                        self.ops.clip(clip.even_odd);
                    }
                }
                Layer::Map(transform) => self.ops.transform(transform),
            }
        }
        self.layers = layers;
    }
}
