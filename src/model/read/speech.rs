//! How words are said: passages in another language, `[words]{lang=en}`, and
//! abbreviations that are spoken in full.

use super::house::House;
use crate::base::Lang;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::RichRun;
use crate::source::Text;
use std::ops::Range;
use std::sync::Arc;

/// What begins the mark after a passage in another language.
const MARK: &str = "{lang=";

/// An abbreviation and what it is short for.
pub(super) type Abbreviation = (String, Arc<str>);

/// What is done to a range of a paragraph's words.
enum Edit {
    /// It is a mark, and no words.
    Drop,
    /// It is in another language.
    Lang(Lang),
    /// It is short for something.
    Full(Arc<str>),
}

/// Takes the marks of languages out of a paragraph and notes what they say.
pub(super) fn languages(runs: &mut Vec<RichRun>, diags: &mut Diagnostics) {
    let words = joined(runs);
    let mut edits = Vec::new();
    for (at, _) in words.match_indices(MARK) {
        let rest = &words[at + MARK.len()..];
        let tag = rest.split(['}', '\n']).next().unwrap_or_default();
        let end = at + MARK.len() + tag.len();
        let closed = words[end..].starts_with('}');
        let before = words[..at].strip_suffix(']').filter(|_| closed);
        // Brackets in brackets belong to words to be written.
        let open = before.and_then(|before| {
            let open = before.rfind('[')?;
            (!before[open..].contains(']') && open + 1 < before.len()).then_some(open)
        });
        let whole = at..end + usize::from(closed);
        let (Some(open), Some(lang)) = (open, Lang::parse(tag.trim())) else {
            let tags = Lang::ALL.map(Lang::tag).join(", ");
            let (message, allowed) = match open {
                Some(_) => (format!("no language \"{tag}\""), tags),
                None => (
                    "a language without a passage before it".to_owned(),
                    "[words]{lang=en}, with words between the brackets".to_owned(),
                ),
            };
            let span = span(runs, &whole);
            let code = Code::UNSUPPORTED_MARKUP;
            diags.push(Diagnostic::error(code, span, message).allowed(allowed));
            continue;
        };
        edits.push((open..open + 1, Edit::Drop));
        edits.push((open + 1..at - 1, Edit::Lang(lang)));
        edits.push((at - 1..whole.end, Edit::Drop));
    }
    apply(runs, &edits);
}

/// Notes what abbreviations are short for, where they stand as words by
/// themselves: in a compound such as *mkb-bedrijf* nobody says them in full. In a
/// passage in another language they are other words.
pub(super) fn abbreviations(runs: &mut Vec<RichRun>, house: &House) {
    if house.full.is_empty() {
        return;
    }
    let words = joined(runs);
    let mut edits: Vec<(Range<usize>, Edit)> = Vec::new();
    for (short, full) in house.full.iter() {
        for (at, _) in words.match_indices(short.as_str()) {
            let range = at..at + short.len();
            let taken = |(other, _): &(Range<usize>, Edit)| {
                other.start < range.end && range.start < other.end
            };
            if stands_alone(&words, &range) && !edits.iter().any(taken) && !is_foreign(runs, &range)
            {
                edits.push((range, Edit::Full(Arc::clone(full))));
            }
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    apply(runs, &edits);
}

fn stands_alone(words: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '&');
    let before = words[..range.start].chars().next_back();
    let mut after = words[range.end..].chars();
    let next = after.next();
    // *mkb's* is no *mkb*.
    let suffix = matches!(next, Some('’' | '\'')) && after.next().is_some_and(char::is_alphabetic);
    !before.is_some_and(joins) && !next.is_some_and(joins) && !suffix
}

/// Whether any of a range of the words is in another language.
fn is_foreign(runs: &[RichRun], range: &Range<usize>) -> bool {
    let mut start = 0;
    runs.iter().any(|run| {
        let from = start;
        start += run.text.as_str().len();
        run.voice.lang.is_some() && from < range.end && range.start < start
    })
}

fn joined(runs: &[RichRun]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Where a range of the words stands in the file.
fn span(runs: &[RichRun], range: &Range<usize>) -> Span {
    let mut start = 0;
    let mut found: Option<Span> = None;
    for run in runs {
        let end = start + run.text.as_str().len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from < to {
            let here = run.text.span_of(from - start..to - start);
            found = Some(found.map_or(here, |before| before.to(here)));
        }
        start = end;
    }
    found.unwrap_or_else(|| runs[0].text.span())
}

/// Cuts runs at the ends of ranges that are in order, and does what they say.
fn apply(runs: &mut Vec<RichRun>, edits: &[(Range<usize>, Edit)]) {
    if edits.is_empty() {
        return;
    }
    let mut start = 0;
    let mut done = Vec::with_capacity(runs.len() + 2 * edits.len());
    for run in std::mem::take(runs) {
        let end = start + run.text.as_str().len();
        let mut at = start;
        while at < end {
            let edit = edits.iter().find(|(range, _)| range.contains(&at));
            let next = match edit {
                Some((range, _)) => range.end,
                None => {
                    let starts = edits.iter().map(|(range, _)| range.start);
                    starts.filter(|start| *start > at).min().unwrap_or(end)
                }
            };
            let to = next.min(end);
            let mut piece = RichRun { text: run.text.slice(at - start..to - start), ..run.clone() };
            match edit {
                Some((_, Edit::Drop)) => piece.text = Text::empty(run.text.span()),
                Some((_, Edit::Lang(lang))) => piece.voice.lang = Some(*lang),
                Some((_, Edit::Full(full))) => piece.voice.full = Some(Arc::clone(full)),
                None => {}
            }
            if !piece.text.is_empty() {
                done.push(piece);
            }
            at = to;
        }
        start = end;
    }
    *runs = done;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Files, SourceFile};
    use crate::model::Voice;

    /// Runs of a text after both steps, each with its voice, and what was found.
    fn said(text: &str) -> (Vec<String>, Vec<String>) {
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new("a.toml", text)));
        let text = Text::verbatim(text, Span::new(file, 0, text.len()));
        let mut house = House::of(Lang::Nl);
        house.full = Arc::from([("mkb".to_owned(), Arc::from("bedrijf"))]);
        let plain =
            RichRun { text, strong: false, emphasis: false, link: None, voice: Voice::default() };
        let mut runs = vec![plain];
        let mut diags = Diagnostics::new();
        languages(&mut runs, &mut diags);
        abbreviations(&mut runs, &house);
        let told = runs.iter().map(|run| {
            let lang = run.voice.lang.map_or("", Lang::tag);
            let full = run.voice.full.as_deref().unwrap_or_default();
            format!("{lang}{full}|{}", run.text.as_str())
        });
        (told.collect(), diags.iter().map(|d| d.message.clone()).collect())
    }

    fn heard(text: &str) -> Vec<String> {
        let (told, found) = said(text);
        assert_eq!(found, [] as [String; 0], "{text}");
        told
    }

    #[test]
    fn passages_lose_their_marks_and_get_their_language() {
        assert_eq!(heard("a [b c]{lang=en} d"), ["|a ", "en|b c", "| d"]);
        assert_eq!(heard("[b]{lang=de}[c]{lang=en}"), ["de|b", "en|c"]);
        assert_eq!(heard("[a] {lang} ]{ [b]"), ["|[a] {lang} ]{ [b]"]);
    }

    #[test]
    fn marks_without_a_language_or_passage_are_reported() {
        for (text, message) in [
            ("[b]{lang=fr}", "no language \"fr\""),
            ("b{lang=en}", "a language without a passage before it"),
            ("[]{lang=en}", "a language without a passage before it"),
            ("[b]{lang=en", "a language without a passage before it"),
            ("[a] b]{lang=en}", "a language without a passage before it"),
        ] {
            assert_eq!(said(text).1, [message], "{text}");
        }
    }

    #[test]
    fn abbreviations_stand_alone() {
        assert_eq!(heard("(mkb) mkb."), ["|(", "bedrijf|mkb", "|) ", "bedrijf|mkb", "|."]);
        for text in ["mkb-bedrijf", "amkb", "mkbs", "mkb’s", "niet-mkb", "MKB"] {
            assert_eq!(heard(text), [format!("|{text}")]);
        }
        assert_eq!(heard("[het mkb]{lang=en}"), ["en|het mkb"]);
    }
}
