//! The house style: which typographic rules the program applies by itself.
//!
//! `[house_style]` of a brochure or campaign; each key may be left out. The
//! keys are explained at [`super::read`].

use super::speech::Abbreviation;
use crate::base::Lang;
use crate::diag::Diagnostics;
use crate::source::{Fields, format};
use std::sync::Arc;

/// How straight quotes are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteStyle {
    /// `'` becomes ‘ or ’, `"` becomes “ or ”.
    Typed,
    /// A quotation has single marks, one inside it double marks.
    Single,
    /// A quotation has double marks, one inside it single marks.
    Double,
    /// They stay straight, apostrophes too.
    Straight,
}

/// The words for them.
const QUOTE_STYLES: [(&str, QuoteStyle); 4] = [
    ("typed", QuoteStyle::Typed),
    ("single", QuoteStyle::Single),
    ("double", QuoteStyle::Double),
    ("straight", QuoteStyle::Straight),
];

/// The rules of a brochure, in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct House {
    /// The language whose marks and spaces are set.
    pub(super) lang: Lang,
    /// Quotes and apostrophes.
    pub(super) quotes: QuoteStyle,
    /// `--` and `---` become dashes.
    pub(super) dashes: bool,
    /// `...` becomes an ellipsis.
    pub(super) ellipsis: bool,
    /// Numbers are grouped, and hold on to their units.
    pub(super) numbers: bool,
    /// The euro sign holds on to its amount.
    pub(super) euro: bool,
    /// Phone numbers hold together.
    pub(super) phone: bool,
    /// Postcodes hold together.
    pub(super) postcode: bool,
    /// *IJ* is one letter to capitals.
    pub(super) ij: bool,
    /// Hyphens are dear beside that of an initialism.
    pub(super) initialisms: bool,
    /// Abbreviations, titles and initials hold together.
    pub(super) abbreviations: bool,
    /// What abbreviations are short for, from `[abbreviations]`.
    pub(super) full: Arc<[Abbreviation]>,
}

impl House {
    /// All rules of a language.
    pub(super) fn of(lang: Lang) -> House {
        House {
            lang,
            quotes: QuoteStyle::Typed,
            dashes: true,
            ellipsis: true,
            numbers: true,
            euro: true,
            phone: true,
            postcode: true,
            ij: true,
            initialisms: true,
            abbreviations: true,
            full: Arc::from([]),
        }
    }

    /// Changes the rules that a table names.
    pub(super) fn read(&mut self, mut fields: Fields<'_>, diags: &mut Diagnostics) {
        if let Some(quotes) = fields.choice("quotes", &QUOTE_STYLES, diags) {
            self.quotes = quotes;
        }
        let switches = [
            ("dashes", &mut self.dashes),
            ("ellipsis", &mut self.ellipsis),
            ("numbers", &mut self.numbers),
            ("euro", &mut self.euro),
            ("phone", &mut self.phone),
            ("postcode", &mut self.postcode),
            ("ij", &mut self.ij),
            ("initialisms", &mut self.initialisms),
            ("abbreviations", &mut self.abbreviations),
        ];
        for (key, switch) in switches {
            if let Some(on) = fields.bool(key, diags) {
                *switch = on;
            }
        }
        fields.finish(diags);
    }

    /// A whole number as it is printed.
    pub(super) fn integer(&self, value: i64) -> String {
        self.grouped(format::integer(value, self.lang))
    }

    /// A number as it is printed.
    pub(super) fn number(&self, value: f64) -> String {
        self.grouped(format::number(value, self.lang))
    }

    fn grouped(&self, printed: String) -> String {
        if self.numbers {
            return printed;
        }
        let thousands = if self.lang == Lang::En { ',' } else { '.' };
        printed.replace(thousands, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_the_house() {
        let mut house = House::of(Lang::Nl);
        assert_eq!(
            (house.integer(4179), house.number(12_345.5)),
            ("4.179".into(), "12.345,5".into())
        );
        house.numbers = false;
        assert_eq!(
            (house.integer(4179), house.number(12_345.5)),
            ("4179".into(), "12345,5".into())
        );
    }
}
