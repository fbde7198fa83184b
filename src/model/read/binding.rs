//! Spaces that no line may end at, and the points of sure numbers.
//!
//! Only what is certain is changed: a space is bound where the words on both
//! sides leave no doubt, and thousands are grouped only in amounts and measures.

use super::house::House;
use crate::base::Lang;
use crate::source::format;
use std::ops::Range;

/// What holds on to the number before it.
#[rustfmt::skip]
const UNITS: [&str; 54] = [
    "%", "‰", "€", "°C", "°", "mm", "cm", "dm", "m", "km", "mm²", "cm²", "m²", "km²", "m2", "km2", "m³",
    "m3", "dm³", "ha", "mg", "g", "kg", "ton", "ml", "cl", "l", "W", "kW", "MW", "GW", "Wh", "kWh",
    "MWh", "GWh", "TWh", "kB", "MB", "GB", "TB", "dB", "Hz", "km/u", "km/h", "pk", "mln", "mld",
    "miljoen", "miljard", "biljoen", "euro", "procent", "Euro", "Prozent",
];

/// Dutch abbreviations that hold on to the number after them.
const BEFORE_NUMBERS: [&str; 19] = [
    "art.", "artt.", "nr.", "nrs.", "no.", "blz.", "p.", "pp.", "pag.", "fig.", "tab.", "bijl.",
    "hfst.", "par.", "ca.", "max.", "min.", "dd.", "§",
];

/// Dutch titles that hold on to the name after them.
const TITLES: [&str; 10] =
    ["dr.", "drs.", "ir.", "ing.", "mr.", "prof.", "dhr.", "mw.", "mevr.", "fam."];

/// Whether no line may end at the space between two parts of a paragraph.
pub(super) fn binds(before: &str, rest: &str, house: &House) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), rest.chars().next()) else {
        return false;
    };
    let dutch = house.lang == Lang::Nl;
    let number = first.is_ascii_digit();
    if house.euro && (last == '€' || word_before(before) == "EUR") && number {
        return true;
    }
    if house.numbers {
        let unit = word_after(rest);
        if last.is_ascii_digit() && UNITS.contains(&unit) {
            return true;
        }
        if number && dutch && is_of(word_before(before), &BEFORE_NUMBERS) {
            return true;
        }
    }
    if house.postcode && dutch && postcode(before, rest) {
        return true;
    }
    house.abbreviations
        && (initials(before, rest)
            || dutch && first.is_alphabetic() && is_of(word_before(before), &TITLES))
}

/// Whether a word is in a list, be it with a capital at its start.
fn is_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The last word, without brackets and quotes before it.
fn word_before(before: &str) -> &str {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.trim_start_matches(|c: char| "([{‘“„'\"".contains(c))
}

/// The first word, without the punctuation behind it.
fn word_after(rest: &str) -> &str {
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    word.trim_end_matches(|c: char| ".,;:!?)]}’”'\"".contains(c))
}

/// Between the digits and the letters of a Dutch postcode: 3439 NJ.
fn postcode(before: &str, rest: &str) -> bool {
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let whole_word = before[..before.len() - digits]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ','));
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    digits == 4
        && whole_word
        && !before[before.len() - 4..].starts_with('0')
        && letters == 2
        && !rest[2..].starts_with(char::is_alphanumeric)
}

/// Inside an abbreviation of single letters (*o. a.*, *d. w. z.*, *v. Chr.*), and
/// between initials and a name (*J. de Vries*).
fn initials(before: &str, rest: &str) -> bool {
    let Some(head) = before.strip_suffix('.') else { return false };
    let mut chars = head.chars().rev();
    let letter = chars.next();
    let alone = chars.next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let Some(letter) = letter.filter(|c| c.is_alphabetic() && alone) else { return false };
    let mut next = rest.chars();
    let single = next.next().is_some_and(char::is_alphabetic) && next.next() == Some('.');
    let name = letter.is_uppercase() && rest.starts_with(char::is_alphabetic);
    single || name || matches!(word_after(rest), "Chr")
}

/// The phone numbers of a paragraph, written in groups of digits.
pub(super) fn phones(words: &str, house: &House) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !house.phone || house.lang != Lang::Nl {
        return found;
    }
    let mut at = 0;
    while let Some(start) = words[at..].find(['0', '+']).map(|skip| at + skip) {
        let before = words[..start].chars().next_back();
        let rest = &words[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !" +-()\u{a0}".contains(c));
        let run = &rest[..end.unwrap_or(rest.len())];
        at = start + 1;
        if before.is_some_and(|c| c.is_alphanumeric() || ".,-/€".contains(c)) {
            continue;
        }
        // The longest stretch of whole groups that is a number.
        let ends = (1..=run.len()).rev().filter(|&end| {
            let (head, tail) = (run.as_bytes()[end - 1], run.as_bytes().get(end));
            head.is_ascii_digit() && !tail.is_some_and(u8::is_ascii_digit)
        });
        for end in ends {
            let follows = rest[end..].chars().next();
            let whole = !follows.is_some_and(|c| c.is_alphanumeric());
            if whole && format::phone(&run[..end]).is_some() {
                found.push(start..start + end);
                at = start + end;
                break;
            }
        }
    }
    found
}

/// The digits that a part of a paragraph starts with, grouped by thousands, if
/// they are an amount or a measure for sure; `before` goes before them.
///
/// Four digits may be a year: they are grouped after a euro sign only.
pub(super) fn grouped(before: &str, rest: &str, house: &House) -> Option<(usize, String)> {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !house.numbers || house.lang != Lang::Nl || digits < 4 || rest.starts_with('0') {
        return None;
    }
    let (number, after) = rest.split_at(digits);
    let mut follows = after.chars();
    let next = follows.next();
    let broken = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '/'))
        || next == Some('.') && follows.next().is_some_and(|c| c.is_ascii_digit());
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '–' | '/');
    if broken || before.ends_with(inside) {
        return None;
    }
    let amount = before.trim_end_matches([' ', '\u{a0}']).ends_with('€');
    let measure = || {
        let unit = after.strip_prefix([' ', '\u{a0}']).map(word_after);
        digits > 4 && unit.is_some_and(|unit| UNITS.contains(&unit))
    };
    if !amount && !measure() {
        return None;
    }
    let value = number.parse().ok()?;
    Some((digits, format::integer(value, house.lang)))
}

/// Whether a euro sign gets a space before the amount that follows it at once.
pub(super) fn spaces_euro(rest: &str, house: &House) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let after = rest.trim_start_matches(number);
    house.euro
        && house.lang == Lang::Nl
        && rest.starts_with(|c: char| c.is_ascii_digit())
        // A compound such as €10-biljet keeps together.
        && !after.strip_prefix('-').is_some_and(|more| more.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `~` for each space that is bound.
    fn bound(text: &str, house: &House) -> String {
        let phones = phones(text, house);
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            let inside = phones.iter().any(|range| range.contains(&at));
            let binds = c == ' ' && (inside || binds(&text[..at], &text[at + 1..], house));
            out.push(if binds { '~' } else { c });
        }
        out
    }

    #[test]
    fn spaces_hold_where_both_sides_are_sure() {
        let house = House::of(Lang::Nl);
        for text in [
            "voor €~40~miljoen of EUR~40 en 30~mld, 12~km, 12,5~% en 5~m.",
            "zie art.~5, Nr.~12 (blz.~3) en ca.~20 bedrijven",
            "bel 06~-~531~03~896 of 030~-~605~33~44, of (0320)~12~34~56.",
            "ook +31~(0)30~605~33~44 en 0800~-~1234",
            "Einsteinbaan 1, 3439~NJ Nieuwegein",
            "o.~a. dit, d.~w.~z. dat, en 300 v.~Chr.",
            "prof. dr. niet, maar dr.~ir.~De Vries, J.~de Vries en A.~B.~Jansen",
        ] {
            let text = text.replace("prof. dr. niet", "prof.~dr.~niet");
            assert_eq!(bound(&text.replace('~', " "), &house), text);
        }
    }

    #[test]
    fn other_spaces_stay() {
        let house = House::of(Lang::Nl);
        for text in [
            "in 2024 NJF en 1234 ABC, 0123 AB",
            "in 2024 kwamen 300 bedrijven met 10 mensen",
            "op 01 - 02 in zaal 5 meter",
            "een deel. De rest, etc. Daarna",
            "5 mensen van 12 m-profielen",
            "nummer 0653 en 12 34 56",
        ] {
            assert_eq!(bound(text, &house), text);
        }
        assert_eq!(bound("5 km en 06 531 03 896", &House::of(Lang::En)), "5~km en 06 531 03 896");
    }

    #[test]
    fn each_rule_can_be_switched_off() {
        let text = "€ 40, 30 km, art. 5, 06 - 531 03 896, 3439 NJ, o. a. dr. X";
        let all = House::of(Lang::Nl);
        let cases = [
            (
                House { euro: false, ..all.clone() },
                "€ 40, 30~km, art.~5, 06~-~531~03~896, 3439~NJ, o.~a. dr.~X",
            ),
            (
                House { numbers: false, ..all.clone() },
                "€~40, 30 km, art. 5, 06~-~531~03~896, 3439~NJ, o.~a. dr.~X",
            ),
            (
                House { phone: false, ..all.clone() },
                "€~40, 30~km, art.~5, 06 - 531 03 896, 3439~NJ, o.~a. dr.~X",
            ),
            (
                House { postcode: false, ..all.clone() },
                "€~40, 30~km, art.~5, 06~-~531~03~896, 3439 NJ, o.~a. dr.~X",
            ),
            (
                House { abbreviations: false, ..all.clone() },
                "€~40, 30~km, art.~5, 06~-~531~03~896, 3439~NJ, o. a. dr. X",
            ),
        ];
        for (house, expected) in cases {
            assert_eq!(bound(text, &house), expected);
        }
    }

    #[test]
    fn only_sure_numbers_are_grouped() {
        let house = House::of(Lang::Nl);
        let number = |before, rest| grouped(before, rest, &house).map(|(_, number)| number);
        assert_eq!(number("€ ", "4179 voor").as_deref(), Some("4.179"));
        assert_eq!(number("€", "25000,50").as_deref(), Some("25.000"));
        assert_eq!(number("ruim ", "12500 km").as_deref(), Some("12.500"));
        assert_eq!(number("", "1250000 euro.").as_deref(), Some("1.250.000"));
        for (before, rest) in [
            ("in ", "2024 km"),
            ("", "12500 bedrijven"),
            ("KvK ", "12345678"),
            ("€ ", "12500-25000"),
            ("€ 1.", "25000"),
            ("", "0653103896 km"),
            ("A", "12500 km"),
            ("€ ", "250"),
        ] {
            assert_eq!(number(before, rest), None, "{before}{rest}");
        }
        assert_eq!(grouped("€ ", "4179", &House { numbers: false, ..house }), None);
    }

    #[test]
    fn a_euro_sign_gets_its_space() {
        let house = House::of(Lang::Nl);
        assert!(spaces_euro("40 miljoen", &house) && spaces_euro("1.250,50", &house));
        assert!(!spaces_euro("10-biljet", &house) && !spaces_euro(" 40", &house));
        assert!(!spaces_euro("40", &House { euro: false, ..house }));
        assert!(!spaces_euro("40", &House::of(Lang::En)));
    }
}
