//! The whole brochure, warm, through the library: fonts, images and colour
//! conversion are loaded, as they are from the second brochure of a run on.

use divan::Bencher;
use drukklaar::assets::Assets;
use drukklaar::pdf::{self, Cache, Profile};
use std::path::Path;

fn main() {
    divan::main();
}

const BROCHURES: [&str; 3] =
    ["brochures/flevoland.toml", "brochures/noord-brabant.toml", "brochures/specimen.toml"];

/// From TOML to pages.
#[divan::bench(args = BROCHURES)]
fn compile(bencher: Bencher<'_, '_>, path: &str) {
    let assets = Assets::new();
    bencher.bench_local(|| drukklaar::compile(Path::new(path), &assets).document);
}

/// From pages to the screen file.
#[divan::bench(args = BROCHURES)]
fn write_screen(bencher: Bencher<'_, '_>, path: &str) {
    write(bencher, path, &[Profile::Screen]);
}

/// From pages to both files.
#[divan::bench(args = BROCHURES)]
fn write_both(bencher: Bencher<'_, '_>, path: &str) {
    write(bencher, path, &[Profile::Print, Profile::Screen]);
}

fn write(bencher: Bencher<'_, '_>, path: &str, profiles: &[Profile]) {
    let assets = Assets::new();
    let cache = Cache::with_defaults(&assets);
    let compiled = drukklaar::compile(Path::new(path), &assets);
    bencher.bench_local(|| {
        let document = compiled.document.as_ref()?;
        pdf::write_all(document, profiles, &cache).ok()
    });
}

/// From TOML to both files.
#[divan::bench(args = BROCHURES)]
fn whole(bencher: Bencher<'_, '_>, path: &str) {
    let assets = Assets::new();
    let cache = Cache::with_defaults(&assets);
    bencher.bench_local(|| {
        let document = drukklaar::compile(Path::new(path), &assets).document?;
        pdf::write_all(&document, &[Profile::Print, Profile::Screen], &cache).ok()
    });
}
