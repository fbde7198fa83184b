//! Where words begin, as far as it tells whether they stand on a new line.

use std::ops::Mul;

/// A transformation of the plane (ISO 32000-1, 8.3.3), as six numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    /// It leaves everything where it is.
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// By its numbers, as operators have them.
    pub(super) const fn new(numbers: [f64; 6]) -> Matrix {
        Matrix(numbers)
    }
}

/// First the left one, then the right one.
impl Mul for Matrix {
    type Output = Matrix;

    fn mul(self, then: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], m) = (self.0, then.0);
        Matrix([
            a * m[0] + b * m[2],
            a * m[1] + b * m[3],
            c * m[0] + d * m[2],
            c * m[1] + d * m[3],
            e * m[0] + f * m[2] + m[4],
            e * m[1] + f * m[3] + m[5],
        ])
    }
}

/// Where a piece of text begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    at: [f64; 2],
    /// From the baseline up, as long as the type is high.
    up: [f64; 2],
}

/// A baseline that is further off than this part of the type size is another
/// one. Raised figures stay within it.
const APART: f64 = 0.5;

impl Place {
    /// The origin of text space on the page, for type of a size.
    pub(super) fn new(matrix: Matrix, size: f64) -> Place {
        let [_, _, c, d, e, f] = matrix.0;
        Place { at: [e, f], up: [c * size, d * size] }
    }

    /// Whether the pen had to leave the line of `self` for the other place.
    pub(super) fn leaves_line(&self, next: &Place) -> bool {
        let moved = [next.at[0] - self.at[0], next.at[1] - self.at[1]];
        let rise = moved[0] * self.up[0] + moved[1] * self.up[1];
        let height = self.up[0] * self.up[0] + self.up[1] * self.up[1];
        height > 0.0 && rise.abs() > APART * height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: f64, y: f64) -> Place {
        Place::new(Matrix::new([1.0, 0.0, 0.0, 1.0, x, y]), 10.0)
    }

    #[test]
    fn a_line_is_left_up_or_down_and_not_along_it() {
        let start = place(50.0, 700.0);
        assert!(!start.leaves_line(&place(300.0, 704.0)));
        assert!(start.leaves_line(&place(50.0, 688.0)));
        assert!(start.leaves_line(&place(300.0, 760.0)));
    }

    #[test]
    fn lines_may_be_turned() {
        let turned = |x, y| Place::new(Matrix::new([0.0, 1.0, -1.0, 0.0, x, y]), 10.0);
        assert!(!turned(50.0, 100.0).leaves_line(&turned(50.0, 300.0)));
        assert!(turned(50.0, 100.0).leaves_line(&turned(62.0, 100.0)));
    }

    #[test]
    fn the_left_matrix_comes_first() {
        let scaled = Matrix::new([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix::new([1.0, 0.0, 0.0, 1.0, 5.0, 0.0]);
        assert_eq!(moved * scaled, Matrix::new([2.0, 0.0, 0.0, 2.0, 10.0, 0.0]));
        assert_eq!(scaled * moved, Matrix::new([2.0, 0.0, 0.0, 2.0, 5.0, 0.0]));
    }
}
