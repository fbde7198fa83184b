//! Names and values beside a disc, on lines that end at its sectors.

use super::disc::{Disc, Sector, towards};
use super::spread::spread;
use super::{Composer, text};
use crate::base::{Abs, Path, Point, Segment, Size};
use crate::diag::{Diagnostics, Span};
use crate::document::Frame;
use crate::text::Line;
use crate::theme::{StyledChart, StyledRow, StyledText};
use std::f64::consts::TAU;

/// The part at each end of a sector that no line starts at.
const MARGIN: f64 = 0.2;

/// A sector's name and value on a line that leads to the sector.
pub(super) struct Callout {
    /// The name, and where it stands.
    pub(super) name: (Point, Frame),
    /// The value, and the start of its baseline.
    pub(super) value: (Point, Line),
    /// From the sector's rim to the edge of the chart.
    pub(super) line: Path,
    /// Where the sector comes from.
    pub(super) span: Span,
}

impl Callout {
    /// Where its line, the lowest thing in it, runs.
    pub(super) fn foot(&self) -> Abs {
        self.line.bounds().bottom()
    }
}

/// The callouts of all sectors of a chart of a size, its disc in the middle; none
/// if some do not fit, or a sector is nothing that a line could lead to.
///
/// Names and values share a line of text, or stand below each other where the
/// widest have no room for that.
pub(super) fn callouts(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    sectors: &[Sector],
    disc: &Disc,
    size: Size,
) -> Option<Vec<Callout>> {
    if sectors.iter().any(|sector| sector.to <= sector.from) {
        return None;
    }
    let mut found = Diagnostics::new();
    let Composer { looks, page, means, span, ref mut setter, .. } = *composer;
    let mut trial = Composer { looks, page, means, span, setter, diags: &mut found };
    let callouts = [false, true].into_iter().find_map(|below| {
        let plan = Plan { disc, size, below };
        let labels = chart.rows.iter().map(|row| plan.label(&mut trial, row));
        let labels: Vec<Label> = labels.collect::<Option<_>>()?;
        plan.callouts(&trial, labels, chart, sectors)
    });
    // What there is to be said of words that stand elsewhere is said there.
    if callouts.is_some() {
        composer.diags.append(found);
    }
    callouts
}

/// How callouts are set.
struct Plan<'a> {
    disc: &'a Disc,
    /// The size of the chart.
    size: Size,
    /// Whether values stand below names.
    below: bool,
}

/// The words of a callout.
struct Label {
    name: Frame,
    value: Line,
}

impl Plan<'_> {
    /// From the rim to where a line turns level.
    fn reach(&self, composer: &Composer<'_>) -> Abs {
        (self.side() / 6).max(composer.page.leading / 2)
    }

    /// The room at one side of the disc.
    fn side(&self) -> Abs {
        self.size.width / 2 - self.disc.radius
    }

    /// Name and value of a row; none if they are too wide, or the name would be
    /// hyphenated.
    fn label(&self, composer: &mut Composer<'_>, row: &StyledRow) -> Option<Label> {
        let measure = self.side() - self.reach(composer);
        let value = composer.line(row.printed.first()?);
        let least = widest_word(composer, &row.label);
        let fits = match self.below {
            true => least.max(value.width) <= measure,
            false => {
                let beside = value.width + composer.page.leading / 2;
                composer.line(&row.label).width + beside <= measure
            }
        };
        fits.then(|| Label { name: text::label(composer, &row.label, measure), value })
    }

    /// The labels in their places, in the order of the sectors.
    fn callouts(
        &self,
        composer: &Composer<'_>,
        labels: Vec<Label>,
        chart: &StyledChart,
        sectors: &[Sector],
    ) -> Option<Vec<Callout>> {
        let leading = composer.leading(&chart.rows.first()?.label.para);
        let lines = i64::from(self.below);
        let heights: Vec<Abs> =
            labels.iter().map(|label| label.name.size.height + leading * lines).collect();
        let heights_at = self.heights(sectors, &heights, leading / 3)?;
        let centre = Point::new(self.size.width / 2, self.size.height / 2);
        let reach = self.reach(composer);
        let callouts = labels.into_iter().zip(sectors).zip(&chart.rows).zip(heights_at);
        let callouts = callouts.map(|(((label, sector), row), y)| {
            let right = is_right(*sector);
            let (elbow, end, left) = match right {
                true => {
                    let elbow = centre.x + self.disc.radius + reach;
                    (elbow, self.size.width, elbow)
                }
                false => (centre.x - self.disc.radius - reach, Abs::ZERO, Abs::ZERO),
            };
            let out =
                towards(nearest(*sector, (y - centre.y) / self.disc.radius), self.disc.radius);
            let rim = centre + out;
            // Where the line cannot leave the rim level, it does so aslant.
            let slant = (y - rim.y).abs();
            let near = Point::new(if right { rim.x + slant } else { rim.x - slant }, y);
            let far = Point::new(elbow, y);
            let turn = [near, far].into_iter().find(|turn| {
                // A line that leaves the rim outwards does not come back to the disc.
                let along = *turn - rim;
                along.x.to_pt() * out.x.to_pt() + along.y.to_pt() * out.y.to_pt() >= 0.0
            })?;
            let end = Point::new(end, y);
            let segments = vec![Segment::Move(rim), Segment::Line(turn), Segment::Line(end)];
            // The words stand on the line, with room for their descenders.
            let baseline = y - leading * 0.32;
            let value_left = match self.below {
                true => left,
                false => elbow.max(end.x) - label.value.width,
            };
            let foot = baseline + leading / 4 - leading * lines;
            let top = foot - label.name.size.height;
            Some(Callout {
                name: (Point::new(left, top), label.name),
                value: (Point::new(value_left, baseline), label.value),
                line: Path { segments },
                span: row.span,
            })
        });
        callouts.collect()
    }

    /// How far down the line of each callout runs; none if they do not fit below
    /// each other.
    fn heights(&self, sectors: &[Sector], heights: &[Abs], air: Abs) -> Option<Vec<Abs>> {
        let inset = self.size.height / 2 - self.disc.radius;
        let most = self.size.height - inset;
        let mut placed = vec![Abs::ZERO; sectors.len()];
        for right in [true, false] {
            let mut side: Vec<usize> =
                (0..sectors.len()).filter(|&index| is_right(sectors[index]) == right).collect();
            if !right {
                // From the top down.
                side.reverse();
            }
            let Some(&first) = side.first() else { continue };
            let wished: Vec<f64> = side
                .iter()
                .map(|&index| towards(middle(sectors[index]), self.disc.radius).y)
                .map(|y| self.size.height / 2 + y)
                .map(Abs::to_pt)
                .collect();
            let apart = side.iter().skip(1).map(|&index| (heights[index] + air).to_pt());
            let apart: Vec<f64> = apart.collect();
            let least = heights[first];
            if least.to_pt() + apart.iter().sum::<f64>() > most.to_pt() {
                return None;
            }
            let found = spread(&wished, &apart, least.to_pt(), most.to_pt());
            for (&index, y) in side.iter().zip(found) {
                placed[index] = Abs::pt(y);
            }
        }
        Some(placed)
    }
}

/// The middle of a sector, in turns.
fn middle(sector: Sector) -> f64 {
    (sector.from + sector.to) / 2.0
}

/// Whether a sector's callout stands at the right of the disc.
fn is_right(sector: Sector) -> bool {
    middle(sector) <= 0.5
}

/// The turn on a sector's rim, not near its ends, that is nearest to a height below
/// the centre (as a part of the radius).
fn nearest(sector: Sector, down: f64) -> f64 {
    let margin = (sector.to - sector.from) * MARGIN;
    let half = if is_right(sector) { (0.0, 0.5) } else { (0.5, 1.0) };
    let (from, to) = ((sector.from + margin).max(half.0), (sector.to - margin).min(half.1));
    let turn = libm::acos((-down).clamp(-1.0, 1.0)) / TAU;
    let turn = if is_right(sector) { turn } else { 1.0 - turn };
    turn.min(to).max(from)
}

/// The widest word of a label, as it stands where nothing is hyphenated.
fn widest_word(composer: &mut Composer<'_>, label: &StyledText) -> Abs {
    composer.widths(&text::unhyphenated(label)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_start_level_with_their_words_within_the_sector() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a}, not {b}");
        // Level with the centre, at the right and at the left.
        close(nearest(Sector { from: 0.0, to: 0.6 }, 0.0), 0.25);
        close(nearest(Sector { from: 0.6, to: 0.9 }, 0.0), 0.75);
        // No nearer to the ends of a sector than a fifth of it, nor on the other side.
        close(nearest(Sector { from: 0.1, to: 0.2 }, 1.0), 0.18);
        close(nearest(Sector { from: 0.8, to: 0.9 }, -1.0), 0.88);
        close(nearest(Sector { from: 0.2, to: 0.8 }, 1.0), 0.5);
    }
}
