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
        if at > 0 && !(lang == Lang::Nl && changes_spelling(word, at)) {
            place(at, before, letters - before);
        }
        at += syllable.len();
        before += syllable.chars().count();
    }
}

/// Whether a Dutch word would be spelt otherwise if broken at a byte: a trema
/// that only keeps two vowels apart goes (*reële*, *re-ele*), and a vowel that is
/// doubled before *-tje* is single again (*cafeetje*, *café-tje*). Such places are
/// left out, since breaks keep the letters as they are.
fn changes_spelling(word: &str, at: usize) -> bool {
    let (head, tail) = word.split_at(at);
    let trema = tail.starts_with(['ä', 'ë', 'ï', 'ö', 'ü', 'Ä', 'Ë', 'Ï', 'Ö', 'Ü'])
        || tail.chars().nth(1) == Some('\u{308}');
    let doubled = ["aa", "ee", "oo", "uu"].iter().any(|vowels| head.ends_with(vowels));
    trema || (doubled && matches!(tail, "tje" | "tjes"))
}
