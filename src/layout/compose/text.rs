//! Running text, headings and chapter openings.

use super::shapes::{self, rect};
use super::{Composer, Heading, Piece, Spanner, w};
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::Frame;
use crate::text::Line;
use crate::theme::{ParaStyle, StyledFlow, StyledMarker, StyledPara, StyledText};
use std::sync::Arc;

/// Lines that must stand below a heading.
const LINES_BELOW_HEADING: i64 = 2;

/// Appends the lines of a heading, each kept with what follows.
pub(super) fn push_heading(
    composer: &mut Composer<'_>,
    title: &StyledText,
    width: Abs,
    span: Span,
    pieces: &mut Vec<Piece>,
) {
    let mut heading = Some(Heading { level: 2, title: words(title), span });
    for line in composer.lines(title, width) {
        let (frame, rows) = line_frame(composer, line, title.para.leading, width);
        let mut piece = Piece::drawn(frame, rows);
        piece.break_after = w::FORBIDDEN;
        piece.heading = heading.take();
        pieces.push(piece);
    }
}

/// Appends running text line by line.
pub(super) fn push_paras(
    composer: &mut Composer<'_>,
    paras: &[StyledPara],
    width: Abs,
    pieces: &mut Vec<Piece>,
) {
    for para in paras {
        if para.spaced {
            pieces.push(Piece::gap(1));
        }
        let mut lines = para_pieces(composer, para, width);
        let count = lines.len();
        if count > 1 {
            let dear =
                |piece: &mut Piece| piece.break_after = piece.break_after.max(w::WIDOW_ORPHAN);
            dear(&mut lines[0]);
            dear(&mut lines[count - 2]);
        }
        if count > 3 {
            let poor = |piece: &mut Piece| piece.break_after = piece.break_after.max(w::TWO_LINES);
            poor(&mut lines[1]);
            poor(&mut lines[count - 3]);
        }
        pieces.append(&mut lines);
    }
}

/// A paragraph as one piece a line.
fn para_pieces(composer: &mut Composer<'_>, para: &StyledPara, width: Abs) -> Vec<Piece> {
    let leading = para.text.para.leading;
    let mut marker = marker_frame(composer, para);
    let mut pieces = Vec::new();
    for line in composer.lines(&para.text, width - para.indent) {
        let hyphen = line.hyphen;
        let (text, rows) = line_frame(composer, line, leading, width);
        let mut frame = Frame::new(width, text.size.height);
        if let Some(marker) = marker.take() {
            frame.place(Point::ZERO, marker);
        }
        frame.place(Point::new(para.indent, Abs::ZERO), text);
        let mut piece = Piece::drawn(frame, rows);
        piece.break_after = if hyphen { w::HYPHEN_AT_FOOT } else { 0 };
        pieces.push(piece);
    }
    pieces
}

/// A line in whole rows of the grid, on the last row's baseline but for
/// leadings larger than the grid, which sit in the middle of their rows.
fn line_frame(composer: &Composer<'_>, line: Line, leading: Abs, width: Abs) -> (Frame, i64) {
    let page = composer.looks.page;
    let rows = composer.rows(leading).max(1);
    let mut frame = Frame::new(width, composer.height(rows));
    let baseline = composer.height(rows - 1) + page.baseline;
    frame.place(Point::new(Abs::ZERO, baseline), line.into_frame());
    (frame, rows)
}

/// What hangs before a list entry's first line, from the top of its row.
fn marker_frame(composer: &mut Composer<'_>, para: &StyledPara) -> Option<Frame> {
    let baseline = composer.looks.page.baseline;
    let style = &para.text.runs.first()?.style;
    let indent = para.indent.min(composer.looks.text.list_indent);
    let left = para.indent - indent;
    match para.marker.as_ref()? {
        StyledMarker::Words(words) => {
            let line = composer.line(words);
            let mut frame = Frame::default();
            frame.place(Point::new(left, baseline), line.into_frame());
            Some(frame)
        }
        StyledMarker::Sign(sign, color) => {
            let x_height = style.fonts.first()?.x_height.at(style.size);
            let span = para.text.runs.first()?.text.span();
            let shape = shapes::sign(*sign, *color, x_height, span);
            let mut frame = Frame::default();
            frame.push(Point::new(left, baseline - x_height), shape);
            Some(frame)
        }
    }
}

/// Paragraphs stacked in a frame on the grid, for boxes.
pub(super) fn stacked(composer: &mut Composer<'_>, paras: &[StyledPara], width: Abs) -> Frame {
    let mut pieces = Vec::new();
    push_paras(composer, paras, width, &mut pieces);
    let mut frame = Frame::new(width, Abs::ZERO);
    for piece in pieces {
        let at = Point::new(Abs::ZERO, frame.size.height);
        frame.size.height += composer.height(piece.rows);
        frame.place(at, piece.frame.unwrap_or_default());
    }
    frame
}

/// A text on its own leading, its first baseline where the grid has it.
pub(super) fn block(composer: &mut Composer<'_>, text: &StyledText, width: Abs) -> Frame {
    let leading = text.para.leading;
    let lines = composer.lines(text, width);
    let mut frame = Frame::new(width, leading * lines.len() as i64);
    for (index, line) in lines.into_iter().enumerate() {
        let baseline = leading * index as i64 + leading * 3i64 / 4;
        frame.place(Point::new(Abs::ZERO, baseline), line.into_frame());
    }
    frame
}

/// A short text that is hyphenated only if a word of it does not fit.
pub(super) fn label(composer: &mut Composer<'_>, text: &StyledText, width: Abs) -> Frame {
    let mut whole = text.clone();
    whole.para = Arc::new(ParaStyle { hyphenate: false, ..(*text.para).clone() });
    let (longest, _) = composer.widths(&whole);
    block(composer, if longest <= width { &whole } else { text }, width)
}

/// Several such texts below each other.
pub(super) fn blocks<'t>(
    composer: &mut Composer<'_>,
    texts: impl IntoIterator<Item = &'t StyledText>,
    width: Abs,
) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    for text in texts {
        let part = block(composer, text, width);
        let at = Point::new(Abs::ZERO, frame.size.height);
        frame.size.height += part.size.height;
        frame.place(at, part);
    }
    frame
}

/// Small print below a drawing: caption, credit, source. A third of a grid
/// line parts it from what stands above, so that three lines of 8⅔ pt and the
/// white together take whole rows of 13 pt.
pub(super) fn notes<'t>(
    composer: &mut Composer<'_>,
    texts: impl IntoIterator<Item = &'t StyledText>,
    width: Abs,
) -> Frame {
    let words = blocks(composer, texts, width);
    let white = composer.looks.page.leading / 3;
    let mut frame = Frame::new(width, Abs::ZERO);
    if words.size.height > Abs::ZERO {
        frame.size.height = words.size.height + white;
        frame.place(Point::new(Abs::ZERO, white), words);
    }
    frame
}

/// Adds a part below what is there, in whole rows.
pub(super) fn append(composer: &Composer<'_>, frame: &mut Frame, part: Frame) {
    let rows = composer.rows(part.size.height);
    frame.place(Point::new(Abs::ZERO, frame.size.height), part);
    frame.size.height += composer.height(rows);
}

/// The title of a section across all columns, with rule and air for chapters.
pub(super) fn section_title(
    composer: &mut Composer<'_>,
    flow: &StyledFlow,
    title: &StyledText,
) -> Spanner {
    let page = composer.looks.page;
    let chapter = composer.looks.chapter;
    let width = page.text_width();
    let words_frame = block(composer, title, width);
    let mut frame = Frame::new(width, Abs::ZERO);
    // The rule stands level with the capitals of a first line, two rows of
    // air part it from the title.
    let rule =
        Rect::new(Abs::ZERO, page.inset(), chapter.rule_size.width, chapter.rule_size.height);
    frame.push(Point::ZERO, rect(rule, chapter.rule, flow.span));
    let top = composer.height(2);
    let rows = composer.rows(top + words_frame.size.height);
    // The title's last baseline comes to stand on the grid.
    let last = words_frame.size.height - title.para.leading / 4;
    let grid = composer.height(rows - 1) + page.baseline;
    frame.place(Point::new(Abs::ZERO, grid - last), words_frame);
    frame.size.height = composer.height(rows);
    Spanner {
        rows,
        above: 3,
        below: chapter.air,
        keep: 2 + LINES_BELOW_HEADING + chapter.air,
        frame,
        heading: Some(Heading { level: 1, title: flow.name.clone(), span: flow.span }),
    }
}

/// The first paragraph of a chapter, over two thirds of the page's width: the
/// longest measure that this size reads well in.
pub(super) fn lead(composer: &mut Composer<'_>, paras: &[StyledPara]) -> Spanner {
    let width = composer.looks.page.text_width() * (2.0 / 3.0);
    let frame = stacked(composer, paras, width);
    let rows = composer.rows(frame.size.height);
    Spanner { rows, above: 0, below: 2, keep: LINES_BELOW_HEADING, frame, heading: None }
}

/// The words of a text without their looks.
pub(super) fn words(text: &StyledText) -> String {
    let words = text.runs.iter().map(|run| run.text.as_str());
    words.collect::<String>().replace('\u{2028}', " ")
}
