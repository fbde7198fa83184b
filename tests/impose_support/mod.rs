//! A print file made by hand, and imposed files read back.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by test files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

use drukklaar::pdf::{ImposeOptions, Imposed, impose};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Millimetres in points.
pub fn mm(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

pub fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

fn reals(numbers: [f64; 4]) -> Object {
    Object::Array(numbers.iter().map(|&n| Object::Real(n as f32)).collect())
}

/// The trim of a page of [`print_file`]: A5 with a corner that is not at the
/// origin, 3 mm bleed, and 10 mm for marks beyond that.
pub const TRIM: [f64; 4] = [50.0, 60.0, 469.528, 655.276];

/// A print file with the habits of other writers: boxes and resources that are
/// inherited, a tree of pages in two levels, content in two streams, page marks
/// outside the bleed, a spot colour, overprint, one font for all; and with parts
/// that sheets do not need.
pub fn print_file(pages: usize) -> Document {
    let mut pdf = Document::with_version("1.6");
    let program = pdf.add_object(Stream::new(dictionary! { "Length1" => 4 }, b"font".to_vec()));
    let descriptor = pdf.add_object(dictionary! {
        "Type" => name("FontDescriptor"), "FontName" => name("ABCDEF+Test"),
        "FontFile2" => Object::Reference(program),
    });
    let font = pdf.add_object(dictionary! {
        "Type" => name("Font"), "Subtype" => name("TrueType"), "BaseFont" => name("ABCDEF+Test"),
        "FontDescriptor" => Object::Reference(descriptor),
    });
    let tint = dictionary! {
        "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1,
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), Object::Real(0.4), 0.into(), 0.into()],
    };
    let spot = pdf.add_object(Object::Array(vec![
        name("Separation"),
        name("PANTONE 300 C"),
        name("DeviceCMYK"),
        Object::Dictionary(tint),
    ]));
    let overprint = pdf.add_object(dictionary! {
        "Type" => name("ExtGState"), "OP" => true, "op" => true, "OPM" => 1,
    });
    let resources = pdf.add_object(dictionary! {
        "Font" => dictionary! { "F0" => Object::Reference(font) },
        "ColorSpace" => dictionary! { "Spot" => Object::Reference(spot) },
        "ExtGState" => dictionary! { "Over" => Object::Reference(overprint) },
    });
    let root = pdf.new_object_id();
    let [left, bottom, right, top] = TRIM;
    let out = mm(13.0);
    let media = [left - out, bottom - out, right + out, top + out];
    let mut branches = Vec::new();
    for first in (1..=pages).step_by(3) {
        let branch = pdf.new_object_id();
        let kids: Vec<Object> = (first..=pages.min(first + 2))
            .map(|number| Object::Reference(page(&mut pdf, number, branch)))
            .collect();
        pdf.objects.insert(
            branch,
            Object::Dictionary(dictionary! {
                "Type" => name("Pages"), "Parent" => Object::Reference(root),
                "Count" => kids.len() as i64, "Kids" => kids,
            }),
        );
        branches.push(Object::Reference(branch));
    }
    pdf.objects.insert(
        root,
        Object::Dictionary(dictionary! {
            "Type" => name("Pages"), "Count" => pages as i64, "Kids" => branches,
            "MediaBox" => reals(media), "Resources" => Object::Reference(resources),
        }),
    );
    finish(&mut pdf, root);
    pdf
}

/// A page: a mark in its corner and a ground in the spot colour in one stream,
/// its number and text in the other.
fn page(pdf: &mut Document, number: usize, parent: ObjectId) -> ObjectId {
    let [left, bottom, right, top] = TRIM;
    let corner = left - mm(12.0);
    let ground = format!(
        "q 0 0 0 1 k {corner} {corner} 20 20 re f\n/Spot cs 1 scn {} {} {} {} re f Q q 1 0 0",
        left - mm(3.0),
        bottom - mm(3.0),
        right - left + mm(6.0),
        top - bottom + mm(6.0),
    );
    let words = format!("1 0 0 cm /Page{number} MP /Over gs BT /F0 9 Tf (a) Tj ET Q");
    let mut second = Stream::new(Dictionary::new(), words.into_bytes());
    second.compress().unwrap();
    let streams = [Stream::new(Dictionary::new(), ground.into_bytes()), second];
    let contents = streams.map(|stream| Object::Reference(pdf.add_object(stream))).to_vec();
    let link = pdf.add_object(dictionary! { "Type" => name("Annot"), "Subtype" => name("Link") });
    let bleed = [left - mm(3.0), bottom - mm(3.0), right + mm(3.0), top + mm(3.0)];
    pdf.add_object(dictionary! {
        "Type" => name("Page"), "Parent" => Object::Reference(parent), "Contents" => contents,
        "TrimBox" => reals(TRIM), "BleedBox" => reals(bleed),
        "Annots" => vec![Object::Reference(link)], "StructParents" => number as i64,
    })
}

/// The catalog, with what sheets keep and what they do not.
fn finish(pdf: &mut Document, pages: ObjectId) {
    let profile = pdf.add_object(Stream::new(dictionary! { "N" => 4 }, b"prtrCMYK".to_vec()));
    let intent = dictionary! {
        "Type" => name("OutputIntent"), "S" => name("GTS_PDFX"),
        "OutputConditionIdentifier" => Object::string_literal("FOGRA39"),
        "DestOutputProfile" => Object::Reference(profile),
    };
    let xmp = b"<x><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\
        <xmpMM:InstanceID>uuid:0</xmpMM:InstanceID></x>";
    let dict = dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") };
    let metadata = pdf.add_object(Stream::new(dict, xmp.to_vec()).with_compression(false));
    let outline = pdf.add_object(dictionary! { "Type" => name("Outlines") });
    let structure = pdf.add_object(dictionary! { "Type" => name("StructTreeRoot") });
    let layer = pdf.add_object(dictionary! {
        "Type" => name("OCG"), "Name" => Object::string_literal("Stanslijn"),
    });
    let off = dictionary! { "OFF" => vec![Object::Reference(layer)] };
    let layers = dictionary! { "OCGs" => vec![Object::Reference(layer)], "D" => off };
    let catalog = pdf.add_object(dictionary! {
        "Type" => name("Catalog"), "Pages" => Object::Reference(pages),
        "OCProperties" => layers,
        "OutputIntents" => vec![Object::Dictionary(intent)],
        "Metadata" => Object::Reference(metadata), "Lang" => Object::string_literal("nl"),
        "Outlines" => Object::Reference(outline),
        "StructTreeRoot" => Object::Reference(structure),
        "PageLabels" => dictionary! { "Nums" => Vec::<Object>::new() },
    });
    let info = pdf.add_object(dictionary! { "Title" => Object::string_literal("Proef") });
    pdf.add_object(dictionary! { "Type" => name("Unused") });
    pdf.trailer.set("Root", Object::Reference(catalog));
    pdf.trailer.set("Info", Object::Reference(info));
}

/// Changes the dictionary of a page, which is counted from 1.
pub fn change_page(pdf: &mut Document, number: u32, change: impl FnOnce(&mut Dictionary)) {
    let id = pdf.get_pages()[&number];
    change(pdf.get_dictionary_mut(id).unwrap());
}

pub fn bytes(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

/// A page as it is found on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The page's number, by the mark in its content.
    pub number: usize,
    /// The clip around it: left, bottom, right, top.
    pub clip: [f64; 4],
    /// Where its trim lies: left, bottom, right, top.
    pub trim: [f64; 4],
}

/// An imposed file, read back.
pub struct Sheets {
    pub bytes: Vec<u8>,
    pub pdf: Document,
    pub pages: Vec<Dictionary>,
}

impl Sheets {
    pub fn of(source: &[u8], options: &ImposeOptions) -> (Imposed, Sheets) {
        let imposed = impose(source, options).unwrap_or_else(|error| panic!("{error}"));
        let pdf = Document::load_mem(&imposed.bytes).unwrap();
        let pages = pdf.get_pages();
        let pages = pages.values().map(|&id| pdf.get_dictionary(id).unwrap().clone()).collect();
        (imposed.clone(), Sheets { bytes: imposed.bytes, pdf, pages })
    }

    pub fn corners(&self, side: usize, key: &str) -> [f64; 4] {
        numbers(self.pages[side].get(key.as_bytes()).unwrap())
    }

    pub fn operations(&self, side: usize) -> Vec<Operation> {
        let id = self.pages[side].get(b"Contents").unwrap().as_reference().unwrap();
        let stream = self.pdf.get_object(id).unwrap().as_stream().unwrap();
        Content::decode(&stream.decompressed_content().unwrap()).unwrap().operations
    }

    /// The form that a side places under a name.
    pub fn form(&self, side: usize, key: &[u8]) -> &Stream {
        let resources = self.pages[side].get(b"Resources").unwrap().as_dict().unwrap();
        let placed = resources.get(b"XObject").unwrap().as_dict().unwrap();
        let id = placed.get(key).unwrap().as_reference().unwrap();
        self.pdf.get_object(id).unwrap().as_stream().unwrap()
    }

    /// The pages on a side, from left to right.
    pub fn placed(&self, side: usize) -> Vec<Placed> {
        let mut placed = Vec::new();
        let (mut clip, mut at) = ([0.0; 4], [0.0; 2]);
        for operation in self.operations(side) {
            let numbers: Vec<f64> = operation
                .operands
                .iter()
                .filter_map(|n| n.as_float().ok())
                .map(f64::from)
                .collect();
            match operation.operator.as_str() {
                "re" => {
                    let [x, y, width, height] = numbers[..] else { panic!("{numbers:?}") };
                    clip = [x, y, x + width, y + height];
                }
                "cm" => {
                    assert_eq!(numbers[1..3], [0.0, 0.0]);
                    at = [numbers[4], numbers[5]];
                }
                "Do" => {
                    let form = self.form(side, operation.operands[0].as_name().unwrap());
                    let [left, bottom, right, top] = self::trim_of(form);
                    let trim = [left + at[0], bottom + at[1], right + at[0], top + at[1]];
                    placed.push(Placed { number: page_number(form), clip, trim });
                }
                _ => {}
            }
        }
        placed
    }

    /// The numbers of the pages on a side.
    pub fn numbers(&self, side: usize) -> Vec<usize> {
        self.placed(side).iter().map(|page| page.number).collect()
    }
}

pub fn numbers<const N: usize>(object: &Object) -> [f64; N] {
    let list = object.as_array().unwrap();
    let numbers: Vec<f64> = list.iter().map(|n| f64::from(n.as_float().unwrap())).collect();
    numbers.try_into().unwrap()
}

/// Where the Matrix of a form brings [`TRIM`].
fn trim_of(form: &Stream) -> [f64; 4] {
    let [a, b, c, d, e, f] = numbers(form.dict.get(b"Matrix").unwrap());
    let to = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
    let ((x1, y1), (x2, y2)) = (to(TRIM[0], TRIM[1]), to(TRIM[2], TRIM[3]));
    [x1.min(x2), y1.min(y2), x1.max(x2), y1.max(y2)]
}

pub fn content(form: &Stream) -> String {
    String::from_utf8(form.get_plain_content().unwrap()).unwrap()
}

fn page_number(form: &Stream) -> usize {
    let content = content(form);
    let rest = content.split("/Page").nth(1).unwrap();
    rest.split(' ').next().unwrap().parse().unwrap()
}

/// Compares lengths in points to a thousandth and a half, which is rounding.
#[track_caller]
pub fn near<const N: usize>(found: [f64; N], expected: [f64; N]) {
    let close = found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.0025);
    assert!(close, "{found:?} is not {expected:?}");
}
