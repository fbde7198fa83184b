//! The only door to the disk below the command line: text files, fonts,
//! images and ICC profiles, each loaded once and shared.

mod builtin;
mod chromaticity;
mod cull;
mod drawing;
mod exif;
mod font;
mod icc;
mod image;
mod jpeg;
mod library;
mod outline;
mod png;
mod raster;
mod resample;
mod store;
mod svg;
mod svg_paint;
mod svg_scan;
mod svg_text;
mod tiff;

pub use drawing::{
    Drawing, DrawingClip, DrawingFill, DrawingGlyph, DrawingGradient, DrawingGroup, DrawingNode,
    DrawingPaint, DrawingShape, DrawingStop, DrawingStroke, DrawingText, GradientLine, LineCap,
    LineJoin,
};
pub use font::{Font, FontError};
pub use icc::IccProfile;
pub use image::Image;
pub use library::{FontLibrary, LibraryFace};
pub use raster::{
    Depth, InkHistogram, JpegCoding, Orientation, PixelSpace, Pixels, Raster, RasterData,
};
pub use resample::{Taps, reduce, shrink};
pub use store::{Assets, LoadError};
