//! The ways to fill the columns of one page, or of what a spanner has left of it.
//!
//! On a page that goes on, all columns end at the same row; where a segment
//! ends, they are balanced to within a row. Only if no brochure can be made of
//! that are columns of unlike heights looked at, the least unlike first ([`Tier`]).

use super::column::{End, NEVER, Spot, Wanted, ends};
use super::galley::{Part, Shape};
use super::quick::QuickMap;
use super::spots::{Numbers, Slots};
use super::tier::Tier;
use super::weights as w;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Lines of a segment for whose end the least cost is worked out beforehand.
const SHORT_SEGMENT: usize = 12;

/// A way to fill the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// What it costs.
    pub(super) cost: i64,
    /// The columns from left to right; there are fewer if the rest is empty.
    pub(super) columns: Vec<End>,
    /// The rows of the tallest.
    pub(super) rows: i64,
    /// Where the next page goes on; none if the segment ends here.
    pub(super) next: Option<Spot>,
}

/// The columns of one segment, kept from page to page.
pub(super) struct Columns<'a> {
    parts: &'a [Part<'a>],
    count: usize,
    /// Rows of a whole page.
    page_rows: i64,
    /// For each part the rows that all from there on take at least and at most.
    rest: Vec<(i64, i64)>,
    /// The same at least, with a row for white wherever there is any.
    spaced: Vec<i64>,
    /// The numbers of spots.
    numbers: Numbers,
    /// For each of them, the columns from there on.
    known: Vec<Vec<(i64, Wanted, Rc<Column>)>>,
    /// Where the cheapest step to each of them is noted while a page is filled.
    slots: Slots,
}

/// The ends of one column.
#[derive(Debug, Default)]
struct Column {
    /// Those after which the segment goes on, the tallest first, of equals the
    /// cheapest.
    open: Vec<Open>,
    /// Those at the segment's end, the cheapest for each height.
    closed: Vec<End>,
}

/// The end of a column after which the segment goes on.
#[derive(Debug, Clone, Copy)]
struct Open {
    end: End,
    /// The number of the spot where the next column starts.
    number: usize,
}

/// Columns that have been filled, from the left.
#[derive(Debug, Clone)]
struct Filled {
    columns: Vec<End>,
    cost: i64,
    least: i64,
    most: i64,
}

impl Filled {
    const NONE: Filled = Filled { columns: Vec::new(), cost: 0, least: NEVER, most: 0 };

    fn with(&self, end: End) -> Filled {
        let mut columns = Vec::with_capacity(self.columns.len() + 1);
        columns.extend_from_slice(&self.columns);
        columns.push(end);
        Filled {
            columns,
            cost: self.cost + end.cost,
            least: self.least.min(end.rows),
            most: self.most.max(end.rows),
        }
    }

    /// By how many rows the columns differ once one of so many rows is added.
    fn spread(&self, rows: i64) -> i64 {
        if self.columns.is_empty() { 0 } else { self.most.max(rows) - self.least.min(rows) }
    }
}

impl<'a> Columns<'a> {
    pub(super) fn new(parts: &'a [Part<'a>], count: usize, page_rows: i64) -> Columns<'a> {
        let mut rest = vec![(0, 0); parts.len() + 1];
        for (index, part) in parts.iter().enumerate().rev() {
            // White may vanish at a column's head.
            let least = if part.is_white() { 0 } else { part.least_rows() };
            rest[index] = (rest[index + 1].0 + least, rest[index + 1].1 + part.most_rows());
        }
        let spaced = spaced(parts);
        let numbers = Numbers::new(parts);
        Columns {
            parts,
            count,
            page_rows,
            rest,
            spaced,
            numbers,
            known: Vec::new(),
            slots: Slots::default(),
        }
    }

    /// What the end of the segment costs at least, wherever its last page starts;
    /// known only of short segments, such as a single box, which has nothing
    /// to stand level with.
    pub(super) fn least_end(&mut self) -> i64 {
        let lines: usize = self.parts.iter().map(Part::most_lines).sum();
        if lines > SHORT_SEGMENT {
            return 0;
        }
        let mut spots = Vec::new();
        for (part, what) in self.parts.iter().enumerate() {
            spots.push(Spot { part: part as u32, ..Spot::START });
            if let Shape::Set(settings) = &what.shape {
                for (number, setting) in settings.iter().enumerate() {
                    let rest = 1..setting.lines();
                    spots.extend(rest.map(|line| Spot {
                        part: part as u32,
                        setting: number as u16,
                        line: line as u16,
                        owed: None,
                    }));
                }
            }
            if let Shape::Float(_) = what.shape {
                // A float may stand in the column after its place.
                return 0;
            }
        }
        let rows = self.page_rows;
        let mut ways = Vec::new();
        for spot in spots {
            self.finish(spot, rows, Tier::all(rows), &mut ways);
        }
        ways.iter().map(|way| way.cost).min().unwrap_or(0)
    }

    /// The ways to go on from a spot at a row of the page: the cheapest for each
    /// spot to go on at, and for each height at which the segment ends. Those to
    /// go on that cost no less than `known` tells of their spot are left out.
    pub(super) fn ways(
        &mut self,
        from: Spot,
        row: i64,
        tier: Tier,
        known: impl Fn(Spot) -> i64,
    ) -> Vec<Way> {
        let capacity = self.page_rows - row;
        let mut ways = Vec::new();
        if capacity <= 0 {
            return ways;
        }
        self.go_on(from, capacity, tier, known, &mut ways);
        if tier.is_first_alike() && self.left(from).0 <= capacity * self.count as i64 {
            self.finish(from, capacity, tier, &mut ways);
        }
        ways
    }

    /// Pages that go on.
    fn go_on(
        &mut self,
        from: Spot,
        capacity: i64,
        tier: Tier,
        known: impl Fn(Spot) -> i64,
        ways: &mut Vec<Way>,
    ) {
        let (least_cost, below) = tier.costs();
        let wide = tier.last_alike();
        let rows = (capacity - wide.short(capacity), capacity);
        let wanted = Wanted { open: rows, closed: Wanted::NONE, below: wide.costs().1 };
        let root = Step {
            spot: from,
            number: self.number(from),
            least: NEVER,
            most: 0,
            cost: 0,
            before: 0,
            end: End { spot: from, rows: 0, cost: 0 },
        };
        let mut layers = vec![vec![root]];
        let mut turns = Vec::new();
        let mut slots = std::mem::take(&mut self.slots);
        for left in (0..self.count).rev() {
            let mut next: Vec<Step> = Vec::new();
            let mut cheapest = if layers.len() == 1 {
                Cheapest::All
            } else if left == 0 && tier.spread() == 0 {
                Cheapest::Alone(slots.clear())
            } else {
                Cheapest::ByHeight(QuickMap::default())
            };
            for (before, step) in layers.last().into_iter().flatten().enumerate() {
                let column = self.column(step.spot, step.number, capacity, wanted);
                for &Open { end, number } in at_height(&column.open, step, tier.spread()) {
                    let (least, most) = (step.least.min(end.rows), step.most.max(end.rows));
                    let cost = step.cost + end.cost;
                    let short = capacity - most;
                    let whole = cost + w::short(short);
                    if whole >= below {
                        // Ends of one height get dearer from here on.
                        if most == end.rows && least == end.rows && step.least != NEVER {
                            break;
                        }
                        continue;
                    }
                    // Cheaper ones have been looked at before.
                    if left == 0 && whole < least_cost {
                        continue;
                    }
                    let (row, filled) = (self.page_rows - capacity, self.page_rows - short);
                    let page = w::goes_on(filled, self.page_rows) + w::stub(row, filled);
                    let step = Step { spot: end.spot, number, least, most, cost, before, end };
                    cheapest.keep(step, page, &mut next);
                }
            }
            layers.push(next);
            if left == 0 || matches!(tier, Tier::Apart(_)) {
                self.turn(&layers, left, capacity, &mut turns);
            }
        }
        self.slots = slots;
        turns.sort_unstable_by_key(|turn| (turn.spot.key(), turn.cost));
        turns.dedup_by_key(|turn| turn.spot);
        turns.retain(|turn| turn.cost < known(turn.spot));
        ways.extend(turns.into_iter().map(|turn| {
            let step = layers[turn.layer][turn.step];
            let (spot, cost, rows) = (turn.spot, turn.cost, step.most);
            Way { cost, columns: columns(&layers, turn), rows, next: Some(spot) }
        }));
    }

    /// Ends a page after the columns of the last layer, so many `left` empty.
    fn turn(&self, layers: &[Vec<Step>], left: usize, capacity: i64, turns: &mut Vec<Turn>) {
        let layer = layers.len() - 1;
        for (step, last) in layers[layer].iter().enumerate() {
            let (rows, short) = (last.most, capacity - last.most);
            let least = if left > 0 { 0 } else { last.least };
            let cost = last.cost
                + w::UNEVEN * (rows - least)
                + w::goes_on(self.page_rows - short, self.page_rows)
                + w::stub(self.page_rows - capacity, self.page_rows - short);
            turns.push(Turn { spot: last.spot, cost, layer, step });
        }
    }

    /// Pages on which the segment ends.
    fn finish(&mut self, from: Spot, capacity: i64, tier: Tier, ways: &mut Vec<Way>) {
        let mut best = BTreeMap::new();
        self.finish_after(from, capacity, tier, &Filled::NONE, &mut best);
        ways.extend(best.into_values());
    }

    fn finish_after(
        &mut self,
        from: Spot,
        capacity: i64,
        tier: Tier,
        before: &Filled,
        best: &mut BTreeMap<i64, Way>,
    ) {
        // One row is what an odd number of lines is shared with.
        let most_spread = tier.spread() + 1;
        let left = self.count - before.columns.len() - 1;
        let (_, below) = tier.last_alike().costs();
        let closed = (0, capacity);
        let wanted = if left > 0 {
            // The columns share what is left; all are nearly as tall as the tallest.
            let share = |rows: i64| rows / (left as i64 + 1);
            let (least, most) = self.left(from);
            let open = (share(least) - most_spread, share(most) + 1 + most_spread);
            Wanted { open: (open.0.max(1), open.1.min(capacity)), closed, below }
        } else {
            Wanted { open: Wanted::NONE, closed, below }
        };
        let number = self.number(from);
        let column = self.column(from, number, capacity, wanted);
        for end in &column.closed {
            let spread = if left > 0 { before.most.max(end.rows) } else { before.spread(end.rows) };
            if spread > most_spread {
                continue;
            }
            let filled = before.with(*end);
            let cost = filled.cost + uneven(&filled.columns, spread);
            if cost >= below {
                continue;
            }
            if best.get(&filled.most).is_none_or(|known| cost < known.cost) {
                let rows = filled.most;
                best.insert(rows, Way { cost, columns: filled.columns, rows, next: None });
            }
        }
        if left == 0 {
            return;
        }
        for Open { end, .. } in &column.open {
            if before.spread(end.rows) > most_spread || before.cost + end.cost >= below {
                continue;
            }
            // What is left must fill the other columns to about the same height.
            let (low, high) =
                (before.least.min(end.rows) - most_spread, before.most.max(end.rows) + most_spread);
            let (least, most) = self.left(end.spot);
            let columns = left as i64;
            if least <= high.min(capacity) * columns && most >= low * columns {
                self.finish_after(end.spot, capacity, tier, &before.with(*end), best);
            }
        }
    }

    /// The rows that everything from a spot on takes at least if the first column
    /// has no white to lose, and each may lose a row of it at its foot.
    pub(super) fn rows_left(&self, spot: Spot) -> i64 {
        let part = spot.part as usize;
        let owed = spot.owed.and_then(|part| self.parts.get(part as usize));
        let owed = owed.map_or(0, |float| float.least_rows() + 1);
        let begun = if spot.line > 0 { self.left(spot).0 - self.rest[part].0 } else { 0 };
        (self.spaced[part] + begun + owed - self.count as i64).max(0)
    }

    /// The rows that everything from a spot on takes at least and at most, in
    /// whatever columns.
    fn left(&self, spot: Spot) -> (i64, i64) {
        let part = spot.part as usize;
        let owed = spot.owed.and_then(|part| self.parts.get(part as usize));
        let owed = owed.map_or(0, |float| float.least_rows() + 1);
        let begun = match self.parts.get(part).map(|part| &part.shape) {
            Some(Shape::Set(settings)) if spot.line > 0 => settings.get(usize::from(spot.setting)),
            _ => None,
        };
        match begun {
            Some(setting) => {
                let lines = setting.lines() as i64 - i64::from(spot.line);
                let (least, most) = self.rest[part + 1];
                (least + lines * setting.rows, most + lines * setting.rows + owed)
            }
            None => (self.rest[part].0, self.rest[part].1 + owed),
        }
    }

    /// The number of a spot.
    fn number(&mut self, spot: Spot) -> usize {
        let number = self.numbers.of(spot);
        if number >= self.known.len() {
            self.known.resize_with(number + 1, Vec::new);
        }
        number
    }

    /// The column that starts at a spot with a number.
    fn column(&mut self, from: Spot, number: usize, capacity: i64, wanted: Wanted) -> Rc<Column> {
        let mut known = self.known[number].iter();
        if let Some((.., column)) = known.find(|known| (known.0, known.1) == (capacity, wanted)) {
            return Rc::clone(column);
        }
        let mut found = Vec::new();
        ends(self.parts, from, capacity, wanted, |end| found.push(end));
        found.sort_unstable_by_key(|end| (-end.rows, end.cost));
        let mut column = Column::default();
        for end in found {
            if end.spot.part as usize >= self.parts.len() {
                column.closed.push(end);
            } else {
                column.open.push(Open { end, number: self.number(end.spot) });
            }
        }
        let column = Rc::new(column);
        self.known[number].push((capacity, wanted, Rc::clone(&column)));
        column
    }
}

/// For each part the rows that all from there on take at least, with a row for
/// white before a part if there is any.
fn spaced(parts: &[Part<'_>]) -> Vec<i64> {
    let mut rows = vec![0; parts.len() + 1];
    for (index, part) in parts.iter().enumerate().rev() {
        // Of white above white, one is left.
        let white = |part: &Part<'_>| i64::from(part.is_white() && part.least_rows() > 0);
        let below = parts.get(index + 1).map_or(0, white);
        let more =
            if part.is_white() { white(part) - white(part).min(below) } else { part.least_rows() };
        rows[index] = rows[index + 1] + more;
    }
    rows
}

/// Finds the cheapest steps.
enum Cheapest<'s> {
    /// Those of one column, where only plans that move other floats end alike.
    All,
    /// For each spot, where a page ends level.
    Alone(&'s mut Slots),
    /// For each spot and extent of heights.
    ByHeight(QuickMap<(usize, i64, i64), usize>),
}

impl Cheapest<'_> {
    /// Keeps a step among others if it is cheaper; `page` is what its page costs.
    fn keep(&mut self, step: Step, page: i64, steps: &mut Vec<Step>) {
        let next = steps.len();
        let (index, is_cheaper) = match self {
            Cheapest::All => (next, true),
            Cheapest::Alone(slots) => slots.enter(step.number, next, step.cost + page),
            Cheapest::ByHeight(known) => {
                let key = (step.number, step.least, step.most);
                let index = *known.entry(key).or_insert(next);
                (index, steps.get(index).is_some_and(|other| step.cost < other.cost))
            }
        };
        match steps.get_mut(index) {
            Some(other) if is_cheaper => *other = step,
            Some(_) => {}
            None => steps.push(step),
        }
    }
}

/// Columns that have been filled up to one of them.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Where the next one starts.
    spot: Spot,
    /// The number of that.
    number: usize,
    /// The rows of the lowest and of the tallest.
    least: i64,
    most: i64,
    cost: i64,
    /// The step before, in the layer of the column before.
    before: usize,
    /// The end of the column.
    end: End,
}

/// A page that goes on after a step.
#[derive(Debug, Clone, Copy)]
struct Turn {
    spot: Spot,
    cost: i64,
    layer: usize,
    step: usize,
}

/// The columns of a page, from left to right.
fn columns(layers: &[Vec<Step>], turn: Turn) -> Vec<End> {
    let mut found = Vec::with_capacity(turn.layer);
    let mut step = turn.step;
    for layer in layers[1..=turn.layer].iter().rev() {
        found.push(layer[step].end);
        step = layer[step].before;
    }
    found.reverse();
    found
}

/// Those of the ends, which stand by height, that differ from the columns before
/// by so many rows at most; all if there are none.
fn at_height<'e>(ends: &'e [Open], before: &Step, spread: i64) -> &'e [Open] {
    if before.least == NEVER {
        return ends;
    }
    let start = ends.partition_point(|open| open.end.rows > before.least + spread);
    let end = ends.partition_point(|open| open.end.rows >= before.most - spread);
    &ends[start..end.max(start)]
}

/// What unlike heights cost where a segment ends. Columns after the last are
/// empty.
fn uneven(columns: &[End], spread: i64) -> i64 {
    let rows: Vec<i64> = columns.iter().map(|end| end.rows).collect();
    let price = match spread {
        0 => 0,
        // Columns get shorter from left to right, if at all.
        _ if rows.is_sorted_by(|a, b| a >= b) => w::SHORTER_LAST,
        _ => w::LONGER_LAST,
    };
    price + w::UNEVEN * (spread - 1).max(0)
}
