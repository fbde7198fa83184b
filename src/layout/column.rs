//! The ways to fill one column, by dynamic programming over parts and heights.
//!
//! [`ends`] tells where a column that starts at a spot may end, at which heights
//! and at what cost; [`arrange`] finds the parts of one of these ways again.

use super::floats::{self, Plan};
use super::galley::{Part, Shape, White};
use std::ops::Range;

/// More than any cost.
pub(super) const NEVER: i64 = i64::MAX / 4;

/// A place in the parts of a segment where a column may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    /// The part; the number of parts at the segment's end.
    pub(super) part: u32,
    /// The setting of the part, if its first lines stand in an earlier column.
    pub(super) setting: u16,
    /// The first of its lines that is still to be set.
    pub(super) line: u16,
    /// The float that was passed and must head this column.
    pub(super) owed: Option<u32>,
}

impl Spot {
    /// The start of a segment.
    pub(super) const START: Spot = Spot { part: 0, setting: 0, line: 0, owed: None };

    /// A number that sorts as spots do, faster to compare. Parts, settings and
    /// lines of a segment fit their bits many times over.
    pub(super) fn key(self) -> u64 {
        let owed = self.owed.map_or(0, |owed| u64::from(owed) + 1);
        u64::from(self.part) << 42
            | u64::from(self.setting & 0x3F) << 36
            | u64::from(self.line & 0xFFF) << 24
            | owed & 0xFF_FFFF
    }

    /// The spot after a part, white left aside.
    fn after(parts: &[Part<'_>], part: usize) -> Spot {
        let white = parts[part + 1..].iter().take_while(|part| part.is_white()).count();
        Spot { part: (part + 1 + white) as u32, ..Spot::START }
    }
}

/// A way to end a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Where the next column starts.
    pub(super) spot: Spot,
    /// The rows from the first to the last that is in use.
    pub(super) rows: i64,
    /// What the column costs.
    pub(super) cost: i64,
}

/// Something in its place in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placement {
    /// The part.
    pub(super) part: usize,
    /// Its setting.
    pub(super) setting: usize,
    /// The lines of it that stand in this column.
    pub(super) lines: Range<usize>,
    /// The first row.
    pub(super) row: i64,
}

/// Which ends of columns are of use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Columns that go on have at least so many rows; those that end their
    /// segment may have any number.
    pub(super) rows: i64,
    /// They cost less than this.
    pub(super) below: i64,
}

/// Calls `found` with each way to fill a column of `capacity` rows from a spot,
/// the cheapest for its end and height (and float plan).
pub(super) fn ends(
    parts: &[Part<'_>],
    from: Spot,
    capacity: i64,
    wanted: Wanted,
    mut found: impl FnMut(End),
) {
    for plan in floats::plans(parts, from, capacity) {
        let mut walk = Walk::new(parts, from, capacity - plan.rows(), &plan);
        while walk.next_part() {
            for cut in walk.cuts() {
                if !plan.is_kept(parts, from, cut.spot) {
                    continue;
                }
                let least = if cut.spot.part as usize >= parts.len() { 0 } else { wanted.rows };
                let least = (least - plan.rows() - cut.taken).max(0) as usize;
                let spot = Spot { owed: plan.owed(), ..cut.spot };
                for (above, &cost) in walk.base.iter().enumerate().skip(least) {
                    let rows = above as i64 + cut.taken;
                    if rows > walk.room {
                        break;
                    }
                    let cost = add(cost, cut.cost + plan.cost());
                    if cost < wanted.below {
                        found(End { spot, rows: rows + plan.rows(), cost });
                    }
                }
            }
            walk.pass();
        }
    }
}

/// The places of everything in the column from `from` to the end `to`, which
/// [`ends`] found.
pub(super) fn arrange(parts: &[Part<'_>], from: Spot, to: End, capacity: i64) -> Vec<Placement> {
    for plan in floats::plans(parts, from, capacity) {
        let rows = to.rows - plan.rows();
        if plan.owed() != to.spot.owed || !plan.is_kept(parts, from, to.spot) || rows < 0 {
            continue;
        }
        let mut walk = Walk::new(parts, from, rows, &plan);
        let mut history = Vec::new();
        while walk.next_part() {
            let hit = walk.cuts().find(|cut| {
                let above = usize::try_from(rows - cut.taken).ok();
                let cost = above.and_then(|above| walk.base.get(above)).copied().unwrap_or(NEVER);
                cut.spot == Spot { owed: None, ..to.spot }
                    && add(cost, cut.cost + plan.cost()) == to.cost
            });
            history.push(walk.step());
            if let Some(cut) = hit {
                let mut placed = back(parts, from, history, &cut, (rows, plan.head_rows()));
                plan.place(to.rows, &mut placed);
                return placed;
            }
            walk.pass();
        }
    }
    Vec::new()
}

/// A way to set a part or its first lines.
#[derive(Debug, Clone, Copy)]
struct Cut {
    setting: usize,
    /// The line after the last one.
    upto: usize,
    /// The rows of its lines in this column.
    taken: i64,
    /// What setting and ending here cost.
    cost: i64,
    spot: Spot,
}

/// The walk from part to part with the least cost for each height.
struct Walk<'a> {
    parts: &'a [Part<'a>],
    from: Spot,
    room: i64,
    plan: &'a Plan,
    /// The part at hand; before the first, `None`.
    part: Option<usize>,
    /// The least cost for each height before the white above the part.
    costs: Vec<i64>,
    /// The same with the white above the part.
    base: Vec<i64>,
    /// That white.
    white: Option<White>,
    begun: bool,
}

/// What is needed to go back over a part.
struct Step {
    part: usize,
    first_line: usize,
    costs: Vec<i64>,
    base: Vec<i64>,
    white: Option<White>,
}

impl<'a> Walk<'a> {
    fn new(parts: &'a [Part<'a>], from: Spot, room: i64, plan: &'a Plan) -> Walk<'a> {
        let mut costs = vec![NEVER; usize::try_from(room + 1).unwrap_or(0)];
        if let Some(cost) = costs.first_mut() {
            *cost = 0;
        }
        let base = costs.clone();
        Walk { parts, from, room, plan, part: None, costs, base, white: None, begun: false }
    }

    /// Goes on to the next part that is set in its place. There is none if
    /// nothing more fits or nothing is left.
    fn next_part(&mut self) -> bool {
        let mut part = self.part.map_or(self.from.part as usize, |part| part + 1);
        if self.costs.iter().all(|&cost| cost >= NEVER) {
            return false;
        }
        self.white = None;
        loop {
            match self.parts.get(part).map(|part| &part.shape) {
                None => return false,
                Some(Shape::White(white)) => {
                    self.white = Some(self.white.map_or(*white, |other| other.larger(*white)));
                }
                Some(Shape::Float(_)) if self.plan.moves(part) => {}
                Some(_) => break,
            }
            part += 1;
        }
        self.white = self.white.filter(|_| self.begun);
        self.part = Some(part);
        match self.white {
            None => self.base.clone_from(&self.costs),
            Some(white) => self.add_white(white),
        }
        true
    }

    fn add_white(&mut self, white: White) {
        self.base.fill(NEVER);
        for grown in 0..=white.stretch {
            let price = white.growth(grown);
            let shifted = self.base.iter_mut().skip((white.rows + grown) as usize);
            for (to, &from) in shifted.zip(&self.costs) {
                *to = (*to).min(add(from, price));
            }
        }
    }

    fn first_line(&self) -> usize {
        let starts = self.part == Some(self.from.part as usize);
        if starts { usize::from(self.from.line) } else { 0 }
    }

    /// The settings of the part at hand, with their numbers.
    fn settings(&self) -> impl Iterator<Item = (usize, Whole<'a>)> + use<'a> {
        let part = self.part.unwrap_or(self.parts.len());
        let only = (self.first_line() > 0).then_some(usize::from(self.from.setting));
        let (settings, float) = match self.parts.get(part).map(|part| &part.shape) {
            Some(Shape::Set(settings)) => (settings.as_slice(), None),
            Some(Shape::Float(rows)) => (&[][..], Some(*rows)),
            _ => (&[][..], None),
        };
        let set =
            settings.iter().map(|s| Whole { rows: s.rows, cost: s.cost, between: &s.between });
        let float = float.map(|rows| Whole { rows, cost: 0, between: &[] });
        set.chain(float).enumerate().filter(move |(number, _)| only.is_none_or(|o| o == *number))
    }

    /// The ways to end a column in the part at hand or after it.
    fn cuts(&self) -> impl Iterator<Item = Cut> + use<'a> {
        let part = self.part.unwrap_or(self.parts.len());
        let first = self.first_line();
        let after = self.parts.get(part).map_or(0, |part| part.after);
        let next = self.parts.get(part).map_or(Spot::START, |_| Spot::after(self.parts, part));
        // The column may also end after the place of the float at its head.
        let float = next.part as usize;
        let beyond = self.plan.is_head(float).then(|| Spot::after(self.parts, float));
        self.settings().flat_map(move |(setting, whole)| {
            let cost = if first > 0 { 0 } else { whole.cost };
            let rows = whole.rows;
            let taken = move |upto: usize| rows * (upto - first) as i64;
            let inner = whole.between.iter().enumerate().skip(first).map(move |(index, &price)| {
                let upto = index + 1;
                let spot = Spot {
                    part: part as u32,
                    setting: setting as u16,
                    line: upto as u16,
                    owed: None,
                };
                Cut { setting, upto, taken: taken(upto), cost: cost + price, spot }
            });
            let upto = whole.between.len() + 1;
            let last = Cut { setting, upto, taken: taken(upto), cost: cost + after, spot: next };
            let last_but_float = beyond.map(|spot| Cut { spot, ..last });
            inner.chain([last]).chain(last_but_float)
        })
    }

    fn step(&self) -> Step {
        Step {
            part: self.part.unwrap_or(self.parts.len()),
            first_line: self.first_line(),
            costs: self.costs.clone(),
            base: self.base.clone(),
            white: self.white,
        }
    }

    /// Sets the part at hand whole.
    fn pass(&mut self) {
        self.costs.fill(NEVER);
        let first = self.first_line();
        for (_, whole) in self.settings() {
            let taken = whole.rows * (whole.between.len() + 1 - first) as i64;
            let cost = if first > 0 { 0 } else { whole.cost };
            let shifted = self.costs.iter_mut().skip(taken as usize);
            for (to, &from) in shifted.zip(&self.base) {
                *to = (*to).min(add(from, cost));
            }
        }
        self.begun = true;
    }
}

/// A setting, borrowed.
#[derive(Debug, Clone, Copy)]
struct Whole<'a> {
    rows: i64,
    cost: i64,
    between: &'a [i64],
}

/// Goes back from a cut at a height, and places what stands above it; `top` is
/// the row under a float at the head.
fn back(
    parts: &[Part<'_>],
    from: Spot,
    mut history: Vec<Step>,
    cut: &Cut,
    (rows, top): (i64, i64),
) -> Vec<Placement> {
    let mut placed = Vec::with_capacity(history.len());
    let Some(step) = history.pop() else { return placed };
    let (mut setting, mut upto, mut at) = (cut.setting, cut.upto, rows - cut.taken);
    let mut step = step;
    loop {
        let lines = step.first_line..upto;
        placed.push(Placement { part: step.part, setting, lines, row: top + at });
        let cost = step.base[at as usize];
        if let Some(white) = step.white {
            let grown = (0..=white.stretch).find(|&grown| {
                let before = usize::try_from(at - white.rows - grown).ok();
                let before = before.and_then(|before| step.costs.get(before)).copied();
                before.is_some_and(|before| add(before, white.growth(grown)) == cost)
            });
            at -= white.rows + grown.unwrap_or(0);
        }
        let cost = step.costs[at.max(0) as usize];
        let Some(previous) = history.pop() else { break };
        let whole = match &parts[previous.part].shape {
            Shape::Set(settings) => settings.iter().enumerate().find_map(|(number, s)| {
                // The rest of a paragraph stays in the setting of its first lines.
                if previous.first_line > 0 && number != usize::from(from.setting) {
                    return None;
                }
                let lines = s.lines() - previous.first_line.min(s.lines());
                let taken = s.rows * lines as i64;
                let price = if previous.first_line > 0 { 0 } else { s.cost };
                let before = usize::try_from(at - taken).ok();
                let before = before.and_then(|before| previous.base.get(before)).copied();
                let fits = before.is_some_and(|before| add(before, price) == cost);
                fits.then_some((number, s.lines(), taken))
            }),
            Shape::Float(rows) => Some((0, 1, *rows)),
            Shape::White(_) => None,
        };
        // Each cost came from one of the settings of the part before.
        let Some((number, lines, taken)) = whole else { break };
        (setting, upto) = (number, lines);
        at -= taken;
        step = previous;
    }
    placed.reverse();
    placed
}

/// The sum of two costs, of which the first may be [`NEVER`].
fn add(a: i64, b: i64) -> i64 {
    if a >= NEVER { NEVER } else { a.saturating_add(b).min(NEVER - 1) }
}
