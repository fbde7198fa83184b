//! Sections to segments, and paginated segments to pages.

use super::compose::{self, Composer};
use super::paginate::{Pagination, paginate};
use super::piece::{Heading, Segment};
use super::{Layout, running};
use crate::base::{Abs, Point};
use crate::document::{Frame, Grid, OutlineEntry, Page};
use crate::theme::{PageLook, Styled, StyledFlow};

/// Sets consecutive sections of running blocks and appends their pages.
pub(super) fn flow_pages(
    composer: &mut Composer<'_>,
    styled: &Styled,
    flows: &[&StyledFlow],
    layout: &mut Layout,
) {
    if flows.is_empty() {
        return;
    }
    let segments = galley(composer, flows);
    let look = styled.looks.page;
    let pagination = paginate(&segments, look.rows);
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
        });
    }
    place(segments, &pagination, look, first, layout);
}

/// The segments of all sections, one after the other.
fn galley(composer: &mut Composer<'_>, flows: &[&StyledFlow]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for flow in flows {
        if flow.new_page {
            segments.push(Segment::NewPage);
        }
        if flow.chapter {
            segments.push(Segment::Chapter(flow.name.clone()));
        }
        segments.extend(compose::opening(composer, flow));
        segments.extend(compose::segments(composer, &flow.text, flow.columns));
        segments.extend(compose::segments(composer, &flow.blocks, 2));
    }
    segments
}

/// The chapter title that runs on each page: that of the chapter which the
/// page's first line belongs to, or else the first to start on it.
fn running_titles(segments: &[Segment], pagination: &Pagination) -> Vec<String> {
    let mut titles = vec![String::new(); pagination.pages];
    for (index, segment) in segments.iter().enumerate() {
        let Segment::Chapter(title) = segment else { continue };
        // The chapter starts where the first thing after its mark stands.
        let Some(first) = pagination.placed.iter().find(|spot| spot.segment > index) else {
            continue;
        };
        for (page, slot) in titles.iter_mut().enumerate().skip(first.page) {
            if page > first.page || first.row == 0 || slot.is_empty() {
                slot.clone_from(title);
            }
        }
    }
    titles
}

/// Moves every piece to its place.
fn place(
    segments: Vec<Segment>,
    pagination: &Pagination,
    look: PageLook,
    first: usize,
    layout: &mut Layout,
) {
    let mut placed = pagination.placed.iter().peekable();
    for (index, segment) in segments.into_iter().enumerate() {
        let mut put = |spot: &super::paginate::Placed, columns, frame, heading: Option<Heading>| {
            let page = first + spot.page;
            let at = position(look, page, columns, spot.column, spot.row);
            layout.outline.extend(heading.map(|h| OutlineEntry {
                level: h.level,
                title: h.title,
                page,
                at,
                span: h.span,
            }));
            layout.pages[page].frame.place(at, frame);
        };
        match segment {
            Segment::Spanner(spanner) => {
                if let Some(spot) = placed.next_if(|spot| spot.segment == index) {
                    put(spot, 1, spanner.frame, spanner.heading);
                }
            }
            Segment::Columns { count, mut pieces } => {
                while let Some(spot) = placed.next_if(|spot| spot.segment == index) {
                    let piece = &mut pieces[spot.piece];
                    let frame = piece.frame.take().unwrap_or_else(Frame::default);
                    put(spot, count, frame, piece.heading.take());
                }
            }
            Segment::NewPage | Segment::Chapter(_) => {}
        }
    }
}

/// The top left corner of a row of a column on a page (index from 0).
fn position(look: PageLook, page: usize, columns: u8, column: usize, row: i64) -> Point {
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
