//! Bar charts, and what bars of several parts share with them.

use super::chart::{Drawn, cell, shown};
use super::luminance::is_dark;
use super::shapes::rect;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::color::Color;
use crate::diag::{Code, Diagnostic};
use crate::document::{Element, Frame, Node, Role};
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};

/// The share of the width that labels may take.
const LABEL_SHARE: f64 = 0.42;

/// Bars with labels at the left and values at their ends.
pub(super) fn bars(composer: &mut Composer<'_>, chart: &StyledChart, width: Abs) -> Drawn {
    let gap = composer.page.leading / 2;
    let labels = label_width(composer, &chart.rows, width);
    let values: Vec<Line> = chart
        .rows
        .iter()
        .filter_map(|row| row.printed.first())
        .map(|value| composer.line(value))
        .collect();
    let value_width = values.iter().map(|line| line.width).max().unwrap_or(Abs::ZERO);
    let room = width - labels - gap - value_width - gap;
    check_room(composer, room, value_width, chart.rows.first());
    let most = chart.rows.iter().filter_map(|row| row.values.first().copied()).fold(0.0, f64::max);
    let (mut frame, mut foot) = (Frame::new(width, Abs::ZERO), Abs::ZERO);
    let (mut drawn, mut table) = (Vec::new(), Vec::new());
    for (row, value) in chart.rows.iter().zip(values) {
        let spot = label(composer, &mut frame, row, labels);
        let share =
            if most > 0.0 { row.values.first().copied().unwrap_or(0.0) / most } else { 0.0 };
        let length = room * share;
        let bar = Rect::new(labels + gap, spot.bar_top, length, spot.bar_height);
        drawn.push(frame.push_apart(Point::ZERO, rect(bar, row.color, row.span)));
        let at = Point::new(labels + gap + length + gap / 2, spot.baseline);
        let value = frame.place_apart(at, value.into_frame());
        let cells = [cell(Role::RowHead, spot.words), cell(Role::Cell, value)];
        table.push(Element::new(Role::Row).with(cells));
        foot = spot.foot;
    }
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot }
}

/// Words on a part of a chart, in the one of two colours that reads better there.
pub(super) fn inside(composer: &mut Composer<'_>, words: &StyledText, ground: Color) -> Line {
    let styles = &composer.looks.styles;
    let (own, reversed) = (&styles.chart_value.plain, &styles.chart_reversed.plain);
    if !is_dark(ground, own.color, reversed.color) {
        return composer.line(words);
    }
    let mut words = words.clone();
    for run in &mut words.runs {
        run.style = reversed.clone();
    }
    composer.line(&words)
}

/// The widest label, but no more than its share.
pub(super) fn label_width(composer: &mut Composer<'_>, rows: &[StyledRow], width: Abs) -> Abs {
    let widest = rows.iter().map(|row| composer.line(&row.label).width).max();
    widest.unwrap_or(Abs::ZERO).min(width * LABEL_SHARE)
}

/// Where a row's bar and value stand.
pub(super) struct Spot {
    pub(super) bar_top: Abs,
    pub(super) bar_height: Abs,
    pub(super) baseline: Abs,
    /// The label.
    pub(super) words: Vec<Node>,
    /// The foot of the bar, or the last baseline of a label that is taller.
    pub(super) foot: Abs,
}

/// Adds a row with its label; the bar stands beside the label's middle.
pub(super) fn label(
    composer: &mut Composer<'_>,
    frame: &mut Frame,
    row: &StyledRow,
    width: Abs,
) -> Spot {
    let page = composer.page;
    let words = text::label(composer, &row.label, width);
    let lines = (words.size.height / composer.leading(&row.label.para)).round() as i64;
    let rows = composer.rows(words.size.height).max(1);
    let top = frame.size.height;
    let area = composer.height(rows);
    frame.size.height += area;
    let bar_height = page.leading * 0.72;
    let bar_top = top + (area - bar_height) / 2;
    let style = row.label.runs.first().map(|run| run.style.cap_height());
    let baseline = bar_top + (bar_height + style.unwrap_or(Abs::ZERO)) / 2;
    // A label of one line shares the value's baseline; a taller one is centred.
    let at = if lines <= 1 {
        baseline - composer.leading(&row.label.para) * 3i64 / 4
    } else {
        top + (area - words.size.height) / 2
    };
    let last_line = at + words.size.height - composer.leading(&row.label.para) / 4;
    let foot = (bar_top + bar_height).max(last_line);
    let words = frame.place_apart(Point::new(Abs::ZERO, at), words);
    Spot { bar_top, bar_height, baseline, words, foot }
}

/// Reports values that are so wide that nothing is left for the rest of a chart.
pub(super) fn check_room(
    composer: &mut Composer<'_>,
    room: Abs,
    values: Abs,
    row: Option<&StyledRow>,
) {
    let least = composer.page.leading * 2i64;
    let Some(row) = row.filter(|_| room < least) else { return };
    let message = format!("the values of this chart are {:.0} mm wide", values.to_mm());
    composer.report(
        Diagnostic::error(Code::TOO_WIDE, row.span, message)
            .label("leaves no room for the chart")
            .hint("shorten `unit`, count in thousands or millions, or set `width = \"page\"`"),
    );
}
