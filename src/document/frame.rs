//! A rectangle with things placed in it.

use super::{Element, Item, LineFacts, Node};
use crate::base::{Abs, Point, Size};

/// Items at places relative to the frame's top left corner.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The room it takes in a column.
    pub size: Size,
    /// What is in it, in reading and painting order.
    pub items: Vec<(Point, Item)>,
    /// The lines of text in it.
    pub lines: Vec<LineFacts>,
    /// What the items are; those in no element are decoration.
    pub nodes: Vec<Node>,
}

impl Frame {
    /// An empty frame.
    pub fn new(width: Abs, height: Abs) -> Frame {
        Frame { size: Size::new(width, height), ..Frame::default() }
    }

    /// Adds an item at a place.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push((at, item));
    }

    /// Adds everything of another frame, whose corner comes to `at`.
    pub fn place(&mut self, at: Point, mut frame: Frame) {
        let nodes = self.adopt(at, &mut frame);
        self.nodes.extend(nodes);
    }

    /// Adds everything of another frame but its structure, which comes back for
    /// an element of this frame.
    pub fn place_apart(&mut self, at: Point, mut frame: Frame) -> Vec<Node> {
        self.adopt(at, &mut frame)
    }

    fn adopt(&mut self, at: Point, frame: &mut Frame) -> Vec<Node> {
        let mut nodes = std::mem::take(&mut frame.nodes);
        nodes.iter_mut().for_each(|node| node.shift(self.items.len()));
        let frame = std::mem::take(frame);
        self.items.extend(frame.items.into_iter().map(|(p, item)| (p + at, item)));
        let lines = frame.lines.into_iter();
        self.lines.extend(lines.map(|line| LineFacts { at: line.at + at, ..line }));
        nodes
    }

    /// Adds an item that is part of an element, and says where.
    pub fn push_apart(&mut self, at: Point, item: Item) -> Node {
        let start = self.items.len();
        self.push(at, item);
        Node::Items { page: 0, range: start..start + 1 }
    }

    /// Makes one element of all the structure in it. What is in no element stays
    /// decoration.
    #[must_use]
    pub fn within(mut self, element: Element) -> Frame {
        let nodes = std::mem::take(&mut self.nodes);
        let element = element.with(nodes);
        if !element.is_empty() || element.alt.is_some() {
            self.nodes.push(element.into());
        }
        self
    }

    /// Puts items behind those that are there.
    pub fn prepend(&mut self, items: Vec<(Point, Item)>) {
        self.nodes.iter_mut().for_each(|node| node.shift(items.len()));
        self.items.splice(0..0, items);
    }
}
