//! Text strings and compressed streams.

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Object, Stream, StringFormat};

/// A text string (ISO 32000-1, 7.9.2.2): ASCII where that will do, else UTF-16.
pub(super) fn text(words: &str) -> Object {
    let bytes = if words.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        words.as_bytes().to_vec()
    } else {
        utf16(words)
    };
    Object::String(bytes, StringFormat::Literal)
}

/// Big-endian UTF-16 with its byte order mark.
pub(super) fn utf16(words: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// Appends bytes as hexadecimal digits.
pub(super) fn push_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

/// A name object.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// The most bytes that are compressed thoroughly: pages and fonts are shorter.
const THOROUGH: usize = 64 * 1024;

/// Bytes compressed by Deflate at level 9, the last before libdeflate tries all ways
/// to cut the bytes into matches: from there on a brochure gets 3 % smaller and
/// takes half as long again. Level 6 is enough for what is long, such as a map
/// with thousands of outlines.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    deflate_at(bytes, if bytes.len() > THOROUGH { 6 } else { 9 })
}

/// Bytes compressed by Deflate at a level from 0 to 12, as a zlib stream.
pub(super) fn deflate_at(bytes: &[u8], level: i32) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::new(level).unwrap_or_default());
    let mut out = vec![0; compressor.zlib_compress_bound(bytes.len())];
    #[expect(clippy::expect_used, reason = "there is room for what is longest")]
    let length = compressor.zlib_compress(bytes, &mut out).expect("room");
    out.truncate(length);
    out
}

/// A stream whose content is compressed already.
pub(super) fn deflated(mut dict: Dictionary, content: Vec<u8>) -> Stream {
    dict.set("Filter", name("FlateDecode"));
    Stream::new(dict, content).with_compression(false)
}

/// Six capital letters from a hash of `parts`, as in front of subset fonts.
pub(super) fn tag(parts: &[&[u8]]) -> String {
    let mut rest = hash(parts) >> 8;
    let mut letters = String::with_capacity(6);
    for _ in 0..6 {
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}

/// A 128-bit hash of `parts`; not for secrets.
pub(super) fn hash(parts: &[&[u8]]) -> u128 {
    use md5::{Digest, Md5};
    let mut hasher = Md5::new();
    for part in parts {
        hasher.update(part);
    }
    u128::from_be_bytes(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_outside_ascii_is_utf16() {
        let bytes = |words| match text(words) {
            Object::String(bytes, _) => bytes,
            other => panic!("{other:?}"),
        };
        assert_eq!(bytes("Ruimte (1)"), b"Ruimte (1)");
        assert_eq!(bytes("é😀"), [0xFE, 0xFF, 0, 0xE9, 0xD8, 0x3D, 0xDE, 0]);
    }

    #[test]
    fn tags_are_six_capitals_and_depend_on_the_content() {
        let (a, b) = (tag(&[b"a"]), tag(&[b"b"]));
        assert!(a != b && a.len() == 6 && a.bytes().all(|c| c.is_ascii_uppercase()), "{a} {b}");
    }
}
