//! Images made of pixels in the PDF.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::assets::Assets;
use drukklaar::assets::{Image, Orientation, PixelSpace};
use drukklaar::pdf::Profile;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use lopdf::Stream;
use pdf_support::*;

const CMYK: &[u8] = include_bytes!("pdf_support/images/cmyk.jpg");
const YCCK: &[u8] = include_bytes!("pdf_support/images/ycck.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("pdf_support/images/progressive.jpg");

/// A JPEG whose left half is dark and whose right half is light.
fn jpeg(width: u32, height: u32, kind: ExtendedColorType) -> Vec<u8> {
    let components = u32::from(kind.bits_per_pixel() / 8);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|i| {
            let value = if i % width < width / 2 { 20 } else { 230 };
            (0..components).map(move |c| value + 3 * c as u8)
        })
        .collect();
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.write_image(&pixels, width, height, kind).unwrap();
    bytes
}

/// The same with a segment after the first marker.
fn with_segment(mut jpeg: Vec<u8>, marker: u8, body: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xFF, marker];
    segment.extend((body.len() as u16 + 2).to_be_bytes());
    segment.extend(body);
    jpeg.splice(2..2, segment);
    jpeg
}

fn with_orientation(jpeg: Vec<u8>, orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    with_segment(jpeg, 0xE1, &exif)
}

/// The one image that is no mask.
fn only_image(read: &Read) -> &Stream {
    let masks: Vec<_> = read
        .xobjects("Image")
        .iter()
        .filter_map(|image| image.dict.get(b"SMask").ok()?.as_reference().ok())
        .collect();
    let mut images = read.pdf.objects.iter().filter(|(id, object)| {
        let name = object.as_stream().and_then(|s| s.dict.get(b"Subtype")?.as_name());
        name.is_ok_and(|name| name == b"Image") && !masks.contains(id)
    });
    let (_, only) = images.next().unwrap();
    assert!(images.next().is_none());
    only.as_stream().unwrap()
}

fn named<'a>(stream: &'a Stream, key: &str) -> &'a [u8] {
    stream.dict.get(key.as_bytes()).unwrap().as_name().unwrap()
}

/// The pixels of a Flate image, without PNG's filters.
fn pixels(stream: &Stream) -> Vec<u8> {
    assert_eq!(named(stream, "Filter"), b"FlateDecode");
    stream.decompressed_content().unwrap()
}

#[test]
fn jpeg_bytes_pass_through_where_the_colours_suit() {
    let (gray, rgb) = (ExtendedColorType::L8, ExtendedColorType::Rgb8);
    for (bytes, profile, space) in [
        (jpeg(16, 8, rgb), Profile::Screen, "DeviceRGB"),
        (PROGRESSIVE.to_vec(), Profile::Screen, "DeviceRGB"),
        (jpeg(16, 8, gray), Profile::Screen, "DeviceGray"),
        (jpeg(16, 8, gray), Profile::Print, "DeviceGray"),
        (CMYK.to_vec(), Profile::Print, "DeviceCMYK"),
        (YCCK.to_vec(), Profile::Print, "DeviceCMYK"),
    ] {
        let read = placed(&parse(&bytes), profile);
        let image = only_image(&read);
        assert!(image.content == bytes, "{space} in {profile:?}");
        assert_eq!(named(image, "Filter"), b"DCTDecode");
        assert_eq!(named(image, "ColorSpace"), space.as_bytes());
        let inverted = image.dict.get(b"Decode").is_ok();
        assert_eq!(inverted, space == "DeviceCMYK", "Adobe's CMYK is stored inverted");
    }
}

#[test]
fn rgb_is_separated_for_print() {
    let read = placed(&parse(&jpeg(16, 8, ExtendedColorType::Rgb8)), Profile::Print);
    let image = only_image(&read);
    assert_eq!(named(image, "ColorSpace"), b"DeviceCMYK");
    let pixels = pixels(image);
    assert_eq!(pixels.len(), 16 * 8 * 4);
    let ink = |x: usize| pixels[x * 4..x * 4 + 4].iter().map(|&v| u32::from(v)).sum::<u32>();
    assert!(ink(2) > 500 && ink(13) < 120, "{} {}", ink(2), ink(13));
}

#[test]
fn cmyk_becomes_rgb_on_the_screen() {
    for bytes in [CMYK, YCCK] {
        let image = parse(bytes);
        let Image::Raster(raster) = &image else { panic!("{image:?}") };
        assert_eq!(raster.space, PixelSpace::Cmyk);
        // Left 100, 60, 0, 40 %; right yellow alone, as the author of the file set it.
        let decoded = raster.pixels().unwrap().colors;
        for (x, inks) in [(4, [255, 153, 0, 102]), (28, [0, 0, 255, 0])] {
            for (found, wanted) in decoded[x * 4..x * 4 + 4].iter().zip(inks) {
                assert!(found.abs_diff(wanted) <= 2, "{:?}", &decoded[x * 4..x * 4 + 4]);
            }
        }
        let read = placed(&image, Profile::Screen);
        let image = only_image(&read);
        assert_eq!(named(image, "ColorSpace"), b"DeviceRGB");
        assert_eq!(named(image, "Filter"), b"DCTDecode", "a photograph stays one");
        let pixels = image::load_from_memory(&image.content).unwrap().into_rgb8().into_raw();
        let [blue, yellow] = [4, 28].map(|x| &pixels[x * 3..x * 3 + 3]);
        assert!(blue[2] > 60 && blue[0] < 40, "{blue:?}");
        assert!(yellow[0] > 220 && yellow[2] < 80, "{yellow:?}");
    }
}

#[test]
fn an_image_is_one_object_however_often_it_is_placed() {
    let image = parse(&jpeg(16, 8, ExtendedColorType::Rgb8));
    let twice = || {
        let small = (at(0.0, 0.0), picture(&image, 10.0, 5.0, false));
        let large = (at(0.0, 50.0), picture(&image, 100.0, 50.0, true));
        page(vec![small, large])
    };
    for profile in [Profile::Print, Profile::Screen] {
        let read = read(&document(vec![twice(), twice()]), profile);
        only_image(&read);
        for page in 0..2 {
            assert_eq!(count(&read.operations(page), "Do"), 2);
        }
    }
}

#[test]
fn opacity_becomes_a_soft_mask_and_the_page_names_its_blend_space() {
    let mut bytes = Vec::new();
    let pixels = [200, 10, 10, 255, 10, 10, 200, 0];
    PngEncoder::new(&mut bytes).write_image(&pixels, 2, 1, ExtendedColorType::Rgba8).unwrap();
    let image = parse(&bytes);
    for (profile, space, components) in
        [(Profile::Print, b"DeviceCMYK".as_slice(), 4), (Profile::Screen, b"DeviceRGB", 3)]
    {
        let read = placed(&image, profile);
        let image = only_image(&read);
        assert_eq!(self::pixels(image).len(), 2 * components);
        let mask = read.resolve(image.dict.get(b"SMask").unwrap()).as_stream().unwrap();
        assert_eq!(named(mask, "ColorSpace"), b"DeviceGray");
        assert_eq!(self::pixels(mask), [255, 0]);
        let group = read.dict(&read.pages[0], &["Group"]);
        assert_eq!(group.get(b"CS").unwrap().as_name().unwrap(), space);
    }
    let opaque = placed(&parse(&jpeg(16, 8, ExtendedColorType::Rgb8)), Profile::Print);
    assert!(!opaque.pages[0].has(b"Group"));
}

#[test]
fn an_embedded_profile_is_honoured_and_srgb_is_left_out() {
    let tagged = |profile: &[u8]| {
        let body = [b"ICC_PROFILE\0\x01\x01".as_slice(), profile].concat();
        with_segment(jpeg(16, 8, ExtendedColorType::Rgb8), 0xE2, &body)
    };
    let wide = wide_profile();
    let read = placed(&parse(&tagged(&wide)), Profile::Screen);
    assert_eq!(named(only_image(&read), "ColorSpace"), b"DeviceRGB");
    assert_ne!(only_image(&read).content, tagged(&wide), "brought to sRGB");

    let plain = placed(&parse(&tagged(Assets::srgb_profile())), Profile::Screen);
    assert_eq!(named(only_image(&plain), "ColorSpace"), b"DeviceRGB");

    // A saturated colour separates differently by the two profiles.
    let mut red = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut red, 100);
    encoder.write_image(&[0, 200, 60].repeat(64), 8, 8, ExtendedColorType::Rgb8).unwrap();
    let body = [b"ICC_PROFILE\0\x01\x01".as_slice(), &wide].concat();
    let inks =
        |bytes: &[u8]| pixels(only_image(&placed(&parse(bytes), Profile::Print)))[..4].to_vec();
    assert_ne!(inks(&red), inks(&with_segment(red.clone(), 0xE2, &body)));
}

#[test]
fn every_orientation_is_turned_upright() {
    // Where the stored image's top left and top right corners come to lie, by
    // the definition of the EXIF tag: l, r, t, b for the sides.
    let corners = ["tl tr", "tr tl", "br bl", "bl br", "tl bl", "tr br", "br tr", "bl tl"];
    for (orientation, corners) in (1..).zip(corners) {
        let bytes = with_orientation(jpeg(16, 8, ExtendedColorType::Rgb8), orientation);
        let image = parse(&bytes);
        let Image::Raster(raster) = &image else { panic!("{image:?}") };
        let upright = if orientation > 4 { (8, 16) } else { (16, 8) };
        assert_eq!((raster.width, raster.height), upright);
        assert_eq!(raster.stored_size(), (16, 8));
        assert_eq!(raster.orientation, Orientation::from_exif(orientation.into()));
        let read = placed(&image, Profile::Screen);
        let m = matrix(&read.operations(0));
        let place = |u: f32, v: f32| {
            let (x, y) = (m[0] * u + m[2] * v + m[4], m[1] * u + m[3] * v + m[5]);
            let side = |value: f32, low: f32, names: [char; 2]| {
                names[usize::from((value - low).abs() > 1.0)]
            };
            let (bottom, left) = (841.89 - 70.0, 10.0);
            [side(y, bottom, ['b', 't']), side(x, left, ['l', 'r'])].iter().collect::<String>()
        };
        let found = format!("{} {}", place(0.0, 1.0), place(1.0, 1.0));
        assert_eq!(found, corners, "orientation {orientation}");
    }
}

#[test]
fn a_covering_picture_is_centred_and_cut_off() {
    let image = parse(&jpeg(16, 8, ExtendedColorType::Rgb8));
    let items = vec![(at(10.0, 20.0), picture(&image, 50.0, 50.0, true))];
    let operations = read(&document(vec![page(items)]), Profile::Screen).operations(0);
    let names = operations.iter().map(|o| o.operator.as_str());
    let names: Vec<&str> = names.filter(|name| !matches!(*name, "BDC" | "EMC")).collect();
    assert_eq!(names, ["q", "re", "W", "n", "cm", "Do", "Q"]);
    // Twice as wide as high: 100 points wide to be 50 high, 25 off to the left.
    assert_eq!(matrix(&operations), [100.0, 0.0, 0.0, 50.0, -15.0, 771.89]);
}

#[test]
fn other_jpegs_are_told_apart() {
    let base = jpeg(16, 8, ExtendedColorType::Rgb8);
    let frame = base.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let patched = |offset: usize, value: u8| {
        let mut bytes = base.clone();
        bytes[frame + offset] = value;
        Image::parse(bytes).err()
    };
    for (offset, value, words) in [
        (1, 0xC9, "arithmetic coding"),
        (1, 0xC3, "lossless"),
        (1, 0xC5, "hierarchical"),
        (4, 12, "12 bits"),
        (9, 2, "2 colour components"),
        (6, 0, "without pixels"),
    ] {
        let error = if offset == 6 {
            let mut bytes = base.clone();
            bytes[frame + 5..frame + 7].fill(0);
            Image::parse(bytes).err()
        } else {
            patched(offset, value)
        };
        let text = format!("{error:?}");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn damaged_files_are_errors_and_never_panics() {
    let mut png = Vec::new();
    let pixels: Vec<u8> = (0..64 * 4).map(|i| (i * 7) as u8).collect();
    PngEncoder::new(&mut png).write_image(&pixels, 8, 8, ExtendedColorType::Rgba8).unwrap();
    let rgb = jpeg(40, 24, ExtendedColorType::Rgb8);
    for whole in [&rgb, &png, &CMYK.to_vec(), &PROGRESSIVE.to_vec()] {
        for length in (0..whole.len() - 13).step_by(3) {
            assert!(Image::parse(whole[..length].to_vec()).is_err(), "{length} bytes");
        }
        // Changed bytes may still make an image; they must not make a panic.
        let mut seed = 7_u32;
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % bytes.len();
                bytes[at] = seed as u8;
            }
            if let Ok(Image::Raster(raster)) = Image::parse(bytes)
                && raster.width < 500
                && raster.height < 500
            {
                let _ = raster.pixels();
            }
        }
    }
}
