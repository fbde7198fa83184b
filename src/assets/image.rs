//! Images: pixels and vector artwork.

use super::jpeg;
use super::{Drawing, FontLibrary, LoadError};
use std::borrow::Cow;
use std::sync::Arc;

/// An image of either kind, loaded.
#[derive(Debug, Clone)]
pub enum Image {
    /// Pixels, from a JPEG or PNG file.
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
            [0xFF, 0xD8, ..] => Ok(Image::Raster(Arc::new(jpeg::parse(bytes)?))),
            [0x89, b'P', b'N', b'G', ..] => Ok(Image::Raster(Arc::new(super::png::parse(&bytes)?))),
            start => match foreign(start) {
                Some(name) => Err(LoadError::Unsupported(name.to_owned())),
                None if bytes.is_empty() => Err(LoadError::Corrupt("it is empty".to_owned())),
                None if !may_be_xml(&bytes) => {
                    let how = "it is no JPEG, PNG or SVG, whatever its name says";
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
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "TIFF",
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

/// The colours a pixel is made of; every component has 8 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelSpace {
    /// One component, 255 is white.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black; 255 is full ink.
    Cmyk,
}

impl PixelSpace {
    /// Components in a pixel.
    pub const fn components(self) -> usize {
        match self {
            PixelSpace::Gray => 1,
            PixelSpace::Rgb => 3,
            PixelSpace::Cmyk => 4,
        }
    }
}

/// How the stored pixels must be turned to be seen upright: EXIF's orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orientation {
    /// Mirrored left to right, before any turn.
    pub mirrored: bool,
    /// Quarter turns clockwise.
    pub quarters: u8,
}

impl Orientation {
    /// From the EXIF value 1 to 8 (EXIF 2.32, tag 274); anything else is upright.
    pub const fn from_exif(value: u16) -> Orientation {
        let (mirrored, quarters) = match value {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Orientation { mirrored, quarters }
    }

    /// Whether width and height change places.
    pub const fn swaps(self) -> bool {
        self.quarters % 2 == 1
    }
}

/// An image made of pixels.
#[derive(Debug)]
pub struct Raster {
    /// Pixels from left to right, seen upright.
    pub width: u32,
    /// Pixels from top to bottom, seen upright.
    pub height: u32,
    /// How the stored pixels must be turned.
    pub orientation: Orientation,
    /// What the pixels are made of.
    pub space: PixelSpace,
    /// The embedded ICC profile, if it fits the pixels.
    pub profile: Option<Vec<u8>>,
    /// Pixels per inch from left to right and from top to bottom, seen upright,
    /// as the file says.
    pub density: Option<[f64; 2]>,
    /// Opacity of the stored pixels, 255 is opaque; none if all are.
    pub alpha: Option<Vec<u8>>,
    /// The pixels.
    pub data: RasterData,
}

/// Pixels as they are kept.
pub enum RasterData {
    /// A whole JPEG file.
    Jpeg {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether values are stored inverted, as Adobe's CMYK files have it.
        inverted: bool,
    },
    /// Rows of pixels.
    Pixels(Vec<u8>),
}

impl std::fmt::Debug for RasterData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RasterData::Jpeg { bytes, inverted } => {
                write!(f, "Jpeg({} bytes, inverted: {inverted})", bytes.len())
            }
            RasterData::Pixels(pixels) => write!(f, "Pixels({} bytes)", pixels.len()),
        }
    }
}

impl Raster {
    /// Width and height of the stored pixels.
    pub const fn stored_size(&self) -> (u32, u32) {
        if self.orientation.swaps() { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// The stored pixels, decoded.
    ///
    /// # Errors
    /// If a JPEG file cannot be decoded; loading it has decoded it once already.
    pub fn pixels(&self) -> Result<Cow<'_, [u8]>, LoadError> {
        match &self.data {
            RasterData::Jpeg { bytes, inverted } => {
                jpeg::decode(bytes, self.space, *inverted).map(Cow::Owned)
            }
            RasterData::Pixels(pixels) => Ok(Cow::Borrowed(pixels)),
        }
    }
}

/// Whether an ICC profile has a sound header and is for these pixels
/// (ICC.1:2010, 7.2): size, signature and data colour space.
pub(super) fn profile_fits(profile: &[u8], space: PixelSpace) -> bool {
    let signature: &[u8] = match space {
        PixelSpace::Gray => b"GRAY",
        PixelSpace::Rgb => b"RGB ",
        PixelSpace::Cmyk => b"CMYK",
    };
    profile.len() > 128
        && profile.get(16..20) == Some(signature)
        && profile.get(36..40) == Some(b"acsp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_formats_are_named() {
        for (bytes, name) in [
            (b"II*\0rest of the file".as_slice(), "TIFF"),
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

    #[test]
    fn a_profile_must_fit_the_pixels() {
        let srgb = crate::assets::Assets::srgb_profile();
        assert!(profile_fits(srgb, PixelSpace::Rgb));
        assert!(!profile_fits(srgb, PixelSpace::Gray));
        assert!(!profile_fits(&srgb[..100], PixelSpace::Rgb));
    }
}
