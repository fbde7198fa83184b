//! Charts: frame, heading and words; the drawings stand in `bars`, `stacked` and `pie`.

use super::placeholder::{Field, placeholder};
use super::{Composer, bars, pie, stacked, text};
use crate::base::{Abs, Point, Rect};
use crate::diag::Span;
use crate::document::{Element, Frame, Node, Role};
use crate::layout::structure;
use crate::source::Text;
use crate::theme::{ChartKind, StyledChart, StyledText};

/// A chart of a width with its heading, caption and source, in whole rows.
pub(super) fn chart(
    composer: &mut Composer<'_>,
    chart: &StyledChart,
    width: Abs,
    span: Span,
) -> Frame {
    let mut frame = Frame::new(width, Abs::ZERO);
    if let Some(title) = &chart.title {
        let part = text::block(composer, title, width).within(Element::new(Role::Heading(3)));
        text::append(composer, &mut frame, part);
    }
    // Half a line parts the drawing from its heading.
    let white = if chart.title.is_some() { composer.height(1) / 2 } else { Abs::ZERO };
    let Drawn { frame: drawing, foot } = match (&chart.placeholder, chart.kind) {
        (Some((words, aspect)), _) => stand_in(composer, words, width, width * *aspect, span),
        (None, ChartKind::Bar) => bars::bars(composer, chart, width),
        (None, ChartKind::Stacked) => stacked::stacked(composer, chart, width, span),
        (None, ChartKind::Pie) => pie::pie(composer, chart, width, 0.0),
        (None, ChartKind::Donut) => pie::pie(composer, chart, width, 0.58),
    };
    let mut notes = text::notes(composer, chart.caption.iter().chain(&chart.source), width);
    // The words below a drawing are its caption, where it comes from is not. The
    // caption is the first of them.
    if let (Some(_), None, false) = (&chart.caption, &chart.placeholder, notes.nodes.is_empty()) {
        let first = notes.nodes.remove(0);
        notes.nodes.insert(0, structure::caption(first));
    }
    let rows = composer.rows(white + drawing.size.height);
    let mut below = Frame::new(width, composer.height(rows));
    let top = if notes.size.height > Abs::ZERO {
        white
    } else {
        // What is drawn last stands on the baseline, as a line of text would.
        below.size.height - (composer.page.leading - composer.page.baseline) - foot
    };
    below.place(Point::new(Abs::ZERO, top), drawing);
    text::append(composer, &mut frame, below);
    text::append(composer, &mut frame, notes);
    frame.within(Element::new(Role::Section))
}

/// The structure of a chart: what is drawn, with words for it, and beside it the
/// labels and values that stand on the page as the cells of a table.
pub(super) fn shown(chart: &StyledChart, drawn: Vec<Node>, rows: Vec<Element>) -> [Node; 2] {
    let figure = Element::new(Role::Figure).with(drawn).alt(Some(chart.alt.clone()));
    let table = Element::new(Role::Table).with(rows.into_iter().map(Node::from));
    [figure.into(), table.into()]
}

/// A cell of such a table.
pub(super) fn cell(role: Role, words: Vec<Node>) -> Node {
    Element::new(role).with(words).into()
}

/// The width of the lines from marks that stand outside to what they mark.
pub(super) const LEADER: Abs = Abs::sp(32_768);

/// The letter that marks a part of a chart, in the look of its value: `a` to `z`,
/// then `aa`, `ab` and so on.
pub(super) fn letter(composer: &Composer<'_>, index: usize, span: Span) -> StyledText {
    let letter = |index: usize| char::from(b'a' + (index % 26) as u8);
    let more = (index / 26).checked_sub(1).map(letter);
    let name: String = more.into_iter().chain([letter(index)]).collect();
    composer.looks.styles.chart_value.plain(&Text::made(name, span))
}

/// The placeholder of a drawing, in whole rows, with its edges where those of an
/// image are.
fn stand_in(
    composer: &mut Composer<'_>,
    words: &StyledText,
    width: Abs,
    height: Abs,
    span: Span,
) -> Drawn {
    let inset = composer.page.inset();
    let rows = composer.rows(height + inset * 2i64);
    let mut frame = Frame::new(width, composer.height(rows));
    let area = Rect::new(Abs::ZERO, inset, width, composer.height(rows) - inset * 2i64);
    placeholder(composer, &mut frame, words, Field::whole(area), span);
    Drawn { frame, foot: area.bottom() }
}

/// The drawing of a chart.
pub(super) struct Drawn {
    /// The drawing with the room around it.
    pub(super) frame: Frame,
    /// Where the lowest thing in it ends.
    pub(super) foot: Abs,
}
