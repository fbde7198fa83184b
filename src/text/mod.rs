//! Words to lines of glyphs: itemise, shape, hyphenate, break, set.
//!
//! A [`Typesetter`] turns styled text into [`Line`]s. Words are shaped once, in
//! font units, and found again by their face, features and language (`shape`);
//! the text becomes boxes, glue and penalties (`prepare`) at the break places
//! of the language (`breaks`, `address`, `hyphenate`), the line breaker chooses
//! among them, and the lines are set glyph by glyph (`set`).

mod address;
mod breaks;
mod diagnose;
mod hyphenate;
mod line;
mod prepare;
mod scale;
mod set;
mod shape;
mod widths;

pub use line::{Line, LineEnd};

use crate::base::Abs;
use crate::diag::Diagnostics;
use crate::linebreak::{Measure, Params, break_lines};
use crate::theme::{Align, StyledText};
use prepare::Prepared;
use set::{Order, Setter};
use shape::Shaper;

/// Sets paragraphs. Keeps what it has shaped, so use one for many paragraphs;
/// what it makes of a text does not depend on what it has set before.
pub struct Typesetter {
    shaper: Shaper,
    prepared: Prepared,
}

impl Default for Typesetter {
    fn default() -> Typesetter {
        Typesetter::new()
    }
}

impl Typesetter {
    /// A typesetter that has shaped nothing yet.
    pub fn new() -> Typesetter {
        Typesetter { shaper: Shaper::new(), prepared: Prepared::default() }
    }

    /// Breaks a paragraph into lines of at most `measure`, at the places that
    /// cost least together, and sets them. Justified lines end exactly at the
    /// measure; those that would need too much white for that, and the last,
    /// stay short.
    ///
    /// Reports characters that no font has, characters from a fallback font, and
    /// words wider than the measure; there are lines all the same. A text
    /// without words has none.
    pub fn paragraph(
        &mut self,
        text: &StyledText,
        measure: Abs,
        diags: &mut Diagnostics,
    ) -> Vec<Line> {
        self.prepare(text, false, diags);
        widths::report_too_wide(&self.prepared, text, measure, diags);
        let justified = text.para.align == Align::Justify;
        // White and runts are measured by the type size that the paragraph starts in.
        let size = text.runs.first().map_or(Abs::ZERO, |run| run.style.size);
        let params = if justified {
            Params::justified(size)
        } else if text.para.hyphenate {
            Params::ragged(size)
        } else {
            // Headings and the like: a short line is better than a parted
            // compound, so that every line that fits is let in, and a runt that
            // cannot be helped otherwise is too.
            Params { pretolerance: Some(u32::MAX), runt_price: 10_000, ..Params::ragged(size) }
        };
        let breaks = break_lines(&self.prepared.items, Measure::Same(measure), &params);

        let prepared = &self.prepared;
        let mut setter = Setter::new(&mut self.shaper, prepared, text);
        let count = breaks.lines.len();
        let mut lines = Vec::with_capacity(count);
        for (index, broken) in breaks.lines.iter().enumerate() {
            let mark = |item: usize| prepared.marks.get(item).copied();
            let start = mark(broken.start).map_or(prepared.text.len(), |mark| mark.at);
            let (end, hyphen) = mark(broken.break_at)
                .map_or((prepared.text.len(), false), |mark| (mark.at, mark.hyphen));
            let forced = prepared.forced(broken.break_at);
            // The line before a forced break keeps its natural width, unless
            // that is a little too much.
            let fill = justified && (!forced || broken.natural > measure);
            let mut line = setter.line(&Order {
                range: start.min(end)..end,
                hyphen,
                ratio: broken.ratio,
                fill: fill.then_some(measure),
                limited: broken.underfull,
                measure,
            });
            line.last = index + 1 == count;
            lines.push(line);
        }
        lines
    }

    /// Sets a text as one line of its natural width, flush left at `x` = 0.
    /// Line breaks of the author's become spaces.
    pub fn line(&mut self, text: &StyledText, diags: &mut Diagnostics) -> Line {
        self.prepare(text, true, diags);
        let order = Order {
            range: 0..self.prepared.text.len(),
            hyphen: false,
            ratio: 0.0,
            fill: None,
            limited: false,
            measure: Abs::ZERO,
        };
        let mut line = Setter::new(&mut self.shaper, &self.prepared, text).line(&order);
        // Whatever the paragraph's alignment, the line starts at its left edge.
        if let Some(x) = line.items.first().map(|(at, _)| at.x) {
            for (at, _) in &mut line.items {
                at.x -= x;
            }
        }
        line.last = true;
        line
    }

    /// The width of the widest part that cannot be broken, and that of the whole
    /// text on one line, or of its widest line if the author has broken it.
    pub fn widths(&mut self, text: &StyledText, diags: &mut Diagnostics) -> (Abs, Abs) {
        self.prepare(text, false, diags);
        widths::widths(&self.prepared.items)
    }

    fn prepare(&mut self, text: &StyledText, unbroken: bool, diags: &mut Diagnostics) {
        self.shaper.tidy();
        self.prepared.fill(&mut self.shaper, text, unbroken, diags);
    }
}
