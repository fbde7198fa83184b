//! Data tables: TOML with a table a row, or CSV with a line a row.

use super::parse::{self, Parsed};
use super::{Entry, Node, Table, Text, Value};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, SourceFile, Span};
use std::path::Path;

/// The rows of a data table by their names, each a [`Value::Table`].
///
/// TOML: every top-level table is a row. CSV: the first line names the
/// columns, the first column names the rows; commas or semicolons separate.
pub(super) fn rows(
    path: &Path,
    file: FileId,
    source: &SourceFile,
    diags: &mut Diagnostics,
) -> Parsed {
    if is_csv(path) { csv(file, source, diags) } else { toml(file, source, diags) }
}

/// Whether a file's name says that it is CSV.
pub(super) fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"))
}

fn toml(file: FileId, source: &SourceFile, diags: &mut Diagnostics) -> Parsed {
    let mut parsed = parse::parse(file, source, diags);
    parsed.table.take("kind");
    parsed.table.entries.retain(|entry| match &entry.node.value {
        Value::Table(_) | Value::Faulty => true,
        other => {
            diags.push(
                Diagnostic::error(
                    Code::BAD_DATA,
                    entry.key_span,
                    format!("a row must be a table, not {}", other.kind()),
                )
                .hint(format!("write `[{}]` and its fields below", entry.key)),
            );
            false
        }
    });
    parsed
}

fn csv(file: FileId, source: &SourceFile, diags: &mut Diagnostics) -> Parsed {
    let skip = if source.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let text = &source.text()[skip..];
    let first_line = text.lines().next().unwrap_or_default();
    let semicolons = first_line.contains(';') && !first_line.contains(',');
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(::csv::Trim::All)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut incomplete = false;
    let mut head: Option<(Span, Vec<String>)> = None;
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let start = record.position().map_or(0, |p| p.byte() as usize);
        // The reader gives the place before blank lines; rows start after them.
        let blank = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let start = start + blank;
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |n| start + n);
        let span = Span::new(file, skip + start, skip + end);
        let Some((head_span, names)) = &head else {
            let names: Vec<String> = record.iter().map(str::to_owned).collect();
            for (i, name) in names.iter().enumerate() {
                let message = if name.is_empty() {
                    format!("column {} has no name", i + 1)
                } else if names[..i].contains(name) {
                    format!("two columns have the name `{name}`")
                } else {
                    continue;
                };
                diags.push(Diagnostic::error(Code::BAD_DATA, span, message));
            }
            head = Some((span, names));
            continue;
        };
        if record.len() != names.len() {
            let message = format!("the row has {}, not {}", fields(record.len()), names.len());
            diags.push(
                Diagnostic::error(Code::BAD_DATA, span, message)
                    .related(*head_span, format!("the first line has {}", names.len()))
                    .hint("put a field that holds the separator between double quotes"),
            );
            incomplete = true;
            continue;
        }
        let key = record.get(0).unwrap_or_default();
        if let Some(first) = table.get(key) {
            let finding = Diagnostic::error(
                Code::BAD_DATA,
                span,
                format!("the row `{key}` is there for the second time"),
            );
            diags.push(finding.related(first.key_span, "the first one"));
            continue;
        }
        let entries = names
            .iter()
            .zip(record.iter())
            .map(|(name, field)| Entry {
                key: name.clone(),
                key_span: span,
                node: Node { span, value: typed(field, semicolons, span) },
            })
            .collect();
        table.entries.push(Entry {
            key: key.to_owned(),
            key_span: span,
            node: Node { span, value: Value::Table(Table { entries }) },
        });
    }
    Parsed { table, incomplete }
}

/// A field as a number if it reads as one that prints back the same; numbers
/// with leading zeros, such as phone numbers, stay text. Files separated by
/// semicolons have decimal commas.
fn typed(field: &str, decimal_comma: bool, span: Span) -> Value {
    let text = || Value::Text(Text::made(field, span));
    let digits = field.strip_prefix('-').unwrap_or(field);
    let mut parts = digits.split(if decimal_comma { ',' } else { '.' });
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (Some(whole), fraction, None) = (parts.next(), parts.next(), parts.next()) else {
        return text();
    };
    if !is_digits(whole) || whole.len() > 1 && whole.starts_with('0') {
        return text();
    }
    match fraction {
        None => field.parse().map_or_else(|_| text(), Value::Int),
        Some(fraction) if is_digits(fraction) => {
            field.replace(',', ".").parse().map_or_else(|_| text(), Value::Float)
        }
        Some(_) => text(),
    }
}

/// A count of fields, as messages say it.
fn fields(count: usize) -> String {
    if count == 1 { "1 field".to_owned() } else { format!("{count} fields") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Files;
    use std::sync::Arc;

    fn read(name: &str, text: &str) -> (Table, Vec<String>) {
        let mut files = Files::new();
        let source = Arc::new(SourceFile::new(name, text));
        let file = files.add(source.clone());
        let mut diags = Diagnostics::new();
        let parsed = rows(Path::new(name), file, &source, &mut diags);
        let found = diags.iter().map(|d| format!("{} {}", files.location(d.span).line, d.message));
        (parsed.table, found.collect())
    }

    #[test]
    fn csv_fields_take_their_types() {
        let (table, found) = read(
            "p.csv",
            "\u{feff}id;name;bedrijven;aandeel;telefoon\r\n\r\nflevoland;\"Flevo;land\";365;12,5;0306053344\r\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let Value::Table(row) = &table.get("flevoland").unwrap().node.value else { panic!() };
        let value = |key| &row.get(key).unwrap().node.value;
        assert!(matches!(value("name"), Value::Text(t) if t.as_str() == "Flevo;land"));
        assert!(matches!(value("bedrijven"), Value::Int(365)));
        assert!(matches!(value("aandeel"), Value::Float(f) if *f == 12.5));
        assert!(matches!(value("telefoon"), Value::Text(_)));
    }

    #[test]
    fn all_faults_of_a_data_table_are_reported() {
        let (_, found) = read("p.csv", "id,a,a\nx,1\n\ny,1,2\ny,3,4\n");
        assert_eq!(
            found,
            [
                "1 two columns have the name `a`",
                "2 the row has 2 fields, not 3",
                "5 the row `y` is there for the second time",
            ]
        );
        let (table, found) = read("p.toml", "kind = \"data\"\nx = 1\n[y]\nz = 2\n");
        assert_eq!(found, ["2 a row must be a table, not a whole number"]);
        assert_eq!(table.entries.len(), 1);
    }
}
