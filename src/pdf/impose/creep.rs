//! Creep: sheets folded one inside the other push the inner ones outwards.
//!
//! Derivation. Number the sheets 0, 1, 2 … from the outermost. The fold of
//! sheet *k* + 1 lies against the inside of the fold of sheet *k*, so it is one
//! thickness of paper *t* nearer to the fore edge, and the fold of sheet *k*
//! lies *k* · *t* nearer than that of the outermost sheet. All leaves have the
//! same length, so the fore edge of sheet *k* sticks out by the same *k* · *t*.
//! The finished booklet is cut once, at the width *w* of the outermost sheet;
//! of sheet *k* that leaves *w* − *k* · *t*, measured from its own fold.
//!
//! A page that stood where those of the outermost sheet do would lose a strip
//! of *k* · *t* at its fore edge. So it is shifted by as much towards the fold,
//! where it loses the strip instead, in the part of the inner margin that no
//! reader sees. Its fore edge is then where the knife cuts. Its bleed goes with
//! it, so that there is all of it beyond the cut; the sheet's TrimBox, BleedBox
//! and crop marks say where that cut is on the flat sheet.
//!
//! This is the geometry of a sharp fold. Bulky paper folds in an arc, and a
//! sheet's fore edge then moves by up to π/2 · *t* (a quarter circle whose
//! radius grows by *t*). Who has measured a dummy gives the thickness that fits
//! it: its creep divided by the number of sheets less one.

use crate::base::Abs;

/// How far the pages of a sheet are shifted towards the fold; sheet 0 is the
/// outermost.
pub(super) fn shift(sheet: usize, paper: Abs) -> Abs {
    // There are fewer sheets than objects in a file, of which `i64` has room
    // for all.
    paper * i64::try_from(sheet).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sheet_moves_by_the_paper_around_it() {
        let paper = Abs::mm(0.1);
        assert_eq!(shift(0, paper), Abs::ZERO);
        assert_eq!(shift(1, paper), paper);
        assert_eq!(shift(15, paper), paper * 15_i64);
        assert!((shift(15, paper).to_mm() - 1.5).abs() < 1e-3);
    }

    #[test]
    fn paper_without_thickness_does_not_creep() {
        assert_eq!(shift(15, Abs::ZERO), Abs::ZERO);
    }
}
