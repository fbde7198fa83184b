//! Gradients, text, groups and house colours of artwork in the PDF.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::assets::{FontLibrary, Image};
use drukklaar::color::{Artwork, Color, PrintCondition, SpotInk, SpotName};
use drukklaar::pdf::Profile;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};
use pdf_support::*;
use std::collections::BTreeSet;

/// The drawing's own form: groups and masks in it are transparency groups.
fn own_form(read: &Read) -> &lopdf::Stream {
    let forms = read.xobjects("Form");
    forms.into_iter().find(|form| !form.dict.has(b"Group")).unwrap()
}

fn form_operations(read: &Read) -> Vec<Operation> {
    Content::decode(&own_form(read).decompressed_content().unwrap()).unwrap().operations
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
    let form = own_form(&read);
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
    let form = own_form(&read);
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
    let form = own_form(&read);
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
    let form = own_form(&read);
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
    let states = resources(&read, own_form(&read), "ExtGState");
    assert!(states.has(b"A500") && states.len() == 1);
}

#[test]
fn a_group_that_overlaps_is_laid_over_as_a_whole() {
    let body = "<g opacity='0.5'><rect width='50' height='50' fill='red'/><rect x='20' width='50' height='50' fill='#005eb8'/></g>";
    for (profile, space) in [(Profile::Print, "DeviceCMYK"), (Profile::Screen, "DeviceRGB")] {
        let read = placed(&parse(svg(body).as_bytes()), profile);
        let form = own_form(&read);
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
        let form = own_form(&read);
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
fn black_text_overprints_where_there_is_room_for_ink() {
    let words = "<text x='5' y='20' font-family='Source Sans 3' font-size='10'>Zwart</text>";
    let ground = |fill: &str| format!("<rect width='100' height='50' fill='{fill}'/>");
    let dark = Color::Cmyk([10_000, 9_000, 9_000, 0]);
    for (body, below, overprints) in [
        (words.to_owned(), None, true),
        (format!("{}{words}", ground("#ffcc00")), None, true),
        (format!("{}{words}", ground("#000050")), None, false),
        (words.to_owned(), Some(dark), false),
        (words.replace("<text", "<text opacity='0.5'"), None, false),
        (words.replace("<text", "<text fill='#00497a'"), None, false),
    ] {
        let image = Image::parse_with(svg(&body).into_bytes(), &library()).unwrap();
        let mut items = vec![(at(10.0, 20.0), picture(&image, 100.0, 50.0, false))];
        items.splice(
            0..0,
            below.map(|fill| (at(0.0, 0.0), rect(0.0, 0.0, 200.0, 200.0, Some(fill)))),
        );
        let document = document(vec![page(items)]);
        let print = read(&document, Profile::Print);
        assert_eq!(names_of_states(&print).contains("OP"), overprints, "{body} on {below:?}");
        if overprints {
            let state = print.dict(resources(&print, own_form(&print), "ExtGState"), &["OP"]);
            assert_eq!(state.get(b"OPM").unwrap().as_i64().unwrap(), 1);
        }
        let screen = read(&document, Profile::Screen);
        assert!(!names_of_states(&screen).contains("OP"));
    }
}

fn names_of_states(read: &Read) -> BTreeSet<String> {
    let names = form_operations(read).into_iter().filter(|o| o.operator == "gs");
    names.map(|o| String::from_utf8_lossy(o.operands[0].as_name().unwrap()).into_owned()).collect()
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
    let form = own_form(&read);
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

#[test]
fn a_theme_says_what_stands_for_the_colours_of_artwork() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "theme.toml",
        "kind = 'theme'\n[colors]\n\
        light = { color = 'house 40%', artwork = ['#99bfe3', '#9abfe3'] }\n\
        house = { spot = 'PANTONE 300 C', cmyk = 'cmyk(100, 44, 0, 0)', artwork = '#005EB8' }\n\
        gold = { cmyk = 'cmyk(0, 20, 100, 5)', artwork = 'rgb(255, 204, 0)' }\n",
    );
    write(
        "a.toml",
        "theme = 'theme.toml'\n[cover]\ntitle = 'A'\n[[chapter]]\ntitle = 'B'\n\
        [[chapter.block]]\nimage = 'a.svg'\nalt = 'C'\n",
    );
    write(
        "a.svg",
        &svg(
            "<rect width='9' height='9' fill='#005eb8'/><rect x='9' width='9' height='9' fill='#9abfe3'/>",
        ),
    );
    let compiled = drukklaar::compile(&folder.path().join("a.toml"), &ASSETS, Default::default());
    let document = compiled.document.unwrap();
    let ink =
        SpotInk { name: SpotName::new("PANTONE 300 C").unwrap(), alternate: [10_000, 4_400, 0, 0] };
    let artwork = &document.print.artwork;
    for (rgb, color) in [
        ([0, 94, 184], Color::Spot { ink, tint: 10_000 }),
        ([153, 191, 227], Color::Spot { ink, tint: 4_000 }),
        ([154, 191, 227], Color::Spot { ink, tint: 4_000 }),
        ([255, 204, 0], Color::Cmyk([0, 2_000, 10_000, 500])),
        ([255, 204, 1], Color::Rgb([255, 204, 1])),
    ] {
        assert_eq!(artwork.color(rgb), color, "{rgb:?}");
    }
    let operations = form_operations(&read(&document, Profile::Print));
    assert_eq!((count(&operations, "scn"), count(&operations, "k")), (2, 0));
}
