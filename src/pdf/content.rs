//! A page's operators, and what the page refers to.

use super::drawings::Placing;
use super::fonts::{FontSet, resource_name};
use super::grounds::{self, Form, Grounds};
use super::number::{self, milli};
use super::ops::{Ops, Paint, Space};
use super::strings::deflate;
use super::tags::{Owner, Tags};
use super::text::{self, TextState};
use super::xobjects::XObjects;
use super::{PdfError, Profile, Target, marks};
use crate::assets::Image;
use crate::assets::Orientation;
use crate::base::{Abs, Em, Point, Rect, Transform};
use crate::color::{Color, SpotInk};
use crate::document::{GlyphRun, Item, LinkTarget, Page, Picture, Shape, Stamp};
use std::collections::BTreeSet;

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
    /// The page with its bleed.
    pub(super) bleed: Box4,
    /// Spot inks in use.
    pub(super) spots: BTreeSet<SpotInk>,
    /// Whether any ink prints over another.
    pub(super) overprints: bool,
    /// Whether marks stand on it.
    pub(super) marks: bool,
    /// Whether anything on it lets through what is behind.
    pub(super) transparent: bool,
    /// Areas to click.
    pub(super) links: Vec<LinkArea>,
    /// By their numbers, the elements that sequences of marked content belong to.
    pub(super) sequences: Vec<usize>,
    /// By items, the number of the sequence they stand in.
    pub(super) marked: Vec<Option<usize>>,
    /// By items of elements, the rectangle that they take.
    pub(super) extents: Vec<Option<Box4>>,
    /// The coordinates, for places on the page.
    pub(super) space: Space,
}

/// An area to click.
#[derive(Debug)]
pub(super) struct LinkArea {
    pub(super) area: Box4,
    pub(super) target: LinkTarget,
    pub(super) words: String,
    /// The item among those of its page.
    pub(super) item: usize,
}

/// Writes a page.
///
/// # Errors
/// If an image cannot be decoded.
pub(super) fn page(
    page: &Page,
    target: Target<'_>,
    fonts: &FontSet,
    slug: Option<&GlyphRun>,
    tags: Option<(&Tags, usize)>,
    xobjects: &mut XObjects,
) -> Result<PageContent, PdfError> {
    let (bleed, room) = match target.profile {
        Profile::Print => (page.bleed, marks::room(&target.print.marks)),
        Profile::Screen => (Abs::ZERO, Abs::ZERO),
    };
    let edge = bleed + room;
    let trim = Rect::new(edge, edge, page.trim.width, page.trim.height);
    let (bleed, media) = (trim.outset(bleed), trim.outset(edge));
    let space = Space { left: edge, top: Some(edge + page.trim.height), places: 3 };
    let corners = |rect: Rect| [rect.left(), rect.top(), rect.right(), rect.bottom()].map(milli);
    let [media, bleed, trim] = [media, bleed, trim].map(corners);
    let mut writer = PageWriter {
        ops: Ops::new(space),
        target,
        fonts,
        xobjects,
        text: None,
        font: None,
        text_state: TextState::default(),
        links: Vec::new(),
        transparent: false,
        grounds: Grounds::default(),
        tags,
        tagged: None,
        media,
        sequences: Vec::new(),
        marked: vec![None; page.frame.items.len()],
    };
    for (index, (at, item)) in page.frame.items.iter().enumerate() {
        writer.tag(index, *at, item);
        writer.item(index, *at, item)?;
    }
    writer.close_tag();
    if let Some(stamp) = &page.stamp {
        writer.stamp(stamp);
    }
    if target.profile == Profile::Print {
        // Marks are the last, so that nothing covers them.
        if let Some(slug) = slug {
            writer.run(marks::slug_place(page), slug, Paint::Registration);
        }
        writer.end_text();
        writer.ops.overprint(false);
        let spots: Vec<SpotInk> = writer.ops.spots.iter().copied().collect();
        marks::draw(&mut writer.ops, page, &target.print.marks, &spots);
    }
    writer.end_text();
    let links = writer.links.into_iter().filter_map(|mut link| {
        link.area = intersection(link.area, media)?;
        Some(link)
    });
    // What reaches past the page is cut off with it.
    let extents = page.frame.items.iter();
    let extents = extents.map(|(at, item)| Some(overlap(extent(space, *at, item)?, media)));
    Ok(PageContent {
        links: links.collect(),
        sequences: writer.sequences,
        marked: writer.marked,
        extents: extents.collect(),
        stream: deflate(&writer.ops.out),
        media,
        trim,
        bleed,
        spots: writer.ops.spots,
        overprints: writer.ops.overprints,
        marks: target.profile == Profile::Print && !target.print.marks.is_empty(),
        transparent: writer.transparent,
        space,
    })
}

fn intersection(a: Box4, b: Box4) -> Option<Box4> {
    let both = overlap(a, b);
    (both[0] < both[2] && both[1] < both[3]).then_some(both)
}

/// What two rectangles have in common; inside out if that is nothing.
fn overlap(a: Box4, b: Box4) -> Box4 {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// The least side, in millimetres, of a black area that counts as large.
const LARGE: f64 = 10.0;

/// An open text object.
#[derive(Debug, Clone, Copy)]
struct TextObject {
    /// Start of the current line in thousandths of a point.
    line: (i64, i64),
}

struct PageWriter<'a> {
    ops: Ops,
    target: Target<'a>,
    fonts: &'a FontSet,
    xobjects: &'a mut XObjects,
    text: Option<TextObject>,
    /// Font and size in force; they outlive a text object.
    font: Option<(usize, i64)>,
    /// Text rise and scaling in force, likewise.
    text_state: TextState,
    links: Vec<LinkArea>,
    transparent: bool,
    grounds: Grounds,
    /// The tags of the document and the number of the page, if it is tagged.
    tags: Option<(&'a Tags, usize)>,
    /// To what the open sequence of marked content belongs.
    tagged: Option<Owner>,
    /// Everything that is in the file.
    media: Box4,
    sequences: Vec<usize>,
    marked: Vec<Option<usize>>,
}

impl PageWriter<'_> {
    /// Opens the sequence of marked content that an item belongs to (ISO 32000-1,
    /// 14.6), unless it is open. Links are no content.
    fn tag(&mut self, index: usize, at: Point, item: &Item) {
        let Some((tags, page)) = self.tags else { return };
        if matches!(item, Item::Link(_)) {
            return;
        }
        let owner = match tags.owners(page).get(index).copied().unwrap_or_default() {
            Owner::Decoration if self.covers_page(at, item) => Owner::Background,
            owner => owner,
        };
        if self.tagged != Some(owner) {
            self.close_tag();
            self.tagged = Some(owner);
            match owner {
                Owner::Decoration => self.artifact("/Layout"),
                Owner::Background => {
                    let corners = self.media.map(number::text).join(" ");
                    self.artifact(&format!("/Background/BBox[{corners}]"));
                }
                Owner::Header => self.artifact("/Pagination/Subtype/Header"),
                Owner::Footer => self.artifact("/Pagination/Subtype/Footer"),
                Owner::Element(element) => {
                    let (kind, number) = (tags.type_of(element), self.sequences.len());
                    self.ops.operator(&format!("/{kind} <</MCID {number}>> BDC"));
                    self.sequences.push(element);
                }
            }
        }
        if let Owner::Element(_) = owner {
            self.marked[index] = self.sequences.len().checked_sub(1);
        }
    }

    /// Opens what is no content (ISO 32000-1, 14.8.2.2), of a type and with what
    /// else is said of that.
    fn artifact(&mut self, kind: &str) {
        self.ops.operator(&format!("/Artifact <</Type{kind}>> BDC"));
    }

    /// Whether nothing of the page is to be seen around an item.
    fn covers_page(&self, at: Point, item: &Item) -> bool {
        let media = self.media;
        extent(self.ops.space, at, item).is_some_and(|area| {
            area[0] <= media[0] && area[1] <= media[1] && area[2] >= media[2] && area[3] >= media[3]
        })
    }

    fn close_tag(&mut self) {
        if self.tagged.take().is_some() {
            // Text objects lie within a sequence.
            self.end_text();
            self.ops.operator("EMC");
        }
    }

    fn item(&mut self, index: usize, at: Point, item: &Item) -> Result<(), PdfError> {
        match item {
            Item::Text(run) => self.run(at, run, self.paint(run.fill)),
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
                    target: link.target.clone(),
                    words: link.words.clone(),
                    item: index,
                });
            }
        }
        Ok(())
    }

    fn paint(&self, color: Color) -> Paint {
        Paint::new(color, self.target.profile, self.target.press.converter())
    }

    /// Whether a run prints over what lies below: black text does, so that no
    /// paper shows at its edges where plates are not in register.
    fn overprints(&self, at: Point, run: &GlyphRun, paint: Paint) -> bool {
        let limit = self.target.print.condition.ink_limit;
        paint == Paint::BLACK
            && (self.grounds.takes_black(line_box(at, run), limit)
                || self.grounds.takes_black(inked(at, run), limit))
    }

    fn run(&mut self, at: Point, run: &GlyphRun, paint: Paint) {
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
        self.ops.overprint(self.overprints(at, run, paint));
        let ink = grounds::ink_under_black(paint);
        if ink + grounds::FULL > self.target.print.condition.ink_limit.into() {
            // Black on such letters would be too much.
            self.grounds.add(inked(at, run), ink, Form::Unknown);
        }
        self.ops.fill_color(paint);
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
        self.artifact("/Pagination/Subtype/Watermark");
        self.shape(Point::ZERO, &stamp.band);
        // A quarter anticlockwise about the start of the baseline.
        let (x, y) = self.ops.space.place(stamp.at);
        let (e, f) = (x as f64 / 1000.0, y as f64 / 1000.0);
        let (font, text_state) = (self.font, self.text_state);
        self.ops.save();
        self.ops.transform(Transform { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e, f });
        let page =
            std::mem::replace(&mut self.ops.space, Space { left: Abs::ZERO, top: None, places: 3 });
        let paint = self.paint(stamp.words.fill);
        self.run(Point::ZERO, &stamp.words, paint);
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
        self.ops.overprint(false);
        let bounds = shape.path.bounds();
        let area = Rect { origin: at + bounds.origin, size: bounds.size };
        if let Some(fill) = &shape.fill {
            let paint = self.paint(self.area_color(fill.color, area));
            self.ops.fill_color(paint);
            self.grounds.add(area, grounds::ink_under_black(paint), Form::of(&shape.path, at));
        }
        if let Some(stroke) = &shape.stroke {
            let paint = self.paint(stroke.color);
            self.ops.stroke_color(paint);
            self.ops.line_width(stroke.width);
            self.grounds.add(
                area.outset(stroke.width / 2),
                grounds::ink_under_black(paint),
                Form::Unknown,
            );
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

    /// The colour of an area: large black ones take the theme's rich black, if
    /// it has one.
    fn area_color(&self, color: Color, area: Rect) -> Color {
        let large = area.size.width.min(area.size.height) >= Abs::mm(LARGE);
        match self.target.print.rich_black {
            Some(rich) if large && self.paint(color) == Paint::BLACK => rich,
            _ => color,
        }
    }

    fn picture(&mut self, at: Point, picture: &Picture) -> Result<(), PdfError> {
        self.ops.overprint(false);
        let (resource, natural, own, transparent) = match &picture.source {
            Image::Raster(raster) => {
                let (resource, transparent) = self.xobjects.raster(raster, self.target)?;
                let natural = (f64::from(raster.width), f64::from(raster.height));
                (resource, natural, upright(raster.orientation), transparent)
            }
            Image::Drawing(drawing) => {
                let area = Rect { origin: at, size: picture.size };
                let limit = self.target.print.condition.ink_limit;
                let placing = Placing {
                    span: picture.span,
                    room: self.target.profile == Profile::Print
                        && self.grounds.takes_black(area, limit),
                };
                let (resource, form) =
                    self.xobjects.drawing(drawing, self.target, self.fonts, placing)?;
                self.ops.spots.extend(form.spots());
                let transparent = form.is_transparent();
                let natural = (drawing.size.width.to_pt(), drawing.size.height.to_pt());
                (resource, natural, Transform::scale(1.0 / natural.0, 1.0 / natural.1), transparent)
            }
        };
        self.transparent |= transparent;
        let area = Rect { origin: at, size: picture.size };
        // What an image has of ink at a place is not looked up, only the most it
        // can have.
        self.grounds.add(area, self.target.print.condition.ink_limit.into(), Form::Unknown);
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

/// The rectangle about a run, as high as its face's letters can be.
fn line_box(at: Point, run: &GlyphRun) -> Rect {
    let (ascent, descent) = (run.font.ascent.at(run.size), run.font.descent.at(run.size));
    Rect::new(at.x, at.y - ascent, run.width(), ascent + descent)
}

/// The rectangle about the ink of a run: what lies close to its letters is not
/// below them.
fn inked(at: Point, run: &GlyphRun) -> Rect {
    let (mut top, mut bottom) = (Abs::ZERO, Abs::ZERO);
    for glyph in &run.glyphs {
        let Some(outline) = run.font.outline(glyph.id) else { continue };
        // A length of 1 pt is a design unit, and y grows upwards.
        let bounds = outline.bounds();
        let scaled =
            |units: Abs| Em::new(units.to_pt() / f64::from(run.font.units_per_em)).at(run.size);
        top = top.min(-scaled(bounds.bottom()) - glyph.dy);
        bottom = bottom.max(-scaled(bounds.top()) - glyph.dy);
    }
    Rect::new(at.x, at.y + top, run.width(), bottom - top)
}

/// The rectangle that an item takes on a page.
fn extent(space: Space, at: Point, item: &Item) -> Option<Box4> {
    let area = match item {
        Item::Text(run) => line_box(at, run),
        Item::Shape(shape) => {
            let bounds = shape.path.bounds();
            Rect { origin: at + bounds.origin, size: bounds.size }
        }
        Item::Picture(picture) => Rect { origin: at, size: picture.size },
        Item::Link(_) => return None,
    };
    let (left, bottom) = space.place(Point::new(area.left(), area.bottom()));
    let (right, top) = space.place(Point::new(area.right(), area.top()));
    Some([left, bottom, right, top])
}

/// Turns an image in the unit square, y upwards, to be seen upright.
fn upright(orientation: Orientation) -> Transform {
    // x' = 1 - x; and a quarter clockwise: x' = y, y' = 1 - x.
    let mirror = Transform { a: -1.0, e: 1.0, ..Transform::IDENTITY };
    let quarter = Transform { a: 0.0, b: -1.0, c: 1.0, d: 0.0, e: 0.0, f: 1.0 };
    let start = if orientation.mirrored { mirror } else { Transform::IDENTITY };
    (0..orientation.quarters).fold(start, |turned, _| quarter.after(turned))
}
