//! Pies and rings.

use super::bars::inside;
use super::chart::{Drawn, LEADER, cell, is_dark, letter, shown};
use super::disc::{Disc, Sector};
use super::shapes::{filled, line, rect};
use super::spread::spread;
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect, Size};
use crate::diag::Span;
use crate::document::{Element, Frame, Item, Node, Role, Shape, Stroke};
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};
use std::collections::BTreeSet;
use std::f64::consts::TAU;

/// The share of the width that the disc takes, and its tallest, in rows.
const DISC_SHARE: f64 = 0.41;
const DISC_ROWS: i64 = 10;

/// Sectors clockwise from twelve o'clock, with a key at the right that has their
/// names and values in the same order. `hole` is the inner radius as a part of
/// the outer one.
///
/// So that no sector is known by its colour alone, each is marked: with its value
/// if all of them fit and differ, else with a letter that stands in the key too. A
/// letter that does not fit on its sector stands beside the disc, with a line to it.
/// Marks belong to the drawing, whose words stand for them; who listens hears
/// each value once, from the key.
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
    let centre = Point::new(room, inset + room);
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
    let (marks, letters) = match by_values(composer, chart, &sectors, &disc) {
        Some(marks) => (marks, false),
        None => (by_letters(composer, chart, &sectors, &mut disc), true),
    };
    let radius = disc.radius;
    let mut drawn = Vec::new();
    for (row, Sector { from, to }) in chart.rows.iter().zip(sectors) {
        let sector = Path::sector(centre, radius, radius * hole, from, to);
        let disc_part = filled(sector.clone(), row.color, row.span);
        drawn.push(frame.push_apart(Point::ZERO, disc_part));
        let look = composer.looks.chart.separator;
        let stroke = Some(Stroke { color: look.color, width: look.width });
        let edge = Shape { path: sector, fill: None, stroke, span: row.span };
        frame.push(Point::ZERO, Item::Shape(edge));
    }
    // Above all sectors, whose edges would cut into marks of thin ones.
    for mark in marks {
        if let Some((from, to)) = mark.leader {
            let ink = composer.looks.styles.chart_value.plain.color;
            frame.push(centre, line(from, to, ink, LEADER, mark.span));
        }
        drawn.extend(frame.place_apart(centre + mark.at, mark.line.into_frame()));
    }
    let (table, swatches, last_line) = key(composer, chart, diameter, letters, &mut frame);
    drawn.extend(swatches);
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot: (centre.y + room).max(last_line) }
}

/// The values on their sectors; none if one of them does not fit or two are the
/// same. Nothing is drawn of a sector of nothing.
fn by_values(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    sectors: &[Sector],
    disc: &Disc,
) -> Option<Vec<Mark>> {
    if !distinct(chart) {
        return None;
    }
    let rows = chart.rows.iter().zip(sectors).filter(|(_, sector)| sector.to > sector.from);
    rows.map(|(row, sector)| disc.mark(composer, row.printed.first()?, row, *sector)).collect()
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

/// A point at a distance from the centre, in turns clockwise from twelve o'clock.
fn towards(turn: f64, reach: Abs) -> Point {
    let (sine, cosine) = (libm::sin(turn * TAU), libm::cos(turn * TAU));
    Point::new(reach * sine, -(reach * cosine))
}

/// Whether each sector has a value that no other has, as printed.
fn distinct(chart: &StyledChart) -> bool {
    let words = |text: &StyledText| text.runs.iter().map(|run| run.text.as_str()).collect();
    let printed = chart.rows.iter().map(|row| row.printed.first().map(words));
    let printed: Option<BTreeSet<String>> = printed.collect();
    printed.is_some_and(|printed| printed.len() == chart.rows.len())
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
        let line = inside(composer, words, is_dark(row.color));
        let cap = words.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        // Edges are drawn over the sector by half of their width, and some air
        // parts them from the words.
        let air = composer.looks.chart.separator.width + cap / 6;
        let spot = self.spot(sector, Size::new(line.width + air, cap + air))?;
        let at = spot + Point::new(-(line.width / 2), cap / 2);
        Some(Mark { line, at, leader: None, span: row.span })
    }
}

/// The names of the sectors with swatches, beside the disc, and their values.
/// Returns the rows, what is drawn, and the baseline of the last name.
fn key(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    diameter: Abs,
    letters: bool,
    frame: &mut Frame,
) -> (Vec<Element>, Vec<Node>, Abs) {
    let page = composer.page;
    let left = diameter + page.leading;
    let swatch = page.leading * 0.6;
    let value_width = chart
        .rows
        .iter()
        .filter_map(|row| row.printed.first())
        .map(|value| composer.line(value).width)
        .max()
        .unwrap_or(Abs::ZERO);
    let names: Vec<Line> = match letters {
        true => chart
            .rows
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let letter = letter(composer, index, row.span);
                composer.line(&letter)
            })
            .collect(),
        false => Vec::new(),
    };
    let widest = names.iter().map(|line| line.width).max();
    let letter_left = left + swatch + page.leading / 3;
    let text_left = letter_left + widest.map_or(page.leading / 6, |width| width + page.leading / 4);
    let mut names = names.into_iter();
    let widest = chart.rows.iter().map(|row| composer.line(&row.label).width).max();
    let room = frame.size.width - text_left - value_width - page.leading;
    super::bars::check_room(composer, room, value_width, chart.rows.first());
    let measure = widest.unwrap_or(Abs::ZERO).min(room.max(page.leading * 2i64));
    let mut parts = Vec::new();
    let mut height = Abs::ZERO;
    for row in &chart.rows {
        let words = text::label(composer, &row.label, measure);
        let leading = composer.leading(&row.label.para);
        let tall = words.size.height + leading * 0.45;
        parts.push((row, words, height));
        height += tall;
    }
    let room = frame.size.height.max(height);
    let top = ((room - height) / 2).max(Abs::ZERO);
    let (mut table, mut drawn, mut last_line) = (Vec::new(), Vec::new(), Abs::ZERO);
    for (row, words, y) in parts {
        let leading = composer.leading(&row.label.para);
        let baseline = top + y + leading * 3i64 / 4;
        let cap = row.label.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        let area = Rect::new(left, baseline - cap / 2 - swatch / 2, swatch, swatch);
        drawn.push(frame.push_apart(Point::ZERO, rect(area, row.color, row.span)));
        if let Some(name) = names.next() {
            drawn.extend(frame.place_apart(Point::new(letter_left, baseline), name.into_frame()));
        }
        last_line = top + y + words.size.height - leading / 4;
        let name = frame.place_apart(Point::new(text_left, top + y), words);
        let mut cells = vec![cell(Role::RowHead, name)];
        let Some(value) = row.printed.first() else {
            table.push(Element::new(Role::Row).with(cells));
            continue;
        };
        let line = composer.line(value);
        let label = composer.line(&row.label).width.min(measure);
        let x = text_left + label + page.leading / 2;
        let words = frame.place_apart(Point::new(x, baseline), line.into_frame());
        cells.push(cell(Role::Cell, words));
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
