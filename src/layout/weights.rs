//! What the paginator pays for faults, in one table.
//!
//! Demerits are those of lines (see [`crate::linebreak::Params`]), so that a
//! looser paragraph and a larger white can be weighed against each other: a
//! line stretched or shrunk to its limit costs 10 000, a hyphen 18 000.
//!
//! The faults that a reader sees at once have prices so far apart that no sum
//! of lesser ones reaches the next: whatever can be had without them is. The
//! limits thus yield in this order: word gaps, hyphens, runts (all three in
//! `linebreak`), level feet, widows and orphans, headings without text.
//!
//! | fault | price | origin |
//! |---|---|---|
//! | [`STRANDED`] | 10¹⁵ | a typesetter gives up headings last |
//! | [`WIDOW_ORPHAN`] | 10¹⁴ | then single lines |
//! | [`HOLE`] | 2 · 10¹³ | a page that is nearly empty although the chapter goes on: worse than columns twenty rows apart |
//! | [`UNEVEN`] | 10¹² a row | then level feet |
//! | runt, third hyphen, loose line | 10¹¹, 10¹⁰, 10⁹ | `linebreak` |
//! | [`HYPHEN_AT_FOOT`] | 10¹⁰ | like a third hyphen |
//! | [`NEARLY_EMPTY`] | 10⁸ | the same as a hole, at a chapter's end |
//! | [`LAST_APART`], [`SHORT_TAIL`] | 5 · 10⁶, 10⁶ a row | what is left of a chapter above the next title: it looks as if it belonged to that |
//! | [`GROWN_BOX`] | 3 · 10⁶, 6 · 10⁶ … a row | a box that ends level with its neighbour only as its ground grows: the last means to keep the limits |
//! | [`HOLLOW`] | 7 · 10⁵ a row | a page far from full amid a chapter, on top of what a short one costs |
//! | the others | ≤ 10⁶ | taste: set by looking at pages |
//!
//! Of white and short pages: a page that ends some rows early, its feet level, shows
//! less than white that is blown up to fill it. So white pays more and more for each
//! row, but a page from the sixth on the same; a row of white more in each of two
//! columns is worth a row of a short page, two rows more are not, and a chapter's
//! last page is not worth any white.

/// A heading whose text does not follow in its column.
pub(super) const STRANDED: i64 = 1_000_000_000_000_000;

/// The first line of a paragraph alone at a column's foot, or the last alone
/// at its head.
pub(super) const WIDOW_ORPHAN: i64 = 100_000_000_000_000;

/// For each row that the feet of columns side by side differ by: all of them on
/// a page that goes on, all but one where a segment ends.
pub(super) const UNEVEN: i64 = 1_000_000_000_000;

/// A hyphenated line at a column's foot.
pub(super) const HYPHEN_AT_FOOT: i64 = 10_000_000_000;

/// A page of which less than [`FULL_SHARE`] is filled although the chapter goes on.
pub(super) const HOLE: i64 = 20_000_000_000_000;

/// For each row that a page lacks to [`HOLLOW_SHARE`] although the chapter goes on.
pub(super) const HOLLOW: i64 = 700_000;

/// The share of a page's rows, in hundredths, below which it looks half empty.
pub(super) const HOLLOW_SHARE: i64 = 65;

/// The last page of a chapter of which less than [`FULL_SHARE`] is filled.
pub(super) const NEARLY_EMPTY: i64 = 100_000_000;

/// Below this, a way to set a page breaks no limit.
pub(super) const CLEAN: i64 = NEARLY_EMPTY;

/// The share of a page's rows that make it count as filled, in hundredths.
pub(super) const FULL_SHARE: i64 = 40;

/// Where a segment ends: a last column that is one row shorter, which is how
/// an odd number of lines is shared; and a longer one, which looks wrong.
pub(super) const SHORTER_LAST: i64 = 5_000;
/// See [`SHORTER_LAST`].
pub(super) const LONGER_LAST: i64 = 60_000;

/// For the rows by which all columns of a page end above its foot, squared.
pub(super) const SHORT_PAGE: i64 = 20_000;

/// See [`short`].
pub(super) const SHORT_FAR: i64 = 5;

/// For the rows left empty at the end of a chapter or of the brochure, squared: one
/// half-empty page is worse than two that lack a quarter. So little that a row more
/// costs less than the white that would have to grow in two columns for it: a
/// chapter may end where its text does.
pub(super) const EMPTY_ROWS: i64 = 800;

/// For each page begun: fewer pages are better, other things being equal.
pub(super) const PAGE: i64 = 1_000_000;

/// Two lines of a paragraph alone at a column's foot or head.
pub(super) const TWO_LINES: i64 = 20_000;

/// Between a text and the box that belongs to it.
pub(super) const BEFORE_BOX: i64 = 10_000;

/// Between a block and the web addresses that belong to it.
pub(super) const BEFORE_LINKS: i64 = 1_000_000;

/// Between a list entry and a short paragraph that goes on with it.
pub(super) const IN_LIST_ENTRY: i64 = 1_000_000;

/// A wide block at a page's head, apart from the text of its section: it may top a
/// page, but better stands below what it belongs to.
pub(super) const APART: i64 = 300_000;

/// The same for the last of a section, which then stands alone above the next title.
pub(super) const LAST_APART: i64 = 5_000_000;

/// For each row that the tail of a chapter lacks to [`TAIL_ROWS`] where the next
/// one's title stands below it: two or three lines above a title look left over.
pub(super) const SHORT_TAIL: i64 = 1_000_000;

/// See [`SHORT_TAIL`].
pub(super) const TAIL_ROWS: i64 = 6;

/// For each row that the columns of a page lack to [`STUB_ROWS`] which start below
/// something wide and go on overleaf: two lines below a title look cut off.
pub(super) const STUB: i64 = 300_000;

/// See [`STUB`].
pub(super) const STUB_ROWS: i64 = 5;

/// Between the entries of one chapter in the table of contents.
pub(super) const IN_ENTRY: i64 = 1_000_000;

/// For the first row that white above a heading grows; the next costs twice
/// as much, and so on.
pub(super) const GROWN_ABOVE_HEADING: i64 = 25_000;

/// The same for white between other blocks.
pub(super) const GROWN: i64 = 40_000;

/// The same for white above web addresses, which belong to the block before.
pub(super) const GROWN_ABOVE_LINKS: i64 = 200_000;

/// The same for white between paragraphs, which grows by a row at most: there it
/// breaks up the text.
pub(super) const GROWN_IN_TEXT: i64 = 60_000;

/// Rows that white between blocks may grow.
pub(super) const WHITE_STRETCH: i64 = 3;

/// A row of white between all entries of a box.
pub(super) const EASED_ENTRIES: i64 = 120_000;

/// On a page where only some of the boxes have such white: what it may cost to make
/// all alike.
pub(super) const UNLIKE: i64 = 600_000;

/// For the first row that the ground of a box grows below its text; the next
/// costs twice as much, and so on: only to stand level with its neighbour.
pub(super) const GROWN_BOX: i64 = 3_000_000;

/// For each row that an image is taller or lower than its proportions ask.
pub(super) const EASED_IMAGE: i64 = 25_000;

/// A float at the head or foot of the column that it belongs to.
pub(super) const FLOAT_MOVED: i64 = 5_000;

/// A float at the head of the next column.
pub(super) const FLOAT_LATE: i64 = 15_000;

/// Whether less of a page than [`FULL_SHARE`] is filled.
const fn is_nearly_empty(filled: i64, rows: i64) -> bool {
    filled * 100 < rows * FULL_SHARE
}

/// What a page costs that looks half empty although the chapter goes on.
const fn hollow(filled: i64, rows: i64) -> i64 {
    let lacking = rows * HOLLOW_SHARE / 100 - filled;
    if lacking > 0 { HOLLOW * lacking } else { 0 }
}

/// What it costs that all columns of a page end so many rows above its foot: the
/// square at first, since a foot or two off among many shows little; from
/// [`SHORT_FAR`] on it looks like a short page, and each row shows alike.
pub(super) const fn short(rows: i64) -> i64 {
    let near = if rows < SHORT_FAR { rows } else { SHORT_FAR };
    SHORT_PAGE * near * (2 * rows - near)
}

/// What it costs that columns of so many rows below a row of the page go on overleaf.
pub(super) const fn stub(row: i64, filled: i64) -> i64 {
    let lacking = STUB_ROWS - (filled - row);
    if row > 0 && lacking > 0 { STUB * lacking } else { 0 }
}

/// What it costs that a title follows a chapter which ends so many rows down.
pub(super) const fn tail(row: i64) -> i64 {
    if row == 0 || row >= TAIL_ROWS {
        return 0;
    }
    SHORT_TAIL * (TAIL_ROWS - row)
}

/// What a page costs whose text goes on, filled from the top down to a row.
pub(super) const fn goes_on(filled: i64, rows: i64) -> i64 {
    short(rows - filled)
        + hollow(filled, rows)
        + if is_nearly_empty(filled, rows) { HOLE } else { 0 }
}

/// What it costs to leave a page that is filled down to a row, as what follows
/// starts the next: a new chapter, or more of the same, which is as good as text
/// that goes on.
pub(super) const fn left(filled: i64, rows: i64, chapter_ends: bool) -> i64 {
    if !chapter_ends {
        return goes_on(filled, rows);
    }
    let empty = rows - filled;
    empty * empty * EMPTY_ROWS + if is_nearly_empty(filled, rows) { NEARLY_EMPTY } else { 0 }
}
