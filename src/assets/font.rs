//! A font face, parsed once.

use super::outline::outline;
use crate::base::{Em, Path};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// Why a font file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontError {
    /// The bytes are no TrueType or OpenType font.
    Unreadable,
    /// The licence bits of the `OS/2` table (fsType) forbid to embed it.
    EmbeddingForbidden,
    /// The licence bits forbid to embed a subset of it.
    SubsettingForbidden,
}

/// A font face with what shaping and setting need of it.
pub struct Font {
    data: Cow<'static, [u8]>,
    /// The name in the `name` table, fit for a PDF (`SourceSans3-Regular`).
    pub postscript_name: String,
    /// Design units in one em.
    pub units_per_em: u16,
    /// From the baseline to the top of the face's letters.
    pub ascent: Em,
    /// From the baseline down to the foot of descenders; positive.
    pub descent: Em,
    /// Height of capitals.
    pub cap_height: Em,
    /// Height of small letters without ascenders.
    pub x_height: Em,
    /// Whether its letters are slanted.
    pub italic: bool,
    model: harfrust::Font,
    /// By glyph, made when first asked for.
    outlines: OnceLock<Vec<OnceLock<Path>>>,
}

impl Font {
    /// Parses a TrueType or OpenType font.
    ///
    /// # Errors
    /// If the bytes are no font, or its licence bits forbid to embed a subset.
    pub fn parse(data: Cow<'static, [u8]>) -> Result<Font, FontError> {
        let face = FontRef::new(&data).map_err(|_| FontError::Unreadable)?;
        let metrics = face.metrics(Size::unscaled(), LocationRef::default());
        let upem = metrics.units_per_em;
        if upem == 0 || metrics.glyph_count == 0 {
            return Err(FontError::Unreadable);
        }
        if let Ok(os2) = face.os2() {
            // OpenType 1.9, OS/2 fsType: bit 1 restricted, bit 8 no subsetting.
            let bits = os2.fs_type();
            if bits & 0x000F == 0x0002 {
                return Err(FontError::EmbeddingForbidden);
            }
            if bits & 0x0100 != 0 {
                return Err(FontError::SubsettingForbidden);
            }
        }
        let em = |units: f32| Em::new(f64::from(units) / f64::from(upem));
        let name = face
            .localized_strings(skrifa::string::StringId::POSTSCRIPT_NAME)
            .english_or_first()
            .map(|name| name.chars().filter(char::is_ascii_graphic).collect::<String>())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "Font".to_owned());
        let model = match &data {
            Cow::Borrowed(bytes) => harfrust::Font::new(*bytes, 0),
            Cow::Owned(bytes) => harfrust::Font::new(bytes.clone(), 0),
        }
        .ok_or(FontError::Unreadable)?;
        Ok(Font {
            postscript_name: name,
            units_per_em: upem,
            ascent: em(metrics.ascent),
            descent: em(-metrics.descent),
            cap_height: em(metrics.cap_height.unwrap_or(metrics.ascent * 0.7)),
            x_height: em(metrics.x_height.unwrap_or(metrics.ascent * 0.5)),
            italic: metrics.italic_angle != 0.0,
            model,
            outlines: OnceLock::new(),
            data,
        })
    }

    /// The bytes of the font file.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The parsed tables, for reading more than this type keeps.
    pub fn tables(&self) -> FontRef<'_> {
        // `parse` has read the same bytes before.
        #[expect(clippy::expect_used, reason = "the bytes have been parsed once already")]
        FontRef::new(&self.data).expect("a parsed font")
    }

    /// The licence bits: `fsType` of the `OS/2` table (OpenType 1.9); 0, which
    /// allows everything, if there is no such table.
    pub fn licence_bits(&self) -> u16 {
        self.tables().os2().map_or(0, |os2| os2.fs_type())
    }

    /// How heavy the strokes are, from 100 for thin to 900 for black:
    /// `usWeightClass` of the `OS/2` table; 400 for a regular face.
    pub fn weight(&self) -> u16 {
        self.tables().os2().map_or(400, |os2| os2.us_weight_class())
    }

    /// A shaper for this face; cheap, since the tables are prepared once.
    pub fn shaper(&self) -> harfrust::ShaperFont<'_, '_> {
        harfrust::ShaperFont::new(&self.model)
    }

    /// A plan for shaping text from left to right; it holds for this face only.
    pub fn shape_plan(
        &self,
        script: harfrust::Script,
        language: Option<&harfrust::Language>,
        features: &[harfrust::Feature],
    ) -> harfrust::ShapePlan {
        let direction = harfrust::Direction::LeftToRight;
        harfrust::ShapePlan::new(&self.model, direction, Some(script), language, features)
    }

    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let id = self.model.charmap().map_unicode(c)?;
        // Some faces map characters to glyph 0, which stands for none.
        u16::try_from(id.to_u32()).ok().filter(|&id| id != 0)
    }

    /// How far a glyph moves the pen; none if the face has no such glyph.
    pub fn advance(&self, glyph: u16) -> Option<Em> {
        let units = self.tables().hmtx().ok()?.advance(GlyphId::from(glyph))?;
        Some(Em::units(i32::from(units), self.units_per_em))
    }

    /// The outline of a glyph in design units: a length of 1 pt is one unit. Its
    /// origin is the pen on the baseline, and y grows upwards. It is empty if
    /// the glyph has no outline; there is none if the face has no such glyph.
    pub fn outline(&self, glyph: u16) -> Option<&Path> {
        let outlines = self.outlines.get_or_init(|| {
            let count = self.tables().maxp().map_or(0, |maxp| maxp.num_glyphs());
            (0..count).map(|_| OnceLock::new()).collect()
        });
        let outline_of = || outline(&self.tables(), glyph);
        Some(outlines.get(usize::from(glyph))?.get_or_init(outline_of))
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Font").field(&self.postscript_name).finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::assets::Assets;
    use crate::base::{Abs, Path};

    #[test]
    fn outlines_stand_on_the_baseline_in_design_units() {
        let font = Assets::new().builtin_font("Source Sans 3", "regular").unwrap();
        let capital = font.outline(font.glyph('H').unwrap()).unwrap().bounds();
        assert_eq!(capital.top(), Abs::ZERO);
        let cap_height = font.cap_height.get() * f64::from(font.units_per_em);
        assert!((capital.bottom().to_pt() - cap_height).abs() <= 5.0, "{capital:?}");
        assert_eq!(font.outline(font.glyph(' ').unwrap()), Some(&Path::default()));
        assert_eq!(font.outline(u16::MAX), None);
    }
}
