//! Colours as authors give them and as devices take them.

mod artwork;
mod condition;
mod convert;
mod difference;
mod parse;
mod pixels;
mod spot;

pub use artwork::Artwork;
pub use condition::{INK_LIMIT, Intent, PrintCondition, ProfileError};
pub use convert::Converter;
pub use difference::difference;
pub use parse::ColorError;
pub use pixels::PixelConversion;
pub use spot::{MAX_SPOT_NAME, SpotInk, SpotName, SpotNameError};

use crate::base::Ratio;

/// A colour as given by the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Color {
    /// sRGB, 0 to 255 each.
    Rgb([u8; 3]),
    /// Process inks in hundredths of a percent: cyan, magenta, yellow, black.
    Cmyk([u16; 4]),
    /// CIELAB under D50, in hundredths: lightness from 0 to 10 000, then a*
    /// (green to red) and b* (blue to yellow).
    Lab([i16; 3]),
    /// An ink of its own plate.
    Spot {
        /// The ink.
        ink: SpotInk,
        /// How much of it, in hundredths of a percent.
        tint: u16,
    },
}

/// The parts of a whole that tints are counted in.
const TINT_STEPS: u32 = 10_000;

impl Color {
    /// Black ink alone.
    pub const BLACK: Color = Color::Cmyk([0, 0, 0, 10_000]);
    /// The colour of the paper.
    pub const WHITE: Color = Color::Cmyk([0, 0, 0, 0]);

    /// This colour mixed with the paper: `Ratio::ONE` leaves it as it is, zero
    /// leaves the bare paper. Inks are scaled; sRGB and CIELAB are mixed with
    /// white, value by value, in integers rounded half up.
    ///
    /// Ratios outside 0 to 1 count as the nearer end.
    #[must_use]
    pub fn tint(self, part: Ratio) -> Color {
        let part = (part.get().clamp(0.0, 1.0) * f64::from(TINT_STEPS)).round() as u32;
        let scaled = |ink: u16| ((u32::from(ink) * part + TINT_STEPS / 2) / TINT_STEPS) as u16;
        let mixed = |value: i32, white: i32| {
            let (part, whole) = (i64::from(part), i64::from(TINT_STEPS));
            let sum = i64::from(value) * part + i64::from(white) * (whole - part);
            (sum + whole / 2).div_euclid(whole)
        };
        match self {
            Color::Rgb(rgb) => Color::Rgb(rgb.map(|value| mixed(value.into(), 255) as u8)),
            Color::Cmyk(inks) => Color::Cmyk(inks.map(scaled)),
            Color::Lab([l, a, b]) => Color::Lab(
                [(l, 10_000), (a, 0), (b, 0)].map(|(v, white)| mixed(v.into(), white) as i16),
            ),
            Color::Spot { ink, tint } => Color::Spot { ink, tint: scaled(tint) },
        }
    }

    /// The process inks of a colour that is given in inks, in hundredths of a
    /// percent: a spot ink's are those that stand in for it.
    pub fn process_inks(self) -> Option<[u16; 4]> {
        match self {
            Color::Rgb(_) | Color::Lab(_) => None,
            Color::Cmyk(inks) => Some(inks),
            Color::Spot { ink, tint } => Some(ink.alternate.map(|full| {
                ((u32::from(full) * u32::from(tint) + TINT_STEPS / 2) / TINT_STEPS) as u16
            })),
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
        let lab = Color::Lab([5_000, -4_001, 30]);
        assert_eq!(lab.tint(Ratio::new(0.0)), Color::Lab([10_000, 0, 0]));
        assert_eq!(lab.tint(Ratio::percent(50.0)), Color::Lab([7_500, -2_000, 15]));
        for color in [Color::Rgb([1, 2, 3]), Color::Cmyk([1, 2, 3, 9_999]), lab] {
            assert_eq!(color.tint(Ratio::ONE), color);
            assert_eq!(color.tint(Ratio::new(7.0)), color);
        }
        assert_eq!(Color::BLACK.tint(Ratio::new(0.0)), Color::WHITE);
        assert_eq!(Color::Rgb([1, 2, 3]).tint(Ratio::new(-1.0)), Color::Rgb([255; 3]));
    }

    #[test]
    fn a_spot_ink_keeps_its_plate_and_has_stand_ins() {
        let ink = SpotInk {
            name: SpotName::new("PANTONE 300 C").unwrap(),
            alternate: [10_000, 4_400, 0, 1],
        };
        let half = Color::Spot { ink, tint: 10_000 }.tint(Ratio::percent(50.0));
        assert_eq!(half, Color::Spot { ink, tint: 5_000 });
        assert_eq!(half.process_inks(), Some([5_000, 2_200, 0, 1]));
        assert_eq!(Color::Rgb([0; 3]).process_inks(), None);
    }
}
