//! What helps printing and finishing, outside the bleed.
//!
//! Crop marks stand at the corners of the sheet's trim, which creep brings
//! nearer to the fold; folded into each other, those of all sheets lie at the
//! knife. Everything else stands at the same place on every sheet, around the
//! bleed of the outermost one:
//!
//! ```text
//!          |        (+) ¦ CMYK                |
//!        --                                     --
//!                       ¦
//!       (+)    left     ¦     right            (+)
//!                       ¦
//!        --                                     --
//!          |        (+) ¦ slug line           |
//! ```
//!
//! All but the colour bar is drawn in the colour `All`, which is full ink on
//! every plate (ISO 32000-1, 8.6.6.4).

use super::super::number;
use super::lettering::Lettering;
use super::sheet::{Spread, mark_gap, mark_length};
use crate::base::{Abs, Path, Segment};

/// The name of the registration colour in a sheet's resources.
pub(super) const REGISTRATION: &str = "Registration";

/// Width of lines; thinner ones break up in print.
const LINE: Abs = Abs::sp(65_536 / 4);
/// Size of the slug line's letters.
const LETTERS: Abs = Abs::sp(6 * 65_536);
/// A control point's distance for a quarter circle of radius 1:
/// 4 (√2 − 1) / 3, which is off by 0.03 % at most.
const KAPPA: f64 = 0.552_284_749_8;

/// Patches of the colour bar, in percent of cyan, magenta, yellow and black:
/// the inks, two on each other, half of each, and a gray of three.
const PATCHES: [[u8; 4]; 12] = [
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 0, 100, 0],
    [0, 0, 0, 100],
    [100, 100, 0, 0],
    [100, 0, 100, 0],
    [0, 100, 100, 0],
    [50, 0, 0, 0],
    [0, 50, 0, 0],
    [0, 0, 50, 0],
    [0, 0, 0, 50],
    [50, 40, 40, 0],
];

/// What stands on a sheet around its pages.
pub(super) struct Marks<'a> {
    /// Where its pages lie.
    pub(super) spread: &'a Spread,
    /// The letters of its slug line.
    pub(super) lettering: &'a Lettering,
    /// Whether it has a colour bar.
    pub(super) color_bar: bool,
}

impl Marks<'_> {
    /// The operators that draw the marks of one side.
    pub(super) fn draw(&self, creep: Abs, slug: &str) -> Vec<u8> {
        let mut pen = Pen::default();
        pen.word("q");
        pen.word(&format!("/{REGISTRATION} CS 1 SCN /{REGISTRATION} cs 1 scn"));
        pen.lengths(&[LINE], "w");
        self.crop(&mut pen, creep);
        self.register(&mut pen);
        self.slug(&mut pen, slug);
        self.fold(&mut pen);
        if self.color_bar {
            self.bar(&mut pen);
        }
        pen.word("Q");
        pen.out
    }

    /// Two lines at each corner, which point at it and end before the bleed.
    fn crop(&self, pen: &mut Pen, creep: Abs) {
        let (trim, bleed) = (self.spread.trim(creep), self.spread.bleed(creep));
        let (near, far) = (mark_gap(), mark_gap() + mark_length());
        for x in [trim.left, trim.right] {
            pen.line(x, bleed.top + near, x, bleed.top + far);
            pen.line(x, bleed.bottom - near, x, bleed.bottom - far);
        }
        for y in [trim.bottom, trim.top] {
            pen.line(bleed.left - near, y, bleed.left - far, y);
            pen.line(bleed.right + near, y, bleed.right + far, y);
        }
    }

    /// A dashed line at the head and the foot of the fold.
    fn fold(&self, pen: &mut Pen) {
        let (x, bleed) = (self.spread.fold(), self.spread.bleed(Abs::ZERO));
        let (near, far) = (mark_gap(), mark_gap() + mark_length());
        let dash = Abs::mm(1.0);
        pen.word("[");
        pen.lengths(&[dash, dash], "] 0 d");
        pen.line(x, bleed.top + near, x, bleed.top + far);
        pen.line(x, bleed.bottom - near, x, bleed.bottom - far);
    }

    /// A cross in a circle on each side, by which plates are laid on each other.
    fn register(&self, pen: &mut Pen) {
        let bleed = self.spread.bleed(Abs::ZERO);
        let out = mark_gap() + mark_length() / 2;
        let beside = self.spread.fold() - Abs::mm(10.0);
        let middle = (bleed.bottom + bleed.top) / 2;
        for (x, y) in [
            (bleed.left - out, middle),
            (bleed.right + out, middle),
            (beside, bleed.top + out),
            (beside, bleed.bottom - out),
        ] {
            pen.target(x, y, mark_length() / 2);
        }
    }

    /// A line of words below the right page.
    fn slug(&self, pen: &mut Pen, words: &str) {
        let bleed = self.spread.bleed(Abs::ZERO);
        let (left, right) = (self.spread.fold() + Abs::mm(5.0), bleed.right - Abs::mm(5.0));
        let baseline = bleed.bottom - mark_gap() - mark_length() / 2 - LETTERS / 4;
        for (x, path) in self.lettering.line(words, LETTERS, right - left) {
            pen.letter(path, left + x, baseline, self.lettering.units());
        }
    }

    /// Patches of ink above the right page, as many as fit.
    fn bar(&self, pen: &mut Pen) {
        let (bleed, side) = (self.spread.bleed(Abs::ZERO), mark_length());
        let mut x = self.spread.fold() + Abs::mm(5.0);
        for inks in PATCHES {
            if x + side > bleed.right - Abs::mm(5.0) {
                break;
            }
            for ink in inks {
                // A percent is ten thousandths of the whole.
                pen.number(i64::from(ink) * 10);
            }
            pen.word("k");
            pen.lengths(&[x, bleed.top + mark_gap(), side, side], "re f");
            x += side;
        }
    }
}

/// Writes operators.
#[derive(Default)]
struct Pen {
    out: Vec<u8>,
}

impl Pen {
    /// A number in thousandths.
    fn number(&mut self, thousandths: i64) {
        number::push(&mut self.out, thousandths);
        self.out.push(b' ');
    }

    fn word(&mut self, word: &str) {
        self.out.extend_from_slice(word.as_bytes());
        self.out.push(b'\n');
    }

    fn lengths(&mut self, lengths: &[Abs], operator: &str) {
        for &length in lengths {
            self.number(number::milli(length));
        }
        self.word(operator);
    }

    fn line(&mut self, x1: Abs, y1: Abs, x2: Abs, y2: Abs) {
        self.lengths(&[x1, y1], "m");
        self.lengths(&[x2, y2], "l S");
    }

    /// A cross whose arms have the length `reach`, with a circle around it.
    fn target(&mut self, x: Abs, y: Abs, reach: Abs) {
        self.line(x - reach, y, x + reach, y);
        self.line(x, y - reach, x, y + reach);
        let r = reach * 0.6;
        let k = r * KAPPA;
        self.lengths(&[x + r, y], "m");
        self.lengths(&[x + r, y + k, x + k, y + r, x, y + r], "c");
        self.lengths(&[x - k, y + r, x - r, y + k, x - r, y], "c");
        self.lengths(&[x - r, y - k, x - k, y - r, x, y - r], "c");
        self.lengths(&[x + k, y - r, x + r, y - k, x + r, y], "c s");
    }

    /// A letter with its pen at `x` and `y`. Its outline stays in design units,
    /// so that equal letters are equal bytes, which compress well.
    fn letter(&mut self, path: &Path, x: Abs, y: Abs, units: u16) {
        if path.segments.is_empty() {
            return;
        }
        let scale = number::parts(LETTERS, 6) / i64::from(units);
        self.out.extend_from_slice(b"q ");
        for number in [scale, 0, 0, scale] {
            number::push_parts(&mut self.out, number, 6);
            self.out.push(b' ');
        }
        self.lengths(&[x, y], "cm");
        for segment in &path.segments {
            match *segment {
                Segment::Move(to) => self.lengths(&[to.x, to.y], "m"),
                Segment::Line(to) => self.lengths(&[to.x, to.y], "l"),
                Segment::Cubic(a, b, to) => {
                    self.lengths(&[a.x, a.y, b.x, b.y, to.x, to.y], "c");
                }
                Segment::Close => self.word("h"),
            }
        }
        self.word("f Q");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Size;
    use lopdf::content::Content;

    /// Every place on the sheet that the marks name, in points.
    fn points(creep: Abs) -> Vec<(f64, f64)> {
        let size = |w, h| Size::new(Abs::mm(w), Abs::mm(h));
        let spread = Spread::new(size(450.0, 320.0), size(210.0, 297.0), Abs::mm(3.0)).unwrap();
        let lettering = Lettering::new();
        let marks = Marks { spread: &spread, lettering: &lettering, color_bar: true };
        let slug = "flevoland.print.pdf, blad ".repeat(20);
        let operations = Content::decode(&marks.draw(creep, &slug)).unwrap().operations;
        let mut points = Vec::new();
        let mut to_sheet = (1.0, 0.0, 0.0);
        for operation in operations {
            let numbers: Vec<f64> = operation
                .operands
                .iter()
                .filter_map(|o| o.as_float().ok())
                .map(f64::from)
                .collect();
            let (scale, x, y) = to_sheet;
            match operation.operator.as_str() {
                "cm" => to_sheet = (numbers[0], numbers[4], numbers[5]),
                "Q" => to_sheet = (1.0, 0.0, 0.0),
                "m" | "l" | "c" => {
                    let pairs = numbers.chunks(2);
                    points.extend(pairs.map(|p| (x + p[0] * scale, y + p[1] * scale)));
                }
                "re" => {
                    points.push((numbers[0], numbers[1]));
                    points.push((numbers[0] + numbers[2], numbers[1] + numbers[3]));
                }
                _ => {}
            }
        }
        points
    }

    #[test]
    fn all_marks_lie_between_the_bleed_and_the_edge_of_the_sheet() {
        let mm = |mm: f64| mm * 72.0 / 25.4;
        // Half a line's width.
        let edge = 0.125;
        for creep in [0.0, 0.7] {
            let points = points(Abs::mm(creep));
            assert!(points.len() > 500);
            for (x, y) in points {
                let inside = x > mm(12.0 + creep) - edge
                    && x < mm(438.0 - creep) + edge
                    && y > mm(8.5) - edge
                    && y < mm(311.5) + edge;
                assert!(!inside, "{x} {y}");
                assert!(x > edge && x < mm(450.0) - edge, "{x}");
                assert!(y > edge && y < mm(320.0) - edge, "{y}");
            }
        }
    }

    #[test]
    fn crop_marks_follow_the_cut_and_the_others_stay() {
        let (outer, inner) = (points(Abs::ZERO), points(Abs::mm(1.0)));
        assert_eq!(outer.len(), inner.len());
        let moved = outer.iter().zip(&inner).filter(|(a, b)| a != b).count();
        // Eight lines of two points each.
        assert_eq!(moved, 16);
    }
}
