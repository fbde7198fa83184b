//! Where lines may end.
//!
//! Between words: the rules of UAX #14 for spaces. Inside a token, which is
//! what stands between two spaces: UAX #14 again, but only at the characters
//! where a reader expects a break, and at a price that rises as the pieces get
//! shorter; the break places of addresses; soft hyphens; and hyphenation.

use super::address;
use super::dutch::{self, Spelt};
use super::hyphenate::hyphenate;
use super::respell::Respelling;
use crate::base::Lang;
use unicode_linebreak::{BreakClass, break_property, linebreaks};

/// A place inside a token where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// The first byte of the next line.
    pub(super) at: u32,
    /// The price, on the scale of badness: 100 is a line stretched to its limit.
    pub(super) cost: i32,
    /// Whether a hyphen is set at the line's end.
    pub(super) hyphen: bool,
    /// Whether it is the program that hyphenates, not the author.
    pub(super) automatic: bool,
    /// Whether it leaves two letters, which only justified text is in need of.
    pub(super) stub: bool,
    /// The part of the price that another hyphen of the same token makes.
    pub(super) beside: i32,
    /// What a break here changes in the spelling.
    pub(super) respelling: Option<Respelling>,
}

/// The price of a hyphen at a good place. Typst's value; plain TeX has 50.
const HYPHEN_COST: i32 = 135;
/// The price of a break where the author put a soft hyphen.
const SOFT_HYPHEN_COST: i32 = 50;
/// The price of a break after a hyphen that the word has anyway: plain TeX's
/// `\exhyphenpenalty`.
const EXPLICIT_HYPHEN_COST: i32 = 50;
/// The price of a break after a slash or a dash between words.
const SLASH_COST: i32 = 50;
/// The price of a break before a dash that stands between spaces: it had better
/// end the line than start the next.
const BEFORE_DASH_COST: i32 = 80;
/// What is added for a hyphen that leaves two letters: Dutch has it in narrow
/// columns, where it is better than a line with holes.
const STUB_COST: i32 = 350;
/// What is added for a hyphen in a part of a word that has one of its own.
const SECOND_HYPHEN_COST: i32 = 60;
/// What is added for it where no more than [`NEAR`] letters stand between the
/// two: *mkb-maak-bedrijven* is read in the wrong parts.
const NEAR_HYPHEN_COST: i32 = 300;
const NEAR: usize = 4;

/// The price of a break with `left` letters before and `right` after it, which
/// rises by 15 % for each letter that either lacks to five (as in Typst).
fn with_lengths(cost: i32, left: usize, right: usize) -> i32 {
    let short = 5usize.saturating_sub(left) + 5usize.saturating_sub(right);
    cost + cost * 15 * short as i32 / 100
}

/// The places where a token may be broken, in order.
pub(super) fn find(token: &str, lang: Lang, found: &mut Vec<Break>) {
    let start = found.len();
    let plain = |at: usize, cost| Break {
        at: at as u32,
        cost,
        hyphen: false,
        automatic: false,
        stub: false,
        beside: 0,
        respelling: None,
    };
    for (at, c) in token.char_indices() {
        let after = at + c.len_utf8();
        if at == 0 || after == token.len() {
            continue;
        }
        match c {
            '\u{200B}' => found.push(plain(after, 0)),
            '\u{AD}' => {
                let respelling = match dutch::at_trema(&token[..at], &token[after..]) {
                    Spelt::Anew(respelling) if lang == Lang::Nl => Some(respelling),
                    _ => None,
                };
                found.push(Break { hyphen: true, respelling, ..plain(after, SOFT_HYPHEN_COST) });
            }
            _ => {}
        }
    }
    if let Some(address) = address::recognise(token) {
        address::breaks(&token[address.clone()], |place| {
            let at = address.start + place.at;
            found.push(Break { stub: place.stub, ..plain(at, place.cost) });
        });
    } else {
        if !token.chars().all(char::is_alphabetic) {
            for (at, _) in linebreaks(token) {
                if let Some(cost) = at_character(token, at) {
                    found.push(plain(at, cost));
                }
            }
        }
        hyphens(token, lang, found);
    }
    // Where two rules meet, the one without a hyphen, or the cheaper one, wins.
    found[start..].sort_by_key(|b| (b.at, b.hyphen, b.cost));
    found.dedup_by_key(|b| b.at);
}

/// The price of a break that UAX #14 allows inside a token; none if it is not
/// one that a reader expects there.
fn at_character(token: &str, at: usize) -> Option<i32> {
    let (head, tail) = token.split_at_checked(at)?;
    let (before, after) = (head.chars().next_back()?, tail.chars().next()?);
    let (left, right) = (letters_before(head), letters_after(tail));
    match before {
        '-' | '\u{2010}' => {
            (left >= 2 && right >= 2).then(|| with_lengths(EXPLICIT_HYPHEN_COST, left, right))
        }
        '/' => (left >= 2 && right >= 2).then(|| with_lengths(SLASH_COST, left, right)),
        // A range of numbers stays whole.
        '–' if after.is_ascii_digit() => None,
        '–' | '—' => Some(with_lengths(SLASH_COST, left, right)),
        // Scripts written without spaces.
        _ if break_property(u32::from(before)) == BreakClass::Ideographic
            || break_property(u32::from(after)) == BreakClass::Ideographic =>
        {
            Some(0)
        }
        _ => None,
    }
}

/// Letters and digits at the end of a string, hyphens and slashes behind them
/// left aside.
fn letters_before(head: &str) -> usize {
    head.chars()
        .rev()
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .count()
}

/// Letters and digits at the start of a string, brackets and quotes left aside.
fn letters_after(tail: &str) -> usize {
    tail.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric()).count()
}

/// Adds the places for hyphens in the words of a token.
///
/// A word is a run of letters. Its first and last two letters stay together, or
/// three where another part of the token is joined to it by a hyphen or an
/// apostrophe. Words with digits, initialisms, and words in which the author
/// has put soft hyphens are left alone.
fn hyphens(token: &str, lang: Lang, found: &mut Vec<Break>) {
    let joined = |c: char| c.is_alphanumeric() || super::shape::is_mark(c) || c == '\u{AD}';
    let mut start = 0;
    while let Some(skip) = token[start..].find(joined) {
        start += skip;
        let end = token[start..].find(|c| !joined(c)).map_or(token.len(), |at| start + at);
        let word = &token[start..end];
        if may_hyphenate(word) {
            let before = token[..start].chars().next_back();
            let after = token[end..].chars().next();
            let left = if before.is_some_and(is_joint) { 3 } else { 2 };
            let (behind, ahead) = (before.is_some_and(is_hyphen), after.is_some_and(is_hyphen));
            let mut add = |at, left, right, respelling: Option<Respelling>| {
                let near = behind && left <= NEAR || ahead && right <= NEAR;
                let second = if behind || ahead { SECOND_HYPHEN_COST } else { 0 };
                let beside = second + if near { NEAR_HYPHEN_COST } else { 0 };
                let stub = right < 3 && respelling.is_none();
                let stub_cost = if stub { STUB_COST } else { 0 };
                found.push(Break {
                    at: (start + at) as u32,
                    cost: with_lengths(HYPHEN_COST, left, right) + beside + stub_cost,
                    hyphen: true,
                    automatic: true,
                    stub,
                    beside,
                    respelling,
                });
            };
            let right = if lang == Lang::Nl { 2 } else { 3 };
            hyphenate(word, lang, left, right, |place| {
                add(place.at, place.left, place.right, place.respelling);
            });
            if let Some(mark) = after.filter(|c| matches!(c, '\'' | '’'))
                && lang == Lang::Nl
            {
                let rest = &token[end + mark.len_utf8()..];
                let suffix = &rest[..rest.find(|c| !joined(c)).unwrap_or(rest.len())];
                if dutch::drops_apostrophe(word, suffix) {
                    let drop_before = mark.len_utf8() as u8;
                    let respelling = Respelling { drop_before, ..Respelling::default() };
                    let at = end - start + mark.len_utf8();
                    add(at, word.chars().count(), suffix.len(), Some(respelling));
                }
            }
        }
        start = end;
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a character joins the parts of a word.
fn is_joint(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\'' | '’')
}

/// Whether a run of letters and digits is a word that may be hyphenated: no
/// digits, no soft hyphens, and no initialism, not even one with an ending, nor
/// a name with a capital inside.
fn may_hyphenate(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    // IJsselmeer starts with one capital, IJ.
    let initialism = upper(first)
        && upper(second)
        && !(word.starts_with("IJ") && chars.next().is_some_and(char::is_lowercase));
    let mut letters = word.chars().skip_while(|c| !c.is_lowercase());
    !initialism
        && !letters.any(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || super::shape::is_mark(c))
}

/// The price of a break at a space between two characters; none if the line may
/// not end there. `dash` says that nothing but a dash stands after the space
/// until the next one.
///
/// UAX #14, rules LB13 to LB18, for the classes that occur around spaces.
pub(super) fn at_space(before: Option<char>, after: Option<char>, dash: bool) -> Option<i32> {
    use BreakClass::{
        BeforeAndAfter, CloseParenthesis, ClosePunctuation, Exclamation, InfixSeparator,
        OpenPunctuation, Quotation, Symbol,
    };
    let class = |c: Option<char>| c.map(|c| break_property(u32::from(c)));
    match (class(before), class(after)) {
        (Some(OpenPunctuation), _)
        | (Some(Quotation), Some(OpenPunctuation))
        | (Some(BeforeAndAfter), Some(BeforeAndAfter)) => None,
        (_, Some(CloseParenthesis | ClosePunctuation | Exclamation | InfixSeparator | Symbol)) => {
            None
        }
        _ if dash => Some(BEFORE_DASH_COST),
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The token with `-` at hyphens and `|` at other places.
    fn broken(token: &str) -> String {
        let mut found = Vec::new();
        find(token, Lang::Nl, &mut found);
        let mut out = String::new();
        let mut from = 0;
        for place in found {
            let at = place.at as usize;
            out.push_str(&token[from..at]);
            out.push(if place.hyphen { '·' } else { '|' });
            from = at;
        }
        out + &token[from..]
    }

    #[test]
    fn compounds_break_after_their_hyphen_unless_a_piece_is_one_letter() {
        assert_eq!(broken("mkb-groep"), "mkb-|groep");
        assert_eq!(broken("e-mail"), "e-mail");
        assert_eq!(broken("3-jarig"), "3-jarig");
        assert_eq!(broken("in-"), "in-");
        assert_eq!(broken("-in"), "-in");
        assert_eq!(broken("mkb\u{2011}groep"), "mkb\u{2011}groep");
    }

    #[test]
    fn short_pieces_make_a_break_dearer() {
        let cost = |token| {
            let mut found = Vec::new();
            find(token, Lang::Nl, &mut found);
            found[0].cost
        };
        assert!(cost("mkb-groep") > cost("groep-groep"));
        assert!(cost("en/of") > cost("groep/groep"));
    }

    #[test]
    fn hyphens_near_that_of_an_initialism_are_dear() {
        let costs = |token: &str| {
            let mut found = Vec::new();
            find(token, Lang::Nl, &mut found);
            found.into_iter().map(|b| (b.at as usize, b.hyphen, b.cost)).collect::<Vec<_>>()
        };
        let alone = costs("maakbedrijven");
        let compound = costs("mkb-maakbedrijven");
        let [(at, false, own), rest @ ..] = &compound[..] else { panic!("{compound:?}") };
        assert_eq!(*at, "mkb-".len());
        assert_eq!(rest.len(), alone.len());
        for (hyphen, (_, _, cost)) in rest.iter().zip(&alone) {
            // After *maak* the two hyphens stand four letters apart.
            let near = if hyphen.0 == "mkb-maak".len() { NEAR_HYPHEN_COST } else { 0 };
            assert_eq!(hyphen.2, cost + SECOND_HYPHEN_COST + near, "{compound:?}");
            assert!(hyphen.2 > 2 * own);
        }
        // The same before the hyphen of the next part.
        let near = costs("onderneem-mkb");
        assert!(near.iter().any(|&(at, _, cost)| at == 5 && cost > HYPHEN_COST + NEAR_HYPHEN_COST));
    }

    #[test]
    fn ij_is_never_parted() {
        for token in ["minijurk", "skijas", "bijou", "IJsselmeer", "fijnmazig", "ijzergieterij"] {
            let mut found = Vec::new();
            find(token, Lang::Nl, &mut found);
            for place in found {
                let (head, tail) = token.split_at(place.at as usize);
                assert!(!(head.ends_with(['i', 'I']) && tail.starts_with(['j', 'J'])), "{token}");
            }
        }
    }

    #[test]
    fn slashes_and_dashes_between_words_are_break_places() {
        assert_eq!(broken("groot-/klein"), "groot-/|klein");
        assert_eq!(broken("en/of"), "en/|of");
        assert_eq!(broken("km/u"), "km/u");
        assert_eq!(broken("Zwolle–Kampen").replace('·', ""), "Zwolle–|Kampen");
    }

    #[test]
    fn numbers_and_abbreviations_stay_whole() {
        for token in [
            "10.000",
            "4.179,50",
            "€40",
            "12,5%",
            "2024–2025",
            "06-53103896",
            "o.a.",
            "t.o.v.",
            "3439",
            "1/2",
            "12:30",
            "(o.a.)",
            "CO2-uitstoot",
        ] {
            let shown = broken(token);
            if token == "CO2-uitstoot" {
                assert_eq!(shown.replace('·', ""), "CO2-|uitstoot");
            } else {
                assert_eq!(shown, token);
            }
        }
    }

    #[test]
    fn soft_hyphens_replace_hyphenation_of_their_word() {
        assert_eq!(broken("regel\u{AD}druk"), "regel\u{AD}·druk");
        assert_eq!(broken("groep\u{200B}groep"), "groep\u{200B}|groep");
    }

    #[test]
    fn initialisms_and_words_with_digits_are_not_hyphenated() {
        for token in
            ["ONDERNEMERS", "HTML5pagina", "ZZPers", "mp3speler", "LinkedIn", "mkb", "CAO’s"]
        {
            assert_eq!(broken(token), token);
        }
        assert_eq!(broken("IJsselmeer"), "IJs·sel·meer");
    }

    #[test]
    fn spaces_break_except_at_brackets_and_before_closing_marks() {
        assert_eq!(at_space(Some('a'), Some('b'), false), Some(0));
        assert_eq!(at_space(Some('('), Some('b'), false), None);
        assert_eq!(at_space(Some('a'), Some('!'), false), None);
        assert_eq!(at_space(Some('a'), Some(')'), false), None);
        assert!(at_space(Some('a'), Some('–'), true) > Some(0));
    }

    #[test]
    fn spaces_break_where_uax_14_lets_them() {
        let characters = "aZé7()[]{}<>‘’“”„\"'.,;:!?%€§/\\-–—&+=*…@#_|~°½";
        for before in characters.chars() {
            for after in characters.chars() {
                let text = format!("{before} {after}");
                let at = before.len_utf8() + 1;
                let theirs = linebreaks(&text).any(|(place, _)| place == at);
                let ours = at_space(Some(before), Some(after), false).is_some();
                assert_eq!(ours, theirs, "{text:?}");
            }
        }
    }
}
