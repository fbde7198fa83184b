//! Light text on a dark ground is not so thin that ink closes it.

use super::scene::{Gathered, Ground, Scene, points};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// How much more ink, in hundredths of a percent, a ground has than the text
/// that is reversed out of it.
const REVERSED: u32 = 4_000;

/// Faces below this weight (OpenType's `usWeightClass`) count as light.
const REGULAR: u16 = 400;

/// Finds each type size and weight that is too slight to be reversed.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limits = scene.limits;
    let largest = limits.reversed_text_size.max(limits.reversed_light_text_size);
    let mut slight = Gathered::new();
    for (sheet, words) in scene.words() {
        if words.size >= largest {
            continue;
        }
        let light = words.font.weight() < REGULAR;
        let limit = if light { limits.reversed_light_text_size } else { limits.reversed_text_size };
        let darkness = || match scene.ground(sheet, words) {
            Ground::Plain(color) | Ground::Mixed(color) => scene.darkness(color),
            // Light text on a picture stands on its dark parts.
            Ground::Picture => 2 * REVERSED,
        };
        if words.size < limit && darkness() >= scene.darkness(words.fill) + REVERSED {
            slight.note((words.size, light), sheet, words);
        }
    }
    for ((size, light), places) in slight {
        let (what, limit, key) = match light {
            true => (
                "light text in a light face",
                limits.reversed_light_text_size,
                "reversed_light_text_size",
            ),
            false => ("light text", limits.reversed_text_size, "reversed_text_size"),
        };
        let message =
            format!("{what} of {} on a dark ground: ink runs into letters so thin", points(size));
        found.push(
            places
                .label(Diagnostic::warning(Code::REVERSED_TEXT, places.span, message))
                .allowed(format!("{} or more (`{key}`)", points(limit)))
                .hint("give its style a larger `size` or a heavier `face` in the theme, or set it dark on light"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;
    use crate::color::Color;

    const BLUE: Color = Color::Cmyk([10_000, 6_000, 0, 0]);

    fn on(ground: Color, size: f64, color: Color) -> Proof {
        let ground = Proof::new().rect(40.0, 50.0, 200.0, 100.0, ground);
        ground.text(50.0, 100.0, size, color, "woord")
    }

    #[test]
    fn reversed_text_is_large_enough() {
        on(BLUE, 7.0, Color::WHITE).clean();
        let proof = on(BLUE, 6.5, Color::WHITE);
        let finding = proof.finding();
        assert_eq!((finding.code, finding.span), (Code::REVERSED_TEXT, proof.span(2)));
        assert!(finding.message.starts_with("light text of 6.5 pt on a dark ground"));
    }

    #[test]
    fn dark_text_on_a_tint_is_not_reversed() {
        on(BLUE.tint(crate::base::Ratio::percent(14.0)), 6.5, Color::BLACK).clean();
    }

    #[test]
    fn light_text_on_a_picture_is() {
        let image = super::super::fixture::raster(900, 900, &[9]);
        let proof = Proof::new().picture([40.0, 50.0, 200.0, 100.0], image);
        let proof = proof.text(50.0, 100.0, 6.5, Color::WHITE, "woord");
        assert_eq!(proof.finding().code, Code::REVERSED_TEXT);
    }
}
