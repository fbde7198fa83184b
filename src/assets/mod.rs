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
mod store;
mod svg;
mod svg_scan;

pub use font::{Font, FontError};
pub use icc::IccProfile;
pub use image::{
    Drawing, DrawingClip, DrawingFill, DrawingShape, DrawingStroke, Image, LineCap, LineJoin,
    Orientation, PixelSpace, Raster, RasterData,
};
pub use store::{Assets, LoadError};
