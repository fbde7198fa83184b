//! Drafts: what the program lets through, and what it says of it.

use crate::harness::Folder;

/// A brochure that lacks an image and a word.
const GAPS: &str = r#"language = "nl"
pages = 2

[cover]
title = "Proef"
placeholder = "luchtfoto van Almere"

[[chapter]]
title = "Een hoofdstuk"
text = "Er zijn [[TODO hoeveel]] leden."

[document]
date = 2026-11-01
"#;

const ERRORS: &str = r#"error[placeholder]: a placeholder stands for an image: "luchtfoto van Almere"
 --> a.toml:6:16
  |
6 | placeholder = "luchtfoto van Almere"
  |                ^^^^^^^^^^^^^^^^^^^^
  |
  = hint: supply it: `image = …`
  = hint: or use `--draft` to see the pages without it

error[placeholder]: words are still to be written: [[TODO hoeveel]]
  --> a.toml:10:17
   |
10 | text = "Er zijn [[TODO hoeveel]] leden."
   |                 ^^^^^^^^^^^^^^^^
   |
   = hint: write them, or use `--draft` to see the pages without them

"#;

const WARNINGS: &str = r#"warning[placeholder]: a placeholder stands for an image: "luchtfoto van Almere"
 --> a.toml:6:16
  |
6 | placeholder = "luchtfoto van Almere"
  |                ^^^^^^^^^^^^^^^^^^^^

warning[placeholder]: words are still to be written: [[TODO hoeveel]]
  --> a.toml:10:17
   |
10 | text = "Er zijn [[TODO hoeveel]] leden."
   |                 ^^^^^^^^^^^^^^^^

"#;

#[test]
fn what_is_missing_is_an_error_without_the_option() {
    let folder = Folder::new().file("a.toml", GAPS);
    let sums = "1 brochure: 1 with errors (2 errors)\n";
    for (command, said) in
        [("build", "not written"), ("check", "not accepted"), ("preview", "not written")]
    {
        let run = folder.run(&[command, "a.toml"]);
        run.status(1).stderr(ERRORS).stdout(&format!("a.toml: {said}, 2 errors\n{sums}"));
    }
    assert!(folder.files("out").is_empty());
}

#[test]
fn a_draft_is_made_and_each_gap_is_a_warning() {
    let folder = Folder::new().file("a.toml", GAPS);
    let run = folder.run(&["build", "a.toml", "--draft"]);
    run.status(0).stderr(WARNINGS);
    assert!(run.out().ends_with("1 brochure: 1 built (2 warnings)\n"), "{}", run.out());
    assert_eq!(folder.files("out"), ["a.print.pdf", "a.screen.pdf"]);
    let run = folder.run(&["check", "a.toml", "--draft"]);
    run.status(0).stderr(WARNINGS);
    run.stdout("a.toml: fine, 2 pages, 2 warnings\n1 brochure: 1 fine (2 warnings)\n");
    let run = folder.run(&["preview", "a.toml", "--draft", "--dpi", "20", "--out", "png"]);
    run.status(0).stderr(WARNINGS);
    assert_eq!(folder.files("png"), ["a.p01.png", "a.p02.png"]);
}

#[test]
fn denied_warnings_reject_a_draft_that_lacks_something() {
    let folder = Folder::new().file("a.toml", GAPS);
    let run = folder.run(&["check", "a.toml", "--draft", "--deny", "warnings"]);
    run.status(1).stderr(WARNINGS);
    run.stdout("a.toml: not accepted, 2 warnings\n1 brochure: 1 with warnings (2 warnings)\n");
}

#[test]
fn a_finished_brochure_is_stamped_all_the_same() {
    let folder = Folder::new().file("a.toml", crate::build::GOOD);
    for (out, draft) in [("plain", None), ("draft", Some("--draft"))] {
        let mut words = vec!["preview", "a.toml", "--dpi", "20", "--out", out];
        words.extend(draft);
        folder.run(&words).status(0).stderr("");
    }
    for page in ["a.p01.png", "a.p02.png"] {
        let read = |out: &str| folder.read(&format!("{out}/{page}")).unwrap();
        assert_ne!(read("plain"), read("draft"), "{page}");
    }
}
