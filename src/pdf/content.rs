//! A page's operators, and what the page refers to.

use super::fonts::{FontSet, resource_name};
use super::number::milli;
use super::ops::{Ops, Paint, Space};
use super::strings::deflate;
use super::{PdfOptions, Profile, text};
use crate::base::{Abs, Point, Rect};
use crate::document::{GlyphRun, Item, Page, Shape};

/// A rectangle in thousandths of a point: left, bottom, right, top.
pub(super) type Box4 = [i64; 4];

/// A page, written.
#[derive(Debug)]
pub(super) struct PageContent {
    /// The operators, compressed.
    pub(super) stream: Vec<u8>,
    /// Everything that is in the file.
    pub(super) media: Box4,
    /// The page after trimming.
    pub(super) trim: Box4,
    /// Whether anything on it is transparent.
    pub(super) transparent: bool,
    /// Areas to click.
    pub(super) links: Vec<LinkArea>,
    /// The coordinates, for places on the page.
    pub(super) space: Space,
}

/// An area to click.
#[derive(Debug)]
pub(super) struct LinkArea {
    pub(super) area: Box4,
    pub(super) url: String,
    pub(super) words: String,
}

/// Writes a page.
pub(super) fn page(page: &Page, options: &PdfOptions<'_>, fonts: &FontSet) -> PageContent {
    let bleed = match options.profile {
        Profile::Print => page.bleed,
        Profile::Screen => Abs::ZERO,
    };
    let trim = Rect::new(bleed, bleed, page.trim.width, page.trim.height);
    let media = trim.outset(bleed);
    let space = Space { left: bleed, top: bleed + page.trim.height };
    let mut writer = PageWriter {
        ops: Ops::new(space),
        options,
        fonts,
        text: None,
        font: None,
        rise: 0,
        links: Vec::new(),
    };
    for (at, item) in &page.frame.items {
        writer.item(*at, item);
    }
    writer.end_text();
    let corners = |rect: Rect| [rect.left(), rect.top(), rect.right(), rect.bottom()].map(milli);
    let (media, trim) = (corners(media), corners(trim));
    let links = writer.links.into_iter().filter_map(|mut link| {
        link.area = intersection(link.area, media)?;
        Some(link)
    });
    PageContent {
        links: links.collect(),
        stream: deflate(&writer.ops.out),
        media,
        trim,
        transparent: false,
        space,
    }
}

fn intersection(a: Box4, b: Box4) -> Option<Box4> {
    let both = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (both[0] < both[2] && both[1] < both[3]).then_some(both)
}

/// An open text object.
#[derive(Debug, Clone, Copy)]
struct TextObject {
    /// Start of the current line in thousandths of a point.
    line: (i64, i64),
}

struct PageWriter<'a> {
    ops: Ops,
    options: &'a PdfOptions<'a>,
    fonts: &'a FontSet,
    text: Option<TextObject>,
    /// Font and size in force; they outlive a text object.
    font: Option<(usize, i64)>,
    /// Text rise in force, likewise.
    rise: i64,
    links: Vec<LinkArea>,
}

impl PageWriter<'_> {
    fn item(&mut self, at: Point, item: &Item) {
        match item {
            Item::Text(run) => self.run(at, run),
            Item::Shape(shape) => {
                self.end_text();
                self.shape(at, shape);
            }
            Item::Picture(_) => {}
            Item::Link(link) => {
                let (left, top) = self.ops.space.place(at);
                let corner = at + Point::new(link.size.width, link.size.height);
                let (right, bottom) = self.ops.space.place(corner);
                self.links.push(LinkArea {
                    area: [left, bottom, right, top],
                    url: link.url.clone(),
                    words: link.words.clone(),
                });
            }
        }
    }

    fn paint(&self, color: crate::color::Color) -> Paint {
        Paint::new(color, self.options.profile, self.options.cache.converter())
    }

    fn run(&mut self, at: Point, run: &GlyphRun) {
        let near = self.font.map_or(0, |(index, _)| index);
        // Every run's font has been collected, so that this finds it.
        let Some((index, face)) = self.fonts.find(&run.font, near) else { return };
        if run.glyphs.is_empty() {
            return;
        }
        let line = self.ops.space.place(at);
        let start = match self.text {
            Some(text) => text.line,
            None => {
                self.ops.operator("BT");
                (0, 0)
            }
        };
        self.text = Some(TextObject { line });
        self.ops.fill_color(self.paint(run.fill));
        let font = (index, milli(run.size));
        if self.font != Some(font) {
            self.font = Some(font);
            self.ops.out.push(b'/');
            self.ops.out.extend_from_slice(resource_name(index).as_bytes());
            self.ops.out.push(b' ');
            self.ops.number(font.1);
            self.ops.operator("Tf");
        }
        // Moves are differences of rounded places, so that they do not drift.
        self.ops.number(line.0 - start.0);
        self.ops.number(line.1 - start.1);
        self.ops.operator("Td");
        text::show(&mut self.ops.out, run, face, &mut self.rise);
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.ops.operator("ET");
        }
    }

    fn shape(&mut self, at: Point, shape: &Shape) {
        if let Some(fill) = &shape.fill {
            self.ops.fill_color(self.paint(fill.color));
        }
        if let Some(stroke) = &shape.stroke {
            self.ops.stroke_color(self.paint(stroke.color));
            self.ops.line_width(stroke.width);
        }
        let operator = match (&shape.fill, &shape.stroke) {
            (None, None) => return,
            (Some(fill), None) if fill.even_odd => "f*",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (Some(fill), Some(_)) if fill.even_odd => "B*",
            (Some(_), Some(_)) => "B",
        };
        if self.ops.path(&shape.path, at) {
            self.ops.operator(operator);
        }
    }
}
