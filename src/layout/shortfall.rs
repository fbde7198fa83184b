//! What to tell an author whose brochure cannot have the pages it asks for.

use super::copyfit::{Fitted, targets};
use super::galley::{Drawing, Part, Segment, Shape};
use super::paginate::Pagination;
use crate::base::Abs;
use crate::diag::{Code, Diagnostic};
use crate::text::Typesetter;
use crate::theme::PageWish;
use crate::theme::Styled;

/// How many places are named.
const PLACES: usize = 3;

/// The width of a usual character as a share of the type size: that of Dutch
/// text in a face such as Source Sans 3.
const CHARACTER: f64 = 0.45;

/// The error: how many lines are over or short, and where it takes the fewest
/// characters to lose or win one.
pub(super) fn tell(
    styled: &Styled,
    natural: &Fitted<'_>,
    fixed: usize,
    wish: PageWish,
    setter: &mut Typesetter,
) -> Diagnostic {
    let page = natural.means.page(styled.looks.page);
    let count = natural.copyfit.natural;
    let wanted = targets(wish.count, count).next().unwrap_or(count);
    let over = wanted < count;
    let lines = match (count.abs_diff(wanted), over) {
        (pages, true) => {
            overset(&natural.pagination, natural.pagination.pages.saturating_sub(pages))
        }
        (pages, false) => missing(&natural.pagination, pages, page.rows),
    };
    let how = if over { "too many" } else { "too few" };
    let message = format!(
        "the brochure has {count} pages, not {wanted}: there are about {lines} lines {how}"
    );
    let mut finding = Diagnostic::error(Code::PAGE_COUNT, wish.span, message);
    for (characters, span) in places(natural, over, setter).into_iter().take(PLACES) {
        let what = if over { "leaving out" } else { "adding" };
        let effect = if over { "saves" } else { "makes" };
        finding = finding.related(
            span,
            format!("{what} {} here {effect} a line", counted(characters, "character")),
        );
    }
    let list = "list a page that may stand before the last one with `[[filler]]`";
    let hint = match (over, wanted > fixed) {
        (true, _) => "shorten the text, or ask for more pages".to_owned(),
        (false, true) if styled.fillers.is_empty() => list.to_owned(),
        (false, _) => "write more, list more fillers, or ask for fewer pages".to_owned(),
    };
    finding.hint(hint)
}

/// The lines on the pages from a number on, in both columns.
fn overset(pagination: &Pagination, from: usize) -> i64 {
    let columns = pagination.columns.iter().filter(|column| column.page >= from);
    columns.map(|column| column.rows).sum::<i64>().max(1)
}

/// The lines that some more pages take, with those that the last one lacks. A
/// page counts as full from its foot down to two fifths.
fn missing(pagination: &Pagination, pages: usize, rows: i64) -> i64 {
    let last = pagination.filled.last().copied().unwrap_or(0);
    let pages = pages as i64 - 1;
    2 * (rows - last + pages * rows + rows * 2 / 5)
}

/// The last lines of paragraphs, and how many characters each lacks to be full
/// or has to lose, the fewest first.
fn places(
    fitted: &Fitted<'_>,
    over: bool,
    setter: &mut Typesetter,
) -> Vec<(i64, crate::diag::Span)> {
    let mut found = Vec::new();
    for placed in &fitted.pagination.placed {
        let Segment::Columns { parts, .. } = &fitted.segments[placed.segment] else { continue };
        let Part { shape: Shape::Set(settings), drawing: Drawing::Lines(lines), .. } =
            &parts[placed.what.part]
        else {
            continue;
        };
        let count = settings.get(placed.what.setting).map_or(0, super::galley::Setting::lines);
        if placed.what.lines.end != count || count < 2 {
            continue;
        }
        let last = setter.set(&lines.paragraph, placed.what.setting, count - 1..count);
        for line in last {
            let width = if over { line.width } else { line.facts.measure - line.width };
            let character = (line.facts.size * CHARACTER).max(Abs::sp(1));
            found.push(((width / character) as i64 + 1, line.span));
        }
    }
    found.sort_by_key(|(characters, span)| (*characters, span.start));
    found
}

/// A number with its noun, in the plural where it takes one.
fn counted(number: i64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
