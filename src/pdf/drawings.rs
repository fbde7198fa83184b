//! Vector artwork as form XObjects.

use super::ops::{LineStyle, Ops, Paint, Space, alpha_name};
use super::strings::deflate;
use super::xobjects::{dict, integer, name, numbers};
use super::{Profile, number};
use crate::assets::{Drawing, DrawingShape};
use crate::base::{Abs, Point, Ratio};
use crate::color::{Color, Converter};
use printpdf::{DictItem, ExternalStream};
use std::collections::BTreeSet;

/// A drawing, written.
#[derive(Debug)]
pub(super) struct Form {
    stream: Vec<u8>,
    /// Opacities in use, in thousandths.
    alphas: BTreeSet<u16>,
    bounds: [i64; 2],
    places: u32,
}

impl Form {
    /// Writes a drawing at its natural size, with the origin at the bottom left.
    pub(super) fn new(drawing: &Drawing, profile: Profile, converter: &Converter) -> Form {
        // Small drawings are magnified on the page; their numbers need more places.
        let places =
            if drawing.size.width.max(drawing.size.height) < Abs::pt(100.0) { 5 } else { 3 };
        let space = Space { left: Abs::ZERO, top: drawing.size.height, places };
        let mut writer = FormWriter {
            ops: Ops::new(space),
            drawing,
            paint: |rgb| Paint::new(Color::Rgb(rgb), profile, converter),
            clips: Vec::new(),
            alphas: BTreeSet::new(),
        };
        for shape in &drawing.shapes {
            writer.shape(shape);
        }
        writer.clip_to(&[]);
        let bounds = [drawing.size.width, drawing.size.height].map(|l| number::parts(l, places));
        Form { stream: deflate(&writer.ops.out), alphas: writer.alphas, bounds, places }
    }

    /// Whether anything lets through what is behind.
    pub(super) fn is_transparent(&self) -> bool {
        self.alphas.iter().any(|&alpha| alpha < 1000)
    }

    /// The form XObject (ISO 32000-1, 8.10).
    pub(super) fn xobject(&self) -> ExternalStream {
        let scale = 10_i32.pow(self.places) as f32;
        let bounds = [0.0, 0.0, self.bounds[0] as f32 / scale, self.bounds[1] as f32 / scale];
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
            ("BBox", numbers(bounds)),
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

struct FormWriter<'a, P> {
    ops: Ops,
    drawing: &'a Drawing,
    paint: P,
    /// Clips in force, outermost first.
    clips: Vec<usize>,
    alphas: BTreeSet<u16>,
}

impl<P: Fn([u8; 3]) -> Paint> FormWriter<'_, P> {
    fn shape(&mut self, shape: &DrawingShape) {
        self.clip_to(&shape.clips);
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

    /// Leaves clips that do not hold any more and enters those that do.
    fn clip_to(&mut self, clips: &[usize]) {
        let common = self.clips.iter().zip(clips).take_while(|(a, b)| a == b).count();
        for _ in common..self.clips.len() {
            self.ops.restore();
        }
        self.clips.truncate(common);
        for &index in &clips[common..] {
            self.ops.save();
            self.clips.push(index);
            if let Some(clip) = self.drawing.clips.get(index) {
                self.ops.path(&clip.path, Point::ZERO);
                self.ops.clip(clip.even_odd);
            }
        }
    }
}
