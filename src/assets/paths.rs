//! Paths as authors write them.

use crate::diag::SourceFile;
use std::path::{Component, Path, PathBuf};

/// The file that `path` names in `file`: relative to the folder of that file,
/// with `..` resolved as far as the words go, so that one file has one name.
pub fn beside(file: &SourceFile, path: &str) -> PathBuf {
    let folder = Path::new(file.name()).parent().unwrap_or(Path::new(""));
    let mut result = PathBuf::new();
    for part in folder.join(path).components() {
        let last = result.components().next_back();
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_from_the_naming_file() {
        let file = SourceFile::new("brochures/flevoland.toml", "");
        assert_eq!(beside(&file, "../images/a.svg"), Path::new("images/a.svg"));
        assert_eq!(beside(&file, "./b.png"), Path::new("brochures/b.png"));
        assert_eq!(beside(&file, "../../c.png"), Path::new("../c.png"));
        let bare = SourceFile::new("flevoland.toml", "");
        assert_eq!(beside(&bare, "a.svg"), Path::new("a.svg"));
    }
}
