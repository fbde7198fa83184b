//! What the printer's file is made for.

use super::Limits;
use crate::assets::Font;
use crate::color::{Artwork, Color, PrintCondition};
use crate::diag::Span;
use std::sync::Arc;

/// How a document is printed.
#[derive(Debug, Clone)]
pub struct Print {
    /// The press, its paper and its limits.
    pub condition: PrintCondition,
    /// What large black areas are printed with; black ink alone if there is none.
    pub rich_black: Option<Color>,
    /// What artwork is printed with instead of its own colours.
    pub artwork: Artwork,
    /// What stands outside the bleed.
    pub marks: Marks,
    /// What the file is held against before it goes to the printer.
    pub limits: Limits,
}

/// Marks for the printer, outside the bleed.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Lines at the corners where the paper is cut.
    pub crop: bool,
    /// Lines at the corners of the bleed.
    pub bleed: bool,
    /// Targets in the middle of each side, to lay the plates over each other.
    pub registration: bool,
    /// Patches of each ink.
    pub color_bar: bool,
    /// A line that says which page of what this is.
    pub slug: Option<Slug>,
}

impl Marks {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        !(self.crop || self.bleed || self.registration || self.color_bar || self.slug.is_some())
    }
}

/// The line that names file, page and date.
#[derive(Debug, Clone)]
pub struct Slug {
    /// Its face.
    pub font: Arc<Font>,
    /// The words before the page's number.
    pub name: String,
    /// Where it comes from.
    pub span: Span,
}

impl Default for Print {
    /// On coated paper, with black ink alone and without marks.
    fn default() -> Print {
        Print {
            condition: PrintCondition::fogra39(),
            rich_black: None,
            artwork: Artwork::new(),
            marks: Marks::default(),
            limits: Limits::default(),
        }
    }
}
