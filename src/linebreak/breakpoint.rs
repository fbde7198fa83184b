//! Where lines may end, with the sums that tell a line's width in one step.
//!
//! Sums start anew after each forced break: no line goes across one, and the
//! huge stretch of the white before it would cost the others their precision.

use super::item::{Item, Penalty};
use crate::base::Abs;

/// Bounds sums, so that differences of absurd lengths cannot overflow.
const LIMIT: Abs = Abs::sp(1 << 59);

/// Widths added up since the last forced break.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) width: Abs,
    /// Of glue.
    pub(super) stretch: Abs,
    /// Of glue.
    pub(super) shrink: Abs,
    /// Of boxes.
    pub(super) widen: Abs,
    /// Of boxes.
    pub(super) narrow: Abs,
}

impl Sums {
    fn add(&mut self, item: &Item, ragged: bool) {
        match *item {
            Item::Box { width, widen, narrow } => {
                self.width = bounded(self.width, width);
                if !ragged {
                    self.widen = bounded(self.widen, widen.max(Abs::ZERO));
                    self.narrow = bounded(self.narrow, narrow.max(Abs::ZERO));
                }
            }
            Item::Glue { width, stretch, shrink } => {
                self.width = bounded(self.width, width);
                if !ragged || item.is_fill() {
                    self.stretch = bounded(self.stretch, stretch.max(Abs::ZERO));
                }
                if !ragged {
                    self.shrink = bounded(self.shrink, shrink.max(Abs::ZERO));
                }
            }
            Item::Penalty(_) => {}
        }
    }

    /// The width with all glue and boxes shrunk as far as they go.
    pub(super) fn shrunk(&self) -> Abs {
        self.width - self.shrink - self.narrow
    }

    /// The width at a ratio above zero.
    pub(super) fn stretched(&self, ratio: f64) -> Abs {
        self.width + self.stretch * ratio + self.widen * ratio.min(1.0)
    }
}

fn bounded(sum: Abs, length: Abs) -> Abs {
    (sum + length.clamp(-Abs::HUGE, Abs::HUGE)).clamp(-LIMIT, LIMIT)
}

/// A place where a line may end; the first stands for the paragraph's start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breakpoint {
    /// The item broken at; beyond the items for the end that closes an
    /// unfinished paragraph.
    pub(super) at: usize,
    /// Where the items of a line that ends here end, trailing white left out.
    pub(super) end: usize,
    /// The first item of the next line.
    pub(super) start: usize,
    /// The first breakpoint at which a line that starts here can end.
    pub(super) next: usize,
    /// The sums at `end`, with the width that the break adds to the line.
    pub(super) to: Sums,
    /// The sums at `start`, less the width that the break adds to the next line.
    pub(super) from: Sums,
    /// The least [`Sums::shrunk`] of this and all later breakpoints, up to the next
    /// forced one.
    pub(super) low: Abs,
    /// The penalty of the break.
    pub(super) cost: i32,
    /// Whether the line must end here.
    pub(super) forced: bool,
    /// Whether the line ends with a hyphen.
    pub(super) hyphen: bool,
    /// Whether that hyphen is not the word's own and the break may be left.
    pub(super) hyphenates: bool,
    /// Whether white fills the line's end.
    pub(super) filled: bool,
    /// The item after the last glue before `end`; 0 if there is none.
    glue_end: usize,
}

impl Breakpoint {
    /// Whether a line from another breakpoint to this one has white inside.
    pub(super) fn has_glue_since(&self, start: &Breakpoint) -> bool {
        self.glue_end > start.start
    }
}

/// The penalty of a break at glue.
const FREE: Penalty = Penalty { cost: 0, before: Abs::ZERO, after: Abs::ZERO, hyphen: false };

const FORCED: Penalty = Penalty { cost: Penalty::FORCED, ..FREE };

/// Finds the breakpoints of a paragraph, in order.
///
/// No line without a box can come of them, except between two forced breaks:
/// breaks that would leave one are no breakpoints, and [`Breakpoint::next`]
/// skips those that belong to the same white.
pub(super) fn breakpoints(items: &[Item], ragged: bool) -> Vec<Breakpoint> {
    let mut finder =
        Finder { points: Vec::with_capacity(items.len() / 2 + 2), ..Finder::default() };
    finder.add(0, FORCED);
    for (index, item) in items.iter().enumerate() {
        match item {
            Item::Box { .. } => finder.begin_lines(index),
            Item::Glue { .. } => {
                if finder.box_end == Some(index) {
                    finder.add(index, FREE);
                }
                finder.filled |= item.is_fill();
                finder.glue_end = index + 1;
            }
            Item::Penalty(penalty) if penalty.is_forced() => {
                finder.force(index, *penalty);
            }
            Item::Penalty(penalty) => {
                if penalty.is_legal() && finder.box_end.is_some() {
                    finder.add(index, *penalty);
                }
            }
        }
        finder.sums.add(item, ragged);
        if let Item::Box { .. } = item {
            finder.end_box(index + 1);
        }
    }
    if finder.box_end.is_some() {
        finder.filled = true;
        finder.force(items.len(), FORCED);
    }
    finder.done()
}

#[derive(Default)]
struct Finder {
    points: Vec<Breakpoint>,
    /// The first point whose next line has not begun yet.
    pending: usize,
    /// Up to the item at hand.
    sums: Sums,
    /// Where the last box since the last forced break ended.
    box_end: Option<usize>,
    box_sums: Sums,
    /// The item after the last glue.
    glue_end: usize,
    /// The same, before that box.
    box_glue_end: usize,
    /// Whether there is filling white since then.
    filled: bool,
}

impl Finder {
    fn add(&mut self, at: usize, penalty: Penalty) {
        let (end, mut to) = match self.box_end {
            Some(end) => (end, self.box_sums),
            None => (at, self.sums),
        };
        to.width = bounded(to.width, penalty.before);
        self.points.push(Breakpoint {
            at,
            end,
            start: at,
            next: 0,
            to,
            // For now what the break adds; the sums follow when the line begins.
            from: Sums { width: penalty.after, ..Sums::default() },
            low: Abs::ZERO,
            cost: penalty.cost,
            forced: penalty.is_forced(),
            hyphen: penalty.hyphen,
            hyphenates: penalty.hyphenates() && !penalty.is_forced(),
            filled: self.filled,
            glue_end: self.box_glue_end,
        });
    }

    /// The lines after the pending breakpoints begin with this item.
    fn begin_lines(&mut self, start: usize) {
        let next = self.points.len();
        for point in &mut self.points[self.pending..] {
            point.start = start;
            point.next = next;
            let width = bounded(self.sums.width, -point.from.width.max(-Abs::HUGE));
            point.from = Sums { width, ..self.sums };
        }
        self.pending = next;
    }

    fn end_box(&mut self, end: usize) {
        self.box_end = Some(end);
        self.box_sums = self.sums;
        self.box_glue_end = self.glue_end;
        self.filled = false;
    }

    fn force(&mut self, at: usize, penalty: Penalty) {
        // A break with nothing between it and this one would leave an empty line.
        while self.points.len() > self.pending && self.points.last().is_some_and(|p| !p.forced) {
            self.points.pop();
        }
        self.begin_lines(at);
        self.add(at, penalty);
        self.sums = Sums::default();
        self.box_end = None;
        self.filled = false;
    }

    fn done(mut self) -> Vec<Breakpoint> {
        let mut low = LIMIT;
        for point in self.points.iter_mut().rev() {
            if point.forced {
                low = LIMIT;
            }
            low = low.min(point.to.shrunk());
            point.low = low;
        }
        self.points
    }
}
