//! The text each glyph stands for, and the ToUnicode map that tells it.

use super::strings::push_hex;
use crate::document::{Glyph, GlyphKind, GlyphRun};
use std::ops::Range;

/// A glyph without text of its own, which only appears as a further glyph of
/// some cluster. Its cluster carries ActualText; the map still needs an entry,
/// since accessible files may not hold glyphs without one.
const NO_TEXT: &str = "\u{200B}";

/// The clusters of a run: ranges of glyphs that together stand for one text.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = run.glyphs.get(at)?;
        let start = at;
        at += 1;
        while run.glyphs.get(at).is_some_and(continues) {
            at += 1;
        }
        Some((start..at, text(run, first)))
    })
}

fn continues(glyph: &Glyph) -> bool {
    glyph.text_start == glyph.text_end && glyph.kind == GlyphKind::Plain
}

fn text<'a>(run: &'a GlyphRun, glyph: &Glyph) -> &'a str {
    let range = glyph.text_start as usize..glyph.text_end as usize;
    match run.text.get(range).unwrap_or_default() {
        // To be dropped when the words are read without their lines.
        _ if glyph.kind == GlyphKind::LineEndHyphen => "\u{AD}",
        "" if glyph.kind == GlyphKind::Space => " ",
        text => letters(text),
    }
}

/// The letters of a ligature that an author typed as one character (Alphabetic
/// Presentation Forms); speech and search know the letters.
fn letters(text: &str) -> &str {
    match text {
        "\u{FB00}" => "ff",
        "\u{FB01}" => "fi",
        "\u{FB02}" => "fl",
        "\u{FB03}" => "ffi",
        "\u{FB04}" => "ffl",
        "\u{FB05}" | "\u{FB06}" => "st",
        text => text,
    }
}

/// The text of each glyph of one font.
#[derive(Debug, Default)]
pub(super) struct GlyphTexts {
    /// By glyph number; empty if unknown.
    texts: Vec<String>,
}

impl GlyphTexts {
    /// No texts yet, for a font with `count` glyphs.
    pub(super) fn new(count: usize) -> GlyphTexts {
        GlyphTexts { texts: vec![String::new(); count] }
    }

    /// Notes that a glyph alone stands for `text`. The first text of a glyph
    /// stays; of texts that differ by the width of a space or the kind of a
    /// hyphen only, the plainest.
    pub(super) fn learn(&mut self, glyph: u16, text: &str) {
        let Some(known) = self.texts.get_mut(usize::from(glyph)) else { return };
        if known.is_empty() || (*known != text && same(known, text) && text < known.as_str()) {
            text.clone_into(known);
        }
    }

    /// Whether the glyphs of a cluster, by themselves, read as `text`.
    pub(super) fn read_as(&self, glyphs: &[Glyph], text: &str) -> bool {
        match glyphs {
            [glyph] => same(self.get(glyph.id), text),
            _ => false,
        }
    }

    /// The text of a glyph.
    pub(super) fn get(&self, glyph: u16) -> &str {
        match self.texts.get(usize::from(glyph)) {
            Some(text) if !text.is_empty() => text,
            _ => NO_TEXT,
        }
    }
}

/// Whether two texts are alike but for kinds of spaces and hyphens.
fn same(a: &str, b: &str) -> bool {
    a == b || a.chars().map(plain).eq(b.chars().map(plain))
}

fn plain(c: char) -> char {
    match c {
        '\u{A0}' | '\u{2009}' | '\u{202F}' => ' ',
        '\u{AD}' | '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

/// A ToUnicode CMap (ISO 32000-1, 9.10.3) for codes of two bytes, where the
/// code of a text is its index.
pub(super) fn to_unicode<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(512 + texts.len() * 16);
    out.extend_from_slice(
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
        /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let entries: Vec<(usize, &str)> = texts.enumerate().filter(|(code, _)| *code > 0).collect();
    // A block holds 100 entries at most.
    for block in entries.chunks(100) {
        out.extend_from_slice(format!("{} beginbfchar\n", block.len()).as_bytes());
        for (code, text) in block {
            out.push(b'<');
            push_hex(&mut out, &(*code as u16).to_be_bytes());
            out.extend_from_slice(b"> <");
            for unit in text.encode_utf16() {
                push_hex(&mut out, &unit.to_be_bytes());
            }
            out.extend_from_slice(b">\n");
        }
        out.extend_from_slice(b"endbfchar\n");
    }
    out.extend_from_slice(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_that_are_typed_are_letters() {
        let typed = ["\u{FB00}", "\u{FB01}", "\u{FB02}", "\u{FB03}", "\u{FB04}", "\u{FB06}", "ĳ"];
        assert_eq!(typed.map(letters), ["ff", "fi", "fl", "ffi", "ffl", "st", "ĳ"]);
    }

    #[test]
    fn the_plainest_space_and_hyphen_win_and_other_texts_stay() {
        let mut texts = GlyphTexts::new(4);
        texts.learn(1, "\u{A0}");
        texts.learn(1, " ");
        texts.learn(1, "\u{A0}");
        texts.learn(2, "a");
        texts.learn(2, "A");
        texts.learn(9, "beyond the font");
        assert_eq!((texts.get(1), texts.get(2), texts.get(3)), (" ", "a", NO_TEXT));
        assert_eq!(texts.get(9), NO_TEXT);
    }

    #[test]
    fn the_map_spells_out_ligatures_and_astral_characters() {
        let map = String::from_utf8(to_unicode(["", "fi", "😀"].into_iter())).unwrap();
        assert!(map.contains("2 beginbfchar\n<0001> <00660069>\n<0002> <D83DDE00>\n"), "{map}");
    }

    #[test]
    fn long_maps_are_split() {
        let map = String::from_utf8(to_unicode(vec!["a"; 250].into_iter())).unwrap();
        assert_eq!(map.matches("100 beginbfchar").count(), 2);
        assert_eq!(map.matches("49 beginbfchar").count(), 1);
    }
}
