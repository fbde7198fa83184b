//! Images: pixels and vector artwork.

use crate::base::{Abs, Path, Size};

/// An image made of pixels.
#[derive(Debug)]
pub struct Raster {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// Vector artwork, read from an SVG file.
#[derive(Debug)]
pub struct Drawing {
    /// Natural size.
    pub size: Size,
    /// The shapes from back to front, in the natural size's coordinates.
    pub shapes: Vec<DrawingShape>,
}

/// One shape of a drawing.
#[derive(Debug)]
pub struct DrawingShape {
    /// The outline.
    pub path: Path,
    /// sRGB colour of the fill.
    pub fill: Option<[u8; 3]>,
    /// sRGB colour and width of the line.
    pub stroke: Option<([u8; 3], Abs)>,
}
