//! Running text, headings and chapter openings.

use super::shapes::{self, rect};
use super::{Composer, Drawing, Heading, Lines, Part, Setting, Shape, Spanner, White, w};
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::{Element, Frame, Role};
use crate::layout::structure;
use crate::linebreak::{self, Breaks};
use crate::text::{Line, Paragraph};
use crate::theme::{ParaStyle, Sign, StyledFlow, StyledMarker, StyledPara, StyledText};
use std::ops::Range;
use std::sync::Arc;

/// Lines that must stand below a heading.
const LINES_BELOW_HEADING: i64 = 2;

/// Appends a heading, kept with what follows.
pub(super) fn push_heading(
    composer: &mut Composer<'_>,
    title: &StyledText,
    width: Abs,
    span: Span,
    parts: &mut Vec<Part<'_>>,
) {
    let frame = on_grid(composer, title, width).within(Element::new(Role::Heading(3)));
    let rows = composer.rows(frame.size.height);
    let heading = Some(Heading { level: 2, title: words(title), span });
    parts.push(Part { after: w::STRANDED, heading, ..Part::drawn(frame, rows) });
}

/// Appends running text, paragraph by paragraph, each in all its settings.
pub(super) fn push_paras(
    composer: &mut Composer<'_>,
    paras: &[StyledPara],
    width: Abs,
    parts: &mut Vec<Part<'_>>,
) {
    for para in paras {
        if para.spaced {
            parts.push(Part::white(White { rows: 1, stretch: 1, price: w::GROWN_IN_TEXT }));
        }
        let below_heading = parts.last().is_some_and(|part| part.heading.is_some());
        let paragraph = composer.broken(&para.text, width - para.indent);
        let rows = composer.rows(composer.leading(&para.text.para)).max(1);
        let settings = settings(&paragraph, rows);
        // Two lines stand below a heading: a single one takes the next along.
        let single = settings.first().is_some_and(|setting| setting.lines() == 1);
        let marker = marker_frame(composer, para);
        parts.push(Part {
            shape: Shape::Set(settings),
            after: if below_heading && single { w::STRANDED } else { 0 },
            drawing: Drawing::Lines(Box::new(Lines {
                paragraph,
                indent: para.indent,
                marker,
                entry: para.marker.is_some(),
                width,
            })),
            heading: None,
        });
    }
}

/// The ways to set a paragraph, with what they cost and what it costs to end a
/// column between their lines.
fn settings(paragraph: &Paragraph, rows: i64) -> Vec<Setting> {
    let least = paragraph.settings().iter().map(|breaks| breaks.cost).min().unwrap_or(0);
    let natural = paragraph.settings().first().map_or(0, |breaks| breaks.lines.len());
    let setting = |breaks: &Breaks| {
        let count = breaks.lines.len();
        let between = breaks.lines.iter().take(count.saturating_sub(1)).enumerate();
        let price = |(index, line): (usize, &linebreak::Line)| {
            let alone = i64::from(index == 0) + i64::from(index + 2 == count);
            let two = count > 3 && (index == 1 || index + 3 == count);
            alone * w::WIDOW_ORPHAN
                + i64::from(two) * w::TWO_LINES
                + i64::from(line.hyphen) * w::HYPHEN_AT_FOOT
        };
        Setting {
            rows,
            // Variants have two lines more at most.
            variant: (count as i64 - natural as i64) as i8,
            cost: breaks.cost - least,
            between: between.map(price).collect(),
        }
    };
    paragraph.settings().iter().filter(|breaks| !breaks.lines.is_empty()).map(setting).collect()
}

/// Lines of a paragraph, set as one of its settings has them, one below the
/// other.
pub(in crate::layout) fn set_lines(
    composer: &mut Composer<'_>,
    lines: Lines,
    setting: usize,
    range: Range<usize>,
) -> (Frame, Lines) {
    let Lines { paragraph, indent, mut marker, entry, width } = lines;
    let mut frame = Frame::new(width, Abs::ZERO);
    let marker_now = marker.take_if(|_| range.start == 0);
    let marker_now = marker_now.map(|marker| frame.place_apart(Point::ZERO, marker));
    let leading = composer.leading(paragraph.para());
    let mut words = Element::new(Role::Paragraph);
    for line in composer.set(&paragraph, setting, range) {
        let at = Point::new(indent, frame.size.height);
        let (part, _) = line_frame(composer, line, leading, width);
        frame.size.height += part.size.height;
        words.children.extend(frame.place_apart(at, part));
    }
    let depth = structure::depth(indent, composer.looks.text.list_indent);
    let marker_now = marker_now.unwrap_or_default();
    frame.nodes.push(structure::paragraph(words, marker_now, entry, depth));
    (frame, Lines { paragraph, indent, marker, entry, width })
}

/// A line in whole rows of the grid, on the last row's baseline but for
/// leadings larger than the grid, which sit in the middle of their rows.
pub(super) fn line_frame(
    composer: &Composer<'_>,
    line: Line,
    leading: Abs,
    width: Abs,
) -> (Frame, i64) {
    let page = composer.page;
    let rows = composer.rows(leading).max(1);
    let mut frame = Frame::new(width, composer.height(rows));
    let baseline = composer.height(rows - 1) + page.baseline;
    frame.place(Point::new(Abs::ZERO, baseline), line.into_frame());
    (frame, rows)
}

/// Lines below each other in whole rows of the grid. What they are, those say who
/// ask for them.
pub(super) fn on_grid(composer: &mut Composer<'_>, text: &StyledText, width: Abs) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    for line in composer.lines(text, width) {
        let at = Point::new(Abs::ZERO, frame.size.height);
        let (part, _) = line_frame(composer, line, composer.leading(&text.para), width);
        frame.size.height += part.size.height;
        frame.place(at, part);
    }
    frame
}

/// What hangs before a list entry's first line, from the top of its row.
fn marker_frame(composer: &mut Composer<'_>, para: &StyledPara) -> Option<Frame> {
    let baseline = composer.page.baseline;
    let style = &para.text.runs.first()?.style;
    let indent = para.indent.min(composer.looks.text.list_indent);
    let left = para.indent - indent;
    match para.marker.as_ref()? {
        StyledMarker::Words(words) => {
            let line = composer.line(words);
            let mut frame = Frame::default();
            frame.place(Point::new(left, baseline), line.into_frame());
            Some(frame.within(Element::new(Role::Label)))
        }
        StyledMarker::Sign(sign, color) => {
            let x_height = style.fonts.first()?.x_height.at(style.size);
            let span = para.text.runs.first()?.text.span();
            let shape = shapes::sign(*sign, *color, x_height, span);
            let mut frame = Frame::default();
            let drawn = frame.push_apart(Point::new(left, baseline - x_height), shape);
            let role = Role::Sign { square: *sign == Sign::Square };
            frame.nodes.push(Element::new(role).with([drawn]).into());
            Some(frame)
        }
    }
}

/// Paragraphs stacked in a frame on the grid, for boxes, with some rows of
/// white between the entries of a list.
pub(super) fn stacked(
    composer: &mut Composer<'_>,
    paras: &[StyledPara],
    width: Abs,
    white: i64,
) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    for (index, para) in paras.iter().enumerate() {
        if index > 0 && para.marker.is_some() {
            frame.size.height += composer.height(white);
        }
        if para.spaced {
            frame.size.height += composer.height(1);
        }
        let mut marker = Vec::new();
        if let Some(part) = marker_frame(composer, para) {
            marker = frame.place_apart(Point::new(Abs::ZERO, frame.size.height), part);
        }
        let mut words = Element::new(Role::Paragraph);
        for line in composer.lines(&para.text, width - para.indent) {
            let at = Point::new(para.indent, frame.size.height);
            let (part, _) = line_frame(composer, line, composer.leading(&para.text.para), width);
            frame.size.height += part.size.height;
            words.children.extend(frame.place_apart(at, part));
        }
        let depth = structure::depth(para.indent, composer.looks.text.list_indent);
        let entry = para.marker.is_some();
        frame.nodes.push(structure::paragraph(words, marker, entry, depth));
    }
    frame.nodes = structure::lists(std::mem::take(&mut frame.nodes));
    frame
}

/// A text on its own leading, its first baseline where the grid has it. What it
/// is, those say who ask for it.
pub(super) fn block(composer: &mut Composer<'_>, text: &StyledText, width: Abs) -> Frame {
    let leading = composer.leading(&text.para);
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
    block(composer, &unhyphenated(text), width)
}

/// A text whose words stay whole.
pub(super) fn unhyphenated(text: &StyledText) -> StyledText {
    let mut whole = text.clone();
    whole.para = Arc::new(ParaStyle { hyphenate: false, ..(*text.para).clone() });
    whole
}

/// Several texts below each other, a paragraph each.
pub(super) fn blocks<'t>(
    composer: &mut Composer<'_>,
    texts: impl IntoIterator<Item = &'t StyledText>,
    width: Abs,
) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    for text in texts {
        let part = block(composer, text, width).within(Element::new(Role::Paragraph));
        let at = Point::new(Abs::ZERO, frame.size.height);
        frame.size.height += part.size.height;
        frame.place(at, part);
    }
    frame
}

/// Small print below a drawing: caption, credit, source. Its last baseline
/// stands on the grid, so that what follows, and the column beside it, are level
/// with it; what the grid leaves is white above.
pub(super) fn notes<'t>(
    composer: &mut Composer<'_>,
    texts: impl IntoIterator<Item = &'t StyledText>,
    width: Abs,
) -> Frame {
    let texts: Vec<&StyledText> = texts.into_iter().collect();
    let mut frame = Frame::new(width, Abs::ZERO);
    let Some(last) = texts.last() else { return frame };
    let below = composer.leading(&last.para) / 4;
    let words = blocks(composer, texts, width);
    let page = composer.page;
    let baseline = words.size.height - below;
    let foot = page.leading - page.baseline;
    // Three lines of 8⅔ pt fit two rows of 13 pt if they may rise by a twelfth:
    // the drawing above ends a quarter of a row early.
    let rows = composer.rows(baseline + foot - page.leading / 12).max(1);
    let top = composer.height(rows) - foot - baseline;
    frame.size.height = composer.height(rows);
    frame.place(Point::new(Abs::ZERO, top), words);
    frame
}

/// Adds a part below what is there, in whole rows.
pub(super) fn append(composer: &Composer<'_>, frame: &mut Frame, part: Frame) {
    let rows = composer.rows(part.size.height);
    frame.place(Point::new(Abs::ZERO, frame.size.height), part);
    frame.size.height += composer.height(rows);
}

/// A title across the page with the rule above it, and its rows.
pub(super) fn title(composer: &mut Composer<'_>, title: &StyledText, span: Span) -> (Frame, i64) {
    let page = composer.page;
    let chapter = composer.looks.chapter;
    let width = page.text_width();
    let words_frame = block(composer, title, width).within(Element::new(Role::Heading(2)));
    let mut frame = Frame::new(width, Abs::ZERO);
    // The rule stands level with the capitals of a first line, two rows of
    // air part it from the title.
    let rule =
        Rect::new(Abs::ZERO, page.inset(), chapter.rule_size.width, chapter.rule_size.height);
    frame.push(Point::ZERO, rect(rule, chapter.rule, span));
    let top = composer.height(2);
    let rows = composer.rows(top + words_frame.size.height);
    // The title's last baseline comes to stand on the grid.
    let last = words_frame.size.height - composer.leading(&title.para) / 4;
    let grid = composer.height(rows - 1) + page.baseline;
    frame.place(Point::new(Abs::ZERO, grid - last), words_frame);
    frame.size.height = composer.height(rows);
    (frame, rows)
}

/// The title of a section across all columns, with rule and air for chapters.
pub(super) fn section_title(
    composer: &mut Composer<'_>,
    flow: &StyledFlow,
    words: &StyledText,
) -> Spanner {
    let (frame, rows) = title(composer, words, flow.span);
    let air = composer.looks.chapter.air;
    // To save a page, titles may stand a little closer.
    let tighter = i64::from(composer.means.white < 0).min((air - 1).max(0));
    Spanner {
        rows,
        above: 3 - tighter,
        below: air - tighter,
        keep: 2 + LINES_BELOW_HEADING + air,
        holds: true,
        frame,
        heading: Some(Heading { level: 1, title: flow.name.clone(), span: flow.span }),
    }
}

/// The first paragraph of a chapter, over two thirds of the page's width: the
/// longest measure that this size reads well in.
pub(super) fn lead(composer: &mut Composer<'_>, paras: &[StyledPara]) -> Spanner {
    let width = composer.page.text_width() * (2.0 / 3.0);
    let frame = stacked(composer, paras, width, 0);
    let rows = composer.rows(frame.size.height);
    Spanner {
        rows,
        above: 0,
        below: 2,
        keep: LINES_BELOW_HEADING,
        holds: true,
        frame,
        heading: None,
    }
}

/// The words of a text without their looks.
pub(in crate::layout) fn words(text: &StyledText) -> String {
    let words = text.runs.iter().map(|run| run.text.as_str());
    words.collect::<String>().replace('\u{2028}', " ")
}
