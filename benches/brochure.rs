//! The whole brochure and its stages. Warm means through the library, with
//! fonts, images and colour conversion loaded, as they are from the second
//! brochure of a run on; cold means the program as a process of its own.

use divan::Bencher;
use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::diag::{Diagnostics, Files};
use drukklaar::model::Brochure;
use drukklaar::pdf::{self, Cache, Profile};
use drukklaar::text::Typesetter;
use drukklaar::{layout, model, preflight, source, theme};
use std::fmt::Write as _;
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
    model::read(&source, false, &mut found)
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
    bencher.bench_local(|| {
        drukklaar::compile(Path::new(path), &assets, CompileOptions::default()).document
    });
}

/// From pages to what a printer would find fault with.
#[divan::bench(args = BROCHURES)]
fn preflight(bencher: Bencher<'_, '_>, path: &str) {
    let Some(document) =
        drukklaar::compile(Path::new(path), &Assets::new(), CompileOptions::default()).document
    else {
        return;
    };
    let cache = Cache::new();
    let Ok(press) = cache.press(&document.print.condition) else { return };
    bencher.bench_local(|| preflight::run(&document, press.converter()));
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
    let cache = Cache::new();
    let compiled = drukklaar::compile(Path::new(path), &assets, CompileOptions::default());
    bencher.bench_local(|| {
        let document = compiled.document.as_ref()?;
        pdf::write_all(document, profiles, &cache).ok()
    });
}

/// From TOML to both files.
#[divan::bench(args = BROCHURES)]
fn whole(bencher: Bencher<'_, '_>, path: &str) {
    let assets = Assets::new();
    let cache = Cache::new();
    bencher.bench_local(|| {
        let document =
            drukklaar::compile(Path::new(path), &assets, CompileOptions::default()).document?;
        pdf::write_all(&document, &[Profile::Print, Profile::Screen], &cache).ok()
    });
}

/// About so many pages: layout should take time in proportion.
const LENGTHS: [usize; 2] = [8, 200];

/// Layout of chapters of about four pages each.
#[divan::bench(args = LENGTHS, sample_count = 10)]
fn long_in_chapters(bencher: Bencher<'_, '_>, pages: usize) {
    lay_out_long(bencher, pages, 4);
}

/// Layout of a single chapter, all of it in the same two columns.
#[divan::bench(args = LENGTHS, sample_count = 10)]
fn long_in_one(bencher: Bencher<'_, '_>, pages: usize) {
    lay_out_long(bencher, pages, pages);
}

fn lay_out_long(bencher: Bencher<'_, '_>, pages: usize, of_chapter: usize) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("long.toml");
    if std::fs::write(&path, long_brochure(pages, of_chapter)).is_err() {
        return;
    }
    let (assets, mut files) = (Assets::new(), Files::new());
    let brochure = read(&path.display().to_string(), &assets, &mut files);
    let dress = |b: Brochure| theme::dress(&b, &assets, &mut files, &mut Diagnostics::new());
    let Some(styled) = brochure.and_then(dress) else { return };
    bencher
        .bench_local(|| layout::lay_out(&styled, &mut Typesetter::new(), &mut Diagnostics::new()));
}

/// The TOML of a brochure of about so many pages, in chapters of so many.
fn long_brochure(pages: usize, of_chapter: usize) -> String {
    let mut toml = String::from("language = \"nl\"\n[document]\ntitle = \"Lang\"\n");
    let mut words = Words(1);
    for page in 0..pages {
        if page % of_chapter == 0 {
            // Writing into a `String` cannot fail.
            let _ = writeln!(toml, "[[chapter]]\ntitle = \"{}\"", words.take(3));
        }
        // Three topics, a box, and a chart that may float make a page.
        for topic in 0..3 {
            let _ = writeln!(toml, "[[chapter.block]]\ntopic = \"{}\"", words.take(3));
            let (first, second) = (words.take(60 + 11 * topic), words.take(75));
            let _ = writeln!(toml, "text = \"\"\"\n{first}.\n\n{second}.\n\"\"\"");
        }
        let (one, two) = (words.take(14), words.take(19));
        let _ = writeln!(toml, "[[chapter.block]]\nrecommendations = [\"{one}\", \"{two}\"]");
        let _ = writeln!(toml, "[[chapter.block]]\nchart = \"bar\"\nalt = \"x\"\nfloat = true");
        let _ = writeln!(
            toml,
            "data = [{{ label = \"a\", value = 3 }}, {{ label = \"b\", value = 2 }}]"
        );
    }
    toml
}

/// Words in an order without a pattern that matters here, alike in each run.
struct Words(u32);

impl Words {
    const LIST: [&str; 16] = [
        "de",
        "maakindustrie",
        "in",
        "een",
        "provincie",
        "vraagt",
        "om",
        "ruimte",
        "vakmensen",
        "energie",
        "en",
        "samenwerking",
        "met",
        "scholen",
        "arbeidsmarktbeleid",
        "bedrijven",
    ];

    fn take(&mut self, count: usize) -> String {
        let mut next = || {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Self::LIST[(self.0 >> 28) as usize]
        };
        (0..count).map(|_| next()).collect::<Vec<_>>().join(" ")
    }
}
