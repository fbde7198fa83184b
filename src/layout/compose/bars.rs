//! Bar charts.

use super::chart::{Drawn, cell, is_dark, shown};
use super::shapes::rect;
use super::{Composer, text};
use crate::base::{Abs, Point, Rect};
use crate::diag::{Code, Diagnostic, Span};
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

/// Bars of several parts, with values inside where they fit.
///
/// The names of the series stand above the parts of the first bar, so that they
/// need no colour to be found. Where one is wider than its part, a key has them
/// all in the order of the parts.
pub(super) fn stacked(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> Drawn {
    let gap = composer.page.leading / 2;
    let labels = label_width(composer, &chart.rows, width);
    let room = width - labels - gap;
    let total = |row: &StyledRow| row.values.iter().sum::<f64>();
    let most = chart.rows.iter().map(total).fold(0.0, f64::max);
    let lengths = |row: &StyledRow| -> Vec<Abs> {
        let length = |value: &f64| if most > 0.0 { room * (value / most) } else { Abs::ZERO };
        row.values.iter().map(length).collect()
    };
    let first = chart.rows.first().map(lengths).unwrap_or_default();
    let (mut frame, heads, mut drawn) = match heads(composer, chart, width, labels + gap, &first) {
        Some((frame, heads)) => (frame, heads, Vec::new()),
        None => key(composer, chart, width, span),
    };
    let (mut table, mut foot) = (vec![heads], frame.size.height);
    for row in &chart.rows {
        let spot = label(composer, &mut frame, row, labels);
        let mut cells = vec![cell(Role::RowHead, spot.words)];
        let mut x = labels + gap;
        for (index, length) in lengths(row).into_iter().enumerate() {
            let color = color(chart, index);
            let part = Rect::new(x, spot.bar_top, length, spot.bar_height);
            drawn.push(frame.push_apart(Point::ZERO, rect(part, color, row.span)));
            let mut words = Vec::new();
            if let Some(printed) = row.printed.get(index) {
                let line = inside(composer, printed, is_dark(color));
                if line.width + gap < length {
                    let at = Point::new(x + (length - line.width) / 2, spot.baseline);
                    words = frame.place_apart(at, line.into_frame());
                }
            }
            cells.push(cell(Role::Cell, words));
            x += length;
            separate(composer, &mut frame, x, part, row.span);
        }
        table.push(Element::new(Role::Row).with(cells));
        foot = spot.foot;
    }
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot }
}

/// A value on a bar, in the colour that reads best there.
pub(super) fn inside(composer: &mut Composer<'_>, printed: &StyledText, dark: bool) -> Line {
    if !dark {
        return composer.line(printed);
    }
    let mut words = printed.clone();
    for run in &mut words.runs {
        run.style = composer.looks.styles.chart_reversed.plain.clone();
    }
    composer.line(&words)
}

/// A thin separator at the right edge of a bar's part.
fn separate(composer: &Composer<'_>, frame: &mut Frame, x: Abs, part: Rect, span: Span) {
    let look = composer.looks.chart.separator;
    let edge = Rect::new(x - look.width, part.top(), look.width, part.size.height);
    frame.push(Point::ZERO, rect(edge, look.color, span));
}

fn color(chart: &StyledChart, index: usize) -> crate::color::Color {
    chart.palette[index % chart.palette.len()]
}

/// The names of the series, each above its part of the first bar; none if one of
/// them does not fit there.
fn heads(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    left: Abs,
    lengths: &[Abs],
) -> Option<(Frame, Element)> {
    let leading = composer.page.leading;
    let names: Vec<Line> = chart.series.iter().map(|name| composer.line(name)).collect();
    let fits = names.iter().zip(lengths).all(|(name, length)| name.width + leading / 2 <= *length);
    if !fits || names.len() != lengths.len() {
        return None;
    }
    let mut heads = vec![cell(Role::Cell, Vec::new())];
    let mut frame = Frame::new(width, leading);
    let mut x = left;
    for (name, length) in names.into_iter().zip(lengths) {
        let at = Point::new(x, composer.page.baseline);
        heads.push(cell(Role::ColumnHead, frame.place_apart(at, name.into_frame())));
        x += *length;
    }
    Some((frame, Element::new(Role::Row).with(heads)))
}

/// The names of the series, each after a swatch of its colour: the frame, the
/// names as heads of columns, the swatches.
fn key(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> (Frame, Element, Vec<Node>) {
    let mut heads = vec![cell(Role::Cell, Vec::new())];
    let mut swatches = Vec::new();
    let leading = composer.page.leading;
    let swatch = leading * 0.55;
    let mut frame = Frame::new(width, leading);
    let mut x = Abs::ZERO;
    for (index, name) in chart.series.iter().enumerate() {
        let line = composer.line(name);
        let needed = swatch + leading / 3 + line.width;
        if x > Abs::ZERO && x + needed > width {
            x = Abs::ZERO;
            frame.size.height += leading;
        }
        let top = frame.size.height - leading;
        let baseline = top + composer.page.baseline;
        let area = Rect::new(x, baseline - swatch, swatch, swatch);
        swatches.push(frame.push_apart(Point::ZERO, rect(area, color(chart, index), span)));
        let at = Point::new(x + swatch + leading / 3, baseline);
        heads.push(cell(Role::ColumnHead, frame.place_apart(at, line.into_frame())));
        x += needed + leading;
    }
    (frame, Element::new(Role::Row).with(heads), swatches)
}

/// The widest label, but no more than its share.
fn label_width(composer: &mut Composer<'_>, rows: &[StyledRow], width: Abs) -> Abs {
    let widest = rows.iter().map(|row| composer.line(&row.label).width).max();
    widest.unwrap_or(Abs::ZERO).min(width * LABEL_SHARE)
}

/// Where a row's bar and value stand.
struct Spot {
    bar_top: Abs,
    bar_height: Abs,
    baseline: Abs,
    /// The label.
    words: Vec<Node>,
    /// The foot of the bar, or the last baseline of a label that is taller.
    foot: Abs,
}

/// Adds a row with its label; the bar stands beside the label's middle.
fn label(composer: &mut Composer<'_>, frame: &mut Frame, row: &StyledRow, width: Abs) -> Spot {
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
