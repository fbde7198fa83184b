//! How wide a paragraph has to be.

use super::diagnose;
use super::prepare::Prepared;
use super::space::is_space;
use crate::base::Abs;
use crate::diag::{Diagnostics, Span};
use crate::linebreak::Item;
use crate::theme::StyledText;
use std::ops::Range;

/// What may have to be forgiven for rounding: 1/64 pt.
const ROUNDING: Abs = Abs::sp(1024);

/// Calls `part` with the items of each part between two places where a line may
/// end, and its width with spaces in it shrunk as far as they go.
fn unbreakable(items: &[Item], mut part: impl FnMut(Range<usize>, Abs)) {
    let (mut start, mut width, mut boxed) = (0, Abs::ZERO, false);
    for (index, item) in items.iter().enumerate() {
        let (before, after) = match item {
            Item::Box { width: box_width, .. } => {
                (width, boxed) = (width + *box_width, true);
                continue;
            }
            Item::Glue { width: glue, shrink, .. } => {
                let follows_box = index > 0 && matches!(items[index - 1], Item::Box { .. });
                if !follows_box {
                    width += if boxed { *glue - *shrink } else { Abs::ZERO };
                    continue;
                }
                (Abs::ZERO, Abs::ZERO)
            }
            Item::Penalty(penalty) if penalty.is_legal() => (penalty.before, penalty.after),
            Item::Penalty(_) => continue,
        };
        if boxed {
            part(start..index, width + before);
        }
        (start, width, boxed) = (index, after, false);
    }
    if boxed {
        part(start..items.len(), width);
    }
}

/// The width of the widest part that cannot be broken, and of the widest line
/// if only forced breaks break it.
pub(super) fn widths(items: &[Item]) -> (Abs, Abs) {
    let mut least = Abs::ZERO;
    unbreakable(items, |_, width| least = least.max(width));
    let (mut natural, mut line) = (Abs::ZERO, Abs::ZERO);
    for item in items {
        match item {
            Item::Box { width, .. } | Item::Glue { width, .. } => line += *width,
            Item::Penalty(penalty) if penalty.is_forced() => {
                natural = natural.max(line);
                line = Abs::ZERO;
            }
            Item::Penalty(_) => {}
        }
    }
    (least, natural.max(line))
}

/// Reports each part that is wider than the measure and cannot be broken.
pub(super) fn report_too_wide(
    prepared: &Prepared,
    styled: &StyledText,
    measure: Abs,
    diags: &mut Diagnostics,
) {
    if measure <= Abs::ZERO {
        if let Some(span) = prepared.span(styled, prepared.trimmed(0..prepared.text.len())) {
            diagnose::no_room(span, diags);
        }
        return;
    }
    let mut last = None;
    unbreakable(&prepared.items, |items, width| {
        if width <= measure + ROUNDING {
            return;
        }
        let at = |item: usize| prepared.marks.get(item).map_or(prepared.text.len(), |m| m.at);
        let range = at(items.start)..at(items.end);
        let range = prepared.trimmed(range);
        let words = &prepared.text[range.clone()];
        let whole = prepared.whole_words(&range);
        // Of a word with several parts that are too wide the first will do.
        if last.replace(whole.as_ptr()) == Some(whole.as_ptr()) {
            return;
        }
        if let Some(span) = prepared.span(styled, range) {
            diagnose::too_wide(words, whole, span, width, measure, diags);
        }
    });
}

impl Prepared {
    /// The range with the rest of the words that it starts and ends in.
    fn whole_words(&self, range: &Range<usize>) -> &str {
        let before = self.text[..range.start].rsplit(is_space).next().map_or(0, str::len);
        let after = self.text[range.end..].split(is_space).next().map_or(0, str::len);
        &self.text[range.start - before..range.end + after]
    }

    /// A range without the white at its ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let words = self.text[range.clone()].trim_start();
        let start = range.end - words.len();
        start..start + words.trim_end().len()
    }

    /// Where a range of the paragraph stands.
    fn span(&self, styled: &StyledText, range: Range<usize>) -> Option<Span> {
        let Range { start, end } = range;
        let parts = self.parts.iter().filter(|p| p.start < end && p.end > start);
        parts
            .map(|part| {
                let look = self.runs[part.run];
                let range = part.start.max(start) - look.start..part.end.min(end) - look.start;
                styled.runs[look.run].text.span_of(range)
            })
            .reduce(Span::to)
    }

    /// Whether a line must end at an item.
    pub(super) fn forced(&self, item: usize) -> bool {
        match self.items.get(item) {
            None => true,
            Some(Item::Penalty(penalty)) => penalty.is_forced(),
            Some(_) => false,
        }
    }
}
