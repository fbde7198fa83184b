//! Words as outlines, so that a sheet needs no font of its own.

use crate::assets::{Assets, Font};
use crate::base::{Abs, Em, Path};
use skrifa::GlyphId;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size as FontSize};
use std::sync::Arc;

/// Stands for what does not fit.
const REST: char = '…';

/// A face of the program.
pub(super) struct Lettering {
    font: Arc<Font>,
}

impl Lettering {
    /// The face for slug lines.
    pub(super) fn new() -> Lettering {
        #[expect(clippy::expect_used, reason = "the face is part of the program")]
        let font = Assets::new().builtin_font("Source Sans 3", "regular").expect("a builtin face");
        Lettering { font }
    }

    /// How many design units the type size has.
    pub(super) fn units(&self) -> u16 {
        self.font.units_per_em
    }

    /// The outlines of words in design units, each with its pen's distance from
    /// the first one. What does not fit in `room` is left out from the middle of
    /// the line; characters that the face lacks are left out too.
    pub(super) fn line(&self, words: &str, size: Abs, room: Abs) -> Vec<(Abs, &Path)> {
        let tables = self.font.tables();
        let metrics = tables.glyph_metrics(FontSize::unscaled(), LocationRef::default());
        let glyph = |c| {
            let glyph = self.font.glyph(c)?;
            let units = metrics.advance_width(GlyphId::from(glyph)).unwrap_or_default();
            Some((glyph, Em::units(units as i32, self.font.units_per_em).at(size)))
        };
        let mut glyphs: Vec<(u16, Abs)> = words.chars().filter_map(glyph).collect();
        let width = |glyphs: &[(u16, Abs)]| glyphs.iter().map(|&(_, advance)| advance).sum::<Abs>();
        if width(&glyphs) > room {
            let rest: Vec<(u16, Abs)> = glyph(REST).into_iter().collect();
            let cut = |kept: usize| {
                let (head, tail) = (kept / 2, kept - kept / 2);
                [&glyphs[..head], &rest, &glyphs[glyphs.len() - tail..]].concat()
            };
            let fitting = (0..glyphs.len()).rev().map(cut).find(|cut| width(cut) <= room);
            glyphs = fitting.unwrap_or_default();
        }
        let mut x = Abs::ZERO;
        let mut paths = Vec::new();
        for (glyph, advance) in glyphs {
            if let Some(path) = self.font.outline(glyph) {
                paths.push((x, path));
            }
            x += advance;
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_loses_its_middle() {
        let lettering = Lettering::new();
        let (size, room) = (Abs::pt(6.0), Abs::mm(50.0));
        let whole = lettering.line("blad 1 van 2", size, room);
        assert_eq!(whole.len(), 12);
        let cut = lettering.line(&"blad 1 van 2, ".repeat(30), size, room);
        let (x, last) = &cut[cut.len() - 1];
        assert!(cut.len() > 40 && *x + last.bounds().right() * 0.006 <= room, "{}", cut.len());
        assert!(lettering.line("blad", size, Abs::pt(1.0)).is_empty());
    }
}
