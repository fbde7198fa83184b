//! What a screen reader would say of the brochures that ship.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::pdf::{self, Cache, PdfOptions, Profile, Reading};
use std::path::Path;

/// The screen file of a brochure, read aloud.
fn heard(path: &str) -> Reading {
    let compiled = drukklaar::compile(Path::new(path), &Assets::new(), CompileOptions::default());
    let found: Vec<_> = compiled.diagnostics.iter().map(|d| &d.message).collect();
    let document = compiled.document.unwrap_or_else(|| panic!("{path}: {found:?}"));
    let options = PdfOptions { profile: Profile::Screen, cache: &Cache::new() };
    pdf::read_aloud(&pdf::write(&document, &options).unwrap()).unwrap()
}

/// The announcements change with every change of words or structure.
/// `BLESS=1 cargo test` writes them anew; look at the difference before you
/// commit it.
#[test]
fn samples_are_read_as_they_were() {
    for name in ["flevoland", "noord-brabant", "specimen"] {
        let heard = heard(&format!("brochures/{name}.toml")).to_string();
        let file = format!("tests/read/{name}.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &heard).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap();
        for (index, (got, want)) in heard.lines().zip(expected.lines()).enumerate() {
            assert_eq!(got, want, "line {} of {file}", index + 1);
        }
        assert_eq!(heard.lines().count(), expected.lines().count(), "{file}");
    }
}
