//! The only door to the disk below the command line: text files, fonts,
//! images and ICC profiles, each loaded once and shared.

mod builtin;
mod font;
mod image;
mod paths;
mod store;

pub use font::{Font, FontError};
pub use image::{Drawing, DrawingShape, Raster};
pub use paths::beside;
pub use store::{Assets, LoadError};
