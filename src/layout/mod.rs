//! Styled blocks to pages: compose blocks into a galley, paginate it, place it.

mod ahead;
mod alike;
mod column;
mod compose;
mod copyfit;
mod evenness;
mod floats;
mod galley;
mod means;
mod page;
mod pages;
mod paginate;
mod quick;
mod running;
mod shortfall;
mod sketch;
mod spots;
mod stamp;
mod structure;
#[cfg(test)]
mod tests;
mod tier;
mod ties;
mod weights;

use crate::base::Point;
use crate::diag::Diagnostics;
use crate::document::{Copyfit, Element, OutlineEntry, Page, Role};
use crate::text::Typesetter;
use crate::theme::{Styled, StyledSection};
use compose::Composer;

/// The pages of a brochure and its headings.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The headings in order.
    pub outline: Vec<OutlineEntry>,
    /// How the brochure came to have its number of pages.
    pub copyfit: Copyfit,
    /// What everything is, in reading order.
    pub structure: Element,
}

impl Layout {
    /// Appends a page that stands by itself, with its part of the structure.
    fn push_page(&mut self, mut page: Page) {
        self.structure.children.extend(structure::of_page(&mut page, self.pages.len()));
        self.pages.push(page);
    }
}

/// Lays out a brochure. What does not fit is reported and still placed, so
/// that all faults of a brochure show in one run.
pub fn lay_out(styled: &Styled, setter: &mut Typesetter, diags: &mut Diagnostics) -> Layout {
    setter.tidy();
    let (mut front, mut flows, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for section in &styled.sections {
        match section {
            StyledSection::Cover(cover) => front.push(cover),
            StyledSection::Flow(flow) => flows.push(flow),
            StyledSection::Back(back) => last.push(back),
        }
    }
    let fixed = front.len() + last.len();
    let fitted = copyfit::fit(styled, &flows, fixed, setter, diags);
    let means = fitted.as_ref().map(|fitted| fitted.means).unwrap_or_default();
    let copyfit = fitted.as_ref().map_or_else(|| means.copyfit(fixed, 0), |fitted| fitted.copyfit);
    let copyfit = Copyfit { asked: styled.pages.map(|wish| wish.span), ..copyfit };
    let mut layout = Layout {
        pages: Vec::new(),
        outline: Vec::new(),
        copyfit,
        structure: Element::new(Role::Document),
    };
    let mut composer = Composer::new(&styled.looks, styled.span, means, setter, diags);
    for cover in front {
        layout.push_page(compose::cover(&mut composer, cover));
    }
    if let Some(fitted) = fitted {
        pages::place_flow(&mut composer, styled, fitted, &mut layout);
    }
    for filler in styled.fillers.iter().take(copyfit.fillers) {
        let page = compose::filler(&mut composer, filler, layout.pages.len());
        layout.push_page(page);
    }
    for back in last {
        let (page, look) = (layout.pages.len(), composer.page);
        layout.outline.extend(back.title.as_ref().map(|title| OutlineEntry {
            level: 1,
            title: compose::words(title),
            page,
            at: Point::new(look.margins.right, look.margins.top),
            span: back.span,
        }));
        layout.push_page(compose::back(&mut composer, back));
    }
    structure::level(&mut layout.structure, &mut Vec::new());
    if styled.draft {
        for (number, page) in layout.pages.iter_mut().enumerate() {
            page.stamp = stamp::stamp(&mut composer, number);
        }
    }
    layout
}
