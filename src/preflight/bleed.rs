//! What touches the edge of the page goes on past the cut.

use super::safe_zone::distances;
use super::scene::{Scene, What, millimetres};
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// Rounding, and far less than any knife is off by, in millimetres.
const SLACK: f64 = 0.1;

const SIDES: [&str; 4] = ["left", "top", "right", "bottom"];

/// Artwork that touches the trim must reach the edge of the bleed, or white
/// shows where the cut is off; and the bleed must be wide enough.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    narrow_bleed(scene, found);
    let slack = Abs::mm(SLACK);
    let mut short: BTreeMap<(Span, usize), (Abs, Abs, &str, usize)> = BTreeMap::new();
    for sheet in &scene.pages {
        for (index, art) in sheet.art.iter().enumerate() {
            let bleed = sheet.page.bleed;
            let sides = distances(&art.area, &sheet.trim());
            for (side, distance) in sides.into_iter().enumerate() {
                let touches = distance <= slack && distance > -(bleed - slack);
                if touches && !sheet.hidden(index) {
                    let what = match art.what {
                        What::Shape(_) => "a coloured area or line",
                        What::Picture(_) => "the image",
                    };
                    let entry = (distance, bleed, what, sheet.number);
                    short.entry((art.span, side)).or_insert(entry);
                }
            }
        }
    }
    for ((span, side), (distance, bleed, what, page)) in short {
        let reach = millimetres(Abs::ZERO.max(-distance));
        let message = format!(
            "{what} on page {page} touches the {} edge and goes on for {reach} past it",
            SIDES[side]
        );
        found.push(
            Diagnostic::error(Code::MISSING_BLEED, span, message)
                .allowed(format!("{}, the bleed (`bleed` in `[page]`)", millimetres(bleed)))
                .hint(
                    "let it reach past the edge by the whole bleed, or keep it away from the edge",
                ),
        );
    }
}

fn narrow_bleed(scene: &Scene<'_>, found: &mut Diagnostics) {
    let least = scene.limits.bleed;
    let Some(bleed) = scene.pages.iter().map(|sheet| sheet.page.bleed).min() else { return };
    let Some(at) = scene.limits.bleed_at.or_else(|| scene.start()) else { return };
    if bleed + Abs::mm(SLACK / 10.0) < least {
        let message = format!("a bleed of {} leaves the knife no room", millimetres(bleed));
        found.push(
            Diagnostic::warning(Code::MISSING_BLEED, at, message)
                .allowed(format!("{} or more (`bleed` in `[preflight]`)", millimetres(least)))
                .hint(format!("write `bleed = {:.0}` in `[page]`", least.to_mm())),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;
    use crate::color::Color;
    use crate::diag::Severity;

    const INK: Color = Color::BLACK;

    #[test]
    fn artwork_at_the_edge_reaches_the_bleed() {
        let bleed = Abs::mm(3.0).to_pt();
        let band = |left: f64, right: f64| Proof::new().rect(left, 100.0, right - left, 50.0, INK);
        band(-bleed, 400.0 + bleed).clean();
        band(2.0, 390.0).clean();
        let cut = band(-bleed, 400.0);
        let finding = cut.finding();
        assert_eq!((finding.code, finding.severity), (Code::MISSING_BLEED, Severity::Error));
        assert_eq!(finding.span, cut.span(1));
        assert_eq!(
            finding.message,
            "a coloured area or line on page 1 touches the right edge and goes on for 0 mm past it"
        );
        let half = band(-4.0, 300.0).finding();
        assert!(half.message.contains("the left edge and goes on for 1.41 mm"), "{half:?}");
    }

    #[test]
    fn what_is_covered_needs_no_bleed() {
        Proof::new().rect(0.0, 0.0, 400.0, 50.0, INK).rect(-9.0, -9.0, 418.0, 80.0, INK).clean();
    }

    #[test]
    fn the_bleed_is_wide_enough() {
        let mut proof = Proof::new();
        proof.bleed = Abs::mm(2.0);
        proof.limits.bleed_at = Some(proof.span(50));
        let finding = proof.finding();
        assert_eq!((finding.code, finding.severity), (Code::MISSING_BLEED, Severity::Warning));
        assert_eq!(finding.span, proof.span(50));
        proof.limits.bleed = Abs::mm(2.0);
        proof.clean();
    }
}
