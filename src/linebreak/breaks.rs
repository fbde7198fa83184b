//! The result: a paragraph's lines.

use crate::base::Abs;

/// The pass of the search that found a break. A later pass is run if the
/// earlier ones find nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Without hyphens that the words do not have, within the pretolerance.
    Unhyphenated,
    /// With hyphens, within the tolerance.
    Hyphenated,
    /// With emergency stretch in every line.
    Emergency,
    /// With lines that are too loose where nothing more fits, and too wide where
    /// nothing less can be set. This pass always finds a break.
    Rescue,
}

/// A line of a broken paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The first item of the line. White and breaks before it are dropped.
    pub start: usize,
    /// The item after the last box of the line. White after it is dropped.
    pub end: usize,
    /// The item that the line is broken at, glue or a penalty; the number of
    /// items if the paragraph simply stops.
    pub break_at: usize,
    /// What the glue between `start` and `end` stretches (times `stretch`) or
    /// shrinks (below zero, times `shrink`): 0 for ragged text and for a last
    /// line that fits, at least –1, at most [`Params::max_ratio`].
    ///
    /// [`Params::max_ratio`]: super::Params::max_ratio
    pub ratio: f64,
    /// The width before glue stretches or shrinks, with what the breaks at both
    /// ends add.
    pub natural: Abs,
    /// Whether the line ends with a hyphen, the word's own or a new one.
    pub hyphen: bool,
    /// What the line costs, demerits included.
    pub cost: i64,
    /// Whether the line is wider than its measure however much it shrinks.
    pub overfull: bool,
    /// Whether the line stays short of its measure, as its glue would have to
    /// stretch beyond the maximal ratio or as there is none.
    pub underfull: bool,
}

/// A way to break a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Breaks {
    /// The lines from top to bottom: all boxes, each once and in order.
    pub lines: Vec<Line>,
    /// What the lines cost together. A variant that takes a later pass than
    /// the natural break costs at least 1 more than that.
    pub cost: i64,
    /// The pass that found it.
    pub pass: Pass,
}

impl Breaks {
    /// The lines that are wider than their measure.
    pub fn overfull(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.overfull)
    }

    /// The lines that stay short of their measure.
    pub fn underfull(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.underfull)
    }
}
