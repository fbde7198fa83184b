//! Light text on a dark ground is not so thin that ink closes it.

use super::backdrop::Backdrop;
use super::contrast::{grid, luminance};
use super::scene::{Gathered, Ground, Scene, Sheet, Words, points};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// How much more ink, in hundredths of a percent, a ground has than the text
/// that is reversed out of it, on all plates together or on one of them.
const REVERSED: u32 = 4_000;

/// Faces below this weight (OpenType's `usWeightClass`) count as light.
const REGULAR: u16 = 400;

/// Finds each type size and weight that is too slight to be reversed.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limits = scene.limits;
    let largest = limits.reversed_text_size.max(limits.reversed_light_text_size);
    let mut backdrop = Backdrop::new(scene.converter, &scene.document.print.artwork);
    // By size, whether the face is light, and whether a drawing has the words.
    let mut slight = Gathered::new();
    for (sheet, words) in scene.words() {
        if words.size >= largest {
            continue;
        }
        let light = words.font.weight() < REGULAR;
        let limit = if light { limits.reversed_light_text_size } else { limits.reversed_text_size };
        let mut reversed = || match scene.ground(sheet, words) {
            Ground::Plain(ground) | Ground::Mixed(ground) => is_reversed(scene, words.fill, ground),
            Ground::Picture => over_picture(scene, &mut backdrop, sheet, words),
        };
        if words.size < limit && reversed() {
            slight.note((words.size, light, words.lettering.is_some()), sheet, words);
        }
    }
    for ((size, light, lettering), places) in slight {
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
                .hint(match lettering {
                    true => "make the words in the SVG file larger or heavier, print it larger, or set them dark on light",
                    false => "give its style a larger `size` or a heavier `face` in the theme, or set it dark on light",
                }),
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

/// Whether words are reversed out of most of what shows below them.
fn over_picture(
    scene: &Scene<'_>,
    backdrop: &mut Backdrop<'_>,
    sheet: &Sheet<'_>,
    words: &Words<'_>,
) -> bool {
    let (Some(area), Some(places)) = (words.drawn(), grid(words)) else { return false };
    let until = words.lettering.as_ref().map(|lettering| lettering.text);
    let mut grounds = backdrop.colors(sheet, words.above, &area, &places, until);
    grounds.sort_by(|&a, &b| luminance(a).total_cmp(&luminance(b)).then(a.cmp(&b)));
    let middle = grounds.get(grounds.len() / 2);
    middle.is_some_and(|&ground| is_reversed(scene, words.fill, Color::Rgb(ground)))
}

/// How bright a colour looks, from 0 to 1.
fn brightness(scene: &Scene<'_>, color: Color) -> f64 {
    luminance(scene.converter.to_rgb(color))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, artwork};
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
        let grey = Color::Rgb([0x76; 3]);
        proof.text(50.0, 100.0, 6.5, grey, "woord").clean_but(Code::RGB_TEXT);
        let body = r##"<rect width="200" height="50" fill="#002040"/>
            <text x="9" y="30" font-size="6.5" fill="#fff">woord</text>
            <text x="9" y="80" font-size="6.5" fill="#000">woord</text>"##;
        let drawing = artwork(200.0, 100.0, body);
        let proof = Proof::new().picture([40.0, 50.0, 200.0, 100.0], drawing);
        proof.clean_but(Code::REVERSED_TEXT);
        let found = proof.findings();
        let reversed = found.iter().find(|found| found.code == Code::REVERSED_TEXT).unwrap();
        assert_eq!(reversed.label, "on page 1");
        assert!(reversed.hints[0].contains("SVG file"), "{reversed:?}");
    }

    #[test]
    fn light_text_on_a_picture_is() {
        let image = super::super::fixture::raster(900, 900, &[9]);
        let proof = Proof::new().picture([40.0, 50.0, 200.0, 100.0], image);
        let proof = proof.text(50.0, 100.0, 6.5, Color::WHITE, "woord");
        assert_eq!(proof.finding().code, Code::REVERSED_TEXT);
    }
}
