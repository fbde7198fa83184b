//! Holds a document against what a printer accepts and what readers can make out,
//! before the file is made.
//!
//! [`run`] asks every rule, a file each. A rule looks at the [`scene`]: the
//! document's items with the areas they take and what lies below them. Limits
//! come from the theme, by way of [`crate::document::Limits`]. A finding names
//! what was measured, the limit, and the place in the author's file; what has
//! the same cause (a text style, a colour, an image placed twice) is found once.
//!
//! | file | code |
//! |---|---|
//! | `resolution` | `image-resolution` |
//! | `profiles` | `image-profile` |
//! | `ink` | `ink-limit` |
//! | `hairlines` | `hairline` |
//! | `text_size` | `small-text` |
//! | `reversed` | `reversed-text` |
//! | `plates` | `plates-text` |
//! | `rgb_text` | `rgb-text` |
//! | `invisible` | `invisible-text` |
//! | `safe_zone` | `safe-zone` |
//! | `bleed` | `missing-bleed` |
//! | `gamut` | `out-of-gamut` |
//! | `contrast` | `low-contrast` |
//! | `graphics` | `graphics-contrast` |
//! | `fonts` | `font-embedding` |
//! | `sheets` | `page-count` |
//! | `date` | `date-missing` |

mod artwork;
mod backdrop;
mod bleed;
mod contrast;
mod date;
mod fonts;
mod gamut;
mod graphics;
mod hairlines;
mod ink;
mod invisible;
mod outline;
mod places;
mod plates;
mod profiles;
mod resolution;
mod reversed;
mod rgb_text;
mod safe_zone;
mod scene;
mod sheets;
mod text_size;

#[cfg(test)]
mod fixture;

use crate::color::Converter;
use crate::diag::Diagnostics;
use crate::document::Document;
use scene::Scene;

/// What a printer would send a document back for, and what he would ask about,
/// in the order of the author's files. `converter` is that of the document's
/// print condition.
///
/// The result depends on the document alone.
pub fn run(document: &Document, converter: &Converter) -> Diagnostics {
    find(document, converter, &[&PRINT, &READING])
}

/// What readers with weak eyes cannot make out, on screen or on paper: the rules
/// for a brochure that is not printed. [`run`] has them too. `converter` and
/// result are as there.
pub fn reading(document: &Document, converter: &Converter) -> Diagnostics {
    find(document, converter, &[&READING])
}

fn find(document: &Document, converter: &Converter, rules: &[&[Rule]]) -> Diagnostics {
    let scene = Scene::new(document, converter);
    let mut found = Diagnostics::new();
    for rule in rules.iter().copied().flatten() {
        rule(&scene, &mut found);
    }
    found.sort();
    found
}

/// Looks for faults of one kind.
type Rule = fn(&Scene<'_>, &mut Diagnostics);

/// About the file for the printer.
const PRINT: [Rule; 15] = [
    resolution::check,
    profiles::check,
    ink::check,
    hairlines::check,
    text_size::check,
    reversed::check,
    plates::check,
    rgb_text::check,
    invisible::check,
    safe_zone::check,
    bleed::check,
    gamut::check,
    fonts::check,
    sheets::check,
    date::check,
];

/// About what is read, in every file.
const READING: [Rule; 2] = [contrast::check, graphics::check];
