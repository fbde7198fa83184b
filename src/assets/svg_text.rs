//! Text in an SVG: which fonts it may have, and its glyphs once they are placed.
//!
//! usvg shapes and places the glyphs as SVG and CSS have it. It sees the fonts
//! of the project and no others, and takes none in place of another: what asks
//! for a family, a face or a character that is not there is an error.

use super::drawing::{DrawingFill, DrawingGlyph, DrawingText};
use super::library::face_words;
use super::svg::unsupported;
use super::{Font, FontLibrary, LoadError};
use crate::base::{Abs, Path, Point, Segment, Transform};
use std::sync::{Arc, Mutex, PoisonError};
use usvg::fontdb::{self, Database};
use usvg::layout::{PositionedGlyph, Span};
use usvg::{FontFamily, FontResolver, FontStretch, FontStyle, Options, roxmltree};

/// The fonts of a project as usvg takes them, and what was not among them.
pub(super) struct Faces<'a> {
    library: &'a FontLibrary,
    database: Arc<Database>,
    /// In the order of the library; none for a font that usvg cannot read.
    ids: Vec<Option<fontdb::ID>>,
    missing: Mutex<Vec<Missing>>,
}

/// Something that text asks for and does not get.
enum Missing {
    /// A family or face, by what the file calls it, and what is missing; none if
    /// the file names no family.
    Font { name: String, what: Option<String> },
    /// A character, and the family and face that lack it.
    Glyph { character: char, face: String },
    /// A narrow or wide face: faces are told apart by weight and slant alone.
    Stretch { name: String },
}

/// The bytes of a shared font.
struct Bytes(Arc<Font>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.data()
    }
}

impl<'a> Faces<'a> {
    pub(super) fn new(library: &'a FontLibrary) -> Faces<'a> {
        let mut database = Database::new();
        let ids = library
            .faces()
            .iter()
            .map(|face| {
                let bytes = Arc::new(Bytes(Arc::clone(&face.font)));
                database.load_font_source(fontdb::Source::Binary(bytes)).first().copied()
            })
            .collect();
        Faces { library, database: Arc::new(database), ids, missing: Mutex::default() }
    }

    /// How usvg is to read a file.
    pub(super) fn options(&self) -> Options<'_> {
        Options {
            fontdb: Arc::clone(&self.database),
            // What text without a family gets, which is no family's name.
            font_family: String::new(),
            font_resolver: FontResolver {
                select_font: Box::new(|font, _| self.select(font)),
                select_fallback: Box::new(|character, used, _| {
                    self.lacks(character, used);
                    None
                }),
            },
            ..Options::default()
        }
    }

    /// The font of an id of usvg's.
    fn font(&self, id: fontdb::ID) -> Option<&Arc<Font>> {
        let index = self.ids.iter().position(|known| *known == Some(id))?;
        self.library.faces().get(index).map(|face| &face.font)
    }

    fn note(&self, missing: Missing) {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).push(missing);
    }

    fn lacks(&self, character: char, used: &[fontdb::ID]) {
        let index = used.first().and_then(|id| self.ids.iter().position(|i| *i == Some(*id)));
        let face = index.and_then(|index| self.library.faces().get(index));
        let face = face.map(|face| format!("{} {}", face.family, face.words()));
        self.note(Missing::Glyph { character, face: face.unwrap_or_default() });
    }

    /// The face that CSS asks for: the first family of its list that the project
    /// has, in the very weight and slant.
    fn select(&self, wanted: &usvg::Font) -> Option<fontdb::ID> {
        let italic = wanted.style() != FontStyle::Normal;
        let (faces, families) = (self.library.faces(), wanted.families());
        let at = |face: &super::LibraryFace| faces.iter().position(|other| other == face);
        for family in families {
            let FontFamily::Named(name) = family else { continue };
            // Illustrator writes the PostScript name of the face.
            let exact = faces.iter().find(|face| face.font.postscript_name == *name);
            let mut family = self.library.family(name).peekable();
            if family.peek().is_none() && exact.is_none() {
                continue;
            }
            if wanted.stretch() != FontStretch::Normal {
                self.note(Missing::Stretch { name: name.clone() });
                return None;
            }
            let named: Vec<_> = family.collect();
            let fits = named.iter().find(|f| f.weight == wanted.weight() && f.italic == italic);
            let face = fits.copied().or_else(|| exact.filter(|_| named.is_empty()));
            match face.and_then(at).and_then(|index| self.ids.get(index).copied().flatten()) {
                Some(id) => return Some(id),
                None => {
                    let face = face_words(wanted.weight(), italic);
                    let what = Some(format!("the face {face} of \"{name}\""));
                    self.note(Missing::Font { name: name.clone(), what });
                    return None;
                }
            }
        }
        let names: Vec<String> = families.iter().map(|family| family.to_string()).collect();
        let (name, what) = match families {
            [FontFamily::Named(name)] if name.is_empty() => (String::new(), None),
            [FontFamily::Named(name)] => (name.clone(), Some(format!("the font \"{name}\""))),
            [generic] => (generic.to_string(), Some(format!("the generic font \"{generic}\""))),
            _ => {
                let first = names.first().map(|name| name.trim_matches('"').to_owned());
                (first.unwrap_or_default(), Some(format!("one of the fonts {}", names.join(", "))))
            }
        };
        self.note(Missing::Font { name, what });
        None
    }

    /// Refuses a file whose text asked for what is not there.
    ///
    /// # Errors
    /// All fonts that are missing, or else all characters, with their lines.
    pub(super) fn check(&self, xml: &roxmltree::Document<'_>) -> Result<(), LoadError> {
        let missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut fonts, mut others, mut glyphs) = (Vec::new(), Vec::new(), Vec::new());
        let note = |list: &mut Vec<String>, words: String| {
            if !list.contains(&words) {
                list.push(words);
            }
        };
        for missing in missing.iter() {
            match missing {
                Missing::Font { name, what } => {
                    let line = line_of(xml, |t| !name.is_empty() && t.contains(name.as_str()));
                    let words = match what {
                        Some(what) => format!("in {what} (line {line})"),
                        None => format!("without a `font-family` (line {line})"),
                    };
                    note(&mut fonts, words);
                }
                Missing::Stretch { name } => {
                    let line = line_of(xml, |text| text.contains(name.as_str()));
                    note(&mut others, format!("font-stretch (line {line})"));
                }
                Missing::Glyph { character, face } => {
                    let line = line_of(xml, |text| text.contains(*character));
                    let code = u32::from(*character);
                    let words =
                        format!("\"{character}\" (U+{code:04X}) not in {face} (line {line})");
                    note(&mut glyphs, words);
                }
            }
        }
        if !fonts.is_empty() {
            let what = format!("text {}", fonts.join(", "));
            return Err(LoadError::UnknownFont { what, known: self.library.list() });
        }
        match (others.is_empty(), glyphs.is_empty()) {
            (true, true) => Ok(()),
            (false, _) => Err(unsupported(&others.join(", "))),
            (true, false) => Err(LoadError::MissingGlyph(glyphs.join(", "))),
        }
    }

    /// The glyphs of a span as runs on one baseline each.
    pub(super) fn runs(
        &self,
        span: &Span,
        outer: Transform,
        base: Transform,
        fill: &DrawingFill,
        clips: &[usize],
    ) -> Result<Vec<DrawingText>, LoadError> {
        let mut runs: Vec<Run> = Vec::new();
        for glyph in &span.positioned_glyphs {
            let glyph = self.place(glyph, outer, base)?;
            match runs.last_mut().filter(|run| run.takes(&glyph)) {
                Some(run) => run.glyphs.push(glyph),
                None => runs.push(Run { glyphs: vec![glyph] }),
            }
        }
        let back = base.inverse().unwrap_or(Transform::IDENTITY);
        let texts = runs.into_iter().filter_map(Run::set).map(|(transform, font, size, glyphs)| {
            DrawingText {
                transform: back.after(transform),
                font,
                size,
                glyphs,
                fill: fill.clone(),
                space: outer,
                clips: clips.to_vec(),
            }
        });
        Ok(texts.collect())
    }

    /// The outlines of a span's glyphs, in the units of its text.
    pub(super) fn outline(&self, span: &Span) -> Path {
        let mut path = Path::default();
        for glyph in &span.positioned_glyphs {
            let outline =
                u16::try_from(glyph.id.0).ok().and_then(|id| self.font(glyph.font)?.outline(id));
            let map = super::svg::convert(glyph.outline_transform());
            let place = |at: Point| {
                let (x, y) = map.apply(at.x.to_pt(), at.y.to_pt());
                Point::new(Abs::pt(x), Abs::pt(y))
            };
            let segments = outline.into_iter().flat_map(|outline| &outline.segments);
            path.segments.extend(segments.map(|segment| match *segment {
                Segment::Move(to) => Segment::Move(place(to)),
                Segment::Line(to) => Segment::Line(place(to)),
                Segment::Cubic(a, b, to) => Segment::Cubic(place(a), place(b), place(to)),
                Segment::Close => Segment::Close,
            }));
        }
        path
    }

    /// A glyph with the way from its em to points.
    fn place(
        &self,
        glyph: &PositionedGlyph,
        outer: Transform,
        base: Transform,
    ) -> Result<Placed, LoadError> {
        let font = self.font(glyph.font).ok_or_else(|| unsupported("a font of another kind"))?;
        let id = u16::try_from(glyph.id.0).map_err(|_| unsupported("a font of another kind"))?;
        let upem = f64::from(font.units_per_em);
        let em = super::svg::convert(glyph.transform()).after(Transform::scale(upem, upem));
        Ok(Placed {
            font: Arc::clone(font),
            id,
            map: base.after(outer).after(em),
            text: glyph.text.clone(),
        })
    }
}

/// The line of the first text, or name of a font, that fits; that of the first
/// text at all if none does.
fn line_of(xml: &roxmltree::Document<'_>, fits: impl Fn(&str) -> bool) -> u32 {
    let place = xml.descendants().find(|node| {
        node.is_text() && node.text().is_some_and(&fits)
            || node.attributes().any(|attribute| {
                matches!(attribute.name(), "font-family" | "style" | "font")
                    && fits(attribute.value())
            })
    });
    let place = place.or_else(|| xml.descendants().find(|node| node.tag_name().name() == "text"));
    place.map_or(1, |node| xml.text_pos_at(node.range().start).row)
}

/// A glyph of a font and where it stands.
struct Placed {
    font: Arc<Font>,
    id: u16,
    /// From the em, with y downwards, to points.
    map: Transform,
    text: String,
}

/// Glyphs that differ in their place alone.
struct Run {
    glyphs: Vec<Placed>,
}

impl Run {
    fn takes(&self, glyph: &Placed) -> bool {
        let Some(first) = self.glyphs.first() else { return true };
        let (m, n) = (first.map, glyph.map);
        let size = m.a.abs().max(m.b.abs()).max(m.c.abs()).max(m.d.abs());
        // Single precision has seven digits.
        let close = |a: f64, b: f64| (a - b).abs() <= size * 1e-5;
        Arc::ptr_eq(&first.font, &glyph.font)
            && close(m.a, n.a)
            && close(m.b, n.b)
            && close(m.c, n.c)
            && close(m.d, n.d)
    }

    /// The way from the run's points to the drawing's, and font, size and glyphs.
    /// The type size is what a glyph's em measures upwards.
    fn set(self) -> Option<(Transform, Arc<Font>, Abs, Vec<DrawingGlyph>)> {
        let first = self.glyphs.first()?;
        let Transform { a, b, c, d, e, f } = first.map;
        let em = (c * c + d * d).sqrt();
        let size = Abs::pt(em);
        if size <= Abs::ZERO {
            return None;
        }
        let linear = Transform { a: a / em, b: b / em, c: c / em, d: d / em, e: 0.0, f: 0.0 };
        let inverse = linear.inverse()?;
        let place = |glyph: &Placed| {
            let (x, y) = inverse.apply(glyph.map.e - e, glyph.map.f - f);
            (Abs::pt(x), Abs::pt(y))
        };
        let places: Vec<(Abs, Abs)> = self.glyphs.iter().map(place).collect();
        let font = Arc::clone(&first.font);
        let words = cluster_words(self.glyphs.iter().map(|glyph| glyph.text.as_str()));
        let glyphs = self.glyphs.iter().zip(&places).zip(words).enumerate();
        let glyphs = glyphs.map(|(index, ((glyph, at), text))| {
            let own = || font.advance(glyph.id).unwrap_or_default().at(size);
            DrawingGlyph {
                id: glyph.id,
                advance: places.get(index + 1).map_or_else(own, |next| next.0 - at.0),
                rise: Abs::ZERO - at.1,
                text,
            }
        });
        let glyphs = glyphs.collect();
        Some((Transform { e, f, ..linear }, font, size, glyphs))
    }
}

/// The same file with quotes about the names of fonts that CSS cannot read
/// without, such as `Source Sans 3`: drawing programs leave them out. None if
/// nothing is to be mended.
pub(super) fn with_quotes(text: &str, xml: &roxmltree::Document<'_>) -> Option<String> {
    let mut mended = String::new();
    let mut done = 0;
    for attribute in xml.descendants().flat_map(|node| node.attributes()) {
        let names = attribute.value();
        if attribute.name() != "font-family" || svgtypes::parse_font_families(names).is_ok() {
            continue;
        }
        let range = attribute.range_value();
        let quote = if text.get(..range.start)?.ends_with('\'') { '"' } else { '\'' };
        let names = names.split(',').map(|name| {
            let name = name.trim().trim_matches(['\'', '"']);
            format!("{quote}{name}{quote}")
        });
        mended.push_str(text.get(done..range.start)?);
        mended.push_str(&names.collect::<Vec<_>>().join(", "));
        done = range.end;
    }
    mended.push_str(text.get(done..)?);
    (done > 0).then_some(mended)
}

/// The words of each glyph, where those of a cluster of several glyphs stand with
/// its first one. usvg has them with the last.
fn cluster_words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut start = None;
    for (index, text) in texts.enumerate() {
        words.push(String::new());
        if text.is_empty() {
            start = start.or(Some(index));
        } else if let Some(word) = words.get_mut(start.take().unwrap_or(index)) {
            text.clone_into(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fonts_get_the_quotes_that_they_need() {
        let mended = |text: &str| with_quotes(text, &roxmltree::Document::parse(text).unwrap());
        assert_eq!(
            mended("<a font-family='Source Sans 3, Inter'/>").as_deref(),
            Some("<a font-family='\"Source Sans 3\", \"Inter\"'/>")
        );
        assert_eq!(mended("<a font-family=\"Source Sans, 'Source Sans 3'\"/>"), None);
    }

    #[test]
    fn the_words_of_a_cluster_stand_with_its_first_glyph() {
        let words = cluster_words(["a", "", "", "e\u{301}", "fi", ""].into_iter());
        assert_eq!(words, ["a", "e\u{301}", "", "", "fi", ""]);
    }
}
