//! The galley: what columns and pages are filled with.

use crate::diag::Span;
use crate::document::Frame;

/// An indivisible part of a column: a line, a box, or white.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Height in rows of the baseline grid.
    pub(super) rows: i64,
    /// What is drawn; nothing for white.
    pub(super) frame: Option<Frame>,
    /// Rows that white may grow to level columns.
    pub(super) stretch: i64,
    /// What it costs to end a column after this piece.
    pub(super) break_after: i64,
    /// A heading that stands here.
    pub(super) heading: Option<Heading>,
}

/// A heading, for the outline.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// 1 for chapters, 2 for topics.
    pub(super) level: u8,
    /// Its words.
    pub(super) title: String,
    /// Where it stands in the file.
    pub(super) span: Span,
}

impl Piece {
    /// Something drawn, after which a column may end.
    pub(super) fn drawn(frame: Frame, rows: i64) -> Piece {
        Piece { rows, frame: Some(frame), stretch: 0, break_after: 0, heading: None }
    }

    /// White between paragraphs; it vanishes at a column's head and foot.
    pub(super) fn gap(rows: i64) -> Piece {
        let break_after = super::weights::FORBIDDEN;
        Piece { rows, frame: None, stretch: 0, break_after, heading: None }
    }

    /// White between blocks; it may also grow to level columns.
    pub(super) fn space(rows: i64) -> Piece {
        Piece { stretch: super::weights::SPACE_STRETCH, ..Piece::gap(rows) }
    }

    /// Whether it is white.
    pub(super) fn is_space(&self) -> bool {
        self.frame.is_none()
    }
}

/// A stretch of the brochure between two changes of the column count.
#[derive(Debug, Clone)]
pub(super) enum Segment {
    /// The next segment starts on a new page.
    NewPage,
    /// Something across all columns.
    Spanner(Spanner),
    /// Text in columns, balanced at its end.
    Columns {
        /// How many.
        count: u8,
        /// Their contents.
        pieces: Vec<Piece>,
    },
    /// From here on, this chapter's title runs in header or footer.
    Chapter(String),
}

/// Something across all columns.
#[derive(Debug, Clone)]
pub(super) struct Spanner {
    /// Height in grid rows.
    pub(super) rows: i64,
    /// Rows of white above, unless it starts the page.
    pub(super) above: i64,
    /// Rows of white below, unless it ends the page.
    pub(super) below: i64,
    /// Rows that must still fit below it on the page: 0 if none.
    pub(super) keep: i64,
    /// What is drawn.
    pub(super) frame: Frame,
    /// A heading that stands here.
    pub(super) heading: Option<Heading>,
}
