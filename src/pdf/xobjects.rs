//! Images and drawings that pages refer to: one XObject each, however often
//! and on how many pages it is placed.

use super::drawings::{self, Placing};
use super::fonts::FontSet;
use super::forms::Form;
use super::images::{self, Extents, Prepared};
use super::{PdfError, Profile, Target};
use crate::assets::{Drawing, Raster};
use crate::color::Artwork;
use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The XObjects of one file, in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct XObjects {
    extents: Extents,
    rasters: Vec<(Arc<Raster>, Arc<Prepared>)>,
    drawings: Vec<Placed>,
}

/// A drawing in use.
#[derive(Debug)]
struct Placed {
    drawing: Arc<Drawing>,
    /// Whether black text in it may print over what lies below it.
    room: bool,
    form: Arc<Form>,
}

impl XObjects {
    /// None yet, for a document that places images at these sizes.
    pub(super) fn new(extents: Extents) -> XObjects {
        XObjects { extents, ..XObjects::default() }
    }

    /// The resource name of an image, and whether it lets through what is behind.
    pub(super) fn raster(
        &mut self,
        raster: &Arc<Raster>,
        target: Target<'_>,
    ) -> Result<(String, bool), PdfError> {
        let known = self.rasters.iter().position(|(known, _)| Arc::ptr_eq(known, raster));
        let index = match known {
            Some(index) => index,
            None => {
                let (profile, press) = (target.profile, target.press);
                let wanted = self.extents.wanted(raster, profile);
                let prepared = press.prepared.rasters.get(raster, (profile, wanted), |raster| {
                    images::prepare(raster, profile, &press.converter, wanted)
                })?;
                self.rasters.push((raster.clone(), prepared));
                self.rasters.len() - 1
            }
        };
        Ok((raster_name(index), raster.transparent))
    }

    /// The resource name of a drawing, and its form.
    pub(super) fn drawing(
        &mut self,
        drawing: &Arc<Drawing>,
        target: Target<'_>,
        fonts: &FontSet,
        placing: Placing,
    ) -> Result<(String, &Form), PdfError> {
        let has_text = !drawing.texts().is_empty();
        // Only text asks what lies below.
        let room = has_text && placing.room;
        let known = self
            .drawings
            .iter()
            .position(|known| Arc::ptr_eq(&known.drawing, drawing) && known.room == room);
        let index = match known {
            Some(index) => index,
            None => {
                let make = |drawing: &Drawing| drawings::form(drawing, target, fonts, placing);
                // The codes of glyphs are those of the document's own fonts.
                let form = if has_text {
                    Arc::new(make(drawing))
                } else {
                    let which = (target.profile, target.print.artwork.clone());
                    target.press.prepared.drawings.get(drawing, which, |d| Ok(make(d)))?
                };
                self.drawings.push(Placed { drawing: drawing.clone(), room, form });
                self.drawings.len() - 1
            }
        };
        Ok((drawing_name(index), &self.drawings[index].form))
    }

    /// The drawings' forms by their resource names.
    pub(super) fn forms(&self) -> Vec<(String, Arc<Form>)> {
        let drawings = self.drawings.iter().enumerate();
        drawings.map(|(index, known)| (drawing_name(index), Arc::clone(&known.form))).collect()
    }

    /// All of them as printpdf takes them.
    pub(super) fn into_map(self) -> BTreeMap<XObjectId, XObject> {
        let external = |stream: ExternalStream| {
            XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
        };
        let rasters = self.rasters.iter().enumerate().map(|(index, (raster, prepared))| {
            (XObjectId(raster_name(index)), external(prepared.xobject(raster)))
        });
        let drawings =
            self.drawings.iter().enumerate().map(|(index, known)| {
                (XObjectId(drawing_name(index)), external(known.form.xobject()))
            });
        rasters.chain(drawings).collect()
    }
}

fn raster_name(index: usize) -> String {
    format!("I{index}")
}

fn drawing_name(index: usize) -> String {
    format!("D{index}")
}

/// Images and drawings in the form that files take them, made once a process.
#[derive(Debug, Default)]
pub(super) struct PreparedImages {
    rasters: Shelf<Raster, RasterPurpose, Prepared>,
    /// Drawings without text.
    drawings: Shelf<Drawing, (Profile, Artwork), Form>,
}

/// What an image is prepared for: a profile and a size as stored, if not its own.
type RasterPurpose = (Profile, Option<(u32, u32)>);

/// Results by the thing they were made of and what they were made for. The thing
/// is kept, so that its address stays its own.
#[derive(Debug)]
struct Shelf<K, W, V> {
    entries: Mutex<Entries<K, W, V>>,
}

/// By the address of the thing and what it was made for.
type Entries<K, W, V> = BTreeMap<(usize, W), Arc<Entry<K, V>>>;

#[derive(Debug)]
struct Entry<K, V> {
    key: Arc<K>,
    value: OnceLock<Result<Arc<V>, PdfError>>,
}

impl<K, W, V> Default for Shelf<K, W, V> {
    fn default() -> Self {
        Shelf { entries: Mutex::default() }
    }
}

impl<K, W: Ord, V> Shelf<K, W, V> {
    /// The result for `key` and a purpose, made now if there is none. A second thread that
    /// wants the same waits for the first.
    fn get(
        &self,
        key: &Arc<K>,
        purpose: W,
        make: impl FnOnce(&K) -> Result<V, PdfError>,
    ) -> Result<Arc<V>, PdfError> {
        let address = Arc::as_ptr(key) as usize;
        let entry = self
            .entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry((address, purpose))
            .or_insert_with(|| Arc::new(Entry { key: key.clone(), value: OnceLock::new() }))
            .clone();
        entry.value.get_or_init(|| make(&entry.key).map(Arc::new)).clone()
    }
}

/// A name for printpdf's dictionaries.
pub(super) fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

/// An integer for printpdf's dictionaries.
pub(super) fn integer(value: i64) -> DictItem {
    DictItem::Int(value)
}

/// An array of numbers for printpdf's dictionaries.
pub(super) fn numbers<const N: usize>(values: [f32; N]) -> DictItem {
    DictItem::Array(values.map(DictItem::Real).to_vec())
}

/// A dictionary in printpdf's dictionaries.
pub(super) fn dict<'a>(entries: impl IntoIterator<Item = (&'a str, DictItem)>) -> DictItem {
    let map = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    DictItem::Dict { map }
}
