//! The tags of screen files, element by element: types, attributes, and the kinds
//! of what is in no element.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod pdf_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::pdf::Profile;
use lopdf::{Dictionary, Object};
use pdf_support::{Read, read};
use std::collections::BTreeSet;

/// The screen file of a brochure.
fn made(toml: &str) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("proef.toml");
    std::fs::write(&path, toml).unwrap();
    let options = CompileOptions { draft: toml.contains("placeholder") };
    let compiled = drukklaar::compile(&path, &Assets::new(), options);
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    let document = compiled.document.unwrap_or_else(|| panic!("{found:?}"));
    read(&document, Profile::Screen)
}

/// All elements in reading order, indented, with what is said of them.
fn elements(read: &Read) -> String {
    let root = read.dict(read.catalog(), &["StructTreeRoot"]);
    let mut out = String::new();
    put(read, root.get(b"K").unwrap(), 0, &mut out);
    out
}

fn put(read: &Read, kid: &Object, depth: usize, out: &mut String) {
    match read.resolve(kid) {
        Object::Array(kids) => kids.iter().for_each(|kid| put(read, kid, depth, out)),
        Object::Dictionary(dict) if dict.has(b"S") => {
            out.push_str(&"  ".repeat(depth));
            out.push_str(&name(dict, b"S"));
            if let Ok(attributes) = dict.get(b"A").map(|set| read.resolve(set)) {
                let attributes = attributes.as_dict().unwrap();
                for key in ["Scope", "ListNumbering"] {
                    if attributes.has(key.as_bytes()) {
                        out.push_str(&format!(" {}", name(attributes, key.as_bytes())));
                    }
                }
            }
            if let Ok(actual) = dict.get(b"ActualText") {
                out.push_str(&format!(" {:?}", lopdf::decode_text_string(actual).unwrap()));
            }
            out.push('\n');
            if let Ok(kids) = dict.get(b"K") {
                put(read, kids, depth + 1, out);
            }
        }
        _ => {}
    }
}

fn name(dict: &Dictionary, key: &[u8]) -> String {
    String::from_utf8_lossy(dict.get(key).unwrap().as_name().unwrap()).into_owned()
}

/// Without a cover every chapter stands highest, and its topics one below.
#[test]
fn headings_alike_have_one_level() {
    let read = made(
        r#"
language = "nl"
[document]
title = "Zonder omslag"
[[chapter]]
title = "Een"
text = "Tekst."
[[chapter.block]]
topic = "Onderwerp"
text = "Tekst."
[[chapter]]
title = "Twee"
text = "Tekst."
[[chapter.block]]
title = "Feiten"
facts = ["Een feit."]
"#,
    );
    let found = elements(&read);
    let headings = found.lines().map(str::trim).filter(|line| line.starts_with('H'));
    assert_eq!(headings.collect::<Vec<_>>(), ["H1", "H2", "H1", "H2"], "{found}");
}

/// A sign is a label that is said as a bullet; what is deeper has its own.
#[test]
fn entries_have_labels_by_their_sign() {
    let read = made(
        r#"
language = "nl"
[document]
title = "Lijsten"
[[chapter]]
title = "Lijsten"
text = """
- Een
  1. eerst
"""
[[chapter.block]]
recommendations = ["Wens."]
[[chapter.block]]
links = ["www.example.nl", "www.example.com"]
"#,
    );
    let found = elements(&read);
    let expected = "\
    L Square
      LI
        Lbl \"•\"
        LBody
          P
          L Decimal
            LI
              Lbl
              LBody
";
    assert!(found.contains(expected), "{found}");
    let boxed = "\
      L Disc
        LI
          Lbl \"•\"
          LBody
    Sect
      L
        LI
          LBody
            Link
        LI
          LBody
            Link
";
    assert!(found.contains(boxed), "{found}");
}

/// A head is a cell that names others: neither an empty one, nor the cells of an
/// only column.
#[test]
fn cells_that_name_nothing_are_no_heads() {
    let read = made(
        r#"
language = "nl"
[document]
title = "Tabellen"
[[chapter]]
title = "Tabellen"
[[chapter.block]]
table = [["", "Breed"], ["A4", "210 mm"], ["", "148 mm"]]
[[chapter.block]]
table = [["Formaat"], ["A4"]]
"#,
    );
    let found = elements(&read);
    let kinds: Vec<&str> = found.lines().map(str::trim).filter(|l| l.starts_with('T')).collect();
    #[rustfmt::skip]
    let expected = [
        "Table", "TR", "TD", "TH Column", "TR", "TH Row", "TD", "TR", "TD", "TD",
        "Table", "TR", "TH Column", "TR", "TD",
    ];
    assert_eq!(kinds, expected);
}

/// What stands in place of a figure is words, and what is below it no caption.
#[test]
fn placeholders_are_words() {
    let read = made(
        r#"
language = "nl"
[document]
title = "Concept"
[[chapter]]
title = "Concept"
[[chapter.block]]
placeholder = "een lasser"
caption = "Een lasser."
[[chapter.block]]
chart = "bar"
placeholder = "uren"
caption = "Per soort werk."
[[chapter.block]]
stats = [{ placeholder = "aantal", label = "bedrijven" }]
"#,
    );
    let found = elements(&read);
    assert!(!found.contains("Caption") && !found.contains("Figure"), "{found}");
    // The number that is missing and its label are one paragraph.
    assert!(found.ends_with("    Sect\n      P\n"), "{found}");
}

/// Each area of a link leads on by itself, so that its words must say where.
#[test]
fn every_area_of_a_link_has_all_its_words() {
    let words = "een verwijzing die zo lang is dat zij vast en zeker over meer regels loopt";
    let read = made(&format!(
        "language = 'nl'\n[document]\ntitle = 'Lang'\n[[chapter]]\ntitle = 'Lang'\n\
         text = 'Tekst met [{words}, van maakindustrievakmensen](https://www.example.nl) erin.'\n"
    ));
    let contents: Vec<String> = read
        .pdf
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has(b"Rect"))
        .map(|dict| lopdf::decode_text_string(dict.get(b"Contents").unwrap()).unwrap())
        .collect();
    assert!(contents.len() > 1, "{contents:?}");
    let whole = format!("{words}, van maakindustrievakmensen");
    assert!(contents.iter().all(|words| *words == whole), "{contents:?}");
}

/// What is no content says of which kind it is, and what fills the page where.
#[test]
fn artifacts_have_kinds() {
    let read = made(
        r#"
language = "nl"
[organisation]
name = "Metaalunie"
[cover]
title = "Omslag"
[header]
left = "Boven"
[footer]
page_number = "outside"
[[chapter]]
title = "Een"
text = "Tekst."
"#,
    );
    let mut kinds = BTreeSet::new();
    for page in 0..read.pages.len() {
        for operation in read.operations(page) {
            if !matches!(operation.operator.as_str(), "BDC" | "BMC") {
                continue;
            }
            if operation.operands[0].as_name().unwrap() != b"Artifact" {
                continue;
            }
            let kind = operation.operands[1].as_dict().unwrap();
            let subtype = kind.has(b"Subtype").then(|| name(kind, b"Subtype"));
            let filled = kind.get(b"BBox").map_or(0, |corners| corners.as_array().unwrap().len());
            kinds.insert((page, name(kind, b"Type"), subtype.unwrap_or_default(), filled));
        }
    }
    let kind = |page, kind: &str, subtype: &str, corners| {
        (page, kind.to_owned(), subtype.to_owned(), corners)
    };
    let expected = [
        kind(0, "Background", "", 4),
        kind(0, "Layout", "", 0),
        kind(1, "Layout", "", 0),
        kind(1, "Pagination", "Footer", 0),
        kind(1, "Pagination", "Header", 0),
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

/// Who jumps from figure to figure finds the words that belong to one right there.
#[test]
fn a_caption_stands_with_its_figure() {
    let image = concat!(env!("CARGO_MANIFEST_DIR"), "/images/kringloop.svg");
    let read = made(&format!(
        "language = \"nl\"\n[document]\ntitle = \"t\"\n[[chapter]]\ntitle = \"Werk\"\n\
         text = \"Een alinea.\"\n\
         [[chapter.block]]\nimage = {image:?}\nalt = \"Kringloop\"\ncaption = \"Metaal.\"\n\
         credit = \"Foto: Jan\"\n\
         [[chapter.block]]\nimage = {image:?}\nalt = \"Kringloop\"\n"
    ));
    let expected = "\
        Document\n  \
          Sect\n    \
            H1\n    \
            P\n    \
            Sect\n      \
              Figure\n      \
              Caption\n      \
              Caption\n    \
            Figure\n";
    assert_eq!(elements(&read), expected);
}
