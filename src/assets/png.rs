//! PNG files, decoded: palettes expanded, opacity apart.

use super::LoadError;
use super::exif;
use super::image::{PixelSpace, Raster, RasterData, profile_fits};
use super::jpeg::MAX_PIXELS;
use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder, Limits};
use std::io::Cursor;

/// Reads a PNG file.
///
/// # Errors
/// If it is damaged or too large.
pub(super) fn parse(bytes: &[u8]) -> Result<Raster, LoadError> {
    let corrupt = |e: image::ImageError| LoadError::Corrupt(reason(&e));
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_PIXELS * 8);
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(corrupt)?;
    let (stored_width, stored_height) = decoder.dimensions();
    if u64::from(stored_width) * u64::from(stored_height) > MAX_PIXELS {
        return Err(LoadError::Unsupported("an image of more than 400 megapixels".to_owned()));
    }
    let profile = decoder.icc_profile().map_err(corrupt)?;
    let exif = decoder.exif_metadata().map_err(corrupt)?.map(|data| exif::parse(&data));
    let orientation = exif.unwrap_or_default().orientation;
    let kind = decoder.color_type();
    let (space, has_alpha, wide) = match kind {
        ColorType::L8 => (PixelSpace::Gray, false, false),
        ColorType::La8 => (PixelSpace::Gray, true, false),
        ColorType::Rgb8 => (PixelSpace::Rgb, false, false),
        ColorType::Rgba8 => (PixelSpace::Rgb, true, false),
        ColorType::L16 => (PixelSpace::Gray, false, true),
        ColorType::La16 => (PixelSpace::Gray, true, true),
        ColorType::Rgb16 => (PixelSpace::Rgb, false, true),
        ColorType::Rgba16 => (PixelSpace::Rgb, true, true),
        other => return Err(LoadError::Unsupported(format!("a PNG of type {other:?}"))),
    };
    let size = usize::try_from(decoder.total_bytes())
        .map_err(|_| LoadError::Unsupported("an image beyond this machine's memory".to_owned()))?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(corrupt)?;
    if wide {
        pixels = to_8_bits(&pixels);
    }
    let (pixels, alpha) =
        if has_alpha { split(&pixels, space.components()) } else { (pixels, None) };
    let swaps = orientation.swaps();
    let turn = |[x, y]: [f64; 2]| if swaps { [y, x] } else { [x, y] };
    Ok(Raster {
        width: if swaps { stored_height } else { stored_width },
        height: if swaps { stored_width } else { stored_height },
        orientation,
        space,
        profile: profile.filter(|profile| profile_fits(profile, space)),
        density: density(bytes).map(turn),
        alpha,
        data: RasterData::Pixels(pixels),
    })
}

fn reason(error: &image::ImageError) -> String {
    use std::error::Error as _;
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Components of 16 bits, in the machine's byte order, to the nearest of 8 bits.
fn to_8_bits(pixels: &[u8]) -> Vec<u8> {
    pixels
        .chunks_exact(2)
        .map(|pair| {
            let value = u32::from(u16::from_ne_bytes([pair[0], pair[1]]));
            ((value * 255 + 32_767) / 65_535) as u8
        })
        .collect()
}

/// Takes the opacity, which follows `components` values in every pixel, apart;
/// none if all pixels are opaque.
fn split(pixels: &[u8], components: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut colors = Vec::with_capacity(pixels.len() / (components + 1) * components);
    let mut alpha = Vec::with_capacity(pixels.len() / (components + 1));
    for pixel in pixels.chunks_exact(components + 1) {
        colors.extend_from_slice(&pixel[..components]);
        alpha.push(pixel[components]);
    }
    let opaque = alpha.iter().all(|&a| a == 255);
    (colors, (!opaque).then_some(alpha))
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

    fn pixels(raster: &Raster) -> Vec<u8> {
        raster.pixels().unwrap().into_owned()
    }

    #[test]
    fn opacity_is_kept_apart_unless_it_is_full() {
        let raster = parse(&png(&[1, 2, 3, 255, 4, 5, 6, 7], 2, ExtendedColorType::Rgba8)).unwrap();
        assert_eq!((raster.width, raster.height, raster.space), (2, 1, PixelSpace::Rgb));
        assert_eq!(pixels(&raster), [1, 2, 3, 4, 5, 6]);
        assert_eq!(raster.alpha.as_deref(), Some([255, 7].as_slice()));
        let opaque = parse(&png(&[1, 255], 1, ExtendedColorType::La8)).unwrap();
        assert_eq!(
            (pixels(&opaque), opaque.alpha, opaque.space),
            (vec![1], None, PixelSpace::Gray)
        );
    }

    #[test]
    fn sixteen_bits_are_rounded_to_eight() {
        let values: Vec<u8> =
            [0_u16, 128, 129, 65_535].iter().flat_map(|v| v.to_ne_bytes()).collect();
        let raster = parse(&png(&values, 4, ExtendedColorType::L16)).unwrap();
        assert_eq!(pixels(&raster), [0, 0, 1, 255]);
    }

    #[test]
    fn every_truncation_is_an_error() {
        let whole = png(&[9; 300], 100, ExtendedColorType::Rgb8);
        // The last chunk only says that the file ends.
        for length in 8..whole.len() - 13 {
            let error = parse(&whole[..length]).err();
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
