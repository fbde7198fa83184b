//! From styled text to parts with glyphs, and to the items that the line
//! breaker takes.

use super::Fit;
use super::breaks::{Break, at_space};
use super::diagnose;
use super::respell::Respelling;
use super::scale::Scale;
use super::shape::{Cursor, HYPHEN, PlanId, Shaper, WordBreak, WordId, covers, is_mark};
use super::space::{glue, is_space, white};
use crate::base::Abs;
use crate::diag::Diagnostics;
use crate::linebreak::{Item, Penalty, finish};
use crate::theme::{Align, CharStyle, StyledText};

/// What a part of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// Characters of one run that one face sets.
    Word(WordId),
    /// A space between words that may stretch.
    Space,
    /// A line break of the author's.
    LineBreak,
}

/// A part of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its first byte in the paragraph.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// The run it belongs to.
    pub(super) run: usize,
    /// Its face and features.
    pub(super) plan: PlanId,
    pub(super) kind: PartKind,
}

/// A run of the paragraph, resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunLook {
    /// Its number in the styled text.
    pub(super) run: usize,
    /// The run's first byte in the paragraph.
    pub(super) start: usize,
    /// Shaping by the first of its fonts.
    pub(super) plan: PlanId,
    /// Font units of the first font to lengths.
    pub(super) scale: Scale,
    /// White after each glyph.
    pub(super) tracking: Abs,
    /// The word space of the style, with the white after it. What makes copy fit
    /// does not touch it: gaps keep their limits.
    pub(super) space: Abs,
    /// The part of `tracking` that makes copy fit.
    pub(super) fitted: Abs,
    /// The width of a hyphen.
    pub(super) hyphen: Abs,
}

/// Where an item stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// The byte at which a line ends or the next starts.
    pub(super) at: usize,
    /// Whether a break at this item sets a hyphen.
    pub(super) hyphen: bool,
    /// Of a penalty, what a break there changes in the spelling; of a box, what
    /// a break before it does.
    pub(super) change: Option<Respelling>,
}

impl Mark {
    /// A place where nothing is added and nothing changes.
    pub(super) fn plain(at: usize) -> Mark {
        Mark { at, hyphen: false, change: None }
    }
}

/// A paragraph ready to be broken. Reused, so that its vectors are.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The words of all runs.
    pub(super) text: String,
    pub(super) runs: Vec<RunLook>,
    pub(super) parts: Vec<Part>,
    pub(super) items: Vec<Item>,
    /// For each item, where it stands.
    pub(super) marks: Vec<Mark>,
    /// What is done to all text.
    pub(super) fit: Fit,
    /// Whether marks hang out of the measure.
    pub(super) protrusion: bool,
    /// What glyphs may widen in a line, in thousandths.
    pub(super) widen: i16,
    /// What they may narrow.
    pub(super) narrow: i16,
    /// Characters a fallback font was used for.
    fallen: Vec<char>,
}

/// A space that waits for the word after it: at a line's end it is nothing.
#[derive(Clone, Copy)]
struct PendingSpace {
    at: usize,
    width: Abs,
    breaks: bool,
}

impl Prepared {
    /// Shapes a text and builds its items.
    ///
    /// With `unbroken`, line breaks of the author's count as spaces.
    pub(super) fn fill(
        &mut self,
        shaper: &mut Shaper,
        styled: &StyledText,
        unbroken: bool,
        fit: Fit,
        diags: &mut Diagnostics,
    ) {
        let para = &styled.para;
        self.fit = fit;
        // Where all glyphs are wider to make copy fit, those of a line may give that
        // back, and no more is added than is left: in all, they stay within the
        // theme's limit.
        let most = if para.align == Align::Justify { para.expansion } else { 0 };
        self.widen = (most - fit.expansion).clamp(0, 2 * most);
        self.narrow = (most + fit.expansion).clamp(0, 2 * most);
        self.protrusion =
            para.protrusion && !unbroken && matches!(para.align, Align::Justify | Align::Left);
        self.text.clear();
        self.runs.clear();
        self.parts.clear();
        self.fallen.clear();
        for (index, run) in styled.runs.iter().enumerate() {
            let style = &run.style;
            let fitted = fit.tracking.at(style.size);
            let own = style.tracking.at(style.size);
            let tracking = own + fitted;
            if let Some(font) = style.fonts.first() {
                let lang = run.voice.lang.unwrap_or(styled.para.lang);
                let plan = shaper.plan(font, lang, &style.features, is_tracked(style));
                let scale = Scale::new(fit.widened(style.size), font.units_per_em);
                let hyphen = scale.at(shaper.width(plan, "-"));
                let start = self.text.len();
                let natural = Scale::new(style.size, font.units_per_em);
                let space = natural.at(shaper.width(plan, " ")) + own;
                self.runs.push(RunLook {
                    run: index,
                    start,
                    plan,
                    scale,
                    tracking,
                    space,
                    fitted,
                    hyphen,
                });
                self.text.push_str(run.text.as_str());
            } else {
                // The theme gives every style a font; without any, nothing can be set.
                debug_assert!(false, "a style without a font");
            }
        }
        self.split(shaper, styled, unbroken, diags);
        self.build_items(shaper, styled);
    }

    /// Cuts the text into parts and shapes them.
    fn split(
        &mut self,
        shaper: &mut Shaper,
        styled: &StyledText,
        unbroken: bool,
        diags: &mut Diagnostics,
    ) {
        let text = std::mem::take(&mut self.text);
        for run in 0..self.runs.len() {
            let look = self.runs[run];
            let end = self.runs.get(run + 1).map_or(text.len(), |next| next.start);
            let mut word = look.start;
            let mut at = look.start;
            while at < end {
                let (kind, length) = match white(&text[at..]) {
                    Some(white) => white,
                    None => {
                        at += 1;
                        while !text.is_char_boundary(at) {
                            at += 1;
                        }
                        continue;
                    }
                };
                if word < at {
                    self.shape(shaper, styled, &text, run, word..at, diags);
                }
                let kind = if unbroken { PartKind::Space } else { kind };
                let end = at + length;
                self.parts.push(Part { start: at, end, run, plan: look.plan, kind });
                (at, word) = (end, end);
            }
            if word < end {
                self.shape(shaper, styled, &text, run, word..end, diags);
            }
        }
        self.text = text;
    }

    /// Shapes a range without spaces, by the first font if it has all of it.
    fn shape(
        &mut self,
        shaper: &mut Shaper,
        styled: &StyledText,
        text: &str,
        run: usize,
        range: std::ops::Range<usize>,
        diags: &mut Diagnostics,
    ) {
        let look = self.runs[run];
        let word = &text[range.clone()];
        let part =
            |start, end, plan, word| Part { start, end, run, plan, kind: PartKind::Word(word) };
        let styled_run = &styled.runs[look.run];
        let fonts = &styled_run.style.fonts;
        let whole = shaper.word(look.plan, word);
        if !shaper.get(whole).missing {
            self.parts.push(part(range.start, range.end, look.plan, whole));
            return;
        }
        // Stretches by the first font that has their characters.
        let choose = |c| fonts.iter().position(|font| covers(font, c)).unwrap_or(0);
        let (style, source) = (&styled_run.style, &styled_run.text);
        let mut start = 0;
        while start < word.len() {
            let mut chars = word[start..].char_indices();
            let font = chars.next().map_or(0, |(_, c)| choose(c));
            let end = chars
                .find(|&(_, c)| !is_mark(c) && choose(c) != font)
                .map_or(word.len(), |(at, _)| start + at);
            let plan = if font == 0 {
                look.plan
            } else {
                let lang = styled_run.voice.lang.unwrap_or(styled.para.lang);
                shaper.plan(&fonts[font], lang, &style.features, is_tracked(style))
            };
            let piece = &word[start..end];
            let id = shaper.word(plan, piece);
            let from = range.start - look.start + start;
            if font > 0 {
                diagnose::fallback(source, from, piece, fonts, font, &mut self.fallen, diags);
            }
            if shaper.get(id).missing {
                diagnose::missing(source, from, piece, shaper.glyphs(id), &fonts[font], diags);
            }
            self.parts.push(part(range.start + start, range.start + end, plan, id));
            start = end;
        }
    }

    /// Turns the parts into boxes, glue and penalties.
    fn build_items(&mut self, shaper: &mut Shaper, styled: &StyledText) {
        let justified = styled.para.align == Align::Justify;
        self.items.clear();
        self.marks.clear();
        let mut space: Option<PendingSpace> = None;
        let mut index = 0;
        while index < self.parts.len() {
            let part = self.parts[index];
            match part.kind {
                PartKind::LineBreak => {
                    self.force(part.start);
                    space = None;
                    index += 1;
                }
                PartKind::Space => {
                    space = self.wait(index, space);
                    index += 1;
                }
                PartKind::Word(_) => {
                    let rest = &self.parts[index..];
                    let count = rest
                        .iter()
                        .position(|p| !matches!(p.kind, PartKind::Word(_)))
                        .unwrap_or(rest.len());
                    if let Some(space) = space.take() {
                        self.white(shaper, space, justified, index, index + count);
                    } else if self.protrusion && self.at_start() {
                        let hang = self.hang_left(shaper, index);
                        if hang > Abs::ZERO {
                            self.push(Item::rigid(-hang), part.start, false);
                        }
                    }
                    self.token(shaper, styled, index, count);
                    index += count;
                }
            }
        }
        let forced = |item: &Item| matches!(item, Item::Penalty(p) if p.is_forced());
        if self.items.last().is_some_and(|last| !forced(last)) {
            self.force(self.text.len());
        }
    }

    /// Ends a line, or the paragraph.
    fn force(&mut self, at: usize) {
        finish(&mut self.items);
        // `finish` takes items off the end and adds two.
        self.marks.truncate(self.items.len().saturating_sub(2));
        self.marks.resize(self.items.len(), Mark::plain(at));
    }

    fn push(&mut self, item: Item, at: usize, hyphen: bool) {
        self.items.push(item);
        self.marks.push(Mark { at, hyphen, change: None });
    }

    /// Says of the last item what its break changes.
    fn respell(&mut self, change: Option<Respelling>) {
        if let Some(mark) = self.marks.last_mut() {
            mark.change = change;
        }
    }

    /// Notes a space; several in a row add up. At a line's start it is nothing,
    /// unless the author forbids to break there, as for an indent.
    fn wait(&self, index: usize, waiting: Option<PendingSpace>) -> Option<PendingSpace> {
        let part = self.parts[index];
        let look = self.runs[part.run];
        let no_break = self.text[part.start..part.end] == *"\u{A0}";
        // White goes after the space and after the letter before it: of that,
        // the word's box has none at its end.
        let previous = index.checked_sub(1).map(|p| self.runs[self.parts[p].run]);
        let previous = previous.map(|look| look.tracking - look.fitted);
        let width = look.space
            + match waiting {
                None => previous.unwrap_or_default(),
                Some(_) => Abs::ZERO,
            };
        match waiting {
            Some(other) => Some(PendingSpace {
                at: other.at,
                width: other.width + width,
                breaks: other.breaks && !no_break,
            }),
            None => Some(PendingSpace { at: part.start, width, breaks: !no_break }),
        }
    }

    /// Whether the next item starts a line.
    fn at_start(&self) -> bool {
        match self.items.last() {
            None => true,
            Some(Item::Penalty(penalty)) => penalty.is_forced(),
            Some(_) => false,
        }
    }

    /// Adds the white between two words, of which the second starts with the
    /// part `word`; `next` is the part after it.
    fn white(
        &mut self,
        shaper: &Shaper,
        space: PendingSpace,
        justified: bool,
        word: usize,
        next: usize,
    ) {
        let at_start = self.at_start();
        if at_start && space.breaks {
            return;
        }
        let after = self.text[space.at..].trim_start_matches(is_space);
        let token = &after[..after.find(is_space).unwrap_or(after.len())];
        let dash = matches!(token, "–" | "—" | "-") && next < self.parts.len();
        let before = self.text[..space.at].chars().next_back();
        let cost = if space.breaks && !at_start {
            at_space(before, after.chars().next(), dash)
        } else {
            None
        };
        if at_start {
            self.push(Item::rigid(Abs::ZERO), space.at, false);
        }
        let (right, left) = (self.hang_right(shaper, word), self.hang_left(shaper, word));
        let hyphen = self.ends_with_hyphen(space.at);
        if cost != Some(0) || right > Abs::ZERO || left > Abs::ZERO || hyphen {
            let cost = cost.unwrap_or(Penalty::NEVER);
            let penalty = Penalty { cost, before: -right, after: -left, hyphen };
            self.push(Item::Penalty(penalty), space.at, false);
        }
        let natural = space.width;
        let rigid = Item::Glue { width: natural, stretch: Abs::ZERO, shrink: Abs::ZERO };
        self.push(if justified { glue(natural) } else { rigid }, space.at, false);
    }

    /// Adds the boxes and penalties of a token of `count` parts.
    fn token(&mut self, shaper: &mut Shaper, styled: &StyledText, first: usize, count: usize) {
        let (start, end) = (self.parts[first].start, self.parts[first + count - 1].end);
        let mut found = Vec::new();
        if count > 1 {
            super::breaks::find(&self.text[start..end], styled.para.lang, &mut found);
            let parts = &self.parts[first..first + count];
            found.retain(|place| shaper.can_respell(place, start, parts));
        }
        let mut found = found.into_iter().peekable();
        for index in first..first + count {
            let part = self.parts[index];
            let PartKind::Word(word) = part.kind else { continue };
            let ends = index + 1 == first + count;
            if count == 1 {
                let text = &self.text[part.start..part.end];
                let breaks = shaper.breaks(part.plan, word, text);
                self.pieces(shaper, styled, part, word, shaper.measured(breaks), ends);
                continue;
            }
            let mut inside = Vec::new();
            let mut cursor = Cursor::default();
            while let Some(mut place) = found.next_if(|p| start + (p.at as usize) < part.end) {
                place.at -= (part.start - start) as u32;
                let text = &self.text[part.start..part.end];
                inside.push(shaper.measure(part.plan, word, text, place, &mut cursor));
            }
            self.pieces(shaper, styled, part, word, &inside, ends);
            if let Some(place) = found.next_if(|p| start + p.at as usize == part.end) {
                // Between two looks: nothing to undo, but a hyphen to add.
                if styled.para.hyphenate || !place.automatic {
                    let look = self.scale_of(styled, part, shaper);
                    let hyphen = if place.hyphen { shaper.width(part.plan, "-") } else { 0 };
                    let before =
                        if place.hyphen { look.at(hyphen) } else { -self.runs[part.run].tracking };
                    self.push(
                        Item::Penalty(Penalty {
                            cost: cost(styled, place, self.ends_with_hyphen(part.end)),
                            before,
                            after: Abs::ZERO,
                            hyphen: place.hyphen || self.ends_with_hyphen(part.end),
                        }),
                        part.end,
                        place.hyphen,
                    );
                }
            }
        }
    }

    /// Adds the boxes of a part, cut at its breaks. `ends` says that its token
    /// ends with it, so that no tracking follows.
    fn pieces(
        &mut self,
        shaper: &Shaper,
        styled: &StyledText,
        part: Part,
        word: WordId,
        breaks: &[WordBreak],
        ends: bool,
    ) {
        let scale = self.scale_of(styled, part, shaper);
        let tracking = self.runs[part.run].tracking;
        let mut at = part.start;
        let mut done = Abs::ZERO;
        let mut change = None;
        for found in breaks {
            let stays = found.place.automatic && !styled.para.hyphenate;
            if stays || found.place.stub && styled.para.align != Align::Justify {
                continue;
            }
            let place = part.start + found.place.at as usize;
            let upto = scale.at(found.width) + tracking * i64::from(found.tracked);
            self.push(self.boxed(upto - done), at, false);
            self.respell(change);
            let letters = tracking * i64::from(found.before_tracked);
            let end = if found.place.hyphen { letters } else { -tracking };
            let hyphen = found.place.hyphen || self.ends_with_hyphen(place);
            let (right, left) = self.hang_inside(shaper, part, word, found.place);
            let penalty = Penalty {
                cost: cost(styled, found.place, hyphen),
                before: scale.at(found.before) + end - right,
                after: scale.at(found.after) - left,
                hyphen,
            };
            self.push(Item::Penalty(penalty), place, found.place.hyphen);
            change = found.place.respelling;
            self.respell(change);
            (at, done) = (place, upto);
        }
        let word = shaper.get(word);
        let tracked = i64::from(word.tracked) - i64::from(ends && word.tracked > 0);
        let width = scale.at(word.width) + tracking * tracked - done;
        self.push(self.boxed(width), at, false);
        self.respell(change);
    }

    /// Letters of a width, which may give a little.
    fn boxed(&self, width: Abs) -> Item {
        let part = |thousandths| self.fit.part(width, thousandths);
        Item::Box { width, widen: part(self.widen), narrow: part(self.narrow) }
    }

    fn ends_with_hyphen(&self, at: usize) -> bool {
        self.text[..at].ends_with([HYPHEN, '\u{2010}'])
    }

    /// Font units to lengths for the face of a part.
    pub(super) fn scale_of(&self, styled: &StyledText, part: Part, shaper: &Shaper) -> Scale {
        let look = self.runs[part.run];
        if look.plan == part.plan {
            look.scale
        } else {
            let size = styled.runs[look.run].style.size;
            Scale::new(self.fit.widened(size), shaper.font(part.plan).units_per_em)
        }
    }
}

/// Whether letters are set apart so that they may have no ligatures.
fn is_tracked(style: &CharStyle) -> bool {
    style.tracking.at(style.size) != Abs::ZERO
}

/// What a break costs in this text. Where words are not hyphenated, a compound
/// is parted at its own hyphen only if little else is left: headings read badly
/// with a line that ends in *mkb-*.
fn cost(styled: &StyledText, place: Break, hyphen: bool) -> i32 {
    let parted_compound = hyphen && !place.hyphen && !styled.para.hyphenate;
    let beside = if styled.para.initialisms { 0 } else { place.beside };
    place.cost - beside + if parted_compound { COMPOUND_COST } else { 0 }
}

/// Added for parting a compound where words are not hyphenated: as dear as a
/// ragged line that is short by about seven ems.
const COMPOUND_COST: i32 = 4000;
