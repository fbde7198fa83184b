//! How unlike two colours look.

use std::f64::consts::{PI, TAU};

/// The difference of two sRGB colours in CIEDE2000 (ISO/CIE 11664-6): 1 can just
/// be seen, 10 is another colour.
pub fn difference(a: [u8; 3], b: [u8; 3]) -> f64 {
    ciede2000(lab(a), lab(b))
}

/// CIELAB under D65 of an sRGB colour (IEC 61966-2-1).
fn lab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    });
    // Divided by the white, whose values are the sums of the rows.
    let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
    let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
    let [x, y, z] = [x, y, z].map(|t| {
        const KNEE: f64 = 6.0 / 29.0;
        if t > KNEE * KNEE * KNEE { libm::cbrt(t) } else { t / (3.0 * KNEE * KNEE) + 4.0 / 29.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The formula in the notation of Sharma, Wu and Dalal (2005), with all weights 1.
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let chroma = |a: f64, b: f64| (a * a + b * b).sqrt();
    let pow7 = |c: f64| libm::pow(c, 7.0);
    let rise = |c: f64| (pow7(c) / (pow7(c) + pow7(25.0))).sqrt();
    let g = 0.5 * (1.0 - rise((chroma(a1, b1) + chroma(a2, b2)) / 2.0));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (chroma(a1, b1), chroma(a2, b2));
    let hue = |a: f64, b: f64| {
        let h = libm::atan2(b, a);
        if h < 0.0 { h + TAU } else { h }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let gray = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if gray => 0.0,
        d if d > PI => d - TAU,
        d if d < -PI => d + TAU,
        d => d,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * libm::sin(turn / 2.0);
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let h = match h1 + h2 {
        sum if gray => sum,
        sum if (h1 - h2).abs() <= PI => sum / 2.0,
        sum if sum < TAU => (sum + TAU) / 2.0,
        sum => (sum - TAU) / 2.0,
    };
    let degrees = |d: f64| d * PI / 180.0;
    let t = 1.0 - 0.17 * libm::cos(h - degrees(30.0))
        + 0.24 * libm::cos(2.0 * h)
        + 0.32 * libm::cos(3.0 * h + degrees(6.0))
        - 0.20 * libm::cos(4.0 * h - degrees(63.0));
    let middle = (l - 50.0) * (l - 50.0);
    let sl = 1.0 + 0.015 * middle / (20.0 + middle).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let from_blue = (h / PI * 180.0 - 275.0) / 25.0;
    let theta = degrees(30.0) * libm::exp(-from_blue * from_blue);
    let rotation = -libm::sin(2.0 * theta) * 2.0 * rise(c);
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rotation * c * h).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_pairs_differ_as_published() {
        // From table 1 of Sharma, Wu and Dalal (2005).
        for (a, b, expected) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            assert!((ciede2000(a, b) - expected).abs() < 0.0001, "{a:?} {b:?}");
            assert!((ciede2000(b, a) - expected).abs() < 0.0001, "{b:?} {a:?}");
        }
    }

    #[test]
    fn srgb_becomes_cielab() {
        for (rgb, expected) in [
            ([255, 255, 255], [100.0, 0.0, 0.0]),
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 0, 0], [53.24, 80.09, 67.20]),
            ([0, 0, 255], [32.30, 79.19, -107.86]),
        ] {
            let found = lab(rgb);
            let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.05);
            assert!(near, "{rgb:?}: {found:?}");
        }
        assert_eq!(difference([1, 2, 3], [1, 2, 3]), 0.0);
    }
}
