//! No place of a page gets more ink than the paper takes.
//!
//! What lies on what need not be drawn for that. A page is painted in the normal
//! blend mode alone, and each plate is blended by itself (ISO 32000-1, 11.3.4
//! and 11.7.4): where a paint of opacity α lies on a ground, each plate gets
//! α × paint + (1 − α) × ground, and so does their sum. That never exceeds the
//! larger of the two sums, and neither does what an anti-aliased edge, a mask or
//! a gradient makes of its ends. Only overprint adds plates up, and only black
//! text overprints: the writer lets it knock out wherever the ground leaves no
//! room for it (`pdf::grounds`). So a place is within the limit if each paint by
//! itself is. That holds for all colours that are converted, since the
//! conversion ends at the limit ([`crate::color::PrintCondition::limited`]), and
//! for spot inks, which have one plate; it is to be watched for process inks
//! that an author gives.

use super::artwork;
use super::scene::{Scene, What, decimal, percent, written};
use crate::assets::Image;
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// Where a colour is used first.
type Uses = BTreeMap<Color, (Span, usize)>;

/// Finds the colours that are over the limit where they can be seen.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.document.print.condition.ink_limit;
    let mut over = Uses::new();
    // The share of pixels over the limit, and the page.
    let mut images: BTreeMap<Span, (f64, usize)> = BTreeMap::new();
    let mut note = |color: Color, span: Span, page: usize| {
        if ink(color) > u32::from(limit) {
            over.entry(color).or_insert((span, page));
        }
    };
    for sheet in &scene.pages {
        for words in &sheet.words {
            note(words.fill, words.span, sheet.number);
        }
        for (index, art) in sheet.art.iter().enumerate() {
            let hidden = || sheet.hidden(index);
            match &art.what {
                What::Shape(shape) => {
                    let fill = shape.fill.map(|fill| fill.color);
                    let stroke = shape.stroke.map(|stroke| stroke.color);
                    for color in fill.into_iter().chain(stroke) {
                        if ink(color) > u32::from(limit) && !hidden() {
                            note(color, art.span, sheet.number);
                        }
                    }
                }
                What::Picture(picture) => match &picture.source {
                    Image::Drawing(drawing) => {
                        artwork::colors(drawing, &scene.document.print.artwork)
                            .into_iter()
                            .for_each(|color| note(color, art.span, sheet.number));
                    }
                    Image::Raster(raster) => {
                        if let Some(share) = scene.converter.share_over_ink_limit(raster) {
                            images.entry(art.span).or_insert((share, sheet.number));
                        }
                    }
                },
            }
        }
    }
    for (color, (used, page)) in over {
        found.push(finding(scene, color, used, page));
    }
    found.extend(images.into_iter().map(|(span, (share, page))| {
        let limit = percent(limit.into());
        // Rounded up: a single pixel is some.
        let part = decimal((share * 1_000.0).ceil() / 10.0);
        let message = format!("{part} % of the image has more ink than {limit}");
        Diagnostic::warning(Code::INK_LIMIT, span, message)
            .label(format!("on page {page}"))
            .allowed(format!("{limit} of all inks together (`ink_limit` in `[print]`)"))
            .hint(
                "the file gets these parts with less ink in the same colours; to decide on them \
                 yourself, convert the image with the printer's profile",
            )
    }));
}

/// All ink of a colour that is given in inks, in hundredths of a percent.
fn ink(color: Color) -> u32 {
    match color {
        Color::Cmyk(inks) => inks.into_iter().map(u32::from).sum(),
        Color::Spot { tint, .. } => tint.into(),
        Color::Rgb(_) | Color::Lab(_) => 0,
    }
}

fn finding(scene: &Scene<'_>, color: Color, used: Span, page: usize) -> Diagnostic {
    let condition = &scene.document.print.condition;
    let (span, elsewhere) = scene.source_of(color, used);
    let message =
        format!("{} is {} of ink, more than the paper takes", written(color), percent(ink(color)));
    let limit = percent(condition.ink_limit.into());
    let mut finding = Diagnostic::error(Code::INK_LIMIT, span, message)
        .allowed(format!("{limit} of all inks together (`ink_limit` in `[print]`)"));
    if let Color::Cmyk(inks) = color {
        // In whole percents, as authors write them.
        let within = Color::Cmyk(condition.limited(inks).map(|ink| ink / 100 * 100));
        finding = finding
            .hint(format!("take less of the coloured inks, for instance \"{}\"", written(within)));
    }
    match elsewhere {
        Some(used) => finding.related(used, format!("used here first, on page {page}")),
        None => finding.label(format!("on page {page}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, cmyk, drawing};
    use super::*;
    use crate::diag::Severity;
    use crate::document::Swatch;

    const DARK: Color = Color::Cmyk([10_000, 9_000, 8_000, 7_000]);
    const FULL: Color = Color::Cmyk([10_000, 10_000, 0, 10_000]);

    #[test]
    fn colours_keep_to_the_limit() {
        let full = Proof::new().rect(50.0, 50.0, 100.0, 100.0, FULL);
        full.text(60.0, 300.0, 10.0, FULL, "woord").clean_but(Code::PLATES_TEXT);
        let dark = Proof::new().rect(50.0, 50.0, 100.0, 100.0, DARK);
        let finding = dark.finding();
        assert_eq!((finding.code, finding.span), (Code::INK_LIMIT, dark.span(1)));
        assert_eq!(
            finding.message,
            "cmyk(100, 90, 80, 70) is 340 % of ink, more than the paper takes"
        );
        assert!(finding.hints[0].contains("\"cmyk(85, 76, 68, 70)\""), "{finding:?}");
    }

    #[test]
    fn the_limit_is_that_of_the_print_condition() {
        let mut proof = Proof::new().rect(50.0, 50.0, 100.0, 100.0, FULL);
        proof.condition.ink_limit = 29_900;
        assert_eq!(proof.finding().code, Code::INK_LIMIT);
    }

    #[test]
    fn a_colour_of_the_theme_is_found_there_once() {
        let mut proof = Proof::new()
            .rect(50.0, 50.0, 100.0, 100.0, DARK)
            .text(50.0, 300.0, 10.0, DARK, "woord");
        let span = proof.span(99);
        proof.limits.swatches = vec![Swatch { name: "donker".into(), color: DARK, span }];
        let finding = proof.finding();
        assert_eq!(finding.span, span);
        // Text is looked at first.
        assert_eq!(finding.related[0].0, proof.span(2));
    }

    #[test]
    fn the_house_colours_of_a_drawing_count() {
        let mut proof = Proof::new().picture([50.0, 50.0, 100.0, 100.0], drawing("#00497a", 1.0));
        proof.clean();
        proof.artwork.set([0x00, 0x49, 0x7a], FULL);
        proof.clean();
        proof.artwork.set([0x00, 0x49, 0x7a], DARK);
        let finding = proof.finding();
        assert_eq!((finding.code, finding.span), (Code::INK_LIMIT, proof.span(1)));
        assert_eq!(finding.severity, Severity::Error);
    }

    #[test]
    fn an_image_over_the_limit_is_told() {
        let placed = |ink| Proof::new().picture([50.0, 50.0, 20.0, 20.0], cmyk([ink; 4]));
        placed(150).clean();
        let finding = placed(255).finding();
        assert_eq!((finding.code, finding.severity), (Code::INK_LIMIT, Severity::Warning));
        assert_eq!(finding.message, "100 % of the image has more ink than 300 %");
    }

    #[test]
    fn what_is_covered_does_not_count() {
        let dark = || Proof::new().rect(50.0, 50.0, 100.0, 100.0, DARK);
        dark().rect(40.0, 40.0, 200.0, 200.0, FULL).clean();
        assert_eq!(dark().rect(60.0, 40.0, 200.0, 200.0, FULL).findings().len(), 1);
    }
}
