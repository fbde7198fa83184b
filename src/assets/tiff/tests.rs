//! TIFF files built byte by byte: every kind that is taken, and what is not.

use super::*;
use crate::assets::Orientation;

/// A file of one page and one strip, by its fields.
struct File {
    big_endian: bool,
    fields: Vec<(u16, u16, Vec<u32>)>,
    data: Vec<u8>,
}

impl File {
    /// Pixels of `bits.len()` samples.
    fn new(width: u32, height: u32, bits: &[u32], photometric: u32, data: &[u8]) -> File {
        let fields = [
            (tag::IMAGE_WIDTH, 3, vec![width]),
            (tag::IMAGE_LENGTH, 3, vec![height]),
            (tag::BITS_PER_SAMPLE, 3, bits.to_vec()),
            (tag::COMPRESSION, 3, vec![1]),
            (tag::PHOTOMETRIC, 3, vec![photometric]),
            (tag::SAMPLES_PER_PIXEL, 3, vec![bits.len() as u32]),
            (278, 3, vec![height]),
        ];
        File { big_endian: false, fields: fields.to_vec(), data: data.to_vec() }
    }

    /// With a field of short numbers, in the place of another.
    fn with(mut self, tag: u16, values: &[u32]) -> File {
        self.fields.retain(|(other, ..)| *other != tag);
        self.fields.push((tag, 3, values.to_vec()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let u16s = |v: u16| if self.big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
        let u32s = |v: u32| if self.big_endian { v.to_be_bytes() } else { v.to_le_bytes() };
        let mut fields = self.fields.clone();
        let strips = self.strips();
        let length = self.data.len() as u32 / strips;
        let starts = (0..strips).map(|strip| 8 + strip * length).collect();
        fields.push((273, 4, starts));
        fields.push((279, 4, vec![length; strips as usize]));
        fields.sort();
        let mut out = if self.big_endian { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        out.extend(u32s(8 + self.data.len() as u32));
        out.extend(&self.data);
        out.extend(u16s(fields.len() as u16));
        let mut far = Vec::new();
        let far_at = out.len() + fields.len() * 12 + 4;
        for (tag, kind, values) in fields {
            out.extend(u16s(tag));
            out.extend(u16s(kind));
            out.extend(u32s(values.len() as u32));
            let mut value: Vec<u8> = Vec::new();
            for number in values {
                match kind {
                    3 => value.extend(u16s(number as u16)),
                    _ => value.extend(u32s(number)),
                }
            }
            if value.len() > 4 {
                out.extend(u32s((far_at + far.len()) as u32));
                far.extend(value);
            } else {
                value.resize(4, 0);
                out.extend(value);
            }
        }
        out.extend(u32s(0));
        out.extend(far);
        out
    }

    /// One, or one a sample if they are apart.
    fn strips(&self) -> u32 {
        let apart =
            self.fields.iter().any(|(tag, _, v)| *tag == tag::PLANAR_CONFIGURATION && v[0] == 2);
        let samples = self.fields.iter().find(|(tag, ..)| *tag == tag::SAMPLES_PER_PIXEL);
        if apart { samples.map_or(1, |(_, _, v)| v[0]) } else { 1 }
    }

    fn raster(&self) -> Raster {
        parse(self.bytes()).unwrap()
    }

    fn pixels(&self) -> Pixels {
        self.raster().pixels().unwrap()
    }

    fn fault(&self) -> String {
        parse(self.bytes()).err().map(|e| e.to_string()).unwrap_or_default()
    }
}

const EIGHT: [u32; 4] = [8; 4];

#[test]
fn grays_are_white_or_black_at_zero() {
    let data = [0, 1, 254, 255];
    assert_eq!(File::new(2, 2, &[8], 1, &data).pixels().colors, data);
    assert_eq!(File::new(2, 2, &[8], 0, &data).pixels().colors, [255, 254, 1, 0]);
}

#[test]
fn sixteen_bits_come_in_both_byte_orders() {
    for big_endian in [false, true] {
        let values = [0x1234_u16, 0xFEDC];
        let bytes = values.map(|v| if big_endian { v.to_be_bytes() } else { v.to_le_bytes() });
        let file = File { big_endian, ..File::new(2, 1, &[16], 1, bytes.as_flattened()) };
        let pixels = file.pixels();
        assert_eq!(pixels.depth, Depth::Sixteen);
        assert_eq!(pixels.colors, values.map(u16::to_ne_bytes).as_flattened());
        let inverse = file.with(tag::PHOTOMETRIC, &[0]).pixels();
        assert_eq!(inverse.colors, values.map(|v| (!v).to_ne_bytes()).as_flattened());
    }
}

#[test]
fn few_bits_fill_bytes_from_the_left_and_rows_start_anew() {
    let line_art = File::new(9, 2, &[1], 1, &[0b1010_0000, 0x80, 0b0000_0001, 0]);
    let raster = line_art.raster();
    assert!(raster.bilevel);
    let seen: Vec<u8> = raster.pixels().unwrap().colors.iter().map(|v| v / 255).collect();
    assert_eq!(seen, [1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    let four = File::new(4, 1, &[2], 1, &[0b0001_1011]);
    assert_eq!(four.pixels().colors, [0, 85, 170, 255]);
    let sixteen = File::new(3, 1, &[4], 0, &[0x0F, 0x80]);
    assert_eq!(sixteen.pixels().colors, [255, 0, 119]);
    assert!(!sixteen.raster().bilevel);
}

#[test]
fn palettes_become_rgb() {
    let map = [0, 0xFFFF, 0x8080, 0, 0, 0, 0x4040, 0, 0, 0xFFFF, 0x0101, 0];
    let file = File::new(4, 1, &[2], 3, &[0b0001_1011]).with(tag::COLOR_MAP, &map);
    let wanted = [[0, 0, 0], [255, 0, 255], [128, 64, 1], [0, 0, 0]];
    assert_eq!(file.pixels().colors, wanted.as_flattened());
    // Some programs write 8 bits into the palette.
    let small = map.map(|v| v >> 8);
    assert_eq!(file.with(tag::COLOR_MAP, &small).pixels().colors, wanted.as_flattened());
    let torn = File::new(4, 1, &[2], 3, &[0]).with(tag::COLOR_MAP, &map[..9]);
    assert!(torn.fault().contains("palette is not whole"));
}

#[test]
fn inks_are_counted_and_other_inks_refused() {
    let file = File::new(2, 1, &EIGHT, 5, &[255, 255, 255, 10, 0, 0, 0, 255]);
    let raster = file.raster();
    assert_eq!(raster.space, PixelSpace::Cmyk);
    let ink = raster.ink.unwrap();
    assert_eq!((ink.share_over(765), ink.share_over(775)), (0.5, 0.0));
    assert!(file.with(tag::INK_SET, &[2]).fault().contains("inks other than CMYK"));
}

#[test]
fn opacity_is_taken_apart_and_out_of_the_colours() {
    let data = [100, 50, 0, 200, 10, 20, 30, 0, 1, 2, 3, 255];
    let plain = File::new(3, 1, &EIGHT, 2, &data).with(tag::EXTRA_SAMPLES, &[2]).pixels();
    assert_eq!(plain.colors, [100, 50, 0, 10, 20, 30, 1, 2, 3]);
    assert_eq!(plain.alpha, Some(vec![200, 0, 255]));
    let multiplied = File::new(3, 1, &EIGHT, 2, &data).with(tag::EXTRA_SAMPLES, &[1]).pixels();
    // 100 of 200 is half of 255.
    assert_eq!(multiplied.colors, [128, 64, 0, 0, 0, 0, 1, 2, 3]);
    assert_eq!(multiplied.alpha, Some(vec![200, 0, 255]));
    // A sample without a meaning is none of the image's.
    for file in [
        File::new(3, 1, &EIGHT, 2, &data).with(tag::EXTRA_SAMPLES, &[0]),
        File::new(3, 1, &EIGHT, 2, &data),
    ] {
        assert_eq!((file.pixels().colors.len(), file.pixels().alpha), (9, None));
    }
    let gray = File::new(2, 1, &[8, 8], 1, &[9, 255, 8, 255]).with(tag::EXTRA_SAMPLES, &[2]);
    assert_eq!((gray.pixels().colors, gray.raster().transparent), (vec![9, 8], false));
    let inks = File::new(1, 1, &[8; 5], 5, &[1, 2, 3, 4, 77]).with(tag::EXTRA_SAMPLES, &[2]);
    assert_eq!((inks.pixels().colors, inks.pixels().alpha), (vec![1, 2, 3, 4], Some(vec![77])));
}

#[test]
fn opacity_of_sixteen_bits_is_divided_before_it_is_rounded() {
    let data: Vec<u8> = [300_u16, 400, 500, 1_000].iter().flat_map(|v| v.to_le_bytes()).collect();
    let pixels = File::new(1, 1, &[16; 4], 2, &data).with(tag::EXTRA_SAMPLES, &[1]).pixels();
    let colors: Vec<u16> =
        pixels.colors.as_chunks().0.iter().map(|&pair| u16::from_ne_bytes(pair)).collect();
    assert_eq!(colors, [19_661, 26_214, 32_768]);
    assert_eq!(pixels.alpha, Some(vec![4]));
}

#[test]
fn colours_may_lie_apart() {
    let file = File::new(2, 1, &[8; 3], 2, &[1, 2, 3, 4, 5, 6]);
    let apart = file.with(tag::PLANAR_CONFIGURATION, &[2]);
    assert_eq!(apart.pixels().colors, [1, 3, 5, 2, 4, 6]);
    let data = [10, 20, 30, 40, 50, 60, 255, 51];
    let clear = File::new(2, 1, &EIGHT, 2, &data)
        .with(tag::PLANAR_CONFIGURATION, &[2])
        .with(tag::EXTRA_SAMPLES, &[1])
        .pixels();
    assert_eq!(clear.colors, [10, 30, 50, 100, 200, 255]);
    assert_eq!(clear.alpha, Some(vec![255, 51]));
}

#[test]
fn orientation_and_density_are_read() {
    let file = File::new(3, 2, &[8], 1, &[0; 6]).with(274, &[6]);
    let raster = file.raster();
    assert_eq!((raster.width, raster.height), (2, 3));
    assert_eq!(raster.orientation, Orientation::from_exif(6));
    assert_eq!(raster.density, None);
}

#[test]
fn every_compression_is_undone() {
    // Eight rows of 16 pixels, the left half black.
    let rows: Vec<u8> = [0x00_u8, 0xFF].repeat(8);
    let file = |compression: u32, data: &[u8]| {
        File::new(16, 8, &[1], 1, data).with(tag::COMPRESSION, &[compression])
    };
    let wanted = file(1, &rows).pixels();
    // PackBits: two bytes as they are, row by row.
    let packed = [1, 0x00, 0xFF].repeat(8);
    assert_eq!(file(32_773, &packed).pixels(), wanted);
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut zlib, &rows).unwrap();
    let zlib = zlib.finish().unwrap();
    assert_eq!(file(8, &zlib).pixels(), wanted);
    assert_eq!(file(32_946, &zlib).pixels(), wanted);
    // Group 4 (ITU-T T.6): one row in horizontal mode (001) with eight white
    // (10011) and eight black (000101), seven rows like it (vertical mode 1 at
    // both changes), then the end of the block. White is 0 here.
    let fax = "001".to_owned() + "10011" + "000101" + &"11".repeat(7) + "000000000001000000000001";
    let fax: Vec<u8> = fax
        .as_bytes()
        .chunks(8)
        .map(|bits| bits.iter().enumerate().fold(0, |byte, (i, b)| byte | (b - b'0') << (7 - i)))
        .collect();
    let scanned = file(FAX_4, &fax).with(tag::PHOTOMETRIC, &[0]).pixels();
    let mirrored: Vec<u8> = wanted.colors.iter().map(|v| 255 - v).collect();
    assert_eq!(scanned.colors, mirrored);
    for (number, name) in [(7, "JPEG"), (2, "group 3"), (50_000, "Zstandard"), (99, "99")] {
        assert!(file(number, &rows).fault().contains(name), "{number}");
    }
}

#[test]
fn what_is_not_taken_is_named() {
    let file = || File::new(1, 1, &[8; 3], 2, &[0; 3]);
    for (file, words) in [
        (file().with(tag::PHOTOMETRIC, &[6]), "YCbCr"),
        (file().with(tag::PHOTOMETRIC, &[8]), "CIELAB"),
        (file().with(tag::PHOTOMETRIC, &[32_803]), "raw data"),
        (file().with(tag::SAMPLE_FORMAT, &[3]), "floating-point"),
        (file().with(tag::SAMPLE_FORMAT, &[2]), "signed"),
        (file().with(tag::BITS_PER_SAMPLE, &[32]), "32 bits"),
        (file().with(tag::BITS_PER_SAMPLE, &[5, 6, 5]), "differ in bits"),
        (file().with(tag::FILL_ORDER, &[2]), "reverse order"),
        (file().with(tag::SAMPLES_PER_PIXEL, &[2]), "2 samples a pixel instead of 3"),
        (file().with(tag::IMAGE_WIDTH, &[0]), "without pixels"),
        (file().with(tag::IMAGE_WIDTH, &[60_000]).with(tag::IMAGE_LENGTH, &[60_000]), "1 GiB"),
    ] {
        assert!(file.fault().contains(words), "{words}: {}", file.fault());
    }
}

#[test]
fn damaged_files_are_errors_and_never_panics() {
    let data: Vec<u8> = (0..=254).collect();
    let files = [
        File::new(17, 5, &[8; 3], 2, &data),
        File::new(17, 5, &[8; 3], 2, &data).with(tag::PLANAR_CONFIGURATION, &[2]),
        File::new(40, 51, &[1], 0, &data).with(tag::COMPRESSION, &[FAX_4]),
        File::new(17, 15, &[8], 1, &data).with(tag::COMPRESSION, &[5]),
    ];
    let mut seed = 7_u32;
    for whole in files.map(|file| file.bytes()) {
        // The numbers of the fields come last.
        for length in 0..whole.len() - 6 {
            assert!(parse(whole[..length].to_vec()).is_err(), "{length} bytes");
        }
        for _ in 0..2_000 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % bytes.len();
                bytes[at] = seed as u8;
            }
            if let Ok(raster) = parse(bytes) {
                assert!(raster.pixels().is_ok());
            }
        }
    }
}
