//! What a screen reader would say of the brochures that ship.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::pdf::{self, Cache, PdfOptions, Profile, Reading, What};
use drukklaar::theme::Styled;
use lopdf::{Dictionary, Document, Object, ObjectId};
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
    for name in SAMPLES {
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

/// Holds what is heard against what the author means, word for word; tells where
/// they part.
fn hold(reading: &Reading, styled: &Styled) -> Result<usize, String> {
    let heard = heard_words(reading);
    let mut meant = meant(styled);
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
        let right = match meant_word.as_str() {
            NUMBER => heard.parse::<u32>().is_ok(),
            word => heard == word,
        };
        if !right {
            let near = &meant[at.saturating_sub(8)..=at];
            return Err(format!("{heard:?} is heard at the end of {near:?}"));
        }
    }
    match heard.len() == meant.len() {
        true => Ok(heard.len()),
        false => Err(format!("{} words are heard, not {}", heard.len(), meant.len())),
    }
}

/// Nothing is missing, nothing is heard twice, and nothing else is heard: no
/// running head, no page number, no sign, no QR code.
#[test]
fn every_word_is_heard_once_and_in_the_authors_order() {
    for name in SAMPLES {
        let held = hold(&heard(&sample(name)), &dressed(&sample(name)));
        assert!(held.as_ref().is_ok_and(|words| *words > 800), "{name}: {held:?}");
    }
}

/// A PDF whose structure is made faulty.
struct Mutant {
    pdf: Document,
}

impl Mutant {
    /// The elements of a type, in the order of their numbers.
    fn all(&self, kind: &str) -> Vec<ObjectId> {
        let is = |dict: &Dictionary| {
            dict.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|s| s == kind.as_bytes()))
        };
        let objects = self.pdf.objects.iter();
        objects.filter(|(_, o)| o.as_dict().is_ok_and(is)).map(|(id, _)| *id).collect()
    }

    fn element(&mut self, id: ObjectId) -> &mut Dictionary {
        self.pdf.get_dictionary_mut(id).unwrap()
    }

    /// What is in an element, as a list.
    fn kids(&mut self, id: ObjectId) -> &mut Vec<Object> {
        let dict = self.element(id);
        if !matches!(dict.get(b"K"), Ok(Object::Array(_))) {
            let only = dict.get(b"K").cloned().into_iter().collect::<Vec<_>>();
            dict.set("K", only);
        }
        dict.get_mut(b"K").unwrap().as_array_mut().unwrap()
    }

    /// The first element of a type that has at least so many kids.
    fn with_kids(&mut self, kind: &str, least: usize) -> ObjectId {
        let all = self.all(kind);
        all.into_iter().find(|id| self.kids(*id).len() >= least).unwrap()
    }

    /// The list that an element stands in, and its place there.
    fn place(&mut self, id: ObjectId) -> (ObjectId, usize) {
        let parent = self.element(id).get(b"P").unwrap().as_reference().unwrap();
        let at = self
            .kids(parent)
            .iter()
            .position(|kid| kid.as_reference().is_ok_and(|kid| kid == id))
            .unwrap();
        (parent, at)
    }

    fn copy(&mut self, id: ObjectId) {
        let copy = self.element(id).clone();
        let copy = self.pdf.add_object(copy);
        let (parent, at) = self.place(id);
        self.kids(parent).insert(at, copy.into());
    }

    fn drop(&mut self, id: ObjectId) {
        let (parent, at) = self.place(id);
        self.kids(parent).remove(at);
    }

    /// Changes the content of a page.
    fn content(&mut self, page: u32, from: &str, to: &str) {
        let page = self.pdf.get_pages()[&page];
        let content = self.pdf.get_page_content(page);
        let at = content.windows(from.len()).position(|bytes| bytes == from.as_bytes()).unwrap();
        let changed = [&content[..at], to.as_bytes(), &content[at + from.len()..]].concat();
        self.pdf.change_page_content(page, changed).unwrap();
    }
}

/// What `hold` is worth: it falls for every fault put into a good file.
#[test]
fn every_fault_in_the_structure_is_noticed() {
    let bytes = screen_file(&sample("specimen"), false);
    let styled = dressed(&sample("specimen"));
    assert!(hold(&pdf::read_aloud(&bytes).unwrap(), &styled).is_ok());
    type Fault = (&'static str, fn(&mut Mutant));
    let faults: [Fault; 16] = [
        ("a paragraph is left out", |m| m.drop(m.all("P")[9])),
        ("a paragraph is there twice", |m| m.copy(m.all("P")[9])),
        ("a picture is there twice", |m| m.copy(m.all("Figure")[2])),
        ("a description is missing", |m| drop(m.element(m.all("Figure")[2]).remove(b"Alt"))),
        ("a description is that of another picture", |m| {
            let other = m.element(m.all("Figure")[3]).get(b"Alt").unwrap().clone();
            m.element(m.all("Figure")[2]).set("Alt", other);
        }),
        ("two blocks are swapped", |m| {
            let chapter = m.with_kids("Sect", 6);
            m.kids(chapter).swap(3, 4);
        }),
        ("two chapters are swapped", |m| {
            let document = m.all("Document")[0];
            m.kids(document).swap(3, 4);
        }),
        ("two cells are swapped", |m| {
            let row = m.with_kids("TR", 3);
            m.kids(row).swap(1, 2);
        }),
        ("a row is left out", |m| m.drop(m.all("TR")[1])),
        ("two entries are swapped", |m| {
            let list = m.with_kids("L", 3);
            m.kids(list).swap(0, 2);
        }),
        ("a number before an entry is missing", |m| {
            let numbers = m.all("Lbl");
            // Signs are drawn and have other words.
            let numbered = numbers.into_iter().find(|id| !m.element(*id).has(b"ActualText"));
            m.drop(numbered.unwrap());
        }),
        ("part of a paragraph with a link is left out", |m| {
            let link = m.all("Link").into_iter().find(|id| {
                let (parent, _) = m.place(*id);
                m.kids(parent).len() > 3
            });
            let (parent, _) = m.place(link.unwrap());
            m.kids(parent).remove(0);
        }),
        ("an abbreviation is said otherwise", |m| {
            let spans = m.all("Span");
            let short = spans.into_iter().find(|id| m.element(*id).has(b"E"));
            m.element(short.unwrap()).set("E", lopdf::text_string("anders"));
        }),
        ("other words are said in place of a paragraph", |m| {
            m.element(m.all("P")[9]).set("ActualText", lopdf::text_string("anders"));
        }),
        ("a running head is tagged", |m| {
            m.content(3, "/Artifact <</Type/Pagination", "/P <</MCID 999/Type/Pagination");
            let page = m.pdf.get_pages()[&3];
            let chapter = m.with_kids("Sect", 6);
            let words =
                lopdf::dictionary! { "S" => Object::Name(b"P".to_vec()), "Pg" => page, "K" => 999 };
            let words = m.pdf.add_object(words);
            m.kids(chapter).push(words.into());
        }),
        ("a paragraph is an artifact", |m| m.content(3, "/P <</MCID 1>> BDC", "/Artifact BMC")),
    ];
    for (what, fault) in faults {
        let mut mutant = Mutant { pdf: Document::load_mem(&bytes).unwrap() };
        fault(&mut mutant);
        let mut faulty = Vec::new();
        mutant.pdf.save_to(&mut faulty).unwrap();
        let reading = pdf::read_aloud(&faulty).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(hold(&reading, &styled).is_err(), "{what}: nobody notices");
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
            "Het midden- en kleinbedrijf zegt: [de: Wer rastet, der rostet], en \
             [en: mkb is no English].",
            "kop 2: Cijfers",
            "citaat: “Het hart van Nederland is het midden- en kleinbedrijf”",
            "[en: Trial and error]",
            "30 miljard plus omzet",
            "Bron: Centraal Bureau voor de Statistiek en anderen",
            "citaat: “Zoek het op [koppeling: onze site (https://www.example.nl)]”",
            "Lees [koppeling: het boek [en: Trial and error] van het CBS \
             (https://www.example.nl/boek)].",
        ]
    );
    assert!(told.starts_with("titel: Het mkb aan het woord\n"), "{told}");
    let reading = heard("tests/read/voices.toml");
    let words = reading.announcements.iter().flat_map(|said| &said.words);
    let printed: Vec<_> = words.filter_map(|words| words.printed.as_deref()).collect();
    assert_eq!(printed[..3], ["mkb ", "mkb ", "o.a. "]);
    assert_eq!(printed[printed.len() - 2..], ["mld+ ", "CBS "]);
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
