//! Sets a broken line: glyph runs and links with their places.

use super::line::{Line, LineEnd, highlight};
use super::prepare::{Part, PartKind, Prepared};
use super::protrusion;
use super::respell::{Respelling, Spelling};
use super::scale::Scale;
use super::shape::{HYPHEN, ShapedGlyph, Shaper, is_break_control};
use super::space::{give, is_breaking_space, is_line_break, is_space};
use crate::assets::Font;
use crate::base::{Abs, Point, Size};
use crate::diag::Span;
use crate::document::{Glyph, GlyphKind, GlyphRun, Item, LineFacts, Link, LinkTarget};
use crate::theme::{Align, StyledRun, StyledText};
use std::ops::Range;
use std::sync::Arc;

/// A ratio beyond that of any line.
const MOST_RATIO: f64 = 1e6;

/// A line to set.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// Its bytes in the paragraph; white at the ends is dropped.
    pub(super) range: Range<usize>,
    /// Whether a hyphen is added at the end.
    pub(super) hyphen: bool,
    /// What the break before the line changes in its first letters.
    pub(super) start_change: Option<Respelling>,
    /// What the break after the line changes in its last letters.
    pub(super) end_change: Option<Respelling>,
    /// The breaker's ratio, to be reported.
    pub(super) ratio: f64,
    /// The width to fill, if the line is to be justified.
    pub(super) fill: Option<Abs>,
    /// Whether the spaces stretch by the ratio at most and leave the line short.
    pub(super) limited: bool,
    /// The width to be aligned in.
    pub(super) measure: Abs,
}

/// A glyph run being made, and where it belongs.
struct OpenRun {
    run: GlyphRun,
    /// The styled run it comes from, for its link.
    source: usize,
}

/// Sets lines of one paragraph.
pub(super) struct Setter<'a> {
    pub(super) shaper: &'a mut Shaper,
    pub(super) prepared: &'a Prepared,
    pub(super) styled: &'a StyledText,
    runs: Vec<OpenRun>,
    /// Where the spaces are: run and glyph.
    spaces: Vec<(usize, usize)>,
    /// Where the last glyph's tracking is to be taken off again.
    last_tracking: Abs,
    /// The part of it that makes copy fit, and that no space has.
    last_fitted: Abs,
    scratch: String,
}

impl<'a> Setter<'a> {
    pub(super) fn new(
        shaper: &'a mut Shaper,
        prepared: &'a Prepared,
        styled: &'a StyledText,
    ) -> Setter<'a> {
        Setter {
            shaper,
            prepared,
            styled,
            runs: Vec::new(),
            spaces: Vec::new(),
            last_tracking: Abs::ZERO,
            last_fitted: Abs::ZERO,
            scratch: String::new(),
        }
    }

    /// Sets one line.
    pub(super) fn line(&mut self, order: &Order) -> Line {
        let text = &self.prepared.text[order.range.clone()];
        let trimmed = text.trim_end_matches(|c| is_breaking_space(c) || is_line_break(c));
        let end = order.range.start + trimmed.len();
        let trimmed = trimmed.trim_start_matches(|c| is_breaking_space(c) || is_line_break(c));
        let range = end - trimmed.len()..end;

        self.runs.clear();
        self.spaces.clear();
        (self.last_tracking, self.last_fitted) = (Abs::ZERO, Abs::ZERO);
        let parts = &self.prepared.parts;
        let first = parts.partition_point(|p| p.end <= range.start);
        for &part in parts[first..].iter().take_while(|p| p.start < range.end) {
            self.part(part, &range, order);
        }
        self.drop_last_tracking();

        let natural = self.width();
        let white = self.white();
        let mut expansion = 0;
        if let Some(fill) = order.fill {
            // At most a few dozen thousandths.
            let ratio = order.ratio.clamp(-1.0, 1.0);
            let Prepared { widen, narrow, .. } = self.prepared;
            let most = if ratio < 0.0 { *narrow } else { *widen };
            expansion = (ratio * f64::from(most)).round() as i16;
            self.expand(expansion);
            let limit = if order.limited { order.ratio.max(0.0) } else { f64::INFINITY };
            let (left, right) = self.protrusion();
            let slack = fill + left + right - self.width();
            self.justify(slack, limit);
        } else if self.styled.para.align == Align::Justify && order.measure > Abs::ZERO {
            // The breaker counts on spaces a little narrower than the face's own.
            let (left, right) = self.protrusion();
            let slack = order.measure + left + right - self.width();
            if slack < Abs::ZERO {
                self.justify(slack, f64::INFINITY);
            }
        }
        let set_white = self.white();
        let mut line = self.finish(natural, &range, order);
        line.facts.expansion = expansion;
        if white > Abs::ZERO {
            line.facts.gap = set_white / white;
        }
        line
    }

    fn width(&self) -> Abs {
        self.runs.iter().map(|open| open.run.width()).sum()
    }

    /// The width of all spaces.
    fn white(&self) -> Abs {
        let advance = |&(run, glyph): &(usize, usize)| self.runs[run].run.glyphs[glyph].advance;
        self.spaces.iter().map(advance).sum()
    }

    /// Draws glyphs wider or narrower by so many thousandths; spaces stay.
    fn expand(&mut self, thousandths: i16) {
        if thousandths == 0 {
            return;
        }
        let fit = self.prepared.fit;
        for OpenRun { run, .. } in &mut self.runs {
            run.expansion += thousandths;
            for glyph in run.glyphs.iter_mut().filter(|glyph| glyph.kind != GlyphKind::Space) {
                glyph.advance += fit.part(glyph.advance, thousandths);
                glyph.dx += fit.part(glyph.dx, thousandths);
            }
        }
    }

    /// How far the line hangs out of its measure at the left and at the right.
    fn protrusion(&self) -> (Abs, Abs) {
        if !self.prepared.protrusion {
            return (Abs::ZERO, Abs::ZERO);
        }
        let first = self.runs.first().and_then(|open| {
            let glyph = open.run.glyphs.first()?;
            let c = open.run.text[glyph.text_start as usize..].chars().next()?;
            Some(protrusion::left(&open.run.font, c, glyph.advance))
        });
        let last = self.runs.last().and_then(|open| {
            let glyph = open.run.glyphs.last()?;
            let c = open.run.text[..glyph.text_end as usize].chars().next_back()?;
            Some(protrusion::right(&open.run.font, c, glyph.advance))
        });
        (first.unwrap_or_default(), last.unwrap_or_default())
    }

    /// Adds what of a part lies in the line.
    fn part(&mut self, part: Part, line: &Range<usize>, order: &Order) {
        let range = part.start.max(line.start)..part.end.min(line.end);
        let ends = range.end == line.end;
        let spelling = Spelling::new(
            range.len(),
            order.start_change.filter(|_| range.start == line.start),
            order.end_change.filter(|_| ends),
        );
        let scale = self.prepared.scale_of(self.styled, part, self.shaper);
        let word = match part.kind {
            PartKind::Space | PartKind::LineBreak => self.shaper.word(part.plan, " "),
            PartKind::Word(word) => {
                let hyphen = order.hyphen && ends;
                if hyphen || !spelling.is_plain() || range != (part.start..part.end) {
                    self.scratch.clear();
                    spelling.write(&self.prepared.text[range.clone()], &mut self.scratch);
                    if hyphen {
                        self.scratch.push(HYPHEN);
                    }
                    self.shaper.word(part.plan, &self.scratch)
                } else {
                    word
                }
            }
        };
        if !matches!(part.kind, PartKind::Word(_)) {
            self.drop_fitted();
        }
        self.open(part);
        let look = self.prepared.runs[part.run];
        let source = &self.styled.runs[look.run];
        let last = self.runs.len().saturating_sub(1);
        let Some(open) = self.runs.last_mut() else { return };
        let place = Place { source, base: range.start - look.start, tracking: look.tracking };
        let text = &self.prepared.text[range];
        let glyphs = self.shaper.glyphs(word);
        let is_word = matches!(part.kind, PartKind::Word(_));
        if is_word {
            place.word(&mut open.run, glyphs, text, spelling, scale);
        } else {
            self.spaces.push((last, open.run.glyphs.len()));
            place.space(&mut open.run, glyphs.first(), text, look.space);
        }
        let tracked = glyphs.last().is_some_and(|g| g.tracked);
        let tracking = if tracked { (look.tracking, look.fitted) } else { (Abs::ZERO, Abs::ZERO) };
        (self.last_tracking, self.last_fitted) =
            if is_word { tracking } else { (look.tracking - look.fitted, Abs::ZERO) };
    }

    /// A space comes next, whose width is the style's own.
    fn drop_fitted(&mut self) {
        let fitted = std::mem::take(&mut self.last_fitted);
        if let Some(glyph) = self.runs.last_mut().and_then(|open| open.run.glyphs.last_mut()) {
            glyph.advance -= fitted;
        }
    }

    /// Makes sure that the last glyph run is one that a part may be added to.
    fn open(&mut self, part: Part) {
        let source = self.prepared.runs[part.run].run;
        let styled = &self.styled.runs[source];
        let font = self.shaper.font(part.plan);
        let fits = self.runs.last().is_some_and(|open| {
            Arc::ptr_eq(&open.run.font, font)
                && open.run.size == styled.style.size
                && open.run.fill == styled.style.color
                && self.styled.runs[open.source].link == styled.link
                && self.styled.runs[open.source].voice == styled.voice
                && self.styled.runs[open.source].style.highlight == styled.style.highlight
        });
        if !fits {
            let run = GlyphRun {
                font: Arc::clone(font),
                size: styled.style.size,
                expansion: self.prepared.fit.expansion,
                fill: styled.style.color,
                text: String::new(),
                glyphs: Vec::new(),
            };
            self.runs.push(OpenRun { run, source });
        }
    }

    /// No white is added after the last glyph of a line.
    fn drop_last_tracking(&mut self) {
        let tracking = self.last_tracking;
        if let Some(glyph) = self.runs.last_mut().and_then(|open| open.run.glyphs.last_mut()) {
            glyph.advance -= tracking;
        }
    }

    /// Spreads `slack` over the spaces in proportion to their widths, so that
    /// nothing is lost in rounding. Spaces shrink to their limit only, and
    /// stretch by the ratio `limit` at most.
    fn justify(&mut self, slack: Abs, limit: f64) {
        let advance =
            |runs: &[OpenRun], (run, glyph): (usize, usize)| runs[run].run.glyphs[glyph].advance;
        let white: Abs = self.spaces.iter().map(|&space| advance(&self.runs, space)).sum();
        if white <= Abs::ZERO {
            return;
        }
        let (least, most) = give(white, limit.min(MOST_RATIO));
        let slack = slack.max(least).min(most);
        let share = |upto: Abs| {
            let product = i128::from(slack.to_sp()) * i128::from(upto.to_sp());
            Abs::sp((product / i128::from(white.to_sp())) as i64)
        };
        let mut before = Abs::ZERO;
        for &(run, glyph) in &self.spaces {
            let glyph = &mut self.runs[run].run.glyphs[glyph];
            let upto = before + glyph.advance;
            glyph.advance += share(upto) - share(before);
            before = upto;
        }
    }

    /// Places the runs and the links.
    fn finish(&mut self, natural: Abs, range: &Range<usize>, order: &Order) -> Line {
        let width = self.width();
        let rest = order.measure - width;
        let protrusion = self.protrusion();
        let mut x = match self.styled.para.align {
            Align::Justify | Align::Left => -protrusion.0,
            Align::Center => rest / 2,
            Align::Right => rest,
        };
        let size = self.runs.first().map_or(Abs::ZERO, |open| open.run.size);
        let (ascent, descent) = self.height(range.start);
        let span = self.span(range.start);
        let mut line = Line {
            items: Vec::with_capacity(self.runs.len()),
            voices: Vec::new(),
            width,
            natural,
            ratio: order.ratio,
            hyphen: self.prepared.text[..range.end].ends_with([HYPHEN, '\u{2010}']),
            ascent,
            descent,
            span,
            end: self.line_end(range.end, order),
            last: false,
            facts: LineFacts {
                at: Point::ZERO,
                measure: order.measure,
                width,
                size,
                leading: self.styled.para.leading,
                justified: order.fill.is_some(),
                ratio: order.ratio,
                gap: 1.0,
                expansion: 0,
                protrusion,
                hyphen: false,
                index: 0,
                count: 1,
                variant: 0,
                cost: 0,
                span,
            },
        };
        line.hyphen |= order.hyphen;
        line.facts.hyphen = line.hyphen;
        let mut link: Option<(Point, Link, Abs)> = None;
        for OpenRun { run, source } in self.runs.drain(..) {
            let width = run.width();
            let url = self.styled.runs[source].link.as_deref();
            if let Some((at, done, _)) = link.take_if(|(_, open, _)| !leads_to(open, url)) {
                line.items.push((at, Item::Link(done)));
            }
            if let Some(url) = url {
                let (up, down) = extent(&run.font, run.size);
                let span = run_span(&run).unwrap_or(span);
                let (at, link, depth) = link.get_or_insert_with(|| {
                    let link = Link {
                        target: LinkTarget::Url(url.to_owned()),
                        size: Size::default(),
                        words: String::new(),
                        span,
                    };
                    (Point::new(x, -up), link, down)
                });
                *depth = (*depth).max(down);
                at.y = at.y.min(-up);
                link.size = Size::new(x + width - at.x, *depth - at.y);
                link.span = link.span.to(span);
                link.words.push_str(without_hyphen(&run));
            }
            let at = Point::new(x, Abs::ZERO);
            if let Some(color) = self.styled.runs[source].style.highlight {
                let place = run_span(&run).unwrap_or(span);
                line.items.push((at, highlight(run.size, width, color, place)));
            }
            let voice = &self.styled.runs[source].voice;
            if !voice.is_plain() {
                line.voices.push((line.items.len(), voice.clone()));
            }
            line.items.push((at, Item::Text(run)));
            x += width;
        }
        if let Some((at, done, _)) = link {
            line.items.push((at, Item::Link(done)));
        }
        line
    }

    /// How far the faces of the line reach up and down; those of an empty line
    /// are those at its place.
    fn height(&self, at: usize) -> (Abs, Abs) {
        let runs = self.runs.iter().map(|open| extent(&open.run.font, open.run.size));
        let tallest = runs.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)));
        let empty = || {
            let run = self.prepared.runs.partition_point(|run| run.start <= at).checked_sub(1)?;
            let style = &self.styled.runs[self.prepared.runs[run].run].style;
            Some(extent(style.fonts.first()?, style.size))
        };
        tallest.or_else(empty).unwrap_or_default()
    }

    /// The place of the line's words, or of the gap where they would be.
    fn span(&self, at: usize) -> Span {
        let runs = self.runs.iter().filter_map(|open| run_span(&open.run));
        runs.reduce(Span::to).unwrap_or_else(|| {
            let looks = &self.prepared.runs;
            let run = looks.partition_point(|run| run.start <= at).saturating_sub(1);
            let (look, at) = looks.get(run).map_or((0, 0), |look| (look.run, at - look.start));
            self.styled.runs[look].text.span_of(at..at)
        })
    }

    fn line_end(&self, at: usize, order: &Order) -> LineEnd {
        let after = &self.prepared.text[at..order.range.end];
        let next = after.chars().chain(self.prepared.text[order.range.end..].chars());
        match next.clone().next() {
            None => LineEnd::Paragraph,
            _ if order.hyphen => LineEnd::Hyphen,
            Some(c) if is_space(c) => {
                if next.take_while(|&c| is_space(c)).any(is_line_break) {
                    LineEnd::Forced
                } else {
                    LineEnd::Space
                }
            }
            Some(_) => LineEnd::Joined,
        }
    }
}

/// Where a part's glyphs come from.
struct Place<'a> {
    source: &'a StyledRun,
    /// The part's first byte in the source.
    base: usize,
    tracking: Abs,
}

impl Place<'_> {
    /// Appends the glyphs of a word or of a part of one, which stand for the
    /// author's `text` though a break may have changed letters. Clusters past
    /// the end of `text` are the hyphen.
    fn word(
        &self,
        run: &mut GlyphRun,
        glyphs: &[ShapedGlyph],
        text: &str,
        spelling: Spelling,
        scale: Scale,
    ) {
        let original = |glyph: &ShapedGlyph| spelling.original(glyph.cluster as usize);
        run.glyphs.reserve(glyphs.len());
        let mut pen = 0;
        let mut next = 0;
        for (index, glyph) in glyphs.iter().enumerate() {
            let start = original(glyph);
            let end = if index < next {
                // A further glyph of the cluster: its words have been added.
                start
            } else {
                next = glyphs[index..]
                    .iter()
                    .position(|g| g.cluster != glyph.cluster)
                    .map_or(glyphs.len(), |more| index + more);
                glyphs.get(next).map_or(text.len(), original).min(text.len())
            };
            let text_start = run.text.len() as u32;
            let (kind, span) = if start >= text.len() {
                run.text.push(HYPHEN);
                let last = text.chars().next_back().map_or(0, char::len_utf8);
                let at = self.base + text.len();
                (GlyphKind::LineEndHyphen, self.source.text.span_of(at - last..at))
            } else {
                run.text.extend(text[start..end].chars().filter(|&c| !is_break_control(c)));
                let span = self.source.text.span_of(self.base + start..self.base + end);
                (GlyphKind::Plain, span)
            };
            let from = scale.at(pen);
            pen += glyph.advance;
            let tracking = if glyph.tracked { self.tracking } else { Abs::ZERO };
            run.glyphs.push(Glyph {
                id: glyph.id,
                kind,
                advance: scale.at(pen) - from + tracking,
                dx: scale.at(glyph.dx),
                dy: scale.at(glyph.dy),
                text_start,
                text_end: run.text.len() as u32,
                span,
            });
        }
    }

    /// Appends a space.
    fn space(&self, run: &mut GlyphRun, glyph: Option<&ShapedGlyph>, text: &str, width: Abs) {
        let text_start = run.text.len() as u32;
        run.text.push_str(if text == "\u{A0}" { text } else { " " });
        run.glyphs.push(Glyph {
            id: glyph.map_or(0, |g| g.id),
            kind: GlyphKind::Space,
            advance: width,
            dx: Abs::ZERO,
            dy: Abs::ZERO,
            text_start,
            text_end: run.text.len() as u32,
            span: self.source.text.span_of(self.base..self.base + text.len()),
        });
    }
}

fn extent(font: &Font, size: Abs) -> (Abs, Abs) {
    (font.ascent.at(size), font.descent.at(size))
}

fn run_span(run: &GlyphRun) -> Option<Span> {
    run.glyphs.iter().map(|g| g.span).reduce(Span::to)
}

/// The words of a run without the hyphen that only the line's end put there.
fn without_hyphen(run: &GlyphRun) -> &str {
    let hyphen = run.glyphs.last().filter(|g| g.kind == GlyphKind::LineEndHyphen);
    &run.text[..hyphen.map_or(run.text.len(), |g| g.text_start as usize)]
}

/// Whether a link leads to an address.
fn leads_to(link: &Link, url: Option<&str>) -> bool {
    matches!(&link.target, LinkTarget::Url(target) if Some(target.as_str()) == url)
}
