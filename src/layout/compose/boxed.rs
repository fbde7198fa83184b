//! Text in a box: recommendations, facts, callouts.

use super::shapes::{framed, rect};
use super::{Composer, Ease, text};
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::{Element, Frame, Item, Role};
use crate::theme::{BoxLook, StyledBox};

/// A box of a width, its text on the grid, in whole rows.
///
/// The box's edges stand a quarter of a line inside its first and last row:
/// level with the capitals and the baseline of lines beside it.
pub(super) fn boxed(
    composer: &mut Composer<'_>,
    boxed: &StyledBox,
    width: Abs,
    ease: Ease,
) -> Frame {
    let look = &boxed.look;
    let span = span_of(boxed, composer.span);
    let bar = look.bar.map_or(Abs::ZERO, |(_, width)| width);
    let left = look.padding.max(bar);
    let inner = width - left - look.padding;
    let mut frame = Frame::new(width, composer.height(1));
    let put = |composer: &mut Composer<'_>, frame: &mut Frame, part: Frame| {
        let rows = composer.rows(part.size.height);
        frame.place(Point::new(left, frame.size.height), part);
        frame.size.height += composer.height(rows);
    };
    if let Some(title) = &boxed.title {
        let part = text::block(composer, title, inner).within(Element::new(Role::Heading(3)));
        put(composer, &mut frame, part);
        frame.size.height += composer.height(1);
    }
    let tab_height = frame.size.height;
    let part = text::stacked(composer, &boxed.text, inner, ease.entries);
    put(composer, &mut frame, part);
    let notes = text::notes(composer, &boxed.source, inner);
    put(composer, &mut frame, notes);
    frame.size.height += composer.height(1 + ease.below);
    let ground = ground(composer, look, width, frame.size.height, tab_height, span);
    frame.prepend(ground);
    frame.within(Element::new(Role::Section))
}

/// What is drawn behind the text.
fn ground(
    composer: &Composer<'_>,
    look: &BoxLook,
    width: Abs,
    height: Abs,
    tab_height: Abs,
    span: Span,
) -> Vec<(Point, Item)> {
    let inset = composer.page.inset();
    let area = Rect::new(Abs::ZERO, inset, width, height - inset * 2i64);
    let mut items = Vec::new();
    if let Some(color) = look.fill {
        items.push(rect(area, color, span));
    }
    if let Some(color) = look.tab {
        let tab = tab_height - inset - composer.height(1) / 2;
        items.push(rect(Rect::new(Abs::ZERO, inset, width, tab), color, span));
    }
    if let Some((color, thickness)) = look.bar {
        items.push(rect(Rect::new(Abs::ZERO, inset, thickness, area.size.height), color, span));
    }
    if let Some((color, thickness)) = look.rules {
        let edge = |top| rect(Rect::new(Abs::ZERO, top, width, thickness), color, span);
        items.push(edge(area.top()));
        items.push(edge(area.bottom() - thickness));
    }
    if let Some((color, thickness)) = look.frame {
        items.push(framed(area, color, thickness, span));
    }
    items.into_iter().map(|item| (Point::ZERO, item)).collect()
}

/// Where a box's text stands in the file.
fn span_of(boxed: &StyledBox, or: Span) -> Span {
    let first = boxed.title.iter().chain(boxed.text.iter().map(|para| &para.text)).next();
    first.and_then(|text| text.runs.first()).map_or(or, |run| run.text.span())
}
