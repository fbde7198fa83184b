//! Form XObjects of artwork: written operators with what they refer to.

use super::Profile;
use super::fonts::resource_name;
use super::number;
use super::ops::{alpha_name, pattern_name, spot_resource};
use super::shadings::Shading;
use super::skeleton::{overprint_states, separation, transparency_group};
use super::strings::{deflate, deflated, name};
use super::xobjects::{dict, integer, name as item_name, numbers};
use crate::assets::Drawing;
use crate::base::Transform;
use crate::color::SpotInk;
use lopdf::{Dictionary, Object, Stream, dictionary};
use printpdf::ExternalStream;
use std::collections::BTreeSet;

/// A drawing, written.
#[derive(Debug)]
pub(super) struct Form {
    content: FormContent,
    /// The visible rectangle in the drawing's units: left, top, right, bottom.
    bounds: [f32; 4],
    /// From the drawing's units to points from the bottom left corner.
    matrix: [f32; 6],
}

/// The operators of a drawing or of a group in it, and what they refer to.
#[derive(Debug, Default)]
pub(super) struct FormContent {
    /// Compressed.
    pub(super) stream: Vec<u8>,
    /// Opacities in use, in thousandths.
    pub(super) alphas: BTreeSet<u16>,
    pub(super) spots: BTreeSet<SpotInk>,
    /// Numbers of the document's fonts.
    pub(super) fonts: BTreeSet<usize>,
    pub(super) patterns: Vec<Shading>,
    pub(super) masks: Vec<Shading>,
    pub(super) groups: Vec<FormContent>,
    /// Whether any ink prints over another.
    pub(super) overprints: bool,
}

impl Form {
    /// The form of a drawing whose nodes have been written in its own units, with y
    /// downwards. Its matrix brings it to its natural size with the origin at the
    /// bottom left.
    pub(super) fn new(drawing: &Drawing, content: FormContent) -> Form {
        let (width, height) = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
        let Transform { a, d, e, f, .. } = drawing.transform;
        Form {
            content,
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
        self.content.is_transparent()
    }

    /// The spot inks in use.
    pub(super) fn spots(&self) -> BTreeSet<SpotInk> {
        let mut spots = BTreeSet::new();
        self.content.collect_spots(&mut spots);
        spots
    }

    /// The form XObject (ISO 32000-1, 8.10) without its resources.
    pub(super) fn xobject(&self) -> ExternalStream {
        let entries = [
            ("Type", item_name("XObject")),
            ("Subtype", item_name("Form")),
            ("FormType", integer(1)),
            ("BBox", numbers(self.bounds)),
            ("Matrix", numbers(self.matrix)),
            ("Resources", dict([])),
            ("Filter", item_name("FlateDecode")),
        ];
        ExternalStream {
            dict: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            content: self.content.stream.clone(),
            compress: false,
        }
    }

    /// What the form's operators refer to; `fonts` has the document's.
    pub(super) fn resources(
        &self,
        pdf: &mut lopdf::Document,
        fonts: &Dictionary,
        profile: Profile,
    ) -> Dictionary {
        self.content.resources(pdf, fonts, self.bounds, profile)
    }
}

impl FormContent {
    fn is_transparent(&self) -> bool {
        self.alphas.iter().any(|&alpha| alpha < 1000)
            || !self.masks.is_empty()
            || self.groups.iter().any(FormContent::is_transparent)
    }

    fn collect_spots(&self, spots: &mut BTreeSet<SpotInk>) {
        spots.extend(&self.spots);
        spots.extend(self.patterns.iter().filter_map(Shading::spot));
        self.groups.iter().for_each(|group| group.collect_spots(spots));
    }

    fn resources(
        &self,
        pdf: &mut lopdf::Document,
        fonts: &Dictionary,
        bounds: [f32; 4],
        profile: Profile,
    ) -> Dictionary {
        let mut resources = Dictionary::new();
        let mut states = if self.overprints { overprint_states() } else { Dictionary::new() };
        for &alpha in &self.alphas {
            let value = f32::from(alpha) / 1000.0;
            states.set(alpha_name(alpha), dictionary! { "ca" => value, "CA" => value });
        }
        for (index, mask) in self.masks.iter().enumerate() {
            let group = pdf.add_object(mask_group(mask, bounds));
            let soft = dictionary! {
                "Type" => name("Mask"),
                "S" => name("Luminosity"),
                "G" => Object::Reference(group),
            };
            states.set(mask_name(index), dictionary! { "SMask" => soft });
        }
        let spaces: Dictionary =
            self.spots.iter().map(|ink| (spot_resource(ink), separation(ink))).collect();
        let mut patterns = Dictionary::new();
        for (index, shading) in self.patterns.iter().enumerate() {
            let id = pdf.add_object(shading.pattern());
            patterns.set(pattern_name(index), Object::Reference(id));
        }
        let mut own_fonts = Dictionary::new();
        for &index in &self.fonts {
            let font = resource_name(index);
            if let Ok(object) = fonts.get(font.as_bytes()) {
                own_fonts.set(font, object.clone());
            }
        }
        let mut groups = Dictionary::new();
        for (index, group) in self.groups.iter().enumerate() {
            let own = group.resources(pdf, fonts, bounds, profile);
            let space = match profile {
                Profile::Print => "DeviceCMYK",
                Profile::Screen => "DeviceRGB",
            };
            let mut isolated = transparency_group(space);
            isolated.set("I", true);
            let form = form_dictionary(bounds, isolated, own);
            let id = pdf.add_object(deflated(form, group.stream.clone()));
            groups.set(group_name(index), Object::Reference(id));
        }
        for (key, entries) in [
            ("ColorSpace", spaces),
            ("ExtGState", states),
            ("Font", own_fonts),
            ("Pattern", patterns),
            ("XObject", groups),
        ] {
            if !entries.is_empty() {
                resources.set(key, entries);
            }
        }
        resources
    }
}

fn form_dictionary(bounds: [f32; 4], group: Dictionary, resources: Dictionary) -> Dictionary {
    dictionary! {
        "Type" => name("XObject"),
        "Subtype" => name("Form"),
        "BBox" => bounds.map(Object::Real).to_vec(),
        "Group" => group,
        "Resources" => resources,
    }
}

/// A group whose luminosity tells how much shows (ISO 32000-1, 11.6.5.2).
fn mask_group(mask: &Shading, bounds: [f32; 4]) -> Stream {
    let mut ops = Vec::new();
    for value in mask.matrix() {
        let value = value.as_float().unwrap_or_default();
        number::push_parts(&mut ops, (f64::from(value) * 1e6).round() as i64, 6);
        ops.push(b' ');
    }
    ops.extend_from_slice(b"cm\n/Sh0 sh\n");
    let mut group = transparency_group("DeviceGray");
    group.set("I", true);
    let resources = dictionary! { "Shading" => dictionary! { "Sh0" => mask.dictionary() } };
    deflated(form_dictionary(bounds, group, resources), deflate(&ops))
}

/// The resource name of a graphics state with a mask.
pub(super) fn mask_name(index: usize) -> String {
    format!("M{index}")
}

/// The resource name of a group.
pub(super) fn group_name(index: usize) -> String {
    format!("G{index}")
}
