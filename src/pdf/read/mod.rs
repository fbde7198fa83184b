//! What a screen reader would say of a PDF, from its structure alone
//! (ISO 32000-1, 14.7 to 14.9).
//!
//! The stages, a file each: `file` looks up objects; `content` carries out
//! content streams and keeps the words of each marked-content sequence, by
//! `font` and `cmap`; `tree` puts those in the elements that refer to them;
//! `speech` says the elements in order, and `line` joins the words of a line;
//! `phrases` has the words that a screen reader adds.
//!
//! What the structure does not lead to is not read, and artifacts never.
//!
//! White: words are said as the file has them. A space is added only where the
//! pen moves to another line inside an element, and only if the file spells out
//! no space at any end of a line; files that do so mean what they leave out. A
//! soft hyphen is no sound.
//!
//! Fonts: codes are read by a ToUnicode map. Simple fonts without one are read by
//! their encoding, if it is a standard one or differs from it by known names.
//! Form XObjects are followed; optional content is read whether shown or not;
//! form fields say what they are called, not what is filled in.

mod cmap;
mod content;
mod error;
mod file;
mod font;
mod geometry;
mod line;
mod phrases;
mod speech;
mod target;
mod tree;

pub use error::ReadError;

use content::Sequences;
use file::File;
use serde::Serialize;
use speech::Speaker;

/// What a screen reader would say of a file.
///
/// Shown, it is a line for each announcement, in the language of the file:
/// Dutch, English or German, and English for others. Links and words in another
/// language stand in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The title of the document.
    pub title: Option<String>,
    /// The language of the document, as a tag by BCP 47.
    pub lang: Option<String>,
    /// What is said, in order.
    pub announcements: Vec<Announcement>,
}

/// What is said at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// What it is.
    #[serde(flatten)]
    pub what: What,
    /// In how many lists and tables it stands.
    pub depth: usize,
    /// The page it begins on, counted from 1, if that is known.
    pub page: Option<usize>,
    /// The words, joined as they are.
    pub words: Vec<Words>,
}

/// What is announced before the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// A heading; 1 is the highest level.
    Heading {
        /// The level, if it has one.
        level: Option<u8>,
    },
    /// Plain words.
    Paragraph,
    /// A list, before its entries.
    List {
        /// How many entries there are.
        entries: usize,
    },
    /// An entry of a list.
    Entry {
        /// What stands before it, if anything does.
        label: Option<String>,
    },
    /// A table, before its cells.
    Table {
        /// How many rows it has.
        rows: usize,
        /// How many columns it has.
        columns: usize,
    },
    /// A cell of a table.
    Cell {
        /// Its row, from 1.
        row: usize,
        /// Its first column, from 1.
        column: usize,
        /// Whether it names a row or column.
        head: bool,
    },
    /// A picture or drawing; the words describe it.
    Figure,
    /// The words that belong to a picture or table.
    Caption,
    /// A quotation.
    Quote,
    /// A note.
    Note,
    /// A table of contents, before its entries.
    Contents {
        /// How many entries there are.
        entries: usize,
    },
    /// An entry of a table of contents.
    ContentsEntry,
}

/// Words that are said in one voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The words, with the spaces around them.
    pub text: String,
    /// Their language, as a tag by BCP 47.
    pub lang: Option<String>,
    /// Where they lead, if they are a link: an address, or `#page=` and the number
    /// of a page of the file; empty if the file does not say. Neighbours that lead
    /// to the same place are one link in several voices.
    pub link: Option<String>,
    /// What stands on the page, where other words are said in its place: an
    /// abbreviation that is said in full.
    pub printed: Option<String>,
}

/// Reads a PDF aloud, by its structure alone.
///
/// # Errors
/// If the file is no PDF, is encrypted or damaged, has no structure, or its
/// structure leads to words whose font keeps them to itself.
pub fn read_aloud(bytes: &[u8]) -> Result<Reading, ReadError> {
    let file = File::load(bytes)?;
    let mut sequences = Sequences::default();
    let tree = tree::tree(&file, &mut sequences)?;
    let spelled = sequences.spell_spaces(&file)?;
    let mut speaker = Speaker::new(spelled);
    speaker.speak(&tree)?;
    let announcements = speaker.finish()?;
    if announcements.is_empty() {
        return Err(ReadError::Untagged);
    }
    let title = file.text(file.info(), b"Title").filter(|title| !title.trim().is_empty());
    Ok(Reading { title, lang: file.lang(file.catalog()?), announcements })
}

impl Announcement {
    /// All its words in a row.
    pub fn text(&self) -> String {
        self.words.iter().map(|words| words.text.as_str()).collect()
    }
}
