//! Small text is not spread over several plates.

use super::rgb_text::is_grey;
use super::scene::{Gathered, Scene, points, written};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Ink, in hundredths of a percent, with which a plate shows at the edge of a
/// letter when plates are not in register.
const SHOWS: u16 = 1_000;

/// Plates with which the eye takes a shift for a blur.
const MANY: usize = 3;

/// Finds each colour and size of small text in many plates.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.plates_text_size;
    let mut blurred = Gathered::new();
    for (sheet, words) in scene.words() {
        let (size, fill) = (words.size, words.fill);
        // A spot ink has one plate, and greys of light are another rule's.
        let own = matches!(fill, Color::Spot { .. }) || is_grey(fill);
        if size < limit && !own {
            let plates = plates(scene.inks(fill), SHOWS);
            if plates >= MANY {
                blurred.note((fill, size, plates), sheet, words);
            }
        }
    }
    for ((fill, size, plates), places) in blurred {
        let message = format!(
            "text of {} in {} is printed in {plates} inks, which blur it when they shift by a hair",
            points(size),
            written(fill)
        );
        found.push(
            places
                .label(Diagnostic::warning(Code::PLATES_TEXT, places.span, message))
                .allowed(format!(
                    "one or two inks, or {} and more (`plates_text_size`)",
                    points(limit)
                ))
                .hint("give its style a `color` of black or of one ink in the theme"),
        );
    }
}

/// On how many plates a colour has this much ink.
pub(super) fn plates(inks: [u16; 4], least: u16) -> usize {
    inks.into_iter().filter(|&ink| ink >= least).count()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    fn text(size: f64, color: Color) -> Proof {
        Proof::new().text(50.0, 100.0, size, color, "woord")
    }

    #[test]
    fn small_text_has_few_plates() {
        let three = Color::Cmyk([10_000, 6_000, 900, 3_000]);
        text(7.0, three).clean();
        text(6.5, Color::Cmyk([10_000, 6_000, 900, 900])).clean();
        let proof = text(6.5, three);
        let finding = proof.finding();
        assert_eq!((finding.code, finding.span), (Code::PLATES_TEXT, proof.span(1)));
        assert!(
            finding.message.starts_with("text of 6.5 pt in cmyk(100, 60, 9, 30) is printed in 3"),
            "{finding:?}"
        );
    }
}
