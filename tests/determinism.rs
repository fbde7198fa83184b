//! The same input gives the same bytes: in a second run, with any number of
//! jobs, and from another folder.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All files written by a build of the repository's brochures, and its result.
fn build(from: &Path, brochures: &Path, jobs: &str) -> (BTreeMap<PathBuf, Vec<u8>>, Vec<u8>) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = Command::new(env!("CARGO_BIN_EXE_drukklaar"))
        .arg("build")
        .arg(brochures)
        .args(["--jobs", jobs, "--format", "json", "--out"])
        .arg(out.path())
        .current_dir(from)
        .output()
        .expect("the program starts");
    let told = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(run.status.success(), "{told}");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(out.path()).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        files.insert(path.strip_prefix(out.path()).expect("below").to_owned(), bytes);
    }
    (files, told.replace(&out.path().display().to_string(), "OUT").into_bytes())
}

/// Compares without printing megabytes.
fn assert_same(what: &str, a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) {
    assert!(a.keys().eq(b.keys()), "{what}: other files");
    for (name, bytes) in a {
        assert!(*bytes == b[name], "{what}: {} differs", name.display());
    }
}

#[test]
fn runs_jobs_and_folders_make_no_difference() {
    let (root, brochures) = (Path::new(ROOT), Path::new("brochures"));
    let (first, told) = build(root, brochures, "1");
    assert!(first.len() >= 4, "{:?}", first.keys());
    let (again, told_again) = build(root, brochures, "1");
    assert_same("a second run", &first, &again);
    assert!(told == told_again, "a second run: another result");
    let (parallel, told_parallel) = build(root, brochures, "4");
    assert_same("four jobs", &first, &parallel);
    assert!(told == told_parallel, "four jobs: another result");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let (moved, _) = build(elsewhere.path(), &root.join(brochures), "2");
    assert_same("another folder", &first, &moved);
}
