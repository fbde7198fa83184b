//! Sheets as pages of a PDF.

use super::super::finish::serialise;
use super::super::number;
use super::super::skeleton::{corners_object, transparency_group};
use super::super::strings::{deflate, deflated, hash, name};
use super::area::Area;
use super::marks::REGISTRATION;
use super::sheet::Placement;
use super::source::SourcePage;
use super::{ImposeError, ImposeOptions, form, reach};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Entries of the catalog that hold for sheets as well: how colours are printed
/// and which layers are, what the document says of itself, and its language.
const KEPT: [&str; 4] = ["OutputIntents", "OCProperties", "Metadata", "Lang"];

/// The object tree of an imposed file in the making.
pub(super) struct Assembly {
    pdf: Document,
    /// The form of each page.
    forms: Vec<ObjectId>,
    /// The colour of marks.
    registration: ObjectId,
    /// The root of the new page tree.
    tree: ObjectId,
    /// The sheets' sides so far.
    sides: Vec<ObjectId>,
    /// Whether a page has transparency.
    transparent: bool,
    /// The content of the side at hand.
    content: Vec<u8>,
    /// The forms that it places, by their names.
    placed: Dictionary,
}

impl Assembly {
    /// Adds the forms of pages to their file.
    pub(super) fn new(mut pdf: Document, pages: &[SourcePage]) -> Result<Assembly, ImposeError> {
        let forms = pages
            .iter()
            .enumerate()
            .map(|(at, page)| form::of(&pdf, page, at + 1))
            .collect::<Result<Vec<_>, _>>()?;
        // lopdf takes the highest number from the file's own count.
        pdf.max_id = pdf.objects.keys().map(|id| id.0).max().unwrap_or_default();
        let forms = forms.into_iter().map(|form| pdf.add_object(form)).collect();
        let registration = pdf.add_object(registration());
        let tree = pdf.new_object_id();
        let transparent = pages.iter().any(|page| page.group.is_some());
        Ok(Assembly {
            pdf,
            forms,
            registration,
            tree,
            sides: Vec::new(),
            transparent,
            content: Vec::new(),
            placed: Dictionary::new(),
        })
    }

    /// Places a page, counted from 0, on the side at hand.
    pub(super) fn place(&mut self, page: usize, placement: &Placement) {
        let key = format!("P{}", page + 1);
        self.placed.set(key.as_bytes(), Object::Reference(self.forms[page]));
        let [left, bottom, right, top] = placement.clip.corners();
        self.words("q");
        self.numbers(&[left, bottom, right - left, top - bottom], "re W n");
        self.numbers(&[1000, 0, 0, 1000], "");
        self.numbers(&[placement.x, placement.y].map(number::milli), "cm");
        self.words(&format!("/{key} Do Q"));
    }

    /// Adds operators to the side at hand.
    pub(super) fn draw(&mut self, operators: &[u8]) {
        self.content.extend_from_slice(operators);
    }

    fn words(&mut self, words: &str) {
        self.content.extend_from_slice(words.as_bytes());
        self.content.push(b'\n');
    }

    /// Numbers in thousandths and what is done with them.
    fn numbers(&mut self, thousandths: &[i64], operator: &str) {
        for &number in thousandths {
            number::push(&mut self.content, number);
            self.content.push(b' ');
        }
        self.words(operator);
    }

    /// Makes a page of the side at hand.
    pub(super) fn end_side(&mut self, media: Area, bleed: Area, trim: Area) {
        let content = std::mem::take(&mut self.content);
        let content = self.pdf.add_object(deflated(Dictionary::new(), deflate(&content)));
        let mut resources = Dictionary::new();
        let spaces = dictionary! { REGISTRATION => Object::Reference(self.registration) };
        resources.set("ColorSpace", spaces);
        let placed = std::mem::take(&mut self.placed);
        if !placed.is_empty() {
            resources.set("XObject", placed);
        }
        let mut page = dictionary! {
            "Type" => name("Page"),
            "Parent" => Object::Reference(self.tree),
            "Contents" => Object::Reference(content),
            "Resources" => resources,
        };
        for (key, area) in [("MediaBox", media), ("BleedBox", bleed), ("TrimBox", trim)] {
            page.set(key, corners_object(area.corners()));
        }
        if self.transparent {
            page.set("Group", transparency_group("DeviceCMYK"));
        }
        let id = self.pdf.add_object(page);
        self.sides.push(id);
    }

    /// The bytes of the file. What it was made from gives it its instance's
    /// identifier.
    pub(super) fn finish(
        mut self,
        source: &[u8],
        options: &ImposeOptions,
    ) -> Result<Vec<u8>, ImposeError> {
        let kids: Vec<Object> = self.sides.iter().map(|&id| Object::Reference(id)).collect();
        let tree = dictionary! {
            "Type" => name("Pages"),
            "Count" => kids.len() as i64,
            "Kids" => kids,
        };
        self.pdf.objects.insert(self.tree, Object::Dictionary(tree));
        let mut catalog = dictionary! {
            "Type" => name("Catalog"),
            "Pages" => Object::Reference(self.tree),
        };
        let old = self.pdf.catalog()?;
        for key in KEPT {
            if let Ok(value) = old.get(key.as_bytes()) {
                catalog.set(key, value.clone());
            }
        }
        let instance = hash(&[source, format!("{options:?}").as_bytes()]);
        renew_instance(&mut self.pdf, &catalog, instance);
        let mut trailer = dictionary! { "Root" => Object::Reference(self.pdf.add_object(catalog)) };
        if let Ok(info) = self.pdf.trailer.get(b"Info") {
            trailer.set("Info", info.clone());
        }
        self.pdf.trailer = trailer;
        reach::keep_reachable(&mut self.pdf)?;
        serialise(self.pdf, "1.6").map_err(|error| ImposeError::Serialise(error.to_string()))
    }
}

/// Full ink on every plate, for marks (ISO 32000-1, 8.6.6.4). Where there is no
/// such plate, all four process inks.
fn registration() -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    };
    Object::Array(vec![name("Separation"), name("All"), name("DeviceCMYK"), tint.into()])
}

/// Gives the file an identifier of its own in its XMP (`xmpMM:InstanceID`, ISO
/// 16684-1), if it has one. Everything else in it, and in Info, stays.
fn renew_instance(pdf: &mut Document, catalog: &Dictionary, instance: u128) {
    let Ok(id) = catalog.get(b"Metadata").and_then(Object::as_reference) else { return };
    let Ok(Object::Stream(stream)) = pdf.get_object_mut(id) else { return };
    if stream.dict.has(b"Filter") {
        return;
    }
    let digits = format!("{instance:032x}");
    let groups = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    let uuid = format!("uuid:{}", groups.join("-"));
    let marks: [(&[u8], &[u8]); 2] =
        [(b"<xmpMM:InstanceID>", b"<"), (b"xmpMM:InstanceID=\"", b"\"")];
    for (before, after) in marks {
        if let Some((start, end)) = between(&stream.content, before, after) {
            let mut content = stream.content.clone();
            content.splice(start..end, uuid.bytes());
            stream.set_content(content);
        }
    }
}

/// Where the bytes stand that follow `before`, up to `after`.
fn between(bytes: &[u8], before: &[u8], after: &[u8]) -> Option<(usize, usize)> {
    let find = |from: usize, what: &[u8]| {
        let rest = bytes.get(from..)?;
        rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let start = find(0, before)? + before.len();
    Some((start, find(start, after)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Stream;

    #[test]
    fn an_instance_is_named_anew_and_the_document_is_not() {
        for (xmp, expected) in [
            (
                "<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:InstanceID>uuid:2</xmpMM:InstanceID>",
                "<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID>\
                 <xmpMM:InstanceID>uuid:00000000-0000-0000-0000-0000000000ab</xmpMM:InstanceID>",
            ),
            (
                "<r xmpMM:InstanceID=\"a\" xmpMM:DocumentID=\"b\"/>",
                "<r xmpMM:InstanceID=\"uuid:00000000-0000-0000-0000-0000000000ab\" \
                 xmpMM:DocumentID=\"b\"/>",
            ),
            ("<x/>", "<x/>"),
        ] {
            let mut pdf = Document::new();
            let id = pdf.add_object(Stream::new(Dictionary::new(), xmp.as_bytes().to_vec()));
            let catalog = dictionary! { "Metadata" => Object::Reference(id) };
            renew_instance(&mut pdf, &catalog, 0xab);
            let stream = pdf.get_object(id).unwrap().as_stream().unwrap();
            assert_eq!(String::from_utf8_lossy(&stream.content), expected);
        }
    }
}
