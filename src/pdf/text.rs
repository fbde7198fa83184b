//! Text operators: one for each run of glyphs.

use super::fonts::Face;
use super::number;
use super::strings::{push_hex, utf16};
use super::unicode::clusters;
use crate::base::Abs;
use crate::document::GlyphRun;

/// What is in force of the text state besides the font. It outlives a text
/// object, and starts as a page does (ISO 32000-1, 9.3.1).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextState {
    /// Text rise in thousandths of a point.
    rise: i64,
    /// How much wider glyphs are drawn, in thousandths.
    expansion: i16,
}

/// Appends the operators that show a run. The font is set and the line's start
/// is in place; `state` is what is in force and is kept up to date.
///
/// A run is one `TJ` unless glyphs are raised or a cluster needs its text
/// spelled out. The numbers in the `TJ` are the differences between where the
/// pen must be and where the widths in the PDF put it, both counted from the
/// run's start in 1/1000 em, so that rounding does not add up. An em here is as
/// wide as the glyphs are drawn, since horizontal scaling applies to the widths
/// and to these numbers alike (ISO 32000-1, 9.4.4).
pub(super) fn show(out: &mut Vec<u8>, run: &GlyphRun, face: &Face, state: &mut TextState) {
    let Some(em) = DrawnEm::of(run) else { return };
    if run.expansion != state.expansion {
        number::push_parts(out, 1000 + i64::from(run.expansion), 1);
        out.extend_from_slice(b" Tz\n");
        state.expansion = run.expansion;
    }
    let mut array = Array { out, open: false, string: false };
    // Where the pen is by the widths in the PDF, and where it has to be.
    let (mut pen, mut wanted) = (0_i64, Abs::ZERO);
    for (range, text) in clusters(run) {
        let glyphs = &run.glyphs[range];
        let spelled = !face.reads_as(glyphs, text);
        if spelled {
            array.close();
            begin_actual_text(array.out, text);
        }
        let alone = (glyphs.len() == 1 && !spelled).then_some(text);
        for glyph in glyphs {
            let raised = number::milli(glyph.dy);
            if raised != state.rise {
                array.close();
                number::push(array.out, raised);
                array.out.extend_from_slice(b" Ts\n");
                state.rise = raised;
            }
            let target = em.thousandths(wanted + glyph.dx);
            if pen != target {
                array.adjust(pen - target);
                pen = target;
            }
            let (code, width) = face.code(glyph, alone);
            array.glyph(code);
            pen += width;
            wanted += glyph.advance;
        }
        if spelled {
            array.close();
            array.out.extend_from_slice(b"EMC\n");
        }
    }
    array.close();
}

/// An em as wide as a run's glyphs are drawn: the type size with expansion.
#[derive(Debug, Clone, Copy)]
struct DrawnEm {
    /// Its width, in units of which [`DrawnEm::per_sp`] make a scaled point.
    width: i64,
    per_sp: i64,
}

impl DrawnEm {
    /// The em of a run; none if its glyphs have no width to draw.
    fn of(run: &GlyphRun) -> Option<DrawnEm> {
        let (size, scale) = (run.size.to_sp(), 1000 + i64::from(run.expansion));
        (size > 0 && scale > 0).then_some(match run.expansion {
            0 => DrawnEm { width: size, per_sp: 1 },
            _ => DrawnEm { width: size * scale, per_sp: 1000 },
        })
    }

    /// A length in thousandths of this em, rounded.
    fn thousandths(self, length: Abs) -> i64 {
        (length.to_sp() * (2000 * self.per_sp) + self.width).div_euclid(2 * self.width)
    }
}

fn begin_actual_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"/Span<</ActualText<");
    push_hex(out, &utf16(text));
    out.extend_from_slice(b">>>BDC\n");
}

/// The array of a `TJ`, opened when it first holds something.
struct Array<'a> {
    out: &'a mut Vec<u8>,
    open: bool,
    string: bool,
}

impl Array<'_> {
    fn open(&mut self) {
        if !self.open {
            self.out.push(b'[');
            self.open = true;
        }
    }

    fn end_string(&mut self) {
        if self.string {
            self.out.push(b')');
            self.string = false;
        }
    }

    fn glyph(&mut self, code: u16) {
        self.open();
        if !self.string {
            self.out.push(b'(');
            self.string = true;
        }
        for byte in code.to_be_bytes() {
            // An unescaped carriage return would be read as a line feed.
            match byte {
                b'(' | b')' | b'\\' => self.out.extend([b'\\', byte]),
                b'\r' => self.out.extend(*b"\\r"),
                byte => self.out.push(byte),
            }
        }
    }

    /// Moves the pen back by so many thousandths of an em.
    fn adjust(&mut self, back: i64) {
        self.open();
        self.end_string();
        number::push_parts(self.out, back, 0);
    }

    fn close(&mut self) {
        self.end_string();
        if self.open {
            self.out.extend_from_slice(b"]TJ\n");
            self.open = false;
        }
    }
}
