//! Pictures of pages.

use crate::build::{BAD, GOOD};
use crate::harness::Folder;

#[test]
fn every_page_gives_a_picture() {
    let folder = Folder::new().file("brochures/a.toml", GOOD).file("brochures/deep/b.toml", GOOD);
    let run = folder.run(&["preview", "brochures", "--out", "png", "--dpi", "20"]);
    run.status(0).stderr("");
    let files = folder.files("png");
    assert_eq!(files[0], "a.p01.png");
    assert!(files.contains(&"deep/b.p01.png".to_owned()), "{files:?}");
    assert_eq!(run.out().lines().count(), files.len() + 1);
    assert!(run.out().starts_with("png/a.p01.png: page 1, "), "{}", run.out());
    let bytes = folder.read("png/a.p01.png").unwrap();
    // The size of A4 stands in the first chunk.
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xa6\0\0\0\xea"));
    assert_eq!(folder.read("png/deep/b.p01.png"), Some(bytes));
}

#[test]
fn pictures_are_the_same_with_any_number_of_jobs() {
    let folder = Folder::new().file("in/a.toml", GOOD).file("in/b.toml", GOOD);
    for jobs in ["1", "2"] {
        let words = ["preview", "in", "--dpi", "30", "--jobs", jobs, "--out", jobs];
        folder.run(&words).status(0).stderr("");
    }
    assert_eq!(folder.files("1"), folder.files("2"));
    for file in folder.files("1") {
        assert_eq!(folder.read(&format!("1/{file}")), folder.read(&format!("2/{file}")), "{file}");
    }
}

#[test]
fn pages_and_marks_are_chosen() {
    let folder = Folder::new().file("a.toml", GOOD);
    let run = folder.run(&["preview", "a.toml", "--pages", "-1", "--dpi", "20"]);
    run.status(0).stderr("");
    assert_eq!(folder.files("out"), ["a.p01.png"]);
    let words = ["preview", "a.toml", "--dpi", "20", "--overlay", "frames,grid", "--overlay"];
    folder.run(&[&words[..], &["badness", "--out", "marked"]].concat()).status(0).stderr("");
    let (plain, marked) = (folder.read("out/a.p01.png"), folder.read("marked/a.p01.png"));
    assert!(marked.is_some() && plain != marked);
}

#[test]
fn a_brochure_with_errors_is_not_drawn() {
    let folder =
        Folder::new().file("in/a.toml", GOOD).file("in/b.toml", BAD).file("out/b.p01.png", "older");
    let run = folder.run(&["preview", "in", "--pages", "1", "--dpi", "20"]);
    run.status(1);
    assert!(run.err().contains("error[unknown-key]"), "{}", run.err());
    assert_eq!(run.out().lines().nth(1), Some("in/b.toml: not written, 2 errors"));
    assert_eq!(folder.files("out"), ["a.p01.png", "b.p01.png"]);
    assert_eq!(folder.read("out/b.p01.png").unwrap(), b"older");
}

#[test]
fn two_brochures_for_one_picture_are_wrong_use() {
    let folder = Folder::new().file("one/a.toml", "").file("two/a.toml", "");
    folder.run(&["preview", "one/a.toml", "two"]).status(2).stdout("").stderr(
        "error: `one/a.toml` and `two/a.toml` would both be written to `out/a.p01.png`\n\
         \x20 = hint: rename one of them, or build them with different `--out` folders\n",
    );
}

#[test]
fn wrong_values_are_told_with_what_is_allowed() {
    let folder = Folder::new().file("a.toml", GOOD);
    for (option, value, told) in [
        ("--dpi", "9", "a whole number from 10 to 1200"),
        ("--dpi", "fine", "a whole number from 10 to 1200"),
        ("--pages", "0", "`0` is no page number"),
        ("--pages", "5-3", "`5-3` ends before it begins"),
        ("--overlay", "girds", "[possible values: grid, frames, badness]"),
    ] {
        let run = folder.run(&["preview", "a.toml", option, value]);
        run.status(2).stdout("");
        assert!(run.err().contains(told), "{option} {value}:\n{}", run.err());
    }
    let run = folder.run(&["preview", "a.toml", "--pages", "99"]);
    run.status(2).stderr("error: `--pages` chooses no page of any brochure\n");
    assert!(folder.files("out").is_empty());
}
