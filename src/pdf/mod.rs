//! Writing a document as a PDF.
//!
//! The stages, a file each: `fonts` subsets every face once; `content` writes a
//! page's operators (by `ops` and `text`) and collects what it refers to, of
//! which `images` and `drawings` make XObjects; `skeleton` lets printpdf build
//! pages and resources and takes over its object tree; `links`, `outline` and
//! `metadata` hang their objects into that tree; `finish` serialises it.
//!
//! Content streams are written here and not by printpdf, because a line of text
//! is then one operator instead of one a glyph, and because every number comes
//! from integers. Nothing reads a clock, a random number or a hash order: equal
//! documents give equal bytes.
//!
//! `impose` takes a finished file for the printer and lays its pages on sheets.

mod content;
mod drawings;
mod error;
mod finish;
mod fonts;
mod images;
mod impose;
mod links;
mod metadata;
mod number;
mod ops;
mod outline;
mod predict;
mod skeleton;
mod strings;
mod text;
mod unicode;
mod xobjects;

pub use error::PdfError;
pub use impose::{
    Blanks, ImposeError, ImposeOptions, Imposed, PaperThickness, PaperThicknessError, SheetSize,
    SheetSizeError, impose,
};

use crate::assets::Assets;
use crate::color::Converter;
use crate::document::Document;
use fonts::FontSet;
use skeleton::Skeleton;
use xobjects::{PreparedImages, XObjects};

/// What the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// The printer: process inks, trim and bleed boxes, no links; PDF 1.6.
    Print,
    /// Reading on a screen: sRGB, links; PDF 1.7.
    Screen,
}

impl Profile {
    /// All profiles, in the order in which files are written and named.
    pub const ALL: [Profile; 2] = [Profile::Print, Profile::Screen];

    /// The name, as it stands in options, results and file names.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Print => "print",
            Profile::Screen => "screen",
        }
    }
}

/// What all files of a process share: colour conversion and prepared images.
///
/// Create one and lend it to every job and thread.
#[derive(Debug)]
pub struct Cache {
    converter: Converter,
    prepared: PreparedImages,
}

impl Cache {
    /// An empty cache that converts colours with `converter`.
    pub fn new(converter: Converter) -> Cache {
        Cache { converter, prepared: PreparedImages::default() }
    }

    /// An empty cache for the program's own print condition.
    pub fn with_defaults(assets: &Assets) -> Cache {
        Cache::new(Converter::new(assets))
    }

    /// The colour conversion.
    pub fn converter(&self) -> &Converter {
        &self.converter
    }
}

/// How to write a document.
#[derive(Debug, Clone, Copy)]
pub struct PdfOptions<'a> {
    /// What the file is for.
    pub profile: Profile,
    /// What it may share with other files.
    pub cache: &'a Cache,
}

/// The bytes of a PDF file.
///
/// # Errors
/// If a font cannot be subset, or a glyph is not in its font; both mean that
/// the document was not made by this program's layout.
pub fn write(document: &Document, options: &PdfOptions<'_>) -> Result<Vec<u8>, PdfError> {
    write_with(document, options, &FontSet::collect(document)?)
}

/// The bytes of a PDF file for each of the profiles. Fonts are subset once for
/// all of them.
///
/// # Errors
/// As for [`write()`].
pub fn write_all(
    document: &Document,
    profiles: &[Profile],
    cache: &Cache,
) -> Result<Vec<Vec<u8>>, PdfError> {
    let fonts = FontSet::collect(document)?;
    let one = |&profile| write_with(document, &PdfOptions { profile, cache }, &fonts);
    profiles.iter().map(one).collect()
}

fn write_with(
    document: &Document,
    options: &PdfOptions<'_>,
    fonts: &FontSet,
) -> Result<Vec<u8>, PdfError> {
    let mut xobjects = XObjects::default();
    let pages = document
        .pages
        .iter()
        .map(|page| content::page(page, options, fonts, &mut xobjects))
        .collect::<Result<Vec<_>, _>>()?;
    let mut skeleton = Skeleton::new(&pages, fonts, xobjects, options.profile)?;
    if options.profile == Profile::Screen {
        links::add(&mut skeleton, &pages)?;
    }
    outline::add(&mut skeleton, &pages, &document.outline)?;
    metadata::add(&mut skeleton, &document.meta)?;
    finish::save(skeleton, options.profile)
}
