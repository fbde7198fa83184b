//! The last page: the people to call and the sender.

use super::super::pages::grid;
use super::figure::picture;
use super::links::Matrix;
use super::placeholder::Field;
use super::shapes::{line, rect};
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::diag::{Code, Diagnostic};
use crate::document::{Element, Frame, Item, Page, Role};
use crate::theme::{StyledBack, StyledContact};

/// Contacts beside each other.
const CARDS_ACROSS: usize = 3;

/// The least part of the page's height that the sender's panel takes.
const PANEL_SHARE: f64 = 0.4;

/// The side of a portrait, in rows.
const PORTRAIT_ROWS: i64 = 7;

/// Contacts as cards of one height from the top; the sender's address on a
/// panel that bleeds off at the foot.
pub(in crate::layout) fn back(composer: &mut Composer<'_>, back: &StyledBack) -> Page {
    let page = composer.page;
    let width = page.text_width();
    // The last page of a brochure is a left-hand page.
    let left = page.margins.right;
    let mut frame = Frame::new(page.trim.width, page.trim.height);
    let panel = panel(composer, back, width);
    // The panel starts on a row of the grid and takes two fifths of the page.
    let least = panel.size.height.max(page.trim.height * PANEL_SHARE);
    let above = page.trim.height - least - page.margins.top;
    let row = above.to_sp().div_euclid(page.leading.to_sp());
    let panel_top = page.margins.top + page.leading * row;
    let panel_height = page.trim.height - panel_top;
    let area = Rect::new(
        -page.bleed,
        panel_top,
        page.trim.width + page.bleed * 2i64,
        panel_height + page.bleed,
    );
    frame.push(Point::ZERO, rect(area, composer.looks.back.panel, back.span));
    let cards = cards(composer, back, width);
    if page.margins.top + cards.size.height > panel_top {
        composer.report(
            Diagnostic::error(
                Code::TOO_TALL,
                back.span,
                format!(
                    "the contacts and the organisation's lines need {:.0} mm, the back page has \
                     {:.0} mm",
                    (cards.size.height + panel.size.height).to_mm(),
                    (page.trim.height - page.margins.top).to_mm()
                ),
            )
            .hint("list fewer contacts, or shorten the organisation's text"),
        );
    }
    frame.place(Point::new(left, page.margins.top), cards);
    frame.place(Point::new(left, panel_top), panel);
    Page {
        trim: page.trim,
        bleed: page.bleed,
        frame,
        grid: Some(grid(page)),
        columns: Vec::new(),
        stamp: None,
    }
}

/// Heading and contacts.
fn cards(composer: &mut Composer<'_>, back: &StyledBack, width: Abs) -> Frame {
    let page = composer.page;
    let mut frame = Frame::new(width, Abs::ZERO);
    if let Some(words) = &back.title {
        let (title, rows) = text::title(composer, words, back.span);
        frame.place(Point::ZERO, title);
        frame.size.height = composer.height(rows + 2);
    }
    let measure = (width - page.gutter * (CARDS_ACROSS as i64 - 1)) / CARDS_ACROSS as i64;
    for row in back.contacts.chunks(CARDS_ACROSS) {
        let portraits = match row.iter().filter(|contact| contact.portrait.is_some()).count() {
            0 => Portraits::None,
            count if count == row.len() => Portraits::Above,
            _ => Portraits::Below,
        };
        let heads = row.iter().map(|contact| contact.head).max().unwrap_or(0);
        let mut parts = Vec::new();
        for contact in row {
            parts.push(card(composer, contact, measure, portraits, heads));
        }
        let mut tallest = parts.iter().map(|part| part.size.height).max().unwrap_or(Abs::ZERO);
        let (top, words) = (frame.size.height, tallest);
        for (index, (contact, mut part)) in row.iter().zip(parts).enumerate() {
            if portraits == Portraits::Below && contact.portrait.is_some() {
                part.size.height = words + composer.height(1);
                // Who listens meets a contact in one order, wherever the portrait is.
                let mut nodes = std::mem::take(&mut part.nodes);
                portrait(composer, &mut part, contact);
                part.nodes.append(&mut nodes);
                tallest = tallest.max(part.size.height);
            }
            let part = part.within(Element::new(Role::Section));
            frame.place(Point::new((measure + page.gutter) * index as i64, top), part);
        }
        let rows = composer.rows(tallest) + 2;
        frame.size.height += composer.height(rows);
    }
    frame
}

/// Where the portraits in a row of cards stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Portraits {
    /// No card has one.
    None,
    /// Between rule and words: each card has one.
    Above,
    /// Below the words: some cards have none, and their words begin below the rule
    /// as the others do, not below an empty place.
    Below,
}

/// A contact: rule, portrait if it stands above, name and role, addresses. `heads` is the most
/// lines that name and role take in the row of cards, so that lines align.
fn card(
    composer: &mut Composer<'_>,
    contact: &StyledContact,
    width: Abs,
    portraits: Portraits,
    heads: usize,
) -> Frame {
    let page = composer.page;
    let rule = composer.looks.back.rule;
    let mut frame = Frame::new(width, composer.height(1));
    let y = page.inset();
    let ends = (Point::new(Abs::ZERO, y), Point::new(width, y));
    frame.push(Point::ZERO, line(ends.0, ends.1, rule.color, rule.width * 2i64, contact.span));
    if portraits == Portraits::Above {
        portrait(composer, &mut frame, contact);
        frame.size.height += composer.height(1);
    }
    for (index, words) in contact.lines.iter().enumerate() {
        if index == contact.head {
            frame.size.height += page.leading * (heads - contact.head) as i64;
        }
        push(composer, &mut frame, words);
    }
    frame
}

/// Adds a contact's portrait.
fn portrait(composer: &mut Composer<'_>, frame: &mut Frame, contact: &StyledContact) {
    let inset = composer.page.inset();
    let side = composer.height(PORTRAIT_ROWS) - inset * 2i64;
    if let Some(portrait) = &contact.portrait {
        let area = Rect::new(Abs::ZERO, frame.size.height + inset, side, side);
        picture(composer, frame, portrait, Field::whole(area));
    }
    frame.size.height += composer.height(PORTRAIT_ROWS);
}

/// The sender's name, address and text, as tall as they need with air.
fn panel(composer: &mut Composer<'_>, back: &StyledBack, width: Abs) -> Frame {
    let page = composer.page;
    let measure = page.column_width(3);
    let mut frame = Frame::new(width, Abs::ZERO);
    let top = composer.height(3);
    let column = |index: i64| (measure + page.gutter) * index;
    let mut address = Frame::new(measure, Abs::ZERO);
    for words in back.name.iter().chain(&back.tagline) {
        push(composer, &mut address, words);
    }
    if !back.address.is_empty() {
        address.size.height += composer.height(1);
    }
    for words in &back.address {
        push(composer, &mut address, words);
    }
    let about_width = if back.qr.is_some() { measure } else { measure * 2i64 + page.gutter };
    let about = text::stacked(composer, &back.about, about_width, 0);
    let mut tallest = address.size.height.max(about.size.height);
    frame.place(Point::new(Abs::ZERO, top), address);
    frame.place(Point::new(column(1), top), about);
    if let Some((url, words)) = &back.qr {
        let side = composer.height(6);
        let right = column(2);
        // The code stands on paper white, whatever the panel's colour.
        let ground = Rect::new(right, top + page.inset(), side, side);
        frame.push(Point::ZERO, rect(ground, crate::color::Color::WHITE, back.span));
        if let Some(code) = Matrix::new(url) {
            let (at, item) = code.within(side, back.span);
            frame.push(ground.origin + at, item);
        }
        // The website stands in the lines of the address, with its link. What repeats
        // it for who holds a phone before the page decorates the code, so that it is
        // heard once.
        let mut caption = text::block(composer, words, side);
        caption.nodes.clear();
        caption.items.retain(|(_, item)| !matches!(item, Item::Link(_)));
        let below = top + page.inset() + side + composer.height(1) / 2;
        tallest = tallest.max(below + caption.size.height - top);
        frame.place(Point::new(right, below), caption);
    }
    frame.size.height = top + tallest + page.margins.bottom;
    frame
}

fn push(composer: &mut Composer<'_>, frame: &mut Frame, words: &crate::theme::StyledText) {
    let part = text::block(composer, words, frame.size.width);
    text::append(composer, frame, part.within(Element::new(Role::Paragraph)));
}
