//! Images made of pixels: what is known of them, and their pixels on demand.
//!
//! A file is decoded once when it is read, to see that all of it is there, and
//! then kept as it came. Whoever needs pixels decodes it again, which happens
//! once or twice a process: memory does not fill with pixels in between.

use super::LoadError;
use super::{jpeg, png, tiff};

/// The colours a pixel is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PixelSpace {
    /// One component, the most is white.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black; the most is full ink.
    Cmyk,
}

impl PixelSpace {
    /// Components in a pixel.
    pub const fn components(self) -> usize {
        match self {
            PixelSpace::Gray => 1,
            PixelSpace::Rgb => 3,
            PixelSpace::Cmyk => 4,
        }
    }
}

/// How the stored pixels must be turned to be seen upright: EXIF's orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orientation {
    /// Mirrored left to right, before any turn.
    pub mirrored: bool,
    /// Quarter turns clockwise.
    pub quarters: u8,
}

impl Orientation {
    /// From the EXIF value 1 to 8 (EXIF 2.32, tag 274); anything else is upright.
    pub const fn from_exif(value: u16) -> Orientation {
        let (mirrored, quarters) = match value {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Orientation { mirrored, quarters }
    }

    /// Whether width and height change places.
    pub const fn swaps(self) -> bool {
        self.quarters % 2 == 1
    }

    /// A pair of horizontal and vertical values as seen upright, of one as
    /// stored, and the other way round.
    pub const fn turn<T: Copy>(self, [x, y]: [T; 2]) -> [T; 2] {
        if self.swaps() { [y, x] } else { [x, y] }
    }
}

/// An image made of pixels.
#[derive(Debug)]
pub struct Raster {
    /// Pixels from left to right, seen upright.
    pub width: u32,
    /// Pixels from top to bottom, seen upright.
    pub height: u32,
    /// How the stored pixels must be turned.
    pub orientation: Orientation,
    /// What the pixels are made of.
    pub space: PixelSpace,
    /// The embedded ICC profile, if it fits the pixels.
    pub profile: Option<Vec<u8>>,
    /// Whether the file has a profile that is damaged or for other pixels.
    pub profile_refused: bool,
    /// Pixels per inch from left to right and from top to bottom, seen upright,
    /// as the file says.
    pub density: Option<[f64; 2]>,
    /// Whether anything behind it shows through.
    pub transparent: bool,
    /// Whether every pixel is black or white and kept in one bit: line art.
    pub bilevel: bool,
    /// How much ink the pixels have; of CMYK alone.
    pub ink: Option<InkHistogram>,
    /// The file.
    pub data: RasterData,
}

/// A file of pixels, whole and as it came.
pub enum RasterData {
    /// A JPEG file.
    Jpeg {
        /// Its bytes.
        bytes: Vec<u8>,
        /// How its components make colours.
        coding: JpegCoding,
    },
    /// A PNG file.
    Png(Vec<u8>),
    /// A TIFF file.
    Tiff(Vec<u8>),
}

/// How the components of a JPEG file make colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JpegCoding {
    /// Whether luminance and chrominance are stored instead of colours: YCbCr
    /// for RGB, YCCK for CMYK.
    pub transformed: bool,
    /// Whether values are stored inverted, as Adobe's CMYK files have it.
    pub inverted: bool,
}

impl std::fmt::Debug for RasterData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, bytes) = match self {
            RasterData::Jpeg { bytes, .. } => ("Jpeg", bytes),
            RasterData::Png(bytes) => ("Png", bytes),
            RasterData::Tiff(bytes) => ("Tiff", bytes),
        };
        write!(f, "{kind}({} bytes)", bytes.len())
    }
}

/// Bits of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// One byte.
    Eight,
    /// Two bytes in the order of the machine.
    Sixteen,
}

impl Depth {
    /// Bytes of a component.
    pub const fn bytes(self) -> usize {
        match self {
            Depth::Eight => 1,
            Depth::Sixteen => 2,
        }
    }
}

/// Decoded pixels, row by row from the top left as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What the pixels are made of.
    pub space: PixelSpace,
    /// Bits of every component.
    pub depth: Depth,
    /// The components, pixel by pixel. Opacity is not multiplied into them.
    pub colors: Vec<u8>,
    /// Opacity of every pixel in 8 bits, 255 is opaque; none if all are.
    pub alpha: Option<Vec<u8>>,
}

/// Decoded bytes that any image may take. A4 with bleed in CMYK at 1 000 ppi
/// has some 430 MB.
const MAX_BYTES: u64 = 1 << 30;

/// Bytes that deflate and LZW can make of one, at the very most: 1032 and some
/// 1360. A file that is shorter than this allows cannot have all its pixels.
const MAX_RATIO: u64 = 1400;

/// Refuses images whose pixels would take more memory than any brochure needs,
/// and those that cannot be in so few bytes of data, before any of it is set
/// aside.
///
/// # Errors
/// If the image is too large for this program, or for its file.
pub(super) fn check_size(
    (width, height): (u32, u32),
    bits_per_pixel: u64,
    file: usize,
) -> Result<(), LoadError> {
    if width == 0 || height == 0 {
        return Err(LoadError::Corrupt("an image without pixels".to_owned()));
    }
    let pixels = u64::from(width) * u64::from(height);
    // Pixels of less than a byte are brought to one, which counts here.
    if pixels.saturating_mul(bits_per_pixel.max(8)) / 8 > MAX_BYTES {
        let what = format!("{width} × {height} pixels, more than 1 GiB of them");
        return Err(LoadError::Unsupported(what));
    }
    if pixels * bits_per_pixel / 8 / MAX_RATIO > file as u64 {
        let how = format!("it is too short for its {width} × {height} pixels");
        return Err(LoadError::Corrupt(how));
    }
    Ok(())
}

impl Raster {
    /// Width and height of the stored pixels.
    pub const fn stored_size(&self) -> (u32, u32) {
        if self.orientation.swaps() { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// A JPEG file of gray or RGB without what does not belong to the image:
    /// profiles, EXIF data and comments. None of other images.
    pub fn lean_jpeg(&self) -> Option<Vec<u8>> {
        match &self.data {
            RasterData::Jpeg { bytes, coding } if self.space != PixelSpace::Cmyk => {
                Some(jpeg::lean(bytes, self.space, *coding))
            }
            _ => None,
        }
    }

    /// The stored pixels, decoded.
    ///
    /// # Errors
    /// If the file cannot be decoded; loading it has decoded it once already.
    pub fn pixels(&self) -> Result<Pixels, LoadError> {
        match &self.data {
            RasterData::Jpeg { bytes, coding } => {
                let (width, height) = self.stored_size();
                let colors = jpeg::decode(bytes, self.space, *coding)?;
                let depth = Depth::Eight;
                Ok(Pixels { width, height, space: self.space, depth, colors, alpha: None })
            }
            RasterData::Png(bytes) => png::decode(bytes),
            RasterData::Tiff(bytes) => tiff::decode(bytes),
        }
    }
}

impl Pixels {
    /// Their number.
    pub const fn count(&self) -> usize {
        self.width as usize * self.height as usize
    }

    /// A component by its index, from 0 to [`Pixels::scale`]; 0 beyond the end.
    pub fn value(&self, index: usize) -> f32 {
        match self.depth {
            Depth::Eight => self.colors.get(index).copied().map_or(0.0, f32::from),
            Depth::Sixteen => {
                let pair = self.colors.as_chunks().0.get(index);
                pair.map_or(0.0, |&pair| f32::from(u16::from_ne_bytes(pair)))
            }
        }
    }

    /// The most that a component can be.
    pub const fn scale(&self) -> f32 {
        match self.depth {
            Depth::Eight => 255.0,
            Depth::Sixteen => 65_535.0,
        }
    }

    /// The components in 8 bits, to the nearest.
    pub fn into_8_bits(self) -> Vec<u8> {
        match self.depth {
            Depth::Eight => self.colors,
            Depth::Sixteen => self
                .colors
                .as_chunks()
                .0
                .iter()
                .map(|&pair| narrow(u16::from_ne_bytes(pair)))
                .collect(),
        }
    }
}

/// A component of 16 bits in 8, to the nearest.
pub(crate) const fn narrow(value: u16) -> u8 {
    ((value as u32 * 255 + 32_767) / 65_535) as u8
}

/// How many pixels have how much ink in all, which tells whether an image keeps
/// to an ink limit without decoding it again. Clear pixels do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InkHistogram {
    /// By the sum of the inks in parts of 255.
    counts: Vec<u32>,
}

/// Sums of four inks.
const SUMS: usize = 4 * 255 + 1;

impl InkHistogram {
    /// Of pixels of CMYK; none of others.
    pub(super) fn new(pixels: &Pixels) -> Option<InkHistogram> {
        if pixels.space != PixelSpace::Cmyk {
            return None;
        }
        let mut counts = vec![0; SUMS];
        let mut count = |index: usize, inks: [u8; 4]| {
            let seen = pixels.alpha.as_ref().is_none_or(|alpha| alpha.get(index) != Some(&0));
            let sum: usize = inks.into_iter().map(usize::from).sum();
            counts[sum] += u32::from(seen);
        };
        match pixels.depth {
            Depth::Eight => {
                let all = pixels.colors.as_chunks::<4>().0;
                all.iter().enumerate().for_each(|(index, &inks)| count(index, inks));
            }
            Depth::Sixteen => {
                let all = pixels.colors.as_chunks::<8>().0;
                for (index, bytes) in all.iter().enumerate() {
                    let value = |i: usize| narrow(u16::from_ne_bytes([bytes[i], bytes[i + 1]]));
                    count(index, [value(0), value(2), value(4), value(6)]);
                }
            }
        }
        Some(InkHistogram { counts })
    }

    /// The share of pixels, from 0 to 1, whose inks sum up to more than `limit`
    /// in parts of 255.
    pub fn share_over(&self, limit: u32) -> f64 {
        let sum = |counts: &[u32]| counts.iter().map(|&count| u64::from(count)).sum::<u64>();
        let over = self.counts.get(limit as usize + 1..).unwrap_or_default();
        sum(over) as f64 / sum(&self.counts).max(1) as f64
    }
}

/// A file's ICC profile if it is for these pixels, and whether it has one that is
/// not.
pub(super) fn fitting_profile(
    profile: Option<Vec<u8>>,
    space: PixelSpace,
) -> (Option<Vec<u8>>, bool) {
    let there = profile.is_some();
    let fitting = profile.filter(|profile| profile_fits(profile, space));
    let refused = there && fitting.is_none();
    (fitting, refused)
}

/// Whether an ICC profile is for these pixels, as far as its header says
/// (ICC.1:2010, 7.2): its length, signature and data colour space. One that
/// does not fit is ignored, as those that cannot be used are when colours are
/// converted: the pixels then count as without a profile.
fn profile_fits(profile: &[u8], space: PixelSpace) -> bool {
    let signature: &[u8] = match space {
        PixelSpace::Gray => b"GRAY",
        PixelSpace::Rgb => b"RGB ",
        PixelSpace::Cmyk => b"CMYK",
    };
    let length = profile.first_chunk().map(|length| u32::from_be_bytes(*length) as usize);
    profile.len() > 128
        && length.is_some_and(|length| length <= profile.len())
        && profile.get(16..20) == Some(signature)
        && profile.get(36..40) == Some(b"acsp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_beyond_reason_are_refused_before_they_are_decoded() {
        let fault = |size, bits, file| check_size(size, bits, file).err().map(|e| e.to_string());
        assert_eq!(fault((12_000, 9_000), 64, 10_000_000), None);
        assert_eq!(fault((14_031, 9_921), 1, 20_000), None, "line art compresses well");
        let large = fault((65_535, 65_535), 24, usize::MAX).unwrap();
        assert!(large.contains("65535 × 65535 pixels, more than 1 GiB"), "{large}");
        let short = fault((10_000, 10_000), 24, 3_000).unwrap();
        assert!(short.contains("too short for its 10000 × 10000 pixels"), "{short}");
        assert!(fault((0, 5), 8, 9).unwrap().contains("without pixels"));
        assert!(fault((u32::MAX, u32::MAX), u64::MAX, 9).is_some());
    }

    #[test]
    fn the_histogram_tells_shares_over_a_limit() {
        let pixels = Pixels {
            width: 4,
            height: 1,
            space: PixelSpace::Cmyk,
            depth: Depth::Eight,
            colors: [[255; 4], [255, 255, 255, 0], [255, 255, 255, 1], [0; 4]].concat(),
            alpha: None,
        };
        let ink = InkHistogram::new(&pixels).unwrap();
        assert_eq!(
            [764, 765, 766, 1020].map(|limit| ink.share_over(limit)),
            [0.75, 0.5, 0.25, 0.0]
        );
        let clear = Pixels { alpha: Some(vec![0, 255, 255, 255]), ..pixels.clone() };
        assert_eq!(InkHistogram::new(&clear).unwrap().share_over(766), 0.0);
        let wide = Pixels {
            depth: Depth::Sixteen,
            colors: pixels.colors.iter().flat_map(|&v| [v, v]).collect(),
            ..pixels
        };
        assert_eq!(InkHistogram::new(&wide), Some(ink));
    }

    #[test]
    fn a_profile_must_fit_the_pixels() {
        let srgb = crate::assets::Assets::srgb_profile();
        assert!(profile_fits(srgb, PixelSpace::Rgb));
        assert!(!profile_fits(srgb, PixelSpace::Gray));
        assert!(!profile_fits(&srgb[..100], PixelSpace::Rgb));
    }
}
