//! Serialising the object tree.

use super::skeleton::Skeleton;
use super::strings::{hash, push_hex};
use super::{PdfError, Profile};
use lopdf::{Object, SaveOptions, StringFormat};

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
        .max_objects_per_stream(200)
        .compression_level(6)
        .build();
    let size: usize = pdf.objects.values().map(size).sum();
    let mut bytes = Vec::with_capacity(size + 16 * 1024);
    pdf.save_with_options(&mut bytes, options).map_err(|e| PdfError::Serialise(e.to_string()))?;
    identify(&mut bytes)?;
    Ok(bytes)
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
        let at = bytes[..end]
            .windows(old.len())
            .rposition(|window| window == old)
            .ok_or_else(|| PdfError::Serialise("no identifier in the trailer".to_owned()))?;
        bytes[at..at + old.len()].copy_from_slice(&new);
        end = at;
    }
    Ok(())
}
