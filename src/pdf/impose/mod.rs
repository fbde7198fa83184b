//! Imposition for a saddle stitch: two pages side by side on each side of a
//! sheet, in the order that folding and stitching puts right.
//!
//! The stages, a file each: `source` reads the pages of a file; `order` says
//! which two stand on a side, and where blank ones go; `sheet` says where, and
//! `creep` how far the pages of inner sheets move towards the fold; `form` makes
//! a form XObject of each page; `marks` draws crop, fold and registration marks,
//! the colour bar and the slug line (with the letters of `lettering`);
//! `assemble` builds the sheets as pages; `reach` leaves out what they do not
//! need and sees that nothing is missing.
//!
//! A sheet's TrimBox is what the knife leaves of both pages together, its
//! BleedBox that and the bleed, its MediaBox the whole sheet. Fonts, images,
//! spot colours, overprint and transparency are those of the file, since its
//! objects are taken over as they are; so are its output intent and what it
//! says of itself (`claim` refuses a PDF/X without one). If it was PDF/X-4, so is the result: the marks are in the
//! colour `All` or in process inks, and no font is added. Outline, page labels,
//! links and structure belong to pages and are left out.

mod area;
mod assemble;
mod claim;
mod creep;
mod error;
mod form;
mod lettering;
mod marks;
mod options;
mod order;
mod reach;
mod sheet;
mod source;

pub use error::ImposeError;
pub use options::{ImposeOptions, PaperThickness, PaperThicknessError, SheetSize, SheetSizeError};
pub use order::Blanks;

use crate::base::{Abs, Size};
use assemble::Assembly;
use lettering::Lettering;
use marks::Marks;
use order::{Face, Side};
use sheet::{Half, Spread};
use source::SourcePage;

/// An imposed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imposed {
    /// The bytes of the PDF: for each sheet, from the outermost, its front and
    /// its back.
    pub bytes: Vec<u8>,
    /// Pages of the file that went onto sheets.
    pub pages: usize,
    /// Blank pages that were added.
    pub blanks: usize,
    /// Sheets of paper.
    pub sheets: usize,
}

/// Imposes a PDF for a saddle stitch.
///
/// # Errors
/// If the file cannot be read, calls itself PDF/X without naming a press, or its
/// pages do not fill the sheets or do not fit on them.
pub fn impose(bytes: &[u8], options: &ImposeOptions) -> Result<Imposed, ImposeError> {
    let pdf = source::load(bytes)?;
    let pages = source::pages(&pdf)?;
    claim::check(&pdf)?;
    let blanks = order::missing(pages.len());
    let policy = match options.blanks {
        Some(policy) => policy,
        None if blanks == 0 => Blanks::End,
        None => return Err(ImposeError::PageCount { pages: pages.len(), missing: blanks }),
    };
    let sequence = order::sequence(pages.len(), policy);
    let sides = order::sides(sequence.len());
    let spread = spread(&pages, sides.len() / 2, options)?;
    let lettering = Lettering::new();
    let marks = Marks { spread: &spread, lettering: &lettering, color_bar: options.color_bar };
    let mut assembly = Assembly::new(pdf, &pages)?;
    for side in &sides {
        let creep = creep::shift(side.sheet, options.paper.length());
        let [left, right] = [side.left, side.right].map(|place| sequence[place]);
        for (page, half) in [(left, Half::Left), (right, Half::Right)] {
            if let Some(page) = page {
                assembly.place(page, &spread.place(half, creep));
            }
        }
        let slug = slug(options, *side, sides.len() / 2, [left, right], creep);
        assembly.draw(&marks.draw(creep, &slug));
        let [media, bleed, trim] = [spread.media(), spread.bleed(creep), spread.trim(creep)];
        assembly.end_side(media, bleed, trim);
    }
    Ok(Imposed {
        bytes: assembly.finish(bytes, options)?,
        pages: pages.len(),
        blanks,
        sheets: sides.len() / 2,
    })
}

/// Where the pages lie, if they fit and the innermost ones keep enough width.
fn spread(
    pages: &[SourcePage],
    sheets: usize,
    options: &ImposeOptions,
) -> Result<Spread, ImposeError> {
    let size = pages.first().map_or(Size::default(), SourcePage::size);
    let bleed = pages.iter().map(SourcePage::widest_bleed).fold(Abs::ZERO, Abs::max);
    if creep::shift(sheets.saturating_sub(1), options.paper.length()) > size.width / 4 {
        return Err(ImposeError::TooMuchCreep { sheets });
    }
    Spread::new(options.sheet.size(), size, bleed)
}

/// What the slug line says: the file, the sheet, its side and its pages.
fn slug(
    options: &ImposeOptions,
    side: Side,
    sheets: usize,
    pages: [Option<usize>; 2],
    creep: Abs,
) -> String {
    let [left, right] = pages.map(|page| match page {
        Some(page) => (page + 1).to_string(),
        None => "blank".to_owned(),
    });
    let face = match side.face {
        Face::Front => "front",
        Face::Back => "back",
    };
    let name = if options.slug.is_empty() { String::new() } else { format!("{}   ", options.slug) };
    let sheet = side.sheet + 1;
    let creep = if creep == Abs::ZERO {
        String::new()
    } else {
        format!("   creep {} mm", options::Millimetres(creep))
    };
    format!("{name}sheet {sheet} of {sheets}, {face}   pages {left} + {right}{creep}")
}
