//! The structure of a brochure, put together from what composing says of each
//! block: in the order of the author's file, wherever things came to stand.

use crate::document::{Element, Node, Page, Role};

/// A paragraph, or the entry of a list with what stands before it.
pub(super) fn paragraph(words: Element, marker: Vec<Node>, entry: bool) -> Node {
    if !entry {
        return words.into();
    }
    let label = Element::new(Role::Label).with(marker);
    let body = Element::new(Role::Body).with([words.into()]);
    let label = (!label.is_empty()).then(|| label.into());
    Element::new(Role::Entry).with(label).with([body.into()]).into()
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

/// Nodes, with neighbouring entries gathered in lists.
pub(super) fn lists(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if node.role() != Some(Role::Entry) {
            out.push(node);
            continue;
        }
        match out.last_mut() {
            Some(Node::Element(list)) if list.role == Role::List => list.children.push(node),
            _ => out.push(Element::new(Role::List).with([node]).into()),
        }
    }
    out
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
                if last.role() == Some(inner.role) && inner.role != Role::Link =>
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
    let section = Element::new(Role::Section).with(nodes);
    (!section.is_empty()).then(|| section.into())
}

/// Closes gaps between the levels of headings: none is more than one below the
/// one before it, the first is the highest (ISO 14289-1, 7.4.2).
pub(super) fn level(element: &mut Element, before: &mut u8) {
    if let Role::Heading(wanted) = &mut element.role {
        *wanted = (*wanted).min(*before + 1);
        *before = *wanted;
    }
    for child in &mut element.children {
        if let Node::Element(inner) = child {
            level(inner, before);
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
