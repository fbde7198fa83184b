//! Strings that know where each of their bytes stands in the author's files.

use crate::diag::Span;
use std::ops::Range;

/// A string and the place of each part of it.
#[derive(Debug, Clone)]
pub struct Text {
    text: String,
    /// Sorted by `start`; the first starts at 0. Never empty.
    pieces: Vec<Piece>,
}

/// A part of a text that comes from one place.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// First byte in the text.
    start: usize,
    /// Where it comes from.
    origin: Span,
    /// Whether bytes of text and file run in step. If not, the whole piece
    /// comes from the whole origin (an escape, a value merged in).
    in_step: bool,
}

impl Text {
    /// An empty text that stands at a place.
    pub fn empty(at: Span) -> Text {
        Text { text: String::new(), pieces: vec![Piece { start: 0, origin: at, in_step: false }] }
    }

    /// A text whose bytes are those of the file from the span's start on.
    pub fn verbatim(text: impl Into<String>, origin: Span) -> Text {
        Text { text: text.into(), pieces: vec![Piece { start: 0, origin, in_step: true }] }
    }

    /// A text made by the program for a place in the file.
    pub fn made(text: impl Into<String>, origin: Span) -> Text {
        Text { text: text.into(), pieces: vec![Piece { start: 0, origin, in_step: false }] }
    }

    /// Appends another text with its places.
    pub fn push(&mut self, other: &Text) {
        if self.text.is_empty() {
            *self = other.clone();
            return;
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().map(|p| Piece { start: p.start + shift, ..*p }));
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there are no characters in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the whole text stands.
    pub fn span(&self) -> Span {
        self.span_of(0..self.text.len())
    }

    /// Where a range of its bytes stands; as much of it as lies in one file.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let end = range.end.max(range.start);
        let first = self.place(range.start, (range.start + 1).min(end).max(range.start));
        if end <= range.start + 1 { first } else { first.to(self.place(end - 1, end)) }
    }

    /// A part of the text with its places.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries inside the text.
    pub fn slice(&self, range: Range<usize>) -> Text {
        let first = self.piece_at(range.start);
        let pieces = self.pieces[first..]
            .iter()
            .take_while(|p| p.start < range.end || p.start <= range.start)
            .map(|p| {
                let cut = range.start.saturating_sub(p.start);
                let origin = if p.in_step {
                    let start = (p.origin.start + cut as u32).min(p.origin.end);
                    Span { start, ..p.origin }
                } else {
                    p.origin
                };
                Piece { start: (p.start + cut) - range.start, origin, in_step: p.in_step }
            })
            .collect();
        Text { text: self.text[range].to_owned(), pieces }
    }

    /// The text with some parts replaced, which keep their places. The edits
    /// are in order and do not overlap.
    ///
    /// # Panics
    /// If an edit does not lie on character boundaries inside the text.
    pub fn replace(&self, edits: &[(Range<usize>, &str)]) -> Text {
        let mut out = Text::empty(self.span());
        let mut done = 0;
        for (range, with) in edits {
            if done < range.start {
                out.push(&self.slice(done..range.start));
            }
            if !with.is_empty() {
                out.push(&Text::made(*with, self.span_of(range.clone())));
            }
            done = range.end;
        }
        if done < self.text.len() {
            out.push(&self.slice(done..self.text.len()));
        }
        out
    }

    /// The text without white space at both ends.
    pub fn trim(&self) -> Text {
        let start = self.text.len() - self.text.trim_start().len();
        let len = self.text.trim().len();
        self.slice(start..start + len)
    }

    /// The index of the piece that holds a byte.
    fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|p| p.start <= at).saturating_sub(1)
    }

    /// Where the bytes `start..end` of one piece stand.
    fn place(&self, start: usize, end: usize) -> Span {
        let piece = self.pieces[self.piece_at(start)];
        if !piece.in_step {
            return piece.origin;
        }
        let shift = |at: usize| {
            (piece.origin.start + (at.saturating_sub(piece.start)) as u32).min(piece.origin.end)
        };
        Span { file: piece.origin.file, start: shift(start), end: shift(end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Files, SourceFile};
    use std::sync::Arc;

    #[test]
    fn places_survive_joining_and_slicing() {
        let mut files = Files::new();
        let id = files.add(Arc::new(SourceFile::new("a.toml", "x = \"Hallo {{ naam }}!\"")));
        let mut text = Text::verbatim("Hallo ", Span::new(id, 5, 11));
        text.push(&Text::made("Flevoland", Span::new(id, 11, 21)));
        text.push(&Text::verbatim("!", Span::new(id, 21, 22)));
        assert_eq!(text.as_str(), "Hallo Flevoland!");
        assert_eq!(text.span_of(0..5), Span::new(id, 5, 10));
        assert_eq!(text.span_of(8..10), Span::new(id, 11, 21));
        assert_eq!(text.span_of(15..16), Span::new(id, 21, 22));
        let part = text.slice(2..16);
        assert_eq!(part.as_str(), "llo Flevoland!");
        assert_eq!(part.span_of(0..1), Span::new(id, 7, 8));
        assert_eq!(part.span_of(13..14), Span::new(id, 21, 22));
        assert_eq!(part.span(), Span::new(id, 7, 22));
    }
}
