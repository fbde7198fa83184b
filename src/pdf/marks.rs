//! Marks for the printer, outside the bleed: where to cut, whether the plates
//! lie on each other, how much ink there is, and which page this is.

use super::ops::{Ops, Paint};
use crate::base::{Abs, Path, Point, Rect};
use crate::color::{Color, SpotInk};
use crate::document::{Document, Glyph, GlyphKind, GlyphRun, Marks, Page, Slug};

/// The room for marks on each side of the bleed, in mm.
const ROOM: f64 = 11.0;
/// From the bleed to the marks, in mm.
const GAP: f64 = 1.0;
/// The length of crop marks, in mm.
const CROP: f64 = 6.0;
/// The length of bleed marks, in mm.
const BLEED: f64 = 3.0;
/// The radius of a registration mark, in mm; its cross reaches as far again by half.
const TARGET: f64 = 2.0;
/// The side of a patch of the colour bar, in mm.
const PATCH: f64 = 5.0;
/// The width of all lines, in points.
const LINE: f64 = 0.25;
/// The type size of the slug line, in points.
const SLUG: f64 = 6.5;

/// How far marks reach past the bleed.
pub(super) fn room(marks: &Marks) -> Abs {
    if marks.is_empty() { Abs::ZERO } else { Abs::mm(ROOM) }
}

/// The slug line of each page, if there are any.
pub(super) fn slugs(document: &Document) -> Vec<GlyphRun> {
    let Some(slug) = &document.print.marks.slug else { return Vec::new() };
    let pages = document.pages.len();
    let date = document.meta.date.map(|d| format!(" · {}-{:02}-{:02}", d.year, d.month, d.day));
    let date = date.unwrap_or_default();
    let words = |number: usize| format!("{} · {number}/{pages}{date}", slug.name);
    (1..=pages).map(|number| plain_run(slug, &words(number))).collect()
}

/// Where a page's slug line begins.
pub(super) fn slug_place(page: &Page) -> Point {
    let below = page.trim.height + page.bleed + Abs::mm(GAP) + Abs::pt(SLUG);
    Point::new(Abs::mm(ROOM), below)
}

/// A run of one glyph a character; characters that the face lacks are left out.
fn plain_run(slug: &Slug, words: &str) -> GlyphRun {
    let font = &slug.font;
    let size = Abs::pt(SLUG);
    let glyphs = words.char_indices().filter_map(|(at, c)| {
        let id = font.glyph(c)?;
        Some(Glyph {
            id,
            kind: if c == ' ' { GlyphKind::Space } else { GlyphKind::Plain },
            advance: font.advance(id)?.at(size),
            dx: Abs::ZERO,
            dy: Abs::ZERO,
            text_start: at as u32,
            text_end: (at + c.len_utf8()) as u32,
            span: slug.span,
        })
    });
    let glyphs = glyphs.collect();
    let fill = Color::BLACK;
    GlyphRun { font: font.clone(), size, expansion: 0, fill, text: words.to_owned(), glyphs }
}

/// Draws the marks of a page. `spots` are the spot inks on it, for the colour bar.
pub(super) fn draw(ops: &mut Ops, page: &Page, marks: &Marks, spots: &[SpotInk]) {
    if marks.is_empty() {
        return;
    }
    ops.stroke_color(Paint::Registration);
    ops.line_width(Abs::pt(LINE));
    let trim = Rect { origin: Point::ZERO, size: page.trim };
    let start = page.bleed + Abs::mm(GAP);
    if marks.crop {
        corners(ops, trim, trim.outset(start), Abs::mm(CROP));
    }
    if marks.bleed && page.bleed > Abs::ZERO {
        let bleed = trim.outset(page.bleed);
        corners(ops, bleed, trim.outset(start), Abs::mm(BLEED));
    }
    if marks.registration {
        let middle = Point::new(page.trim.width / 2, page.trim.height / 2);
        let off = start + Abs::mm(TARGET) * 3i64 / 2;
        for centre in [
            Point::new(middle.x, Abs::ZERO - off),
            Point::new(middle.x, page.trim.height + off),
            Point::new(Abs::ZERO - off, middle.y),
            Point::new(page.trim.width + off, middle.y),
        ] {
            target(ops, centre);
        }
    }
    if marks.color_bar {
        color_bar(ops, page, spots);
    }
}

/// Lines in prolongation of a rectangle's sides, which begin at another one.
fn corners(ops: &mut Ops, sides: Rect, from: Rect, length: Abs) {
    for x in [sides.left(), sides.right()] {
        line(ops, Point::new(x, from.top()), Point::new(x, from.top() - length));
        line(ops, Point::new(x, from.bottom()), Point::new(x, from.bottom() + length));
    }
    for y in [sides.top(), sides.bottom()] {
        line(ops, Point::new(from.left(), y), Point::new(from.left() - length, y));
        line(ops, Point::new(from.right(), y), Point::new(from.right() + length, y));
    }
}

fn line(ops: &mut Ops, from: Point, to: Point) {
    ops.path(&Path::line(from, to), Point::ZERO);
    ops.operator("S");
}

/// A circle with a cross.
fn target(ops: &mut Ops, centre: Point) {
    let radius = Abs::mm(TARGET);
    let reach = radius * 3i64 / 2;
    let (across, down) = (Point::new(reach, Abs::ZERO), Point::new(Abs::ZERO, reach));
    line(ops, centre - across, centre + across);
    line(ops, centre - down, centre + down);
    ops.path(&Path::circle(centre, radius), Point::ZERO);
    ops.operator("S");
}

/// Patches of each ink, in full and in half, left of the upper middle.
fn color_bar(ops: &mut Ops, page: &Page, spots: &[SpotInk]) {
    let mut paints: Vec<Paint> = Vec::new();
    for tint in [10_000, 5_000] {
        for ink in 0..4 {
            let mut inks = [0; 4];
            inks[ink] = tint;
            paints.push(Paint::Cmyk(inks));
        }
    }
    paints.extend(spots.iter().map(|&ink| Paint::Spot { ink, tint: 10_000 }));
    let side = Abs::mm(PATCH);
    let top = Abs::ZERO - page.bleed - Abs::mm(GAP) - side;
    let left = Abs::mm(ROOM);
    for (index, paint) in paints.into_iter().enumerate() {
        ops.fill_color(paint);
        let patch = Rect::new(left + side * index as i64, top, side, side);
        ops.rect(patch, Point::ZERO);
        ops.operator("f");
    }
}
