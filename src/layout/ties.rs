//! What belongs together in a column, told from its neighbours.

use super::galley::{Drawing, Lines, Part, Setting, Shape};
use super::weights as w;
use crate::base::Abs;
use crate::theme::StyledKind;

/// The lines up to which a further paragraph of a list entry looks lost at a
/// column's head.
const SHORT: usize = 3;

/// Raises the prices of parting what belongs together: a list entry from a short
/// paragraph that goes on with it, and a block from the web addresses below it,
/// which should not drift off either.
pub(super) fn tie(parts: &mut [Part<'_>]) {
    for index in 1..parts.len() {
        let (before, here) = parts.split_at_mut(index);
        let Some(part) = here.first() else { continue };
        if continues_entry(part) {
            if let Some(entry) = before.iter_mut().rev().find(|part| !part.is_white()) {
                entry.after = entry.after.max(w::IN_LIST_ENTRY);
            }
        } else if is_links(part)
            && let Some(Part { shape: Shape::White(white), .. }) = before.last_mut()
        {
            white.price = white.price.max(w::GROWN_ABOVE_LINKS);
        }
    }
}

/// Whether a part is a short paragraph that goes on with a list entry: only those
/// are indented and have no sign.
fn continues_entry(part: &Part<'_>) -> bool {
    let (Drawing::Lines(lines), Shape::Set(settings)) = (&part.drawing, &part.shape) else {
        return false;
    };
    let Lines { entry, indent, .. } = **lines;
    let short = settings.first().map(Setting::lines).is_some_and(|lines| lines <= SHORT);
    !entry && indent > Abs::ZERO && short
}

/// Whether a part is a list of web addresses.
fn is_links(part: &Part<'_>) -> bool {
    matches!(&part.drawing, Drawing::Box(opening) if matches!(opening.block.kind, StyledKind::Links(_)))
}
