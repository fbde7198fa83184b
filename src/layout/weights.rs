//! What the paginator pays for faults, in one table.
//!
//! The unit is the square of a grid row left empty at the foot of a column.
//! The order follows what a typesetter gives up last: a split box or lost
//! line never, then headings, then widows and orphans, then level feet.

/// A column must not end here: inside white, or between a heading and its text.
pub(super) const FORBIDDEN: i64 = 1_000_000_000;

/// The first line of a paragraph alone at a column's foot, or the last alone
/// at its head. Dearer than any gap a page can have (54 rows squared), so it
/// happens only where no break avoids it.
pub(super) const WIDOW_ORPHAN: i64 = 100_000;

/// A hyphenated line at a column's foot: as bad as three empty rows.
pub(super) const HYPHEN_AT_FOOT: i64 = 9;

/// Between a text and the box that belongs to it: as bad as one empty row.
pub(super) const BEFORE_BOX: i64 = 1;

/// Between a block and the web addresses that belong to it: as bad as ten
/// empty rows.
pub(super) const BEFORE_LINKS: i64 = 400;

/// Two lines of a paragraph alone at a column's foot or head: allowed, but as
/// bad as five empty rows.
pub(super) const TWO_LINES: i64 = 100;

/// For each row that a column's foot stands above the page's foot, squared up
/// to [`SHORT_ROWS`] and then straight on: where a tall box leaves a hole, a
/// line more or less in it hardly shows.
pub(super) const SHORT_COLUMN: i64 = 4;

/// Where the cost of a short column turns from a square to a straight line.
pub(super) const SHORT_ROWS: i64 = 6;

/// For each row beyond that.
pub(super) const SHORT_ROW: i64 = 40;

/// For each row that white between blocks grows to level a column.
pub(super) const STRETCHED_SPACE: i64 = 2;

/// Rows that white between blocks may grow; white between paragraphs stays.
pub(super) const SPACE_STRETCH: i64 = 1;

/// For each row that columns differ by where a segment ends, squared.
pub(super) const UNBALANCED: i64 = 6;

/// For each row of a column that stays empty because nothing more is set on a
/// page that is begun, squared: as much as for any other short column.
pub(super) const EMPTY_ROW: i64 = SHORT_COLUMN;

/// For each page begun: fewer pages are better, other things being equal.
pub(super) const PAGE: i64 = 50;
