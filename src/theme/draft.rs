//! What is still to be supplied, set apart so that nobody overlooks it.

use super::{Align, CharStyle, ParaStyle, StyledRun, StyledText, TextStyle, Voice};
use crate::color::Color;
use crate::source::{Text, todo};
use std::ops::Range;
use std::sync::Arc;

/// The colour of words and lines that only a draft has: the red of a proof
/// reader's pen, which no text of a theme is likely to have.
pub const INK: Color = Color::Cmyk([0, 9_500, 8_500, 1_500]);

/// The colour behind words: the yellow of a marker, on which the red reads
/// whatever the ground of the text is.
pub const MARKER: Color = Color::Cmyk([0, 400, 4_000, 0]);

/// The colour of the fields that stand for images: a grey that is no artwork.
pub const FIELD: Color = Color::Cmyk([0, 0, 200, 800]);

/// The words of a placeholder: centred, in the type of a style.
pub(super) fn placeholder(words: &Text, style: &TextStyle) -> StyledText {
    let plain = CharStyle { color: INK, highlight: None, ..(*style.plain).clone() };
    let run = StyledRun {
        text: words.clone(),
        style: Arc::new(plain),
        link: None,
        voice: Voice::default(),
    };
    let para = ParaStyle { align: Align::Center, hyphenate: false, ..(*style.para).clone() };
    StyledText { runs: vec![run], para: Arc::new(para) }
}

/// Words in the look of what only a draft has.
fn marked(style: &CharStyle) -> Arc<CharStyle> {
    Arc::new(CharStyle { color: INK, highlight: Some(MARKER), ..style.clone() })
}

/// Sets the marks `[[TODO …]]` apart from the words around them. They lead
/// nowhere: what is still to be written is no address.
pub(super) fn set_apart(runs: Vec<StyledRun>) -> Vec<StyledRun> {
    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
    let marks = todo::marks(&words);
    if marks.is_empty() {
        return runs;
    }
    let mut apart = Vec::new();
    let mut start = 0;
    for run in runs {
        let len = run.text.as_str().len();
        for (part, is_mark) in parts(start..start + len, &marks) {
            let text = run.text.slice(part.start - start..part.end - start);
            apart.push(if is_mark {
                StyledRun { text, style: marked(&run.style), link: None, voice: Voice::default() }
            } else {
                StyledRun { text, ..run.clone() }
            });
        }
        start += len;
    }
    apart
}

/// A range cut at the edges of marks; whether each part belongs to one.
fn parts(range: Range<usize>, marks: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let mut at = range.start;
    for mark in marks {
        let (start, end) = (mark.start.clamp(at, range.end), mark.end.clamp(at, range.end));
        parts.extend([(at..start, false), (start..end, true)]);
        at = end;
    }
    parts.push((at..range.end, false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_cut_at_the_edges_of_marks() {
        let marks = [2..5, 8..12];
        assert_eq!(parts(0..2, &marks), [(0..2, false)]);
        assert_eq!(
            parts(0..10, &marks),
            [(0..2, false), (2..5, true), (5..8, false), (8..10, true)]
        );
        assert_eq!(parts(10..14, &marks), [(10..12, true), (12..14, false)]);
    }
}
