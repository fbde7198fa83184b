//! Fonts: reduced to the glyphs in use and embedded once each.

use super::strings::{deflate, deflated, name, tag};
use super::unhint::unhint;
use super::unicode::{GlyphTexts, clusters, to_unicode};
use super::{PdfError, drawings};
use crate::assets::{Font, Image};
use crate::document::{Document, Glyph, GlyphKind, GlyphRun, Item, Page};
use lopdf::{Dictionary, Object, Stream, dictionary};
use skrifa::GlyphId;
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use std::sync::Arc;
use subsetter::GlyphRemapper;

/// All fonts of a document, ready to be embedded in any number of files.
#[derive(Debug)]
pub(super) struct FontSet {
    faces: Vec<Face>,
}

/// A font and what a PDF needs of it.
#[derive(Debug)]
pub(super) struct Face {
    font: Arc<Font>,
    /// The text of each glyph, by its number in the font.
    texts: GlyphTexts,
    /// The number in the subset by the number in the font; 0 if not in use.
    codes: Vec<u16>,
    /// Further codes of glyphs that stand for another text in some places: a
    /// hyphen that only the end of a line asks for, a letter that a break changes.
    others: Vec<Other>,
    /// Advances by the number in the subset, in 1/1000 em, as in the PDF.
    widths: Vec<u16>,
    /// The name with its subset tag.
    base_font: String,
    /// The font program, compressed.
    program: Vec<u8>,
    /// Its length before compression.
    program_length: usize,
    /// Whether the outlines are CFF instead of TrueType.
    is_cff: bool,
    /// The ToUnicode map, compressed.
    to_unicode: Vec<u8>,
}

/// A glyph with a text that is not its usual one, and its code for that.
#[derive(Debug)]
struct Other {
    glyph: u16,
    text: String,
    code: u16,
}

/// The glyphs of a font that a document uses.
struct Usage {
    font: Arc<Font>,
    used: Vec<bool>,
    /// Glyphs with other texts than their usual ones.
    others: Vec<(u16, String)>,
    texts: GlyphTexts,
}

impl FontSet {
    /// Finds the fonts and glyphs in use, in the document and in `more` runs, and
    /// subsets every font.
    ///
    /// # Errors
    /// If a font cannot be subset, or a glyph is not in its font.
    pub(super) fn collect<'a>(
        document: &'a Document,
        more: impl Iterator<Item = &'a GlyphRun>,
    ) -> Result<FontSet, PdfError> {
        let mut usages: Vec<Usage> = Vec::new();
        let mut add = |run: &GlyphRun| {
            let at = usages.iter().position(|usage| Arc::ptr_eq(&usage.font, &run.font));
            let at = at.unwrap_or_else(|| {
                usages.push(Usage::new(&run.font));
                usages.len() - 1
            });
            usages[at].add(run)
        };
        for run in document.pages.iter().flat_map(Page::runs).chain(more) {
            add(run)?;
        }
        for (_, item) in document.pages.iter().flat_map(|page| &page.frame.items) {
            if let Item::Picture(picture) = item
                && let Image::Drawing(drawing) = &picture.source
            {
                for text in drawing.texts() {
                    add(&drawings::glyph_run(text, picture.span))?;
                }
            }
        }
        let faces = usages.into_iter().map(Face::new).collect::<Result<_, _>>()?;
        Ok(FontSet { faces })
    }

    /// The index of a font and its face. `near` is where to look first.
    pub(super) fn find(&self, font: &Arc<Font>, near: usize) -> Option<(usize, &Face)> {
        let is = |face: &Face| Arc::ptr_eq(&face.font, font);
        if let Some(face) = self.faces.get(near).filter(|face| is(face)) {
            return Some((near, face));
        }
        self.faces.iter().enumerate().find(|(_, face)| is(face))
    }

    /// The objects of all fonts; the dictionary has them by [`resource_name`].
    pub(super) fn embed(&self, pdf: &mut lopdf::Document) -> Dictionary {
        let mut fonts = Dictionary::new();
        for (index, face) in self.faces.iter().enumerate() {
            fonts.set(resource_name(index), Object::Reference(face.embed(pdf)));
        }
        fonts
    }
}

/// The name of a font among a page's resources.
pub(super) fn resource_name(index: usize) -> String {
    format!("F{index}")
}

impl Usage {
    fn new(font: &Arc<Font>) -> Usage {
        let count = font.tables().maxp().map_or(0, |maxp| usize::from(maxp.num_glyphs()));
        Usage {
            font: font.clone(),
            used: vec![false; count],
            others: Vec::new(),
            texts: GlyphTexts::new(count),
        }
    }

    fn add(&mut self, run: &GlyphRun) -> Result<(), PdfError> {
        for glyph in &run.glyphs {
            *self.used.get_mut(usize::from(glyph.id)).ok_or_else(|| PdfError::NoSuchGlyph {
                name: self.font.postscript_name.clone(),
                glyph: glyph.id,
            })? = true;
        }
        for (range, text) in clusters(run) {
            let glyphs = &run.glyphs[range];
            let [Glyph { id, kind, .. }] = *glyphs else { continue };
            if text.is_empty() {
                continue;
            }
            // The hyphen's text counts as that of any hyphen, and must not be.
            let own = kind == GlyphKind::LineEndHyphen;
            if !own {
                self.texts.learn(id, text);
            }
            let usual = !own && self.texts.read_as(glyphs, text);
            let known = |(glyph, other): &(u16, String)| *glyph == id && other == text;
            if !usual && !self.others.iter().any(known) {
                self.others.push((id, text.to_owned()));
            }
        }
        Ok(())
    }
}

impl Face {
    fn new(usage: Usage) -> Result<Face, PdfError> {
        let Usage { font, used, others, texts } = usage;
        let fault = |reason: String| PdfError::Font { name: font.postscript_name.clone(), reason };
        let tables = font.tables();
        let hmtx = tables.hmtx().map_err(|e| fault(e.to_string()))?;
        let mut remapper = GlyphRemapper::new();
        let mut codes = vec![0; used.len()];
        // Glyph 0 stands for characters that a font lacks; it is always there.
        let glyphs: Vec<u16> =
            (0..used.len() as u16).filter(|&id| id == 0 || used[usize::from(id)]).collect();
        for &id in &glyphs {
            codes[usize::from(id)] = remapper.remap(id);
        }
        let upem = u32::from(font.units_per_em);
        let width_of = |id: u16| {
            let advance = u32::from(hmtx.advance(GlyphId::from(id)).unwrap_or_default());
            ((advance * 2000 + upem) / (2 * upem)) as u16
        };
        let mut widths: Vec<u16> = glyphs.iter().map(|&id| width_of(id)).collect();
        let mut program =
            subsetter::subset(font.data(), 0, &remapper).map_err(|e| fault(e.to_string()))?;
        let is_cff = program.starts_with(b"OTTO");
        if is_cff {
            // A bare CFF table, since that is what every reader takes.
            let subset = skrifa::FontRef::new(&program).map_err(|e| fault(e.to_string()))?;
            let table = subset.table_data(Tag::new(b"CFF ")).map(|data| data.as_bytes().to_vec());
            program = table.ok_or_else(|| fault("no CFF table".to_owned()))?;
        } else if let Some(bare) = unhint(&program) {
            program = bare;
        }
        // Fonts with CFF outlines cannot have two codes for a glyph.
        let others = if is_cff { Vec::new() } else { others };
        let others: Vec<Other> = (glyphs.len() as u16..=u16::MAX)
            .zip(others)
            .map(|(code, (glyph, text))| Other { glyph, text, code })
            .collect();
        widths.extend(others.iter().map(|other| width_of(other.glyph)));
        let texts_of = glyphs.iter().map(|&id| texts.get(id));
        let texts_of: Vec<&str> =
            texts_of.chain(others.iter().map(|other| other.text.as_str())).collect();
        let to_unicode = to_unicode(texts_of.into_iter());
        let tag = tag(&[font.postscript_name.as_bytes(), &program, &to_unicode]);
        Ok(Face {
            base_font: format!("{tag}+{}", font.postscript_name),
            program_length: program.len(),
            program: deflate(&program),
            to_unicode: deflate(&to_unicode),
            font,
            texts,
            codes,
            others,
            widths,
            is_cff,
        })
    }

    /// The code of a glyph in the PDF, and its advance there in 1/1000 em. `text`
    /// is that of the glyph if it is a cluster by itself.
    pub(super) fn code(&self, glyph: &Glyph, text: Option<&str>) -> (u16, i64) {
        let code = match text.and_then(|text| self.other_code(glyph, text)) {
            Some(code) => code,
            None => self.codes.get(usize::from(glyph.id)).copied().unwrap_or_default(),
        };
        (code, i64::from(self.widths.get(usize::from(code)).copied().unwrap_or_default()))
    }

    /// Whether a cluster of glyphs, by itself, reads as `text`.
    pub(super) fn reads_as(&self, glyphs: &[Glyph], text: &str) -> bool {
        match glyphs {
            [glyph] if self.other_code(glyph, text).is_some() => true,
            [glyph] if glyph.kind == GlyphKind::LineEndHyphen => false,
            _ => self.texts.read_as(glyphs, text),
        }
    }

    /// The code of a glyph for a text that is not its usual one.
    fn other_code(&self, glyph: &Glyph, text: &str) -> Option<u16> {
        let is = |other: &&Other| other.glyph == glyph.id && other.text == text;
        self.others.iter().find(is).map(|other| other.code)
    }

    /// From codes to glyphs of the subset, two bytes each (ISO 32000-1, 9.7.4.2).
    fn code_map(&self) -> Option<Vec<u8>> {
        let plain = self.widths.len() - self.others.len();
        let glyph = |other: &Other| self.codes.get(usize::from(other.glyph)).copied();
        let codes = (0..plain as u16).chain(self.others.iter().filter_map(glyph));
        (!self.others.is_empty()).then(|| codes.flat_map(u16::to_be_bytes).collect())
    }

    /// A composite font with its descendant, descriptor and program
    /// (ISO 32000-1, 9.7 and 9.8).
    fn embed(&self, pdf: &mut lopdf::Document) -> lopdf::ObjectId {
        let mut program = Dictionary::new();
        let (subtype, key) = if self.is_cff {
            program.set("Subtype", name("CIDFontType0C"));
            ("CIDFontType0", "FontFile3")
        } else {
            program.set("Length1", self.program_length as i64);
            ("CIDFontType2", "FontFile2")
        };
        let program = pdf.add_object(deflated(program, self.program.clone()));
        let mut descriptor = self.descriptor();
        descriptor.set(key, Object::Reference(program));
        let descriptor = pdf.add_object(descriptor);
        let widths = self.widths.iter().map(|&width| Object::Integer(i64::from(width))).collect();
        let mut descendant = dictionary! {
            "Type" => name("Font"),
            "Subtype" => name(subtype),
            "BaseFont" => name(&self.base_font),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => Object::Reference(descriptor),
            "W" => Object::Array(vec![Object::Integer(0), Object::Array(widths)]),
        };
        if !self.is_cff {
            let map = match self.code_map() {
                Some(map) => pdf.add_object(deflated(Dictionary::new(), deflate(&map))).into(),
                None => name("Identity"),
            };
            descendant.set("CIDToGIDMap", map);
        }
        let descendant = pdf.add_object(descendant);
        let to_unicode: Stream = deflated(Dictionary::new(), self.to_unicode.clone());
        let to_unicode = pdf.add_object(to_unicode);
        pdf.add_object(dictionary! {
            "Type" => name("Font"),
            "Subtype" => name("Type0"),
            "BaseFont" => name(&self.base_font),
            "Encoding" => name("Identity-H"),
            "DescendantFonts" => Object::Array(vec![Object::Reference(descendant)]),
            "ToUnicode" => Object::Reference(to_unicode),
        })
    }

    fn descriptor(&self) -> Dictionary {
        let tables = self.font.tables();
        let upem = f64::from(self.font.units_per_em);
        let unit = |value: f64| Object::Integer((value * 1000.0 / upem).round() as i64);
        let em = |value: crate::base::Em| unit(value.get() * upem);
        let bounds = tables
            .head()
            .map_or([0; 4], |head| [head.x_min(), head.y_min(), head.x_max(), head.y_max()]);
        let post = tables.post().ok();
        let slant = post.as_ref().map_or(0.0, |post| post.italic_angle().to_f64());
        let fixed = post.as_ref().is_some_and(|post| post.is_fixed_pitch() != 0);
        // ISO 32000-1, table 123: fixed pitch, symbolic (codes are glyph
        // numbers, no standard encoding), italic.
        let flags = i64::from(fixed) | 1 << 2 | i64::from(slant != 0.0) << 6;
        // No table holds the stem's width; this line through the usual values
        // of light and bold faces is what PDF producers use.
        let weight = tables.os2().map_or(400, |os2| i64::from(os2.us_weight_class()));
        let stem = 10 + (weight - 50).max(0) * 244 / 1000;
        dictionary! {
            "Type" => name("FontDescriptor"),
            "FontName" => name(&self.base_font),
            "Flags" => flags,
            "FontBBox" => Object::Array(bounds.map(|v| unit(f64::from(v))).to_vec()),
            "ItalicAngle" => Object::Integer(slant.round() as i64),
            "Ascent" => em(self.font.ascent),
            "Descent" => em(crate::base::Em::new(-self.font.descent.get())),
            "CapHeight" => em(self.font.cap_height),
            "StemV" => stem,
        }
    }
}
