//! Writing eight pages as PDF: `cargo bench --bench pdf`.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail")]

#[path = "../tests/pdf_support/mod.rs"]
mod pdf_support;

use divan::Bencher;
use drukklaar::assets::Image;
use drukklaar::base::{Abs, Size};
use drukklaar::color::{Color, Converter, PrintCondition};
use drukklaar::document::{Document, GlyphKind, Item, Picture};
use drukklaar::pdf::{self, Cache, Profile};
use pdf_support::{BLUE, at, document, font, link, page, rect, run, span};
use std::path::Path;

fn main() {
    divan::main();
}

const WORDS: &str =
    "De metaalindustrie in de provincie heeft ruimte nodig om te maken en te groeien";

/// Eight pages of two columns, justified, with headings, tinted boxes and links.
fn brochure() -> Document {
    let (regular, semibold, medium) = (font("regular"), font("semibold"), font("medium"));
    let cover = Image::parse(std::fs::read("images/cover-flevoland.svg").unwrap()).unwrap();
    let pages = (0..8)
        .map(|number| {
            let mut items = Vec::new();
            if number == 0
                && let Image::Drawing(drawing) = &cover
            {
                items.push((
                    at(-8.504, -8.504),
                    Item::Picture(Picture {
                        source: Image::Drawing(drawing.clone()),
                        size: Size::new(Abs::mm(216.0), Abs::mm(303.0)),
                        alt: None,
                        cover: true,
                        span: span(),
                    }),
                ));
            }
            for column in 0..2 {
                let left = 50.0 + 255.0 * f64::from(column);
                items.push((
                    at(left, 60.0),
                    rect(0., 0., 240., 90., Some(Color::Rgb([230, 240, 248]))),
                ));
                let head = run(&medium, 15.0, BLUE, "Ondernemend Flevoland");
                items.push((at(left, 60.0), Item::Text(head)));
                for line in 0..55 {
                    let face = if line % 14 == 0 { &semibold } else { &regular };
                    let skip = (line * 7 + number * 3) % 20;
                    let mut text = run(face, 9.5, Color::BLACK, &WORDS[skip..skip + 52]);
                    for glyph in text.glyphs.iter_mut().filter(|g| g.kind == GlyphKind::Space) {
                        glyph.advance += Abs::pt(0.2 + 0.01 * line as f64);
                    }
                    items.push((at(left, 80.0 + 13.0 * line as f64), Item::Text(text)));
                }
                items.push((at(left, 400.0), link("https://www.metaalunie.nl", 60.0, 12.0)));
            }
            page(items)
        })
        .collect();
    document(pages)
}

#[divan::bench]
fn screen(bencher: Bencher) {
    write(bencher, &[Profile::Screen]);
}

#[divan::bench]
fn print(bencher: Bencher) {
    write(bencher, &[Profile::Print]);
}

#[divan::bench]
fn both(bencher: Bencher) {
    write(bencher, &[Profile::Print, Profile::Screen]);
}

fn write(bencher: Bencher, profiles: &[Profile]) {
    let document = brochure();
    let cache = Cache::new();
    pdf::write_all(&document, profiles, &cache).unwrap();
    bencher.bench(|| pdf::write_all(&document, profiles, &cache).unwrap());
}

/// The first file of a process, print colours and all.
#[divan::bench]
fn print_with_a_new_cache(bencher: Bencher) {
    let document = brochure();
    bencher.bench(|| {
        let cache = Cache::new();
        pdf::write_all(&document, &[Profile::Print], &cache).unwrap()
    });
}

#[divan::bench]
fn first_colour_for_print(bencher: Bencher) {
    bencher.bench(|| Converter::new(&PrintCondition::fogra39()).map(|c| c.to_cmyk(BLUE)));
}

#[divan::bench]
fn load_a_cover(bencher: Bencher) {
    let bytes = std::fs::read(Path::new("images/cover-flevoland.svg")).unwrap();
    bencher.bench(|| Image::parse(bytes.clone()));
}
