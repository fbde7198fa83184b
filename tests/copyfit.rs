//! How brochures come to have the pages that they ask for: texts that grow by a
//! few sentences go through all means, from none to pages that only fill up.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::document::{Copyfit, Document};
use drukklaar::report::limits::GAP_P95;
use std::fmt::Write as _;
use std::sync::LazyLock;

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);

const SENTENCES: [&str; 9] = [
    "Bedrijven zoeken elkaar op en trekken op met kennisinstellingen en met overheden.",
    "Dat loont, ook voor de energietransitie.",
    "Wie maakt, telt mee: dat begint bij goed onderwijs en bij ruimte om te ondernemen.",
    "Een vergunning die op tijd komt, scheelt een ondernemer maanden.",
    "Geef bij aanbestedingen werk aan vakmensen uit de buurt.",
    "Op veel bedrijventerreinen is het stroomnet vol, terwijl de daken er nog leeg zijn.",
    "Hergebruik begint bij het ontwerp.",
    "De provincie kan samenwerking aanjagen, met advies en met kleine subsidies.",
    "Zonder leermeesters geen vakmensen, en zonder vakmensen geen maakindustrie.",
];

/// A chapter of so many sentences.
fn chapter(sentences: usize) -> String {
    let mut toml = "\n[[chapter]]\ntitle = \"Ondernemen\"\ntext = \"\"\"\n".to_owned();
    for number in 0..sentences {
        let end = if number % 4 == 3 { "\n\n" } else { " " };
        // Another order in each round, so that lines differ.
        let sentence = SENTENCES[(number * 4 + number / 9) % 9];
        write!(toml, "{sentence}{end}").expect("a string takes all");
    }
    toml + "\n\"\"\"\n"
}

/// A brochure of a text, with its cover and last page, and pages to fill up.
fn brochure(text: &str, wish: &str, fillers: usize) -> Result<Document, String> {
    let mut toml = format!("{wish}\n[cover]\ntitle = \"Ruimte om te maken\"\n");
    for _ in 0..fillers {
        toml.push_str("\n[[filler]]\nnotes = \"Aantekeningen\"\n");
    }
    toml.push_str(text);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.toml");
    std::fs::write(&path, toml).expect("the file can be written");
    let compiled = drukklaar::compile(&path, &ASSETS, CompileOptions::default());
    let told = drukklaar::diag::render_all(&compiled.files, &compiled.diagnostics);
    compiled.document.ok_or(told)
}

const WISH: &str = "pages = \"multiple of 4\"";

/// What is done to the text beyond choosing among ways to break it.
fn means(fit: Copyfit) -> (i64, i16, i16, i16) {
    (fit.white, fit.tracking, fit.expansion, fit.leading)
}

const NONE: (i64, i16, i16, i16) = (0, 0, 0, 0);

/// How each text gets its pages, without and with pages to fill up.
struct Tried {
    free: Document,
    alone: Result<Document, String>,
    filled: Document,
}

fn try_all(sentences: impl Iterator<Item = usize>) -> Vec<Tried> {
    sentences
        .map(|sentences| {
            let text = chapter(sentences);
            let built = |wish, fillers| brochure(&text, wish, fillers);
            Tried {
                free: built("", 0).expect("it has the pages that it takes"),
                alone: built(WISH, 0),
                filled: built(WISH, 3).expect("three pages fill up to any number"),
            }
        })
        .collect()
}

#[test]
fn a_text_that_grows_is_squeezed_before_pages_are_added() {
    let tried = try_all((205..223).step_by(2));
    let steps: Vec<usize> = tried
        .iter()
        .map(|Tried { free, alone, filled }| {
            assert_eq!(filled.pages.len() % 4, 0);
            assert_eq!(filled.copyfit.natural, free.pages.len());
            match alone {
                // All that is done, is done without fillers too.
                Ok(alone) => {
                    assert_eq!(alone.copyfit, filled.copyfit);
                    assert_eq!((filled.pages.len(), filled.copyfit.fillers), (4, 0));
                }
                Err(told) => {
                    assert!(told.contains("error[page-count]"), "{told}");
                    assert_eq!((filled.pages.len(), filled.copyfit.fillers), (8, 3));
                    assert_eq!(means(filled.copyfit), NONE);
                }
            }
            let (_, tracking, expansion, leading) = means(filled.copyfit);
            match (filled.copyfit.fillers, tracking + expansion + leading) {
                (0, 0) => 0,
                (0, sum) if sum >= -10 => 1,
                (0, _) => 2,
                _ => 3,
            }
        })
        .collect();
    // From nothing by letters closer to narrower ones, and then to fillers.
    assert!(steps.is_sorted(), "{steps:?}");
    assert!((0..4).all(|step| steps.contains(&step)), "{steps:?}");
}

/// A chapter of paragraphs of numbers, which nothing parts: lines that lose one
/// or get one more have quite other spaces.
fn numbers(paragraphs: usize) -> String {
    let line = "12345678 23456781 34567812 45678123 56781234 678123456 ";
    let paragraph = format!("{}12345678 23456781\n\n", line.repeat(7));
    let text = paragraph.repeat(paragraphs);
    format!("\n[[chapter]]\ntitle = \"Cijfers\"\ntext = \"\"\"\n{text}\"\"\"\n")
}

/// The share of justified lines whose spaces are wide.
fn wide(document: &Document) -> f64 {
    let lines = document.pages.iter().flat_map(|page| &page.frame.lines);
    let gaps: Vec<f64> = lines.filter(|line| line.justified).map(|line| line.gap).collect();
    gaps.iter().filter(|&&gap| gap > GAP_P95).count() as f64 / gaps.len() as f64
}

#[test]
fn wide_spaces_show_more_than_pages_that_fill_up() {
    let text = numbers(83);
    let built = |wish, fillers| brochure(&text, wish, fillers).expect("there is a way");
    let free = built("", 0);
    let alone = built(WISH, 0);
    assert_eq!((free.pages.len(), alone.pages.len()), (9, 8));
    assert_ne!(means(alone.copyfit), NONE);
    assert!(wide(&alone) > wide(&free).max(0.05), "{} {}", wide(&alone), wide(&free));
    let filled = built(WISH, 3);
    assert_eq!((filled.pages.len(), filled.copyfit.fillers), (12, 3));
    assert_eq!(means(filled.copyfit), NONE);
}
