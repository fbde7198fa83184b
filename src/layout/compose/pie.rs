//! Pies and rings.

use super::bars::inside;
use super::chart::{Drawn, cell, is_dark, shown};
use super::shapes::{filled, rect};
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Rect};
use crate::document::{Element, Frame, Item, Role, Shape, Stroke};
use crate::theme::StyledChart;

/// The share of the width that the disc takes, and its tallest, in rows.
const DISC_SHARE: f64 = 0.41;
const DISC_ROWS: i64 = 10;

/// Sectors clockwise from twelve o'clock, with a key at the right; values
/// stand on sectors that are large enough, else in the key. `hole` is the inner radius as a
/// part of the outer one.
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
    let inscribed = disc.holds_values(composer, chart, total);
    let mut from = 0.0;
    let (mut spots, mut drawn) = (Vec::new(), Vec::new());
    for row in &chart.rows {
        let share = row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
        let to = from + share;
        let sector = Path::sector(centre, radius, radius * hole, from, to);
        let disc_part = filled(sector.clone(), row.color, row.span);
        drawn.push(frame.push_apart(Point::ZERO, disc_part));
        let look = composer.looks.chart.separator;
        let stroke = Some(Stroke { color: look.color, width: look.width });
        let edge = Shape { path: sector, fill: None, stroke, span: row.span };
        frame.push(Point::ZERO, Item::Shape(edge));
        let reach = radius * disc.reach();
        let middle = (from + to) / 2.0 * std::f64::consts::TAU;
        let spot = Point::new(reach * libm::sin(middle), -(reach * libm::cos(middle)));
        spots.push((inscribed && share >= LEAST_SHARE).then_some(centre + spot));
        from = to;
    }
    let (table, last_line) = key(composer, chart, diameter, &spots, &mut frame);
    frame.nodes.extend(shown(chart, drawn, table));
    Drawn { frame, foot: (centre.y + radius).max(last_line) }
}

/// Sectors smaller than this part of the whole carry no value.
const LEAST_SHARE: f64 = 0.07;

/// A disc, and the part of its radius that is cut out.
struct Disc {
    radius: Abs,
    hole: f64,
}

impl Disc {
    /// Where on the radius values stand, as a part of it.
    fn reach(&self) -> f64 {
        if self.hole > 0.0 { (1.0 + self.hole) / 2.0 } else { 0.66 }
    }

    /// Whether all values of sectors that are not small fit on them. Otherwise
    /// values stand in the key alone: some without others would mislead.
    fn holds_values(&self, composer: &mut Composer<'_>, chart: &StyledChart, total: f64) -> bool {
        let ring = self.radius * (1.0 - self.hole);
        chart.rows.iter().all(|row| {
            let share = row.values.first().copied().unwrap_or(0.0) / total.max(f64::MIN_POSITIVE);
            let Some(printed) = row.printed.first().filter(|_| share >= LEAST_SHARE) else {
                return true;
            };
            let width = composer.line(printed).width;
            let cap = printed.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
            // The chord of the sector there must hold the value's height.
            let half = (share / 2.0).min(0.25) * std::f64::consts::TAU;
            let chord = self.radius * (self.reach() * 2.0 * libm::sin(half));
            width * 1.1 < ring && cap * 1.6 < chord
        })
    }
}

/// The names of the sectors with swatches, beside the disc. A value stands on
/// its sector if there is a spot for it, else beside the name. Returns the
/// baseline of the last name.
fn key(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    diameter: Abs,
    spots: &[Option<Point>],
    frame: &mut Frame,
) -> (Vec<Element>, Abs) {
    let page = composer.page;
    let left = diameter + page.leading;
    let swatch = page.leading * 0.6;
    let value_width = chart
        .rows
        .iter()
        .zip(spots)
        .filter(|(_, spot)| spot.is_none())
        .filter_map(|(row, _)| row.printed.first())
        .map(|value| composer.line(value).width)
        .max()
        .unwrap_or(Abs::ZERO);
    let text_left = left + swatch + page.leading / 2;
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
    let (mut table, mut last_line) = (Vec::new(), Abs::ZERO);
    for ((row, words, y), spot) in parts.into_iter().zip(spots) {
        let leading = composer.leading(&row.label.para);
        let baseline = top + y + leading * 3i64 / 4;
        let cap = row.label.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
        let area = Rect::new(left, baseline - cap / 2 - swatch / 2, swatch, swatch);
        frame.push(Point::ZERO, rect(area, row.color, row.span));
        last_line = top + y + words.size.height - leading / 4;
        let name = frame.place_apart(Point::new(text_left, top + y), words);
        let mut cells = vec![cell(Role::RowHead, name)];
        let Some(value) = row.printed.first() else {
            table.push(Element::new(Role::Row).with(cells));
            continue;
        };
        let words = if let Some(spot) = spot {
            let line = inside(composer, value, is_dark(row.color));
            let cap = value.runs.first().map_or(Abs::ZERO, |run| run.style.cap_height());
            let at = *spot + Point::new(-(line.width / 2), cap / 2);
            frame.place_apart(at, line.into_frame())
        } else {
            let line = composer.line(value);
            let label = composer.line(&row.label).width.min(measure);
            let x = text_left + label + page.leading / 2;
            frame.place_apart(Point::new(x, baseline), line.into_frame())
        };
        cells.push(cell(Role::Cell, words));
        table.push(Element::new(Role::Row).with(cells));
    }
    frame.size.height = frame.size.height.max(height);
    (table, last_line)
}
