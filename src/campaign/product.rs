//! What a run makes of each brochure, and what its files are called.

use crate::pdf::Profile;
use crate::preview;
use std::path::{Path, PathBuf};

/// What a run makes of each brochure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Product {
    /// A PDF for each of these profiles.
    Pdf(Vec<Profile>),
    /// A picture of each page, as the settings want it.
    Pictures(preview::Settings),
}

/// What a file of a brochure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole, for one profile.
    Pdf(Profile),
    /// The picture of a page.
    Page {
        /// The page, from 1.
        number: usize,
        /// How many pages the brochure has.
        of: usize,
    },
}

/// A file of a brochure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What it is.
    pub part: Part,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Product {
    /// The first file of a brochure whose files begin with `stem`; others may
    /// follow.
    pub(super) fn first_file(&self, stem: &Path) -> PathBuf {
        match self {
            Product::Pdf(profiles) => match profiles.first() {
                Some(&profile) => Part::Pdf(profile).file(stem),
                None => stem.to_owned(),
            },
            Product::Pictures(_) => Part::Page { number: 1, of: 1 }.file(stem),
        }
    }
}

impl Part {
    /// The file of this part for a brochure whose files begin with `stem`.
    /// Numbers of pages have two digits, or as many as the last page's, so that
    /// files sorted by name are sorted by page.
    pub(super) fn file(self, stem: &Path) -> PathBuf {
        let suffix = match self {
            Part::Pdf(profile) => format!(".{}.pdf", profile.name()),
            Part::Page { number, of } => {
                let digits = of.to_string().len().max(2);
                format!(".p{number:0digits$}.png")
            }
        };
        let mut path = stem.as_os_str().to_owned();
        path.push(suffix);
        path.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_sorted_by_name_are_sorted_by_page() {
        let name = |number, of| Part::Page { number, of }.file(Path::new("out/a.b"));
        assert_eq!(name(3, 8), Path::new("out/a.b.p03.png"));
        assert_eq!(name(3, 120), Path::new("out/a.b.p003.png"));
        assert_eq!(name(120, 120), Path::new("out/a.b.p120.png"));
    }
}
