//! Points, sizes and rectangles, origin at the top left, y downwards.

use super::Abs;
use std::ops::{Add, Sub};

/// A place, or a distance in two directions; y grows downwards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Point {
    /// Distance from the left.
    pub x: Abs,
    /// Distance from the top.
    pub y: Abs,
}

impl Point {
    /// The origin.
    pub const ZERO: Point = Point { x: Abs::ZERO, y: Abs::ZERO };

    /// A place at `x` from the left and `y` from the top.
    pub const fn new(x: Abs, y: Abs) -> Point {
        Point { x, y }
    }
}

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point::new(self.x - other.x, self.y - other.y)
    }
}

/// A width and a height.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Extent from left to right.
    pub width: Abs,
    /// Extent from top to bottom.
    pub height: Abs,
}

impl Size {
    /// A size of `width` by `height`.
    pub const fn new(width: Abs, height: Abs) -> Size {
        Size { width, height }
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rect {
    /// The top left corner.
    pub origin: Point,
    /// Width and height.
    pub size: Size,
}

impl Rect {
    /// A rectangle by its top left corner and its size.
    pub const fn new(x: Abs, y: Abs, width: Abs, height: Abs) -> Rect {
        Rect { origin: Point::new(x, y), size: Size::new(width, height) }
    }

    /// The left edge.
    pub fn left(&self) -> Abs {
        self.origin.x
    }

    /// The top edge.
    pub fn top(&self) -> Abs {
        self.origin.y
    }

    /// The right edge.
    pub fn right(&self) -> Abs {
        self.origin.x + self.size.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> Abs {
        self.origin.y + self.size.height
    }

    /// The same rectangle grown by `by` on all four sides.
    pub fn outset(&self, by: Abs) -> Rect {
        Rect::new(
            self.origin.x - by,
            self.origin.y - by,
            self.size.width + by * 2i64,
            self.size.height + by * 2i64,
        )
    }
}

/// Distances at the four sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sides {
    /// At the top.
    pub top: Abs,
    /// At the right.
    pub right: Abs,
    /// At the bottom.
    pub bottom: Abs,
    /// At the left.
    pub left: Abs,
}

impl Sides {
    /// The same distance at all four sides.
    pub const fn all(by: Abs) -> Sides {
        Sides { top: by, right: by, bottom: by, left: by }
    }

    /// Left and right together.
    pub fn horizontal(&self) -> Abs {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn vertical(&self) -> Abs {
        self.top + self.bottom
    }
}
