//! A document as the rules look at it: what stands where, and on what.

use super::artwork::{self, Lettering};
pub(super) use super::places::{Gathered, Places};
use crate::assets::{Font, Image};
use crate::base::{Abs, Path, Point, Rect, Segment, Transform};
use crate::color::{Artwork, Color, Converter};
use crate::diag::Span;
use crate::document::{Document, GlyphRun, Item, Limits, Page, Picture, Shape};
use std::sync::Arc;

/// A document with its items sorted by kind.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) limits: &'a Limits,
    pub(super) converter: &'a Converter,
    pub(super) pages: Vec<Sheet<'a>>,
}

/// A page.
pub(super) struct Sheet<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) page: &'a Page,
    /// Shapes and pictures from back to front.
    pub(super) art: Vec<Art<'a>>,
    /// Text from back to front.
    pub(super) words: Vec<Words<'a>>,
}

/// A shape or a picture.
pub(super) struct Art<'a> {
    pub(super) what: What<'a>,
    /// Its place among the items of the page.
    pub(super) item: usize,
    /// What its coordinates count from.
    pub(super) at: Point,
    /// The rectangle about it.
    pub(super) area: Rect,
    /// Whether it fills its rectangle and hides all that lies below.
    pub(super) solid: bool,
    pub(super) span: Span,
}

pub(super) enum What<'a> {
    Shape(&'a Shape),
    Picture(&'a Picture),
}

/// A run of glyphs that shows something.
pub(super) struct Words<'a> {
    pub(super) font: &'a Arc<Font>,
    /// The type size on the page.
    pub(super) size: Abs,
    pub(super) fill: Color,
    /// Where its words stand in the author's file.
    pub(super) span: Span,
    /// Where its baseline starts.
    pub(super) at: Point,
    /// From its ascenders to its descenders.
    pub(super) area: Rect,
    /// How many shapes and pictures lie below it.
    pub(super) above: usize,
    /// Whether it is in a picture that only decorates.
    pub(super) decorative: bool,
    /// The text of a drawing that it is, if it is one.
    pub(super) lettering: Option<Lettering<'a>>,
    /// What its picture shows of it at most, if it is in one.
    seen: Option<Rect>,
    /// The glyphs, where they are the page's own and not a drawing's.
    run: Option<&'a GlyphRun>,
}

/// What lies right below a piece of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ground {
    /// One colour, paper included.
    Plain(Color),
    /// Several colours: the one with the most ink is given. None of them need
    /// lie below every letter.
    Mixed(Color),
    /// A picture, whose colours are not looked up.
    Picture,
}

impl<'a> Scene<'a> {
    pub(super) fn new(document: &'a Document, converter: &'a Converter) -> Scene<'a> {
        let pages = document.pages.iter().enumerate();
        let house = &document.print.artwork;
        let pages = pages.map(|(index, page)| Sheet::new(index + 1, page, house)).collect();
        Scene { document, limits: &document.print.limits, converter, pages }
    }

    /// All runs of text with their pages.
    pub(super) fn words(&self) -> impl Iterator<Item = (&Sheet<'a>, &Words<'a>)> {
        self.pages.iter().flat_map(|sheet| sheet.words.iter().map(move |words| (sheet, words)))
    }

    /// All shapes and pictures with their pages.
    pub(super) fn art(&self) -> impl Iterator<Item = (&Sheet<'a>, &Art<'a>)> {
        self.pages.iter().flat_map(|sheet| sheet.art.iter().map(move |art| (sheet, art)))
    }

    /// The place of the whole brochure: the start of its own file, which is read
    /// first.
    pub(super) fn start(&self) -> Option<Span> {
        let files = &self.document.files;
        let file = files.iter().next().and_then(|file| files.find(file.name()))?;
        Some(Span::new(file, 0, 0))
    }

    /// The process inks that stand for a colour, in hundredths of a percent.
    pub(super) fn inks(&self, color: Color) -> [u16; 4] {
        self.converter.to_cmyk(color)
    }

    /// What a colour looks dark by: all process inks that stand for it together,
    /// in hundredths of a percent.
    pub(super) fn darkness(&self, color: Color) -> u32 {
        self.inks(color).into_iter().map(u32::from).sum()
    }

    /// Where to mend a colour that is used at a place: the line of the author's
    /// theme, with the place as another one, or the place itself.
    pub(super) fn source_of(&self, color: Color, used: Span) -> (Span, Option<Span>) {
        let swatch = self.limits.swatches.iter().find(|swatch| {
            swatch.color == color && !self.document.files.get(swatch.span.file).is_built_in()
        });
        swatch.map_or((used, None), |swatch| (swatch.span, Some(used)))
    }

    /// The picture that shows below a piece of text, if there is one.
    pub(super) fn picture_below(sheet: &Sheet<'_>, words: &Words<'_>, area: &Rect) -> Option<Span> {
        let below = sheet.art[..words.above].iter().rev().filter(|art| meet(&art.area, area));
        for art in below {
            match art.what {
                What::Picture(picture) => return Some(picture.span),
                What::Shape(_) if art.solid && holds(&art.area, area) => return None,
                What::Shape(_) => {}
            }
        }
        None
    }

    /// What a piece of text stands on.
    pub(super) fn ground(&self, sheet: &Sheet<'_>, words: &Words<'_>) -> Ground {
        let mut seen: Option<Color> = None;
        let darker = |seen: Option<Color>, color: Color| match seen {
            Some(other) if self.darkness(other) >= self.darkness(color) => other,
            _ => color,
        };
        let below = sheet.art[..words.above].iter().rev();
        for art in below.filter(|art| meet(&art.area, &words.area)) {
            let What::Shape(shape) = art.what else { return Ground::Picture };
            match &shape.fill {
                Some(fill) if art.solid && holds(&art.area, &words.area) => {
                    return match seen {
                        None => Ground::Plain(fill.color),
                        some => Ground::Mixed(darker(some, fill.color)),
                    };
                }
                Some(fill) => seen = Some(darker(seen, fill.color)),
                // A line is no ground.
                None => {}
            }
        }
        seen.map_or(Ground::Plain(Color::WHITE), Ground::Mixed)
    }
}

impl<'a> Sheet<'a> {
    fn new(number: usize, page: &'a Page, house: &Artwork) -> Sheet<'a> {
        let (mut art, mut words) = (Vec::new(), Vec::new());
        for (index, (at, item)) in page.frame.items.iter().enumerate() {
            match item {
                Item::Shape(shape) => art.push(Art::shape(index, *at, shape)),
                Item::Picture(picture) => {
                    art.push(Art::picture(index, *at, picture));
                    if let Image::Drawing(drawing) = &picture.source {
                        let letterings = artwork::letterings(*at, picture, drawing, house);
                        let lettering = |l| Words::lettering(*at, l, picture, art.len());
                        words.extend(letterings.into_iter().map(lettering));
                    }
                }
                Item::Text(run) => words.extend(Words::new(*at, run, art.len())),
                Item::Link(_) => {}
            }
        }
        Sheet { number, page, art, words }
    }

    /// The page after trimming.
    pub(super) fn trim(&self) -> Rect {
        Rect { origin: Point::ZERO, size: self.page.trim }
    }

    /// Whether what is drawn as the `index`th is hidden by what comes later.
    pub(super) fn hidden(&self, index: usize) -> bool {
        let Some(own) = self.art.get(index) else { return false };
        let seen = self.trim().outset(self.page.bleed);
        let Some(area) = intersection(&own.area, &seen) else { return true };
        self.art[index + 1..].iter().any(|art| art.solid && holds(&art.area, &area))
    }
}

impl<'a> Art<'a> {
    fn shape(item: usize, at: Point, shape: &'a Shape) -> Art<'a> {
        let bounds = shape.path.bounds();
        let mut area = Rect { origin: at + bounds.origin, size: bounds.size };
        if let Some(stroke) = &shape.stroke {
            area = area.outset(stroke.width / 2);
        }
        let solid = shape.fill.is_some() && shape.stroke.is_none() && is_rectangle(&shape.path);
        Art { what: What::Shape(shape), item, at, area, solid, span: shape.span }
    }

    fn picture(item: usize, at: Point, picture: &'a Picture) -> Art<'a> {
        let solid = match &picture.source {
            Image::Raster(raster) => artwork::is_opaque(raster),
            Image::Drawing(_) => false,
        };
        let area = Rect { origin: at, size: picture.size };
        Art { what: What::Picture(picture), item, at, area, solid, span: picture.span }
    }
}

impl<'a> Words<'a> {
    /// A run that lies above a number of shapes and pictures; none if it is blank.
    fn new(at: Point, run: &'a GlyphRun, above: usize) -> Option<Words<'a>> {
        let (first, last) = (run.glyphs.first()?, run.glyphs.last()?);
        if run.text.trim().is_empty() {
            return None;
        }
        let ascent = run.font.ascent.at(run.size);
        let height = ascent + run.font.descent.at(run.size);
        Some(Words {
            font: &run.font,
            size: run.size,
            fill: run.fill,
            span: first.span.to(last.span),
            at,
            area: Rect::new(at.x, at.y - ascent, run.width(), height),
            above,
            decorative: false,
            seen: None,
            lettering: None,
            run: Some(run),
        })
    }

    /// A text of a drawing that is the `above`th of what lies on the page, or
    /// lower, and whose picture stands at a place.
    fn lettering(at: Point, lettering: Lettering<'a>, picture: &Picture, above: usize) -> Self {
        let map = lettering.map();
        let (x, y) = map.apply(0.0, 0.0);
        let seen = Rect { origin: at, size: picture.size };
        Words {
            font: &lettering.text.font,
            size: lettering.size,
            fill: lettering.fill,
            span: picture.span,
            at: Point::new(Abs::pt(x), Abs::pt(y)),
            area: artwork::mapped(&lettering.own_area(), map),
            above,
            decorative: picture.alt.is_none(),
            seen: Some(seen),
            lettering: Some(lettering),
            run: None,
        }
    }

    /// The rectangle about its letters as they are drawn; none if nothing of it
    /// is seen.
    pub(super) fn drawn(&self) -> Option<Rect> {
        let (own, map) = self.own_drawn()?;
        if self.lettering.is_none() {
            return Some(own);
        }
        let whole = artwork::mapped(&own, map);
        self.seen.map_or(Some(whole), |seen| intersection(&whole, &seen))
    }

    /// The rectangle about its letters as they are drawn, along its baseline, and
    /// how that leads to the page.
    pub(super) fn own_drawn(&self) -> Option<(Rect, Transform)> {
        if let Some(lettering) = &self.lettering {
            return Some((lettering.own_drawn()?, lettering.map()));
        }
        let run = self.run?;
        let unit = run.size.to_pt() / f64::from(run.font.units_per_em);
        let wide = unit * (1.0 + f64::from(run.expansion) / 1000.0);
        let mut pen = self.at.x;
        let mut drawn: Option<Rect> = None;
        for glyph in &run.glyphs {
            if let Some(outline) = run.font.outline(glyph.id).filter(|o| !o.segments.is_empty()) {
                let bounds = outline.bounds();
                let x = pen + glyph.dx + bounds.left() * wide;
                let y = self.at.y - glyph.dy - bounds.bottom() * unit;
                let own = Rect::new(x, y, bounds.size.width * wide, bounds.size.height * unit);
                drawn = Some(drawn.map_or(own, |drawn| union(&drawn, &own)));
            }
            pen += glyph.advance;
        }
        Some((drawn?, Transform::IDENTITY))
    }
}

/// Points as an author reads them.
pub(super) fn points(length: Abs) -> String {
    format!("{} pt", decimal(length.to_pt()))
}

/// Millimetres as an author reads them.
pub(super) fn millimetres(length: Abs) -> String {
    format!("{} mm", decimal(length.to_mm()))
}

/// A number with two decimals at most.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Ink as an author reads it.
pub(super) fn percent(ink: u32) -> String {
    format!("{} %", decimal(f64::from(ink) / 100.0))
}

/// A colour as an author writes it.
pub(super) fn written(color: Color) -> String {
    let part = |value: i32| decimal(f64::from(value) / 100.0);
    match color {
        Color::Rgb([r, g, b]) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::BLACK => "black".to_owned(),
        Color::WHITE => "white".to_owned(),
        Color::Cmyk(inks) => {
            let [c, m, y, k] = inks.map(|ink| part(ink.into()));
            format!("cmyk({c}, {m}, {y}, {k})")
        }
        Color::Lab(lab) => {
            let [l, a, b] = lab.map(|value| part(value.into()));
            format!("lab({l}, {a}, {b})")
        }
        Color::Spot { ink, tint: 10_000 } => format!("the spot colour {}", ink.name),
        Color::Spot { ink, tint } => format!("{}% of {}", part(tint.into()), ink.name),
    }
}

/// Whether an outline is an upright rectangle and nothing else.
pub(super) fn is_rectangle(path: &Path) -> bool {
    let corners: Vec<Point> = match path.segments.as_slice() {
        [
            Segment::Move(a),
            Segment::Line(b),
            Segment::Line(c),
            Segment::Line(d),
            Segment::Close,
        ] => {
            vec![*a, *b, *c, *d]
        }
        _ => return false,
    };
    let upright = |p: Point, q: Point, r: Point, s: Point| {
        p.y == q.y && q.x == r.x && r.y == s.y && s.x == p.x
    };
    let [a, b, c, d] = [corners[0], corners[1], corners[2], corners[3]];
    upright(a, b, c, d) || upright(b, c, d, a)
}

pub(super) fn meet(a: &Rect, b: &Rect) -> bool {
    intersection(a, b).is_some()
}

/// Whether one rectangle holds another, give or take a hundredth of a point.
pub(super) fn holds(outer: &Rect, inner: &Rect) -> bool {
    let outer = outer.outset(Abs::pt(0.01));
    outer.left() <= inner.left()
        && outer.right() >= inner.right()
        && outer.top() <= inner.top()
        && outer.bottom() >= inner.bottom()
}

pub(super) fn intersection(a: &Rect, b: &Rect) -> Option<Rect> {
    let (left, top) = (a.left().max(b.left()), a.top().max(b.top()));
    let (right, bottom) = (a.right().min(b.right()), a.bottom().min(b.bottom()));
    (left < right && top < bottom).then(|| Rect::new(left, top, right - left, bottom - top))
}

pub(super) fn union(a: &Rect, b: &Rect) -> Rect {
    let (left, top) = (a.left().min(b.left()), a.top().min(b.top()));
    let (right, bottom) = (a.right().max(b.right()), a.bottom().max(b.bottom()));
    Rect::new(left, top, right - left, bottom - top)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    const BLUE: Color = Color::Cmyk([10_000, 6_000, 0, 0]);

    fn ground(proof: &Proof) -> Ground {
        let document = proof.document();
        let scene = Scene::new(&document, super::super::fixture::converter());
        scene.ground(&scene.pages[0], &scene.pages[0].words[0])
    }

    #[test]
    fn text_stands_on_the_uppermost_colour() {
        let words = |proof: Proof| proof.text(30.0, 60.0, 10.0, Color::BLACK, "woord");
        assert_eq!(ground(&words(Proof::new())), Ground::Plain(Color::WHITE));
        let blue = || Proof::new().rect(0.0, 0.0, 200.0, 200.0, BLUE);
        assert_eq!(ground(&words(blue())), Ground::Plain(BLUE));
        let red = Color::Cmyk([0, 10_000, 0, 0]);
        let half = blue().rect(0.0, 0.0, 35.0, 200.0, red);
        assert_eq!(ground(&words(half)), Ground::Mixed(BLUE));
        let later = words(Proof::new()).rect(0.0, 0.0, 200.0, 200.0, BLUE);
        assert_eq!(ground(&later), Ground::Plain(Color::WHITE));
    }

    #[test]
    fn letters_are_measured_as_they_are_drawn() {
        let document = Proof::new().text(30.0, 60.0, 10.0, Color::BLACK, " xp ").document();
        let scene = Scene::new(&document, super::super::fixture::converter());
        let drawn = scene.pages[0].words[0].drawn().unwrap();
        let text = scene.pages[0].words[0].area;
        assert!(drawn.left() > Abs::pt(30.0) && drawn.right() < text.right(), "{drawn:?}");
        assert!(drawn.top() > Abs::pt(54.0) && drawn.bottom() > Abs::pt(61.0), "{drawn:?}");
        let blank = Proof::new().text(30.0, 60.0, 10.0, Color::BLACK, "  ").document();
        let scene = Scene::new(&blank, super::super::fixture::converter());
        assert!(scene.pages[0].words.is_empty());
    }

    #[test]
    fn numbers_and_colours_read_as_authors_write_them() {
        assert_eq!(points(Abs::pt(0.25)), "0.25 pt");
        assert_eq!(points(Abs::pt(6.0)), "6 pt");
        assert_eq!(percent(31_250), "312.5 %");
        assert_eq!(written(Color::Rgb([0, 73, 122])), "#00497a");
        assert_eq!(written(Color::Cmyk([10_000, 0, 50, 0])), "cmyk(100, 0, 0.5, 0)");
    }
}
