//! Why a file cannot be read aloud.

use std::fmt;

/// Why a file cannot be read aloud. Pages are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The file does not begin like a PDF.
    NoPdf,
    /// Parts of the PDF are missing or unreadable.
    Damaged(String),
    /// The file is encrypted.
    Encrypted,
    /// The file has no structure tree, or nothing is in it.
    Untagged,
    /// Words are set in a font that does not say which characters its glyphs are.
    UnknownText {
        /// The font's name.
        font: String,
        /// The page.
        page: usize,
    },
}

impl ReadError {
    /// What would help.
    pub fn hint(&self) -> Option<String> {
        match self {
            ReadError::Untagged => {
                Some("read the file for the screen, whose name ends in `.screen.pdf`".to_owned())
            }
            _ => None,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NoPdf => f.write_str("this is no PDF"),
            ReadError::Damaged(what) => write!(f, "the PDF is damaged: {what}"),
            ReadError::Encrypted => f.write_str("the PDF is encrypted"),
            ReadError::Untagged => f.write_str(
                "this file has no structure: a screen reader would find nothing to read",
            ),
            ReadError::UnknownText { font, page } => write!(
                f,
                "words on page {page} cannot be known: their font `{font}` has neither a ToUnicode map nor an encoding that is supported"
            ),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<lopdf::Error> for ReadError {
    fn from(error: lopdf::Error) -> ReadError {
        use lopdf::Error::{
            Decryption, InvalidPassword, Unimplemented, UnsupportedSecurityHandler,
        };
        match error {
            InvalidPassword | Decryption(_) | UnsupportedSecurityHandler(_) => ReadError::Encrypted,
            // Its own words ask for a report to its makers.
            Unimplemented(_) => damaged("it has a filter that is not known"),
            other => ReadError::Damaged(other.to_string()),
        }
    }
}

/// A damaged file.
pub(super) fn damaged(what: impl Into<String>) -> ReadError {
    ReadError::Damaged(what.into())
}
