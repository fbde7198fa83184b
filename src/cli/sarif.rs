//! The result of a run in SARIF 2.1.0 (OASIS, *Static Analysis Results
//! Interchange Format*), which code hosts and editors read.
//!
//! Columns count characters, as `columnKind` says. Places are relative to the
//! folder in which the program runs, unless the command line gives a path from
//! the root. What several brochures share, such as a theme, is told once.

use crate::campaign::{Outcome, Status, show};
use crate::diag::{Code, Diagnostic, Files, JsonDiagnostic, JsonPlace, Span};
use serde::Serialize;
use std::io::{self, Write};

/// Where the form is described, for tools that check it.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

/// That the machine or the program failed.
#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize, PartialEq)]
struct Message {
    text: String,
}

impl Message {
    /// Words in which braces stand for themselves: single ones would hold the
    /// place of an argument (SARIF 2.1.0, 3.11.5).
    fn new(words: &str) -> Message {
        Message { text: words.replace('{', "{{").replace('}', "}}") }
    }
}

#[derive(Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Location {
    /// None in what is part of the program: no viewer could open it.
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize, PartialEq)]
struct Artifact {
    uri: String,
}

#[derive(Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Finding {
    /// Whether it says the same of the same place.
    fn is_same(&self, other: &Finding) -> bool {
        self.rule_id == other.rule_id
            && self.locations == other.locations
            && self.message == other.message
    }
}

/// Writes the whole result.
pub(super) fn tell(outcomes: &[Outcome], out: &mut dyn Write) -> io::Result<()> {
    let found = |code: &&Code| {
        outcomes.iter().any(|outcome| outcome.diagnostics.iter().any(|d| d.code == **code))
    };
    let codes: Vec<Code> = Code::ALL.iter().filter(found).copied().collect();
    let mut results: Vec<Finding> = Vec::new();
    for outcome in outcomes {
        for diagnostic in outcome.diagnostics.iter() {
            let finding = finding(&outcome.files, diagnostic, &codes);
            // Where else it matters may differ from brochure to brochure.
            if !results.iter().any(|other| other.is_same(&finding)) {
                results.push(finding);
            }
        }
    }
    let rule =
        |code: &Code| Rule { id: code.as_str(), short_description: Message::new(code.summary()) };
    let notifications: Vec<Notification> = outcomes.iter().filter_map(notification).collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "drukklaar",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.iter().map(rule).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: notifications.is_empty(),
                tool_execution_notifications: notifications,
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)?;
    out.flush()
}

fn finding(files: &Files, diagnostic: &Diagnostic, codes: &[Code]) -> Finding {
    let JsonDiagnostic { code, severity, message, place, allowed, hints, related, .. } =
        JsonDiagnostic::new(files, diagnostic);
    let allowed = allowed.iter().map(|allowed| format!("\nallowed: {allowed}"));
    let hints = hints.iter().map(|hint| format!("\nhint: {hint}"));
    Finding {
        rule_id: code,
        rule_index: codes.iter().position(|own| *own == diagnostic.code).unwrap_or_default(),
        level: severity,
        message: Message::new(
            &[message].into_iter().chain(allowed).chain(hints).collect::<String>(),
        ),
        locations: [location(files, diagnostic.span, &place, None)],
        related_locations: related
            .into_iter()
            .zip(&diagnostic.related)
            .map(|(related, (span, _))| {
                location(files, *span, &related.place, Some(Message::new(&related.note)))
            })
            .collect(),
    }
}

fn location(files: &Files, span: Span, place: &JsonPlace, message: Option<Message>) -> Location {
    if files.get(span.file).is_built_in() {
        let words = message.map(|message| message.text).into_iter();
        let text = words.chain([place.file.clone()]).collect::<Vec<_>>().join(" ");
        return Location { physical_location: None, message: Some(Message { text }) };
    }
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    };
    let artifact_location = Artifact { uri: uri(&place.file) };
    let physical = Physical { artifact_location, region: Some(region) };
    Location { physical_location: Some(physical), message }
}

fn notification(outcome: &Outcome) -> Option<Notification> {
    let Status::Failed(failure) = &outcome.status else { return None };
    let artifact_location = Artifact { uri: uri(&show(&outcome.job.source)) };
    Some(Notification {
        level: "error",
        message: Message::new(&failure.to_string()),
        locations: [Location {
            physical_location: Some(Physical { artifact_location, region: None }),
            message: None,
        }],
    })
}

/// A path, with `/` between folders, as a reference (RFC 3986) without idle dots.
fn uri(path: &str) -> String {
    let path = path.trim_start_matches("./");
    let root = match path.as_bytes() {
        [b'/', ..] => "file://",
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => "file:///",
        _ => "",
    };
    let mut uri = root.to_owned();
    for (at, byte) in path.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
        // The colon behind a drive; elsewhere it would end a scheme.
        if plain || (byte == b':' && at == 1 && !root.is_empty()) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceFile;
    use std::sync::Arc;

    #[test]
    fn the_built_in_theme_is_no_file() {
        let mut files = Files::new();
        let own = files.add(Arc::new(SourceFile::new("a.toml", "een")));
        let built_in = files.add(Arc::new(SourceFile::built_in("(built-in theme)", "twee")));
        let finding = Diagnostic::error(Code::LOW_CONTRAST, Span::new(own, 0, 3), "m")
            .related(Span::new(built_in, 0, 4), "the colour");
        let finding = super::finding(&files, &finding, &[Code::LOW_CONTRAST]);
        assert!(finding.locations[0].physical_location.is_some());
        let related = &finding.related_locations[0];
        assert!(related.physical_location.is_none());
        let words = related.message.as_ref().map(|message| message.text.as_str());
        assert_eq!(words, Some("the colour (built-in theme)"));
    }

    #[test]
    fn braces_stand_for_themselves() {
        let text = Message::new("`{{ province.naam }}` is no field").text;
        assert_eq!(text, "`{{{{ province.naam }}}}` is no field");
    }

    #[test]
    fn paths_become_references() {
        for (path, expected) in [
            ("in/a b.toml", "in/a%20b.toml"),
            ("./a.toml", "a.toml"),
            ("../één.toml", "../%C3%A9%C3%A9n.toml"),
            ("a:b.toml", "a%3Ab.toml"),
            ("/werk/100%.toml", "file:///werk/100%25.toml"),
            ("C:/in/a.toml", "file:///C:/in/a.toml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
