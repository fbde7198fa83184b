//! Bars of several parts.

use super::Composer;
use super::bars::{Spot, inside, label, label_width};
use super::chart::{Drawn, LEADER, cell, letter, shown};
use super::shapes::{line, rect};
use super::spread::spread;
use crate::base::{Abs, Point, Rect};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Span};
use crate::document::{Element, Frame, Node, Role};
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};

/// How far a part reaches beyond the separator beside it, at the least, to be
/// seen and counted.
const SEEN: Abs = Abs::sp(65_536);

/// Bars of several parts, with values inside where they fit and else above, with
/// a line to their part.
///
/// No part is known by its colour alone. The names of the series stand above the
/// parts of the first bar, and parts are found by their order. Where a name is
/// wider than its part, or a bar lacks a part that could be counted, a key gives
/// each name a letter, which each part carries too. A part of nothing is not
/// drawn.
pub(super) fn stacked(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> Drawn {
    let left = label_width(composer, &chart.rows, width) + composer.page.leading / 2;
    let room = width - left;
    let total = |row: &StyledRow| row.values.iter().sum::<f64>();
    let most = chart.rows.iter().map(total).fold(0.0, f64::max);
    let lengths = |row: &StyledRow| -> Vec<Abs> {
        let length = |value: &f64| if most > 0.0 { room * (value / most) } else { Abs::ZERO };
        row.values.iter().map(length).collect()
    };
    let least = composer.looks.chart.separator.width + SEEN;
    let countable = |row: &StyledRow| {
        let lengths = lengths(row);
        lengths.iter().all(|length| *length > least)
            || lengths.iter().all(|length| *length <= Abs::ZERO)
    };
    let first = chart.rows.first().map(lengths).unwrap_or_default();
    let heads = match chart.rows.iter().all(countable) {
        true => heads(composer, chart, width, left, &first),
        false => None,
    };
    let letters = heads.is_none();
    let (mut frame, heads, mut drawn) = match heads {
        Some((frame, heads)) => (frame, heads, Vec::new()),
        None => key(composer, chart, width, span),
    };
    let (mut table, mut foot) = (vec![heads], frame.size.height);
    for row in &chart.rows {
        let parts = parts(composer, chart, row, letters, lengths(row), left);
        // What does not fit on its part stands in a row above the bar.
        let above = parts.iter().any(|part| part.outside);
        if above {
            frame.size.height += composer.height(1);
        }
        let spot = label(composer, &mut frame, row, left - composer.page.leading / 2);
        for part in &parts {
            let area = Rect::new(part.left, spot.bar_top, part.length, spot.bar_height);
            drawn.push(frame.push_apart(Point::ZERO, rect(area, part.color, row.span)));
            separate(composer, &mut frame, area, row.span);
        }
        let mut cells = vec![Vec::new(); row.values.len()];
        place(composer, &mut frame, parts, (left, width), &spot, row.span, |index, mark| {
            drawn.extend(mark.0);
            if let Some(cell) = cells.get_mut(index) {
                *cell = mark.1;
            }
        });
        let cells = cells.into_iter().map(|words| cell(Role::Cell, words));
        let cells = std::iter::once(cell(Role::RowHead, spot.words)).chain(cells);
        table.push(Element::new(Role::Row).with(cells));
        foot = spot.foot;
    }
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot }
}

/// A part of a bar that is more than nothing.
struct Part {
    /// Which of the series it belongs to.
    index: usize,
    left: Abs,
    length: Abs,
    color: Color,
    /// What it is told by.
    letter: Option<Line>,
    value: Option<Line>,
    /// Whether that stands above the bar.
    outside: bool,
}

impl Part {
    /// The width of letter and value, with `gap` between them.
    fn marked(&self, gap: Abs) -> Abs {
        let widths = [&self.letter, &self.value].map(|line| line.as_ref().map(|line| line.width));
        let between = if widths.iter().all(Option::is_some) { gap } else { Abs::ZERO };
        widths.into_iter().flatten().sum::<Abs>() + between
    }
}

/// The parts of a row with their marks.
fn parts(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    row: &StyledRow,
    letters: bool,
    lengths: Vec<Abs>,
    left: Abs,
) -> Vec<Part> {
    let gap = composer.page.leading / 2;
    let mut x = left;
    let mut parts = Vec::new();
    for (index, length) in lengths.into_iter().enumerate() {
        let color = color(chart, index);
        let name = letters.then(|| letter(composer, index, row.span));
        let value = row.printed.get(index);
        let mut lines = |on: Option<Color>| {
            let mut set = |words: &StyledText| match on {
                Some(ground) => inside(composer, words, ground),
                None => composer.line_again(words),
            };
            let letter = name.as_ref().map(&mut set);
            (letter, value.map(set))
        };
        if length > Abs::ZERO {
            let (letter, value) = lines(Some(color));
            let mut part = Part { index, left: x, length, color, letter, value, outside: false };
            if part.marked(gap / 2) + gap >= length {
                (part.letter, part.value) = lines(None);
                part.outside = true;
            }
            parts.push(part);
        }
        x += length;
    }
    parts
}

/// Places the marks of a row's parts, on them or above them between `ends`, and
/// gives of each its part's number with what is in letter and value.
fn place(
    composer: &mut Composer<'_>,
    frame: &mut Frame,
    parts: Vec<Part>,
    ends: (Abs, Abs),
    spot: &Spot,
    span: Span,
    mut placed: impl FnMut(usize, (Vec<Node>, Vec<Node>)),
) {
    let page = composer.page;
    let gap = page.leading / 4;
    let middle = |part: &Part| part.left + part.length / 2;
    let outside = || parts.iter().filter(|part| part.outside);
    let widths: Vec<f64> = outside().map(|part| part.marked(gap).to_pt()).collect();
    let room = (ends.1 - ends.0).to_pt();
    let taken =
        |air: Abs| widths.iter().sum::<f64>() + air.to_pt() * widths.len().saturating_sub(1) as f64;
    let air = if taken(gap * 2i64) > room { gap } else { gap * 2i64 };
    if taken(air) > room {
        too_wide(composer, Abs::pt(taken(air)), ends.1 - ends.0, span);
    }
    let apart = |two: &[f64]| two.iter().sum::<f64>() / 2.0 + air.to_pt();
    let apart: Vec<f64> = widths.windows(2).map(apart).collect();
    let wished: Vec<f64> = outside().map(|part| middle(part).to_pt()).collect();
    let half = |width: Option<&f64>| width.copied().unwrap_or(0.0) / 2.0;
    let least = ends.0.to_pt() + half(widths.first());
    let most = ends.1.to_pt() - half(widths.last());
    let at: Vec<Abs> = spread(&wished, &apart, least, most).into_iter().map(Abs::pt).collect();
    let mut at = at.into_iter();
    let ink = composer.looks.styles.chart_value.plain.color;
    // Capitals begin a little below the top of the row, and descenders end well
    // above the bar.
    let above = spot.bar_top - page.leading * 0.55;
    for part in parts {
        let (mut x, baseline) = match part.outside {
            true => (at.next().unwrap_or_else(|| middle(&part)), above),
            false => (middle(&part), spot.baseline),
        };
        if part.outside {
            let from = Point::new(x, above + page.leading * 0.22);
            let to = Point::new(middle(&part), spot.bar_top);
            frame.push(Point::ZERO, line(from, to, ink, LEADER, span));
        }
        x -= part.marked(gap) / 2;
        let mut set = |line: Option<Line>| {
            let Some(line) = line else { return Vec::new() };
            let start = x;
            x += line.width + gap;
            frame.place_apart(Point::new(start, baseline), line.into_frame())
        };
        let letter = set(part.letter);
        placed(part.index, (letter, set(part.value)));
    }
}

/// Reports that the marks above a bar do not fit beside each other.
fn too_wide(composer: &mut Composer<'_>, taken: Abs, room: Abs, span: Span) {
    let message = format!(
        "the values of this bar that do not fit on their parts are {:.0} mm wide, the chart has \
         {:.0} mm",
        taken.to_mm(),
        room.to_mm()
    );
    composer.report(
        Diagnostic::error(Code::TOO_WIDE, span, message)
            .label("no room for all values")
            .hint("shorten `unit`, set `width = \"page\"`, or take small parts together"),
    );
}

/// A thin separator at the right edge of a bar's part.
fn separate(composer: &Composer<'_>, frame: &mut Frame, part: Rect, span: Span) {
    let look = composer.looks.chart.separator;
    let edge = Rect::new(part.right() - look.width, part.top(), look.width, part.size.height);
    frame.push(Point::ZERO, rect(edge, look.color, span));
}

fn color(chart: &StyledChart, index: usize) -> Color {
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

/// The names of the series, each after a swatch of its colour and its letter: the
/// frame, the names as heads of columns, swatches and letters.
fn key(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> (Frame, Element, Vec<Node>) {
    let mut heads = vec![cell(Role::Cell, Vec::new())];
    let mut drawn = Vec::new();
    let leading = composer.page.leading;
    let (swatch, gap) = (leading * 0.55, leading / 3);
    let mut frame = Frame::new(width, leading);
    let mut x = Abs::ZERO;
    for (index, name) in chart.series.iter().enumerate() {
        let letter = letter(composer, index, span);
        let (letter, line) = (composer.line(&letter), composer.line(name));
        let needed = swatch + gap + letter.width + gap + line.width;
        if x > Abs::ZERO && x + needed > width {
            x = Abs::ZERO;
            frame.size.height += leading;
        }
        let top = frame.size.height - leading;
        let baseline = top + composer.page.baseline;
        let area = Rect::new(x, baseline - swatch, swatch, swatch);
        drawn.push(frame.push_apart(Point::ZERO, rect(area, color(chart, index), span)));
        let names = x + swatch + gap + letter.width + gap;
        let at = Point::new(x + swatch + gap, baseline);
        drawn.extend(frame.place_apart(at, letter.into_frame()));
        let at = Point::new(names, baseline);
        heads.push(cell(Role::ColumnHead, frame.place_apart(at, line.into_frame())));
        x += needed + leading;
    }
    (frame, Element::new(Role::Row).with(heads), drawn)
}
