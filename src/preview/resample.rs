//! Images brought to the pixels of a page.
//!
//! The pixels of an image are small rectangles of one colour. A pixel of the
//! page takes the mean of what covers it, weighted by area; at the edges of the
//! image, and of the part that is seen, it is covered in part. Upright
//! rectangles make this separable: first along the rows, then down the columns.

use super::canvas::PixelBox;
use crate::assets::Orientation;

/// Pixels of an image as they are stored, and how they are seen.
pub(super) struct Source<'a> {
    /// Red, green and blue, or one component if `gray`.
    pub(super) colors: &'a [u8],
    pub(super) gray: bool,
    /// Opacity, one value a pixel.
    pub(super) alpha: Option<&'a [u8]>,
    /// Width and height as stored.
    pub(super) stored: (u32, u32),
    pub(super) orientation: Orientation,
}

/// Pixels of the page, as the rasteriser takes them: red, green and blue, which
/// opacity has been multiplied into, and opacity.
#[derive(Debug, PartialEq)]
pub(super) struct Scaled {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<u8>,
}

/// Brings an image to the pixels of `area`, as far as they lie in `visible`;
/// none if nothing does.
pub(super) fn resample(source: &Source<'_>, area: PixelBox, visible: PixelBox) -> Option<Scaled> {
    let grid = Grid::new(source);
    let columns = spans([area[0], area[2]], [visible[0], visible[2]], grid.width);
    let rows = spans([area[1], area[3]], [visible[1], visible[3]], grid.height);
    let (width, height) = (columns.len(), rows.len());
    let mut pixels = Vec::with_capacity(width * height * 4);
    // The row that one line ends with often starts the next.
    let mut known = None;
    let mut row = vec![[0.0_f32; 4]; width];
    let mut sums = row.clone();
    for span in &rows {
        sums.fill([0.0; 4]);
        for (y, weight) in (span.first..).zip(&span.weights) {
            if known != Some(y) {
                known = Some(y);
                grid.reduce(y, &columns, &mut row);
            }
            for (sum, value) in sums.iter_mut().zip(&row) {
                for (sum, value) in sum.iter_mut().zip(value) {
                    *sum += value * weight;
                }
            }
        }
        for [r, g, b, a] in &sums {
            let opacity = a.round().min(255.0);
            pixels.extend([r, g, b].map(|value| value.round().min(opacity) as u8));
            pixels.push(opacity as u8);
        }
    }
    Some(Scaled {
        left: columns.first()?.pixel,
        top: rows.first()?.pixel,
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
        pixels,
    })
}

/// What covers a pixel of the page along one axis.
#[derive(Debug, PartialEq)]
struct Span {
    pixel: i32,
    /// The first pixel of the image that does.
    first: usize,
    /// The share of it and of those after it; their sum is the part covered.
    weights: Vec<f32>,
}

/// The pixels of the page that an image of `count` pixels between the ends of
/// `area` covers, as far as they lie in `visible`.
fn spans(area: [f64; 2], visible: [f64; 2], count: usize) -> Vec<Span> {
    let (low, high) = (area[0].max(visible[0]), area[1].min(visible[1]));
    if low >= high || count == 0 {
        return Vec::new();
    }
    let per_pixel = count as f64 / (area[1] - area[0]);
    let pixels = low.floor() as i32..high.ceil() as i32;
    let span = |pixel: i32| {
        let (from, to) = (low.max(f64::from(pixel)), high.min(f64::from(pixel) + 1.0));
        let inside = |place: f64| ((place - area[0]) * per_pixel).clamp(0.0, count as f64);
        let (start, end) = (inside(from), inside(to));
        let first = (start.floor() as usize).min(count - 1);
        let last = (end.ceil() as usize).clamp(first + 1, count);
        let share = |index: usize| {
            let part = end.min(index as f64 + 1.0) - start.max(index as f64);
            (part.max(0.0) / per_pixel) as f32
        };
        Span { pixel, first, weights: (first..last).map(share).collect() }
    };
    pixels.map(span).collect()
}

/// The pixels of an image by where they are seen.
struct Grid<'a> {
    source: &'a Source<'a>,
    width: usize,
    height: usize,
    /// The stored index of the pixel at the top left, and the steps to the right
    /// and down.
    origin: isize,
    right: isize,
    down: isize,
}

impl<'a> Grid<'a> {
    fn new(source: &'a Source<'a>) -> Grid<'a> {
        let (width, height) = (source.stored.0 as isize, source.stored.1 as isize);
        // Where a pixel that is seen at x, y is stored. Of `quarters` clockwise
        // turns, the last one done is undone first; then the mirroring.
        let stored = |x: isize, y: isize| {
            let (x, y) = match source.orientation.quarters {
                1 => (y, height - 1 - x),
                2 => (width - 1 - x, height - 1 - y),
                3 => (width - 1 - y, x),
                _ => (x, y),
            };
            let x = if source.orientation.mirrored { width - 1 - x } else { x };
            y * width + x
        };
        let origin = stored(0, 0);
        let seen = if source.orientation.swaps() { (height, width) } else { (width, height) };
        Grid {
            source,
            width: seen.0 as usize,
            height: seen.1 as usize,
            origin,
            right: stored(1, 0) - origin,
            down: stored(0, 1) - origin,
        }
    }

    /// One row of the image, as seen, brought to the columns of the page.
    fn reduce(&self, y: usize, columns: &[Span], row: &mut [[f32; 4]]) {
        let start = self.origin + y as isize * self.down;
        for (sum, span) in row.iter_mut().zip(columns) {
            *sum = [0.0; 4];
            for (x, weight) in (span.first..).zip(&span.weights) {
                let ([r, g, b], opacity) = self.pixel(start + x as isize * self.right);
                let weight = weight * opacity;
                sum[0] += f32::from(r) * weight;
                sum[1] += f32::from(g) * weight;
                sum[2] += f32::from(b) * weight;
                sum[3] += 255.0 * weight;
            }
        }
    }

    /// Colour and opacity, from 0 to 1, of a stored pixel; nothing where data
    /// ends early.
    fn pixel(&self, index: isize) -> ([u8; 3], f32) {
        let index = index as usize;
        let color = if self.source.gray {
            self.source.colors.get(index).map(|&value| [value; 3])
        } else {
            let at = index * 3;
            self.source.colors.get(at..at + 3).map(|c| [c[0], c[1], c[2]])
        };
        let alpha = match self.source.alpha {
            Some(alpha) => alpha.get(index).copied().unwrap_or(0),
            None => 255,
        };
        color.map_or(([0; 3], 0.0), |color| (color, f32::from(alpha) / 255.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(colors: &[u8], width: u32, orientation: u16) -> Source<'_> {
        Source {
            colors,
            gray: true,
            alpha: None,
            stored: (width, colors.len() as u32 / width),
            orientation: Orientation::from_exif(orientation),
        }
    }

    const ALL: PixelBox = [0.0, 0.0, 100.0, 100.0];

    /// The first component of every pixel.
    fn reds(scaled: &Scaled) -> Vec<u8> {
        scaled.pixels.chunks(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn pixels_stay_as_they_are_at_their_own_size() {
        let scaled = resample(&source(&[10, 20, 30, 40, 50, 60], 3, 1), [2.0, 5.0, 5.0, 7.0], ALL);
        let scaled = scaled.unwrap();
        assert_eq!((scaled.left, scaled.top, scaled.width, scaled.height), (2, 5, 3, 2));
        assert_eq!(reds(&scaled), [10, 20, 30, 40, 50, 60]);
        assert!(scaled.pixels.chunks(4).all(|pixel| pixel[3] == 255));
    }

    #[test]
    fn every_orientation_is_seen_upright() {
        // Stored: 1 2 3 above 4 5 6.
        for (orientation, width, seen) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ] {
            let area = [0.0, 0.0, f64::from(width), f64::from(6 / width)];
            let scaled = resample(&source(&[1, 2, 3, 4, 5, 6], 3, orientation), area, ALL).unwrap();
            assert_eq!(reds(&scaled), seen, "{orientation}");
        }
    }

    #[test]
    fn smaller_is_the_mean_and_larger_repeats() {
        let image = source(&[0, 100, 200, 100], 2, 1);
        assert_eq!(reds(&resample(&image, [0.0, 0.0, 1.0, 1.0], ALL).unwrap()), [100]);
        let wide = resample(&image, [0.0, 0.0, 4.0, 2.0], ALL).unwrap();
        assert_eq!(reds(&wide), [0, 0, 100, 100, 200, 200, 100, 100]);
    }

    #[test]
    fn edges_cover_pixels_in_part() {
        let white = source(&[255], 1, 1);
        let scaled = resample(&white, [0.5, 0.0, 2.25, 1.0], ALL).unwrap();
        let alphas: Vec<u8> = scaled.pixels.chunks(4).map(|pixel| pixel[3]).collect();
        assert_eq!(alphas, [128, 255, 64]);
        let clipped = resample(&white, [0.0, 0.0, 4.0, 4.0], [1.0, 1.0, 2.0, 2.5]).unwrap();
        assert_eq!((clipped.left, clipped.top, clipped.width, clipped.height), (1, 1, 1, 2));
        assert_eq!(clipped.pixels, [255, 255, 255, 255, 128, 128, 128, 128]);
    }

    #[test]
    fn clear_pixels_lend_no_colour() {
        let colors = [200, 0, 0, 0, 0, 99];
        let alpha = [255, 0];
        let image = Source {
            colors: &colors,
            gray: false,
            alpha: Some(&alpha),
            stored: (2, 1),
            orientation: Orientation::default(),
        };
        let scaled = resample(&image, [0.0, 0.0, 1.0, 1.0], ALL).unwrap();
        assert_eq!(scaled.pixels, [100, 0, 0, 128]);
    }

    #[test]
    fn what_is_not_seen_gives_nothing() {
        let image = source(&[1], 1, 1);
        for area in [[200.0, 0.0, 300.0, 9.0], [5.0, 5.0, 5.0, 9.0], [0.0, -9.0, 9.0, 0.0]] {
            assert_eq!(resample(&image, area, ALL), None, "{area:?}");
        }
    }
}
