//! Big numbers, side by side.

use super::placeholder::{Field, placeholder};
use super::shapes::line;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::{Element, Frame, Node, Role};
use crate::theme::{StyledStats, StyledText, StyledValue};

/// The least width of the placeholder of a number.
const PLACEHOLDER_MM: f64 = 25.0;

/// Numbers in cells of equal width with hairlines between, as many beside
/// each other as have room, in whole rows.
pub(super) fn stats(
    composer: &mut Composer<'_>,
    stats: &StyledStats,
    width: Abs,
    span: Span,
) -> Frame {
    let rule = composer.looks.stats;
    // The gutter, so that three cells stand where three columns do.
    let gap = composer.page.gutter;
    let mut frame = Frame::new(width, Abs::ZERO);
    let inset = composer.page.inset();
    let top = inset + rule.width / 2;
    frame.push(
        Point::ZERO,
        line(
            Point::new(Abs::ZERO, top),
            Point::new(width, top),
            rule.color,
            rule.width * 2i64,
            span,
        ),
    );
    frame.size.height = composer.height(1);
    if let Some(title) = &stats.title {
        let part = text::block(composer, title, width).within(Element::new(Role::Heading(3)));
        text::append(composer, &mut frame, part);
        frame.size.height += composer.height(1);
    }
    let across = cells_across(composer, stats, width, gap);
    let cell = (width - gap * (across as i64 - 1)) / across as i64;
    for (index, row) in stats.items.chunks(across).enumerate() {
        if index > 0 {
            frame.size.height += composer.height(1);
        }
        let top = frame.size.height;
        let mut tallest = Abs::ZERO;
        for (column, (value, label)) in row.iter().enumerate() {
            let x = (cell + gap) * column as i64;
            let numeral = match value {
                StyledValue::Printed(value) => text::block(composer, value, cell),
                StyledValue::Placeholder(words) => stand_in(composer, words, cell, span),
            };
            let below = numeral.size.height;
            // Numeral and words are one statement, to be read in one breath.
            let mut statement = Element::new(Role::Paragraph);
            let value = frame.place_apart(Point::new(x, top), numeral);
            statement.children.extend(value.into_iter().flat_map(words_of));
            let words = text::block(composer, label, cell);
            tallest = tallest.max(below + words.size.height);
            statement.children.extend(frame.place_apart(Point::new(x, top + below), words));
            frame.nodes.push(statement.into());
        }
        let rows = composer.rows(tallest);
        frame.size.height += composer.height(rows);
        for column in 1..row.len() {
            let x = (cell + gap) * column as i64 - gap / 2;
            let from = Point::new(x, top + inset);
            let to = Point::new(x, frame.size.height - inset);
            frame.push(Point::ZERO, line(from, to, rule.color, rule.width, span));
        }
    }
    let notes = text::notes(composer, &stats.source, width);
    text::append(composer, &mut frame, notes);
    frame.within(Element::new(Role::Section))
}

/// What is in a paragraph of its own, for the paragraph that it becomes a part of.
fn words_of(node: Node) -> Vec<Node> {
    match node {
        Node::Element(element) if element.role == Role::Paragraph => element.children,
        other => vec![other],
    }
}

/// The placeholder of a number: as tall as its numerals and the white above them.
fn stand_in(composer: &mut Composer<'_>, words: &StyledText, cell: Abs, span: Span) -> Frame {
    let style = &composer.looks.styles.stat_value;
    let (high, leading) = (style.plain.cap_height(), composer.leading(&style.para));
    let baseline = leading * 3i64 / 4;
    let mut frame = Frame::new(cell, leading);
    let height = high.max(composer.leading(&words.para) * 2i64).min(baseline);
    let area = Rect::new(Abs::ZERO, baseline - height, cell, height);
    placeholder(composer, &mut frame, words, Field::whole(area), span);
    // Its words are part of a statement, and no paragraph by themselves.
    let nodes = std::mem::take(&mut frame.nodes);
    frame.nodes.extend(nodes.into_iter().flat_map(|node| match node {
        Node::Element(paragraph) => paragraph.children,
        other => vec![other],
    }));
    frame
}

/// How many numbers have room beside each other: all, half of them, or one.
fn cells_across(composer: &mut Composer<'_>, stats: &StyledStats, width: Abs, gap: Abs) -> usize {
    let width_of = |(value, _): &(StyledValue, StyledText)| match value {
        StyledValue::Printed(value) => composer.line(value).width,
        StyledValue::Placeholder(_) => Abs::mm(PLACEHOLDER_MM),
    };
    let widest = stats.items.iter().map(width_of).max().unwrap_or(Abs::ZERO);
    let count = stats.items.len().max(1);
    [count, count.div_ceil(2)]
        .into_iter()
        .find(|&across| widest * across as i64 + gap * (across as i64 - 1) <= width)
        .unwrap_or(1)
}
