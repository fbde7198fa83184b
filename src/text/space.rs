//! The white between words: which characters make it, and how far it gives.

use super::prepare::PartKind;
use crate::base::Abs;
use crate::linebreak::Item;

/// The spaces of justified text, in hundredths of the face's own: the ideal one,
/// the least, and what is added at a ratio of 1. Text of the size of a brochure's
/// looks calmest a little tighter than faces are spaced, as Tschichold and
/// Bringhurst have it; since long words push spaces apart, the mean then comes
/// out near the natural one. The space of a text face such as Source Sans 3 is a
/// fifth of an em; below 0.15 em readers, and programs that extract text, run
/// words together.
const IDEAL: i64 = 94;
const LEAST: i64 = 76;
const STRETCH: i64 = 25;

/// The glue of a space of a natural width.
pub(super) fn glue(white: Abs) -> Item {
    Item::Glue {
        width: white * IDEAL / 100,
        stretch: white * STRETCH / 100,
        shrink: white * (IDEAL - LEAST) / 100,
    }
}

/// What spaces of a natural width together can be changed by: at least, as they
/// shrink, and at most, as they stretch by a ratio.
pub(super) fn give(white: Abs, ratio: f64) -> (Abs, Abs) {
    let most = (white * STRETCH / 100) * ratio - white * (100 - IDEAL) / 100;
    (-(white * (100 - LEAST) / 100), most)
}

/// Whether a character is white that is set apart from words.
pub(super) fn is_space(c: char) -> bool {
    is_breaking_space(c) || is_line_break(c) || c == '\u{A0}'
}

/// Whether a character is a space at which a line may end.
pub(super) fn is_breaking_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The white at the start of a string and its length in bytes.
pub(super) fn white(text: &str) -> Option<(PartKind, usize)> {
    match text.as_bytes() {
        [b' ' | b'\t' | b'\n' | b'\r', ..] => Some((PartKind::Space, 1)),
        [0xC2, 0xA0, ..] => Some((PartKind::Space, 2)),
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => Some((PartKind::LineBreak, 3)),
        _ => None,
    }
}

/// Whether a character is a line break of the author's.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}
