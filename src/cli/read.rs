//! The command `read`: one file in, its announcements out.

use super::args::{Read, Telling};
use super::fault::{Fault, read_file};
use super::{Exit, told};
use crate::campaign::show;
use crate::pdf::{self, Reading};
use std::io::{self, Write};

/// Reads the file aloud that the command line names.
pub(super) fn run(words: &Read, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    match read(words) {
        Ok(reading) => told(Exit::Fine, [tell(&reading, words.format, out)]),
        Err(fault) => told(fault.exit, [fault.tell(err)]),
    }
}

fn read(words: &Read) -> Result<Reading, Fault> {
    let bytes = read_file(&words.file)?;
    pdf::read_aloud(&bytes).map_err(|error| Fault {
        hint: error.hint(),
        ..Fault::new(Exit::Rejected, format!("{}: {error}", show(&words.file)))
    })
}

fn tell(reading: &Reading, format: Telling, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Telling::Human => write!(out, "{reading}")?,
        Telling::Json => {
            serde_json::to_writer_pretty(&mut *out, reading)?;
            writeln!(out)?;
        }
    }
    out.flush()
}
