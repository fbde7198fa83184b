//! TOML strings to texts that know the place of each byte.

use super::Text;
use crate::diag::{FileId, Span};

/// The value of a TOML string (TOML 1.1, section String), each part mapped to
/// its place in the file. `raw` is the string as written, with its quotes, and
/// starts at byte `start` of the file; `value` is what the TOML parser made of
/// it. Line ends become `\n`.
pub(super) fn text(file: FileId, start: usize, raw: &str, value: &str) -> Text {
    let whole = Span::new(file, start, start + raw.len());
    let mut decoder = Decoder { file, start, raw, at: 0, run: 0, text: Text::empty(whole) };
    decoder.decode();
    let text = decoder.text;
    if text.as_str() == value || text.as_str() == value.replace("\r\n", "\n") {
        return text;
    }
    // The parser's word counts; places are then known for the whole only.
    Text::made(value, whole)
}

struct Decoder<'a> {
    file: FileId,
    start: usize,
    raw: &'a str,
    /// The next byte to read.
    at: usize,
    /// Where the present run of bytes that stand for themselves began.
    run: usize,
    text: Text,
}

impl Decoder<'_> {
    fn decode(&mut self) {
        let (quote, escapes) = match self.raw.as_bytes() {
            [b'"', b'"', b'"', ..] => ("\"\"\"", true),
            [b'\'', b'\'', b'\'', ..] => ("'''", false),
            [b'"', ..] => ("\"", true),
            [b'\'', ..] => ("'", false),
            _ => return,
        };
        let end = self.raw.len().saturating_sub(quote.len()).max(quote.len());
        self.at = quote.len();
        if quote.len() == 3 {
            // A line end right after the opening quotes does not count.
            let rest = &self.raw[self.at..];
            self.at += if rest.starts_with("\r\n") { 2 } else { rest.starts_with('\n').into() };
        }
        self.run = self.at;
        while self.at < end {
            match self.raw.as_bytes()[self.at] {
                b'\\' if escapes => self.escape(end),
                b'\r' if self.raw[self.at..].starts_with("\r\n") => self.replace(2, "\n"),
                _ => self.at += 1,
            }
        }
        self.flush(end.min(self.raw.len()));
    }

    /// Ends the present run at byte `to`.
    fn flush(&mut self, to: usize) {
        if self.run < to
            && let Some(part) = self.raw.get(self.run..to)
        {
            let span = Span::new(self.file, self.start + self.run, self.start + to);
            self.text.push(&Text::verbatim(part, span));
        }
    }

    /// Puts `with` in the place of the next `len` bytes.
    fn replace(&mut self, len: usize, with: &str) {
        self.flush(self.at);
        let span = Span::new(self.file, self.start + self.at, self.start + self.at + len);
        if !with.is_empty() {
            self.text.push(&Text::made(with, span));
        }
        self.at += len;
        self.run = self.at;
    }

    fn escape(&mut self, end: usize) {
        let rest = &self.raw[self.at..end];
        let mut buffer = [0; 4];
        let simple = match rest.as_bytes().get(1) {
            Some(b'b') => '\u{8}',
            Some(b'e') => '\u{1b}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'x') => return self.code(rest, 2),
            Some(b'u') => return self.code(rest, 4),
            Some(b'U') => return self.code(rest, 8),
            _ => {
                // A backslash at a line's end takes all white space after it away.
                let body = &rest[1.min(rest.len())..];
                let white = body.len() - body.trim_start_matches([' ', '\t', '\r', '\n']).len();
                return self.replace((1 + white).min(rest.len()), "");
            }
        };
        self.replace(2, simple.encode_utf8(&mut buffer));
    }

    /// An escape by the number of a character, in hexadecimal digits.
    fn code(&mut self, rest: &str, digits: usize) {
        let code = rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let c = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.replace((2 + digits).min(rest.len()), c.encode_utf8(&mut [0; 4]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Files, SourceFile};
    use std::sync::Arc;
    use toml::de::{DeTable, DeValue};

    /// The text of `a = …`, decoded here and by the parser.
    fn decode(raw: &str) -> (Text, String) {
        let source = format!("a = {raw}\n");
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new("a.toml", source.clone())));
        let table = DeTable::parse(&source).unwrap();
        let DeValue::String(value) = table.get_ref()["a"].get_ref() else { panic!("{raw}") };
        (text(file, 4, raw, value), value.to_string())
    }

    #[test]
    fn every_kind_of_string_keeps_its_places() {
        let raw = "\"\"\"\r\nEén\\u00e9 \\\r\n   twee\\n\\\"drie\\\"\r\nvier\"\"\"";
        let (text, value) = decode(raw);
        assert_eq!(text.as_str(), "Eéné twee\n\"drie\"\nvier");
        assert_eq!(text.as_str(), value.replace("\r\n", "\n"));
        for (word, written) in
            [("Eén", "Eén"), ("twee", "twee"), ("drie", "drie"), ("vier", "vier")]
        {
            let at = text.as_str().find(word).unwrap();
            let span = text.span_of(at..at + word.len());
            let start = span.start as usize - 4;
            assert_eq!(&raw[start..start + written.len()], written);
        }
        let at = text.as_str().find("é ").unwrap();
        let span = text.span_of(at..at + 2);
        assert_eq!(&raw[span.start as usize - 4..span.end as usize - 4], "\\u00e9");
    }

    #[test]
    fn quotes_of_a_string_do_not_count() {
        for raw in ["'C:\\map'", "'''\n'x' \\n'''", "\"\"", "''", "\"\"\"\"\"\"", "'''a''''"] {
            let (text, value) = decode(raw);
            assert_eq!(text.as_str(), value, "{raw}");
        }
        let (text, _) = decode("'''\nabc'''");
        assert_eq!(text.span_of(0..1).start, 4 + 4);
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_parser(body in "([a-zé \\n\"']|\\\\n|\\\\t|\\\\\"|\\\\\\\\|\\\\u00e9|\\\\x41|\\\\ ?\\n ){0,12}") {
            let raw = format!("\"\"\"{body}\"\"\"");
            let source = format!("a = {raw}\n");
            if let Ok(table) = DeTable::parse(&source)
                && let DeValue::String(value) = table.get_ref()["a"].get_ref()
            {
                let mut files = Files::new();
                let file = files.add(Arc::new(SourceFile::new("a.toml", source.clone())));
                let whole = Span::new(file, 4, 4 + raw.len());
                let text = Text::empty(whole);
                let mut decoder = Decoder { file, start: 4, raw: &raw, at: 0, run: 0, text };
                decoder.decode();
                proptest::prop_assert_eq!(decoder.text.as_str(), value.as_ref());
            }
        }
    }
}
