//! The print condition: which press, on which paper, with how much ink.

use super::convert::{Link, LinkUse, Side};
use crate::assets::{Assets, IccProfile};
use lcms2::{ColorSpaceSignature, PixelFormat, Profile, ProfileClassSignature, ThreadContext};
use std::fmt;

/// How colours that the press cannot print are brought to those it can
/// (ICC.1:2010, 6.2). Black points are matched in all but the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Intent {
    /// As the profile's maker found pleasing, for photographs.
    Perceptual,
    /// The nearest, relative to the paper.
    #[default]
    RelativeColorimetric,
    /// As vivid as can be, for charts.
    Saturation,
    /// The nearest, the paper's colour included, for proofs.
    AbsoluteColorimetric,
}

impl Intent {
    /// All intents with their names in a theme.
    pub const NAMES: [(&'static str, Intent); 4] = [
        ("perceptual", Intent::Perceptual),
        ("relative colorimetric", Intent::RelativeColorimetric),
        ("saturation", Intent::Saturation),
        ("absolute colorimetric", Intent::AbsoluteColorimetric),
    ];
}

/// Why an ICC profile cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileError {
    /// The bytes are no ICC profile, or a damaged one.
    Corrupt,
    /// The profile is not for CMYK.
    NotCmyk,
    /// The profile does not describe an output device.
    NotOutput,
    /// The profile is of a version of the format that a PDF/X-4 cannot hold.
    Version,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ProfileError::Corrupt => "no ICC profile, or a damaged one",
            ProfileError::NotCmyk => "the ICC profile is not for CMYK",
            ProfileError::NotOutput => "the ICC profile does not describe an output device",
            ProfileError::Version => "the ICC profile is not of version 2 or 4",
        })
    }
}

impl std::error::Error for ProfileError {}

/// A print condition.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintCondition {
    /// The ICC profile of the press on its paper.
    pub profile: IccProfile,
    /// Its name in the registry of characterisations: `FOGRA39`.
    pub identifier: String,
    /// What it is, in words.
    pub info: String,
    /// How colours are brought to it.
    pub intent: Intent,
    /// The most ink at any place, in hundredths of a percent: 30 000 is 300 %.
    pub ink_limit: u16,
}

/// The limit of sheet-fed offset on coated paper, 300 %.
pub const INK_LIMIT: u16 = 30_000;

impl PrintCondition {
    /// Sheet-fed offset on coated paper, FOGRA39, with 300 % of ink.
    pub fn fogra39() -> PrintCondition {
        PrintCondition {
            profile: Assets::print_profile(),
            identifier: "FOGRA39".to_owned(),
            info: "Offset printing on coated paper, ISO 12647-2, 300 % ink".to_owned(),
            intent: Intent::default(),
            ink_limit: INK_LIMIT,
        }
    }

    /// Whether the profile can serve as the description of a press.
    ///
    /// # Errors
    /// If it is damaged, not for CMYK, not of an output device, or of a version
    /// that PDF/X-4 does not know.
    pub fn check(profile: &IccProfile) -> Result<(), ProfileError> {
        // The engine reads a torn file as far as it goes. A profile says how
        // long it is (ICC.1:2010, 7.2.2).
        let size = profile.bytes().get(..4).and_then(|size| size.try_into().ok());
        if size.is_none_or(|size| u32::from_be_bytes(size) as usize > profile.bytes().len()) {
            return Err(ProfileError::Corrupt);
        }
        // The readers of PDF 1.6 know versions 2 and 4 (ISO 32000-1, table 66), the
        // engine some others too. There is no version 3.
        let (version, signature) = (profile.bytes().get(8), profile.bytes().get(36..40));
        if signature == Some(b"acsp") && !matches!(version, Some(2 | 4)) {
            return Err(ProfileError::Version);
        }
        let context = ThreadContext::new();
        let opened = Profile::new_icc_context(&context, profile.bytes())
            .map_err(|_| ProfileError::Corrupt)?;
        if opened.color_space() != ColorSpaceSignature::CmykData {
            return Err(ProfileError::NotCmyk);
        }
        if opened.device_class() != ProfileClassSignature::OutputClass {
            return Err(ProfileError::NotOutput);
        }
        let (srgb, own) = (Assets::srgb_profile(), profile.bytes());
        let print = (Side::Icc(own), PixelFormat::CMYK_16);
        let rgb = (Side::Icc(srgb), PixelFormat::RGB_16);
        for intent in Intent::NAMES.map(|(_, intent)| intent) {
            let to = Link::<[u16; 3], [u16; 4]>::new(rgb, print, intent, LinkUse::Colors);
            let from = Link::<[u16; 4], [u16; 3]>::new(print, rgb, intent, LinkUse::Colors);
            if to.is_none() || from.is_none() {
                return Err(ProfileError::Corrupt);
            }
        }
        Ok(())
    }

    /// Inks cut down to the limit: black stays, the others shrink alike. Black
    /// carries the shape of what is dark, and costs least ink for it.
    pub fn limited(&self, inks: [u16; 4]) -> [u16; 4] {
        limit(inks.map(u32::from), u32::from(self.ink_limit)).map(|ink| ink as u16)
    }
}

/// [`PrintCondition::limited`], in any unit.
pub(super) fn limit(inks: [u32; 4], limit: u32) -> [u32; 4] {
    let [c, m, y, k] = inks;
    let (colors, total) = (c + m + y, c + m + y + k);
    if total <= limit {
        return inks;
    }
    let left = limit.saturating_sub(k);
    let cut = |ink: u32| (u64::from(ink) * u64::from(left) / u64::from(colors.max(1))) as u32;
    [cut(c), cut(m), cut(y), k.min(limit)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_of_the_wrong_kind_are_refused() {
        let check = |bytes: &[u8]| PrintCondition::check(&IccProfile::new(bytes.to_vec())).err();
        let print = Assets::print_profile();
        assert_eq!(check(print.bytes()), None);
        assert_eq!(check(Assets::srgb_profile()), Some(ProfileError::NotCmyk));
        assert_eq!(check(&[]), Some(ProfileError::Corrupt));
        assert_eq!(check(&print.bytes()[..4_000]), Some(ProfileError::Corrupt));
        let mut scanner = print.bytes().to_vec();
        scanner[12..16].copy_from_slice(b"scnr");
        assert_eq!(check(&scanner), Some(ProfileError::NotOutput));
        for (version, error) in [(1, Some(ProfileError::Version)), (2, None), (4, None)] {
            let mut other = print.bytes().to_vec();
            other[8] = version;
            assert_eq!(check(&other), error, "version {version}");
        }
        let mut next = print.bytes().to_vec();
        next[8] = 5;
        assert_eq!(check(&next), Some(ProfileError::Version));
        let mut no_magic = print.bytes().to_vec();
        no_magic[36..40].copy_from_slice(b"none");
        assert_eq!(check(&no_magic), Some(ProfileError::Corrupt));
    }

    #[test]
    fn ink_over_the_limit_is_cut_and_black_stays() {
        let condition = PrintCondition::fogra39();
        assert_eq!(condition.limited([10_000, 10_000, 0, 10_000]), [10_000, 10_000, 0, 10_000]);
        assert_eq!(condition.limited([10_000; 4]), [6_666, 6_666, 6_666, 10_000]);
        let low = PrintCondition { ink_limit: 5_000, ..condition };
        assert_eq!(low.limited([1_000, 0, 0, 10_000]), [0, 0, 0, 5_000]);
    }
}
