//! JPEG files: kept as they are, checked by decoding them once.
//!
//! Decoding uses zune-jpeg without its processor-specific code, so that pixels
//! come out alike on every machine.

use super::LoadError;
use super::exif;
use super::raster::{
    Depth, InkHistogram, JpegCoding, PixelSpace, Pixels, Raster, RasterData, check_size,
    fitting_profile,
};
use std::collections::BTreeMap;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

fn corrupt(reason: impl Into<String>) -> LoadError {
    LoadError::Corrupt(reason.into())
}

fn unsupported(what: &str) -> LoadError {
    LoadError::Unsupported(what.to_owned())
}

/// Reads a JPEG file.
///
/// # Errors
/// If it is damaged or of a rare kind.
pub(super) fn parse(bytes: Vec<u8>) -> Result<Raster, LoadError> {
    let header = Header::read(&bytes)?;
    let space = match header.components {
        1 => PixelSpace::Gray,
        3 => PixelSpace::Rgb,
        4 => PixelSpace::Cmyk,
        n => return Err(unsupported(&format!("a JPEG with {n} colour components"))),
    };
    let (stored_width, stored_height) = (u32::from(header.width), u32::from(header.height));
    // Nothing is known of how well entropy coding does: a block of one colour
    // takes some bits.
    check_size((stored_width, stored_height), u64::from(header.components) * 8, usize::MAX)?;
    let coding = header.coding(space);
    let ink = match space {
        PixelSpace::Cmyk => {
            let colors = decode(&bytes, space, coding)?;
            let (width, height) = (stored_width, stored_height);
            let depth = Depth::Eight;
            InkHistogram::new(&Pixels { width, height, space, depth, colors, alpha: None })
        }
        _ => {
            check(&bytes)?;
            None
        }
    };
    let exif = header.exif.unwrap_or_default();
    let (profile, profile_refused) = fitting_profile(header.profile, space);
    let [width, height] = exif.orientation.turn([stored_width, stored_height]);
    Ok(Raster {
        width,
        height,
        orientation: exif.orientation,
        space,
        profile,
        profile_refused,
        density: header.density.or(exif.density).map(|density| exif.orientation.turn(density)),
        transparent: false,
        bilevel: false,
        ink,
        data: RasterData::Jpeg { bytes, coding },
    })
}

fn options(space: ColorSpace) -> DecoderOptions {
    DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(true)
        .set_use_unsafe(false)
        .jpeg_set_out_colorspace(space)
}

/// Decodes to see whether all of the image is there.
fn check(bytes: &[u8]) -> Result<(), LoadError> {
    // Fast code is good enough here, since the pixels are thrown away.
    raw(bytes, true).map(drop)
}

/// The components as stored, without any conversion of colours.
fn raw(bytes: &[u8], fast: bool) -> Result<Vec<u8>, LoadError> {
    let options = options(ColorSpace::Luma).set_use_unsafe(fast);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| corrupt(reason(&e)))?;
    if let Some(space) = decoder.input_colorspace() {
        let components = decoder.info().map_or(0, |info| info.components);
        // What Adobe's marker says is for four components until the pixels come.
        let space = match (components, space) {
            (3, ColorSpace::CMYK) => ColorSpace::RGB,
            (3, ColorSpace::YCCK) => ColorSpace::YCbCr,
            (_, space) => space,
        };
        decoder.set_options(options.jpeg_set_out_colorspace(space));
    }
    decoder.decode().map_err(|e| corrupt(reason(&e)))
}

fn reason(error: &zune_jpeg::errors::DecodeErrors) -> String {
    let text = format!("{error:?}");
    text.trim_matches('"').trim_start_matches("[strict-mode]: ").to_owned()
}

/// The pixels of a JPEG file; of CMYK, 255 is full ink.
///
/// # Errors
/// If the file is damaged.
pub(super) fn decode(
    bytes: &[u8],
    space: PixelSpace,
    coding: JpegCoding,
) -> Result<Vec<u8>, LoadError> {
    let mut pixels = raw(bytes, false)?;
    match space {
        PixelSpace::Rgb if coding.transformed => {
            for pixel in pixels.chunks_exact_mut(3) {
                pixel.copy_from_slice(&light([pixel[0], pixel[1], pixel[2]]));
            }
        }
        PixelSpace::Cmyk if coding.transformed => ycck_to_cmyk(&mut pixels),
        _ => {}
    }
    if coding.inverted {
        for value in &mut pixels {
            *value = 255 - *value;
        }
    }
    Ok(pixels)
}

/// A copy of a JPEG file of gray or RGB with nothing but the image: without
/// profiles, EXIF data (which may tell where and by whom a photograph was taken)
/// and comments, and with a marker for RGB that is stored as such. Not all
/// readers of PDF know such files by the names of their components.
pub(super) fn lean(bytes: &[u8], space: PixelSpace, coding: JpegCoding) -> Vec<u8> {
    let mut out = bytes.get(..2).unwrap_or_default().to_vec();
    if space == PixelSpace::Rgb && !coding.transformed {
        // Version 100, no flags, no transform (ITU-T T.872, 6.5.3).
        out.extend(b"\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00");
    }
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        // Fill bytes may stand before a marker.
        if marker == 0xFF {
            at += 1;
            continue;
        }
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
        let segment = bytes.get(at..end).unwrap_or_default();
        let kept = match marker {
            // The scans follow, with tables between them.
            0xDA => break,
            // JFIF's header; its preview and others under this number are not needed.
            0xE0 => segment.get(4..9) == Some(b"JFIF\0"),
            0xE1..=0xEF | 0xFE => false,
            _ => true,
        };
        if kept {
            out.extend_from_slice(segment);
        }
        at = end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

/// YCCK to CMYK as stored (ITU-T T.872, 6.4): the first three components are
/// YCbCr of the inks' complements, the fourth stays.
fn ycck_to_cmyk(pixels: &mut [u8]) {
    for pixel in pixels.chunks_exact_mut(4) {
        let light = light([pixel[0], pixel[1], pixel[2]]);
        for (value, light) in pixel.iter_mut().zip(light) {
            *value = 255 - light;
        }
    }
}

/// YCbCr to RGB (ITU-T T.871, 7), in 16-bit fixed point.
fn light([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y), i32::from(cb) - 128, i32::from(cr) - 128);
    let half = 1 << 15;
    let rgb = [
        y + ((91_881 * cr + half) >> 16),
        y - ((22_554 * cb + 46_802 * cr + half) >> 16),
        y + ((116_130 * cb + half) >> 16),
    ];
    rgb.map(|value| value.clamp(0, 255) as u8)
}

/// What the markers before the pixels say.
#[derive(Debug, Default)]
struct Header {
    width: u16,
    height: u16,
    components: u8,
    /// The names of the first three components.
    names: [u8; 3],
    jfif: bool,
    /// The transform that Adobe's marker names.
    adobe: Option<u8>,
    density: Option<[f64; 2]>,
    exif: Option<exif::Exif>,
    profile: Option<Vec<u8>>,
}

impl Header {
    /// Reads the markers (ITU-T T.81, annex B) up to the first scan, and looks
    /// for the end of the image.
    fn read(bytes: &[u8]) -> Result<Header, LoadError> {
        let mut header = Header::default();
        let mut profile: BTreeMap<u8, &[u8]> = BTreeMap::new();
        let mut at = 2;
        let ends_early = || corrupt("the file ends early");
        loop {
            // Any number of fill bytes may stand before a marker.
            while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
                at += 1;
            }
            let [0xFF, marker, high, low] = *bytes.get(at..at + 4).ok_or_else(ends_early)? else {
                return Err(corrupt("a marker is missing"));
            };
            let length = usize::from(u16::from_be_bytes([high, low]));
            let body = bytes.get(at + 4..at + 2 + length.max(2)).ok_or_else(ends_early)?;
            match marker {
                0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                    header.frame(marker, body)?
                }
                0xDA => break,
                0xE0 => {
                    header.jfif |= body.starts_with(b"JFIF\0");
                    header.density = jfif_density(body).or(header.density);
                }
                0xE1 => {
                    if let Some(data) = body.strip_prefix(b"Exif\0\0") {
                        header.exif = Some(exif::parse(data));
                    }
                }
                0xE2 => {
                    if let Some([number, _, part @ ..]) = body.strip_prefix(b"ICC_PROFILE\0") {
                        profile.insert(*number, part);
                    }
                }
                0xEE => {
                    if let Some([_, _, _, _, _, _, transform, ..]) = body.strip_prefix(b"Adobe") {
                        header.adobe = Some(*transform);
                    }
                }
                _ => {}
            }
            at += 2 + length.max(2);
        }
        if header.components == 0 {
            return Err(corrupt("no image before the first scan"));
        }
        if !bytes[at..].windows(2).rev().any(|pair| pair == [0xFF, 0xD9]) {
            return Err(ends_early());
        }
        if !profile.is_empty() {
            header.profile = Some(profile.into_values().flatten().copied().collect());
        }
        Ok(header)
    }

    /// How the components make colours, by the rules of the IJG's decoder, which
    /// viewers share: three are YCbCr in a JFIF file, else what Adobe's marker
    /// says, else RGB if they are named R, G and B; four are what Adobe's marker
    /// says, else CMYK.
    fn coding(&self, space: PixelSpace) -> JpegCoding {
        let transformed = match (space, self.adobe) {
            (PixelSpace::Gray, _) => false,
            (PixelSpace::Rgb, _) if self.jfif => true,
            (PixelSpace::Rgb, Some(transform)) => transform != 0,
            (PixelSpace::Rgb, None) => self.names != *b"RGB",
            (PixelSpace::Cmyk, transform) => transform == Some(2),
        };
        // Every program that writes Adobe's marker into a CMYK file also stores
        // inverted values, as Photoshop does.
        let inverted = space == PixelSpace::Cmyk && self.adobe.is_some();
        JpegCoding { transformed, inverted }
    }

    fn frame(&mut self, marker: u8, body: &[u8]) -> Result<(), LoadError> {
        let [precision, h1, h0, w1, w0, components, ref parts @ ..] = *body else {
            return Err(corrupt("the frame header is too short"));
        };
        for (name, part) in self.names.iter_mut().zip(parts.chunks(3)) {
            *name = part[0];
        }
        match marker {
            0xC3 => return Err(unsupported("a lossless JPEG")),
            0xC5..=0xC7 => return Err(unsupported("a hierarchical JPEG")),
            0xC9..=0xCF => return Err(unsupported("a JPEG with arithmetic coding")),
            _ => {}
        }
        if precision != 8 {
            return Err(unsupported(&format!("a JPEG with {precision} bits a component")));
        }
        self.width = u16::from_be_bytes([w1, w0]);
        self.height = u16::from_be_bytes([h1, h0]);
        self.components = components;
        if self.width == 0 || self.height == 0 || components == 0 {
            return Err(corrupt("an image without pixels"));
        }
        Ok(())
    }
}

/// Pixels per inch from a JFIF header, if it has a unit.
fn jfif_density(body: &[u8]) -> Option<[f64; 2]> {
    let [_, _, unit, x1, x0, y1, y0, ..] = *body.strip_prefix(b"JFIF\0")? else { return None };
    let per_inch = match unit {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    let (x, y) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
    (x > 0 && y > 0).then(|| [f64::from(x) * per_inch, f64::from(y) * per_inch])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_survive_the_way_through_ycck() {
        // No ink is light 255; all ink light 0. The fourth value stays.
        let mut pixels = [255, 128, 128, 7, 0, 128, 128, 9];
        ycck_to_cmyk(&mut pixels);
        assert_eq!(pixels, [0, 0, 0, 7, 255, 255, 255, 9]);
    }

    #[test]
    fn density_needs_a_unit() {
        assert_eq!(jfif_density(b"JFIF\0\x01\x02\x01\x01\x2C\x00\x96\0\0"), Some([300.0, 150.0]));
        assert_eq!(jfif_density(b"JFIF\0\x01\x02\x00\x00\x01\x00\x01\0\0"), None);
    }
}
