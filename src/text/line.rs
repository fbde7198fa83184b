//! A line of a paragraph, set.

use crate::base::{Abs, Path, Point, Rect, Size};
use crate::color::Color;
use crate::diag::Span;
use crate::document::{
    Element, Fill, Frame, Glyph, GlyphKind, GlyphRun, Item, LineFacts, Node, Role, Shape,
};
use crate::theme::Voice;
use std::ops::Range;

/// A line of glyphs.
#[derive(Debug, Clone)]
pub struct Line {
    /// Glyph runs and links in reading order, each link after its words, each
    /// field behind words that are set apart before them. `x`
    /// counts from the left edge of the measure, `y` is 0 at the baseline and
    /// grows downwards.
    pub items: Vec<(Point, Item)>,
    /// Items that are said in a way of their own, in order.
    pub voices: Vec<(usize, Voice)>,
    /// The width as set, without white at the ends.
    pub width: Abs,
    /// The width before spaces were stretched or shrunk.
    pub natural: Abs,
    /// How much spaces stretch (above 0) or shrink (below): 1 is what they give
    /// easily, –1 is all.
    pub ratio: f64,
    /// Whether the line ends with a hyphen, the word's own or an added one.
    pub hyphen: bool,
    /// How far the faces of the line reach above the baseline.
    pub ascent: Abs,
    /// How far they reach below it.
    pub descent: Abs,
    /// Where the line's words stand in the author's file.
    pub span: Span,
    /// Why the line ends.
    pub end: LineEnd,
    /// Whether it ends the paragraph.
    pub last: bool,
    /// How well it is set.
    pub facts: LineFacts,
}

impl Line {
    /// The line as a frame whose top edge is the baseline.
    ///
    /// Its structure is that of words in a line: runs, and links about those
    /// that lead somewhere.
    pub fn into_frame(mut self) -> Frame {
        if !matches!(self.end, LineEnd::Hyphen | LineEnd::Joined) {
            self.end_with_space();
        }
        let nodes = self.nodes();
        Frame {
            size: Size::new(self.width, Abs::ZERO),
            items: self.items,
            lines: vec![self.facts],
            nodes,
        }
    }

    /// The runs and links of the line. A link's words are those that stand on its
    /// area, right before it.
    fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut plain = 0;
        for (index, (at, item)) in self.items.iter().enumerate() {
            let Item::Link(_) = item else { continue };
            let words = self.items[plain..index].iter();
            let start = plain + words.take_while(|(start, _)| start.x < at.x).count();
            self.spoken(plain..start, &mut nodes);
            let mut linked = Vec::new();
            self.spoken(start..index + 1, &mut linked);
            nodes.push(Element::new(Role::Link).with(linked).into());
            plain = index + 1;
        }
        self.spoken(plain..self.items.len(), &mut nodes);
        nodes
    }

    /// Appends items, with elements about those that are said in a way of their
    /// own.
    fn spoken(&self, range: Range<usize>, nodes: &mut Vec<Node>) {
        let items = |range: Range<usize>| Node::Items { page: 0, range };
        let mut at = range.start;
        let inside = self.voices.iter().filter(|(item, _)| range.contains(item));
        for (item, voice) in inside {
            if at < *item {
                nodes.push(items(at..*item));
            }
            let span = Element {
                lang: voice.lang,
                full: voice.full.as_deref().map(str::to_owned),
                ..Element::new(Role::Span)
            };
            nodes.push(span.with([items(*item..item + 1)]).into());
            at = item + 1;
        }
        if at < range.end {
            nodes.push(items(at..range.end));
        }
    }

    /// Adds the space after the line's last word, which readers of the text need
    /// and nobody sees. Words that are short for something do not take it in, since
    /// what is said in their place would swallow it.
    fn end_with_space(&mut self) {
        // A link up to here may go on in the next line.
        if let Some((_, Item::Link(link))) = self.items.last_mut() {
            link.words.push(' ');
        }
        let mut items = self.items.iter_mut().enumerate().rev();
        let last = items.find_map(|(index, (at, item))| match item {
            Item::Text(run) => Some((index, *at, run)),
            _ => None,
        });
        let Some((index, at, run)) = last else { return };
        let (Some(id), Some(last)) = (run.font.glyph(' '), run.glyphs.last()) else { return };
        let start = run.text.len() as u32;
        let space = |start| Glyph {
            id,
            kind: GlyphKind::LineEndSpace,
            advance: Abs::ZERO,
            dx: Abs::ZERO,
            dy: Abs::ZERO,
            text_start: start,
            text_end: start + 1,
            span: last.span,
        };
        if self.voices.iter().any(|(item, voice)| *item == index && voice.full.is_some()) {
            let alone = GlyphRun { text: " ".to_owned(), glyphs: vec![space(0)], ..run.clone() };
            let at = Point::new(at.x + run.width(), at.y);
            self.items.push((at, Item::Text(alone)));
            return;
        }
        let space = space(start);
        run.glyphs.push(space);
        run.text.push(' ');
    }
}

/// Why a line ends where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// At a space, which is not set.
    Space,
    /// Inside a word, with a hyphen that belongs to the line, not the word.
    Hyphen,
    /// Inside a word or an address, with nothing added: no white belongs here.
    Joined,
    /// By the author's wish.
    Forced,
    /// The paragraph ends.
    Paragraph,
}

/// The field behind words of a type size that are set apart: as tall as their
/// letters with a little air, so that it does not reach into the lines above and
/// below.
pub(super) fn highlight(size: Abs, width: Abs, color: Color, span: Span) -> Item {
    let (up, down) = (size * 0.85, size * 0.25);
    let path = Path::rect(Rect::new(Abs::ZERO, -up, width, up + down));
    Item::Shape(Shape { path, fill: Some(Fill::new(color)), stroke: None, span })
}
