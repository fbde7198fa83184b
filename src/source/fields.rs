//! Reads typed values out of a tree, and reports every fault on the way.
//!
//! ```
//! # use drukklaar::diag::{Diagnostics, FileId, Files, SourceFile, Span};
//! # use drukklaar::source::{Fields, Table};
//! # let mut files = Files::new();
//! # let file = files.add(std::sync::Arc::new(SourceFile::new("a.toml", "")));
//! # let (table, span) = (Table::default(), Span::new(file, 0, 0));
//! let mut diags = Diagnostics::new();
//! let mut fields = Fields::from_table(&table, span, "a stats block");
//! let title = fields.text("title", &mut diags);
//! let columns = fields.int_in("columns", 1..=3, &mut diags);
//! let wide = fields.choice("width", &[("column", false), ("page", true)], &mut diags);
//! fields.finish(&mut diags); // every key not asked for is an error
//! ```

use super::read::{self, wrong_type};
use super::{Entry, Node, Table, Text, Value};
use crate::base::Date;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use std::ops::RangeInclusive;

/// One table being read. Each method that takes a key counts it as known;
/// [`Fields::finish`] reports the keys that nobody asked for, and those missing.
#[must_use = "`finish` reports unknown and missing keys"]
#[derive(Debug)]
pub struct Fields<'a> {
    table: &'a Table,
    span: Span,
    what: &'static str,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Reads a value that must be a table; `what` names it in messages, with
    /// its article (`a chapter`). Reports a value of another type.
    pub fn of(node: &'a Node, what: &'static str, diags: &mut Diagnostics) -> Option<Fields<'a>> {
        if let Value::Table(table) = &node.value {
            return Some(Fields::from_table(table, node.span, what));
        }
        if !node.is_faulty() {
            diags.push(wrong_type(what, "a table", node));
        }
        None
    }

    /// Reads a table that stands at `span`.
    pub fn from_table(table: &'a Table, span: Span, what: &'static str) -> Fields<'a> {
        Fields { table, span, what, known: Vec::new(), missing: Vec::new() }
    }

    /// The same table under a name that says more.
    pub fn named(self, what: &'static str) -> Fields<'a> {
        Fields { what, ..self }
    }

    /// Where the table stands: its `[header]`, or the braces.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What the table is, in words.
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// The table itself.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// Whether a key is there; does not count it as known.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Counts keys as known without reading them.
    pub fn allow(&mut self, keys: &[&'static str]) {
        for key in keys {
            if !self.known.contains(key) {
                self.known.push(key);
            }
        }
    }

    /// A key with its place and value.
    pub fn entry(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.allow(&[key]);
        self.table.get(key)
    }

    /// A value of any type.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// A value of any type that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            self.missing(key);
        }
        node
    }

    /// Notes that a key is missing. [`Fields::finish`] reports it, unless an
    /// unknown key is so much like it that it must be meant.
    pub fn missing(&mut self, key: &'static str) {
        if !self.missing.contains(&key) {
            self.missing.push(key);
        }
    }

    /// A string.
    pub fn text(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<&'a Text> {
        self.node(key).and_then(|node| read::text(node, key, diags))
    }

    /// A string that must be there.
    pub fn required_text(
        &mut self,
        key: &'static str,
        diags: &mut Diagnostics,
    ) -> Option<&'a Text> {
        self.required(key).and_then(|node| read::text(node, key, diags))
    }

    /// A whole number.
    pub fn int(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<i64> {
        self.node(key).and_then(|node| read::int(node, key, diags))
    }

    /// A whole number in a range; reports one outside.
    pub fn int_in(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        diags: &mut Diagnostics,
    ) -> Option<i64> {
        let node = self.node(key)?;
        let value = read::int(node, key, diags)?;
        if range.contains(&value) {
            return Some(value);
        }
        diags.push(
            Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                format!("`{key}` is {value}, which is out of range"),
            )
            .allowed(format!("{} to {}", range.start(), range.end())),
        );
        None
    }

    /// A number, whole or with a fraction.
    pub fn number(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<f64> {
        self.node(key).and_then(|node| read::number(node, key, diags))
    }

    /// `true` or `false`.
    pub fn bool(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<bool> {
        self.node(key).and_then(|node| read::bool(node, key, diags))
    }

    /// A day.
    pub fn date(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<Date> {
        self.node(key).and_then(|node| read::date(node, key, diags))
    }

    /// One of several words.
    pub fn choice<T: Clone>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
        diags: &mut Diagnostics,
    ) -> Option<T> {
        self.node(key).and_then(|node| read::choice(node, key, choices, diags))
    }

    /// A list.
    pub fn array(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<&'a [Node]> {
        self.node(key).and_then(|node| read::array(node, key, diags))
    }

    /// A list of strings; entries of another type are reported and left out.
    pub fn texts(&mut self, key: &'static str, diags: &mut Diagnostics) -> Option<Vec<&'a Text>> {
        let nodes = self.array(key, diags)?;
        Some(nodes.iter().filter_map(|node| read::text(node, key, diags)).collect())
    }

    /// A table inside this one; `what` names it in messages.
    pub fn fields(
        &mut self,
        key: &'static str,
        what: &'static str,
        diags: &mut Diagnostics,
    ) -> Option<Fields<'a>> {
        let node = self.node(key)?;
        if node.is_faulty() {
            return None;
        }
        let Value::Table(table) = &node.value else {
            diags.push(wrong_type(&format!("`{key}`"), "a table", node).hint(header(key, node)));
            return None;
        };
        Some(Fields::from_table(table, node.span, what))
    }

    /// The tables of a list (`[[key]]`); `what` names one of them in messages.
    /// Entries of another type are reported and left out.
    pub fn list(
        &mut self,
        key: &'static str,
        what: &'static str,
        diags: &mut Diagnostics,
    ) -> Vec<Fields<'a>> {
        let Some(node) = self.node(key).filter(|node| !node.is_faulty()) else {
            return Vec::new();
        };
        let Value::Array(nodes) = &node.value else {
            let mut finding = wrong_type(&format!("`{key}`"), "a list of tables", node);
            if matches!(node.value, Value::Table(_)) {
                finding = finding.hint(format!("write `[[…{key}]]` with two brackets"));
            }
            diags.push(finding);
            return Vec::new();
        };
        nodes.iter().filter_map(|node| Fields::of(node, what, diags)).collect()
    }

    /// Whether there are keys that nobody has asked for so far.
    pub fn has_unknown(&self) -> bool {
        self.table.entries.iter().any(|entry| !self.known.contains(&entry.key.as_str()))
    }

    /// Reports every key that nobody asked for, with the known key most like
    /// it and a list of all known ones; and every missing key.
    pub fn finish(self, diags: &mut Diagnostics) {
        let mut missing = self.missing;
        for entry in &self.table.entries {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let mut finding = Diagnostic::error(
                Code::UNKNOWN_KEY,
                entry.key_span,
                format!("{} has no key `{}`", self.what, entry.key),
            )
            .label("unknown key")
            .allowed(self.known.join(", "));
            if let Some(near) = nearest(&entry.key, self.known.iter().copied()) {
                finding = finding.hint(format!("did you mean `{near}`?"));
                missing.retain(|key| *key != near);
            }
            diags.push(finding);
        }
        for key in missing {
            let message = format!("{} needs `{key}`", self.what);
            diags.push(
                Diagnostic::error(Code::MISSING_KEY, self.span, message)
                    .label(format!("`{key}` is missing")),
            );
        }
    }
}

/// How to write a table under a key.
fn header(key: &str, node: &Node) -> String {
    match node.value {
        Value::Array(_) => format!("write `[…{key}]` with one bracket"),
        _ => format!("write `{key} = {{ … }}`, or `[…{key}]` on a line of its own"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Files, SourceFile};
    use std::sync::Arc;

    fn entry(key: &str, span: Span, value: Value) -> Entry {
        Entry { key: key.to_owned(), key_span: span, node: Node { span, value } }
    }

    #[test]
    fn all_faults_of_a_table_are_reported() {
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new("a.toml", "")));
        let at = |n| Span::new(file, n, n + 1);
        let text = |t: &str, n| Value::Text(Text::verbatim(t, at(n)));
        let table = Table {
            entries: vec![
                entry("titel", at(1), text("x", 1)),
                entry("columns", at(2), Value::Int(7)),
                entry("wide", at(3), text("true", 3)),
                entry("width", at(4), text("pagina", 4)),
                entry("value", at(5), text("12,5", 5)),
            ],
        };
        let mut diags = Diagnostics::new();
        let mut fields = Fields::from_table(&table, at(0), "a block");
        assert!(fields.required_text("title", &mut diags).is_none());
        assert!(fields.required("label").is_none());
        assert_eq!(fields.int_in("columns", 1..=3, &mut diags), None);
        assert_eq!(fields.bool("wide", &mut diags), None);
        assert_eq!(fields.choice("width", &[("column", 1), ("page", 2)], &mut diags), None);
        assert_eq!(fields.number("value", &mut diags), None);
        fields.finish(&mut diags);
        let found: Vec<_> =
            diags.iter().map(|d| (d.code.as_str(), d.span.start, d.hints.concat())).collect();
        let expected = [
            ("bad-value", 2, ""),
            ("wrong-type", 3, "write true or false without quotes"),
            ("bad-value", 4, "did you mean \"page\"?"),
            ("wrong-type", 5, "write 12.5, with a point and without quotes"),
            ("unknown-key", 1, "did you mean `title`?"),
            ("missing-key", 0, ""),
        ];
        let expected: Vec<_> = expected.iter().map(|(c, n, h)| (*c, *n, (*h).to_owned())).collect();
        assert_eq!(found, expected);
    }
}
