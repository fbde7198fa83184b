//! Drafts: what stands on their pages in place of what is still to be supplied,
//! and the stamp that tells them from the brochure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use drukklaar::assets::Assets;
use drukklaar::base::{Abs, Rect};
use drukklaar::diag::{Code, Severity};
use drukklaar::document::{Document, Element, GlyphRun, Item, Node, Page, Role, Shape};
use drukklaar::report::Report;
use drukklaar::theme::{DRAFT_FIELD, DRAFT_INK, DRAFT_MARKER};
use drukklaar::{CompileOptions, Compiled};
use std::path::Path;

const DRAFT: CompileOptions = CompileOptions { draft: true };

/// A brochure in which something is missing on every kind of page.
const GAPS: &str = include_str!("draft/gaps.toml");

fn compile(text: &str, options: CompileOptions) -> Compiled {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, text).unwrap();
    drukklaar::compile(&path, &Assets::new(), options)
}

fn draft(text: &str) -> Document {
    let compiled = compile(text, DRAFT);
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    compiled.document.unwrap_or_else(|| panic!("{found:?}"))
}

fn texts(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.frame.items.iter().filter_map(|(_, item)| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

/// The shapes filled with a colour, with the area that they cover.
fn filled(page: &Page, color: drukklaar::color::Color) -> Vec<Rect> {
    let area = |(at, item): &(drukklaar::base::Point, Item)| match item {
        Item::Shape(Shape { path, fill: Some(fill), .. }) if fill.color == color => {
            let bounds = path.bounds();
            Some(Rect { origin: *at + bounds.origin, size: bounds.size })
        }
        _ => None,
    };
    page.frame.items.iter().filter_map(area).collect()
}

/// The words in the ink of drafts on a page.
fn in_ink(page: &Page) -> String {
    let runs = texts(page).filter(|run| run.fill == DRAFT_INK);
    runs.map(|run| run.text.as_str()).collect::<Vec<_>>().join("|")
}

#[test]
fn every_page_of_a_draft_is_stamped_at_its_outer_edge() {
    for (lang, word, title) in [
        ("nl", "CONCEPT", "Ruimte om te [[TODO]] (concept)"),
        ("en", "DRAFT", "Ruimte om te [[TODO]] (draft)"),
        ("de", "ENTWURF", "Ruimte om te [[TODO]] (Entwurf)"),
    ] {
        let document = draft(&format!("language = \"{lang}\"\n{GAPS}"));
        assert_eq!(document.meta.title, title);
        assert_eq!(document.pages.len(), 8);
        for (index, page) in document.pages.iter().enumerate() {
            let stamp = page.stamp.as_ref().unwrap();
            assert_eq!(stamp.words.text, word);
            let band = stamp.band.path.bounds();
            // To the edge of the bleed on three sides.
            let at_left = index % 2 == 1;
            let outer = if at_left { band.left() } else { band.right() };
            let expected = if at_left { -page.bleed } else { page.trim.width + page.bleed };
            assert_eq!(outer, expected, "page {}", index + 1);
            assert_eq!(band.top(), -page.bleed);
            assert_eq!(band.bottom(), page.trim.height + page.bleed);
            // The capitals, which stand left of the upward baseline, lie inside it.
            let capitals = stamp.words.font.cap_height.at(stamp.words.size);
            assert!(capitals > Abs::mm(5.0));
            assert!(stamp.at.x - capitals > band.left() && stamp.at.x < band.right());
            let length = stamp.words.width();
            let above = stamp.at.y - length;
            assert!((above - (page.trim.height - stamp.at.y)).abs() < Abs::pt(0.1));
            // No text of the page below it.
            for (at, item) in &page.frame.items {
                if let Item::Text(run) = item {
                    assert!(at.x >= band.right() || at.x + run.width() <= band.left());
                }
            }
        }
    }
}

#[test]
fn a_brochure_is_not_stamped_and_a_stamp_moves_nothing() {
    let path = Path::new("brochures/flevoland.toml");
    let made = |options| drukklaar::compile(path, &Assets::new(), options).document.unwrap();
    let (plain, stamped) = (made(CompileOptions::default()), made(DRAFT));
    assert!(plain.pages.iter().all(|page| page.stamp.is_none()));
    assert_eq!(stamped.meta.title, format!("{} (concept)", plain.meta.title));
    assert_ne!(stamped.dump(), plain.dump());
    let mut bare = stamped.clone();
    for page in &mut bare.pages {
        assert!(page.stamp.take().is_some());
    }
    assert_eq!(bare.dump(), plain.dump());
    // Nor is it counted among the lines of the text.
    let report = |document: &Document| Report::new(document).to_json().unwrap();
    assert!(report(&stamped) == report(&bare));
}

#[test]
fn each_gap_is_a_warning_in_a_draft_and_an_error_without() {
    let places = |compiled: &Compiled, severity| {
        let found = compiled.diagnostics.iter().filter(|d| d.code == Code::PLACEHOLDER);
        let found: Vec<_> = found.collect();
        assert!(found.iter().all(|d| d.severity == severity));
        found.iter().map(|d| (d.span, d.message.clone())).collect::<Vec<_>>()
    };
    let (with, without) = (compile(GAPS, DRAFT), compile(GAPS, CompileOptions::default()));
    let warned = places(&with, Severity::Warning);
    assert_eq!(warned.len(), 15);
    assert_eq!(warned, places(&without, Severity::Error));
    assert!(with.document.is_some() && without.document.is_none());
    let hints = |compiled: &Compiled| -> Vec<usize> {
        let found = compiled.diagnostics.iter().filter(|d| d.code == Code::PLACEHOLDER);
        found.map(|d| d.hints.len()).collect()
    };
    assert!(hints(&with).iter().all(|&count| count == 0));
    assert!(hints(&without).iter().all(|&count| count > 0));
    // What is no gap stays an error.
    assert!(compile("[cover]\ntitle = \"Een [[todo]]\"\n", DRAFT).document.is_none());
}

#[test]
fn placeholders_stand_where_the_images_would() {
    let document = draft(GAPS);
    let [cover, chapter] = [&document.pages[0], &document.pages[1]];
    let page = Rect { origin: drukklaar::base::Point::ZERO, size: cover.trim };
    assert_eq!(filled(cover, DRAFT_FIELD)[0], page.outset(cover.bleed));
    assert!(in_ink(cover).contains("luchtfoto van Almere"), "{}", in_ink(cover));
    // Each field is followed by the patch that its words stand on.
    let fields: Vec<Rect> = filled(chapter, DRAFT_FIELD).into_iter().step_by(2).collect();
    let column = chapter.columns[0].area.size.width;
    let shares: Vec<f64> =
        fields.iter().map(|field| field.size.height.to_pt() / field.size.width.to_pt()).collect();
    assert_eq!(fields.len(), 3);
    // A drawing is as tall as its proportions ask, in whole rows; an image may be
    // two rows taller or lower to fill its column, as a photograph may.
    let row = chapter.grid.unwrap().leading.to_pt() / column.to_pt();
    assert_eq!(fields[0].size.width, column);
    assert!((shares[0] - 1.0 / 2.0).abs() < row * 2.5, "{}", shares[0]);
    assert!((shares[1] - 2.0 / 3.0).abs() < row, "{}", shares[1]);
    assert!(fields[2].size.width < column / 2);
    for words in ["een lasser", "omzet", "aantal"] {
        assert!(in_ink(chapter).contains(words), "{words}: {}", in_ink(chapter));
    }
    let filler =
        document.pages.iter().find(|page| in_ink(page).trim_end() == "een werkplaats").unwrap();
    assert_eq!(filled(filler, DRAFT_FIELD)[0], page.outset(cover.bleed));
    let back = document.pages.last().unwrap();
    let portrait = filled(back, DRAFT_FIELD)[0];
    assert_eq!(portrait.size.width, portrait.size.height);
}

/// The roles of an element's elements, each in those that it is within.
fn roles(element: &Element, within: &mut Vec<Role>, found: &mut Vec<Vec<Role>>) {
    within.push(element.role);
    found.push(within.clone());
    for child in &element.children {
        if let Node::Element(child) = child {
            roles(child, within, found);
        }
    }
    within.pop();
}

#[test]
fn what_stands_in_is_read_as_words_of_the_text() {
    let mut found = Vec::new();
    roles(&draft(GAPS).structure, &mut Vec::new(), &mut found);
    let twice = |roles: &[Role]| roles.iter().filter(|role| **role == Role::Paragraph).count() > 1;
    assert!(!found.iter().any(|roles| twice(roles)), "a paragraph in a paragraph");
    // No figure is there that could have a caption.
    assert!(!found.iter().flatten().any(|role| *role == Role::Caption));
}

/// The words of an element, as they stand in the text layer.
fn said(document: &Document, element: &Element, out: &mut String) {
    for child in &element.children {
        match child {
            Node::Element(child) => said(document, child, out),
            Node::Items { page, range } => {
                for (_, item) in &document.pages[*page].frame.items[range.clone()] {
                    if let Item::Text(run) = item {
                        out.push_str(&run.text);
                    }
                }
            }
        }
    }
}

/// Words that stand for a number are words apart from its label, and the lines of a
/// placeholder from each other.
#[test]
fn words_of_a_placeholder_do_not_run_into_the_next() {
    let document = draft(
        "language = \"nl\"\n[document]\ntitle = \"t\"\n[[chapter]]\ntitle = \"Cijfers\"\n\
         [[chapter.block]]\nstats = [\
         { placeholder = \"aantal\", label = \"bedrijven\" }, \
         { placeholder = \"[[TODO hoeveel]]\", label = \"medewerkers\" }]\n\
         [[chapter.block]]\nplaceholder = \"een lasser aan het werk in de grote hal van de \
         fabriek, met een helm en een groen schort, van opzij gezien en bij avond\"\n",
    );
    let mut words = String::new();
    said(&document, &document.structure, &mut words);
    for part in [
        "aantal bedrijven",
        "[[TODO hoeveel]] medewerkers",
        "een lasser aan het werk in de grote hal van de fabriek, met een helm en een groen schort, \
         van opzij gezien en bij avond",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains("  "), "{words}");
}

#[test]
fn words_to_be_written_are_marked_wherever_they_stand_and_lead_nowhere() {
    let document = draft(GAPS);
    let marked: Vec<String> = document
        .pages
        .iter()
        .flat_map(|page| {
            let fields = filled(page, DRAFT_MARKER).len();
            let runs = texts(page).filter(|run| run.fill == DRAFT_INK);
            let runs: Vec<_> = runs.map(|run| run.text.clone()).collect();
            // Placeholders have the ink alone; each mark has a field for each run.
            let open = runs.iter().filter(|words| words.contains("[[TODO")).count();
            assert!(open <= fields && fields <= runs.len(), "{fields}: {runs:?}");
            runs
        })
        .collect();
    let all = marked.join("|");
    for mark in [
        "[[TODO]]",
        "[[TODO wat]]",
        "[[TODO |hoeveel| leden]]",
        "[[TODO jaar]]",
        "[[TODO feit]]",
        "[[TODO bron]]",
        "[[TODO adres]]",
        "[[TODO e-mail]]",
        "[[TODO website]]",
    ] {
        assert!(all.contains(mark), "{mark} in {all}");
    }
    // The running title has its mark too.
    assert_eq!(all.matches("[[TODO wat]]").count(), 2, "{all}");
    let links: Vec<&str> = document
        .pages
        .iter()
        .flat_map(|page| &page.frame.items)
        .filter_map(|(_, item)| match item {
            Item::Link(link) => Some(link.words.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(links.concat().trim(), "de lijst");
}

#[test]
fn what_is_supplied_takes_the_place_of_a_placeholder() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "beeld.svg",
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"##,
    );
    write(
        "campaign.toml",
        "kind = \"campaign\"\n[cover]\ntitle = \"T\"\nplaceholder = \"luchtfoto\"\n\
         [shared.omzet]\nchart = \"bar\"\nplaceholder = \"omzet\"\naspect = \"2:1\"\n\
         [shared.leden]\nimage = \"beeld.svg\"\nalt = \"Leden\"\n",
    );
    let brochure = "extends = \"campaign.toml\"\n[cover]\nimage = \"beeld.svg\"\nalt = \"Foto\"\n\
         [[chapter]]\ntitle = \"K\"\n[[chapter.block]]\nuse = \"omzet\"\n\
         data = [{ label = \"een\", value = 1 }]\nalt = \"Een staaf\"\n";
    write("a.toml", brochure);
    let done = drukklaar::compile(
        &folder.path().join("a.toml"),
        &Assets::new(),
        CompileOptions::default(),
    );
    let found: Vec<_> = done.diagnostics.iter().map(|d| &d.message).collect();
    assert!(done.document.is_some(), "{found:?}");
    // And the other way round.
    write(
        "b.toml",
        &format!("{brochure}[[chapter.block]]\nuse = \"leden\"\nplaceholder = \"nieuwe leden\"\n"),
    );
    let done = drukklaar::compile(&folder.path().join("b.toml"), &Assets::new(), DRAFT);
    assert!(done.document.is_some());
    let gaps = done.diagnostics.iter().filter(|d| d.code == Code::PLACEHOLDER);
    let found: Vec<_> = gaps.map(|d| d.message.as_str()).collect();
    assert_eq!(found, ["a placeholder stands for an image: \"nieuwe leden\""]);
}
