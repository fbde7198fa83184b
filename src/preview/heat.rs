//! How well lines are set, as bands of colour over them.

use super::canvas::{Canvas, Ink, Line, PixelBox, rectangle};
use super::marks::fill;
use crate::base::{Rect, Transform};
use crate::document::{LineFacts, Page};

const TIGHT: [u8; 3] = [0, 90, 230];
const LOOSE: [u8; 3] = [225, 30, 20];
const RUNT: [u8; 3] = [150, 0, 190];
/// The band of a line that stretches or shrinks as far as it should.
const STRONGEST: f64 = 0.55;
/// Word spaces wider than this, as a share of their natural width, leave holes.
const WIDEST_GAP: f64 = 1.7;
/// Last lines shorter than this many ems are runts.
const RUNT_EMS: i64 = 4;

/// Draws a band over every line: blue for tight lines, red for loose ones, the
/// stronger the further from natural. Loose beyond [`WIDEST_GAP`] it has a
/// frame; a line that ends with a hyphen has a tick, and a runt a frame of its
/// own colour.
pub(super) fn draw(canvas: &mut Canvas<'_>, page: &Page) {
    for line in &page.frame.lines {
        let band = canvas.pixel_box(band(line));
        if let Some(ink) = ink(line) {
            fill(canvas, band, ink);
        }
        if line.gap > WIDEST_GAP {
            frame(canvas, band, LOOSE);
        }
        if is_runt(line) {
            frame(canvas, band, RUNT);
        }
        if line.hyphen {
            let (width, height) = (1.5 * canvas.scale, band[3] - band[1]);
            let tick = [band[2], band[1] + height / 4.0, band[2] + width, band[3]];
            fill(canvas, tick, Ink { rgb: [0; 3], opacity: 0.8 });
        }
    }
}

/// Where the band of a line lies: over its words, a quarter of the leading below
/// the baseline and three above.
fn band(line: &LineFacts) -> Rect {
    let quarter = line.leading / 4;
    let left = line.at.x - line.protrusion.0;
    Rect::new(left, line.at.y - quarter * 3_i64, line.width, line.leading)
}

/// The colour of a line's band; none if it is set as it should be.
fn ink(line: &LineFacts) -> Option<Ink> {
    let rgb = if line.ratio < 0.0 { TIGHT } else { LOOSE };
    let opacity = line.ratio.abs().clamp(0.0, 1.0) * STRONGEST;
    // What is not a number is no opacity either.
    (opacity > 0.0).then_some(Ink { rgb, opacity })
}

/// Whether the line ends a paragraph of several lines with hardly a word.
fn is_runt(line: &LineFacts) -> bool {
    line.is_last() && line.index > 0 && line.width < line.size * RUNT_EMS
}

/// Draws a frame inside a band.
fn frame(canvas: &mut Canvas<'_>, band: PixelBox, rgb: [u8; 3]) {
    let width = (0.75 * canvas.scale).max(1.0);
    let [left, top, right, bottom] = band;
    let half = width / 2.0;
    let inner = rectangle([left + half, top + half, right - half, bottom - half]);
    let line = Line::plain(width);
    canvas.stroke(&inner, Transform::IDENTITY, Ink { rgb, opacity: 0.9 }, &line, None);
}
