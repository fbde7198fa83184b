//! PNG files that tell their colours by numbers instead of by a profile: the
//! chunks `gAMA` and `cHRM` (PNG 1.2, 11.3.3), as a small ICC profile.

use super::raster::PixelSpace;

/// The exponent of a file by which it is encoded, in parts of 100 000, that
/// programs write for sRGB: 1 / 2.2.
const GAMMA_OF_SRGB: u32 = 45_455;

/// How far an exponent may be from that, in the same parts, and mean it.
const GAMMA_NEAR: u32 = 500;

/// The places of white, red, green and blue of sRGB in CIE 1931, as x and y in
/// parts of 100 000 (PNG 1.2, 11.3.3.5).
const SRGB: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];

/// How far those may be apart and mean the same.
const PLACES_NEAR: u32 = 100;

/// The profile that the chunks of a PNG file stand for. None if they say no
/// more than sRGB does, contradict themselves, or if a chunk `sRGB` outdoes them
/// (PNG 1.2, 11.3.3.5).
pub(super) fn profile(bytes: &[u8], space: PixelSpace) -> Option<Vec<u8>> {
    let (mut gamma, mut places) = (None, None);
    for (kind, body) in chunks(bytes) {
        match kind {
            b"sRGB" => return None,
            b"gAMA" => gamma = numbers(body).map(|[gamma]| gamma),
            b"cHRM" => places = numbers(body),
            _ => {}
        }
    }
    // An exponent of less than 0.05 or more than 5 is no encoding of an image.
    let gamma = gamma.filter(|gamma| (5_000..=500_000).contains(gamma))?;
    let plain = gamma.abs_diff(GAMMA_OF_SRGB) <= GAMMA_NEAR;
    if space == PixelSpace::Gray {
        return (!plain).then(|| write(b"GRAY", &[(*b"kTRC", curve(gamma))]));
    }
    let places = places.unwrap_or(SRGB);
    if plain && places.iter().zip(SRGB).all(|(a, b)| a.abs_diff(b) <= PLACES_NEAR) {
        return None;
    }
    let [red, green, blue] = colorants(places)?;
    let curve = curve(gamma);
    let tags = [
        (*b"rXYZ", xyz(red)),
        (*b"gXYZ", xyz(green)),
        (*b"bXYZ", xyz(blue)),
        (*b"rTRC", curve.clone()),
        (*b"gTRC", curve.clone()),
        (*b"bTRC", curve),
    ];
    Some(write(b"RGB ", &tags))
}

/// The chunks before the pixels.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let body = after.get(..length)?;
        // The checksum has four bytes.
        rest = after.get(length.checked_add(4)?..)?;
        (kind != b"IDAT").then_some((kind, body))
    })
}

fn numbers<const N: usize>(body: &[u8]) -> Option<[u32; N]> {
    let words = body.as_chunks::<4>().0;
    let words: [[u8; 4]; N] = words.try_into().ok()?;
    Some(words.map(u32::from_be_bytes))
}

type Vector = [f64; 3];
type Matrix = [Vector; 3];

/// White as profiles connect by it, D50 (ICC.1:2010, 7.2.16).
const D50: Vector = [0.9642, 1.0, 0.8249];

/// From CIE XYZ to the responses of the cones in which whites are exchanged, by
/// Bradford's matrix (ICC.1:2010, annex E).
const CONES: Matrix =
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// CIE XYZ of full red, green and blue, under D50: the amounts that add up to
/// white, brought from the white of the file to that of profiles. None if the
/// places span no triangle.
fn colorants(places: [u32; 8]) -> Option<[Vector; 3]> {
    let mut ends = [[0.0; 3]; 4];
    for (end, place) in ends.iter_mut().zip(places.as_chunks::<2>().0) {
        let [x, y] = place.map(|part| f64::from(part) / 100_000.0);
        if y < 0.0001 || x + y > 1.1 {
            return None;
        }
        *end = [x / y, 1.0, (1.0 - x - y) / y];
    }
    let [white, red, green, blue] = ends;
    let columns = transposed([red, green, blue]);
    let amounts = times(inverse(columns)?, white);
    let cones = times(CONES, white);
    let wanted = times(CONES, D50);
    let back = inverse(CONES)?;
    let mut adapted = [red, green, blue];
    for (color, amount) in adapted.iter_mut().zip(amounts) {
        let seen = times(CONES, color.map(|part| part * amount));
        let mut scaled = [0.0; 3];
        for (index, part) in scaled.iter_mut().enumerate() {
            *part = seen[index] * wanted[index] / cones[index];
        }
        *color = times(back, scaled);
    }
    let sound = adapted.iter().flatten().all(|part| part.is_finite() && part.abs() < 3.0);
    sound.then_some(adapted)
}

fn times(matrix: Matrix, vector: Vector) -> Vector {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

fn transposed([a, b, c]: Matrix) -> Matrix {
    [[a[0], b[0], c[0]], [a[1], b[1], c[1]], [a[2], b[2], c[2]]]
}

/// The inverse by cofactors; none of a matrix that flattens space.
fn inverse([a, b, c]: Matrix) -> Option<Matrix> {
    let cross = |u: Vector, v: Vector| {
        [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    };
    let determinant: f64 = a.iter().zip(cross(b, c)).map(|(x, y)| x * y).sum();
    if determinant.abs() < 1e-9 {
        return None;
    }
    Some(transposed(
        [cross(b, c), cross(c, a), cross(a, b)].map(|row| row.map(|v| v / determinant)),
    ))
}

/// A tag of type `curv` with one exponent, in parts of 256 (ICC.1:2010, 10.5).
fn curve(gamma: u32) -> Vec<u8> {
    let exponent = (25_600_000 + gamma / 2) / gamma;
    let mut tag = b"curv\0\0\0\0\0\0\0\x01".to_vec();
    // At most 5120, since the exponent of the file is at least 0.05.
    tag.extend((exponent as u16).to_be_bytes());
    tag.extend([0, 0]);
    tag
}

/// A tag of type `XYZ`, in parts of 65 536 (ICC.1:2010, 10.27).
fn xyz(color: Vector) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    for part in color {
        tag.extend(((part * 65_536.0).round() as i32).to_be_bytes());
    }
    tag
}

/// A profile of a screen with these tags, and white (ICC.1:2001-04, 6.3.1).
fn write(space: &[u8; 4], tags: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut tags = tags.to_vec();
    tags.insert(0, (*b"wtpt", xyz(D50)));
    let start = 128 + 4 + 12 * tags.len();
    let (mut table, mut data) = (Vec::new(), Vec::new());
    for (name, body) in &tags {
        table.extend(name);
        table.extend(((start + data.len()) as u32).to_be_bytes());
        table.extend((body.len() as u32).to_be_bytes());
        data.extend(body);
    }
    let mut header = [0; 128];
    header[..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    header[12..16].copy_from_slice(b"mntr");
    header[16..20].copy_from_slice(space);
    header[20..24].copy_from_slice(b"XYZ ");
    header[36..40].copy_from_slice(b"acsp");
    // The white of the connection space.
    header[68..80].copy_from_slice(&xyz(D50)[8..]);
    let count = (tags.len() as u32).to_be_bytes();
    [&header[..], &count, &table, &data].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lcms2::{CIExyY, GlobalContext, Intent, PixelFormat, Pod, Profile, Transform};

    const ADOBE: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000];

    fn png(chunks: &[(&[u8; 4], &[u32])]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, values) in chunks {
            bytes.extend((values.len() as u32 * 4).to_be_bytes());
            bytes.extend(*kind);
            bytes.extend(values.iter().flat_map(|value| value.to_be_bytes()));
            bytes.extend([0; 4]);
        }
        bytes
    }

    fn lab<const N: usize>(profile: &[u8], format: PixelFormat, pixel: [u8; N]) -> [f64; 3]
    where
        [u8; N]: Pod,
    {
        let own = Profile::new_icc(profile).unwrap();
        let d50 = CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
        let lab = Profile::new_lab4_context(GlobalContext::new(), &d50).unwrap();
        let intent = Intent::RelativeColorimetric;
        let link: Transform<[u8; N], [f64; 3]> =
            Transform::new(&own, format, &lab, PixelFormat::Lab_DBL, intent).unwrap();
        let mut out = [[0.0; 3]];
        link.transform_pixels(&[pixel], &mut out);
        out[0]
    }

    fn near(found: [f64; 3], wanted: [f64; 3]) {
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.5), "{found:?} {wanted:?}");
    }

    #[test]
    fn what_says_srgb_needs_no_profile() {
        let none = |chunks: &[(&[u8; 4], &[u32])], space| {
            assert_eq!(profile(&png(chunks), space), None, "{chunks:?}");
        };
        none(&[], PixelSpace::Rgb);
        none(&[(b"gAMA", &[45_455])], PixelSpace::Rgb);
        none(&[(b"gAMA", &[45_455]), (b"cHRM", &SRGB)], PixelSpace::Rgb);
        none(&[(b"gAMA", &[45_455])], PixelSpace::Gray);
        none(&[(b"sRGB", &[]), (b"gAMA", &[100_000])], PixelSpace::Rgb);
        none(&[(b"IDAT", &[]), (b"gAMA", &[100_000])], PixelSpace::Rgb);
        // Nonsense, and places without an exponent.
        none(&[(b"gAMA", &[0])], PixelSpace::Rgb);
        none(&[(b"gAMA", &[100_000, 1])], PixelSpace::Rgb);
        none(&[(b"cHRM", &ADOBE)], PixelSpace::Rgb);
        none(&[(b"gAMA", &[45_455]), (b"cHRM", &[1; 8])], PixelSpace::Rgb);
    }

    #[test]
    fn numbers_become_a_profile() {
        let made = profile(&png(&[(b"gAMA", &[45_455]), (b"cHRM", &ADOBE)]), PixelSpace::Rgb);
        // What transicc makes of Adobe RGB (1998).
        near(lab(&made.unwrap(), PixelFormat::RGB_8, [0, 255, 0]), [83.2, -129.1, 87.2]);
        let linear = profile(&png(&[(b"gAMA", &[100_000])]), PixelSpace::Rgb).unwrap();
        // A fifth of the light of white: 116 × 0.2^(1/3) − 16.
        near(lab(&linear, PixelFormat::RGB_8, [51; 3]), [51.84, 0.0, 0.0]);
        let gray = profile(&png(&[(b"gAMA", &[100_000])]), PixelSpace::Gray).unwrap();
        near(lab(&gray, PixelFormat::GRAY_8, [51]), [51.84, 0.0, 0.0]);
    }
}
