//! Where two pages lie on a sheet.

use super::ImposeError;
use super::area::Area;
use crate::base::{Abs, Size};

/// White between the bleed and the marks.
pub(super) fn mark_gap() -> Abs {
    Abs::mm(1.0)
}

/// How far marks reach from there.
pub(super) fn mark_length() -> Abs {
    Abs::mm(5.0)
}

/// By how much a sheet may be too small, since boxes come rounded: 0.01 mm.
const SLACK: Abs = Abs::sp(1858);

/// Two pages side by side in the middle of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    sheet: Size,
    page: Size,
    bleed: Abs,
}

/// One half of a sheet's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// Left of the fold.
    Left,
    /// Right of the fold.
    Right,
}

/// Where a page goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placement {
    /// Left edge of the page's trim.
    pub(super) x: Abs,
    /// Lower edge of the page's trim.
    pub(super) y: Abs,
    /// What may be printed: up to the fold, and the bleed on the other sides.
    pub(super) clip: Area,
}

impl Spread {
    /// Two pages of a trimmed size on a sheet, with bleed around both together.
    ///
    /// # Errors
    /// If the sheet does not hold them and the marks.
    pub(super) fn new(sheet: Size, page: Size, bleed: Abs) -> Result<Spread, ImposeError> {
        let around = (bleed + mark_gap() + mark_length()) * 2_i64;
        let needed = Size::new(page.width * 2_i64 + around, page.height + around);
        if needed.width > sheet.width + SLACK || needed.height > sheet.height + SLACK {
            let needed = Size::new(tenths_up(needed.width), tenths_up(needed.height));
            return Err(ImposeError::SheetTooSmall { sheet, needed });
        }
        Ok(Spread { sheet, page, bleed })
    }

    /// The whole sheet.
    pub(super) fn media(&self) -> Area {
        let Size { width, height } = self.sheet;
        Area { left: Abs::ZERO, bottom: Abs::ZERO, right: width, top: height }
    }

    /// Where the sheet is folded, from its left edge.
    pub(super) fn fold(&self) -> Abs {
        self.sheet.width / 2
    }

    /// What is left of a sheet after the cut, both pages together. Creep takes
    /// its amount from either fore edge (see `creep`).
    pub(super) fn trim(&self, creep: Abs) -> Area {
        let reach = self.page.width - creep;
        let bottom = (self.sheet.height - self.page.height) / 2;
        Area {
            left: self.fold() - reach,
            bottom,
            right: self.fold() + reach,
            top: bottom + self.page.height,
        }
    }

    /// The same with the bleed.
    pub(super) fn bleed(&self, creep: Abs) -> Area {
        self.trim(creep).outset(self.bleed)
    }

    /// Where a page goes that is shifted towards the fold by `creep`. Its fore
    /// edge is then that of the sheet's trim; what it has beyond the fold is
    /// cut off, so that it cannot run onto its neighbour.
    pub(super) fn place(&self, half: Half, creep: Abs) -> Placement {
        let (trim, bleed, fold) = (self.trim(creep), self.bleed(creep), self.fold());
        let (x, clip) = match half {
            Half::Left => (trim.left, Area { right: fold, ..bleed }),
            Half::Right => (trim.right - self.page.width, Area { left: fold, ..bleed }),
        };
        Placement { x, y: trim.bottom, clip }
    }
}

/// The next tenth of a millimetre, so that what is told does fit.
fn tenths_up(length: Abs) -> Abs {
    Abs::mm(((length - SLACK).to_mm() * 10.0).ceil() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(width: f64, height: f64) -> Size {
        Size::new(Abs::mm(width), Abs::mm(height))
    }

    fn a4() -> Spread {
        Spread::new(mm(450.0, 320.0), mm(210.0, 297.0), Abs::mm(3.0)).unwrap()
    }

    /// Equal but for rounding to scaled points.
    fn near(found: Abs, expected: f64) {
        assert!((found - Abs::mm(expected)).abs() <= Abs::sp(4), "{} mm", found.to_mm());
    }

    #[test]
    fn two_a4_pages_lie_in_the_middle_of_sra3() {
        let spread = a4();
        let trim = spread.trim(Abs::ZERO);
        near(trim.left, 15.0);
        near(trim.right, 435.0);
        near(trim.bottom, 11.5);
        near(trim.top, 308.5);
        near(spread.bleed(Abs::ZERO).left, 12.0);
        near(spread.bleed(Abs::ZERO).top, 311.5);
        let left = spread.place(Half::Left, Abs::ZERO);
        near(left.x, 15.0);
        near(left.clip.left, 12.0);
        assert_eq!(left.clip.right, spread.fold());
        let right = spread.place(Half::Right, Abs::ZERO);
        near(right.x, 225.0);
        assert_eq!(right.clip.left, spread.fold());
        near(right.clip.right, 438.0);
    }

    #[test]
    fn creep_moves_pages_to_the_fold_and_the_cut_with_them() {
        let spread = a4();
        let creep = Abs::mm(0.7);
        let [left, right] = [Half::Left, Half::Right].map(|half| spread.place(half, creep));
        near(left.x, 15.7);
        near(right.x, 224.3);
        for placement in [left, right] {
            near(placement.y, 11.5);
        }
        // Nothing beyond the fold, and all of the bleed beyond the cut.
        assert_eq!((left.clip.right, right.clip.left), (spread.fold(), spread.fold()));
        let trim = spread.trim(creep);
        near(trim.left, 15.7);
        near(trim.right, 434.3);
        near(trim.left - left.clip.left, 3.0);
        near(right.clip.right - trim.right, 3.0);
    }

    #[test]
    fn a_small_sheet_is_refused_with_the_size_that_would_do() {
        let refused = |sheet| Spread::new(sheet, mm(210.0, 297.0), Abs::mm(3.0)).unwrap_err();
        for sheet in [mm(437.9, 320.0), mm(450.0, 314.9), mm(420.0, 297.0)] {
            let ImposeError::SheetTooSmall { sheet: told, needed } = refused(sheet) else {
                panic!("{sheet:?}")
            };
            assert_eq!(told, sheet);
            assert!((needed.width - Abs::mm(438.0)).abs() <= Abs::sp(16), "{needed:?}");
            assert!((needed.height - Abs::mm(315.0)).abs() <= Abs::sp(16), "{needed:?}");
            assert!(Spread::new(needed, mm(210.0, 297.0), Abs::mm(3.0)).is_ok());
        }
    }
}
