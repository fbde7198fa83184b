//! A paragraph, broken in one or more ways and not yet set.

use super::prepare::{Mark, Prepared};
use super::set::{Order, Setter};
use super::{Line, Typesetter, widths};
use crate::base::Abs;
use crate::diag::Diagnostics;
use crate::linebreak::{self, Breaks, Measure, Params, Pass, break_lines};
use crate::theme::{Align, ParaStyle, StyledText};
use std::ops::Range;
use std::sync::Arc;

/// How far lines may end off their measure where the margin is kerned: 0.9 pt, a
/// third of a millimetre. The side bearings of letters at the lines' ends differ
/// by half of that and hanging hyphens end twice as far out, so that it does not
/// show.
const INSET: Abs = Abs::sp(58_982);

/// A paragraph with the ways to break it: what a paginator chooses from. Lines
/// are set from it only once it has chosen.
#[derive(Debug)]
pub struct Paragraph {
    prepared: Prepared,
    text: StyledText,
    measure: Abs,
    settings: Vec<Breaks>,
}

impl Paragraph {
    /// The ways to break it; the first is the best by itself, the others have
    /// another number of lines or other hyphens.
    pub fn settings(&self) -> &[Breaks] {
        &self.settings
    }

    /// How it is set.
    pub fn para(&self) -> &ParaStyle {
        &self.text.para
    }
}

impl Typesetter {
    /// Finds the best breaks of a paragraph for lines of at most `measure`, and,
    /// if `variants` are asked for, those that give one line less or one or two
    /// more, or end another line with a hyphen, as far as they keep the limits.
    ///
    /// Reports what [`Typesetter::paragraph`] does.
    pub fn broken(
        &mut self,
        text: &StyledText,
        measure: Abs,
        variants: bool,
        diags: &mut Diagnostics,
    ) -> Paragraph {
        let mut prepared = Prepared::default();
        prepared.fill(&mut self.shaper, text, false, self.fit, diags);
        let mut text = text.clone();
        if !text.para.hyphenate && widths::widths(&prepared.items).0 > measure {
            // A word with a hyphen is better than one that does not fit. What
            // there is to be said of the letters has been said.
            text.para = Arc::new(ParaStyle { hyphenate: true, ..(*text.para).clone() });
            let mut said = Diagnostics::new();
            prepared.fill(&mut self.shaper, &text, false, self.fit, &mut said);
        }
        widths::report_too_wide(&prepared, &text, measure, diags);
        let (items, lines, params) = (&prepared.items, Measure::Same(measure), params(&text));
        let settings = if variants {
            let mut found = linebreak::variants(items, lines, &params);
            found.sort_by_key(|breaks| breaks.cost);
            calmer(items, lines, &params, &mut found);
            found
        } else {
            vec![break_lines(items, lines, &params)]
        };
        Paragraph { prepared, text, measure, settings }
    }

    /// Sets lines of a paragraph as one of its settings has them.
    ///
    /// The paragraph must have been broken by this typesetter.
    pub fn set(&mut self, paragraph: &Paragraph, setting: usize, lines: Range<usize>) -> Vec<Line> {
        let Paragraph { prepared, text, measure, settings } = paragraph;
        let Some(breaks) = settings.get(setting) else { return Vec::new() };
        let count = breaks.lines.len();
        let natural = settings.first().map_or(count, |first| first.lines.len());
        let justified = text.para.align == Align::Justify;
        let mut setter = Setter::new(&mut self.shaper, prepared, text);
        let broken = breaks.lines.iter().enumerate();
        let chosen = broken.take(lines.end).skip(lines.start);
        let set = chosen.map(|(index, broken)| {
            let mark = |item: usize| prepared.marks.get(item).copied();
            let paragraph_end = Mark::plain(prepared.text.len());
            let start = mark(broken.start).unwrap_or(paragraph_end);
            let end = mark(broken.break_at).unwrap_or(paragraph_end);
            let forced = prepared.forced(broken.break_at);
            // The line before a forced break keeps its natural width, unless
            // that is a little too much.
            let fill = justified && (!forced || broken.natural > *measure);
            let mut line = setter.line(&Order {
                range: start.at.min(end.at)..end.at,
                hyphen: end.hyphen,
                start_change: start.change,
                end_change: end.change,
                ratio: broken.ratio,
                fill: fill.then_some(*measure - broken.inset),
                limited: broken.underfull,
                measure: *measure,
            });
            line.last = index + 1 == count;
            line.facts.index = index as u32;
            line.facts.count = count as u32;
            line.facts.variant = (count as i64 - natural as i64).clamp(-100, 100) as i8;
            line.facts.cost = broken.cost;
            line
        });
        set.collect()
    }
}

/// Adds ways to break a paragraph in which a line that the best way ends with a
/// hyphen ends without, for a column to end there.
fn calmer(
    items: &[linebreak::Item],
    measure: Measure<'_>,
    params: &Params,
    found: &mut Vec<Breaks>,
) {
    let Some(best) = found.first().filter(|best| best.pass != Pass::Rescue) else { return };
    let count = best.lines.len();
    // Columns end after the second line and before the last but one.
    let hyphens = best.lines.iter().enumerate().take(count.saturating_sub(2)).skip(1);
    let hyphens: Vec<usize> = hyphens.filter(|(_, l)| l.hyphen).map(|(at, _)| at).collect();
    for at in hyphens {
        let params = Params { unhyphenated_line: Some(at as u32), ..params.clone() };
        let calm = break_lines(items, measure, &params);
        if calm.pass != Pass::Rescue && !found.contains(&calm) {
            found.push(calm);
        }
    }
}

/// The weights for a paragraph's lines.
fn params(text: &StyledText) -> Params {
    // White and runts are measured by the type size that the paragraph starts in.
    let size = text.runs.first().map_or(Abs::ZERO, |run| run.style.size);
    if text.para.align == Align::Justify {
        let inset = if text.para.protrusion { INSET } else { Abs::ZERO };
        Params { inset, ..Params::justified(size) }
    } else if text.para.hyphenate {
        Params::ragged(size)
    } else {
        // Headings and the like: a short line is better than a parted
        // compound, so that every line that fits is let in, and a runt than
        // either.
        Params { pretolerance: Some(u32::MAX), runt_price: 10_000_000, ..Params::ragged(size) }
    }
}
