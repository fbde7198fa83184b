//! The pages of the file to impose, with what they inherit.

use super::ImposeError;
use super::area::{Area, Turn};
use crate::base::{Abs, Size};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::BTreeSet;

/// A page of the file, ready to become a form.
#[derive(Debug)]
pub(super) struct SourcePage {
    /// How far it may be printed, in its own coordinates.
    pub(super) bleed: Area,
    /// Where it is cut, in its own coordinates.
    pub(super) trim: Area,
    /// How it is turned when shown.
    pub(super) turn: Turn,
    /// Its resources: a reference if they can be shared.
    pub(super) resources: Object,
    /// Its content streams in order.
    pub(super) contents: Vec<Stream>,
    /// Its transparency group, if it has one.
    pub(super) group: Option<Dictionary>,
}

impl SourcePage {
    /// The trimmed size as shown.
    pub(super) fn size(&self) -> Size {
        self.turn.size(self.trim.size())
    }

    /// The widest bleed of its four sides.
    pub(super) fn widest_bleed(&self) -> Abs {
        let (bleed, trim) = (&self.bleed, &self.trim);
        let sides = [
            trim.left - bleed.left,
            trim.bottom - bleed.bottom,
            bleed.right - trim.right,
            bleed.top - trim.top,
        ];
        sides.into_iter().fold(Abs::ZERO, Abs::max)
    }
}

/// A PDF begins within so many bytes (ISO 32000-1, annex H, note 13).
const HEADER_WITHIN: usize = 1024;
/// Page trees deeper than this are taken for damaged.
const DEEPEST: usize = 64;
/// Page attributes that a page takes over from the tree above it
/// (ISO 32000-1, table 30).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// Boxes may reach this far beyond each other, and sizes differ by as much: a
/// hundredth of a point is what writers round to.
const SLACK: Abs = Abs::sp(2 * 656);

/// Reads a PDF that is not encrypted.
pub(super) fn load(bytes: &[u8]) -> Result<Document, ImposeError> {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(ImposeError::NoPdf);
    }
    let pdf = Document::load_mem(bytes)?;
    if pdf.was_encrypted() || pdf.trailer.has(b"Encrypt") {
        return Err(ImposeError::Encrypted);
    }
    Ok(pdf)
}

/// The pages of a PDF in order; they are all of one size when cut.
pub(super) fn pages(pdf: &Document) -> Result<Vec<SourcePage>, ImposeError> {
    let dictionaries = page_dictionaries(pdf)?;
    if dictionaries.is_empty() {
        return Err(ImposeError::NoPages);
    }
    let without = |(at, page): (usize, &Dictionary)| (!page.has(b"TrimBox")).then_some(at + 1);
    let untrimmed: Vec<usize> = dictionaries.iter().enumerate().filter_map(without).collect();
    if !untrimmed.is_empty() {
        return Err(ImposeError::NoTrimBox(untrimmed));
    }
    let numbered = dictionaries.iter().enumerate();
    let pages =
        numbered.map(|(at, page)| read(pdf, page, at + 1)).collect::<Result<Vec<_>, _>>()?;
    let first = pages[0].size();
    for (at, page) in pages.iter().enumerate() {
        let found = page.size();
        let [wide, high] = [found.width - first.width, found.height - first.height].map(Abs::abs);
        if wide > SLACK || high > SLACK {
            return Err(ImposeError::Sizes { page: at + 1, found, first });
        }
    }
    Ok(pages)
}

/// The dictionaries of all pages, with inherited attributes filled in.
fn page_dictionaries(pdf: &Document) -> Result<Vec<Dictionary>, ImposeError> {
    let root = pdf.catalog()?.get(b"Pages")?.as_reference()?;
    let mut found = Vec::new();
    collect(pdf, root, &Dictionary::new(), &mut BTreeSet::new(), 0, &mut found)?;
    Ok(found)
}

/// Collects the pages below a node of the page tree.
fn collect(
    pdf: &Document,
    id: ObjectId,
    above: &Dictionary,
    seen: &mut BTreeSet<ObjectId>,
    depth: usize,
    found: &mut Vec<Dictionary>,
) -> Result<(), ImposeError> {
    if !seen.insert(id) || depth > DEEPEST {
        return Err(damaged("its page tree runs in circles"));
    }
    let node = pdf.get_dictionary(id)?;
    let mut inherited = above.clone();
    for key in INHERITED {
        if let Ok(value) = node.get(key) {
            inherited.set(key, value.clone());
        }
    }
    match node.get(b"Kids") {
        Ok(kids) => {
            for kid in resolve(pdf, kids)?.as_array()? {
                collect(pdf, kid.as_reference()?, &inherited, seen, depth + 1, found)?;
            }
        }
        Err(_) => {
            let mut page = node.clone();
            for (key, value) in &inherited {
                page.set(key.clone(), value.clone());
            }
            found.push(page);
        }
    }
    Ok(())
}

fn read(pdf: &Document, page: &Dictionary, number: usize) -> Result<SourcePage, ImposeError> {
    if let Some(unit) = entry(pdf, page, b"UserUnit")?
        && unit.as_float()? != 1.0
    {
        return Err(ImposeError::UserUnit { page: number });
    }
    let media = area(pdf, page, b"MediaBox")?
        .ok_or_else(|| damaged(&format!("page {number} has no MediaBox")))?;
    // Boxes that are not given take the place of the next larger one, and all
    // end at the edge of the MediaBox (ISO 32000-1, 14.11.2.1).
    let crop = area(pdf, page, b"CropBox")?.unwrap_or(media);
    let bleed = area(pdf, page, b"BleedBox")?.unwrap_or(crop).intersection(&media);
    let trim = area(pdf, page, b"TrimBox")?.ok_or_else(|| ImposeError::NoTrimBox(vec![number]))?;
    let size = trim.size();
    if !bleed.holds(&trim, SLACK) || size.width <= Abs::ZERO || size.height <= Abs::ZERO {
        return Err(ImposeError::WrongBoxes { page: number });
    }
    let degrees = match entry(pdf, page, b"Rotate")? {
        Some(degrees) => degrees.as_float()? as i64,
        None => 0,
    };
    let turn = Turn::degrees(degrees)
        .ok_or_else(|| damaged(&format!("page {number} is turned by {degrees} degrees")))?;
    let group = match entry(pdf, page, b"Group")? {
        Some(group) => Some(group.as_dict()?.clone()),
        None => None,
    };
    let resources = match page.get(b"Resources") {
        Ok(resources) => {
            resolve(pdf, resources)?.as_dict()?;
            resources.clone()
        }
        Err(_) => Object::Dictionary(Dictionary::new()),
    };
    Ok(SourcePage { bleed, trim, turn, resources, contents: contents(pdf, page)?, group })
}

/// The content streams of a page.
fn contents(pdf: &Document, page: &Dictionary) -> Result<Vec<Stream>, ImposeError> {
    let Some(contents) = entry(pdf, page, b"Contents")? else { return Ok(Vec::new()) };
    let list = match contents {
        Object::Array(list) => list.as_slice(),
        single => std::slice::from_ref(single),
    };
    list.iter().map(|part| Ok(resolve(pdf, part)?.as_stream()?.clone())).collect()
}

/// A box of a page, whichever two of its corners are given.
fn area(pdf: &Document, page: &Dictionary, key: &[u8]) -> Result<Option<Area>, ImposeError> {
    let Some(object) = entry(pdf, page, key)? else { return Ok(None) };
    let number = |object| Ok::<_, ImposeError>(f64::from(resolve(pdf, object)?.as_float()?));
    let sides = object.as_array()?.iter().map(number).collect::<Result<Vec<f64>, _>>()?;
    // PDF's own limit is far below (ISO 32000-1, annex C.2); so nothing that is
    // added up later overflows.
    let sound = |side: &f64| side.abs() <= 1e6;
    let &[a, b, c, d] = &sides[..] else { return Err(damaged("a page box has no four sides")) };
    if !sides.iter().all(sound) {
        return Err(damaged("a page box is larger than any page"));
    }
    let [left, bottom, right, top] = [a.min(c), b.min(d), a.max(c), b.max(d)].map(Abs::pt);
    Ok(Some(Area { left, bottom, right, top }))
}

/// What a key of a dictionary leads to; `null` is nothing (ISO 32000-1, 7.3.9).
pub(super) fn entry<'a>(
    pdf: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Result<Option<&'a Object>, ImposeError> {
    match dict.get(key) {
        Ok(object) => Ok(Some(resolve(pdf, object)?).filter(|object| !object.is_null())),
        Err(_) => Ok(None),
    }
}

/// What a reference leads to, or the object itself.
pub(super) fn resolve<'a>(
    pdf: &'a Document,
    object: &'a Object,
) -> Result<&'a Object, ImposeError> {
    Ok(pdf.dereference(object)?.1)
}

pub(super) fn damaged(what: &str) -> ImposeError {
    ImposeError::Damaged(what.to_owned())
}
