//! What authors are told about characters and widths.

use super::address;
use super::shape::{ShapedGlyph, covers, is_break_control, is_mark};
use crate::assets::Font;
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::source::Text;
use std::sync::Arc;

/// As many characters of a word are shown in a message.
const MOST_SHOWN: usize = 40;

/// Words as messages show them: without break controls, and cut if they are long.
fn shown(words: &str) -> String {
    let words = words.replace(is_break_control, "");
    match words.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// A character as messages show it: itself, if it can be seen, and its number.
fn name(c: char) -> String {
    if c.is_control() || c.is_whitespace() || is_mark(c) {
        format!("U+{:04X}", u32::from(c))
    } else {
        format!("‘{c}’ (U+{:04X})", u32::from(c))
    }
}

/// Warns of characters that a fallback font sets, once each.
pub(super) fn fallback(
    source: &Text,
    from: usize,
    piece: &str,
    fonts: &[Arc<Font>],
    used: usize,
    told: &mut Vec<char>,
    diags: &mut Diagnostics,
) {
    let wanted = &fonts[0];
    for (at, c) in piece.char_indices() {
        if covers(wanted, c) || told.contains(&c) {
            continue;
        }
        told.push(c);
        let span = source.span_of(from + at..from + at + c.len_utf8());
        let message = format!(
            "the font {} has no {}; it is set in {}",
            wanted.postscript_name,
            name(c),
            fonts[used].postscript_name
        );
        diags.push(
            Diagnostic::warning(Code::FONT_FALLBACK, span, message)
                .label("from the fallback font")
                .hint("use a character that the font has if this one looks out of place"),
        );
    }
}

/// Reports the characters of a shaped piece that no font has.
pub(super) fn missing(
    source: &Text,
    from: usize,
    piece: &str,
    glyphs: &[ShapedGlyph],
    font: &Font,
    diags: &mut Diagnostics,
) {
    let mut absent: Vec<(usize, char)> = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate().filter(|(_, g)| g.id == 0) {
        let start = glyph.cluster as usize;
        let end = glyphs[index..]
            .iter()
            .find(|g| g.cluster != glyph.cluster)
            .map_or(piece.len(), |g| g.cluster as usize);
        let chars = piece[start..end].char_indices().filter(|&(_, c)| !covers(font, c));
        absent.extend(chars.map(|(at, c)| (start + at, c)));
    }
    absent.dedup();
    // A word in a foreign script is one finding, not one a letter.
    for run in absent.chunk_by(|a, b| a.0 + a.1.len_utf8() == b.0) {
        let (Some(&(start, first)), Some(&(last, end))) = (run.first(), run.last()) else {
            continue;
        };
        let span = source.span_of(from + start..from + last + end.len_utf8());
        let message = if run.len() == 1 {
            format!("no font of this style has the character {}", name(first))
        } else {
            let words: String = run.iter().take(MOST_SHOWN).map(|&(_, c)| c).collect();
            let more = if run.len() > MOST_SHOWN { "…" } else { "" };
            format!("no font of this style has the characters ‘{words}{more}’")
        };
        diags.push(
            Diagnostic::error(Code::MISSING_GLYPH, span, message)
                .label("cannot be set")
                .hint("write it another way, or name a font that has it in the theme"),
        );
    }
}

/// Reports text for which no width at all is left.
pub(super) fn no_room(span: Span, diags: &mut Diagnostics) {
    diags.push(
        Diagnostic::error(Code::TOO_WIDE, span, "no room is left for this text")
            .label("has no width to stand in")
            .hint("nest lists less deep, or make indents and paddings in the theme smaller"),
    );
}

/// Reports words that are wider than the measure and cannot be broken; `whole` is
/// what they are a part of, if they are.
pub(super) fn too_wide(
    words: &str,
    whole: &str,
    span: Span,
    width: Abs,
    measure: Abs,
    diags: &mut Diagnostics,
) {
    let part =
        if words == whole { String::new() } else { format!(", a part of ‘{}’,", shown(whole)) };
    let message = format!(
        "‘{}’{part} is {:.1} mm wide, but the measure is {:.1} mm",
        shown(words),
        width.to_mm(),
        measure.to_mm()
    );
    let diagnostic = Diagnostic::error(Code::TOO_WIDE, span, message).label("does not fit");
    diags.push(if address::recognise(whole).is_some() {
        diagnostic.hint("link words instead of showing the address: [words](https://…)")
    } else {
        diagnostic.hint("shorten it, or put a soft hyphen (U+00AD, &shy;) where it may be broken")
    });
}
