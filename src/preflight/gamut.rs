//! Colours of light come out as they were meant.

use super::artwork;
use super::scene::{Scene, What, decimal, written};
use crate::assets::Image;
use crate::color::{Color, difference};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A colour that changes on its way to the press.
struct Change {
    color: Color,
    by: f64,
    page: usize,
}

/// Finds the sRGB colours that the press comes nowhere near to: each colour of
/// the theme once, of a drawing the worst one.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.color_difference;
    let house = &scene.document.print.artwork;
    let mut changes: BTreeMap<Color, f64> = BTreeMap::new();
    let mut change =
        |color: Color| *changes.entry(color).or_insert_with(|| change_of(scene, color));
    let mut seen: BTreeSet<Color> = BTreeSet::new();
    let mut own: Vec<(Span, Change)> = Vec::new();
    let mut note = |color: Color, span: Span, page: usize, by: f64| {
        if by > limit && seen.insert(color) {
            own.push((span, Change { color, by, page }));
        }
    };
    let mut drawings: BTreeMap<Span, Change> = BTreeMap::new();
    for sheet in &scene.pages {
        let page = sheet.number;
        for words in &sheet.words {
            let color = words.fill;
            if let Color::Rgb(_) = color {
                note(color, words.span, page, change(color));
            }
        }
        for art in &sheet.art {
            match &art.what {
                What::Shape(shape) => {
                    let fill = shape.fill.map(|fill| fill.color);
                    let stroke = shape.stroke.map(|stroke| stroke.color);
                    for color in fill.into_iter().chain(stroke) {
                        if let Color::Rgb(_) = color {
                            note(color, art.span, page, change(color));
                        }
                    }
                }
                What::Picture(picture) => {
                    let Image::Drawing(drawing) = &picture.source else { continue };
                    for color in artwork::colors(drawing, house) {
                        let by = change(color);
                        let known = drawings.get(&art.span).map_or(limit, |known| known.by);
                        if by > known {
                            drawings.insert(art.span, Change { color, by, page });
                        }
                    }
                }
            }
        }
    }
    found.extend(own.into_iter().map(|(used, change)| {
        let (span, elsewhere) = scene.source_of(change.color, used);
        let finding = finding(scene, span, "the colour", &change)
            .hint("give the colour in inks, as the printer's swatch book has it");
        match elsewhere {
            Some(used) => {
                finding.related(used, format!("used here first, on page {}", change.page))
            }
            None => finding.label(format!("on page {}", change.page)),
        }
    }));
    found.extend(drawings.into_iter().map(|(span, change)| {
        finding(scene, span, "the drawing's colour", &change)
            .label(format!("on page {}", change.page))
            .hint("choose a less vivid colour in the SVG file")
    }));
}

fn finding(scene: &Scene<'_>, span: Span, what: &str, change: &Change) -> Diagnostic {
    let limit = decimal(scene.limits.color_difference);
    let message = format!(
        "{what} {} cannot be printed; it becomes {}, which looks like {}",
        written(change.color),
        written(Color::Cmyk(scene.inks(change.color))),
        written(Color::Rgb(printed(scene, change.color)))
    );
    Diagnostic::warning(Code::OUT_OF_GAMUT, span, message).allowed(format!(
        "a difference of {limit} (`color_difference`, in CIEDE2000), this one is {:.0}",
        change.by
    ))
}

/// What an sRGB colour looks like in print.
fn printed(scene: &Scene<'_>, color: Color) -> [u8; 3] {
    scene.converter.to_rgb(Color::Cmyk(scene.inks(color)))
}

/// By how much an sRGB colour changes in print.
fn change_of(scene: &Scene<'_>, color: Color) -> f64 {
    match color {
        // Black and white are the press's own.
        Color::Rgb([0, 0, 0] | [255, 255, 255]) => 0.0,
        Color::Rgb(rgb) => difference(rgb, printed(scene, color)),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, drawing};
    use super::*;
    use crate::document::Swatch;

    const VIVID: Color = Color::Rgb([0, 0, 255]);

    #[test]
    fn colours_can_be_printed() {
        let area = |color| Proof::new().rect(50.0, 50.0, 100.0, 100.0, color);
        area(Color::Rgb([0, 73, 122])).clean();
        area(Color::Rgb([0, 0, 0])).clean();
        let vivid = area(VIVID).text(50.0, 300.0, 12.0, VIVID, "woord");
        let finding = vivid.finding();
        assert_eq!((finding.code, finding.span), (Code::OUT_OF_GAMUT, vivid.span(2)));
        assert!(
            finding.message.starts_with("the colour #0000ff cannot be printed; it becomes cmyk("),
            "{finding:?}"
        );
    }

    #[test]
    fn the_limit_is_that_of_the_theme() {
        let converter = super::super::fixture::converter();
        let Color::Rgb(rgb) = VIVID else { panic!("a colour of light") };
        let by = difference(rgb, converter.to_rgb(Color::Cmyk(converter.to_cmyk(VIVID))));
        let mut area = Proof::new().rect(50.0, 50.0, 100.0, 100.0, VIVID);
        area.limits.color_difference = by + 0.01;
        area.clean();
        area.limits.color_difference = by - 0.01;
        assert_eq!(area.finding().code, Code::OUT_OF_GAMUT);
    }

    #[test]
    fn a_colour_of_the_theme_is_found_there() {
        let mut proof = Proof::new().rect(50.0, 50.0, 100.0, 100.0, VIVID);
        let span = proof.span(99);
        proof.limits.swatches = vec![Swatch { name: "fel".into(), color: VIVID, span }];
        let finding = proof.finding();
        assert_eq!((finding.span, finding.related[0].0), (span, proof.span(1)));
    }

    #[test]
    fn so_can_those_of_drawings() {
        let placed = |fill| Proof::new().picture([50.0, 50.0, 100.0, 100.0], drawing(fill, 1.0));
        placed("#00497a").clean();
        let finding = placed("#00ff00").finding();
        assert!(finding.message.starts_with("the drawing's colour #00ff00"), "{finding:?}");
    }
}
