//! Newtypes for lengths and proportions; the unit stands in the constructor.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Scaled points in one PDF point.
const SP_PER_PT: f64 = 65536.0;
/// PDF points (1/72 inch) in one millimetre.
const PT_PER_MM: f64 = 72.0 / 25.4;

/// An absolute length in 1/65536 of a PDF point (1/72 inch).
///
/// Integers make sums independent of order and machine; 64 bits hold any page
/// many times over, so plain arithmetic cannot overflow in practice.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Abs(i64);

impl Abs {
    /// No length at all.
    pub const ZERO: Abs = Abs(0);
    /// Longer than anything on a page, and still safe to add up.
    pub const HUGE: Abs = Abs(1 << 48);

    /// A length in PDF points (1/72 inch).
    pub fn pt(points: f64) -> Abs {
        Abs((points * SP_PER_PT).round() as i64)
    }

    /// A length in millimetres.
    pub fn mm(millimetres: f64) -> Abs {
        Abs::pt(millimetres * PT_PER_MM)
    }

    /// A length in scaled points, 1/65536 pt each.
    pub const fn sp(scaled_points: i64) -> Abs {
        Abs(scaled_points)
    }

    /// The length in PDF points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / SP_PER_PT
    }

    /// The length in millimetres.
    pub fn to_mm(self) -> f64 {
        self.to_pt() / PT_PER_MM
    }

    /// The length in scaled points.
    pub const fn to_sp(self) -> i64 {
        self.0
    }

    /// The length without its sign.
    pub const fn abs(self) -> Abs {
        Abs(self.0.abs())
    }

    /// How many whole `step`s cover this length, rounded up; 0 for nothing.
    /// A remainder of less than 1/64 pt counts as nothing, since it is rounding.
    pub fn steps_up(self, step: Abs) -> i64 {
        if self.0 <= 0 || step.0 <= 0 {
            return 0;
        }
        (self.0 - 1024 + step.0 - 1).div_euclid(step.0).max(0)
    }
}

impl fmt::Debug for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}pt", self.to_pt())
    }
}

impl Add for Abs {
    type Output = Abs;
    fn add(self, other: Abs) -> Abs {
        Abs(self.0 + other.0)
    }
}

impl Sub for Abs {
    type Output = Abs;
    fn sub(self, other: Abs) -> Abs {
        Abs(self.0 - other.0)
    }
}

impl Neg for Abs {
    type Output = Abs;
    fn neg(self) -> Abs {
        Abs(-self.0)
    }
}

impl Mul<f64> for Abs {
    type Output = Abs;
    fn mul(self, factor: f64) -> Abs {
        Abs((self.0 as f64 * factor).round() as i64)
    }
}

impl Mul<i64> for Abs {
    type Output = Abs;
    fn mul(self, factor: i64) -> Abs {
        Abs(self.0 * factor)
    }
}

impl Div<i64> for Abs {
    type Output = Abs;
    fn div(self, divisor: i64) -> Abs {
        Abs(self.0 / divisor)
    }
}

/// The proportion of two lengths; infinite or NaN when `other` is zero.
impl Div<Abs> for Abs {
    type Output = f64;
    fn div(self, other: Abs) -> f64 {
        self.0 as f64 / other.0 as f64
    }
}

impl AddAssign for Abs {
    fn add_assign(&mut self, other: Abs) {
        self.0 += other.0;
    }
}

impl SubAssign for Abs {
    fn sub_assign(&mut self, other: Abs) {
        self.0 -= other.0;
    }
}

impl Sum for Abs {
    fn sum<I: Iterator<Item = Abs>>(lengths: I) -> Abs {
        lengths.fold(Abs::ZERO, Add::add)
    }
}

/// A length relative to the type size.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Em(f64);

impl Em {
    /// A length in ems: 1 is the type size.
    pub const fn new(ems: f64) -> Em {
        Em(ems)
    }

    /// A length in font design units of a face with `units_per_em`.
    pub fn units(units: i32, units_per_em: u16) -> Em {
        Em(f64::from(units) / f64::from(units_per_em))
    }

    /// The absolute length at this type size.
    pub fn at(self, size: Abs) -> Abs {
        size * self.0
    }

    /// The number of ems.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// A proportion: 1 is the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Ratio(f64);

impl Ratio {
    /// The whole.
    pub const ONE: Ratio = Ratio(1.0);

    /// A proportion, 1 for the whole.
    pub const fn new(part: f64) -> Ratio {
        Ratio(part)
    }

    /// A proportion in hundredths.
    pub fn percent(hundredths: f64) -> Ratio {
        Ratio(hundredths / 100.0)
    }

    /// The proportion, 1 for the whole.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// This part of a length.
    pub fn of(self, whole: Abs) -> Abs {
        whole * self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert() {
        assert_eq!(Abs::mm(25.4), Abs::pt(72.0));
        assert_eq!(Abs::pt(1.0).to_sp(), 65536);
        assert_eq!(Em::units(500, 1000).at(Abs::pt(10.0)), Abs::pt(5.0));
    }

    #[test]
    fn steps_up_forgives_rounding_only() {
        let grid = Abs::pt(13.0);
        assert_eq!(Abs::ZERO.steps_up(grid), 0);
        assert_eq!(Abs::pt(13.0).steps_up(grid), 1);
        assert_eq!((Abs::pt(13.0) + Abs::sp(5)).steps_up(grid), 1);
        assert_eq!(Abs::pt(13.1).steps_up(grid), 2);
        assert_eq!(Abs::pt(26.0).steps_up(grid), 2);
    }
}
