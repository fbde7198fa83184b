//! Vector artwork in the PDF, and what of SVG is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::assets::{FontLibrary, Image};
use drukklaar::pdf::Profile;
use lopdf::content::Operation;
use pdf_support::*;

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
        ("<rect style='mix-blend-mode:multiply' width='2' height='2'/>", "a blend mode (line 1)"),
        ("<path vector-effect='non-scaling-stroke' d='M0 0H1'/>", "vector-effect"),
        ("<use href='#nowhere'/>", "called `nowhere`"),
        ("<use href='other.svg#a'/>", "another file"),
        ("<rect fill='url(#nowhere)' width='2' height='2'/>", "called `nowhere`"),
        ("<style>@import 'a.css';</style>", "@-rule"),
        ("<path d='M0 0Lx'/>", "cannot be read"),
        ("<rect fill='device-cmyk(0,1,1,0)' width='2' height='2'/>", "the colour `device-cmyk"),
        ("<rect style='stroke: paars' width='2' height='2'/>", "the colour `paars` (line 1)"),
        ("<style>rect { fill: cmyk }</style>", "the colour `cmyk`"),
        ("<linearGradient><stop stop-color='blauw'/></linearGradient>", "the colour `blauw`"),
        ("<symbol viewBox='0 0 0 0'/>", "the viewBox `0 0 0 0` (line 1) has no size"),
        (
            "<clipPath id='c'><rect width='5' height='5'/><rect x='1' width='5' height='5'/></clipPath><rect clip-path='url(#c)' width='5' height='5'/>",
            "clip path of several",
        ),
        (
            "<radialGradient id='g' fx='1'><stop/><stop offset='1' stop-color='red'/></radialGradient><rect fill='url(#g)' width='5' height='5'/>",
            "whose focus is not inside its circle (line 1)",
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
    assert_eq!(count(&read.operations(0), "Do"), 0);
}
