//! A rectangle with things placed in it.

use super::{Item, LineFacts};
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
    pub fn place(&mut self, at: Point, frame: Frame) {
        self.items.extend(frame.items.into_iter().map(|(p, item)| (p + at, item)));
        let lines = frame.lines.into_iter();
        self.lines.extend(lines.map(|line| LineFacts { at: line.at + at, ..line }));
    }

    /// Puts items behind those that are there.
    pub fn prepend(&mut self, items: Vec<(Point, Item)>) {
        self.items.splice(0..0, items);
    }
}
