//! Files that cannot be read aloud, or not as a whole: an answer, no silence and no
//! panic.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

#[path = "read_support/made.rs"]
mod made;

use drukklaar::pdf::{self, ReadError};
use lopdf::{Object, Stream, dictionary};
use made::{Made, line, name, text};

#[test]
fn files_that_cannot_be_read_say_why() {
    let read = |bytes: &[u8]| pdf::read_aloud(bytes).unwrap_err();
    assert_eq!(read(b"Geen PDF"), ReadError::NoPdf);
    assert!(matches!(read(b"%PDF-1.7\nkapot"), ReadError::Damaged(_)));
    let content = line("/P <</MCID 0>> BDC (wel) Tj EMC");
    let mut made = Made::new(&[&content]);
    assert_eq!(read(&made.bytes(vec![])), ReadError::Untagged);
    let p = made.plain("P", vec![0.into()]);
    made.catalog().remove(b"StructTreeRoot");
    assert_eq!(read(&made.bytes(vec![p])), ReadError::Untagged);

    let mut made = Made::new(&[&content]);
    let lock = dictionary! { "Filter" => name("Standard"), "V" => 9 };
    made.pdf.trailer.set("Encrypt", lock);
    let p = made.plain("P", vec![0.into()]);
    assert_eq!(read(&made.bytes(vec![p])), ReadError::Encrypted);

    let mut made = Made::new(&[&line("/P <</MCID 0>> BDC (stuk) Tj ) EMC")]);
    let p = made.plain("P", vec![0.into()]);
    let told = read(&made.bytes(vec![p.clone()])).to_string();
    assert_eq!(told, "the PDF is damaged: the content of page 1 has bad operators");

    let mut made = Made::new(&[&content]);
    let p = made.plain("P", vec![0.into()]);
    let told = read(&made.bytes(vec![p.clone(), p])).to_string();
    assert_eq!(told, "the PDF is damaged: an element stands in its structure twice");
}

#[test]
fn structures_and_forms_that_run_in_circles_end() {
    let mut made = Made::new(&[&line("/P <</MCID 0>> BDC (rond) Tj /X Do EMC")]);
    let form = made.pdf.new_object_id();
    let dict = dictionary! { "Type" => name("XObject"), "Subtype" => name("Form") };
    made.pdf.set_object(form, Stream::new(dict, b"/X Do /X Do".to_vec()));
    made.set_resource("XObject", "X", form.into());
    let p = made.plain("P", vec![0.into()]);
    let error = pdf::read_aloud(&made.bytes(vec![p])).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error}");

    let mut made = Made::new(&[""]);
    let p = made.plain("P", vec![]);
    let id = p.as_reference().unwrap();
    made.pdf.get_dictionary_mut(id).unwrap().set("K", p.clone());
    let error = pdf::read_aloud(&made.bytes(vec![p])).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error}");

    // Nested without any circle.
    let mut made = Made::new(&[&line("/P <</MCID 0>> BDC (diep) Tj EMC")]);
    let mut inner = made.plain("P", vec![0.into()]);
    for _ in 0..5000 {
        inner = made.plain("Div", vec![inner]);
    }
    let error = pdf::read_aloud(&made.bytes(vec![inner])).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error}");
}

/// A file with most of what can be read.
fn rich() -> Vec<u8> {
    let content = line(
        "/H1 <</MCID 0>> BDC (Kop) Tj EMC /P <</MCID 1 /Lang (en)>> BDC (a\\255) Tj 0 -12 Td (b) Tj \
         /Span <</ActualText (c)>> BDC (d) Tj EMC /X Do EMC /Artifact BMC (7) Tj EMC /TD <</MCID 2>> \
         BDC /C 10 Tf <00010061> Tj EMC",
    );
    let mut made = Made::new(&[&content, ""]);
    let dict = dictionary! { "Type" => name("XObject"), "Subtype" => name("Form") };
    let form = made.pdf.add_object(Stream::new(dict, line("(vorm) Tj").into_bytes()));
    made.set_resource("XObject", "X", form.into());
    let heading = made.plain("H1", vec![0.into()]);
    let link = made.pdf.add_object(dictionary! {
        "Subtype" => name("Link"), "Dest" => vec![made.pages[1].into(), name("Fit")],
    });
    let link = dictionary! { "Type" => name("OBJR"), "Obj" => link };
    let link = made.plain("Link", vec![1.into(), link.into()]);
    let p = made.plain("P", vec![link]);
    let figure = made.element("Figure", vec![], dictionary! { "Alt" => text("Één dijk") });
    let cell =
        made.element("TD", vec![2.into()], dictionary! { "A" => dictionary! { "ColSpan" => 3 } });
    let row = made.plain("TR", vec![cell]);
    let table = made.plain("Table", vec![row]);
    made.bytes(vec![heading, p, figure, table])
}

/// Whatever a file is changed to, there is an answer and no panic. The changes
/// are those of a fixed row of numbers.
#[test]
fn no_file_is_too_damaged_for_an_answer() {
    let sound = rich();
    assert_eq!(pdf::read_aloud(&sound).unwrap().announcements.len(), 5);
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let (mut read, mut refused) = (0, 0);
    for round in 0..3000 {
        let mut bytes = sound.clone();
        for _ in 0..=round % 6 {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes[at] = next(256) as u8,
                1 => bytes[at] = b"0123456789<>[]()/ "[next(18)],
                2 => drop(bytes.remove(at)),
                3 => bytes.insert(at, next(256) as u8),
                _ => {
                    let (from, length) = (next(bytes.len()), next(40));
                    let part: Vec<u8> = bytes[from..].iter().take(length).copied().collect();
                    bytes.splice(at..at, part);
                }
            }
        }
        match pdf::read_aloud(&bytes) {
            Ok(reading) => {
                read += 1;
                assert!(!reading.to_string().is_empty());
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    for length in 0..sound.len() {
        let _ = pdf::read_aloud(&sound[..length]);
    }
    assert!(read > 200 && refused > 200, "{read} read, {refused} refused");
}

/// Compressed, so that a fault in it is noticed by its checksum.
fn packed(content: &str) -> Vec<u8> {
    let mut made = Made::new(&[content, ""]);
    made.pdf.compress();
    let p = made.plain("P", vec![0.into()]);
    made.bytes(vec![p])
}

#[test]
fn garbled_streams_are_no_silence() {
    // Long enough to be worth compressing.
    let content = line(&format!("/P <</MCID 0>> BDC ({}) Tj EMC", "wel ".repeat(40)));
    let sound = packed(&content);
    assert_eq!(pdf::read_aloud(&sound).unwrap().announcements.len(), 1);
    // The first compressed stream is the map of a font that says nothing here.
    let start = sound.windows(11).rposition(|bytes| bytes == b"FlateDecode").unwrap();
    let start =
        start + sound[start..].windows(7).position(|bytes| bytes == b"stream\n").unwrap() + 7;
    let length = sound[start..].windows(9).position(|bytes| bytes == b"endstream").unwrap() - 1;
    for at in start..start + length {
        let mut faulty = sound.clone();
        faulty[at] ^= 0x55;
        let told = pdf::read_aloud(&faulty).map(|_| at).unwrap_err().to_string();
        assert_eq!(told, "the PDF is damaged: a compressed stream breaks off or is garbled");
    }
}

#[test]
fn parts_of_the_structure_that_are_missing_are_no_silence() {
    let content = line("/P <</MCID 0>> BDC (wel) Tj EMC");
    let missing = "the PDF is damaged: a part of its structure is missing";
    let read = |bytes: &[u8]| pdf::read_aloud(bytes).unwrap_err().to_string();

    let mut made = Made::new(&[&content]);
    let p = made.plain("P", vec![0.into()]);
    assert_eq!(read(&made.bytes(vec![p, (9999, 0).into()])), missing);

    let mut made = Made::new(&[&content]);
    let p = made.element("P", vec![], dictionary! { "K" => Object::Reference((9999, 0)) });
    assert_eq!(read(&made.bytes(vec![p])), missing);

    let mut made = Made::new(&[&content]);
    let p = made.plain("P", vec![0.into()]);
    made.catalog().set("StructTreeRoot", Object::Reference((9999, 0)));
    let told = "the PDF is damaged: the root of its structure is missing";
    assert_eq!(read(&made.bytes(vec![p])), told);
}

#[test]
fn words_without_a_font_are_no_silence() {
    for content in
        ["/P <</MCID 0>> BDC BT (wel) Tj ET EMC", "/P <</MCID 0>> BDC BT /Weg 9 Tf (wel) Tj ET EMC"]
    {
        let mut made = Made::new(&[content]);
        let p = made.plain("P", vec![0.into()]);
        let error = pdf::read_aloud(&made.bytes(vec![p])).unwrap_err();
        assert_eq!(error, ReadError::UnknownText { font: "?".to_owned(), page: 1 });
    }
}
