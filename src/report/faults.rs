//! Where a document misses the [limits].

use super::limits;
use super::survey::{Spot, Survey};
use crate::base::{Abs, Rect};
use crate::diag::Span;
use std::collections::BTreeMap;

/// How far apart two lengths may be that mean the same.
const NEAR: Abs = Abs::sp(6554);

/// A limit that is missed, and where. Lines are given by their numbers in the
/// survey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fault {
    /// A justified line with gaps wider than [`limits::GAP_MOST`].
    Loose(usize),
    /// A justified line with gaps wider than [`limits::GAP_P95`], of so many in
    /// all, where too many are.
    Wide(usize, Crowd),
    /// A justified line with gaps narrower than [`limits::GAP_LEAST`].
    Tight(usize),
    /// A line that should be justified and ends before its measure, by so much.
    Short(usize, Abs),
    /// The last of so many hyphenated lines in a row, when there are more than
    /// [`limits::HYPHENS_IN_A_ROW`].
    Hyphens(usize, usize),
    /// A hyphenated line after which its paragraph goes on in another column.
    HyphenAtFoot(usize),
    /// A last line shorter than [`limits::RUNT`].
    Runt(usize),
    /// A last line that is the tail of a hyphenated word.
    Stub(usize),
    /// A last line alone at a column's head.
    Widow(usize),
    /// A first line alone at a column's foot.
    Orphan(usize),
    /// A heading, by its number in the outline, without its text below.
    Stranded(usize),
    /// Columns side by side that end at different heights.
    Uneven(Feet),
    /// A page, by its index, that is filled by so much.
    Empty(usize, f64, Span),
}

/// Lines of a kind among all that could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowd {
    /// How many there are.
    pub(super) found: usize,
    /// How many there may be.
    pub(super) most: usize,
    /// Of how many.
    pub(super) all: usize,
}

/// Columns side by side that end at different heights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Feet {
    /// Index of the page.
    pub(super) page: usize,
    /// The group of the columns.
    pub(super) group: usize,
    /// By how many rows they differ.
    pub(super) rows: i64,
    /// By how many they may.
    pub(super) most: i64,
    /// Where the longest of them ends in the author's file.
    pub(super) span: Option<Span>,
}

/// All limits that are missed.
pub(super) fn find(survey: &Survey<'_>) -> Vec<Fault> {
    let mut found = Vec::new();
    for (number, line) in survey.lines.iter().enumerate() {
        found.extend(white(survey, number, line));
    }
    wide(survey, &mut found);
    for paragraph in &survey.paragraphs {
        hyphens(survey, paragraph, &mut found);
        found.extend(runt(survey, paragraph));
        parted(survey, paragraph, &mut found);
    }
    let headings = 0..survey.outline.len();
    found.extend(headings.filter(|&heading| is_stranded(survey, heading)).map(Fault::Stranded));
    for page in 0..survey.pages.len() {
        let feet = feet(survey, page).into_iter();
        found.extend(feet.filter(|feet| feet.rows > feet.most).map(Fault::Uneven));
        found.extend(empty(survey, page));
    }
    found
}

/// What is wrong with the white of a line.
fn white(survey: &Survey<'_>, number: usize, line: &Spot<'_>) -> Option<Fault> {
    let facts = line.facts;
    if !facts.justified || !survey.is_body(line) {
        return None;
    }
    if let Some(short) = line.short() {
        Some(Fault::Short(number, short))
    } else if facts.gap > limits::GAP_MOST + limits::GAP_ROUNDING {
        Some(Fault::Loose(number))
    } else if facts.gap < limits::GAP_LEAST - limits::GAP_ROUNDING {
        Some(Fault::Tight(number))
    } else {
        None
    }
}

/// Lines with wide gaps that are too many, the widest first; without those that
/// break a limit of their own.
fn wide(survey: &Survey<'_>, found: &mut Vec<Fault>) {
    let all = survey.justified().count();
    let mut wide: Vec<_> = survey
        .justified()
        .filter(|(_, line)| line.facts.gap > limits::GAP_P95 + limits::GAP_ROUNDING)
        .collect();
    let crowd = Crowd { found: wide.len(), most: all / limits::WIDE_ONE_IN, all };
    if crowd.most == 0 {
        return;
    }
    wide.sort_by(|(_, a), (_, b)| b.facts.gap.total_cmp(&a.facts.gap));
    let excess = wide.into_iter().take(crowd.found.saturating_sub(crowd.most));
    let unnamed = excess.filter(|&(number, line)| white(survey, number, line).is_none());
    found.extend(unnamed.map(|(number, _)| Fault::Wide(number, crowd)));
}

/// The lengths of the runs of hyphenated lines in a paragraph, each with the
/// last of its lines.
pub(super) fn hyphen_runs(survey: &Survey<'_>, paragraph: &[usize]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut length = 0;
    for (at, &line) in paragraph.iter().enumerate() {
        let hyphen = |line: usize| survey.lines[line].facts.hyphen;
        length = if hyphen(line) { length + 1 } else { 0 };
        let goes_on = paragraph.get(at + 1).is_some_and(|&next| hyphen(next));
        if length > 0 && !goes_on {
            runs.push((line, length));
        }
    }
    runs
}

fn hyphens(survey: &Survey<'_>, paragraph: &[usize], found: &mut Vec<Fault>) {
    for (line, length) in hyphen_runs(survey, paragraph) {
        if length > limits::HYPHENS_IN_A_ROW {
            found.push(Fault::Hyphens(line, length));
        }
    }
    for pair in paragraph.windows(2) {
        let (line, next) = (&survey.lines[pair[0]], &survey.lines[pair[1]]);
        if line.facts.hyphen && stand(line) != stand(next) {
            found.push(Fault::HyphenAtFoot(pair[0]));
        }
    }
}

/// The page and column of a line.
fn stand(line: &Spot<'_>) -> (usize, Option<usize>) {
    (line.page, line.column)
}

fn runt(survey: &Survey<'_>, paragraph: &[usize]) -> Option<Fault> {
    let (&last, before) = paragraph.split_last()?;
    let line = &survey.lines[last];
    if !line.facts.is_last() || !survey.is_body(line) {
        return None;
    }
    let hyphened = before.last().is_some_and(|&line| survey.lines[line].facts.hyphen);
    if hyphened && line.words.spaces == 0 {
        Some(Fault::Stub(last))
    } else {
        let length = line.facts.width + NEAR;
        (length < limits::RUNT.at(line.facts.size)).then_some(Fault::Runt(last))
    }
}

/// Finds the widow and the orphan of a paragraph.
fn parted(survey: &Survey<'_>, paragraph: &[usize], found: &mut Vec<Fault>) {
    let place = |at: usize| paragraph.get(at).map(|&line| stand(&survey.lines[line]));
    let Some(last) = paragraph.len().checked_sub(1).filter(|&last| last > 0) else { return };
    if place(0) != place(1) {
        found.push(Fault::Orphan(paragraph[0]));
    }
    if place(last) != place(last - 1) {
        found.push(Fault::Widow(paragraph[last]));
    }
}

/// Whether less than two lines of its text stand below a heading in a column.
/// A text of a single line has no second one to show.
fn is_stranded(survey: &Survey<'_>, heading: usize) -> bool {
    let entry = &survey.outline[heading];
    let Some(page) = survey.pages.get(entry.page) else { return false };
    let inside = |area: Rect| {
        let x = entry.at.x + NEAR;
        let y = entry.at.y + NEAR;
        x > area.left() && x < area.right() && y > area.top() && y < area.bottom()
    };
    let Some(number) = page.columns.iter().position(|column| inside(column.area)) else {
        return false;
    };
    let column = page.columns[number];
    let Some(grid) = page.grid else { return false };
    let lines = survey.column_lines(entry.page, number);
    let mut words = lines.iter().filter(|line| line.facts.at.y > entry.at.y);
    let Some(first) = words.next().map(|line| line.facts) else { return false };
    // Its own lines stand first, one row or more below each other.
    let below = first.at.y + first.leading.max(grid.leading) * i64::from(first.count - 1);
    let rows = (column.area.bottom() - below).to_sp() / grid.leading.to_sp().max(1);
    let alone = column.ends
        && page.columns.iter().all(|other| {
            other.group != column.group
                || other.index <= column.index
                || other.area.size.height <= Abs::ZERO
        });
    rows < if alone { 1 } else { limits::LINES_TOGETHER as i64 }
}

/// By how much the columns of each group on a page differ in height.
pub(super) fn feet(survey: &Survey<'_>, page: usize) -> Vec<Feet> {
    let columns = &survey.pages[page].columns;
    let leading = survey.pages[page].grid.map_or(Abs::ZERO, |grid| grid.leading);
    let mut groups = BTreeMap::<usize, Vec<_>>::new();
    for column in columns {
        groups.entry(column.group).or_default().push(column);
    }
    let groups = groups.into_iter().filter(|(_, columns)| columns.len() > 1);
    let measured = groups.filter_map(|(group, columns)| {
        let longest = columns.iter().max_by_key(|column| column.area.bottom())?;
        let shortest = columns.iter().min_by_key(|column| column.area.bottom())?;
        let apart = longest.area.bottom() - shortest.area.bottom();
        let ends = columns.iter().all(|column| column.ends);
        let most = if ends { limits::FEET_APART } else { 0 };
        let span = survey.place_in(page, longest.area);
        Some(Feet { page, group, rows: apart.steps_up(leading), most, span })
    });
    measured.collect()
}

/// A page that is nearly empty though text goes on after it. Before a chapter on
/// a new page, a page without a grid and the end there is nothing to fill it with.
fn empty(survey: &Survey<'_>, page: usize) -> Option<Fault> {
    let share = survey.filled(page).filter(|&share| share < limits::FULL_SHARE)?;
    let next = survey.pages.get(page + 1)?;
    let grid = next.grid?;
    // The heading of the back page, which has no columns, opens no chapter.
    let back = page + 2 == survey.pages.len() && next.columns.is_empty();
    let opens = !back
        && survey.outline.iter().any(|entry| {
            entry.level == 1 && entry.page == page + 1 && entry.at.y < grid.first + grid.leading
        });
    if opens {
        return None;
    }
    let whole = Rect { origin: Default::default(), size: survey.pages[page].trim };
    let columns = survey.pages[page].columns.iter();
    let lowest = columns.max_by_key(|column| column.area.bottom()).map(|column| column.area);
    let span = lowest.and_then(|area| survey.place_in(page, area));
    let span = span.or_else(|| survey.place_in(page, whole))?;
    Some(Fault::Empty(page, share, span))
}
