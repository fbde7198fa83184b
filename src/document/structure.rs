//! What the parts of a document are, for readers who do not see the page: a tree
//! of elements whose leaves are the items on the pages.
//!
//! Layout makes it while it composes, since only there is known that a numeral
//! and the words below it are one statement. Items that stand in no element are
//! decoration. The roles are those of ISO 32000-1, 14.8.4.

use crate::base::Lang;
use crate::diag::Span;
use std::ops::Range;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The whole.
    Document,
    /// A part with a heading: a chapter, a box.
    Section,
    /// A heading; 1 is the highest.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An entry of a list.
    Entry,
    /// The number before an entry.
    Label,
    /// The drawn sign before an entry.
    Sign {
        /// Whether it is a square, which structures tell apart from other signs.
        square: bool,
    },
    /// The words of an entry.
    Body,
    /// A drawing or picture.
    Figure,
    /// The words below or above a figure or table.
    Caption,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell that names its column.
    ColumnHead,
    /// A cell that names its row.
    RowHead,
    /// A cell.
    Cell,
    /// Words that lead somewhere.
    Link,
    /// A quotation.
    Quote,
    /// A table of contents, or what stands below an entry of one.
    Contents,
    /// An entry of a table of contents.
    ContentsEntry,
    /// Words that name another place.
    Reference,
    /// Words that are said in their own way.
    Span,
    /// Nothing for the reader: what repeats at the head of every page.
    Header,
    /// The same at the foot of every page.
    Footer,
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// What is in it, in reading order.
    pub children: Vec<Node>,
    /// What a figure shows, in words.
    pub alt: Option<String>,
    /// What a section is called.
    pub title: Option<String>,
    /// The language, if it is another than around it.
    pub lang: Option<Lang>,
    /// What the words are short for.
    pub full: Option<String>,
    /// In how many lists a paragraph or entry stands, until layout has made the
    /// lists.
    pub depth: usize,
    /// Where it comes from.
    pub span: Option<Span>,
}

/// Something in an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// Items of a page, by their places in its frame.
    Items {
        /// The page; 0 in a frame that is not on one yet.
        page: usize,
        /// The items.
        range: Range<usize>,
    },
}

impl Element {
    /// An element with nothing in it.
    pub fn new(role: Role) -> Element {
        Element {
            role,
            children: Vec::new(),
            alt: None,
            title: None,
            lang: None,
            full: None,
            depth: 0,
            span: None,
        }
    }

    /// With these in it.
    #[must_use]
    pub fn with(mut self, children: impl IntoIterator<Item = Node>) -> Element {
        self.children.extend(children);
        self
    }

    /// With words for what is drawn.
    #[must_use]
    pub fn alt(mut self, alt: Option<String>) -> Element {
        self.alt = alt;
        self
    }

    /// Whether there is nothing in it, nor in what is in it.
    pub fn is_empty(&self) -> bool {
        self.children.iter().all(|child| match child {
            Node::Element(element) => element.is_empty(),
            Node::Items { range, .. } => range.is_empty(),
        })
    }

    /// It and all elements in it, each before what is in it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        for child in &self.children {
            if let Node::Element(element) = child {
                element.walk(visit);
            }
        }
    }
}

impl Node {
    /// Moves references to items by `by`, for items that got others before them.
    pub(super) fn shift(&mut self, by: usize) {
        match self {
            Node::Element(element) => element.children.iter_mut().for_each(|node| node.shift(by)),
            Node::Items { range, .. } => *range = range.start + by..range.end + by,
        }
    }

    /// The same, on a page.
    pub fn on_page(&mut self, number: usize) {
        match self {
            Node::Element(element) => {
                element.children.iter_mut().for_each(|node| node.on_page(number));
            }
            Node::Items { page, .. } => *page = number,
        }
    }

    /// What it is, if it is an element.
    pub fn role(&self) -> Option<Role> {
        match self {
            Node::Element(element) => Some(element.role),
            Node::Items { .. } => None,
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Node {
        Node::Element(element)
    }
}
