//! Styled blocks to pages: compose blocks into a galley, paginate it, place it.

mod column;
mod compose;
mod floats;
mod galley;
mod page;
mod pages;
mod paginate;
mod running;
#[cfg(test)]
mod tests;
mod weights;

use crate::diag::Diagnostics;
use crate::document::{OutlineEntry, Page};
use crate::text::Typesetter;
use crate::theme::{Styled, StyledSection};
use compose::Composer;

/// The pages of a brochure and its headings.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The headings in order.
    pub outline: Vec<OutlineEntry>,
}

/// Lays out a brochure. What does not fit is reported and still placed, so
/// that all faults of a brochure show in one run.
pub fn lay_out(styled: &Styled, setter: &mut Typesetter, diags: &mut Diagnostics) -> Layout {
    setter.tidy();
    let mut layout = Layout::default();
    let mut composer = Composer::new(&styled.looks, styled.span, setter, diags);
    let mut flows = Vec::new();
    for section in &styled.sections {
        match section {
            StyledSection::Flow(flow) => flows.push(flow),
            StyledSection::Cover(cover) => {
                pages::flow_pages(&mut composer, styled, &std::mem::take(&mut flows), &mut layout);
                layout.pages.push(compose::cover(&mut composer, cover));
            }
            StyledSection::Back(back) => {
                pages::flow_pages(&mut composer, styled, &std::mem::take(&mut flows), &mut layout);
                layout.pages.push(compose::back(&mut composer, back));
            }
        }
    }
    pages::flow_pages(&mut composer, styled, &flows, &mut layout);
    layout
}
