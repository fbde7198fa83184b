//! Colours as authors give them and as devices take them.

/// A colour as given by the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Color {
    /// sRGB, 0 to 255 each.
    Rgb([u8; 3]),
    /// Process inks in hundredths of a percent: cyan, magenta, yellow, black.
    Cmyk([u16; 4]),
}

impl Color {
    /// Black ink alone.
    pub const BLACK: Color = Color::Cmyk([0, 0, 0, 10_000]);
    /// The colour of the paper.
    pub const WHITE: Color = Color::Cmyk([0, 0, 0, 0]);
}
