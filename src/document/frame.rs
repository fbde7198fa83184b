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

    /// Adds an item at a place, unless it is a line without width or an area
    /// without extent: a PDF would show that as the thinnest line that there is.
    pub fn push(&mut self, at: Point, item: Item) {
        if item.shows() {
            self.items.push((at, item));
        }
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

    /// Adds an item that is part of an element, and says where; nowhere, if it
    /// shows nothing.
    pub fn push_apart(&mut self, at: Point, item: Item) -> Node {
        let start = self.items.len();
        self.push(at, item);
        Node::Items { page: 0, range: start..self.items.len() }
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
    pub fn prepend(&mut self, mut items: Vec<(Point, Item)>) {
        items.retain(|(_, item)| item.shows());
        self.nodes.iter_mut().for_each(|node| node.shift(items.len()));
        self.items.splice(0..0, items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Path, Rect};
    use crate::color::Color;
    use crate::diag::{Files, SourceFile, Span};
    use crate::document::{Fill, Shape, Stroke};
    use std::sync::Arc;

    fn shape(height: f64, line: Option<f64>) -> Item {
        let file = Files::new().add(Arc::new(SourceFile::new("a.toml", "")));
        let path = Path::rect(Rect::new(Abs::ZERO, Abs::ZERO, Abs::pt(9.0), Abs::pt(height)));
        let color = Color::BLACK;
        let stroke = line.map(|width| Stroke { color, width: Abs::pt(width) });
        let fill = line.is_none().then(|| Fill::new(color));
        Item::Shape(Shape { path, fill, stroke, span: Span::new(file, 0, 0) })
    }

    #[test]
    fn what_shows_nothing_is_left_out() {
        let mut frame = Frame::default();
        frame.push(Point::ZERO, shape(0.0, None));
        frame.push(Point::ZERO, shape(5.0, Some(0.0)));
        frame.prepend(vec![(Point::ZERO, shape(5.0, Some(0.0)))]);
        assert!(frame.items.is_empty());
        let Node::Items { range, .. } = frame.push_apart(Point::ZERO, shape(0.0, None)) else {
            panic!("items")
        };
        assert!(range.is_empty());
        frame.push(Point::ZERO, shape(0.1, None));
        frame.push(Point::ZERO, shape(0.0, Some(0.1)));
        assert_eq!(frame.items.len(), 2);
    }
}
