//! Runs of glyphs.

use super::canvas::Canvas;
use super::trace::append;
use crate::base::{Abs, Point, Transform};
use crate::document::GlyphRun;
use tiny_skia::PathBuilder;

/// Draws a run, whose baseline starts at `at`.
pub(super) fn draw(canvas: &mut Canvas<'_>, at: Point, run: &GlyphRun) {
    let unit = run.size.to_pt() / f64::from(run.font.units_per_em) * canvas.scale;
    let wide = unit * (1.0 + f64::from(run.expansion) / 1000.0);
    let mut outlines = PathBuilder::new();
    let mut pen = Abs::ZERO;
    for glyph in &run.glyphs {
        if let Some(outline) = run.font.outline(glyph.id) {
            let map = Transform {
                a: wide,
                d: -unit,
                e: (at.x + pen + glyph.dx).to_pt() * canvas.scale,
                f: (at.y - glyph.dy).to_pt() * canvas.scale,
                ..Transform::IDENTITY
            };
            append(&mut outlines, outline, map, 1.0);
        }
        pen += glyph.advance;
    }
    // A run at a time, since the rasteriser prepares each fill anew.
    canvas.fill_traced(outlines, Transform::IDENTITY, canvas.ink(run.fill), false, None);
}
