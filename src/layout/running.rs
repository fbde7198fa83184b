//! Headers and footers.

use super::compose::Composer;
use super::pages::left_margin;
use crate::base::{Abs, Point};
use crate::diag::{Code, Diagnostic};
use crate::document::{Element, Frame, Role};
use crate::source::Text;
use crate::text::Line;
use crate::theme::{Side, Styled, StyledRunning, StyledText};

/// From the top margin up to the header's baseline, and from the foot of the
/// last row down to the footer's, in grid lines.
const DISTANCE: f64 = 1.75;

/// The header and footer of a page (number from 1) in which `chapter` runs.
pub(super) fn header_and_footer(
    composer: &mut Composer<'_>,
    styled: &Styled,
    number: usize,
    chapter: &str,
) -> Frame {
    let look = styled.looks.page;
    let mut frame = Frame::new(look.trim.width, look.trim.height);
    let head = look.margins.top - look.leading * DISTANCE;
    let foot = look.margins.top + look.leading * look.rows + look.leading * DISTANCE;
    for (running, baseline, role) in
        [(&styled.header, head, Role::Header), (&styled.footer, foot, Role::Footer)]
    {
        // A line that repeats from page to page is of no interest to who is read to.
        let line = put(composer, running, number, chapter, baseline);
        frame.place(Point::ZERO, line.within(Element::new(role)));
    }
    frame
}

fn put(
    composer: &mut Composer<'_>,
    running: &StyledRunning,
    number: usize,
    chapter: &str,
    baseline: Abs,
) -> Frame {
    let recto = number % 2 == 1;
    let (mut left, mut right) = (running.left.clone(), running.right.clone());
    let mut set = |side: Side, words: StyledText| match side {
        Side::Left => left = Some(words),
        Side::Right => right = Some(words),
        Side::Outside if recto => right = Some(words),
        Side::Outside => left = Some(words),
        Side::Inside if recto => left = Some(words),
        Side::Inside => right = Some(words),
    };
    let styles = &composer.looks.styles;
    if let Some((side, span)) = running.chapter.filter(|_| !chapter.is_empty()) {
        set(side, styles.running.plain(&Text::made(chapter, span)));
    }
    if let Some((side, span)) = running.page_number {
        let digits = Text::made(number.to_string(), span);
        set(side, styles.page_number.plain(&digits));
    }
    let look = composer.page;
    let margin = left_margin(look, number - 1);
    let span = |words: &StyledText| words.runs.first().map(|run| run.text.span());
    let place = left.as_ref().and_then(span).or_else(|| right.as_ref().and_then(span));
    let left = left.map(|words| composer.line_again(&words));
    let right = right.map(|words| composer.line_again(&words));
    let width = |line: &Option<Line>| line.as_ref().map_or(Abs::ZERO, |line| line.width);
    let (room, gap) = (look.text_width(), look.leading);
    let needed = width(&left) + width(&right);
    if needed + gap > room
        && let Some(span) = place
    {
        let (needed, room) = ((needed + gap).to_mm(), room.to_mm());
        let message =
            format!("the words of a header or footer need {needed:.0} mm, it has {room:.0} mm");
        composer.report(
            Diagnostic::error(Code::TOO_WIDE, span, message)
                .hint("shorten them, or the chapter title that stands beside them"),
        );
    }
    let x = margin + room - width(&right);
    let mut frame = Frame::default();
    if let Some(line) = left {
        frame.place(Point::new(margin, baseline), line.into_frame());
    }
    if let Some(line) = right {
        frame.place(Point::new(x, baseline), line.into_frame());
    }
    frame
}
