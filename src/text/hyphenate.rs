//! Hyphenation by Liang's patterns, which the `hypher` crate has for each
//! language, and by the rules of Dutch spelling.

use super::dutch::{self, Spelt};
use super::respell::Respelling;
use super::shape::is_mark;
use crate::base::Lang;
use std::borrow::Cow;

/// A place where a word may be hyphenated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The byte after it.
    pub(super) at: usize,
    /// Letters before it, as they are set.
    pub(super) left: usize,
    /// Letters after it.
    pub(super) right: usize,
    /// What a break there changes in the spelling.
    pub(super) respelling: Option<Respelling>,
}

/// The letters that a Dutch word may have after a hyphen if they start with one
/// that loses its trema: *zee-en*. Elsewhere two letters are not worth a line.
const AFTER_TREMA: usize = 2;

/// Words of fewer letters stay whole.
const SHORTEST: usize = 5;

/// Calls `found` with each place at which a word may be hyphenated, in order.
///
/// At least `left` letters stay before a hyphen and `right` after it, but for
/// [`AFTER_TREMA`]. So no vowel ever stands alone in a line (*e-chec*, *radi-o*).
///
/// The Dutch patterns give the places before a trema too; where they give none,
/// as in *aloë*, a single vowel would be left. So no place is added to theirs but
/// those where the spelling of a diminutive changes, which they leave out.
pub(super) fn hyphenate(
    word: &str,
    lang: Lang,
    left: usize,
    right: usize,
    mut found: impl FnMut(Place),
) {
    let letters = count(word);
    if letters < SHORTEST {
        return;
    }
    let dutch = lang == Lang::Nl;
    let patterns = match lang {
        Lang::Nl => hypher::Lang::Dutch,
        Lang::En => hypher::Lang::English,
        Lang::De => hypher::Lang::German,
    };
    let diminutive = if dutch { dutch::diminutive(word) } else { None };
    let least = if dutch { right.min(AFTER_TREMA) } else { right };
    let mut at = 0;
    let composed = composed(word);
    for syllable in hypher::hyphenate_bounded(&composed, patterns, left, least) {
        let (head, tail) = word.split_at(at);
        let after = count(tail);
        let spelt = if dutch { dutch::at_trema(head, tail) } else { Spelt::Same };
        let changed = diminutive.is_some_and(|(place, _)| place == at);
        let joined = dutch
            && (parts_ij(head, tail)
                || dutch::parts_milieu(head, tail)
                || dutch::parts_compound(tail));
        let spoken = has_vowel(head) && has_vowel(tail);
        let place = |respelling| Place { at, left: letters - after, right: after, respelling };
        match spelt {
            _ if at == 0 || joined || changed || !spoken => {}
            Spelt::Same if after >= right => found(place(None)),
            Spelt::Anew(respelling) => found(place(Some(respelling))),
            Spelt::Same | Spelt::Unsure => {}
        }
        at += original_len(&word[at..], syllable.chars().count());
    }
    if let Some((at, respelling)) = diminutive {
        let after = count(&word[at..]);
        let dropped = word[respelling.range(at).start..at].chars().count();
        let left_letters = letters - after + respelling.pre.chars().count() - dropped;
        // The place is the last that a word can have.
        if left_letters >= left && after >= right {
            found(Place { at, left: left_letters, right: after, respelling: Some(respelling) });
        }
    }
}

/// Letters of a word, marks not counted.
fn count(word: &str) -> usize {
    word.chars().filter(|&c| !is_mark(c)).count()
}

/// Whether a part of a word can be spoken: patterns leave two consonants at the
/// end of some names (*Boei-ng*).
fn has_vowel(part: &str) -> bool {
    // A letter with an accent is a vowel in nearly every word, and does no harm.
    part.chars().any(|c| !c.is_ascii() || "aeiouyAEIOUY".contains(c))
}

/// Whether a place parts the letter *ij*.
fn parts_ij(head: &str, tail: &str) -> bool {
    head.ends_with(['i', 'I']) && tail.starts_with(['j', 'J'])
}

/// Letters with a trema of its own character, as some programs write them.
const COMPOSED: [(&str, char); 5] =
    [("a\u{308}", 'ä'), ("e\u{308}", 'ë'), ("i\u{308}", 'ï'), ("o\u{308}", 'ö'), ("u\u{308}", 'ü')];

/// The word as the patterns know it: each letter with a trema one character.
fn composed(word: &str) -> Cow<'_, str> {
    if !word.contains('\u{308}') {
        return Cow::Borrowed(word);
    }
    let mut out = word.to_owned();
    for (apart, whole) in COMPOSED {
        out = out.replace(apart, whole.encode_utf8(&mut [0; 2]));
    }
    Cow::Owned(out)
}

/// The bytes of `chars` characters of [`composed`] in the word itself.
fn original_len(word: &str, chars: usize) -> usize {
    let mut rest = word;
    for _ in 0..chars {
        let apart = COMPOSED.iter().find_map(|(apart, _)| rest.strip_prefix(apart));
        rest = apart.unwrap_or_else(|| {
            let mut rest = rest.chars();
            rest.next();
            rest.as_str()
        });
    }
    word.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::super::breaks;
    use crate::base::Lang;

    /// The two halves of a token at each of its places, as they are set.
    fn halves(token: &str, lang: Lang) -> Vec<String> {
        let mut found = Vec::new();
        breaks::find(token, lang, &mut found);
        let half = |place: &breaks::Break| {
            let at = place.at as usize;
            let change = place.respelling.unwrap_or_default();
            let (head, tail) = (&token[..change.range(at).start], &token[change.range(at).end..]);
            let hyphen = if place.hyphen { "-" } else { "" };
            format!("{head}{}{hyphen}/{}{tail}", change.pre, change.post)
        };
        found.iter().map(half).collect()
    }

    /// Each line of the list has a word and all its places, as two halves.
    #[test]
    fn dutch_words_break_as_the_list_says() {
        let list = include_str!("../../tests/hyphenation/nl.txt");
        let mut words = 0;
        let mut wrong = Vec::new();
        for line in list.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (word, places) = line.split_once(':').expect("a word, a colon and its places");
            let found = halves(word.trim(), Lang::Nl).join(" ");
            if found != places.split_whitespace().collect::<Vec<_>>().join(" ") {
                wrong.push(format!("{word}: {found}"));
            }
            words += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(words >= 100, "{words} words");
    }
}
