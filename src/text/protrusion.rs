//! Margin kerning: how far glyphs hang out of the measure.
//!
//! Marks with little ink look indented where they stand flush, so a share of
//! their width hangs outside; straight stems do not. Hàn Thế Thành,
//! "Micro-typographic extensions to the TeX typesetting system" (2000),
//! chapter 3. Breaks are chosen with protrusion in the widths, so a line
//! never has to be mended afterwards.

use super::breaks::Break;
use super::prepare::{Part, PartKind, Prepared};
use super::shape::{HYPHEN, Shaper, WordId};
use crate::assets::Font;
use crate::base::Abs;

/// The classes of faces that hang alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Upright faces.
    Upright,
    /// Slanted faces, whose marks lean out at the right already.
    Italic,
}

/// Characters with the thousandths of their width that hang at the left and at
/// the right, for upright faces. They are those of LaTeX's microtype package
/// for an unknown family, as far as its manual gives them.
#[rustfmt::skip]
const UPRIGHT: &[(&str, i64, i64)] = &[
    (".,", 0, 700),
    (":", 0, 500),
    (";", 0, 300),
    ("?!", 0, 100),
    ("-\u{2010}\u{2011}", 500, 500),
    ("–", 200, 200),
    ("—", 150, 150),
    ("‘’‚", 300, 400),
    ("“”„", 300, 300),
    ("(", 100, 0),
    (")", 0, 200),
    ("/", 100, 200),
    ("ATVWXY", 50, 50),
    ("147", 50, 50),
];

/// The same for italic faces: less at the right, and capitals only where they
/// lean away from the margin.
#[rustfmt::skip]
const ITALIC: &[(&str, i64, i64)] = &[
    (".,", 0, 500),
    (":;", 0, 300),
    ("-\u{2010}\u{2011}", 400, 400),
    ("–", 200, 200),
    ("—", 150, 150),
    ("‘’‚“”„", 400, 200),
    ("(", 200, 0),
    (")", 0, 100),
    ("/", 0, 100),
    ("ATVWXY", 100, 0),
    ("147", 100, 0),
];

impl Class {
    fn of(font: &Font) -> Class {
        if font.italic { Class::Italic } else { Class::Upright }
    }

    fn find(self, c: char) -> (i64, i64) {
        // Letters and spaces, that is most of a text, hang by nothing.
        if c.is_lowercase() {
            return (0, 0);
        }
        let table = match self {
            Class::Upright => UPRIGHT,
            Class::Italic => ITALIC,
        };
        let entry = table.iter().find(|(marks, _, _)| marks.contains(c));
        entry.map_or((0, 0), |&(_, left, right)| (left, right))
    }
}

/// How far a character hangs out at the left of a line that starts with it.
pub(super) fn left(font: &Font, c: char, width: Abs) -> Abs {
    width * Class::of(font).find(c).0 / 1000
}

/// How far a character hangs out at the right of a line that ends with it.
pub(super) fn right(font: &Font, c: char, width: Abs) -> Abs {
    width * Class::of(font).find(c).1 / 1000
}

/// What breaks are priced with, before lines are set.
impl Prepared {
    /// How far the first glyph of a part would hang out at a line's start.
    pub(super) fn hang_left(&self, shaper: &Shaper, part: usize) -> Abs {
        let part = self.parts[part];
        let (PartKind::Word(word), true) = (part.kind, self.protrusion) else {
            return Abs::ZERO;
        };
        let look = self.runs[part.run];
        let first = self.text[part.start..part.end].chars().next();
        first.zip(shaper.glyphs(word).first()).map_or(Abs::ZERO, |(c, glyph)| {
            left(shaper.font(part.plan), c, look.scale.at(glyph.advance))
        })
    }

    /// How far the last glyph of the last word before a part would hang out at a
    /// line's end.
    pub(super) fn hang_right(&self, shaper: &Shaper, before: usize) -> Abs {
        let words = self.parts[..before].iter().rev();
        let last = words.map(|part| (part, part.kind)).find_map(|(part, kind)| match kind {
            PartKind::Word(word) => Some((part, word)),
            _ => None,
        });
        let (Some((part, word)), true) = (last, self.protrusion) else { return Abs::ZERO };
        let look = self.runs[part.run];
        let end = self.text[part.start..part.end].chars().next_back();
        end.zip(shaper.glyphs(word).last()).map_or(Abs::ZERO, |(c, glyph)| {
            right(shaper.font(part.plan), c, look.scale.at(glyph.advance))
        })
    }

    /// How far glyphs would hang out before and after a break inside a word.
    pub(super) fn hang_inside(
        &self,
        shaper: &Shaper,
        part: Part,
        word: WordId,
        place: Break,
    ) -> (Abs, Abs) {
        if !self.protrusion {
            return (Abs::ZERO, Abs::ZERO);
        }
        let look = self.runs[part.run];
        let font = shaper.font(part.plan);
        let text = &self.text[part.start..part.end];
        let glyphs = shaper.glyphs(word);
        let advance = |cluster: usize| {
            let glyph = glyphs.iter().find(|glyph| glyph.cluster as usize == cluster);
            glyph.map_or(Abs::ZERO, |glyph| look.scale.at(glyph.advance))
        };
        let at = place.at as usize;
        let at_end = if place.hyphen {
            right(font, HYPHEN, look.hyphen)
        } else {
            let last = text[..at].char_indices().next_back();
            last.map_or(Abs::ZERO, |(at, c)| right(font, c, advance(at)))
        };
        let first = text[at..].chars().next();
        let at_start = first.map_or(Abs::ZERO, |c| left(font, c, advance(at)));
        (at_end, at_start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_stands_in_two_rows_of_a_table() {
        for table in [UPRIGHT, ITALIC] {
            let mut seen = String::new();
            for (marks, left, right) in table {
                assert!((0..=1000).contains(left) && (0..=1000).contains(right), "{marks}");
                for c in marks.chars() {
                    assert!(!seen.contains(c), "{c}");
                    seen.push(c);
                }
            }
        }
    }
}
