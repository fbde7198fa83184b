//! Colours as authors give them and as devices take them.

mod convert;
mod parse;

pub use convert::{Converter, ProfileError};
pub use parse::ColorError;

use crate::base::Ratio;

/// A colour as given by the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Color {
    /// sRGB, 0 to 255 each.
    Rgb([u8; 3]),
    /// Process inks in hundredths of a percent: cyan, magenta, yellow, black.
    Cmyk([u16; 4]),
}

/// The parts of a whole that tints are counted in.
const TINT_STEPS: u32 = 10_000;

impl Color {
    /// Black ink alone.
    pub const BLACK: Color = Color::Cmyk([0, 0, 0, 10_000]);
    /// The colour of the paper.
    pub const WHITE: Color = Color::Cmyk([0, 0, 0, 0]);

    /// This colour mixed with the paper: `Ratio::ONE` leaves it as it is, zero
    /// leaves the bare paper. Process inks are scaled; sRGB is mixed with white,
    /// value by value, in integers rounded half up.
    ///
    /// Ratios outside 0 to 1 count as the nearer end.
    #[must_use]
    pub fn tint(self, part: Ratio) -> Color {
        let part = (part.get().clamp(0.0, 1.0) * f64::from(TINT_STEPS)).round() as u32;
        let half = TINT_STEPS / 2;
        match self {
            Color::Rgb(rgb) => Color::Rgb(rgb.map(|value| {
                let mixed = u32::from(value) * part + 255 * (TINT_STEPS - part);
                ((mixed + half) / TINT_STEPS) as u8
            })),
            Color::Cmyk(inks) => {
                Color::Cmyk(inks.map(|ink| ((u32::from(ink) * part + half) / TINT_STEPS) as u16))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_scales_inks_and_lightens_light() {
        let half = Ratio::percent(50.0);
        assert_eq!(
            Color::Cmyk([10_000, 6_000, 0, 4_001]).tint(half),
            Color::Cmyk([5_000, 3_000, 0, 2_001])
        );
        assert_eq!(Color::Rgb([0, 73, 122]).tint(half), Color::Rgb([128, 164, 189]));
    }

    #[test]
    fn the_ends_of_a_tint_are_the_colour_and_the_paper() {
        for color in [Color::Rgb([1, 2, 3]), Color::Cmyk([1, 2, 3, 9_999])] {
            assert_eq!(color.tint(Ratio::ONE), color);
            assert_eq!(color.tint(Ratio::new(7.0)), color);
        }
        assert_eq!(Color::BLACK.tint(Ratio::new(0.0)), Color::WHITE);
        assert_eq!(Color::Rgb([1, 2, 3]).tint(Ratio::new(-1.0)), Color::Rgb([255; 3]));
    }
}
