//! Conversion between sRGB and the inks of the print condition, through ICC
//! profiles and never by a formula.
//!
//! The engine is Little CMS, compiled in from its C source, with relative
//! colorimetric intent and black-point compensation. It computes in 16-bit
//! integers and floats, without choosing instructions by processor; parts of
//! it (curves, CIELAB) call `pow` of the platform's C library. Single colours
//! are therefore rounded to a tenth of a percent of ink, or to 8 bits of light,
//! which leaves differences in the last bit of such a call without effect
//! unless a value lies on the very edge between two steps.

use super::Color;
use crate::assets::Assets;
use lcms2::{
    ColorSpaceSignature, DisallowCache, Flags, Intent, PixelFormat, Pod, Profile,
    ProfileClassSignature, ThreadContext, Transform,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Why an ICC profile cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileError {
    /// The bytes are no ICC profile, or a damaged one.
    Corrupt,
    /// The profile is not for CMYK.
    NotCmyk,
    /// The profile does not describe an output device.
    NotOutput,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ProfileError::Corrupt => "no ICC profile, or a damaged one",
            ProfileError::NotCmyk => "the ICC profile is not for CMYK",
            ProfileError::NotOutput => "the ICC profile does not describe an output device",
        })
    }
}

impl std::error::Error for ProfileError {}

/// How a [`Link`] trades time for exactness.
#[derive(Clone, Copy)]
enum Use {
    /// A few colours: evaluates the profiles as they are.
    Colors,
    /// Many pixels: samples the conversion once into a table.
    Pixels,
}

/// A prepared conversion. Without the one-pixel cache it may be shared by threads.
struct Link<I, O> {
    // Fields drop in this order: the transform frees its memory by the context.
    transform: Transform<I, O, ThreadContext, DisallowCache>,
    _context: Mutex<ThreadContext>,
}

impl<I: Copy + Pod, O: Copy + Pod> Link<I, O> {
    fn new(
        (from, from_format): (&[u8], PixelFormat),
        (to, to_format): (&[u8], PixelFormat),
        purpose: Use,
    ) -> Option<Self> {
        let context = ThreadContext::new();
        let open = |bytes: &[u8]| Profile::new_icc_context(&context, bytes).ok();
        let flags = Flags::NO_CACHE | Flags::BLACKPOINT_COMPENSATION;
        let flags = match purpose {
            Use::Colors => flags | Flags::NO_OPTIMIZE,
            Use::Pixels => flags,
        };
        let transform = Transform::new_flags_context(
            &context,
            &open(from)?,
            from_format,
            &open(to)?,
            to_format,
            Intent::RelativeColorimetric,
            flags,
        )
        .ok()?;
        Some(Link { transform, _context: Mutex::new(context) })
    }
}

type Cache<T> = Mutex<BTreeMap<Color, T>>;

/// Converts colours and pixels between sRGB and one print condition.
///
/// One converter serves a whole process and all its threads. Profiles are
/// parsed when the first colour needs them, which takes some milliseconds; a
/// screen file of sRGB colours alone never pays for it.
pub struct Converter {
    print: Cow<'static, [u8]>,
    srgb: &'static [u8],
    rgb_to_inks: OnceLock<Link<[u16; 3], [u16; 4]>>,
    inks_to_rgb: OnceLock<Link<[u16; 4], [u8; 3]>>,
    rgb_pixels: OnceLock<Link<u8, u8>>,
    cmyk_pixels: OnceLock<Link<u8, u8>>,
    cmyk_cache: Cache<[u16; 4]>,
    rgb_cache: Cache<[u8; 3]>,
}

impl Converter {
    /// A converter for the program's own print condition.
    pub fn new(assets: &Assets) -> Converter {
        Converter::unchecked(Cow::Borrowed(assets.print_profile()), assets.srgb_profile())
    }

    /// A converter for a print condition of the user's choice.
    ///
    /// # Errors
    /// If the profile is damaged, not for CMYK, or not of an output device.
    pub fn with_profile(assets: &Assets, print: Vec<u8>) -> Result<Converter, ProfileError> {
        {
            let context = ThreadContext::new();
            let profile =
                Profile::new_icc_context(&context, &print).map_err(|_| ProfileError::Corrupt)?;
            if profile.color_space() != ColorSpaceSignature::CmykData {
                return Err(ProfileError::NotCmyk);
            }
            if profile.device_class() != ProfileClassSignature::OutputClass {
                return Err(ProfileError::NotOutput);
            }
        }
        let converter = Converter::unchecked(Cow::Owned(print), assets.srgb_profile());
        // Both directions are prepared here, so that they cannot fail later.
        let (to, from) = (converter.link_to_inks(), converter.link_to_rgb());
        let _ = converter.rgb_to_inks.set(to.ok_or(ProfileError::Corrupt)?);
        let _ = converter.inks_to_rgb.set(from.ok_or(ProfileError::Corrupt)?);
        Ok(converter)
    }

    fn unchecked(print: Cow<'static, [u8]>, srgb: &'static [u8]) -> Converter {
        Converter {
            print,
            srgb,
            rgb_to_inks: OnceLock::new(),
            inks_to_rgb: OnceLock::new(),
            rgb_pixels: OnceLock::new(),
            cmyk_pixels: OnceLock::new(),
            cmyk_cache: Cache::default(),
            rgb_cache: Cache::default(),
        }
    }

    /// The ICC profile of the print condition.
    pub fn print_profile(&self) -> &[u8] {
        &self.print
    }

    /// The inks for a colour, in hundredths of a percent.
    ///
    /// Process colours stay as they are. Of sRGB, `#000000` becomes black ink
    /// alone and `#FFFFFF` the bare paper, so that text and rules need one
    /// plate; everything else, other greys too, goes through the profiles.
    pub fn to_cmyk(&self, color: Color) -> [u16; 4] {
        let rgb = match color {
            Color::Cmyk(inks) => return inks,
            Color::Rgb([0, 0, 0]) => return [0, 0, 0, 10_000],
            Color::Rgb([255, 255, 255]) => return [0; 4],
            Color::Rgb(rgb) => rgb,
        };
        cached(&self.cmyk_cache, color, || {
            #[expect(clippy::expect_used, reason = "`print` was tried or is the program's own")]
            let link =
                self.rgb_to_inks.get_or_init(|| self.link_to_inks().expect("a usable profile"));
            let mut inks = [[0; 4]];
            link.transform.transform_pixels(&[rgb.map(|value| u16::from(value) * 257)], &mut inks);
            // Of 65535 parts to tenths of a percent, kept in hundredths.
            inks[0].map(|ink| ((u32::from(ink) * 1000 + 32_767) / 65_535 * 10) as u16)
        })
    }

    /// The sRGB values of a colour. Process colours go through the profiles:
    /// the screen shows what the press will print.
    pub fn to_rgb(&self, color: Color) -> [u8; 3] {
        let inks = match color {
            Color::Rgb(rgb) => return rgb,
            Color::Cmyk([0, 0, 0, 0]) => return [255; 3],
            Color::Cmyk(inks) => inks,
        };
        cached(&self.rgb_cache, color, || {
            #[expect(clippy::expect_used, reason = "`print` was tried or is the program's own")]
            let link =
                self.inks_to_rgb.get_or_init(|| self.link_to_rgb().expect("a usable profile"));
            let parts =
                inks.map(|ink| ((u32::from(ink.min(10_000)) * 65_535 + 5_000) / 10_000) as u16);
            let mut rgb = [[0; 3]];
            link.transform.transform_pixels(&[parts], &mut rgb);
            rgb[0]
        })
    }

    /// Pixels of red, green and blue, 8 bits each, as cyan, magenta, yellow and
    /// black. They are in `profile`, or in sRGB if there is none or it cannot
    /// be used.
    pub fn pixels_to_cmyk(&self, rgb: &[u8], profile: Option<&[u8]>) -> Vec<u8> {
        let to = (&*self.print, PixelFormat::CMYK_8);
        let own =
            profile.and_then(|icc| Link::<u8, u8>::new((icc, PixelFormat::RGB_8), to, Use::Pixels));
        #[expect(clippy::expect_used, reason = "`print` was tried or is the program's own")]
        let link = own.as_ref().unwrap_or_else(|| {
            self.rgb_pixels.get_or_init(|| {
                Link::new((self.srgb, PixelFormat::RGB_8), to, Use::Pixels)
                    .expect("a usable profile")
            })
        });
        convert(link, rgb, 3, 4)
    }

    /// Pixels of cyan, magenta, yellow and black, 8 bits each (255 is full ink),
    /// as sRGB. They are in `profile`, or in the print condition if there is
    /// none or it cannot be used.
    pub fn pixels_to_rgb(&self, cmyk: &[u8], profile: Option<&[u8]>) -> Vec<u8> {
        let to = (self.srgb, PixelFormat::RGB_8);
        let own = profile
            .and_then(|icc| Link::<u8, u8>::new((icc, PixelFormat::CMYK_8), to, Use::Pixels));
        #[expect(clippy::expect_used, reason = "`print` was tried or is the program's own")]
        let link = own.as_ref().unwrap_or_else(|| {
            self.cmyk_pixels.get_or_init(|| {
                Link::new((&*self.print, PixelFormat::CMYK_8), to, Use::Pixels)
                    .expect("a usable profile")
            })
        });
        convert(link, cmyk, 4, 3)
    }

    /// Pixels of red, green and blue, 8 bits each, as sRGB. They are in
    /// `profile`; if it cannot be used, they stay as they are.
    pub fn pixels_to_srgb<'a>(&self, rgb: &'a [u8], profile: &[u8]) -> Cow<'a, [u8]> {
        let (from, to) = ((profile, PixelFormat::RGB_8), (self.srgb, PixelFormat::RGB_8));
        match Link::<u8, u8>::new(from, to, Use::Pixels) {
            Some(link) => Cow::Owned(convert(&link, rgb, 3, 3)),
            None => Cow::Borrowed(rgb),
        }
    }

    /// Whether an RGB profile may be left out because it says the same as sRGB
    /// to within 2 of 255, or because it cannot be used at all.
    pub fn is_srgb(&self, profile: &[u8]) -> bool {
        let rgb = PixelFormat::RGB_8;
        let Some(link) = Link::<u8, u8>::new((profile, rgb), (self.srgb, rgb), Use::Colors) else {
            return true;
        };
        const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
        let mut probes = Vec::with_capacity(3 * 216);
        for r in STEPS {
            for g in STEPS {
                for b in STEPS {
                    probes.extend([r, g, b]);
                }
            }
        }
        let seen = convert(&link, &probes, 3, 3);
        probes.iter().zip(&seen).all(|(a, b)| a.abs_diff(*b) <= 2)
    }

    fn link_to_inks(&self) -> Option<Link<[u16; 3], [u16; 4]>> {
        let from = (self.srgb, PixelFormat::RGB_16);
        Link::new(from, (&*self.print, PixelFormat::CMYK_16), Use::Colors)
    }

    fn link_to_rgb(&self) -> Option<Link<[u16; 4], [u8; 3]>> {
        let to = (self.srgb, PixelFormat::RGB_8);
        Link::new((&*self.print, PixelFormat::CMYK_16), to, Use::Colors)
    }
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").finish_non_exhaustive()
    }
}

/// All whole pixels of `from` components each, as pixels of `to` components.
fn convert(link: &Link<u8, u8>, pixels: &[u8], from: usize, to: usize) -> Vec<u8> {
    let count = pixels.len() / from;
    let mut out = vec![0; count * to];
    link.transform.transform_pixels(&pixels[..count * from], &mut out);
    out
}

fn cached<T: Copy>(cache: &Cache<T>, color: Color, convert: impl FnOnce() -> T) -> T {
    *cache.lock().unwrap_or_else(PoisonError::into_inner).entry(color).or_insert_with(convert)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static CONVERTER: LazyLock<Converter> = LazyLock::new(|| Converter::new(&Assets::new()));

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
            assert!(inks.iter().sum::<u16>() <= 30_100, "{rgb:?}: {inks:?}");
        }
    }

    #[test]
    fn pixels_agree_with_single_colours() {
        for rgb in [[0, 73, 122], [200, 30, 90], [128, 128, 128]] {
            let inks = CONVERTER.to_cmyk(Color::Rgb(rgb));
            let pixels = CONVERTER.pixels_to_cmyk(&rgb, None);
            for (ink, pixel) in inks.into_iter().zip(pixels) {
                let expected = f64::from(ink) * 255.0 / 10_000.0;
                assert!((f64::from(pixel) - expected).abs() < 3.0, "{rgb:?}");
            }
        }
        assert_eq!(CONVERTER.pixels_to_rgb(&[0; 8], None), [255; 6]);
    }

    #[test]
    fn the_srgb_profile_is_known_and_a_broken_one_ignored() {
        let assets = Assets::new();
        assert!(CONVERTER.is_srgb(assets.srgb_profile()));
        assert!(CONVERTER.is_srgb(&Profile::new_srgb().icc().unwrap()));
        assert!(CONVERTER.is_srgb(b"no profile"));
        assert_eq!(
            CONVERTER.pixels_to_cmyk(&[0, 73, 122], Some(b"no profile")),
            CONVERTER.pixels_to_cmyk(&[0, 73, 122], None)
        );
    }

    #[test]
    fn rgb_of_a_profile_becomes_srgb_and_of_a_broken_one_stays() {
        let pixels = [0, 73, 122, 200, 30, 90];
        assert_eq!(&*CONVERTER.pixels_to_srgb(&pixels, b"no profile"), pixels);
        let srgb = Profile::new_srgb().icc().unwrap();
        let same = CONVERTER.pixels_to_srgb(&pixels, &srgb);
        assert!(same.iter().zip(pixels).all(|(a, b)| a.abs_diff(b) <= 2), "{same:?}");
    }

    #[test]
    fn profiles_of_the_wrong_kind_are_refused() {
        let assets = Assets::new();
        let with = |bytes: &[u8]| Converter::with_profile(&assets, bytes.to_vec()).err();
        assert_eq!(with(assets.print_profile()), None);
        assert_eq!(with(assets.srgb_profile()), Some(ProfileError::NotCmyk));
        assert_eq!(with(&[]), Some(ProfileError::Corrupt));
        assert_eq!(with(&assets.print_profile()[..4_000]), Some(ProfileError::Corrupt));
        let mut scanner = assets.print_profile().to_vec();
        scanner[12..16].copy_from_slice(b"scnr");
        assert_eq!(with(&scanner), Some(ProfileError::NotOutput));
    }
}
