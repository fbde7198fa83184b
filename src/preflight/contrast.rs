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
use crate::base::{Abs, Point, Rect};
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

/// The lowest contrast of a cause, the ground there and the places.
struct Faint {
    ratio: f64,
    ground: [u8; 3],
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
        let Some((ratio, ground, on)) = measure(scene, &mut backdrop, sheet, words) else {
            continue;
        };
        if ratio >= needed {
            continue;
        }
        let new = || Faint { ratio, ground, places: Places::new(sheet, words) };
        let cause = (words.fill, large, on);
        faint
            .entry(cause)
            .and_modify(|known| {
                known.places.add(sheet, words);
                if ratio < known.ratio {
                    (known.ratio, known.ground) = (ratio, ground);
                }
            })
            .or_insert_with(new);
    }
    found.extend(faint.into_iter().map(|(cause, faint)| finding(scene, cause, &faint)));
}

fn finding(scene: &Scene<'_>, (fill, large, on): Cause, faint: &Faint) -> Diagnostic {
    let limits = scene.limits;
    let text = scene.converter.to_rgb(fill);
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
        hex(faint.ground),
        to_one(faint.ratio)
    );
    let places = &faint.places;
    let finding = match faint.ratio < limits.large_contrast {
        true => Diagnostic::error(Code::LOW_CONTRAST, places.span, message),
        false => Diagnostic::warning(Code::LOW_CONTRAST, places.span, message),
    };
    let finding = places.label(finding).allowed(format!("{} or more (`{key}`)", to_one(needed)));
    let name = |rgb| {
        let same = |color: Color| scene.converter.to_rgb(color) == rgb;
        scene.limits.swatches.iter().find(|swatch| same(swatch.color))
    };
    let (below, above) = (name(faint.ground), name(text));
    let darker = luminance(text) < luminance(faint.ground);
    // Paper and black are seldom what has to change.
    let extreme = |rgb: [u8; 3]| rgb == [255; 3] || rgb == scene.converter.to_rgb(Color::BLACK);
    match (above, below, on) {
        (_, _, On::Picture(image)) => finding
            .related(image, "the picture")
            .hint("set the text beside the picture or on a panel, or take a calmer picture"),
        (Some(own), _, _) if !extreme(text) || below.is_none() => {
            let (name, way) = (&own.name, if darker { "darker" } else { "lighter" });
            finding.related(own.span, "the colour of the text").hint(format!(
                "make `{name}` {way} in `[colors]` of the theme, or give the style another `color`"
            ))
        }
        (_, Some(ground), _) => {
            let (name, way) = (&ground.name, if darker { "lighter" } else { "darker" });
            finding.related(ground.span, "the colour of the ground").hint(format!(
                "make `{name}` {way} in `[colors]` of the theme, or give the style another `color`"
            ))
        }
        _ => finding
            .hint("give its style another `color` in the theme, or what lies below another ground"),
    }
}

/// The contrast of words, the ground it is lowest on, and what that is; none if
/// nothing of them is seen.
fn measure(
    scene: &Scene<'_>,
    backdrop: &mut Backdrop<'_>,
    sheet: &Sheet<'_>,
    words: &Words<'_>,
) -> Option<(f64, [u8; 3], On)> {
    let text = scene.converter.to_rgb(words.fill);
    let ground = scene.ground(sheet, words);
    if let Ground::Plain(color) = ground {
        let rgb = scene.converter.to_rgb(color);
        return Some((ratio(text, rgb), rgb, On::Color(rgb)));
    }
    let area = if words.lettering.is_some() { words.area } else { words.drawn()? };
    let places = grid(&area, words.size);
    let until = words.lettering;
    let mut grounds: Vec<(f64, [u8; 3])> = backdrop
        .colors(sheet, words.above, &area, &places, until)
        .into_iter()
        .map(|rgb| (ratio(text, rgb), rgb))
        .collect();
    grounds.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let worst = (grounds.len() as f64 * SPECKS) as usize;
    let &(ratio, rgb) = grounds.get(worst)?;
    let plain = grounds.first().map(|first| first.1) == grounds.last().map(|last| last.1);
    let on = match Scene::picture_below(sheet, words, &area).filter(|_| !plain) {
        Some(image) => On::Picture(image),
        None => On::Color(rgb),
    };
    Some((ratio, rgb, on))
}

/// Places spread evenly over an area, closer together for small text.
fn grid(area: &Rect, size: Abs) -> Vec<Point> {
    let step = size / 4;
    let count = |length: Abs, most: f64| (length / step.max(Abs::pt(0.5))).ceil().clamp(1.0, most);
    let (across, down) = (count(area.size.width, GRID[0]), count(area.size.height, GRID[1]));
    let place = |index: u32, count: f64| (f64::from(index) + 0.5) / count;
    let rows = (0..down as u32).map(|row| area.top() + area.size.height * place(row, down));
    let columns = |y: Abs| {
        let x = move |column| area.left() + area.size.width * place(column, across);
        (0..across as u32).map(move |column| Point::new(x(column), y))
    };
    rows.flat_map(columns).collect()
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
fn luminance(rgb: [u8; 3]) -> f64 {
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
