//! A page's operators, and what the page refers to.

use super::fonts::{FontSet, resource_name};
use super::number::milli;
use super::ops::{Ops, Paint, Space};
use super::strings::deflate;
use super::text::{self, TextState};
use super::xobjects::XObjects;
use super::{PdfError, PdfOptions, Profile};
use crate::assets::Image;
use crate::assets::Orientation;
use crate::base::{Abs, Point, Rect, Transform};
use crate::document::{GlyphRun, Item, Page, Picture, Shape, Stamp};

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
    /// Whether anything on it lets through what is behind.
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
///
/// # Errors
/// If an image cannot be decoded.
pub(super) fn page(
    page: &Page,
    options: &PdfOptions<'_>,
    fonts: &FontSet,
    xobjects: &mut XObjects,
) -> Result<PageContent, PdfError> {
    let bleed = match options.profile {
        Profile::Print => page.bleed,
        Profile::Screen => Abs::ZERO,
    };
    let trim = Rect::new(bleed, bleed, page.trim.width, page.trim.height);
    let media = trim.outset(bleed);
    let space = Space { left: bleed, top: Some(bleed + page.trim.height), places: 3 };
    let mut writer = PageWriter {
        ops: Ops::new(space),
        options,
        fonts,
        xobjects,
        text: None,
        font: None,
        text_state: TextState::default(),
        links: Vec::new(),
        transparent: false,
    };
    for (at, item) in &page.frame.items {
        writer.item(*at, item)?;
    }
    if let Some(stamp) = &page.stamp {
        writer.stamp(stamp);
    }
    writer.end_text();
    let corners = |rect: Rect| [rect.left(), rect.top(), rect.right(), rect.bottom()].map(milli);
    let (media, trim) = (corners(media), corners(trim));
    let links = writer.links.into_iter().filter_map(|mut link| {
        link.area = intersection(link.area, media)?;
        Some(link)
    });
    Ok(PageContent {
        links: links.collect(),
        stream: deflate(&writer.ops.out),
        media,
        trim,
        transparent: writer.transparent,
        space,
    })
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
    xobjects: &'a mut XObjects,
    text: Option<TextObject>,
    /// Font and size in force; they outlive a text object.
    font: Option<(usize, i64)>,
    /// Text rise and scaling in force, likewise.
    text_state: TextState,
    links: Vec<LinkArea>,
    transparent: bool,
}

impl PageWriter<'_> {
    fn item(&mut self, at: Point, item: &Item) -> Result<(), PdfError> {
        match item {
            Item::Text(run) => self.run(at, run),
            Item::Shape(shape) => {
                self.end_text();
                self.shape(at, shape);
            }
            Item::Picture(picture) => {
                self.end_text();
                self.picture(at, picture)?;
            }
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
        Ok(())
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
        text::show(&mut self.ops.out, run, face, &mut self.text_state);
    }

    /// Writes what says that the page belongs to a draft, as an artifact.
    fn stamp(&mut self, stamp: &Stamp) {
        self.end_text();
        self.ops.operator("/Artifact BMC");
        self.shape(Point::ZERO, &stamp.band);
        // A quarter anticlockwise about the start of the baseline.
        let (x, y) = self.ops.space.place(stamp.at);
        let (e, f) = (x as f64 / 1000.0, y as f64 / 1000.0);
        let (font, text_state) = (self.font, self.text_state);
        self.ops.save();
        self.ops.transform(Transform { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e, f });
        let page =
            std::mem::replace(&mut self.ops.space, Space { left: Abs::ZERO, top: None, places: 3 });
        self.run(Point::ZERO, &stamp.words);
        self.end_text();
        self.ops.space = page;
        self.ops.restore();
        // The page's own are in force again.
        (self.font, self.text_state) = (font, text_state);
        self.ops.operator("EMC");
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

    fn picture(&mut self, at: Point, picture: &Picture) -> Result<(), PdfError> {
        let (profile, cache) = (self.options.profile, self.options.cache);
        let (resource, natural, own, transparent) = match &picture.source {
            Image::Raster(raster) => {
                let (resource, transparent) = self.xobjects.raster(raster, profile, cache)?;
                let natural = (f64::from(raster.width), f64::from(raster.height));
                (resource, natural, upright(raster.orientation), transparent)
            }
            Image::Drawing(drawing) => {
                let (resource, transparent) = self.xobjects.drawing(drawing, profile, cache)?;
                let natural = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
                (resource, natural, Transform::scale(1.0 / natural.0, 1.0 / natural.1), transparent)
            }
        };
        self.transparent |= transparent;
        let area = Rect { origin: at, size: picture.size };
        let (mut width, mut height) = (picture.size.width.to_pt(), picture.size.height.to_pt());
        if width <= 0.0 || height <= 0.0 {
            return Ok(());
        }
        let corner = self.ops.space.place(Point::new(area.left(), area.bottom()));
        let (mut left, mut bottom) = (corner.0 as f64 / 1000.0, corner.1 as f64 / 1000.0);
        self.ops.save();
        if picture.cover {
            let scale = (width / natural.0).max(height / natural.1);
            let (full_width, full_height) = (natural.0 * scale, natural.1 * scale);
            left -= (full_width - width) / 2.0;
            bottom -= (full_height - height) / 2.0;
            (width, height) = (full_width, full_height);
            self.ops.rect(area, Point::ZERO);
            self.ops.clip(false);
        }
        let unit = Transform { a: width, d: height, e: left, f: bottom, ..Transform::IDENTITY };
        self.ops.transform(unit.after(own));
        self.ops.operator(&format!("/{resource} Do"));
        self.ops.restore();
        Ok(())
    }
}

/// Turns an image in the unit square, y upwards, to be seen upright.
fn upright(orientation: Orientation) -> Transform {
    // x' = 1 - x; and a quarter clockwise: x' = y, y' = 1 - x.
    let mirror = Transform { a: -1.0, e: 1.0, ..Transform::IDENTITY };
    let quarter = Transform { a: 0.0, b: -1.0, c: 1.0, d: 0.0, e: 0.0, f: 1.0 };
    let start = if orientation.mirrored { mirror } else { Transform::IDENTITY };
    (0..orientation.quarters).fold(start, |turned, _| quarter.after(turned))
}
