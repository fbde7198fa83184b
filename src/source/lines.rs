//! Lines of TOML that may be faulty: where statements start and end.

use std::ops::Range;

/// The start of the next heading after byte `at`; the end if there is none.
pub(super) fn next_heading(text: &str, at: usize) -> usize {
    text[at..].find("\n[").map_or(text.len(), |n| at + n + 1)
}

/// Whether a byte stands in a line that reads like a heading.
pub(super) fn in_heading(text: &str, at: usize) -> bool {
    text[line_start(text, at)..].trim_start().starts_with('[')
}

/// Whether a text of several lines holds lines that read like TOML, so that it
/// most likely was not closed where it should have been.
pub(super) fn swallows(text: &str, value: &Range<usize>) -> bool {
    opening(&text[value.start..]).len() == 3
        && next_statement(text, line_end(text, value.start)) < value.end
}

/// What opens a text, list or table at the start of `value`.
pub(super) fn opening(value: &str) -> &'static str {
    ["\"\"\"", "'''", "\"", "'", "[", "{"]
        .into_iter()
        .find(|opener| value.starts_with(opener))
        .unwrap_or("")
}

/// Whether a character can stand in a bare key, or between two.
pub(super) fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The first byte of the line that holds byte `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// The byte after the last of the line that holds byte `at`, without its end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The end of the line before the one that starts at `start`.
pub(super) fn before_line_end(text: &str, start: usize) -> usize {
    if start >= text.len() {
        return text.len();
    }
    let end = start.saturating_sub(1);
    if text[..end].ends_with('\r') { end - 1 } else { end }
}

/// The start of the next line after byte `from` that reads like a key with its
/// value or like a heading; the end of the text if there is none.
pub(super) fn next_statement(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(n) = text[at..].find('\n') {
        at += n + 1;
        let line = &text[at..line_end(text, at)];
        let body = line.trim_start();
        // Unlike a link of Markdown a heading ends with its bracket.
        let name = line.trim_start_matches('[');
        let after = name.trim_start_matches(is_key_char).trim_start_matches(']').trim();
        let heading = line.starts_with('[')
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && (after.is_empty() || after.starts_with('#'));
        let rest = body.trim_start_matches(is_key_char);
        let statement = rest.len() < body.len()
            && rest.trim_start_matches(' ').strip_prefix('=').is_some_and(|v| {
                v.trim_start().starts_with(|c: char| {
                    c.is_ascii_digit() || matches!(c, '"' | '\'' | '[' | '{' | 't' | 'f' | '-')
                })
            });
        if heading || statement {
            return at;
        }
    }
    text.len()
}

/// The end of a text of several lines that opens between `from` and `end`;
/// `end` if none does.
pub(super) fn end_of_text(text: &str, from: usize, end: usize) -> usize {
    let line = &text[from..end];
    for quotes in ["\"\"\"", "'''"] {
        if line.matches(quotes).count() == 1
            && let Some(close) = text[end..].find(quotes)
        {
            return line_end(text, end + close);
        }
    }
    end
}

/// The end of the line before the next one that is meant as a key with its
/// value or as a heading, however faulty. What lies between belongs to the
/// statement before it.
///
/// A line that stands further in than the first one belongs to it too: keys of
/// tables in a list are indented, statements after the list are not.
pub(super) fn end_of_statement(text: &str, from: usize) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let depth = indent(&text[line_start(text, from)..line_end(text, from)]);
    let mut at = from;
    while let Some(n) = text[at..].find('\n') {
        at += n + 1;
        let line = text[at..line_end(text, at)].trim_end();
        let body = line.trim_start();
        let bare = line.trim_start_matches('[');
        let opened = bare.len() < line.len() && bare.starts_with(|c: char| c.is_ascii_alphabetic());
        let rest = body.trim_start_matches(is_key_char);
        let after = rest.trim_start();
        let has_key = rest.len() < body.len() && indent(line) <= depth;
        let closed = has_key && !rest.is_empty() && rest.chars().all(|c| c == ']');
        let colon = after.strip_prefix(':').is_some_and(|value| {
            value.trim_start().starts_with([
                '"', '\'', '[', '{', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
            ])
        });
        if opened || closed || has_key && (after.starts_with('=') || colon) {
            return before_line_end(text, at);
        }
    }
    text.len()
}
