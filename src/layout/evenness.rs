//! How even the word spaces of a pagination are.

use super::galley::{Drawing, Segment};
use super::paginate::Pagination;
use crate::linebreak::WIDE_RATIO;

/// One line in so many may have wide word spaces: those below make the 95th
/// percentile of a brochure's.
const ONE_IN: usize = 20;

/// The lines of running text whose word spaces are wide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Evenness {
    /// Lines with spaces beyond the wide ratio.
    wide: usize,
    /// All lines.
    lines: usize,
}

impl Evenness {
    /// Of the lines that a pagination has chosen.
    pub(super) fn of(segments: &[Segment<'_>], pagination: &Pagination) -> Evenness {
        let mut evenness = Evenness::default();
        for placed in &pagination.placed {
            let Segment::Columns { parts, .. } = &segments[placed.segment] else { continue };
            let what = &placed.what;
            let Some(Drawing::Lines(lines)) = parts.get(what.part).map(|part| &part.drawing) else {
                continue;
            };
            let Some(breaks) = lines.paragraph.settings().get(what.setting) else { continue };
            let chosen = breaks.lines.get(what.lines.clone()).unwrap_or_default();
            evenness.lines += chosen.len();
            evenness.wide += chosen.iter().filter(|line| line.ratio > WIDE_RATIO).count();
        }
        evenness
    }

    /// Whether wide lines are few, or no larger a share than they were.
    pub(super) fn keeps(self, before: Evenness) -> bool {
        self.wide * ONE_IN <= self.lines || self.wide * before.lines <= before.wide * self.lines
    }
}
