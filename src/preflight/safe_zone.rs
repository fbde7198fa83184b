//! Words and images keep away from the knife.

use super::scene::{Gathered, Scene, What, holds, millimetres};
use crate::base::{Abs, Rect};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// How exact, in millimetres, a finding is, and what counts as rounding.
const STEP: f64 = 0.1;

const MARGINS: &str = "make the margins in `[page]` of the theme wider";

const IN_DRAWING: &str = "move the words in the SVG file further away from its edge";

/// The distances of a rectangle from the sides of the page it stands on: left,
/// top, right, bottom; below zero outside of the page.
pub(super) fn distances(area: &Rect, trim: &Rect) -> [Abs; 4] {
    [
        area.left() - trim.left(),
        area.top() - trim.top(),
        trim.right() - area.right(),
        trim.bottom() - area.bottom(),
    ]
}

/// Sheets shift when they are folded and cut: what is near the edge may lose a
/// part, or look out of place.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let zone = scene.limits.safe_zone;
    // By how near they are, and whether they are a drawing's.
    let mut near = Gathered::new();
    for (sheet, words) in scene.words() {
        let safe = sheet.trim().outset(-zone);
        if holds(&safe, &words.area) {
            continue;
        }
        let Some(drawn) = words.drawn() else { continue };
        let Some(steps) = too_near(distances(&drawn, &sheet.trim()), zone, None) else { continue };
        // Ornaments of letters may run off the page.
        if steps >= 0 || !words.decorative {
            near.note((steps, words.lettering.is_some()), sheet, words);
        }
    }
    for ((steps, lettering), places) in near {
        let words = match steps {
            ..0 => "words reach past the edge of the page by",
            _ => "words stand",
        };
        let hint = if lettering { IN_DRAWING } else { MARGINS };
        let finding = finding(scene, places.span, words, steps).hint(hint);
        found.push(places.label(finding));
    }
    let mut pictures: BTreeMap<Span, (i64, usize)> = BTreeMap::new();
    for (sheet, art) in scene.art() {
        let What::Picture(_) = art.what else { continue };
        let sides = distances(&art.area, &sheet.trim());
        // At the edge itself an image is artwork that lacks bleed.
        if let Some(steps) = too_near(sides, zone, Some(Abs::mm(STEP))) {
            let entry = pictures.entry(art.span).or_insert((steps, sheet.number));
            *entry = (*entry).min((steps, sheet.number));
        }
    }
    for (span, (steps, page)) in pictures {
        let finding = finding(scene, span, "the image stands", steps).hint(MARGINS);
        found.push(finding.label(format!("on page {page}")));
    }
}

/// The least distance below `zone` and above `least`, in tenths of a millimetre.
fn too_near(sides: [Abs; 4], zone: Abs, least: Option<Abs>) -> Option<i64> {
    let slack = Abs::mm(STEP / 2.0);
    let sides = sides.into_iter().filter(|&side| least.is_none_or(|least| side > least));
    let nearest = sides.min()?;
    (nearest + slack < zone).then(|| (nearest.to_mm() / STEP).round() as i64)
}

fn finding(scene: &Scene<'_>, span: Span, what: &str, steps: i64) -> Diagnostic {
    let distance = millimetres(Abs::mm(steps as f64 * STEP).abs());
    let message = match steps {
        ..0 => format!("{what} {distance}"),
        _ => format!("{what} {distance} from the edge of the page, where they may be cut"),
    };
    Diagnostic::warning(Code::SAFE_ZONE, span, message)
        .allowed(format!("{} or more (`safe_zone`)", millimetres(scene.limits.safe_zone)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, artwork, raster};
    use super::*;
    use crate::color::Color;

    const BLACK: Color = Color::BLACK;

    #[test]
    fn words_keep_away_from_the_edge() {
        Proof::new().text(14.0, 300.0, 10.0, BLACK, "woord").clean();
        let near = Proof::new().text(7.0, 300.0, 10.0, BLACK, "woord");
        let finding = near.finding();
        assert_eq!((finding.code, finding.span), (Code::SAFE_ZONE, near.span(1)));
        assert!(
            finding.message.starts_with("words stand 2.6 mm from the edge of the page"),
            "{finding:?}"
        );
        let over = Proof::new().text(-7.0, 300.0, 10.0, BLACK, "woord").finding();
        assert_eq!(over.message, "words reach past the edge of the page by 2.4 mm");
    }

    #[test]
    fn letters_count_and_not_their_line() {
        // Capitals end well below the line's top, and no letter here hangs down.
        Proof::new().text(50.0, 22.0, 10.0, BLACK, "xx").clean();
        Proof::new().text(50.0, 585.0, 10.0, BLACK, "xx").clean();
        assert_eq!(Proof::new().text(50.0, 585.0, 10.0, BLACK, "pp").findings().len(), 1);
    }

    #[test]
    fn words_of_drawings_count() {
        let placed = |x: f64, turn: &str| {
            let words = format!(
                r#"<text font-size="12" transform="translate({x} 300){turn}">woord</text>"#
            );
            let image = artwork(418.0, 618.0, &words);
            Proof::new().picture([-9.0, -9.0, 418.0, 618.0], image)
        };
        placed(24.0, "").clean();
        let near = placed(18.0, "").finding();
        assert!(near.message.starts_with("words stand 3."), "{near:?}");
        assert!(near.hints[0].contains("SVG file"), "{near:?}");
        // Upwards: what counts is how far the letters are from the edge, and
        // their ascenders come first.
        placed(38.0, " rotate(-90)").clean();
        assert_eq!(placed(28.0, " rotate(-90)").findings().len(), 1);
    }

    #[test]
    fn ornaments_of_letters_may_run_off_the_page() {
        let placed = |decorative: bool, x: f64| {
            let words = format!(r#"<text font-size="12" x="{x}" y="300">woord</text>"#);
            let mut proof = Proof::new();
            proof.decorative = decorative;
            proof.picture([-9.0, -9.0, 418.0, 618.0], artwork(418.0, 618.0, &words))
        };
        placed(true, 1.0).clean();
        assert_eq!(placed(true, 18.0).findings().len(), 1);
        assert_eq!(placed(false, 1.0).findings().len(), 1);
    }

    #[test]
    fn the_zone_itself_is_safe() {
        let at = |mm: f64| {
            let x = Abs::mm(mm).to_pt();
            Proof::new().picture([x, 100.0, 100.0, 100.0], raster(2000, 2000, &[9]))
        };
        at(5.0).clean();
        // Less than a tenth of a millimetre is rounding.
        at(4.96).clean();
        let near = at(4.94);
        assert_eq!(near.finding().code, Code::SAFE_ZONE);
        let mut narrow = at(4.94);
        narrow.limits.safe_zone = Abs::mm(4.0);
        narrow.clean();
    }

    #[test]
    fn images_bleed_or_keep_away() {
        let image = || raster(2000, 2000, &[9]);
        Proof::new().picture([-9.0, -9.0, 418.0, 618.0], image()).clean();
        Proof::new().picture([20.0, 20.0, 100.0, 100.0], image()).clean();
        let near = Proof::new().picture([8.0, 20.0, 100.0, 100.0], image()).finding();
        assert!(near.message.starts_with("the image stands 2.8 mm from the edge"), "{near:?}");
    }
}
