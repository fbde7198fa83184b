//! What a screen reader would say.

use crate::build::GOOD;
use crate::harness::Folder;
use serde_json::{Value, json};

/// A folder with a file for the screen and one for the printer.
fn built() -> Folder {
    let folder = Folder::new().file("a.toml", GOOD);
    folder.run(&["build", "a.toml"]).status(0).stderr("");
    folder
}

#[test]
fn a_screen_file_is_read_from_title_to_last_word() {
    let folder = built();
    folder.run(&["read", "out/a.screen.pdf"]).status(0).stderr("").stdout(
        "titel: Proef\n\
         taal: nl\n\
         kop 1: Proef\n\
         kop 2: Een hoofdstuk\n\
         Een alinea van een paar woorden.\n",
    );
    assert_eq!(folder.files("out"), ["a.print.pdf", "a.screen.pdf"]);
}

#[test]
fn programs_get_it_as_json() {
    let folder = built();
    let run = folder.run(&["read", "out/a.screen.pdf", "--format", "json"]);
    run.status(0).stderr("");
    let told: Value = serde_json::from_str(&run.out()).unwrap();
    let expected = json!({
        "title": "Proef",
        "lang": "nl",
        "announcements": [
            said("heading", json!({ "level": 1 }), 1, "Proef"),
            said("heading", json!({ "level": 2 }), 2, "Een hoofdstuk"),
            said("paragraph", json!({}), 2, "Een alinea van een paar woorden."),
        ],
    });
    assert_eq!(told, expected);
    assert!(run.out().ends_with("}\n"));
}

/// An announcement of plain words.
fn said(what: &str, mut more: Value, page: usize, text: &str) -> Value {
    more["what"] = what.into();
    more["depth"] = 0.into();
    more["page"] = page.into();
    more["words"] = json!([{ "text": text, "lang": "nl", "link": null, "printed": null }]);
    more
}

#[test]
fn files_that_cannot_be_read_aloud_are_told_with_what_would_help() {
    let folder = built().file("notes.pdf", "Geen PDF").file("cut.pdf", "%PDF-1.7\n");
    let refused = |file: &str, told: &str| {
        folder.run(&["read", file]).status(1).stdout("").stderr(told);
    };
    refused("notes.pdf", "error: notes.pdf: this is no PDF\n");
    refused(
        "out/a.print.pdf",
        "error: out/a.print.pdf: this file has no structure: a screen reader would find nothing \
         to read\n\
         \x20 = hint: read the file for the screen, whose name ends in `.screen.pdf`\n",
    );
    let run = folder.run(&["read", "cut.pdf"]);
    run.status(1).stdout("");
    assert!(run.err().starts_with("error: cut.pdf: the PDF is damaged: "), "{}", run.err());
}

#[test]
fn wrong_use_does_nothing() {
    let folder = Folder::new().file("deep/b.pdf", "");
    let wrong = |words: &[&str], told: &str| {
        let run = folder.run(&[&["read"], words].concat());
        run.status(2).stdout("");
        assert!(run.err().starts_with(told), "{words:?}:\n{}", run.err());
    };
    wrong(&["b.pdf"], "error: no file `b.pdf`\n");
    wrong(&["deep"], "error: `deep` is a folder, not a PDF file\n");
    wrong(&["deep/b.pdf", "--format", "xml"], "error: invalid value 'xml' for '--format <FORMAT>'");
    wrong(&["deep/b.pdf", "deep/b.pdf"], "error: unexpected argument 'deep/b.pdf' found\n");
    wrong(&[], "error: the following required arguments were not provided:\n  <FILE>\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_is_the_machines_fault() {
    // A name longer than file systems take.
    let name = "a".repeat(300);
    let folder = Folder::new();
    let run = folder.run(&["read", &name]);
    run.status(3).stdout("");
    assert!(run.err().starts_with("error: cannot read `aaa"), "{}", run.err());
}
