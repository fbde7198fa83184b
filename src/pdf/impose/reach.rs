//! What the sheets lead to: nothing more is written, and nothing less.

use super::ImposeError;
use super::source::{damaged, resolve};
use flate2::read::ZlibDecoder;
use lopdf::{Document, Object, ObjectId, Stream};
use std::collections::BTreeSet;
use std::io;

/// Removes all objects that the trailer does not lead to.
///
/// # Errors
/// If it leads to an object that is not there, or to a stream whose compressed
/// bytes are damaged. A reader takes a missing object for `null` (ISO 32000-1,
/// 7.3.10), and lopdf leaves out objects and ends of streams that it cannot
/// read; either way a font or an image would be missing in print.
pub(super) fn keep_reachable(pdf: &mut Document) -> Result<(), ImposeError> {
    let mut reached = BTreeSet::new();
    let mut found = references(pdf.trailer.iter().map(|(_, value)| value));
    while let Some(id) = found.pop() {
        if !reached.insert(id) {
            continue;
        }
        let object = pdf.objects.get(&id).ok_or_else(|| {
            damaged(&format!("object {} is referred to, but missing or unreadable", id.0))
        })?;
        if let Object::Stream(stream) = object
            && !is_intact(pdf, stream)?
        {
            return Err(damaged(&format!("the data of object {} cannot be decompressed", id.0)));
        }
        found.extend(references([object]));
    }
    pdf.objects.retain(|id, _| reached.contains(id));
    Ok(())
}

/// The references in objects, however deep in arrays and dictionaries.
fn references<'a>(objects: impl IntoIterator<Item = &'a Object>) -> Vec<ObjectId> {
    let mut found = Vec::new();
    let mut open: Vec<&Object> = objects.into_iter().collect();
    while let Some(object) = open.pop() {
        match object {
            Object::Reference(id) => found.push(*id),
            Object::Array(list) => open.extend(list),
            Object::Dictionary(dict) => open.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found
}

/// Whether the outermost compression of a stream can be undone, if it is
/// Deflate: that is what nearly all streams have, and it has a checksum. What
/// comes out is not kept, so a bomb needs time but no memory.
pub(super) fn is_intact(pdf: &Document, stream: &Stream) -> Result<bool, ImposeError> {
    let Ok(filter) = stream.dict.get(b"Filter") else { return Ok(true) };
    let outermost = match resolve(pdf, filter)? {
        Object::Array(list) => match list.first() {
            Some(first) => resolve(pdf, first)?,
            None => return Ok(true),
        },
        single => single,
    };
    if stream.content.is_empty() || outermost.as_name().ok() != Some(b"FlateDecode") {
        return Ok(true);
    }
    Ok(io::copy(&mut ZlibDecoder::new(&stream.content[..]), &mut io::sink()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::super::strings::{deflate, deflated};
    use super::*;
    use lopdf::{Dictionary, dictionary};

    #[test]
    fn objects_that_nothing_leads_to_are_left_out() {
        let mut pdf = Document::new();
        let deep = pdf.add_object(Object::Integer(1));
        let far = pdf.add_object(Stream::new(
            dictionary! { "A" => vec![Object::Array(vec![Object::Reference(deep)])] },
            Vec::new(),
        ));
        let loose = pdf.add_object(dictionary! { "B" => Object::Reference(far) });
        pdf.trailer.set("Root", Object::Reference(far));
        keep_reachable(&mut pdf).unwrap();
        let kept: Vec<_> = pdf.objects.keys().copied().collect();
        assert_eq!(kept, [deep, far]);
        pdf.trailer.set("Info", Object::Reference(loose));
        let error = keep_reachable(&mut pdf).unwrap_err();
        assert!(error.to_string().contains(&format!("object {}", loose.0)), "{error}");
    }

    #[test]
    fn damaged_data_is_found_wherever_its_filter_stands() {
        let mut pdf = Document::new();
        let mut stream = deflated(Dictionary::new(), deflate(&b"0 0 m 9 9 l S\n".repeat(99)));
        let filter = pdf.add_object(Object::Name(b"FlateDecode".to_vec()));
        assert!(is_intact(&pdf, &stream).unwrap());
        let last = stream.content.len() - 8;
        stream.content[last] ^= 0x55;
        for place in [
            Object::Name(b"FlateDecode".to_vec()),
            Object::Reference(filter),
            Object::Array(vec![Object::Reference(filter)]),
        ] {
            stream.dict.set("Filter", place);
            assert!(!is_intact(&pdf, &stream).unwrap(), "{:?}", stream.dict);
        }
        for other in [Object::Name(b"DCTDecode".to_vec()), Object::Array(Vec::new())] {
            stream.dict.set("Filter", other);
            assert!(is_intact(&pdf, &stream).unwrap(), "{:?}", stream.dict);
        }
        stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        let bad = pdf.add_object(stream);
        pdf.trailer.set("Root", Object::Reference(bad));
        let error = keep_reachable(&mut pdf).unwrap_err();
        let told = format!("the data of object {} cannot be decompressed", bad.0);
        assert!(error.to_string().ends_with(&told), "{error}");
    }
}
