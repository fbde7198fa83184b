//! Charts: frame, heading and words; the drawings stand in `bars` and `pie`.

use super::{Composer, bars, pie, text};
use crate::base::{Abs, Point};
use crate::color::Color;
use crate::diag::Span;
use crate::document::Frame;
use crate::theme::{ChartKind, StyledChart};

/// A chart of a width with its heading, caption and source, in whole rows.
pub(super) fn chart(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    if let Some(title) = &chart.title {
        let part = text::block(composer, title, width);
        text::append(composer, &mut frame, part);
    }
    // Half a line parts the drawing from its heading.
    let white = if chart.title.is_some() { composer.height(1) / 2 } else { Abs::ZERO };
    let Drawn { frame: drawing, foot } = match chart.kind {
        ChartKind::Bar => bars::bars(composer, chart, width),
        ChartKind::Stacked => bars::stacked(composer, chart, width, span),
        ChartKind::Pie => pie::pie(composer, chart, width, 0.0),
        ChartKind::Donut => pie::pie(composer, chart, width, 0.58),
    };
    let notes = text::notes(composer, chart.caption.iter().chain(&chart.source), width);
    let rows = composer.rows(white + drawing.size.height);
    let mut below = Frame::new(width, composer.height(rows));
    let top = if notes.size.height > Abs::ZERO {
        white
    } else {
        // What is drawn last stands on the baseline, as a line of text would.
        below.size.height - (composer.page.leading - composer.page.baseline) - foot
    };
    below.place(Point::new(Abs::ZERO, top), drawing);
    text::append(composer, &mut frame, below);
    text::append(composer, &mut frame, notes);
    frame
}

/// The drawing of a chart.
pub(super) struct Drawn {
    /// The drawing with the room around it.
    pub(super) frame: Frame,
    /// Where the lowest thing in it ends.
    pub(super) foot: Abs,
}

/// Whether white letters read better on a colour than black ones: by its
/// lightness, weighted as the eye does (Rec. 601 luma; inks by their share
/// of the light they take).
pub(super) fn is_dark(color: Color) -> bool {
    match color {
        Color::Rgb([r, g, b]) => {
            299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) < 127_500
        }
        Color::Cmyk([c, m, y, k]) => {
            let inks = 30 * u32::from(c) + 50 * u32::from(m) + 8 * u32::from(y);
            inks / 100 + u32::from(k) > 5_500
        }
    }
}
