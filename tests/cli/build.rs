//! What is written, what is left alone, and what is told of it.

use crate::harness::Folder;
use serde_json::Value;

/// A small brochure without faults.
pub(crate) const GOOD: &str = r#"
language = "nl"
pages = 2

[document]
date = 2026-11-01

[cover]
title = "Proef"

[[chapter]]
title = "Een hoofdstuk"
text = "Een alinea van een paar woorden."
"#;

/// The same with two faults.
pub(crate) const BAD: &str = r#"
language = "nl"

[cover]
title = "Proef"
subtitel = "Klein"

[[chapter]]
title = 12
text = "Een alinea van een paar woorden."
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_brochure_gives_a_file_for_the_printer_and_one_for_the_screen() {
    let folder = Folder::new().file("brochures/a.toml", GOOD);
    let run = folder.run(&["build", "brochures/a.toml", "--out", "pdf"]);
    run.status(0).stderr("");
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[0].starts_with("pdf/a.print.pdf: "), "{out}");
    assert!(lines[1].starts_with("pdf/a.screen.pdf: "), "{out}");
    assert_eq!(lines[2], "1 brochure: 1 built");
    assert_eq!(folder.files("pdf"), ["a.print.pdf", "a.screen.pdf"]);
    for file in ["pdf/a.print.pdf", "pdf/a.screen.pdf"] {
        let bytes = folder.read(file).unwrap();
        assert!(bytes.starts_with(b"%PDF-1."), "{file}");
        assert!(bytes.trim_ascii_end().ends_with(b"%%EOF"), "{file}");
    }
}

#[test]
fn a_profile_gives_one_file() {
    let folder = Folder::new().file("a.toml", GOOD);
    folder.run(&["build", "a.toml", "--profile", "screen"]).status(0).stderr("");
    assert_eq!(folder.files("out"), ["a.screen.pdf"]);
    let all = Folder::new().file("a.toml", GOOD);
    all.run(&["build", "a.toml", "--profile", "all"]).status(0);
    assert_eq!(folder.read("out/a.screen.pdf"), all.read("out/a.screen.pdf"));
}

#[test]
fn errors_leave_an_older_file_and_other_brochures_alone() {
    let folder = Folder::new()
        .file("in/a.toml", GOOD)
        .file("in/b.toml", BAD)
        .file("in/deep/c.toml", GOOD)
        .file("out/b.print.pdf", "older");
    let run = folder.run(&["build", "in"]);
    run.status(1);
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[2], "in/b.toml: not written, 2 errors", "{out}");
    assert_eq!(lines[5], "3 brochures: 2 built, 1 with errors (2 errors)", "{out}");
    let err = run.err();
    for part in ["error[unknown-key]", "in/b.toml:6:1", "error[wrong-type]", "in/b.toml:9:9"] {
        assert!(err.contains(part), "{part} in:\n{err}");
    }
    assert_eq!(folder.read("out/b.print.pdf").unwrap(), b"older");
    assert_eq!(
        folder.files("out"),
        ["a.print.pdf", "a.screen.pdf", "b.print.pdf", "deep/c.print.pdf", "deep/c.screen.pdf"]
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_the_machines_fault() {
    let folder = Folder::new().file("a.toml", GOOD).file("out", "a file, not a folder");
    let run = folder.run(&["build", "a.toml"]);
    run.status(3).stdout("a.toml: failed\n1 brochure: 1 failed\n");
    let err = run.err();
    assert!(err.starts_with("error: a.toml: cannot write `out/a.print.pdf`: "), "{err}");
    assert_eq!(folder.read("out").unwrap(), b"a file, not a folder");
}

#[test]
fn a_check_writes_nothing() {
    let folder = Folder::new().file("in/a.toml", GOOD).file("in/b.toml", BAD);
    let run = folder.run(&["check", "in"]);
    run.status(1);
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("in/a.toml: fine, "), "{out}");
    assert_eq!(lines[1], "in/b.toml: not accepted, 2 errors");
    assert_eq!(lines[2], "2 brochures: 1 fine, 1 with errors (2 errors)");
    assert!(folder.files("out").is_empty());
    folder.run(&["check", "in/a.toml"]).status(0).stderr("");
}

#[test]
fn a_report_is_written_with_the_brochure() {
    let folder =
        Folder::new().file("in/a.toml", GOOD).file("in/deep/c.toml", GOOD).file("in/b.toml", BAD);
    let run = folder.run(&["build", "in", "--profile", "screen", "--report", "facts"]);
    run.status(1);
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[1].starts_with("facts/a.layout.json: layout report, "), "{out}");
    assert_eq!(lines[2], "in/b.toml: not written, 2 errors");
    assert!(lines[4].starts_with("facts/deep/c.layout.json: layout report, "), "{out}");
    assert_eq!(folder.files("facts"), ["a.layout.json", "deep/c.layout.json"]);
    assert_eq!(folder.files("out"), ["a.screen.pdf", "deep/c.screen.pdf"]);
    let report = String::from_utf8(folder.read("facts/a.layout.json").unwrap()).unwrap();
    let report = json(&report);
    assert_eq!((&report["version"], &report["title"]), (&json("1"), &json("\"Proef\"")));
    assert!(report["summary"]["body_lines"].as_u64().unwrap() > 0);
}

#[test]
fn a_check_writes_its_report_and_nothing_else() {
    let folder = Folder::new().file("in/a.toml", GOOD).file("in/b.toml", BAD);
    let run = folder.run(&["check", "in", "--report", "facts", "--format", "json"]);
    run.status(1).stderr("");
    let result = json(&run.out());
    let report = &result["brochures"][0]["report"];
    assert_eq!(report["path"], "facts/a.layout.json");
    let bytes = folder.read("facts/a.layout.json").unwrap();
    assert_eq!(report["bytes"].as_u64().unwrap(), bytes.len() as u64);
    assert_eq!(result["brochures"][1]["report"], json("null"));
    assert_eq!(folder.files("."), ["facts/a.layout.json", "in/a.toml", "in/b.toml"]);
    // The build gives the same.
    folder.run(&["build", "in/a.toml", "--report", "again"]).status(0);
    assert_eq!(folder.read("again/a.layout.json").unwrap(), bytes);
}

#[test]
fn without_the_option_there_is_no_report() {
    let folder = Folder::new().file("a.toml", GOOD);
    let run = folder.run(&["build", "a.toml", "--format", "json"]);
    assert_eq!(json(&run.out())["brochures"][0]["report"], json("null"));
    assert_eq!(folder.files("out"), ["a.print.pdf", "a.screen.pdf"]);
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_brochure_unwritten() {
    let folder = Folder::new().file("a.toml", GOOD).file("facts", "a file, not a folder");
    let run = folder.run(&["build", "a.toml", "--report", "facts"]);
    run.status(3).stdout("a.toml: failed\n1 brochure: 1 failed\n");
    let err = run.err();
    assert!(err.starts_with("error: a.toml: cannot write `facts/a.layout.json`: "), "{err}");
    assert!(folder.files("out").is_empty());
}

#[test]
fn warnings_spoil_a_brochure_only_when_denied() {
    // The display face has no Greek, so the title falls back to another face.
    let poor = GOOD.replace("Een hoofdstuk", "Een β-versie");
    let folder = Folder::new().file("in/a.toml", &poor).file("in/b.toml", GOOD);
    let run = folder.run(&["build", "in", "--deny", "warnings"]);
    run.status(1);
    assert!(run.err().starts_with("warning[font-fallback]: "), "{}", run.err());
    assert_eq!(run.out().lines().next(), Some("in/a.toml: not written, 1 warning"));
    assert_eq!(run.out().lines().last(), Some("2 brochures: 1 built, 1 with warnings (1 warning)"));
    assert_eq!(folder.files("out"), ["b.print.pdf", "b.screen.pdf"]);
    let run = folder.run(&["build", "in"]);
    run.status(0);
    assert_eq!(run.out().lines().last(), Some("2 brochures: 2 built (1 warning)"));
    assert_eq!(folder.files("out").len(), 4);
}

#[test]
fn what_is_no_brochure_is_not_built() {
    let folder = Folder::new()
        .file("in/campaign.toml", "kind = \"campaign\"\nlanguage = \"nl\"")
        .file("in/a.toml", &format!("extends = \"campaign.toml\"\n{GOOD}"))
        .file("in/b.toml", GOOD)
        .file("in/themes/t.toml", "kind = \"theme\"")
        .file("in/rows.toml", "kind = \"data\"")
        .file("in/rows.csv", "province\n");
    folder.run(&["build", "in", "--out", "all"]).status(0).stderr("");
    assert_eq!(folder.files("all"), ["a.print.pdf", "a.screen.pdf", "b.print.pdf", "b.screen.pdf"]);
    folder.run(&["build", "in/campaign.toml", "--out", "some"]).status(0).stderr("");
    assert_eq!(folder.files("some"), ["a.print.pdf", "a.screen.pdf"]);
}

#[test]
fn the_json_result_tells_all_on_standard_output() {
    let folder = Folder::new().file("in/a.toml", GOOD).file("in/b.toml", BAD);
    let run = folder.run(&["build", "in", "--format", "json"]);
    run.status(1).stderr("");
    let result = json(&run.out());
    assert_eq!(result["version"], 1);
    assert_eq!(result["brochures"].as_array().unwrap().len(), 2);
    let good = &result["brochures"][0];
    assert_eq!(good["name"], "a");
    assert_eq!(good["source"], "in/a.toml");
    assert_eq!(good["status"], "built");
    assert!(good["pages"].as_u64().unwrap() > 0);
    for (output, profile) in good["outputs"].as_array().unwrap().iter().zip(["print", "screen"]) {
        assert_eq!(output["profile"], profile);
        let path = output["path"].as_str().unwrap();
        assert_eq!(path, format!("out/a.{profile}.pdf"));
        assert_eq!(output["bytes"].as_u64().unwrap(), folder.read(path).unwrap().len() as u64);
    }
    let bad = &result["brochures"][1];
    assert_eq!(bad["status"], "rejected");
    assert_eq!(bad["outputs"], json("[]"));
    let first = &bad["diagnostics"][0];
    assert_eq!(first["code"], "unknown-key");
    assert_eq!(first["severity"], "error");
    assert_eq!((&first["line"], &first["column"]), (&json("6"), &json("1")));
    assert_eq!(first["file"], "in/b.toml");
    let totals = r#"{"brochures":2,"built":1,"fine":0,"rejected":1,"failed":0,"errors":2,
        "warnings":0}"#;
    assert_eq!(result["totals"], json(totals));
}

#[test]
fn a_file_that_is_no_text_is_an_error_in_the_input() {
    let folder = Folder::new().file("b.toml", GOOD);
    std::fs::write(folder.path("a.toml"), b"title = \"\xff\"").unwrap();
    let run = folder.run(&["build", "a.toml", "b.toml"]);
    run.status(1);
    assert!(run.err().starts_with("error[file-unreadable]"), "{}", run.err());
    assert_eq!(folder.files("out"), ["b.print.pdf", "b.screen.pdf"]);
}

#[test]
fn a_file_for_the_screen_is_checked_for_its_readers_alone() {
    let theme = "kind = \"theme\"\n[colors]\nink = \"#999999\"\n";
    let brochure = GOOD.replace("pages = 2", "theme = \"t.toml\"").replace("date = 2026-11-01", "");
    let folder = Folder::new().file("a.toml", &brochure).file("t.toml", theme);
    let run = folder.run(&["build", "a.toml", "--profile", "screen"]);
    run.status(1);
    let found = run.err();
    assert!(found.contains("error[low-contrast]: text in #999999 on #ffffff"), "{found}");
    assert!(!found.contains("[rgb-text]") && !found.contains("[date-missing]"), "{found}");
    let run = folder.run(&["build", "a.toml", "--profile", "print"]);
    let found = run.err();
    assert!(found.contains("[low-contrast]") && found.contains("[rgb-text]"), "{found}");
    assert!(folder.read("out/a.screen.pdf").is_none());
}
