//! The parts of a chart stand out from what is beside them.
//!
//! WCAG 2.1, 1.4.11: 3 to 1. What is needed to understand the content is what
//! the structure has as a figure: bars, sectors and swatches. Everything that it
//! leaves out is decoration: boxes, rules and signs say nothing that the words
//! in them do not. What a picture needs to be understood cannot be known.
//!
//! Parts may look alike if a line between them stands out from both, and no
//! line is needed if they do not look alike: in either case the edge is seen.

use super::backdrop::Backdrop;
use super::contrast::{hex, ratio, to_one};
use super::outline::Outline;
use super::scene::{Art, Scene, Sheet, What};
use crate::base::{Abs, Point};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Node, Role};
use std::collections::BTreeMap;

/// How far on both sides of an edge colours are looked up, in points: half of a
/// thin separator.
const BESIDE: f64 = 0.4;

/// How far apart, in points.
const APART: f64 = 1.5;

/// The share of an edge, of 1, that may be seen badly.
const SHARE: f64 = 0.05;

/// Finds each colour of a chart that does not stand out.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limit = scene.limits.graphics_contrast;
    let mut backdrop = Backdrop::new(scene.converter, &scene.document.print.artwork);
    let mut faint: BTreeMap<(Color, [u8; 3]), (f64, Span, usize)> = BTreeMap::new();
    for (page, item) in parts(scene) {
        let Some(sheet) = scene.pages.get(page) else { continue };
        let Some(art) = sheet.art.iter().find(|art| art.item == item) else { continue };
        let Some((color, ratio, beside)) = edge(scene, &mut backdrop, sheet, art) else { continue };
        if ratio < limit {
            faint.entry((color, beside)).or_insert((ratio, art.span, sheet.number));
        }
    }
    found.extend(faint.into_iter().map(|((color, beside), (ratio, span, page))| {
        let named = scene.limits.swatches.iter().find(|swatch| swatch.color == color);
        let own = scene.converter.to_rgb(color);
        let (own, beside) = (hex(own), hex(beside));
        let message = format!(
            "a part of a chart in {own} beside {beside} has a contrast of {}",
            to_one(ratio)
        );
        let finding = Diagnostic::warning(Code::GRAPHICS_CONTRAST, span, message)
            .label(format!("on page {page}"))
            .allowed(format!("{} or more (`graphics_contrast`)", to_one(limit)));
        match named {
            Some(swatch) => finding
                .related(swatch.span, "the colour")
                .hint(format!("make `{}` in `[colors]` of the theme stand out more", swatch.name)),
            None => finding.hint(
                "give `accent` or `others` in `[chart]` of the theme a colour that stands out from \
                 paper, or part them by a `separator` of paper",
            ),
        }
    }));
}

/// The pages and items of all that figures draw.
pub(super) fn parts(scene: &Scene<'_>) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    scene.document.structure.walk(&mut |element| {
        if element.role == Role::Figure {
            for child in &element.children {
                if let Node::Items { page, range } = child {
                    parts.extend(range.clone().map(|item| (*page, item)));
                }
            }
        }
    });
    parts
}

/// How a filled shape stands out where it does so least: its colour, the
/// contrast and the colour beside it.
fn edge(
    scene: &Scene<'_>,
    backdrop: &mut Backdrop<'_>,
    sheet: &Sheet<'_>,
    art: &Art<'_>,
) -> Option<(Color, f64, [u8; 3])> {
    let What::Shape(shape) = art.what else { return None };
    let color = shape.fill?.color;
    let least = Abs::pt(BESIDE);
    if art.area.size.width < least || art.area.size.height < least {
        return None;
    }
    let own = scene.converter.to_rgb(color);
    let places: Vec<Point> = Outline::new(&shape.path)
        .places(APART)
        .into_iter()
        .flat_map(|[(x, y), (across, down)]| {
            [-BESIDE, 0.0, BESIDE]
                .map(|by| art.at + Point::new(Abs::pt(x + across * by), Abs::pt(y + down * by)))
        })
        .collect();
    let area = art.area.outset(Abs::pt(1.0));
    let seen = backdrop.colors(sheet, sheet.art.len(), &area, &places, None);
    let mut edges: Vec<(f64, [u8; 3])> = seen
        .as_chunks::<3>()
        .0
        .iter()
        .filter_map(|across| {
            let colors = across.iter().map(|&rgb| (ratio(own, rgb), rgb));
            colors.max_by(|a, b| a.0.total_cmp(&b.0))
        })
        .collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let &(ratio, beside) = edges.get((edges.len() as f64 * SHARE) as usize)?;
    Some((color, ratio, beside))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    const LIGHT: Color = Color::Rgb([0xaa; 3]);
    const MIDDLE: Color = Color::Rgb([0x80; 3]);
    const DARK: Color = Color::Rgb([0x20; 3]);

    fn codes(proof: &Proof) -> Vec<Code> {
        proof.unread().iter().map(|found| found.code).collect()
    }

    /// Two bars side by side.
    fn bars(a: Color, b: Color) -> Proof {
        Proof::new().rect(50.0, 50.0, 40.0, 20.0, a).rect(90.0, 50.0, 40.0, 20.0, b)
    }

    #[test]
    fn decoration_needs_no_contrast() {
        assert_eq!(codes(&bars(LIGHT, LIGHT)), []);
    }

    #[test]
    fn parts_stand_out_from_paper() {
        let mut faint = Proof::new().rect(50.0, 50.0, 40.0, 20.0, LIGHT);
        faint.figure = 1;
        let found = faint.unread();
        assert_eq!((found[0].code, found[0].span), (Code::GRAPHICS_CONTRAST, faint.span(1)));
        assert_eq!(
            found[0].message,
            "a part of a chart in #aaaaaa beside #ffffff has a contrast of 2.32:1"
        );
        faint.limits.graphics_contrast = 2.3;
        assert_eq!(codes(&faint), []);
        let mut clear = Proof::new().rect(50.0, 50.0, 40.0, 20.0, MIDDLE);
        clear.figure = 1;
        assert_eq!(codes(&clear), []);
    }

    #[test]
    fn three_to_one_is_enough() {
        let bar = |grey: u8| {
            let mut bar = Proof::new().rect(50.0, 50.0, 40.0, 20.0, Color::Rgb([grey; 3]));
            bar.figure = 1;
            codes(&bar)
        };
        // 3.03 and 2.99 to 1.
        assert_eq!(bar(0x94), []);
        assert_eq!(bar(0x95), [Code::GRAPHICS_CONTRAST]);
    }

    #[test]
    fn a_speck_hides_no_edge() {
        let beside = |height: f64| {
            let bar = Proof::new().rect(50.0, 50.0, 40.0, 20.0, MIDDLE);
            let mut bar = bar.rect(90.0, 55.0, 3.0, height, MIDDLE);
            bar.figure = 1;
            codes(&bar)
        };
        assert_eq!(beside(2.0), []);
        assert_eq!(beside(14.0), [Code::GRAPHICS_CONTRAST]);
    }

    #[test]
    fn neighbours_differ_or_are_parted() {
        let mut differ = bars(Color::BLACK, MIDDLE);
        differ.figure = 2;
        assert_eq!(codes(&differ), []);
        let mut alike = bars(MIDDLE, Color::Rgb([0x70; 3]));
        alike.figure = 2;
        assert_eq!(codes(&alike), [Code::GRAPHICS_CONTRAST; 2]);
        let mut parted = bars(DARK, DARK).rect(89.5, 50.0, 1.0, 20.0, Color::WHITE);
        parted.figure = 2;
        assert_eq!(codes(&parted), []);
        let mut badly = bars(DARK, DARK).rect(89.5, 50.0, 1.0, 20.0, Color::Rgb([0x50; 3]));
        badly.figure = 2;
        assert_eq!(codes(&badly), [Code::GRAPHICS_CONTRAST]);
    }
}
