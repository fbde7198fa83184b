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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// The least and the most rows of columns that go on.
    pub(super) open: (i64, i64),
    /// Those of columns that end their segment.
    pub(super) closed: (i64, i64),
    /// They cost less than this.
    pub(super) below: i64,
}

impl Wanted {
    /// No number of rows.
    pub(super) const NONE: (i64, i64) = (1, 0);
}

/// Calls `found` with each way to fill a column of `capacity` rows from a spot,
/// the cheapest for its end and height among those that leave the same floats in
/// their place.
pub(super) fn ends(
    parts: &[Part<'_>],
    from: Spot,
    capacity: i64,
    wanted: Wanted,
    mut found: impl FnMut(End),
) {
    let mut plans = floats::plans(parts, from, capacity);
    plans.retain(|plan| plan.cost() < wanted.below);
    while let Some(first) = plans.first().cloned() {
        // Plans that move the same floats have the same text in between.
        let alike = plans.extract_if(.., |plan| plan.moves_same(&first)).collect::<Vec<_>>();
        let head_and_foot = alike.iter().map(Plan::rows).min().unwrap_or(0);
        let mut walk = Walk::new(parts, from, capacity - head_and_foot, &first, wanted.below);
        let mut tell = |plan: &Plan, cut: &Cut, costs: &[i64]| {
            if !plan.is_kept(parts, from, cut.spot) {
                return;
            }
            let ends = cut.spot.part as usize >= parts.len();
            let (least, most) = if ends { wanted.closed } else { wanted.open };
            let price = cut.cost + plan.cost();
            let below = (wanted.below - price).min(NEVER);
            // Of these rows, so many are not above the part.
            let taken = plan.rows() + cut.taken;
            let (first, past) = ((least - taken).max(0), (most.min(capacity) - taken + 1).max(0));
            let past = costs.len().min(past as usize);
            let spot = Spot { owed: plan.owed(), ..cut.spot };
            let heights = costs.get(first as usize..past).unwrap_or_default();
            for (above, &cost) in (first..).zip(heights) {
                if cost < below {
                    found(End { spot, rows: above + taken, cost: cost + price });
                }
            }
        };
        while walk.next_part() {
            for cut in walk.inner_cuts().filter(|cut| cut.cost < wanted.below) {
                for plan in &alike {
                    tell(plan, &cut, &walk.base);
                }
            }
            walk.pass();
            for plan in &alike {
                for spot in walk.spots_after(plan) {
                    let cut = Cut { setting: 0, upto: 0, taken: 0, cost: walk.after(), spot };
                    tell(plan, &cut, &walk.costs);
                }
            }
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
        let mut walk = Walk::new(parts, from, rows, &plan, NEVER);
        let mut history = Vec::new();
        while walk.next_part() {
            let hit = walk.inner_cuts().chain(walk.last_cuts()).find(|cut| {
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
    plan: &'a Plan,
    /// What costs more is of no use.
    below: i64,
    /// The part at hand; before the first, `None`.
    part: Option<usize>,
    /// The least cost for each height before the white above the part.
    costs: Vec<i64>,
    /// The same with the white above the part.
    base: Vec<i64>,
    /// The heights that cost less than that: outside, none does.
    span: Range<usize>,
    /// The white above the part.
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
    fn new(parts: &'a [Part<'a>], from: Spot, room: i64, plan: &'a Plan, below: i64) -> Walk<'a> {
        let mut costs = vec![NEVER; usize::try_from(room + 1).unwrap_or(0)];
        if let Some(cost) = costs.first_mut() {
            *cost = 0;
        }
        let span = 0..costs.len().min(1);
        let base = costs.clone();
        Walk { parts, from, plan, below, part: None, costs, base, span, white: None, begun: false }
    }

    /// Goes on to the next part that is set in its place. There is none if
    /// nothing more fits or nothing is left.
    fn next_part(&mut self) -> bool {
        let mut part = self.part.map_or(self.from.part as usize, |part| part + 1);
        if self.span.is_empty() {
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
        !self.span.is_empty()
    }

    fn add_white(&mut self, white: White) {
        self.base.fill(NEVER);
        let known = self.costs.get(self.span.clone()).unwrap_or_default();
        for grown in 0..=white.stretch {
            let price = white.growth(grown);
            let shifted =
                self.base.iter_mut().skip(self.span.start + (white.rows + grown) as usize);
            for (to, &from) in shifted.zip(known) {
                *to = (*to).min(add(from, price));
            }
        }
        let (least, most) = (white.rows as usize, (white.rows + white.stretch) as usize);
        self.span = self.span.start + least..self.span.end + most;
        trim(&mut self.span, &self.base, self.below);
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

    /// The ways to end a column in the part at hand.
    fn inner_cuts(&self) -> impl Iterator<Item = Cut> + use<'a> {
        let part = self.part.unwrap_or(self.parts.len());
        let first = self.first_line();
        self.settings().flat_map(move |(setting, whole)| {
            let cost = if first > 0 { 0 } else { whole.cost };
            whole.between.iter().enumerate().skip(first).map(move |(index, &price)| {
                let upto = index + 1;
                let taken = whole.rows * (upto - first) as i64;
                let (number, line) = (setting as u16, upto as u16);
                let spot = Spot { part: part as u32, setting: number, line, owed: None };
                Cut { setting, upto, taken, cost: cost + price, spot }
            })
        })
    }

    /// The ways to end a column after the part at hand.
    fn last_cuts(&self) -> impl Iterator<Item = Cut> + use<'a> {
        let (first, after) = (self.first_line(), self.after());
        let spots: Vec<Spot> = self.spots_after(self.plan).collect();
        self.settings().flat_map(move |(setting, whole)| {
            let cost = if first > 0 { 0 } else { whole.cost } + after;
            let upto = whole.between.len() + 1;
            let taken = whole.rows * (upto - first) as i64;
            spots.clone().into_iter().map(move |spot| Cut { setting, upto, taken, cost, spot })
        })
    }

    /// What it costs to end a column after the part at hand.
    fn after(&self) -> i64 {
        self.part.and_then(|part| self.parts.get(part)).map_or(0, |part| part.after)
    }

    /// Where the next column may start after the part at hand: also beyond the
    /// place of the float at the head of this one.
    fn spots_after(&self, plan: &Plan) -> impl Iterator<Item = Spot> + use<'a> {
        let next = self.part.map_or(Spot::START, |part| Spot::after(self.parts, part));
        let float = next.part as usize;
        let beyond = plan.is_head(float).then(|| Spot::after(self.parts, float));
        [next].into_iter().chain(beyond)
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
        let known = self.base.get(self.span.clone()).unwrap_or_default();
        let (mut least, mut most) = (usize::MAX, 0);
        for (_, whole) in self.settings() {
            let taken = whole.rows as usize * (whole.between.len() + 1 - first);
            let cost = if first > 0 { 0 } else { whole.cost };
            if cost >= self.below {
                continue;
            }
            (least, most) = (least.min(taken), most.max(taken));
            let shifted = self.costs.iter_mut().skip(self.span.start + taken);
            for (to, &from) in shifted.zip(known) {
                *to = (*to).min(add(from, cost));
            }
        }
        self.span = self.span.start.saturating_add(least)..self.span.end + most;
        trim(&mut self.span, &self.costs, self.below);
        self.begun = true;
    }
}

/// Takes away what costs too much at both ends.
fn trim(span: &mut Range<usize>, costs: &[i64], below: i64) {
    span.end = span.end.min(costs.len());
    while span.start < span.end && costs[span.start] >= below {
        span.start += 1;
    }
    while span.start < span.end && costs[span.end - 1] >= below {
        span.end -= 1;
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
