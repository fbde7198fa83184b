//! The structure of a file as a tree of elements with their words
//! (ISO 32000-1, 14.7).

use super::ReadError;
use super::content::{Piece, Sequences};
use super::error::damaged;
use super::file::File;
use super::target::{Target, target};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// What an element is to somebody who listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A part of the whole, or something of no account by itself.
    Group,
    Paragraph,
    /// A heading of a level, or of none.
    Heading(Option<u8>),
    List,
    Entry,
    Label,
    Table,
    Row,
    HeadCell,
    Cell,
    Figure,
    Caption,
    Quote,
    Note,
    /// A table of contents, and its entries.
    Contents,
    ContentsEntry,
    /// Part of a line.
    Inline,
    Link,
    /// Not for readers.
    Private,
}

/// An element of the structure.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) kind: Kind,
    /// What is read in its place.
    pub(super) instead: Option<String>,
    /// Its language, its own or that around it.
    pub(super) lang: Option<String>,
    /// The columns and rows that a cell takes.
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) kids: Vec<Kid>,
    /// The page it says it is on.
    pub(super) page: Option<usize>,
}

/// What is in an element.
#[derive(Debug)]
pub(super) enum Kid {
    Element(Element),
    Words(Vec<Piece>),
    /// An annotation: where it leads, and what it says of itself.
    Annotation(Option<Target>, Option<String>),
}

/// Elements that lie deeper are taken for damage.
const DEEPEST: usize = 128;

/// The tree below the root of a file's structure, as one element.
pub(super) fn tree(file: &File, sequences: &mut Sequences) -> Result<Element, ReadError> {
    let catalog = file.catalog()?;
    let Ok(root) = catalog.get(b"StructTreeRoot") else { return Err(ReadError::Untagged) };
    let root = file.as_dict(file.sound(root, "the root of its structure")?);
    let Some(root) = root else { return Err(ReadError::Untagged) };
    let roles = file.dict(root, b"RoleMap");
    let mut builder = Builder { file, roles, sequences, seen: BTreeSet::new() };
    let mut whole = Element::group(file.lang(catalog));
    builder.kids(root, None, &mut whole, 0)?;
    Ok(whole)
}

impl Element {
    fn group(lang: Option<String>) -> Element {
        Element {
            kind: Kind::Group,
            instead: None,
            lang,
            columns: 1,
            rows: 1,
            kids: Vec::new(),
            page: None,
        }
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            _ => None,
        })
    }
}

struct Builder<'a, 's> {
    file: &'a File,
    roles: &'a Dictionary,
    sequences: &'s mut Sequences,
    seen: BTreeSet<ObjectId>,
}

impl<'a> Builder<'a, '_> {
    /// Adds what is in a dictionary's K to an element.
    fn kids(
        &mut self,
        dict: &'a Dictionary,
        page: Option<ObjectId>,
        into: &mut Element,
        depth: usize,
    ) -> Result<(), ReadError> {
        if depth > DEEPEST {
            return Err(damaged("its structure is nested without end"));
        }
        let Ok(kids) = dict.get(b"K") else { return Ok(()) };
        self.file.sound(kids, "a part of its structure")?;
        for kid in self.file.list(kids) {
            self.kid(kid, page, into, depth)?;
        }
        Ok(())
    }

    fn kid(
        &mut self,
        kid: &'a Object,
        page: Option<ObjectId>,
        into: &mut Element,
        depth: usize,
    ) -> Result<(), ReadError> {
        let file = self.file;
        match file.sound(kid, "a part of its structure")? {
            Object::Integer(mark) => self.words(page, page, *mark, into)?,
            Object::Dictionary(dict) => {
                let own = dict.get(b"Pg").and_then(Object::as_reference).ok();
                match file.name(dict, b"Type") {
                    Some(b"MCR") => {
                        let page = own.or(page);
                        let stream = dict.get(b"Stm").and_then(Object::as_reference).ok();
                        if let Ok(mark) = file.get(dict, b"MCID").as_i64() {
                            self.words(page, stream.or(page), mark, into)?;
                        }
                    }
                    Some(b"OBJR") => into.kids.extend(annotation(file, dict)),
                    _ => {
                        let again = kid.as_reference().is_ok_and(|id| !self.seen.insert(id));
                        if again {
                            return Err(damaged("an element stands in its structure twice"));
                        }
                        let element = self.element(dict, own, into.lang.as_deref(), depth)?;
                        into.kids.push(Kid::Element(element));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn words(
        &mut self,
        page: Option<ObjectId>,
        owner: Option<ObjectId>,
        mark: i64,
        into: &mut Element,
    ) -> Result<(), ReadError> {
        let (Some(page), Some(owner)) = (page, owner) else { return Ok(()) };
        let pieces = self.sequences.get(self.file, page, owner, mark)?;
        if !pieces.is_empty() {
            into.kids.push(Kid::Words(pieces.to_vec()));
        }
        Ok(())
    }

    fn element(
        &mut self,
        dict: &'a Dictionary,
        page: Option<ObjectId>,
        around: Option<&str>,
        depth: usize,
    ) -> Result<Element, ReadError> {
        let file = self.file;
        let kind = self.kind(file.name(dict, b"S").unwrap_or_default());
        let text = |key| file.text(dict, key);
        // A picture is described; other elements are spelled out first. What is
        // short for something is spoken in full (ISO 32000-1, 14.9.3 to 14.9.5).
        let instead = match kind {
            Kind::Figure => text(b"Alt").or_else(|| text(b"ActualText")),
            _ => text(b"ActualText").or_else(|| text(b"Alt")).or_else(|| text(b"E")),
        };
        let mut element = Element {
            kind,
            instead,
            columns: span(file, dict, b"ColSpan"),
            rows: span(file, dict, b"RowSpan"),
            page: page.and_then(|page| file.page_number(page)),
            ..Element::group(file.lang(dict).or_else(|| around.map(str::to_owned)))
        };
        self.kids(dict, page, &mut element, depth + 1)?;
        Ok(element)
    }

    /// What a structure type means. Types that are not standard ones are mapped
    /// to those (ISO 32000-1, 14.7.3); what is still not known is a group.
    fn kind(&self, mut name: &'a [u8]) -> Kind {
        // Maps that run in circles end here.
        for _ in 0..32 {
            if let Some(kind) = standard(name) {
                return kind;
            }
            match self.file.name(self.roles, name) {
                Some(mapped) => name = mapped,
                None => break,
            }
        }
        Kind::Group
    }
}

/// The standard structure types (ISO 32000-1, 14.8.4).
fn standard(name: &[u8]) -> Option<Kind> {
    Some(match name {
        b"Document" | b"Part" | b"Art" | b"Sect" | b"Div" | b"Index" | b"NonStruct" | b"LBody"
        | b"THead" | b"TBody" | b"TFoot" | b"Form" => Kind::Group,
        b"P" => Kind::Paragraph,
        b"H" => Kind::Heading(None),
        [b'H', level @ b'1'..=b'6'] => Kind::Heading(Some(level - b'0')),
        b"L" => Kind::List,
        b"LI" => Kind::Entry,
        b"Lbl" => Kind::Label,
        b"Table" => Kind::Table,
        b"TR" => Kind::Row,
        b"TH" => Kind::HeadCell,
        b"TD" => Kind::Cell,
        b"Figure" | b"Formula" => Kind::Figure,
        b"Caption" => Kind::Caption,
        b"BlockQuote" => Kind::Quote,
        b"Note" => Kind::Note,
        b"TOC" => Kind::Contents,
        b"TOCI" => Kind::ContentsEntry,
        b"Link" => Kind::Link,
        b"Span" | b"Quote" | b"Reference" | b"BibEntry" | b"Code" | b"Annot" | b"Ruby" | b"RB"
        | b"RT" | b"RP" | b"Warichu" | b"WT" | b"WP" => Kind::Inline,
        b"Private" | b"Artifact" => Kind::Private,
        _ => return None,
    })
}

/// How many columns or rows a cell takes, by its attributes (ISO 32000-1,
/// 14.8.5.7).
fn span(file: &File, dict: &Dictionary, key: &[u8]) -> usize {
    let attributes = file.list(file.get(dict, b"A")).iter();
    let mut spans = attributes.filter_map(|set| file.get(file.as_dict(set)?, key).as_i64().ok());
    // No table is wider than the reader's patience.
    spans.next_back().map_or(1, |span| span.clamp(1, 1000) as usize)
}

/// What an object reference leads to, if it is an annotation.
fn annotation(file: &File, reference: &Dictionary) -> Option<Kid> {
    let annotation = file.dict(reference, b"Obj");
    let words = file.text(annotation, b"Contents").or_else(|| file.text(annotation, b"TU"));
    let link = file.name(annotation, b"Subtype") == Some(b"Link");
    (!annotation.is_empty())
        .then(|| Kid::Annotation(link.then(|| target(file, annotation)).flatten(), words))
}
