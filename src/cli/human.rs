//! The result of a run as lines to read: results on one stream, findings on
//! the other, so that either can be piped away.

use crate::campaign::{Outcome, Part, PlanError, Status, Totals, count, counts, show};
use crate::diag::render_all;
use std::io::{self, Write};

/// Writes why a run cannot start.
pub(super) fn tell_plan_errors(errors: &[PlanError], err: &mut dyn Write) -> io::Result<()> {
    for error in errors {
        writeln!(err, "error: {error}")?;
        if let Some(hint) = error.hint() {
            writeln!(err, "  = hint: {hint}")?;
        }
    }
    err.flush()
}

/// Writes what was found in the brochures, and what failed.
pub(super) fn tell_findings(outcomes: &[Outcome], err: &mut dyn Write) -> io::Result<()> {
    for outcome in outcomes {
        let findings = render_all(&outcome.files, &outcome.diagnostics);
        err.write_all(findings.as_bytes())?;
        if let Status::Failed(failure) = &outcome.status {
            writeln!(err, "error: {}: {failure}\n", show(&outcome.job.source))?;
        }
    }
    err.flush()
}

/// Writes a line for each file written, for each brochure that was only
/// checked (`wrote` is false) or could not be built, and one for the whole.
pub(super) fn tell_results(
    outcomes: &[Outcome],
    wrote: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for outcome in outcomes {
        let source = show(&outcome.job.source);
        let pages = count(outcome.pages.unwrap_or_default(), "page");
        let found = counts(outcome.diagnostics.errors(), outcome.diagnostics.warnings());
        let found = found.map(|found| format!(", {found}")).unwrap_or_default();
        match outcome.status {
            Status::Built => {
                if outcome.made.is_empty() {
                    writeln!(out, "{source}: no page chosen of {pages}")?;
                }
                for made in &outcome.made {
                    let what = match made.part {
                        Part::Pdf(_) => pages.clone(),
                        Part::Page { number, .. } => format!("page {number}"),
                    };
                    writeln!(out, "{}: {what}, {}", show(&made.path), size(made.bytes))?;
                }
            }
            Status::Fine => writeln!(out, "{source}: fine, {pages}{found}")?,
            Status::Rejected if wrote => writeln!(out, "{source}: not written{found}")?,
            Status::Rejected => writeln!(out, "{source}: not accepted{found}")?,
            Status::Failed(_) => writeln!(out, "{source}: failed")?,
        }
        if let (Some(report), Some(bytes)) = (&outcome.job.report, outcome.report_size) {
            writeln!(out, "{}: layout report, {}", show(report), size(bytes))?;
        }
    }
    writeln!(out, "{}", Totals::new(outcomes))?;
    out.flush()
}

/// A size in the unit that suits it; 1 kB is 1000 bytes.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => count(bytes, "byte"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_take_the_unit_that_suits_them() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(70_449), "70.4 kB");
        assert_eq!(size(2_049_000), "2.0 MB");
    }
}
