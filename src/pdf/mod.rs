//! Writing a document as a PDF.
//!
//! The stages, a file each: `fonts` subsets every face once; `content` writes a
//! page's operators (by `ops` and `text`) and collects what it refers to, of
//! which `images` and `drawings` (with `shadings` and `forms`) make XObjects; `skeleton` lets printpdf build
//! pages and resources and takes over its object tree; `links`, `outline` and
//! `metadata` hang their objects into that tree; `finish` serialises it.
//!
//! Content streams are written here and not by printpdf, because a line of text
//! is then one operator instead of one a glyph, and because every number comes
//! from integers. Nothing reads a clock, a random number or a hash order: equal
//! documents give equal bytes.
//!
//! What helps to find the way in a file for the screen: `links`, `outline`, the places
//! of `destinations` that both lead to, and `labels` of pages.
//!
//! `impose` takes a finished file for the printer and lays its pages on sheets;
//! `read` says what a screen reader would of a finished file for the screen.

mod content;
mod destinations;
mod drawings;
mod error;
mod finish;
mod fonts;
mod forms;
mod grounds;
mod images;
mod impose;
mod labels;
mod links;
mod marks;
mod metadata;
mod number;
mod ops;
mod outline;
mod output_intent;
mod predict;
mod read;
mod shadings;
mod skeleton;
mod strings;
mod tags;
mod text;
mod unhint;
mod unicode;
mod xobjects;

pub use error::PdfError;
pub use impose::{
    Blanks, ImposeError, ImposeOptions, Imposed, PaperThickness, PaperThicknessError, SheetSize,
    SheetSizeError, impose,
};
pub use read::{Announcement, ReadError, Reading, What, Words, read_aloud};

use crate::color::{Converter, PrintCondition, ProfileError};
use crate::document::{Document, GlyphRun, Print};
use fonts::FontSet;
use images::Extents;
use skeleton::Skeleton;
use std::sync::{Arc, Mutex, PoisonError};
use tags::Tags;
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

/// What all files of a process share: what has been made for each press.
///
/// Create one and lend it to every job and thread.
#[derive(Debug, Default)]
pub struct Cache {
    presses: Mutex<Vec<Arc<Press>>>,
}

/// What all files for one print condition share: colour conversion and prepared
/// images.
#[derive(Debug)]
pub struct Press {
    converter: Converter,
    prepared: PreparedImages,
}

impl Cache {
    /// An empty cache.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// What files for a print condition share.
    ///
    /// # Errors
    /// If the condition's profile cannot be used.
    pub fn press(&self, condition: &PrintCondition) -> Result<Arc<Press>, ProfileError> {
        // A process has few conditions, so that looking at each is quick.
        let mut presses = self.presses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = presses.iter().find(|press| press.converter.condition() == condition) {
            return Ok(Arc::clone(known));
        }
        let press = Arc::new(Press {
            converter: Converter::new(condition)?,
            prepared: PreparedImages::default(),
        });
        presses.push(Arc::clone(&press));
        Ok(press)
    }
}

impl Press {
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
    let files = write_all(document, &[options.profile], options.cache)?;
    files.into_iter().next().ok_or_else(|| PdfError::Serialise("no file was made".to_owned()))
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
    let slugs = marks::slugs(document);
    let slugs = slugs.iter().filter(|_| profiles.contains(&Profile::Print));
    let fonts = FontSet::collect(document, slugs.clone())?;
    let press = cache.press(&document.print.condition)?;
    let slugs: Vec<&GlyphRun> = slugs.collect();
    let one = |&profile| {
        let target = Target { profile, press: &press, print: &document.print };
        write_with(document, target, &fonts, &slugs)
    };
    profiles.iter().map(one).collect()
}

/// What a file is made for.
#[derive(Debug, Clone, Copy)]
struct Target<'a> {
    profile: Profile,
    press: &'a Press,
    print: &'a Print,
}

fn write_with(
    document: &Document,
    target: Target<'_>,
    fonts: &FontSet,
    slugs: &[&GlyphRun],
) -> Result<Vec<u8>, PdfError> {
    let mut xobjects = XObjects::new(Extents::collect(document));
    let tags = (target.profile == Profile::Screen).then(|| Tags::new(document));
    let pages = document.pages.iter().enumerate();
    let pages = pages
        .map(|(index, page)| {
            let tags = tags.as_ref().map(|tags| (tags, index));
            content::page(page, target, fonts, slugs.get(index).copied(), tags, &mut xobjects)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut skeleton = Skeleton::new(&pages, fonts, xobjects, target.profile)?;
    match target.profile {
        Profile::Print => output_intent::add_press(&mut skeleton, target.press)?,
        Profile::Screen => {
            output_intent::add_screen(&mut skeleton)?;
            let links = links::add(&mut skeleton, &pages)?;
            if let Some(tags) = tags {
                tags.add_to(&mut skeleton, &pages, &links)?;
            }
            destinations::add(&mut skeleton, &pages, &document.outline)?;
            labels::add(&mut skeleton)?;
            outline::add(&mut skeleton, &pages, &document.outline)?;
        }
    }
    metadata::add(&mut skeleton, document, target.profile)?;
    finish::save(skeleton, target.profile)
}
