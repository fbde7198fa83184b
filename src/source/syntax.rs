//! What a syntax error means to an author, and how to read on after it.

use super::{Table, Value};
use crate::diag::{Code, Diagnostic, FileId, Span};
use std::ops::Range;

/// A fault that the TOML parser found.
pub(super) struct Fault<'a> {
    /// The whole file.
    pub(super) text: &'a str,
    /// Where the parser saw the fault.
    pub(super) at: Range<usize>,
    /// The parser's words.
    pub(super) message: &'a str,
    /// The value in which the fault lies, if the parser got as far as a value.
    pub(super) value: Option<Range<usize>>,
}

/// How to make a file readable after a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Repair {
    /// Another value in place of these bytes.
    Value(Range<usize>),
    /// A value for a key that ends at `key_end`, in place of the bytes that
    /// follow it up to the end of `range`.
    Key { key_end: usize, range: Range<usize> },
    /// A missing bracket.
    Insert(usize, &'static str),
    /// Another heading in place of these bytes.
    Heading(Range<usize>),
    /// These bytes left out.
    Drop(Range<usize>),
}

/// Whether the fault is a second definition, which does not hinder reading.
pub(super) fn is_duplicate(message: &str) -> bool {
    message.starts_with("duplicate key") || message.starts_with("cannot extend value")
}

/// Whether other faults in the same value are worth a finding of their own.
pub(super) fn is_independent(message: &str) -> bool {
    message.starts_with("missing escaped value") || message.starts_with("too few unicode")
}

impl Fault<'_> {
    /// The finding for the author, and the way to read on.
    pub(super) fn judge(&self, file: FileId) -> (Diagnostic, Repair) {
        match &self.value {
            Some(value) => self.in_value(file, value.clone()),
            None => self.in_line(file),
        }
    }

    fn in_value(&self, file: FileId, value: Range<usize>) -> (Diagnostic, Repair) {
        let opener = opening(&self.text[value.start..]);
        let next = next_statement(self.text, line_end(self.text, value.start));
        let mut end =
            line_end(self.text, value.end.max(self.at.start)).min(before_line_end(self.text, next));
        let unclosed = next <= self.at.start && !opener.is_empty();
        let stray_quotes =
            opener.len() == 3 && !unclosed && self.message.starts_with("unexpected key or value");
        if stray_quotes {
            end = end.max(end_of_text(self.text, value.end, end));
        }
        let repair = Repair::Value(value.start..end.max(value.start));
        let at = if unclosed || self.at.start >= self.text.len() && opener.len() == 3 {
            value.start..value.start + opener.len()
        } else {
            self.at.clone()
        };
        let words = &self.text[at.clone()];
        let span = Span::new(file, at.start, at.end);
        let error = |message: String| Diagnostic::error(Code::TOML_SYNTAX, span, message);
        let finding = match opener {
            "[" if unclosed || self.message.starts_with("unclosed array") => {
                error("the list that opens here is not closed".into()).hint("close it with `]`")
            }
            "{" if unclosed || self.message.starts_with("unclosed inline") => {
                error("the table that opens here is not closed".into()).hint("close it with `}`")
            }
            "\"\"\"" | "'''" if at.start == value.start => {
                error("the text that opens here is not closed".into())
                    .hint(format!("close it with `{opener}`"))
            }
            _ if stray_quotes => error(format!("text goes on after its closing `{opener}`"))
                .hint("inside the text use one or two quotes, not three"),
            "\"" | "'"
                if self.message.starts_with("invalid basic string, expected `\"`")
                    || self.message.starts_with("invalid literal string, expected `'`") =>
            {
                let span = Span::new(file, value.start, at.end);
                let message = format!("the text is not closed with `{opener}`");
                Diagnostic::error(Code::TOML_SYNTAX, span, message)
                    .hint("text of several lines stands between `\"\"\"` and `\"\"\"`")
            }
            _ => self.value_fault(span, words, opener),
        };
        (finding, repair)
    }

    /// A fault inside a value that is closed.
    fn value_fault(&self, span: Span, words: &str, opener: &str) -> Diagnostic {
        let opens_list = opener == "[";
        let error = |message: &str| Diagnostic::error(Code::TOML_SYNTAX, span, message);
        let message = self.message;
        let before = &self.text[..self.at.start];
        let after = &self.text[self.at.start..];
        // A word that starts like `true`, `inf` or `nan` is taken for a bad one.
        let word = self.value.as_ref().map(|value| &self.text[value.clone()]);
        let is_word = word.is_some_and(|word| word.starts_with(char::is_alphabetic));
        if message.starts_with("string values must be quoted")
            || message.starts_with("invalid boolean")
            || message.starts_with("invalid float") && words.starts_with(char::is_alphabetic)
        {
            return unquoted(span, words, opens_list);
        }
        if is_word && message.starts_with("invalid") {
            return unquoted(span, word.unwrap_or_default(), opens_list);
        }
        if message.starts_with("invalid float") && words.starts_with('.') {
            return error("a number has one point at most")
                .hint("leave the points between thousands out: 4179000");
        }
        if message.starts_with("missing escaped value") || message.starts_with("too few unicode") {
            return error("a backslash starts an escape that does not exist")
                .allowed(r#"\n, \t, \", \\, \uXXXX"#)
                .hint(r"write `\\` for a backslash");
        }
        if before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(',')
            || before.ends_with(',') && after.starts_with(|c: char| c.is_ascii_digit())
        {
            return error("a number has no comma").hint("decimals take a point: 12.5");
        }
        if message.starts_with("invalid inline table element") {
            return error("the table is not closed here").hint("close it with `}`");
        }
        if message.contains("visible characters") {
            return error("a control character cannot stand in text");
        }
        if message.starts_with("unexpected key or value") {
            let finding = error("something stands after the value");
            return match opener {
                "\"" => finding.hint("write `\\\"` for a double quote inside the text"),
                "'" => finding.hint("put text with an apostrophe between double quotes"),
                _ => finding.hint("a line holds one key and its value"),
            };
        }
        if message.starts_with("invalid unquoted key") && opener == "{" {
            return error("the key cannot be read").hint("write `{ key = value, key = value }`");
        }
        if message.contains("leading zero") {
            return error("a number cannot start with a zero")
                .hint("put it between quotes if it is text, such as a phone number");
        }
        if message.starts_with("missing comma") || message.starts_with("extra assignment") {
            return error("a comma is missing between two entries");
        }
        if message.starts_with("invalid date") {
            let (what, expected) = split_message(message);
            return Diagnostic::error(Code::BAD_DATE, span, format!("{what} `{words}`"))
                .allowed(format!("year-month-day, such as 2026-11-01; {expected}"))
                .hint("put it between quotes if it is text");
        }
        self.other(span)
    }

    fn in_line(&self, file: FileId) -> (Diagnostic, Repair) {
        let start = line_start(self.text, self.at.start);
        let end = line_end(self.text, self.at.start);
        let line = &self.text[start..end];
        let words = line.split('#').next().unwrap_or_default().trim_end();
        let indent = words.len() - words.trim_start().len();
        let body = words.trim_start();
        let from = start + indent;
        let span = Span::new(file, from, from + body.len());
        let error = |message: &str| Diagnostic::error(Code::TOML_SYNTAX, span, message);
        let key = body.len() - body.trim_start_matches(is_key_char).len();

        if let Some(name) = body.strip_prefix('[') {
            let double = name.starts_with('[');
            let name = name.trim_start_matches('[');
            let key = name.len() - name.trim_start_matches(is_key_char).len();
            let missing = match &name[key..] {
                "" if double => "]]",
                "]" if double => "]",
                "" => "]",
                _ => "",
            };
            if key > 0 && !missing.is_empty() && self.message.starts_with("unclosed") {
                return (
                    error("the heading is not closed").hint(format!("write `{body}{missing}`")),
                    Repair::Insert(from + body.len(), missing),
                );
            }
            if key > 0 && !double && &name[key..] == "]]" {
                return (
                    error("the heading opens with one bracket and closes with two")
                        .hint(format!("write `[{body}` or `{}`", &body[..body.len() - 1])),
                    Repair::Insert(from, "["),
                );
            }
            let finding = error("the heading cannot be read")
                .allowed("letters, digits, `-` and `_`, with points between names")
                .hint("write `[name]` for a table, `[[name]]` for an entry of a list");
            return (finding, Repair::Heading(start..end));
        }
        if key > 0 && body[key..].starts_with(']') {
            let missing = if body.ends_with("]]") { "[[" } else { "[" };
            return (
                error("the heading is not opened").hint(format!("write `{missing}{body}`")),
                Repair::Insert(from, missing),
            );
        }
        if key > 0 {
            let rest = body[key..].trim_start();
            let value = rest.trim_start_matches(':').trim_start();
            if rest.starts_with('=') {
                let rest = self.at.start.max(from)..end.max(self.at.start);
                let span = Span::new(file, rest.start, rest.end);
                let finding =
                    Diagnostic::error(Code::TOML_SYNTAX, span, "something stands after the value")
                        .hint("a line holds one key and its value");
                return (finding, Repair::Drop(rest));
            }
            let finding = error("the line has no `=` after its key");
            if rest.is_empty() || rest.starts_with([':', '"', '\'', '[', '{']) {
                let end = end_of_text(self.text, from + key, end);
                let example = if value.is_empty() { "…" } else { value };
                return (
                    finding.hint(format!("write `{} = {example}`", &body[..key])),
                    Repair::Key { key_end: from + key, range: start..end },
                );
            }
            return (
                finding.hint("text of several lines stands between `\"\"\"` and `\"\"\"`"),
                Repair::Drop(start..end),
            );
        }
        let finding = if body.contains('=') {
            error("the key cannot be read").allowed("letters, digits, `-` and `_`")
        } else {
            self.other(if body.is_empty() {
                Span::new(file, self.at.start, self.at.end)
            } else {
                span
            })
        };
        (finding, Repair::Drop(start..end))
    }

    /// The parser's own words.
    fn other(&self, span: Span) -> Diagnostic {
        let (what, expected) = split_message(self.message);
        let finding = Diagnostic::error(Code::TOML_SYNTAX, span, what);
        if what.contains("recurse") {
            Diagnostic::error(Code::TOML_SYNTAX, span, "lists and tables are nested too deep")
        } else if expected.is_empty() || expected == "nothing" {
            finding
        } else if what.starts_with("invalid key-value") || what.starts_with("invalid unquoted") {
            Diagnostic::error(Code::TOML_SYNTAX, span, "this line is no TOML")
                .allowed("`key = value`, `[table]`, `[[list]]`, `# a remark`")
        } else {
            finding.allowed(expected)
        }
    }
}

/// The finding that a key or heading is there for the second time.
pub(super) fn duplicate(
    file: FileId,
    text: &str,
    at: Range<usize>,
    message: &str,
    table: &Table,
) -> Diagnostic {
    let key = &text[at.clone()];
    let span = Span::new(file, at.start, at.end);
    let finding = if message.starts_with("cannot extend") {
        Diagnostic::error(
            Code::TOML_SYNTAX,
            span,
            format!("`{key}` already has a value that is no table"),
        )
    } else {
        Diagnostic::error(Code::TOML_SYNTAX, span, format!("`{key}` is there for the second time"))
    };
    if in_heading(text, at.start) {
        return finding
            .hint(format!("for several entries write `[[…{key}]]` with two brackets each time"));
    }
    // The first one is most often the last of that name before.
    let mut first = None;
    visit_keys(table, &mut |name, place| {
        if name == key && place.start < span.start && first.is_none_or(|f: Span| f < place) {
            first = Some(place);
        }
    });
    match first {
        Some(place) => finding.related(place, "the first one"),
        None => finding,
    }
}

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

fn visit_keys(table: &Table, visit: &mut impl FnMut(&str, Span)) {
    for entry in &table.entries {
        visit(&entry.key, entry.key_span);
        match &entry.node.value {
            Value::Table(table) => visit_keys(table, visit),
            Value::Array(nodes) => {
                for node in nodes {
                    if let Value::Table(table) = &node.value {
                        visit_keys(table, visit);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The finding that text stands without its quotes.
fn unquoted(span: Span, words: &str, in_list: bool) -> Diagnostic {
    let error = |message: &str| Diagnostic::error(Code::TOML_SYNTAX, span, message);
    let words = words.trim();
    let is_curly = |c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»');
    if words.is_empty() {
        return error("the key has no value");
    }
    if words.starts_with(is_curly) {
        return error("typographic quotes cannot open a text")
            .hint(format!("write \"{}\" with straight quotes", words.trim_matches(is_curly)));
    }
    match words.to_lowercase().as_str() {
        "ja" | "yes" | "waar" | "on" | "aan" | "true" => {
            return error("this is neither true nor text")
                .hint("write true, or text between quotes");
        }
        "nee" | "no" | "onwaar" | "off" | "uit" | "false" => {
            return error("this is neither false nor text")
                .hint("write false, or text between quotes");
        }
        _ => {}
    }
    if words.starts_with(|c: char| c.is_ascii_digit()) && words.contains(',') {
        return error("a number has no comma").hint("decimals take a point: 12.5");
    }
    if in_list && words.split_whitespace().all(|word| word.parse::<f64>().is_ok()) {
        return error("a comma is missing between two entries");
    }
    let short: String = words.chars().take(40).collect();
    let dots = if short.len() < words.len() { "…" } else { "" };
    error("text needs quotes").hint(format!("write \"{short}{dots}\""))
}

fn split_message(message: &str) -> (&str, &str) {
    message.split_once(", expected ").unwrap_or((message, ""))
}

/// What opens a text, list or table at the start of `value`.
fn opening(value: &str) -> &'static str {
    ["\"\"\"", "'''", "\"", "'", "[", "{"]
        .into_iter()
        .find(|opener| value.starts_with(opener))
        .unwrap_or("")
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The first byte of the line that holds byte `at`.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// The byte after the last of the line that holds byte `at`, without its end.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The end of the line before the one that starts at `start`.
fn before_line_end(text: &str, start: usize) -> usize {
    if start >= text.len() {
        return text.len();
    }
    let end = start.saturating_sub(1);
    if text[..end].ends_with('\r') { end - 1 } else { end }
}

/// The start of the next line after byte `from` that reads like a key with its
/// value or like a heading; the end of the text if there is none.
fn next_statement(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(n) = text[at..].find('\n') {
        at += n + 1;
        let line = &text[at..line_end(text, at)];
        let body = line.trim_start();
        let heading = line.starts_with('[')
            && line.trim_start_matches('[').starts_with(|c: char| c.is_ascii_alphabetic());
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
fn end_of_text(text: &str, from: usize, end: usize) -> usize {
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
