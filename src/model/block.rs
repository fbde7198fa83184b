//! The blocks that a chapter is made of.

use super::{Flow, Rich};
use crate::diag::Span;
use crate::source::Text;
use std::sync::Arc;

/// A block and its place in the file.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it may move to a column's head or foot near its place.
    pub float: bool,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of block.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// Running text without a heading.
    Text(Flow),
    /// A heading with text.
    Topic(Topic),
    /// What the reader is asked to do.
    Recommendations(Recommendations),
    /// Big numbers.
    Stats(Stats),
    /// A chart.
    Chart(Chart),
    /// Facts in a box.
    Facts(Facts),
    /// A passage lifted out of the text.
    Callout(Callout),
    /// An image.
    Image(Image),
    /// A pull quote.
    Quote(Quote),
    /// Web addresses.
    Links(Links),
    /// A table.
    Table(Table),
}

/// A heading with text.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The heading.
    pub title: Rich,
    /// The text.
    pub text: Flow,
}

/// What the reader is asked to do, in a tinted box.
#[derive(Debug, Clone)]
pub struct Recommendations {
    /// The heading; the campaign or the language supplies one if not given.
    pub title: Rich,
    /// The demands.
    pub items: Vec<Rich>,
}

/// Facts in a box.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The heading.
    pub title: Option<Rich>,
    /// The facts; a single one is set without a bullet.
    pub items: Vec<Rich>,
    /// White on the brand colour rather than framed.
    pub reversed: bool,
    /// Where the facts come from.
    pub source: Option<Rich>,
}

/// A passage lifted out of the text.
#[derive(Debug, Clone)]
pub struct Callout {
    /// A heading, if any.
    pub title: Option<Rich>,
    /// The passage.
    pub text: Flow,
}

/// Big numbers, side by side.
#[derive(Debug, Clone)]
pub struct Stats {
    /// The heading, if any.
    pub title: Option<Rich>,
    /// The numbers.
    pub items: Vec<Stat>,
    /// Where the numbers come from.
    pub source: Option<Rich>,
    /// Across both columns rather than in one.
    pub wide: bool,
}

/// A big number.
#[derive(Debug, Clone)]
pub struct Stat {
    /// The number.
    pub value: StatValue,
    /// What it counts.
    pub label: Rich,
}

/// The number of a stat.
#[derive(Debug, Clone)]
pub enum StatValue {
    /// As it is printed, with unit and separators; without markup, but with what
    /// abbreviations in it are short for.
    Printed(Rich),
    /// Still to be supplied; what it will say.
    Placeholder(Text),
}

impl StatValue {
    /// The number as it is printed, or what stands in its place.
    pub fn words(&self) -> String {
        match self {
            StatValue::Printed(words) => words.words(),
            StatValue::Placeholder(words) => words.as_str().to_owned(),
        }
    }
}

/// What stands in place of an image or a drawing that is still to be supplied.
#[derive(Debug, Clone)]
pub struct Placeholder {
    /// What will stand there.
    pub words: Text,
    /// The width for a height of 1, where its place leaves that open.
    pub aspect: f64,
}

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// One bar a row.
    Bar,
    /// A bar of several parts a row.
    Stacked,
    /// A pie.
    Pie,
    /// A ring.
    Donut,
}

/// A chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// The heading, if any.
    pub title: Option<Rich>,
    /// The names of the parts of a stacked bar; else empty.
    pub series: Vec<Text>,
    /// The rows: bars, or sectors. In the order to be drawn.
    pub rows: Vec<ChartRow>,
    /// What stands there while the rows are still to be supplied; none are there
    /// then.
    pub placeholder: Option<Placeholder>,
    /// What stands after a value: `%`, ` mln`.
    pub unit: String,
    /// A line below the drawing.
    pub caption: Option<Rich>,
    /// Where the figures come from.
    pub source: Option<Rich>,
    /// What the chart shows, in words.
    pub alt: Text,
    /// Across both columns rather than in one.
    pub wide: bool,
}

/// A bar or sector.
#[derive(Debug, Clone)]
pub struct ChartRow {
    /// What it counts.
    pub label: Text,
    /// Its value, or one value a series; none is negative.
    pub values: Vec<f64>,
    /// The values as printed, without the unit.
    pub printed: Vec<String>,
    /// Whether it is drawn in the brand colour.
    pub highlight: bool,
    /// Where it stands.
    pub span: Span,
}

/// How wide an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageWidth {
    /// As wide as a column.
    Column,
    /// Across both columns.
    Page,
}

/// An image.
#[derive(Debug, Clone)]
pub struct Image {
    /// Where it comes from.
    pub source: ImageSource,
    /// What it shows; empty text if it only decorates.
    pub alt: Text,
    /// A line below.
    pub caption: Option<Rich>,
    /// Who made it.
    pub credit: Option<Rich>,
    /// How wide it is.
    pub width: ImageWidth,
    /// Where it stands.
    pub span: Span,
}

/// Where an image comes from.
#[derive(Debug, Clone)]
pub enum ImageSource {
    /// A file, as written, relative to the file that names it.
    File(Text),
    /// It is still to be supplied.
    Placeholder(Placeholder),
}

/// A pull quote.
#[derive(Debug, Clone)]
pub struct Quote {
    /// The words, without quote marks.
    pub text: Rich,
    /// Who said it.
    pub by: Option<Rich>,
    /// Across both columns rather than in one.
    pub wide: bool,
}

/// Web addresses.
#[derive(Debug, Clone)]
pub struct Links {
    /// The heading, if any.
    pub title: Option<Rich>,
    /// The addresses.
    pub items: Vec<LinkEntry>,
}

/// A web address.
#[derive(Debug, Clone)]
pub struct LinkEntry {
    /// What is found there; the address itself if not given.
    pub label: Option<Rich>,
    /// The address as shown, without `https://`.
    pub shown: Text,
    /// The whole address; the mark itself if it is still to be supplied.
    pub url: Arc<str>,
    /// Whether a QR code of it stands there.
    pub qr: bool,
}

/// How a table's column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableAlign {
    /// Words.
    Left,
    /// Figures.
    Right,
    /// Marks.
    Center,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The heading, if any.
    pub title: Option<Rich>,
    /// The column heads.
    pub head: Vec<Rich>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<Rich>>,
    /// How each column is set.
    pub align: Vec<TableAlign>,
    /// Where the figures come from.
    pub source: Option<Rich>,
    /// Across both columns rather than in one.
    pub wide: bool,
}
