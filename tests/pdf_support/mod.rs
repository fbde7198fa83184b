//! Documents built by hand, and PDFs read back.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by test files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

pub mod places;

use drukklaar::assets::{Assets, Font, Image};
use drukklaar::base::{Abs, Date, Em, Lang, Path, Point, Rect, Size};
use drukklaar::color::Color;
use drukklaar::diag::{Files, SourceFile, Span};
use drukklaar::document::{
    Document, Element, Fill, Frame, Glyph, GlyphKind, GlyphRun, Item, Link, LinkTarget, Meta,
    OutlineEntry, Page, Picture, Role, Shape, Stroke,
};
use drukklaar::pdf::{self, Cache, PdfOptions, Profile};
use lcms2::{CIExyY, CIExyYTRIPLE, ToneCurve};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};
use skrifa::GlyphId;
use skrifa::raw::TableProvider;
use std::sync::{Arc, LazyLock};

pub static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);
pub static CACHE: LazyLock<Cache> = LazyLock::new(Cache::new);

pub const BLUE: Color = Color::Rgb([0, 73, 122]);

pub fn span() -> Span {
    let mut files = Files::new();
    Span::new(files.add(Arc::new(SourceFile::new("a.toml", ""))), 0, 0)
}

pub fn font(face: &str) -> Arc<Font> {
    let family = if face == "medium" { "Barlow" } else { "Source Sans 3" };
    ASSETS.builtin_font(family, face).unwrap()
}

pub fn advance(font: &Font, id: u16, size: Abs) -> Abs {
    let units = font.tables().hmtx().unwrap().advance(GlyphId::from(id)).unwrap();
    Em::units(i32::from(units), font.units_per_em).at(size)
}

/// A run of one glyph a character.
pub fn run(font: &Arc<Font>, size: f64, fill: Color, text: &str) -> GlyphRun {
    let size = Abs::pt(size);
    let glyphs = text
        .char_indices()
        .map(|(at, c)| {
            let id = font.glyph(c).unwrap_or_default();
            Glyph {
                id,
                kind: if c == ' ' { GlyphKind::Space } else { GlyphKind::Plain },
                advance: advance(font, id, size),
                dx: Abs::ZERO,
                dy: Abs::ZERO,
                text_start: at as u32,
                text_end: (at + c.len_utf8()) as u32,
                span: span(),
            }
        })
        .collect();
    GlyphRun { font: font.clone(), size, expansion: 0, fill, text: text.to_owned(), glyphs }
}

pub fn at(x: f64, y: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(y))
}

pub fn rect(x: f64, y: f64, width: f64, height: f64, fill: Option<Color>) -> Item {
    let sides = [x, y, width, height].map(Abs::pt);
    Item::Shape(Shape {
        path: Path::rect(Rect::new(sides[0], sides[1], sides[2], sides[3])),
        fill: fill.map(Fill::new),
        stroke: None,
        span: span(),
    })
}

pub fn stroked(path: Path, color: Color, width: f64) -> Item {
    let stroke = Some(Stroke { color, width: Abs::pt(width) });
    Item::Shape(Shape { path, fill: None, stroke, span: span() })
}

pub fn link(url: &str, width: f64, height: f64) -> Item {
    Item::Link(Link {
        target: LinkTarget::Url(url.to_owned()),
        size: Size::new(Abs::pt(width), Abs::pt(height)),
        words: "de verwijzing".to_owned(),
        span: span(),
    })
}

/// An A4 page with 3 mm bleed.
pub fn page(items: Vec<(Point, Item)>) -> Page {
    let trim = Size::new(Abs::mm(210.0), Abs::mm(297.0));
    let frame = Frame { size: trim, items, ..Frame::default() };
    Page { trim, bleed: Abs::mm(3.0), frame, grid: None, columns: Vec::new(), stamp: None }
}

pub fn document(pages: Vec<Page>) -> Document {
    Document {
        meta: Meta {
            title: "Ruimte om te maken – één".to_owned(),
            author: "Koninklijke Metaalunie".to_owned(),
            subject: "Brochure".to_owned(),
            keywords: vec!["metaal".to_owned(), "Flevoland".to_owned()],
            lang: Lang::Nl,
            date: Some(Date { year: 2026, month: 11, day: 1 }),
        },
        pages,
        outline: Vec::new(),
        files: Arc::new(Files::new()),
        copyfit: Default::default(),
        print: Default::default(),
        structure: Element::new(Role::Document),
    }
}

/// Two pages with text in three faces, shapes, links and an outline.
pub fn sample() -> Document {
    let (regular, italic, medium) = (font("regular"), font("italic"), font("medium"));
    let first = vec![
        (Point::ZERO, rect(-8.6, -8.6, 300.0, 200.0, Some(BLUE))),
        (at(50.0, 90.0), Item::Text(run(&medium, 32.0, Color::WHITE, "Ruimte om te maken"))),
        (at(50.0, 250.0), Item::Text(run(&regular, 9.5, Color::BLACK, "Eén regel, en dan "))),
        (at(126.0, 250.0), Item::Text(run(&italic, 9.5, BLUE, "cursief"))),
        (at(126.0, 240.0), link("https://www.metaalunie.nl/één", 30.0, 12.0)),
        (at(50.0, 263.0), Item::Text(run(&regular, 9.5, Color::BLACK, "nog een regel (2)."))),
        (Point::ZERO, stroked(Path::line(at(50.0, 270.0), at(250.0, 270.0)), BLUE, 0.5)),
    ];
    let cmyk = Color::Cmyk([10_000, 6_000, 0, 1_255]);
    let second = vec![
        (at(50.0, 60.0), Item::Text(run(&regular, 9.5, cmyk, "Tweede bladzijde"))),
        (at(590.0, 10.0), link("mailto:info@metaalunie.nl", 30.0, 12.0)),
        (at(700.0, 10.0), link("https://buiten.nl", 30.0, 12.0)),
    ];
    let mut document = document(vec![page(first), page(second)]);
    let entry = |level, title: &str, page| OutlineEntry {
        level,
        title: title.to_owned(),
        page,
        at: at(50.0, 60.0),
        span: span(),
    };
    document.outline = vec![
        entry(1, "Eerste", 0),
        entry(2, "Onderwerp", 0),
        entry(2, "Nog één", 1),
        entry(1, "Tweede", 1),
    ];
    document
}

pub fn write(document: &Document, profile: Profile) -> Vec<u8> {
    pdf::write(document, &PdfOptions { profile, cache: &CACHE }).unwrap()
}

/// A PDF, written and read back.
pub struct Read {
    pub bytes: Vec<u8>,
    pub pdf: lopdf::Document,
    pub pages: Vec<Dictionary>,
}

pub fn read(document: &Document, profile: Profile) -> Read {
    let bytes = write(document, profile);
    let pdf = lopdf::Document::load_mem(&bytes).unwrap();
    let pages =
        pdf.get_pages().values().map(|&id| pdf.get_dictionary(id).unwrap().clone()).collect();
    Read { bytes, pdf, pages }
}

impl Read {
    /// What a reference leads to, or the object itself.
    pub fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.pdf.dereference(object).unwrap().1
    }

    /// The dictionary under a path of keys from `dict`.
    pub fn dict<'a>(&'a self, dict: &'a Dictionary, path: &[&str]) -> &'a Dictionary {
        path.iter().fold(dict, |dict, key| {
            let object = self.resolve(dict.get(key.as_bytes()).unwrap());
            match object {
                Object::Stream(stream) => &stream.dict,
                object => object.as_dict().unwrap(),
            }
        })
    }

    pub fn catalog(&self) -> &Dictionary {
        self.pdf.catalog().unwrap()
    }

    /// The operators of a page.
    pub fn operations(&self, page: usize) -> Vec<Operation> {
        let id = *self.pdf.get_pages().values().nth(page).unwrap();
        Content::decode(&self.pdf.get_page_content(id)).unwrap().operations
    }

    /// The numbers of a box of a page.
    pub fn corners(&self, page: usize, key: &str) -> Vec<f32> {
        let array = self.pages[page].get(key.as_bytes()).unwrap().as_array().unwrap();
        array.iter().map(|number| number.as_float().unwrap()).collect()
    }

    /// The annotations of a page.
    pub fn annotations(&self, page: usize) -> Vec<&Dictionary> {
        match self.pages[page].get(b"Annots") {
            Ok(list) => {
                let list = self.resolve(list).as_array().unwrap();
                list.iter().map(|link| self.resolve(link).as_dict().unwrap()).collect()
            }
            Err(_) => Vec::new(),
        }
    }

    /// The streams of a subtype, `Image` or `Form`.
    pub fn xobjects(&self, subtype: &str) -> Vec<&lopdf::Stream> {
        self.pdf
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .filter(|stream| {
                let found = stream.dict.get(b"Subtype").and_then(Object::as_name);
                found.is_ok_and(|name| name == subtype.as_bytes())
            })
            .collect()
    }
}

pub fn picture(image: &Image, width: f64, height: f64, cover: bool) -> Item {
    Item::Picture(Picture {
        source: image.clone(),
        size: Size::new(Abs::pt(width), Abs::pt(height)),
        alt: None,
        cover,
        span: span(),
    })
}

pub fn parse(bytes: &[u8]) -> Image {
    Image::parse(bytes.to_vec()).unwrap()
}

/// A page with the image at 100 by 50 points.
pub fn placed(image: &Image, profile: Profile) -> Read {
    let item = picture(image, 100.0, 50.0, false);
    read(&document(vec![page(vec![(at(10.0, 20.0), item)])]), profile)
}

/// The numbers of the `cm` on the first page.
pub fn matrix(operations: &[Operation]) -> Vec<f32> {
    let found = operations.iter().find(|operation| operation.operator == "cm").unwrap();
    found.operands.iter().map(|number| number.as_float().unwrap()).collect()
}

/// How often an operator occurs.
pub fn count(operations: &[Operation], operator: &str) -> usize {
    operations.iter().filter(|operation| operation.operator == operator).count()
}

/// An RGB profile with other primaries than sRGB's.
pub fn wide_profile() -> Vec<u8> {
    let white = CIExyY { x: 0.3127, y: 0.3290, Y: 1.0 };
    let primary = |x, y| CIExyY { x, y, Y: 1.0 };
    let primaries = CIExyYTRIPLE {
        Red: primary(0.64, 0.33),
        Green: primary(0.21, 0.71),
        Blue: primary(0.15, 0.06),
    };
    let curve = ToneCurve::new(2.2);
    lcms2::Profile::new_rgb(&white, &primaries, &[&curve, &curve, &curve]).unwrap().icc().unwrap()
}
