//! Colours and sizes of images in the PDF, against an independent conversion.
//!
//! The numbers named as Pillow's come from Pillow 13 with its own build of
//! Little CMS 2.19: `ImageCms.buildTransform` between the same profiles, relative
//! colorimetric with black-point compensation.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::assets::{Assets, Image};
use drukklaar::color::{Converter, PrintCondition};
use drukklaar::pdf::Profile;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use lcms2::{CIExyY, ToneCurve};
use lopdf::Stream;
use pdf_support::*;
use std::io::Cursor;
use tiff::encoder::TiffEncoder;
use tiff::encoder::colortype::{CMYK8, CMYK16, ColorType, Gray8, Gray16, RGB8, RGB16};
use tiff::tags::Tag;

/// Colours that the constants are for.
const COLORS: [[u8; 3]; 6] =
    [[0, 73, 122], [200, 30, 90], [128, 128, 128], [240, 200, 40], [10, 10, 10], [30, 160, 80]];

/// A TIFF file of one row.
fn tiff<C: ColorType>(values: &[C::Inner], profile: Option<&[u8]>) -> Vec<u8>
where
    [C::Inner]: tiff::encoder::TiffValue,
{
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    let width = values.len() / C::BITS_PER_SAMPLE.len();
    let mut image = encoder.new_image::<C>(width as u32, 1).unwrap();
    if let Some(profile) = profile {
        image.encoder().write_tag(Tag::IccProfile, profile).unwrap();
    }
    image.write_data(values).unwrap();
    bytes.into_inner()
}

/// The image of a file that has no other.
fn only_image(read: &Read) -> &Stream {
    let all = read.xobjects("Image");
    assert_eq!(all.len(), 1);
    all[0]
}

/// The pixels of an image as written, and how many components they have.
fn written(bytes: &[u8], profile: Profile) -> Vec<u8> {
    let read = placed(&parse(bytes), profile);
    only_image(&read).decompressed_content().unwrap()
}

fn number(stream: &Stream, key: &str) -> i64 {
    stream.dict.get(key.as_bytes()).unwrap().as_i64().unwrap()
}

#[track_caller]
fn near(found: &[u8], wanted: &[u8], most: u8) {
    assert_eq!(found.len(), wanted.len());
    let apart = found.iter().zip(wanted).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
    assert!(apart <= most, "{apart} apart: {found:?}, wanted {wanted:?}");
}

fn wide(values: &[u8]) -> Vec<u16> {
    values.iter().map(|&value| u16::from(value) * 257).collect()
}

#[test]
fn rgb_is_separated_as_by_pillow_at_both_depths() {
    let pillow = [
        [242, 168, 56, 49],
        [38, 244, 104, 13],
        [123, 99, 98, 52],
        [19, 49, 224, 1],
        [191, 168, 150, 228],
        [201, 17, 218, 2],
    ];
    let rgb = COLORS.as_flattened();
    for file in [
        tiff::<RGB8>(rgb, None),
        tiff::<RGB16>(&wide(rgb), None),
        tiff::<RGB16>(&wide(rgb), Some(Assets::srgb_profile())),
    ] {
        near(&written(&file, Profile::Print), pillow.as_flattened(), 2);
        assert_eq!(written(&file, Profile::Screen), rgb);
    }
}

#[test]
fn cmyk_is_kept_in_print_and_seen_as_by_pillow() {
    let inks = [[255, 153, 0, 51], [0, 0, 255, 0], [0, 0, 0, 255], [180, 160, 150, 200]];
    let pillow = [[0, 77, 145], [255, 237, 0], [24, 23, 21], [32, 31, 31]];
    let inks = inks.as_flattened();
    let own = Assets::print_profile();
    for file in [
        tiff::<CMYK8>(inks, None),
        tiff::<CMYK16>(&wide(inks), None),
        tiff::<CMYK8>(inks, Some(own.bytes())),
    ] {
        assert_eq!(written(&file, Profile::Print), inks);
        near(&written(&file, Profile::Screen), pillow.as_flattened(), 2);
    }
}

#[test]
fn other_rgb_goes_through_its_profile_as_by_pillow() {
    let profile = wide_profile();
    let rgb = COLORS.as_flattened();
    let inks = [
        [255, 164, 54, 44],
        [2, 241, 110, 0],
        [123, 98, 97, 50],
        [3, 54, 240, 0],
        [195, 173, 151, 234],
        [242, 0, 235, 0],
    ];
    let light =
        [[0, 71, 124], [233, 24, 91], [129, 129, 129], [254, 201, 0], [3, 3, 3], [0, 161, 73]];
    for file in [tiff::<RGB8>(rgb, Some(&profile)), tiff::<RGB16>(&wide(rgb), Some(&profile))] {
        near(&written(&file, Profile::Print), inks.as_flattened(), 2);
        near(&written(&file, Profile::Screen), light.as_flattened(), 2);
    }
}

/// The print profile with another colour of paper: another condition.
fn foreign_profile() -> Vec<u8> {
    let mut profile = Assets::print_profile().bytes().to_vec();
    let tags = u32::from_be_bytes(profile[128..132].try_into().unwrap()) as usize;
    let entry =
        (0..tags).map(|i| 132 + i * 12).find(|&at| &profile[at..at + 4] == b"wtpt").unwrap();
    let place = u32::from_be_bytes(profile[entry + 4..entry + 8].try_into().unwrap()) as usize;
    // X, Y and Z follow the type's eight bytes, in 1/65536.
    profile[place + 8..place + 20].fill(0);
    for axis in 0..3 {
        profile[place + 10 + axis * 4] = 0x80;
    }
    profile
}

#[test]
fn cmyk_of_another_condition_is_separated_anew() {
    let black = [0, 0, 0, 255];
    let anew = written(&tiff::<CMYK8>(&black, Some(&foreign_profile())), Profile::Print);
    assert_ne!(anew, black, "black ink alone is not what the profiles give");
    assert!(anew[..3].iter().all(|&ink| ink > 100), "{anew:?}");
}

#[test]
fn profiles_that_do_not_fit_are_ignored() {
    let rgb = COLORS.as_flattened();
    let plain = written(&tiff::<RGB8>(rgb, None), Profile::Print);
    let torn = wide_profile()[..300].to_vec();
    let mut hollow = wide_profile();
    hollow[132..].fill(0);
    let print = Assets::print_profile();
    for profile in [print.bytes(), &torn, &hollow, b"no profile"] {
        let file = tiff::<RGB8>(rgb, Some(profile));
        assert_eq!(written(&file, Profile::Print), plain);
        assert_eq!(written(&file, Profile::Screen), rgb);
    }
}

#[test]
fn gray_prints_as_light_as_its_profile_says() {
    let gray = |gamma: f64| {
        let white = CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
        lcms2::Profile::new_gray(&white, &ToneCurve::new(gamma)).unwrap().icc().unwrap()
    };
    let steps = [0, 16, 64, 128, 192, 240, 255];
    // Pillow's CIELAB of black ink in steps of 1/255, as luminance between ink and
    // paper, turned round for the luminance that the gamma gives.
    for (gamma, pillow) in [
        (1.0, [0, 41, 107, 166, 214, 246, 255]),
        (1.8, [0, 6, 51, 118, 186, 239, 255]),
        (2.2, [0, 2, 33, 98, 173, 236, 255]),
    ] {
        let profile = gray(gamma);
        near(&written(&tiff::<Gray8>(&steps, Some(&profile)), Profile::Print), &pillow, 2);
        let deep = tiff::<Gray16>(&wide(&steps), Some(&profile));
        near(&written(&deep, Profile::Print), &pillow, 2);
    }
    // The curve of sRGB (IEC 61966-2-1) at 128/255 and 64/255.
    let seen = written(&tiff::<Gray8>(&[0, 64, 128, 255], Some(&gray(1.0))), Profile::Screen);
    near(&seen, &[0, 137, 188, 255], 1);
    // Without a profile, values are ink and stay.
    assert_eq!(written(&tiff::<Gray8>(&steps, None), Profile::Print), steps);
}

#[test]
fn ink_over_the_limit_is_separated_anew_and_told() {
    let pixels =
        [[255; 4], [255, 255, 200, 200], [255, 255, 255, 0], [0, 0, 0, 255], [90, 80, 70, 60]];
    let file = tiff::<CMYK8>(pixels.as_flattened(), None);
    let found = written(&file, Profile::Print);
    let sums: Vec<u32> =
        found.chunks(4).map(|pixel| pixel.iter().map(|&ink| u32::from(ink)).sum()).collect();
    assert!(sums.iter().all(|&sum| sum <= 765), "{sums:?}");
    assert!(sums[0] > 700, "still a deep black: {sums:?}");
    assert_eq!(&found[8..], pixels[2..].as_flattened(), "what is within the limit stays");

    let converter = Converter::new(&PrintCondition::fogra39()).unwrap();
    let share = |bytes: &[u8]| {
        let Image::Raster(raster) = parse(bytes) else { panic!("no pixels") };
        converter.share_over_ink_limit(&raster)
    };
    assert_eq!(share(&file), Some(0.4));
    assert_eq!(share(&tiff::<CMYK8>(pixels[2..].as_flattened(), None)), None);
    // Others are separated for the condition anyway, and RGB has no ink yet.
    assert_eq!(share(&tiff::<CMYK8>(pixels.as_flattened(), Some(&foreign_profile()))), None);
    assert_eq!(share(&tiff::<RGB8>(&[0; 3], None)), None);
}

/// A JPEG file of RGB that is stored as such: what the encoder holds for YCbCr
/// is declared to be red, green and blue, by the names of the components or by
/// Adobe's marker.
fn untransformed(color: [u8; 3], by_names: bool) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
    encoder.write_image(&color.repeat(64), 8, 8, ExtendedColorType::Rgb8).unwrap();
    let mut out = jpeg[..2].to_vec();
    if !by_names {
        out.extend(b"\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00");
    }
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        let mut segment = jpeg[at..end].to_vec();
        if by_names && segment[1] == 0xC0 {
            (0..3).for_each(|i| segment[10 + 3 * i] = b"RGB"[i]);
        }
        if segment[1] != 0xE0 {
            out.extend(segment);
        }
        at = end;
    }
    let mut scan = jpeg[at..].to_vec();
    if by_names {
        (0..3).for_each(|i| scan[5 + 2 * i] = b"RGB"[i]);
    }
    out.extend(scan);
    out
}

#[test]
fn rgb_jpegs_without_a_transform_come_out_right() {
    // Y, Cb and Cr of (200, 100, 50) by ITU-T T.871 are 124.2, 86.1 and 182.1.
    let stored = [124, 86, 182];
    for by_names in [true, false] {
        let bytes = untransformed([200, 100, 50], by_names);
        let Image::Raster(raster) = parse(&bytes) else { panic!("no pixels") };
        near(&raster.pixels().unwrap().colors[..3], &stored, 2);
        let print = written(&tiff::<RGB8>(&stored, None), Profile::Print);
        near(&written(&bytes, Profile::Print)[..4], &print, 4);
        // On the screen all readers are told, by Adobe's marker.
        let read = placed(&parse(&bytes), Profile::Screen);
        let content = &only_image(&read).content;
        assert_eq!(&content[2..4], [0xFF, 0xEE]);
        assert_eq!((&content[6..11], content[17]), (b"Adobe".as_slice(), 0));
        near(&image::load_from_memory(content).unwrap().into_rgb8()[(3, 3)].0, &stored, 2);
    }
}

#[test]
fn files_for_the_screen_tell_nothing_but_the_image() {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, 90);
    encoder.write_image(&[90; 192], 8, 8, ExtendedColorType::Rgb8).unwrap();
    let segment = |marker: u8, body: &[u8]| {
        [&[0xFF, marker], &(body.len() as u16 + 2).to_be_bytes()[..], body].concat()
    };
    let profile = [b"ICC_PROFILE\0\x01\x01".as_slice(), Assets::srgb_profile()].concat();
    let mut whole = jpeg.clone();
    let extra = [
        segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0"),
        segment(0xE2, &profile),
        segment(0xFE, b"a comment"),
    ];
    whole.splice(2..2, extra.concat());
    let read = placed(&parse(&whole), Profile::Screen);
    assert_eq!(only_image(&read).content, jpeg);
}

/// A picture of fine gray noise.
fn noise(width: u32, height: u32, kind: ExtendedColorType) -> Vec<u8> {
    let count = width * height * u32::from(kind.bits_per_pixel() / 8);
    let pixels: Vec<u8> =
        (0..count).map(|i| (i.wrapping_mul(2_654_435_761) >> 27) as u8 + 100).collect();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&pixels, width, height, kind).unwrap();
    bytes
}

#[test]
fn images_too_fine_for_their_size_are_made_smaller_once() {
    let image = parse(&noise(600, 400, ExtendedColorType::Rgba8));
    // 48 by 32 points are 900 pixels per inch; twice that is 450.
    let sizes = |places: &[(f64, f64)], profile| {
        let items = places.iter().map(|&(w, h)| (at(0.0, 0.0), picture(&image, w, h, false)));
        let read = read(&document(vec![page(items.collect())]), profile);
        let mut sizes: Vec<[i64; 2]> = read
            .xobjects("Image")
            .iter()
            .map(|stream| ["Width", "Height"].map(|key| number(stream, key)))
            .collect();
        sizes.dedup();
        sizes
    };
    assert_eq!(sizes(&[(48.0, 32.0)], Profile::Print), [[200, 134]], "300 an inch, rounded up");
    assert_eq!(sizes(&[(48.0, 32.0)], Profile::Screen), [[134, 89]], "200 an inch");
    let twice = [(48.0, 32.0), (72.0, 48.0)];
    assert_eq!(sizes(&twice, Profile::Print), [[300, 200]], "the larger place decides");
    assert_eq!(sizes(&[(48.0, 32.0), (96.0, 64.0)], Profile::Print), [[600, 400]]);
    assert_eq!(sizes(&[(48.0, 32.0), (144.0, 96.0)], Profile::Screen), [[600, 400]]);
}

#[test]
fn a_turned_image_is_made_smaller_along_its_own_sides() {
    let mut bytes = noise(600, 400, ExtendedColorType::L8);
    // An eXIf chunk with orientation 6 before the pixels.
    let exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut chunk = (exif.len() as u32).to_be_bytes().to_vec();
    chunk.extend([b"eXIf".as_slice(), exif].concat());
    let mut sum = flate2::Crc::new();
    sum.update(&chunk[4..]);
    chunk.extend(sum.sum().to_be_bytes());
    bytes.splice(33..33, chunk);
    let image = parse(&bytes);
    let items = vec![(at(0.0, 0.0), picture(&image, 32.0, 48.0, false))];
    let read = read(&document(vec![page(items)]), Profile::Print);
    let stream = only_image(&read);
    assert_eq!((number(stream, "Width"), number(stream, "Height")), (200, 134));
}

#[test]
fn line_art_keeps_its_pixels_in_one_bit_each() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1_000, 500);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let rows: Vec<u8> = (0..125 * 500).map(|i| (i % 125) as u8).collect();
    encoder.write_header().unwrap().write_image_data(&rows).unwrap();
    let image = parse(&bytes);
    for profile in Profile::ALL {
        let items = vec![(at(0.0, 0.0), picture(&image, 48.0, 24.0, false))];
        let read = read(&document(vec![page(items)]), profile);
        let stream = only_image(&read);
        assert_eq!((number(stream, "Width"), number(stream, "BitsPerComponent")), (1_000, 1));
        assert_eq!(stream.decompressed_content().unwrap(), rows);
    }
}
