//! The object tree: printpdf builds pages and resources, and what it cannot
//! say is set on the tree it hands over.

use super::content::{Box4, PageContent};
use super::fonts::FontSet;
use super::forms::Form;
use super::ops::{KNOCK_OUT, OVERPRINT, REGISTRATION, spot_resource};
use super::strings::name;
use super::xobjects::XObjects;
use super::{PdfError, Profile, number};
use crate::color::SpotInk;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A PDF's object tree in the making.
pub(super) struct Skeleton {
    /// All objects.
    pub(super) pdf: lopdf::Document,
    /// The numbers of the page objects, in order.
    pub(super) pages: Vec<ObjectId>,
}

impl Skeleton {
    /// Builds the tree of written pages and their fonts.
    pub(super) fn new(
        pages: &[PageContent],
        fonts: &FontSet,
        xobjects: XObjects,
        profile: Profile,
    ) -> Result<Skeleton, PdfError> {
        let mut builder = PdfDocument::new("");
        let forms = xobjects.forms();
        builder.resources.xobjects.map = xobjects.into_map();
        builder.pages = pages
            .iter()
            .map(|page| PdfPage {
                media_box: rect(page.media),
                trim_box: rect(page.trim),
                crop_box: rect(page.media),
                ops: Vec::new(),
            })
            .collect();
        let pdf = builder.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        drop(builder);
        let mut skeleton = Skeleton { pages: kids(&pdf)?, pdf };
        skeleton.finish_pages(pages, fonts, &forms, profile)?;
        Ok(skeleton)
    }

    /// The dictionary of a page.
    pub(super) fn page(&mut self, index: usize) -> Result<&mut Dictionary, PdfError> {
        let id = self.pages[index];
        Ok(self.pdf.get_dictionary_mut(id)?)
    }

    /// Sets content, boxes and resources. printpdf writes boxes as width and
    /// height where a PDF has two corners, knows no bleed box, and repeats the
    /// resources for every page.
    fn finish_pages(
        &mut self,
        pages: &[PageContent],
        fonts: &FontSet,
        forms: &[(String, Arc<Form>)],
        profile: Profile,
    ) -> Result<(), PdfError> {
        let mut resources = Dictionary::new();
        let fonts = fonts.embed(&mut self.pdf);
        if !fonts.is_empty() {
            resources.set("Font", fonts.clone());
        }
        let spots: BTreeSet<SpotInk> = pages.iter().flat_map(|page| &page.spots).copied().collect();
        let mut spaces: Dictionary =
            spots.iter().map(|ink| (spot_resource(ink), separation(ink))).collect();
        if pages.iter().any(|page| page.marks) {
            spaces.set(REGISTRATION, registration());
        }
        if !spaces.is_empty() {
            resources.set("ColorSpace", spaces);
        }
        if pages.iter().any(|page| page.overprints) {
            resources.set("ExtGState", overprint_states());
        }
        let mut surplus = Vec::new();
        for (index, content) in pages.iter().enumerate() {
            let page = self.page(index)?;
            let own = page.get(b"Resources")?.as_reference()?;
            let stream = page.get(b"Contents")?.as_reference()?;
            page.remove(b"Annots");
            for key in [b"CropBox".as_slice(), b"TrimBox"] {
                page.remove(key);
            }
            page.set("MediaBox", corners_object(content.media));
            if profile == Profile::Print {
                page.set("CropBox", corners_object(content.media));
                page.set("BleedBox", corners_object(content.bleed));
                page.set("TrimBox", corners_object(content.trim));
            }
            if content.transparent {
                let space = match profile {
                    Profile::Print => "DeviceCMYK",
                    Profile::Screen => "DeviceRGB",
                };
                page.set("Group", transparency_group(space));
            }
            let mut dict = Dictionary::new();
            dict.set("Filter", name("FlateDecode"));
            self.pdf.set_object(stream, Stream::new(dict, content.stream.clone()));
            let own_resources = self.pdf.get_dictionary(own)?.clone();
            for key in [b"Font".as_slice(), b"ExtGState", b"Shading"] {
                surplus.push(own_resources.get(key)?.as_reference()?);
            }
            let xobjects = own_resources.get(b"XObject")?.as_reference()?;
            if self.pdf.get_dictionary(xobjects)?.is_empty() {
                surplus.push(xobjects);
            } else {
                resources.set("XObject", Object::Reference(xobjects));
            }
            surplus.push(own);
        }
        if let Ok(xobjects) = resources.get(b"XObject").and_then(Object::as_reference) {
            let ids = self.pdf.get_dictionary(xobjects)?.clone();
            for (name, form) in forms {
                let id = ids.get(name.as_bytes())?.as_reference()?;
                let own = form.resources(&mut self.pdf, &fonts, profile);
                self.pdf.get_object_mut(id)?.as_stream_mut()?.dict.set("Resources", own);
            }
        }
        for id in surplus {
            self.pdf.objects.remove(&id);
        }
        let shared = self.pdf.add_object(resources);
        for index in 0..pages.len() {
            self.page(index)?.set("Resources", Object::Reference(shared));
        }
        Ok(())
    }
}

/// A group without isolation or knockout, for the colours of a page or form.
pub(super) fn transparency_group(space: &str) -> Dictionary {
    let mut group = Dictionary::new();
    group.set("Type", name("Group"));
    group.set("S", name("Transparency"));
    group.set("CS", name(space));
    group
}

/// The colour space of a spot ink (ISO 32000-1, 8.6.6.4): from no ink to those
/// that stand in for it in full.
pub(super) fn separation(ink: &SpotInk) -> Object {
    let full = ink.alternate.map(|part| Object::Real(f32::from(part) / 10_000.0));
    space(ink.name.as_str(), full)
}

/// The colour space that prints on every plate.
fn registration() -> Object {
    space("All", [1; 4].map(Object::Integer))
}

fn space(plate: &str, full: [Object; 4]) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![Object::Integer(0); 4],
        "C1" => full.to_vec(),
        "N" => 1,
    };
    Object::Array(vec![name("Separation"), name(plate), name("DeviceCMYK"), tint.into()])
}

/// The graphics states in which inks overprint and knock out. In mode 1 an ink
/// of nothing leaves what lies below (ISO 32000-1, 11.7.4.3).
pub(super) fn overprint_states() -> Dictionary {
    let state = |overprint: bool| {
        dictionary! { "OP" => overprint, "op" => overprint, "OPM" => 1 }
    };
    dictionary! { OVERPRINT => state(true), KNOCK_OUT => state(false) }
}

/// A rectangle as a PDF has it.
pub(super) fn corners_object(corners: Box4) -> Object {
    Object::Array(corners.map(number::object).to_vec())
}

fn rect([left, bottom, right, top]: Box4) -> Rect {
    let points = |thousandths: i64| Pt(thousandths as f32 / 1000.0);
    Rect::from_xywh(points(left), points(bottom), points(right - left), points(top - bottom))
}

fn kids(pdf: &lopdf::Document) -> Result<Vec<ObjectId>, PdfError> {
    let root = pdf.catalog()?.get(b"Pages")?.as_reference()?;
    let kids = pdf.get_dictionary(root)?.get(b"Kids")?.as_array()?;
    Ok(kids.iter().map(Object::as_reference).collect::<Result<_, _>>()?)
}
