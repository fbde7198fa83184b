//! Which colours of the house stand for the colours of artwork.

use super::Color;
use std::collections::BTreeMap;

/// The colours that artwork is printed with instead of the sRGB colours that it
/// is painted with: drawing programs know no spot inks of the house.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artwork {
    colors: BTreeMap<[u8; 3], Color>,
}

impl Artwork {
    /// Artwork as it is painted.
    pub fn new() -> Artwork {
        Artwork::default()
    }

    /// Says what stands for an sRGB colour; gives back what did before.
    pub fn set(&mut self, rgb: [u8; 3], color: Color) -> Option<Color> {
        self.colors.insert(rgb, color)
    }

    /// The colour that stands for an sRGB colour; itself if none does.
    pub fn color(&self, rgb: [u8; 3]) -> Color {
        self.colors.get(&rgb).copied().unwrap_or(Color::Rgb(rgb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_colour_is_replaced() {
        let mut artwork = Artwork::new();
        assert_eq!(artwork.set([0, 94, 184], Color::BLACK), None);
        assert_eq!(artwork.color([0, 94, 184]), Color::BLACK);
        assert_eq!(artwork.color([0, 94, 185]), Color::Rgb([0, 94, 185]));
        assert_eq!(artwork.set([0, 94, 184], Color::WHITE), Some(Color::BLACK));
    }
}
