//! The objects of a file, looked up with patience: what is missing or of
//! another kind is nothing, as readers have it.

use super::ReadError;
use super::error::damaged;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::BTreeMap;
use std::io::Read as _;

/// A PDF begins within so many bytes (ISO 32000-1, annex H, note 13).
const HEADER_WITHIN: usize = 1024;
/// No stream of a sound file is longer than this when unpacked.
const LONGEST: usize = 1 << 28;

/// What is not there.
static NOTHING: Object = Object::Null;
static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);

/// A file's objects and the order of its pages.
#[derive(Debug)]
pub(super) struct File {
    pdf: Document,
    /// The number of each page, from 1.
    pages: BTreeMap<ObjectId, usize>,
}

impl File {
    /// Reads a PDF that is not encrypted.
    pub(super) fn load(bytes: &[u8]) -> Result<File, ReadError> {
        let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
        if !head.windows(5).any(|window| window == b"%PDF-") {
            return Err(ReadError::NoPdf);
        }
        let pdf = Document::load_mem(bytes)?;
        if pdf.was_encrypted() || pdf.trailer.has(b"Encrypt") {
            return Err(ReadError::Encrypted);
        }
        let pages = pdf.page_iter().enumerate().map(|(at, id)| (id, at + 1)).collect();
        Ok(File { pdf, pages })
    }

    /// The catalog.
    pub(super) fn catalog(&self) -> Result<&Dictionary, ReadError> {
        Ok(self.pdf.catalog()?)
    }

    /// What the file says of itself.
    pub(super) fn info(&self) -> &Dictionary {
        self.dict(&self.pdf.trailer, b"Info")
    }

    /// What a reference leads to, or the object itself.
    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.pdf.dereference(object).map_or(&NOTHING, |(_, object)| object)
    }

    /// What a key of a dictionary leads to.
    pub(super) fn get<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> &'a Object {
        dict.get(key).map_or(&NOTHING, |object| self.resolve(object))
    }

    /// The dictionary that a key leads to, also that of a stream.
    pub(super) fn dict<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
        self.as_dict(self.get(dict, key)).unwrap_or(&EMPTY)
    }

    /// An object as a dictionary, also that of a stream.
    pub(super) fn as_dict<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.resolve(object) {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// The name that a key leads to.
    pub(super) fn name<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dict, key).as_name().ok()
    }

    /// The text string that a key leads to (ISO 32000-1, 7.9.2.2).
    pub(super) fn text(&self, dict: &Dictionary, key: &[u8]) -> Option<String> {
        let object = self.get(dict, key);
        object.as_str().ok()?;
        lopdf::decode_text_string(object).ok()
    }

    /// The language that a dictionary names, if it names one.
    pub(super) fn lang(&self, dict: &Dictionary) -> Option<String> {
        self.text(dict, b"Lang").filter(|lang| !lang.trim().is_empty())
    }

    /// What is in an array, or the object by itself; nothing if it is null.
    pub(super) fn list<'a>(&'a self, object: &'a Object) -> &'a [Object] {
        match self.resolve(object) {
            Object::Array(list) => list,
            Object::Null => &[],
            _ => std::slice::from_ref(object),
        }
    }

    /// What a reference leads to, which must be there: what a file says it has and
    /// has not is lost words.
    pub(super) fn sound<'a>(
        &'a self,
        object: &'a Object,
        what: &str,
    ) -> Result<&'a Object, ReadError> {
        match (object.as_reference(), self.resolve(object)) {
            (Ok(_), Object::Null) => Err(damaged(format!("{what} is missing"))),
            (_, object) => Ok(object),
        }
    }

    /// A stream, unpacked.
    pub(super) fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, ReadError> {
        let Ok(filters) = stream.filters() else { return Ok(stream.content.clone()) };
        if filters.first() == Some(&b"FlateDecode".as_slice()) && !is_whole(&stream.content) {
            return Err(damaged("a compressed stream breaks off or is garbled"));
        }
        Ok(stream.decompressed_content_with_limit(LONGEST)?)
    }

    /// The encoding of a simple font.
    pub(super) fn encoding<'a>(&'a self, font: &'a Dictionary) -> Option<lopdf::Encoding<'a>> {
        font.get_font_encoding_with_limit(&self.pdf, LONGEST).ok()
    }

    /// All pages, in the order of their object numbers.
    pub(super) fn page_ids(&self) -> impl Iterator<Item = ObjectId> + '_ {
        self.pages.keys().copied()
    }

    /// The number of a page, from 1.
    pub(super) fn page_number(&self, page: ObjectId) -> Option<usize> {
        self.pages.get(&page).copied()
    }

    /// A page and its content, whose streams are read as one
    /// (ISO 32000-1, 7.8.2).
    pub(super) fn page(&self, id: ObjectId) -> Result<(&Dictionary, Vec<u8>), ReadError> {
        let page = self.pdf.get_dictionary(id)?;
        let mut content = Vec::new();
        for part in self.list(self.get(page, b"Contents")) {
            let Object::Stream(stream) = self.resolve(part) else {
                return Err(damaged("a page has no content where it should"));
            };
            content.extend(self.unpack(stream)?);
            content.push(b'\n');
        }
        Ok((page, content))
    }

    /// The resources of a page, its own or those of the tree above it
    /// (ISO 32000-1, 7.7.3.4).
    pub(super) fn resources<'a>(&'a self, page: &'a Dictionary) -> &'a Dictionary {
        let mut node = page;
        // A sound tree is not deeper; a tree that runs in circles ends here.
        for _ in 0..64 {
            if node.has(b"Resources") {
                return self.dict(node, b"Resources");
            }
            node = self.dict(node, b"Parent");
        }
        &EMPTY
    }
}

/// Whether compressed bytes (RFC 1950) unpack to their end and to the checksum that
/// is with them. lopdf gives what it got before an error, or nothing, in silence.
fn is_whole(packed: &[u8]) -> bool {
    let mut unpacked = flate2::read::ZlibDecoder::new(packed).take(LONGEST as u64);
    std::io::copy(&mut unpacked, &mut std::io::sink()).is_ok()
}
