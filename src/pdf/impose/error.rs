//! Why a file cannot be imposed.

use super::options::Millimetres;
use crate::base::Size;
use std::fmt;

/// Why a file cannot be imposed. Pages are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImposeError {
    /// The file does not begin like a PDF.
    NoPdf,
    /// Parts of the PDF are missing or unreadable.
    Damaged(String),
    /// The file is encrypted, which PDF/X forbids.
    Encrypted,
    /// There is no page in it.
    NoPages,
    /// Pages that do not say where they are cut.
    NoTrimBox(Vec<usize>),
    /// A page that is cut outside its bleed, or has a box without area.
    WrongBoxes {
        /// The page.
        page: usize,
    },
    /// A page with units of its own (ISO 32000-1, 14.11.2.1, `UserUnit`).
    UserUnit {
        /// The page.
        page: usize,
    },
    /// A page of another size than the first one.
    Sizes {
        /// The page.
        page: usize,
        /// Its size when cut.
        found: Size,
        /// The size of the first page.
        first: Size,
    },
    /// The file calls itself PDF/X and has no output intent.
    NoOutputIntent {
        /// The version that it claims.
        version: String,
    },
    /// The file calls itself PDF/X-4 and has no profile in its output intent.
    NoOutputProfile {
        /// The version that it claims.
        version: String,
    },
    /// The pages do not fill the sheets.
    PageCount {
        /// How many there are.
        pages: usize,
        /// How many blank ones would fill the last sheet.
        missing: usize,
    },
    /// The sheet does not hold two pages with their bleed and marks.
    SheetTooSmall {
        /// The size of the sheet.
        sheet: Size,
        /// The smallest that would do.
        needed: Size,
    },
    /// The innermost pages would lose a quarter of their width at the fold.
    TooMuchCreep {
        /// How many sheets lie in each other.
        sheets: usize,
    },
    /// The file cannot be put together; the library's words.
    Serialise(String),
}

impl ImposeError {
    /// What would help.
    pub fn hint(&self) -> Option<String> {
        match self {
            ImposeError::NoTrimBox(_) => {
                Some("impose the file for the printer, whose name ends in `.print.pdf`".to_owned())
            }
            ImposeError::NoOutputIntent { version } | ImposeError::NoOutputProfile { version } => {
                Some(format!("export it as {version} again, with the ICC profile of the press"))
            }
            ImposeError::PageCount { missing, .. } => {
                Some(format!("`--blanks` adds {}", count(*missing, "blank page")))
            }
            ImposeError::SheetTooSmall { needed, .. } => {
                let [width, height] = [needed.width, needed.height].map(Millimetres);
                Some(format!("give a larger sheet: `--sheet {width}x{height}` or more"))
            }
            ImposeError::TooMuchCreep { .. } => {
                Some("give the thickness of a single leaf with `--paper`".to_owned())
            }
            _ => None,
        }
    }
}

impl fmt::Display for ImposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImposeError::NoPdf => f.write_str("this is no PDF"),
            ImposeError::Damaged(what) => write!(f, "the PDF is damaged: {what}"),
            ImposeError::Encrypted => f.write_str("the PDF is encrypted"),
            ImposeError::NoPages => f.write_str("the PDF has no pages"),
            ImposeError::NoTrimBox(pages) => {
                let verb = if pages.len() == 1 { "has" } else { "have" };
                write!(f, "{} {verb} no TrimBox that says where to cut", Numbers(pages))
            }
            ImposeError::WrongBoxes { page } => {
                write!(
                    f,
                    "page {page} is cut outside its bleed: its TrimBox must lie in its BleedBox, and that in its MediaBox"
                )
            }
            ImposeError::UserUnit { page } => {
                write!(f, "page {page} has units of its own (UserUnit)")
            }
            ImposeError::Sizes { page, found, first } => {
                let (found, first) = (SizeInMm(*found), SizeInMm(*first));
                write!(f, "pages differ in size: page {page} is {found}, page 1 is {first}")
            }
            ImposeError::NoOutputIntent { version } => write!(
                f,
                "the PDF calls itself {version}, but has no output intent that names its press"
            ),
            ImposeError::NoOutputProfile { version } => {
                write!(f, "the PDF calls itself {version}, but has no profile of its press")
            }
            ImposeError::PageCount { pages, missing } => {
                let verb = if *pages == 1 { "does" } else { "do" };
                let pages = count(*pages, "page");
                write!(f, "{pages} {verb} not fill sheets of 4; {missing} more would")
            }
            ImposeError::SheetTooSmall { sheet, needed } => {
                let (sheet, needed) = (SizeInMm(*sheet), SizeInMm(*needed));
                write!(
                    f,
                    "the sheet of {sheet} is too small: two pages with bleed and marks need {needed}"
                )
            }
            ImposeError::TooMuchCreep { sheets } => {
                write!(
                    f,
                    "{sheets} sheets of this paper are too thick to fold into each other: the innermost pages would lose a quarter of their width"
                )
            }
            ImposeError::Serialise(why) => write!(f, "the PDF cannot be put together: {why}"),
        }
    }
}

impl std::error::Error for ImposeError {}

impl From<lopdf::Error> for ImposeError {
    fn from(error: lopdf::Error) -> ImposeError {
        use lopdf::Error::{
            Decryption, InvalidPassword, Unimplemented, UnsupportedSecurityHandler,
        };
        match error {
            InvalidPassword | Decryption(_) | UnsupportedSecurityHandler(_) => {
                ImposeError::Encrypted
            }
            // Its own words ask for a report to its makers.
            Unimplemented(_) => {
                ImposeError::Damaged("it has a filter that is not known".to_owned())
            }
            other => ImposeError::Damaged(other.to_string()),
        }
    }
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// `210 × 297 mm`.
struct SizeInMm(Size);

impl fmt::Display for SizeInMm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} mm", Millimetres(self.0.width), Millimetres(self.0.height))
    }
}

/// `page 3`, or `pages 1, 3-5`.
struct Numbers<'a>(&'a [usize]);

impl fmt::Display for Numbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.len() == 1 { "page " } else { "pages " })?;
        for (at, run) in self.0.chunk_by(|a, b| a + 1 == *b).enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match run {
                [first, .., last] => write!(f, "{first}-{last}")?,
                single => single.iter().try_for_each(|page| write!(f, "{page}"))?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Abs;

    #[test]
    fn errors_say_what_is_and_what_would_do() {
        let size = |w, h| Size::new(Abs::mm(w), Abs::mm(h));
        for (error, told, hint) in [
            (
                ImposeError::PageCount { pages: 6, missing: 2 },
                "6 pages do not fill sheets of 4; 2 more would",
                Some("`--blanks` adds 2 blank pages"),
            ),
            (
                ImposeError::PageCount { pages: 1, missing: 3 },
                "1 page does not fill sheets of 4; 3 more would",
                Some("`--blanks` adds 3 blank pages"),
            ),
            (
                ImposeError::SheetTooSmall {
                    sheet: size(420.0, 297.0),
                    needed: size(438.0, 315.5),
                },
                "the sheet of 420 × 297 mm is too small: two pages with bleed and marks need \
                 438 × 315.5 mm",
                Some("give a larger sheet: `--sheet 438x315.5` or more"),
            ),
            (
                ImposeError::Sizes {
                    page: 3,
                    found: size(148.0, 210.0),
                    first: size(210.0, 297.0),
                },
                "pages differ in size: page 3 is 148 × 210 mm, page 1 is 210 × 297 mm",
                None,
            ),
            (
                ImposeError::NoTrimBox(vec![2]),
                "page 2 has no TrimBox that says where to cut",
                Some("impose the file for the printer, whose name ends in `.print.pdf`"),
            ),
        ] {
            assert_eq!(error.to_string(), told);
            assert_eq!(error.hint().as_deref(), hint);
        }
        let some = ImposeError::NoTrimBox(vec![1, 3, 4, 5, 8]);
        assert!(some.to_string().starts_with("pages 1, 3-5, 8 have no TrimBox"), "{some}");
    }
}
