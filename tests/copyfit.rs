//! How brochures come to have the pages that they ask for: texts that grow by a
//! few sentences go through all means, from none to pages that only fill up.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use drukklaar::assets::Assets;
use drukklaar::document::{Copyfit, Document, Item};
use drukklaar::report::limits::GAP_P95;
use drukklaar::{CompileOptions, Compiled};
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

/// The source of a brochure of a text, with its cover and pages to fill up.
fn source(text: &str, wish: &str, fillers: usize) -> String {
    let mut toml = format!("{wish}\n[cover]\ntitle = \"Ruimte om te maken\"\n");
    for _ in 0..fillers {
        toml.push_str("\n[[filler]]\nnotes = \"Aantekeningen\"\n");
    }
    toml + text
}

/// A theme that keeps letters as they were drawn.
const STRICT: &str = "kind = \"theme\"\n[styles.body]\nexpansion = 0\n";

fn compiled(toml: &str) -> Compiled {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.toml");
    std::fs::write(&path, toml).expect("the file can be written");
    std::fs::write(folder.path().join("strict.toml"), STRICT).expect("the file can be written");
    drukklaar::compile(&path, &ASSETS, CompileOptions::default())
}

/// A brochure of a text, with its cover and last page, and pages to fill up.
fn brochure(text: &str, wish: &str, fillers: usize) -> Result<Document, String> {
    let compiled = compiled(&source(text, wish, fillers));
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
            let fill_up = filled.copyfit.fillers > 0;
            match alone {
                // Pages that fill up spare the reader wide spaces.
                Ok(alone) if fill_up => {
                    assert!(wide(alone) > 0.05, "{}", wide(alone));
                    assert_eq!(means(filled.copyfit), NONE);
                }
                // All else that is done, is done without fillers too.
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
            match alone.as_ref().map(|alone| means(alone.copyfit)) {
                Ok(NONE) => 0,
                Ok((_, 0, 0, 0)) => 1,
                Ok(_) => 2,
                Err(_) => 3,
            }
        })
        .collect();
    // From nothing by white to letters, and then to pages that only fill up.
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

/// What an error says: the lines that are too many or too few, and the lines of
/// the file where the fewest characters make a difference.
fn shortfall(toml: &str) -> Option<(bool, usize, Vec<usize>)> {
    let compiled = compiled(toml);
    let error = compiled.diagnostics.iter().find(|found| found.code.as_str() == "page-count")?;
    let words: Vec<&str> = error.message.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "about").expect("it counts");
    let lines = words[at + 1].parse().expect("a number");
    let places = error.related.iter().map(|(span, _)| compiled.files.location(*span).line);
    Some((error.message.contains("too many"), lines, places.collect()))
}

/// The file with so many lines of words more at the places that are named; or
/// fewer, there and, once those paragraphs are short, in the next ones.
fn edited(toml: &str, (over, _, places): &(bool, usize, Vec<usize>), turns: usize) -> String {
    const LINE: &str = " Dat helpt ons allen in de praktijk echt een stap verder.";
    let mut lines: Vec<String> = toml.lines().map(str::to_owned).collect();
    let mut order: Vec<usize> = places.iter().map(|line| line - 1).collect();
    if !over {
        for turn in 0..turns {
            lines[order[turn % order.len()]].push_str(LINE);
        }
        return lines.join("\n");
    }
    order.extend((0..lines.len()).filter(|line| !places.contains(&(line + 1))));
    let mut left = turns;
    for line in order {
        let text = &mut lines[line];
        while left > 0 && text.len() > 3 * LINE.len() {
            let end = text[..text.len() - LINE.len()].rfind(' ').unwrap_or(0);
            text.truncate(end);
            left -= 1;
        }
    }
    lines.join("\n")
}

#[test]
fn the_lines_that_are_counted_make_it_fit_at_the_places_that_are_named() {
    let mut kinds = [0, 0];
    // From a little too long for four pages to nearly long enough for eight.
    for (sentences, fillers) in [(223, 0), (226, 0), (400, 0), (280, 1)] {
        let long = chapter(sentences).replace("\n\n", "\n\n\n");
        let toml = source(&long, "pages = \"multiple of 4\"", fillers);
        let Some(found) = shortfall(&toml) else { continue };
        let (over, lines, places) = &found;
        assert_eq!(places.len(), 3, "{sentences}");
        kinds[usize::from(*over)] += 1;
        // A line of words is not always a line on the page.
        let few = lines * 3 / 4 - 1.min(lines * 3 / 4);
        let many = lines * 9 / 8 + 2;
        assert!(shortfall(&edited(&toml, &found, few)).is_some(), "{sentences}: {found:?}");
        assert!(shortfall(&edited(&toml, &found, many)).is_none(), "{sentences}: {found:?}");
    }
    assert!(kinds.iter().all(|&kind| kind > 0), "{kinds:?}");
}

#[test]
fn where_no_cut_helps_none_is_advised() {
    let toml = "pages = 2\n[cover]\ntitle = \"Ruimte om te maken\"\n\
        [[chapter]]\ntitle = \"Werken\"\ntext = \"Wie maakt, telt mee.\"\n\
        [[chapter]]\ntitle = \"Leren\"\nnew_page = true\ntext = \"Wie leert, telt ook mee.\"\n";
    let told = brochure_error(toml);
    assert!(told.contains("3 pages, not 2: leaving out lines"), "{told}");
    let told = brochure_error(&toml.replace("pages = 2", "pages = 1"));
    assert!(told.contains("no way to have fewer than 2"), "{told}");
}

fn brochure_error(toml: &str) -> String {
    let compiled = compiled(toml);
    assert!(compiled.document.is_none());
    drukklaar::diag::render_all(&compiled.files, &compiled.diagnostics)
}

#[test]
fn lines_in_boxes_are_places_too() {
    let item =
        "Laat bedrijven vroeg meedenken over nieuwe regels, zodat die in de praktijk passen.";
    let block = format!("[[chapter.block]]\nrecommendations = [\n\"{item}\",\n\"{item}\",\n]\n");
    let text = format!("\n[[chapter]]\ntitle = \"Doen\"\n{}", block.repeat(9));
    let toml = source(&text, "pages = 4", 0);
    let (over, lines, places) = shortfall(&toml).expect("two pages are too few");
    assert!(!over && lines > 0);
    assert_eq!(places.len(), 3);
    for line in places {
        assert!(toml.lines().nth(line - 1).is_some_and(|line| line.contains(item)), "{line}");
    }
}

#[test]
fn letters_keep_their_width_where_the_theme_says_so() {
    let widened = |document: &Document| {
        let items = document.pages.iter().flat_map(|page| &page.frame.items);
        items.filter(|(_, item)| matches!(item, Item::Text(run) if run.expansion != 0)).count()
    };
    let mut fitted = 0;
    for sentences in (205..223).step_by(2) {
        let text = chapter(sentences);
        let usual = brochure(&text, WISH, 0);
        let strict = brochure(&text, &format!("theme = \"strict.toml\"\n{WISH}"), 0);
        if let Ok(strict) = strict {
            assert_eq!((strict.copyfit.expansion, widened(&strict)), (0, 0), "{sentences}");
            fitted += usize::from(means(strict.copyfit) != NONE);
        }
        assert!(usual.is_err() || usual.is_ok_and(|usual| widened(&usual) > 0), "{sentences}");
    }
    assert!(fitted > 0);
}
