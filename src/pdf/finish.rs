//! Serialising the object tree.

use super::skeleton::Skeleton;
use super::strings::{deflate, deflate_at, hash, push_hex};
use super::{PdfError, Profile};
use flate2::read::ZlibDecoder;
use lopdf::{Object, SaveOptions, StringFormat};
use std::borrow::Cow;
use std::io::Read as _;
use std::ops::Range;

/// Deflate's level for the cross-reference stream, which is small.
const LEVEL: i32 = 12;
/// The level at which lopdf compresses object streams, which is not the last word.
const FIRST_LEVEL: u32 = 1;
/// Objects in an object stream. Few and large streams compress better than many.
const OBJECTS: usize = 1000;
/// The bytes of an entry of the cross-reference stream that lopdf writes, and how
/// its dictionary tells.
const ENTRY: usize = 7;
const ENTRY_WIDTHS: &[u8] = b"/W[1 4 2]";
/// How lopdf writes the length of a stream, and what comes before its data.
const LENGTH: &str = "/Length ";
const STREAM: &[u8] = b">>stream\n";

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
        .compression_level(FIRST_LEVEL)
        .build();
    let size: usize = pdf.objects.values().map(size).sum();
    let mut bytes = Vec::with_capacity(size + 16 * 1024);
    pdf.save_with_options(&mut bytes, options).map_err(|e| PdfError::Serialise(e.to_string()))?;
    let mut bytes = compress_tables(&bytes)
        .ok_or_else(|| PdfError::Serialise("no cross-reference stream".to_owned()))?;
    identify(&mut bytes)?;
    Ok(bytes)
}

/// The file with its object streams compressed better, and its cross-reference
/// stream, which lopdf leaves as it is; none if that is not found. It is the last
/// object, and the object streams are the ones before it. Entries differ little
/// from the ones before them, and PNG's filter `Up` makes most of them alike
/// (ISO 32000-1, 7.4.4.4).
fn compress_tables(bytes: &[u8]) -> Option<Vec<u8>> {
    const START: &[u8] = b"startxref\n";
    let start = rfind(bytes, START)?;
    let (offset, end) = number(&bytes[start + START.len()..])?;
    let table = bytes.get(offset..start)?;
    let (length_at, data) = stream(table)?;
    find(&table[..data.start], ENTRY_WIDTHS)?;
    let mut entries = table.get(data.clone())?.to_vec();
    let mut out = compress_objects(&bytes[..offset], &mut entries)?;
    let moved = out.len();
    let mut rows = Vec::with_capacity(entries.len() + entries.len() / ENTRY);
    let mut above: &[u8] = &[0; ENTRY];
    for entry in entries.chunks_exact(ENTRY) {
        rows.push(2);
        rows.extend(entry.iter().zip(above).map(|(value, up)| value.wrapping_sub(*up)));
        above = entry;
    }
    let packed = deflate_at(&rows, LEVEL);
    // The dictionary ends with the length.
    out.extend_from_slice(&table[..length_at]);
    let keys = format!(
        "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {ENTRY}>>{LENGTH}{}",
        packed.len()
    );
    out.extend_from_slice(keys.as_bytes());
    out.extend_from_slice(STREAM);
    out.extend_from_slice(&packed);
    out.extend_from_slice(&table[data.end..]);
    out.extend_from_slice(START);
    out.extend_from_slice(moved.to_string().as_bytes());
    out.extend_from_slice(&bytes[start + START.len() + end..]);
    Some(out)
}

/// A file up to its cross-reference stream, with its object streams compressed anew
/// and the entries of all that moves set right.
fn compress_objects(bytes: &[u8], entries: &mut [u8]) -> Option<Vec<u8>> {
    // Entries of kind 1 hold offsets; others tell in which stream an object lies.
    let mut places: Vec<(usize, &mut [u8])> = entries
        .chunks_exact_mut(ENTRY)
        .filter(|entry| entry[0] == 1)
        .map(|entry| {
            let offset = entry[1..5].iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
            (offset, &mut entry[1..5])
        })
        .collect();
    places.sort_unstable();
    let ends: Vec<usize> =
        places.iter().skip(1).map(|(offset, _)| *offset).chain([bytes.len()]).collect();
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(bytes.get(..places.first()?.0)?);
    for ((start, entry), end) in places.into_iter().zip(ends) {
        entry.copy_from_slice(&u32::try_from(out.len()).ok()?.to_be_bytes());
        push_object(&mut out, bytes.get(start..end)?)?;
    }
    Some(out)
}

/// Appends an object, compressed anew if it is an object stream.
fn push_object(out: &mut Vec<u8>, object: &[u8]) -> Option<()> {
    let Some((length_at, data)) = stream(object) else {
        out.extend_from_slice(object);
        return Some(());
    };
    let (head, rest) = object.split_at_checked(data.start)?;
    let (body, rest) = rest.split_at_checked(data.len())?;
    let body = if find(head, b"<</Type/ObjStm").is_some() {
        let mut plain = Vec::new();
        ZlibDecoder::new(body).read_to_end(&mut plain).ok()?;
        let packed = deflate(&plain);
        let digits = length_at + LENGTH.len();
        let (_, width) = number(&head[digits..])?;
        out.extend_from_slice(&head[..digits]);
        out.extend_from_slice(packed.len().to_string().as_bytes());
        out.extend_from_slice(&head[digits + width..]);
        Cow::Owned(packed)
    } else {
        out.extend_from_slice(head);
        Cow::Borrowed(body)
    };
    out.extend_from_slice(&body);
    // With the line feed that follows, a carriage return at the end would look like
    // the end of a line to who does not trust the length.
    if body.ends_with(b"\r") {
        out.push(b'\r');
    }
    out.extend_from_slice(rest);
    Some(())
}

/// Where the first stream tells its length, and where its data lie.
fn stream(object: &[u8]) -> Option<(usize, Range<usize>)> {
    let data = find(object, STREAM)? + STREAM.len();
    let length_at = rfind(&object[..data], LENGTH.as_bytes())?;
    let (length, _) = number(&object[length_at + LENGTH.len()..])?;
    Some((length_at, data..data + length))
}

/// The number that bytes begin with, and how many digits it has.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some((std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?, digits))
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
