//! What must hold for any brochure, on brochures made up at random: nothing is
//! lost or doubled, everything keeps its order and its place, and the same
//! input gives the same pages.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod layout_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::base::{Abs, Point, Rect, Segment};
use drukklaar::document::{ColumnFacts, Document, GlyphKind, GlyphRun, Item, LinkTarget, Page};
use layout_support::{Toml, plan};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// Running text of the themes that ship.
const BODY: f64 = 9.5;
const ROW: f64 = 13.0;

/// How far letters may hang out of their measure, in points: a hyphen of the
/// largest type does so by most of its width.
const HANGING: f64 = 6.0;

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);

fn compile(path: &Path) -> Result<Document, TestCaseError> {
    let compiled = drukklaar::compile(path, &ASSETS, CompileOptions::default());
    let errors = || drukklaar::diag::render_all(&compiled.files, &compiled.diagnostics);
    compiled.document.ok_or_else(|| TestCaseError::fail(errors()))
}

fn runs(page: &Page) -> impl Iterator<Item = (f64, f64, &GlyphRun)> {
    page.frame.items.iter().filter_map(|(at, item)| match item {
        Item::Text(run) => Some((at.x.to_pt(), at.y.to_pt(), run)),
        _ => None,
    })
}

/// Every letter of every text stands in the pages once, and after the letter
/// before it.
fn words_are_complete(document: &Document, toml: &Toml) -> Result<(), TestCaseError> {
    // For each byte of the file the place in the order of all glyphs.
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut number = 0;
    for (_, _, run) in document.pages.iter().flat_map(runs) {
        for glyph in run.glyphs.iter().filter(|glyph| glyph.kind == GlyphKind::Plain) {
            let cluster = &run.text[glyph.text_start as usize..glyph.text_end as usize];
            let span = glyph.span;
            let snippet = document.files.snippet(span);
            // Words that the program adds stand for more than themselves.
            let authored = document.files.get(span.file).text() == toml.source;
            if !authored || cluster.is_empty() || !cluster.eq_ignore_ascii_case(snippet) {
                continue;
            }
            let start = span.start as usize;
            for byte in start..start + snippet.len() {
                found.entry(byte).or_default().push(number);
            }
            number += 1;
        }
    }
    for text in &toml.texts {
        let mut before = None;
        for word in text {
            let name = &toml.source[word.clone()];
            for byte in word.clone() {
                let places = found.get(&byte).map_or(&[][..], Vec::as_slice);
                prop_assert_eq!(places.len(), 1, "“{}” at byte {}", name, byte);
                prop_assert!(before <= Some(places[0]), "“{}” is out of order", name);
                before = Some(places[0]);
            }
        }
    }
    Ok(())
}

fn least_and_most(all: impl Iterator<Item = Abs> + Clone) -> Option<(Abs, Abs)> {
    Some((all.clone().min()?, all.max()?))
}

/// The extent of an item, in points.
fn extent(at: Point, item: &Item) -> Option<(Rect, f64)> {
    match item {
        Item::Text(run) => Some((Rect::new(at.x, at.y, run.width(), Abs::ZERO), HANGING)),
        Item::Shape(shape) => {
            // The handles of curves reach out of discs.
            let points = shape.path.segments.iter().filter_map(|segment| match *segment {
                Segment::Move(to) | Segment::Line(to) | Segment::Cubic(_, _, to) => Some(to + at),
                Segment::Close => None,
            });
            let points: Vec<Point> = points.collect();
            let (left, right) = least_and_most(points.iter().map(|point| point.x))?;
            let (top, foot) = least_and_most(points.iter().map(|point| point.y))?;
            Some((Rect::new(left, top, right - left, foot - top), 0.2))
        }
        Item::Picture(picture) => Some((Rect { origin: at, size: picture.size }, 0.2)),
        Item::Link(_) => None,
    }
}

/// The table of contents lists the headings after it down to a level, each as a
/// link to its place with the number of its page before it.
fn contents_name_the_pages(document: &Document, levels: u8) -> Result<(), TestCaseError> {
    // Its own heading comes first.
    let headings = document.outline.iter().skip(1).filter(|entry| entry.level <= levels);
    let expected: Vec<_> =
        headings.map(|entry| (entry.title.as_str(), entry.page, entry.at)).collect();
    let mut found = Vec::new();
    for page in &document.pages {
        for (corner, item) in &page.frame.items {
            let Item::Link(link) = item else { continue };
            let LinkTarget::Place { page: target, at } = link.target else { continue };
            let area = Rect { origin: *corner, size: link.size };
            let number = page.frame.items.iter().find_map(|(at, item)| match item {
                Item::Text(run)
                    if at.x == corner.x && at.y > area.top() && at.y < area.bottom() =>
                {
                    Some(run.text.trim())
                }
                _ => None,
            });
            let printed = (target + 1).to_string();
            prop_assert_eq!(number, Some(printed.as_str()), "{}", link.words);
            found.push((link.words.as_str(), target, at));
        }
    }
    prop_assert_eq!(found, expected);
    Ok(())
}

/// Whether one lies in the other, but for so many points.
fn inside(inner: Rect, outer: Rect, tolerance: f64) -> bool {
    let slack = Abs::pt(tolerance);
    inner.origin.x >= outer.origin.x - slack
        && inner.origin.x + inner.size.width <= outer.origin.x + outer.size.width + slack
        && inner.origin.y >= outer.origin.y - Abs::pt(0.2)
        && inner.origin.y + inner.size.height <= outer.origin.y + outer.size.height + Abs::pt(0.2)
}

/// The rows from the top of the first column of a group to its lowest foot.
fn group_extent(columns: &[ColumnFacts], group: usize) -> (Abs, Abs) {
    let of_group = || columns.iter().filter(|column| column.group == group);
    let top = of_group().map(|column| column.area.origin.y).min();
    let foot = of_group().map(|column| column.area.origin.y + column.area.size.height).max();
    (top.unwrap_or(Abs::ZERO), foot.unwrap_or(Abs::ZERO))
}

/// What stands beside columns stands in one of them, and all stands within the
/// margins.
fn everything_is_in_its_column(document: &Document) -> Result<(), TestCaseError> {
    for (number, page) in document.pages.iter().enumerate() {
        let grid = page.grid.expect("a page of running text");
        let top = grid.first - grid.leading;
        let foot = grid.first + grid.leading * (grid.rows - 1) + grid.leading / 2;
        let margin = Abs::mm(18.0);
        let width = page.trim.width - margin * 2i64;
        let text_area = Rect::new(margin, top, width, foot - top);
        for (at, item) in &page.frame.items {
            let Some((area, hanging)) = extent(*at, item) else { continue };
            // Header and footer.
            if area.origin.y < top || area.origin.y > foot {
                continue;
            }
            let what = || format!("page {}: {item:?} at {at:?}", number + 1);
            prop_assert!(inside(area, text_area, hanging), "{}", what());
            let beside = page.columns.iter().map(|column| column.group).find(|&group| {
                let (top, foot) = group_extent(&page.columns, group);
                area.origin.y >= top && area.origin.y < foot
            });
            let Some(group) = beside else { continue };
            let mut columns = page.columns.iter().filter(|column| column.group == group);
            let held = columns.any(|column| inside(area, column.area, hanging));
            prop_assert!(held, "{}", what());
        }
    }
    Ok(())
}

/// Lines of running text are a row apart, others at least their type size.
fn no_lines_overlap(document: &Document) -> Result<(), TestCaseError> {
    for page in &document.pages {
        let all: Vec<_> = runs(page).filter(|(_, _, run)| !run.text.trim().is_empty()).collect();
        for (index, (x, y, run)) in all.iter().enumerate() {
            for (other_x, other_y, other) in &all[index + 1..] {
                let (end, other_end) = (x + run.width().to_pt(), other_x + other.width().to_pt());
                let shared = end.min(other_end) - x.max(*other_x);
                let body = [run, other].iter().all(|run| run.size == Abs::pt(BODY));
                let least = run.size.min(other.size).to_pt();
                let least = if body { ROW } else { least * 0.9 };
                // Letters may hang out of their measure by a fifth of an em.
                let hanging = run.size.max(other.size).to_pt() * 0.2;
                let apart = (y - other_y).abs() > least - 0.1 || shared < hanging;
                prop_assert!(apart, "“{}” stands on “{}”", run.text, other.text);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        max_shrink_iters: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_brochure_is_complete_and_in_order(plan in plan()) {
        let toml = Toml::new(&plan);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("proef.toml");
        std::fs::write(&path, &toml.source).expect("the folder can be written");
        let document = compile(&path)?;
        words_are_complete(&document, &toml)?;
        everything_is_in_its_column(&document)?;
        no_lines_overlap(&document)?;
        let again = compile(&path)?;
        prop_assert!(document.dump() == again.dump(), "a second run gives other pages");
    }

    #[test]
    fn any_table_of_contents_names_the_pages(
        plan in plan(), levels in 1_u8..=2, own_page in any::<bool>(),
    ) {
        let mut toml = Toml::new(&plan).source;
        toml.push_str(&format!("[contents]\nlevels = {levels}\nown_page = {own_page}\n"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("proef.toml");
        std::fs::write(&path, &toml).expect("the folder can be written");
        let document = compile(&path)?;
        contents_name_the_pages(&document, levels)?;
        let second = document.outline.get(1).map(|entry| entry.page);
        prop_assert!(!own_page || second > Some(document.outline[0].page));
        everything_is_in_its_column(&document)?;
        no_lines_overlap(&document)?;
        let again = compile(&path)?;
        prop_assert!(document.dump() == again.dump(), "a second run gives other pages");
    }
}
