//! Vector artwork in the PDF, and what of SVG is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::assets::{FontLibrary, Image};
use drukklaar::color::{Artwork, Color, PrintCondition, SpotInk, SpotName};
use drukklaar::pdf::Profile;
use lopdf::content::Operation;
use lopdf::{Dictionary, Object};
use pdf_support::*;
use std::collections::BTreeSet;

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 400 200">
<defs><clipPath id="c"><circle cx="100" cy="100" r="50"/></clipPath></defs>
<rect width="400" height="200" fill="#00497A"/>
<g clip-path="url(#c)"><path d="M0 0H200V200H0Z" fill="#fff" fill-opacity="0.5"/></g>
<path d="M10 10L390 190" fill="none" stroke="#000" stroke-width="4" stroke-linecap="round"
 stroke-dasharray="8 4" stroke-linejoin="bevel"/>
<path d="M0 0H40V40H0ZM10 10H30V30H10Z" fill-rule="evenodd" fill="red" stroke="blue"/>
</svg>"##;

fn form_operations(read: &Read) -> Vec<Operation> {
    let forms = read.xobjects("Form");
    assert_eq!(forms.len(), 1);
    lopdf::content::Content::decode(&forms[0].decompressed_content().unwrap()).unwrap().operations
}

#[test]
fn a_drawing_stays_vector_in_the_colours_of_the_file() {
    let drawing = parse(SVG.as_bytes());
    assert!((drawing.aspect() - 2.0).abs() < 1e-9);
    for (profile, own, foreign) in [(Profile::Print, "k", "rg"), (Profile::Screen, "rg", "k")] {
        let read = placed(&drawing, profile);
        assert!(read.xobjects("Image").is_empty());
        let form = read.xobjects("Form")[0];
        let bounds = form.dict.get(b"BBox").unwrap().as_array().unwrap();
        assert_eq!(bounds[2].as_float().unwrap(), 400.0, "the view box");
        let operations = form_operations(&read);
        assert_eq!(count(&operations, own), 3);
        assert_eq!(count(&operations, foreign), 0);
        for (operator, times) in [("W", 1), ("f", 2), ("S", 1), ("B*", 1), ("gs", 1), ("q", 1)] {
            assert_eq!(count(&operations, operator), times, "{operator}");
        }
        let states = read.dict(&form.dict, &["Resources", "ExtGState", "A500"]);
        assert_eq!(states.get(b"ca").unwrap().as_float().unwrap(), 0.5);
        assert!(read.pages[0].has(b"Group"));
        // Placed at 100 by 50 of its own 150 by 75 points.
        let scale = matrix(&read.operations(0));
        assert!((scale[0] - 100.0 / 150.0).abs() < 1e-5 && (scale[3] - 50.0 / 75.0).abs() < 1e-5);
        let dash = operations.iter().find(|operation| operation.operator == "d").unwrap();
        let lengths = dash.operands[0].as_array().unwrap();
        assert_eq!(lengths[0].as_float().unwrap(), 8.0);
    }
    let print = placed(&drawing, Profile::Print);
    let black = form_operations(&print).into_iter().find(|o| o.operator == "K").unwrap();
    let inks: Vec<f32> = black.operands.iter().map(|o| o.as_float().unwrap()).collect();
    assert_eq!(inks, [0.0, 0.0, 0.0, 1.0], "black lines are black ink alone");
}

#[test]
fn a_drawing_is_one_object_and_the_same_bytes_every_time() {
    let write_it = || {
        let drawing = parse(SVG.as_bytes());
        let item = || (at(5.0, 5.0), picture(&drawing, 80.0, 40.0, false));
        let document = document(vec![page(vec![item(), item()]), page(vec![item()])]);
        let read = read(&document, Profile::Print);
        assert_eq!(read.xobjects("Form").len(), 1);
        read.bytes
    };
    assert!(write_it() == write_it());
}

#[test]
fn a_small_drawing_keeps_its_detail() {
    let svg =
        br#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><path d="M0 0L0.3333 0.1"
 stroke="red" stroke-width="0.01"/></svg>"#;
    let operations = form_operations(&placed(&parse(svg), Profile::Screen));
    let line = operations.iter().find(|operation| operation.operator == "l").unwrap();
    assert!((line.operands[0].as_float().unwrap() - 0.3333).abs() < 0.000_06);
}

#[test]
fn a_drawing_keeps_the_units_of_its_view_box() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="50mm"
 viewBox="10 20 100 50"><path d="M12.34 20.5H100v3h-5v9" fill="none" stroke="red"/></svg>"#;
    let read = placed(&parse(svg), Profile::Screen);
    let form = &read.xobjects("Form")[0].dict;
    let numbers = |key: &[u8]| -> Vec<f32> {
        let array = form.get(key).unwrap().as_array().unwrap();
        array.iter().map(|number| number.as_float().unwrap()).collect()
    };
    for (found, wanted) in numbers(b"BBox").iter().zip([10.0, 20.0, 110.0, 70.0]) {
        assert!((found - wanted).abs() < 1e-4);
    }
    let mm = 72.0 / 25.4;
    let matrix = numbers(b"Matrix");
    for (found, wanted) in matrix.iter().zip([mm, 0.0, 0.0, -mm, -10.0 * mm, 70.0 * mm]) {
        assert!((found - wanted).abs() < 1e-3, "{matrix:?}");
    }
    let operations = form_operations(&read);
    let start = operations.iter().find(|operation| operation.operator == "m").unwrap();
    assert_eq!(start.operands[0].as_float().unwrap(), 12.34);
}

#[test]
fn an_unevenly_scaled_line_is_drawn_by_a_distorted_pen() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
<path transform="scale(4 1)" d="M5 50H20" fill="none" stroke="red" stroke-width="10"/>
<path d="M5 50H20" fill="none" stroke="red" stroke-width="10"/></svg>"#;
    let operations = form_operations(&placed(&parse(svg), Profile::Screen));
    let names: Vec<&str> = operations.iter().map(|o| o.operator.as_str()).collect();
    let style = ["RG", "w", "J", "j", "M", "d", "m", "l", "S"];
    let expected = [&["q", "cm"][..], &style, &["Q"], &style].concat();
    assert_eq!(names, expected, "what was set inside is set again outside");
    let scale = matrix(&operations);
    assert_eq!(scale[..4], [4.0, 0.0, 0.0, 1.0]);
}

#[test]
fn the_clip_of_a_turned_group_is_turned_with_it() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
<clipPath id="c"><rect width="10" height="20"/></clipPath>
<g transform="matrix(0 1 -1 0 100 50)" clip-path="url(#c)"><rect width="300" height="300"/></g></svg>"#;
    let operations = form_operations(&placed(&parse(svg), Profile::Screen));
    // The corner (10, 20) comes to (100 - 20, 50 + 10).
    let corners: Vec<(f32, f32)> = operations
        .iter()
        .take_while(|operation| operation.operator != "W")
        .filter(|operation| matches!(operation.operator.as_str(), "m" | "l"))
        .map(|o| (o.operands[0].as_float().unwrap(), o.operands[1].as_float().unwrap()))
        .collect();
    assert!(corners.contains(&(80.0, 60.0)) && corners.contains(&(100.0, 50.0)), "{corners:?}");
}

#[test]
fn what_cannot_be_drawn_is_named() {
    let svg = |body: &str| {
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{body}<path d="M0 0H9V9Z"/></svg>"#
        );
        format!("{:?}", Image::parse(text.into_bytes()).err())
    };
    for (body, words) in [
        ("<text font-family='Barlow'>A</text>", "the font \\\"Barlow\\\" (line 1)"),
        ("<text>A</text>", "text without a `font-family`"),
        ("<text><textPath href='#p'>A</textPath></text>", "text along a path"),
        ("<text style='font-variant: small-caps'>A</text>", "font-variant: small-caps (line 1)"),
        ("<text style='font-family: Source Sans 3'>A</text>", "cannot be read without quotes"),
        ("<style>text { text-transform: uppercase }</style>", "text-transform: uppercase"),
        ("<image href='a.png'/>", "an embedded image"),
        ("\n<script/>", "a script (line 2)"),
        ("<foreignObject/>", "a foreign object"),
        ("<switch/>", "a switch"),
        ("<rect><animate/></rect>", "an animation"),
        ("<hatch/>", "the element <hatch>"),
        ("<rect filter='url(#f)' width='2' height='2'/>", "a filter"),
        ("<rect style='mask: url(#f)' width='2' height='2'/>", "a mask"),
        ("<rect style='mix-blend-mode:multiply' width='2' height='2'/>", "a blend mode"),
        ("<path vector-effect='non-scaling-stroke' d='M0 0H1'/>", "vector-effect"),
        ("<use href='#nowhere'/>", "called `nowhere`"),
        ("<use href='other.svg#a'/>", "another file"),
        ("<rect fill='url(#nowhere)' width='2' height='2'/>", "called `nowhere`"),
        ("<style>@import 'a.css';</style>", "@-rule"),
        ("<path d='M0 0Lx'/>", "cannot be read"),
        (
            "<clipPath id='c'><rect width='5' height='5'/><rect x='1' width='5' height='5'/></clipPath><rect clip-path='url(#c)' width='5' height='5'/>",
            "clip path of several",
        ),
        (
            "<radialGradient id='g' fx='1'><stop/><stop offset='1' stop-color='red'/></radialGradient><rect fill='url(#g)' width='5' height='5'/>",
            "whose focus is not inside its circle",
        ),
        (
            "<pattern id='p' width='2' height='2'><rect width='1' height='1'/></pattern><rect fill='url(#p)' width='5' height='5'/>",
            "a pattern",
        ),
        (&"<g>".repeat(200), "no XML"),
        (&format!("{}<rect/>{}", "<g>".repeat(200), "</g>".repeat(200)), "nested"),
    ] {
        let error = svg(body);
        assert!(error.contains(words), "{body}: {error}");
    }
    for (text, words) in [
        ("<svg/>", "no SVG"),
        ("<html/>", "no SVG"),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='0' height='5'/>", "no size"),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>", "draws nothing"),
    ] {
        let error = format!("{:?}", Image::parse(text.into()).err());
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn harmless_parts_of_an_svg_are_accepted() {
    for body in [
        "<title>T</title><desc>D</desc><metadata><x xmlns='urn:x'/></metadata>",
        "<namedview xmlns='urn:editor' style='filter:url(#none)'/>",
        "<g display='none'><text>hidden</text></g>",
        "<g style='fill:red; display: none'><text>hidden</text></g>",
        "<linearGradient id='unused'><stop/></linearGradient>",
        "<style>.a{fill:red}</style><rect class='a' width='1' height='1'/>",
        "<symbol id='s'><rect width='1' height='1'/></symbol><use href='#s'/>",
        "<g opacity='0.5'><rect width='2' height='2'/><rect x='5' width='2' height='2'/></g>",
        "<g opacity='0.5'><rect width='5' height='5'/><rect width='3' height='3'/></g>",
        "<a href='https://x.nl'><rect width='1' height='1'/></a>",
    ] {
        let text = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>{body}<path d='M0 0H9V9Z'/></svg>"
        );
        let image = Image::parse(text.into_bytes());
        assert!(image.is_ok(), "{body}: {image:?}");
    }
}

#[test]
fn a_file_is_loaded_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.svg");
    std::fs::write(&path, SVG).unwrap();
    let load = || match ASSETS.image(&path, &FontLibrary::default()) {
        Ok(Image::Drawing(drawing)) => drawing,
        other => panic!("{other:?}"),
    };
    assert!(std::sync::Arc::ptr_eq(&load(), &load()));
    let missing = ASSETS.image(&folder.path().join("b.svg"), &FontLibrary::default());
    assert_eq!(missing.err(), Some(drukklaar::assets::LoadError::NotFound));
}

#[test]
fn a_picture_without_size_is_left_out() {
    let image = parse(SVG.as_bytes());
    let items = vec![(at(0.0, 0.0), picture(&image, 0.0, 50.0, false))];
    let read = read(&document(vec![page(items)]), Profile::Screen);
    assert!(read.operations(0).is_empty());
}

/// A form's resources of a kind, by name.
fn resources<'a>(read: &'a Read, form: &'a lopdf::Stream, kind: &str) -> &'a Dictionary {
    read.dict(&form.dict, &["Resources", kind])
}

fn numbers(object: &Object) -> Vec<f32> {
    object.as_array().unwrap().iter().map(|number| number.as_float().unwrap()).collect()
}

fn shading<'a>(read: &'a Read, form: &'a lopdf::Stream, pattern: &str) -> &'a Dictionary {
    read.dict(resources(read, form, "Pattern"), &[pattern, "Shading"])
}

/// Every name in a file.
fn names(read: &Read) -> BTreeSet<String> {
    fn collect(object: &Object, names: &mut BTreeSet<String>) {
        match object {
            Object::Name(name) => {
                names.insert(String::from_utf8_lossy(name).into_owned());
            }
            Object::Array(array) => array.iter().for_each(|object| collect(object, names)),
            Object::Dictionary(dict) => dict.iter().for_each(|(_, object)| collect(object, names)),
            Object::Stream(stream) => {
                stream.dict.iter().for_each(|(_, object)| collect(object, names));
            }
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    read.pdf.objects.values().for_each(|object| collect(object, &mut names));
    names
}

/// The value of a shading's function, as a reader of the file computes it.
fn value(read: &Read, function: &Dictionary, x: f32) -> Vec<f32> {
    if function.get(b"FunctionType").unwrap().as_i64().unwrap() == 2 {
        let [from, to] = [b"C0", b"C1"].map(|key| numbers(function.get(key).unwrap()));
        return from.iter().zip(to).map(|(a, b)| a * (1.0 - x) + b * x).collect();
    }
    let bounds = numbers(function.get(b"Bounds").unwrap());
    assert!(bounds.windows(2).all(|pair| pair[0] < pair[1]), "{bounds:?}");
    let at = bounds.iter().filter(|bound| **bound <= x).count();
    let start = if at == 0 { 0.0 } else { bounds[at - 1] };
    let end = bounds.get(at).copied().unwrap_or(1.0);
    let functions = function.get(b"Functions").unwrap().as_array().unwrap();
    let inner = read.resolve(&functions[at]).as_dict().unwrap();
    value(read, inner, (x - start) / (end - start))
}

fn svg(body: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='100' height='50'>{body}</svg>"
    )
}

const GRADIENT: &str = "<linearGradient id='g'><stop stop-color='#e2001a'/>\
    <stop offset='0.5' stop-color='#ffe000'/><stop offset='1' stop-color='#00497a'/></linearGradient>";

#[test]
fn a_gradient_is_a_shading_in_the_colours_of_the_file() {
    let art = parse(
        svg(&format!("{GRADIENT}<rect fill='url(#g)' x='10' width='80' height='40'/>")).as_bytes(),
    );
    let read = placed(&art, Profile::Screen);
    let form = read.xobjects("Form")[0];
    let screen = shading(&read, form, "P0");
    assert_eq!(screen.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceRGB");
    assert_eq!(screen.get(b"ShadingType").unwrap().as_i64().unwrap(), 2);
    assert_eq!(numbers(screen.get(b"Coords").unwrap()), [0.0, 0.0, 1.0, 0.0]);
    let pattern = read.dict(resources(&read, form, "Pattern"), &["P0"]);
    assert_eq!(numbers(pattern.get(b"Matrix").unwrap()), [80.0, 0.0, 0.0, 40.0, 10.0, 0.0]);
    let quarter = value(&read, read.dict(screen, &["Function"]), 0.25);
    for (found, wanted) in quarter.iter().zip([240.5, 112.0, 13.0]) {
        assert!((found - wanted / 255.0).abs() < 0.003, "{quarter:?}");
    }

    let read = placed(&art, Profile::Print);
    let form = read.xobjects("Form")[0];
    let print = shading(&read, form, "P0");
    assert_eq!(print.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceCMYK");
    // Between stops the inks are those of the sRGB colour there.
    let press = CACHE.press(&PrintCondition::fogra39()).unwrap();
    let function = read.dict(print, &["Function"]);
    let [red, yellow, blue] = [[226, 0, 26], [255, 224, 0], [0, 73, 122]];
    for step in 0..=50_u8 {
        let (from, to) = if step < 25 { (red, yellow) } else { (yellow, blue) };
        let t = f64::from(step % 25) / 25.0;
        let (t, x) = if step == 50 { (1.0, 1.0) } else { (t, f64::from(step) / 50.0) };
        let rgb: [u8; 3] = std::array::from_fn(|i| {
            (f64::from(from[i]) + (f64::from(to[i]) - f64::from(from[i])) * t).round() as u8
        });
        let inks = press.converter().to_cmyk(Color::Rgb(rgb));
        for (found, ink) in value(&read, function, x as f32).iter().zip(inks) {
            let off = (found - f32::from(ink) / 10_000.0).abs();
            assert!(off < 0.015, "{rgb:?}: {found} against {ink}");
        }
    }
    assert_eq!(count(&form_operations(&read), "scn"), 1);
    assert!(names(&read).contains("DeviceCMYK") && !names(&read).contains("DeviceRGB"));
}

#[test]
fn circles_focus_and_repeats_are_radial_shadings() {
    let body = "<radialGradient id='g' gradientUnits='userSpaceOnUse' cx='50' cy='25' r='10' fx='48' \
        fy='25' spreadMethod='reflect'><stop stop-color='#fff'/><stop offset='1' stop-color='#00497a'/>\
        </radialGradient><path stroke='url(#g)' stroke-width='4' fill='none' d='M20 25H80'/>";
    let read = placed(&parse(svg(body).as_bytes()), Profile::Print);
    let form = read.xobjects("Form")[0];
    let shading = shading(&read, form, "P0");
    assert_eq!(shading.get(b"ShadingType").unwrap().as_i64().unwrap(), 3);
    // Five circles hold the line with its mitres: 5 × 10, and 5 × 2 to the right.
    let coords = numbers(shading.get(b"Coords").unwrap());
    assert_eq!(coords[..3], [48.0, 25.0, 0.0]);
    let circles = coords[5] / 10.0;
    assert_eq!(circles.fract(), 0.0);
    assert_eq!(coords[3], 48.0 + circles * 2.0);
    let function = read.dict(shading, &["Function"]);
    assert_eq!(value(&read, function, 0.0), [0.0; 4]);
    assert_eq!(value(&read, function, 2.0 / circles), [0.0; 4], "reflected");
    assert!(value(&read, function, 1.0 / circles)[0] > 0.9);
    assert_eq!(count(&form_operations(&read), "SCN"), 1);
}

#[test]
fn what_fades_has_a_mask_and_one_opacity_needs_none() {
    let fading = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='red' stop-opacity='0'/></linearGradient>";
    let even = "<linearGradient id='h'><stop stop-color='red' stop-opacity='0.5'/><stop offset='1' stop-color='blue' stop-opacity='0.5'/></linearGradient>";
    let rect = |id: &str| {
        format!("<rect fill='url(#{id})' width='80' height='40' transform='translate(5 5)'/>")
    };
    let read = placed(
        &parse(svg(&format!("{fading}{}<path d='M0 0H1V1Z'/>", rect("g"))).as_bytes()),
        Profile::Print,
    );
    let form = *read.xobjects("Form").iter().find(|form| !form.dict.has(b"Group")).unwrap();
    let state = read.dict(resources(&read, form, "ExtGState"), &["M0", "SMask"]);
    assert_eq!(state.get(b"S").unwrap().as_name().unwrap(), b"Luminosity");
    let group = read.dict(state, &["G"]);
    let space = read.dict(group, &["Group"]).get(b"CS").unwrap();
    assert_eq!(space.as_name().unwrap(), b"DeviceGray");
    let mask = read.dict(group, &["Resources", "Shading", "Sh0"]);
    let function = read.dict(mask, &["Function"]);
    assert_eq!((value(&read, function, 0.0), value(&read, function, 1.0)), (vec![1.0], vec![0.0]));
    // The mask stands in the form's units, so that it comes before the shape's own.
    let operations =
        lopdf::content::Content::decode(&form.decompressed_content().unwrap()).unwrap().operations;
    let names: Vec<&str> = operations.iter().map(|o| o.operator.as_str()).collect();
    assert_eq!(names[..4], ["q", "gs", "q", "cm"], "{names:?}");
    assert!(read.pages[0].has(b"Group"));

    let read = placed(&parse(svg(&format!("{even}{}", rect("h"))).as_bytes()), Profile::Print);
    let states = resources(&read, read.xobjects("Form")[0], "ExtGState");
    assert!(states.has(b"A500") && states.len() == 1);
}

#[test]
fn a_group_that_overlaps_is_laid_over_as_a_whole() {
    let body = "<g opacity='0.5'><rect width='50' height='50' fill='red'/><rect x='20' width='50' height='50' fill='#005eb8'/></g>";
    for (profile, space) in [(Profile::Print, "DeviceCMYK"), (Profile::Screen, "DeviceRGB")] {
        let read = placed(&parse(svg(body).as_bytes()), profile);
        let form = *read.xobjects("Form").iter().find(|form| !form.dict.has(b"Group")).unwrap();
        let inner = read.dict(resources(&read, form, "XObject"), &["G0"]);
        let group = read.dict(inner, &["Group"]);
        assert_eq!(group.get(b"CS").unwrap().as_name().unwrap(), space.as_bytes());
        assert!(group.get(b"I").unwrap().as_bool().unwrap());
        assert!(resources(&read, form, "ExtGState").has(b"A500"));
        assert!(read.pages[0].has(b"Group"));
    }
}

fn library() -> FontLibrary {
    let mut library = FontLibrary::default();
    for face in ["regular", "semibold", "italic"] {
        library.add("Source Sans 3", &ASSETS.builtin_font("Source Sans 3", face).unwrap());
    }
    library
}

const WORDS: &str = "<text x='50' y='20' text-anchor='middle' font-family='Roboto, \"source sans 3\"' \
    font-size='10' fill='#00497a'>Één <tspan font-weight='600' dy='3'>officier</tspan></text>\
    <text transform='rotate(-90)' font-family='Source Sans 3' letter-spacing='2' font-size='8'>AB</text>";

#[test]
fn text_is_glyphs_of_the_project_fonts_that_can_be_copied() {
    let image = Image::parse_with(svg(WORDS).into_bytes(), &library()).unwrap();
    for profile in Profile::ALL {
        let read = placed(&image, profile);
        let form = read.xobjects("Form")[0];
        let fonts = resources(&read, form, "Font");
        assert_eq!(fonts.len(), 2);
        for (name, _) in fonts {
            let font = read.dict(fonts, &[std::str::from_utf8(name).unwrap()]);
            assert!(font.has(b"ToUnicode"));
        }
        let operations = form_operations(&read);
        assert_eq!((count(&operations, "BT"), count(&operations, "TJ")), (3, 3));
        let sizes: Vec<f32> = operations
            .iter()
            .filter(|o| o.operator == "Tf")
            .map(|o| o.operands[1].as_float().unwrap())
            .collect();
        assert_eq!(sizes, [7.5, 7.5, 6.0], "points at the natural size");
        let turned = operations.iter().filter(|o| o.operator == "Tm").nth(2).unwrap();
        let turned = numbers(&Object::Array(turned.operands[..4].to_vec()));
        for (found, wanted) in turned.iter().zip([0.0, -4.0 / 3.0, -4.0 / 3.0, 0.0]) {
            assert!((found - wanted).abs() < 1e-4, "{turned:?}");
        }
    }
    let again = Image::parse_with(svg(WORDS).into_bytes(), &library()).unwrap();
    assert!(placed(&image, Profile::Print).bytes == placed(&again, Profile::Print).bytes);
}

#[test]
fn a_line_about_letters_is_an_outline_below_or_above_live_text() {
    let text = |order: &str| {
        svg(&format!(
            "<text y='20' font-family='Source Sans 3' font-size='20' stroke='#fff' \
            stroke-width='2' paint-order='{order}'>Ij</text>"
        ))
    };
    for (order, first, second) in [("normal", "BT", "S"), ("stroke", "S", "BT")] {
        let image = Image::parse_with(text(order).into_bytes(), &library()).unwrap();
        let operations = form_operations(&placed(&image, Profile::Print));
        let place = |name: &str| operations.iter().position(|o| o.operator == name).unwrap();
        assert!(place(first) < place(second), "{order}");
        assert_eq!((count(&operations, "TJ"), count(&operations, "S")), (1, 1));
    }
    let lines = text("normal").replace("stroke-width", "fill='none' stroke-width");
    let error = Image::parse_with(lines.into_bytes(), &library()).unwrap_err();
    assert!(error.to_string().contains("without a fill"), "{error}");
}

#[test]
fn artwork_with_text_is_loaded_once_a_set_of_fonts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.svg");
    std::fs::write(&path, svg(WORDS)).unwrap();
    let load = |fonts: &FontLibrary| match ASSETS.image(&path, fonts) {
        Ok(Image::Drawing(drawing)) => drawing,
        other => panic!("{other:?}"),
    };
    assert!(std::sync::Arc::ptr_eq(&load(&library()), &load(&library())));
    let mut more = library();
    more.add("Barlow", &ASSETS.builtin_font("Barlow", "medium").unwrap());
    assert!(!std::sync::Arc::ptr_eq(&load(&library()), &load(&more)));
    assert!(ASSETS.image(&path, &FontLibrary::default()).is_err());
}

#[test]
fn a_colour_of_the_house_stands_for_one_of_artwork() {
    let ink =
        SpotInk { name: SpotName::new("PANTONE 300 C").unwrap(), alternate: [10_000, 4_400, 0, 0] };
    let spot = |tint| Color::Spot { ink, tint };
    let mut artwork = Artwork::new();
    artwork.set([0, 94, 184], spot(10_000));
    artwork.set([153, 191, 227], spot(4_000));
    artwork.set([255, 204, 0], Color::Cmyk([0, 2_000, 10_000, 500]));
    let body = "<linearGradient id='a'><stop stop-color='#005eb8'/><stop offset='1' stop-color='#99bfe3'/></linearGradient>\
        <linearGradient id='b'><stop stop-color='#005eb8'/><stop offset='1' stop-color='#ffcc00'/></linearGradient>\
        <rect width='10' height='10' fill='#005EB8'/><rect width='10' height='10' fill='#ffcc00'/>\
        <rect width='10' height='10' fill='#005EB9'/>\
        <rect width='10' height='10' fill='url(#a)'/><rect width='10' height='10' fill='url(#b)'/>";
    let image = parse(svg(body).as_bytes());
    let write = |artwork: &Artwork, profile| {
        let item = picture(&image, 100.0, 50.0, false);
        let mut document = document(vec![page(vec![(at(10.0, 20.0), item)])]);
        document.print.artwork = artwork.clone();
        document.print.marks.color_bar = true;
        read(&document, profile)
    };
    let read = write(&artwork, Profile::Print);
    let form = read.xobjects("Form")[0];
    let spaces = resources(&read, form, "ColorSpace");
    assert_eq!(spaces.len(), 1);
    let plate = |space: &Object| space.as_array().unwrap()[1].as_name().unwrap().to_vec();
    let space = spaces.iter().next().unwrap().1;
    assert_eq!(plate(read.resolve(space)), b"PANTONE 300 C");
    let operations = form_operations(&read);
    assert_eq!((count(&operations, "k"), count(&operations, "scn")), (2, 3));
    let process = operations.iter().find(|o| o.operator == "k").unwrap();
    assert_eq!(numbers(&Object::Array(process.operands.clone())), [0.0, 0.2, 1.0, 0.05]);
    // Tints of one ink stay on its plate; with other colours, its stand-ins mix.
    let tints = shading(&read, form, "P0");
    assert_eq!(plate(tints.get(b"ColorSpace").unwrap()), b"PANTONE 300 C");
    let function = read.dict(tints, &["Function"]);
    assert_eq!((value(&read, function, 0.0), value(&read, function, 1.0)), (vec![1.0], vec![0.4]));
    let mixed = shading(&read, form, "P1");
    assert_eq!(mixed.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceCMYK");
    let function = read.dict(mixed, &["Function"]);
    assert_eq!(value(&read, function, 0.0), [1.0, 0.44, 0.0, 0.0]);
    assert_eq!(value(&read, function, 1.0), [0.0, 0.2, 1.0, 0.05]);
    // The page's colour bar has a patch of the ink.
    assert!(read.dict(&read.pages[0], &["Resources", "ColorSpace"]).len() > 1);

    // The same drawing without the house, in one process, and on the screen.
    let plain = write(&Artwork::new(), Profile::Print);
    assert_eq!(count(&form_operations(&plain), "k"), 3);
    let screen = write(&artwork, Profile::Screen);
    assert_eq!(count(&form_operations(&screen), "rg"), 3);
    assert!(!names(&screen).contains("Separation"));
    assert!(names(&read).contains("Separation"));
}
