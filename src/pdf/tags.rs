//! Tags: the structure of a document in the form of a PDF (ISO 32000-1, 14.7 and
//! 14.8), as PDF/UA-1 and PDF/A-2a ask for it.
//!
//! The tree is laid flat first: a list of elements, and for each item of a page
//! the element it belongs to. A page's content then comes in sequences of
//! items of one element, numbered from 0 on each page (MCID); what belongs to no
//! element is an artifact.

use super::content::{Box4, LinkArea, PageContent};
use super::skeleton::Skeleton;
use super::strings::{name, text};
use super::{PdfError, links, number};
use crate::base::Lang;
use crate::document::{Document, Element, Item, LinkTarget, Node, Role};
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// The structure of a document, laid flat.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// Each element after the one it is in; the first is the document.
    elements: Vec<Flat>,
    /// To what each item of each page belongs.
    owners: Vec<Vec<Owner>>,
}

/// To what an item belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Owner {
    /// To nothing: it only decorates.
    #[default]
    Decoration,
    /// To what fills the page behind all else.
    Background,
    /// To the words that repeat at the head of every page.
    Header,
    /// To those at its foot.
    Footer,
    /// To the element of this number.
    Element(usize),
}

/// An element by itself.
#[derive(Debug)]
struct Flat {
    role: Role,
    parent: usize,
    kids: Vec<Kid>,
    alt: Option<String>,
    title: Option<String>,
    lang: Option<&'static str>,
    full: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Kid {
    Element(usize),
    /// An item of a page.
    Item(usize, usize),
}

impl Tags {
    /// Lays the structure of a document flat.
    pub(super) fn new(document: &Document) -> Tags {
        let pages = document.pages.iter();
        let mut tags = Tags {
            elements: Vec::new(),
            owners: pages.map(|page| vec![Owner::default(); page.frame.items.len()]).collect(),
        };
        tags.add(document, &document.structure, 0);
        for (page, owners) in document.pages.iter().zip(&mut tags.owners) {
            for node in &page.frame.nodes {
                match node.role() {
                    Some(Role::Header) => mark(node, Owner::Header, owners),
                    Some(Role::Footer) => mark(node, Owner::Footer, owners),
                    _ => {}
                }
            }
        }
        tags
    }

    fn add(&mut self, document: &Document, element: &Element, parent: usize) -> usize {
        let number = self.elements.len();
        self.elements.push(Flat {
            role: element.role,
            parent,
            kids: Vec::new(),
            alt: element.alt.clone(),
            title: element.title.clone(),
            lang: element.lang.map(|lang| lang.tag()),
            full: element.full.clone(),
        });
        self.add_children(document, element, number);
        number
    }

    /// Adds what is in an element to that of a number.
    fn add_children(&mut self, document: &Document, element: &Element, number: usize) {
        // A body may hold words by itself, so that an only paragraph adds nothing.
        if let (Role::Body, [Node::Element(only)]) = (element.role, &element.children[..])
            && only.role == Role::Paragraph
        {
            return self.add_children(document, only, number);
        }
        // A link that goes on after the end of a line, a column or a page is one
        // link, with an area on each line; so is a passage with its own voice.
        let mut open: Option<(usize, Same<'_>)> = None;
        for child in &element.children {
            match child {
                Node::Element(inner) => {
                    let same = same(document, inner);
                    match (open, same) {
                        (Some((before, open)), Some(same)) if open == same => {
                            self.add_children(document, inner, before);
                        }
                        _ => {
                            let inner = self.add(document, inner, number);
                            self.elements[number].kids.push(Kid::Element(inner));
                            open = same.map(|same| (inner, same));
                        }
                    }
                }
                Node::Items { range, .. } => {
                    self.add_items(child, number);
                    if !range.is_empty() {
                        open = None;
                    }
                }
            }
        }
    }

    /// Gives items to an element.
    fn add_items(&mut self, node: &Node, number: usize) {
        let Node::Items { page, range } = node else { return };
        for item in range.clone() {
            // Layout refers to items that are there alone.
            if let Some(owner) = self.owners.get_mut(*page).and_then(|owners| owners.get_mut(item))
            {
                *owner = Owner::Element(number);
                self.elements[number].kids.push(Kid::Item(*page, item));
            }
        }
    }

    /// To what the items of a page belong.
    pub(super) fn owners(&self, page: usize) -> &[Owner] {
        self.owners.get(page).map_or(&[], Vec::as_slice)
    }

    /// The name of an element's type.
    pub(super) fn type_of(&self, element: usize) -> &'static str {
        self.elements.get(element).map_or("Span", |element| type_name(element.role))
    }

    /// Hangs the structure into the object tree.
    pub(super) fn add_to(
        &self,
        skeleton: &mut Skeleton,
        pages: &[PageContent],
        links: &[Vec<ObjectId>],
    ) -> Result<(), PdfError> {
        let root = skeleton.pdf.new_object_id();
        let ids: Vec<ObjectId> =
            self.elements.iter().map(|_| skeleton.pdf.new_object_id()).collect();
        let mut link_elements = Vec::new();
        for (number, element) in self.elements.iter().enumerate() {
            let parent = if number == 0 { root } else { ids[element.parent] };
            let mut dict = dictionary! {
                "S" => name(type_name(element.role)),
                "P" => parent,
            };
            let (kids, main) = self.kids(element, pages, &ids, links, skeleton);
            links::name_whole(skeleton, &kids.links)?;
            link_elements.extend(kids.links.iter().map(|&(link, _)| (link, ids[number])));
            if let Some(page) = main {
                dict.set("Pg", skeleton.pages[page]);
            }
            match &kids.objects[..] {
                [] => {}
                [one] => dict.set("K", one.clone()),
                all => dict.set("K", all.to_vec()),
            }
            if let Some(alt) = &element.alt {
                dict.set("Alt", text(alt));
            }
            if let Role::Sign { .. } = element.role {
                // Whatever its form: it says that an entry begins.
                dict.set("ActualText", text("•"));
            }
            if let Some(title) = &element.title {
                dict.set("T", text(title));
            }
            if let Some(full) = &element.full {
                dict.set("E", text(full));
            }
            if let Some(lang) = element.lang {
                dict.set("Lang", Object::string_literal(lang));
            }
            if let Some(attributes) = self.attributes(element, kids.bounds) {
                dict.set("A", attributes);
            }
            skeleton.pdf.set_object(ids[number], dict);
        }
        self.add_root(skeleton, root, &ids, pages, link_elements)
    }

    /// The kids of an element: marked content by its numbers, elements, and
    /// annotations. All on one page are said to be on it once.
    fn kids<'p>(
        &self,
        element: &Flat,
        pages: &'p [PageContent],
        ids: &[ObjectId],
        links: &[Vec<ObjectId>],
        skeleton: &Skeleton,
    ) -> (Kids<'p>, Option<usize>) {
        let mut kids = Kids::default();
        let main = element.kids.iter().find_map(|kid| match kid {
            Kid::Item(page, _) => Some(*page),
            Kid::Element(_) => None,
        });
        let mut last = None;
        for kid in &element.kids {
            match *kid {
                Kid::Element(inner) => {
                    kids.objects.push(ids[inner].into());
                    last = None;
                }
                Kid::Item(page, item) => {
                    let Some(content) = pages.get(page) else { continue };
                    if let Some(link) = content.links.iter().position(|link| link.item == item) {
                        let annotation = links[page][link];
                        kids.links.push((annotation, &content.links[link]));
                        kids.objects.push(
                            dictionary! {
                                "Type" => name("OBJR"),
                                "Pg" => skeleton.pages[page],
                                "Obj" => annotation,
                            }
                            .into(),
                        );
                        // A sequence may go on behind the area of a link.
                        continue;
                    }
                    let Some(&Some(mark)) = content.marked.get(item) else { continue };
                    kids.bounds = union(kids.bounds, content.extents.get(item).copied().flatten());
                    if last == Some((page, mark)) {
                        continue;
                    }
                    last = Some((page, mark));
                    kids.objects.push(if Some(page) == main {
                        Object::Integer(mark as i64)
                    } else {
                        dictionary! {
                            "Type" => name("MCR"),
                            "Pg" => skeleton.pages[page],
                            "MCID" => mark as i64,
                        }
                        .into()
                    });
                }
            }
        }
        (kids, main)
    }

    /// What else is said of an element (ISO 32000-1, 14.8.5).
    fn attributes(&self, element: &Flat, bounds: Option<Box4>) -> Option<Dictionary> {
        match element.role {
            Role::Figure => {
                let corners = bounds?.map(number::object).to_vec();
                Some(dictionary! {
                    "O" => name("Layout"), "Placement" => name("Block"), "BBox" => corners,
                })
            }
            Role::ColumnHead => {
                Some(dictionary! { "O" => name("Table"), "Scope" => name("Column") })
            }
            Role::RowHead => Some(dictionary! { "O" => name("Table"), "Scope" => name("Row") }),
            Role::List => {
                let numbering = name(self.numbering(element)?);
                Some(dictionary! { "O" => name("List"), "ListNumbering" => numbering })
            }
            _ => None,
        }
    }

    /// How the entries of a list are labelled, if they are (ISO 32000-1, table
    /// 347). For signs there are three values; a disc stands for any but a square.
    fn numbering(&self, list: &Flat) -> Option<&'static str> {
        let mut parts = self.inner(list).flat_map(|entry| self.inner(entry));
        parts.find_map(|part| match part.role {
            Role::Label => Some("Decimal"),
            Role::Sign { square: true } => Some("Square"),
            Role::Sign { square: false } => Some("Disc"),
            _ => None,
        })
    }

    /// The elements that are in another one themselves.
    fn inner<'a>(&'a self, element: &'a Flat) -> impl Iterator<Item = &'a Flat> {
        element.kids.iter().filter_map(|kid| match kid {
            Kid::Element(number) => self.elements.get(*number),
            Kid::Item(..) => None,
        })
    }

    /// The root, and the ways from content and annotations back to elements.
    fn add_root(
        &self,
        skeleton: &mut Skeleton,
        root: ObjectId,
        ids: &[ObjectId],
        pages: &[PageContent],
        link_elements: Vec<(ObjectId, ObjectId)>,
    ) -> Result<(), PdfError> {
        let mut numbers: Vec<Object> = Vec::new();
        for (index, page) in pages.iter().enumerate() {
            let owners = page.sequences.iter().map(|&element| Object::Reference(ids[element]));
            let owners = skeleton.pdf.add_object(Object::Array(owners.collect()));
            numbers.extend([Object::Integer(index as i64), owners.into()]);
            let dict = skeleton.page(index)?;
            dict.set("StructParents", index as i64);
            dict.set("Tabs", name("S"));
        }
        for (index, (annotation, element)) in link_elements.into_iter().enumerate() {
            let key = (pages.len() + index) as i64;
            skeleton.pdf.get_dictionary_mut(annotation)?.set("StructParent", key);
            numbers.extend([key.into(), element.into()]);
        }
        let next = numbers.len() / 2;
        let tree = skeleton.pdf.add_object(dictionary! { "Nums" => numbers });
        skeleton.pdf.set_object(
            root,
            dictionary! {
                "Type" => name("StructTreeRoot"),
                "K" => ids[0],
                "ParentTree" => tree,
                "ParentTreeNextKey" => next as i64,
            },
        );
        let catalog = skeleton.pdf.catalog_mut()?;
        catalog.set("StructTreeRoot", root);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Kids<'p> {
    objects: Vec<Object>,
    links: Vec<(ObjectId, &'p LinkArea)>,
    /// The rectangle about all items.
    bounds: Option<Box4>,
}

fn union(a: Option<Box4>, b: Option<Box4>) -> Option<Box4> {
    match (a, b) {
        (Some(a), Some(b)) => {
            Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        }
        (one, other) => one.or(other),
    }
}

/// What makes two neighbouring elements one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Same<'a> {
    Link(&'a LinkTarget),
    Span(Option<Lang>, Option<&'a str>),
}

fn same<'a>(document: &'a Document, element: &'a Element) -> Option<Same<'a>> {
    match element.role {
        Role::Span => Some(Same::Span(element.lang, element.full.as_deref())),
        _ => address(document, element).map(Same::Link),
    }
}

/// Where an element leads, if it is a link.
fn address<'a>(document: &'a Document, element: &Element) -> Option<&'a LinkTarget> {
    if element.role != Role::Link {
        return None;
    }
    let mut items = element.children.iter().filter_map(|child| match child {
        Node::Items { page, range } => document.pages.get(*page)?.frame.items.get(range.clone()),
        Node::Element(_) => None,
    });
    items.find_map(|items| {
        items.iter().find_map(|(_, item)| match item {
            Item::Link(link) => Some(&link.target),
            _ => None,
        })
    })
}

/// Gives the items of a node to an owner.
fn mark(node: &Node, owner: Owner, owners: &mut [Owner]) {
    match node {
        Node::Element(element) => {
            element.children.iter().for_each(|child| mark(child, owner, owners));
        }
        Node::Items { range, .. } => {
            owners.get_mut(range.clone()).unwrap_or_default().fill(owner);
        }
    }
}

/// The standard structure type of a role (ISO 32000-1, 14.8.4).
fn type_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::Entry => "LI",
        Role::Label | Role::Sign { .. } => "Lbl",
        Role::Body => "LBody",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::ColumnHead | Role::RowHead => "TH",
        Role::Cell => "TD",
        Role::Link => "Link",
        Role::Quote => "BlockQuote",
        Role::Contents => "TOC",
        Role::ContentsEntry => "TOCI",
        Role::Reference => "Reference",
        Role::Span => "Span",
        // Stands outside the tree.
        Role::Header | Role::Footer => "NonStruct",
    }
}
