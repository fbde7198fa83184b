//! Pixels as image XObjects.

use super::predict::Packed;
use super::xobjects::{dict, integer, name, numbers};
use super::{PdfError, Profile};
use crate::assets::{Image, JpegCoding, LoadError, PixelSpace, Pixels, Raster, RasterData, shrink};
use crate::base::Size;
use crate::color::{Converter, PixelConversion};
use crate::document::{Document, Item, Picture};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use printpdf::{DictItem, ExternalStream};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What of an image is worth keeping for the next file: everything that took
/// computing. JPEG files that pass through stay where they are.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The device space of the pixels.
    space: PixelSpace,
    /// Width and height as stored.
    size: (u32, u32),
    body: Body,
    /// The opacity, compressed.
    alpha: Option<Packed>,
}

/// The pixels as they are written.
#[derive(Debug)]
enum Body {
    /// The JPEG file of the author.
    Kept,
    /// A JPEG file made anew, or without its metadata, of RGB or gray.
    Jpeg(Vec<u8>),
    /// Pixels of 8 bits a component.
    Packed(Packed),
    /// Rows of bits, 1 is white.
    Bits(Packed),
}

/// The quality of JPEG files made anew, of 100: differences are not seen.
const QUALITY: u8 = 92;

/// Brings an image into the colours of a profile, if it is not in them, and to
/// the size that is wanted, if there is one.
///
/// A JPEG file whose pixels need no change is kept: in print byte for byte, on
/// the screen without its metadata. What is changed is written without loss, except photographs that came as JPEG and are
/// for the screen: they become JPEG again, in sRGB or gray. In print this would
/// bring ink over the limit at the edges of dark areas.
pub(super) fn prepare(
    raster: &Raster,
    profile: Profile,
    converter: &Converter,
    wanted: Option<(u32, u32)>,
) -> Result<Prepared, PdfError> {
    let own = raster.profile.as_deref();
    let conversion = match profile {
        Profile::Print => converter.to_print(raster.space, own),
        Profile::Screen => converter.to_screen(raster.space, own),
    };
    let came_as_jpeg = matches!(raster.data, RasterData::Jpeg { .. });
    if came_as_jpeg && wanted.is_none() && stays(raster, profile, converter, &conversion) {
        let (space, size) = (raster.space, raster.stored_size());
        let lean = if profile == Profile::Screen { raster.lean_jpeg() } else { None };
        let body = lean.map_or(Body::Kept, Body::Jpeg);
        return Ok(Prepared { space, size, body, alpha: None });
    }
    let fault = |error: LoadError| PdfError::Image(error.to_string());
    let pixels = raster.pixels().map_err(fault)?;
    let pixels = match wanted {
        Some(size) => shrink(&pixels, size),
        None => pixels,
    };
    let bits = raster.bilevel && conversion.is_identity();
    let pixels = conversion.apply(pixels);
    let width = pixels.width as usize;
    let alpha = pixels.alpha.as_ref().map(|alpha| Packed::new(alpha, width, 1));
    let space = pixels.space;
    let body = if bits {
        let rows = pixels.colors.chunks_exact(width);
        let rows: Vec<u8> = rows.flat_map(|row| row.chunks(8).map(pack_bits)).collect();
        Body::Bits(Packed::new(&rows, width.div_ceil(8), 1))
    } else if came_as_jpeg && profile == Profile::Screen {
        Body::Jpeg(jpeg(&pixels)?)
    } else {
        Body::Packed(Packed::new(&pixels.colors, width, space.components()))
    };
    Ok(Prepared { space, size: (pixels.width, pixels.height), body, alpha })
}

/// Whether colours and ink stay as they are.
fn stays(
    raster: &Raster,
    profile: Profile,
    converter: &Converter,
    conversion: &PixelConversion<'_>,
) -> bool {
    conversion.is_identity()
        && (profile == Profile::Screen || converter.share_over_ink_limit(raster).is_none())
}

/// Up to eight pixels of line art in one byte, the first one highest.
fn pack_bits(pixels: &[u8]) -> u8 {
    let bits = pixels.iter().enumerate();
    bits.fold(0, |byte, (index, &gray)| byte | (gray & 0x80) >> index)
}

/// A JPEG file of RGB or gray pixels.
fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, PdfError> {
    let kind = match pixels.space {
        PixelSpace::Gray => ExtendedColorType::L8,
        PixelSpace::Rgb | PixelSpace::Cmyk => ExtendedColorType::Rgb8,
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(&pixels.colors, pixels.width, pixels.height, kind)
        .map_err(|error| PdfError::Image(error.to_string()))?;
    Ok(bytes)
}

impl Prepared {
    /// The image XObject (ISO 32000-1, 8.9.5).
    pub(super) fn xobject(&self, raster: &Raster) -> ExternalStream {
        let bits = if matches!(self.body, Body::Bits(_)) { 1 } else { 8 };
        let mut image = self.stream(self.space, bits);
        match (&self.body, &raster.data) {
            (Body::Kept, RasterData::Jpeg { bytes, coding }) => {
                if self.space == PixelSpace::Cmyk {
                    inks_of_jpeg(&mut image, *coding);
                }
                put_jpeg(&mut image, bytes);
            }
            // `prepare` keeps no other files.
            (Body::Kept, RasterData::Png(_) | RasterData::Tiff(_)) => {}
            (Body::Jpeg(bytes), _) => put_jpeg(&mut image, bytes),
            (Body::Packed(pixels), _) => fill(&mut image, self.space, self.size.0, pixels),
            (Body::Bits(pixels), _) => {
                fill(&mut image, PixelSpace::Gray, self.size.0.div_ceil(8), pixels);
            }
        }
        if let Some(alpha) = &self.alpha {
            let mut mask = self.stream(PixelSpace::Gray, 8);
            fill(&mut mask, PixelSpace::Gray, self.size.0, alpha);
            set(&mut image, "SMask", DictItem::Stream { stream: mask });
        }
        image
    }

    /// An image without its content.
    fn stream(&self, space: PixelSpace, bits: i64) -> ExternalStream {
        let (width, height) = self.size;
        let space = match space {
            PixelSpace::Gray => "DeviceGray",
            PixelSpace::Rgb => "DeviceRGB",
            PixelSpace::Cmyk => "DeviceCMYK",
        };
        let entries = [
            ("Type", name("XObject")),
            ("Subtype", name("Image")),
            ("Width", integer(width.into())),
            ("Height", integer(height.into())),
            ("ColorSpace", name(space)),
            ("BitsPerComponent", integer(bits)),
        ];
        ExternalStream {
            dict: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            content: Vec::new(),
            compress: false,
        }
    }
}

fn set(image: &mut ExternalStream, key: &str, value: DictItem) {
    image.dict.insert(key.to_owned(), value);
}

/// Puts a JPEG file into an image.
fn put_jpeg(image: &mut ExternalStream, bytes: &[u8]) {
    set(image, "Filter", name("DCTDecode"));
    image.content = bytes.to_vec();
}

/// Says how the components of a JPEG file of CMYK make inks.
fn inks_of_jpeg(image: &mut ExternalStream, coding: JpegCoding) {
    // Without it, four components count as not transformed (ISO 32000-1, table
    // 13), unless Adobe's marker says otherwise.
    if coding.transformed {
        set(image, "DecodeParms", dict([("ColorTransform", integer(1))]));
    }
    if coding.inverted {
        set(image, "Decode", numbers([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]));
    }
}

/// Puts compressed pixels into an image. A predictor works on whole bytes, of
/// which line art has `columns` in a row.
fn fill(image: &mut ExternalStream, space: PixelSpace, columns: u32, pixels: &Packed) {
    set(image, "Filter", name("FlateDecode"));
    if pixels.predicted {
        let parameters = [
            ("Predictor", integer(15)),
            ("Colors", integer(space.components() as i64)),
            ("Columns", integer(columns.into())),
        ];
        set(image, "DecodeParms", dict(parameters));
    }
    image.content.clone_from(&pixels.data);
}

/// How fine images may be, in pixels per inch: those above `most` are brought to
/// `target`, so that few are touched and those that are gain much.
#[derive(Debug, Clone, Copy)]
struct Fineness {
    most: f64,
    target: f64,
}

impl Fineness {
    /// In print, more than 450 shows nothing that 300 does not, by the screens of
    /// offset presses. On screens 200 leaves room to enlarge a page to twice its
    /// size.
    const fn of(profile: Profile) -> Fineness {
        match profile {
            Profile::Print => Fineness { most: 450.0, target: 300.0 },
            Profile::Screen => Fineness { most: 300.0, target: 200.0 },
        }
    }
}

/// How large the images of a document are placed, at most, in points. One
/// XObject serves all places, so the largest decides.
#[derive(Debug, Default)]
pub(super) struct Extents {
    /// By the image's address, which its document keeps.
    largest: BTreeMap<usize, Size>,
}

impl Extents {
    pub(super) fn collect(document: &Document) -> Extents {
        let mut extents = Extents::default();
        for (_, item) in document.pages.iter().flat_map(|page| &page.frame.items) {
            let Item::Picture(picture) = item else { continue };
            let Image::Raster(raster) = &picture.source else { continue };
            let size = drawn_size(picture, raster);
            let known = extents.largest.entry(Arc::as_ptr(raster) as usize).or_insert(size);
            *known = Size::new(known.width.max(size.width), known.height.max(size.height));
        }
        extents
    }

    /// The size that an image is brought to, as stored; none if it stays as it
    /// is, as line art always does.
    pub(super) fn wanted(&self, raster: &Arc<Raster>, profile: Profile) -> Option<(u32, u32)> {
        let size = self.largest.get(&(Arc::as_ptr(raster) as usize))?;
        let inches = [size.width, size.height].map(|length| length.to_pt() / 72.0);
        let Fineness { most, target } = Fineness::of(profile);
        let natural = [raster.width, raster.height];
        let too_fine = (0..2).all(|axis| f64::from(natural[axis]) > most * inches[axis]);
        if !too_fine || raster.bilevel {
            return None;
        }
        let pixels = |axis: usize| (target * inches[axis]).ceil().max(1.0) as u32;
        let [width, height] = raster.orientation.turn([pixels(0), pixels(1)]);
        Some((width, height))
    }
}

/// The size of all of an image where it is placed, what is cut off included.
fn drawn_size(picture: &Picture, raster: &Raster) -> Size {
    if !picture.cover {
        return picture.size;
    }
    let aspect = f64::from(raster.width) / f64::from(raster.height);
    let Size { width, height } = picture.size;
    Size::new(width.max(height * aspect), height.max(width * (1.0 / aspect)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_packed_from_the_left() {
        assert_eq!(pack_bits(&[255, 0, 0, 255, 0, 0, 0, 255]), 0b1001_0001);
        assert_eq!(pack_bits(&[0, 255]), 0b0100_0000);
    }
}
