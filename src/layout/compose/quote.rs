//! Pull quotes.

use super::shapes::rect;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::document::{Element, Frame, Role};
use crate::text::LineEnd;
use crate::theme::StyledQuote;

/// A quote with a rule above, its opening mark hung left of the words.
pub(super) fn quote(composer: &mut Composer<'_>, quote: &StyledQuote, width: Abs) -> Frame {
    let rule = composer.looks.quote;
    let span = quote.text.runs.first().map_or(composer.span, |run| run.text.span());
    let mut mark = composer.line(&quote.mark);
    // The quotation begins right after it.
    mark.end = LineEnd::Joined;
    let hang = mark.width;
    let mut frame = Frame::new(width, composer.height(1));
    let area = Rect::new(Abs::ZERO, composer.page.inset(), composer.height(3), rule.width);
    frame.push(Point::ZERO, rect(area, rule.color, span));
    let words = text::block(composer, &quote.text, width - hang);
    let rows = composer.rows(words.size.height);
    let first = composer.leading(&quote.text.para) * 3i64 / 4;
    // The mark is heard as the first letter of the quotation, which has one at its
    // end too.
    let top = frame.size.height;
    let mut all = frame.place_apart(Point::new(Abs::ZERO, top + first), mark.into_frame());
    all.extend(frame.place_apart(Point::new(hang, top), words));
    let all = Element::new(Role::Paragraph).with(all);
    frame.nodes.push(Element::new(Role::Quote).with([all.into()]).into());
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
