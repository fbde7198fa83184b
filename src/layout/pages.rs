//! Sections to segments, and paginated segments to pages.

use super::alike::make_alike;
use super::compose::{self, Composer};
use super::copyfit::Fitted;
use super::galley::{Drawing, Part, Segment};
use super::paginate::{Pagination, Placed};
use super::structure::Flow;
use super::{Layout, running, ties};
use crate::base::{Abs, Point, Rect, Size};
use crate::document::{ColumnFacts, Frame, Grid, LinkTarget, OutlineEntry, Page};
use crate::theme::{PageLook, Styled, StyledFlow};

/// Appends the pages of the flow.
pub(super) fn place_flow(
    composer: &mut Composer<'_>,
    styled: &Styled,
    fitted: Fitted<'_>,
    layout: &mut Layout,
) {
    let Fitted { segments, mut pagination, .. } = fitted;
    make_alike(&segments, &mut pagination);
    let look = composer.page;
    let first = layout.pages.len();
    let titles = running_titles(&segments, &pagination);
    for (index, title) in titles.iter().enumerate() {
        let number = first + index + 1;
        let frame = running::header_and_footer(composer, styled, number, title);
        layout.pages.push(Page {
            trim: look.trim,
            bleed: look.bleed,
            frame,
            grid: Some(grid(look)),
            columns: Vec::new(),
            stamp: None,
        });
    }
    note_columns(&segments, &pagination, look, first, layout);
    place(composer, segments, &pagination, first, layout);
}

/// The columns of blocks.
const BLOCK_COLUMNS: u8 = 2;

/// The segments of all sections, one after the other.
pub(super) fn galley<'s>(
    composer: &mut Composer<'_>,
    flows: &[&'s StyledFlow],
) -> Vec<Segment<'s>> {
    let mut segments = Vec::new();
    for flow in flows {
        if flow.new_page {
            segments.push(Segment::NewPage);
        }
        if flow.chapter {
            segments.push(Segment::Chapter(flow.name.clone()));
        }
        segments.extend(compose::opening(composer, flow));
        if flow.columns == BLOCK_COLUMNS {
            // Boxes stand beside the text: they share its columns.
            let all = flow.text.iter().chain(&flow.blocks);
            segments.extend(compose::segments(composer, all, BLOCK_COLUMNS));
        } else {
            segments.extend(compose::segments(composer, &flow.text, flow.columns));
            segments.extend(compose::segments(composer, &flow.blocks, BLOCK_COLUMNS));
        }
    }
    for segment in &mut segments {
        if let Segment::Columns { parts, .. } = segment {
            ties::tie(parts);
        }
    }
    segments
}

/// Where the headings after the table of contents come to stand, in their order.
/// Without such a table nobody asks.
fn listed_headings(
    segments: &[Segment<'_>],
    pagination: &Pagination,
    look: PageLook,
    first: usize,
) -> Vec<(usize, Point)> {
    let is_entry = |part: &Part<'_>| matches!(part.drawing, Drawing::Entry(_));
    let contents = segments.iter().position(|segment| match segment {
        Segment::Columns { parts, .. } => parts.iter().any(is_entry),
        _ => false,
    });
    let Some(contents) = contents else { return Vec::new() };
    let mut found = Vec::new();
    for Placed { segment, what, page, column } in &pagination.placed {
        let (heading, columns) = match &segments[*segment] {
            Segment::Spanner(spanner) => (spanner.heading.is_some(), 1),
            Segment::Columns { count, parts } => (parts[what.part].heading.is_some(), *count),
            Segment::NewPage | Segment::Chapter(_) => (false, 1),
        };
        if heading && *segment > contents {
            let page = first + page;
            let at = position(look, page, columns, *column, what.row);
            found.push(((*segment, what.part), (page, at)));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, place)| place).collect()
}

/// The chapter title that runs on each page: that of the chapter which the
/// page's first line belongs to, or else the first to start on it.
fn running_titles(segments: &[Segment<'_>], pagination: &Pagination) -> Vec<String> {
    let mut titles = vec![String::new(); pagination.pages];
    for (index, segment) in segments.iter().enumerate() {
        let Segment::Chapter(title) = segment else { continue };
        // The chapter starts where the first thing after its mark stands.
        let Some(first) = pagination.placed.iter().find(|spot| spot.segment > index) else {
            continue;
        };
        for (page, slot) in titles.iter_mut().enumerate().skip(first.page) {
            if page > first.page || first.what.row == 0 || slot.is_empty() {
                slot.clone_from(title);
            }
        }
    }
    titles
}

/// Notes the extent of all columns.
fn note_columns(
    segments: &[Segment<'_>],
    pagination: &Pagination,
    look: PageLook,
    first: usize,
    layout: &mut Layout,
) {
    for filled in &pagination.columns {
        let Segment::Columns { count, .. } = &segments[filled.segment] else { continue };
        let page = first + filled.page;
        let origin = position(look, page, *count, filled.column, filled.row);
        let size = Size::new(look.column_width(*count), look.leading * filled.rows);
        layout.pages[page].columns.push(ColumnFacts {
            area: Rect { origin, size },
            index: filled.column,
            group: filled.segment,
            ends: filled.ends,
        });
    }
}

/// Moves everything to its place.
fn place(
    composer: &mut Composer<'_>,
    mut segments: Vec<Segment<'_>>,
    pagination: &Pagination,
    first: usize,
    layout: &mut Layout,
) {
    let look = composer.page;
    let headings = listed_headings(&segments, pagination, look, first);
    let mut flow = Flow::default();
    for Placed { segment, what, page, column } in &pagination.placed {
        let page = first + page;
        let line = match &segments[*segment] {
            Segment::Columns { .. } => what.lines.start,
            _ => 0,
        };
        let (frame, heading, columns) = match &mut segments[*segment] {
            Segment::Spanner(spanner) => {
                (std::mem::take(&mut spanner.frame), spanner.heading.take(), 1)
            }
            Segment::Columns { count, parts } => {
                let part = &mut parts[what.part];
                let drawing = std::mem::replace(&mut part.drawing, Drawing::Nothing);
                let frame = match drawing {
                    Drawing::Nothing => Frame::default(),
                    Drawing::Frame(frame) => frame,
                    Drawing::Entry(entry) => match headings.get(entry.heading) {
                        Some(&(page, at)) => {
                            let place = LinkTarget::Place { page, at };
                            compose::numbered(composer, *entry, page + 1, place)
                        }
                        // Theme and galley list the same headings.
                        None => entry.title,
                    },
                    Drawing::Box(opening) => compose::opened(composer, *opening, what.setting),
                    Drawing::Lines(lines) => {
                        let (frame, lines) =
                            compose::set_lines(composer, *lines, what.setting, what.lines.clone());
                        // The rest of it may stand in the next column.
                        part.drawing = Drawing::Lines(Box::new(lines));
                        frame
                    }
                };
                (frame, part.heading.take(), *count)
            }
            Segment::NewPage | Segment::Chapter(_) => continue,
        };
        let at = position(look, page, columns, *column, what.row);
        layout.outline.extend(heading.map(|h| OutlineEntry {
            level: h.level,
            title: h.title,
            page,
            at,
            span: h.span,
        }));
        let nodes = layout.pages[page].frame.place_apart(at, frame);
        flow.add((*segment, what.part, line), page, nodes);
    }
    layout.structure.children.extend(flow.sections());
}

/// The top left corner of a row of a column on a page (index from 0).
fn position(look: PageLook, page: usize, columns: usize, column: usize, row: i64) -> Point {
    let step = look.column_width(columns) + look.gutter;
    Point::new(
        left_margin(look, page) + step * column as i64,
        look.margins.top + look.leading * row,
    )
}

/// The baseline grid between the margins.
pub(super) fn grid(look: PageLook) -> Grid {
    let first = look.margins.top + look.baseline;
    Grid { first, leading: look.leading, rows: look.rows }
}

/// The left margin: towards the spine on right-hand pages, which are those
/// with an odd number.
pub(super) fn left_margin(look: PageLook, page: usize) -> Abs {
    if page.is_multiple_of(2) { look.margins.left } else { look.margins.right }
}
