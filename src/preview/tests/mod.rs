//! Small pages made by hand, and their pixels.

mod marks;

use super::*;
use crate::assets::{Assets, Font, FontLibrary, Image};
use crate::base::{Abs, Path, Point, Rect, Size};
use crate::color::{Color, PrintCondition};
use crate::diag::{Files, SourceFile, Span};
use crate::document::{
    ColumnFacts, Element, Fill, Frame, Glyph, GlyphKind, GlyphRun, Grid, LineFacts, Link, Picture,
    Role, Shape, Stamp, Stroke,
};
use ::image::codecs::png::PngEncoder as Encoder;
use std::sync::{Arc, LazyLock};

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);
static CONVERTER: LazyLock<Converter> =
    LazyLock::new(|| Converter::new(&PrintCondition::fogra39()).unwrap());

const WHITE: [u8; 3] = [255; 3];
const BLUE: [u8; 3] = [0, 73, 122];

fn span() -> Span {
    Span::new(Files::new().add(Arc::new(SourceFile::new("a.toml", ""))), 0, 0)
}

fn at(x: f64, y: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(y))
}

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { origin: at(x, y), size: Size::new(Abs::pt(width), Abs::pt(height)) }
}

/// A page of 100 by 80 points.
fn page(items: Vec<(Point, Item)>) -> Page {
    let trim = Size::new(Abs::pt(100.0), Abs::pt(80.0));
    let frame = Frame { size: trim, items, ..Frame::default() };
    Page { trim, bleed: Abs::mm(3.0), frame, grid: None, columns: Vec::new(), stamp: None }
}

/// The page with a pixel a point.
fn drawn(page: &Page, overlays: &[Overlay]) -> PageImage {
    draw(page, Dpi::new(72).unwrap(), overlays, &Artwork::new(), &CONVERTER).unwrap()
}

impl PageImage {
    fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let start = ((y * self.width + x) * 3) as usize;
        self.pixels[start..start + 3].try_into().unwrap()
    }

    /// How much black there is in all, in pixels.
    fn darkness(&self) -> f64 {
        self.pixels.iter().map(|&value| f64::from(255 - value) / 255.0).sum::<f64>() / 3.0
    }

    /// The columns that have anything but white, from the first to the last.
    fn extent(&self) -> (u32, u32) {
        let dark = |x: &u32| (0..self.height).any(|y| self.pixel(*x, y) != WHITE);
        let mut columns = (0..self.width).filter(dark);
        let first = columns.next().unwrap();
        (first, columns.next_back().unwrap_or(first))
    }
}

fn shape(path: Path, fill: Option<Color>, stroke: Option<(Color, f64)>) -> Item {
    Item::Shape(Shape {
        path,
        fill: fill.map(Fill::new),
        stroke: stroke.map(|(color, width)| Stroke { color, width: Abs::pt(width) }),
        span: span(),
    })
}

fn run(font: &Arc<Font>, size: f64, expansion: i16, text: &str) -> GlyphRun {
    let wide = size * (1.0 + f64::from(expansion) / 1000.0);
    let glyphs = text.char_indices().map(|(start, c)| Glyph {
        id: font.glyph(c).unwrap(),
        kind: GlyphKind::Plain,
        advance: Abs::pt(wide),
        dx: Abs::ZERO,
        dy: Abs::ZERO,
        text_start: start as u32,
        text_end: (start + c.len_utf8()) as u32,
        span: span(),
    });
    GlyphRun {
        font: font.clone(),
        size: Abs::pt(size),
        expansion,
        fill: Color::BLACK,
        glyphs: glyphs.collect(),
        text: text.to_owned(),
    }
}

/// A column that ends its text.
fn column(area: Rect) -> ColumnFacts {
    ColumnFacts { area, index: 0, group: 0, ends: true }
}

fn regular() -> Arc<Font> {
    ASSETS.builtin_font("Source Sans 3", "regular").unwrap()
}

fn picture(image: &Image, width: f64, height: f64, cover: bool) -> Item {
    Item::Picture(Picture {
        source: image.clone(),
        size: Size::new(Abs::pt(width), Abs::pt(height)),
        alt: None,
        cover,
        span: span(),
    })
}

/// A PNG of these pixels in a row.
fn row_of_pixels(pixels: &[[u8; 3]]) -> Image {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes)
        .write_image(pixels.as_flattened(), pixels.len() as u32, 1, ExtendedColorType::Rgb8)
        .unwrap();
    Image::parse(bytes).unwrap()
}

fn svg(body: &str) -> Image {
    let head = r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40""#;
    Image::parse(format!(r#"{head} viewBox="0 0 10 10">{body}</svg>"#).into_bytes()).unwrap()
}

/// The facts of a line of 60 points at 10, 40 in a measure of 80.
fn line() -> LineFacts {
    LineFacts {
        at: at(10.0, 40.0),
        measure: Abs::pt(80.0),
        width: Abs::pt(60.0),
        size: Abs::pt(10.0),
        leading: Abs::pt(12.0),
        justified: true,
        ratio: 0.0,
        gap: 1.0,
        expansion: 0,
        protrusion: (Abs::ZERO, Abs::ZERO),
        hyphen: false,
        index: 0,
        count: 2,
        variant: 0,
        cost: 0,
        span: span(),
    }
}

#[test]
fn a_page_has_the_pixels_that_it_fills_in_part() {
    let image =
        draw(&page(Vec::new()), Dpi::new(100).unwrap(), &[], &Artwork::new(), &CONVERTER).unwrap();
    assert_eq!((image.width, image.height), (139, 112));
    assert!(image.pixels.iter().all(|&value| value == 255));
    let exact =
        draw(&page(Vec::new()), Dpi::new(144).unwrap(), &[], &Artwork::new(), &CONVERTER).unwrap();
    assert_eq!((exact.width, exact.height), (200, 160));
}

#[test]
fn a_filled_rectangle_has_its_colour_and_covers_its_edge_in_part() {
    let item = shape(Path::rect(rect(10.0, 20.0, 30.0, 10.5)), Some(Color::Rgb(BLUE)), None);
    let image = drawn(&page(vec![(at(1.0, 2.0), item)]), &[]);
    for (x, y) in [(11, 22), (40, 31), (25, 27)] {
        assert_eq!(image.pixel(x, y), BLUE, "{x} {y}");
    }
    for (x, y) in [(10, 25), (41, 25), (25, 21), (25, 33)] {
        assert_eq!(image.pixel(x, y), WHITE, "{x} {y}");
    }
    let edge = image.pixel(25, 32);
    assert!(edge[0].abs_diff(128) <= 2 && edge[2].abs_diff(189) <= 2, "{edge:?}");
}

#[test]
fn process_colours_are_those_of_the_screen_file() {
    let inks = Color::Cmyk([10_000, 6_000, 0, 1_000]);
    let item = shape(Path::rect(rect(0.0, 0.0, 20.0, 20.0)), Some(inks), None);
    let image = drawn(&page(vec![(Point::ZERO, item)]), &[]);
    assert_eq!(image.pixel(9, 9), CONVERTER.to_rgb(inks));
}

#[test]
fn holes_and_lines_are_drawn() {
    let mut ring = Path::rect(rect(10.0, 10.0, 40.0, 40.0));
    ring.segments.extend(Path::rect(rect(20.0, 20.0, 20.0, 20.0)).segments);
    let fill = Fill { color: Color::BLACK, even_odd: true };
    let item = Item::Shape(Shape { path: ring, fill: Some(fill), stroke: None, span: span() });
    let line =
        shape(Path::line(at(60.0, 70.0), at(90.0, 70.0)), None, Some((Color::Rgb(BLUE), 4.0)));
    let image = drawn(&page(vec![(Point::ZERO, item), (Point::ZERO, line)]), &[]);
    assert_ne!(image.pixel(15, 30), WHITE);
    assert_eq!(image.pixel(30, 30), WHITE);
    assert_eq!(image.pixel(75, 68), BLUE);
    assert_eq!(image.pixel(75, 71), BLUE);
    assert_eq!(image.pixel(75, 72), WHITE);
    assert_eq!(image.pixel(91, 70), WHITE, "ends are cut off");
}

#[test]
fn glyphs_cover_the_area_of_their_outlines() {
    let font = regular();
    // A capital I is a plain stem.
    let outline = font.outline(font.glyph('I').unwrap()).unwrap().bounds();
    let per_unit = 60.0 / f64::from(font.units_per_em);
    let (width, height) = (outline.size.width.to_pt(), outline.size.height.to_pt());
    let image = drawn(&page(vec![(at(20.0, 60.0), Item::Text(run(&font, 60.0, 0, "I")))]), &[]);
    let area = width * height * per_unit * per_unit;
    let black = f64::from(255 - CONVERTER.to_rgb(Color::BLACK)[0]) / 255.0;
    let found = image.darkness() / black;
    assert!((found - area).abs() < 0.03 * area, "{found} of {area}");
    let left = 20.0 + outline.left().to_pt() * per_unit;
    assert_eq!(image.extent(), (left as u32, (left + width * per_unit) as u32));
    assert_eq!(image.pixel(left as u32 + 2, 60), WHITE, "it stands on the baseline");
    assert_ne!(image.pixel(left as u32 + 2, 59), WHITE);
}

#[test]
fn expansion_widens_outlines_and_offsets_shift_them() {
    let font = regular();
    let black = |expansion, text| {
        let run = run(&font, 30.0, expansion, text);
        // Fine enough for the rasteriser, whose pixels have four parts a side.
        let page = page(vec![(at(5.0, 50.0), Item::Text(run))]);
        draw(&page, Dpi::new(720).unwrap(), &[], &Artwork::new(), &CONVERTER).unwrap().darkness()
    };
    let (narrow, plain, wide) = (black(-50, "H"), black(0, "H"), black(50, "H"));
    assert!((narrow / plain - 0.95).abs() < 0.01, "{narrow} of {plain}");
    assert!((wide / plain - 1.05).abs() < 0.01, "{wide} of {plain}");
    let mut shifted = run(&font, 30.0, 0, "II");
    (shifted.glyphs[1].dx, shifted.glyphs[1].dy) = (Abs::pt(7.0), Abs::pt(9.0));
    let image = drawn(&page(vec![(at(5.0, 50.0), Item::Text(shifted.clone()))]), &[]);
    let mut alone = run(&font, 30.0, 0, "I");
    let first = drawn(&page(vec![(at(5.0, 50.0), Item::Text(alone.clone()))]), &[]);
    alone.glyphs[0].dx = Abs::pt(37.0);
    let second = drawn(&page(vec![(at(5.0, 41.0), Item::Text(alone))]), &[]);
    for ((both, first), second) in image.pixels.iter().zip(&first.pixels).zip(&second.pixels) {
        assert_eq!(both, first.min(second));
    }
}

#[test]
fn pixels_are_placed_stretched_and_cut() {
    let image = row_of_pixels(&[[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]]);
    let stretched = drawn(&page(vec![(at(10.0, 20.0), picture(&image, 40.0, 20.0, false))]), &[]);
    for (x, color) in [(10, [255, 0, 0]), (19, [255, 0, 0]), (20, [0, 255, 0]), (49, [9, 9, 9])] {
        assert_eq!(stretched.pixel(x, 20), color, "{x}");
        assert_eq!(stretched.pixel(x, 39), color, "{x}");
    }
    assert_eq!(stretched.pixel(9, 30), WHITE);
    assert_eq!(stretched.pixel(50, 30), WHITE);
    // 4 to 1 in a square of 20: pixels of 20, of which the middle is seen.
    let cut = drawn(&page(vec![(at(10.0, 20.0), picture(&image, 20.0, 20.0, true))]), &[]);
    assert_eq!(cut.extent(), (10, 29));
    assert_eq!(cut.pixel(10, 30), [0, 255, 0]);
    assert_eq!(cut.pixel(29, 30), [0, 0, 255]);
}

#[test]
fn images_of_inks_and_of_profiles_are_seen_as_in_the_screen_file() {
    use tiff::encoder::colortype::{CMYK8, ColorType, Gray8, RGB8};
    fn raster<C: ColorType<Inner = u8>>(profile: Option<&[u8]>, pixels: &[u8]) -> Image {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
        let mut image = encoder.new_image::<C>(1, 1).unwrap();
        if let Some(profile) = profile {
            image.encoder().write_tag(tiff::tags::Tag::IccProfile, profile).unwrap();
        }
        image.write_data(pixels).unwrap();
        Image::parse(bytes.into_inner()).unwrap()
    }
    let seen = |image: &Image| {
        drawn(&page(vec![(Point::ZERO, picture(image, 9.0, 9.0, false))]), &[]).pixel(4, 4)
    };
    let inks = CONVERTER.to_rgb(Color::Cmyk([10_000, 6_000, 0, 800]));
    let found = seen(&raster::<CMYK8>(None, &[255, 153, 0, 20]));
    assert!(found.iter().zip(inks).all(|(a, b)| a.abs_diff(b) <= 2), "{found:?} {inks:?}");
    assert_eq!(seen(&raster::<Gray8>(None, &[77])), [77; 3]);
    let own = Some(Assets::srgb_profile());
    assert_eq!(seen(&raster::<RGB8>(own, &BLUE)), BLUE);
}

#[test]
fn drawings_are_placed_clipped_and_let_through_what_lies_behind() {
    let artwork = svg(r##"
        <clipPath id="half"><rect width="5" height="10"/></clipPath>
        <rect x="-5" width="30" height="5" fill="#00497a"/>
        <rect y="5" width="10" height="5" fill="#ff0000" clip-path="url(#half)"/>
        <rect x="6" y="6" width="4" height="4" fill="#000000" fill-opacity="0.5"/>"##);
    let image = drawn(&page(vec![(at(10.0, 20.0), picture(&artwork, 40.0, 40.0, false))]), &[]);
    assert_eq!(image.extent(), (10, 49), "cut at the edge of the artwork");
    assert_eq!(image.pixel(11, 21), BLUE);
    assert_eq!(image.pixel(48, 38), BLUE);
    assert_eq!(image.pixel(12, 45), [255, 0, 0]);
    assert_eq!(image.pixel(31, 45), WHITE, "outside the clip");
    assert_eq!(image.pixel(40, 50), [127; 3]);
    let cut = drawn(&page(vec![(at(10.0, 20.0), picture(&artwork, 20.0, 40.0, true))]), &[]);
    assert_eq!(cut.extent(), (10, 29), "cut to the slot");
    assert_eq!(cut.pixel(19, 45), [255, 0, 0]);
    assert_eq!(cut.pixel(20, 45), WHITE);
}

#[test]
fn lines_of_drawings_have_dashes_and_ends() {
    let artwork = svg(r##"<path d="M1 2h8" stroke="#000" stroke-width="1" stroke-dasharray="2 2"/>
            <path d="M3 7h4" stroke="#000" stroke-width="2" stroke-linecap="square"/>"##);
    let image = drawn(&page(vec![(Point::ZERO, picture(&artwork, 40.0, 40.0, false))]), &[]);
    assert_eq!(image.pixel(6, 8), [0; 3]);
    assert_eq!(image.pixel(14, 8), WHITE, "a gap");
    assert_eq!(image.pixel(22, 8), [0; 3]);
    assert_eq!(image.pixel(9, 28), [0; 3], "half the width past the end");
    assert_eq!(image.pixel(7, 28), WHITE);
}

#[test]
fn gradients_groups_and_text_of_artwork_are_drawn() {
    let artwork = svg(r##"<linearGradient id="g"><stop stop-color="#00497a"/>
        <stop offset="1" stop-color="#fff"/></linearGradient>
        <rect width="10" height="2" fill="url(#g)"/>
        <path d="M0 3h10" stroke="url(#s)" stroke-width="2"/>
        <linearGradient id="s" gradientUnits="userSpaceOnUse" x2="10"><stop stop-color="#000"/>
        <stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient>
        <g opacity="0.5"><rect y="5" width="6" height="5" fill="#000"/>
        <rect x="4" y="5" width="6" height="5" fill="#00497a"/></g>"##);
    let image = drawn(&page(vec![(at(0.0, 0.0), picture(&artwork, 40.0, 40.0, false))]), &[]);
    let near = |x, y, wanted: [u8; 3]| {
        let found = image.pixel(x, y);
        assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 4), "{found:?} at {x}, {y}");
    };
    near(0, 3, [3, 75, 124]);
    near(20, 3, [129, 165, 190]);
    near(39, 3, [252, 253, 253]);
    near(0, 12, [3; 3]);
    near(20, 12, [129; 3]);
    near(39, 12, [252; 3]);
    // Where they overlap, only the upper shape of the group shows.
    near(4, 30, [128; 3]);
    near(20, 30, [128, 164, 189]);
    near(36, 30, [128, 164, 189]);

    let mut fonts = FontLibrary::default();
    fonts.add("Barlow", &ASSETS.builtin_font("Barlow", "semibold").unwrap());
    let text = br##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
        <text x="4" y="30" font-family="Barlow" font-weight="600" font-size="40" fill="#005eb8">I</text>
        </svg>"##;
    let text = Image::parse_with(text.to_vec(), &fonts).unwrap();
    let page = page(vec![(at(0.0, 0.0), picture(&text, 40.0, 40.0, false))]);
    let mut house = Artwork::new();
    house.set([0, 94, 184], Color::Rgb([1, 2, 3]));
    for (artwork, wanted) in [(Artwork::new(), [0, 94, 184]), (house, [1, 2, 3])] {
        let image = draw(&page, Dpi::new(72).unwrap(), &[], &artwork, &CONVERTER).unwrap();
        let stem = (0..40).any(|x| image.pixel(x, 15) == wanted);
        assert!(stem, "no stem in {wanted:?}");
        assert_eq!(image.pixel(30, 15), WHITE);
    }
}

#[test]
fn odd_things_are_harmless() {
    let none = row_of_pixels(&[WHITE]);
    let mut huge = run(&regular(), 1e7, 0, "H");
    huge.glyphs[0].id = 0;
    let far = Abs::HUGE.to_pt();
    let items = vec![
        (at(0.0, 0.0), picture(&none, 0.0, 10.0, true)),
        (at(far, far), picture(&none, 10.0, 10.0, false)),
        (
            at(0.0, 0.0),
            picture(&svg("<path d='M0 0h9'/><rect width='9' height='9'/>"), far, far, false),
        ),
        (at(-far, 0.0), Item::Text(huge)),
        (at(0.0, 0.0), shape(Path::default(), Some(Color::BLACK), Some((Color::BLACK, 0.0)))),
        (
            at(far, 0.0),
            shape(Path::line(at(-far, 0.0), at(far, far)), None, Some((Color::BLACK, far))),
        ),
    ];
    drawn(&page(items), &Overlay::ALL);
    let mut endless = page(Vec::new());
    endless.trim = Size::new(Abs::HUGE, Abs::HUGE);
    let error = draw(&endless, Dpi::default(), &[], &Artwork::new(), &CONVERTER).unwrap_err();
    assert!(matches!(error, PreviewError::TooLarge(..)), "{error}");
}

#[test]
fn chosen_pages_become_files_that_read_back() {
    let document = Document {
        meta: crate::document::Meta::default(),
        pages: vec![page(Vec::new()), page(Vec::new()), page(Vec::new())],
        outline: Vec::new(),
        files: Arc::new(Files::new()),
        copyfit: crate::document::Copyfit::default(),
        print: Default::default(),
        structure: Element::new(Role::Document),
    };
    let settings = Settings { pages: "2-".parse().unwrap(), ..Settings::default() };
    let files = render(&document, &settings, &CONVERTER).unwrap();
    assert_eq!(files.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3]);
    let read = ::image::load_from_memory(&files[0].1).unwrap().into_rgb8();
    assert_eq!(read.dimensions(), (139, 112));
    assert!(read.pixels().all(|pixel| pixel.0 == WHITE));
}

/// A page with one of everything, in sRGB alone.
fn one_of_everything() -> Page {
    let artwork =
        svg(r##"<circle cx="5" cy="5" r="4.2" fill="#cfe3f2" stroke="#00497a" stroke-width="0.7"/>
            <path d="M1 8C3 1 7 1 9 8" fill="none" stroke="#e07b00" stroke-width="0.4"
                stroke-dasharray="1 0.4" stroke-linecap="round"/>"##);
    let photo = row_of_pixels(&[[230, 40, 30], [250, 210, 60], [40, 120, 200]]);
    let mut words = run(&regular(), 14.0, 20, "Maak 3!");
    words.fill = Color::Rgb(BLUE);
    for glyph in &mut words.glyphs {
        glyph.advance = Abs::pt(8.5);
    }
    let mut page = page(vec![
        (at(3.3, 4.4), picture(&artwork, 40.0, 40.0, false)),
        (at(50.2, 6.6), picture(&photo, 44.4, 30.3, true)),
        (at(10.0, 60.0), Item::Text(words)),
        (
            at(0.0, 0.0),
            shape(Path::line(at(8.0, 70.0), at(90.0, 72.0)), None, Some((Color::Rgb(BLUE), 0.8))),
        ),
    ]);
    page.grid = Some(Grid { first: Abs::pt(8.0), leading: Abs::pt(13.0), rows: 5 });
    page.columns.push(column(rect(5.0, 3.0, 90.0, 70.0)));
    page.frame.lines.push(LineFacts { at: at(10.0, 60.0), ratio: 0.8, hyphen: true, ..line() });
    page
}

#[test]
fn every_machine_draws_the_same_pixels() {
    let found =
        draw(&one_of_everything(), Dpi::default(), &Overlay::ALL, &Artwork::new(), &CONVERTER)
            .unwrap();
    let reference = include_bytes!("../../../tests/preview/reference.png");
    let reference = ::image::load_from_memory(reference).unwrap().into_rgb8();
    let same = reference.dimensions() == (found.width, found.height)
        && reference.as_raw() == &found.pixels;
    if !same {
        let place = std::env::temp_dir().join("drukklaar-reference.png");
        std::fs::write(&place, found.to_png().unwrap()).unwrap();
        panic!("tests/preview/reference.png differs from {}", place.display());
    }
}

#[test]
fn a_stamp_is_drawn_over_the_page_and_its_words_read_upwards() {
    let flat = page(vec![(at(20.0, 60.0), Item::Text(run(&regular(), 30.0, 0, "IL")))]);
    let flat = drawn(&flat, &[]);
    let Item::Shape(band) = shape(Path::rect(rect(0.0, 0.0, 60.0, 80.0)), Some(Color::WHITE), None)
    else {
        panic!()
    };
    let words = run(&regular(), 30.0, 0, "IL");
    let below = shape(Path::rect(rect(10.0, 0.0, 40.0, 80.0)), Some(Color::BLACK), None);
    let stamped = Page {
        stamp: Some(Stamp { band, words, at: at(60.0, 80.0) }),
        ..page(vec![(Point::ZERO, below)])
    };
    let stamped = drawn(&stamped, &[]);
    // A pixel at x, y from the start of the baseline at 20, 60 comes to stand at
    // y, -x from that at 60, 80.
    for y in 30..62 {
        for x in 20..80 {
            let pair = stamped.pixel(y, 99 - x).into_iter().zip(flat.pixel(x, y));
            // Edges are sampled along the other side of each pixel.
            assert!(pair.clone().all(|(a, b)| a.abs_diff(b) <= 4), "{x}, {y}: {pair:?}");
        }
    }
    assert!(stamped.darkness() > 30.0);
}
