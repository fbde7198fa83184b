//! What pictures are made of a brochure.

use std::fmt;
use std::str::FromStr;

/// What pictures are made of a brochure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// How fine they are.
    pub dpi: Dpi,
    /// The pages wanted.
    pub pages: PageRanges,
    /// What is laid over the pages.
    pub overlays: Vec<Overlay>,
}

/// Pixels in an inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dpi(u16);

/// A resolution that is no whole number, or out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DpiError;

impl Dpi {
    /// The coarsest: an A4 page is as large as a stamp.
    pub const MIN: Dpi = Dpi(10);
    /// The finest: an A4 page takes half a gigabyte of memory.
    pub const MAX: Dpi = Dpi(1200);

    /// A number of pixels in an inch, unless it is out of bounds.
    pub fn new(pixels: u16) -> Option<Dpi> {
        let dpi = Dpi(pixels);
        (Dpi::MIN..=Dpi::MAX).contains(&dpi).then_some(dpi)
    }

    /// Pixels in a point, of which an inch has 72.
    pub fn per_pt(self) -> f64 {
        f64::from(self.0) / 72.0
    }
}

impl Default for Dpi {
    fn default() -> Dpi {
        Dpi(100)
    }
}

impl fmt::Display for Dpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Dpi {
    type Err = DpiError;
    fn from_str(text: &str) -> Result<Dpi, DpiError> {
        text.parse().ok().and_then(Dpi::new).ok_or(DpiError)
    }
}

impl fmt::Display for DpiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", Dpi::MIN, Dpi::MAX)
    }
}

impl std::error::Error for DpiError {}

/// Marks for a proof, laid over a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The baseline grid.
    Grid,
    /// The edges of columns, pictures and links.
    Frames,
    /// How tight or loose the lines of text are.
    Badness,
}

impl Overlay {
    /// All of them, in the order in which they are drawn: bands of colour below
    /// thin lines.
    pub const ALL: [Overlay; 3] = [Overlay::Badness, Overlay::Frames, Overlay::Grid];
}

/// Pages by their numbers from 1, such as `1,3-5`. An end that is left out is
/// the first or the last page: `-4`, `6-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRanges(Vec<(usize, usize)>);

/// What is no list of page numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRangesError {
    /// A part that is neither a number nor a range.
    Unreadable(String),
    /// A range that ends before it begins.
    Backwards(String),
}

impl PageRanges {
    /// Whether a page is wanted; its number counts from 1.
    pub fn contains(&self, number: usize) -> bool {
        self.0.iter().any(|&(first, last)| (first..=last).contains(&number))
    }
}

/// All pages.
impl Default for PageRanges {
    fn default() -> PageRanges {
        PageRanges(vec![(1, usize::MAX)])
    }
}

impl FromStr for PageRanges {
    type Err = PageRangesError;
    fn from_str(text: &str) -> Result<PageRanges, PageRangesError> {
        text.split(',').map(range).collect::<Result<_, _>>().map(PageRanges)
    }
}

/// The first and the last page of one part.
fn range(part: &str) -> Result<(usize, usize), PageRangesError> {
    let part = part.trim();
    let unreadable = || PageRangesError::Unreadable(part.to_owned());
    let page = |text: &str| text.parse().ok().filter(|&n: &usize| n > 0).ok_or_else(unreadable);
    let (first, last) = match part.split_once('-') {
        None => (page(part)?, page(part)?),
        Some(("", "")) => return Err(unreadable()),
        Some(("", last)) => (1, page(last)?),
        Some((first, "")) => (page(first)?, usize::MAX),
        Some((first, last)) => (page(first)?, page(last)?),
    };
    if first > last {
        return Err(PageRangesError::Backwards(part.to_owned()));
    }
    Ok((first, last))
}

impl fmt::Display for PageRangesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageRangesError::Unreadable(part) => {
                write!(f, "`{part}` is no page number from 1 and no range such as `3-5`")
            }
            PageRangesError::Backwards(part) => write!(f, "`{part}` ends before it begins"),
        }
    }
}

impl std::error::Error for PageRangesError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Vec<usize> {
        let ranges: PageRanges = text.parse().unwrap();
        (0..10).filter(|&number| ranges.contains(number)).collect()
    }

    #[test]
    fn pages_are_numbers_and_ranges_with_or_without_ends() {
        assert_eq!(chosen("1,3-5"), [1, 3, 4, 5]);
        assert_eq!(chosen("-2, 8-"), [1, 2, 8, 9]);
        assert_eq!(chosen("4-6,5"), [4, 5, 6]);
        assert_eq!((0..10).filter(|&n| PageRanges::default().contains(n)).count(), 9);
    }

    #[test]
    fn what_is_no_page_is_named() {
        for (text, part) in [("", ""), ("1,x", "x"), ("0", "0"), ("-", "-"), ("1-2-3", "1-2-3")] {
            let error = text.parse::<PageRanges>().unwrap_err();
            assert_eq!(error, PageRangesError::Unreadable(part.to_owned()), "{text}");
        }
        let error = "2,5-3".parse::<PageRanges>().unwrap_err();
        assert_eq!(error.to_string(), "`5-3` ends before it begins");
    }

    #[test]
    fn resolutions_have_bounds() {
        assert_eq!("72".parse::<Dpi>().unwrap().per_pt(), 1.0);
        for text in ["9", "1201", "100.5", "-1", "", "99999999"] {
            assert_eq!(text.parse::<Dpi>(), Err(DpiError), "{text}");
        }
    }
}
