//! TOML as a tree in which every key and value knows its place.

use super::Text;
use crate::base::Date;
use crate::diag::Span;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands; for a value from the data table, where `{{ … }}` stands.
    pub span: Span,
    /// The value.
    pub value: Value,
}

impl Node {
    /// Whether the value cannot be read, and that has been reported.
    pub const fn is_faulty(&self) -> bool {
        matches!(self.value, Value::Faulty)
    }
}

/// A TOML value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(Text),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A day; a time of day is dropped.
    Date(Date),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
    /// A value that cannot be read, which has been reported already. Readers
    /// treat it as absent, and say nothing more about it.
    Faulty,
}

impl Value {
    /// What the value is, for messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Int(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
            Value::Faulty => "a faulty value",
        }
    }
}

/// A table, its entries in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Takes the entry of a key out.
    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}
