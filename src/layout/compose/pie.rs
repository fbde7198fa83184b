//! Pies and rings.

use super::bars::inside;
use super::chart::{Drawn, cell, is_dark, shown};
use super::disc::{Disc, Sector};
use super::shapes::{filled, rect};
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect, Size};
use crate::document::{Element, Frame, Item, Node, Role, Shape, Stroke};
use crate::source::Text;
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};
use std::collections::BTreeSet;

/// The share of the width that the disc takes, and its tallest, in rows.
const DISC_SHARE: f64 = 0.41;
const DISC_ROWS: i64 = 10;

/// Sectors clockwise from twelve o'clock, with a key at the right that has their
/// names and values in the same order. `hole` is the inner radius as a part of
/// the outer one.
///
/// So that no sector is known by its colour alone, each is marked: with its value
/// if all of them fit and differ, else with a letter that stands in the key too.
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
    let radius = diameter / 2;
    let centre = Point::new(radius, inset + radius);
    let mut frame = Frame::new(width, diameter + inset * 2i64);
    let total: f64 = chart.rows.iter().filter_map(|row| row.values.first()).sum();
    let mut sectors = Vec::new();
    let mut from = 0.0;
    for row in &chart.rows {
        let share = row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
        sectors.push(Sector { from, to: from + share });
        from += share;
    }
    let disc = Disc { radius, hole };
    let values: Option<Vec<Mark>> = distinct(chart)
        .then(|| {
            // Nothing is drawn of a sector of nothing.
            let rows =
                chart.rows.iter().zip(&sectors).filter(|(_, sector)| sector.to > sector.from);
            rows.map(|(row, sector)| disc.mark(composer, row.printed.first()?, row, *sector))
                .collect()
        })
        .flatten();
    let letters = values.is_none();
    let marks = values.unwrap_or_else(|| {
        let rows = chart.rows.iter().zip(&sectors).enumerate();
        rows.filter_map(|(index, (row, sector))| {
            let letter = letter(composer, index, row);
            disc.mark(composer, &letter, row, *sector)
        })
        .collect()
    });
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
        drawn.extend(frame.place_apart(centre + mark.at, mark.line.into_frame()));
    }
    let (table, swatches, last_line) = key(composer, chart, diameter, letters, &mut frame);
    drawn.extend(swatches);
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot: (centre.y + radius).max(last_line) }
}

/// The letter of a sector, in the look of its value.
fn letter(composer: &Composer<'_>, index: usize, row: &StyledRow) -> StyledText {
    let letter = char::from(b'a' + (index % 26) as u8);
    composer.looks.styles.chart_value.plain(&Text::made(letter, row.span))
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
        Some(Mark { at: spot + Point::new(-(line.width / 2), cap / 2), line })
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
                let letter = letter(composer, index, row);
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
