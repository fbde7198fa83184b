//! The two things an image's EXIF data is read for.

use super::image::Orientation;

/// Orientation and density, as far as the data has them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Exif {
    pub(super) orientation: Orientation,
    /// Pixels per inch of the stored rows and columns.
    pub(super) density: Option<[f64; 2]>,
}

/// Reads the first directory of TIFF-structured EXIF data (EXIF 2.32, 4.6).
/// Damaged data counts as absent, since the pixels do not depend on it.
pub(super) fn parse(data: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let Some(tiff) = Tiff::new(data) else { return exif };
    let Some(first) = tiff.u32(4) else { return exif };
    let first = first as usize;
    let count = usize::from(tiff.u16(first).unwrap_or(0));
    let mut resolution = [None; 2];
    let mut per_inch = 1.0;
    for entry in (0..count).map(|index| first + 2 + index * 12) {
        let short = || tiff.u16(entry + 8);
        match tiff.u16(entry) {
            Some(0x0112) => exif.orientation = Orientation::from_exif(short().unwrap_or(1)),
            Some(0x011A) => resolution[0] = tiff.rational(entry + 8),
            Some(0x011B) => resolution[1] = tiff.rational(entry + 8),
            // 2 is the inch, 3 the centimetre.
            Some(0x0128) if short() == Some(3) => per_inch = 2.54,
            Some(_) => {}
            None => break,
        }
    }
    if let [Some(x), Some(y)] = resolution {
        exif.density = Some([x * per_inch, y * per_inch]);
    }
    exif
}

struct Tiff<'a> {
    data: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn new(data: &'a [u8]) -> Option<Tiff<'a>> {
        let big_endian = match data.get(..4)? {
            [b'M', b'M', 0, 42] => true,
            [b'I', b'I', 42, 0] => false,
            _ => return None,
        };
        Some(Tiff { data, big_endian })
    }

    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.data.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes(at)?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes(at)?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// The positive rational number that an entry's value points to.
    fn rational(&self, at: usize) -> Option<f64> {
        let place = self.u32(at)? as usize;
        let (above, below) = (self.u32(place)?, self.u32(place + 4)?);
        (above > 0 && below > 0).then(|| f64::from(above) / f64::from(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EXIF data with an orientation and 300 by 150 pixels in a unit.
    pub(in crate::assets) fn sample(big_endian: bool, orientation: u16, unit: u16) -> Vec<u8> {
        let u16s = |v: u16| if big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
        let u32s = |v: u32| if big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
        let mut data = if big_endian { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        data.extend(u32s(8));
        data.extend(u16s(4));
        for (tag, kind, value) in
            [(0x0112, 3, None), (0x011A, 5, Some(62)), (0x011B, 5, Some(70)), (0x0128, 3, None)]
        {
            data.extend(u16s(tag));
            data.extend(u16s(kind));
            data.extend(u32s(1));
            match value {
                Some(place) => data.extend(u32s(place)),
                None => {
                    data.extend(u16s(if tag == 0x0112 { orientation } else { unit }));
                    data.extend([0, 0]);
                }
            }
        }
        data.extend(u32s(0));
        for value in [300, 1, 300, 2] {
            data.extend(u32s(value));
        }
        data
    }

    #[test]
    fn both_byte_orders_are_read() {
        for big_endian in [false, true] {
            let exif = parse(&sample(big_endian, 6, 2));
            assert_eq!(exif.orientation, Orientation { mirrored: false, quarters: 1 });
            assert_eq!(exif.density, Some([300.0, 150.0]));
            let [x, y] = parse(&sample(big_endian, 1, 3)).density.unwrap();
            assert!((x - 762.0).abs() < 1e-9 && (y - 381.0).abs() < 1e-9);
        }
    }

    #[test]
    fn damaged_data_counts_as_absent() {
        let whole = sample(true, 6, 2);
        for length in 0..30 {
            let exif = parse(&whole[..length]);
            assert_eq!(exif.density, None);
        }
        assert_eq!(parse(b"MM\0*\xFF\xFF\xFF\xFF"), Exif::default());
    }
}
