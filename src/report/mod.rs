//! How well a document is set: as data, and as warnings to its author.
//!
//! [`Report`] holds every line with its figures, and a [`Summary`] of what good
//! setting is judged by; `schema/layout.schema.json` describes its JSON. What
//! misses the [`limits`] is told by [`warnings`] at the author's lines. Both
//! look at the finished document only.

mod data;
mod faults;
pub mod limits;
mod summary;
mod survey;
mod tell;
#[cfg(test)]
mod tests;

pub use data::{
    ColumnReport, CopyfitReport, GridReport, LineReport, PageReport, Place, Protrusion, Report,
    VERSION,
};
pub use summary::{Gaps, Hyphens, LeastFilled, Limits, Summary, UnevenFeet};

use crate::diag::Diagnostics;
use crate::document::{OutlineEntry, Page};
use survey::Survey;

/// A warning for each miss of the [`limits`], at the line of the author's file.
///
/// Layout breaks a limit only where all other ways break a graver one, so each
/// warning says what would have to change.
pub fn warnings(pages: &[Page], outline: &[OutlineEntry]) -> Diagnostics {
    let survey = Survey::new(pages, outline);
    let mut diags = Diagnostics::new();
    let found = faults::find(&survey);
    diags.extend(found.into_iter().filter_map(|fault| tell::warning(&survey, fault)));
    diags
}

/// A number with so many decimals, and never a negative zero.
fn rounded(value: f64, decimals: u8) -> f64 {
    let unit = f64::from(10_u32.pow(u32::from(decimals.min(6))));
    (value * unit).round() / unit + 0.0
}
