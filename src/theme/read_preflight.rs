//! What a theme says about the checks before printing.

use super::read::Reader;
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Files};
use crate::document::{Limits, Swatch};
use crate::source::{Fields, Value, read};

/// What is refused below, and what is worth a look below.
const PAIRS: [(&str, &str); 5] = [
    ("image_ppi_least", "image_ppi"),
    ("image_ppi_least", "line_art_ppi"),
    ("line_width_least", "line_width"),
    ("text_size_least", "text_size"),
    ("large_contrast", "contrast"),
];

/// The most pages that a sheet is folded into.
const MOST_ON_SHEET: usize = 64;

impl Reader<'_> {
    /// The `[preflight]` table.
    pub(super) fn limits(&mut self, mut fields: Fields<'_>, files: &Files) -> Limits {
        self.in_order(&fields, files);
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
        let page_multiple = self.page_multiple(&mut fields);
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
            page_multiple,
            bleed_at: None,
            swatches: Vec::new(),
        }
    }

    /// What the number of pages must be a multiple of: nothing, the pages of a leaf,
    /// or those of sheets that are folded once or more.
    fn page_multiple(&mut self, fields: &mut Fields<'_>) -> usize {
        let Some(node) = fields.node("page_multiple") else { return 0 };
        let Some(value) = read::int(node, "page_multiple", self.diags) else { return 0 };
        let sound = |&pages: &usize| {
            pages == 0 || pages == 2 || (pages.is_multiple_of(4) && pages <= MOST_ON_SHEET)
        };
        usize::try_from(value).ok().filter(sound).unwrap_or_else(|| {
            let message = format!("no sheet that is folded has {value} pages");
            self.diags.push(Diagnostic::error(Code::BAD_VALUE, node.span, message).allowed(
                format!("2, a multiple of 4 up to {MOST_ON_SHEET}, or 0 for any number of pages"),
            ));
            0
        })
    }

    /// Reports limits of errors that are stricter than those of warnings, at the
    /// line of the one that the author gives.
    fn in_order(&mut self, fields: &Fields<'_>, files: &Files) {
        for (strict, wished) in PAIRS {
            let number = |key| {
                let node = &fields.table().get(key)?.node;
                let value = match node.value {
                    Value::Int(value) => value as f64,
                    Value::Float(value) => value,
                    _ => return None,
                };
                Some((value, node.span))
            };
            let (Some((least, at)), Some((most, other))) = (number(strict), number(wished)) else {
                continue;
            };
            if least <= most {
                continue;
            }
            let (span, related) = match files.get(at.file).is_built_in() {
                true => (other, at),
                false => (at, other),
            };
            let message = format!(
                "`{strict}`, below which there is an error, is {least}, and `{wished}`, below which \
                 there is a warning, is {most}"
            );
            self.diags.push(
                Diagnostic::error(Code::BAD_VALUE, span, message)
                    .related(related, "the other one")
                    .allowed(format!("`{strict}` up to `{wished}`")),
            );
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
    use super::super::tests::{default_looks, looks_of};
    use crate::base::Abs;
    use crate::document::Limits;

    #[test]
    fn each_limit_is_that_of_its_key() {
        let keys = [
            "image_ppi",
            "image_ppi_least",
            "line_art_ppi",
            "line_width",
            "line_width_least",
            "text_size",
            "text_size_least",
            "reversed_text_size",
            "reversed_light_text_size",
            "plates_text_size",
            "grey_text_size",
            "safe_zone",
            "bleed",
            "color_difference",
            "contrast",
            "large_contrast",
            "graphics_contrast",
            "page_multiple",
        ];
        // Within what each may be, and in order where there is one.
        let values = [
            300.0, 200.0, 500.0, 0.5, 0.25, 7.0, 6.5, 8.0, 9.0, 11.0, 12.0, 4.0, 3.5, 15.0, 5.0,
            2.0, 2.5, 16.0,
        ];
        let lines = keys.iter().zip(values).map(|(key, value)| format!("{key} = {value}"));
        let limits = lines.collect::<Vec<_>>().join("\n");
        let found = looks_of(&format!("kind = \"theme\"\n[preflight]\n{limits}\n")).limits;
        let expected = Limits {
            image_ppi: 300.0,
            image_ppi_least: 200.0,
            line_art_ppi: 500.0,
            line_width: Abs::pt(0.5),
            line_width_least: Abs::pt(0.25),
            text_size: Abs::pt(7.0),
            text_size_least: Abs::pt(6.5),
            reversed_text_size: Abs::pt(8.0),
            reversed_light_text_size: Abs::pt(9.0),
            plates_text_size: Abs::pt(11.0),
            grey_text_size: Abs::pt(12.0),
            safe_zone: Abs::mm(4.0),
            bleed: Abs::mm(3.5),
            color_difference: 15.0,
            contrast: 5.0,
            large_contrast: 2.0,
            graphics_contrast: 2.5,
            page_multiple: 16,
            bleed_at: found.bleed_at,
            swatches: found.swatches.clone(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_built_in_theme_has_the_default_limits() {
        let found = default_looks().limits;
        assert!(found.bleed_at.is_some() && !found.swatches.is_empty());
        let expected = Limits { bleed_at: found.bleed_at, ..Limits::default() };
        assert_eq!(Limits { swatches: Vec::new(), ..found }, expected);
    }
}
