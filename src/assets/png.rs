//! PNG files: palettes expanded, opacity apart.

use super::LoadError;
use super::chromaticity;
use super::exif;
use super::raster::{
    Depth, PixelSpace, Pixels, Raster, RasterData, check_size, fitting_profile, narrow,
};
use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder, Limits};
use std::io::Cursor;

/// Reads a PNG file. Pixels are in the embedded profile, in what the chunks
/// `gAMA` and `cHRM` say, or in sRGB, in this order.
///
/// # Errors
/// If it is damaged or too large.
pub(super) fn parse(bytes: Vec<u8>) -> Result<Raster, LoadError> {
    let mut decoder = open(&bytes)?;
    // One that cannot be unpacked is there, and fits nothing.
    let profile = decoder.icc_profile().unwrap_or_else(|_| Some(Vec::new()));
    let exif = decoder.exif_metadata().unwrap_or_default().map(|data| exif::parse(&data));
    let orientation = exif.unwrap_or_default().orientation;
    let pixels = read(decoder)?;
    let told = || chromaticity::profile(&bytes, pixels.space);
    let (profile, profile_refused) = fitting_profile(profile.or_else(told), pixels.space);
    let [width, height] = orientation.turn([pixels.width, pixels.height]);
    Ok(Raster {
        width,
        height,
        orientation,
        space: pixels.space,
        profile,
        profile_refused,
        density: density(&bytes).map(|density| orientation.turn(density)),
        transparent: pixels.alpha.is_some(),
        bilevel: bytes.get(24..26) == Some(&[1, 0]) && pixels.alpha.is_none(),
        ink: None,
        data: RasterData::Png(bytes),
    })
}

/// The pixels of a PNG file.
///
/// # Errors
/// If it is damaged or too large.
pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, LoadError> {
    open(bytes).and_then(read)
}

type Decoder<'a> = PngDecoder<Cursor<&'a [u8]>>;

fn corrupt(error: &image::ImageError) -> LoadError {
    use std::error::Error as _;
    let reason = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    LoadError::Corrupt(reason)
}

fn open(bytes: &[u8]) -> Result<Decoder<'_>, LoadError> {
    // The header stands at a fixed place (PNG 1.2, 11.2.2), so that the size can
    // be looked at before the decoder sets anything aside.
    let header = bytes.get(16..26).ok_or_else(|| corrupt_file("the file ends early"))?;
    let [w3, w2, w1, w0, h3, h2, h1, h0, depth, kind] = *header else {
        return Err(corrupt_file("the file ends early"));
    };
    let size = (u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]));
    let samples = match kind {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    check_size(size, u64::from(depth) * samples, bytes.len())?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_CHUNK);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(|e| corrupt(&e))?;
    // Palettes and line art have more bits once decoded.
    let bits = u64::from(decoder.color_type().bits_per_pixel());
    check_size(decoder.dimensions(), bits, usize::MAX)?;
    Ok(decoder)
}

fn corrupt_file(reason: &str) -> LoadError {
    LoadError::Corrupt(reason.to_owned())
}

/// Bytes that a compressed profile may have, far more than any does.
const MAX_CHUNK: u64 = 64 << 20;

fn read(decoder: Decoder<'_>) -> Result<Pixels, LoadError> {
    let (width, height) = decoder.dimensions();
    let (space, has_alpha, depth) = match decoder.color_type() {
        ColorType::L8 => (PixelSpace::Gray, false, Depth::Eight),
        ColorType::La8 => (PixelSpace::Gray, true, Depth::Eight),
        ColorType::Rgb8 => (PixelSpace::Rgb, false, Depth::Eight),
        ColorType::Rgba8 => (PixelSpace::Rgb, true, Depth::Eight),
        ColorType::L16 => (PixelSpace::Gray, false, Depth::Sixteen),
        ColorType::La16 => (PixelSpace::Gray, true, Depth::Sixteen),
        ColorType::Rgb16 => (PixelSpace::Rgb, false, Depth::Sixteen),
        ColorType::Rgba16 => (PixelSpace::Rgb, true, Depth::Sixteen),
        other => return Err(LoadError::Unsupported(format!("a PNG of type {other:?}"))),
    };
    let size = usize::try_from(decoder.total_bytes())
        .map_err(|_| LoadError::Unsupported("an image beyond this machine's memory".to_owned()))?;
    let mut colors = vec![0; size];
    decoder.read_image(&mut colors).map_err(|e| corrupt(&e))?;
    let alpha = if has_alpha { take_alpha(&mut colors, space.components(), depth) } else { None };
    Ok(Pixels { width, height, space, depth, colors, alpha })
}

/// Takes the opacity, which follows `components` values in every pixel, out of
/// the pixels, in place; none if all are opaque.
pub(super) fn take_alpha(pixels: &mut Vec<u8>, components: usize, depth: Depth) -> Option<Vec<u8>> {
    let (kept, whole) = (components * depth.bytes(), (components + 1) * depth.bytes());
    let count = pixels.len() / whole;
    let mut alpha = Vec::with_capacity(count);
    for index in 0..count {
        let at = index * whole;
        alpha.push(match depth {
            Depth::Eight => pixels[at + kept],
            Depth::Sixteen => {
                narrow(u16::from_ne_bytes([pixels[at + kept], pixels[at + kept + 1]]))
            }
        });
        pixels.copy_within(at..at + kept, index * kept);
    }
    pixels.truncate(count * kept);
    let opaque = alpha.iter().all(|&a| a == 255);
    (!opaque).then_some(alpha)
}

/// Pixels per inch from the `pHYs` chunk, if it has a unit (PNG 1.2, 11.3.5.3).
fn density(bytes: &[u8]) -> Option<[f64; 2]> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let body = bytes.get(at + 8..)?.get(..length)?;
        match bytes.get(at + 4..at + 8)? {
            b"pHYs" => {
                let [x @ .., _, _, _, _, 1] = body else { return None };
                let x = u32::from_be_bytes(x.try_into().ok()?);
                let y = u32::from_be_bytes(body.get(4..8)?.try_into().ok()?);
                // The unit is the metre.
                return (x > 0 && y > 0).then(|| [x, y].map(|v| f64::from(v) * 0.0254));
            }
            b"IDAT" => return None,
            _ => at += 12 + length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::png::PngEncoder;
    use image::{ExtendedColorType, ImageEncoder};

    fn png(pixels: &[u8], width: u32, kind: ExtendedColorType) -> Vec<u8> {
        let mut bytes = Vec::new();
        PngEncoder::new(&mut bytes).write_image(pixels, width, 1, kind).unwrap();
        bytes
    }

    #[test]
    fn opacity_is_kept_apart_unless_it_is_full() {
        let file = png(&[1, 2, 3, 255, 4, 5, 6, 7], 2, ExtendedColorType::Rgba8);
        let raster = parse(file).unwrap();
        assert_eq!((raster.width, raster.height, raster.space), (2, 1, PixelSpace::Rgb));
        assert!(raster.transparent);
        let pixels = raster.pixels().unwrap();
        assert_eq!(pixels.colors, [1, 2, 3, 4, 5, 6]);
        assert_eq!(pixels.alpha.as_deref(), Some([255, 7].as_slice()));
        let opaque = parse(png(&[1, 255], 1, ExtendedColorType::La8)).unwrap();
        assert!(!opaque.transparent);
        let pixels = opaque.pixels().unwrap();
        assert_eq!((pixels.colors, pixels.alpha, pixels.space), (vec![1], None, PixelSpace::Gray));
    }

    #[test]
    fn sixteen_bits_are_kept_and_their_opacity_rounded() {
        let values: Vec<u8> =
            [0_u16, 128, 129, 65_535].iter().flat_map(|v| v.to_ne_bytes()).collect();
        let pixels = decode(&png(&values, 4, ExtendedColorType::L16)).unwrap();
        assert_eq!((pixels.depth, &pixels.colors), (Depth::Sixteen, &values));
        assert_eq!(pixels.into_8_bits(), [0, 0, 1, 255]);
        let pixels = decode(&png(&values, 2, ExtendedColorType::La16)).unwrap();
        assert_eq!(pixels.colors, [values[..2].to_vec(), values[4..6].to_vec()].concat());
        assert_eq!(pixels.alpha, Some(vec![0, 255]));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let whole = png(&[9; 300], 100, ExtendedColorType::Rgb8);
        // The last chunk only says that the file ends.
        for length in 8..whole.len() - 13 {
            let error = parse(whole[..length].to_vec()).err();
            assert!(matches!(error, Some(LoadError::Corrupt(_))), "{length}: {error:?}");
        }
    }

    #[test]
    fn density_is_per_inch() {
        let mut bytes = png(&[0], 1, ExtendedColorType::L8);
        let mut chunk = vec![0, 0, 0, 9];
        chunk.extend(b"pHYs");
        chunk.extend(11_811_u32.to_be_bytes());
        chunk.extend(5_906_u32.to_be_bytes());
        chunk.extend([1, 0, 0, 0, 0]);
        bytes.splice(33..33, chunk);
        let [x, y] = density(&bytes).unwrap();
        assert!((x - 300.0).abs() < 0.01 && (y - 150.0).abs() < 0.02, "{x} {y}");
    }
}
