//! TIFF files (TIFF 6.0): gray, line art, palettes, RGB and CMYK.
//!
//! What the pixels are is read here; the `tiff` crate only takes strips and
//! tiles apart and undoes their compression. It knows fewer kinds of colours
//! than it can decompress and drops extra samples, so it is shown every image
//! as samples without a meaning. Its JPEG decompression is left out of the
//! build: it computes differently from processor to processor.

use super::LoadError;
use super::exif::{self, Directory};
use super::raster::{
    Depth, InkHistogram, PixelSpace, Pixels, Raster, RasterData, check_size, fitting_profile,
    narrow,
};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use tiff::TiffError;
use tiff::decoder::{Decoder, Limits};

fn corrupt(reason: impl Into<String>) -> LoadError {
    LoadError::Corrupt(reason.into())
}

fn unsupported(what: impl Into<String>) -> LoadError {
    LoadError::Unsupported(what.into())
}

/// Tags of a directory (TIFF 6.0, appendix A).
mod tag {
    pub(super) const NEW_SUBFILE_TYPE: u16 = 254;
    pub(super) const IMAGE_WIDTH: u16 = 256;
    pub(super) const IMAGE_LENGTH: u16 = 257;
    pub(super) const BITS_PER_SAMPLE: u16 = 258;
    pub(super) const COMPRESSION: u16 = 259;
    pub(super) const PHOTOMETRIC: u16 = 262;
    pub(super) const FILL_ORDER: u16 = 266;
    pub(super) const SAMPLES_PER_PIXEL: u16 = 277;
    pub(super) const PLANAR_CONFIGURATION: u16 = 284;
    pub(super) const COLOR_MAP: u16 = 320;
    pub(super) const TILE_WIDTH: u16 = 322;
    pub(super) const INK_SET: u16 = 332;
    pub(super) const EXTRA_SAMPLES: u16 = 338;
    pub(super) const SAMPLE_FORMAT: u16 = 339;
    pub(super) const ICC_PROFILE: u16 = 34_675;
}

/// Reads a TIFF file with one page. Reduced versions of it may follow.
///
/// # Errors
/// If it is damaged, too large, or of a rare kind.
pub(super) fn parse(bytes: Vec<u8>) -> Result<Raster, LoadError> {
    let (layout, (profile, profile_refused)) = {
        let directory = Directory::first(&bytes).ok_or_else(|| corrupt("it has no directory"))?;
        one_page(&bytes, &directory)?;
        let layout = Layout::read(&directory)?;
        // A profile that the file breaks off in has no bytes.
        let profile = directory
            .has(tag::ICC_PROFILE)
            .then(|| directory.bytes(tag::ICC_PROFILE).unwrap_or_default().to_vec());
        let profile = fitting_profile(profile, layout.space());
        (layout, profile)
    };
    let exif = exif::parse(&bytes);
    let pixels = layout.decode(&bytes)?;
    let [width, height] = exif.orientation.turn([layout.width, layout.height]);
    Ok(Raster {
        width,
        height,
        orientation: exif.orientation,
        space: pixels.space,
        profile,
        profile_refused,
        density: exif.density.map(|density| exif.orientation.turn(density)),
        transparent: pixels.alpha.is_some(),
        bilevel: layout.bits == 1 && pixels.space == PixelSpace::Gray,
        ink: InkHistogram::new(&pixels),
        data: RasterData::Tiff(bytes),
    })
}

/// The pixels of a TIFF file.
///
/// # Errors
/// As for [`parse`].
pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, LoadError> {
    let directory = Directory::first(bytes).ok_or_else(|| corrupt("it has no directory"))?;
    Layout::read(&directory)?.decode(bytes)
}

/// Refuses files with several pages: which one is meant is for the author to say.
fn one_page(bytes: &[u8], first: &Directory<'_>) -> Result<(), LoadError> {
    let mut next = first.next();
    // A chain that leads back to itself ends too.
    for _ in 0..100 {
        let Some(directory) = next.and_then(|at| Directory::at(bytes, at)) else { return Ok(()) };
        let reduced = directory.number(tag::NEW_SUBFILE_TYPE).unwrap_or(0) & 1 == 1;
        if !reduced {
            return Err(unsupported("a TIFF with more than one page"));
        }
        next = directory.next();
    }
    Ok(())
}

/// What the samples of the first page are.
#[derive(Debug)]
struct Layout {
    width: u32,
    height: u32,
    bits: u32,
    samples: usize,
    color: Color,
    /// The sample with the opacity, and whether it has been multiplied into the
    /// colours.
    alpha: Option<(usize, bool)>,
    planar: bool,
    /// Where the number stands that says what the samples mean.
    photometric_at: u64,
    big_endian: bool,
}

/// What a pixel's first samples mean.
#[derive(Debug)]
enum Color {
    Gray { white_is_zero: bool },
    Palette(Vec<[u8; 3]>),
    Rgb,
    Cmyk,
}

impl Layout {
    fn read(directory: &Directory<'_>) -> Result<Layout, LoadError> {
        let number = |tag| directory.number(tag);
        let missing = |what: &str| corrupt(format!("it does not say {what}"));
        let width = number(tag::IMAGE_WIDTH).ok_or_else(|| missing("how wide it is"))?;
        let height = number(tag::IMAGE_LENGTH).ok_or_else(|| missing("how high it is"))?;
        let samples = number(tag::SAMPLES_PER_PIXEL).unwrap_or(1);
        let bits = bits(directory)?;
        check_size((width, height), u64::from(bits) * u64::from(samples), usize::MAX)?;
        let compression = number(tag::COMPRESSION).unwrap_or(1);
        compression_is_known(compression)?;
        // Fax coding makes any number of white rows of a few bytes.
        let file = if compression == FAX_4 { usize::MAX } else { directory.file_len() };
        check_size((width, height), u64::from(bits) * u64::from(samples), file)?;
        if number(tag::FILL_ORDER).unwrap_or(1) != 1 {
            return Err(unsupported("a TIFF with its bits in reverse order"));
        }
        let photometric =
            number(tag::PHOTOMETRIC).ok_or_else(|| missing("what its samples mean"))?;
        let color = Color::read(photometric, directory, bits)?;
        let samples = samples as usize;
        let colors = color.samples();
        if samples < colors {
            return Err(corrupt(format!("it has {samples} samples a pixel instead of {colors}")));
        }
        if samples > 1 && bits < 8 {
            return Err(unsupported(format!("a TIFF of {samples} samples with {bits} bits")));
        }
        let extra = directory.numbers(tag::EXTRA_SAMPLES).unwrap_or_default();
        // 1 is opacity that has been multiplied into the colours, 2 is not;
        // others, such as masks kept by Photoshop, do not belong to the image.
        let alpha = extra.iter().position(|kind| matches!(kind, 1 | 2));
        let alpha = alpha.map(|index| (colors + index, extra[index] == 1));
        let planar = samples > 1 && number(tag::PLANAR_CONFIGURATION) == Some(2);
        if planar && number(tag::TILE_WIDTH).is_some() {
            return Err(unsupported("a TIFF in tiles with its colours apart"));
        }
        Ok(Layout {
            width,
            height,
            bits,
            samples,
            color,
            alpha: alpha.filter(|(index, _)| *index < samples),
            planar,
            photometric_at: directory.place(tag::PHOTOMETRIC).unwrap_or(0) as u64,
            big_endian: directory.is_big_endian(),
        })
    }

    fn space(&self) -> PixelSpace {
        match self.color {
            Color::Gray { .. } => PixelSpace::Gray,
            Color::Palette(_) | Color::Rgb => PixelSpace::Rgb,
            Color::Cmyk => PixelSpace::Cmyk,
        }
    }

    fn decode(&self, bytes: &[u8]) -> Result<Pixels, LoadError> {
        let stored = self.stored(bytes)?;
        let samples = match self.bits {
            8 | 16 => stored,
            _ => self.spread(&stored),
        };
        let depth = if self.bits == 16 { Depth::Sixteen } else { Depth::Eight };
        let alone = self.samples == self.color.samples();
        let (mut colors, alpha) = match &self.color {
            Color::Palette(map) => {
                let color = |&index: &u8| map.get(usize::from(index)).copied().unwrap_or_default();
                let indices = samples.chunks_exact(self.samples).filter_map(<[u8]>::first);
                (indices.map(color).collect::<Vec<_>>().into_flattened(), None)
            }
            _ if alone && !self.planar => (samples, None),
            _ => self.gather(&samples, depth),
        };
        if let Color::Gray { white_is_zero: true } = self.color {
            // For 16 bits too, whose most is all ones.
            colors.iter_mut().for_each(|byte| *byte = !*byte);
        }
        let alpha = alpha.filter(|alpha| alpha.iter().any(|&a| a != 255));
        let (width, height, space) = (self.width, self.height, self.space());
        Ok(Pixels { width, height, space, depth, colors, alpha })
    }

    /// All samples as stored, without compression.
    fn stored(&self, bytes: &[u8]) -> Result<Vec<u8>, LoadError> {
        let planes = if self.planar { self.samples } else { 1 };
        let row = (self.width as usize * self.samples / planes * self.bits as usize).div_ceil(8);
        let size = row * self.height as usize * planes;
        let mut limits = Limits::unlimited();
        limits.ifd_value_size = bytes.len();
        limits.intermediate_buffer_size = bytes.len();
        let file = Relabelled {
            file: Cursor::new(bytes),
            at: self.photometric_at,
            // 1 is gray, which comes with any number of samples.
            number: if self.big_endian { [0, 1] } else { [1, 0] },
        };
        let mut decoder = Decoder::new(file).map_err(fault)?.with_limits(limits);
        let layout = decoder.image_buffer_layout().map_err(fault)?;
        if layout.complete_len != size {
            return Err(corrupt("its sizes do not agree"));
        }
        let mut stored = vec![0; size];
        decoder.read_image_bytes(&mut stored).map_err(fault)?;
        Ok(stored)
    }

    /// Samples of less than 8 bits, one a byte: gray from 0 to 255, palettes as
    /// they are. Rows start at whole bytes.
    fn spread(&self, stored: &[u8]) -> Vec<u8> {
        let (bits, width) = (self.bits as usize, self.width as usize);
        let most = (1_u8 << bits) - 1;
        let factor = if matches!(self.color, Color::Palette(_)) { 1 } else { 255 / most };
        let mut samples = Vec::with_capacity(width * self.height as usize);
        for row in stored.chunks_exact((width * bits).div_ceil(8)) {
            let sample = |x: usize| {
                let shift = 8 - bits - x * bits % 8;
                ((row[x * bits / 8] >> shift) & most) * factor
            };
            samples.extend((0..width).map(sample));
        }
        samples
    }

    /// The colours, pixel by pixel, and the opacity of samples that come plane
    /// by plane or with more than colours.
    fn gather(&self, samples: &[u8], depth: Depth) -> (Vec<u8>, Option<Vec<u8>>) {
        let size = depth.bytes();
        let count = self.width as usize * self.height as usize;
        let at = |pixel: usize, sample: usize| {
            let place =
                if self.planar { sample * count + pixel } else { pixel * self.samples + sample };
            let bytes = &samples[place * size..(place + 1) * size];
            match depth {
                Depth::Eight => u16::from(bytes[0]),
                Depth::Sixteen => u16::from_ne_bytes([bytes[0], bytes[1]]),
            }
        };
        let most = if depth == Depth::Eight { 255 } else { 65_535 };
        let components = self.color.samples();
        let mut colors = Vec::with_capacity(count * components * size);
        let mut opacity = self.alpha.map(|_| Vec::with_capacity(count));
        for pixel in 0..count {
            let alpha = self.alpha.map(|(index, premultiplied)| (at(pixel, index), premultiplied));
            for sample in 0..components {
                let value = at(pixel, sample);
                let value = match alpha {
                    Some((alpha, true)) => divided(value, alpha, most),
                    _ => value,
                };
                match depth {
                    Depth::Eight => colors.push(value as u8),
                    Depth::Sixteen => colors.extend(value.to_ne_bytes()),
                }
            }
            if let (Some((alpha, _)), Some(opacity)) = (alpha, &mut opacity) {
                opacity.push(match depth {
                    Depth::Eight => alpha as u8,
                    Depth::Sixteen => narrow(alpha),
                });
            }
        }
        (colors, opacity)
    }
}

/// A component with opacity taken out of it, to the nearest.
fn divided(value: u16, alpha: u16, most: u32) -> u16 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    match alpha {
        0 => 0,
        // Rounded half up; a colour brighter than its opacity allows is full.
        _ => ((value * most + alpha / 2) / alpha).min(most) as u16,
    }
}

impl Color {
    /// By the number of TIFF's photometric interpretation.
    fn read(photometric: u32, directory: &Directory<'_>, bits: u32) -> Result<Color, LoadError> {
        let what = match photometric {
            0 | 1 => return Ok(Color::Gray { white_is_zero: photometric == 0 }),
            2 => return Ok(Color::Rgb),
            3 if bits > 8 => "a palette of 16 bits",
            3 => return palette(directory, bits).map(Color::Palette),
            5 if directory.number(tag::INK_SET).unwrap_or(1) == 1 => return Ok(Color::Cmyk),
            5 => "inks other than CMYK",
            4 => "a mask",
            6 => "YCbCr",
            8..=10 => "CIELAB",
            32_803 | 34_892 => "raw data of a camera",
            _ => "colours of an unknown kind",
        };
        Err(unsupported(format!("a TIFF with {what}")))
    }

    fn samples(&self) -> usize {
        match self {
            Color::Gray { .. } | Color::Palette(_) => 1,
            Color::Rgb => 3,
            Color::Cmyk => 4,
        }
    }
}

/// The colours of a palette: all reds, all greens, all blues in 16 bits. Some
/// programs write 8 bits there, which shows in all being small.
fn palette(directory: &Directory<'_>, bits: u32) -> Result<Vec<[u8; 3]>, LoadError> {
    let count = 1 << bits;
    let map = directory.numbers(tag::COLOR_MAP).unwrap_or_default();
    if map.len() != 3 * count {
        return Err(corrupt("its palette is not whole"));
    }
    let small = map.iter().all(|&value| value < 256);
    let component = |index: usize| {
        let value = map[index];
        if small { value as u8 } else { narrow(value as u16) }
    };
    Ok((0..count).map(|i| [i, count + i, 2 * count + i].map(component)).collect())
}

/// The bits of a sample, which must be alike for all.
fn bits(directory: &Directory<'_>) -> Result<u32, LoadError> {
    let formats = directory.numbers(tag::SAMPLE_FORMAT).unwrap_or_default();
    match formats.iter().find(|&&format| format != 1 && format != 4) {
        Some(2) => return Err(unsupported("a TIFF with signed samples")),
        Some(3) => return Err(unsupported("a TIFF with floating-point samples")),
        Some(_) => return Err(unsupported("a TIFF with complex samples")),
        None => {}
    }
    let all = directory.numbers(tag::BITS_PER_SAMPLE).unwrap_or_else(|| vec![1]);
    let bits = all.first().copied().unwrap_or(1);
    if all.iter().any(|&other| other != bits) {
        return Err(unsupported("a TIFF whose samples differ in bits"));
    }
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return Err(unsupported(format!("a TIFF with {bits} bits a sample")));
    }
    Ok(bits)
}

const FAX_4: u32 = 4;

/// None, group 4 fax, LZW, Deflate under both its numbers, PackBits.
fn compression_is_known(compression: u32) -> Result<(), LoadError> {
    let name = match compression {
        1 | FAX_4 | 5 | 8 | 32_946 | 32_773 => return Ok(()),
        2 | 3 => "the fax coding of group 3",
        6 | 7 => "JPEG",
        34_712 => "JPEG 2000",
        34_925 => "LZMA",
        50_000 | 34_926 => "Zstandard",
        50_001 | 34_927 => "WebP",
        other => return Err(unsupported(format!("a TIFF with compression {other}"))),
    };
    Err(unsupported(format!("a TIFF compressed by {name}")))
}

fn fault(error: TiffError) -> LoadError {
    match error {
        TiffError::UnsupportedError(what) => unsupported(format!("a TIFF of a rare kind ({what})")),
        TiffError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            corrupt("the file ends early")
        }
        error => corrupt(error.to_string()),
    }
}

/// A file in which one number of two bytes reads as another.
struct Relabelled<'a> {
    file: Cursor<&'a [u8]>,
    at: u64,
    number: [u8; 2],
}

impl Read for Relabelled<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = self.file.position();
        let length = self.file.read(buffer)?;
        for (place, byte) in (self.at..).zip(self.number) {
            let inside = place.checked_sub(start).filter(|&offset| offset < length as u64);
            if let Some(offset) = inside {
                buffer[offset as usize] = byte;
            }
        }
        Ok(length)
    }
}

impl Seek for Relabelled<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests;
