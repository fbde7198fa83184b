//! The only door to the disk below the command line: text files, fonts,
//! images and ICC profiles, each loaded once and shared.

mod builtin;
mod exif;
mod font;
mod icc;
mod image;
mod jpeg;
mod outline;
mod png;
mod raster;
mod resample;
mod store;
mod svg;
mod svg_scan;
mod tiff;

pub use font::{Font, FontError};
pub use icc::IccProfile;
pub use image::{
    Drawing, DrawingClip, DrawingFill, DrawingShape, DrawingStroke, Image, LineCap, LineJoin,
};
pub use raster::{
    Depth, InkHistogram, JpegCoding, Orientation, PixelSpace, Pixels, Raster, RasterData,
};
pub use resample::{Taps, reduce, shrink};
pub use store::{Assets, LoadError};
