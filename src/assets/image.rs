//! Images: pixels and vector artwork.

use super::{Drawing, FontLibrary, LoadError, Raster};
use std::sync::Arc;

/// An image of either kind, loaded.
#[derive(Debug, Clone)]
pub enum Image {
    /// Pixels, from a JPEG, PNG or TIFF file.
    Raster(Arc<Raster>),
    /// Vector artwork, from an SVG file.
    Drawing(Arc<Drawing>),
}

impl Image {
    /// Reads an image of any kind; the content decides which, not the name. Text in
    /// it is an error, since there are no fonts.
    ///
    /// # Errors
    /// If the file is damaged, or of a kind or with a feature that is not supported.
    pub fn parse(bytes: Vec<u8>) -> Result<Image, LoadError> {
        Image::parse_with(bytes, &FontLibrary::default())
    }

    /// Reads an image of any kind; text in it is set in these fonts.
    ///
    /// # Errors
    /// As for [`Image::parse`], and if text asks for a font that is not there.
    pub fn parse_with(bytes: Vec<u8>, fonts: &FontLibrary) -> Result<Image, LoadError> {
        match bytes.get(..12).unwrap_or(&bytes) {
            [0xFF, 0xD8, ..] => Ok(Image::Raster(Arc::new(super::jpeg::parse(bytes)?))),
            [0x89, b'P', b'N', b'G', ..] => Ok(Image::Raster(Arc::new(super::png::parse(bytes)?))),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
                Ok(Image::Raster(Arc::new(super::tiff::parse(bytes)?)))
            }
            start => match foreign(start) {
                Some(name) => Err(LoadError::Unsupported(name.to_owned())),
                None if bytes.is_empty() => Err(LoadError::Corrupt("it is empty".to_owned())),
                None if !may_be_xml(&bytes) => {
                    let how = "it is no JPEG, PNG, TIFF or SVG, whatever its name says";
                    Err(LoadError::Corrupt(how.to_owned()))
                }
                None => Ok(Image::Drawing(Arc::new(super::svg::parse(&bytes, fonts)?))),
            },
        }
    }

    /// Whether a file may hold text to be set, so that its image depends on the
    /// fonts: one that begins as XML does and names the element at all.
    pub(super) fn may_have_text(bytes: &[u8]) -> bool {
        may_be_xml(bytes) && bytes.windows(4).any(|word| word == b"text")
    }

    /// Width divided by height.
    pub fn aspect(&self) -> f64 {
        match self {
            Image::Raster(raster) => f64::from(raster.width) / f64::from(raster.height),
            Image::Drawing(drawing) => drawing.size.width / drawing.size.height,
        }
    }
}

/// Whether the first character, after a byte order mark and white, can start
/// an XML file; those in UTF-16 are left to the parser.
fn may_be_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'<' | 0xFE | 0xFF | 0))
}

/// The name of a format that is recognised but not supported.
fn foreign(start: &[u8]) -> Option<&'static str> {
    Some(match start {
        [b'I', b'I', 43, 0, ..] | [b'M', b'M', 0, 43, ..] => "BigTIFF",
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => "WebP",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => "EPS",
        [b'8', b'B', b'P', b'S', ..] => "Photoshop",
        [b'B', b'M', ..] => "BMP",
        [0, 0, 0, 12, b'j', b'P', ..] | [0xFF, 0x4F, ..] => "JPEG 2000",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => "AVIF",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "HEIC",
        [0x1F, 0x8B, ..] => "compressed SVG",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_formats_are_named() {
        for (bytes, name) in [
            (b"II+\0rest of the file".as_slice(), "BigTIFF"),
            (b"GIF89a", "GIF"),
            (b"RIFF....WEBPVP8 ", "WebP"),
            (b"%PDF-1.7", "PDF"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
            (b"\x1F\x8B\x08", "compressed SVG"),
        ] {
            assert_eq!(
                Image::parse(bytes.to_vec()).err(),
                Some(LoadError::Unsupported(name.to_owned()))
            );
        }
    }

    #[test]
    fn anything_else_is_corrupt() {
        for bytes in [b"".as_slice(), b"just words", &[0xFF, 0xD8], &[0xFF; 40], b"\x89PNG"] {
            let error = Image::parse(bytes.to_vec()).err();
            assert!(matches!(error, Some(LoadError::Corrupt(_))), "{bytes:?}: {error:?}");
        }
    }
}
