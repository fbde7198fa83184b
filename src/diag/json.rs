//! Diagnostics as data, for machines to read.

use super::{Diagnostic, Files, Severity, Span};
use serde::Serialize;

/// A finding with all places spelt out, ready to be written as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonDiagnostic {
    /// What kind of finding; stable.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// The words under the marked place; may be empty.
    pub label: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: JsonPlace,
    /// What is allowed there.
    pub allowed: Option<String>,
    /// Ways to mend it.
    pub hints: Vec<String>,
    /// Other places that matter.
    pub related: Vec<JsonRelated>,
}

/// A place in an author's file; lines and columns from 1, in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonPlace {
    /// The file, with `/` between folders.
    pub file: String,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the character after the last.
    pub end_line: usize,
    /// The column of the character after the last.
    pub end_column: usize,
    /// The words at the place.
    pub snippet: String,
}

/// Another place that matters for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonRelated {
    /// Why it matters.
    pub note: String,
    /// Where it is.
    #[serde(flatten)]
    pub place: JsonPlace,
}

impl JsonDiagnostic {
    /// A finding as data.
    pub fn new(files: &Files, diagnostic: &Diagnostic) -> JsonDiagnostic {
        JsonDiagnostic {
            code: diagnostic.code.as_str(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            place: JsonPlace::new(files, diagnostic.span),
            allowed: diagnostic.allowed.clone(),
            hints: diagnostic.hints.clone(),
            related: diagnostic
                .related
                .iter()
                .map(|(span, note)| JsonRelated {
                    note: note.clone(),
                    place: JsonPlace::new(files, *span),
                })
                .collect(),
        }
    }
}

impl JsonPlace {
    /// A place as data.
    pub fn new(files: &Files, span: Span) -> JsonPlace {
        let (start, end) = (files.location(span), files.location(Span { start: span.end, ..span }));
        JsonPlace {
            file: files.get(span.file).name().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            snippet: files.snippet(span).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, SourceFile};
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_finding_spells_out_its_places() {
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new("a.toml", "één = 1\nb = 2\n")));
        let finding = Diagnostic::error(Code::BAD_VALUE, Span::new(file, 8, 11), "m")
            .allowed("x")
            .related(Span::new(file, 10, 11), "n");
        let json = serde_json::to_value(JsonDiagnostic::new(&files, &finding)).unwrap();
        assert_eq!(json["code"], "bad-value");
        assert_eq!((&json["line"], &json["column"]), (&1.into(), &7.into()));
        assert_eq!((&json["end_line"], &json["end_column"]), (&2.into(), &2.into()));
        assert_eq!(json["snippet"], "1\nb");
        assert_eq!(json["related"][0]["note"], "n");
        assert_eq!(json["related"][0]["line"], 2);
    }
}
