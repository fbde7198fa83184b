//! Boxes, glue and penalties.

use crate::base::Abs;

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something that cannot be broken: a syllable, a word, an image.
    Box {
        /// Its width.
        width: Abs,
    },
    /// White that may stretch and shrink, and vanishes at a line's start and end.
    /// A line may end at glue that follows a box.
    Glue {
        /// Its natural width.
        width: Abs,
        /// How much it may grow at a ratio of 1.
        stretch: Abs,
        /// How much it may give at most.
        shrink: Abs,
    },
    /// A place where a line may end.
    Penalty(Penalty),
}

/// A place where a line may end, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalty {
    /// How dear a break here is; [`Penalty::FORCED`] or less must break,
    /// [`Penalty::NEVER`] or more must not.
    pub cost: i32,
    /// Width added at the line's end if it is broken here (a hyphen).
    pub before: Abs,
    /// Width added at the next line's start if it is broken here, often
    /// negative: kerning that the break undoes, a letter that changes.
    pub after: Abs,
    /// Whether the line then ends with a hyphen.
    pub hyphen: bool,
}

impl Penalty {
    /// The cost of a break that must be taken.
    pub const FORCED: i32 = -10_000;
    /// The cost of a break that must not be taken.
    pub const NEVER: i32 = 10_000;
}
