//! What stands in place of an image or a drawing that is still to be supplied: a
//! field with a dashed frame, a cross from corner to corner, and its words.

use super::Composer;
use super::shapes::{line, rect};
use crate::base::{Abs, Path, Point, Ratio, Rect, Segment, Size};
use crate::color::Color;
use crate::diag::Span;
use crate::document::{Element, Frame, Item, Role, Shape, Stroke};
use crate::theme::{DRAFT_FIELD, DRAFT_INK, PageLook, StyledText};

/// A dash of the frame and the gap after it.
const DASH_MM: f64 = 3.0;

/// The widest that the words are set.
const MEASURE_MM: f64 = 80.0;

/// From the words to the edges of the patch that they stand on.
const PADDING_MM: f64 = 2.0;

/// From the trimmed edges of a page to the frame of a placeholder that fills it.
const EDGE_MM: f64 = 5.0;

/// Where things stand in the field of a placeholder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// The whole of it.
    pub(super) area: Rect,
    /// The part with frame and cross, inside the trimmed page.
    pub(super) frame: Rect,
    /// The part whose middle the words stand in.
    pub(super) clear: Rect,
}

impl Field {
    /// A field that nothing cuts off or covers.
    pub(super) fn whole(area: Rect) -> Field {
        Field { area, frame: area, clear: area }
    }

    /// A field over a whole page and its bleed; the words stand in the middle of
    /// `clear`.
    pub(super) fn page(page: PageLook, clear: Rect) -> Field {
        let trim = Rect { origin: Point::ZERO, size: page.trim };
        Field { area: trim.outset(page.bleed), frame: trim.outset(-Abs::mm(EDGE_MM)), clear }
    }
}

/// Adds a placeholder to a frame.
pub(super) fn placeholder(
    composer: &mut Composer<'_>,
    frame: &mut Frame,
    words: &StyledText,
    field: Field,
    span: Span,
) {
    let weight = Abs::pt(0.75);
    frame.push(Point::ZERO, rect(field.area, DRAFT_FIELD, span));
    let edges = field.frame.outset(-(weight / 2));
    let [top_left, top_right, bottom_right, bottom_left] = corners(edges);
    let pale = DRAFT_INK.tint(Ratio::percent(45.0));
    for (from, to) in [(top_left, bottom_right), (bottom_left, top_right)] {
        frame.push(Point::ZERO, line(from, to, pale, weight * 0.7, span));
    }
    frame.push(Point::ZERO, dashed(edges, DRAFT_INK, weight, span));
    label(composer, frame, words, field.clear, span);
}

/// The words in the middle of an area, on a patch that keeps the cross off them.
/// Lines for which there is no room are left out: a finding names them all.
fn label(
    composer: &mut Composer<'_>,
    frame: &mut Frame,
    words: &StyledText,
    area: Rect,
    span: Span,
) {
    let leading = composer.leading(&words.para);
    let padding = Abs::mm(PADDING_MM).min(area.size.width / 8).min(area.size.height / 8);
    let measure = (area.size.width - padding * 4i64).min(Abs::mm(MEASURE_MM)).max(leading);
    let room = (area.size.height - padding * 2i64).to_sp().div_euclid(leading.to_sp().max(1));
    let mut lines = composer.lines(words, measure);
    lines.truncate(usize::try_from(room).unwrap_or(0).max(1));
    let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let size = Size::new(widest + padding * 2i64, leading * lines.len() as i64 + padding);
    let left = area.left() + (area.size.width - size.width) / 2;
    let top = area.top() + (area.size.height - size.height) / 2;
    let patch = Rect { origin: Point::new(left, top), size };
    frame.push(Point::ZERO, rect(patch, DRAFT_FIELD, span));
    let x = area.left() + (area.size.width - measure) / 2;
    let mut paragraph = Element::new(Role::Paragraph);
    for (index, line) in lines.into_iter().enumerate() {
        let y = top + padding / 2 + leading * index as i64 + leading * 3i64 / 4;
        let mut part = line.into_frame();
        // How these lines are set is of no interest, since they will not be printed.
        part.lines.clear();
        paragraph.children.extend(frame.place_apart(Point::new(x, y), part));
    }
    frame.nodes.push(paragraph.into());
}

/// The corners from the top left one on, clockwise.
fn corners(area: Rect) -> [Point; 4] {
    let (left, top, right, bottom) = (area.left(), area.top(), area.right(), area.bottom());
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point::new(x, y))
}

/// A rectangle of dashes, with a corner in the middle of a dash.
fn dashed(area: Rect, color: Color, width: Abs, span: Span) -> Item {
    let mut segments = Vec::new();
    let corners = corners(area);
    for (index, &from) in corners.iter().enumerate() {
        side(&mut segments, from, corners[(index + 1) % corners.len()]);
    }
    let stroke = Some(Stroke { color, width });
    Item::Shape(Shape { path: Path { segments }, fill: None, stroke, span })
}

/// Appends the dashes of a side: half a one at both ends, and whole ones between
/// them, so many that dashes and gaps are alike.
fn side(segments: &mut Vec<Segment>, from: Point, to: Point) {
    let length = (to.x - from.x).abs() + (to.y - from.y).abs();
    let gaps = (length.to_mm() / (2.0 * DASH_MM)).round().max(1.0) as i64;
    // In quarters of a dash with its gap.
    let at = |quarters: i64| {
        let part = |from: Abs, to: Abs| from + (to - from) * quarters / (4 * gaps);
        Point::new(part(from.x, to.x), part(from.y, to.y))
    };
    for dash in 0..=gaps {
        let (start, end) = ((4 * dash - 1).max(0), (4 * dash + 1).min(4 * gaps));
        segments.extend([Segment::Move(at(start)), Segment::Line(at(end))]);
    }
}
