//! A brochure for the printer bears a date.

use super::scene::Scene;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// PDF/X asks for the dates of making and of the last change; without one in
/// the source the file bears the first day of 1970.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    if scene.document.meta.date.is_some() {
        return;
    }
    let Some(start) = scene.start() else { return };
    let message =
        "the file for the printer must bear a date, and there is none: it says 1970-01-01";
    found.push(
        Diagnostic::warning(Code::DATE_MISSING, start, message)
            .hint("give the day of the edition: `date = 2026-11-01` in `[document]`"),
    );
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    #[test]
    fn a_brochure_has_a_date() {
        let mut proof = Proof::new();
        proof.clean();
        proof.date = None;
        assert_eq!(proof.finding().code, Code::DATE_MISSING);
    }
}
