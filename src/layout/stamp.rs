//! What says on every page that it belongs to a draft.

use super::compose::Composer;
use crate::base::{Abs, Em, Lang, Path, Point, Rect};
use crate::document::{Fill, GlyphRun, Item, Shape, Stamp};
use crate::source::Text;
use crate::theme::{CharStyle, DRAFT_INK, DRAFT_MARKER, StyledRun, StyledText, Voice};
use std::sync::Arc;

/// The widest that the band is.
const BAND_MM: f64 = 12.0;

/// How much of the outer margin it takes at most, so that it stays clear of the
/// text; but where the margin is very small, it must be seen all the same.
const MARGIN_SHARE: f64 = 2.0 / 3.0;
const LEAST_BAND_MM: f64 = 6.0;

/// The height of the capitals as a part of the band.
const CAPITALS: f64 = 0.55;

/// White after each letter: capitals read better with air.
const TRACKING: f64 = 0.2;

/// The stamp of the page with a number (from 0): a band along the edge away from
/// the spine, where it covers no text and can be seen on any artwork.
pub(super) fn stamp(composer: &mut Composer<'_>, number: usize) -> Option<Stamp> {
    let page = composer.page;
    // Left-hand pages, those with an odd number here, have the spine at the right.
    let outer_left = !number.is_multiple_of(2);
    let width = Abs::mm(BAND_MM).min(page.margins.right * MARGIN_SHARE);
    let width = width.max(Abs::mm(LEAST_BAND_MM));
    let left = if outer_left { -page.bleed } else { page.trim.width - width };
    let height = page.trim.height + page.bleed * 2i64;
    let band = Rect::new(left, -page.bleed, width + page.bleed, height);
    let words = words(composer, width * CAPITALS)?;
    // In the middle of what is left of the band after trimming.
    let middle = if outer_left { width / 2 } else { page.trim.width - width / 2 };
    let at = Point::new(middle + width * CAPITALS / 2, (page.trim.height + words.width()) / 2);
    let fill = Some(Fill::new(DRAFT_MARKER));
    let band = Shape { path: Path::rect(band), fill, stroke: None, span: composer.span };
    Some(Stamp { band, words, at })
}

/// The words of the stamp, in the face of titles, with capitals of a height.
fn words(composer: &mut Composer<'_>, capitals: Abs) -> Option<GlyphRun> {
    let words = match composer.looks.lang {
        Lang::Nl => "CONCEPT",
        Lang::En => "DRAFT",
        Lang::De => "ENTWURF",
    };
    let title = &composer.looks.styles.chapter;
    let high = title.plain.cap_height();
    let size = title.plain.size * (capitals.to_pt() / high.max(Abs::pt(1.0)).to_pt());
    let style =
        CharStyle { size, color: DRAFT_INK, tracking: Em::new(TRACKING), ..(*title.plain).clone() };
    let text = Text::made(words, composer.span);
    let run = StyledRun { text, style: Arc::new(style), link: None, voice: Voice::default() };
    let line = composer.line(&StyledText { runs: vec![run], para: Arc::clone(&title.para) });
    // Letters of one look are one run.
    line.items.into_iter().find_map(|(_, item)| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}
