//! Pages that can be folded and bound.

use super::scene::Scene;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Pages on a sheet that is folded once, which staples hold.
const SHEET: usize = 4;

/// Pages of a leaf, which is not bound.
const LEAF: usize = 2;

/// A brochure may have a number of pages that does not fill the sheets that it is
/// folded from. A single leaf is no fault if the author asks for it.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let (pages, multiple) = (scene.document.pages.len(), scene.limits.page_multiple);
    let asked = scene.document.copyfit.asked;
    if multiple == 0 || pages.is_multiple_of(multiple) || (pages <= LEAF && asked.is_some()) {
        return;
    }
    let Some(place) = asked.or_else(|| scene.start()) else { return };
    let what = match pages {
        1 => "a single page".to_owned(),
        _ => format!("{pages} pages"),
    };
    let message = match multiple {
        SHEET => format!("{what} cannot be stapled: that takes a multiple of {SHEET}"),
        _ => {
            let verb = if pages == 1 { "fills" } else { "fill" };
            format!("{what} {verb} no sheets of {multiple}")
        }
    };
    let hint = match asked {
        Some(_) => {
            format!("ask for a multiple of {multiple}: `pages = \"multiple of {multiple}\"`")
        }
        None => format!("write `pages = \"multiple of {multiple}\"` at the top of the file"),
    };
    found.push(
        Diagnostic::warning(Code::PAGE_COUNT, place, message)
            .allowed(format!("a multiple of {multiple} (`page_multiple`)"))
            .hint(hint),
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

    #[test]
    fn the_theme_says_what_sheets_hold() {
        let mut proof = Proof::new();
        (proof.free, proof.pages) = (true, 12);
        proof.limits.page_multiple = 8;
        assert_eq!(proof.finding().message, "12 pages fill no sheets of 8");
        proof.pages = 16;
        proof.clean();
        proof.pages = 7;
        proof.limits.page_multiple = 2;
        assert_eq!(proof.finding().message, "7 pages fill no sheets of 2");
        proof.limits.page_multiple = 0;
        proof.clean();
    }

    #[test]
    fn the_place_is_where_pages_are_asked_for() {
        let mut proof = Proof::new();
        (proof.free, proof.pages) = (false, 6);
        assert_eq!(proof.finding().span, proof.span(9));
        proof.free = true;
        assert_ne!(proof.finding().span, proof.span(9));
    }
}
