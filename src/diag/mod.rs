//! Diagnostics: what is wrong, where in the author's files, and what would be right.

mod code;
mod files;
mod json;
mod nearest;
mod render;

pub use code::Code;
pub use files::{FileId, Files, Location, SourceFile, Span};
pub use json::{JsonDiagnostic, JsonPlace, JsonRelated};
pub use nearest::nearest;
pub use render::{Paint, render, render_all, render_all_as, render_as};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; the brochure is written.
    Warning,
    /// Nothing of the brochure is written.
    Error,
}

/// One finding, tied to a place in the author's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding; stable, for tools to match on.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The words the finding is about.
    pub span: Span,
    /// One sentence, lower case, that names the thing.
    pub message: String,
    /// What to write under the words; may be empty.
    pub label: String,
    /// What is allowed here, if that can be said in a line.
    pub allowed: Option<String>,
    /// Other places that matter, each with a word.
    pub related: Vec<(Span, String)>,
    /// Ways to mend it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            label: String::new(),
            allowed: None,
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A warning at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// With words under the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// With what is allowed here.
    pub fn allowed(mut self, allowed: impl Into<String>) -> Diagnostic {
        self.allowed = Some(allowed.into());
        self
    }

    /// With a second place.
    pub fn related(mut self, span: Span, note: impl Into<String>) -> Diagnostic {
        self.related.push((span, note.into()));
        self
    }

    /// With advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// The findings of one job, in the order they were made until [`Diagnostics::sort`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds a finding, unless the very same one is there already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }

    /// Adds all findings of another list.
    pub fn append(&mut self, other: Diagnostics) {
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }

    /// Leaves out the findings that `keep` says no to.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Whether a finding forbids to write the brochure.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors()
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All findings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Puts the findings into the order of the author's files.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.span, a.severity, a.code.as_str(), &a.message).cmp(&(
                b.span,
                b.severity,
                b.code.as_str(),
                &b.message,
            ))
        });
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        for diagnostic in iter {
            self.push(diagnostic);
        }
    }
}

/// A value and the warnings found on the way to it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// What was made.
    pub value: T,
    /// What is worth a look.
    pub warnings: Diagnostics,
}
