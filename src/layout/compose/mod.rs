//! Blocks to frames and pieces of the galley.

mod back;
mod bars;
mod boxed;
mod callouts;
mod chart;
mod contents;
mod cover;
mod disc;
mod ease;
mod figure;
mod filler;
mod links;
mod luminance;
mod pie;
mod placeholder;
mod quote;
mod shapes;
mod spread;
mod stacked;
mod stats;
mod table;
mod text;

pub(super) use back::back;
pub(super) use contents::numbered;
pub(super) use cover::cover;
pub(super) use filler::filler;
pub(super) use text::{set_lines, words};

use super::galley::{
    Drawing, Ease, Heading, Lines, Opening, Part, Segment, Setting, Shape, Spanner, White,
};
use super::means::Means;
use super::weights as w;
use crate::assets::Image;
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Frame;
use crate::text::{Line, Paragraph, Typesetter};
use crate::theme::{
    Align, Looks, PageLook, ParaStyle, StyledArt, StyledBlock, StyledFlow, StyledKind, StyledText,
};
use std::borrow::Cow;
use std::ops::Range;

/// What composing needs: looks, a typesetter, and a place for findings.
pub(super) struct Composer<'a> {
    /// The theme.
    pub(super) looks: &'a Looks,
    /// Page and grid, fitted.
    pub(super) page: PageLook,
    /// What is done to all text alike.
    pub(super) means: Means,
    /// Where generated words (page numbers) are said to come from.
    pub(super) span: Span,
    setter: &'a mut Typesetter,
    diags: &'a mut Diagnostics,
}

impl<'a> Composer<'a> {
    pub(super) fn new(
        looks: &'a Looks,
        span: Span,
        means: Means,
        setter: &'a mut Typesetter,
        diags: &'a mut Diagnostics,
    ) -> Composer<'a> {
        setter.fit(means.fit());
        Composer { looks, page: means.page(looks.page), means, span, setter, diags }
    }

    /// From baseline to baseline, fitted.
    fn leading(&self, para: &ParaStyle) -> Abs {
        self.means.leading(para.leading)
    }

    /// A paragraph with the ways to break it into lines of a measure.
    fn broken(&mut self, text: &StyledText, measure: Abs) -> Paragraph {
        self.setter.broken(&ragged_if_narrow(text, measure), measure, true, self.diags)
    }

    /// Lines of such a paragraph.
    fn set(&mut self, paragraph: &Paragraph, setting: usize, lines: Range<usize>) -> Vec<Line> {
        self.setter.set(paragraph, setting, lines)
    }

    /// A paragraph broken into lines of a measure.
    pub(super) fn lines(&mut self, text: &StyledText, measure: Abs) -> Vec<Line> {
        self.setter.paragraph(&ragged_if_narrow(text, measure), measure, self.diags)
    }

    /// Words on one line of their natural width.
    pub(super) fn line(&mut self, text: &StyledText) -> Line {
        self.setter.line(text, self.diags)
    }

    /// A line with words that stand elsewhere too: what has been said of them
    /// there is not said again.
    pub(super) fn line_again(&mut self, text: &StyledText) -> Line {
        let mut found = Diagnostics::new();
        let line = self.setter.line(text, &mut found);
        found.retain(|new| {
            self.diags.iter().all(|old| (old.code, &old.message) != (new.code, &new.message))
        });
        self.diags.append(found);
        line
    }

    /// The width of the longest part of a text that cannot be broken, and of
    /// the whole on one line.
    fn widths(&mut self, text: &StyledText) -> (Abs, Abs) {
        self.setter.widths(text, self.diags)
    }

    /// Adds a finding.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.diags.push(finding);
    }

    /// The rows of the grid that a height takes.
    fn rows(&self, height: Abs) -> i64 {
        height.steps_up(self.page.leading)
    }

    /// The height of some rows.
    fn height(&self, rows: i64) -> Abs {
        self.page.leading * rows
    }

    /// Reports a block that is taller than a page's column.
    fn check_height(&mut self, rows: i64, what: &str, span: Span) {
        let most = self.page.rows;
        if rows > most {
            let tall = self.height(rows).to_mm();
            let room = self.height(most).to_mm();
            self.diags.push(
                Diagnostic::error(
                    Code::TOO_TALL,
                    span,
                    format!("{what} is {tall:.0} mm tall, a column only {room:.0} mm"),
                )
                .hint("split it into two blocks, or shorten its text"),
            );
        }
    }
}

/// The measure below which justified text is set ragged: too few words stand in
/// a line to share its white out.
const NARROW_MM: f64 = 70.0;

fn ragged_if_narrow(text: &StyledText, measure: Abs) -> Cow<'_, StyledText> {
    if text.para.align == Align::Justify && measure < Abs::mm(NARROW_MM) {
        Cow::Owned(text.clone().aligned(Align::Left))
    } else {
        Cow::Borrowed(text)
    }
}

/// The title of a section, and its lead.
pub(super) fn opening<'s>(composer: &mut Composer<'_>, flow: &StyledFlow) -> Vec<Segment<'s>> {
    let mut segments = Vec::new();
    if let Some(title) = &flow.title {
        let spanner = text::section_title(composer, flow, title);
        composer.check_height(spanner.rows, "this title", flow.span);
        segments.push(Segment::Spanner(spanner));
    }
    if !flow.lead.is_empty() {
        let spanner = text::lead(composer, &flow.lead);
        composer.check_height(spanner.rows, "this lead", flow.span);
        segments.push(Segment::Spanner(spanner));
    }
    segments
}

/// The segments of a run of blocks: wide ones become spanners, those between
/// them fill columns.
pub(super) fn segments<'s>(
    composer: &mut Composer<'_>,
    blocks: impl IntoIterator<Item = &'s StyledBlock>,
    columns: u8,
) -> Vec<Segment<'s>> {
    let mut segments = Vec::new();
    let mut run = Vec::new();
    for block in blocks {
        if block.wide {
            segments.extend(stretch(composer, &run, columns));
            run.clear();
            segments.push(Segment::Spanner(spanner(composer, block)));
        } else {
            run.push(block);
        }
    }
    segments.extend(stretch(composer, &run, columns));
    segments
}

/// What stands between two spanners, unless there is nothing: columns, or a
/// block of its own, which goes across where a column of it would stand beside
/// an empty one.
fn stretch<'s>(
    composer: &mut Composer<'_>,
    blocks: &[&'s StyledBlock],
    columns: u8,
) -> Option<Segment<'s>> {
    if let &[block] = blocks
        && columns > 1
        && goes_across(composer, block)
    {
        return Some(Segment::Spanner(spanner(composer, block)));
    }
    let mut parts = Vec::new();
    for block in blocks {
        push_block(composer, block, columns, &mut parts);
    }
    let count = usize::from(columns.max(1));
    (!parts.is_empty()).then_some(Segment::Columns { count, parts })
}

/// Whether a block looks well across the page too: what is read by lines does not,
/// nor does a photograph whose resolution was meant for a column, or a drawing
/// that would take half the page.
fn goes_across(composer: &Composer<'_>, block: &StyledBlock) -> bool {
    match &block.kind {
        StyledKind::Stats(_) | StyledKind::Chart(_) | StyledKind::Table(_) => true,
        StyledKind::Figure(figure) => {
            let height = composer.page.text_width() * figure.picture.aspect;
            let is_photograph = matches!(figure.picture.art, StyledArt::Image(Image::Raster(_)));
            !is_photograph && height * 2i64 <= composer.height(composer.page.rows)
        }
        _ => false,
    }
}

/// A block across all columns.
fn spanner(composer: &mut Composer<'_>, block: &StyledBlock) -> Spanner {
    let width = composer.page.text_width();
    let (frame, what) = whole(composer, block, width, Ease::default());
    let rows = composer.rows(frame.size.height);
    composer.check_height(rows, what, block.span);
    Spanner { rows, above: 1, below: 1, keep: 0, holds: false, frame, heading: None }
}

/// Appends a block to the parts of a column.
fn push_block<'s>(
    composer: &mut Composer<'_>,
    block: &'s StyledBlock,
    columns: u8,
    parts: &mut Vec<Part<'s>>,
) {
    let width = composer.page.column_width(usize::from(columns));
    if parts.last().is_some_and(|part| part.heading.is_none()) {
        let price = match block.kind {
            StyledKind::Heading(_) => w::GROWN_ABOVE_HEADING,
            _ => w::GROWN,
        };
        let stretch = w::WHITE_STRETCH + composer.means.white.max(0);
        parts.push(Part::white(White { rows: 1, stretch, price }));
    }
    match &block.kind {
        StyledKind::Heading(title) => {
            text::push_heading(composer, title, width, block.span, parts);
            let rows = parts.last().map_or(0, Part::least_rows);
            composer.check_height(rows, "this heading", block.span);
        }
        StyledKind::Text(paras) => text::push_paras(composer, paras, width, parts),
        StyledKind::Contents(entries) => contents::push_entries(composer, entries, width, parts),
        _ => {
            // A box belongs to what stands before it: parting them has a price.
            let price = match block.kind {
                StyledKind::Links(_) => w::BEFORE_LINKS,
                _ => w::BEFORE_BOX,
            };
            if let Some(before) = parts.iter_mut().rev().find(|part| !part.is_white()) {
                before.after = before.after.max(price);
            }
            parts.push(block_part(composer, block, width));
        }
    }
}

/// A block that stays whole, in each of its heights.
fn block_part<'s>(composer: &mut Composer<'_>, block: &'s StyledBlock, width: Abs) -> Part<'s> {
    let (frame, what) = whole(composer, block, width, Ease::default());
    let rows = composer.rows(frame.size.height);
    composer.check_height(rows, what, block.span);
    // What is taller than a page is reported, and still set.
    let most = composer.page.rows;
    let tight = rows.clamp(1, most);
    if block.float {
        return Part { shape: Shape::Float(tight), ..Part::drawn(frame, tight) };
    }
    let eases = ease::eases(block, width, composer.page.leading, tight);
    let eased = eases.into_iter().filter(|eased| rows + eased.rows <= most);
    let (mut settings, mut eases) = (vec![Setting::whole(tight)], vec![Ease::default()]);
    for eased in eased {
        settings.push(Setting { cost: eased.cost, ..Setting::whole(rows + eased.rows) });
        eases.push(eased.ease);
    }
    let drawing = Drawing::Box(Box::new(Opening { block, width, eases, frame }));
    Part { shape: Shape::Set(settings), after: 0, drawing, heading: None }
}

/// A box in one of its settings.
pub(super) fn opened(composer: &mut Composer<'_>, opening: Opening<'_>, setting: usize) -> Frame {
    match opening.eases.get(setting) {
        Some(&ease) if setting > 0 => {
            // What there is to be said of its words has been said.
            let mut found = Diagnostics::new();
            let Composer { looks, page, means, span, ref mut setter, .. } = *composer;
            let mut quiet = Composer { looks, page, means, span, setter, diags: &mut found };
            whole(&mut quiet, opening.block, opening.width, ease).0
        }
        _ => opening.frame,
    }
}

/// A block that stays whole, as a frame, and what to call it.
fn whole(
    composer: &mut Composer<'_>,
    block: &StyledBlock,
    width: Abs,
    ease: Ease,
) -> (Frame, &'static str) {
    match &block.kind {
        StyledKind::Boxed(boxed) => (boxed::boxed(composer, boxed, width, ease), "this box"),
        StyledKind::Stats(stats) => {
            (stats::stats(composer, stats, width, block.span), "this block")
        }
        StyledKind::Chart(chart) => {
            (chart::chart(composer, chart, width, block.span), "this chart")
        }
        StyledKind::Figure(figure) => (figure::figure(composer, figure, width, ease), "this image"),
        StyledKind::Quote(quote) => (quote::quote(composer, quote, width), "this quote"),
        StyledKind::Links(links) => (links::links(composer, links, width), "this list of links"),
        StyledKind::Table(table) => {
            (table::table(composer, table, width, block.span), "this table")
        }
        // Headings, running text and contents are never wide.
        StyledKind::Heading(_) | StyledKind::Text(_) | StyledKind::Contents(_) => {
            (Frame::new(width, Abs::ZERO), "this text")
        }
    }
}
