//! Boxes on one page, opened up alike.
//!
//! The search prices each column by itself, so of two lists in boxes on one page one
//! may have white between its entries and the other none. Where that costs little,
//! all of a page are made alike afterwards: the rows that it takes or gives go from
//! or to the white between the blocks of the same column, which ends where it did.

use super::galley::{Drawing, Part, Segment, Setting, Shape, White};
use super::paginate::{Pagination, Placed};
use super::weights as w;
use std::collections::BTreeMap;

/// Rows that white may grow for it: more would show worse than boxes that differ.
const MOST: i64 = 2;

/// Makes the boxes of each page alike.
pub(super) fn make_alike(segments: &[Segment<'_>], pagination: &mut Pagination) {
    make_alike_by(segments, pagination, is_open);
}

/// Whether a box has white between the entries of its list in one of its settings;
/// nothing if it never has.
fn is_open(part: &Part<'_>, setting: usize) -> Option<bool> {
    let Drawing::Box(opening) = &part.drawing else { return None };
    let can_open = opening.eases.iter().any(|ease| ease.entries > 0);
    let ease = opening.eases.get(setting).filter(|_| can_open)?;
    Some(ease.entries > 0)
}

/// Tells whether a setting of a part is open.
type IsOpen = fn(&Part<'_>, usize) -> Option<bool>;

fn make_alike_by(segments: &[Segment<'_>], pagination: &mut Pagination, is_open: IsOpen) {
    for page in pages(segments, pagination) {
        let columns = page.into_values().collect::<Vec<_>>();
        let states = columns.iter().flat_map(|column| {
            let placed = column.placed.iter().map(|&index| &pagination.placed[index].what);
            placed.filter_map(|what| is_open(&column.parts[what.part], what.setting))
        });
        let states: Vec<bool> = states.collect();
        if states.iter().all(|&open| open) || !states.contains(&true) {
            continue;
        }
        let ways = [false, true].into_iter().filter_map(|open| {
            let refit = |column| refit(column, &pagination.placed, open, is_open);
            let ways: Option<Vec<Refit>> = columns.iter().map(refit).collect();
            ways.map(|ways| (ways.iter().map(|way| way.cost).sum::<i64>(), ways))
        });
        let Some((cost, ways)) = ways.min_by_key(|(cost, _)| *cost) else { continue };
        if cost > w::UNLIKE {
            continue;
        }
        pagination.cost += cost;
        for (index, setting, row) in ways.into_iter().flat_map(|way| way.places) {
            let what = &mut pagination.placed[index].what;
            (what.setting, what.row) = (setting, row);
        }
    }
}

/// What stands in a column, from top to bottom.
struct Column<'a> {
    parts: &'a [Part<'a>],
    /// Indices into what is placed.
    placed: Vec<usize>,
}

/// The columns of a page, by segment and from left to right.
type Page<'a> = BTreeMap<(usize, usize), Column<'a>>;

/// The pages with their columns.
fn pages<'a>(segments: &'a [Segment<'a>], pagination: &Pagination) -> Vec<Page<'a>> {
    let mut pages: Vec<Page<'_>> = Vec::new();
    pages.resize_with(pagination.pages, Page::new);
    for (index, placed) in pagination.placed.iter().enumerate() {
        let Placed { segment, page, column, .. } = *placed;
        let Some(Segment::Columns { parts, .. }) = segments.get(segment) else { continue };
        let column = pages[page].entry((segment, column));
        column.or_insert_with(|| Column { parts, placed: Vec::new() }).placed.push(index);
    }
    for column in pages.iter_mut().flat_map(Page::values_mut) {
        column.placed.sort_by_key(|&index| pagination.placed[index].what.row);
    }
    pages
}

/// A column set in another way.
struct Refit {
    /// What it costs more.
    cost: i64,
    /// What is placed, by index, with its setting and its row.
    places: Vec<(usize, usize, i64)>,
}

/// White between two blocks: its rows, and of what kind it is if it can grow.
struct Gap {
    rows: i64,
    white: Option<White>,
}

impl Gap {
    /// By how many rows it has grown, if it can.
    fn grown(&self) -> Option<(White, i64)> {
        self.white.map(|white| (white, self.rows - white.rows))
    }

    /// What it costs to grow by another row.
    fn next(&self) -> Option<i64> {
        let (white, grown) =
            self.grown().filter(|(white, grown)| *grown < white.stretch.min(MOST))?;
        Some(white.growth(grown + 1) - white.growth(grown))
    }

    /// What it saves to shrink by a row.
    fn last(&self) -> Option<i64> {
        let (white, grown) = self.grown().filter(|(_, grown)| *grown > 0)?;
        Some(white.growth(grown) - white.growth(grown - 1))
    }
}

/// Sets all boxes of a column open or all tight, in the same rows; nothing if its
/// white cannot take or give what that takes.
fn refit(column: &Column<'_>, placed: &[Placed], open: bool, is_open: IsOpen) -> Option<Refit> {
    let what = |&index: &usize| &placed[index].what;
    let (mut cost, mut left) = (0, 0);
    let mut places = Vec::with_capacity(column.placed.len());
    let mut gaps: Vec<Gap> = Vec::with_capacity(column.placed.len());
    for (position, index) in column.placed.iter().enumerate() {
        let here = what(index);
        if let Some(above) = position.checked_sub(1).and_then(|above| column.placed.get(above)) {
            let above = what(above);
            let below = above.row + height(column, above.part, above.setting, above.lines.len());
            let white = white_between(column.parts, above.part, here.part);
            gaps.push(Gap { rows: here.row - below, white });
        }
        let part = &column.parts[here.part];
        let (mut setting, lines) = (here.setting, here.lines.len());
        if is_open(part, setting).is_some_and(|now| now != open) {
            let Shape::Set(settings) = &part.shape else { return None };
            let other = |(number, _): &(usize, &Setting)| is_open(part, *number) == Some(open);
            let others = settings.iter().enumerate().filter(other);
            let (number, other) = others.min_by_key(|(_, setting)| setting.cost)?;
            cost += other.cost - settings[setting].cost;
            left += height(column, here.part, setting, lines)
                - height(column, here.part, number, lines);
            setting = number;
        }
        places.push((*index, setting, here.row));
    }
    // White gets dearer row by row: what is cheapest one by one is so in all.
    while left != 0 {
        if left > 0 {
            let gap =
                gaps.iter_mut().filter(|gap| gap.next().is_some()).min_by_key(|g| g.next())?;
            cost += gap.next()?;
            gap.rows += 1;
            left -= 1;
        } else {
            let gap =
                gaps.iter_mut().filter(|gap| gap.last().is_some()).max_by_key(|g| g.last())?;
            cost -= gap.last()?;
            gap.rows -= 1;
            left += 1;
        }
    }
    let mut row = places.first()?.2;
    for ((index, setting, at), gap) in places.iter_mut().zip(gaps.iter().map(Some).chain([None])) {
        *at = row;
        let what = what(index);
        row += height(column, what.part, *setting, what.lines.len());
        row += gap.map_or(0, |gap| gap.rows);
    }
    Some(Refit { cost, places })
}

/// The rows of so many lines of a part.
fn height(column: &Column<'_>, part: usize, setting: usize, lines: usize) -> i64 {
    match &column.parts[part].shape {
        Shape::Set(settings) => settings.get(setting).map_or(0, |set| set.rows * lines as i64),
        Shape::Float(rows) => *rows,
        Shape::White(_) => 0,
    }
}

/// The white between two parts if nothing else was meant to stand there.
fn white_between(parts: &[Part<'_>], above: usize, below: usize) -> Option<White> {
    let mut found: Option<White> = None;
    for part in parts.get(above + 1..below)? {
        let Shape::White(white) = part.shape else { return None };
        found = Some(found.map_or(white, |other| other.larger(white)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::column::Placement;
    use super::*;

    /// A box of four rows that takes two more if it is opened up.
    fn list() -> Part<'static> {
        let open = Setting { cost: w::EASED_ENTRIES, ..Setting::whole(6) };
        set(vec![Setting::whole(4), open])
    }

    fn set(settings: Vec<Setting>) -> Part<'static> {
        let (after, drawing, heading) = (0, Drawing::Nothing, None);
        Part { shape: Shape::Set(settings), after, drawing, heading }
    }

    fn white(stretch: i64) -> Part<'static> {
        Part::white(White { rows: 1, stretch, price: w::GROWN })
    }

    fn opens(part: &Part<'_>, setting: usize) -> Option<bool> {
        match &part.shape {
            Shape::Set(settings) if settings.len() == 2 => Some(setting == 1),
            _ => None,
        }
    }

    /// A page of two columns, each a list, white and a block of two rows; the first
    /// is open, the white of the second has grown by some rows.
    fn page(stretch: i64, grown: i64) -> (Vec<Segment<'static>>, Pagination) {
        let column = || [list(), white(stretch), set(vec![Setting::whole(2)])];
        let parts = column().into_iter().chain(column()).collect();
        let segments = vec![Segment::Columns { count: 2, parts }];
        let mut pagination = Pagination { pages: 1, ..Pagination::default() };
        for (column, part, setting, row) in
            [(0, 0, 1, 0), (0, 2, 0, 7), (1, 3, 0, 0), (1, 5, 0, 5 + grown)]
        {
            let what = Placement { part, setting, lines: 0..1, row };
            pagination.placed.push(Placed { segment: 0, what, page: 0, column });
        }
        (segments, pagination)
    }

    /// Settings and rows of what stands on the page after it was made alike.
    fn alike(stretch: i64, grown: i64) -> (Vec<(usize, i64)>, i64) {
        let (segments, mut pagination) = page(stretch, grown);
        make_alike_by(&segments, &mut pagination, opens);
        let places = pagination.placed.iter();
        (places.map(|placed| (placed.what.setting, placed.what.row)).collect(), pagination.cost)
    }

    #[test]
    fn a_box_is_opened_by_what_white_had_grown() {
        let cost = w::EASED_ENTRIES - 4 * w::GROWN;
        assert_eq!(alike(2, 2), (vec![(1, 0), (0, 7), (1, 0), (0, 7)], cost));
    }

    #[test]
    fn a_box_is_closed_if_the_others_cannot_open() {
        let cost = 4 * w::GROWN - w::EASED_ENTRIES;
        assert_eq!(alike(3, 0), (vec![(0, 0), (0, 7), (0, 0), (0, 5)], cost));
    }

    #[test]
    fn boxes_stay_as_they_are_where_white_cannot_make_up_for_it() {
        assert_eq!(alike(1, 0), (vec![(1, 0), (0, 7), (0, 0), (0, 5)], 0));
    }
}
