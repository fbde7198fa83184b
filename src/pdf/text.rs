//! Text operators: one for each run of glyphs.

use super::fonts::Face;
use super::number;
use super::strings::{push_hex, utf16};
use super::unicode::clusters;
use crate::base::Abs;
use crate::document::GlyphRun;

/// Appends the operators that show a run. The font is set and the line's start
/// is in place; `rise` is the text rise in force and is kept up to date.
///
/// A run is one `TJ` unless glyphs are raised or a cluster needs its text
/// spelled out. The numbers in the `TJ` are the differences between where the
/// pen must be and where the widths in the PDF put it, both counted from the
/// run's start in 1/1000 em, so that rounding does not add up.
pub(super) fn show(out: &mut Vec<u8>, run: &GlyphRun, face: &Face, rise: &mut i64) {
    let size = run.size.to_sp();
    if size <= 0 {
        return;
    }
    let mut array = Array { out, open: false, string: false };
    // Where the pen is by the widths in the PDF, and where it has to be.
    let (mut pen, mut wanted) = (0_i64, Abs::ZERO);
    for (range, text) in clusters(run) {
        let glyphs = &run.glyphs[range];
        let spelled = !face.texts.read_as(glyphs, text);
        if spelled {
            array.close();
            begin_actual_text(array.out, text);
        }
        for glyph in glyphs {
            let raised = number::milli(glyph.dy);
            if raised != *rise {
                array.close();
                number::push(array.out, raised);
                array.out.extend_from_slice(b" Ts\n");
                *rise = raised;
            }
            let target = thousandths_of_em(wanted + glyph.dx, size);
            if pen != target {
                array.adjust(pen - target);
                pen = target;
            }
            let (code, width) = face.code(glyph.id);
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

/// A length in thousandths of a type size of `size` scaled points, rounded.
fn thousandths_of_em(length: Abs, size: i64) -> i64 {
    (length.to_sp() * 2000 + size).div_euclid(2 * size)
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
