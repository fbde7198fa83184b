//! Images say in which colours they are, and can be believed.

use super::scene::{Scene, What};
use crate::assets::{Image, PixelSpace, Raster};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// An embedded profile that cannot be used counts as none; the author meant
/// something by it all the same.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let mut refused: BTreeMap<Span, &Raster> = BTreeMap::new();
    for (_, art) in scene.art() {
        let What::Picture(picture) = art.what else { continue };
        let Image::Raster(raster) = &picture.source else { continue };
        let unusable = |profile: &Vec<u8>| !scene.converter.can_use(raster.space, profile);
        if raster.profile_refused || raster.profile.as_ref().is_some_and(unusable) {
            refused.insert(art.span, raster);
        }
    }
    found.extend(refused.into_iter().map(|(span, raster)| {
        let taken = match raster.space {
            PixelSpace::Gray => "its grays are taken as black ink",
            PixelSpace::Rgb => "its colours are taken as sRGB",
            PixelSpace::Cmyk => "its inks are taken as they are",
        };
        let message =
            format!("the colour profile in this image is damaged or for other colours: {taken}");
        Diagnostic::warning(Code::IMAGE_PROFILE, span, message)
            .hint("save the image anew, with its profile or without one")
    }));
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;
    use crate::assets::Assets;

    /// A small JPEG with this profile in place of its own, which is its first
    /// segment.
    fn photo(profile: Option<&[u8]>) -> Image {
        let mut bytes = std::fs::read("tests/cases/assets/odd-profile.jpg").unwrap();
        let [0xFF, 0xD8, 0xFF, 0xE2, high, low, ..] = bytes[..] else { panic!() };
        let end = 4 + usize::from(u16::from_be_bytes([high, low]));
        let segment = profile.map(|profile| {
            let body = [b"ICC_PROFILE\0\x01\x01".as_slice(), profile].concat();
            let length = (body.len() as u16 + 2).to_be_bytes();
            [&[0xFF, 0xE2][..], &length, &body].concat()
        });
        bytes.splice(2..end, segment.unwrap_or_default());
        Image::parse(bytes).unwrap()
    }

    #[test]
    fn profiles_that_cannot_be_used_are_told() {
        let place = [50.0, 50.0, 40.0, 30.0];
        let srgb = Assets::srgb_profile();
        Proof::new().picture(place, photo(None)).clean();
        Proof::new().picture(place, photo(Some(srgb))).clean();
        let mut gray = srgb.to_vec();
        gray[16..20].copy_from_slice(b"GRAY");
        // A sound head, and nothing behind it.
        let mut hollow = srgb.to_vec();
        hollow[128..].fill(0);
        for profile in [b"no profile".as_slice(), &srgb[..200], &gray, &hollow] {
            let proof = Proof::new().picture(place, photo(Some(profile)));
            let finding = proof.finding();
            assert_eq!((finding.code, finding.span), (Code::IMAGE_PROFILE, proof.span(1)));
            assert!(finding.message.ends_with("taken as sRGB"), "{finding:?}");
        }
    }
}
