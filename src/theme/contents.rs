//! The table of contents: which headings it lists, and their looks there.

use super::looks::Styles;
use super::styled::{StyledBlock, StyledEntry, StyledFlow, StyledKind};
use super::{StyledText, TextStyle};
use crate::diag::Span;
use crate::model::{Block, BlockKind, Contents, Rich, Section};

/// A section with an entry for each heading after it, as far down as it lists
/// them.
pub(super) fn contents(contents: &Contents, sections: &[Section], styles: &Styles) -> StyledFlow {
    let after = sections.iter().skip_while(|section| !matches!(section, Section::Contents(_)));
    let headings = after.flat_map(headings).enumerate();
    let listed = headings.filter(|(_, heading)| heading.level <= contents.levels);
    let entries = listed.map(|(index, Heading { level, title, span })| {
        let style = if level == 1 { &styles.contents_chapter } else { &styles.contents_topic };
        StyledEntry { level, title: entry_words(title, style), heading: index, span }
    });
    StyledFlow {
        new_page: true,
        chapter: false,
        name: contents.title.name(),
        title: Some(styles.chapter.rich(&contents.title)),
        lead: Vec::new(),
        columns: 2,
        text: vec![StyledBlock {
            kind: StyledKind::Contents(entries.collect()),
            wide: false,
            float: false,
            span: contents.span,
        }],
        blocks: Vec::new(),
        span: contents.span,
    }
}

/// Whether what follows the contents starts on a new page: on the page of the
/// contents only a title parts them. An intro starts a new page by itself, but
/// not here.
pub(super) fn part_from_next(contents: &Contents, next: &mut StyledFlow) {
    let wished = next.chapter && next.new_page;
    next.new_page = wished || contents.own_page || next.title.is_none();
}

/// A heading that layout will place.
struct Heading<'a> {
    level: u8,
    title: &'a Rich,
    span: Span,
}

/// The headings of a section, in the order in which layout places them.
fn headings(section: &Section) -> Vec<Heading<'_>> {
    let (title, blocks, span): (Option<&Rich>, &[Block], Span) = match section {
        Section::Intro(intro) => (intro.title.as_ref(), &intro.blocks, intro.span),
        Section::Chapter(chapter) => (Some(&chapter.title), &chapter.blocks, chapter.span),
        Section::Cover(_) | Section::Contents(_) | Section::Back(_) => return Vec::new(),
    };
    let title = title.map(|title| Heading { level: 1, title, span });
    let topics = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Topic(topic) => {
            Some(Heading { level: 2, title: &topic.title, span: block.span })
        }
        _ => None,
    });
    title.into_iter().chain(topics).collect()
}

/// A title as an entry: it leads to the heading only, and breaks where the
/// column makes it.
fn entry_words(title: &Rich, style: &TextStyle) -> StyledText {
    let mut rich = title.clone();
    for run in &mut rich.runs {
        run.link = None;
        let breaks = run.text.as_str().match_indices('\u{2028}');
        let edits: Vec<_> = breaks.map(|(at, found)| (at..at + found.len(), " ")).collect();
        run.text = run.text.replace(&edits);
    }
    style.rich(&rich)
}
