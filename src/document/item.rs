//! What can stand on a page.

use crate::assets::{Font, Image};
use crate::base::{Abs, Path, Point, Size};
use crate::color::Color;
use crate::diag::Span;
use std::sync::Arc;

/// Something on a page. Its place is kept beside it, in the [`super::Frame`].
#[derive(Debug, Clone)]
pub enum Item {
    /// Text of one style in one line; its place is the start of the baseline.
    Text(GlyphRun),
    /// An outline, filled or drawn; its place is the outline's origin.
    Shape(Shape),
    /// An image; its place is the top left corner.
    Picture(Picture),
    /// An area to click; its place is the top left corner.
    Link(Link),
}

impl Item {
    /// Whether it can be seen: a line needs width, and an area extent in both
    /// directions. Text, images and links always count.
    pub fn shows(&self) -> bool {
        let Item::Shape(shape) = self else { return true };
        let size = shape.path.bounds().size;
        let filled = shape.fill.is_some() && size.width > Abs::ZERO && size.height > Abs::ZERO;
        filled || shape.stroke.is_some_and(|stroke| stroke.width > Abs::ZERO)
    }
}

/// Glyphs of one font, size and colour on one baseline.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// The face.
    pub font: Arc<Font>,
    /// The type size.
    pub size: Abs,
    /// How much wider (above 0) or narrower the glyphs are drawn than the face
    /// has them, in thousandths; the advances have it already.
    pub expansion: i16,
    /// The colour.
    pub fill: Color,
    /// The words the glyphs stand for, as a reader would copy them.
    pub text: String,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

impl GlyphRun {
    /// How far the pen moves.
    pub fn width(&self) -> Abs {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// A glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// What it is for.
    pub kind: GlyphKind,
    /// How far the pen moves: the face's advance with kerning, tracking and
    /// what justification adds.
    pub advance: Abs,
    /// Shift to the right of the pen.
    pub dx: Abs,
    /// Shift above the baseline.
    pub dy: Abs,
    /// First byte of its cluster in the run's text.
    pub text_start: u32,
    /// The byte after its cluster. Further glyphs of one cluster are empty here.
    pub text_end: u32,
    /// Where its words stand in the author's files.
    pub span: Span,
}

/// What a glyph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphKind {
    /// Part of the author's words.
    Plain,
    /// A space between words, which justification may stretch.
    Space,
    /// A hyphen set because the line ends here.
    LineEndHyphen,
    /// The space that parts the line from the next for those who read the text
    /// without the page. It takes no room.
    LineEndSpace,
}

/// A colour or a stroke's colour, with how much of it shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// The colour.
    pub color: Color,
    /// Whether areas enclosed twice are holes (even-odd rule) or filled.
    pub even_odd: bool,
}

impl Fill {
    /// A plain fill.
    pub const fn new(color: Color) -> Fill {
        Fill { color, even_odd: false }
    }
}

/// A drawn line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub color: Color,
    /// The line's width.
    pub width: Abs,
}

/// An outline, filled or drawn.
#[derive(Debug, Clone)]
pub struct Shape {
    /// The outline.
    pub path: Path,
    /// How it is filled.
    pub fill: Option<Fill>,
    /// How its line is drawn.
    pub stroke: Option<Stroke>,
    /// Where it comes from.
    pub span: Span,
}

/// An image, placed.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The image.
    pub source: Image,
    /// The size on the page.
    pub size: Size,
    /// What it shows, in words; none if it only decorates.
    pub alt: Option<String>,
    /// Whether what reaches past the size is cut off: the image then fills
    /// the size, is centred and keeps its proportions.
    pub cover: bool,
    /// Where it comes from.
    pub span: Span,
}

/// Words along the edge of a page that say in what state it is.
///
/// They lie over everything else and are no part of the content: an artifact
/// (ISO 32000-1, 14.8.2.2). What counts or measures the items of a page does not
/// see them.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The band behind the words, in the coordinates of the page.
    pub band: Shape,
    /// The words, which read upwards: turned a quarter anticlockwise.
    pub words: GlyphRun,
    /// Where their baseline starts.
    pub at: Point,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the document: `https:`, `mailto:` or `tel:`.
    Url(String),
    /// To a place in it.
    Place {
        /// Index of the page.
        page: usize,
        /// Where on that page.
        at: Point,
    },
}

/// An area to click.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// The area.
    pub size: Size,
    /// The words that are linked.
    pub words: String,
    /// Where it comes from.
    pub span: Span,
}
