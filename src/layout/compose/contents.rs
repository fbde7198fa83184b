//! The table of contents.
//!
//! A page number stands before each title, both flush left: the eye need not
//! cross the column to find it. The numbers are known only once the brochure is
//! paginated, and the table is part of what is paginated. That is no circle: an
//! entry's height comes from its title and from the measure beside a number of
//! [`DIGITS`] digits, not from the number, so one pagination is enough, and the
//! numbers are set into it afterwards.

use super::{Composer, Drawing, Part, Setting, Shape, White, text, w};
use crate::base::{Abs, Point, Size};
use crate::document::{Element, Frame, Item, Link, LinkTarget, Role};
use crate::layout::galley::Entry;
use crate::source::Text;
use crate::theme::{StyledEntry, StyledText};

/// Digits that a page number has room for, besides the gap to the title.
const DIGITS: usize = 3;

/// Appends the entries of a table of contents, without their page numbers.
pub(super) fn push_entries(
    composer: &mut Composer<'_>,
    entries: &[StyledEntry],
    width: Abs,
    parts: &mut Vec<Part<'_>>,
) {
    let indent = number_width(composer, DIGITS) + composer.page.leading;
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 && entry.level == 1 {
            parts.push(Part::white(White { rows: 1, stretch: 0, price: 0 }));
        }
        let title = text::on_grid(composer, &entry.title, width - indent);
        let rows = composer.rows(title.size.height).max(1);
        composer.check_height(rows, "this title", entry.span);
        // A chapter's first topic stands below it, the others best do too.
        let after = match entries.get(index + 1) {
            Some(next) if next.level > entry.level => w::STRANDED,
            Some(next) if next.level > 1 => w::IN_ENTRY,
            _ => 0,
        };
        parts.push(Part {
            shape: Shape::Set(vec![Setting::whole(rows)]),
            after,
            drawing: Drawing::Entry(Box::new(Entry {
                level: entry.level,
                heading: entry.heading,
                title,
                indent,
                words: text::words(&entry.title),
                span: entry.span,
            })),
            heading: None,
        });
    }
}

/// An entry with its page number (from 1), the whole of it a link to the heading.
pub(in crate::layout) fn numbered(
    composer: &mut Composer<'_>,
    entry: Entry,
    number: usize,
    place: LinkTarget,
) -> Frame {
    let Entry { level, title, indent, words, span, .. } = entry;
    let size = Size::new(indent + title.size.width, title.size.height);
    let mut frame = Frame::new(size.width, size.height);
    // Whoever is read to hears what before where.
    let mut link = Element::new(Role::Link);
    link.children.extend(frame.place_apart(Point::new(indent, Abs::ZERO), title));
    let digits = Text::made(number.to_string(), span);
    let number = style(composer, level, &digits);
    let leading = composer.leading(&number.para);
    // As a line by itself it starts at the edge, whatever hangs out elsewhere.
    let line = composer.line_again(&number);
    let (number, _) = text::line_frame(composer, line, leading, indent);
    link.children.extend(frame.place_apart(Point::ZERO, number));
    let area = Item::Link(Link { target: place, size, words, span });
    link.children.push(frame.push_apart(Point::ZERO, area));
    let reference = Element::new(Role::Reference).with([link.into()]);
    let item = Element::new(Role::ContentsEntry).with([reference.into()]);
    frame.nodes.push(match level {
        1 => item.into(),
        _ => Element::new(Role::Contents).with([item.into()]).into(),
    });
    frame
}

/// The width of a page number of so many digits.
fn number_width(composer: &mut Composer<'_>, digits: usize) -> Abs {
    let digits = Text::made("0".repeat(digits), composer.span);
    let words = style(composer, 1, &digits);
    composer.line_again(&words).width
}

/// A page number as those of entries of a level look.
fn style(composer: &Composer<'_>, level: u8, digits: &Text) -> StyledText {
    let styles = &composer.looks.styles;
    match level {
        1 => styles.contents_chapter.plain(digits),
        _ => styles.contents_topic.plain(digits),
    }
}
