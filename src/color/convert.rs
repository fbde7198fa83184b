//! Conversion between sRGB, CIELAB and the inks of a print condition, through
//! ICC profiles and never by a formula.
//!
//! The engine is Little CMS, compiled in from its C source, with the intent of
//! the print condition and black-point compensation. It computes in 16-bit
//! integers and floats, without choosing instructions by processor; parts of
//! it (curves, CIELAB) call `pow` of the platform's C library. Single colours
//! are therefore rounded to a tenth of a percent of ink, or to 8 bits of light,
//! which leaves differences in the last bit of such a call without effect
//! unless a value lies on the very edge between two steps.

use super::condition::{Intent, PrintCondition};
use super::pixels::PixelLinks;
use super::{Color, ProfileError};
use crate::assets::Assets;
use lcms2::{CIExyY, DisallowCache, Flags, PixelFormat, Pod, Profile, ThreadContext, Transform};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

/// How a [`Link`] trades time for exactness.
#[derive(Clone, Copy)]
pub(super) enum LinkUse {
    /// A few colours: evaluates the profiles as they are.
    Colors,
    /// Many pixels: samples the conversion once into a table.
    Pixels,
}

/// One end of a conversion.
#[derive(Clone, Copy)]
pub(super) enum Side<'a> {
    /// What an ICC profile describes.
    Icc(&'a [u8]),
    /// CIELAB under D50.
    Lab,
}

impl Side<'_> {
    fn open(self, context: &ThreadContext) -> Option<Profile<ThreadContext>> {
        match self {
            Side::Icc(bytes) => Profile::new_icc_context(context, bytes).ok(),
            // D50, the white of the profile connection space (ICC.1:2010, 6.3.4.3).
            Side::Lab => {
                let d50 = CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
                Profile::new_lab4_context(context, &d50).ok()
            }
        }
    }
}

/// A prepared conversion. Without the one-pixel cache it may be shared by threads.
pub(super) struct Link<I, O> {
    // Fields drop in this order: the transform frees its memory by the context.
    transform: Transform<I, O, ThreadContext, DisallowCache>,
    _context: Mutex<ThreadContext>,
}

impl<I: Copy + Pod, O: Copy + Pod> Link<I, O> {
    pub(super) fn new(
        (from, from_format): (Side<'_>, PixelFormat),
        (to, to_format): (Side<'_>, PixelFormat),
        intent: Intent,
        purpose: LinkUse,
    ) -> Option<Self> {
        let context = ThreadContext::new();
        let flags = Flags::NO_CACHE | Flags::BLACKPOINT_COMPENSATION;
        let flags = match purpose {
            LinkUse::Colors => flags | Flags::NO_OPTIMIZE,
            // A finer table of three dimensions halves what single pixels are off
            // by; one of four would take longer to fill than most images.
            LinkUse::Pixels if from_format.channels() == 3 => flags | Flags::HIGHRES_PRECALC,
            LinkUse::Pixels => flags,
        };
        let transform = Transform::new_flags_context(
            &context,
            &from.open(&context)?,
            from_format,
            &to.open(&context)?,
            to_format,
            match intent {
                Intent::Perceptual => lcms2::Intent::Perceptual,
                Intent::RelativeColorimetric => lcms2::Intent::RelativeColorimetric,
                Intent::Saturation => lcms2::Intent::Saturation,
                // The engine leaves out black-point compensation here by itself.
                Intent::AbsoluteColorimetric => lcms2::Intent::AbsoluteColorimetric,
            },
            flags,
        )
        .ok()?;
        Some(Link { transform, _context: Mutex::new(context) })
    }

    /// Converts as many pixels as both slices have.
    pub(super) fn pixels(&self, from: &[I], to: &mut [O]) {
        let count = from.len().min(to.len());
        self.transform.transform_pixels(&from[..count], &mut to[..count]);
    }
}

type Cache<T> = Mutex<BTreeMap<Color, T>>;

/// Converts colours and pixels between sRGB and one print condition.
///
/// One converter serves a whole process and all its threads. Profiles are
/// parsed when the first colour needs them, which takes some milliseconds; a
/// screen file of sRGB colours alone never pays for it.
pub struct Converter {
    condition: PrintCondition,
    pub(super) srgb: &'static [u8],
    rgb_to_inks: OnceLock<Link<[u16; 3], [u16; 4]>>,
    lab_to_inks: OnceLock<Link<[u16; 3], [u16; 4]>>,
    inks_to_rgb: OnceLock<Link<[u16; 4], [u8; 3]>>,
    pub(super) pixels: PixelLinks,
    cmyk_cache: Cache<[u16; 4]>,
    rgb_cache: Cache<[u8; 3]>,
}

impl Converter {
    /// A converter for a print condition.
    ///
    /// # Errors
    /// If the condition's profile cannot be used.
    pub fn new(condition: &PrintCondition) -> Result<Converter, ProfileError> {
        if condition.profile != Assets::print_profile() {
            PrintCondition::check(&condition.profile)?;
        }
        Ok(Converter {
            condition: condition.clone(),
            srgb: Assets::srgb_profile(),
            rgb_to_inks: OnceLock::new(),
            lab_to_inks: OnceLock::new(),
            inks_to_rgb: OnceLock::new(),
            pixels: PixelLinks::default(),
            cmyk_cache: Cache::default(),
            rgb_cache: Cache::default(),
        })
    }

    /// The print condition.
    pub fn condition(&self) -> &PrintCondition {
        &self.condition
    }

    /// The process inks for a colour, in hundredths of a percent.
    ///
    /// Inks stay as they are; a spot ink's are those that stand in for it. Of
    /// sRGB, `#000000` becomes black ink alone and `#FFFFFF` the bare paper, so
    /// that text and rules need one plate; everything else, other greys too,
    /// goes through the profiles and stays within the condition's ink limit.
    pub fn to_cmyk(&self, color: Color) -> [u16; 4] {
        if let Some(inks) = color.process_inks() {
            return inks;
        }
        match color {
            Color::Rgb([0, 0, 0]) => return [0, 0, 0, 10_000],
            Color::Rgb([255, 255, 255]) | Color::Lab([10_000, 0, 0]) => return [0; 4],
            _ => {}
        }
        cached(&self.cmyk_cache, color, || {
            let mut inks = [[0; 4]];
            match color {
                Color::Rgb(rgb) => {
                    let light = rgb.map(|value| u16::from(value) * 257);
                    let link = self.rgb_to_inks.get_or_init(|| {
                        self.link_to_inks((Side::Icc(self.srgb), PixelFormat::RGB_16))
                    });
                    link.transform.transform_pixels(&[light], &mut inks);
                }
                Color::Lab([l, a, b]) => {
                    // The 16-bit coding of ICC.1:2010, 10.8: L* of 100 is 65535,
                    // a* and b* count from -128 in parts of 257.
                    let l = (i64::from(l) * 65_535 + 5_000) / 10_000;
                    let [a, b] = [a, b].map(|v| ((i64::from(v) + 12_800) * 257 + 50) / 100);
                    let lab = [l, a, b].map(|v| v.clamp(0, 65_535) as u16);
                    let link = self
                        .lab_to_inks
                        .get_or_init(|| self.link_to_inks((Side::Lab, PixelFormat::Lab_16)));
                    link.transform.transform_pixels(&[lab], &mut inks);
                }
                // Colours given in inks have gone back above.
                Color::Cmyk(_) | Color::Spot { .. } => {}
            }
            // Of 65535 parts to tenths of a percent, kept in hundredths.
            let tenths = |ink: u16| ((u32::from(ink) * 1000 + 32_767) / 65_535 * 10) as u16;
            self.condition.limited(inks[0].map(tenths))
        })
    }

    /// The sRGB values of a colour. All but sRGB itself goes through the inks and
    /// the profile: the screen shows what the press will print.
    pub fn to_rgb(&self, color: Color) -> [u8; 3] {
        if let Color::Rgb(rgb) = color {
            return rgb;
        }
        let inks = self.to_cmyk(color);
        if inks == [0; 4] {
            return [255; 3];
        }
        cached(&self.rgb_cache, Color::Cmyk(inks), || {
            let link = self.inks_to_rgb.get_or_init(|| {
                let to = (Side::Icc(self.srgb), PixelFormat::RGB_8);
                let from = (self.print_side(), PixelFormat::CMYK_16);
                usable(Link::new(from, to, self.condition.intent, LinkUse::Colors))
            });
            let parts =
                inks.map(|ink| ((u32::from(ink.min(10_000)) * 65_535 + 5_000) / 10_000) as u16);
            let mut rgb = [[0; 3]];
            link.transform.transform_pixels(&[parts], &mut rgb);
            rgb[0]
        })
    }

    fn link_to_inks(&self, from: (Side<'_>, PixelFormat)) -> Link<[u16; 3], [u16; 4]> {
        let to = (self.print_side(), PixelFormat::CMYK_16);
        usable(Link::new(from, to, self.condition.intent, LinkUse::Colors))
    }
}

/// A conversion between profiles that [`Converter::new`] has tried, or that are
/// the program's own.
#[expect(clippy::expect_used, reason = "both profiles were tried when the converter was made")]
pub(super) fn usable<T>(link: Option<T>) -> T {
    link.expect("usable profiles")
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").finish_non_exhaustive()
    }
}

fn cached<T: Copy>(cache: &Cache<T>, color: Color, convert: impl FnOnce() -> T) -> T {
    *cache.lock().unwrap_or_else(PoisonError::into_inner).entry(color).or_insert_with(convert)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::INK_LIMIT;
    use std::sync::LazyLock;

    static CONVERTER: LazyLock<Converter> = LazyLock::new(|| converter(INK_LIMIT));

    fn converter(ink_limit: u16) -> Converter {
        let condition = PrintCondition { ink_limit, ..PrintCondition::fogra39() };
        Converter::new(&condition).unwrap()
    }

    fn is_shared<T: Send + Sync>(_: &T) {}

    #[test]
    fn the_converter_is_shared_by_threads() {
        is_shared(&*CONVERTER);
    }

    #[test]
    fn black_and_white_need_no_conversion() {
        assert_eq!(CONVERTER.to_cmyk(Color::Rgb([0; 3])), [0, 0, 0, 10_000]);
        assert_eq!(CONVERTER.to_cmyk(Color::Rgb([255; 3])), [0; 4]);
        assert_eq!(CONVERTER.to_cmyk(Color::Cmyk([1, 2, 3, 4])), [1, 2, 3, 4]);
        assert_eq!(CONVERTER.to_rgb(Color::WHITE), [255; 3]);
        assert_eq!(CONVERTER.to_rgb(Color::Rgb([1, 2, 3])), [1, 2, 3]);
    }

    #[test]
    fn colours_go_through_the_profile_and_back() {
        // Pillow, with its own build of Little CMS, gives 94.9, 65.9, 22.0 and 19.6 %.
        assert_eq!(CONVERTER.to_cmyk(Color::Rgb([0, 73, 122])), [9_500, 6_580, 2_200, 1_940]);
        let rgb = CONVERTER.to_rgb(Color::Cmyk([9_500, 6_580, 2_200, 1_940]));
        assert!(rgb.iter().zip([0, 73, 122]).all(|(a, b)| a.abs_diff(b) <= 3), "{rgb:?}");
    }

    #[test]
    fn no_colour_exceeds_the_ink_limit() {
        for rgb in [[1, 1, 1], [20, 0, 10], [0, 40, 0], [60, 20, 0], [0, 0, 60]] {
            let inks = CONVERTER.to_cmyk(Color::Rgb(rgb));
            assert!(inks.iter().sum::<u16>() <= 30_000, "{rgb:?}: {inks:?}");
        }
    }

    #[test]
    fn lab_and_srgb_agree_on_a_colour() {
        // sRGB (0, 73, 122) is L* 29.3, a* -4.56, b* -34.05 under D50, by the
        // Bradford matrix.
        let lab = CONVERTER.to_cmyk(Color::Lab([2_930, -456, -3_405]));
        let rgb = CONVERTER.to_cmyk(Color::Rgb([0, 73, 122]));
        assert!(lab.iter().zip(rgb).all(|(a, b)| a.abs_diff(b) <= 150), "{lab:?} {rgb:?}");
        let seen = CONVERTER.to_rgb(Color::Lab([2_930, -456, -3_405]));
        assert!(seen.iter().zip([0, 73, 122]).all(|(a, b)| a.abs_diff(b) <= 4), "{seen:?}");
    }

    #[test]
    fn a_lower_ink_limit_holds() {
        let low = converter(22_000);
        for rgb in [[1, 1, 1], [20, 0, 10], [0, 40, 0], [60, 20, 0], [0, 0, 60]] {
            assert!(low.to_cmyk(Color::Rgb(rgb)).iter().sum::<u16>() <= 22_000);
        }
        assert_eq!(low.to_cmyk(Color::Rgb([250; 3])), CONVERTER.to_cmyk(Color::Rgb([250; 3])));
    }

    #[test]
    fn intents_differ() {
        let with = |intent| {
            let condition = PrintCondition { intent, ..PrintCondition::fogra39() };
            Converter::new(&condition).unwrap().to_cmyk(Color::Rgb([0, 255, 0]))
        };
        assert_ne!(with(Intent::Perceptual), with(Intent::RelativeColorimetric));
    }
}
