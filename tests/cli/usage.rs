//! Wrong command lines and help.

use crate::harness::Folder;

#[test]
fn an_unknown_option_is_wrong_use() {
    Folder::new().run(&["build", "a.toml", "--colour"]).status(2).stdout("").stderr(
        "error: unexpected argument '--colour' found\n\
         \n  tip: to pass '--colour' as a value, use '-- --colour'\n\
         \nUsage: drukklaar build <PATH>...\n\
         \nFor more information, try '--help'.\n",
    );
}

#[test]
fn values_that_are_not_offered_are_wrong_use() {
    let folder = Folder::new().file("a.toml", "");
    for words in [
        &["build", "a.toml", "--profile", "web"][..],
        &["build", "a.toml", "--jobs", "0"],
        &["build", "a.toml", "--deny", "errors"],
        &["check", "a.toml", "--format", "xml"],
        &["build"],
        &["print", "a.toml"],
        &["build", "a.toml", "--report"],
        &[],
    ] {
        let run = folder.run(words);
        run.status(2).stdout("");
        assert!(!run.err().is_empty(), "{words:?}");
    }
    assert!(folder.files("out").is_empty());
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]);
    help.status(0).stderr("");
    for part in ["build", "check", "preview", "impose", "read", "Exit status:"] {
        assert!(help.out().contains(part), "{}", help.out());
    }
    let version = format!("drukklaar {}\n", env!("CARGO_PKG_VERSION"));
    folder.run(&["--version"]).status(0).stdout(&version).stderr("");
    let build = folder.run(&["build", "--help"]);
    build.status(0).stderr("");
    for part in [
        "--out",
        "--profile",
        "--jobs",
        "--format",
        "--deny",
        "--draft",
        "--report",
        "[default: out]",
    ] {
        assert!(build.out().contains(part), "{part}: {}", build.out());
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::Stdio;
    let folder = Folder::new().file("a.toml", "kind = 1");
    for words in [&["--help"][..], &["check", "a.toml"], &["check", "a.toml", "--format", "json"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = folder.command(words).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("panicked"), "{words:?}: {err}");
        assert!(output.status.code().is_some_and(|code| code < 2), "{words:?}: {err}");
    }
}
