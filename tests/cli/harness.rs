//! Runs the real binary in a temporary folder and compares all it does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A temporary folder in which the program runs.
pub(crate) struct Folder {
    root: TempDir,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Folder {
        Folder { root: tempfile::tempdir().unwrap() }
    }

    /// With a file in it; folders on the way are made.
    pub(crate) fn file(self, name: &str, text: &str) -> Folder {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// A place in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// What is in a file; nothing if it is not there.
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.path(name)).ok()
    }

    /// All files in a folder and below, sorted, with `/` between folders.
    pub(crate) fn files(&self, below: &str) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.path(below), "", &mut found);
        found.sort();
        found
    }

    /// A run of the program with these words after its name.
    pub(crate) fn run(&self, words: &[&str]) -> Run<'_> {
        let output = self.command(words).output().unwrap();
        Run { output, _folder: self }
    }

    /// The command, for runs that need more than [`Folder::run`] does.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drukklaar"));
        command.args(words).current_dir(self.root.path()).stdin(Stdio::null());
        command.env_remove("SOURCE_DATE_EPOCH");
        command
    }
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

/// What the program did. The folder lives as long as it is looked at.
pub(crate) struct Run<'a> {
    output: Output,
    _folder: &'a Folder,
}

impl Run<'_> {
    /// Compares the exit status.
    #[track_caller]
    pub(crate) fn status(&self, expected: i32) -> &Self {
        let found = self.output.status.code();
        assert_eq!(found, Some(expected), "stdout:\n{}\nstderr:\n{}", self.out(), self.err());
        self
    }

    /// Compares all of standard output.
    #[track_caller]
    pub(crate) fn stdout(&self, expected: &str) -> &Self {
        assert_eq!(self.out(), expected, "stderr:\n{}", self.err());
        self
    }

    /// Compares all of standard error.
    #[track_caller]
    pub(crate) fn stderr(&self, expected: &str) -> &Self {
        assert_eq!(self.err(), expected, "stdout:\n{}", self.out());
        self
    }

    /// What it wrote to standard output.
    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    /// What it wrote to standard error.
    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }
}
