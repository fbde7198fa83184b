//! What good setting means, as numbers: the report and the warnings share them.

use crate::base::Em;
use crate::linebreak::MAX_HYPHENS;

/// The 95th percentile of the word gaps of justified lines may be so many times
/// the natural space.
pub const GAP_P95: f64 = 1.35;

/// One justified line in so many may have wider gaps than [`GAP_P95`]: what a
/// 95th percentile means. A text of fewer lines has none worth the name.
pub(super) const WIDE_ONE_IN: usize = 20;

/// The widest word gap of a justified line, as a share of the natural space.
pub const GAP_MOST: f64 = 1.7;

/// The narrowest word gap of a justified line, as a share of the natural space.
pub const GAP_LEAST: f64 = 0.75;

/// What a gap may differ from its limits: they are the breaker's too, and lengths
/// are rounded between there and here.
pub(super) const GAP_ROUNDING: f64 = 0.005;

/// How many lines in a row may end with a hyphen.
pub const HYPHENS_IN_A_ROW: usize = MAX_HYPHENS;

/// The length that the last line of a paragraph has at least, in its type size.
pub const RUNT: Em = Em::new(4.0);

/// How many lines of a paragraph stand together at the head or foot of a column,
/// and how many below a heading.
pub const LINES_TOGETHER: usize = 2;

/// By how many rows the columns of a page may end apart where their text ends;
/// where it goes on they end level.
pub const FEET_APART: i64 = 1;

/// The share of its rows that a page is filled with, unless it is a last one.
pub const FULL_SHARE: f64 = 0.4;

/// The measure in millimetres from which on gaps and runts count: in narrower
/// ones stand labels and cells.
pub const BODY_MEASURE_MM: f64 = 40.0;

/// The measure in millimetres from which on text is justified.
pub const JUSTIFIED_MEASURE_MM: f64 = 70.0;

/// The share of lines in such measures that are justified.
pub const JUSTIFIED_SHARE: f64 = 0.9;
