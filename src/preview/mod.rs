//! Pictures of pages: what the screen file shows, as PNG, with proof marks over
//! it if they are wanted.
//!
//! The stages, a file each: `canvas` holds the pixels and paints outlines, which
//! `trace` has cut into straight lines; `text` draws glyph runs, `pictures` the
//! images that `resample` scales, `drawings` vector artwork. `marks` lays the
//! grid and the frames over the page, `heat` the quality of its lines.
//!
//! The pictures are the same on every machine: curves are cut by arithmetic and
//! square roots alone before the rasteriser sees them, since its own curves
//! call the platform's cosine, and its SIMD code, which rounds in other ways, is
//! not compiled in.

mod canvas;
mod drawings;
mod heat;
mod marks;
mod pictures;
mod resample;
mod settings;
mod text;
mod trace;

#[cfg(test)]
mod tests;

pub use settings::{Dpi, DpiError, Overlay, PageRanges, PageRangesError, Settings};

use crate::assets::LoadError;
use crate::base::Point;
use crate::color::{Artwork, Converter};
use crate::document::{Document, Item, Page};
use canvas::Canvas;
use image::ExtendedColorType;
use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use std::fmt;

/// Why a page cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewError {
    /// The picture would have more pixels than fit in memory: its width and
    /// height.
    TooLarge(u64, u64),
    /// An image cannot be decoded.
    Image(LoadError),
    /// The picture cannot be written as PNG.
    Encoding(String),
}

impl fmt::Display for PreviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PreviewError::TooLarge(width, height) => {
                write!(f, "a picture of {width} by {height} pixels is too large")
            }
            PreviewError::Image(error) => write!(f, "an image cannot be decoded: {error}"),
            PreviewError::Encoding(why) => write!(f, "a picture cannot be written: {why}"),
        }
    }
}

impl std::error::Error for PreviewError {}

/// A page as pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Rows of pixels; each is red, green and blue in sRGB.
    pub pixels: Vec<u8>,
}

/// Draws a page as it is trimmed, in the colours of the screen file (`artwork`
/// says those that stand for the colours of drawings), and the marks over it in
/// the order of [`Overlay::ALL`].
///
/// # Errors
/// If the page is too large for this resolution, or an image cannot be decoded.
pub fn draw(
    page: &Page,
    dpi: Dpi,
    overlays: &[Overlay],
    artwork: &Artwork,
    converter: &Converter,
) -> Result<PageImage, PreviewError> {
    let mut canvas = Canvas::new(page.trim, dpi, artwork, converter)?;
    for (at, item) in &page.frame.items {
        match item {
            Item::Text(run) => text::draw(&mut canvas, *at, run),
            Item::Shape(shape) => canvas.shape(*at, shape),
            Item::Picture(picture) => pictures::draw(&mut canvas, *at, picture)?,
            Item::Link(_) => {}
        }
    }
    if let Some(stamp) = &page.stamp {
        canvas.shape(Point::ZERO, &stamp.band);
        text::draw_upwards(&mut canvas, stamp.at, &stamp.words);
    }
    for overlay in Overlay::ALL.iter().filter(|overlay| overlays.contains(overlay)) {
        match overlay {
            Overlay::Grid => marks::grid(&mut canvas, page),
            Overlay::Frames => marks::frames(&mut canvas, page),
            Overlay::Badness => heat::draw(&mut canvas, page),
        }
    }
    Ok(canvas.finish())
}

/// The PNG files of the pages that the settings choose, with their numbers,
/// which count from 1. Pages that the document does not have are left out.
///
/// # Errors
/// As for [`draw`].
pub fn render(
    document: &Document,
    settings: &Settings,
    converter: &Converter,
) -> Result<Vec<(usize, Vec<u8>)>, PreviewError> {
    let numbered = document.pages.iter().enumerate().map(|(index, page)| (index + 1, page));
    numbered
        .filter(|(number, _)| settings.pages.contains(*number))
        .map(|(number, page)| {
            let image =
                draw(page, settings.dpi, &settings.overlays, &document.print.artwork, converter)?;
            Ok((number, image.to_png()?))
        })
        .collect()
}

impl PageImage {
    /// The picture as a PNG file.
    ///
    /// # Errors
    /// If the encoder refuses, which it does for pixels that do not match the
    /// size alone.
    pub fn to_png(&self) -> Result<Vec<u8>, PreviewError> {
        let mut bytes = Vec::new();
        // Pages are mostly one colour, where filters make files of text a half
        // larger, and higher levels save less than 3 %.
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Level(3), FilterType::NoFilter)
            .write_image(&self.pixels, self.width, self.height, ExtendedColorType::Rgb8)
            .map_err(|error| PreviewError::Encoding(error.to_string()))?;
        Ok(bytes)
    }
}
