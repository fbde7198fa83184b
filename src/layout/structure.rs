//! The structure of a brochure, put together from what composing says of each
//! block: in the order of the author's file, wherever things came to stand.

use crate::base::Abs;
use crate::document::{Element, Node, Page, Role};
use std::collections::BTreeSet;

/// A paragraph, or the entry of a list with the number or sign before it. `depth`
/// tells in how many lists it stands.
pub(super) fn paragraph(words: Element, marker: Vec<Node>, entry: bool, depth: usize) -> Node {
    if !entry {
        return Element { depth, ..words }.into();
    }
    let body = Element::new(Role::Body).with([words.into()]);
    let entry = Element::new(Role::Entry).with(marker).with([body.into()]);
    Element { depth: depth.max(1), ..entry }.into()
}

/// In how many lists a paragraph stands, by its indent and that of a list.
pub(super) fn depth(indent: Abs, step: Abs) -> usize {
    if step <= Abs::ZERO {
        return 0;
    }
    let [indent, step] = [indent, step].map(Abs::to_sp);
    usize::try_from((indent + step / 2).div_euclid(step)).unwrap_or(0)
}

/// A paragraph as the caption of the figure before it.
pub(super) fn caption(node: Node) -> Node {
    match node {
        Node::Element(words) if words.role == Role::Paragraph => {
            Element { role: Role::Caption, ..words }.into()
        }
        other => other,
    }
}

/// Nodes, with neighbouring entries gathered in lists. Deeper entries become a
/// list in the entry before them, and so do its further paragraphs.
pub(super) fn lists(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        match (node, out.last_mut()) {
            (Node::Element(inner), Some(Node::Element(list)))
                if list.role == Role::List && (inner.depth > 0 || inner.role == Role::Entry) =>
            {
                insert(list, Element { depth: inner.depth.saturating_sub(1), ..inner });
            }
            (Node::Element(entry), _) if entry.role == Role::Entry => {
                let entry = Element { depth: 0, ..entry };
                out.push(Element::new(Role::List).with([entry.into()]).into());
            }
            (other, _) => out.push(other),
        }
    }
    out
}

/// Puts an element into a list: as its next entry, or into its last one.
fn insert(list: &mut Element, inner: Element) {
    if inner.role == Role::Entry && inner.depth == 0 {
        list.children.push(inner.into());
        return;
    }
    let last = list.children.last_mut();
    let body = match last {
        Some(Node::Element(entry)) if entry.role == Role::Entry => entry.children.last_mut(),
        _ => None,
    };
    let Some(Node::Element(body)) = body else {
        list.children.push(inner.into());
        return;
    };
    if inner.depth == 0 {
        body.children.push(inner.into());
        return;
    }
    let inner = Element { depth: inner.depth - 1, ..inner };
    match body.children.last_mut() {
        Some(Node::Element(deeper)) if deeper.role == Role::List => insert(deeper, inner),
        _ if inner.role == Role::Entry => {
            let entry = Element { depth: 0, ..inner };
            body.children.push(Element::new(Role::List).with([entry.into()]).into());
        }
        _ => body.children.push(inner.into()),
    }
}

/// Where in the author's order something stands: the segment of the galley, the
/// part of it, and the first line of what is here.
pub(super) type Order = (usize, usize, usize);

/// The structure of the running text in the making.
#[derive(Debug, Default)]
pub(super) struct Flow {
    nodes: Vec<(Order, Node)>,
}

impl Flow {
    /// Adds what came to stand on a page.
    pub(super) fn add(&mut self, order: Order, page: usize, nodes: Vec<Node>) {
        self.nodes.extend(nodes.into_iter().map(|mut node| {
            node.on_page(page);
            (order, node)
        }));
    }

    /// Chapters, each a section from its title on. Parts of a paragraph that
    /// stand in several columns become one.
    pub(super) fn sections(mut self) -> Vec<Node> {
        // Floats stand elsewhere than their place in the text. Sorting keeps the
        // order of what belongs to one block.
        self.nodes.sort_by_key(|(order, _)| *order);
        let mut whole: Vec<((usize, usize), Node)> = Vec::with_capacity(self.nodes.len());
        for ((segment, part, line), node) in self.nodes {
            match whole.last_mut() {
                Some((place, before)) if line > 0 && *place == (segment, part) => {
                    join(before, node);
                }
                _ => whole.push(((segment, part), node)),
            }
        }
        let mut sections: Vec<Element> = Vec::new();
        for (_, node) in whole {
            let opens = node.role() == Some(Role::Heading(2));
            match sections.last_mut() {
                Some(section) if !opens => section.children.push(node),
                _ => sections.push(Element::new(Role::Section).with([node])),
            }
        }
        for section in &mut sections {
            section.children = contents(lists(std::mem::take(&mut section.children)));
            say_in_full_once(section);
        }
        sections.into_iter().map(Node::from).collect()
    }
}

/// Appends the rest of an element that goes on in another column.
fn join(before: &mut Node, rest: Node) {
    let (Node::Element(before), Node::Element(rest)) = (before, rest) else { return };
    for child in rest.children {
        match (before.children.last_mut(), &child) {
            (Some(last @ Node::Element(_)), Node::Element(inner))
                if last.role() == Some(inner.role)
                    && !matches!(inner.role, Role::Link | Role::Span) =>
            {
                join(last, child);
            }
            _ => before.children.push(child),
        }
    }
}

/// The section of a page that stands by itself, taken from it.
pub(super) fn of_page(page: &mut Page, number: usize) -> Option<Node> {
    let mut nodes = std::mem::take(&mut page.frame.nodes);
    nodes.iter_mut().for_each(|node| node.on_page(number));
    let mut section = Element::new(Role::Section).with(nodes);
    say_in_full_once(&mut section);
    (!section.is_empty()).then(|| section.into())
}

/// Leaves what abbreviations are short for at the first of each in a section:
/// more would only keep the listener from the words.
fn say_in_full_once(section: &mut Element) {
    let mut said = BTreeSet::new();
    let mut last = None;
    once(section, &mut said, &mut last);
}

fn once(element: &mut Element, said: &mut BTreeSet<String>, last: &mut Option<String>) {
    for child in std::mem::take(&mut element.children) {
        let Node::Element(mut inner) = child else {
            *last = None;
            element.children.push(child);
            continue;
        };
        // A word that goes on in the next line is said in full as a whole.
        let goes_on = inner.full.is_some() && inner.full == *last;
        if let Some(full) = &inner.full
            && !goes_on
            && !said.insert(full.clone())
        {
            inner.full = None;
        }
        let full = inner.full.clone();
        once(&mut inner, said, last);
        *last = full;
        if inner.role == Role::Span && inner.full.is_none() && inner.lang.is_none() {
            element.children.append(&mut inner.children);
        } else {
            element.children.push(inner.into());
        }
    }
}

/// Closes gaps between the levels of headings: none is more than one below the
/// one before it, the first is the highest (ISO 14289-1, 7.4.2). Headings alike
/// stay alike: without a cover, every chapter comes first. `above` holds the
/// levels of the headings that the next one may stand below.
pub(super) fn level(element: &mut Element, above: &mut Vec<u8>) {
    if let Role::Heading(wanted) = &mut element.role {
        above.truncate(above.iter().take_while(|&level| level < wanted).count());
        above.push(*wanted);
        // There are no more levels than a byte holds, since they go up.
        *wanted = above.len() as u8;
    }
    for child in &mut element.children {
        if let Node::Element(inner) = child {
            level(inner, above);
        }
    }
}

/// Nodes, with neighbouring entries of a table of contents gathered in one, those
/// of topics in their chapter's.
pub(super) fn contents(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let table = match out.last_mut() {
            Some(Node::Element(last)) if last.role == Role::Contents => Some(last),
            _ => None,
        };
        match (node, table) {
            (node, Some(table)) if node.role() == Some(Role::ContentsEntry) => {
                table.children.push(node);
            }
            (node, None) if node.role() == Some(Role::ContentsEntry) => {
                out.push(Element::new(Role::Contents).with([node]).into());
            }
            (Node::Element(inner), Some(table)) if inner.role == Role::Contents => {
                nest(table, inner);
            }
            (node, _) => out.push(node),
        }
    }
    out
}

/// Puts the entries of a table below the last entry of another.
fn nest(table: &mut Element, inner: Element) {
    let Some(Node::Element(entry)) = table.children.last_mut() else { return };
    match entry.children.last_mut() {
        Some(Node::Element(below)) if below.role == Role::Contents => {
            below.children.extend(inner.children);
        }
        _ => entry.children.push(inner.into()),
    }
}
