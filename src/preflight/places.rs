//! Where a fault was found: told once for all places with the same cause.

use super::scene::{Sheet, Words};
use crate::base::Abs;
use crate::diag::{Diagnostic, Span};
use std::collections::BTreeMap;

/// Findings about text that have the same cause, told once.
pub(super) struct Gathered<K> {
    found: BTreeMap<K, Places>,
}

/// Where something was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// The first place.
    pub(super) span: Span,
    /// Its page.
    page: usize,
    /// How many lines it was found in.
    lines: usize,
    /// The last line.
    last: (usize, Abs),
}

impl<K: Ord> Gathered<K> {
    pub(super) fn new() -> Gathered<K> {
        Gathered { found: BTreeMap::new() }
    }

    /// Notes that words on a page have a fault of this cause.
    pub(super) fn note(&mut self, cause: K, sheet: &Sheet<'_>, words: &Words<'_>) {
        self.found
            .entry(cause)
            .and_modify(|places| places.add(sheet, words))
            .or_insert_with(|| Places::new(sheet, words));
    }
}

impl<K> IntoIterator for Gathered<K> {
    type Item = (K, Places);
    type IntoIter = std::collections::btree_map::IntoIter<K, Places>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

impl Places {
    /// The place of words on a page.
    pub(super) fn new(sheet: &Sheet<'_>, words: &Words<'_>) -> Places {
        let line = (sheet.number, words.at.y);
        Places { span: words.span, page: sheet.number, lines: 1, last: line }
    }

    /// With more words that come later.
    pub(super) fn add(&mut self, sheet: &Sheet<'_>, words: &Words<'_>) {
        let line = (sheet.number, words.at.y);
        self.lines += usize::from(self.last != line);
        self.last = line;
    }

    /// With a finding's words under the place: the page, and how many more there are.
    pub(super) fn label(&self, finding: Diagnostic) -> Diagnostic {
        let page = self.page;
        finding.label(match self.lines {
            1 => format!("on page {page}"),
            2 => format!("on page {page}, and in another line"),
            lines => format!("on page {page}, and in {} more lines", lines - 1),
        })
    }
}
