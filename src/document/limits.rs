//! What a printer accepts, as far as the theme decides it.

use crate::base::Abs;
use crate::color::Color;
use crate::diag::Span;

/// The limits that the file for the printer is held against, and the colours and
/// places in the theme that findings point to.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Pixels per inch at size below which an image is worth a look.
    pub image_ppi: f64,
    /// Pixels per inch at size below which an image is refused.
    pub image_ppi_least: f64,
    /// Pixels per inch at size below which an image of black and white alone is
    /// worth a look: it has no greys that would smooth its steps.
    pub line_art_ppi: f64,
    /// The width below which a line is worth a look.
    pub line_width: Abs,
    /// The width below which a line is refused.
    pub line_width_least: Abs,
    /// The type size below which text is worth a look.
    pub text_size: Abs,
    /// The type size below which text is refused.
    pub text_size_least: Abs,
    /// The type size below which light text on a dark ground is worth a look.
    pub reversed_text_size: Abs,
    /// The same for light faces, whose thin strokes fill up first.
    pub reversed_light_text_size: Abs,
    /// The type size below which text in three plates or more is worth a look.
    pub plates_text_size: Abs,
    /// The type size below which grey text in four plates is worth a look.
    pub grey_text_size: Abs,
    /// The distance from the trim that words and images keep.
    pub safe_zone: Abs,
    /// The least bleed.
    pub bleed: Abs,
    /// How far, in CIEDE2000, a colour may change on its way to the press.
    pub color_difference: f64,
    /// The contrast (WCAG 2.1, from 1 to 21) with its ground below which text is
    /// worth a look.
    pub contrast: f64,
    /// The same for large text; all text below it is refused.
    pub large_contrast: f64,
    /// The contrast with what is beside it below which a part of a chart is worth
    /// a look.
    pub graphics_contrast: f64,
    /// What the number of pages is a multiple of, so that folded sheets are full; 0
    /// if it may be any.
    pub page_multiple: usize,
    /// Where the theme gives its bleed.
    pub bleed_at: Option<Span>,
    /// The colours of the theme.
    pub swatches: Vec<Swatch>,
}

/// A colour of the theme, by its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Swatch {
    /// Its name.
    pub name: String,
    /// The colour.
    pub color: Color,
    /// Where it is given.
    pub span: Span,
}

impl Default for Limits {
    /// The limits of the built-in theme: what sheet-fed offset on coated paper
    /// takes, as Dutch printers ask for it.
    fn default() -> Limits {
        Limits {
            image_ppi: 225.0,
            image_ppi_least: 150.0,
            line_art_ppi: 600.0,
            line_width: Abs::pt(0.25),
            line_width_least: Abs::pt(0.1),
            text_size: Abs::pt(6.0),
            text_size_least: Abs::pt(5.0),
            reversed_text_size: Abs::pt(7.0),
            reversed_light_text_size: Abs::pt(10.0),
            plates_text_size: Abs::pt(7.0),
            grey_text_size: Abs::pt(14.0),
            safe_zone: Abs::mm(5.0),
            bleed: Abs::mm(3.0),
            color_difference: 10.0,
            contrast: 4.5,
            large_contrast: 3.0,
            graphics_contrast: 3.0,
            page_multiple: 4,
            bleed_at: None,
            swatches: Vec::new(),
        }
    }
}
