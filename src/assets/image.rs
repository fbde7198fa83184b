//! Images: pixels and vector artwork.

use super::{LoadError, Raster};
use crate::base::{Abs, Path, Ratio, Size, Transform};
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
    /// Reads an image of any kind; the content decides which, not the name.
    ///
    /// # Errors
    /// If the file is damaged, or of a kind or with a feature that is not supported.
    pub fn parse(bytes: Vec<u8>) -> Result<Image, LoadError> {
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
                None => Ok(Image::Drawing(Arc::new(super::svg::parse(&bytes)?))),
            },
        }
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

/// Vector artwork, read from an SVG file.
///
/// Outlines and lines keep the numbers of the file, which are short and repeat;
/// `transform` and those of the shapes lead to points.
#[derive(Debug)]
pub struct Drawing {
    /// Natural size; what reaches past it is not seen.
    pub size: Size,
    /// From the drawing's own units to points from the top left corner; scales
    /// and shifts only.
    pub transform: Transform,
    /// The shapes from back to front.
    pub shapes: Vec<DrawingShape>,
    /// Outlines that shapes are clipped to, by the shapes' indices.
    pub clips: Vec<DrawingClip>,
}

/// One shape of a drawing. The fill is painted before the stroke.
#[derive(Debug)]
pub struct DrawingShape {
    /// From the shape's units, which its lines are measured in too, to the
    /// drawing's.
    pub transform: Transform,
    /// The outline; a length of 1 pt is one unit.
    pub path: Path,
    /// How it is filled.
    pub fill: Option<DrawingFill>,
    /// How its line is drawn.
    pub stroke: Option<DrawingStroke>,
    /// Indices into the drawing's clips; the shape shows inside all of them.
    pub clips: Vec<usize>,
}

/// An outline that hides what lies outside.
#[derive(Debug, PartialEq, Eq)]
pub struct DrawingClip {
    /// The outline in the drawing's units.
    pub path: Path,
    /// Whether areas enclosed twice are outside.
    pub even_odd: bool,
}

/// How a shape is filled.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingFill {
    /// The sRGB colour.
    pub color: [u8; 3],
    /// Whether areas enclosed twice are holes.
    pub even_odd: bool,
    /// How much of what lies behind is covered.
    pub opacity: Ratio,
}

/// How a shape's line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingStroke {
    /// The sRGB colour.
    pub color: [u8; 3],
    /// How much of what lies behind is covered.
    pub opacity: Ratio,
    /// The line's width, in the shape's units.
    pub width: Abs,
    /// The ends of open lines.
    pub cap: LineCap,
    /// The corners.
    pub join: LineJoin,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<Abs>,
    /// Where in the dashes the line starts.
    pub dash_phase: Abs,
}

/// The ends of open lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCap {
    /// Cut off at the end.
    Butt,
    /// A half circle about the end.
    Round,
    /// Half the width past the end.
    Square,
}

/// The corners of lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LineJoin {
    /// A point, unless its length exceeds this many widths.
    Miter(f64),
    /// An arc about the corner.
    Round,
    /// Cut off.
    Bevel,
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
