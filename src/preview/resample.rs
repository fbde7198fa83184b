//! Images brought to the pixels of a page.
//!
//! The pixels of an image are small rectangles of one colour. A pixel of the
//! page takes the mean of what covers it, weighted by area; at the edges of the
//! image, and of the part that is seen, it is covered in part. Upright
//! rectangles make this separable: first along the rows, then down the columns.

use super::canvas::PixelBox;
use crate::assets::{Depth, Orientation, Pixels, Taps, reduce};

/// Pixels of the page, opaque as far as the image covers them.
#[derive(Debug, PartialEq)]
pub(super) struct Scaled {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) pixels: Pixels,
}

/// Brings an image to the pixels of `area`, as far as they lie in `visible`;
/// none if nothing does. Colours stay in the image's own space and depth.
pub(super) fn resample(
    image: &Pixels,
    orientation: Orientation,
    area: PixelBox,
    visible: PixelBox,
) -> Option<Scaled> {
    match image.space.components() {
        1 => resample_n::<2>(image, orientation, area, visible),
        3 => resample_n::<4>(image, orientation, area, visible),
        _ => resample_n::<5>(image, orientation, area, visible),
    }
}

/// `N` counts the opacity too.
fn resample_n<const N: usize>(
    image: &Pixels,
    orientation: Orientation,
    area: PixelBox,
    visible: PixelBox,
) -> Option<Scaled> {
    let grid = Grid::new(image, orientation);
    let (left, columns) = spans([area[0], area[2]], [visible[0], visible[2]], grid.width)?;
    let (top, rows) = spans([area[1], area[3]], [visible[1], visible[3]], grid.height)?;
    let most = image.scale();
    let (mut colors, mut alpha) = (Vec::new(), Vec::new());
    let fetch = |y: usize, row: &mut [[f32; N]]| grid.row(y, row);
    let emit = |row: &[[f32; N]]| {
        for pixel in row {
            let opacity = pixel[N - 1];
            for value in &pixel[..N - 1] {
                // Clear pixels have no colour of their own.
                let value = if opacity > 0.0 { value * (255.0 / opacity) } else { 0.0 };
                let value = value.round().clamp(0.0, most);
                match image.depth {
                    Depth::Eight => colors.push(value as u8),
                    Depth::Sixteen => colors.extend((value as u16).to_ne_bytes()),
                }
            }
            alpha.push(opacity.round().min(255.0) as u8);
        }
    };
    reduce(grid.width, &columns, &rows, fetch, emit);
    let pixels = Pixels {
        width: u32::try_from(columns.len()).ok()?,
        height: u32::try_from(rows.len()).ok()?,
        space: image.space,
        depth: image.depth,
        colors,
        alpha: Some(alpha),
    };
    Some(Scaled { left, top, pixels })
}

/// The first pixel of the page that an image of `count` pixels between the ends
/// of `area` covers, as far as it lies in `visible`, and what covers that pixel
/// and those after it: the weights sum up to the part covered. None if nothing
/// is seen.
fn spans(area: [f64; 2], visible: [f64; 2], count: usize) -> Option<(i32, Vec<Taps>)> {
    let (low, high) = (area[0].max(visible[0]), area[1].min(visible[1]));
    if low >= high || count == 0 {
        return None;
    }
    let per_pixel = count as f64 / (area[1] - area[0]);
    let pixels = low.floor() as i32..high.ceil() as i32;
    let taps = |pixel: i32| {
        let (from, to) = (low.max(f64::from(pixel)), high.min(f64::from(pixel) + 1.0));
        let inside = |place: f64| ((place - area[0]) * per_pixel).clamp(0.0, count as f64);
        let (start, end) = (inside(from), inside(to));
        let first = (start.floor() as usize).min(count - 1);
        let last = (end.ceil() as usize).clamp(first + 1, count);
        let share = |index: usize| {
            let part = end.min(index as f64 + 1.0) - start.max(index as f64);
            (part.max(0.0) / per_pixel) as f32
        };
        Taps { first, weights: (first..last).map(share).collect() }
    };
    Some((pixels.start, pixels.map(taps).collect()))
}

/// The pixels of an image by where they are seen.
struct Grid<'a> {
    image: &'a Pixels,
    width: usize,
    height: usize,
    /// The stored index of the pixel at the top left, and the steps to the right
    /// and down.
    origin: isize,
    right: isize,
    down: isize,
}

impl<'a> Grid<'a> {
    fn new(image: &'a Pixels, orientation: Orientation) -> Grid<'a> {
        let (width, height) = (image.width as isize, image.height as isize);
        // Where a pixel that is seen at x, y is stored. Of `quarters` clockwise
        // turns, the last one done is undone first; then the mirroring.
        let stored = |x: isize, y: isize| {
            let (x, y) = match orientation.quarters {
                1 => (y, height - 1 - x),
                2 => (width - 1 - x, height - 1 - y),
                3 => (width - 1 - y, x),
                _ => (x, y),
            };
            let x = if orientation.mirrored { width - 1 - x } else { x };
            y * width + x
        };
        let origin = stored(0, 0);
        let [seen_width, seen_height] = orientation.turn([width, height]);
        Grid {
            image,
            width: seen_width as usize,
            height: seen_height as usize,
            origin,
            right: stored(1, 0) - origin,
            down: stored(0, 1) - origin,
        }
    }

    /// One row of the image, as seen: colours times opacity, and opacity.
    fn row<const N: usize>(&self, y: usize, row: &mut [[f32; N]]) {
        let start = self.origin + y as isize * self.down;
        for (x, pixel) in row.iter_mut().enumerate() {
            let index = (start + x as isize * self.right) as usize;
            let opacity = match &self.image.alpha {
                Some(alpha) => f32::from(alpha.get(index).copied().unwrap_or(0)),
                None => 255.0,
            };
            for (component, value) in pixel[..N - 1].iter_mut().enumerate() {
                *value = self.image.value(index * (N - 1) + component) * (opacity / 255.0);
            }
            pixel[N - 1] = opacity;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::PixelSpace;

    fn image(colors: &[u8], width: u32) -> Pixels {
        Pixels {
            width,
            height: colors.len() as u32 / width,
            space: PixelSpace::Gray,
            depth: Depth::Eight,
            colors: colors.to_vec(),
            alpha: None,
        }
    }

    fn upright(image: &Pixels, area: PixelBox, visible: PixelBox) -> Option<Scaled> {
        resample(image, Orientation::default(), area, visible)
    }

    const ALL: PixelBox = [0.0, 0.0, 100.0, 100.0];

    fn place(scaled: &Scaled) -> (i32, i32, u32, u32) {
        (scaled.left, scaled.top, scaled.pixels.width, scaled.pixels.height)
    }

    #[test]
    fn pixels_stay_as_they_are_at_their_own_size() {
        let whole = image(&[10, 20, 30, 40, 50, 60], 3);
        let scaled = upright(&whole, [2.0, 5.0, 5.0, 7.0], ALL).unwrap();
        assert_eq!(place(&scaled), (2, 5, 3, 2));
        assert_eq!(scaled.pixels.colors, whole.colors);
        assert_eq!(scaled.pixels.alpha, Some(vec![255; 6]));
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
            let turned = Orientation::from_exif(orientation);
            let scaled = resample(&image(&[1, 2, 3, 4, 5, 6], 3), turned, area, ALL).unwrap();
            assert_eq!(scaled.pixels.colors, seen, "{orientation}");
        }
    }

    #[test]
    fn smaller_is_the_mean_and_larger_repeats() {
        let whole = image(&[0, 100, 200, 100], 2);
        let small = upright(&whole, [0.0, 0.0, 1.0, 1.0], ALL).unwrap();
        assert_eq!(small.pixels.colors, [100]);
        let wide = upright(&whole, [0.0, 0.0, 4.0, 2.0], ALL).unwrap();
        assert_eq!(wide.pixels.colors, [0, 0, 100, 100, 200, 200, 100, 100]);
    }

    #[test]
    fn all_spaces_and_depths_are_scaled_as_they_are() {
        for (space, depth) in [
            (PixelSpace::Rgb, Depth::Eight),
            (PixelSpace::Cmyk, Depth::Eight),
            (PixelSpace::Rgb, Depth::Sixteen),
            (PixelSpace::Cmyk, Depth::Sixteen),
        ] {
            let pixel: Vec<u8> = (0..space.components())
                .flat_map(|c| [10 + c as u8; 2].into_iter().take(depth.bytes()))
                .collect();
            let colors = pixel.repeat(4);
            let whole = Pixels { space, depth, width: 2, height: 2, colors, alpha: None };
            let scaled = upright(&whole, [0.0, 0.0, 1.0, 1.0], ALL).unwrap();
            assert_eq!(scaled.pixels.colors, pixel);
        }
    }

    #[test]
    fn edges_cover_pixels_in_part() {
        let white = image(&[255], 1);
        let scaled = upright(&white, [0.5, 0.0, 2.25, 1.0], ALL).unwrap();
        assert_eq!(scaled.pixels.alpha, Some(vec![128, 255, 64]));
        let clipped = upright(&white, [0.0, 0.0, 4.0, 4.0], [1.0, 1.0, 2.0, 2.5]).unwrap();
        assert_eq!(place(&clipped), (1, 1, 1, 2));
        assert_eq!(clipped.pixels.colors, [255, 255]);
        assert_eq!(clipped.pixels.alpha, Some(vec![255, 128]));
    }

    #[test]
    fn clear_pixels_lend_no_colour() {
        let whole = Pixels { alpha: Some(vec![255, 0]), ..image(&[200, 99], 2) };
        let scaled = upright(&whole, [0.0, 0.0, 1.0, 1.0], ALL).unwrap();
        assert_eq!((scaled.pixels.colors, scaled.pixels.alpha), (vec![200], Some(vec![128])));
    }

    #[test]
    fn what_is_not_seen_gives_nothing() {
        let whole = image(&[1], 1);
        for area in [[200.0, 0.0, 300.0, 9.0], [5.0, 5.0, 5.0, 9.0], [0.0, -9.0, 9.0, 0.0]] {
            assert_eq!(upright(&whole, area, ALL), None, "{area:?}");
        }
    }
}
