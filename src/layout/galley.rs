//! The galley: what columns and pages are filled with.

use crate::base::Abs;
use crate::diag::Span;
use crate::document::Frame;
use crate::text::Paragraph;
use crate::theme::StyledBlock;

/// A stretch of the brochure between two changes of the column count.
#[derive(Debug)]
pub(super) enum Segment<'s> {
    /// The next segment starts on a new page.
    NewPage,
    /// Something across all columns.
    Spanner(Spanner),
    /// Text in columns, balanced at its end.
    Columns {
        /// How many.
        count: usize,
        /// Their contents.
        parts: Vec<Part<'s>>,
    },
    /// From here on, this chapter's title runs in header or footer.
    Chapter(String),
}

/// A part of a column: a paragraph, a box, or white.
#[derive(Debug)]
pub(super) struct Part<'s> {
    /// The room it takes.
    pub(super) shape: Shape,
    /// What it costs to end a column after it.
    pub(super) after: i64,
    /// What is drawn.
    pub(super) drawing: Drawing<'s>,
    /// A heading that stands here.
    pub(super) heading: Option<Heading>,
}

/// The room that a part takes in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// White, which vanishes at a column's head and foot.
    White(White),
    /// Lines or a box, in one of these ways; the first is best by itself.
    Set(Vec<Setting>),
    /// A box that may move to a column's head or foot near its place.
    Float(i64),
}

/// White between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct White {
    /// Height in rows of the grid.
    pub(super) rows: i64,
    /// Rows that it may grow to level columns.
    pub(super) stretch: i64,
    /// What the first of them costs; the next three times as much, then six times,
    /// and so on by the triangular numbers: two rows that are a little wider show
    /// less than one that is wide.
    pub(super) price: i64,
}

impl White {
    /// The larger of two.
    pub(super) fn larger(self, other: White) -> White {
        if (other.rows, other.stretch) > (self.rows, self.stretch) { other } else { self }
    }

    /// What it costs to grow by so many rows.
    pub(super) fn growth(&self, rows: i64) -> i64 {
        self.price * (rows * (rows + 1) * (rows + 2) / 6)
    }
}

/// A way to set a part: as lines between which a column may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// Height of each line in rows of the grid.
    pub(super) rows: i64,
    /// How many lines more or fewer than the best setting has.
    pub(super) variant: i8,
    /// What it costs beyond the best setting of the part.
    pub(super) cost: i64,
    /// What it costs to end a column between two lines: after the first, after
    /// the second, and so on. There is one line more.
    pub(super) between: Vec<i64>,
}

impl Setting {
    /// A single line or box.
    pub(super) fn whole(rows: i64) -> Setting {
        Setting { rows, variant: 0, cost: 0, between: Vec::new() }
    }

    /// How many lines it has.
    pub(super) fn lines(&self) -> usize {
        self.between.len() + 1
    }

    /// The rows of all its lines.
    pub(super) fn height(&self) -> i64 {
        self.rows * self.lines() as i64
    }
}

/// What is drawn for a part.
#[derive(Debug)]
pub(super) enum Drawing<'s> {
    /// Nothing.
    Nothing,
    /// A heading, or a box of one height.
    Frame(Frame),
    /// A box that can be opened up.
    Box(Box<Opening<'s>>),
    /// A paragraph, line by line in the setting that is chosen.
    Lines(Box<Lines>),
    /// An entry of the table of contents.
    Entry(Box<Entry>),
}

/// An entry of the table of contents, which gets its page number once that is
/// known.
#[derive(Debug)]
pub(super) struct Entry {
    /// The heading's level.
    pub(super) level: u8,
    /// Which of the headings after the table of contents it names, from 0.
    pub(super) heading: usize,
    /// The lines of the title.
    pub(super) title: Frame,
    /// From the left edge of the column to the title.
    pub(super) indent: Abs,
    /// The title's words.
    pub(super) words: String,
    /// Where the heading comes from.
    pub(super) span: Span,
}

/// A box that can be set in more than one height.
#[derive(Debug)]
pub(super) struct Opening<'s> {
    /// What is in it.
    pub(super) block: &'s StyledBlock,
    /// The width of the column.
    pub(super) width: Abs,
    /// How it is opened, in the order of the settings; the first is tight.
    pub(super) eases: Vec<Ease>,
    /// The box as the first has it.
    pub(super) frame: Frame,
}

/// How far a box is opened up to fill a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ease {
    /// Rows between the entries of its list.
    pub(super) entries: i64,
    /// Rows of its ground below its text.
    pub(super) below: i64,
    /// Rows that its image is taller than its proportions ask, or lower.
    pub(super) image: i64,
}

/// A paragraph in a column.
#[derive(Debug)]
pub(super) struct Lines {
    /// The words and the ways to break them, in the order of the settings.
    pub(super) paragraph: Paragraph,
    /// Distance from the left edge of the column.
    pub(super) indent: Abs,
    /// What hangs left of the first line, from the top of its row.
    pub(super) marker: Option<Frame>,
    /// Whether it is an entry of a list.
    pub(super) entry: bool,
    /// The width of the column.
    pub(super) width: Abs,
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

impl Part<'_> {
    /// A box or a line, after which a column may end.
    pub(super) fn drawn(frame: Frame, rows: i64) -> Self {
        Part {
            shape: Shape::Set(vec![Setting::whole(rows)]),
            after: 0,
            drawing: Drawing::Frame(frame),
            heading: None,
        }
    }

    /// White.
    pub(super) fn white(white: White) -> Self {
        Part { shape: Shape::White(white), after: 0, drawing: Drawing::Nothing, heading: None }
    }

    /// Whether it is white.
    pub(super) fn is_white(&self) -> bool {
        matches!(self.shape, Shape::White(_))
    }

    /// Its rows in the highest setting, with all that white can grow, or with
    /// the white of a float that moves.
    pub(super) fn most_rows(&self) -> i64 {
        match &self.shape {
            Shape::White(white) => white.rows + white.stretch,
            Shape::Float(rows) => *rows + 1,
            Shape::Set(settings) => settings.iter().map(Setting::height).max().unwrap_or(0),
        }
    }

    /// Its lines in the longest setting.
    pub(super) fn most_lines(&self) -> usize {
        match &self.shape {
            Shape::White(_) => 0,
            Shape::Float(_) => 1,
            Shape::Set(settings) => settings.iter().map(Setting::lines).max().unwrap_or(0),
        }
    }

    /// Its rows in the lowest setting.
    pub(super) fn least_rows(&self) -> i64 {
        match &self.shape {
            Shape::White(white) => white.rows,
            Shape::Float(rows) => *rows,
            Shape::Set(settings) => {
                let rows = settings.iter().map(Setting::height);
                rows.min().unwrap_or(0)
            }
        }
    }
}

/// Something across all columns.
#[derive(Debug)]
pub(super) struct Spanner {
    /// Height in grid rows.
    pub(super) rows: i64,
    /// Rows of white above, unless it starts the page.
    pub(super) above: i64,
    /// Rows of white below, unless it ends the page.
    pub(super) below: i64,
    /// Rows that must still fit below it on the page: 0 if none.
    pub(super) keep: i64,
    /// Whether what follows must start on the same page.
    pub(super) holds: bool,
    /// What is drawn.
    pub(super) frame: Frame,
    /// A heading that stands here.
    pub(super) heading: Option<Heading>,
}
