//! The navigation pane: headings in a tree.

use super::content::PageContent;
use super::skeleton::Skeleton;
use super::strings::{name, text};
use super::{PdfError, destinations};
use crate::document::OutlineEntry;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::iter::Peekable;

/// The most headings that are all shown at first: what a navigation pane has room
/// for. Of more, those below the chapters wait until they are asked for.
const MOST_OPEN: usize = 40;

/// A heading with those below it.
#[derive(Debug)]
struct Node<'a> {
    entry: &'a OutlineEntry,
    children: Vec<Node<'a>>,
}

impl Node<'_> {
    /// How many headings stand below, at all depths.
    fn descendants(&self) -> usize {
        self.children.iter().map(|child| 1 + child.descendants()).sum()
    }
}

/// Adds the outline (ISO 32000-1, 12.3.3), if there is one. Headings on pages that do not exist are
/// left out.
pub(super) fn add(
    skeleton: &mut Skeleton,
    pages: &[PageContent],
    outline: &[OutlineEntry],
) -> Result<(), PdfError> {
    let mut entries = outline.iter().filter(|entry| entry.page < pages.len()).peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    let nodes = tree(&mut entries, 0);
    let root = skeleton.pdf.new_object_id();
    let all: usize = nodes.iter().map(|node| 1 + node.descendants()).sum();
    let open = all <= MOST_OPEN;
    let (first, last) = level(skeleton, pages, &nodes, root, open);
    // The headings that can be seen at first.
    let count = if open { all } else { nodes.len() };
    let dict = dictionary! {
        "Type" => name("Outlines"),
        "First" => Object::Reference(first),
        "Last" => Object::Reference(last),
        "Count" => count as i64,
    };
    skeleton.pdf.set_object(root, dict);
    skeleton.pdf.catalog_mut()?.set("Outlines", Object::Reference(root));
    Ok(())
}

/// The headings deeper than `above`, until one that is not. What follows a
/// heading and is deeper hangs below it, even if a level is skipped.
fn tree<'a>(
    entries: &mut Peekable<impl Iterator<Item = &'a OutlineEntry>>,
    above: u8,
) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    // Level 0 has no meaning; it counts as the top.
    while let Some(entry) = entries.next_if(|entry| entry.level.max(1) > above) {
        let children = tree(entries, entry.level.max(1));
        nodes.push(Node { entry, children });
    }
    nodes
}

/// Writes the nodes of one level, with those below them shown or not; the numbers
/// of the first and the last.
fn level(
    skeleton: &mut Skeleton,
    pages: &[PageContent],
    nodes: &[Node<'_>],
    parent: ObjectId,
    open: bool,
) -> (ObjectId, ObjectId) {
    let ids: Vec<ObjectId> = nodes.iter().map(|_| skeleton.pdf.new_object_id()).collect();
    for (at, node) in nodes.iter().enumerate() {
        let entry = node.entry;
        let mut dict: Dictionary = dictionary! {
            "Title" => text(&entry.title),
            "Parent" => Object::Reference(parent),
        };
        if let Some(place) = destinations::place(skeleton, pages, entry.page, entry.at) {
            dict.set("Dest", place);
        }
        if at > 0 {
            dict.set("Prev", Object::Reference(ids[at - 1]));
        }
        if let Some(next) = ids.get(at + 1) {
            dict.set("Next", Object::Reference(*next));
        }
        if !node.children.is_empty() {
            let (first, last) = level(skeleton, pages, &node.children, ids[at], open);
            dict.set("First", Object::Reference(first));
            dict.set("Last", Object::Reference(last));
            // Below zero: so many will be seen once it is opened (12.3.3).
            let count = node.descendants() as i64;
            dict.set("Count", if open { count } else { -count });
        }
        skeleton.pdf.set_object(ids[at], dict);
    }
    (ids[0], ids[ids.len() - 1])
}
