//! The brochure with its looks: what layout places.

use super::{Looks, StyledText};
use crate::assets::Image;
use crate::base::Abs;
use crate::color::Color;
use crate::diag::Span;
use crate::model::{ChartKind, PageWish, Side};
use std::sync::Arc;

/// A brochure ready for layout.
#[derive(Debug, Clone)]
pub struct Styled {
    /// Geometry and the looks of boxes.
    pub looks: Arc<Looks>,
    /// The sections in page order.
    pub sections: Vec<StyledSection>,
    /// What runs at the head of pages.
    pub header: StyledRunning,
    /// What runs at the foot of pages.
    pub footer: StyledRunning,
    /// How many pages it shall have.
    pub pages: Option<PageWish>,
    /// Pages that may stand before the last one, to reach that number.
    pub fillers: Vec<StyledFiller>,
    /// Whether every page says that it belongs to a draft.
    pub draft: bool,
    /// The brochure's own file; made words are said to come from here.
    pub span: Span,
}

/// A section.
#[derive(Debug, Clone)]
pub enum StyledSection {
    /// The front page.
    Cover(StyledCover),
    /// Pages of blocks: the intro and the chapters.
    Flow(StyledFlow),
    /// The last page.
    Back(StyledBack),
}

/// The front page.
#[derive(Debug, Clone)]
pub struct StyledCover {
    /// The title.
    pub title: StyledText,
    /// A line above the title.
    pub subtitle: Option<StyledText>,
    /// The sender's name.
    pub sender: Option<StyledText>,
    /// Artwork over the whole page.
    pub image: Option<StyledPicture>,
    /// Where the section stands.
    pub span: Span,
}

/// An image, ready to be placed.
#[derive(Debug, Clone)]
pub struct StyledPicture {
    /// The image.
    pub art: StyledArt,
    /// Height for a width of 1.
    pub aspect: f64,
    /// What it shows; none if it only decorates.
    pub alt: Option<String>,
    /// Where the image is named.
    pub span: Span,
}

/// What stands where an image does.
#[derive(Debug, Clone)]
pub enum StyledArt {
    /// The image, loaded.
    Image(Image),
    /// What it will show, while it is still to be supplied.
    Placeholder(StyledText),
}

/// Pages of blocks.
#[derive(Debug, Clone)]
pub struct StyledFlow {
    /// Whether it starts on a new page.
    pub new_page: bool,
    /// The title across all columns.
    pub title: Option<StyledText>,
    /// Whether the title opens a chapter, with rule and air.
    pub chapter: bool,
    /// The title's words, for the running header and the outline.
    pub name: String,
    /// A first paragraph in lead style, across the columns.
    pub lead: Vec<StyledPara>,
    /// How many columns the text below the title has.
    pub columns: u8,
    /// The text in those columns.
    pub text: Vec<StyledBlock>,
    /// Blocks that follow in two columns.
    pub blocks: Vec<StyledBlock>,
    /// Where the section stands.
    pub span: Span,
}

/// A block with its looks.
#[derive(Debug, Clone)]
pub struct StyledBlock {
    /// What it is.
    pub kind: StyledKind,
    /// Whether it goes across all columns.
    pub wide: bool,
    /// Whether it may move to a column's head or foot near its place.
    pub float: bool,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of styled block.
#[derive(Debug, Clone)]
pub enum StyledKind {
    /// A heading, kept with what follows.
    Heading(StyledText),
    /// Running text, which may break over columns.
    Text(Vec<StyledPara>),
    /// Text in a box that stays whole.
    Boxed(Box<StyledBox>),
    /// Big numbers.
    Stats(StyledStats),
    /// A chart.
    Chart(StyledChart),
    /// An image with its words.
    Figure(StyledFigure),
    /// A pull quote.
    Quote(StyledQuote),
    /// Web addresses.
    Links(StyledLinks),
    /// A table.
    Table(StyledTable),
    /// The entries of a table of contents.
    Contents(Vec<StyledEntry>),
}

/// An entry of a table of contents.
#[derive(Debug, Clone)]
pub struct StyledEntry {
    /// The heading's level: 1 for chapters, 2 for topics.
    pub level: u8,
    /// The heading's words.
    pub title: StyledText,
    /// Which of the headings after the table of contents it is, from 0.
    pub heading: usize,
    /// Where the heading comes from.
    pub span: Span,
}

/// A paragraph in running text or in a box.
#[derive(Debug, Clone)]
pub struct StyledPara {
    /// The words.
    pub text: StyledText,
    /// Distance from the left edge of the text.
    pub indent: Abs,
    /// What hangs left of the first line.
    pub marker: Option<StyledMarker>,
    /// Whether a grid line of white parts it from the one before.
    pub spaced: bool,
}

/// What hangs left of a list entry.
#[derive(Debug, Clone)]
pub enum StyledMarker {
    /// A number or a dash, in type.
    Words(StyledText),
    /// A drawn sign.
    Sign(Sign, Color),
}

/// A drawn sign before a list entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A small square.
    Square,
    /// An arrow head.
    Arrow,
    /// A dash.
    Dash,
}

/// How a box is drawn.
#[derive(Debug, Clone, Default)]
pub struct BoxLook {
    /// The colour behind the text.
    pub fill: Option<Color>,
    /// The frame's colour and width.
    pub frame: Option<(Color, Abs)>,
    /// A bar along the left edge: colour and width.
    pub bar: Option<(Color, Abs)>,
    /// Rules along the upper and lower edge: colour and width.
    pub rules: Option<(Color, Abs)>,
    /// From the left and right edge to the text.
    pub padding: Abs,
    /// The heading on a tab of this colour at the upper edge.
    pub tab: Option<Color>,
}

/// Text in a box.
#[derive(Debug, Clone)]
pub struct StyledBox {
    /// How the box is drawn.
    pub look: BoxLook,
    /// The heading.
    pub title: Option<StyledText>,
    /// The text.
    pub text: Vec<StyledPara>,
    /// The source line.
    pub source: Option<StyledText>,
}

/// Big numbers, side by side.
#[derive(Debug, Clone)]
pub struct StyledStats {
    /// The heading.
    pub title: Option<StyledText>,
    /// The numbers, each with its label.
    pub items: Vec<(StyledValue, StyledText)>,
    /// The source line.
    pub source: Option<StyledText>,
}

/// The number of a stat.
#[derive(Debug, Clone)]
pub enum StyledValue {
    /// As it is printed.
    Printed(StyledText),
    /// What it will say, while it is still to be supplied.
    Placeholder(StyledText),
}

/// A chart.
#[derive(Debug, Clone)]
pub struct StyledChart {
    /// Its kind.
    pub kind: ChartKind,
    /// The heading.
    pub title: Option<StyledText>,
    /// The names of a stacked bar's parts.
    pub series: Vec<StyledText>,
    /// The rows or sectors.
    pub rows: Vec<StyledRow>,
    /// What stands in place of the drawing while the rows are still to be
    /// supplied, and its height for a width of 1.
    pub placeholder: Option<(StyledText, f64)>,
    /// The colours of the parts of a stacked bar.
    pub palette: Vec<Color>,
    /// The line below the drawing.
    pub caption: Option<StyledText>,
    /// The source line.
    pub source: Option<StyledText>,
    /// What the chart shows, in words.
    pub alt: String,
}

/// A bar or a sector.
#[derive(Debug, Clone)]
pub struct StyledRow {
    /// What it counts.
    pub label: StyledText,
    /// Its values.
    pub values: Vec<f64>,
    /// The values as printed.
    pub printed: Vec<StyledText>,
    /// Its colour, unless series have theirs.
    pub color: Color,
    /// Where it stands.
    pub span: Span,
}

/// An image with its words.
#[derive(Debug, Clone)]
pub struct StyledFigure {
    /// The image.
    pub picture: StyledPicture,
    /// Caption and credit, in that order.
    pub caption: Vec<StyledText>,
}

/// A pull quote.
#[derive(Debug, Clone)]
pub struct StyledQuote {
    /// The quote mark that hangs at the left.
    pub mark: StyledText,
    /// The words, with their closing mark.
    pub text: StyledText,
    /// Who said it.
    pub by: Option<StyledText>,
}

/// Web addresses.
#[derive(Debug, Clone)]
pub struct StyledLinks {
    /// The heading.
    pub title: Option<StyledText>,
    /// The addresses.
    pub items: Vec<StyledLink>,
}

/// A web address.
#[derive(Debug, Clone)]
pub struct StyledLink {
    /// Its words, one paragraph a line.
    pub words: Vec<StyledText>,
    /// The address to put into a QR code.
    pub qr: Option<Arc<str>>,
    /// Where the address stands.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone)]
pub struct StyledTable {
    /// The heading.
    pub title: Option<StyledText>,
    /// Head and rows, all of one length.
    pub rows: Vec<Vec<StyledText>>,
    /// The source line.
    pub source: Option<StyledText>,
}

/// The last page.
#[derive(Debug, Clone)]
pub struct StyledBack {
    /// The heading above the contacts.
    pub title: Option<StyledText>,
    /// The people to call.
    pub contacts: Vec<StyledContact>,
    /// The sender's name.
    pub name: Option<StyledText>,
    /// The line below the name.
    pub tagline: Option<StyledText>,
    /// Address, web, e-mail and phone, a line each.
    pub address: Vec<StyledText>,
    /// What the sender is.
    pub about: Vec<StyledPara>,
    /// The address to put into a QR code, and its words.
    pub qr: Option<(Arc<str>, StyledText)>,
    /// Where the section stands.
    pub span: Span,
}

/// A person to call.
#[derive(Debug, Clone)]
pub struct StyledContact {
    /// Name, role and the lines below.
    pub lines: Vec<StyledText>,
    /// How many of the lines stand above the rule: name and role.
    pub head: usize,
    /// A portrait.
    pub portrait: Option<StyledPicture>,
    /// Where the entry stands.
    pub span: Span,
}

/// A running header or footer, ready but for chapter and page number.
#[derive(Debug, Clone, Default)]
pub struct StyledRunning {
    /// Words at the left.
    pub left: Option<StyledText>,
    /// Words at the right.
    pub right: Option<StyledText>,
    /// Where the chapter's title runs, and where that is said.
    pub chapter: Option<(Side, Span)>,
    /// Where the page number stands, and where that is said.
    pub page_number: Option<(Side, Span)>,
}

/// A page that is there only to fill up.
#[derive(Debug, Clone)]
pub struct StyledFiller {
    /// What is on it.
    pub kind: StyledFillerKind,
    /// Where it stands.
    pub span: Span,
}

/// What a filler shows.
#[derive(Debug, Clone)]
pub enum StyledFillerKind {
    /// An image over the whole page.
    Image(StyledPicture),
    /// A quote on a field of colour.
    Quote(StyledQuote),
    /// Lines to write on, below a heading.
    Notes(StyledText),
}
