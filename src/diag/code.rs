//! The names of all findings, in one place.

/// The name of a kind of finding: words joined by hyphens, never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    name: &'static str,
    summary: &'static str,
}

impl Code {
    /// The name as printed.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// What findings of this kind have in common, in a sentence.
    pub fn summary(self) -> &'static str {
        self.summary.trim_start()
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal;)*) => {
        impl Code {
            $(
                $(#[doc = $doc])*
                pub const $name: Code = Code { name: $text, summary: concat!($($doc),*) };
            )*
            /// All codes, in the order of this table.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
        }
    };
}

codes! {
    /// A file cannot be read.
    FILE_UNREADABLE = "file-unreadable";
    /// The text is no valid TOML.
    TOML_SYNTAX = "toml-syntax";
    /// A key that this table does not know.
    UNKNOWN_KEY = "unknown-key";
    /// A value of another type than the key takes.
    WRONG_TYPE = "wrong-type";
    /// A value of the right type that is not among those allowed.
    BAD_VALUE = "bad-value";
    /// A key that must be there.
    MISSING_KEY = "missing-key";
    /// A block whose kind nobody knows.
    UNKNOWN_BLOCK = "unknown-block";
    /// A block with the keys of two kinds.
    AMBIGUOUS_BLOCK = "ambiguous-block";
    /// A section or text with nothing in it.
    EMPTY_SECTION = "empty-section";
    /// `extends` leads back to itself.
    EXTENDS_CYCLE = "extends-cycle";
    /// `use` names a shared table that is not there.
    UNKNOWN_SHARED = "unknown-shared";
    /// `{{ … }}` names a field that the data does not have.
    UNKNOWN_FIELD = "unknown-field";
    /// `{{ … }}` cannot be understood.
    BAD_TEMPLATE = "bad-template";
    /// A data table that cannot be read or has no such row.
    BAD_DATA = "bad-data";
    /// No colour can be read from the value.
    BAD_COLOR = "bad-color";
    /// An ICC profile that cannot be used.
    BAD_PROFILE = "bad-profile";
    /// A language that is not supported.
    UNKNOWN_LANGUAGE = "unknown-language";
    /// A font family or face that is not there.
    UNKNOWN_FONT = "unknown-font";
    /// A font file that cannot be read.
    BAD_FONT = "bad-font";
    /// A font whose licence bits forbid to embed it.
    FONT_EMBEDDING = "font-embedding";
    /// A character that no font of the style has.
    MISSING_GLYPH = "missing-glyph";
    /// A character that had to come from the fallback font.
    FONT_FALLBACK = "font-fallback";
    /// An image file that is not there.
    IMAGE_MISSING = "image-missing";
    /// An image file that cannot be decoded.
    IMAGE_CORRUPT = "image-corrupt";
    /// An image format, or a feature of it, that is not supported.
    IMAGE_UNSUPPORTED = "image-unsupported";
    /// Something that is still to be supplied: an image, a figure, words.
    PLACEHOLDER = "placeholder";
    /// An image without a text alternative.
    MISSING_ALT = "missing-alt";
    /// No e-mail address.
    BAD_EMAIL = "bad-email";
    /// No web address.
    BAD_URL = "bad-url";
    /// No phone number.
    BAD_PHONE = "bad-phone";
    /// No date.
    BAD_DATE = "bad-date";
    /// Markdown beyond the subset.
    UNSUPPORTED_MARKUP = "unsupported-markup";
    /// A chart or table whose numbers do not fit together.
    BAD_CHART = "bad-chart";
    /// A table whose rows differ in length.
    BAD_TABLE = "bad-table";
    /// A word or box that is wider than its column.
    TOO_WIDE = "too-wide";
    /// A box that is taller than a column.
    TOO_TALL = "too-tall";
    /// A line that could not be set within the limits.
    LOOSE_LINE = "loose-line";
    /// A number of pages that the brochure asks for and does not have, or that
    /// cannot be stapled.
    PAGE_COUNT = "page-count";
    /// More lines in a row than allowed that end with a hyphen.
    HYPHENS_IN_A_ROW = "hyphens-in-a-row";
    /// A hyphen at the end of a column.
    HYPHEN_AT_COLUMN_END = "hyphen-at-column-end";
    /// A last line that is very short, or the tail of a hyphenated word.
    RUNT = "runt";
    /// The last line of a paragraph alone at the head of a column.
    WIDOW = "widow";
    /// The first line of a paragraph alone at the foot of a column.
    ORPHAN = "orphan";
    /// A heading without its text below.
    STRANDED_HEADING = "stranded-heading";
    /// Columns side by side that end at different heights.
    UNEVEN_COLUMNS = "uneven-columns";
    /// A page in the midst of a text with little on it.
    NEARLY_EMPTY_PAGE = "nearly-empty-page";
    /// An image with too few pixels for the size at which it is printed.
    IMAGE_RESOLUTION = "image-resolution";
    /// More ink at a place than the paper takes.
    INK_LIMIT = "ink-limit";
    /// An image whose colour profile is damaged or for other colours.
    IMAGE_PROFILE = "image-profile";
    /// A line too thin to be printed whole.
    HAIRLINE = "hairline";
    /// Text too small to be printed well.
    SMALL_TEXT = "small-text";
    /// Light text on a dark ground, so small or thin that ink runs into it.
    REVERSED_TEXT = "reversed-text";
    /// Small text in several inks, which must lie on each other to a hair.
    PLATES_TEXT = "plates-text";
    /// Text in a grey or black of light, which takes four inks where black alone
    /// would do.
    RGB_TEXT = "rgb-text";
    /// Text in the colour of its ground.
    INVISIBLE_TEXT = "invisible-text";
    /// Words that hardly stand out from their ground.
    LOW_CONTRAST = "low-contrast";
    /// A part of a chart that hardly stands out from what is beside it.
    GRAPHICS_CONTRAST = "graphics-contrast";
    /// Words or an image so near to the edge that the knife may cut into them.
    SAFE_ZONE = "safe-zone";
    /// Artwork at the edge of the page that does not reach past the cut, or a
    /// bleed that is too narrow.
    MISSING_BLEED = "missing-bleed";
    /// A colour of light that no mix of inks comes near to.
    OUT_OF_GAMUT = "out-of-gamut";
    /// A brochure for the printer that bears no date.
    DATE_MISSING = "date-missing";
    /// Two jobs would write the same file.
    OUTPUT_CLASH = "output-clash";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_a_sentence_in_its_summary() {
        for code in Code::ALL {
            let summary = code.summary();
            assert!(summary.ends_with('.') && !summary.contains("  "), "{summary:?}");
            assert!(summary.starts_with(|c: char| c.is_uppercase() || c == '`'), "{summary:?}");
        }
        assert_eq!(Code::FILE_UNREADABLE.summary(), "A file cannot be read.");
    }
}
