//! Graphics operators, with what is in force remembered so that nothing is
//! said twice.

use super::Profile;
use super::number;
use super::strings::hash;
use crate::assets::{LineCap, LineJoin};
use crate::base::{Abs, Path, Point, Rect, Segment, Transform};
use crate::color::{Color, Converter, SpotInk};
use std::collections::BTreeSet;

/// A colour in the device space of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Rgb([u8; 3]),
    Cmyk([u16; 4]),
    /// An ink of its own plate, and how much of it in hundredths of a percent.
    Spot {
        ink: SpotInk,
        tint: u16,
    },
    /// Every plate in full, for the printer's marks.
    Registration,
    /// A gradient, by its number among the patterns of a form.
    Pattern(usize),
}

impl Paint {
    /// Black ink alone, in full.
    pub(super) const BLACK: Paint = Paint::Cmyk([0, 0, 0, 10_000]);

    /// The only way from an author's colour to a file's.
    pub(super) fn new(color: Color, profile: Profile, converter: &Converter) -> Paint {
        match (profile, color) {
            (Profile::Print, Color::Spot { tint: 0, .. }) => Paint::Cmyk([0; 4]),
            (Profile::Print, Color::Spot { ink, tint }) => Paint::Spot { ink, tint },
            (Profile::Print, _) => Paint::Cmyk(converter.to_cmyk(color)),
            (Profile::Screen, _) => Paint::Rgb(converter.to_rgb(color)),
        }
    }

    fn push(self, out: &mut Vec<u8>, stroke: bool) {
        let operator: &[u8] = match self {
            Paint::Rgb(rgb) => {
                for value in rgb {
                    number::push(out, (i64::from(value) * 2000 + 255) / 510);
                    out.push(b' ');
                }
                if stroke { b"RG\n" } else { b"rg\n" }
            }
            Paint::Cmyk(inks) => {
                for ink in inks {
                    number::push_parts(out, i64::from(ink), 4);
                    out.push(b' ');
                }
                if stroke { b"K\n" } else { b"k\n" }
            }
            Paint::Spot { ink, tint } => {
                separation(out, &spot_resource(&ink), tint, stroke);
                return;
            }
            Paint::Registration => {
                separation(out, REGISTRATION, 10_000, stroke);
                return;
            }
            Paint::Pattern(index) => {
                let (space, color) = if stroke { ("CS", "SCN") } else { ("cs", "scn") };
                let name = pattern_name(index);
                out.extend_from_slice(format!("/Pattern {space} /{name} {color}\n").as_bytes());
                return;
            }
        };
        out.extend_from_slice(operator);
    }
}

/// The resource name of the colour space that prints on every plate.
pub(super) const REGISTRATION: &str = "All";

/// The resource name of a spot ink's colour space: the same in every page and
/// form, so that none has to ask another.
pub(super) fn spot_resource(ink: &SpotInk) -> String {
    let inks = ink.alternate.map(u16::to_be_bytes).concat();
    format!("S{:08X}", hash(&[ink.name.as_str().as_bytes(), b"\0", &inks]) >> 96)
}

/// Sets a Separation colour space and its tint in hundredths of a percent.
fn separation(out: &mut Vec<u8>, resource: &str, tint: u16, stroke: bool) {
    let (space, color) = if stroke { ("CS", "SCN") } else { ("cs", "scn") };
    out.extend_from_slice(format!("/{resource} {space} ").as_bytes());
    number::push_parts(out, i64::from(tint), 4);
    out.extend_from_slice(format!(" {color}\n").as_bytes());
}

/// What is in force. `None` is whatever the reader starts with.
#[derive(Debug, Clone, Default)]
struct State {
    fill: Option<Paint>,
    stroke: Option<Paint>,
    width: Option<Abs>,
    style: Option<LineStyle>,
    alpha: Option<u16>,
    overprint: bool,
}

/// How a line is drawn, besides its colour and width.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LineStyle {
    pub(super) cap: LineCap,
    pub(super) join: LineJoin,
    pub(super) dash: Vec<Abs>,
    pub(super) dash_phase: Abs,
}

/// From this module's coordinates to those of a page or form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// Added to every x.
    pub(super) left: Abs,
    /// Where y is zero, counted from the bottom; none if y grows downwards in
    /// the file as well.
    pub(super) top: Option<Abs>,
    /// Decimal places of lengths.
    pub(super) places: u32,
}

impl Space {
    /// A place in points times ten to the power of `places`.
    pub(super) fn place(&self, at: Point) -> (i64, i64) {
        let y = self.top.map_or(at.y, |top| top - at.y);
        (self.length(self.left + at.x), self.length(y))
    }

    fn length(&self, length: Abs) -> i64 {
        number::parts(length, self.places)
    }
}

/// A content stream in the making.
#[derive(Debug)]
pub(super) struct Ops {
    pub(super) out: Vec<u8>,
    pub(super) space: Space,
    state: State,
    saved: Vec<State>,
    /// The spot inks in use.
    pub(super) spots: BTreeSet<SpotInk>,
    /// Whether overprinting was ever asked for.
    pub(super) overprints: bool,
}

impl Ops {
    pub(super) fn new(space: Space) -> Ops {
        Ops {
            out: Vec::with_capacity(8 * 1024),
            space,
            state: State::default(),
            saved: Vec::new(),
            spots: BTreeSet::new(),
            overprints: false,
        }
    }

    /// Saves the graphics state.
    pub(super) fn save(&mut self) {
        self.saved.push(self.state.clone());
        self.out.extend_from_slice(b"q\n");
    }

    /// Restores the graphics state.
    pub(super) fn restore(&mut self) {
        self.state = self.saved.pop().unwrap_or_default();
        self.out.extend_from_slice(b"Q\n");
    }

    /// Sets the colour of fills and text.
    pub(super) fn fill_color(&mut self, paint: Paint) {
        if self.state.fill != Some(paint) {
            self.state.fill = Some(paint);
            self.note(paint);
            paint.push(&mut self.out, false);
        }
    }

    /// Sets the colour of lines.
    pub(super) fn stroke_color(&mut self, paint: Paint) {
        if self.state.stroke != Some(paint) {
            self.state.stroke = Some(paint);
            self.note(paint);
            paint.push(&mut self.out, true);
        }
    }

    fn note(&mut self, paint: Paint) {
        if let Paint::Spot { ink, .. } = paint {
            self.spots.insert(ink);
        }
    }

    /// Sets whether inks print over what lies below instead of knocking it out,
    /// by a graphics state of [`OVERPRINT`] or [`KNOCK_OUT`].
    pub(super) fn overprint(&mut self, overprint: bool) {
        if self.state.overprint != overprint {
            self.state.overprint = overprint;
            self.overprints = true;
            self.operator(&format!("/{} gs", if overprint { OVERPRINT } else { KNOCK_OUT }));
        }
    }

    /// Sets the width of lines.
    pub(super) fn line_width(&mut self, width: Abs) {
        if self.state.width != Some(width) {
            self.state.width = Some(width);
            self.number(self.space.length(width));
            self.out.extend_from_slice(b"w\n");
        }
    }

    /// Sets caps, joins and dashes of lines.
    pub(super) fn line_style(&mut self, style: LineStyle) {
        if self.state.style.as_ref() == Some(&style) {
            return;
        }
        let old = self.state.style.as_ref();
        let cap = match style.cap {
            LineCap::Butt => "0 J",
            LineCap::Round => "1 J",
            LineCap::Square => "2 J",
        };
        let dashes = |style: &LineStyle| (style.dash.clone(), style.dash_phase);
        let new_cap = old.is_none_or(|old| old.cap != style.cap);
        let new_join = old.is_none_or(|old| old.join != style.join);
        let new_dash = match old {
            Some(old) => dashes(old) != dashes(&style),
            None => true,
        };
        if new_cap {
            self.operator(cap);
        }
        if new_join {
            match style.join {
                LineJoin::Miter(limit) => {
                    self.operator("0 j");
                    number::push(&mut self.out, (limit * 1e3).round() as i64);
                    self.operator(" M");
                }
                LineJoin::Round => self.operator("1 j"),
                LineJoin::Bevel => self.operator("2 j"),
            }
        }
        if new_dash {
            self.out.push(b'[');
            for dash in &style.dash {
                self.number(self.space.length(*dash));
            }
            self.out.push(b']');
            self.number(self.space.length(style.dash_phase));
            self.operator("d");
        }
        self.state.style = Some(style);
    }

    /// Sets the opacity, in thousandths, by a graphics state of [`alpha_name`].
    pub(super) fn alpha(&mut self, alpha: u16) {
        if self.state.alpha.unwrap_or(1000) != alpha {
            self.operator(&format!("/{} gs", alpha_name(alpha)));
        }
        self.state.alpha = Some(alpha);
    }

    /// Clips to the outline that has just been appended.
    pub(super) fn clip(&mut self, even_odd: bool) {
        self.operator(if even_odd { "W* n" } else { "W n" });
    }

    /// Changes the coordinates.
    pub(super) fn transform(&mut self, matrix: Transform) {
        let Transform { a, b, c, d, e, f } = matrix;
        for value in [a, b, c, d] {
            // Scales of large images need more places than lengths do.
            number::push_parts(&mut self.out, (value * 1e6).round() as i64, 6);
            self.out.push(b' ');
        }
        // Shifts are rounded like the lengths of whoever gives them.
        for value in [e, f] {
            number::push_parts(&mut self.out, (value * 1e4).round() as i64, 4);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(b"cm\n");
    }

    /// Appends an operator without operands, or with operands written before.
    pub(super) fn operator(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    /// Appends a number, in parts as places are, and a blank.
    pub(super) fn number(&mut self, parts: i64) {
        number::push_parts(&mut self.out, parts, self.space.places);
        self.out.push(b' ');
    }

    /// Appends an outline whose origin lies at `origin`; false if it is empty.
    pub(super) fn path(&mut self, path: &Path, origin: Point) -> bool {
        let mut open = false;
        let mut rest = &path.segments[..];
        while let Some((segment, after)) = rest.split_first() {
            if let Some((corner, opposite, after)) = rectangle(rest) {
                self.corners(origin + corner, origin + opposite);
                rest = after;
                open = true;
                continue;
            }
            rest = after;
            match *segment {
                Segment::Move(to) => self.points(&[to], origin, "m"),
                // A line or curve without a start begins where it leads.
                Segment::Line(to) | Segment::Cubic(_, _, to) if !open => {
                    self.points(&[to], origin, "m");
                }
                Segment::Line(to) => self.points(&[to], origin, "l"),
                Segment::Cubic(c1, c2, to) => self.points(&[c1, c2, to], origin, "c"),
                Segment::Close if open => self.operator("h"),
                Segment::Close => continue,
            }
            open = true;
        }
        open
    }

    /// Appends an upright rectangle.
    pub(super) fn rect(&mut self, rect: Rect, origin: Point) {
        self.corners(
            origin + Point::new(rect.left(), rect.top()),
            origin + Point::new(rect.right(), rect.bottom()),
        );
    }

    /// Appends a rectangle that starts at one corner and goes sideways first.
    fn corners(&mut self, first: Point, opposite: Point) {
        let (x1, y1) = self.space.place(first);
        let (x2, y2) = self.space.place(opposite);
        for value in [x1, y1, x2 - x1, y2 - y1] {
            self.number(value);
        }
        self.operator("re");
    }

    fn points(&mut self, points: &[Point], origin: Point, operator: &str) {
        for point in points {
            let (x, y) = self.space.place(origin + *point);
            self.number(x);
            self.number(y);
        }
        self.operator(operator);
    }
}

/// The resource name of the graphics state in which inks overprint.
pub(super) const OVERPRINT: &str = "OP";
/// The resource name of the graphics state in which inks knock out.
pub(super) const KNOCK_OUT: &str = "KO";

/// The resource name of a gradient.
pub(super) fn pattern_name(index: usize) -> String {
    format!("P{index}")
}

/// The resource name of a graphics state with an opacity in thousandths.
pub(super) fn alpha_name(alpha: u16) -> String {
    format!("A{alpha}")
}

/// The rectangle that an outline begins with, by its first corner and the one
/// opposite, and what comes after it. Only one that goes sideways first, since
/// `re` does: direction and start matter to winding rules and dashes.
pub(super) fn rectangle(segments: &[Segment]) -> Option<(Point, Point, &[Segment])> {
    let [
        Segment::Move(a),
        Segment::Line(b),
        Segment::Line(c),
        Segment::Line(d),
        Segment::Close,
        rest @ ..,
    ] = segments
    else {
        return None;
    };
    let upright = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    upright.then_some((*a, *c, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ops() -> Ops {
        Ops::new(Space { left: Abs::ZERO, top: Some(Abs::pt(100.0)), places: 3 })
    }

    fn text(ops: &Ops) -> &str {
        std::str::from_utf8(&ops.out).unwrap()
    }

    #[test]
    fn colours_and_widths_are_set_once_and_again_after_restoring() {
        let mut ops = ops();
        let (black, blue) = (Paint::Cmyk([0, 0, 0, 10_000]), Paint::Rgb([0, 73, 122]));
        ops.fill_color(black);
        ops.fill_color(black);
        ops.save();
        ops.fill_color(blue);
        ops.line_width(Abs::pt(0.5));
        ops.restore();
        ops.fill_color(black);
        ops.line_width(Abs::pt(0.5));
        assert_eq!(text(&ops), "0 0 0 1 k\nq\n0 0.286 0.478 rg\n0.5 w\nQ\n0.5 w\n");
    }

    #[test]
    fn rectangles_are_one_operator_and_y_is_turned() {
        let mut ops = ops();
        let rect = Rect::new(Abs::pt(1.0), Abs::pt(2.0), Abs::pt(30.0), Abs::pt(40.0));
        assert!(ops.path(&Path::rect(rect), Point::new(Abs::pt(10.0), Abs::ZERO)));
        assert_eq!(text(&ops), "11 98 30 -40 re\n");
    }

    #[test]
    fn rectangles_inside_an_outline_keep_their_direction() {
        let mut ops = ops();
        let mut path = Path::rect(Rect::new(Abs::ZERO, Abs::ZERO, Abs::pt(9.0), Abs::pt(9.0)));
        // A hole: the same way round in the other direction.
        path.segments.extend(
            [(6.0, 3.0), (3.0, 3.0), (3.0, 6.0), (6.0, 6.0)].into_iter().enumerate().map(
                |(i, (x, y))| {
                    let to = Point::new(Abs::pt(x), Abs::pt(y));
                    if i == 0 { Segment::Move(to) } else { Segment::Line(to) }
                },
            ),
        );
        path.segments.push(Segment::Close);
        assert!(ops.path(&path, Point::ZERO));
        assert_eq!(text(&ops), "0 100 9 -9 re\n6 97 -3 -3 re\n");
    }

    #[test]
    fn an_outline_without_a_start_or_without_anything_is_harmless() {
        let mut ops = ops();
        assert!(!ops.path(&Path::default(), Point::ZERO));
        assert!(!ops.path(&Path { segments: vec![Segment::Close] }, Point::ZERO));
        let line = Path { segments: vec![Segment::Line(Point::ZERO), Segment::Line(Point::ZERO)] };
        assert!(ops.path(&line, Point::ZERO));
        assert_eq!(text(&ops), "0 100 m\n0 100 l\n");
    }

    #[test]
    fn every_8_bit_value_survives_the_three_places() {
        for value in 0..=255_u8 {
            let mut out = Vec::new();
            Paint::Rgb([value; 3]).push(&mut out, false);
            let first = std::str::from_utf8(&out).unwrap().split(' ').next().unwrap().to_owned();
            assert_eq!((first.parse::<f64>().unwrap() * 255.0).round() as u8, value);
        }
    }
}
