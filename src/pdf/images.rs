//! Pixels as image XObjects.

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
    /// The pixels with predictors, compressed; none for a JPEG that passes through.
    pixels: Option<Vec<u8>>,
    /// The opacity likewise.
    alpha: Option<Vec<u8>>,
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
    let fault = |error: LoadError| PdfError::Image(format!("{error:?}"));
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
    let pack = |pixels: &[u8], components: usize| deflate(&predict(pixels, width, components));
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
        let set = |image: &mut ExternalStream, key: &str, value| {
            image.dict.insert(key.to_owned(), value);
        };
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
            (Some(pixels), _) => {
                set(&mut image, "Filter", name("FlateDecode"));
                set(&mut image, "DecodeParms", predictor(raster, self.space));
                image.content.clone_from(pixels);
            }
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
            set(&mut mask, "Filter", name("FlateDecode"));
            set(&mut mask, "DecodeParms", predictor(raster, PixelSpace::Gray));
            mask.content.clone_from(alpha);
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

fn predictor(raster: &Raster, space: PixelSpace) -> DictItem {
    dict([
        ("Predictor", integer(15)),
        ("Colors", integer(space.components() as i64)),
        ("Columns", integer(raster.stored_size().0.into())),
    ])
}

/// Rows with PNG's filters, each preceded by its filter's number (PNG 1.2,
/// section 9). For every row the filter with the least sum of absolute values is
/// taken, as the PNG specification advises (12.8).
fn predict(pixels: &[u8], width: usize, components: usize) -> Vec<u8> {
    let length = width * components;
    if length == 0 {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(pixels.len() + pixels.len() / length);
    let first = vec![0; length];
    let mut above: &[u8] = &first;
    let (mut best, mut trial) = (vec![0; length], vec![0; length]);
    for row in pixels.chunks_exact(length) {
        let mut choice = (u64::MAX, 0);
        for filter in 0..5 {
            apply(filter, row, above, components, &mut trial);
            let cost = trial.iter().map(|&v| u64::from((v as i8).unsigned_abs())).sum();
            if cost < choice.0 {
                choice = (cost, filter);
                std::mem::swap(&mut best, &mut trial);
            }
        }
        out.push(choice.1);
        out.extend_from_slice(&best);
        above = row;
    }
    out
}

/// One filter on a row: what is left when each value is predicted from the one
/// before it, above it, and before that.
fn apply(filter: u8, row: &[u8], above: &[u8], step: usize, out: &mut [u8]) {
    // The first pixel has nothing before it.
    for i in 0..step.min(row.len()) {
        let up = above[i];
        out[i] = row[i].wrapping_sub(match filter {
            0 | 1 => 0,
            3 => up / 2,
            _ => up,
        });
    }
    let len = row.len();
    if len <= step {
        return;
    }
    let (values, left) = (&row[step..], &row[..len - step]);
    let (up, corner) = (&above[step..len], &above[..len - step]);
    let out = &mut out[step..len];
    match filter {
        0 => out.copy_from_slice(values),
        1 => each(out, values, left, |a| a),
        2 => each(out, values, up, |b| b),
        3 => {
            for ((o, v), (a, b)) in out.iter_mut().zip(values).zip(left.iter().zip(up)) {
                *o = v.wrapping_sub(((u16::from(*a) + u16::from(*b)) / 2) as u8);
            }
        }
        _ => {
            let around = left.iter().zip(up).zip(corner);
            for ((o, v), ((a, b), c)) in out.iter_mut().zip(values).zip(around) {
                *o = v.wrapping_sub(paeth(*a, *b, *c));
            }
        }
    }
}

fn each(out: &mut [u8], values: &[u8], from: &[u8], predict: impl Fn(u8) -> u8) {
    for ((o, v), f) in out.iter_mut().zip(values).zip(from) {
        *o = v.wrapping_sub(predict(*f));
    }
}

/// Of left, above and corner the one nearest to left + above - corner.
fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let [left, up, corner] = [a, b, c].map(i16::from);
    let (pa, pb) = ((up - corner).abs(), (left - corner).abs());
    let pc = (left + up - 2 * corner).abs();
    if pa <= pb && pa <= pc {
        a
    } else if pb <= pc {
        b
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Undoes the filters, by the definition in the PNG specification.
    fn restore(data: &[u8], width: usize, components: usize) -> Vec<u8> {
        let length = width * components;
        let mut out: Vec<u8> = Vec::new();
        for (y, line) in data.chunks(length + 1).enumerate() {
            for i in 0..length {
                let at = y * length + i;
                let a = if i >= components { out[at - components] } else { 0 };
                let b = if y > 0 { out[at - length] } else { 0 };
                let c = if i >= components && y > 0 { out[at - length - components] } else { 0 };
                let predicted = match line[0] {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => ((u16::from(a) + u16::from(b)) / 2) as u8,
                    4 => paeth(a, b, c),
                    other => panic!("{other}"),
                };
                out.push(line[1 + i].wrapping_add(predicted));
            }
        }
        out
    }

    #[test]
    fn predictors_lose_nothing() {
        let mut seed = 1_u32;
        for (width, components) in [(1, 1), (1, 4), (7, 3), (16, 4)] {
            let pixels: Vec<u8> = (0..width * components * 9)
                .map(|i| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (i / 3) as u8 ^ (seed >> 29) as u8
                })
                .collect();
            for filter in 0..5 {
                let length = width * components;
                let mut trial = vec![0; length];
                let mut data = Vec::new();
                let mut above = vec![0; length];
                for row in pixels.chunks(length) {
                    apply(filter, row, &above, components, &mut trial);
                    data.push(filter);
                    data.extend_from_slice(&trial);
                    above = row.to_vec();
                }
                assert_eq!(restore(&data, width, components), pixels, "filter {filter}");
            }
            assert_eq!(restore(&predict(&pixels, width, components), width, components), pixels);
        }
    }
}
