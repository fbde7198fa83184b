//! Pages made by hand, for the tests of the rules.

use crate::assets::{Assets, Font, FontLibrary, Image};
use crate::base::{Abs, Date, Em, Path, Point, Rect, Size};
use crate::color::{Artwork, Color, Converter, PrintCondition};
use crate::diag::{Code, Diagnostic, Files, SourceFile, Span};
use crate::document::{
    Copyfit, Document, Element, Fill, Frame, Glyph, GlyphKind, GlyphRun, Item, Limits, Meta, Node,
    Page, Picture, Print, Role, Shape, Stroke,
};
use std::sync::{Arc, LazyLock};

/// The converter for coated paper.
pub(super) fn converter() -> &'static Converter {
    static CONVERTER: LazyLock<Converter> =
        LazyLock::new(|| Converter::new(&PrintCondition::fogra39()).unwrap());
    &CONVERTER
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);

/// A page of 400 by 600 points with 3 mm of bleed, in the making. Each item's
/// span is as long as its number, from 1.
pub(super) struct Proof {
    items: Vec<(Point, Item)>,
    files: Files,
    base: Span,
    pub(super) limits: Limits,
    pub(super) condition: PrintCondition,
    pub(super) artwork: Artwork,
    pub(super) bleed: Abs,
    pub(super) date: Option<Date>,
    pub(super) pages: usize,
    pub(super) free: bool,
    /// Whether the images that come next only decorate.
    pub(super) decorative: bool,
    /// How many of the first items are a figure; the others are decoration.
    pub(super) figure: usize,
    font: Arc<Font>,
}

impl Proof {
    pub(super) fn new() -> Proof {
        let mut files = Files::new();
        let file = files.add(Arc::new(SourceFile::new("a.toml", "x".repeat(100))));
        Proof {
            items: Vec::new(),
            base: Span::new(file, 0, 0),
            files,
            limits: Limits::default(),
            condition: PrintCondition::fogra39(),
            artwork: Artwork::new(),
            bleed: Abs::mm(3.0),
            date: Some(Date { year: 2026, month: 11, day: 1 }),
            pages: 1,
            free: false,
            decorative: false,
            figure: 0,
            font: ASSETS.builtin_font("Source Sans 3", "regular").unwrap(),
        }
    }

    /// The place of the `number`th item.
    pub(super) fn span(&self, number: usize) -> Span {
        Span { end: number as u32, ..self.base }
    }

    fn next(&self) -> Span {
        self.span(self.items.len() + 1)
    }

    /// With the face that comes next.
    pub(super) fn font(mut self, font: Font) -> Proof {
        self.font = Arc::new(font);
        self
    }

    /// With text whose baseline starts at a place in points.
    pub(super) fn text(mut self, x: f64, y: f64, size: f64, fill: Color, text: &str) -> Proof {
        let (size, span, font) = (Abs::pt(size), self.next(), Arc::clone(&self.font));
        let glyphs = text.char_indices().map(|(at, c)| {
            let id = font.glyph(c).unwrap_or_default();
            Glyph {
                id,
                kind: GlyphKind::Plain,
                advance: font.advance(id).unwrap_or(Em::new(0.5)).at(size),
                dx: Abs::ZERO,
                dy: Abs::ZERO,
                text_start: at as u32,
                text_end: (at + c.len_utf8()) as u32,
                span,
            }
        });
        let glyphs = glyphs.collect();
        let run = GlyphRun { font, size, expansion: 0, fill, text: text.to_owned(), glyphs };
        self.items.push((Point::new(Abs::pt(x), Abs::pt(y)), Item::Text(run)));
        self
    }

    /// With a filled rectangle, in points.
    pub(super) fn rect(self, x: f64, y: f64, width: f64, height: f64, color: Color) -> Proof {
        let [x, y, width, height] = [x, y, width, height].map(Abs::pt);
        let path = Path::rect(Rect::new(x, y, width, height));
        self.shape(path, Some(Fill::new(color)), None)
    }

    /// With a line from left to right, in points.
    pub(super) fn line(self, width: f64) -> Proof {
        let at = |x| Point::new(Abs::pt(x), Abs::pt(100.0));
        let stroke = Stroke { color: Color::BLACK, width: Abs::pt(width) };
        self.shape(Path::line(at(50.0), at(150.0)), None, Some(stroke))
    }

    pub(super) fn shape(mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) -> Proof {
        let shape = Shape { path, fill, stroke, span: self.next() };
        self.items.push((Point::ZERO, Item::Shape(shape)));
        self
    }

    /// With an image that covers a rectangle, in points.
    pub(super) fn picture(mut self, rect: [f64; 4], source: Image) -> Proof {
        let [x, y, width, height] = rect.map(Abs::pt);
        let size = Size::new(width, height);
        let alt = (!self.decorative).then(|| "een beeld".into());
        let picture = Picture { source, size, alt, cover: true, span: self.next() };
        self.items.push((Point::new(x, y), Item::Picture(picture)));
        self
    }

    pub(super) fn document(&self) -> Document {
        let page = Page {
            trim: Size::new(Abs::pt(400.0), Abs::pt(600.0)),
            bleed: self.bleed,
            frame: Frame { items: self.items.clone(), ..Frame::default() },
            grid: None,
            columns: Vec::new(),
            stamp: None,
        };
        let drawn = Node::Items { page: 0, range: 0..self.figure };
        let figure = Element::new(Role::Figure).with([drawn]);
        Document {
            meta: Meta { date: self.date, ..Meta::default() },
            pages: vec![page; self.pages],
            outline: Vec::new(),
            files: Arc::new(self.files.clone()),
            copyfit: Copyfit { asked: (!self.free).then_some(self.span(9)), ..Copyfit::default() },
            print: Print {
                condition: self.condition.clone(),
                artwork: self.artwork.clone(),
                limits: self.limits.clone(),
                ..Print::default()
            },
            structure: Element::new(Role::Document).with([figure.into()]),
        }
    }

    /// What the rules about printing find.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let found = super::find(&self.document(), converter(), &[&super::PRINT]);
        found.iter().cloned().collect()
    }

    /// What the rules about reading find.
    pub(super) fn unread(&self) -> Vec<Diagnostic> {
        super::reading(&self.document(), converter()).iter().cloned().collect()
    }

    /// The only finding.
    #[track_caller]
    pub(super) fn finding(&self) -> Diagnostic {
        let found = self.findings();
        let [one] = found.as_slice() else { panic!("{found:#?}") };
        one.clone()
    }

    /// Nothing but this is found.
    #[track_caller]
    pub(super) fn clean_but(&self, code: Code) {
        let found = self.findings();
        assert!(found.iter().all(|found| found.code == code), "{found:#?}");
    }

    /// Nothing is found.
    #[track_caller]
    pub(super) fn clean(&self) {
        let found = self.findings();
        assert!(found.is_empty(), "{found:#?}");
    }
}

/// An image of grey pixels of these values, repeated.
pub(super) fn raster(width: u32, height: u32, values: &[u8]) -> Image {
    let count = (width * height) as usize;
    let pixels = values.iter().copied().cycle().take(count).collect();
    let mut png = std::io::Cursor::new(Vec::new());
    let pixels = image::GrayImage::from_raw(width, height, pixels).unwrap();
    pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
    Image::parse(png.into_inner()).unwrap()
}

/// An image of 100 by 100 pixels of the same inks.
pub(super) fn cmyk(inks: [u8; 4]) -> Image {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
    let pixels = inks.repeat(10_000);
    encoder.write_image::<tiff::encoder::colortype::CMYK8>(100, 100, &pixels).unwrap();
    Image::parse(bytes.into_inner()).unwrap()
}

/// An image of 1000 by 600 pixels, each black or white in one bit.
pub(super) fn line_art() -> Image {
    Image::parse(include_bytes!("../../tests/cases/assets/line-art.png").to_vec()).unwrap()
}

/// Vector artwork of 100 by 100 points: a square filled with a colour, and a
/// line of a width about it.
pub(super) fn drawing(fill: &str, line: f64) -> Image {
    artwork(
        100.0,
        100.0,
        &format!(
            r##"<rect x="10" y="10" width="80" height="80" fill="{fill}" stroke="#000000"
            stroke-width="{line}"/>"##
        ),
    )
}

/// Vector artwork of a size in points, which its units are too; its text is in
/// Source Sans 3.
pub(super) fn artwork(width: f64, height: f64, body: &str) -> Image {
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"
        viewBox="0 0 {width} {height}" font-family="Source Sans 3">{body}</svg>"#
    );
    let mut fonts = FontLibrary::default();
    fonts.add("Source Sans 3", &ASSETS.builtin_font("Source Sans 3", "regular").unwrap());
    Image::parse_with(svg.into_bytes(), &fonts).unwrap()
}
