//! The result: a paragraph's lines.

use crate::base::Abs;

/// The pass of the search that found a break. A later pass is run if the
/// earlier ones find nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Without hyphens that the words do not have, within the pretolerance and
    /// all limits.
    Unhyphenated,
    /// With hyphens, within all limits.
    Normal,
    /// With lines that break a limit where there is no way without, too wide
    /// ones where nothing less can be set, and ragged ones however short. This
    /// pass always finds a break.
    Rescue,
}

/// A limit that a line breaks, the lightest breach first: where not all limits
/// can hold, the search rather breaks an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// See [`Line::loose`].
    Loose,
    /// See [`Line::third_hyphen`].
    ThirdHyphen,
    /// See [`Line::runt`].
    Runt,
    /// See [`Line::overfull`].
    Overfull,
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
    /// How much the line between `start` and `end` stretches or, below zero,
    /// shrinks. A setter makes
    /// - each glue wider by ratio · `stretch`, or by ratio · `shrink` below zero,
    /// - each box wider by min(ratio, 1) · `widen`, or by ratio · `narrow`.
    ///
    /// So boxes give their share up to a ratio of 1, and what is more goes to
    /// the glue alone. The sum is the measure less `natural`, unless the line is
    /// overfull or underfull. The ratio is 0 for ragged text and for a last line
    /// that fits, at least –1, at most [`Params::max_ratio`].
    ///
    /// [`Params::max_ratio`]: super::Params::max_ratio
    pub ratio: f64,
    /// The width before anything stretches or shrinks, with what the breaks at both
    /// ends add.
    pub natural: Abs,
    /// How far it ends before the measure (below 0: beyond it), so that fewer
    /// spaces need be wide. What glue and boxes give fills the rest.
    pub inset: Abs,
    /// Whether the line ends with a hyphen, the word's own or a new one.
    pub hyphen: bool,
    /// What the line costs, demerits included.
    pub cost: i64,
    /// Whether the line is wider than its measure however much it shrinks.
    pub overfull: bool,
    /// Whether the line stays short of its measure, as its glue would have to
    /// stretch beyond the maximal ratio or as there is none. Such a line is
    /// loose too.
    pub underfull: bool,
    /// Whether the line is justified beyond [`Params::loose_ratio`], or would
    /// have to be if there were any glue.
    ///
    /// [`Params::loose_ratio`]: super::Params::loose_ratio
    pub loose: bool,
    /// Whether the line ends with a hyphen, as at least [`MAX_HYPHENS`] lines
    /// right before it do.
    ///
    /// [`MAX_HYPHENS`]: super::MAX_HYPHENS
    pub third_hyphen: bool,
    /// Whether the line ends a paragraph, or the part of one before a line break
    /// of the author's, and is shorter than [`Params::runt`] or no more than the
    /// tail of a word.
    ///
    /// [`Params::runt`]: super::Params::runt
    pub runt: bool,
}

impl Line {
    /// The limits that the line breaks, the lightest first.
    pub fn breaches(&self) -> impl Iterator<Item = Breach> {
        let all = [
            (self.loose, Breach::Loose),
            (self.third_hyphen, Breach::ThirdHyphen),
            (self.runt, Breach::Runt),
            (self.overfull, Breach::Overfull),
        ];
        all.into_iter().filter_map(|(broken, breach)| broken.then_some(breach))
    }
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
    /// The limits that lines break, with the line's number from 0. There is none
    /// unless the break is of the [`Pass::Rescue`].
    pub fn breaches(&self) -> impl Iterator<Item = (usize, Breach)> {
        let lines = self.lines.iter().enumerate();
        lines.flat_map(|(number, line)| line.breaches().map(move |breach| (number, breach)))
    }

    /// The lines that are wider than their measure.
    pub fn overfull(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.overfull)
    }

    /// The lines that stay short of their measure.
    pub fn underfull(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.underfull)
    }
}
