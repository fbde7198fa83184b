//! Fonts that may be embedded.

use super::scene::Scene;
use crate::assets::Font;
use crate::diag::{Code, Diagnostic, Diagnostics};
use std::sync::Arc;

/// Licence bits of a face (OpenType 1.9, `OS/2`, fsType).
mod bits {
    /// How the face may be used; the least strict of several holds.
    pub(super) const USAGE: u16 = 0x000F;
    /// May not be embedded at all. Preview and print (4) and editable (8) may,
    /// and print is what a file for the printer is for.
    pub(super) const RESTRICTED: u16 = 0x0002;
    /// May not be cut down to the letters in use.
    pub(super) const NO_SUBSET: u16 = 0x0100;
    /// Only its bitmaps may be embedded, and a printer needs outlines.
    pub(super) const BITMAPS: u16 = 0x0200;
}

/// Every face in use may be embedded in part, as outlines. Fonts that a theme
/// names are held against most of this when they are read, whatever is made;
/// here stand those that the printer's file really needs.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let mut seen: Vec<&Arc<Font>> = Vec::new();
    for (_, words) in scene.words() {
        let font = &words.font;
        if seen.iter().rev().any(|other| Arc::ptr_eq(other, font)) {
            continue;
        }
        seen.push(font);
        let Some(why) = fault(font.licence_bits()) else { continue };
        found.push(
            Diagnostic::error(
                Code::FONT_EMBEDDING,
                words.span,
                format!("the font {} {why}", font.postscript_name),
            )
            .label("first used here")
            .hint("ask its maker for a licence to embed it, or choose another font in the theme"),
        );
    }
}

/// What the licence bits forbid that a print file needs.
fn fault(licence: u16) -> Option<&'static str> {
    if licence & bits::USAGE == bits::RESTRICTED {
        Some("may not be embedded in a PDF")
    } else if licence & bits::NO_SUBSET != 0 {
        Some("may not be embedded in part")
    } else if licence & bits::BITMAPS != 0 {
        Some("may be embedded as bitmaps only, which cannot be printed")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;
    use crate::assets::Assets;
    use crate::color::Color;

    /// A face that is built in, with other licence bits.
    fn licensed(licence: u16) -> Font {
        let font = Assets::new().builtin_font("Source Sans 3", "regular").unwrap();
        let mut data = font.data().to_vec();
        // OpenType 1.9, table directory: tag, checksum, offset, length.
        let record = data[12..].chunks_exact(16).find(|record| &record[..4] == b"OS/2").unwrap();
        let offset = u32::from_be_bytes(record[8..12].try_into().unwrap()) as usize;
        data[offset + 8..offset + 10].copy_from_slice(&licence.to_be_bytes());
        Font::parse(data.into()).unwrap()
    }

    #[test]
    fn fonts_may_be_embedded_as_outlines() {
        let proof = |licence| {
            let proof = Proof::new().font(licensed(licence));
            proof.text(50.0, 100.0, 10.0, Color::BLACK, "a").text(
                50.0,
                120.0,
                10.0,
                Color::BLACK,
                "b",
            )
        };
        for licence in [0, 4, 8, 0x0006] {
            proof(licence).clean();
        }
        let bitmaps = proof(0x0200);
        let finding = bitmaps.finding();
        assert_eq!((finding.code, finding.span), (Code::FONT_EMBEDDING, bitmaps.span(1)));
        assert!(finding.message.contains("bitmaps"), "{finding:?}");
    }

    #[test]
    fn what_is_refused_when_a_font_is_read_is_refused_here_too() {
        assert!(fault(0x0002).is_some() && fault(0x0100).is_some() && fault(0x0108).is_some());
        assert_eq!(fault(0x0008), None);
    }
}
