//! Pixels brought to another grid.
//!
//! A pixel of the new grid is a weighted mean of old ones along the rows and
//! then down the columns. Callers choose the weights: previews cover areas,
//! images that are too fine for their size are filtered by [`shrink`]. Rows go
//! through one by one, so that memory does not grow with the old image.
//!
//! Values are taken as they are stored, not as light: inks have no simple
//! relation to light, viewers and presses scale in this way too, and a filter
//! with negative lobes makes the least halos so.

use super::raster::{Depth, Pixels};
use std::collections::VecDeque;

/// What a pixel of the new grid takes along one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Taps {
    /// The first of the old pixels.
    pub first: usize,
    /// How much of it and of those after it.
    pub weights: Vec<f32>,
}

impl Taps {
    /// The old pixel after the last one.
    fn end(&self) -> usize {
        self.first + self.weights.len()
    }
}

/// Weights that bring `extent` pixels, of which the last may be one in part, to
/// fewer: a Lanczos filter of three lobes (Duchon 1979), widened by as much as
/// pixels grow.
fn lanczos(extent: f64, wanted: usize) -> Vec<Taps> {
    const LOBES: f64 = 3.0;
    let count = extent.ceil() as usize;
    let grow = extent / wanted as f64;
    let reach = LOBES * grow;
    let taps = |index: usize| {
        // Pixels are at the middle of their place.
        let middle = (index as f64 + 0.5) * grow;
        let first = (middle - reach - 0.5).ceil().max(0.0) as usize;
        let end = ((middle + reach + 0.5).floor() as usize).clamp(first + 1, count.max(1));
        let weight = |pixel: usize| {
            let part = (extent - pixel as f64).min(1.0);
            let x = (pixel as f64 + part / 2.0 - middle) / grow;
            if x.abs() < LOBES { part * sinc(x) * sinc(x / LOBES) } else { 0.0 }
        };
        let weights: Vec<f64> = (first..end).map(weight).collect();
        // Flat areas keep their value exactly, at the edges too.
        let sum: f64 = weights.iter().sum();
        Taps { first, weights: weights.into_iter().map(|w| (w / sum) as f32).collect() }
    };
    (0..wanted).map(taps).collect()
}

fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle.abs() < 1e-9 { 1.0 } else { libm::sin(angle) / angle }
}

/// Brings pixels of `N` values to the grid that `columns` and `rows` describe.
///
/// `fetch` fills in a row of the old image, `emit` takes those of the new one
/// from top to bottom. The first pixels of `rows` must not go back. Opacity, if
/// it is one of the values, must have been multiplied into the others.
pub fn reduce<const N: usize>(
    width: usize,
    columns: &[Taps],
    rows: &[Taps],
    mut fetch: impl FnMut(usize, &mut [[f32; N]]),
    mut emit: impl FnMut(&[[f32; N]]),
) {
    let mut old = vec![[0.0_f32; N]; width];
    let mut line = vec![[0.0_f32; N]; columns.len()];
    // Sums of the new rows that have begun and lack old ones.
    let mut open: VecDeque<(usize, Vec<[f32; N]>)> = VecDeque::new();
    let mut spare: Vec<Vec<[f32; N]>> = Vec::new();
    let mut begun = 0;
    let end = rows.iter().map(Taps::end).max().unwrap_or(0);
    for y in rows.first().map_or(0, |taps| taps.first)..end {
        while rows.get(begun).is_some_and(|taps| taps.first <= y) {
            let mut sums = spare.pop().unwrap_or_default();
            sums.clear();
            sums.resize(columns.len(), [0.0; N]);
            open.push_back((begun, sums));
            begun += 1;
        }
        if open.is_empty() {
            continue;
        }
        fetch(y, &mut old);
        for (sum, taps) in line.iter_mut().zip(columns) {
            *sum = [0.0; N];
            for (pixel, weight) in old[taps.first..].iter().zip(&taps.weights) {
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += value * weight;
                }
            }
        }
        for (index, sums) in &mut open {
            let taps = &rows[*index];
            let Some(weight) = y.checked_sub(taps.first).and_then(|i| taps.weights.get(i)) else {
                continue;
            };
            for (sum, value) in sums.iter_mut().zip(&line) {
                for (sum, value) in sum.iter_mut().zip(value) {
                    *sum += value * weight;
                }
            }
        }
        while open.front().is_some_and(|(index, _)| rows[*index].end() <= y + 1) {
            if let Some((_, sums)) = open.pop_front() {
                emit(&sums);
                spare.push(sums);
            }
        }
    }
}

/// Pixels brought to fewer, in the same depth.
pub fn shrink(pixels: &Pixels, (width, height): (u32, u32)) -> Pixels {
    match (pixels.space.components(), pixels.alpha.is_some()) {
        (1, false) => shrink_n::<1, 1>(pixels, width, height),
        (1, true) => shrink_n::<1, 2>(pixels, width, height),
        (3, false) => shrink_n::<3, 3>(pixels, width, height),
        (3, true) => shrink_n::<3, 4>(pixels, width, height),
        (_, false) => shrink_n::<4, 4>(pixels, width, height),
        (_, true) => shrink_n::<4, 5>(pixels, width, height),
    }
}

/// How many old pixels are averaged along an axis before the filter, which then
/// still has at least three of these for each new one. The filter alone would
/// give the same to within a step of 8 bits and take many times as long.
fn block(old: u32, new: u32) -> usize {
    (old / new.max(1) / 3).max(1) as usize
}

/// Pixels of `C` components. `N` counts the opacity too, if there is one.
fn shrink_n<const C: usize, const N: usize>(pixels: &Pixels, width: u32, height: u32) -> Pixels {
    let (old_width, old_height) = (pixels.width as usize, pixels.height as usize);
    let (across, down) = (block(pixels.width, width), block(pixels.height, height));
    let columns = lanczos(old_width as f64 / across as f64, width as usize);
    let rows = lanczos(old_height as f64 / down as f64, height as usize);
    let most = pixels.scale();
    let count = width as usize * height as usize;
    let mut colors = Vec::with_capacity(count * C * pixels.depth.bytes());
    let mut alpha = pixels.alpha.as_ref().map(|_| Vec::with_capacity(count));
    let fetch = |y: usize, row: &mut [[f32; N]]| {
        row.fill([0.0; N]);
        let lines = y * down..((y + 1) * down).min(old_height);
        lines.clone().for_each(|line| add_row::<C, N>(pixels, line, across, row));
        for (x, pixel) in row.iter_mut().enumerate() {
            let summed = lines.len() * (((x + 1) * across).min(old_width) - x * across);
            pixel.iter_mut().for_each(|value| *value /= summed as f32);
        }
    };
    let emit = |row: &[[f32; N]]| {
        for pixel in row {
            let opacity = pixel.get(C).copied().unwrap_or(255.0);
            for value in &pixel[..C] {
                // Clear pixels have no colour of their own.
                let value = if opacity > 0.0 { value * (255.0 / opacity) } else { 0.0 };
                let value = value.round().clamp(0.0, most);
                match pixels.depth {
                    Depth::Eight => colors.push(value as u8),
                    Depth::Sixteen => colors.extend((value as u16).to_ne_bytes()),
                }
            }
            if let Some(alpha) = &mut alpha {
                alpha.push(opacity.round().clamp(0.0, 255.0) as u8);
            }
        }
    };
    reduce(old_width.div_ceil(across), &columns, &rows, fetch, emit);
    Pixels { width, height, space: pixels.space, depth: pixels.depth, colors, alpha }
}

/// Adds the pixels of a row to blocks of `across`: colours times opacity, and
/// opacity.
fn add_row<const C: usize, const N: usize>(
    pixels: &Pixels,
    y: usize,
    across: usize,
    row: &mut [[f32; N]],
) {
    let width = pixels.width as usize;
    let bytes = width * C * pixels.depth.bytes();
    let stored = pixels.colors.get(y * bytes..(y + 1) * bytes).unwrap_or_default();
    let alpha = pixels.alpha.as_ref().and_then(|alpha| alpha.get(y * width..(y + 1) * width));
    match pixels.depth {
        Depth::Eight => add_pixels(stored.as_chunks::<C>().0, alpha, across, row, f32::from),
        Depth::Sixteen => {
            let values = stored.as_chunks::<2>().0;
            let value = |pair: [u8; 2]| f32::from(u16::from_ne_bytes(pair));
            add_pixels(values.as_chunks::<C>().0, alpha, across, row, value);
        }
    }
}

fn add_pixels<const C: usize, const N: usize, T: Copy>(
    pixels: &[[T; C]],
    alpha: Option<&[u8]>,
    across: usize,
    row: &mut [[f32; N]],
    value: impl Fn(T) -> f32,
) {
    for (index, (sums, pixels)) in row.iter_mut().zip(pixels.chunks(across)).enumerate() {
        for (x, pixel) in (index * across..).zip(pixels) {
            match alpha {
                None => {
                    for (sum, &component) in sums.iter_mut().zip(pixel) {
                        *sum += value(component);
                    }
                }
                Some(alpha) => {
                    let opacity = f32::from(alpha.get(x).copied().unwrap_or(0));
                    for (sum, &component) in sums.iter_mut().zip(pixel) {
                        *sum += value(component) * (opacity / 255.0);
                    }
                    sums[N - 1] += opacity;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::raster::PixelSpace;
    use super::*;

    fn gray(width: u32, values: &[u8], alpha: Option<&[u8]>) -> Pixels {
        Pixels {
            width,
            height: values.len() as u32 / width,
            space: PixelSpace::Gray,
            depth: Depth::Eight,
            colors: values.to_vec(),
            alpha: alpha.map(<[u8]>::to_vec),
        }
    }

    #[test]
    fn flat_areas_stay_flat_and_size_is_the_wished_one() {
        for depth in [Depth::Eight, Depth::Sixteen] {
            let pixels = Pixels {
                width: 37,
                height: 23,
                space: PixelSpace::Cmyk,
                depth,
                colors: vec![77; 37 * 23 * 4 * depth.bytes()],
                alpha: Some(vec![200; 37 * 23]),
            };
            let small = shrink(&pixels, (9, 5));
            assert_eq!((small.width, small.height), (9, 5));
            assert_eq!(small.colors, vec![77; 9 * 5 * 4 * depth.bytes()]);
            assert_eq!(small.alpha, Some(vec![200; 45]));
        }
    }

    #[test]
    fn a_ramp_stays_a_ramp_and_an_edge_stays_sharp() {
        let ramp: Vec<u8> = (0..200).collect();
        let small = shrink(&gray(200, &ramp, None), (50, 1));
        for (i, &value) in small.colors.iter().enumerate().skip(3).take(44) {
            assert!(value.abs_diff((4 * i + 2) as u8) <= 1, "{i}: {value}");
        }
        let edge: Vec<u8> = (0..200).map(|x| if x < 100 { 20 } else { 220 }).collect();
        let small = shrink(&gray(200, &edge, None), (50, 1)).colors;
        assert_eq!((small[15], small[35]), (20, 220));
        let between = small.iter().filter(|&&v| (50..190).contains(&v)).count();
        assert_eq!(between, 0, "{small:?}");
    }

    /// Averaging blocks first must not be seen, in sizes that they do not divide
    /// either.
    #[test]
    fn blocks_give_what_the_filter_alone_gives() {
        let old = 24 * 20 + 7;
        let wave = |x: usize| (128.0 + 100.0 * libm::sin(x as f64 / 70.0)).round() as u8;
        let values: Vec<u8> = (0..old).map(wave).collect();
        let small = shrink(&gray(old as u32, &values, None), (24, 1)).colors;
        assert_eq!(block(old as u32, 24), 6);
        for (taps, value) in lanczos(old as f64, 24).iter().zip(small) {
            let taps = taps.weights.iter().zip(&values[taps.first..]);
            let alone: f32 = taps.map(|(weight, &value)| weight * f32::from(value)).sum();
            assert!((alone - f32::from(value)).abs() <= 1.5, "{alone} {value}");
        }
    }

    /// Detail finer than the new grid must go to gray, not to a false pattern.
    #[test]
    fn fine_stripes_become_gray() {
        let stripes: Vec<u8> = (0..300).map(|x| if x % 2 == 0 { 0 } else { 254 }).collect();
        let small = shrink(&gray(300, &stripes, None), (70, 1)).colors;
        assert!(small[3..67].iter().all(|v| v.abs_diff(127) <= 3), "{small:?}");
    }

    #[test]
    fn clear_pixels_lend_no_colour() {
        let colors = [200, 200, 200, 200, 0, 0, 0, 0];
        let alpha = [255, 255, 255, 255, 0, 0, 0, 0];
        let small = shrink(&gray(8, &colors, Some(&alpha)), (4, 1));
        let seen = small.colors.iter().zip(small.alpha.unwrap());
        for (color, alpha) in seen {
            assert!(alpha < 20 || color.abs_diff(200) <= 1, "{color} {alpha}");
        }
    }

    #[test]
    fn rows_may_be_clipped_and_grow() {
        let taps = |first, weights: &[f32]| Taps { first, weights: weights.to_vec() };
        let rows = [taps(1, &[1.0]), taps(1, &[1.0]), taps(1, &[0.5, 0.5]), taps(3, &[1.0])];
        let mut out = Vec::new();
        let fetch = |y: usize, row: &mut [[f32; 1]]| row[0] = [y as f32];
        reduce(1, &[taps(0, &[1.0])], &rows, fetch, |row| out.push(row[0][0]));
        assert_eq!(out, [1.0, 1.0, 1.5, 3.0]);
    }
}
