//! PDFs with a structure, made by hand.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by test files")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use drukklaar::pdf;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A file in the making: two pages with fonts, forms and property lists, and a
/// structure.
pub struct Made {
    pub pdf: Document,
    pub root: ObjectId,
    pub pages: Vec<ObjectId>,
    resources: ObjectId,
}

pub fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

pub fn text(words: &str) -> Object {
    lopdf::text_string(words)
}

impl Made {
    /// A file in Dutch whose pages have these contents.
    pub fn new(contents: &[&str]) -> Made {
        let mut pdf = Document::with_version("1.7");
        let helvetica = pdf.add_object(dictionary! {
            "Type" => name("Font"),
            "Subtype" => name("Type1"),
            "BaseFont" => name("Helvetica"),
            "Encoding" => name("WinAnsiEncoding"),
        });
        let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0001> <00660069> <0002> <00AD> endbfchar\n\
            1 beginbfrange <0061> <007A> <0061> endbfrange\n\
            1 beginbfrange <0010> <0011> [<0132> <0020>] endbfrange";
        let map = pdf.add_object(Stream::new(Dictionary::new(), map.as_bytes().to_vec()));
        let composite = pdf.add_object(dictionary! {
            "Type" => name("Font"),
            "Subtype" => name("Type0"),
            "BaseFont" => name("ABCDEF+Letter"),
            "Encoding" => name("Identity-H"),
            "ToUnicode" => map,
        });
        let mute = pdf.add_object(dictionary! {
            "Type" => name("Font"),
            "Subtype" => name("Type0"),
            "BaseFont" => name("ABCDEF+Stom"),
            "Encoding" => name("Identity-H"),
        });
        let resources = pdf.add_object(dictionary! {
            "Font" => dictionary! { "F" => helvetica, "C" => composite, "M" => mute },
        });
        let tree = pdf.new_object_id();
        let mut pages = Vec::new();
        for content in contents {
            let content =
                pdf.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
            pages.push(pdf.add_object(dictionary! {
                "Type" => name("Page"),
                "Parent" => tree,
                "Contents" => content,
            }));
        }
        let kids: Vec<Object> = pages.iter().map(|&page| page.into()).collect();
        pdf.set_object(
            tree,
            dictionary! {
                "Type" => name("Pages"),
                "Count" => kids.len() as i64,
                "Kids" => kids,
                "Resources" => resources,
            },
        );
        let root = pdf.add_object(dictionary! { "Type" => name("StructTreeRoot") });
        let catalog = pdf.add_object(dictionary! {
            "Type" => name("Catalog"),
            "Pages" => tree,
            "StructTreeRoot" => root,
            "Lang" => text("nl-NL"),
        });
        pdf.trailer.set("Root", catalog);
        Made { pdf, root, pages, resources }
    }

    /// An element of the first page, unless `more` says otherwise.
    pub fn element(&mut self, kind: &str, kids: Vec<Object>, more: Dictionary) -> Object {
        let mut dict = dictionary! { "S" => name(kind), "Pg" => self.pages[0], "K" => kids };
        dict.extend(&more);
        self.pdf.add_object(dict).into()
    }

    pub fn plain(&mut self, kind: &str, kids: Vec<Object>) -> Object {
        self.element(kind, kids, Dictionary::new())
    }

    pub fn set_resource(&mut self, kind: &str, key: &str, value: Object) {
        let resources = self.pdf.get_dictionary_mut(self.resources).unwrap();
        resources.set(kind, dictionary! { key => value });
    }

    pub fn catalog(&mut self) -> &mut Dictionary {
        self.pdf.catalog_mut().unwrap()
    }

    /// The bytes, with these elements below the root.
    pub fn bytes(&mut self, kids: Vec<Object>) -> Vec<u8> {
        let root = self.root;
        self.pdf.get_dictionary_mut(root).unwrap().set("K", kids);
        let mut bytes = Vec::new();
        self.pdf.save_to(&mut bytes).unwrap();
        bytes
    }

    /// What is heard, without title and language.
    #[track_caller]
    pub fn heard(&mut self, kids: Vec<Object>) -> String {
        let heard = pdf::read_aloud(&self.bytes(kids)).unwrap().to_string();
        heard.strip_prefix("titel: geen\ntaal: nl-NL\n").unwrap().to_owned()
    }
}

/// Text in Helvetica of 10 points on the line at 700.
pub fn line(inner: &str) -> String {
    format!("BT /F 10 Tf 1 0 0 1 50 700 Tm {inner} ET")
}
