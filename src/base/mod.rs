//! Units and geometry that every other module speaks.
//!
//! Lengths are integers ([`Abs`], 1/65536 pt, TeX's scaled point with PDF's
//! point as its base), so that sums come out alike on every machine.

mod date;
mod geom;
mod lang;
mod path;
mod transform;
mod units;

pub use date::Date;
pub use geom::{Point, Rect, Sides, Size};
pub use lang::Lang;
pub use path::{Path, Segment};
pub use transform::Transform;
pub use units::{Abs, Em, Ratio};
