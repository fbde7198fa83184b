//! Words to lines of glyphs: itemise, shape, hyphenate, break, set.
//!
//! A [`Typesetter`] turns styled text into [`Line`]s. Words are shaped once, in
//! font units, and found again by their face, features and language (`shape`);
//! the text becomes boxes, glue and penalties (`prepare`) at the break places
//! of the language (`breaks`, `address`, `hyphenate`, `dutch`), the line breaker chooses
//! among them, and the lines are set glyph by glyph (`set`), with the letters
//! that a break changes (`respell`).

mod address;
mod breaks;
mod diagnose;
mod dutch;
mod hyphenate;
mod line;
mod paragraph;
mod prepare;
mod protrusion;
mod respell;
mod scale;
mod set;
mod shape;
mod space;
mod widths;

pub use line::{Line, LineEnd};
pub use paragraph::Paragraph;

use crate::base::Abs;
use crate::base::Em;
use crate::diag::Diagnostics;
use crate::theme::StyledText;
use prepare::Prepared;
use set::{Order, Setter};
use shape::Shaper;

/// Sets paragraphs. Keeps what it has shaped, so use one for many paragraphs;
/// what it makes of a text does not depend on what it has set before.
pub struct Typesetter {
    shaper: Shaper,
    prepared: Prepared,
    fit: Fit,
}

/// What is done to all text alike to make it fit a number of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fit {
    /// White added after each character.
    pub tracking: Em,
    /// How much wider (above 0) or narrower glyphs are drawn, in thousandths.
    pub expansion: i16,
}

impl Fit {
    /// A type size or width, expanded.
    fn widened(self, size: Abs) -> Abs {
        if self.expansion == 0 { size } else { size * i64::from(1000 + self.expansion) / 1000 }
    }

    /// So many thousandths of what was `widened`, by its width before.
    fn part(self, widened: Abs, thousandths: i16) -> Abs {
        widened * i64::from(thousandths) / i64::from(1000 + self.expansion)
    }
}

impl Default for Typesetter {
    fn default() -> Typesetter {
        Typesetter::new()
    }
}

impl Typesetter {
    /// A typesetter that has shaped nothing yet.
    pub fn new() -> Typesetter {
        Typesetter { shaper: Shaper::new(), prepared: Prepared::default(), fit: Fit::default() }
    }

    /// Forgets what has been shaped, if that has become very much. No
    /// [`Paragraph`] broken before may be set afterwards.
    pub fn tidy(&mut self) {
        self.shaper.tidy();
    }

    /// Sets all text from now on with this fit.
    pub fn fit(&mut self, fit: Fit) {
        self.fit = fit;
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
        let paragraph = self.broken(text, measure, false, diags);
        let count = paragraph.settings()[0].lines.len();
        self.set(&paragraph, 0, 0..count)
    }

    /// Sets a text as one line of its natural width, flush left at `x` = 0.
    /// Line breaks of the author's become spaces.
    pub fn line(&mut self, text: &StyledText, diags: &mut Diagnostics) -> Line {
        self.prepare(text, true, diags);
        let order = Order {
            range: 0..self.prepared.text.len(),
            hyphen: false,
            start_change: None,
            end_change: None,
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
        self.prepared.fill(&mut self.shaper, text, unbroken, self.fit, diags);
    }
}
