//! The result of layout: pages of glyph runs, shapes, images and links, each
//! with the place in the author's files that it comes from.
//!
//! Coordinates start at the top left corner of the trimmed page; y grows
//! downwards. Items stand in painting order: what lies behind comes first. The
//! structure has them in reading order.

mod dump;
mod facts;
mod frame;
mod item;
mod limits;
mod print;
mod structure;

pub use facts::{ColumnFacts, Copyfit, Grid, LineFacts};
pub use frame::Frame;
pub use item::{
    Fill, Glyph, GlyphKind, GlyphRun, Item, Link, LinkTarget, Picture, Shape, Stamp, Stroke,
};
pub use limits::{Limits, Swatch};
pub use print::{Marks, Print, Slug};
pub use structure::{Element, Node, Role};

use crate::base::{Abs, Date, Lang, Point, Size};
use crate::diag::{Files, Span};
use std::sync::Arc;

/// A finished brochure.
#[derive(Debug, Clone)]
pub struct Document {
    /// Title, author and the like.
    pub meta: Meta,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// Headings for the reader's navigation pane, in order.
    pub outline: Vec<OutlineEntry>,
    /// The files all spans point into.
    pub files: Arc<Files>,
    /// How it came to have its number of pages.
    pub copyfit: Copyfit,
    /// How it is printed.
    pub print: Print,
    /// What its parts are, in reading order.
    pub structure: Element,
}

/// What the document says of itself.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    /// The title, shown in the window's title bar.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// What it is about, in a line.
    pub subject: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The language of the text.
    pub lang: Lang,
    /// The date from the TOML; never the clock.
    pub date: Option<Date>,
}

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The size after trimming.
    pub trim: Size,
    /// How far artwork reaches past the trim.
    pub bleed: Abs,
    /// What stands on it, in reading order.
    pub frame: Frame,
    /// Its baseline grid; none where nothing stands on one.
    pub grid: Option<Grid>,
    /// Its columns of running text, from top to bottom and left to right.
    pub columns: Vec<ColumnFacts>,
    /// What says that it belongs to a draft.
    pub stamp: Option<Stamp>,
}

impl Page {
    /// All glyphs on the page, those of the stamp too.
    pub fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        let runs = self.frame.items.iter().filter_map(|(_, item)| match item {
            Item::Text(run) => Some(run),
            Item::Shape(_) | Item::Picture(_) | Item::Link(_) => None,
        });
        runs.chain(self.stamp.iter().map(|stamp| &stamp.words))
    }
}

/// A heading in the navigation pane.
#[derive(Debug, Clone)]
pub struct OutlineEntry {
    /// 1 for chapters, 2 for topics.
    pub level: u8,
    /// The heading's words.
    pub title: String,
    /// Index of the page.
    pub page: usize,
    /// Where on the page it stands.
    pub at: Point,
    /// Where it comes from.
    pub span: Span,
}
