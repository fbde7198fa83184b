//! The whole brochure and its stages. Warm means through the library, with
//! fonts, images and colour conversion loaded, as they are from the second
//! brochure of a run on; cold means the program as a process of its own.

use divan::Bencher;
use drukklaar::assets::Assets;
use drukklaar::diag::{Diagnostics, Files};
use drukklaar::model::Brochure;
use drukklaar::pdf::{self, Cache, Profile};
use drukklaar::text::Typesetter;
use drukklaar::{layout, model, source, theme};
use std::path::Path;
use std::process::Command;

fn main() {
    divan::main();
}

const BROCHURES: [&str; 3] =
    ["brochures/flevoland.toml", "brochures/noord-brabant.toml", "brochures/specimen.toml"];

/// The program from start to end, screen file only.
#[divan::bench(args = BROCHURES, sample_count = 20)]
fn cold_process(bencher: Bencher<'_, '_>, path: &str) {
    let out = tempfile::tempdir().ok();
    let Some(out) = out.as_ref().map(|out| out.path()) else { return };
    bencher.bench_local(|| {
        let program = env!("CARGO_BIN_EXE_drukklaar");
        let mut run = Command::new(program);
        run.args(["build", path, "--profile", "screen", "--out"]).arg(out);
        run.output().is_ok_and(|output| output.status.success())
    });
}

fn read(path: &str, assets: &Assets, files: &mut Files) -> Option<Brochure> {
    let mut found = Diagnostics::new();
    let source = source::load(Path::new(path), assets, files, &mut found)?;
    model::read(&source, &mut found)
}

/// From TOML to the checked brochure.
#[divan::bench(args = BROCHURES)]
fn stage_read(bencher: Bencher<'_, '_>, path: &str) {
    let assets = Assets::new();
    bencher.bench_local(|| read(path, &assets, &mut Files::new()));
}

/// From the brochure to styled blocks.
#[divan::bench(args = BROCHURES)]
fn stage_dress(bencher: Bencher<'_, '_>, path: &str) {
    let (assets, mut files) = (Assets::new(), Files::new());
    let Some(brochure) = read(path, &assets, &mut files) else { return };
    bencher.bench_local(|| {
        theme::dress(&brochure, &assets, &mut files.clone(), &mut Diagnostics::new())
    });
}

/// From styled blocks to pages, each word shaped anew.
#[divan::bench(args = BROCHURES)]
fn stage_layout(bencher: Bencher<'_, '_>, path: &str) {
    let (assets, mut files) = (Assets::new(), Files::new());
    let brochure = read(path, &assets, &mut files);
    let dress = |b: Brochure| theme::dress(&b, &assets, &mut files, &mut Diagnostics::new());
    let Some(styled) = brochure.and_then(dress) else { return };
    bencher
        .bench_local(|| layout::lay_out(&styled, &mut Typesetter::new(), &mut Diagnostics::new()));
}

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
