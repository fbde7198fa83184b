//! The result of a run as data, for machines to read.
//!
//! Written as JSON, a result is one object, which `schema/result.schema.json`
//! describes for other programs:
//!
//! | key | value |
//! |---|---|
//! | `version` | 1; raised when a key changes its meaning or goes |
//! | `brochures` | a list, in the order of the plan |
//! | `totals` | the sums over the list |
//!
//! A brochure:
//!
//! | key | value |
//! |---|---|
//! | `name` | path of its files below the output folder, without suffix |
//! | `source` | its file, as given on the command line |
//! | `status` | `built`, `fine` (checked), `rejected` (errors in the input) or `failed` |
//! | `failure` | why the machine or the program failed; else `null` |
//! | `pages` | number of pages; `null` if it could not be set |
//! | `outputs` | a list of `profile` (of a PDF) or `page` (of a picture), `path` and `bytes`; empty if nothing was written |
//! | `report` | `path` and `bytes` of the layout report; `null` if none was written |
//! | `errors`, `warnings` | how many of each |
//! | `diagnostics` | a list, in the order of the author's files |
//!
//! A diagnostic is a [`JsonDiagnostic`]: `code`, `severity` (`error`,
//! `warning`), `message`, `label` (empty if none), `allowed` (`null` if none),
//! `hints`, `related` (places with a `note`) and its place: `file`, `line` and
//! `column` (from 1, in characters), `end_line` and `end_column` (the character
//! after the last) and the words there, `snippet`.
//!
//! There is no time in it, so that equal runs give equal results.

use super::plan::show;
use super::{Outcome, Part, Status};
use crate::diag::JsonDiagnostic;
use serde::Serialize;
use std::fmt;

/// A whole run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunResult {
    /// The version of this form.
    pub version: u32,
    /// The brochures in the order of the plan.
    pub brochures: Vec<BrochureResult>,
    /// The sums.
    pub totals: Totals,
}

/// What became of a brochure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrochureResult {
    /// The path of its files below the output folder, without suffix.
    pub name: String,
    /// Its file.
    pub source: String,
    /// `built`, `fine`, `rejected` or `failed`.
    pub status: &'static str,
    /// Why the machine or the program failed.
    pub failure: Option<String>,
    /// The number of pages.
    pub pages: Option<usize>,
    /// The files written.
    pub outputs: Vec<OutputResult>,
    /// The layout report, if one was written.
    pub report: Option<ReportResult>,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// What was found.
    pub diagnostics: Vec<JsonDiagnostic>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputResult {
    /// What a PDF is for: `print` or `screen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<&'static str>,
    /// The page that a picture shows, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// A layout report that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportResult {
    /// The file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// The sums of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// All brochures.
    pub brochures: usize,
    /// Those whose files are written.
    pub built: usize,
    /// Those that were only checked and are fine.
    pub fine: usize,
    /// Those that their author has to mend.
    pub rejected: usize,
    /// Those where the machine or the program failed.
    pub failed: usize,
    /// Errors in all brochures.
    pub errors: usize,
    /// Warnings in all brochures.
    pub warnings: usize,
}

impl RunResult {
    /// The result of these outcomes.
    pub fn new(outcomes: &[Outcome]) -> RunResult {
        RunResult {
            version: 1,
            brochures: outcomes.iter().map(BrochureResult::new).collect(),
            totals: Totals::new(outcomes),
        }
    }
}

impl BrochureResult {
    fn new(outcome: &Outcome) -> BrochureResult {
        let written = outcome.status == Status::Built;
        let outputs = outcome.made.iter().filter(|_| written);
        BrochureResult {
            name: outcome.job.name.clone(),
            source: show(&outcome.job.source),
            status: match outcome.status {
                Status::Built => "built",
                Status::Fine => "fine",
                Status::Rejected => "rejected",
                Status::Failed(_) => "failed",
            },
            failure: match &outcome.status {
                Status::Failed(failure) => Some(failure.to_string()),
                _ => None,
            },
            pages: outcome.pages,
            outputs: outputs
                .map(|made| {
                    let (profile, page) = match made.part {
                        Part::Pdf(profile) => (Some(profile.name()), None),
                        Part::Page { number, .. } => (None, Some(number)),
                    };
                    OutputResult { profile, page, path: show(&made.path), bytes: made.bytes }
                })
                .collect(),
            report: outcome
                .job
                .report
                .as_deref()
                .zip(outcome.report_size)
                .map(|(path, bytes)| ReportResult { path: show(path), bytes }),
            errors: outcome.diagnostics.errors(),
            warnings: outcome.diagnostics.warnings(),
            diagnostics: outcome
                .diagnostics
                .iter()
                .map(|found| JsonDiagnostic::new(&outcome.files, found))
                .collect(),
        }
    }
}

impl Totals {
    /// The sums over these outcomes.
    pub fn new(outcomes: &[Outcome]) -> Totals {
        let mut totals = Totals { brochures: outcomes.len(), ..Totals::default() };
        for outcome in outcomes {
            match outcome.status {
                Status::Built => totals.built += 1,
                Status::Fine => totals.fine += 1,
                Status::Rejected => totals.rejected += 1,
                Status::Failed(_) => totals.failed += 1,
            }
            totals.errors += outcome.diagnostics.errors();
            totals.warnings += outcome.diagnostics.warnings();
        }
        totals
    }
}

/// One line: `3 brochures: 2 built, 1 with errors (4 errors, 2 warnings)`.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without errors it was denied warnings that spoilt a brochure.
        let spoilt = if self.errors == 0 { "with warnings" } else { "with errors" };
        let parts = [
            (self.built, "built"),
            (self.fine, "fine"),
            (self.rejected, spoilt),
            (self.failed, "failed"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        write!(f, "{}: {}", count(self.brochures, "brochure"), parts.join(", "))?;
        match counts(self.errors, self.warnings) {
            Some(found) => write!(f, " ({found})"),
            None => Ok(()),
        }
    }
}

/// `4 errors, 1 warning`; nothing if there are neither.
pub(crate) fn counts(errors: usize, warnings: usize) -> Option<String> {
    let parts = [(errors, "error"), (warnings, "warning")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|&(n, word)| count(n, word)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 page`, `2 pages`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Assets;
    use crate::campaign::fake::{Fake, folder};
    use crate::campaign::{CompileOptions, Mode, Plan, Product, Settings, run};
    use crate::pdf::Profile;
    use std::num::NonZeroUsize;
    use std::path::Path;

    fn check(root: &Path, write: bool) -> RunResult {
        let product = Product::Pdf(Profile::ALL.to_vec());
        let settings = Settings { out: root.join("out"), product, report: None };
        let (fake, assets) = (Fake, Assets::new());
        let plan = Plan::new(&[root.join("in")], &settings, &assets).unwrap();
        let mode = Mode {
            write,
            deny_warnings: false,
            jobs: NonZeroUsize::MIN,
            options: CompileOptions::default(),
        };
        RunResult::new(&run(&plan, mode, &fake, &assets, &|_| ()).unwrap())
    }

    #[test]
    fn the_json_form_is_the_one_documented() {
        let root = folder(&[("in/a.toml", "# pages 2"), ("in/b.toml", "één\nbad")]);
        let json = serde_json::to_string_pretty(&check(root.path(), true)).unwrap();
        let expected = r#"{
  "version": 1,
  "brochures": [
    {
      "name": "a",
      "source": "ROOT/in/a.toml",
      "status": "built",
      "failure": null,
      "pages": 2,
      "outputs": [
        {
          "profile": "print",
          "path": "ROOT/out/a.print.pdf",
          "bytes": 14
        },
        {
          "profile": "screen",
          "path": "ROOT/out/a.screen.pdf",
          "bytes": 15
        }
      ],
      "report": null,
      "errors": 0,
      "warnings": 0,
      "diagnostics": []
    },
    {
      "name": "b",
      "source": "ROOT/in/b.toml",
      "status": "rejected",
      "failure": null,
      "pages": null,
      "outputs": [],
      "report": null,
      "errors": 1,
      "warnings": 0,
      "diagnostics": [
        {
          "code": "bad-value",
          "severity": "error",
          "message": "this is bad",
          "label": "here",
          "file": "ROOT/in/b.toml",
          "line": 2,
          "column": 1,
          "end_line": 2,
          "end_column": 4,
          "snippet": "bad",
          "allowed": "anything else",
          "hints": [
            "leave it out"
          ],
          "related": []
        }
      ]
    }
  ],
  "totals": {
    "brochures": 2,
    "built": 1,
    "fine": 0,
    "rejected": 1,
    "failed": 0,
    "errors": 1,
    "warnings": 0
  }
}"#;
        assert_eq!(json.replace(&show(root.path()), "ROOT"), expected);
    }

    #[test]
    fn a_check_lists_no_outputs() {
        let root = folder(&[("in/a.toml", "")]);
        let result = check(root.path(), false);
        assert_eq!(result.brochures[0].status, "fine");
        assert!(result.brochures[0].outputs.is_empty());
    }

    #[test]
    fn totals_read_as_a_sentence() {
        let totals = Totals {
            brochures: 3,
            built: 2,
            rejected: 1,
            errors: 4,
            warnings: 1,
            ..Totals::default()
        };
        assert_eq!(totals.to_string(), "3 brochures: 2 built, 1 with errors (4 errors, 1 warning)");
        let totals = Totals { brochures: 1, fine: 1, ..Totals::default() };
        assert_eq!(totals.to_string(), "1 brochure: 1 fine");
    }
}
