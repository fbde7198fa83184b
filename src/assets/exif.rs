//! Directories as TIFF has them, and the two things that an image's EXIF data is
//! read for.

use super::raster::Orientation;

/// Orientation and density, as far as the data has them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Exif {
    pub(super) orientation: Orientation,
    /// Pixels per inch of the stored rows and columns.
    pub(super) density: Option<[f64; 2]>,
}

/// Reads the first directory of TIFF-structured EXIF data (EXIF 2.32, 4.6), or
/// of a TIFF file. Damaged data counts as absent, since the pixels do not depend
/// on it.
pub(super) fn parse(data: &[u8]) -> Exif {
    let Some(directory) = Directory::first(data) else { return Exif::default() };
    let number = |tag| directory.number(tag);
    let orientation = number(0x0112).and_then(|value| u16::try_from(value).ok()).unwrap_or(1);
    // 2 is the inch, 3 the centimetre; 1 is none.
    let per_inch = match number(0x0128) {
        Some(1) => None,
        Some(3) => Some(2.54),
        _ => Some(1.0),
    };
    let resolution = [directory.rational(0x011A), directory.rational(0x011B)];
    Exif {
        orientation: Orientation::from_exif(orientation),
        density: match (resolution, per_inch) {
            ([Some(x), Some(y)], Some(unit)) => Some([x * unit, y * unit]),
            _ => None,
        },
    }
}

/// A directory of a TIFF file (TIFF 6.0, section 2). Fields that do not lie in
/// the file count as absent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory<'a> {
    tiff: Tiff<'a>,
    /// Where its entries begin.
    first: usize,
    count: usize,
}

/// Bytes of an entry.
const ENTRY: usize = 12;

impl<'a> Directory<'a> {
    /// The first one of a file.
    pub(super) fn first(data: &'a [u8]) -> Option<Directory<'a>> {
        let tiff = Tiff::new(data)?;
        Directory::at(data, tiff.u32(4)? as usize)
    }

    /// The one at a place in a file.
    pub(super) fn at(data: &'a [u8], at: usize) -> Option<Directory<'a>> {
        let tiff = Tiff::new(data)?;
        let count = usize::from(tiff.u16(at)?);
        Some(Directory { tiff, first: at.checked_add(2)?, count })
    }

    /// Where the next one begins.
    pub(super) fn next(&self) -> Option<usize> {
        let at = self.tiff.u32(self.first + self.count * ENTRY)?;
        (at != 0).then_some(at as usize)
    }

    /// Whether there is an entry, wherever its value lies.
    pub(super) fn has(&self, tag: u16) -> bool {
        self.entry(tag).is_some()
    }

    /// The first number of a field.
    pub(super) fn number(&self, tag: u16) -> Option<u32> {
        self.numbers_up_to(tag, 1)?.first().copied()
    }

    /// The numbers of a field.
    pub(super) fn numbers(&self, tag: u16) -> Option<Vec<u32>> {
        self.numbers_up_to(tag, usize::MAX)
    }

    fn numbers_up_to(&self, tag: u16, most: usize) -> Option<Vec<u32>> {
        let entry = self.entry(tag)?;
        let size = match self.tiff.u16(entry + 2)? {
            1 => 1,
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let (at, bytes) = self.value(entry, size)?;
        let number = |index: usize| match size {
            1 => bytes.get(index).copied().map(u32::from),
            2 => self.tiff.u16(at + 2 * index).map(u32::from),
            _ => self.tiff.u32(at + 4 * index),
        };
        (0..(bytes.len() / size).min(most)).map(number).collect()
    }

    /// The bytes of a field.
    pub(super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        let entry = self.entry(tag)?;
        // Bytes, or bytes without a meaning.
        matches!(self.tiff.u16(entry + 2)?, 1 | 7).then_some(())?;
        Some(self.value(entry, 1)?.1)
    }

    /// The positive rational number of a field.
    fn rational(&self, tag: u16) -> Option<f64> {
        let entry = self.entry(tag)?;
        let (at, _) = self.value(entry, 8)?;
        let (above, below) = (self.tiff.u32(at)?, self.tiff.u32(at + 4)?);
        (above > 0 && below > 0).then(|| f64::from(above) / f64::from(below))
    }

    /// Where the two low bytes of a field's only number stand.
    pub(super) fn place(&self, tag: u16) -> Option<usize> {
        let entry = self.entry(tag)?;
        let long = self.tiff.u16(entry + 2)? == 4;
        Some(entry + if long && self.tiff.big_endian { 10 } else { 8 })
    }

    /// Whether numbers have their high bytes first.
    pub(super) const fn is_big_endian(&self) -> bool {
        self.tiff.big_endian
    }

    /// Bytes of the whole file.
    pub(super) const fn file_len(&self) -> usize {
        self.tiff.data.len()
    }

    fn entry(&self, tag: u16) -> Option<usize> {
        let entries = (0..self.count).map(|index| self.first + index * ENTRY);
        entries.into_iter().find(|&entry| self.tiff.u16(entry) == Some(tag))
    }

    /// Where the values of an entry stand, `size` bytes each, and their bytes.
    fn value(&self, entry: usize, size: usize) -> Option<(usize, &'a [u8])> {
        let length = (self.tiff.u32(entry + 4)? as usize).checked_mul(size)?;
        let at = if length <= 4 { entry + 8 } else { self.tiff.u32(entry + 8)? as usize };
        Some((at, self.tiff.data.get(at..at.checked_add(length)?)?))
    }
}

#[derive(Debug, Clone, Copy)]
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
