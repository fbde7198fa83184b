//! A galley without words: the room that everything takes, to try what becomes of
//! the pages if paragraphs and boxes get shorter or longer.

use super::copyfit::Found;
use super::galley::{Drawing, Part, Segment, Setting, Shape, Spanner};
use super::means::Means;
use super::paginate::paginate;
use super::weights as w;
use crate::document::Frame;
use crate::theme::StyledKind;

/// A galley without words.
pub(super) struct Sketch {
    means: Means,
    segments: Vec<Segment<'static>>,
    /// Where an author can write more or less.
    pieces: Vec<Piece>,
    /// Rows of a page.
    rows: i64,
}

/// A part of a galley in which an author can write more or less: a paragraph, or
/// a box with text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its segment and its number in that.
    pub(super) at: (usize, usize),
    /// Of a box, the lines that can be left out of its paragraphs.
    boxed: Option<usize>,
}

/// The pieces of a galley, in their order.
pub(super) fn pieces(segments: &[Segment<'_>]) -> Vec<Piece> {
    let mut found = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let Segment::Columns { parts, .. } = segment else { continue };
        for (index, part) in parts.iter().enumerate() {
            let boxed = match (&part.drawing, &part.shape) {
                (Drawing::Lines(_), Shape::Set(_)) => None,
                (Drawing::Box(opening), Shape::Set(_)) => match opening.block.kind {
                    StyledKind::Boxed(_) => {
                        Some(opening.frame.lines.iter().filter(|line| line.index > 0).count())
                    }
                    _ => continue,
                },
                _ => continue,
            };
            found.push(Piece { at: (number, index), boxed });
        }
    }
    found
}

impl Sketch {
    /// The shapes of a galley.
    pub(super) fn new(found: &Found<'_>) -> Sketch {
        Sketch {
            means: found.means,
            segments: found.segments.iter().map(shape).collect(),
            pieces: pieces(&found.segments),
            rows: found.rows,
        }
    }

    /// The same with so many lines more or, below 0, fewer: first in the pieces
    /// that `order` names first, by their numbers, and in as many together as
    /// [`TOGETHER`] says.
    pub(super) fn resized(&self, order: &[usize], change: i64) -> Sketch {
        let mut sketch = Sketch {
            means: self.means,
            segments: self.segments.iter().map(shape).collect(),
            pieces: self.pieces.clone(),
            rows: self.rows,
        };
        let mut left = change;
        for some in order.chunks(TOGETHER) {
            let mut idle = false;
            while left != 0 && !idle {
                idle = true;
                for &piece in some {
                    let step = left.signum();
                    if step != 0 && sketch.change(piece, step) {
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
        let of = |piece: &Piece| match &self.segments[piece.at.0] {
            Segment::Columns { parts, .. } => {
                piece.boxed.unwrap_or_else(|| parts[piece.at.1].most_lines().saturating_sub(1))
            }
            _ => 0,
        };
        self.pieces.iter().map(of).sum()
    }

    /// Makes a piece a line longer or shorter in all its settings; whether that
    /// can be.
    fn change(&mut self, piece: usize, step: i64) -> bool {
        let Some(Piece { at: (segment, part), boxed }) = self.pieces.get_mut(piece) else {
            return false;
        };
        let Segment::Columns { parts, .. } = &mut self.segments[*segment] else { return false };
        let Shape::Set(settings) = &mut parts[*part].shape else { return false };
        if let Some(spare) = boxed {
            let most = settings.iter().map(|setting| setting.rows).max().unwrap_or(0);
            let Some(lines) = spare.checked_add_signed(step as isize) else { return false };
            if step > 0 && most + step > self.rows {
                return false;
            }
            *spare = lines;
            settings.iter_mut().for_each(|setting| setting.rows = (setting.rows + step).max(1));
            return true;
        }
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

/// So many pieces change in turns: as many as are named.
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
