//! Which pages stand side by side.
//!
//! In a saddle stitch all sheets are folded once, one inside the other. The
//! outermost sheet carries the first and the last page on its front and their
//! neighbours on its back, and so on inwards; the two page numbers on a side
//! always add up to one more than the number of pages. Even pages stand on the
//! left, odd ones on the right, as in every publication read from left to
//! right.

/// Where blank pages go if the pages do not fill the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// After the last page.
    End,
    /// Before the last page, so that a back cover stays on the outside.
    BeforeLast,
}

/// Pages on a sheet: two on its front and two on its back.
pub(super) const PAGES_ON_A_SHEET: usize = 4;

/// A side of a sheet as it lies in the press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// The side with the lowest page number, outside once the sheet is folded.
    Front,
    /// The other one.
    Back,
}

/// One side of a sheet: what stands left and right of the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    /// The sheet, counted from 0 for the outermost.
    pub(super) sheet: usize,
    /// Which side of it.
    pub(super) face: Face,
    /// The place in the sequence of pages, from 0, of the page on the left.
    pub(super) left: usize,
    /// The same for the page on the right.
    pub(super) right: usize,
}

/// How many blank pages fill up the last sheet.
pub(super) fn missing(pages: usize) -> usize {
    pages.next_multiple_of(PAGES_ON_A_SHEET) - pages
}

/// The pages in reading order, `None` for a blank one, as many as sheets take.
pub(super) fn sequence(pages: usize, blanks: Blanks) -> Vec<Option<usize>> {
    let mut sequence: Vec<Option<usize>> = (0..pages).map(Some).collect();
    let at = match blanks {
        Blanks::End => pages,
        Blanks::BeforeLast => pages.saturating_sub(1),
    };
    sequence.splice(at..at, std::iter::repeat_n(None, missing(pages)));
    sequence
}

/// The sides for a number of pages that sheets take: front and back of the
/// outermost sheet, then of the next one.
pub(super) fn sides(pages: usize) -> Vec<Side> {
    let sides_of = |sheet: usize| {
        let (first, last) = (2 * sheet, pages - 1 - 2 * sheet);
        [
            Side { sheet, face: Face::Front, left: last, right: first },
            Side { sheet, face: Face::Back, left: first + 1, right: last - 1 },
        ]
    };
    (0..pages / PAGES_ON_A_SHEET).flat_map(sides_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_pages_take_two_sheets() {
        let numbers: Vec<_> = sides(8).iter().map(|s| (s.left + 1, s.right + 1)).collect();
        assert_eq!(numbers, [(8, 1), (2, 7), (6, 3), (4, 5)]);
    }

    #[test]
    fn page_numbers_on_a_side_add_up_to_one_more_than_there_are() {
        for pages in (4..=64).step_by(4) {
            let sides = sides(pages);
            assert_eq!(sides.len(), pages / 2);
            for (at, side) in sides.iter().enumerate() {
                let (left, right) = (side.left + 1, side.right + 1);
                assert_eq!(left + right, pages + 1, "{side:?} of {pages}");
                assert!(left % 2 == 0 && right % 2 == 1, "{side:?} of {pages}");
                assert_eq!(side.sheet, at / 2);
                assert_eq!(side.face, if at % 2 == 0 { Face::Front } else { Face::Back });
            }
            let mut all: Vec<_> = sides.iter().flat_map(|s| [s.left, s.right]).collect();
            all.sort_unstable();
            assert_eq!(all, (0..pages).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_leaf_behind_a_page_carries_the_next_one() {
        for pages in (4..=64).step_by(4) {
            for pair in sides(pages).chunks(2) {
                let [front, back] = pair else { unreachable!() };
                // Turned over, what is on the right lies behind what was on the left.
                assert_eq!(back.left, front.right + 1);
                assert_eq!(front.left, back.right + 1);
            }
        }
    }

    #[test]
    fn blanks_fill_the_last_sheet() {
        assert_eq!([1, 4, 5, 6, 7, 8].map(missing), [3, 0, 3, 2, 1, 0]);
        let end = [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None, None];
        assert_eq!(sequence(6, Blanks::End), end);
        let inside = [Some(0), Some(1), Some(2), Some(3), Some(4), None, None, Some(5)];
        assert_eq!(sequence(6, Blanks::BeforeLast), inside);
        assert_eq!(sequence(1, Blanks::BeforeLast), [None, None, None, Some(0)]);
        assert_eq!(sequence(4, Blanks::End).len(), 4);
    }
}
