//! Hyphenation by Liang's patterns, which the `hypher` crate has for each language.

use crate::base::Lang;

/// Calls `place` with each byte at which a word may be hyphenated, and the
/// number of letters before and after it.
///
/// At least `left` letters stay before a hyphen and `right` after it; words of
/// fewer than five letters stay whole.
pub(super) fn hyphenate(
    word: &str,
    lang: Lang,
    left: usize,
    right: usize,
    mut place: impl FnMut(usize, usize, usize),
) {
    let letters = word.chars().count();
    if letters < 5 {
        return;
    }
    let patterns = match lang {
        Lang::Nl => hypher::Lang::Dutch,
        Lang::En => hypher::Lang::English,
        Lang::De => hypher::Lang::German,
    };
    let (mut at, mut before) = (0, 0);
    for syllable in hypher::hyphenate_bounded(word, patterns, left, right) {
        if at > 0 {
            place(at, before, letters - before);
        }
        at += syllable.len();
        before += syllable.chars().count();
    }
}
