//! Typographic marks for what authors type: quotes, apostrophes, dashes,
//! ellipses and the spaces that no line may end at, as the house style says.

use super::binding;
use super::house::{House, QuoteStyle};
use crate::base::Lang;
use crate::model::RichRun;
use std::ops::Range;

/// The quote marks of a language, opening and closing.
struct Quotes {
    double: (char, char),
    single: (char, char),
}

/// Dutch words that start with an apostrophe; they are no quotations.
const DUTCH_CLITICS: [&str; 8] = ["s", "t", "n", "k", "m", "r", "em", "ie"];
/// English words that start with an apostrophe.
const ENGLISH_CLITICS: [&str; 5] = ["tis", "twas", "em", "cause", "n"];

const APOSTROPHE: char = '’';

/// Sets the typographic marks in the runs of one paragraph.
pub(super) fn polish(runs: &mut [RichRun], house: &House) {
    let mut words = String::new();
    let mut starts = Vec::with_capacity(runs.len());
    for run in runs.iter() {
        starts.push(words.len());
        words.push_str(run.text.as_str());
    }
    let edits = edits(&words, house);
    if edits.is_empty() {
        return;
    }
    for (run, start) in runs.iter_mut().zip(starts) {
        let end = start + run.text.as_str().len();
        let inside: Vec<(Range<usize>, &str)> = edits
            .iter()
            .filter(|(range, _)| start <= range.start && range.end <= end)
            .map(|(range, with)| (range.start - start..range.end - start, with.as_str()))
            .collect();
        if !inside.is_empty() {
            run.text = run.text.replace(&inside);
        }
    }
}

/// What to replace in a paragraph, in order.
fn edits(words: &str, house: &House) -> Vec<(Range<usize>, String)> {
    let mut quoting = Quoting { lang: house.lang, style: house.quotes, open: Vec::new() };
    let phones = binding::phones(words, house);
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let before = words[..at].chars().next_back();
        let rest = &words[at + c.len_utf8()..];
        let mut len = c.len_utf8();
        let mut with = None;
        match c {
            '"' | '\'' if house.quotes != QuoteStyle::Straight => {
                with = Some(quoting.mark(c, before, rest).to_string());
            }
            '.' if run_of('.', &words[at..]) > 1 => {
                len = run_of('.', &words[at..]);
                with = (len == 3 && house.ellipsis).then(|| "…".to_owned());
            }
            '-' if run_of('-', &words[at..]) > 1 => {
                len = run_of('-', &words[at..]);
                with = match len {
                    2 if house.dashes => Some("–".to_owned()),
                    3 if house.dashes => Some("—".to_owned()),
                    _ => None,
                };
            }
            ' ' if phones.iter().any(|phone| phone.contains(&at))
                || binding::binds(&words[..at], rest, house) =>
            {
                with = Some('\u{a0}'.to_string());
            }
            '€' if binding::spaces_euro(rest, house) => with = Some("€\u{a0}".to_owned()),
            'I' if house.ij && starts_with_ij(before, rest, house.lang) => {
                (len, with) = ("Ij".len(), Some("IJ".to_owned()));
            }
            _ if c.is_ascii_digit() => {
                if let Some((digits, number)) = binding::grouped(&words[..at], &words[at..], house)
                {
                    (len, with) = (digits, Some(number));
                }
            }
            _ => {}
        }
        if let Some(with) = with {
            edits.push((at..at + len, with));
        }
        at += len;
    }
    edits
}

/// The quotations that are open, by the straight marks they were typed with.
struct Quoting {
    lang: Lang,
    style: QuoteStyle,
    open: Vec<char>,
}

impl Quoting {
    /// The mark for a straight one between `before` and `rest`.
    fn mark(&mut self, typed: char, before: Option<char>, rest: &str) -> char {
        let quotes = match self.lang {
            Lang::Nl | Lang::En => Quotes { double: ('“', '”'), single: ('‘', '’') },
            Lang::De => Quotes { double: ('„', '“'), single: ('‚', '‘') },
        };
        let clitic = typed == '\'' && is_clitic(rest, self.lang);
        let opens = opens(before, rest) && !clitic;
        let level = if opens {
            self.open.push(typed);
            self.open.len() - 1
        } else {
            let inside_word = before.is_some_and(char::is_alphanumeric)
                && rest.starts_with(char::is_alphanumeric);
            match self.open.iter().rposition(|&open| open == typed) {
                Some(_) if typed == '\'' && (inside_word || clitic) => return APOSTROPHE,
                None if typed == '\'' => return APOSTROPHE,
                Some(level) => {
                    self.open.remove(level);
                    level
                }
                None => 0,
            }
        };
        let double = match self.style {
            QuoteStyle::Single => level % 2 == 1,
            QuoteStyle::Double => level.is_multiple_of(2),
            QuoteStyle::Typed | QuoteStyle::Straight => typed == '"',
        };
        let (open, close) = if double { quotes.double } else { quotes.single };
        if opens { open } else { close }
    }
}

/// Whether a straight quote opens, by its neighbours.
fn opens(before: Option<char>, rest: &str) -> bool {
    let starts_word = before.is_none_or(|c| c.is_whitespace() || "([{‘“„‚-–—/\"'".contains(c));
    let next = rest.chars().next();
    starts_word && next.is_some_and(|c| !c.is_whitespace() && !".,;:!?)]}".contains(c))
}

/// Whether an apostrophe stands for what was left out: ’s avonds, ’t, ’90.
fn is_clitic(rest: &str, lang: Lang) -> bool {
    let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..word_end];
    if word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        // A year; after a closing quote no two digits would follow directly.
        return true;
    }
    let is = |clitics: &[&str]| clitics.iter().any(|c| c.eq_ignore_ascii_case(word));
    match lang {
        Lang::Nl => is(&DUTCH_CLITICS),
        Lang::En => is(&ENGLISH_CLITICS),
        Lang::De => false,
    }
}

/// Whether a capital I starts a Dutch word on *ij*, of which it is only half the
/// capital: *Ijsselmeer*. The letter is followed by a consonant; names such as
/// *Ijaz* are of other languages.
fn starts_with_ij(before: Option<char>, rest: &str, lang: Lang) -> bool {
    let starts = before.is_none_or(|c| !c.is_alphanumeric());
    let after = rest.strip_prefix('j').and_then(|rest| rest.chars().next());
    lang == Lang::Nl
        && starts
        && after.is_some_and(|c| c.is_ascii_lowercase() && !"aeiouy".contains(c))
}

fn run_of(c: char, text: &str) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polished(text: &str, lang: Lang) -> String {
        polished_by(text, &House::of(lang))
    }

    fn polished_by(text: &str, house: &House) -> String {
        let mut out = text.to_owned();
        for (range, with) in edits(text, house).into_iter().rev() {
            out.replace_range(range, &with);
        }
        out
    }

    #[test]
    fn quotes_and_apostrophes_follow_the_language() {
        let cases = [
            (
                Lang::Nl,
                "Zij zei: 'Dat is een \"citaat\" in een citaat.' En: \"Dubbel mag ook.\"",
                "Zij zei: ‘Dat is een “citaat” in een citaat.’ En: “Dubbel mag ook.”",
            ),
            (
                Lang::Nl,
                "in 's-Hertogenbosch, 's avonds, foto's, zo'n auto's uit '98, 't is",
                "in ’s-Hertogenbosch, ’s avonds, foto’s, zo’n auto’s uit ’98, ’t is",
            ),
            (Lang::Nl, "'De foto's van 's avonds'", "‘De foto’s van ’s avonds’"),
            (Lang::Nl, "(\"zo\") \"'dubbel' erin\"", "(“zo”) “‘dubbel’ erin”"),
            (Lang::En, "\"It's 'fine',\" she said", "“It’s ‘fine’,” she said"),
            (Lang::De, "\"Das ist 'gut'\", geht's?", "„Das ist ‚gut‘“, geht’s?"),
        ];
        for (lang, typed, set) in cases {
            assert_eq!(polished(typed, lang), set);
        }
    }

    #[test]
    fn ij_is_one_letter_to_capitals() {
        let typed = "Ijsselmeer, 'Ijmuiden', ijs, Ijaz, IJ, bIjs, Ij";
        let set = "IJsselmeer, 'IJmuiden', ijs, Ijaz, IJ, bIjs, Ij";
        let house = House { quotes: QuoteStyle::Straight, ..House::of(Lang::Nl) };
        assert_eq!(polished_by(typed, &house), set);
        assert_eq!(polished_by(typed, &House { ij: false, ..house.clone() }), typed);
        assert_eq!(polished_by(typed, &House { lang: Lang::De, ..house }), typed);
    }

    #[test]
    fn dashes_dots_and_spaces() {
        let nl = |text| polished(text, Lang::Nl);
        assert_eq!(nl("zo -- dus ... 9--15 - en --- ja"), "zo – dus … 9–15 - en — ja");
        assert_eq!(nl("----- .... .."), "----- .... ..");
        assert_eq!(
            nl("€ 40, 3439 NJ, 1234 ABC, 2024 is"),
            "€\u{a0}40, 3439\u{a0}NJ, 1234 ABC, 2024 is"
        );
    }

    #[test]
    fn the_house_says_which_quotes_come_first() {
        let typed = "Zij zei: \"Dat is 'een' citaat.\" En: 'foto's van \"Jan\"'.";
        let by = |quotes| polished_by(typed, &House { quotes, ..House::of(Lang::Nl) });
        let single = "Zij zei: ‘Dat is “een” citaat.’ En: ‘foto’s van “Jan”’.";
        let double = "Zij zei: “Dat is ‘een’ citaat.” En: “foto’s van ‘Jan’”.";
        assert_eq!(by(QuoteStyle::Single), single);
        assert_eq!(by(QuoteStyle::Double), double);
        assert_eq!(by(QuoteStyle::Straight), typed);
    }

    #[test]
    fn rules_of_the_house_can_be_off() {
        let all = House::of(Lang::Nl);
        let typed = "zo -- dus ... €40 of € 4179";
        assert_eq!(polished_by(typed, &all), "zo – dus … €\u{a0}40 of €\u{a0}4.179");
        let off =
            House { dashes: false, ellipsis: false, numbers: false, euro: false, ..all.clone() };
        assert_eq!(polished_by(typed, &off), typed);
    }
}
