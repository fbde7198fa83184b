//! As many pages as the author wants.
//!
//! The ladder of copyfitting: first what the paginator has by itself (variants
//! of paragraphs, white, boxes), then [`Means::ladder`] step by step, then the
//! fillers that the author lists; then an error that says how much is over or
//! short, and where it takes the least to change that.

use super::compose::Composer;
use super::galley::Segment;
use super::means::Means;
use super::pages::galley;
use super::paginate::{Pagination, Wish, paginate};
use super::shortfall;
use crate::diag::Diagnostics;
use crate::document::Copyfit;
use crate::text::Typesetter;
use crate::theme::PageCount;
use crate::theme::{Styled, StyledFlow};

/// What a number of pages may cost beyond the natural one: about as much as one
/// page that ends six rows early. More would show.
const PRICE: i64 = 4_000_000;

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
    let natural = Attempt { styled, flows }.run(Means::default(), None, setter, diags)?;
    let count = natural.pagination.pages + fixed;
    let natural = natural.noting(count, 0);
    let Some(wish) = styled.pages.filter(|wish| !wish.count.allows(count)) else {
        return Some(natural);
    };
    if let Some(fitted) = climb(styled, flows, fixed, &natural, wish.count, setter) {
        return Some(fitted);
    }
    let fillers = (1..=styled.fillers.len()).find(|more| wish.count.allows(count + more));
    if let Some(fillers) = fillers {
        return Some(natural.noting(count, fillers));
    }
    diags.push(shortfall::tell(styled, &natural, fixed, wish, setter));
    Some(natural)
}

/// The first step of the ladder with which the pages come out right.
fn climb<'s>(
    styled: &'s Styled,
    flows: &[&'s StyledFlow],
    fixed: usize,
    natural: &Fitted<'s>,
    wish: PageCount,
    setter: &mut Typesetter,
) -> Option<Fitted<'s>> {
    let count = natural.copyfit.natural;
    let most = natural.pagination.cost.saturating_add(PRICE);
    let attempt = Attempt { styled, flows };
    // What there is to be said of the text has been said.
    let mut found = Diagnostics::new();
    let mut try_it = |means: Means, pages: usize| {
        let pages = pages.checked_sub(fixed).filter(|pages| *pages > 0)?;
        let wish = Wish { pages, most };
        Some(attempt.run(means, Some(wish), setter, &mut found)?.noting(count, 0))
    };
    let targets: Vec<usize> = targets(wish, count).collect();
    for &pages in &targets {
        if let Some(fitted) = try_it(Means::default(), pages) {
            return Some(fitted);
        }
    }
    for step in 0..Means::ladder(1).count() {
        for &pages in &targets {
            // No means of the ladder makes or saves more than a page in ten.
            if pages.abs_diff(count) > (count / 10).max(1) {
                continue;
            }
            let sign = if pages > count { 1 } else { -1 };
            let fitted = Means::ladder(sign).nth(step).and_then(|means| try_it(means, pages));
            if fitted.is_some() {
                return fitted;
            }
        }
    }
    None
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

/// What there is to paginate.
struct Attempt<'s, 'f> {
    styled: &'s Styled,
    flows: &'f [&'s StyledFlow],
}

impl<'s> Attempt<'s, '_> {
    fn run(
        &self,
        means: Means,
        wish: Option<Wish>,
        setter: &mut Typesetter,
        diags: &mut Diagnostics,
    ) -> Option<Fitted<'s>> {
        let Styled { looks, span, .. } = self.styled;
        let mut composer = Composer::new(looks, *span, means, setter, diags);
        let segments = galley(&mut composer, self.flows);
        let pagination = paginate(&segments, composer.page.rows, wish)?;
        Some(Fitted { means, segments, pagination, copyfit: Copyfit::default() })
    }
}

impl Fitted<'_> {
    fn noting(self, natural: usize, fillers: usize) -> Self {
        Fitted { copyfit: self.means.copyfit(natural, fillers), ..self }
    }
}
