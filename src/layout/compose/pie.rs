//! Pies and rings.

use super::bars::inside;
use super::chart::{Drawn, cell, is_dark, shown};
use super::shapes::{filled, rect};
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect};
use crate::document::{Element, Frame, Item, Node, Role, Shape, Stroke};
use crate::source::Text;
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};

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
    let disc = Disc { radius, hole };
    let letters = !disc.holds_values(composer, chart, total);
    let mut from = 0.0;
    let mut drawn = Vec::new();
    let mut marks = Vec::new();
    for (index, row) in chart.rows.iter().enumerate() {
        let share = row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
        let to = from + share;
        let sector = Path::sector(centre, radius, radius * hole, from, to);
        let disc_part = filled(sector.clone(), row.color, row.span);
        drawn.push(frame.push_apart(Point::ZERO, disc_part));
        let look = composer.looks.chart.separator;
        let stroke = Some(Stroke { color: look.color, width: look.width });
        let edge = Shape { path: sector, fill: None, stroke, span: row.span };
        frame.push(Point::ZERO, Item::Shape(edge));
        let reach = radius * disc.reach(letters);
        let middle = (from + to) / 2.0 * std::f64::consts::TAU;
        let spot = Point::new(reach * libm::sin(middle), -(reach * libm::cos(middle)));
        let words =
            if letters { Some(letter(composer, index, row)) } else { row.printed.first().cloned() };
        if let Some(words) = words.filter(|_| share > 0.0) {
            marks.push((words, centre + spot, is_dark(row.color)));
        }
        from = to;
    }
    // Above all sectors, whose edges would cut into marks of thin ones.
    for (words, spot, dark) in marks {
        let line = inside(composer, &words, dark);
        let cap = words.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        let at = spot + Point::new(-(line.width / 2), cap / 2);
        drawn.extend(frame.place_apart(at, line.into_frame()));
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

/// A disc, and the part of its radius that is cut out.
struct Disc {
    radius: Abs,
    hole: f64,
}

impl Disc {
    /// Where on the radius marks stand, as a part of it. Letters stand further out,
    /// where thin sectors have room for them.
    fn reach(&self, letters: bool) -> f64 {
        match (self.hole > 0.0, letters) {
            (true, _) => (1.0 + self.hole) / 2.0,
            (false, true) => 0.82,
            (false, false) => 0.66,
        }
    }

    /// Whether all values fit on their sectors and tell them apart.
    fn holds_values(&self, composer: &mut Composer<'_>, chart: &StyledChart, total: f64) -> bool {
        let ring = self.radius * (1.0 - self.hole);
        let mut printed: Vec<_> =
            chart.rows.iter().map(|row| row.printed.first().map(words)).collect();
        printed.sort();
        let differ = printed.windows(2).all(|pair| pair[0] != pair[1]);
        differ
            && chart.rows.iter().all(|row| {
                let share =
                    row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
                let Some(printed) = row.printed.first() else { return false };
                let width = composer.line(printed).width;
                let cap = printed.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
                // The chord of the sector there must hold the value's height.
                let half = (share / 2.0).min(0.25) * std::f64::consts::TAU;
                let chord = self.radius * (self.reach(false) * 2.0 * libm::sin(half));
                width * 1.1 < ring && cap * 1.6 < chord
            })
    }
}

fn words(text: &StyledText) -> String {
    text.runs.iter().map(|run| run.text.as_str()).collect()
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
