//! Findings as workflow commands of GitHub Actions, which shows them beside the
//! lines of a change.

use crate::campaign::{Outcome, Status, show};
use crate::diag::{JsonDiagnostic, JsonPlace};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes a command for each finding, and for each brochure that failed. What
/// several brochures share, such as a theme, is told once.
pub(super) fn tell_findings(outcomes: &[Outcome], out: &mut dyn Write) -> io::Result<()> {
    let mut told = BTreeSet::new();
    for outcome in outcomes {
        for diagnostic in outcome.diagnostics.iter() {
            let command = command(&JsonDiagnostic::new(&outcome.files, diagnostic));
            if told.insert(command.clone()) {
                writeln!(out, "{command}")?;
            }
        }
        if let Status::Failed(failure) = &outcome.status {
            let file = path(&show(&outcome.job.source));
            writeln!(out, "::error file={file},title=failed::{}", data(&failure.to_string()))?;
        }
    }
    out.flush()
}

fn command(finding: &JsonDiagnostic) -> String {
    let JsonDiagnostic { code, severity, message, place, allowed, hints, .. } = finding;
    let allowed = allowed.iter().map(|allowed| format!("\nallowed: {allowed}"));
    let hints = hints.iter().map(|hint| format!("\nhint: {hint}"));
    let words: String = [message.clone()].into_iter().chain(allowed).chain(hints).collect();
    format!("::{severity} {},title={code}::{}", where_to(place), data(&words))
}

/// The place. GitHub takes columns within one line only, and the last one in.
fn where_to(place: &JsonPlace) -> String {
    let (file, line) = (path(&place.file), place.line);
    if place.end_line != line {
        return format!("file={file},line={line},endLine={}", place.end_line);
    }
    let column = place.column;
    let last = place.end_column.saturating_sub(1).max(column);
    format!("file={file},line={line},endLine={line},col={column},endColumn={last}")
}

/// A path as a property. GitHub knows its files without `./`.
fn path(path: &str) -> String {
    property(path.trim_start_matches("./"))
}

/// Escapes the words of a command, as the toolkit of GitHub does.
fn data(words: &str) -> String {
    words.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, Files, SourceFile, Span};
    use std::sync::Arc;

    fn told(name: &str, start: usize, end: usize) -> String {
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new(name, "één = 1\nb = 2\n")));
        let span = Span::new(file, start, end);
        let finding =
            Diagnostic::warning(Code::BAD_VALUE, span, "100% mis\r").allowed("a: b, c").hint("d");
        command(&JsonDiagnostic::new(&files, &finding))
    }

    #[test]
    fn a_finding_is_a_command() {
        assert_eq!(
            told("./a,b:c%.toml", 8, 9),
            "::warning file=a%2Cb%3Ac%25.toml,line=1,endLine=1,col=7,endColumn=7,title=bad-value\
             ::100%25 mis%0D%0Aallowed: a: b, c%0Ahint: d"
        );
    }

    #[test]
    fn columns_are_left_out_over_lines() {
        assert!(told("a.toml", 8, 11).starts_with("::warning file=a.toml,line=1,endLine=2,title="));
        let start = "::warning file=a.toml,line=1,endLine=1,col=1,endColumn=1,title=";
        assert!(told("a.toml", 0, 0).starts_with(start));
    }
}
