//! The command `impose`: one file in, one file out.

use super::args::{BlanksChoice, Impose};
use super::fault::{Fault, read_file};
use super::{Exit, human, told};
use crate::campaign::{count, replace_all, show};
use crate::pdf::{self, ImposeOptions, Imposed};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Imposes the file that the command line names.
pub(super) fn run(words: Impose, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let target = words.out.clone().unwrap_or_else(|| beside(&words.file));
    match impose(&words, &target) {
        Ok(imposed) => told(Exit::Fine, [tell(&imposed, &target, out)]),
        Err(fault) => told(fault.exit, [fault.tell(err)]),
    }
}

fn impose(words: &Impose, target: &Path) -> Result<Imposed, Fault> {
    let file = show(&words.file);
    let bytes = read_file(&words.file)?;
    if same(&words.file, target) {
        let message = format!("`{file}` would be overwritten by its own sheets");
        return Err(Fault {
            hint: Some("name another file with `--out`".to_owned()),
            ..Fault::new(Exit::Usage, message)
        });
    }
    let options = ImposeOptions {
        sheet: words.sheet,
        paper: words.paper,
        blanks: words.blanks.map(BlanksChoice::blanks),
        color_bar: words.color_bar,
        slug: words.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    let imposed = pdf::impose(&bytes, &options).map_err(|error| Fault {
        hint: error.hint(),
        ..Fault::new(Exit::Rejected, format!("{file}: {error}"))
    })?;
    replace_all([(target, &imposed.bytes[..])])
        .map_err(|error| Fault::new(Exit::Failed, error.to_string()))?;
    Ok(imposed)
}

/// Whether both paths lead to one file.
fn same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        // A file that is not there yet is no other one.
        _ => false,
    }
}

/// `out/flevoland.imposed.pdf` for `out/flevoland.print.pdf` and for
/// `out/flevoland.pdf`.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".pdf").unwrap_or(&name);
    let stem = stem.strip_suffix(".print").unwrap_or(stem);
    file.with_file_name(format!("{stem}.imposed.pdf"))
}

fn tell(imposed: &Imposed, target: &Path, out: &mut dyn Write) -> io::Result<()> {
    let sheets = count(imposed.sheets, "sheet");
    let pages = count(imposed.pages, "page");
    let blanks = match imposed.blanks {
        0 => String::new(),
        blanks => format!(" and {}", count(blanks, "blank one")),
    };
    let size = human::size(imposed.bytes.len());
    writeln!(out, "{}: {sheets}, {pages}{blanks}, {size}", show(target))?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_go_beside_the_pages() {
        for (file, expected) in [
            ("out/a.print.pdf", "out/a.imposed.pdf"),
            ("a.pdf", "a.imposed.pdf"),
            ("/x/a", "/x/a.imposed.pdf"),
            ("a.b.pdf", "a.b.imposed.pdf"),
        ] {
            assert_eq!(beside(Path::new(file)), Path::new(expected));
        }
    }
}
