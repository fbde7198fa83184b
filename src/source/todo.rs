//! `[[TODO …]]`: words that are still to be written.
//!
//! A mark is printed as it is typed, brackets and all, so that it can be found
//! in the file by what stands on the page. The marks are looked for in words
//! whose Markdown has been read and whose data has been merged in.

use std::ops::Range;

/// How a mark begins.
pub const OPEN: &str = "[[TODO";
/// How it ends.
const CLOSE: &str = "]]";
/// The word of a mark, in any case.
const WORD: &str = "todo";

/// What looks like a mark and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// A mark that does not end.
    Unclosed(Range<usize>),
    /// Other brackets or letters than those of a mark.
    Misspelt(Range<usize>),
}

/// The marks in some words, in order.
///
/// ```
/// # use drukklaar::source::todo;
/// assert_eq!(todo::marks("Er zijn [[TODO hoeveel]] leden."), [8..24]);
/// ```
pub fn marks(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = words[from..].find(OPEN).map(|at| from + at) {
        from = start + OPEN.len();
        if let Some(end) = end_of(words, from) {
            found.push(start..end);
            from = end;
        }
    }
    found
}

/// Whether the words hold a mark.
pub fn is_in(words: &str) -> bool {
    !marks(words).is_empty()
}

/// Where the mark ends whose opening ends at `from`; none if it is no mark.
fn end_of(words: &str, from: usize) -> Option<usize> {
    let rest = &words[from..];
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let close = rest.find(CLOSE)?;
    if rest[..close].contains("[[") {
        return None;
    }
    // A bracket of the author's own may stand before the closing ones.
    let more = rest[close + CLOSE.len()..].bytes().take_while(|&b| b == b']').count();
    Some(from + close + CLOSE.len() + more)
}

/// What was meant to be a mark, in order.
pub fn slips(words: &str) -> Vec<Slip> {
    let marks = marks(words);
    let mut slips = Vec::new();
    let mut from = 0;
    while let Some(start) = words[from..].find('[').map(|at| from + at) {
        from = start + 1;
        if let Some(mark) = marks.iter().find(|mark| mark.contains(&start)) {
            from = mark.end;
            continue;
        }
        let rest = words[start..].trim_start_matches(|c: char| c == '[' || c.is_whitespace());
        let word = words.len() - rest.len()..words.len() - rest.len() + WORD.len();
        let is_todo = words.get(word.clone()).is_some_and(|w| w.eq_ignore_ascii_case(WORD));
        if !is_todo || words[word.end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        from = word.end;
        slips.push(if words[start..].starts_with(OPEN) {
            Slip::Unclosed(start..word.end)
        } else {
            Slip::Misspelt(start..word.end)
        });
    }
    slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&str> {
        marks(words).into_iter().map(|mark| &words[mark]).collect()
    }

    #[test]
    fn marks_hold_words_or_none_and_brackets_of_the_authors() {
        assert_eq!(found("Er zijn [[TODO hoeveel?]] leden."), ["[[TODO hoeveel?]]"]);
        assert_eq!(found("[[TODO]] en [[TODO: één]]"), ["[[TODO]]", "[[TODO: één]]"]);
        assert_eq!(found("[[TODO bron [1]]]."), ["[[TODO bron [1]]]"]);
        assert_eq!(found("[[TODOS]] [[todo x]] [TODO x] [[TODO x] TODO"), [] as [&str; 0]);
        assert_eq!(found("[[TODO een [[TODO twee]]"), ["[[TODO twee]]"]);
    }

    #[test]
    fn what_looks_like_a_mark_is_told() {
        assert_eq!(slips("Er zijn [[TODO hoeveel?]] leden, zie [1] en [[wiki]]."), []);
        assert_eq!(slips("a [[TODO hoeveel leden"), [Slip::Unclosed(2..8)]);
        assert_eq!(slips("[[todo x]] [TODO]"), [Slip::Misspelt(0..6), Slip::Misspelt(11..16)]);
        assert_eq!(slips("[[ ToDo: x]]"), [Slip::Misspelt(0..7)]);
        assert_eq!(slips("[todos] [mijn todo] ["), []);
        assert_eq!(slips("[[TODO een [[TODO twee]]"), [Slip::Unclosed(0..6)]);
    }
}
