//! Typographic marks for what authors type: quotes, apostrophes, dashes,
//! ellipses and the spaces that no line may end at.

use crate::base::Lang;
use crate::model::RichRun;
use std::ops::Range;

/// The quote marks of a language.
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
pub(super) fn polish(runs: &mut [RichRun], lang: Lang) {
    let mut words = String::new();
    let mut starts = Vec::with_capacity(runs.len());
    for run in runs.iter() {
        starts.push(words.len());
        words.push_str(run.text.as_str());
    }
    let edits = edits(&words, lang);
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
fn edits(words: &str, lang: Lang) -> Vec<(Range<usize>, String)> {
    let quotes = match lang {
        Lang::Nl | Lang::En => Quotes { double: ('“', '”'), single: ('‘', '’') },
        Lang::De => Quotes { double: ('„', '“'), single: ('‚', '‘') },
    };
    let mut edits = Vec::new();
    let mut open_single = 0usize;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let before = words[..at].chars().next_back();
        let rest = &words[at + c.len_utf8()..];
        let mut len = c.len_utf8();
        let mut with = None;
        match c {
            '"' => {
                let (open, close) = quotes.double;
                with = Some(if opens(before, rest) { open } else { close }.to_string());
            }
            '\'' => {
                let (open, close) = quotes.single;
                let inside_word = before.is_some_and(char::is_alphanumeric)
                    && rest.starts_with(char::is_alphanumeric);
                let mark = if opens(before, rest) && !is_clitic(rest, lang) {
                    open_single += 1;
                    open
                } else if open_single > 0 && !inside_word && !is_clitic(rest, lang) {
                    open_single -= 1;
                    close
                } else {
                    APOSTROPHE
                };
                with = Some(mark.to_string());
            }
            '.' if run_of('.', &words[at..]) > 1 => {
                len = run_of('.', &words[at..]);
                with = (len == 3).then(|| "…".to_owned());
            }
            '-' if run_of('-', &words[at..]) > 1 => {
                len = run_of('-', &words[at..]);
                with = match len {
                    2 => Some("–".to_owned()),
                    3 => Some("—".to_owned()),
                    _ => None,
                };
            }
            ' ' if binds(&words[..at], rest, lang) => with = Some('\u{a0}'.to_string()),
            _ => {}
        }
        if let Some(with) = with {
            edits.push((at..at + len, with));
        }
        at += len;
    }
    edits
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

fn run_of(c: char, text: &str) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// Whether no line may end at a space: between a euro sign and its amount, and
/// in a Dutch postcode.
fn binds(before: &str, rest: &str, lang: Lang) -> bool {
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if before.ends_with('€') {
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    let whole_word = before[..before.len() - digits]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ','));
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    lang == Lang::Nl
        && digits == 4
        && whole_word
        && !before[before.len() - 4..].starts_with('0')
        && letters == 2
        && !rest[2..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polished(text: &str, lang: Lang) -> String {
        let mut out = text.to_owned();
        for (range, with) in edits(text, lang).into_iter().rev() {
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
    fn dashes_dots_and_spaces() {
        let nl = |text| polished(text, Lang::Nl);
        assert_eq!(nl("zo -- dus ... 9--15 - en --- ja"), "zo – dus … 9–15 - en — ja");
        assert_eq!(nl("----- .... .."), "----- .... ..");
        assert_eq!(
            nl("€ 40, 3439 NJ, 1234 ABC, 2024 is"),
            "€\u{a0}40, 3439\u{a0}NJ, 1234 ABC, 2024 is"
        );
    }
}
