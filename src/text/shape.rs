//! Shaping, word by word, each word once.
//!
//! Words are shaped in font units, without the spaces around them: the size
//! comes in only when a line is set, and a word that recurs in another size
//! or another paragraph is found in a table. Kerning between a letter and a
//! space, which few faces have, is therefore not applied; nor is anything else
//! that reaches across a space.

use super::breaks::{self, Break};
use super::prepare::{Part, PartKind};
use crate::assets::Font;
use crate::base::Lang;
use crate::theme::Feature;
use harfrust::{Buffer, BufferFlags, Direction, Language, Script, ShapeOptions, ShapePlan, Tag};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Glyphs kept before the tables are emptied, about 12 MB. A brochure has some
/// ten thousand in different words; this bounds a process that sets thousands.
const MAX_GLYPHS: usize = 500_000;

/// One way to shape: a face, a language and features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlanId(u32);

/// A shaped string. Valid until [`Shaper::tidy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

/// A glyph in font units.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShapedGlyph {
    pub(super) id: u16,
    pub(super) advance: i32,
    pub(super) dx: i32,
    pub(super) dy: i32,
    /// The first byte in the word of the characters it stands for.
    pub(super) cluster: u32,
    /// Whether what stands before and after the glyph's left edge comes out the
    /// same if shaped apart.
    pub(super) safe: bool,
    /// Whether tracking goes after it: it ends its cluster.
    pub(super) tracked: bool,
}

/// A place where a word may be broken, measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordBreak {
    pub(super) place: Break,
    /// Width of the word's glyphs before the place.
    pub(super) width: i32,
    /// How many of them are tracked.
    pub(super) tracked: i32,
    /// What a break adds to the width before it: a hyphen, kerning undone.
    pub(super) before: i32,
    /// What a break adds to the number of tracked glyphs before it, the hyphen
    /// not counted: letters may fall away.
    pub(super) before_tracked: i32,
    /// What a break adds to the width after it.
    pub(super) after: i32,
}

/// How far the measuring of a word's breaks has come.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    /// The glyph after the last place.
    next: usize,
    width: i32,
    tracked: i32,
}

impl Cursor {
    /// Goes on to the first glyph that does not stand for characters before `at`.
    fn advance(&mut self, glyphs: &[ShapedGlyph], at: u32) {
        while let Some(glyph) = glyphs.get(self.next).filter(|g| g.cluster < at) {
            self.next += 1;
            self.width += glyph.advance;
            self.tracked += i32::from(glyph.tracked);
        }
    }
}

/// A string as shaped.
#[derive(Debug, Clone)]
pub(super) struct Word {
    glyphs: Range<usize>,
    /// Sum of the advances.
    pub(super) width: i32,
    /// How many glyphs are tracked.
    pub(super) tracked: i32,
    /// Whether the face lacks a character of it.
    pub(super) missing: bool,
    /// Where it may be broken, if it is a whole token; found when first asked.
    breaks: Option<Range<usize>>,
}

/// A face with its shaping plan and the words shaped so far.
struct Plan {
    font: Arc<Font>,
    lang: Lang,
    language: Option<Language>,
    features: Vec<Feature>,
    tracked: bool,
    plan: ShapePlan,
    requested: Vec<harfrust::Feature>,
    words: HashMap<Box<str>, WordId>,
}

/// All plans and all words.
pub(super) struct Shaper {
    plans: Vec<Plan>,
    words: Vec<Word>,
    glyphs: Vec<ShapedGlyph>,
    breaks: Vec<WordBreak>,
    /// Reused for every word.
    buffer: Buffer,
    found: Vec<Break>,
}

impl Shaper {
    pub(super) fn new() -> Shaper {
        Shaper {
            plans: Vec::new(),
            words: Vec::new(),
            glyphs: Vec::new(),
            breaks: Vec::new(),
            buffer: Buffer::new(),
            found: Vec::new(),
        }
    }

    /// Empties the tables if they have grown too large. All [`WordId`]s become
    /// invalid then, so this is called between paragraphs only.
    pub(super) fn tidy(&mut self) {
        if self.glyphs.len() > MAX_GLYPHS {
            self.glyphs.clear();
            self.words.clear();
            self.breaks.clear();
            self.plans.clear();
        }
    }

    /// The plan for a face, a language, features, and whether letters are tracked.
    ///
    /// Tracked letters have no ligatures: those would stand closer than the rest.
    pub(super) fn plan(
        &mut self,
        font: &Arc<Font>,
        lang: Lang,
        features: &[Feature],
        tracked: bool,
    ) -> PlanId {
        let known = self.plans.iter().position(|p| {
            Arc::ptr_eq(&p.font, font)
                && p.lang == lang
                && p.tracked == tracked
                && p.features == features
        });
        if let Some(index) = known {
            return PlanId(index as u32);
        }
        let request = |tag: &[u8; 4], value| harfrust::Feature::new(Tag::new(tag), value, ..);
        let mut requested = Vec::new();
        if tracked {
            requested.extend([request(b"liga", 0), request(b"clig", 0)]);
        }
        requested.extend(features.iter().map(|f| request(&f.tag, f.value)));
        let language = Language::new(lang.tag());
        let plan = font.shape_plan(Script::LATIN, language.as_ref(), &requested);
        self.plans.push(Plan {
            font: Arc::clone(font),
            lang,
            language,
            features: features.to_vec(),
            tracked,
            plan,
            requested,
            words: HashMap::new(),
        });
        PlanId((self.plans.len() - 1) as u32)
    }

    /// The face of a plan.
    pub(super) fn font(&self, plan: PlanId) -> &Arc<Font> {
        &self.plans[plan.0 as usize].font
    }

    /// A word, shaped now or before.
    pub(super) fn word(&mut self, plan: PlanId, text: &str) -> WordId {
        if let Some(&word) = self.plans[plan.0 as usize].words.get(text) {
            return word;
        }
        let word = self.shape(plan, text);
        self.words.push(word);
        let id = WordId((self.words.len() - 1) as u32);
        self.plans[plan.0 as usize].words.insert(text.into(), id);
        id
    }

    /// What shaping made of a word.
    pub(super) fn get(&self, word: WordId) -> &Word {
        &self.words[word.0 as usize]
    }

    /// The glyphs of a word.
    pub(super) fn glyphs(&self, word: WordId) -> &[ShapedGlyph] {
        &self.glyphs[self.words[word.0 as usize].glyphs.clone()]
    }

    /// The places where a token that is shaped as one word may be broken, for
    /// [`Shaper::measured`].
    pub(super) fn breaks(&mut self, plan: PlanId, word: WordId, token: &str) -> Range<usize> {
        match &self.words[word.0 as usize].breaks {
            Some(range) => range.clone(),
            None => {
                let mut found = std::mem::take(&mut self.found);
                found.clear();
                breaks::find(token, self.plans[plan.0 as usize].lang, &mut found);
                found.retain(|place| self.covers_change(plan, place));
                let start = self.breaks.len();
                let mut cursor = Cursor::default();
                for &place in &found {
                    let measured = self.measure(plan, word, token, place, &mut cursor);
                    self.breaks.push(measured);
                }
                self.found = found;
                let range = start..self.breaks.len();
                self.words[word.0 as usize].breaks = Some(range.clone());
                range
            }
        }
    }

    /// Whether a face has the letters that a break would change.
    fn covers_change(&self, plan: PlanId, place: &Break) -> bool {
        let letters = |r: super::respell::Respelling| r.pre.chars().chain(r.post.chars());
        place.respelling.is_none_or(|r| letters(r).all(|c| covers(self.font(plan), c)))
    }

    /// Whether a token of several parts, which starts at byte `start` of the
    /// paragraph, can be broken at a place: the letters that change there must
    /// all belong to one part, and its face must have the new ones.
    pub(super) fn can_respell(&self, place: &Break, start: usize, parts: &[Part]) -> bool {
        let Some(respelling) = place.respelling else { return true };
        let at = start + place.at as usize;
        let changed = respelling.range(at);
        parts.iter().any(|part| {
            matches!(part.kind, PartKind::Word(_))
                && part.start < at
                && at < part.end
                && part.start <= changed.start
                && changed.end <= part.end
                && self.covers_change(part.plan, place)
        })
    }

    /// Places that [`Shaper::breaks`] has found.
    pub(super) fn measured(&self, breaks: Range<usize>) -> &[WordBreak] {
        &self.breaks[breaks]
    }

    /// What a break at a place inside a word does to the widths around it.
    ///
    /// Only the glyphs near the place are shaped again: from the nearest place
    /// before it to the nearest after it where the word comes apart unharmed.
    /// Places of one word come in order, with one cursor.
    pub(super) fn measure(
        &mut self,
        plan: PlanId,
        word: WordId,
        text: &str,
        place: Break,
        cursor: &mut Cursor,
    ) -> WordBreak {
        let at = place.at;
        let respelling = place.respelling.unwrap_or_default();
        let changed = respelling.range(at as usize);
        let (from_change, to_change) = (changed.start as u32, changed.end as u32);
        let glyphs = self.glyphs(word);
        cursor.advance(glyphs, at);
        let next = cursor.next;
        let cut = next == glyphs.len() || glyphs[next].cluster != at;
        let harmless = !cut && glyphs[next].safe && to_change == at;
        let mut measured = WordBreak {
            place,
            width: cursor.width,
            tracked: cursor.tracked,
            before: 0,
            before_tracked: 0,
            after: 0,
        };
        if harmless && !place.hyphen {
            return measured;
        }
        // At least one cluster before the place and before the letters that change,
        // since it may kern with what follows it now.
        let mut first = next.saturating_sub(1);
        while first > 0
            && (!glyphs[first].safe
                || glyphs[first].cluster == glyphs[first - 1].cluster
                || glyphs[first].cluster >= from_change)
        {
            first -= 1;
        }
        let mut last = next;
        if !harmless {
            while last < glyphs.len() && (!glyphs[last].safe || glyphs[last].cluster <= to_change) {
                last += 1;
            }
        }
        let old_before: i32 = glyphs[first..next].iter().map(|g| g.advance).sum();
        let old_after: i32 = glyphs[next..last].iter().map(|g| g.advance).sum();
        let old_tracked = glyphs[first..next].iter().filter(|g| g.tracked).count() as i32;
        let from = glyphs.get(first).map_or(0, |g| g.cluster as usize);
        let to = glyphs.get(last).map_or(text.len(), |g| g.cluster as usize);

        let mut head = text[from.min(changed.start)..changed.start].to_owned();
        head.push_str(respelling.pre);
        if respelling.drop_before > 0 && !head.is_empty() {
            let head = self.word(plan, &head);
            measured.before_tracked = self.get(head).tracked - old_tracked;
        }
        if place.hyphen {
            head.push(HYPHEN);
        }
        measured.before = self.width(plan, &head) - old_before;
        let rest = &text[changed.end..to.max(changed.end)];
        let tail = [respelling.post, rest].concat();
        measured.after = self.width(plan, &tail) - old_after;
        measured
    }

    /// The width of a string.
    pub(super) fn width(&mut self, plan: PlanId, text: &str) -> i32 {
        if text.is_empty() {
            return 0;
        }
        let word = self.word(plan, text);
        self.get(word).width
    }

    fn shape(&mut self, plan: PlanId, text: &str) -> Word {
        let plan = &self.plans[plan.0 as usize];
        let buffer = &mut self.buffer;
        buffer.clear();
        for (at, c) in text.char_indices() {
            if let Some(c) = drawn(&plan.font, c) {
                buffer.push(u32::from(c), at as u32);
            }
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        buffer.set_language(plan.language.clone());
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let options = ShapeOptions::new().plan(Some(&plan.plan)).features(&plan.requested);
        // The plan was made for just this direction, script and language, so
        // this cannot fail; if it did, the word would have no glyphs.
        let done = harfrust::shape(&plan.font.shaper(), buffer, options);
        debug_assert!(done.is_ok(), "{done:?}");

        let start = self.glyphs.len();
        let mut word =
            Word { glyphs: start..start, width: 0, tracked: 0, missing: false, breaks: None };
        let infos = buffer.glyph_infos();
        for (index, (info, pos)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            let ends = infos.get(index + 1).is_none_or(|next| next.cluster != info.cluster);
            let tracked = ends && !(plan.lang == Lang::Nl && inside_ij(text, info.cluster));
            word.width += pos.x_advance;
            word.tracked += i32::from(tracked);
            word.missing |= info.glyph_id == 0;
            self.glyphs.push(ShapedGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: pos.x_advance,
                dx: pos.x_offset,
                dy: pos.y_offset,
                cluster: info.cluster,
                safe: !info.unsafe_to_break(),
                tracked,
            });
        }
        word.glyphs.end = self.glyphs.len();
        word
    }
}

/// What is set where a word is broken.
pub(super) const HYPHEN: char = '-';

/// Whether a character has no glyph of its own and only says where lines may
/// be broken: soft hyphen, zero width space, word joiner, byte order mark.
pub(super) fn is_break_control(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// What to shape for a character, if anything.
fn drawn(font: &Font, c: char) -> Option<char> {
    match c {
        _ if is_break_control(c) => None,
        // The no-break hyphen looks like the hyphen that line ends have.
        '\u{2011}' if font.glyph(c).is_none() => Some(HYPHEN),
        _ => Some(c),
    }
}

/// Whether a face can set a character, perhaps by a stand-in.
pub(super) fn covers(font: &Font, c: char) -> bool {
    // Spaces of any width are made from the word space by the shaper.
    let space = matches!(c, '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}');
    match drawn(font, c) {
        None => true,
        Some(_) if is_joiner(c) => true,
        Some(_) if space => font.glyph(c).is_some() || font.glyph(' ').is_some(),
        Some(c) => font.glyph(c).is_some(),
    }
}

/// Whether a character only says how its neighbours combine.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a character belongs to the letter before it, whose face it takes.
pub(super) fn is_mark(c: char) -> bool {
    is_joiner(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Whether a cluster is the first half of the Dutch letter IJ.
fn inside_ij(text: &str, cluster: u32) -> bool {
    text.as_bytes().get(cluster as usize..cluster as usize + 2) == Some(b"IJ")
}
