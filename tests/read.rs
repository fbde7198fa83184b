//! What a screen reader would say of the brochures that ship.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::pdf::{self, Cache, PdfOptions, Profile, Reading, What};
use read_support::{FILLERS, NUMBER, dressed, filler, meant, words};
use std::path::Path;
use std::sync::LazyLock;

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);
static CACHE: LazyLock<Cache> = LazyLock::new(Cache::new);

/// The brochures that ship.
const SAMPLES: [&str; 4] = ["flevoland", "noord-brabant", "specimen", "specimen-vuur"];

/// The screen file of a brochure.
fn screen_file(path: &str, draft: bool) -> Vec<u8> {
    let compiled = drukklaar::compile(Path::new(path), &ASSETS, CompileOptions { draft });
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    let document = compiled.document.unwrap_or_else(|| panic!("{path}: {found:?}"));
    pdf::write(&document, &PdfOptions { profile: Profile::Screen, cache: &CACHE }).unwrap()
}

/// A brochure read aloud.
fn heard(path: &str) -> Reading {
    pdf::read_aloud(&screen_file(path, false)).unwrap()
}

fn sample(name: &str) -> String {
    format!("brochures/{name}.toml")
}

/// The words that are heard of the brochure itself, without what a screen
/// reader adds.
fn heard_words(reading: &Reading) -> Vec<String> {
    let mut heard = Vec::new();
    for said in &reading.announcements {
        match &said.what {
            // A drawn sign is no word.
            What::Entry { label: Some(label) } if label.trim() != "•" => {
                heard.extend(words(label))
            }
            _ => {}
        }
        heard.extend(words(&said.text()));
    }
    heard
}

/// The announcements change with every change of words or structure.
/// `BLESS=1 cargo test` writes them anew; look at the difference before you
/// commit it.
#[test]
fn samples_are_read_as_they_were() {
    for name in ["flevoland", "noord-brabant", "specimen"] {
        let heard = heard(&sample(name)).to_string();
        let file = format!("tests/read/{name}.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &heard).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap();
        for (index, (got, want)) in heard.lines().zip(expected.lines()).enumerate() {
            assert_eq!(got, want, "line {} of {file}", index + 1);
        }
        assert_eq!(heard.lines().count(), expected.lines().count(), "{file}");
    }
}

/// Nothing is missing, nothing is heard twice, and nothing else is heard: no
/// running head, no page number, no sign, no QR code.
#[test]
fn every_word_is_heard_once_and_in_the_authors_order() {
    for name in SAMPLES {
        let styled = dressed(&sample(name));
        let heard = heard_words(&heard(&sample(name)));
        let mut meant = meant(&styled);
        if let Some(at) = meant.iter().position(|word| word == FILLERS) {
            // As many pages to fill up as make up the difference, in their order.
            let mut missing = heard.len() as i64 - (meant.len() as i64 - 1);
            let mut used = Vec::new();
            for page in styled.fillers.iter().map(filler) {
                if missing > 0 {
                    missing -= page.len() as i64;
                    used.extend(page);
                }
            }
            meant.splice(at..=at, used);
        }
        for (at, (heard, meant_word)) in heard.iter().zip(&meant).enumerate() {
            if meant_word == NUMBER {
                assert!(heard.parse::<u32>().is_ok(), "{name}: {heard}");
                continue;
            }
            let near = at.saturating_sub(8)..at + 1;
            assert_eq!(heard, meant_word, "{name}: after {:?}", &meant[near]);
        }
        assert_eq!(heard.len(), meant.len(), "{name}");
        assert!(heard.len() > 800, "{name}: {}", heard.len());
    }
}

/// A draft has a stamp on every page, which is no part of the brochure.
#[test]
fn the_stamp_of_a_draft_is_not_heard() {
    let path = sample("flevoland");
    let (fair, draft) = (screen_file(&path, false), screen_file(&path, true));
    assert_ne!(fair, draft);
    let [fair, draft] = [fair, draft].map(|bytes| pdf::read_aloud(&bytes).unwrap());
    assert_eq!(fair.announcements, draft.announcements);
    assert_ne!(fair.title, draft.title);
}

/// The file for the printer has no structure, and says so.
#[test]
fn print_files_have_nothing_to_read() {
    let compiled =
        drukklaar::compile(Path::new(&sample("flevoland")), &ASSETS, CompileOptions::default());
    let options = PdfOptions { profile: Profile::Print, cache: &CACHE };
    let bytes = pdf::write(&compiled.document.unwrap(), &options).unwrap();
    assert_eq!(pdf::read_aloud(&bytes), Err(pdf::ReadError::Untagged));
}

/// Foreign passages are told, and abbreviations are said in full where they stand
/// by themselves, once in each chapter. What a heading says in full counts.
#[test]
fn voices_are_heard() {
    let told = heard("tests/read/voices.toml").to_string();
    let lines: Vec<&str> = told.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "kop 1: Het midden- en kleinbedrijf aan het woord",
            "kop 2: Wat het midden- en kleinbedrijf vraagt",
            "Het mkb groeit, en mkb-bedrijven groeien mee; het mkb’s eigen plan heet \
             [en: Smart Industry and the many factories of tomorrow that learn from each other] \
             en gaat onder andere over koolstofdioxide. Zie [koppeling: de site \
             (https://www.example.nl)] of [koppeling: [en: the English site] \
             (https://www.example.com)] van het mkb.",
            "kop 2: Noch einmal",
            "Het midden- en kleinbedrijf zegt: [de: Wer rastet, der rostet].",
        ]
    );
    assert!(told.starts_with("titel: Het mkb aan het woord\n"), "{told}");
}

/// Lists whose entries have numbers say so; drawn signs are no labels.
#[test]
fn lists_say_how_their_entries_are_labelled() {
    let pdf = lopdf::Document::load_mem(&screen_file(&sample("specimen"), false)).unwrap();
    let dictionaries = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let lists: Vec<_> = dictionaries
        .filter(|dict| dict.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|s| s == b"L")))
        .collect();
    let mut found = std::collections::BTreeMap::new();
    for list in &lists {
        let attributes = list.get(b"A").and_then(lopdf::Object::as_dict);
        let numbering = attributes.and_then(|set| set.get(b"ListNumbering")?.as_name());
        let numbering = numbering.map(|name| String::from_utf8_lossy(name).into_owned());
        *found.entry(numbering.unwrap_or_default()).or_insert(0) += 1;
    }
    // Two with numbers, more with squares, with arrows (for which a disc stands),
    // and addresses without a label.
    assert_eq!(found["Decimal"], 2, "{found:?}");
    assert!(found["Square"] > 2 && found["Disc"] > 2 && found[""] > 0, "{found:?}");
}
