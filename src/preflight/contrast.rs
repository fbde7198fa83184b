//! Text stands out from its ground, for readers with weak eyes too.
//!
//! WCAG 2.1, 1.4.3: 4.5 to 1, and 3 to 1 for large text. Both colours are those
//! of the screen file. Where a run stands on several colours, or on a picture,
//! places below it are looked up, and the contrast counts that all but a
//! twentieth of them reach: a letter is as legible as its worst part, but a
//! speck hides none. Text in a picture that is marked as decoration is exempt,
//! as the standard has it; that a text is part of a logo cannot be seen.

use super::backdrop::Backdrop;
use super::scene::{Ground, Places, Scene, Sheet, Words};
use crate::base::{Abs, Point};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// From this size on text is large, in points; in bold from [`LARGE_BOLD`] on.
const LARGE: f64 = 18.0;

/// The same for bold text, in points.
const LARGE_BOLD: f64 = 14.0;

/// The weight (OpenType's `usWeightClass`) from which a face counts as bold.
const BOLD: u16 = 600;

/// The share of places, of 1, that may have less contrast than is told.
const SPECKS: f64 = 0.05;

/// Places that are looked up across a run and down it, at most.
const GRID: [f64; 2] = [160.0, 5.0];

/// What has the same cause: the colour of the words, whether they are large, and
/// what they stand on.
type Cause = (Color, bool, On);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum On {
    /// A colour.
    Color([u8; 3]),
    /// An image or a drawing, which stands here in the author's file.
    Picture(Span),
}

/// Where words have the lowest contrast.
#[derive(Clone, Copy)]
struct Worst {
    ratio: f64,
    /// What the letters show there: their colour, mixed with the ground where
    /// they let it through.
    text: [u8; 3],
    ground: [u8; 3],
}

/// The lowest contrast of a cause and the places.
struct Faint {
    worst: Worst,
    /// Whether the words are a drawing's.
    lettering: bool,
    places: Places,
}

/// Finds each pair of colours that words cannot be read in.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limits = scene.limits;
    let mut backdrop = Backdrop::new(scene.converter, &scene.document.print.artwork);
    let mut faint: BTreeMap<Cause, Faint> = BTreeMap::new();
    for (sheet, words) in scene.words().filter(|(_, words)| !words.decorative) {
        let large = is_large(words);
        let needed = if large { limits.large_contrast } else { limits.contrast };
        let Some((worst, on)) = measure(scene, &mut backdrop, sheet, words) else {
            continue;
        };
        if worst.ratio >= needed {
            continue;
        }
        let new = || Faint {
            worst,
            lettering: words.lettering.is_some(),
            places: Places::new(sheet, words),
        };
        let cause = (words.fill, large, on);
        faint
            .entry(cause)
            .and_modify(|known| {
                known.places.add(sheet, words);
                if worst.ratio < known.worst.ratio {
                    known.worst = worst;
                }
            })
            .or_insert_with(new);
    }
    found.extend(faint.into_iter().map(|(cause, faint)| finding(scene, cause, &faint)));
}

fn finding(scene: &Scene<'_>, (_, large, on): Cause, faint: &Faint) -> Diagnostic {
    let limits = scene.limits;
    let Worst { ratio, text, ground } = faint.worst;
    let (size, needed, key) = match large {
        true => ("large text", limits.large_contrast, "large_contrast"),
        false => ("text", limits.contrast, "contrast"),
    };
    let over = match on {
        On::Color(_) => "on",
        On::Picture(_) => "over a picture that is in places",
    };
    let message = format!(
        "{size} in {} {over} {} has a contrast of {}",
        hex(text),
        hex(ground),
        to_one(ratio)
    );
    let places = &faint.places;
    let finding = match ratio < limits.large_contrast {
        true => Diagnostic::error(Code::LOW_CONTRAST, places.span, message),
        false => Diagnostic::warning(Code::LOW_CONTRAST, places.span, message),
    };
    let finding = places.label(finding).allowed(format!("{} or more (`{key}`)", to_one(needed)));
    if let On::Picture(image) = on {
        return finding
            .related(image, "the picture")
            .hint("set the text beside the picture or on a panel, or take a calmer picture");
    }
    if faint.lettering {
        return finding.hint("give the words in the SVG file another colour");
    }
    // The colour of the text has to change, unless it is black or white already.
    let black = scene.converter.to_rgb(Color::BLACK);
    let named = |rgb: [u8; 3]| {
        let same = |color: Color| scene.converter.to_rgb(color) == rgb;
        let swatch = scene.limits.swatches.iter().find(|swatch| same(swatch.color))?;
        (rgb != [255; 3] && rgb != black && text != ground).then_some(swatch)
    };
    let darker = luminance(text) < luminance(ground);
    let cause = match (named(text), named(ground)) {
        (Some(swatch), _) => Some((swatch, "the colour of the text", darker)),
        (None, Some(swatch)) => Some((swatch, "the colour of the ground", !darker)),
        (None, None) => None,
    };
    match cause {
        Some((swatch, what, darker)) => {
            let (name, way) = (&swatch.name, if darker { "darker" } else { "lighter" });
            finding.related(swatch.span, what).hint(format!(
                "make `{name}` {way} in `[colors]` of the theme, or give the style another `color`"
            ))
        }
        None => finding
            .hint("give its style another `color` in the theme, or what lies below another ground"),
    }
}

/// Where the contrast of words is lowest, and what they stand on; none if nothing
/// of them is seen.
fn measure(
    scene: &Scene<'_>,
    backdrop: &mut Backdrop<'_>,
    sheet: &Sheet<'_>,
    words: &Words<'_>,
) -> Option<(Worst, On)> {
    let worst = |text, ground| Worst { ratio: ratio(text, ground), text, ground };
    let text = scene.converter.to_rgb(words.fill);
    if let Ground::Plain(color) = scene.ground(sheet, words) {
        let rgb = scene.converter.to_rgb(color);
        return Some((worst(text, rgb), On::Color(rgb)));
    }
    let area = words.drawn()?;
    let places = grid(words)?;
    let until = words.lettering.as_ref().map(|lettering| lettering.text);
    let grounds = backdrop.colors(sheet, words.above, &area, &places, until);
    let plain = grounds.iter().min() == grounds.iter().max();
    let shown = |(&place, &ground)| match &words.lettering {
        Some(lettering) => worst(backdrop.lettering(lettering, place, ground), ground),
        None => worst(text, ground),
    };
    let mut found: Vec<Worst> = places.iter().zip(&grounds).map(shown).collect();
    found.sort_by(|a, b| a.ratio.total_cmp(&b.ratio).then(a.ground.cmp(&b.ground)));
    let &worst = found.get((found.len() as f64 * SPECKS) as usize)?;
    let on = match Scene::picture_below(sheet, words, &area).filter(|_| !plain) {
        Some(image) => On::Picture(image),
        None => On::Color(worst.ground),
    };
    Some((worst, on))
}

/// Places spread evenly over the letters of words, closer together for small
/// text; none if nothing of them is seen.
pub(super) fn grid(words: &Words<'_>) -> Option<Vec<Point>> {
    let (area, map) = words.own_drawn()?;
    let size = words.lettering.as_ref().map_or(words.size, |lettering| lettering.text.size);
    let step = size / 4;
    let count = |length: Abs, most: f64| (length / step.max(Abs::pt(0.5))).ceil().clamp(1.0, most);
    let (across, down) = (count(area.size.width, GRID[0]), count(area.size.height, GRID[1]));
    let place = |index: u32, count: f64| (f64::from(index) + 0.5) / count;
    let rows = (0..down as u32).map(|row| area.top() + area.size.height * place(row, down));
    let columns = |y: Abs| {
        let x = move |column| area.left() + area.size.width * place(column, across);
        (0..across as u32).map(move |column| {
            let (x, y) = map.apply(x(column).to_pt(), y.to_pt());
            Point::new(Abs::pt(x), Abs::pt(y))
        })
    };
    Some(rows.flat_map(columns).collect())
}

/// Whether text is large by the standard: 18 points, or 14 and bold.
fn is_large(words: &Words<'_>) -> bool {
    let least = if words.font.weight() >= BOLD { LARGE_BOLD } else { LARGE };
    words.size >= Abs::pt(least)
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.1, contrast ratio).
pub(super) fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How bright a colour of sRGB is, from 0 to 1 (WCAG 2.1, relative luminance).
/// The standard's 0.03928 and the 0.04045 of IEC 61966-2-1 part no two values of
/// 8 bits.
pub(super) fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A colour of the screen as authors write it.
pub(super) fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A contrast as it is written, rounded down: what is too low never reads as the
/// limit itself.
pub(super) fn to_one(ratio: f64) -> String {
    format!("{}:1", super::scene::decimal((ratio * 100.0).floor() / 100.0))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, artwork, drawing, raster};
    use super::*;
    use crate::assets::{Assets, Image};
    use crate::base::Path;
    use crate::diag::Severity;
    use crate::document::{Fill, Swatch};

    const GREY: Color = Color::Rgb([0x77; 3]);

    fn words(proof: Proof, x: f64, size: f64, color: Color) -> Proof {
        proof.text(x, 100.0, size, color, "woord")
    }

    #[track_caller]
    fn one(proof: &Proof) -> Diagnostic {
        let found = proof.unread();
        let [one] = found.as_slice() else { panic!("{found:#?}") };
        one.clone()
    }

    #[track_caller]
    fn none(proof: &Proof) {
        let found = proof.unread();
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert_eq!(to_one(ratio([0x76; 3], [255; 3])), "4.54:1");
        assert_eq!(to_one(ratio([255; 3], [0x77; 3])), "4.47:1");
        assert_eq!(to_one(ratio([0xff, 0, 0], [255; 3])), "3.99:1");
        assert_eq!(to_one(4.4999), "4.49:1");
    }

    #[test]
    fn text_stands_out_from_paper() {
        none(&words(Proof::new(), 50.0, 12.0, Color::Rgb([0x76; 3])));
        let mut proof = words(Proof::new(), 50.0, 12.0, GREY);
        let found = one(&proof);
        assert_eq!((found.code, found.span), (Code::LOW_CONTRAST, proof.span(1)));
        assert_eq!(found.severity, Severity::Warning);
        assert_eq!(found.message, "text in #777777 on #ffffff has a contrast of 4.47:1");
        assert_eq!(
            one(&words(Proof::new(), 50.0, 12.0, Color::Rgb([0x95; 3]))).severity,
            Severity::Error
        );
        proof.limits.contrast = 4.4;
        none(&proof);
    }

    #[test]
    fn large_text_needs_less() {
        none(&words(Proof::new(), 50.0, 18.0, GREY));
        assert_eq!(one(&words(Proof::new(), 50.0, 17.9, GREY)).severity, Severity::Warning);
        let bold = || Assets::new().builtin_font("Source Sans 3", "semibold").unwrap();
        let bold = |size| {
            let proof = Proof::new().font(std::sync::Arc::into_inner(bold()).unwrap());
            words(proof, 50.0, size, GREY)
        };
        none(&bold(14.0));
        assert_eq!(one(&bold(13.9)).severity, Severity::Warning);
        let faint = one(&words(Proof::new(), 50.0, 30.0, Color::Rgb([0x99; 3])));
        assert_eq!(faint.severity, Severity::Error);
        assert!(faint.message.starts_with("large text in #999999"), "{faint:?}");
    }

    #[test]
    fn the_colour_of_the_theme_is_named() {
        let mut proof = words(Proof::new(), 50.0, 12.0, GREY);
        let span = proof.span(9);
        proof.limits.swatches = vec![Swatch { name: "mist".to_owned(), color: GREY, span }];
        let hint = one(&proof).hints.concat();
        assert!(hint.starts_with("make `mist` darker"), "{hint}");
        let mut proof =
            words(Proof::new().rect(40.0, 50.0, 200.0, 100.0, GREY), 50.0, 12.0, Color::WHITE);
        proof.limits.swatches = vec![Swatch { name: "mist".to_owned(), color: GREY, span }];
        let hint = one(&proof).hints.concat();
        assert!(hint.starts_with("make `mist` darker"), "{hint}");
    }

    #[test]
    fn what_lies_beside_words_does_not_count() {
        let dark = Color::Rgb([20, 20, 20]);
        let disc = |x: f64| {
            let path = Path::circle(Point::new(Abs::pt(x), Abs::pt(60.0)), Abs::pt(45.0));
            words(Proof::new().shape(path, Some(Fill::new(dark)), None), 50.0, 12.0, dark)
        };
        // The corner of its rectangle lies below the words, the disc does not.
        none(&disc(15.0));
        assert_eq!(one(&disc(60.0)).severity, Severity::Error);
    }

    #[test]
    fn a_photo_counts_by_its_worst_part() {
        // The left half is black, the right half white.
        let halves: Vec<u8> = (0..100).map(|x| if x < 50 { 0 } else { 255 }).collect();
        let on = |image: Image, x, color| {
            words(Proof::new().picture([40.0, 50.0, 200.0, 100.0], image), x, 12.0, color)
        };
        let halves = || raster(100, 100, &halves);
        none(&on(halves(), 50.0, Color::WHITE));
        none(&on(halves(), 150.0, Color::BLACK));
        let across = one(&on(halves(), 130.0, Color::WHITE));
        assert_eq!(across.severity, Severity::Error);
        assert!(across.message.contains("over a picture that is in places #ffffff"), "{across:?}");
        assert_eq!(one(&on(halves(), 50.0, Color::BLACK)).severity, Severity::Error);
    }

    #[test]
    fn a_drawing_counts_by_its_shapes() {
        let on = |x: f64, fill| {
            words(
                Proof::new().picture([x, 40.0, 100.0, 100.0], drawing(fill, 1.0)),
                50.0,
                12.0,
                Color::WHITE,
            )
        };
        none(&on(30.0, "#004000"));
        assert_eq!(one(&on(30.0, "#80ff80")).severity, Severity::Error);
        // Its margin is clear: the words stand on paper.
        assert_eq!(one(&on(48.0, "#004000")).severity, Severity::Error);
    }

    /// Words in a drawing of 200 by 200 points that stands at (40, 40).
    fn lettering(body: &str) -> Vec<Diagnostic> {
        Proof::new().picture([40.0, 40.0, 200.0, 200.0], artwork(200.0, 200.0, body)).unread()
    }

    #[test]
    fn words_that_only_decorate_do_not_count() {
        let placed = |decorative: bool| {
            let words = r##"<text x="10" y="60" font-size="24" fill="#eee">woord</text>"##;
            let mut proof = Proof::new();
            proof.decorative = decorative;
            proof.picture([40.0, 40.0, 200.0, 200.0], artwork(200.0, 200.0, words))
        };
        none(&placed(true));
        assert_eq!(one(&placed(false)).severity, Severity::Error);
    }

    #[test]
    fn turned_words_count_where_they_stand() {
        let halves = r##"<rect x="100" width="100" height="200" fill="#101010"/>"##;
        let turned = |x: u32| {
            lettering(&format!(
                r#"{halves}<text font-size="24" transform="translate({x} 190) rotate(-90)">woorden
                in wit</text>"#
            ))
        };
        assert_eq!(turned(90), []);
        let [found] = &turned(150)[..] else { panic!("one finding") };
        assert_eq!((found.code, found.severity), (Code::LOW_CONTRAST, Severity::Error));
    }

    #[test]
    fn letters_that_let_their_ground_through_are_fainter() {
        let words = |attributes: &str| {
            lettering(&format!(r#"<text x="10" y="60" font-size="24" {attributes}>woord</text>"#))
        };
        assert_eq!(words(""), []);
        let [found] = &words(r#"fill-opacity="0.2""#)[..] else { panic!("one finding") };
        assert_eq!(found.message, "large text in #cccccc on #ffffff has a contrast of 1.6:1");
        let group = r#"<g opacity="0.2"><text x="10" y="60" font-size="24">woord</text></g>"#;
        assert_eq!(lettering(group).len(), 1);
        let stops = r##"<stop offset="0"/><stop offset="1" stop-color="#fff"/>"##;
        let fades = format!(
            r##"<linearGradient id="g">{stops}</linearGradient><text x="10" y="60" font-size="24"
            fill="url(#g)">woord</text>"##
        );
        let [found] = &lettering(&fades)[..] else { panic!("one finding") };
        assert_eq!(found.severity, Severity::Error);
    }
}
