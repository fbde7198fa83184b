//! Replaces files so that a crash or a full disk leaves the old ones whole.

use super::plan::show;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// A file that could not be written, and why, in the system's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why not.
    pub why: String,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write `{}`: {}", show(&self.path), self.why)
    }
}

/// Writes some files, each by way of a temporary one beside it that reaches
/// the disk before it takes the file's name. No name is taken until all files
/// are on the disk, so a full disk leaves every old file.
///
/// # Errors
/// The first file that could not be written. Folders that were made stay.
pub(crate) fn replace_all<'a>(
    files: impl IntoIterator<Item = (&'a Path, &'a [u8])>,
) -> Result<(), WriteError> {
    let failed =
        |path: &Path, why: io::Error| WriteError { path: path.to_owned(), why: why.to_string() };
    let mut ready = Vec::new();
    for (path, bytes) in files {
        let staged = stage(path, bytes).map_err(|e| failed(path, e))?;
        ready.push((path, staged));
    }
    for (path, staged) in ready {
        staged.persist(path).map_err(|e| failed(path, e.error))?;
    }
    Ok(())
}

/// A temporary file beside `path` with these bytes, safe on the disk.
fn stage(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|f| *f != Path::new("")).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut builder = Builder::new();
    builder.prefix(".drukklaar-").suffix(".tmp");
    // A temporary file is private by default; a brochure is as open as any
    // other new file, within the limits that the user has set (umask).
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::fake::folder;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn folders_are_made_and_files_replaced() {
        let root = folder(&[("out/a.pdf", "old")]);
        let (a, b) = (root.path().join("out/a.pdf"), root.path().join("out/deep/b.pdf"));
        replace_all([(a.as_path(), &b"new"[..]), (b.as_path(), &b"two"[..])]).unwrap();
        assert_eq!(std::fs::read(&a).unwrap(), b"new");
        assert_eq!(std::fs::read(&b).unwrap(), b"two");
        assert_eq!(names(&root.path().join("out")), ["a.pdf", "deep"]);
    }

    #[test]
    fn when_one_file_fails_every_old_file_stays_and_nothing_is_left_over() {
        let root = folder(&[("out/a.pdf", "old"), ("out/b.pdf/in-the-way", "")]);
        let (a, b) = (root.path().join("out/a.pdf"), root.path().join("out/b.pdf"));
        let error =
            replace_all([(a.as_path(), &b"new"[..]), (b.as_path(), &b"two"[..])]).unwrap_err();
        assert_eq!(error.path, b);
        assert_eq!(std::fs::read(&a).unwrap(), b"old");
        assert_eq!(names(&root.path().join("out")), ["a.pdf", "b.pdf"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_as_open_as_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let root = folder(&[("plain", "")]);
        let path = root.path().join("a.pdf");
        replace_all([(path.as_path(), &b"new"[..])]).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&root.path().join("plain")));
    }
}
