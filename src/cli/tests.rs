//! The command line with stages that make a line of text of almost nothing.

use super::*;
use crate::campaign::fake::{Fake, folder};
use std::path::Path;

/// What a command did.
struct Told {
    exit: Exit,
    out: String,
    err: String,
}

/// Runs a command whose words may hold `ROOT`, which stands for a folder; in
/// what it told the folder is `ROOT` again.
fn drukklaar(root: &Path, words: &str) -> Told {
    let place = root.display().to_string();
    let words = words.replace("ROOT", &place);
    let arguments = Arguments::try_parse_from(words.split(' ')).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = execute(arguments, &Fake, false, &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&place, "ROOT");
    Told { exit, out: text(out), err: text(err) }
}

#[test]
fn a_build_tells_files_findings_and_sums() {
    let root =
        folder(&[("in/a.toml", "# pages 2"), ("in/b.toml", "poor\nbad"), ("in/c.toml", "poor")]);
    let told = drukklaar(root.path(), "drukklaar build ROOT/in --out ROOT/out");
    assert_eq!(told.exit, Exit::Rejected);
    assert_eq!(
        told.out,
        "ROOT/out/a.print.pdf: 2 pages, 14 bytes\n\
         ROOT/out/a.screen.pdf: 2 pages, 15 bytes\n\
         ROOT/in/b.toml: not written, 1 error, 1 warning\n\
         ROOT/out/c.print.pdf: 1 page, 14 bytes\n\
         ROOT/out/c.screen.pdf: 1 page, 15 bytes\n\
         3 brochures: 2 built, 1 with errors (1 error, 2 warnings)\n"
    );
    let order: Vec<_> = told.err.lines().filter(|line| line.contains("[")).collect();
    assert_eq!(
        order,
        [
            "warning[loose-line]: this is poor",
            "error[bad-value]: this is bad",
            "warning[loose-line]: this is poor"
        ]
    );
}

#[test]
fn a_profile_gives_one_file() {
    let root = folder(&[("in/a.toml", "")]);
    let told = drukklaar(root.path(), "drukklaar build ROOT/in --out ROOT/out --profile screen");
    assert_eq!(told.exit, Exit::Fine);
    assert_eq!(told.out, "ROOT/out/a.screen.pdf: 1 page, 15 bytes\n1 brochure: 1 built\n");
    assert!(!root.path().join("out/a.print.pdf").exists());
}

#[test]
fn a_preview_writes_a_picture_of_each_page_chosen() {
    let root = folder(&[("in/a.toml", "# pages 12"), ("in/b.toml", "bad"), ("in/deep/c.toml", "")]);
    let told =
        drukklaar(root.path(), "drukklaar preview ROOT/in --out ROOT/out --pages 2,11- --dpi 50");
    assert_eq!(told.exit, Exit::Rejected);
    assert_eq!(
        told.out,
        "ROOT/out/a.p02.png: page 2, 13 bytes\n\
         ROOT/out/a.p11.png: page 11, 14 bytes\n\
         ROOT/out/a.p12.png: page 12, 14 bytes\n\
         ROOT/in/b.toml: not written, 1 error\n\
         ROOT/in/deep/c.toml: no page chosen of 1 page\n\
         3 brochures: 2 built, 1 with errors (1 error)\n"
    );
    let written = std::fs::read_to_string(root.path().join("out/a.p02.png")).unwrap();
    assert_eq!(written, "page 2 at 50\n");
    let told =
        drukklaar(root.path(), "drukklaar preview ROOT/in/a.toml --out ROOT/all --format json");
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let outputs = json["brochures"][0]["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 12);
    assert_eq!(outputs[11]["page"], 12);
    assert_eq!(outputs[11].get("profile"), None);
}

#[test]
fn choosing_no_page_at_all_is_wrong_use() {
    let root = folder(&[("in/a.toml", ""), ("in/b.toml", "# pages 2")]);
    let told = drukklaar(root.path(), "drukklaar preview ROOT/in --out ROOT/out --pages 3");
    assert_eq!(told.exit, Exit::Usage);
    assert_eq!(told.err, "error: `--pages` chooses no page of any brochure\n");
    assert!(!root.path().join("out").exists());
    let told = drukklaar(root.path(), "drukklaar preview ROOT/in --out ROOT/out --pages 2");
    assert_eq!((told.exit, told.err.as_str()), (Exit::Fine, ""));
}

#[test]
fn a_check_writes_nothing_and_denied_warnings_reject() {
    let root = folder(&[("in/a.toml", "poor"), ("in/b.toml", "")]);
    let told = drukklaar(root.path(), "drukklaar check ROOT/in --out ROOT/out");
    assert_eq!(told.exit, Exit::Fine);
    assert_eq!(
        told.out,
        "ROOT/in/a.toml: fine, 1 page, 1 warning\n\
         ROOT/in/b.toml: fine, 1 page\n\
         2 brochures: 2 fine (1 warning)\n"
    );
    let told = drukklaar(root.path(), "drukklaar check ROOT/in --deny warnings");
    assert_eq!(told.exit, Exit::Rejected);
    assert_eq!(
        told.out,
        "ROOT/in/a.toml: not accepted, 1 warning\n\
         ROOT/in/b.toml: fine, 1 page\n\
         2 brochures: 1 fine, 1 with warnings (1 warning)\n"
    );
    assert!(!root.path().join("out").exists());
}

#[test]
fn json_leaves_standard_error_empty() {
    let root = folder(&[("in/a.toml", "bad")]);
    let told = drukklaar(root.path(), "drukklaar build ROOT/in --out ROOT/out --format json");
    assert_eq!((told.exit, told.err.as_str()), (Exit::Rejected, ""));
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json["brochures"][0]["diagnostics"][0]["code"], "bad-value");
    assert_eq!(json["totals"]["rejected"], 1);
    assert!(told.out.ends_with("}\n"));
}

#[test]
fn the_gravest_ending_sets_the_exit_status() {
    let root = folder(&[("in/a.toml", "bad"), ("in/b.toml", "panic"), ("in/c.toml", "")]);
    let told = drukklaar(root.path(), "drukklaar build ROOT/in --out ROOT/out --jobs 2");
    assert_eq!(told.exit, Exit::Failed);
    assert!(told.err.contains(
        "error: ROOT/in/b.toml: internal error, please report it: the author wrote panic ("
    ));
    assert!(told.out.contains("ROOT/in/b.toml: failed\n"), "{}", told.out);
    assert!(
        told.out.ends_with("3 brochures: 1 built, 1 with errors, 1 failed (1 error)\n"),
        "{}",
        told.out
    );
}

#[test]
fn a_stream_that_closes_early_changes_nothing_but_a_broken_one_does() {
    struct Refuses(io::ErrorKind);
    impl Write for Refuses {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }
    let root = folder(&[("in/a.toml", "")]);
    for format in ["human", "json", "sarif", "github"] {
        for (kind, exit) in
            [(io::ErrorKind::BrokenPipe, Exit::Fine), (io::ErrorKind::StorageFull, Exit::Failed)]
        {
            let words = format!("drukklaar check {}/in --format {format}", root.path().display());
            let arguments = Arguments::try_parse_from(words.split(' ')).unwrap();
            let found = execute(arguments, &Fake, false, &mut Refuses(kind), &mut Refuses(kind));
            assert_eq!(found, exit, "{format} {kind}");
        }
    }
}
