//! The lines of a document in their columns and paragraphs: what the figures and
//! the warnings are both drawn from.

use super::limits;
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::{GlyphKind, GlyphRun, Item, LineFacts, OutlineEntry, Page};
use std::collections::BTreeMap;

/// How far apart two lengths may be that mean the same.
const NEAR: Abs = Abs::sp(6554);

/// A line and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    /// How it is set.
    pub(super) facts: &'a LineFacts,
    /// Index of its page.
    pub(super) page: usize,
    /// Index of its column on the page; none for titles, boxes across all
    /// columns, headers and the like.
    pub(super) column: Option<usize>,
    /// What it is made of.
    pub(super) words: Words,
}

/// How short a justified line may stay before it counts: a point; a little less
/// is as margins are kerned.
const SHORT: Abs = Abs::sp(65_536);

impl Spot<'_> {
    /// How far a line ends before its measure, if an eye can see it.
    pub(super) fn short(&self) -> Option<Abs> {
        let LineFacts { measure, width, protrusion, .. } = *self.facts;
        let short = measure + protrusion.0 + protrusion.1 - width;
        (short > SHORT).then_some(short)
    }
}

/// What a line is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Characters other than spaces.
    chars: i64,
    /// Spaces.
    pub(super) spaces: i64,
    /// The width of the spaces.
    pub(super) white: Abs,
    /// The width of everything else.
    black: Abs,
}

impl Words {
    fn add(&mut self, run: &GlyphRun) {
        for glyph in &run.glyphs {
            if glyph.kind == GlyphKind::Space {
                self.spaces += 1;
                self.white += glyph.advance;
            } else {
                self.black += glyph.advance;
            }
        }
        self.chars += run.text.chars().filter(|c| !c.is_whitespace()).count() as i64;
    }

    /// About how many characters fill a width, at least 1.
    pub(super) fn chars_in(&self, width: Abs) -> i64 {
        let one = (self.black / self.chars.max(1)).max(Abs::sp(1));
        width.steps_up(one).max(1)
    }

    /// All characters, spaces too.
    pub(super) fn len(&self) -> i64 {
        self.chars + self.spaces
    }
}

/// A document looked through.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    /// The pages.
    pub(super) pages: &'a [Page],
    /// The headings.
    pub(super) outline: &'a [OutlineEntry],
    /// The lines, page by page in reading order.
    pub(super) lines: Vec<Spot<'a>>,
    /// The lines of each paragraph that is set in more than one, by their numbers.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// The size of running text: the one that fills the greatest length.
    pub(super) body: Abs,
}

impl<'a> Survey<'a> {
    pub(super) fn new(pages: &'a [Page], outline: &'a [OutlineEntry]) -> Survey<'a> {
        let mut lines = Vec::new();
        for (number, page) in pages.iter().enumerate() {
            let runs = Runs::new(page);
            lines.extend(page.frame.lines.iter().map(|facts| Spot {
                facts,
                page: number,
                column: page.columns.iter().position(|column| holds(column.area, facts)),
                words: runs.words(facts),
            }));
        }
        let body = most_used_size(&lines);
        let paragraphs = paragraphs(&lines);
        Survey { pages, outline, lines, paragraphs, body }
    }

    /// Whether a line is running text, to which the rules for gaps, runts and
    /// the grid apply.
    pub(super) fn is_body(&self, line: &Spot<'_>) -> bool {
        self.has_body_size(line) && line.facts.measure >= Abs::mm(limits::BODY_MEASURE_MM)
    }

    /// The justified lines of running text, by their numbers: those whose gaps
    /// count.
    pub(super) fn justified(&self) -> impl Iterator<Item = (usize, &Spot<'a>)> {
        let lines = self.lines.iter().enumerate();
        lines.filter(|(_, line)| line.facts.justified && self.is_body(line))
    }

    /// Whether a line has the size of running text.
    pub(super) fn has_body_size(&self, line: &Spot<'_>) -> bool {
        (line.facts.size - self.body).abs() < NEAR
    }

    /// The lines of a column, from top to bottom.
    pub(super) fn column_lines(&self, page: usize, column: usize) -> Vec<&Spot<'a>> {
        let mut lines: Vec<_> = self
            .lines
            .iter()
            .filter(|line| line.page == page && line.column == Some(column))
            .collect();
        lines.sort_by_key(|line| line.facts.at.y);
        lines
    }

    /// How much of a page's rows is filled, from the top to the lowest thing on
    /// the grid; none on a page without one.
    pub(super) fn filled(&self, page: usize) -> Option<f64> {
        let page = self.pages.get(page)?;
        let grid = page.grid.filter(|grid| grid.rows > 0 && grid.leading > Abs::ZERO)?;
        let last = grid.first + grid.leading * (grid.rows - 1);
        let columns = page.columns.iter();
        let columns =
            columns.filter(|c| c.area.size.height > Abs::ZERO).map(|column| column.area.bottom());
        let lines = page.frame.lines.iter().map(|line| line.at.y);
        let drawn = page.frame.items.iter().filter_map(|(at, item)| match item {
            Item::Picture(picture) => Some(at.y + picture.size.height),
            Item::Shape(shape) => Some(at.y + shape.path.bounds().bottom()),
            Item::Text(_) | Item::Link(_) => None,
        });
        // A row reaches from above its baseline to a little below it: what ends
        // at a row's foot is counted with that row and not with the next.
        let row = |y: Abs| (y - grid.first - grid.leading / 2).steps_up(grid.leading) + 1;
        let inside = |y: &Abs| *y > grid.first - grid.leading && *y < last + grid.leading;
        let rows = columns.chain(lines).chain(drawn).filter(inside).map(row).max();
        Some(rows.unwrap_or(0).clamp(0, grid.rows) as f64 / grid.rows as f64)
    }

    /// A place in the author's file for what stands in an area: that of its
    /// lowest line, or of a picture or shape in it.
    pub(super) fn place_in(&self, page: usize, area: Rect) -> Option<Span> {
        let page = self.pages.get(page)?;
        let inside = |at: Point| {
            at.x >= area.left() - NEAR
                && at.x <= area.right()
                && at.y >= area.top() - NEAR
                && at.y <= area.bottom()
        };
        let lines = page.frame.lines.iter().filter(|line| inside(line.at));
        let line = lines.max_by_key(|line| line.at.y).map(|line| line.span);
        line.or_else(|| {
            page.frame.items.iter().find_map(|(at, item)| match item {
                Item::Picture(picture) if inside(*at) => Some(picture.span),
                Item::Shape(shape) if inside(*at + shape.path.bounds().origin) => Some(shape.span),
                _ => None,
            })
        })
    }
}

/// Whether a line's baseline starts in a column and its measure lies within.
fn holds(column: Rect, line: &LineFacts) -> bool {
    let end = line.at.x + line.measure;
    line.at.x >= column.left() - NEAR
        && end <= column.right() + NEAR
        && line.at.y > column.top()
        && line.at.y <= column.bottom()
}

/// The runs of text of a page by the height of their baseline.
struct Runs<'a>(BTreeMap<Abs, Vec<(Abs, &'a GlyphRun)>>);

impl<'a> Runs<'a> {
    fn new(page: &'a Page) -> Runs<'a> {
        let mut runs = BTreeMap::<Abs, Vec<_>>::new();
        for (at, item) in &page.frame.items {
            if let Item::Text(run) = item {
                runs.entry(at.y).or_default().push((at.x, run));
            }
        }
        Runs(runs)
    }

    /// What stands on the baseline of a line and within its measure.
    fn words(&self, line: &LineFacts) -> Words {
        let mut words = Words::default();
        let start = line.at.x - line.protrusion.0 - NEAR;
        let end = line.at.x + line.measure.max(line.width) + NEAR;
        for (x, run) in self.0.get(&line.at.y).into_iter().flatten() {
            if *x >= start && *x <= end {
                words.add(run);
            }
        }
        words
    }
}

fn most_used_size(lines: &[Spot<'_>]) -> Abs {
    let mut used = BTreeMap::<Abs, Abs>::new();
    for line in lines {
        *used.entry(line.facts.size).or_default() += line.facts.width;
    }
    let most = used.into_iter().max_by_key(|&(size, width)| (width, size));
    most.map_or(Abs::ZERO, |(size, _)| size)
}

/// The paragraphs of several lines. Those that run on from a column to the next
/// may have a box or a footer between their lines.
fn paragraphs(lines: &[Spot<'_>]) -> Vec<Vec<usize>> {
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let facts = line.facts;
        if facts.count < 2 {
            continue;
        }
        let before = open.iter().rposition(|&paragraph| {
            paragraphs[paragraph].last().is_some_and(|&last| {
                let last = lines[last].facts;
                last.index + 1 == facts.index && last.count == facts.count
            })
        });
        let paragraph = match before.filter(|_| facts.index > 0) {
            Some(at) => open.remove(at),
            None => {
                paragraphs.push(Vec::new());
                paragraphs.len() - 1
            }
        };
        paragraphs[paragraph].push(number);
        if !facts.is_last() {
            open.push(paragraph);
        }
    }
    paragraphs
}
