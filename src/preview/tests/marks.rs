//! The marks over a page.

use super::*;
use crate::document::LinkTarget;

fn with_line(line: LineFacts) -> PageImage {
    let mut page = page(Vec::new());
    page.frame.lines.push(line);
    drawn(&page, &[Overlay::Badness])
}

#[test]
fn the_grid_lies_under_each_baseline() {
    let mut page = page(Vec::new());
    page.grid = Some(Grid { first: Abs::pt(10.0), leading: Abs::pt(12.3), rows: 4 });
    let image = drawn(&page, &[Overlay::Grid]);
    let lines: Vec<u32> = (0..80).filter(|&y| image.pixel(50, y) != WHITE).collect();
    assert_eq!(lines, [10, 22, 35, 47]);
    assert_eq!(image.extent(), (0, 99));
    let [r, g, b] = image.pixel(50, 10);
    assert!(r < g && g < b, "cyan");
    assert!(drawn(&page, &[]).pixels.iter().all(|&value| value == 255));
}

#[test]
fn frames_go_around_columns_pictures_and_links() {
    let link = Item::Link(Link {
        target: LinkTarget::Url("https://www.example.nl".to_owned()),
        size: Size::new(Abs::pt(20.0), Abs::pt(10.0)),
        words: String::new(),
        span: span(),
    });
    let white = row_of_pixels(&[WHITE]);
    let items = vec![(at(55.5, 20.5), picture(&white, 21.0, 21.0, false)), (at(70.5, 60.5), link)];
    let mut page = page(items);
    page.grid = Some(Grid { first: Abs::pt(20.0), leading: Abs::pt(10.0), rows: 6 });
    page.columns.push(column(rect(10.5, 12.5, 30.0, 40.0)));
    let image = drawn(&page, &[Overlay::Frames]);
    let marked = |x, y| {
        let [r, g, b] = image.pixel(x, y);
        // Pure magenta lets no green through.
        r > 200 && g < 120 && b > 100
    };
    for (x, y) in [(0, 40), (99, 5), (50, 79)] {
        assert!(marked(x, y), "the page, {x} {y}: {:?}", image.pixel(x, y));
    }
    for (x, y) in [(10, 30), (40, 30), (25, 12), (25, 52)] {
        assert!(marked(x, y), "the column, {x} {y}: {:?}", image.pixel(x, y));
    }
    assert_ne!(image.pixel(25, 30), WHITE, "the column is tinted");
    assert!((11..40).any(|x| marked(x, 69)), "the text area ends with the grid");
    for (x, y) in [(55, 30), (76, 30), (65, 20), (65, 41)] {
        assert!(marked(x, y), "the picture, {x} {y}: {:?}", image.pixel(x, y));
    }
    assert_ne!(image.pixel(65, 30), WHITE, "a picture is crossed out");
    assert!((71..90).any(|x| marked(x, 60)) && (61..70).any(|y| marked(70, y)), "the link");
    assert_eq!(image.pixel(80, 65), WHITE);
}

#[test]
fn bands_are_red_or_blue_and_the_stronger_the_further() {
    let band = |ratio| with_line(LineFacts { ratio, ..line() });
    assert!(band(0.0).pixels.iter().all(|&value| value == 255));
    let loose = band(0.5);
    // Twelve points about the baseline: nine above, three below.
    let rows: Vec<u32> = (0..80).filter(|&y| loose.pixel(50, y) != WHITE).collect();
    assert_eq!(rows, (31..43).collect::<Vec<_>>());
    assert_eq!(loose.extent(), (10, 69));
    let [r, g, b] = loose.pixel(50, 40);
    assert!(r > 230 && g < 220 && b < 220, "{r} {g} {b}");
    let [r, _, b] = band(-0.5).pixel(50, 40);
    assert!(b > 230 && r < 220, "{r} {b}");
    let green = |ratio| band(ratio).pixel(50, 40)[1];
    assert!(green(0.2) > green(0.5) && green(0.5) > green(1.0));
    assert_eq!(green(1.0), green(7.0));
    assert_eq!(green(f64::NAN), 255);
}

#[test]
fn bands_follow_protrusion() {
    let protrusion = (Abs::pt(2.0), Abs::pt(1.0));
    let image = with_line(LineFacts { ratio: 1.0, protrusion, ..line() });
    assert_eq!(image.extent(), (8, 67));
}

#[test]
fn holes_hyphens_and_runts_are_marked() {
    let hole = with_line(LineFacts { gap: 1.71, ..line() });
    assert_eq!(hole.pixel(50, 40), WHITE, "only a frame");
    let [r, g, _] = hole.pixel(50, 31);
    assert!(r > 200 && g < 100);
    assert!(with_line(LineFacts { gap: 1.7, ..line() }).pixels.iter().all(|&value| value == 255));
    let hyphen = with_line(LineFacts { hyphen: true, ..line() });
    assert_eq!(hyphen.extent(), (70, 71));
    let last = |width: f64, index, count| {
        let width = Abs::pt(width);
        with_line(LineFacts { width, index, count, ..line() }).darkness() > 0.0
    };
    assert!(last(39.0, 1, 2), "less than four ems");
    assert!(!last(40.0, 1, 2));
    assert!(!last(39.0, 0, 2), "not the last");
    assert!(!last(39.0, 0, 1), "a paragraph of one line");
}

#[test]
fn marks_lie_over_the_page_in_an_order_of_their_own() {
    let black = shape(Path::rect(rect(0.0, 0.0, 100.0, 80.0)), Some(Color::Rgb([0; 3])), None);
    let mut page = page(vec![(Point::ZERO, black)]);
    page.grid = Some(Grid { first: Abs::pt(40.0), leading: Abs::pt(12.0), rows: 1 });
    page.frame.lines.push(LineFacts { ratio: 1.0, ..line() });
    let image = drawn(&page, &[Overlay::Badness, Overlay::Grid]);
    assert_ne!(image.pixel(50, 40), [0; 3]);
    assert_eq!(image, drawn(&page, &[Overlay::Grid, Overlay::Badness, Overlay::Grid]));
}
