//! Pages that are there only to fill up.

use super::figure::picture;
use super::placeholder::Field;
use super::shapes::{line, rect};
use super::{Composer, quote, text};
use crate::base::{Abs, Point, Rect};
use crate::document::{Frame, Page};
use crate::layout::pages::left_margin;
use crate::theme::{StyledFiller, StyledFillerKind};

/// From one line to write on to the next, in rows of the grid: 9 mm.
const NOTE_ROWS: i64 = 2;

/// A filler on the page of a number (from 0).
pub(in crate::layout) fn filler(
    composer: &mut Composer<'_>,
    filler: &StyledFiller,
    number: usize,
) -> Page {
    let page = composer.page;
    let mut frame = Frame::new(page.trim.width, page.trim.height);
    let full =
        Rect::new(Abs::ZERO, Abs::ZERO, page.trim.width, page.trim.height).outset(page.bleed);
    let left = left_margin(page, number);
    match &filler.kind {
        StyledFillerKind::Image(image) => {
            let clear = Rect { origin: Point::ZERO, size: page.trim };
            picture(composer, &mut frame, image, Field::page(page, clear));
        }
        StyledFillerKind::Quote(words) => {
            frame.push(Point::ZERO, rect(full, composer.looks.back.panel, filler.span));
            // From a third of the height on: where the eye looks first.
            let part = quote::quote(composer, words, page.text_width());
            let top = page.margins.top + composer.height(page.rows / 3);
            frame.place(Point::new(left, top), part);
        }
        StyledFillerKind::Notes(title) => {
            let (head, rows) = text::title(composer, title, filler.span);
            frame.place(Point::new(left, page.margins.top), head);
            let rule = composer.looks.table;
            let mut row = rows + NOTE_ROWS;
            while row < page.rows {
                let y = page.margins.top + composer.height(row) + page.baseline;
                let ends = (Point::new(left, y), Point::new(left + page.text_width(), y));
                let weight = (rule.width / 2).max(Abs::pt(0.25));
                frame.push(Point::ZERO, line(ends.0, ends.1, rule.color, weight, filler.span));
                row += NOTE_ROWS;
            }
        }
    }
    Page { trim: page.trim, bleed: page.bleed, frame, grid: None, columns: Vec::new(), stamp: None }
}
