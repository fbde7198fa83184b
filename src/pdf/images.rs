//! Pixels as image XObjects.

use super::predict::Packed;
use super::strings::deflate;
use super::xobjects::{dict, integer, name, numbers};
use super::{PdfError, Profile};
use crate::assets::{LoadError, PixelSpace, Raster, RasterData};
use crate::color::Converter;
use printpdf::{DictItem, ExternalStream};

/// What of an image is worth keeping for the next file: everything that took
/// computing. JPEG files that pass through stay where they are.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The device space of the pixels.
    space: PixelSpace,
    /// The pixels, compressed; none for a JPEG that passes through.
    pixels: Option<Packed>,
    /// The opacity, compressed.
    alpha: Option<Packed>,
    /// The embedded profile, compressed, if the pixels need it.
    profile: Option<Vec<u8>>,
}

/// Brings an image into the colours of a profile, if it is not in them.
///
/// In print, gray stays gray (which prints in black ink) and RGB becomes CMYK.
/// On screen, CMYK becomes sRGB, and RGB other than sRGB keeps its profile.
pub(super) fn prepare(
    raster: &Raster,
    profile: Profile,
    converter: &Converter,
) -> Result<Prepared, PdfError> {
    let own = raster.profile.as_deref();
    let fault = |error: LoadError| PdfError::Image(error.to_string());
    let (space, converted) = match (profile, raster.space) {
        (Profile::Print, PixelSpace::Rgb) => {
            let pixels = raster.pixels().map_err(fault)?;
            (PixelSpace::Cmyk, Some(converter.pixels_to_cmyk(&pixels, own)))
        }
        (Profile::Screen, PixelSpace::Cmyk) => {
            let pixels = raster.pixels().map_err(fault)?;
            (PixelSpace::Rgb, Some(converter.pixels_to_rgb(&pixels, own)))
        }
        (_, space) => (space, None),
    };
    let kept = profile == Profile::Screen && raster.space == PixelSpace::Rgb;
    let width = raster.stored_size().0 as usize;
    let pack = |pixels: &[u8], components| Packed::new(pixels, width, components);
    let pixels = match (&converted, &raster.data) {
        (Some(pixels), _) => Some(pack(pixels, space.components())),
        (None, RasterData::Pixels(pixels)) => Some(pack(pixels, space.components())),
        (None, RasterData::Jpeg { .. }) => None,
    };
    Ok(Prepared {
        space,
        pixels,
        alpha: raster.alpha.as_ref().map(|alpha| pack(alpha, 1)),
        profile: own.filter(|own| kept && !converter.is_srgb(own)).map(deflate),
    })
}

impl Prepared {
    /// The image XObject (ISO 32000-1, 8.9.5).
    pub(super) fn xobject(&self, raster: &Raster) -> ExternalStream {
        let mut image = self.stream(raster, self.space);
        if let Some(profile) = &self.profile {
            let entries = [
                ("N", integer(3)),
                ("Alternate", name("DeviceRGB")),
                ("Filter", name("FlateDecode")),
            ];
            let stream = ExternalStream {
                dict: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
                content: profile.clone(),
                compress: false,
            };
            let space = DictItem::Array(vec![name("ICCBased"), DictItem::Stream { stream }]);
            set(&mut image, "ColorSpace", space);
        }
        match (&self.pixels, &raster.data) {
            (Some(pixels), _) => fill(&mut image, raster, self.space, pixels),
            (None, RasterData::Jpeg { bytes, inverted }) => {
                set(&mut image, "Filter", name("DCTDecode"));
                if *inverted {
                    set(&mut image, "Decode", numbers([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]));
                }
                image.content.clone_from(bytes);
            }
            // `prepare` leaves pixels out for JPEG data alone.
            (None, RasterData::Pixels(_)) => {}
        }
        if let Some(alpha) = &self.alpha {
            let mut mask = self.stream(raster, PixelSpace::Gray);
            fill(&mut mask, raster, PixelSpace::Gray, alpha);
            set(&mut image, "SMask", DictItem::Stream { stream: mask });
        }
        image
    }

    /// An image without its content.
    fn stream(&self, raster: &Raster, space: PixelSpace) -> ExternalStream {
        let (width, height) = raster.stored_size();
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
            ("BitsPerComponent", integer(8)),
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

/// Puts compressed pixels into an image.
fn fill(image: &mut ExternalStream, raster: &Raster, space: PixelSpace, pixels: &Packed) {
    set(image, "Filter", name("FlateDecode"));
    if pixels.predicted {
        let parameters = [
            ("Predictor", integer(15)),
            ("Colors", integer(space.components() as i64)),
            ("Columns", integer(raster.stored_size().0.into())),
        ];
        set(image, "DecodeParms", dict(parameters));
    }
    image.content.clone_from(&pixels.data);
}
