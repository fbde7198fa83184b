//! The galley: what columns and pages are filled with.

use crate::diag::Span;
use crate::document::Frame;

/// An indivisible part of a column: a line, a box, or white.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Height in rows of the baseline grid.
    pub rows: i64,
    /// What is drawn; nothing for white.
    pub frame: Option<Frame>,
    /// What it costs to end a column after this piece.
    pub break_after: i64,
    /// A heading that stands here.
    pub heading: Option<Heading>,
}

/// A heading, for the outline.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 for chapters, 2 for topics.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Where it stands in the file.
    pub span: Span,
}

impl Piece {
    /// Something drawn, after which a column may end.
    pub fn drawn(frame: Frame, rows: i64) -> Piece {
        Piece { rows, frame: Some(frame), break_after: 0, heading: None }
    }

    /// White between blocks; it vanishes at a column's top and foot, and may
    /// grow by [`super::weights::SPACE_STRETCH`] rows to level columns.
    pub fn space(rows: i64) -> Piece {
        Piece { rows, frame: None, break_after: super::weights::FORBIDDEN, heading: None }
    }

    /// Whether it is white.
    pub fn is_space(&self) -> bool {
        self.frame.is_none()
    }
}

/// A stretch of the brochure between two changes of the column count.
#[derive(Debug, Clone)]
pub enum Segment {
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
pub struct Spanner {
    /// Height in grid rows.
    pub rows: i64,
    /// Rows of white above, unless it starts the page.
    pub above: i64,
    /// Rows of white below, unless it ends the page.
    pub below: i64,
    /// Rows that must still fit below it on the page: 0 if none.
    pub keep: i64,
    /// What is drawn.
    pub frame: Frame,
    /// A heading that stands here.
    pub heading: Option<Heading>,
}
