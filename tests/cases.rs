//! Bad brochures and the findings they must give.
//!
//! Each `tests/cases/*.toml` is a brochure with faults. What must be found
//! stands beside the faulty line, in the file itself or in a file that it
//! names, as a comment:
//!
//! ```toml
//! titel = "Hallo"            # error[unknown-key]: part of the message
//! ```
//!
//! Where no comment can stand (inside texts, after syntax errors), a comment
//! line further down points up, by one line or by the number given:
//!
//! ```toml
//! #^ error[toml-syntax]: part of the message
//! #^4 error[unknown-field]: part of the message
//! ```
//!
//! A line of a file that has no comments (CSV) is named whole:
//!
//! ```toml
//! #> parts/rows.csv:3 error[bad-data]: part of the message
//! ```
//!
//! A column may follow the code: `error[unknown-field]@18: …`. Nothing else
//! may be found.

#![expect(clippy::expect_used, reason = "a case that cannot be read must stop the test")]

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::diag::{Code, Severity, render_all};
use drukklaar::pdf::Cache;
use drukklaar::preflight;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What only a page without any better end gives.
const PAGES: &str = "takes a page of a certain length; the tests of the report show it";

/// Codes that no case can show, each with the reason.
const ELSEWHERE: [(Code, &str); 4] = [
    (Code::OUTPUT_CLASH, "takes two brochures; the tests of the command line show it"),
    (Code::WIDOW, PAGES),
    (Code::ORPHAN, PAGES),
    (Code::STRANDED_HEADING, PAGES),
];

/// Findings about a brochure as a whole: a case about something else need not
/// have a date and fill its sheets.
const ASIDE: [Code; 2] = [Code::DATE_MISSING, Code::PAGE_COUNT];

static PRESSES: LazyLock<Cache> = LazyLock::new(Cache::new);

/// A finding that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Expected {
    file: String,
    line: usize,
    column: Option<usize>,
    severity: Severity,
    code: String,
    message: String,
}

/// The expectation in a comment such as `error[code]@5: part`.
fn expectation(comment: &str, file: &str, line: usize) -> Option<Expected> {
    let (severity, rest) = match comment.trim_start() {
        c if c.starts_with("error[") => (Severity::Error, &c["error[".len()..]),
        c if c.starts_with("warning[") => (Severity::Warning, &c["warning[".len()..]),
        _ => return None,
    };
    let (code, rest) = rest.split_once(']')?;
    let (column, message) = rest.split_once(':')?;
    let message = message.split(" # ").next().unwrap_or_default();
    Some(Expected {
        file: file.to_owned(),
        line,
        column: column.strip_prefix('@').map(|c| c.parse().expect("a column")),
        severity,
        code: code.to_owned(),
        message: message.trim().to_owned(),
    })
}

/// The expectations in the comments of a file.
fn expectations(folder: &str, name: &str, text: &str) -> Vec<Expected> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let comment = line.trim_start();
        if let Some(rest) = comment.strip_prefix("#^") {
            let (up, rest) = rest.split_once(' ').expect("a blank after `#^`");
            let up = if up.is_empty() { 1 } else { up.parse().expect("a number of lines") };
            found.push(expectation(rest, name, number - up).expect("an expectation after `#^`"));
        } else if let Some(rest) = comment.strip_prefix("#> ") {
            let (place, rest) = rest.split_once(' ').expect("a place after `#>`");
            let (file, line) = place.rsplit_once(':').expect("file:line");
            let file = format!("{folder}/{file}");
            let line = line.parse().expect("a line number");
            found.push(expectation(rest, &file, line).expect("an expectation after `#>`"));
        } else {
            let comments = line.match_indices("# ").map(|(at, _)| &line[at + 2..]);
            found.extend(comments.filter_map(|c| expectation(c, name, number)));
        }
    }
    found
}

/// Compares a case with its expectations; returns what is wrong.
fn judge(path: &Path, covered: &mut BTreeSet<String>) -> Result<(), String> {
    let compiled = drukklaar::compile(path, &Assets::new(), CompileOptions::default());
    let (files, mut diags) = (&compiled.files, compiled.diagnostics);
    if compiled.document.is_some() == diags.has_errors() {
        return Err(format!("{}: a document or errors, never both", path.display()));
    }
    let folder = path.parent().expect("a folder").to_string_lossy().replace('\\', "/");
    let mut expected: Vec<Expected> =
        files.iter().flat_map(|file| expectations(&folder, file.name(), file.text())).collect();
    if let Some(document) = &compiled.document {
        let press = PRESSES.press(&document.print.condition).expect("a usable profile");
        let mut found = preflight::run(document, press.converter());
        found.retain(|finding| {
            !ASIDE.contains(&finding.code)
                || expected.iter().any(|expected| expected.code == finding.code.as_str())
        });
        diags.append(found);
    }
    let count = expected.len();
    let mut wrong = Vec::new();
    for finding in diags.iter() {
        let at = files.location(finding.span);
        let name = files.get(finding.span.file).name();
        let known = expected.iter().position(|e| {
            e.file == name
                && e.line == at.line
                && e.column.is_none_or(|column| column == at.column)
                && e.severity == finding.severity
                && e.code == finding.code.as_str()
                && finding.message.contains(&e.message)
        });
        match known {
            Some(index) => {
                covered.insert(expected.remove(index).code);
            }
            None => wrong.push(format!("not expected: {name}:{}:{}", at.line, at.column)),
        }
    }
    wrong.extend(expected.iter().map(|e| format!("not found: {e:?}")));
    if count == 0 {
        wrong.push("the case expects nothing".to_owned());
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{}:\n  {}\n{}", path.display(), wrong.join("\n  "), render_all(files, &diags)))
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).expect("the cases");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn bad_brochures_give_the_findings_beside_their_lines() {
    let mut covered = BTreeSet::new();
    let cases = cases();
    assert!(cases.len() >= 45, "{} cases", cases.len());
    let failures: Vec<String> =
        cases.iter().filter_map(|path| judge(path, &mut covered).err()).collect();
    assert!(failures.is_empty(), "{} cases fail\n\n{}", failures.len(), failures.join("\n"));
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| ELSEWHERE.iter().all(|(other, _)| other != *code))
        .map(|code| code.as_str())
        .filter(|code| !covered.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    for (code, reason) in ELSEWHERE {
        assert!(
            !covered.contains(code.as_str()),
            "a case shows {}, so not: {reason}",
            code.as_str()
        );
    }
}
