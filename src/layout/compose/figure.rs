//! Images with their words.

use super::placeholder::{Field, placeholder};
use super::{Composer, Ease, text};
use crate::assets::Image;
use crate::base::{Abs, Point, Rect, Size};
use crate::document::{Element, Frame, Item, Picture, Role};
use crate::layout::structure;
use crate::theme::{StyledArt, StyledFigure, StyledPicture};

/// An image across a width with caption and credit below, in whole rows.
///
/// The image ends on the grid. A photograph is as tall as its proportions ask, give
/// or take half a row: what reaches past is cut off evenly. To fill a column it may
/// be a little taller or lower. A drawing keeps its proportions.
pub(super) fn figure(
    composer: &mut Composer<'_>,
    figure: &StyledFigure,
    width: Abs,
    ease: Ease,
) -> Frame {
    let inset = composer.page.inset();
    let natural = width * figure.picture.aspect;
    let nearest =
        (natural + inset * 2i64 + composer.height(1) / 2).to_sp() / composer.height(1).to_sp();
    let rows = (nearest + ease.image).max(2);
    let room = Size::new(width, composer.height(rows) - inset * 2i64);
    // A drawing is seen whole: it must not lose what it shows, at its edges least.
    let drawing = matches!(figure.picture.art, StyledArt::Image(Image::Drawing(_)));
    let size = match drawing {
        true if natural > room.height => Size::new(width * (room.height / natural), room.height),
        true => Size::new(width, natural),
        false => room,
    };
    let (left, top) = ((width - size.width) / 2, inset + room.height - size.height);
    let mut frame = Frame::new(width, composer.height(rows));
    let area = Rect { origin: Point::new(left, top), size };
    picture(composer, &mut frame, &figure.picture, Field::whole(area));
    let mut notes = text::notes(composer, &figure.caption, width);
    let words = std::mem::take(&mut notes.nodes);
    // Words below a picture that only decorates, or is not there yet, are words of
    // the text.
    let shown = figure.picture.alt.is_some() && matches!(figure.picture.art, StyledArt::Image(_));
    notes.nodes.extend(
        words.into_iter().map(|words| if shown { structure::caption(words) } else { words }),
    );
    let described = shown && !notes.nodes.is_empty();
    text::append(composer, &mut frame, notes);
    // A caption in the figure itself would be lost behind the words for what it
    // shows; a section holds both together, as it does a chart and its caption.
    if described { frame.within(Element::new(Role::Section)) } else { frame }
}

/// Adds an image that fills an area, or its placeholder. An image without words
/// for what it shows only decorates.
pub(super) fn picture(
    composer: &mut Composer<'_>,
    frame: &mut Frame,
    picture: &StyledPicture,
    field: Field,
) {
    match &picture.art {
        StyledArt::Image(image) => {
            let item = Item::Picture(Picture {
                source: image.clone(),
                size: field.area.size,
                alt: picture.alt.clone(),
                cover: true,
                span: picture.span,
            });
            let drawn = frame.push_apart(field.area.origin, item);
            if picture.alt.is_some() {
                let shown = Element::new(Role::Figure).with([drawn]).alt(picture.alt.clone());
                frame.nodes.push(shown.into());
            }
        }
        StyledArt::Placeholder(words) => {
            placeholder(composer, frame, words, field, picture.span);
        }
    }
}
