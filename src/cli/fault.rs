//! Commands that take one PDF file: why there is no result.

use super::Exit;
use crate::campaign::show;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Why a command has no result.
pub(super) struct Fault {
    pub(super) exit: Exit,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Fault {
    /// A fault without a hint.
    pub(super) fn new(exit: Exit, message: String) -> Fault {
        Fault { exit, message, hint: None }
    }

    /// Tells it to whoever typed the command.
    pub(super) fn tell(&self, err: &mut dyn Write) -> io::Result<()> {
        writeln!(err, "error: {}", self.message)?;
        if let Some(hint) = &self.hint {
            writeln!(err, "  = hint: {hint}")?;
        }
        err.flush()
    }
}

/// The bytes of a file that the command line names.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Fault> {
    let file = show(path);
    if path.is_dir() {
        return Err(Fault::new(Exit::Usage, format!("`{file}` is a folder, not a PDF file")));
    }
    std::fs::read(path).map_err(|why| match why.kind() {
        ErrorKind::NotFound => Fault::new(Exit::Usage, format!("no file `{file}`")),
        _ => Fault::new(Exit::Failed, format!("cannot read `{file}`: {why}")),
    })
}
