//! What touches the edge of the page goes on past the cut.

use super::artwork;
use super::safe_zone::distances;
use super::scene::{Scene, Sheet, What, millimetres};
use crate::assets::Image;
use crate::base::{Abs, Rect};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// Rounding, and far less than any knife is off by, in millimetres.
const SLACK: f64 = 0.1;

const PART: &str = "a part of the drawing";

const SIDES: [&str; 4] = ["left", "top", "right", "bottom"];

/// Artwork that touches the trim must reach the edge of the bleed, or white
/// shows where the cut is off; and the bleed must be wide enough.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    narrow_bleed(scene, found);
    let mut short: BTreeMap<(Span, usize), Short> = BTreeMap::new();
    for sheet in &scene.pages {
        for (index, art) in sheet.art.iter().enumerate() {
            let what = match art.what {
                What::Shape(_) => "a coloured area or line",
                What::Picture(_) => "the image",
            };
            // How far something may go on past the trim and yet lack bleed.
            let most = sheet.page.bleed - Abs::mm(SLACK);
            let mut note = |area: &Rect, what, most| {
                for (side, distance) in stops(area, sheet, most) {
                    let stop =
                        Short { distance, bleed: sheet.page.bleed, what, page: sheet.number };
                    short.entry((art.span, side)).or_insert(stop);
                }
            };
            if sheet.hidden(index) {
                continue;
            }
            note(&art.area, what, most);
            if let What::Picture(picture) = art.what
                && let Image::Drawing(drawing) = &picture.source
            {
                for area in artwork::areas(art.at, picture, drawing) {
                    // Where else a part ends is a matter of its design.
                    note(&area, PART, Abs::mm(SLACK));
                }
            }
        }
    }
    for ((span, side), Short { distance, bleed, what, page }) in short {
        let reach = millimetres(Abs::ZERO.max(-distance));
        let message = format!(
            "{what} on page {page} touches the {} edge and goes on for {reach} past it",
            SIDES[side]
        );
        // Within a drawing another part may go on where this one stops.
        let finding = match what {
            PART => Diagnostic::warning(Code::MISSING_BLEED, span, message),
            _ => Diagnostic::error(Code::MISSING_BLEED, span, message),
        };
        found.push(
            finding
                .allowed(format!("{}, the bleed (`bleed` in `[page]`)", millimetres(bleed)))
                .hint(
                    "let it reach past the edge by the whole bleed, or keep it away from the edge",
                ),
        );
    }
}

/// Something that stops between the trim and the edge of the bleed.
struct Short {
    /// From the trim inwards; below zero past it.
    distance: Abs,
    bleed: Abs,
    what: &'static str,
    page: usize,
}

/// The sides, with their distances from the trim, at which an area touches the
/// trim and goes on for less than `most`.
fn stops(area: &Rect, sheet: &Sheet<'_>, most: Abs) -> impl Iterator<Item = (usize, Abs)> {
    let sides = distances(area, &sheet.trim()).into_iter().enumerate();
    sides.filter(move |(_, distance)| *distance <= Abs::mm(SLACK) && *distance > -most)
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
    use super::super::fixture::{Proof, artwork};
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
    fn parts_of_drawings_reach_the_bleed() {
        let bleed = Abs::mm(3.0).to_pt();
        let (width, height) = (400.0 + 2.0 * bleed, 600.0 + 2.0 * bleed);
        let drawn = |body: &str| {
            let image = artwork(width, height, body);
            Proof::new().picture([-bleed, -bleed, width, height], image)
        };
        drawn(r#"<rect width="500" height="700"/>"#).clean();
        drawn(r#"<rect x="30" y="30" width="200" height="200"/>"#).clean();
        let at_trim = format!(r#"<rect x="{bleed}" width="500" height="700"/>"#);
        let cut = drawn(&at_trim);
        let finding = cut.finding();
        assert_eq!((finding.code, finding.span), (Code::MISSING_BLEED, cut.span(1)));
        assert_eq!(finding.severity, Severity::Warning);
        assert!(
            finding.message.starts_with("a part of the drawing on page 1 touches the left edge"),
            "{finding:?}"
        );
        // What a clip leaves of it counts, and what is not seen does not.
        let clipped = format!(
            r##"<clipPath id="c"><rect x="{bleed}" width="500" height="700"/></clipPath>
            <rect width="500" height="700" clip-path="url(#c)"/>"##
        );
        assert_eq!(drawn(&clipped).findings().len(), 1);
        drawn(&at_trim.replace("<rect", r#"<rect fill-opacity="0""#)).clean();
        // A line or a round part that ends there by chance is no background.
        let round = format!(r#"<circle cx="{}" cy="300" r="100"/>"#, bleed + 100.0);
        drawn(&round).clean();
        drawn(&at_trim.replace("<rect", r#"<rect transform="rotate(5)""#)).clean();
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
