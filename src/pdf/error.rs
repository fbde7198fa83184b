//! Why a document cannot be written.

use crate::color::ProfileError;
use std::fmt;

/// Why a document cannot be written. Each means a fault of the program or of a
/// font file, not of the author's words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PdfError {
    /// A font cannot be reduced to the glyphs in use.
    Font {
        /// Its PostScript name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A glyph number beyond the last glyph of its font.
    NoSuchGlyph {
        /// The font's PostScript name.
        name: String,
        /// The glyph's number.
        glyph: u16,
    },
    /// An image cannot be decoded, though it could when it was loaded.
    Image(String),
    /// The profile of the print condition cannot be used.
    Profile(ProfileError),
    /// The object tree cannot be serialised; the library's words.
    Serialise(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Font { name, reason } => write!(f, "font {name} cannot be subset: {reason}"),
            PdfError::NoSuchGlyph { name, glyph } => write!(f, "font {name} has no glyph {glyph}"),
            PdfError::Image(reason) => write!(f, "an image cannot be decoded: {reason}"),
            PdfError::Profile(error) => write!(f, "the print condition cannot be used: {error}"),
            PdfError::Serialise(reason) => write!(f, "the PDF cannot be put together: {reason}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> PdfError {
        PdfError::Serialise(error.to_string())
    }
}

impl From<ProfileError> for PdfError {
    fn from(error: ProfileError) -> PdfError {
        PdfError::Profile(error)
    }
}
