//! What a theme says about the checks before printing.

use super::read::Reader;
use crate::base::Abs;
use crate::document::{Limits, Swatch};
use crate::source::Fields;

impl Reader<'_> {
    /// The `[preflight]` table.
    pub(super) fn limits(&mut self, mut fields: Fields<'_>) -> Limits {
        let mut number = |key, high| self.number(&mut fields, key, 0.0, high);
        let image_ppi = number("image_ppi", 1200.0);
        let image_ppi_least = number("image_ppi_least", 1200.0);
        let line_art_ppi = number("line_art_ppi", 2400.0);
        let color_difference = number("color_difference", 100.0);
        let contrast = number("contrast", 21.0);
        let large_contrast = number("large_contrast", 21.0);
        let graphics_contrast = number("graphics_contrast", 21.0);
        let mut points = |key, high| Abs::pt(number(key, high));
        let line_width = points("line_width", 4.0);
        let line_width_least = points("line_width_least", 4.0);
        let text_size = points("text_size", 24.0);
        let text_size_least = points("text_size_least", 24.0);
        let reversed_text_size = points("reversed_text_size", 24.0);
        let reversed_light_text_size = points("reversed_light_text_size", 24.0);
        let plates_text_size = points("plates_text_size", 24.0);
        let grey_text_size = points("grey_text_size", 24.0);
        let safe_zone = Abs::mm(number("safe_zone", 30.0));
        let bleed = Abs::mm(number("bleed", 20.0));
        fields.finish(self.diags);
        Limits {
            image_ppi,
            image_ppi_least,
            line_art_ppi,
            line_width,
            line_width_least,
            text_size,
            text_size_least,
            reversed_text_size,
            reversed_light_text_size,
            plates_text_size,
            grey_text_size,
            safe_zone,
            bleed,
            color_difference,
            contrast,
            large_contrast,
            graphics_contrast,
            bleed_at: None,
            swatches: Vec::new(),
        }
    }

    /// The colours of `[colors]`, which have been read, with their places.
    pub(super) fn swatches(&self, colors: &Fields<'_>) -> Vec<Swatch> {
        let entries = colors.table().entries.iter();
        let swatch = |entry: &crate::source::Entry| {
            let color = self.color_by_name(&entry.key)?;
            Some(Swatch { name: entry.key.clone(), color, span: entry.node.span })
        };
        entries.filter_map(swatch).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::default_looks;
    use crate::document::Limits;

    #[test]
    fn the_built_in_theme_has_the_default_limits() {
        let found = default_looks().limits;
        assert!(found.bleed_at.is_some() && !found.swatches.is_empty());
        let expected = Limits { bleed_at: found.bleed_at, ..Limits::default() };
        assert_eq!(Limits { swatches: Vec::new(), ..found }, expected);
    }
}
