//! Headers and footers.

use super::compose::Composer;
use super::pages::left_margin;
use crate::base::{Abs, Point};
use crate::document::Frame;
use crate::source::Text;
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
    for (running, baseline) in [(&styled.header, head), (&styled.footer, foot)] {
        put(composer, running, number, chapter, baseline, &mut frame);
    }
    frame
}

fn put(
    composer: &mut Composer<'_>,
    running: &StyledRunning,
    number: usize,
    chapter: &str,
    baseline: Abs,
    frame: &mut Frame,
) {
    let recto = number % 2 == 1;
    let (mut left, mut right) = (running.left.clone(), running.right.clone());
    let mut set = |side: Option<Side>, words: StyledText| match side {
        Some(Side::Left) => left = Some(words),
        Some(Side::Right) => right = Some(words),
        Some(Side::Outside) if recto => right = Some(words),
        Some(Side::Outside) => left = Some(words),
        Some(Side::Inside) if recto => left = Some(words),
        Some(Side::Inside) => right = Some(words),
        None => {}
    };
    let styles = &composer.looks.styles;
    if !chapter.is_empty() {
        set(running.chapter, styles.running.plain(&Text::made(chapter, composer.span)));
    }
    if running.page_number.is_some() {
        let digits = Text::made(number.to_string(), composer.span);
        set(running.page_number, styles.page_number.plain(&digits));
    }
    let look = composer.looks.page;
    let margin = left_margin(look, number - 1);
    if let Some(words) = left {
        let line = composer.line(&words);
        frame.place(Point::new(margin, baseline), line.into_frame());
    }
    if let Some(words) = right {
        let line = composer.line(&words);
        let x = margin + look.text_width() - line.width;
        frame.place(Point::new(x, baseline), line.into_frame());
    }
}
