//! Images with their words.

use super::{Composer, text};
use crate::base::{Abs, Point, Size};
use crate::document::{Frame, Item, Picture};
use crate::theme::{StyledFigure, StyledPicture};

/// An image across a width with caption and credit below, in whole rows.
///
/// The image is as tall as its proportions ask, give or take half a row, so
/// that it ends on the grid: what reaches past is cut off evenly.
pub(super) fn figure(composer: &mut Composer<'_>, figure: &StyledFigure, width: Abs) -> Frame {
    let inset = composer.looks.page.inset();
    let natural = width * figure.picture.aspect;
    let nearest =
        (natural + inset * 2i64 + composer.height(1) / 2).to_sp() / composer.height(1).to_sp();
    let rows = nearest.max(2);
    let size = Size::new(width, composer.height(rows) - inset * 2i64);
    let mut frame = Frame::new(width, composer.height(rows));
    frame.push(Point::new(Abs::ZERO, inset), picture(&figure.picture, size));
    let notes = text::notes(composer, &figure.caption, width);
    text::append(composer, &mut frame, notes);
    frame
}

/// An image that fills a size.
pub(super) fn picture(picture: &StyledPicture, size: Size) -> Item {
    Item::Picture(Picture {
        source: picture.source.clone(),
        size,
        alt: picture.alt.clone(),
        cover: true,
        span: picture.span,
    })
}
