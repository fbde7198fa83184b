//! Pull quotes.

use super::shapes::rect;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::document::{Element, Frame, Role};
use crate::theme::StyledQuote;

/// A quote with a rule above, its opening mark hung left of the words.
pub(super) fn quote(composer: &mut Composer<'_>, quote: &StyledQuote, width: Abs) -> Frame {
    let rule = composer.looks.quote;
    let span = quote.text.runs.first().map_or(composer.span, |run| run.text.span());
    let mark = composer.line(&quote.mark);
    let hang = mark.width;
    let mut frame = Frame::new(width, composer.height(1));
    let area = Rect::new(Abs::ZERO, composer.page.inset(), composer.height(3), rule.width);
    frame.push(Point::ZERO, rect(area, rule.color, span));
    let words = text::block(composer, &quote.text, width - hang)
        .within(Element::new(Role::Paragraph))
        .within(Element::new(Role::Quote));
    let rows = composer.rows(words.size.height);
    let first = composer.leading(&quote.text.para) * 3i64 / 4;
    // The mark only decorates: that this is a quotation, its element says.
    frame.place_apart(Point::new(Abs::ZERO, frame.size.height + first), mark.into_frame());
    frame.place(Point::new(hang, frame.size.height), words);
    frame.size.height += composer.height(rows);
    if let Some(by) = &quote.by {
        let part = text::block(composer, by, width - hang);
        let part = part.within(Element::new(Role::Paragraph));
        let rows = composer.rows(part.size.height);
        frame.place(Point::new(hang, frame.size.height), part);
        frame.size.height += composer.height(rows);
    }
    frame
}
