//! Where columns and pages end.
//!
//! The cheapest way to set the whole brochure, by the costs in
//! [`super::weights`]: dynamic programming over pages after Plass, "Optimal
//! Pagination Techniques for Automatic Typesetting Systems" (Stanford, 1981).
//! The states are (segment, spot, row): what is still to be set and where it
//! starts on a page. They are visited in the order of their cost and of what is
//! known to come (Hart, Nilsson and Raphael's A*, 1968), and of each page the
//! likely ways are looked at first: ways that break a limit are found only if the
//! brochure needs one of them.

use super::ahead::{self, Ahead};
use super::column::{Placement, Spot, arrange};
use super::galley::{Segment, Spanner};
use super::page::{Columns, Way};
use super::quick::QuickMap;
use super::tier::Tier;
use super::weights as w;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where something comes to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// Index of the segment.
    pub(super) segment: usize,
    /// What of it; part 0 for spanners. The row counts from the page's top.
    pub(super) what: Placement,
    /// Page, from 0.
    pub(super) page: usize,
    /// Column, from 0.
    pub(super) column: usize,
}

/// A column of a page, as far as it is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Filled {
    /// Index of the segment.
    pub(super) segment: usize,
    /// Page, from 0.
    pub(super) page: usize,
    /// Column, from 0.
    pub(super) column: usize,
    /// Its first row.
    pub(super) row: i64,
    /// Its rows.
    pub(super) rows: i64,
    /// Whether the segment ends on this page.
    pub(super) ends: bool,
}

/// The whole pagination.
#[derive(Debug, Clone, Default)]
pub(super) struct Pagination {
    /// Everything that is drawn, in reading order.
    pub(super) placed: Vec<Placed>,
    /// The columns.
    pub(super) columns: Vec<Filled>,
    /// How many pages there are.
    pub(super) pages: usize,
    /// For each page, the rows down to the last that is in use.
    pub(super) filled: Vec<i64>,
    /// What it costs.
    pub(super) cost: i64,
}

/// Up to so many pages' worth of text, no way is given up before it is known to cost
/// more than the cheapest: nothing cheaper exists.
const SHORT: usize = 24;

/// In a longer brochure, a way is given up if another one is so many pages ahead …
const FAR: usize = 4;

/// … and costs so much less, with what both still cost at least: as much as a page
/// that ends three rows early. What is done on a page matters to the next ones, not
/// to those far on: long brochures take time in proportion to their length. A way
/// that is given up could have been better only by what it saves more than [`FAR`]
/// pages on, beyond this price.
const MUCH: i64 = 200_000;

/// The cheapest pagination, and what was found on the way to it: a guide to
/// others of the same segments.
#[derive(Debug, Clone, Default)]
pub(super) struct Cheapest {
    /// The pagination.
    pub(super) pagination: Pagination,
    /// The cost of the cheapest way to each state.
    reached: QuickMap<State, i64>,
}

/// How many pages there shall be.
#[derive(Debug, Clone, Copy)]
struct Wish<'k> {
    pages: usize,
    /// The most that they may cost.
    most: i64,
    cheapest: &'k Cheapest,
}

/// Paginates segments onto pages of `rows` grid rows, as many as cost least.
/// There is always a way unless there are no segments to end it.
pub(super) fn paginate(segments: &[Segment<'_>], rows: i64) -> Option<Cheapest> {
    let mut search = Search::new(segments, rows, None);
    let goal = search.run()?;
    let reached = search.best.iter().map(|(state, &node)| (*state, search.nodes[node].cost));
    Some(Cheapest { reached: reached.collect(), pagination: search.trace(goal) })
}

/// Paginates the segments onto just so many pages, if that costs at most `more`
/// than the cheapest number does.
pub(super) fn paginate_onto(
    segments: &[Segment<'_>],
    rows: i64,
    pages: usize,
    more: i64,
    cheapest: &Cheapest,
) -> Option<Pagination> {
    let most = cheapest.pagination.cost.saturating_add(more);
    let mut search = Search::new(segments, rows, Some(Wish { pages, most, cheapest }));
    let goal = search.run()?;
    Some(search.trace(goal))
}

fn columns<'a>(segment: &'a Segment<'a>, rows: i64) -> Option<Columns<'a>> {
    match segment {
        Segment::Columns { count, parts } => Some(Columns::new(parts, *count, rows)),
        _ => None,
    }
}

/// What remains to be set, and where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    segment: usize,
    spot: Spot,
    row: i64,
    /// The page, from 0; only if their number is given.
    page: usize,
}

/// A state that has been reached.
#[derive(Debug, Clone)]
struct Node {
    state: State,
    cost: i64,
    /// The node before.
    parent: usize,
    /// What was set on the way from there.
    set: Set,
    page: usize,
}

/// What is set between two states.
#[derive(Debug, Clone)]
enum Set {
    /// Nothing.
    Nothing,
    /// A spanner, from this row on.
    Spanner(i64),
    /// Columns.
    Columns(Way),
}

struct Search<'a> {
    segments: &'a [Segment<'a>],
    rows: i64,
    wish: Option<Wish<'a>>,
    columns: Vec<Option<Columns<'a>>>,
    /// What is known to come.
    ahead: Ahead,
    nodes: Vec<Node>,
    /// The cheapest node of each state.
    best: QuickMap<State, usize>,
    /// For each page's worth of the brochure, the least cost of setting so much
    /// or more, with what is known to come.
    leads: Vec<i64>,
    /// Nodes by cost, of equals the oldest first, and the tier to look at.
    queue: BinaryHeap<Reverse<(i64, usize, Tier)>>,
}

impl<'a> Search<'a> {
    fn new(segments: &'a [Segment<'a>], rows: i64, wish: Option<Wish<'a>>) -> Search<'a> {
        let mut columns: Vec<_> = segments.iter().map(|segment| columns(segment, rows)).collect();
        let ahead = Ahead::new(segments, &mut columns, rows);
        Search {
            segments,
            rows,
            wish,
            columns,
            ahead,
            nodes: Vec::new(),
            best: QuickMap::default(),
            leads: Vec::new(),
            queue: BinaryHeap::new(),
        }
    }

    /// The node at which everything is set, if it can be.
    fn run(&mut self) -> Option<usize> {
        let start = State { segment: 0, spot: Spot::START, row: 0, page: 0 };
        self.reach(start, 0, 0, Set::Nothing, 0);
        // All ways lead through what has been passed: nothing before it matters.
        let mut passed = 0;
        while let Some(Reverse((cost, index, tier))) = self.queue.pop() {
            let state = self.nodes[index].state;
            if self.best.get(&state) != Some(&index)
                || state.segment < passed
                || self.far_behind(index, cost)
            {
                continue;
            }
            self.note_lead(index);
            if self.is_passed_by_all(state) {
                // Nothing is looked up there any more.
                self.columns[passed..state.segment].fill_with(|| None);
                passed = state.segment;
            }
            let Some(segment) = self.segments.get(state.segment) else {
                return Some(index);
            };
            if let Some((next, more)) =
                tier.next(self.rows).filter(|_| matches!(segment, Segment::Columns { .. }))
            {
                // A way of that tier may be the one that ends the segment.
                let least = self.least(state);
                let (here, after) =
                    (self.ahead.ends(state.segment), self.ahead.ends(state.segment + 1));
                let bound = self.nodes[index].cost + least - here + here.max(more + after);
                if self.wish.is_none_or(|wish| bound <= wish.most) {
                    self.queue.push(Reverse((bound.max(cost), index, next)));
                }
            }
            debug_assert!(cost >= self.nodes[index].cost);
            self.expand(index, segment, tier);
        }
        None
    }

    /// What is still to be set of a state's segment.
    fn here(&self, state: State) -> i64 {
        self.segments.get(state.segment).map_or(0, |segment| {
            let columns = self.columns[state.segment].as_ref();
            ahead::shares(segment, columns, state.spot, self.rows)
        })
    }

    /// What follows a state costs at least.
    fn least(&self, state: State) -> i64 {
        self.ahead.least(state.segment, self.here(state), state.row)
    }

    /// How many pages' worth of the brochure are set once a state is reached.
    fn progress(&self, state: State) -> usize {
        self.ahead.progress(state.segment, self.here(state))
    }

    /// Notes how cheaply so much of the brochure can be set.
    fn note_lead(&mut self, index: usize) {
        let Node { state, cost, .. } = self.nodes[index];
        let cost = cost + self.least(state);
        let progress = self.progress(state);
        self.leads.resize(self.leads.len().max(progress + 1), i64::MAX);
        for lead in self.leads[..=progress].iter_mut().rev() {
            if *lead <= cost {
                break;
            }
            *lead = cost;
        }
    }

    /// Whether another way is pages ahead at less cost.
    fn far_behind(&self, index: usize, cost: i64) -> bool {
        if self.ahead.pages_in_all() <= SHORT {
            return false;
        }
        let progress = self.progress(self.nodes[index].state);
        self.leads.get(progress + FAR).is_some_and(|lead| lead.saturating_add(MUCH) < cost)
    }

    /// Whether there is no way around a state: a new page starts there, however
    /// the one before ends.
    fn is_passed_by_all(&self, state: State) -> bool {
        let before = state.segment.checked_sub(1).and_then(|before| self.segments.get(before));
        self.wish.is_none()
            && state.row == 0
            && matches!(before, Some(Segment::NewPage))
            && state.spot == Spot::START
    }

    /// Notes a way to a state, if it is the cheapest so far.
    fn reach(&mut self, state: State, parent: usize, cost: i64, set: Set, page: usize) {
        let mut bound = cost + self.least(state);
        if let Some(Wish { pages, most, cheapest }) = self.wish {
            // What follows costs at least what it does after the cheapest way
            // to the same state.
            let Cheapest { pagination, reached } = cheapest;
            let here = reached.get(&State { page: 0, ..state });
            bound = bound.max(here.map_or(0, |here| cost + pagination.cost - here));
            let ahead = self.ahead.pages(state.segment, self.here(state), state.row);
            if page + ahead as usize >= pages || bound > most {
                return;
            }
        }
        let page_of = if self.wish.is_some() { page } else { 0 };
        let mut state = State { page: page_of, ..state };
        let mut cost = cost;
        if state.segment >= self.segments.len() {
            if self.wish.is_some_and(|wish| page + 1 != wish.pages) {
                return;
            }
            // However the last page ends, this is the goal.
            cost += w::left(state.row, self.rows, true);
            bound = bound.max(cost);
            state.row = 0;
        }
        if self.best.get(&state).is_some_and(|&known| self.nodes[known].cost <= cost) {
            return;
        }
        self.nodes.push(Node { state, cost, parent, set, page });
        let index = self.nodes.len() - 1;
        self.best.insert(state, index);
        self.queue.push(Reverse((bound, index, Tier::FIRST)));
    }

    /// Goes on from a node in all ways of a tier.
    fn expand(&mut self, index: usize, segment: &Segment<'_>, tier: Tier) {
        let Node { state, cost, page, .. } = self.nodes[index];
        let after = State { segment: state.segment + 1, spot: Spot::START, ..state };
        match segment {
            Segment::Chapter(_) => self.reach(after, index, cost, Set::Nothing, page),
            Segment::NewPage if state.row == 0 => {
                self.reach(after, index, cost, Set::Nothing, page);
            }
            Segment::NewPage => self.turn(index, after, 0),
            Segment::Spanner(spanner) => {
                let above = if state.row == 0 { 0 } else { spanner.above };
                let end = state.row + above + spanner.rows;
                if state.row == 0 || end + spanner.keep <= self.rows {
                    let row = (end + spanner.below).min(self.rows);
                    let set = Set::Spanner(state.row + above);
                    let is_first = spanner.holds && self.held(state.segment) == 0;
                    let tail = if is_first { w::tail(state.row) } else { 0 };
                    self.reach(State { row, ..after }, index, cost + tail, set, page);
                }
                if state.row > 0 {
                    let extra = self.held(state.segment) + self.apart(state.segment, spanner);
                    self.turn(index, state, extra);
                }
            }
            Segment::Columns { .. } => {
                if state.row > 0 && tier == Tier::FIRST {
                    self.turn(index, state, self.held(state.segment));
                }
                let (best, nodes) = (&self.best, &self.nodes);
                let next_page = if self.wish.is_some() { page + 1 } else { 0 };
                // What a way may cost to be of use.
                let known = |spot| {
                    let next = State { spot, row: 0, page: next_page, ..state };
                    best.get(&next).map_or(i64::MAX, |&known| nodes[known].cost - cost - w::PAGE)
                };
                let ways = match &mut self.columns[state.segment] {
                    Some(columns) => columns.ways(state.spot, state.row, tier, known),
                    None => Vec::new(),
                };
                for way in ways {
                    let cost = cost + way.cost;
                    let row = (state.row + way.rows).min(self.rows);
                    let (next, cost, page) = match way.next {
                        Some(spot) => (State { spot, row: 0, ..state }, cost + w::PAGE, page + 1),
                        None => (State { row, ..after }, cost, page),
                    };
                    self.reach(next, index, cost, Set::Columns(way), page);
                }
            }
        }
    }

    /// Goes on to a state on a new page.
    fn turn(&mut self, index: usize, next: State, extra: i64) {
        let Node { state, cost, page, .. } = self.nodes[index];
        let chapter_ends = match &self.segments[state.segment] {
            Segment::Spanner(spanner) => spanner.holds,
            Segment::NewPage => true,
            Segment::Columns { .. } | Segment::Chapter(_) => false,
        };
        let cost = cost + extra + w::left(state.row, self.rows, chapter_ends) + w::PAGE;
        self.reach(State { row: 0, ..next }, index, cost, Set::Nothing, page + 1);
    }

    /// What it costs to start a segment on a new page: more if a title above
    /// would stay behind.
    fn held(&self, segment: usize) -> i64 {
        let before = self.segments[..segment].iter().rev();
        let mut before = before.skip_while(|segment| matches!(segment, Segment::Chapter(_)));
        match before.next() {
            Some(Segment::Spanner(Spanner { holds: true, .. })) => w::STRANDED,
            _ => 0,
        }
    }

    /// What it costs to start a page with something wide, which should stand below
    /// its text; titles may.
    fn apart(&self, segment: usize, spanner: &Spanner) -> i64 {
        let mut after = self.segments[segment + 1..].iter();
        let next = after.find(|segment| !matches!(segment, Segment::Chapter(_)));
        match next {
            _ if spanner.holds => 0,
            Some(Segment::Spanner(Spanner { holds: false, .. }) | Segment::Columns { .. }) => {
                w::APART
            }
            _ => w::LAST_APART,
        }
    }

    /// Follows the nodes back from the goal, and places what was set.
    fn trace(&self, goal: usize) -> Pagination {
        let mut path = Vec::new();
        let mut index = goal;
        while index > 0 {
            path.push(index);
            index = self.nodes[index].parent;
        }
        let mut result =
            Pagination { cost: self.nodes[goal].cost, pages: 0, ..Pagination::default() };
        for &index in path.iter().rev() {
            let node = &self.nodes[index];
            let from = &self.nodes[node.parent];
            let (segment, page) = (from.state.segment, from.page);
            match &node.set {
                Set::Nothing => {}
                Set::Spanner(row) => {
                    let what = Placement { part: 0, setting: 0, lines: 0..1, row: *row };
                    result.placed.push(Placed { segment, what, page, column: 0 });
                    if let Segment::Spanner(spanner) = &self.segments[segment] {
                        result.fill(page, row + spanner.rows);
                    }
                }
                Set::Columns(way) => {
                    result.fill(page, from.state.row + way.rows);
                    self.place(from, way, &mut result);
                }
            }
        }
        result
    }

    /// Puts what stands in the columns of a page into its place.
    fn place(&self, from: &Node, way: &Way, result: &mut Pagination) {
        let State { segment, row, .. } = from.state;
        let Segment::Columns { parts, count } = &self.segments[segment] else { return };
        let mut spot = from.state.spot;
        for column in 0..*count {
            let end = way.columns.get(column).copied();
            let rows = end.map_or(0, |end| end.rows);
            let (page, ends) = (from.page, way.next.is_none());
            result.columns.push(Filled { segment, page, column, row, rows, ends });
            let Some(end) = end else { continue };
            for what in arrange(parts, spot, end, self.rows - row) {
                let what = Placement { row: what.row + row, ..what };
                result.placed.push(Placed { segment, what, page, column });
            }
            spot = end.spot;
        }
    }
}

impl Pagination {
    /// The rows of the page that is filled the least.
    pub(super) fn emptiest(&self) -> i64 {
        self.filled.iter().copied().min().unwrap_or(0)
    }

    fn fill(&mut self, page: usize, rows: i64) {
        self.pages = self.pages.max(page + 1);
        self.filled.resize(self.pages, 0);
        self.filled[page] = self.filled[page].max(rows);
    }
}
