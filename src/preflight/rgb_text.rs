//! Grey and black text is printed in black ink alone.

use super::plates::plates;
use super::scene::{Gathered, Scene, percent, points, written};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// How far red, green and blue of a grey are apart at most, of 255.
const GREY: u8 = 24;

/// How far a* and b* of a grey are from 0 at most, in hundredths.
const NEUTRAL: u16 = 600;

/// Ink, in hundredths of a percent, with which a plate is in use.
const IN_USE: u16 = 500;

/// Finds the greys and blacks of light in which small text is set. They become
/// four inks where black alone would do; only `#000000` is taken for black.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.grey_text_size;
    let mut greys = Gathered::new();
    for (sheet, words) in scene.words() {
        let (size, fill) = (words.size, words.fill);
        if size < limit && is_grey(fill) && plates(scene.inks(fill), IN_USE) == 4 {
            greys.note(fill, sheet, words);
        }
    }
    for (fill, places) in greys {
        let (span, elsewhere) = scene.source_of(fill, places.span);
        let [c, m, y, k] = scene.inks(fill).map(|ink| percent(ink.into()));
        let message = format!(
            "text in {} becomes four inks ({c} cyan, {m} magenta, {y} yellow, {k} black) and blurs",
            written(fill)
        );
        let finding = Diagnostic::warning(Code::RGB_TEXT, span, message);
        let finding = match elsewhere {
            Some(used) => finding.related(used, "used here first"),
            None => places.label(finding),
        };
        found.push(
            finding
                .allowed(format!("greys of light from {} on (`grey_text_size`)", points(limit)))
                .hint(match black(fill) {
                    100 => "write \"black\"".to_owned(),
                    part => format!("write \"black {part}%\", which is about as dark"),
                }),
        );
    }
}

/// Whether a colour of light has no hue to speak of and is neither white nor the
/// one that is taken for black.
pub(super) fn is_grey(color: Color) -> bool {
    match color {
        Color::Rgb(rgb) => {
            let (low, high) = (rgb.into_iter().min(), rgb.into_iter().max());
            low.zip(high).is_some_and(|(low, high)| high - low <= GREY)
                && rgb != [0; 3]
                && rgb != [255; 3]
        }
        Color::Lab([l, a, b]) => {
            l < 10_000 && a.unsigned_abs() <= NEUTRAL && b.unsigned_abs() <= NEUTRAL
        }
        Color::Cmyk(_) | Color::Spot { .. } => false,
    }
}

/// The black ink, in percent and in steps of five, that is about as dark.
fn black(color: Color) -> u32 {
    let light = match color {
        Color::Rgb(rgb) => rgb.into_iter().map(u32::from).sum::<u32>() * 100 / 765,
        Color::Lab([l, ..]) => u32::from(l.unsigned_abs()) / 100,
        Color::Cmyk(_) | Color::Spot { .. } => 0,
    };
    // Black ink alone is not quite black on paper, so that nearly black is black.
    match 100 - light.min(100) {
        dark @ 0..85 => (dark + 2) / 5 * 5,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    fn text(size: f64, color: Color) -> Proof {
        Proof::new().text(50.0, 100.0, size, color, "woord")
    }

    #[test]
    fn grey_text_is_black_ink() {
        let dark = text(9.5, Color::Rgb([51, 51, 51]));
        let finding = dark.finding();
        assert_eq!((finding.code, finding.span), (Code::RGB_TEXT, dark.span(1)));
        assert!(finding.message.starts_with("text in #333333 becomes four inks ("), "{finding:?}");
        assert_eq!(finding.hints, ["write \"black 80%\", which is about as dark"]);
        text(14.0, Color::Rgb([51, 51, 51])).clean();
        text(9.5, Color::Rgb([0; 3])).clean();
        text(9.5, Color::Cmyk([0, 0, 0, 8_000])).clean();
        text(9.5, Color::Rgb([0, 73, 122])).clean();
    }

    #[test]
    fn a_grey_without_black_in_it_is_another_matter() {
        let pale = text(9.5, Color::Rgb([0xee; 3]));
        assert!(pale.findings().iter().all(|found| found.code != Code::RGB_TEXT));
        let mut dark = text(9.5, Color::Rgb([51; 3]));
        dark.limits.grey_text_size = crate::base::Abs::pt(9.5);
        dark.clean();
    }

    #[test]
    fn nearly_black_is_black() {
        assert_eq!(text(9.5, Color::Rgb([17, 17, 17])).finding().hints, ["write \"black\""]);
        assert_eq!(text(9.5, Color::Lab([3_000, 0, 0])).finding().code, Code::RGB_TEXT);
    }
}
