//! A page as a form XObject (ISO 32000-1, 8.10).
//!
//! The form draws what the page drew, in the same coordinates. Its BBox is the
//! page's BleedBox, so what lies outside, such as the page's own marks, is cut
//! off. Its Matrix turns the page upright and brings the lower left corner of
//! its trim to the origin.

use super::super::number;
use super::super::skeleton::corners_object;
use super::super::strings::{deflate, deflated, name};
use super::source::{SourcePage, damaged, resolve};
use super::{ImposeError, reach};
use lopdf::{Dictionary, Document, Object, Stream};

/// The form of a page, which is `number` in the file.
pub(super) fn of(pdf: &Document, page: &SourcePage, number: usize) -> Result<Stream, ImposeError> {
    let mut form = match &page.contents[..] {
        // As it is: whatever it is compressed with, readers of the file can
        // undo.
        [single] => keep_filters(single),
        several => joined(pdf, several, number)?,
    };
    form.dict.set("Type", name("XObject"));
    form.dict.set("Subtype", name("Form"));
    form.dict.set("FormType", 1);
    form.dict.set("BBox", corners_object(page.bleed.corners()));
    form.dict.set("Matrix", matrix(page));
    form.dict.set("Resources", page.resources.clone());
    if let Some(group) = &page.group {
        let mut group = group.clone();
        // A page's group is isolated whatever it says (ISO 32000-1, 11.4.7); a
        // form's only if it says so.
        group.set("I", true);
        form.dict.set("Group", group);
    }
    Ok(form)
}

fn matrix(page: &SourcePage) -> Object {
    let [a, b, c, d, e, f] = page.turn.matrix(&page.trim);
    let [e, f] = [e, f].map(number::object);
    Object::Array(vec![a.into(), b.into(), c.into(), d.into(), e, f])
}

/// A stream with its bytes as they are and nothing in its dictionary but how to
/// decode them.
fn keep_filters(stream: &Stream) -> Stream {
    let mut dict = Dictionary::new();
    for key in ["Filter", "DecodeParms"] {
        if let Ok(value) = stream.dict.get(key.as_bytes()) {
            dict.set(key, value.clone());
        }
    }
    Stream::new(dict, stream.content.clone()).with_compression(false)
}

/// The content of several streams as one. They may be cut between any two
/// tokens, and the cut separates the tokens (ISO 32000-1, 7.8.2).
fn joined(pdf: &Document, streams: &[Stream], number: usize) -> Result<Stream, ImposeError> {
    let mut content = Vec::new();
    for stream in streams {
        let part = decoded(pdf, stream).map_err(|why| match why {
            ImposeError::Damaged(why) => {
                damaged(&format!("the content of page {number} cannot be read: {why}"))
            }
            other => other,
        })?;
        content.extend(part);
        content.push(b'\n');
    }
    Ok(deflated(Dictionary::new(), deflate(&content)))
}

/// The content of a stream. lopdf looks for filters and their parameters only
/// where they stand in the stream's dictionary themselves, and for parameters
/// that are no list.
fn decoded(pdf: &Document, stream: &Stream) -> Result<Vec<u8>, ImposeError> {
    let mut plain = keep_filters(stream);
    if let Ok(filter) = stream.dict.get(b"Filter") {
        plain.dict.set("Filter", resolve(pdf, filter)?.clone());
    }
    if let Ok(params) = stream.dict.get(b"DecodeParms") {
        let params = match resolve(pdf, params)? {
            Object::Array(list) => match &list[..] {
                [single] => resolve(pdf, single)?,
                list if list.iter().all(Object::is_null) => &Object::Null,
                _ => return Err(damaged("it has several filters with parameters")),
            },
            other => other,
        };
        plain.dict.set("DecodeParms", params.clone());
    }
    if !reach::is_intact(pdf, &plain)? {
        return Err(damaged("it cannot be decompressed"));
    }
    Ok(plain.get_plain_content()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn parts_are_decoded_wherever_their_filters_stand() {
        let mut pdf = Document::new();
        let filter = pdf.add_object(Object::Array(vec![name("FlateDecode")]));
        let params = pdf.add_object(dictionary! { "Predictor" => 1 });
        let plain = Stream::new(Dictionary::new(), b"q 1 0 0 1 0".to_vec());
        let far = Stream::new(
            dictionary! {
                "Filter" => Object::Reference(filter),
                "DecodeParms" => vec![Object::Reference(params)],
            },
            deflate(b"0 cm Q"),
        );
        let whole = joined(&pdf, &[plain, far], 1).unwrap();
        assert_eq!(whole.decompressed_content().unwrap(), b"q 1 0 0 1 0\n0 cm Q\n");
        assert!(joined(&pdf, &[], 1).unwrap().decompressed_content().unwrap().is_empty());
    }

    #[test]
    fn what_cannot_be_decoded_is_told_with_its_page() {
        let pdf = Document::new();
        let odd = Stream::new(dictionary! { "Filter" => "JBIG2Decode" }, vec![1]);
        let error = joined(&pdf, &[odd.clone(), odd], 3).unwrap_err();
        let told = "the content of page 3 cannot be read: it has a filter that is not known";
        assert!(error.to_string().ends_with(told), "{error}");
        let mut cut = deflate(&b"0 0 m 9 9 l S\n".repeat(99));
        cut.truncate(20);
        let cut = deflated(Dictionary::new(), cut);
        let error = joined(&pdf, &[cut.clone(), cut], 4).unwrap_err();
        let told = "the content of page 4 cannot be read: it cannot be decompressed";
        assert!(error.to_string().ends_with(told), "{error}");
    }
}
