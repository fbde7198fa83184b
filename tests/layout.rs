//! Layout from outside: a frame dump held against a file, and what must hold
//! on every page of every sample brochure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::base::{Abs, Point, Rect, Segment};
use drukklaar::color::Color;
use drukklaar::document::{Document, GlyphKind, GlyphRun, Item, Node, Page, Role};
use std::path::Path;

/// The brochures that ship.
const SAMPLES: [&str; 4] = ["flevoland", "noord-brabant", "specimen", "specimen-vuur"];

/// Running text of the themes that ship: size, leading and first baseline.
const BODY: f64 = 9.5;
const GRID: f64 = 13.0;
const TOP: f64 = 22.0 / 25.4 * 72.0;

fn compile(path: &str) -> Document {
    let compiled = drukklaar::compile(Path::new(path), &Assets::new(), CompileOptions::default());
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    compiled.document.unwrap_or_else(|| panic!("{path}: {found:?}"))
}

fn sample(name: &str) -> Document {
    compile(&format!("brochures/{name}.toml"))
}

/// The runs of a page with the place of their baseline.
fn runs(page: &Page) -> impl Iterator<Item = (f64, f64, &GlyphRun)> {
    page.frame.items.iter().filter_map(|(at, item)| match item {
        Item::Text(run) => Some((at.x.to_pt(), at.y.to_pt(), run)),
        _ => None,
    })
}

/// Pages with running text: all but cover and back.
fn inner(document: &Document) -> &[Page] {
    &document.pages[1..document.pages.len() - 1]
}

/// The dump changes with every change of looks. `BLESS=1 cargo test` writes it
/// anew; look at the difference before you commit it.
#[test]
fn blocks_lie_where_they_lay() {
    let dump = compile("tests/layout/blocks.toml").dump();
    let file = Path::new("tests/layout/blocks.dump");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(file, &dump).unwrap();
    }
    let expected = std::fs::read_to_string(file).unwrap();
    for (index, (got, want)) in dump.lines().zip(expected.lines()).enumerate() {
        assert_eq!(got, want, "line {} of {}", index + 1, file.display());
    }
    assert_eq!(dump.lines().count(), expected.lines().count());
}

/// So that it is level with text beside it.
#[test]
fn a_chart_without_notes_ends_on_a_baseline() {
    let document = compile("tests/layout/blocks.toml");
    let items = document.pages.iter().flat_map(|page| &page.frame.items);
    let bars = items.filter_map(|(at, item)| match item {
        Item::Shape(shape) => {
            let bounds = shape.path.bounds();
            let is_bar = (bounds.size.height.to_pt() - 0.72 * GRID).abs() < 0.01;
            is_bar.then(|| (at.y + bounds.bottom()).to_pt())
        }
        _ => None,
    });
    let feet: Vec<f64> = bars.collect();
    assert_eq!(feet.len(), 2, "{feet:?}");
    let rows = (feet[1] - TOP) / GRID;
    assert!((rows.fract() - 0.75).abs() < 0.01, "it ends at row {rows}");
}

#[test]
fn running_text_stands_on_the_baseline_grid() {
    for name in SAMPLES {
        let document = sample(name);
        let mut lines = 0;
        for (number, page) in inner(&document).iter().enumerate() {
            for (_, y, run) in runs(page).filter(|(_, _, run)| run.size == Abs::pt(BODY)) {
                let row = (y - TOP - GRID * 0.75) / GRID;
                let off = (row - row.round()).abs() * GRID;
                assert!(
                    off < 0.01,
                    "{name}, page {}: {:?} is {off:.2} pt off",
                    number + 2,
                    run.text
                );
                lines += 1;
            }
        }
        assert!(lines > 50, "{name} has but {lines} runs of running text");
    }
}

#[test]
fn nothing_leaves_the_margins() {
    for name in SAMPLES {
        let document = sample(name);
        for (number, page) in inner(&document).iter().enumerate() {
            let (left, right) = (Abs::mm(18.0), page.trim.width - Abs::mm(18.0));
            for (x, y, run) in runs(page) {
                let (start, end) = (Abs::pt(x), Abs::pt(x) + run.width());
                // Marks hang out by part of their width: at most a fifth of an em.
                let hang = run.size / 5;
                let fits = start >= left - hang && end <= right + hang;
                assert!(fits, "{name}, page {}: {:?}", number + 2, run.text);
                assert!(y > 0.0 && y < page.trim.height.to_pt());
            }
        }
    }
}

#[test]
fn two_lines_stand_below_every_heading() {
    for name in SAMPLES {
        let document = sample(name);
        for entry in document.outline.iter().filter(|entry| entry.level == 2) {
            let (x, y) = (entry.at.x.to_pt(), entry.at.y.to_pt());
            let page = &document.pages[entry.page];
            let column = x - 1.0..x + 230.0;
            let mut below: Vec<i64> = runs(page)
                .filter(|(at, base, _)| column.contains(at) && *base > y + GRID)
                .map(|(_, base, _)| (base * 100.0) as i64)
                .collect();
            below.sort_unstable();
            below.dedup();
            // A text of a single line has no second one to show.
            assert!(!below.is_empty(), "{name}: nothing below “{}”", entry.title);
        }
    }
}

/// What no line may exceed, and what no brochure may, in the pages as they are.
#[test]
fn lines_keep_their_limits() {
    for name in ["flevoland", "noord-brabant"] {
        let document = sample(name);
        let lines = inner(&document).iter().flat_map(|page| &page.frame.lines);
        let body = lines.filter(|line| line.size == Abs::pt(BODY));
        let (mut justified, mut hyphens) = (0, 0);
        for line in body {
            if line.justified {
                assert!((0.75..=1.7).contains(&line.gap), "{name}: {line:?}");
                assert!(line.expansion.abs() <= 20, "{name}: {line:?}");
                justified += 1;
            }
            hyphens = if line.hyphen { hyphens + 1 } else { 0 };
            assert!(hyphens <= 2 || line.index < 2, "{name}: {line:?}");
            let runt = line.is_last() && line.count > 1 && line.width < Abs::pt(4.0 * BODY);
            assert!(!runt, "{name}: {line:?}");
        }
        assert!(justified > 50, "{name} has but {justified} justified lines");
    }
}

#[test]
fn columns_that_go_on_end_level_and_others_within_a_line() {
    for name in ["flevoland", "noord-brabant"] {
        for (number, page) in inner(&sample(name)).iter().enumerate() {
            for (at, column) in page.columns.iter().enumerate() {
                let before = page.columns[..at].iter().filter(|other| other.group == column.group);
                for other in before {
                    let apart = (other.area.bottom() - column.area.bottom()).abs();
                    let most = if column.ends { GRID } else { 0.0 };
                    assert!(apart <= Abs::pt(most + 0.01), "{name}, page {}", number + 2);
                }
            }
        }
    }
}

/// The pages of a brochure made up of an introduction and blocks after it.
fn made_up(columns: u8, blocks: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.toml");
    let toml = format!(
        "language = \"nl\"\n[document]\ntitle = \"t\"\n[intro]\ncolumns = {columns}\n\
         text = \"Een regel, en nog een paar woorden daarbij.\"\n{blocks}"
    );
    std::fs::write(&path, toml).unwrap();
    compile(path.to_str().unwrap())
}

const CHART: &str = "[[intro.block]]\nchart = \"bar\"\nalt = \"x\"\n\
                     data = [{ label = \"a\", value = 3 }, { label = \"b\", value = 2 }]\n";

/// A column of it would stand beside an empty one.
#[test]
fn a_chart_with_nothing_beside_it_goes_across() {
    let groups = |document: &Document| {
        let columns = document.pages.iter().flat_map(|page| &page.columns);
        columns.map(|column| column.group).collect::<Vec<_>>()
    };
    // The three columns of the text are all there are.
    assert_eq!(groups(&made_up(3, CHART)).len(), 3);
    // Text and chart share the two columns.
    assert_eq!(groups(&made_up(2, CHART)).len(), 2);
    // Two charts stand side by side below the text.
    assert_eq!(groups(&made_up(3, &[CHART, CHART].concat())).len(), 5);
}

#[test]
fn boxes_side_by_side_end_level() {
    let list = |entries: usize| {
        let entries = vec!["\"Een eis, kort.\""; entries].join(", ");
        format!("[[intro.block]]\nrecommendations = [{entries}]\n")
    };
    let document = made_up(1, &[list(6), list(1)].concat());
    let columns: Vec<_> = document.pages.iter().flat_map(|page| &page.columns).collect();
    let feet: Vec<Abs> = columns[1..].iter().map(|column| column.area.bottom()).collect();
    assert_eq!(feet.len(), 2);
    assert!((feet[0] - feet[1]).abs() <= Abs::pt(GRID + 0.01), "{feet:?}");
    assert!(document.pages[0].columns.iter().all(|column| column.area.size.height > Abs::ZERO));
}

/// Although the columns would be shared better between its paragraphs.
#[test]
fn a_list_entry_keeps_its_short_second_paragraph() {
    let document =
        made_up(2, "[[intro.block]]\ntext = \"- een\\n- twee\\n\\n  vervolg\\n- drie\\n- vier\"\n");
    let left = |word: &str| {
        let mut all = document.pages.iter().flat_map(runs);
        let found = all.find(|(_, _, run)| run.text.trim() == word);
        found.unwrap_or_else(|| panic!("no {word}")).0
    };
    assert!(left("een") + 100.0 < left("twee"), "the column ends after the first entry");
    assert!((left("twee") - left("vervolg")).abs() < 1.0);
}

#[test]
fn the_words_of_a_paragraph_stay_in_order() {
    let document = sample("flevoland");
    let mut words = String::new();
    for page in inner(&document) {
        for (_, _, run) in runs(page) {
            let hyphened = run.glyphs.last().is_some_and(|g| g.kind == GlyphKind::LineEndHyphen);
            let text = if hyphened { run.text.trim_end_matches('-') } else { &run.text };
            words.push_str(text);
            if !hyphened {
                words.push(' ');
            }
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for passage in [
        "Zonder innovatie komen de transities niet van de grond en verslapt de concurrentiepositie.",
        "De mkb-maakindustrie is de motor onder de regionale economie.",
        "Het kabinet heeft onlangs ingestemd met een programma",
    ] {
        assert!(words.contains(passage), "“{passage}” is not in the pages as one");
    }
}

/// The items of a node on its page.
fn items<'a>(document: &'a Document, node: &Node, found: &mut Vec<&'a (Point, Item)>) {
    match node {
        Node::Element(element) => {
            element.children.iter().for_each(|child| items(document, child, found));
        }
        Node::Items { page, range } => {
            found.extend(&document.pages[*page].frame.items[range.clone()]);
        }
    }
}

/// Words on the page: their middle and the words.
fn words(items: &[&(Point, Item)]) -> Vec<(f64, f64, String)> {
    let run = |(at, item): &&(Point, Item)| match item {
        Item::Text(run) => {
            let middle = at.x + run.width() / 2;
            Some((middle.to_pt(), (at.y - run.size / 3).to_pt(), run.text.trim().to_owned()))
        }
        _ => None,
    };
    items.iter().filter_map(run).collect()
}

/// WCAG 2.1, 1.4.1: who sees no colours finds the name and value of every part.
#[test]
fn no_part_of_a_chart_is_told_by_its_colour_alone() {
    let (mut sectors, mut called, mut bars) = (0, 0, 0);
    for name in ["specimen", "flevoland", "noord-brabant"] {
        let document = sample(name);
        let mut charts = Vec::new();
        document.structure.walk(&mut |element| {
            for pair in element.children.windows(2) {
                let roles = pair.iter().map(|node| node.role()).collect::<Vec<_>>();
                if roles == [Some(Role::Figure), Some(Role::Table)] {
                    let (mut drawn, mut table) = (Vec::new(), Vec::new());
                    items(&document, &pair[0], &mut drawn);
                    items(&document, &pair[1], &mut table);
                    charts.push((drawn, table, pair.to_vec()));
                }
            }
        });
        for (drawn, table, nodes) in charts {
            let shapes: Vec<(Rect, bool)> = drawn
                .iter()
                .filter_map(|(at, item)| match item {
                    Item::Shape(shape) => {
                        let bounds = shape.path.bounds();
                        let area = Rect { origin: bounds.origin + *at, size: bounds.size };
                        let curve = |segment: &Segment| matches!(segment, Segment::Cubic(..));
                        Some((area, shape.path.segments.iter().any(curve)))
                    }
                    _ => None,
                })
                .collect();
            let (marks, cells) = (words(&drawn), words(&table));
            let round: Vec<Rect> = shapes.iter().filter(|s| s.1).map(|s| s.0).collect();
            if !round.is_empty() && marks.is_empty() {
                sectors += round.len();
                called += round.len();
                assert_lines_lead_to_names(&document, &nodes, &drawn);
                continue;
            }
            for (index, area) in round.iter().enumerate() {
                let (x, y, mark) = &marks[index];
                let (left, right) = (area.left().to_pt(), area.right().to_pt());
                let (top, bottom) = (area.top().to_pt(), area.bottom().to_pt());
                assert!((left..right).contains(x) && (top..bottom).contains(y), "{name}: {mark}");
                let others = marks[..round.len()].iter().filter(|other| other.2 == *mark);
                assert_eq!(others.count(), 1, "{name}: {mark} on two sectors");
                let key = marks[round.len()..].iter().chain(&cells);
                assert!(key.into_iter().any(|word| word.2 == *mark), "{name}: {mark} in no key");
                sectors += 1;
            }
            for (area, _) in shapes.iter().filter(|shape| !shape.1) {
                // On the bar or right behind its end, on its row.
                let (left, right) = (area.left().to_pt(), area.right().to_pt() + 40.0);
                let (top, bottom) = (area.top().to_pt(), area.bottom().to_pt());
                let mut near = cells.iter().chain(&marks);
                let told = near.any(|(x, y, _)| {
                    (left..right).contains(x) && (top - 1.0..bottom + 1.0).contains(y)
                });
                assert!(told, "{name}: nothing stands on or beside {area:?}");
                bars += 1;
            }
        }
    }
    assert!(sectors > 20 && bars > 30, "{sectors} sectors, {bars} bars");
    assert!(called > 10 && called < sectors, "{called} of {sectors} sectors with lines");
}

/// From the rim of each sector a line leads to the words of its row, and to no other.
fn assert_lines_lead_to_names(document: &Document, nodes: &[Node], drawn: &[&(Point, Item)]) {
    let mut pages = Vec::new();
    let mut rows = Vec::new();
    for node in nodes {
        let Node::Element(element) = node else { panic!("not an element") };
        for child in &element.children {
            match child {
                Node::Items { page, .. } => pages.push(*page),
                Node::Element(_) => {
                    let mut row = Vec::new();
                    items(document, child, &mut row);
                    rows.push(words(&row));
                }
            }
        }
    }
    let lines: Vec<[Point; 3]> = document.pages[pages[0]]
        .frame
        .items
        .iter()
        .filter_map(|(at, item)| {
            let Item::Shape(shape) = item else { return None };
            match shape.path.segments.as_slice() {
                [Segment::Move(rim), Segment::Line(turn), Segment::Line(end)] => {
                    Some([*rim + *at, *turn + *at, *end + *at])
                }
                _ => None,
            }
        })
        .collect();
    for ((at, item), row) in drawn.iter().zip(rows) {
        let Item::Shape(shape) = item else { panic!("not a sector") };
        let mut led = lines.iter().filter(|line| on_rim(&shape.path.segments, line[0] - *at));
        let [_, turn, end] = led.next().unwrap();
        assert!(led.next().is_none(), "two lines from the sector of {row:?}");
        assert_eq!(turn.y, end.y);
        let (left, right) = (turn.x.min(end.x).to_pt(), turn.x.max(end.x).to_pt());
        assert!(row.len() >= 2, "name and value: {row:?}");
        for (x, y, word) in row {
            let above = end.y.to_pt() - y;
            assert!((left..right).contains(&x) && (2.0..26.0).contains(&above), "{word}: {above}");
        }
    }
}

/// Whether a point is on a curve of an outline.
fn on_rim(segments: &[Segment], point: Point) -> bool {
    let mut from = Point::ZERO;
    segments.iter().any(|segment| {
        let start = from;
        match segment {
            Segment::Move(to) | Segment::Line(to) => {
                from = *to;
                false
            }
            Segment::Cubic(a, b, to) => {
                from = *to;
                (0..=200).any(|step| {
                    let t = f64::from(step) / 200.0;
                    let u = 1.0 - t;
                    let [p, q, r, s] = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
                    let x = start.x * p + a.x * q + b.x * r + to.x * s - point.x;
                    let y = start.y * p + a.y * q + b.y * r + to.y * s - point.y;
                    x.to_pt().hypot(y.to_pt()) < 0.5
                })
            }
            Segment::Close => false,
        }
    })
}

/// A shape of a chart: its area, its colour, and the middle of the first curve of a
/// round one.
struct Drawn {
    area: Rect,
    color: Color,
    rim: Option<Point>,
}

impl Drawn {
    fn holds(&self, x: f64, y: f64, beyond: f64) -> bool {
        let Rect { origin, size } = self.area.outset(Abs::pt(beyond));
        let across = origin.x.to_pt()..=(origin.x + size.width).to_pt();
        let down = origin.y.to_pt()..=(origin.y + size.height).to_pt();
        across.contains(&x) && down.contains(&y)
    }
}

/// The letter on each bar's part or at the other end of the line to it, with the
/// letter that the key has for its colour; and those of thin sectors.
fn letters(document: &Document) -> Vec<(String, String)> {
    let mut told = Vec::new();
    document.structure.walk(&mut |element| {
        if element.role != Role::Figure {
            return;
        }
        let mut drawn = Vec::new();
        element.children.iter().for_each(|child| items(document, child, &mut drawn));
        let shapes: Vec<Drawn> = drawn
            .iter()
            .filter_map(|(at, item)| {
                let Item::Shape(shape) = item else { return None };
                let bounds = shape.path.bounds();
                let area = Rect { origin: bounds.origin + *at, size: bounds.size };
                let rim = shape.path.segments.windows(2).find_map(|two| match two {
                    [Segment::Move(a) | Segment::Line(a), Segment::Cubic(.., b)] => {
                        Some(Point::new((a.x + b.x) / 2, (a.y + b.y) / 2) + *at)
                    }
                    _ => None,
                });
                Some(Drawn { area, color: shape.fill?.color, rim })
            })
            .collect();
        let marks = words(&drawn);
        let (swatches, parts): (Vec<&Drawn>, Vec<&Drawn>) = shapes.iter().partition(|shape| {
            shape.rim.is_none()
                && (shape.area.size.width - shape.area.size.height).to_pt().abs() < 0.1
        });
        // In the key a letter stands right of its swatch.
        let named = |color: Color| {
            let swatch = swatches.iter().find(|swatch| swatch.color == color).unwrap();
            let right = swatch.area.right().to_pt();
            let beside = |x: f64| x > right && x < right + 15.0;
            let mut marks = marks.iter().filter(|(x, y, _)| {
                beside(*x) && swatch.holds(swatch.area.left().to_pt(), *y, 2.0)
            });
            marks.next().unwrap().2.clone()
        };
        let lines: Vec<[Point; 2]> = document.pages[0]
            .frame
            .items
            .iter()
            .filter_map(|(at, item)| {
                let Item::Shape(shape) = item else { return None };
                match shape.path.segments.as_slice() {
                    [Segment::Move(from), Segment::Line(to)] => Some([*from + *at, *to + *at]),
                    _ => None,
                }
            })
            .collect();
        for part in parts {
            let foot = |end: &&Point| match part.rim {
                Some(rim) => (rim.x - end.x).to_pt().hypot((rim.y - end.y).to_pt()) < 0.1,
                None => part.holds(end.x.to_pt(), end.y.to_pt(), 0.1),
            };
            let led = lines.iter().find_map(|line| {
                let foot = line.iter().find(foot)?;
                let head = if line[0] == *foot { line[1] } else { line[0] };
                let away = |mark: &&(f64, f64, String)| {
                    (mark.0 - head.x.to_pt()).hypot(mark.1 - head.y.to_pt())
                };
                let near = marks.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
                near.filter(|mark| away(mark) < 12.0)
            });
            let on = marks.iter().find(|(x, y, _)| part.holds(*x, *y, 0.0));
            match (part.rim, led) {
                (None, _) => {
                    let mark = on.or(led).map(|mark| mark.2.clone()).unwrap_or_default();
                    told.push((mark, named(part.color)));
                }
                (Some(_), Some(mark)) => told.push((mark.2.clone(), String::new())),
                (Some(_), None) => {}
            }
        }
    });
    told
}

/// A part of nothing leaves the marks of the others alone.
#[test]
fn parts_that_cannot_be_counted_have_letters() {
    let chart = |rows: &str| {
        made_up(
            3,
            &format!(
                "[[intro.block]]\nchart = \"stacked\"\nalt = \"x\"\nwidth = \"page\"\n\
                 series = [\"nieuw\", \"herhaling\", \"reparatie\"]\ndata = [{rows}]\n"
            ),
        )
    };
    let told = letters(&chart(
        "{ label = \"2022\", values = [90, 80, 70] }, { label = \"2023\", values = [0, 80, 70] }, \
         { label = \"2024\", values = [90, 0, 70] }, { label = \"2025\", values = [150, 1, 2] }",
    ));
    let found: String = told.iter().map(|(mark, _)| mark.as_str()).collect();
    assert_eq!(found, "abcbcacabc");
    assert!(told.iter().all(|(mark, name)| mark == name), "{told:?}");
    // Where all can be counted, names stand above the first bar.
    let plain = chart("{ label = \"2022\", values = [90, 80, 70] }");
    let mut cells = Vec::new();
    items(&plain, &Node::Element(plain.structure.clone()), &mut cells);
    assert!(!words(&cells).iter().any(|word| word.2 == "a"), "letters without need");
}

#[test]
fn letters_of_thin_sectors_stand_beside_the_disc() {
    for chart in ["pie", "donut"] {
        let document = made_up(
            3,
            &format!(
                "[[intro.block]]\nchart = \"{chart}\"\nalt = \"x\"\nsort = false\ndata = [\
                 {{ label = \"hout\", value = 0.4 }}, {{ label = \"steen\", value = 60 }}, \
                 {{ label = \"niets\", value = 0 }}, {{ label = \"glas\", value = 38.5 }}, \
                 {{ label = \"leem\", value = 0.6 }}, {{ label = \"riet\", value = 0.5 }}]\n"
            ),
        );
        let found: String = letters(&document).into_iter().map(|(mark, _)| mark).collect();
        assert_eq!(found, "aef", "{chart}");
    }
}
