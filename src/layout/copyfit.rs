//! As many pages as the author wants.
//!
//! The ladder of copyfitting: first what the paginator has by itself (variants
//! of paragraphs, white, boxes), then [`Means::ladder`] step by step, then the
//! fillers that the author lists; then an error that says how much is over or
//! short, and where it takes the least to change that.
//!
//! A step that leaves too many lines with wide word spaces is visible enough: it
//! is taken only if there is no other and fillers do not help either.

use super::compose::Composer;
use super::evenness::Evenness;
use super::galley::Segment;
use super::means::Means;
use super::pages::galley;
use super::paginate::{Cheapest, Pagination, paginate, paginate_onto};
use super::shortfall;
use crate::diag::Diagnostics;
use crate::document::Copyfit;
use crate::text::Typesetter;
use crate::theme::PageCount;
use crate::theme::{Styled, StyledFlow};

/// What a number of pages may cost beyond the one that costs least: a page
/// more, and a block apart from its section or a dozen gaps that grow by three rows.
/// More would show.
const PRICE: i64 = 6_000_000;

/// Rows by which its emptiest page may be emptier than without the wish: a new
/// hole would show more than a page that is there to fill up.
const EMPTIER: i64 = 2;

/// The flow of a brochure, paginated.
pub(super) struct Fitted<'s> {
    /// What was done to all of it.
    pub(super) means: Means,
    /// The galley.
    pub(super) segments: Vec<Segment<'s>>,
    /// Where it stands.
    pub(super) pagination: Pagination,
    /// The same for a report.
    pub(super) copyfit: Copyfit,
}

/// Paginates the flow so that the brochure has the pages that it asks for, of
/// which `fixed` are cover and last page. If that cannot be, it is reported and
/// the natural number stands.
pub(super) fn fit<'s>(
    styled: &'s Styled,
    flows: &[&'s StyledFlow],
    fixed: usize,
    setter: &mut Typesetter,
    diags: &mut Diagnostics,
) -> Option<Fitted<'s>> {
    let attempt = Attempt { styled, flows, fixed };
    let natural = attempt.run(Means::default(), setter, diags)?;
    let count = natural.pages(&attempt);
    let Some(wish) = styled.pages.filter(|wish| !wish.count.allows(count)) else {
        return Some(natural.fitted(count, 0, None));
    };
    let fillers = (1..=styled.fillers.len()).find(|more| wish.count.allows(count + more));
    let steps = climb(&attempt, &natural, count, wish.count, setter);
    let uneven = steps.uneven.filter(|_| fillers.is_none());
    if let Some((found, onto)) = steps.even.or(uneven) {
        return Some(found.unwrap_or(natural).fitted(count, 0, Some(onto)));
    }
    if fillers.is_none() {
        diags.push(shortfall::tell(&attempt, &natural, wish, setter));
    }
    Some(natural.fitted(count, fillers.unwrap_or(0), None))
}

/// How the flow is set at a step of the ladder, unless as before, and its pages.
type Step<'s> = (Option<Found<'s>>, Pagination);

/// The first steps of the ladder with which the pages come out right.
#[derive(Default)]
struct Steps<'s> {
    /// With even word spaces.
    even: Option<Step<'s>>,
    /// Without, if it comes before that.
    uneven: Option<Step<'s>>,
}

impl<'s> Steps<'s> {
    /// Notes a step; whether the ladder ends with it.
    fn note(&mut self, step: Step<'s>, even: bool) -> bool {
        if even {
            self.even = Some(step);
        } else if self.uneven.is_none() {
            self.uneven = Some(step);
        }
        even
    }
}

/// Climbs the ladder until the pages come out right and are even.
fn climb<'s>(
    attempt: &Attempt<'s, '_>,
    natural: &Found<'s>,
    count: usize,
    wish: PageCount,
    setter: &mut Typesetter,
) -> Steps<'s> {
    let mut steps = Steps::default();
    let before = Evenness::of(&natural.segments, &natural.cheapest.pagination);
    let emptiest = attempt.least_filled(natural);
    let mut targets: Vec<usize> =
        targets(wish, count).filter(|&pages| in_reach(count, pages)).collect();
    for &pages in &targets {
        if let Some(onto) = attempt.onto(natural, pages, emptiest) {
            let even = Evenness::of(&natural.segments, &onto).keeps(before);
            if steps.note((None, onto), even) {
                return steps;
            }
        }
    }
    // What there is to be said of the text has been said.
    let mut said = Diagnostics::new();
    let mut set = |step, pages| attempt.run(attempt.means(step, pages > count), setter, &mut said);
    // Where the last step does not lead, none does: most brochures are spared all
    // others.
    let last = Means::STEPS.len() - 1;
    targets.retain(|&pages| set(last, pages).is_some_and(|far| attempt.leads(&far, count, pages)));
    for step in 0..=last {
        // Where the theme forbids a means, its steps are none.
        if step > 0 && attempt.means(step, true) == attempt.means(step - 1, true) {
            continue;
        }
        for &pages in &targets {
            let Some(found) = set(step, pages) else { continue };
            if let Some(onto) = attempt.onto(&found, pages, emptiest) {
                let even = Evenness::of(&found.segments, &onto).keeps(before);
                if steps.note((Some(found), onto), even) {
                    return steps;
                }
            }
        }
    }
    steps
}

/// The numbers of pages to try, the nearest first.
pub(super) fn targets(wish: PageCount, natural: usize) -> impl Iterator<Item = usize> {
    let (low, high) = match wish {
        PageCount::Exactly(count) => (count, count),
        PageCount::MultipleOf(step) => (natural / step * step, natural.div_ceil(step) * step),
    };
    let mut both = vec![low, high];
    both.retain(|&pages| pages > 0);
    both.sort_by_key(|pages| pages.abs_diff(natural));
    both.dedup();
    both.into_iter()
}

/// Whether there are means to come from a number of pages to another one: none
/// makes or saves more than a page in ten.
pub(super) fn in_reach(from: usize, to: usize) -> bool {
    to.abs_diff(from) <= (from / 10).max(1)
}

/// What there is to paginate.
pub(super) struct Attempt<'s, 'f> {
    /// The brochure.
    pub(super) styled: &'s Styled,
    flows: &'f [&'s StyledFlow],
    /// Pages besides those of the flow.
    pub(super) fixed: usize,
}

/// A way to set the flow, on as many pages as it takes.
pub(super) struct Found<'s> {
    /// What is done to all of it.
    pub(super) means: Means,
    /// The galley.
    pub(super) segments: Vec<Segment<'s>>,
    /// Where it stands.
    pub(super) cheapest: Cheapest,
    /// Rows of a page.
    pub(super) rows: i64,
}

impl<'s> Attempt<'s, '_> {
    /// What a step of the ladder does, to stretch the text or to squeeze it. Letters
    /// change their width as far as the theme lets those of running text.
    pub(super) fn means(&self, step: usize, stretch: bool) -> Means {
        let most = self.styled.looks.styles.body.para.expansion;
        Means::step(step, if stretch { 1 } else { -1 }, most)
    }

    /// How many rows the emptiest page must have, given that of a galley with no
    /// means.
    pub(super) fn least_filled(&self, natural: &Found<'_>) -> i64 {
        natural.cheapest.pagination.emptiest() - EMPTIER
    }

    /// Sets the flow with some means.
    pub(super) fn run(
        &self,
        means: Means,
        setter: &mut Typesetter,
        diags: &mut Diagnostics,
    ) -> Option<Found<'s>> {
        let Styled { looks, span, .. } = self.styled;
        let mut composer = Composer::new(looks, *span, means, setter, diags);
        let segments = galley(&mut composer, self.flows);
        let rows = composer.page.rows;
        let cheapest = paginate(&segments, rows)?;
        Some(Found { means, segments, cheapest, rows })
    }

    /// What was found, set on so many pages of the brochure, if that looks well.
    pub(super) fn onto(
        &self,
        found: &Found<'_>,
        pages: usize,
        emptiest: i64,
    ) -> Option<Pagination> {
        self.on(found, pages).filter(|onto| onto.emptiest() >= emptiest)
    }

    /// The same, however empty one of the pages is.
    fn on(&self, found: &Found<'_>, pages: usize) -> Option<Pagination> {
        let pages = pages.checked_sub(self.fixed).filter(|pages| *pages > 0)?;
        let Found { segments, cheapest, rows, .. } = found;
        if cheapest.pagination.pages == pages {
            return Some(cheapest.pagination.clone());
        }
        paginate_onto(segments, *rows, pages, PRICE, cheapest)
    }

    /// Whether what was found leads from a number of pages to another one, or
    /// beyond.
    fn leads(&self, found: &Found<'s>, from: usize, to: usize) -> bool {
        let now = found.cheapest.pagination.pages + self.fixed;
        let beyond = if to > from { now >= to } else { now <= to };
        beyond || self.on(found, to).is_some()
    }
}

impl<'s> Found<'s> {
    /// The pages of the brochure, without fillers.
    pub(super) fn pages(&self, attempt: &Attempt<'_, '_>) -> usize {
        self.cheapest.pagination.pages + attempt.fixed
    }

    /// The flow as it was found, with these fillers or another pagination.
    fn fitted(self, natural: usize, fillers: usize, other: Option<Pagination>) -> Fitted<'s> {
        let Found { means, segments, cheapest, .. } = self;
        let pagination = other.unwrap_or(cheapest.pagination);
        Fitted { means, segments, pagination, copyfit: means.copyfit(natural, fillers) }
    }
}
