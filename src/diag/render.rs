//! Diagnostics as text for a terminal.

use super::{Diagnostic, Diagnostics, Files, Severity};

/// One finding as text.
pub fn render(files: &Files, diagnostic: &Diagnostic) -> String {
    let at = files.location(diagnostic.span);
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!(
        "{word}[{}]: {}\n --> {}:{}:{}\n",
        diagnostic.code.as_str(),
        diagnostic.message,
        files.get(diagnostic.span.file).name(),
        at.line,
        at.column
    )
}

/// All findings as text, a blank line after each.
pub fn render_all(files: &Files, diagnostics: &Diagnostics) -> String {
    diagnostics.iter().map(|d| render(files, d) + "\n").collect()
}
