//! The text of one TOML file to a tree with places, all syntax errors at once.
//!
//! The parser of the `toml` crate recovers from some faults only. After each
//! first fault the place is repaired ([`super::patch`]) and the file parsed
//! anew; the repaired value is [`Value::Faulty`], so that no later stage
//! complains about it again.

use super::patch::Patches;
use super::syntax::{self, Fault};
use super::{Entry, Node, Table, Value, lines, literal};
use crate::base::Date;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, SourceFile, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Faults after which repairing a file is given up; an author mends the first
/// ones anyway.
const MOST_FAULTS: usize = 50;

/// Starts the key of a heading that could not be repaired. The character
/// cannot be typed by accident; the table is left out of the tree.
const LOST: &str = "\u{FFFC}";

/// A parsed file.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The tree.
    pub(super) table: Table,
    /// Whether a part of the file had to be left out of the tree.
    pub(super) incomplete: bool,
}

/// Parses a file; the tree holds all that could be read.
pub(super) fn parse(file: FileId, source: &SourceFile, diags: &mut Diagnostics) -> Parsed {
    let text = source.text();
    let mut patches = Patches::default();
    let mut faulty = Vec::new();
    let mut incomplete = false;
    for round in 0..=MOST_FAULTS {
        let patched = patches.apply(text);
        let (tree, mut errors) = DeTable::parse_recoverable(&patched);
        errors.sort_by_key(|e| e.span().map_or(0, |s| s.start));
        let swallows = |value: &Range<usize>| lines::swallows(text, value);
        let origin = |range: Range<usize>| patches.origin(range.start)..patches.origin(range.end);
        let fault = errors.iter().find(|e| !syntax::is_duplicate(e.message()));
        let Some(fault) = fault.filter(|_| round < MOST_FAULTS) else {
            incomplete |= fault.is_some();
            let converter = Converter { file, text, patches: &patches, faulty: &faulty };
            let table = converter.table(tree.get_ref(), diags);
            let mut skip_to = 0;
            for error in errors.iter().filter(|e| syntax::is_duplicate(e.message())) {
                let at = origin(error.span().unwrap_or_default());
                if at.start < skip_to {
                    continue;
                }
                // Keys below a second heading are seldom there on purpose.
                if lines::in_heading(text, at.start) {
                    skip_to = lines::next_heading(text, at.start);
                }
                diags.push(syntax::duplicate(file, text, at, error.message(), &table));
            }
            return Parsed { table, incomplete };
        };
        let place = fault.span().unwrap_or(0..0);
        let value = covering(tree.get_ref(), place.start)
            .map(origin)
            .or_else(|| last_value(tree.get_ref(), place.start).map(origin).filter(swallows));
        let mut same_value = Vec::new();
        if syntax::is_independent(fault.message()) {
            let end = value.as_ref().map_or(0, |v| v.end);
            same_value.extend(
                errors
                    .iter()
                    .filter(|e| syntax::is_independent(e.message()))
                    .map(|e| (origin(e.span().unwrap_or(0..0)), e.message()))
                    .filter(|(at, _)| at.start <= end),
            );
        } else {
            same_value.push((origin(place), fault.message()));
        }
        let mut repair = None;
        for (at, message) in same_value {
            let fault = Fault { text, at, message, value: value.clone() };
            let (finding, mend) = fault.judge(file);
            diags.push(finding);
            repair.get_or_insert(mend);
        }
        let Some(repair) = repair else { continue };
        let (range, with) = match repair {
            syntax::Repair::Value(range) => {
                faulty.push(range.start);
                (range, "0".to_owned())
            }
            syntax::Repair::Key { key_end, range } => {
                faulty.push(key_end);
                (key_end..range.end, "=0".to_owned())
            }
            syntax::Repair::Insert(at, what) => (at..at, what.to_owned()),
            syntax::Repair::Heading(range) => {
                incomplete = true;
                (range, format!("[\"{LOST}{round}\"]"))
            }
            syntax::Repair::Drop(range) => {
                incomplete = true;
                (range, String::new())
            }
        };
        if !patches.add(range, with) {
            let converter = Converter { file, text, patches: &patches, faulty: &faulty };
            return Parsed { table: converter.table(tree.get_ref(), diags), incomplete: true };
        }
    }
    Parsed { table: Table::default(), incomplete: true }
}

/// The outermost value that stands after its key and holds byte `at`.
fn covering(table: &DeTable<'_>, at: usize) -> Option<Range<usize>> {
    table.iter().find_map(|(key, value)| {
        if key.span().end <= value.span().start {
            let span = value.span();
            return (span.start <= at && at <= span.end).then_some(span);
        }
        match value.get_ref() {
            DeValue::Table(table) => covering(table, at),
            DeValue::Array(nodes) => nodes.iter().find_map(|node| match node.get_ref() {
                DeValue::Table(table) => covering(table, at),
                _ => None,
            }),
            _ => None,
        }
    })
}

/// The last value that stands after its key and ends at byte `at` or before.
fn last_value(table: &DeTable<'_>, at: usize) -> Option<Range<usize>> {
    let last = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        if key.span().end <= value.span().start {
            return Some(value.span()).filter(|span| span.end <= at);
        }
        match value.get_ref() {
            DeValue::Table(table) => last_value(table, at),
            DeValue::Array(nodes) => nodes
                .iter()
                .filter_map(|node| match node.get_ref() {
                    DeValue::Table(table) => last_value(table, at),
                    _ => None,
                })
                .max_by_key(|span| span.end),
            _ => None,
        }
    };
    table.iter().filter_map(last).max_by_key(|span| span.end)
}

struct Converter<'a> {
    file: FileId,
    text: &'a str,
    patches: &'a Patches,
    /// Where repaired values start, in the author's bytes.
    faulty: &'a [usize],
}

impl Converter<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.patches.origin(range.start), self.patches.origin(range.end));
        Span::new(self.file, start, end.max(start))
    }

    fn table(&self, table: &DeTable<'_>, diags: &mut Diagnostics) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .filter(|(key, _)| !key.get_ref().starts_with(LOST))
            .map(|(key, value)| self.entry(key, value, diags))
            .collect();
        // The parser sorts by name; authors mean the order of the file.
        entries.sort_by_key(|entry| entry.key_span.start);
        Table { entries }
    }

    fn entry(
        &self,
        key: &Spanned<DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
        diags: &mut Diagnostics,
    ) -> Entry {
        Entry {
            key: key.get_ref().to_string(),
            key_span: self.span(key.span()),
            node: self.node(value, diags),
        }
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, diags: &mut Diagnostics) -> Node {
        let span = self.span(value.span());
        if self.faulty.contains(&(span.start as usize))
            && !matches!(value.get_ref(), DeValue::Table(_))
        {
            return Node { span, value: Value::Faulty };
        }
        let value = match value.get_ref() {
            DeValue::String(decoded) => {
                let start = span.start as usize;
                let raw = self.text.get(start..span.end as usize).unwrap_or_default();
                Value::Text(literal::text(self.file, start, raw, decoded))
            }
            DeValue::Integer(int) => i64::from_str_radix(int.as_str(), int.radix())
                .map_or_else(|_| too_big(span, diags), Value::Int),
            DeValue::Float(float) => match float.as_str().parse::<f64>() {
                Ok(value) if value.is_finite() || float.as_str().contains(['i', 'n']) => {
                    Value::Float(value)
                }
                _ => too_big(span, diags),
            },
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(moment) => match moment.date {
                Some(date) => {
                    Value::Date(Date { year: date.year, month: date.month, day: date.day })
                }
                None => {
                    diags.push(
                        Diagnostic::error(
                            Code::BAD_DATE,
                            span,
                            "a time of day stands where a date or text is meant",
                        )
                        .hint("put it between quotes if it is text"),
                    );
                    Value::Faulty
                }
            },
            DeValue::Array(nodes) => {
                Value::Array(nodes.iter().map(|node| self.node(node, diags)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, diags)),
        };
        Node { span, value }
    }
}

fn too_big(span: Span, diags: &mut Diagnostics) -> Value {
    diags.push(
        Diagnostic::error(Code::BAD_VALUE, span, "the number is too big")
            .hint("put it between quotes if it is text, such as a phone number"),
    );
    Value::Faulty
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Files;
    use std::sync::Arc;

    /// The findings of a text, as `line:column message`, and its entries.
    fn parsed(text: &str) -> (Vec<String>, Table) {
        let mut files = Files::new();
        let source = Arc::new(SourceFile::new("a.toml", text));
        let file = files.add(source.clone());
        let mut diags = Diagnostics::new();
        let parsed = parse(file, &source, &mut diags);
        diags.sort();
        let list = diags
            .iter()
            .map(|d| {
                let at = files.location(d.span);
                format!("{}:{} {}", at.line, at.column, d.message)
            })
            .collect();
        (list, parsed.table)
    }

    #[test]
    fn a_fault_hides_no_other() {
        let cases: &[(&str, &[&str])] = &[
            (
                "a = Hallo wereld\nb = “x”\nc = yes\n",
                &[
                    "1:5 text needs quotes",
                    "2:5 typographic quotes cannot open a text",
                    "3:5 this is neither true nor text",
                ],
            ),
            (
                "a = \"Hallo\nb = 01\n",
                &["1:5 the text is not closed with `\"`", "2:5 a number cannot start with a zero"],
            ),
            (
                "a = \"\"\"Hallo\n[[b]]\nc = \"\"\"x\"\"\"\nd = 12,5",
                &["1:5 the text that opens here is not closed", "4:7 a number has no comma"],
            ),
            (
                "a = \"\"\"\nEen \"\"\"woord\"\"\" zo\n\"\"\"\nb = [1 2]\n",
                &[
                    "2:8 text goes on after its closing `\"\"\"`",
                    "4:6 a comma is missing between two entries",
                ],
            ),
            (
                "[cover\na = \n[b]]\n[mijn kop]\nd = 3",
                &[
                    "1:1 the heading is not closed",
                    "2:5 the key has no value",
                    "3:1 the heading opens with one bracket and closes with two",
                    "4:1 the heading cannot be read",
                ],
            ),
            (
                "cover]\na: \"x\"\nb\nLosse zin hier.\n",
                &[
                    "1:1 the heading is not opened",
                    "2:1 the line has no `=` after its key",
                    "3:1 the line has no `=` after its key",
                    "4:1 the line has no `=` after its key",
                ],
            ),
            (
                "a = [1, 2\nb = [{ x = 1, y = 2]\nc = { d = 1\n[e]\n",
                &[
                    "1:5 the list that opens here is not closed",
                    "2:20 the table is not closed here",
                    "3:5 the table that opens here is not closed",
                ],
            ),
            (
                "a = \"c:\\map\\x\"\nb = \"x\" c = 2\na = 3\n",
                &[
                    "1:9 a backslash starts an escape that does not exist",
                    "1:14 a backslash starts an escape that does not exist",
                    "2:9 something stands after the value",
                    "3:1 `a` is there for the second time",
                ],
            ),
            (
                "a = 2026-13-45\nb = 99999999999999999999\nc = 10:00:00\n[d]\n[d]\n",
                &[
                    "1:5 invalid date `2026-13-45`",
                    "2:5 the number is too big",
                    "3:5 a time of day stands where a date or text is meant",
                    "5:2 `d` is there for the second time",
                ],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parsed(text).0, *expected, "{text}");
        }
    }

    #[test]
    fn repaired_values_are_faulty_and_all_others_stay() {
        let (_, table) = parsed("[cover\ntitle: \"x\"\nb = 1\n[[c]\nd = x y\n");
        let Value::Table(cover) = &table.get("cover").unwrap().node.value else { panic!() };
        assert!(cover.get("title").unwrap().node.is_faulty());
        assert!(matches!(cover.get("b").unwrap().node.value, Value::Int(1)));
        let Value::Array(list) = &table.get("c").unwrap().node.value else { panic!() };
        let Value::Table(entry) = &list[0].value else { panic!() };
        assert!(entry.get("d").unwrap().node.is_faulty());
        assert_eq!(list[0].span.start, 24);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([a-c =\\[\\]{},\"'\n#é1-]|\"\"\"|a = |\\\\|\r\n){0,30}") {
            let (_, table) = parsed(&text);
            proptest::prop_assert!(table.entries.len() <= text.len());
        }
    }
}
