//! The least cost of a pagination by looking at all of them: every setting,
//! every growth of white, every place of a float, every end of a column and
//! every turn of a page. Written from the documents of the weights alone, and
//! far too slow for more than a few parts.

use super::super::weights as w;
use super::{Piece, Shape, Stretch, White};
use std::collections::BTreeMap;

/// More than any cost.
pub(super) const NEVER: i64 = i64::MAX / 4;

/// White between a float that moved and the text.
pub(super) const FLOAT_WHITE: i64 = 1;

/// Where a column starts: part, setting, line, and the float that it owes.
pub(super) type Start = (usize, usize, usize, Option<usize>);

pub(super) const START: Start = (0, 0, 0, None);

/// For each spot where a column may end and its rows, the least cost.
pub(super) type Ends = BTreeMap<(Start, i64), i64>;

/// The least cost of setting all, [`NEVER`] if that cannot be done.
pub(super) fn least(stretches: &[Stretch], rows: i64, pages: Option<usize>) -> i64 {
    let mut search = Search { stretches, rows, pages, known: BTreeMap::new() };
    search.from(State { segment: 0, start: START, row: 0, page: 0 })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    segment: usize,
    start: Start,
    row: i64,
    page: usize,
}

struct Search<'a> {
    stretches: &'a [Stretch],
    rows: i64,
    pages: Option<usize>,
    known: BTreeMap<State, i64>,
}

impl Search<'_> {
    /// The least cost of all that is left.
    fn from(&mut self, state: State) -> i64 {
        if self.pages.is_some_and(|pages| state.page >= pages) {
            return NEVER;
        }
        let key = State { page: self.pages.map_or(0, |_| state.page), ..state };
        if let Some(&cost) = self.known.get(&key) {
            return cost;
        }
        let cost = self.look(state).min(NEVER);
        self.known.insert(key, cost);
        cost
    }

    fn look(&mut self, state: State) -> i64 {
        let State { segment, start, row, page } = state;
        let next = State { segment: segment + 1, start: START, ..state };
        let stretches = self.stretches;
        match stretches.get(segment) {
            None if self.pages.is_some_and(|pages| page + 1 != pages) => NEVER,
            None => left_empty(row, self.rows, true),
            Some(Stretch::Chapter) => self.from(next),
            Some(Stretch::NewPage) if row == 0 => self.from(next),
            Some(Stretch::NewPage) => self.turned(segment, next, 0),
            Some(Stretch::Spanner(wide)) => {
                let end = row + if row == 0 { 0 } else { wide.above } + wide.rows;
                let mut least = NEVER;
                if row == 0 || end + wide.keep <= self.rows {
                    let row = (end + wide.below).min(self.rows);
                    least = tail(stretches, segment, state.row) + self.from(State { row, ..next });
                }
                if row > 0 {
                    let extra = stranded(stretches, segment) + apart(stretches, segment);
                    least = least.min(self.turned(segment, state, extra));
                }
                least
            }
            Some(Stretch::Columns(count, pieces)) => {
                let mut least = NEVER;
                if row > 0 {
                    least = self.turned(segment, state, stranded(stretches, segment));
                }
                let mut pages = BTreeMap::new();
                fill_page(pieces, start, self.rows - row, *count, &mut Vec::new(), 0, &mut pages);
                for ((columns, goes_on), cost) in pages {
                    let rest = match goes_on {
                        Some(start) => {
                            let next = State { start, row: 0, page: page + 1, ..state };
                            w::PAGE + page_cost(&columns, row, self.rows) + self.from(next)
                        }
                        None => {
                            let most = columns.iter().copied().max().unwrap_or(0);
                            let next = State { row: row + most, ..next };
                            end_cost(&columns, *count) + self.from(next)
                        }
                    };
                    least = least.min(cost + rest);
                }
                least
            }
        }
    }

    /// The least cost if the rest starts on a new page.
    fn turned(&mut self, segment: usize, next: State, extra: i64) -> i64 {
        let ends = ends_chapter(self.stretches, segment);
        let cost = extra + w::PAGE + left_empty(next.row, self.rows, ends);
        cost + self.from(State { row: 0, page: next.page + 1, ..next })
    }
}

/// What a page costs whose rest stays empty.
pub(super) fn left_empty(row: i64, rows: i64, chapter_ends: bool) -> i64 {
    if !chapter_ends {
        return page_cost(&[row], 0, rows);
    }
    let empty = if row * 100 < rows * w::FULL_SHARE { w::NEARLY_EMPTY } else { 0 };
    empty + (rows - row) * (rows - row) * w::EMPTY_ROWS
}

/// Whether a page that is left before a segment is the last of a chapter.
pub(super) fn ends_chapter(stretches: &[Stretch], segment: usize) -> bool {
    match &stretches[segment] {
        Stretch::NewPage => true,
        Stretch::Spanner(wide) => wide.holds,
        _ => false,
    }
}

/// What it costs to leave a title behind, if one stands before a segment.
pub(super) fn stranded(stretches: &[Stretch], segment: usize) -> i64 {
    let mut before = stretches[..segment].iter().rev();
    match before.find(|stretch| !matches!(stretch, Stretch::Chapter)) {
        Some(Stretch::Spanner(wide)) if wide.holds => w::STRANDED,
        _ => 0,
    }
}

/// What it costs to start a page with something wide: nothing if it is a title,
/// most if a title or nothing of its section follows.
pub(super) fn apart(stretches: &[Stretch], segment: usize) -> i64 {
    if matches!(&stretches[segment], Stretch::Spanner(wide) if wide.holds) {
        return 0;
    }
    let goes_on = |stretch: &Stretch| match stretch {
        Stretch::Chapter => None,
        Stretch::Columns(..) => Some(true),
        Stretch::Spanner(wide) => Some(!wide.holds),
        Stretch::NewPage => Some(false),
    };
    match stretches[segment + 1..].iter().find_map(goes_on) {
        Some(true) => w::APART,
        _ => w::LAST_APART,
    }
}

/// What it costs that something wide stands at a row below the end of a chapter:
/// nothing unless it is the first title of the next one.
pub(super) fn tail(stretches: &[Stretch], segment: usize, row: i64) -> i64 {
    let is_first = matches!(&stretches[segment], Stretch::Spanner(wide) if wide.holds)
        && stranded(stretches, segment) == 0;
    let lacking = if is_first && row > 0 { (w::TAIL_ROWS - row).max(0) } else { 0 };
    lacking * w::SHORT_TAIL
}

/// What the feet of a page cost that goes on, whose columns start at a row.
pub(super) fn page_cost(columns: &[i64], row: i64, rows: i64) -> i64 {
    let most = columns.iter().copied().max().unwrap_or(0);
    let least = columns.iter().copied().min().unwrap_or(0);
    let short = rows - row - most;
    let filled = row + most;
    let empty = if filled * 100 < rows * w::FULL_SHARE { w::HOLE } else { 0 };
    let hollow = w::HOLLOW * (rows * w::HOLLOW_SHARE / 100 - filled).max(0);
    let prices =
        (1..=short).map(|row| if row <= w::SHORT_FAR { 2 * row - 1 } else { 2 * w::SHORT_FAR });
    let stub = if row > 0 { (w::STUB_ROWS - most).max(0) * w::STUB } else { 0 };
    stub + w::SHORT_PAGE * prices.sum::<i64>() + w::UNEVEN * (most - least) + hollow + empty
}

/// What the feet of columns cost where a segment ends; those that are missing
/// are empty.
pub(super) fn end_cost(columns: &[i64], count: usize) -> i64 {
    let mut columns = columns.to_vec();
    columns.resize(count, 0);
    let spread = columns.iter().max().unwrap_or(&0) - columns.iter().min().unwrap_or(&0);
    let falling = columns.windows(2).all(|pair| pair[0] >= pair[1]);
    match spread {
        0 => 0,
        _ if falling => w::SHORTER_LAST + w::UNEVEN * (spread - 1),
        _ => w::LONGER_LAST + w::UNEVEN * (spread - 1),
    }
}

/// All ways to fill the columns of a page: their rows and where the next page
/// starts, if there is one, with the least cost of what stands in them.
fn fill_page(
    pieces: &[Piece],
    start: Start,
    capacity: i64,
    count: usize,
    columns: &mut Vec<i64>,
    cost: i64,
    found: &mut BTreeMap<(Vec<i64>, Option<Start>), i64>,
) {
    if !columns.is_empty() {
        // The other columns stay empty.
        let mut columns = columns.clone();
        columns.resize(count, 0);
        let least = found.entry((columns, Some(start))).or_insert(cost);
        *least = cost.min(*least);
    }
    if columns.len() == count {
        return;
    }
    for ((next, rows), price) in fill_column(pieces, start, capacity) {
        columns.push(rows);
        if next.0 == pieces.len() {
            let least = found.entry((columns.clone(), None)).or_insert(cost + price);
            *least = (cost + price).min(*least);
        } else {
            fill_page(pieces, next, capacity, count, columns, cost + price, found);
        }
        columns.pop();
    }
}

/// All ways to end a column.
pub(super) fn fill_column(pieces: &[Piece], start: Start, capacity: i64) -> Ends {
    let mut ends = Ends::new();
    let owed = start.3.map_or(0, |part| height_of_float(&pieces[part]) + FLOAT_WHITE);
    let fill = Fill {
        pieces,
        start,
        capacity,
        rows: owed,
        cost: 0,
        last: None,
        white: None,
        head: start.3.is_some(),
        foot: false,
        late: None,
        placed: false,
        begins: false,
    };
    fill.go(start.0, &mut ends);
    ends
}

pub(super) fn height_of_float(piece: &Piece) -> i64 {
    match piece.shape {
        Shape::Float(rows) => rows,
        _ => 0,
    }
}

/// A column that is being filled.
#[derive(Debug, Clone)]
struct Fill<'a> {
    pieces: &'a [Piece],
    start: Start,
    capacity: i64,
    /// The rows in use, of floats too.
    rows: i64,
    cost: i64,
    /// The last part that stands in its place.
    last: Option<usize>,
    /// The white below it.
    white: Option<White>,
    /// Whether a float stands at the head, and at the foot.
    head: bool,
    foot: bool,
    /// The float that is left to the next column.
    late: Option<usize>,
    /// Whether a float stands in its place.
    placed: bool,
    /// Whether a float at the foot or left for later is still to be passed.
    begins: bool,
}

impl Fill<'_> {
    fn end(&self, next: Start, price: i64, ends: &mut Ends) {
        let over = next.0 == self.pieces.len() && self.late.is_some();
        if self.last.is_none() || self.begins || over || self.rows > self.capacity {
            return;
        }
        let next = (next.0, next.1, next.2, self.late);
        let least = ends.entry((next, self.rows)).or_insert(NEVER);
        *least = (*least).min(self.cost + price);
    }

    /// Goes on at a part.
    fn go(self, part: usize, ends: &mut Ends) {
        if self.rows > self.capacity {
            return;
        }
        let Some(piece) = self.pieces.get(part) else {
            let after = self.last.map_or(0, |last| self.pieces[last].after);
            self.end((part, 0, 0, None), after, ends);
            return;
        };
        match &piece.shape {
            Shape::White(white) => {
                let larger = self.white.map_or(*white, |known| known.larger(*white));
                Fill { white: Some(larger), ..self }.go(part + 1, ends);
            }
            Shape::Float(rows) => {
                self.end_before(part, ends);
                self.move_float(part, *rows, ends);
                // After one at the foot or later, none may stand before it.
                if !self.foot && self.late.is_none() {
                    let placed = Fill { placed: true, ..self };
                    placed.set(part, &[], *rows, 0, 0, ends);
                }
            }
            Shape::Set(settings) => {
                self.end_before(part, ends);
                let first = if part == self.start.0 { self.start.2 } else { 0 };
                for (number, setting) in settings.iter().enumerate() {
                    if first > 0 && number != self.start.1 {
                        continue;
                    }
                    let mut column = self.clone();
                    column.cost += if first > 0 { 0 } else { setting.cost };
                    column.set(part, &setting.between, setting.rows, first, number, ends);
                }
            }
        }
    }

    /// Ends the column between two parts.
    fn end_before(&self, part: usize, ends: &mut Ends) {
        let after = self.last.map_or(0, |last| self.pieces[last].after);
        self.end((part, 0, 0, None), after, ends);
    }

    fn move_float(&self, part: usize, rows: i64, ends: &mut Ends) {
        let taken = self.rows + rows + FLOAT_WHITE;
        if !self.head && !self.placed && !self.foot && self.late.is_none() {
            let cost = self.cost + w::FLOAT_MOVED;
            Fill { head: true, rows: taken, cost, ..self.clone() }.go(part + 1, ends);
        }
        if !self.foot && self.late.is_none() {
            let cost = self.cost + w::FLOAT_MOVED;
            let column = Fill { foot: true, rows: taken, cost, begins: true, ..self.clone() };
            column.go(part + 1, ends);
        }
        if self.late.is_none() {
            let cost = self.cost + w::FLOAT_LATE;
            Fill { late: Some(part), cost, begins: true, ..self.clone() }.go(part + 1, ends);
        }
    }

    /// Sets a part from a line on, in all ways to end the column in it.
    fn set(
        self,
        part: usize,
        between: &[i64],
        height: i64,
        first: usize,
        setting: usize,
        ends: &mut Ends,
    ) {
        let white = self.white.filter(|_| self.last.is_some());
        for grown in 0..=white.map_or(0, |white| white.stretch) {
            let mut column = Fill { white: None, last: Some(part), begins: false, ..self.clone() };
            column.rows += white.map_or(0, |white| white.rows + grown);
            let prices = (1..=grown).map(|row| (1..=row).sum::<i64>());
            column.cost += white.map_or(0, |white| white.price * prices.sum::<i64>());
            for (line, &price) in between.iter().enumerate().skip(first) {
                column.rows += height;
                column.end((part, setting, line + 1, None), price, ends);
            }
            column.rows += height;
            column.go(part + 1, ends);
        }
    }
}
