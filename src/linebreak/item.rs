//! Boxes, glue and penalties.

use crate::base::Abs;

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item {
    /// Something that cannot be broken: a syllable, a word, an image.
    Box {
        /// Its width.
        width: Abs,
        /// How much it may widen, at a ratio of 1; below zero counts as none.
        widen: Abs,
        /// How much it may narrow, at a ratio of –1; below zero counts as none.
        narrow: Abs,
    },
    /// White that may stretch and shrink, and vanishes at a line's start and end.
    /// A line may end at glue that follows a box.
    Glue {
        /// Its natural width.
        width: Abs,
        /// How much it may grow at a ratio of 1; below zero counts as none.
        stretch: Abs,
        /// How much it may give at most; below zero counts as none.
        shrink: Abs,
    },
    /// A place where a line may end.
    Penalty(Penalty),
}

impl Item {
    /// A box of a fixed width.
    pub const fn rigid(width: Abs) -> Item {
        Item::Box { width, widen: Abs::ZERO, narrow: Abs::ZERO }
    }

    /// White that takes all the room that is left, [`Abs::HUGE`] or more of
    /// stretch: before a forced break it leaves the line at its natural width.
    pub const FILL: Item = Item::Glue { width: Abs::ZERO, stretch: Abs::HUGE, shrink: Abs::ZERO };

    /// The end of a line that must end here.
    pub const FORCED: Item = Item::Penalty(Penalty {
        cost: Penalty::FORCED,
        before: Abs::ZERO,
        after: Abs::ZERO,
        hyphen: false,
    });

    pub(super) fn is_fill(&self) -> bool {
        matches!(self, Item::Glue { stretch, .. } if *stretch >= Abs::HUGE)
    }
}

/// Ends a paragraph, or the part of one before a line break of the author's:
/// takes the white and the breaks at its end away, fills its last line, and
/// forces the break.
///
/// The line keeps its natural width, so it is not justified.
pub fn finish(items: &mut Vec<Item>) {
    let useless = |item: &Item| match item {
        Item::Box { .. } => false,
        Item::Glue { .. } => true,
        Item::Penalty(penalty) => !penalty.is_forced(),
    };
    while items.last().is_some_and(useless) {
        items.pop();
    }
    items.extend([Item::FILL, Item::FORCED]);
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

    /// Whether the line must end here.
    pub const fn is_forced(&self) -> bool {
        self.cost <= Penalty::FORCED
    }

    /// Whether a line may end here.
    pub const fn is_legal(&self) -> bool {
        self.cost < Penalty::NEVER
    }

    /// Whether a break here puts a hyphen where the word has none. The hyphen of
    /// *mkb-maakbedrijf* stands in the box before the break and adds no width,
    /// so a break after it hyphenates nothing.
    pub fn hyphenates(&self) -> bool {
        self.hyphen && self.before > Abs::ZERO
    }
}
