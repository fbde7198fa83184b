//! What the printer wishes.

use super::order::Blanks;
use crate::base::{Abs, Size};
use std::fmt;
use std::str::FromStr;

/// How to impose a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImposeOptions {
    /// The sheet that goes through the press.
    pub sheet: SheetSize,
    /// How thick a leaf is; nothing leaves all pages where they would stand on
    /// the outermost sheet.
    pub paper: PaperThickness,
    /// Where blank pages go if the pages do not fill the sheets; `None` refuses
    /// such a file.
    pub blanks: Option<Blanks>,
    /// Whether patches of ink stand above the right page.
    pub color_bar: bool,
    /// What the slug line begins with, such as the name of the file; nothing
    /// leaves the line to sheet and pages.
    pub slug: String,
}

/// The size of a press sheet: SRA3, 450 by 320 mm, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetSize(Size);

/// What is no size of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetSizeError;

impl SheetSize {
    /// The longest side in millimetres: that of a page in PDF, 14400 units
    /// (ISO 32000-1, annex C.2), rounded down.
    pub const LONGEST_MM: f64 = 5080.0;

    /// A sheet by its width and height in millimetres, if they are 1 mm
    /// or more and not beyond [`SheetSize::LONGEST_MM`].
    pub fn mm(width: f64, height: f64) -> Option<SheetSize> {
        let fits = |side| (1.0..=SheetSize::LONGEST_MM).contains(&side);
        let size = || SheetSize(Size::new(Abs::mm(width), Abs::mm(height)));
        (fits(width) && fits(height)).then(size)
    }

    /// Width and height.
    pub const fn size(self) -> Size {
        self.0
    }
}

impl Default for SheetSize {
    fn default() -> SheetSize {
        SheetSize(Size::new(Abs::mm(450.0), Abs::mm(320.0)))
    }
}

impl fmt::Display for SheetSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", Millimetres(self.0.width), Millimetres(self.0.height))
    }
}

impl FromStr for SheetSize {
    type Err = SheetSizeError;
    fn from_str(text: &str) -> Result<SheetSize, SheetSizeError> {
        let (width, height) = text.split_once('x').ok_or(SheetSizeError)?;
        let [width, height] = [width, height].map(plain_number);
        width.zip(height).and_then(|(w, h)| SheetSize::mm(w, h)).ok_or(SheetSizeError)
    }
}

impl fmt::Display for SheetSizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let longest = SheetSize::LONGEST_MM;
        write!(f, "width and height in mm, such as 450x320, of at most {longest} each")
    }
}

impl std::error::Error for SheetSizeError {}

/// The thickness of a leaf of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PaperThickness(Abs);

/// What is no thickness of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperThicknessError;

impl PaperThickness {
    /// The thickest paper in millimetres. Board beyond it is not folded.
    pub const THICKEST_MM: f64 = 1.0;

    /// A thickness in millimetres, from nothing to [`PaperThickness::THICKEST_MM`].
    pub fn mm(thickness: f64) -> Option<PaperThickness> {
        let allowed = 0.0..=PaperThickness::THICKEST_MM;
        allowed.contains(&thickness).then(|| PaperThickness(Abs::mm(thickness)))
    }

    /// The thickness.
    pub const fn length(self) -> Abs {
        self.0
    }
}

impl FromStr for PaperThickness {
    type Err = PaperThicknessError;
    fn from_str(text: &str) -> Result<PaperThickness, PaperThicknessError> {
        plain_number(text).and_then(PaperThickness::mm).ok_or(PaperThicknessError)
    }
}

impl fmt::Display for PaperThickness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Millimetres(self.0).fmt(f)
    }
}

impl fmt::Display for PaperThicknessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a thickness from 0 to {} mm, such as 0.1", PaperThickness::THICKEST_MM)
    }
}

impl std::error::Error for PaperThicknessError {}

/// Digits with at most one point among them: no sign, exponent, or `inf`.
fn plain_number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain.then(|| text.parse().ok()).flatten()
}

/// A length in millimetres to a hundredth, without trailing zeros.
pub(super) struct Millimetres(pub(super) Abs);

impl fmt::Display for Millimetres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:.2}", self.0.to_mm());
        f.write_str(digits.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_read_and_told_alike() {
        for (text, told) in [("450x320", "450x320"), ("487.5x330.20", "487.5x330.2")] {
            assert_eq!(text.parse::<SheetSize>().unwrap().to_string(), told);
        }
        assert_eq!(SheetSize::default(), SheetSize::mm(450.0, 320.0).unwrap());
        for bad in
            ["", "450", "450x", "x320", "450x320x1", "450x-320", "0x320", "450x5081", "1e2x9"]
        {
            assert_eq!(bad.parse::<SheetSize>(), Err(SheetSizeError), "{bad}");
        }
    }

    #[test]
    fn paper_has_bounds() {
        assert_eq!("0.1".parse(), Ok(PaperThickness(Abs::mm(0.1))));
        assert_eq!("0".parse(), Ok(PaperThickness::default()));
        for bad in ["", ".", "-0.1", "1.01", "NaN", "inf", "0,1", "thin"] {
            assert_eq!(bad.parse::<PaperThickness>(), Err(PaperThicknessError), "{bad}");
        }
    }
}
