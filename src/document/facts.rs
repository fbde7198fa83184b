//! How well a document is set: what layout decided, line by line.
//!
//! Facts ride on frames and pages, so that reports, warnings and proofs tell
//! of the document itself and need not guess it from glyphs.

use crate::base::{Abs, Point, Rect};
use crate::diag::Span;

/// A line of text as it was set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineFacts {
    /// The baseline's start at the left edge of the measure.
    pub at: Point,
    /// The width that the line was set in.
    pub measure: Abs,
    /// The line's own width, protrusion included.
    pub width: Abs,
    /// The type size of its first words.
    pub size: Abs,
    /// The distance to the baseline of the next line.
    pub leading: Abs,
    /// Whether the line is flush at both sides; the last of a paragraph is not.
    pub justified: bool,
    /// How much the line stretches (above 0) or shrinks (below), as in
    /// [`crate::linebreak::Line::ratio`].
    pub ratio: f64,
    /// The width of its word spaces as a share of their natural width; 1 if it
    /// has none.
    pub gap: f64,
    /// How much wider (above 0) or narrower its glyphs are drawn, in thousandths.
    pub expansion: i16,
    /// How far the line hangs out of the measure at the left and at the right.
    pub protrusion: (Abs, Abs),
    /// Whether it ends with a hyphen.
    pub hyphen: bool,
    /// Its number in the paragraph, from 0.
    pub index: u32,
    /// How many lines the paragraph has.
    pub count: u32,
    /// How many lines more (above 0) or fewer than best by itself the paragraph
    /// was given, for the sake of the pages.
    pub variant: i8,
    /// What the line costs, as in [`crate::linebreak::Line::cost`].
    pub cost: i64,
    /// Where its words stand in the author's file.
    pub span: Span,
}

impl LineFacts {
    /// Whether it ends its paragraph.
    pub fn is_last(&self) -> bool {
        self.index + 1 == self.count
    }
}

/// The baseline grid of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// The first baseline, from the top of the trimmed page.
    pub first: Abs,
    /// From one baseline to the next.
    pub leading: Abs,
    /// How many there are.
    pub rows: i64,
}

impl Grid {
    /// The row, from 0, on whose baseline a height lies, give or take 1/64 pt.
    pub fn row_of(&self, y: Abs) -> Option<i64> {
        let near = Abs::sp(1024);
        let from_first = (y - self.first + near).to_sp();
        let step = self.leading.to_sp().max(1);
        (from_first.rem_euclid(step) <= 2 * near.to_sp()).then(|| from_first.div_euclid(step))
    }
}

/// A column of a page, as far as it is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnFacts {
    /// From the top of its first row to the foot of its last row in use.
    pub area: Rect,
    /// Its number on the page, from 0 at the left.
    pub index: usize,
    /// Columns with the same number stand side by side: those of one segment.
    pub group: usize,
    /// Whether its segment of the text ends on this page, so that the columns
    /// are balanced and need not reach the page's foot.
    pub ends: bool,
}

/// What was done to make a document have its number of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copyfit {
    /// Where the author asks for a number of pages; none if that is left to the text.
    pub asked: Option<Span>,
    /// The pages that it has by itself.
    pub natural: usize,
    /// The pages that were put in only to fill up.
    pub fillers: usize,
    /// Above 0, the rows that white between blocks may grow beyond the usual;
    /// below 0, titles stand closer.
    pub white: i64,
    /// White added after each character, in thousandths of an em.
    pub tracking: i16,
    /// How much wider all glyphs are drawn, in thousandths.
    pub expansion: i16,
    /// How much larger the leading is, in thousandths.
    pub leading: i16,
}
