//! A galley without words: the room that everything takes, to try what becomes of
//! the pages if paragraphs get shorter or longer.

use super::copyfit::Found;
use super::galley::{Drawing, Part, Segment, Setting, Shape, Spanner};
use super::means::Means;
use super::paginate::paginate;
use super::weights as w;
use crate::document::Frame;

/// A galley without words.
pub(super) struct Sketch {
    means: Means,
    segments: Vec<Segment<'static>>,
    /// Where its paragraphs stand: segment and part.
    paragraphs: Vec<(usize, usize)>,
    /// Rows of a page.
    rows: i64,
}

/// Where the paragraphs of a galley stand, in their order: segment and part.
pub(super) fn paragraphs(segments: &[Segment<'_>]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let Segment::Columns { parts, .. } = segment else { continue };
        let lines = parts.iter().enumerate().filter(|(_, part)| {
            matches!((&part.drawing, &part.shape), (Drawing::Lines(_), Shape::Set(_)))
        });
        found.extend(lines.map(|(part, _)| (number, part)));
    }
    found
}

impl Sketch {
    /// The shapes of a galley.
    pub(super) fn new(found: &Found<'_>) -> Sketch {
        Sketch {
            means: found.means,
            segments: found.segments.iter().map(shape).collect(),
            paragraphs: paragraphs(&found.segments),
            rows: found.rows,
        }
    }

    /// The same with so many lines more or, below 0, fewer: first in the
    /// paragraphs that `order` names first, by their numbers, and in as many
    /// together as [`TOGETHER`] says.
    pub(super) fn resized(&self, order: &[usize], change: i64) -> Sketch {
        let mut sketch = Sketch {
            means: self.means,
            segments: self.segments.iter().map(shape).collect(),
            paragraphs: self.paragraphs.clone(),
            rows: self.rows,
        };
        let mut left = change;
        for some in order.chunks(TOGETHER) {
            let mut idle = false;
            while left != 0 && !idle {
                idle = true;
                for &paragraph in some {
                    let step = left.signum();
                    if step != 0 && sketch.change(paragraph, step) {
                        left -= step;
                        idle = false;
                    }
                }
            }
        }
        sketch
    }

    /// How many lines there are to leave out, if one of each paragraph stays.
    pub(super) fn spare(&self) -> usize {
        let of = |&(segment, part): &(usize, usize)| match &self.segments[segment] {
            Segment::Columns { parts, .. } => parts[part].most_lines().saturating_sub(1),
            _ => 0,
        };
        self.paragraphs.iter().map(of).sum()
    }

    /// Makes a paragraph a line longer or shorter in all its settings; whether
    /// that can be.
    fn change(&mut self, paragraph: usize, step: i64) -> bool {
        let Some(&(segment, part)) = self.paragraphs.get(paragraph) else { return false };
        let Segment::Columns { parts, .. } = &mut self.segments[segment] else { return false };
        let Shape::Set(settings) = &mut parts[part].shape else { return false };
        let least = settings.iter().map(Setting::lines).min().unwrap_or(0);
        if step < 0 && least < 2 {
            return false;
        }
        for setting in settings {
            let lines = (setting.lines() as i64 + step).max(1) as usize;
            setting.between = (0..lines - 1).map(|line| price(line, lines)).collect();
        }
        true
    }

    /// On as many pages as it takes.
    pub(super) fn paginated(self) -> Option<Found<'static>> {
        let cheapest = paginate(&self.segments, self.rows)?;
        Some(Found { means: self.means, segments: self.segments, cheapest, rows: self.rows })
    }
}

/// So many paragraphs change in turns: as many as are named.
const TOGETHER: usize = 3;

/// What it costs to end a column after a line of a paragraph, by the number of
/// the line. What hyphens cost cannot be known of lines that are not there.
fn price(line: usize, lines: usize) -> i64 {
    let alone = i64::from(line == 0) + i64::from(line + 2 == lines);
    let two = lines > 3 && (line == 1 || line + 3 == lines);
    alone * w::WIDOW_ORPHAN + i64::from(two) * w::TWO_LINES
}

/// A segment without words.
fn shape(segment: &Segment<'_>) -> Segment<'static> {
    match segment {
        Segment::NewPage => Segment::NewPage,
        Segment::Chapter(title) => Segment::Chapter(title.clone()),
        Segment::Spanner(spanner) => {
            Segment::Spanner(Spanner { frame: Frame::default(), heading: None, ..*spanner })
        }
        Segment::Columns { count, parts } => {
            let part = |part: &Part<'_>| Part {
                shape: part.shape.clone(),
                after: part.after,
                drawing: Drawing::Nothing,
                heading: None,
            };
            Segment::Columns { count: *count, parts: parts.iter().map(part).collect() }
        }
    }
}
