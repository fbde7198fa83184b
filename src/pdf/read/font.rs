//! From the bytes of a string to its characters.

use super::cmap::CMap;
use super::file::File;
use lopdf::{Dictionary, Encoding, Object};

/// How the codes of a font become characters.
pub(super) struct Font<'a> {
    name: String,
    codes: Codes,
    map: Option<CMap>,
    encoding: Option<Encoding<'a>>,
}

/// How long codes are.
enum Codes {
    /// Of one byte each: simple fonts.
    One,
    /// Of two bytes each: composite fonts with an identity encoding.
    Two,
    /// By the ranges of a map: composite fonts with another one.
    Ranges(CMap),
    /// By the ranges of the ToUnicode map.
    OwnRanges,
}

impl<'a> Font<'a> {
    /// A font by its dictionary.
    pub(super) fn new(file: &'a File, dict: &'a Dictionary) -> Font<'a> {
        let base = file.name(dict, b"BaseFont").unwrap_or(b"?");
        let map = |object: &Object| match object {
            Object::Stream(stream) => Some(CMap::parse(&file.unpack(stream).ok()?)),
            _ => None,
        };
        let to_unicode = map(file.get(dict, b"ToUnicode")).filter(|map| !map.is_empty());
        let encoding = file.get(dict, b"Encoding");
        let codes = match file.name(dict, b"Subtype") {
            Some(b"Type0") => match encoding {
                Object::Name(name) if name.starts_with(b"Identity") => Codes::Two,
                other => map(other).map_or(Codes::OwnRanges, Codes::Ranges),
            },
            _ => Codes::One,
        };
        // Without an encoding a font has its own, which is known of the standard
        // fonts alone, and those are not embedded (ISO 32000-1, 9.6.6.1).
        let known = !encoding.is_null() || file.dict(dict, b"FontDescriptor").is_empty();
        let standard = (matches!(codes, Codes::One) && known)
            .then(|| file.encoding(dict))
            .flatten()
            .filter(|_| !matches!(base, b"Symbol" | b"ZapfDingbats"));
        Font {
            name: String::from_utf8_lossy(base).into_owned(),
            codes,
            map: to_unicode,
            encoding: standard,
        }
    }

    /// The characters of a string, or the font's name if they cannot be known.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<String, &str> {
        let mut text = String::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = match &self.codes {
                Codes::One => 1,
                Codes::Two => 2,
                Codes::Ranges(map) => map.code_length(rest).unwrap_or(1),
                Codes::OwnRanges => {
                    self.map.as_ref().and_then(|map| map.code_length(rest)).unwrap_or(2)
                }
            };
            let (code, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            match self.character(code) {
                Some(characters) => text.push_str(&characters),
                None => return Err(&self.name),
            }
        }
        Ok(text)
    }

    fn character(&self, code: &[u8]) -> Option<String> {
        if let Some(text) = self.map.as_ref().and_then(|map| map.get(code)) {
            return Some(text);
        }
        self.encoding.as_ref()?.bytes_to_string(code).ok()
    }
}
