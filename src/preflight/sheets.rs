//! Pages that can be folded and stapled.

use super::scene::Scene;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Pages on a sheet that is folded once.
const SHEET: usize = 4;

/// Pages of a leaf, which is not stapled.
const LEAF: usize = 2;

/// A brochure may have a number of pages that saddle stitching cannot take. A
/// single leaf is no fault if the author asks for it.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let pages = scene.document.pages.len();
    let leaf = pages <= LEAF && !scene.document.copyfit.free;
    if leaf || pages.is_multiple_of(SHEET) {
        return;
    }
    let Some(start) = scene.start() else { return };
    let message = match pages {
        1 => format!("a single page cannot be stapled: that takes a multiple of {SHEET}"),
        _ => format!("{pages} pages cannot be stapled: that takes a multiple of {SHEET}"),
    };
    found.push(
        Diagnostic::warning(Code::PAGE_COUNT, start, message)
            .hint(format!("write `pages = \"multiple of {SHEET}\"` at the top of the file")),
    );
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    #[test]
    fn pages_fill_folded_sheets() {
        let mut proof = Proof::new();
        (proof.free, proof.pages) = (true, 8);
        proof.clean();
        proof.pages = 6;
        let finding = proof.finding();
        assert_eq!(finding.code, Code::PAGE_COUNT);
        assert!(finding.message.starts_with("6 pages cannot be stapled"), "{finding:?}");
        proof.free = false;
        assert_eq!(proof.finding().code, Code::PAGE_COUNT);
        (proof.free, proof.pages) = (true, 2);
        assert!(proof.finding().message.starts_with("2 pages cannot be stapled"));
        proof.free = false;
        proof.clean();
    }
}
