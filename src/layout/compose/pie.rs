//! Pies and rings.

use super::bars::inside;
use super::callouts::callouts;
use super::chart::{Drawn, LEADER, cell, letter, shown};
use super::disc::{Disc, Sector, towards};
use super::shapes::{filled, line, rect};
use super::spread::spread;
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect, Size};
use crate::diag::Span;
use crate::document::{Element, Frame, Item, Node, Role, Shape, Stroke};
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};
use std::f64::consts::TAU;

/// The share of the width that the disc takes, and its tallest, in rows.
const DISC_SHARE: f64 = 0.41;
const DISC_ROWS: i64 = 10;

/// From so many times the disc on, half of a chart's width is a place of its own.
const WIDE: f64 = 1.5;

/// The white between the rows of a key, as a part of their leading.
const AIR: f64 = 0.45;

/// Sectors clockwise from twelve o'clock. `hole` is the inner radius as a part of
/// the outer one.
///
/// So that no sector is known by its colour alone, lines lead from the sectors to
/// their names and values at both sides of the disc. Where these have no room, the
/// disc stands at the left of a key with names and values in the same order, and a
/// letter marks each sector and its name; one that does not fit on its sector stands
/// beside the disc, with a line to it. Letters belong to the drawing, whose words
/// stand for them; who listens hears each value once.
pub(super) fn pie(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    hole: f64,
) -> Drawn {
    let inset = composer.page.inset();
    let tallest = composer.height(DISC_ROWS) - inset * 2i64;
    let diameter = (width * DISC_SHARE).min(tallest);
    let room = diameter / 2;
    let mut frame = Frame::new(width, diameter + inset * 2i64);
    let total: f64 = chart.rows.iter().filter_map(|row| row.values.first()).sum();
    let mut sectors = Vec::new();
    let mut from = 0.0;
    for row in &chart.rows {
        let share = row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
        sectors.push(Sector { from, to: from + share });
        from += share;
    }
    let mut disc = Disc { radius: room, hole };
    if let Some(callouts) = callouts(composer, chart, &sectors, &disc, frame.size) {
        let centre = Point::new(width / 2, inset + room);
        let drawn = draw(composer, chart, &disc, &sectors, centre, &mut frame);
        let mut foot = centre.y + room;
        let mut table = Vec::new();
        let ink = composer.looks.styles.chart_value.plain.color;
        for callout in callouts {
            foot = foot.max(callout.foot());
            let stroke = Some(Stroke { color: ink, width: LEADER });
            let line = Shape { path: callout.line, fill: None, stroke, span: callout.span };
            frame.push(Point::ZERO, Item::Shape(line));
            let name = frame.place_apart(callout.name.0, callout.name.1);
            let value = frame.place_apart(callout.value.0, callout.value.1.into_frame());
            let cells = [cell(Role::RowHead, name), cell(Role::Cell, value)];
            table.push(Element::new(Role::Row).with(cells));
        }
        frame.nodes.extend(shown(chart, drawn, table));
        return Drawn { frame, foot };
    }
    // Across the page the key begins where the right column does, and the disc
    // stands in the middle of the left one.
    let half = (width + composer.page.gutter) / 2;
    let (left, key_left) = match half >= diameter * WIDE {
        true => ((half - composer.page.gutter - diameter) / 2, half),
        false => (Abs::ZERO, diameter + composer.page.leading),
    };
    let centre = Point::new(left + room, inset + room);
    let marks = by_letters(composer, chart, &sectors, &mut disc);
    let mut drawn = draw(composer, chart, &disc, &sectors, centre, &mut frame);
    // Above all sectors, whose edges would cut into marks of thin ones.
    for mark in marks {
        if let Some((from, to)) = mark.leader {
            let ink = composer.looks.styles.chart_value.plain.color;
            frame.push(centre, line(from, to, ink, LEADER, mark.span));
        }
        drawn.extend(frame.place_apart(centre + mark.at, mark.line.into_frame()));
    }
    let (table, swatches, last_line) = key(composer, chart, key_left, &mut frame);
    drawn.extend(swatches);
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot: (centre.y + room).max(last_line) }
}

/// Draws the sectors and what parts them; returns the sectors.
fn draw(
    composer: &Composer<'_>,
    chart: &StyledChart,
    disc: &Disc,
    sectors: &[Sector],
    centre: Point,
    frame: &mut Frame,
) -> Vec<Node> {
    let look = composer.looks.chart.separator;
    let mut drawn = Vec::new();
    for (row, Sector { from, to }) in chart.rows.iter().zip(sectors) {
        let sector = Path::sector(centre, disc.radius, disc.radius * disc.hole, *from, *to);
        let disc_part = filled(sector.clone(), row.color, row.span);
        drawn.push(frame.push_apart(Point::ZERO, disc_part));
        let stroke = Some(Stroke { color: look.color, width: look.width });
        let edge = Shape { path: sector, fill: None, stroke, span: row.span };
        frame.push(Point::ZERO, Item::Shape(edge));
    }
    drawn
}

/// A letter for each sector, on it or, where it is too narrow, beside the disc,
/// which becomes smaller to make room.
fn by_letters(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    sectors: &[Sector],
    disc: &mut Disc,
) -> Vec<Mark> {
    let rows: Vec<(&StyledRow, Sector, StyledText)> = chart
        .rows
        .iter()
        .zip(sectors)
        .enumerate()
        .filter(|(_, (_, sector))| sector.to > sector.from)
        .map(|(index, (row, sector))| (row, *sector, letter(composer, index, row.span)))
        .collect();
    let on_disc = |composer: &mut Composer<'_>, disc: &Disc| -> Vec<Option<Mark>> {
        let rows = rows.iter();
        rows.map(|(row, sector, letter)| disc.mark(composer, letter, row, *sector)).collect()
    };
    let on = on_disc(composer, disc);
    if on.iter().all(Option::is_some) {
        return on.into_iter().flatten().collect();
    }
    let lines: Vec<Line> = rows.iter().map(|(.., letter)| composer.line_again(letter)).collect();
    let cap = rows.iter().filter_map(|(.., letter)| letter.runs.first());
    let cap = cap.map(|run| run.style.cap_height()).max().unwrap_or(Abs::ZERO);
    let wide = lines.iter().map(|line| line.width).max().unwrap_or(Abs::ZERO);
    // A circle about the largest letter, and the line to it.
    let side = cap.max(wide) * 1.4;
    let reach = disc.radius - side / 2;
    disc.radius = reach - side;
    let on = on_disc(composer, disc);
    let outside: Vec<f64> = rows
        .iter()
        .zip(&on)
        .filter(|(_, mark)| mark.is_none())
        .map(|((_, sector, _), _)| (sector.from + sector.to) / 2.0)
        .collect();
    let mut turns = around(&outside, side / (reach * TAU)).into_iter();
    let beside = rows.iter().zip(lines).zip(on).filter_map(|(((row, sector, _), line), mark)| {
        if mark.is_some() {
            return mark;
        }
        let turn = turns.next()?;
        let middle = towards(turn, reach);
        let at = middle + Point::new(-(line.width / 2), cap / 2);
        let start = towards((sector.from + sector.to) / 2.0, disc.radius);
        let leader = Some((start, towards(turn, reach - side / 2)));
        Some(Mark { line, at, leader, span: row.span })
    });
    beside.collect()
}

/// The places of marks around a disc, in turns: near where they are wished (in
/// rising order), none nearer to another than `apart`.
fn around(wished: &[f64], apart: f64) -> Vec<f64> {
    // The row of marks starts after the widest gap, so that marks on both sides of
    // twelve o'clock make room for each other.
    let gap = |index: usize| {
        let before = index.checked_sub(1).map_or_else(
            || wished.last().map_or(0.0, |last| last - 1.0),
            |before| wished.get(before).copied().unwrap_or(0.0),
        );
        wished.get(index).map_or(0.0, |at| at - before)
    };
    let start = (0..wished.len()).max_by(|&a, &b| gap(a).total_cmp(&gap(b)).then(b.cmp(&a)));
    let start = start.unwrap_or(0);
    let mut row: Vec<f64> = wished.to_vec();
    row.rotate_left(start);
    let count = row.len();
    for at in row.iter_mut().skip(count - start) {
        *at += 1.0;
    }
    let mut placed =
        spread(&row, &vec![apart; count.saturating_sub(1)], f64::NEG_INFINITY, f64::INFINITY);
    placed.rotate_right(start);
    placed
}

/// What a sector is told by.
struct Mark {
    line: Line,
    /// The start of its baseline, from the disc's centre.
    at: Point,
    /// The ends of the line to its sector, if it stands beside the disc.
    leader: Option<(Point, Point)>,
    /// Where the sector comes from.
    span: Span,
}

impl Disc {
    /// Words on a sector; none if they do not fit.
    fn mark(
        &self,
        composer: &mut Composer<'_>,
        words: &StyledText,
        row: &StyledRow,
        sector: Sector,
    ) -> Option<Mark> {
        let line = inside(composer, words, row.color);
        let cap = words.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        // Edges are drawn over the sector by half of their width, and some air
        // parts them from the words.
        let air = composer.looks.chart.separator.width + cap / 6;
        let spot = self.spot(sector, Size::new(line.width + air, cap + air))?;
        let at = spot + Point::new(-(line.width / 2), cap / 2);
        Some(Mark { line, at, leader: None, span: row.span })
    }
}

/// The key from `left` to the right edge: a row with swatch, letter, name and value
/// for each sector, with hairlines between, so that the eye finds the value of a
/// short name. Returns the rows, what is drawn, and the baseline of the last name.
fn key(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    left: Abs,
    frame: &mut Frame,
) -> (Vec<Element>, Vec<Node>, Abs) {
    let page = composer.page;
    let swatch = page.leading * 0.6;
    let mut values = Vec::new();
    let mut letters = Vec::new();
    for (index, row) in chart.rows.iter().enumerate() {
        values.push(row.printed.first().map(|value| composer.line(value)));
        let letter = letter(composer, index, row.span);
        letters.push(composer.line(&letter));
    }
    let widest = |lines: &mut dyn Iterator<Item = Abs>| lines.max().unwrap_or(Abs::ZERO);
    let value_width = widest(&mut values.iter().flatten().map(|line| line.width));
    let letter_left = left + swatch + page.leading / 3;
    let letter_width = widest(&mut letters.iter().map(|line| line.width));
    let text_left = letter_left + letter_width + page.leading / 4;
    let measure = frame.size.width - text_left - value_width - page.leading / 2;
    super::bars::check_room(composer, measure, value_width, chart.rows.first());
    let measure = measure.max(page.leading * 2i64);
    let mut parts = Vec::new();
    let mut height = Abs::ZERO;
    for row in &chart.rows {
        let words = text::label(composer, &row.label, measure);
        let tall = words.size.height + composer.leading(&row.label.para) * AIR;
        parts.push((row, words, height));
        height += tall;
    }
    let room = frame.size.height.max(height);
    let top = ((room - height) / 2).max(Abs::ZERO);
    let (mut table, mut drawn, mut last_line) = (Vec::new(), Vec::new(), Abs::ZERO);
    let rule = composer.looks.table;
    let weight = (rule.width / 2).max(Abs::pt(0.25));
    for ((row, words, y), (letter, value)) in parts.into_iter().zip(letters.into_iter().zip(values))
    {
        let leading = composer.leading(&row.label.para);
        if y > Abs::ZERO {
            // As far from the capitals below as from the baseline above.
            let y = top + y - leading * (AIR / 2.0 - 0.05);
            let ends = (Point::new(left, y), Point::new(frame.size.width, y));
            frame.push(Point::ZERO, line(ends.0, ends.1, rule.color, weight, row.span));
        }
        let baseline = top + y + leading * 3i64 / 4;
        let cap = row.label.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        let area = Rect::new(left, baseline - cap / 2 - swatch / 2, swatch, swatch);
        drawn.push(frame.push_apart(Point::ZERO, rect(area, row.color, row.span)));
        drawn.extend(frame.place_apart(Point::new(letter_left, baseline), letter.into_frame()));
        last_line = top + y + words.size.height - leading / 4;
        let name = frame.place_apart(Point::new(text_left, top + y), words);
        let mut cells = vec![cell(Role::RowHead, name)];
        if let Some(value) = value {
            let at = Point::new(frame.size.width - value.width, baseline);
            cells.push(cell(Role::Cell, frame.place_apart(at, value.into_frame())));
        }
        table.push(Element::new(Role::Row).with(cells));
    }
    frame.size.height = frame.size.height.max(height);
    (table, drawn, last_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_a_disc_make_room_across_twelve_o_clock() {
        let placed = around(&[0.01, 0.5, 0.98, 0.99], 0.05);
        let rounded: Vec<f64> = placed.iter().map(|at| (at * 1000.0).round() / 1000.0).collect();
        assert_eq!(rounded, [1.043, 0.5, 0.943, 0.993]);
        assert_eq!(around(&[0.3], 0.1), [0.3]);
        assert_eq!(around(&[], 0.1), [] as [f64; 0]);
    }
}
