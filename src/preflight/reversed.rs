//! Light text on a dark ground is not so thin that ink closes it.

use super::contrast::luminance;
use super::scene::{Gathered, Ground, Scene, points};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// How much more ink, in hundredths of a percent, a ground has than the text
/// that is reversed out of it, on all plates together or on one of them.
const REVERSED: u32 = 4_000;

/// How bright text over a picture is that can only be read on dark parts of it:
/// as bright as the grey that has the same contrast with black and with white.
const BRIGHT: f64 = 0.179;

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
        let reversed = || match scene.ground(sheet, words) {
            Ground::Plain(ground) | Ground::Mixed(ground) => is_reversed(scene, words.fill, ground),
            Ground::Picture => brightness(scene, words.fill) > BRIGHT,
        };
        if words.size < limit && reversed() {
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

/// Whether a ground is darker than text on it and has a plate's worth of ink
/// more. Yellow on black has as much ink as its ground, but not on the same
/// plates; black on orange has less ink, and closes nothing.
fn is_reversed(scene: &Scene<'_>, text: Color, ground: Color) -> bool {
    let more = |text: u32, ground: u32| ground >= text + REVERSED;
    let plates = || {
        let plates = scene.inks(text).into_iter().zip(scene.inks(ground));
        plates.into_iter().any(|(text, ground)| more(text.into(), ground.into()))
    };
    brightness(scene, text) > brightness(scene, ground)
        && (more(scene.darkness(text), scene.darkness(ground)) || plates())
}

/// How bright a colour looks, from 0 to 1.
fn brightness(scene: &Scene<'_>, color: Color) -> f64 {
    luminance(scene.converter.to_rgb(color))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;
    use crate::assets::{Assets, Font};

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
    fn light_counts_by_its_looks_and_not_by_its_ink() {
        let orange = Color::Cmyk([0, 6_000, 10_000, 0]);
        on(orange, 6.5, Color::BLACK).clean();
        let yellow = Color::Cmyk([0, 0, 10_000, 0]);
        assert_eq!(on(Color::BLACK, 6.5, yellow).finding().code, Code::REVERSED_TEXT);
        let pale = Color::Cmyk([6_000, 2_000, 0, 0]);
        assert_eq!(on(Color::BLACK, 6.5, pale).finding().code, Code::REVERSED_TEXT);
    }

    #[test]
    fn light_faces_need_more() {
        let medium = |size| on(BLUE, size, Color::WHITE);
        medium(9.0).clean();
        // The built-in faces start at 400, where light ends; so they are made light.
        let light = |size| {
            let mut font =
                (*Assets::new().builtin_font("Source Sans 3", "regular").unwrap()).data().to_vec();
            let record = font[12..].chunks_exact(16).find(|record| &record[..4] == b"OS/2");
            let record: [u8; 4] = record.unwrap()[8..12].try_into().unwrap();
            let weight = u32::from_be_bytes(record) as usize + 4;
            font[weight..weight + 2].copy_from_slice(&300_u16.to_be_bytes());
            let ground = Proof::new().rect(40.0, 50.0, 200.0, 100.0, BLUE);
            ground.font(Font::parse(font.into()).unwrap()).text(
                50.0,
                100.0,
                size,
                Color::WHITE,
                "woord",
            )
        };
        light(10.0).clean();
        let finding = light(9.9).finding();
        assert!(finding.message.starts_with("light text in a light face of 9.9 pt"), "{finding:?}");
    }

    #[test]
    fn dark_text_on_a_picture_is_not_reversed() {
        let image = super::super::fixture::raster(900, 900, &[250]);
        let proof = Proof::new().picture([40.0, 50.0, 200.0, 100.0], image);
        proof.text(50.0, 100.0, 6.5, BLUE, "woord").clean();
    }

    #[test]
    fn light_text_on_a_picture_is() {
        let image = super::super::fixture::raster(900, 900, &[9]);
        let proof = Proof::new().picture([40.0, 50.0, 200.0, 100.0], image);
        let proof = proof.text(50.0, 100.0, 6.5, Color::WHITE, "woord");
        assert_eq!(proof.finding().code, Code::REVERSED_TEXT);
    }
}
