//! Rows of pixels, compressed.

use super::strings::deflate_at;

/// Deflate's level for pixels. Level 8 takes three times as long and saves 3 %;
/// level 10 takes twenty times as long and saves 12 %.
const LEVEL: i32 = 6;

/// Compressed rows of pixels.
#[derive(Debug)]
pub(super) struct Packed {
    /// The compressed bytes.
    pub(super) data: Vec<u8>,
    /// Whether the rows went through PNG's filters first.
    pub(super) predicted: bool,
}

impl Packed {
    /// Compresses rows of `width` pixels of `components` bytes, by way of PNG's
    /// filters if a sample of the image says that this pays. It does for
    /// photographs with smooth areas, not for flat colours or noise.
    pub(super) fn new(pixels: &[u8], width: usize, components: usize) -> Packed {
        let length = width * components;
        let rows = pixels.len().checked_div(length).unwrap_or(0);
        let sample: Vec<u8> = (0..SAMPLES)
            .flat_map(|band| {
                let first = rows.saturating_sub(SAMPLE_ROWS) * band / (SAMPLES - 1);
                let last = (first + SAMPLE_ROWS).min(rows);
                pixels[first * length..last * length].iter().copied()
            })
            .collect();
        let plain = deflate_at(&sample, LEVEL).len();
        let predicted = deflate_at(&predict(&sample, width, components), LEVEL).len() < plain;
        let data = if predicted {
            deflate_at(&predict(pixels, width, components), LEVEL)
        } else {
            deflate_at(pixels, LEVEL)
        };
        Packed { data, predicted }
    }
}

/// Bands of an image that are tried, from the first rows to the last.
const SAMPLES: usize = 4;
/// Rows in a band.
const SAMPLE_ROWS: usize = 12;

/// Rows with PNG's filters, each preceded by its filter's number (PNG 1.2,
/// section 9). For every row the filter with the least sum of absolute values is
/// taken, as the PNG specification advises (12.8).
fn predict(pixels: &[u8], width: usize, components: usize) -> Vec<u8> {
    let length = width * components;
    if length == 0 {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(pixels.len() + pixels.len() / length);
    let first = vec![0; length];
    let mut above: &[u8] = &first;
    let (mut best, mut trial) = (vec![0; length], vec![0; length]);
    for row in pixels.chunks_exact(length) {
        let mut choice = (u64::MAX, 0);
        for filter in 0..5 {
            apply(filter, row, above, components, &mut trial);
            let cost = trial.iter().map(|&v| u64::from((v as i8).unsigned_abs())).sum();
            if cost < choice.0 {
                choice = (cost, filter);
                std::mem::swap(&mut best, &mut trial);
            }
        }
        out.push(choice.1);
        out.extend_from_slice(&best);
        above = row;
    }
    out
}

/// One filter on a row: what is left when each value is predicted from the one
/// before it, above it, and before that.
fn apply(filter: u8, row: &[u8], above: &[u8], step: usize, out: &mut [u8]) {
    // The first pixel has nothing before it.
    for i in 0..step.min(row.len()) {
        let up = above[i];
        out[i] = row[i].wrapping_sub(match filter {
            0 | 1 => 0,
            3 => up / 2,
            _ => up,
        });
    }
    let len = row.len();
    if len <= step {
        return;
    }
    let (values, left) = (&row[step..], &row[..len - step]);
    let (up, corner) = (&above[step..len], &above[..len - step]);
    let out = &mut out[step..len];
    match filter {
        0 => out.copy_from_slice(values),
        1 => each(out, values, left, |a| a),
        2 => each(out, values, up, |b| b),
        3 => {
            for ((o, v), (a, b)) in out.iter_mut().zip(values).zip(left.iter().zip(up)) {
                *o = v.wrapping_sub(((u16::from(*a) + u16::from(*b)) / 2) as u8);
            }
        }
        _ => {
            let around = left.iter().zip(up).zip(corner);
            for ((o, v), ((a, b), c)) in out.iter_mut().zip(values).zip(around) {
                *o = v.wrapping_sub(paeth(*a, *b, *c));
            }
        }
    }
}

fn each(out: &mut [u8], values: &[u8], from: &[u8], predict: impl Fn(u8) -> u8) {
    for ((o, v), f) in out.iter_mut().zip(values).zip(from) {
        *o = v.wrapping_sub(predict(*f));
    }
}

/// Of left, above and corner the one nearest to left + above - corner.
fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let [left, up, corner] = [a, b, c].map(i16::from);
    let (pa, pb) = ((up - corner).abs(), (left - corner).abs());
    let pc = (left + up - 2 * corner).abs();
    if pa <= pb && pa <= pc {
        a
    } else if pb <= pc {
        b
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Undoes the filters, by the definition in the PNG specification.
    fn restore(data: &[u8], width: usize, components: usize) -> Vec<u8> {
        let length = width * components;
        let mut out: Vec<u8> = Vec::new();
        for (y, line) in data.chunks(length + 1).enumerate() {
            for i in 0..length {
                let at = y * length + i;
                let a = if i >= components { out[at - components] } else { 0 };
                let b = if y > 0 { out[at - length] } else { 0 };
                let c = if i >= components && y > 0 { out[at - length - components] } else { 0 };
                let predicted = match line[0] {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => ((u16::from(a) + u16::from(b)) / 2) as u8,
                    4 => paeth(a, b, c),
                    other => panic!("{other}"),
                };
                out.push(line[1 + i].wrapping_add(predicted));
            }
        }
        out
    }

    #[test]
    fn filters_are_used_where_they_pay() {
        let smooth: Vec<u8> = (0..256 * 256).map(|i| ((i / 256 + i % 256) / 2) as u8).collect();
        assert!(Packed::new(&smooth, 256, 1).predicted);
        let flat = vec![7; 256 * 256];
        assert!(!Packed::new(&flat, 256, 1).predicted);
        assert!(!Packed::new(&[], 0, 1).predicted);
        assert!(!Packed::new(&[1, 2, 3], 1, 3).predicted);
    }

    #[test]
    fn predictors_lose_nothing() {
        let mut seed = 1_u32;
        for (width, components) in [(1, 1), (1, 4), (7, 3), (16, 4)] {
            let pixels: Vec<u8> = (0..width * components * 9)
                .map(|i| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (i / 3) as u8 ^ (seed >> 29) as u8
                })
                .collect();
            for filter in 0..5 {
                let length = width * components;
                let mut trial = vec![0; length];
                let mut data = Vec::new();
                let mut above = vec![0; length];
                for row in pixels.chunks(length) {
                    apply(filter, row, &above, components, &mut trial);
                    data.push(filter);
                    data.extend_from_slice(&trial);
                    above = row.to_vec();
                }
                assert_eq!(restore(&data, width, components), pixels, "filter {filter}");
            }
            assert_eq!(restore(&predict(&pixels, width, components), width, components), pixels);
        }
    }
}
