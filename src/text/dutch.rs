//! How Dutch words are spelt where they are broken.
//!
//! The rules are those of the Leidraad of the Woordenlijst Nederlandse Taal,
//! chapter 18 (*Woorden afbreken*), and, for diminutives, of Taaladvies
//! (*Cafeetje (afbreking)*) by the Nederlandse Taalunie. What the rules leave
//! open is not broken: a place less is better than a wrong letter.

use super::respell::Respelling;

/// What a break at a place does to the spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelt {
    /// Nothing.
    Same,
    /// Letters change.
    Anew(Respelling),
    /// No rule says, so the word had better not be broken there.
    Unsure,
}

/// The vowel pairs that a trema parts, since they would be read as one sound
/// without it (Leidraad, chapter 7, *Klinkerbotsing*). Any other letter with two
/// dots has an umlaut and keeps it: *überhaupt*, *Köln*.
const PARTED: [&str; 14] =
    ["aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "oe", "oi", "oo", "ou", "ui", "uu"];

/// The spelling at a place between two halves of a word, as far as the first
/// letter after it decides.
pub(super) fn at_trema(head: &str, tail: &str) -> Spelt {
    let Some((letter, drop_after)) = trema(tail) else {
        return Spelt::Same;
    };
    let before = head.chars().next_back().map(|c| c.to_ascii_lowercase());
    let parted = PARTED.iter().any(|p| p.chars().next() == before && p.ends_with(letter));
    if !parted || ends_a_country(head, letter, &tail[drop_after..]) {
        return Spelt::Unsure;
    }
    Spelt::Anew(Respelling { drop_after: drop_after as u8, post: letter, ..Respelling::default() })
}

/// The bare letter and the bytes of the letter with a trema that a string
/// starts with. Capitals are left out: a word in capitals is not hyphenated.
fn trema(text: &str) -> Option<(&'static str, usize)> {
    const VOWELS: [(&str, char); 5] = [("a", 'ä'), ("e", 'ë'), ("i", 'ï'), ("o", 'ö'), ("u", 'ü')];
    VOWELS.iter().find_map(|&(bare, whole)| {
        let apart = || text.strip_prefix(bare).is_some_and(|rest| rest.starts_with(DIAERESIS));
        let length = if text.starts_with(whole) {
            whole.len_utf8()
        } else if apart() {
            bare.len() + DIAERESIS.len_utf8()
        } else {
            return None;
        };
        Some((bare, length))
    })
}

/// The mark for a trema that is a character of its own.
const DIAERESIS: char = '\u{308}';

/// Whether the *ë* at a place seems to be the last letter of a country that a
/// compound starts with: it would stand alone before the next part of the word,
/// which chapter 18 forbids (*Australi-ereis*).
///
/// Such compounds have a capital. With one, only what follows in inflected
/// words is let through: *Financiële*, *Industrieën*, *Israëliër*, *Variëren*.
fn ends_a_country(head: &str, letter: &str, rest: &str) -> bool {
    const INFLECTION: [&str; 7] = ["n", "le", "li", "ren", "rend", "rin", "t"];
    let capital = head.chars().next().is_some_and(char::is_uppercase);
    let inflected =
        matches!(rest, "r" | "rs") || INFLECTION.iter().any(|ending| rest.starts_with(ending));
    capital && letter == "e" && head.ends_with('i') && !inflected
}

/// Words that double their last vowel before *-tje*, and may stand at the end
/// of a compound: *vrachtautootje*.
///
/// Only words of this list and of [`ALONE`] get their own vowel back at a break
/// (*auto-tje*): in *laatje* or *diplomaatje* only a reader knows where *-tje*
/// starts, or whether it is *-je*.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    // é, doubled as ee.
    "café", "canapé", "cliché", "comité", "communiqué", "coupé", "defilé", "logé", "negligé",
    "plissé", "procedé", "resumé", "saté", "soufflé", "tracé", "variété",
    // e.
    "facsimile",
    // a.
    "agenda", "alinea", "azalea", "begonia", "bodega", "camera", "cola", "collega", "dahlia",
    "firma", "magnolia", "opera", "pagina", "panda", "panorama", "paprika", "pizza", "programma",
    "pyjama", "sauna", "schema", "sofa", "thema", "veranda", "villa", "zebra",
    // i, doubled as ie.
    "alibi", "bikini", "broccoli", "jacuzzi", "kiwi", "kolibri", "macaroni", "rabbi", "safari",
    "salami", "ski", "spaghetti", "sushi", "taxi", "tosti", "wiki",
    // o.
    "auto", "bistro", "bolero", "casino", "cello", "demo", "disco", "euro", "flamingo", "foto",
    "intermezzo", "kano", "kilo", "kimono", "logo", "mango", "memo", "metro", "numero", "piano",
    "piccolo", "radio", "risico", "scenario", "silo", "studio", "trio", "video",
    // u.
    "accu", "aperçu", "individu", "menu", "paraplu", "parvenu", "reçu", "residu",
];

/// Words that double their last vowel before *-tje*, but whose letters occur at
/// the end of others.
const ALONE: &[&str] = &[
    "aio", "boa", "dia", "duo", "ego", "extra", "gala", "havo", "info", "lama", "lasso", "mama",
    "mini", "oma", "opa", "papa", "poema", "solo", "stro", "taco", "tempo", "toko", "tuba", "tutu",
    "ufo", "vibro", "zero",
];

/// The place before *-tje* in a diminutive that doubles the vowel of its word,
/// and what a break there changes; none if the word is no such, or not known.
pub(super) fn diminutive(word: &str) -> Option<(usize, Respelling)> {
    let at = word.strip_suffix('s').unwrap_or(word).strip_suffix("tje")?.len();
    let stem = &word[..at];
    // *Aloë* has its *e* doubled by one without a trema.
    if stem.to_lowercase() == "aloëe" {
        return Some((at, Respelling { drop_before: 1, ..Respelling::default() }));
    }
    let (double, singles): (&str, &[&'static str]) = match stem.get(at.checked_sub(2)?..)? {
        "aa" => ("aa", &["a"]),
        "ee" => ("ee", &["é", "e"]),
        "ie" => ("ie", &["i"]),
        "oo" => ("oo", &["o"]),
        "uu" => ("uu", &["u"]),
        _ => return None,
    };
    let rest = stem.strip_suffix(double)?;
    let pre = singles.iter().copied().find(|single| {
        let base = format!("{}{single}", rest.to_lowercase());
        let compound = |known: &&str| {
            base.strip_suffix(*known)
                .is_some_and(|first| first.is_empty() || first.chars().count() >= 3)
        };
        ALONE.contains(&base.as_str()) || DOUBLING.iter().any(compound)
    })?;
    Some((at, Respelling { drop_before: 2, pre, ..Respelling::default() }))
}

/// Whether the apostrophe between a word and a suffix only keeps the whole
/// readable, and falls away at a break: *sherry'tje*.
///
/// That is a word on a consonant and *y*, or *u* read as *oe* (Leidraad, chapter
/// 15). After initialisms (*tv'tje*) the word is not broken at all.
pub(super) fn drops_apostrophe(base: &str, suffix: &str) -> bool {
    let mut last = base.chars().rev();
    let (end, before) = (last.next(), last.next());
    matches!(suffix, "tje" | "tjes")
        && base.chars().count() >= 4
        && matches!(end, Some('y' | 'u'))
        && before.is_some_and(|c| !is_vowel(c))
}

/// Words that compounds end with, or start their last part with, and that start
/// with a vowel.
#[rustfmt::skip]
const LATER_PARTS: &[&str] = &[
    "aanbested", "aanbod", "aanleg", "aanpak", "aansluit", "aanvra", "agenda", "akkoord",
    "arbeid", "econom", "energie", "industrie", "innovatie", "instelling",
    "investering", "omgeving", "onderdeel", "onderdelen", "onderhoud", "ondernem", "onderwijs",
    "onderzoek", "ontwerp", "ontwikkel", "opdracht", "opleiding", "oplossing", "overheid",
    "overleg", "uitgave", "uitstoot", "uitvoer",
];

/// Whether a place stands a letter too early for the last part of a compound, as
/// patterns have it for some that they do not know: *technie-konderwijs*. Both
/// parts of a compound stay whole (Leidraad 18, A).
pub(super) fn parts_compound(tail: &str) -> bool {
    let mut rest = tail.chars();
    let consonant = rest.next().is_some_and(|c| c.is_ascii_lowercase() && !is_vowel(c));
    consonant && LATER_PARTS.iter().any(|part| rest.as_str().starts_with(part))
}

/// Whether a place parts the sound *ieu* of *milieu*, as the patterns do in its
/// compounds: *mili-eubeleid*. In *ingeni-eur* it is parted rightly.
pub(super) fn parts_milieu(head: &str, tail: &str) -> bool {
    tail.starts_with("eu") && head.to_lowercase().ends_with("mili")
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
