//! Sheets for a saddle stitch.

use crate::build::GOOD;
use crate::harness::Folder;

/// A folder with a print file of as many pages.
fn built(pages: usize) -> Folder {
    let brochure = GOOD.replace("pages = 2", &format!("pages = {pages}"));
    let filler = "[[filler]]\nnotes = \"Notities\"\n";
    let folder = Folder::new().file("a.toml", &format!("{brochure}\n{}", filler.repeat(pages - 2)));
    folder.run(&["build", "a.toml", "--profile", "print"]).status(0).stderr("");
    folder
}

#[test]
fn sheets_are_written_beside_the_pages() {
    let folder = built(4);
    let run = folder.run(&["impose", "out/a.print.pdf"]);
    run.status(0).stderr("");
    let size = folder.read("out/a.imposed.pdf").unwrap().len() as f64 / 1e3;
    run.stdout(&format!("out/a.imposed.pdf: 1 sheet, 4 pages, {size:.1} kB\n"));
    assert_eq!(folder.files("out"), ["a.imposed.pdf", "a.print.pdf"]);
    let again = folder.run(&["impose", "out/a.print.pdf", "--out", "new/b.pdf"]);
    again.status(0).stderr("").stdout(&format!("new/b.pdf: 1 sheet, 4 pages, {size:.1} kB\n"));
    assert_eq!(folder.read("new/b.pdf"), folder.read("out/a.imposed.pdf"));
}

#[test]
fn options_change_the_sheets() {
    let folder = built(4);
    let plain = folder.run(&["impose", "out/a.print.pdf", "--out", "0.pdf"]);
    plain.status(0).stderr("");
    for (at, words) in
        [&["--sheet", "460x330"][..], &["--color-bar"], &["--sheet=480.5x330", "--paper=0.1"]]
            .iter()
            .enumerate()
    {
        let out = format!("{}.pdf", at + 1);
        let words = [&["impose", "out/a.print.pdf", "--out", &out][..], words].concat();
        folder.run(&words).status(0).stderr("");
        assert_ne!(folder.read(&out), folder.read("0.pdf"), "{words:?}");
    }
}

#[test]
fn pages_that_do_not_fill_a_sheet_are_refused_unless_blanks_are_wanted() {
    let folder = built(2);
    folder.run(&["impose", "out/a.print.pdf"]).status(1).stdout("").stderr(
        "error: out/a.print.pdf: 2 pages do not fill sheets of 4; 2 more would\n\
         \x20 = hint: `--blanks` adds 2 blank pages\n",
    );
    assert_eq!(folder.files("out"), ["a.print.pdf"]);
    let mut files = Vec::new();
    for word in ["--blanks", "--blanks=end", "--blanks=before-last"] {
        let run = folder.run(&["impose", word, "out/a.print.pdf"]);
        run.status(0).stderr("");
        let told = "out/a.imposed.pdf: 1 sheet, 2 pages and 2 blank ones, ";
        assert!(run.out().starts_with(told), "{}", run.out());
        files.push(folder.read("out/a.imposed.pdf").unwrap());
    }
    assert_eq!(files[0], files[1]);
    assert_ne!(files[0], files[2]);
}

#[test]
fn files_that_cannot_be_imposed_are_told_with_what_would_help() {
    let folder = built(4).file("notes.pdf", "Geen PDF").file("cut.pdf", "%PDF-1.6\n");
    folder.run(&["build", "a.toml", "--profile", "screen"]).status(0);
    let refused = |words: &[&str], told: &str| {
        let run = folder.run(&[&["impose"], words].concat());
        run.status(1).stdout("").stderr(told);
    };
    refused(&["notes.pdf"], "error: notes.pdf: this is no PDF\n");
    refused(
        &["out/a.screen.pdf"],
        "error: out/a.screen.pdf: pages 1-4 have no TrimBox that says where to cut\n\
         \x20 = hint: impose the file for the printer, whose name ends in `.print.pdf`\n",
    );
    refused(
        &["out/a.print.pdf", "--sheet", "430x305"],
        "error: out/a.print.pdf: the sheet of 430 × 305 mm is too small: two pages with bleed \
         and marks need 438 × 315 mm\n\
         \x20 = hint: give a larger sheet: `--sheet 438x315` or more\n",
    );
    folder.run(&["impose", "out/a.print.pdf", "--sheet", "438x315"]).status(0).stderr("");
    let run = folder.run(&["impose", "cut.pdf"]);
    run.status(1).stdout("");
    assert!(run.err().starts_with("error: cut.pdf: the PDF is damaged: "), "{}", run.err());
}

#[test]
fn wrong_use_does_nothing() {
    let folder = built(4).file("deep/b.pdf", "");
    let before = folder.files(".");
    let wrong = |words: &[&str], told: &str| {
        let run = folder.run(&[&["impose"], words].concat());
        run.status(2).stdout("");
        assert!(run.err().starts_with(told), "{words:?}:\n{}", run.err());
    };
    let file = "out/a.print.pdf";
    wrong(&["out/b.print.pdf"], "error: no file `out/b.print.pdf`\n");
    wrong(&["deep"], "error: `deep` is a folder, not a PDF file\n");
    wrong(
        &[file, "--out", "out/../out/a.print.pdf"],
        "error: `out/a.print.pdf` would be overwritten by its own sheets\n\
         \x20 = hint: name another file with `--out`\n",
    );
    wrong(
        &[file, "--sheet", "A3"],
        "error: invalid value 'A3' for '--sheet <WxH>': width and height in mm, such as \
         450x320, of at most 5080 each\n",
    );
    for value in ["1.5", "-0.1", "thin"] {
        let told = format!(
            "error: invalid value '{value}' for '--paper <MM>': a thickness from 0 to 1 mm, such \
             as 0.1\n"
        );
        wrong(&[file, "--paper", value], &told);
    }
    wrong(&[file, "--blanks=begin"], "error: invalid value 'begin' for '--blanks[=<WHERE>]'\n");
    wrong(&[], "error: the following required arguments were not provided:\n  <FILE>\n");
    assert_eq!(folder.files("."), before);
}

#[test]
fn a_place_that_cannot_be_written_is_the_machines_fault() {
    let folder = built(4).file("taken", "a file, not a folder");
    let run = folder.run(&["impose", "out/a.print.pdf", "--out", "taken/b.pdf"]);
    run.status(3).stdout("");
    assert!(run.err().starts_with("error: cannot write `taken/b.pdf`: "), "{}", run.err());
    assert_eq!(folder.read("taken").unwrap(), b"a file, not a folder");
}
