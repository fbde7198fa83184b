//! What makes a brochure fit a number of pages: done to all of it alike.

use crate::base::{Abs, Em};
use crate::document::Copyfit;
use crate::text::Fit;
use crate::theme::PageLook;

/// How far a brochure is stretched (above 0) or squeezed (below).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Means {
    /// Rows that white between blocks may grow further; below 0, titles stand
    /// closer.
    pub(super) white: i64,
    /// White after each character, in thousandths of an em.
    pub(super) tracking: i16,
    /// How much wider glyphs are drawn, in thousandths.
    pub(super) expansion: i16,
    /// How much larger the leading is, in thousandths.
    pub(super) leading: i16,
}

impl Means {
    /// The ladder, the least visible means first, each step with those before:
    /// space around headings, tracking up to 1 %, glyphs up to 2 %, leading up
    /// to 2 %; as tracking, expansion and leading in thousandths. Variants of
    /// paragraphs, which come before all of these, are the paginator's.
    pub(super) const STEPS: [(i16, i16, i16); 7] =
        [(0, 0, 0), (5, 0, 0), (10, 0, 0), (10, 10, 0), (10, 20, 0), (10, 20, 10), (10, 20, 20)];

    /// A step of the ladder; `sign` is 1 to stretch and -1 to squeeze. Glyphs are
    /// drawn wider or narrower by `most` thousandths at most.
    pub(super) fn step(step: usize, sign: i16, most: i16) -> Means {
        let (tracking, expansion, leading) = Means::STEPS[step.min(Means::STEPS.len() - 1)];
        let expansion = expansion.min(most);
        Means {
            white: 2 * i64::from(sign),
            tracking: tracking * sign,
            expansion: expansion * sign,
            leading: leading * sign,
        }
    }

    /// What the typesetter does.
    pub(super) fn fit(self) -> Fit {
        Fit { tracking: Em::new(f64::from(self.tracking) / 1000.0), expansion: self.expansion }
    }

    /// A leading, fitted.
    pub(super) fn leading(self, leading: Abs) -> Abs {
        leading * i64::from(1000 + self.leading) / 1000
    }

    /// The page with its grid, fitted.
    pub(super) fn page(self, page: PageLook) -> PageLook {
        if self.leading == 0 {
            return page;
        }
        let leading = self.leading(page.leading);
        let rows = (page.trim.height - page.margins.vertical()).to_sp() / leading.to_sp().max(1);
        PageLook { leading, baseline: leading * 3i64 / 4, rows: rows.max(1), ..page }
    }

    /// The same for a report.
    pub(super) fn copyfit(self, natural: usize, fillers: usize) -> Copyfit {
        Copyfit {
            asked: None,
            natural,
            fillers,
            white: self.white,
            tracking: self.tracking,
            expansion: self.expansion,
            leading: self.leading,
        }
    }
}
