//! Pixels of images, brought to the print condition or to the screen.
//!
//! Images of 16 bits are converted at 16 bits; results have 8. A profile that
//! the engine cannot use counts as none.

use super::Converter;
use super::condition::{Intent, limit};
use super::convert::{Link, LinkUse, Side, usable};
use crate::assets::{Depth, PixelSpace, Pixels, Raster};
use lcms2::{PixelFormat, Pod};
use std::sync::OnceLock;

/// Conversions of pixels that many images share.
#[derive(Default)]
pub(super) struct PixelLinks {
    srgb_to_inks: OnceLock<Link<[u16; 3], [u8; 4]>>,
    inks_to_srgb: OnceLock<Link<[u16; 4], [u8; 3]>>,
    inks_to_inks: OnceLock<Link<[u16; 4], [u8; 4]>>,
}

/// What must be done to the pixels of an image.
pub struct PixelConversion<'a> {
    converter: &'a Converter,
    how: How<'a>,
    /// What the pixels are made of afterwards.
    space: PixelSpace,
    /// Whether they are inks, for which there is a limit.
    printed: bool,
}

enum How<'a> {
    /// Nothing.
    Keep,
    /// A new gray for each gray of 16 bits.
    Curve(Vec<u8>),
    /// From red, green and blue to inks.
    RgbToInks(Shared<'a, [u16; 3], [u8; 4]>),
    /// From red, green and blue to sRGB.
    RgbToRgb(Link<[u16; 3], [u8; 3]>),
    /// From inks to those of the print condition.
    InksToInks(Link<[u16; 4], [u8; 4]>),
    /// From inks to sRGB.
    InksToRgb(Shared<'a, [u16; 4], [u8; 3]>),
}

/// A conversion of its own or one of all images.
enum Shared<'a, I, O> {
    Own(Link<I, O>),
    Common(&'a Link<I, O>),
}

impl<I, O> Shared<'_, I, O> {
    fn get(&self) -> &Link<I, O> {
        match self {
            Shared::Own(link) => link,
            Shared::Common(link) => link,
        }
    }
}

/// How far, of 255, a profile may lead from what holds without it and still be
/// taken for the same. Rounding alone makes 1.
const SAME_ON_SCREEN: u8 = 2;

/// The same for grays in print: 2 % of ink, which presses vary by.
const SAME_IN_PRINT: u8 = 5;

/// The largest differences of colour (CIE 1976 ΔE*ab), in the mean and of any,
/// between two CMYK profiles of one print condition: makers of profiles smooth
/// the same measurements differently. Profiles of FOGRA39 by three makers differ
/// by up to 0.7 in the mean and 3.7 at most; those of other conditions by more
/// than 2 in the mean.
const SAME_CONDITION: [f64; 2] = [1.0, 5.0];

impl Converter {
    /// How pixels come to the print condition.
    ///
    /// - RGB is in its profile, or in sRGB without one, and becomes CMYK.
    /// - CMYK without a profile is taken to be separated for this condition. So
    ///   is CMYK whose profile describes the same condition, under whatever name:
    ///   its colours differ by 1 ΔE*ab at most in the mean, by 5 anywhere. All
    ///   other CMYK is separated anew, through both profiles.
    /// - Gray stays gray and prints in black ink. Without a profile its values
    ///   are ink. With one, each gray becomes the amount of black ink that looks
    ///   as light between paper and full ink as it does between its own white and
    ///   black; if that moves no gray by more than 2 %, all stay.
    pub fn to_print(&self, space: PixelSpace, profile: Option<&[u8]>) -> PixelConversion<'_> {
        let (space, how) = match (space, profile) {
            (PixelSpace::Gray, None) => (space, How::Keep),
            (PixelSpace::Gray, Some(own)) => {
                let curve = self.gray_to_black(own);
                (space, curve.map_or(How::Keep, |curve| curve_or_keep(curve, SAME_IN_PRINT)))
            }
            (PixelSpace::Rgb, own) => {
                let from_own = |icc| self.pixel_link(Side::Icc(icc), self.print_side());
                let link = match own.filter(|own| !self.is_srgb(own)).and_then(from_own) {
                    Some(link) => Shared::Own(link),
                    None => Shared::Common(self.pixels.srgb_to_inks.get_or_init(|| {
                        usable(self.pixel_link(Side::Icc(self.srgb), self.print_side()))
                    })),
                };
                (PixelSpace::Cmyk, How::RgbToInks(link))
            }
            (PixelSpace::Cmyk, own) => {
                let foreign = own.filter(|own| !self.is_condition(own));
                let link =
                    foreign.and_then(|icc| self.pixel_link(Side::Icc(icc), self.print_side()));
                (space, link.map_or(How::Keep, How::InksToInks))
            }
        };
        PixelConversion { converter: self, how, space, printed: true }
    }

    /// How pixels come to the screen: to sRGB, or to gray as sRGB has it.
    ///
    /// Without a profile RGB is sRGB, gray is its gray, and CMYK is in the print
    /// condition. Profiles that say the same to within 2 of 255 change nothing.
    pub fn to_screen(&self, space: PixelSpace, profile: Option<&[u8]>) -> PixelConversion<'_> {
        let srgb = Side::Icc(self.srgb);
        let (space, how) = match (space, profile) {
            (PixelSpace::Gray | PixelSpace::Rgb, None) => (space, How::Keep),
            (PixelSpace::Gray, Some(own)) => {
                let curve = self.gray_to_srgb(own);
                (space, curve.map_or(How::Keep, |curve| curve_or_keep(curve, SAME_ON_SCREEN)))
            }
            (PixelSpace::Rgb, Some(own)) if self.is_srgb(own) => (space, How::Keep),
            (PixelSpace::Rgb, Some(own)) => {
                let link = self.pixel_link(Side::Icc(own), srgb);
                (space, link.map_or(How::Keep, How::RgbToRgb))
            }
            (PixelSpace::Cmyk, own) => {
                let foreign = own.filter(|own| !self.is_condition(own));
                let from_own = |icc| self.pixel_link(Side::Icc(icc), srgb);
                let link = match foreign.and_then(from_own) {
                    Some(link) => Shared::Own(link),
                    None => Shared::Common(
                        self.pixels
                            .inks_to_srgb
                            .get_or_init(|| usable(self.pixel_link(self.print_side(), srgb))),
                    ),
                };
                (PixelSpace::Rgb, How::InksToRgb(link))
            }
        };
        PixelConversion { converter: self, how, space, printed: false }
    }

    /// The share of an image's pixels, from 0 to 1, that have more ink than the
    /// print condition allows and are therefore separated anew in print; none if
    /// there are no such pixels. Only images that are kept as they were separated
    /// can have them.
    pub fn share_over_ink_limit(&self, raster: &Raster) -> Option<f64> {
        let ink = raster.ink.as_ref()?;
        let share = ink.share_over(self.ink_limit());
        (share > 0.0 && self.to_print(raster.space, raster.profile.as_deref()).is_identity())
            .then_some(share)
    }

    /// The ink limit in parts of 255.
    fn ink_limit(&self) -> u32 {
        u32::from(self.condition().ink_limit) * 255 / 10_000
    }

    /// Brings pixels of CMYK within the ink limit: those over it are separated
    /// anew, by way of the colour they print, and then cut down if they are
    /// still over it. All others keep their inks, so that black type in an image
    /// stays black ink alone.
    fn reseparate(&self, inks: &mut [u8]) {
        let most = self.ink_limit();
        let over = |pixel: &[u8; 4]| pixel.iter().map(|&ink| u32::from(ink)).sum::<u32>() > most;
        let pixels = inks.as_chunks_mut().0;
        let found: Vec<usize> = (0..pixels.len()).filter(|&index| over(&pixels[index])).collect();
        if found.is_empty() {
            return;
        }
        let link = self
            .pixels
            .inks_to_inks
            .get_or_init(|| usable(self.pixel_link(self.print_side(), self.print_side())));
        for indices in found.chunks(BAND) {
            let old: Vec<[u16; 4]> =
                indices.iter().map(|&index| pixels[index].map(widen)).collect();
            let mut new = vec![[0_u8; 4]; old.len()];
            link.pixels(&old, &mut new);
            for (&index, new) in indices.iter().zip(new) {
                pixels[index] = cut(new, most);
            }
        }
    }

    /// Whether an RGB profile may be left out because it says the same as sRGB,
    /// or because it cannot be used at all.
    /// Whether the engine can convert pixels from an embedded profile. If not, it
    /// counts as none.
    pub fn can_use(&self, space: PixelSpace, profile: &[u8]) -> bool {
        let (from, to) = (Side::Icc(profile), Side::Lab);
        match space {
            PixelSpace::Gray => self.exact_link::<[u16; 1], [u16; 3]>(from, to, None).is_some(),
            PixelSpace::Rgb => self.exact_link::<[u16; 3], [u16; 3]>(from, to, None).is_some(),
            PixelSpace::Cmyk => self.exact_link::<[u16; 4], [u16; 3]>(from, to, None).is_some(),
        }
    }

    fn is_srgb(&self, profile: &[u8]) -> bool {
        if profile == self.srgb {
            return true;
        }
        let intent = Some(Intent::RelativeColorimetric);
        let link: Option<Link<[u16; 3], [u8; 3]>> =
            self.exact_link(Side::Icc(profile), Side::Icc(self.srgb), intent);
        let Some(link) = link else { return true };
        const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
        let all = STEPS.iter().flat_map(|r| STEPS.iter().map(move |g| (r, g)));
        let probes: Vec<[u8; 3]> =
            all.flat_map(|(&r, &g)| STEPS.iter().map(move |&b| [r, g, b])).collect();
        let wide: Vec<[u16; 3]> = probes.iter().map(|probe| probe.map(widen)).collect();
        let mut seen = vec![[0; 3]; wide.len()];
        link.pixels(&wide, &mut seen);
        let mut values = probes.as_flattened().iter().zip(seen.as_flattened());
        values.all(|(a, b)| a.abs_diff(*b) <= SAME_ON_SCREEN)
    }

    /// Whether a CMYK profile describes the print condition, or cannot be used.
    fn is_condition(&self, profile: &[u8]) -> bool {
        let own = self.condition().profile.bytes();
        if profile == own {
            return true;
        }
        // Paper is compared too.
        let intent = Some(Intent::AbsoluteColorimetric);
        let lab = |icc| -> Option<Link<[u16; 4], [u16; 3]>> {
            self.exact_link(Side::Icc(icc), Side::Lab, intent)
        };
        let (Some(theirs), Some(ours)) = (lab(profile), lab(own)) else { return true };
        const STEPS: [u16; 5] = [0, 16_384, 32_768, 49_151, 65_535];
        let mut probes = Vec::new();
        for index in 0..5_usize.pow(4) {
            let probe = [index / 125, index / 25, index / 5, index].map(|digit| STEPS[digit % 5]);
            // Beyond what can be printed, profiles need not agree.
            if probe.iter().map(|&ink| u32::from(ink)).sum::<u32>() <= 3 * 65_535 {
                probes.push(probe);
            }
        }
        let (mut a, mut b) = (vec![[0; 3]; probes.len()], vec![[0; 3]; probes.len()]);
        theirs.pixels(&probes, &mut a);
        ours.pixels(&probes, &mut b);
        let apart: Vec<f64> = a.iter().zip(&b).map(|(a, b)| difference(*a, *b)).collect();
        let mean = apart.iter().sum::<f64>() / apart.len() as f64;
        mean <= SAME_CONDITION[0] && apart.iter().all(|&apart| apart <= SAME_CONDITION[1])
    }

    /// The gray that prints as light as each gray of a profile; none if the
    /// profile cannot be used.
    fn gray_to_black(&self, profile: &[u8]) -> Option<Vec<u8>> {
        let intent = Some(Intent::RelativeColorimetric);
        let gray: Link<[u16; 1], [u16; 3]> =
            self.exact_link(Side::Icc(profile), Side::Lab, intent)?;
        let inks: Link<[u16; 4], [u16; 3]> =
            self.exact_link(self.print_side(), Side::Lab, intent)?;
        let light = luminances(&gray, |value| [value]);
        // From full ink to none.
        let printed = luminances(&inks, |value| [0, 0, 0, 65_535 - value]);
        let (darkest, lightest) = (printed.first()?, printed.last()?);
        let (black, white) = (light.first()?, light.last()?);
        if white <= black || lightest <= darkest {
            return None;
        }
        let scale = (lightest - darkest) / (white - black);
        let table = light.iter().map(|value| {
            let wanted = darkest + (value - black) * scale;
            // The first step that is light enough, and where between it and the
            // one before.
            let above = printed.partition_point(|&step| step < wanted).clamp(1, GRAYS - 1);
            let (low, high) = (printed[above - 1], printed[above]);
            let part =
                if high > low { ((wanted - low) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
            (above - 1) as f64 + part
        });
        Some(curve(&table.collect::<Vec<_>>()))
    }

    /// The gray of sRGB for each gray of a profile; none if it cannot be used.
    fn gray_to_srgb(&self, profile: &[u8]) -> Option<Vec<u8>> {
        let link: Link<[u16; 1], [u16; 3]> =
            self.exact_link(Side::Icc(profile), Side::Icc(self.srgb), None)?;
        let grays: Vec<[u16; 1]> = (0..GRAYS).map(|step| [widen(step as u8)]).collect();
        let mut seen = vec![[0; 3]; GRAYS];
        link.pixels(&grays, &mut seen);
        // Green stands for all three: a gray is as good as neutral.
        Some(curve(&seen.iter().map(|[_, g, _]| f64::from(*g) / 257.0).collect::<Vec<_>>()))
    }

    pub(super) fn print_side(&self) -> Side<'_> {
        Side::Icc(self.condition().profile.bytes())
    }

    fn pixel_link<I: Components, O: Components>(
        &self,
        from: Side<'_>,
        to: Side<'_>,
    ) -> Option<Link<I, O>> {
        let intent = self.condition().intent;
        Link::new((from, I::format(from)), (to, O::format(to)), intent, LinkUse::Pixels)
    }

    fn exact_link<I: Components, O: Components>(
        &self,
        from: Side<'_>,
        to: Side<'_>,
        intent: Option<Intent>,
    ) -> Option<Link<I, O>> {
        let intent = intent.unwrap_or(self.condition().intent);
        Link::new((from, I::format(from)), (to, O::format(to)), intent, LinkUse::Colors)
    }
}

/// A pixel as the engine takes it; its format follows from its type.
trait Components: Copy + Pod {
    fn format(side: Side<'_>) -> PixelFormat;
}

impl Components for [u16; 1] {
    fn format(_: Side<'_>) -> PixelFormat {
        PixelFormat::GRAY_16
    }
}

impl Components for [u16; 3] {
    fn format(side: Side<'_>) -> PixelFormat {
        match side {
            Side::Icc(_) => PixelFormat::RGB_16,
            Side::Lab => PixelFormat::Lab_16,
        }
    }
}

impl Components for [u16; 4] {
    fn format(_: Side<'_>) -> PixelFormat {
        PixelFormat::CMYK_16
    }
}

impl Components for [u8; 3] {
    fn format(_: Side<'_>) -> PixelFormat {
        PixelFormat::RGB_8
    }
}

impl Components for [u8; 4] {
    fn format(_: Side<'_>) -> PixelFormat {
        PixelFormat::CMYK_8
    }
}

/// Steps of a gray in 8 bits.
const GRAYS: usize = 256;

/// Luminance (CIE Y) from 0 to 1 at each step of a gray.
fn luminances<I: Components>(link: &Link<I, [u16; 3]>, pixel: impl Fn(u16) -> I) -> Vec<f64> {
    let grays: Vec<I> = (0..GRAYS).map(|step| pixel(widen(step as u8))).collect();
    let mut lab = vec![[0; 3]; GRAYS];
    link.pixels(&grays, &mut lab);
    lab.iter().map(|[l, _, _]| luminance(f64::from(*l) * 100.0 / 65_535.0)).collect()
}

/// CIE Y from 0 to 1 of a CIELAB lightness (ISO/CIE 11664-4).
fn luminance(lightness: f64) -> f64 {
    let root = (lightness + 16.0) / 116.0;
    if lightness > 8.0 { root * root * root } else { lightness * 27.0 / 24_389.0 }
}

/// The CIE 1976 difference of two colours in the coding of ICC.1:2010, 10.8.
fn difference(a: [u16; 3], b: [u16; 3]) -> f64 {
    let apart = |index: usize, unit: f64| (f64::from(a[index]) - f64::from(b[index])) / unit;
    let (l, a, b) = (apart(0, 655.35), apart(1, 257.0), apart(2, 257.0));
    (l * l + a * a + b * b).sqrt()
}

/// A value of 8 bits for each of 16, between those at 256 steps.
fn curve(steps: &[f64]) -> Vec<u8> {
    let value = |gray: u32| {
        let place = f64::from(gray) / 257.0;
        let below = (place as usize).min(GRAYS - 2);
        let part = place - below as f64;
        (steps[below] * (1.0 - part) + steps[below + 1] * part).round().clamp(0.0, 255.0) as u8
    };
    (0..=65_535).map(value).collect()
}

fn curve_or_keep(curve: Vec<u8>, same: u8) -> How<'static> {
    let differs = |step: u8| curve[usize::from(widen(step))].abs_diff(step) > same;
    if (0..=255).any(differs) { How::Curve(curve) } else { How::Keep }
}

const fn widen(value: u8) -> u16 {
    value as u16 * 257
}

/// Inks cut down to a limit.
fn cut(inks: [u8; 4], most: u32) -> [u8; 4] {
    limit(inks.map(u32::from), most).map(|ink| ink as u8)
}

/// Pixels that are converted at a time.
const BAND: usize = 1 << 14;

impl PixelConversion<'_> {
    /// Whether colours stay as they are.
    pub const fn is_identity(&self) -> bool {
        matches!(self.how, How::Keep)
    }

    /// What the pixels are made of afterwards.
    pub const fn space(&self) -> PixelSpace {
        self.space
    }

    /// Converts pixels; in print, brings their ink within the limit. Results have
    /// 8 bits a component.
    pub fn apply(&self, pixels: Pixels) -> Pixels {
        let (width, height) = (pixels.width, pixels.height);
        let mut pixels = pixels;
        let alpha = pixels.alpha.take();
        let mut colors = match &self.how {
            How::Keep => pixels.into_8_bits(),
            How::Curve(curve) => match pixels.depth {
                Depth::Eight => {
                    pixels.colors.iter().map(|&gray| curve[usize::from(widen(gray))]).collect()
                }
                Depth::Sixteen => {
                    let grays = pixels.colors.as_chunks().0;
                    grays.iter().map(|&gray| curve[usize::from(u16::from_ne_bytes(gray))]).collect()
                }
            },
            How::RgbToInks(link) => run(link.get(), &pixels),
            How::RgbToRgb(link) => run(link, &pixels),
            How::InksToInks(link) => run(link, &pixels),
            How::InksToRgb(link) => run(link.get(), &pixels),
        };
        if self.printed && self.space == PixelSpace::Cmyk {
            if self.is_identity() {
                self.converter.reseparate(&mut colors);
            } else {
                let most = self.converter.ink_limit();
                colors.as_chunks_mut().0.iter_mut().for_each(|inks| *inks = cut(*inks, most));
            }
        }
        Pixels { width, height, space: self.space, depth: Depth::Eight, colors, alpha }
    }
}

/// All pixels through the engine, band by band.
fn run<const I: usize, const O: usize>(link: &Link<[u16; I], [u8; O]>, pixels: &Pixels) -> Vec<u8>
where
    [u16; I]: Pod,
    [u8; O]: Pod,
{
    let mut out = vec![[0_u8; O]; pixels.count()];
    let mut band: Vec<[u16; I]> = Vec::with_capacity(BAND);
    let values: &[u8] = &pixels.colors;
    let stride = BAND * I * pixels.depth.bytes();
    for (stored, out) in values.chunks(stride).zip(out.chunks_mut(BAND)) {
        band.clear();
        match pixels.depth {
            Depth::Eight => band.extend(stored.as_chunks().0.iter().map(|pixel| pixel.map(widen))),
            Depth::Sixteen => {
                let values = stored.as_chunks().0.iter().map(|&pair| u16::from_ne_bytes(pair));
                let values: Vec<u16> = values.collect();
                band.extend(values.as_chunks().0);
            }
        }
        link.pixels(&band, &mut out[..band.len()]);
    }
    out.into_flattened()
}
