//! How light a colour looks, before any profile has been asked.

use crate::color::Color;

/// The share of light that each process ink lets through, to the power of 1/1.8:
/// cyan, magenta, yellow, black.
const PASSED: [f64; 4] = [0.483, 0.361, 0.877, 0.071];

/// Brings shares of inks to light, with what dots grow in print.
const GROWTH: f64 = 1.8;

/// Whether a text in the colour `light` stands out more from a ground than one in
/// the colour `dark`, by the contrast of WCAG 2.1.
pub(super) fn is_dark(ground: Color, dark: Color, light: Color) -> bool {
    contrast(ground, light) > contrast(ground, dark)
}

/// The contrast of two colours (WCAG 2.1, "contrast ratio").
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour, from 0 to 1.
///
/// That of inks is the product of what each lets through (Yule and Nielsen, 1951),
/// and near enough to coated paper to choose the better one of two colours where
/// only one of them can be read.
fn luminance(color: Color) -> f64 {
    if let Some(inks) = color.process_inks() {
        let passed = inks.iter().zip(PASSED).map(|(&ink, passed)| {
            let share = f64::from(ink) / 10_000.0;
            1.0 - share * (1.0 - passed)
        });
        return libm::pow(passed.product(), GROWTH);
    }
    match color {
        Color::Rgb(rgb) => {
            // WCAG 2.1, "relative luminance".
            let [red, green, blue] = rgb.map(|value| {
                let value = f64::from(value) / 255.0;
                match value <= 0.040_45 {
                    true => value / 12.92,
                    false => libm::pow((value + 0.055) / 1.055, 2.4),
                }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        Color::Lab([lightness, ..]) => {
            // ISO/CIE 11664-4; the straight part is below what any ink reaches.
            let root = (f64::from(lightness) / 100.0 + 16.0) / 116.0;
            root * root * root
        }
        Color::Cmyk(_) | Color::Spot { .. } => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::{Converter, PrintCondition};

    const INK: Color = Color::BLACK;
    const PAPER: Color = Color::WHITE;

    #[test]
    fn black_letters_or_white_ones_are_chosen_as_the_profile_sees_them() {
        let converter = Converter::new(&PrintCondition::fogra39()).unwrap();
        let exact = |color: Color| luminance(Color::Rgb(converter.to_rgb(color)));
        let ratio = |a: Color, b: Color| {
            let (a, b) = (exact(a), exact(b));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        let steps = || (0..=5_u16).map(|step| step * 2_000);
        let mut tried = 0;
        for c in steps() {
            for m in steps() {
                for y in steps() {
                    for k in (0..=10_u16).map(|step| step * 1_000) {
                        if u32::from(c) + u32::from(m) + u32::from(y) + u32::from(k) > 30_000 {
                            continue;
                        }
                        let ground = Color::Cmyk([c, m, y, k]);
                        let words = if is_dark(ground, INK, PAPER) { PAPER } else { INK };
                        let found = ratio(ground, words);
                        // Between the two, nothing reaches much more than 4.2.
                        assert!(found > 3.7, "{ground:?}: {found}");
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried > 2_000, "{tried}");
    }

    #[test]
    fn lighter_and_darker_greys_take_ink_and_paper() {
        assert!(!is_dark(Color::Cmyk([0, 0, 0, 6_000]), INK, PAPER));
        assert!(is_dark(Color::Cmyk([0, 0, 0, 6_800]), INK, PAPER));
        assert!(is_dark(Color::Cmyk([0, 10_000, 0, 0]), INK, PAPER));
        assert!(!is_dark(Color::Rgb([160, 160, 160]), INK, PAPER));
        assert!(is_dark(Color::Lab([4_500, 6_000, 0]), INK, PAPER));
        assert!(!is_dark(Color::Lab([6_500, 6_000, 0]), INK, PAPER));
    }

    #[test]
    fn other_colours_of_words_change_the_choice() {
        let ground = Color::Rgb([130, 130, 130]);
        assert!(!is_dark(ground, INK, PAPER));
        assert!(is_dark(ground, Color::Rgb([90, 90, 90]), PAPER));
    }
}
