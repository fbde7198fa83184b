//! What to tell an author whose brochure cannot have the pages it asks for.
//!
//! The lines that are over or short are counted by trying: a galley of the same
//! shapes, with so many lines fewer or more where the fewest characters do it, is
//! paginated with all that the ladder has, until the pages come out right. So the
//! count is of what is left to do once every means is used.

use super::copyfit::{Attempt, Found, in_reach, targets};
use super::galley::{Drawing, Segment, Setting, Shape};
use super::means::Means;
use super::sketch::{Piece, Sketch, pieces};
use crate::base::Abs;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::document::LineFacts;
use crate::text::Typesetter;
use crate::theme::PageWish;

/// How many places are named.
const PLACES: usize = 3;

/// Up to so many pages are tried; what more pages lack is worked out from the
/// rows of a page.
const TRIED: usize = 40;

/// The width of a usual character as a share of the type size: that of Dutch
/// text in a face such as Source Sans 3.
const CHARACTER: f64 = 0.45;

/// What is left to do.
struct Count {
    /// The pages that come out.
    pages: usize,
    /// The lines to leave out or to add; none if leaving out lines does not help.
    lines: Option<usize>,
}

/// The error: how many lines are over or short, and where it takes the fewest
/// characters to lose or win one.
pub(super) fn tell(
    attempt: &Attempt<'_, '_>,
    natural: &Found<'_>,
    wish: PageWish,
    setter: &mut Typesetter,
) -> Diagnostic {
    let count = natural.pages(attempt);
    let fixed = attempt.fixed;
    let best = targets(wish.count, count)
        .filter(|&pages| pages > fixed)
        .map(|pages| Trial::new(attempt, natural, pages, setter).count())
        .min_by_key(|found| found.lines.unwrap_or(usize::MAX));
    let Some(best) = best else { return too_few_pages(count, fixed, wish) };
    let Count { pages, lines } = best;
    let over = pages < count;
    let start = format!("the brochure has {count} pages, not {pages}");
    let Some(lines) = lines else {
        let message = format!("{start}: leaving out lines does not make it fit");
        return Diagnostic::error(Code::PAGE_COUNT, wish.span, message).hint(
            "leave out blocks, let chapters start below each other (without `new_page`), or ask \
             for more pages",
        );
    };
    let noun = if lines == 1 { "is about 1 line" } else { "are about" };
    let number = if lines == 1 { String::new() } else { format!(" {lines} lines") };
    let how = if over { "too many" } else { "too few" };
    let fillers = attempt.styled.fillers.len();
    let even = if over || fillers == 0 {
        String::new()
    } else {
        format!(", even with {}", counted(fillers, "filler"))
    };
    let message = format!("{start}: there {noun}{number} {how}{even}");
    let mut finding = Diagnostic::error(Code::PAGE_COUNT, wish.span, message);
    for place in places(natural, over, setter).into_iter().take(PLACES) {
        let what = if over { "leaving out" } else { "adding" };
        let effect = if over { "saves" } else { "makes" };
        let characters = counted(place.characters, "character");
        finding = finding.related(place.span, format!("{what} {characters} here {effect} a line"));
    }
    finding.hint(match (over, fillers) {
        (true, _) => "shorten the text, or ask for more pages",
        (false, 0) => "list a page that may stand before the last one with `[[filler]]`",
        (false, _) => "write more, list more fillers, or ask for fewer pages",
    })
}

/// The error where cover and last page leave no page for the text.
fn too_few_pages(count: usize, fixed: usize, wish: PageWish) -> Diagnostic {
    let message = format!(
        "the brochure has {count} pages, and there is no way to have fewer than {}",
        fixed + 1
    );
    let taken = counted(fixed, "page");
    Diagnostic::error(Code::PAGE_COUNT, wish.span, message)
        .hint(format!("what stands before and after the text takes {taken}: ask for more pages"))
}

/// A galley that gets shorter or longer until it has its pages.
struct Trial<'a, 's, 'f> {
    attempt: &'a Attempt<'s, 'f>,
    natural: &'a Found<'s>,
    pages: usize,
    over: bool,
    /// The galley as it is by itself, and as the last step of the ladder has it.
    sketches: [Sketch; 2],
    /// The pieces where lines go or come, the first ones first.
    order: Vec<usize>,
}

impl<'a, 's, 'f> Trial<'a, 's, 'f> {
    fn new(
        attempt: &'a Attempt<'s, 'f>,
        natural: &'a Found<'s>,
        pages: usize,
        setter: &mut Typesetter,
    ) -> Trial<'a, 's, 'f> {
        let over = pages < natural.pages(attempt);
        let order = places(natural, over, setter).into_iter().map(|place| place.piece);
        let order = order.collect();
        let far = attempt.means(Means::STEPS.len() - 1, !over);
        // What there is to be said of the text has been said.
        let far = attempt.run(far, setter, &mut Diagnostics::new());
        let first = Sketch::new(natural);
        let second = far.as_ref().map_or_else(|| Sketch::new(natural), Sketch::new);
        Trial { attempt, natural, pages, over, sketches: [first, second], order }
    }

    /// Tries until the pages come out.
    fn count(&self) -> Count {
        let pages = self.pages;
        let now = self.natural.pages(self.attempt);
        let rough = self.rough();
        let nothing_to_cut = self.over && self.order.is_empty();
        if now.max(pages) > TRIED || self.order.is_empty() {
            return Count { pages, lines: (!nothing_to_cut).then_some(rough) };
        }
        // Lines that do not help, and lines that do.
        let (mut few, mut many) = (0, rough.max(1));
        while !self.fits(many) {
            if self.over && many >= self.sketches[0].spare() || many > 8 * rough.max(1) {
                let lines = (!self.over).then_some(rough);
                return Count { pages, lines };
            }
            (few, many) = (many, 2 * many);
        }
        while many - few > 1 {
            let middle = few.midpoint(many);
            if self.fits(middle) { many = middle } else { few = middle }
        }
        Count { pages, lines: Some(many) }
    }

    /// The lines on the pages that are too many; or those that pages lack, each
    /// of which counts as full from its foot down to two fifths.
    fn rough(&self) -> usize {
        let pagination = &self.natural.cheapest.pagination;
        let wanted = self.pages.saturating_sub(self.attempt.fixed);
        let lines = if self.over {
            let columns = pagination.columns.iter().filter(|column| column.page >= wanted);
            columns.map(|column| column.rows).sum::<i64>()
        } else {
            let last = pagination.filled.last().copied().unwrap_or(0);
            let rows = self.natural.rows;
            let fillers = self.attempt.styled.fillers.len();
            let missing = wanted.saturating_sub(pagination.pages + fillers + 1) as i64;
            2 * (rows - last + missing * rows + rows * 2 / 5)
        };
        lines.max(1) as usize
    }

    /// Whether the pages come out with so many lines fewer or more, by itself or
    /// with the last step of the ladder.
    fn fits(&self, lines: usize) -> bool {
        let mut change = lines as i64;
        if self.over {
            change = -change;
        }
        let Attempt { styled, .. } = self.attempt;
        let fillers = styled.fillers.len();
        let enough = |pages: usize| {
            if self.over {
                pages <= self.pages
            } else {
                pages <= self.pages && pages + fillers >= self.pages
            }
        };
        let [natural, far] = &self.sketches;
        let natural = natural.resized(&self.order, change).paginated();
        let Some(natural) = natural else { return false };
        let pages = natural.cheapest.pagination.pages + self.attempt.fixed;
        if enough(pages) || (!self.over && pages > self.pages) {
            return true;
        }
        if !in_reach(pages, self.pages) {
            return false;
        }
        let emptiest = self.attempt.least_filled(&natural);
        let far = far.resized(&self.order, change).paginated();
        far.is_some_and(|far| self.attempt.onto(&far, self.pages, emptiest).is_some())
    }
}

/// A place where a line can be lost or won.
struct Place {
    /// The characters that it takes.
    characters: usize,
    /// The last line of the paragraph.
    span: Span,
    /// The number of the piece in the galley.
    piece: usize,
}

impl Place {
    /// The last line of a paragraph, which lacks so many characters to be full or
    /// has to lose so many; none where no line can be lost, or `facts` is no last
    /// line.
    fn new(piece: usize, facts: &LineFacts, over: bool) -> Option<Place> {
        // A single line is no line less without being gone.
        let least = if over { 2 } else { 1 };
        if !facts.is_last() || facts.count < least || facts.measure <= Abs::ZERO {
            return None;
        }
        let width = if over { facts.width } else { facts.measure - facts.width };
        let character = (facts.size * CHARACTER).max(Abs::sp(1));
        let characters = (width.max(Abs::ZERO) / character) as usize + 1;
        Some(Place { characters, span: facts.span, piece })
    }
}

/// The last lines of paragraphs, in boxes too, and how many characters each lacks
/// to be full or has to lose, the fewest first.
fn places(found: &Found<'_>, over: bool, setter: &mut Typesetter) -> Vec<Place> {
    let pieces = pieces(&found.segments);
    let mut places = Vec::new();
    for placed in &found.cheapest.pagination.placed {
        let Segment::Columns { parts, .. } = &found.segments[placed.segment] else { continue };
        let at = (placed.segment, placed.what.part);
        let Ok(piece) = pieces.binary_search_by_key(&at, |piece: &Piece| piece.at) else {
            continue;
        };
        let part = &parts[placed.what.part];
        match (&part.drawing, &part.shape) {
            (Drawing::Box(opening), _) => {
                let lines = opening.frame.lines.iter();
                places.extend(lines.filter_map(|facts| Place::new(piece, facts, over)));
            }
            (Drawing::Lines(lines), Shape::Set(settings)) => {
                let setting = placed.what.setting;
                let count = settings.get(setting).map_or(0, Setting::lines);
                let last = count.checked_sub(1).filter(|_| placed.what.lines.end == count);
                if let Some(last) = last {
                    let last = setter.set(&lines.paragraph, setting, last..count);
                    let last = last.iter();
                    places.extend(last.filter_map(|line| Place::new(piece, &line.facts, over)));
                }
            }
            _ => {}
        }
    }
    places.sort_by_key(|place| (place.characters, place.piece, place.span.start));
    places
}

/// A number with its noun, in the plural where it takes one.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
