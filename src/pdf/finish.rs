//! Serialising the object tree.

use super::skeleton::Skeleton;
use super::strings::{deflate_at, hash, push_hex};
use super::{PdfError, Profile};
use lopdf::{Object, SaveOptions, StringFormat};

/// Deflate's level for object streams and the cross-reference stream: they are
/// small, so that the last percents cost next to nothing.
const LEVEL: u32 = 9;
/// Objects in an object stream. Few and large streams compress better than many.
const OBJECTS: usize = 1000;
/// The bytes of an entry of the cross-reference stream that lopdf writes, and how
/// its dictionary tells.
const ENTRY: usize = 7;
const ENTRY_WIDTHS: &[u8] = b"/W[1 4 2]";

/// Stands for the file's identifier until its content is known.
const PLACEHOLDER: [u8; 16] = [0; 16];

/// The bytes of the file: objects in compressed object streams, the table in a
/// cross-reference stream, the identifier a hash of everything else.
pub(super) fn save(skeleton: Skeleton, profile: Profile) -> Result<Vec<u8>, PdfError> {
    let version = match profile {
        Profile::Print => "1.6",
        Profile::Screen => "1.7",
    };
    serialise(skeleton.pdf, version)
}

/// The same for any object tree and version.
pub(super) fn serialise(mut pdf: lopdf::Document, version: &str) -> Result<Vec<u8>, PdfError> {
    version.clone_into(&mut pdf.version);
    let placeholder = || Object::String(PLACEHOLDER.to_vec(), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", Object::Array(vec![placeholder(), placeholder()]));
    pdf.renumber_objects();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS)
        .compression_level(LEVEL)
        .build();
    let size: usize = pdf.objects.values().map(size).sum();
    let mut bytes = Vec::with_capacity(size + 16 * 1024);
    pdf.save_with_options(&mut bytes, options).map_err(|e| PdfError::Serialise(e.to_string()))?;
    let mut bytes = compress_table(&bytes)
        .ok_or_else(|| PdfError::Serialise("no cross-reference stream".to_owned()))?;
    identify(&mut bytes)?;
    Ok(bytes)
}

/// The file with its cross-reference stream compressed, which lopdf leaves as it
/// is; none if the stream is not found. It is the last object, so that nothing
/// that has an offset moves. Entries differ little from the ones before them, and
/// PNG's filter `Up` makes most of them alike (ISO 32000-1, 7.4.4.4).
fn compress_table(bytes: &[u8]) -> Option<Vec<u8>> {
    const START: &[u8] = b"startxref\n";
    const LENGTH: &[u8] = b"/Length ";
    const STREAM: &[u8] = b">>stream\n";
    let start = rfind(bytes, START)?;
    let offset = bytes[start + START.len()..].split(|&byte| byte == b'\n').next()?;
    let table: usize = std::str::from_utf8(offset).ok()?.parse().ok()?;
    let object = bytes.get(table..start)?;
    let data = find(object, STREAM)? + STREAM.len();
    let (head, rest) = object.split_at(data);
    find(head, ENTRY_WIDTHS)?;
    // The dictionary ends with the length.
    let length_at = rfind(head, LENGTH)?;
    let length = &head[length_at + LENGTH.len()..data - STREAM.len()];
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    let (entries, rest) = rest.split_at_checked(length)?;
    let mut rows = Vec::with_capacity(length + length / ENTRY);
    let mut above: &[u8] = &[0; ENTRY];
    for entry in entries.chunks_exact(ENTRY) {
        rows.push(2);
        rows.extend(entry.iter().zip(above).map(|(value, up)| value.wrapping_sub(*up)));
        above = entry;
    }
    let packed = deflate_at(&rows, LEVEL);
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..table + length_at]);
    let keys = format!(
        "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {ENTRY}>>/Length {}",
        packed.len()
    );
    out.extend_from_slice(keys.as_bytes());
    out.extend_from_slice(STREAM);
    out.extend_from_slice(&packed);
    out.extend_from_slice(rest);
    out.extend_from_slice(&bytes[start..]);
    Some(out)
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn rfind(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}

fn size(object: &Object) -> usize {
    match object {
        Object::Stream(stream) => stream.content.len() + 128,
        _ => 0,
    }
}

/// Replaces the placeholder in the trailer, which is the last dictionary of the
/// file and not compressed, by the hash of the file with the placeholder.
fn identify(bytes: &mut [u8]) -> Result<(), PdfError> {
    let mut old = Vec::new();
    push_hex(&mut old, &PLACEHOLDER);
    let mut new = Vec::new();
    push_hex(&mut new, &hash(&[&*bytes]).to_be_bytes());
    let mut end = bytes.len();
    for _ in 0..2 {
        let at = rfind(&bytes[..end], &old)
            .ok_or_else(|| PdfError::Serialise("no identifier in the trailer".to_owned()))?;
        bytes[at..at + old.len()].copy_from_slice(&new);
        end = at;
    }
    Ok(())
}
