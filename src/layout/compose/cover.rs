//! The front page.

use super::figure::picture;
use super::placeholder::Field;
use super::shapes::rect;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect, Size};
use crate::diag::{Code, Diagnostic};
use crate::document::{Element, Frame, Page, Role};
use crate::theme::StyledCover;

/// From the panel's right edge to its text.
const PADDING: f64 = 12.0;

/// Artwork over the whole page with its bleed, and a panel with the title
/// that bleeds off at the left and the foot.
pub(in crate::layout) fn cover(composer: &mut Composer<'_>, cover: &StyledCover) -> Page {
    let page = composer.page;
    let look = composer.looks.cover;
    let bleed = page.bleed;
    let mut frame = Frame::new(page.trim.width, page.trim.height);
    let full = Rect::new(Abs::ZERO, Abs::ZERO, page.trim.width, page.trim.height).outset(bleed);
    frame.push(Point::ZERO, rect(full, look.ground, cover.span));
    let left = page.margins.left;
    let measure = look.panel_width - left - Abs::mm(PADDING);
    let paragraph = |words: Frame| words.within(Element::new(Role::Paragraph));
    let title = text::block(composer, &cover.title, measure);
    let title = title.within(Element::new(Role::Heading(1)));
    let subtitle = cover.subtitle.as_ref().map(|words| text::block(composer, words, measure));
    let subtitle = subtitle.map(paragraph);
    let sender = cover.sender.as_ref().map(|words| text::block(composer, words, measure));
    let sender = sender.map(paragraph);
    let height = |part: &Option<Frame>| part.as_ref().map_or(Abs::ZERO, |f| f.size.height);
    // Panel: two lines of air, title, one line, subtitle, four lines, sender.
    let needed = composer.height(2)
        + title.size.height
        + composer.height(1)
        + height(&subtitle)
        + composer.height(4)
        + height(&sender)
        + page.margins.bottom;
    let panel_height = look.panel_height.max(needed);
    let top = page.trim.height - panel_height;
    let room = page.trim.height - page.margins.top;
    if needed > room {
        let (tall, room) = (needed.to_mm(), room.to_mm());
        let message = format!("the words need a panel of {tall:.0} mm, the cover has {room:.0} mm");
        composer.report(
            Diagnostic::error(Code::TOO_TALL, cover.span, message)
                .hint("shorten the title or the subtitle, or set them smaller in the theme"),
        );
    }
    let mut art_nodes = Vec::new();
    if let Some(art) = &cover.image {
        // The panel covers what is below.
        let clear = Rect::new(Abs::ZERO, Abs::ZERO, page.trim.width, top);
        picture(composer, &mut frame, art, Field::page(page, clear));
        art_nodes.append(&mut frame.nodes);
    }
    let panel = Rect::new(-bleed, top, look.panel_width + bleed, panel_height + bleed);
    frame.push(Point::ZERO, rect(panel, look.panel, cover.span));
    let bar = Rect::new(-bleed, top, look.panel_width + bleed, Abs::mm(2.0));
    frame.push(Point::ZERO, rect(bar, look.accent, cover.span));
    let mut y = top + composer.height(2) + Abs::mm(2.0);
    let title_height = title.size.height;
    frame.place(Point::new(left, y), title);
    y += title_height + composer.height(1);
    if let Some(subtitle) = subtitle {
        frame.place(Point::new(left, y), subtitle);
    }
    if let Some(sender) = sender {
        let foot = page.trim.height - page.margins.bottom - sender.size.height;
        frame.place(Point::new(left, foot), sender);
    }
    // The title is heard first, then what the artwork shows.
    frame.nodes.append(&mut art_nodes);
    frame.size = Size::new(page.trim.width, page.trim.height);
    Page { trim: page.trim, bleed, frame, grid: None, columns: Vec::new(), stamp: None }
}
