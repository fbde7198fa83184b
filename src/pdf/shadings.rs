//! Gradients as shadings, in the inks or the light of the file.

use super::Profile;
use super::drawings::Colors;
use super::skeleton::separation;
use super::strings::name;
use crate::assets::{DrawingGradient, DrawingStop, GradientLine};
use crate::base::Transform;
use crate::color::{Color, SpotInk};
use lopdf::{Dictionary, Object, dictionary};

/// How far, in hundredths of a percent of any ink, the straight way between two
/// stops may be off what the profile gives for the colour between them. One
/// percent is less than presses hold from sheet to sheet (ISO 12647-2 allows 3 to
/// 5 % of dot gain), and less than a difference in colour of 1, which no eye sees.
const TOLERANCE: u16 = 100;
/// How often a way between two stops is halved at most: into 64 parts.
const MOST_HALVINGS: u32 = 6;

/// The colour space of a shading.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Space {
    Rgb,
    Cmyk,
    Spot(SpotInk),
    /// How much shows, in the mask of something that fades.
    Gray,
}

/// Components at an offset; each is from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    offset: f64,
    values: Vec<f64>,
}

/// A gradient, written: a shading and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shading {
    space: Space,
    line: GradientLine,
    /// From the gradient's units to those of the form.
    matrix: Transform,
    steps: Vec<Step>,
}

impl Shading {
    /// The colours of a gradient whose shape's units `map` brings to the form's.
    pub(super) fn colors(gradient: &DrawingGradient, map: Transform, colors: &Colors<'_>) -> Self {
        let (space, steps) = ramp(&gradient.stops, colors);
        Shading { space, line: gradient.line, matrix: map.after(gradient.transform), steps }
    }

    /// How much of each place of a gradient shows.
    pub(super) fn mask(gradient: &DrawingGradient, map: Transform) -> Self {
        let step = |stop: &DrawingStop| Step {
            offset: stop.offset,
            values: vec![stop.opacity.get().clamp(0.0, 1.0)],
        };
        Shading {
            space: Space::Gray,
            line: gradient.line,
            matrix: map.after(gradient.transform),
            steps: gradient.stops.iter().map(step).collect(),
        }
    }

    /// The spot ink that it is printed with.
    pub(super) fn spot(&self) -> Option<SpotInk> {
        match self.space {
            Space::Spot(ink) => Some(ink),
            _ => None,
        }
    }

    /// The most ink at any place, in hundredths of a percent.
    pub(super) fn ink(&self) -> u32 {
        let inks = self.steps.iter().map(|step| step.values.iter().sum::<f64>());
        match self.space {
            Space::Cmyk | Space::Spot(_) => (inks.fold(0.0, f64::max) * 1e4).ceil() as u32,
            Space::Rgb | Space::Gray => 0,
        }
    }

    /// From the gradient's units to those of the form.
    pub(super) fn matrix(&self) -> [Object; 6] {
        let Transform { a, b, c, d, e, f } = self.matrix;
        [real(a, 1e6), real(b, 1e6), real(c, 1e6), real(d, 1e6), real(e, 1e4), real(f, 1e4)]
    }

    /// The pattern that paints with it (ISO 32000-1, 8.7.4.2).
    pub(super) fn pattern(&self) -> Dictionary {
        dictionary! {
            "Type" => name("Pattern"),
            "PatternType" => 2,
            "Matrix" => self.matrix().to_vec(),
            "Shading" => self.dictionary(),
        }
    }

    /// The shading (ISO 32000-1, 8.7.4.5.3 and 8.7.4.5.4).
    pub(super) fn dictionary(&self) -> Dictionary {
        let point = |(x, y): (f64, f64)| [real(x, 1e5), real(y, 1e5)];
        let (kind, coords) = match self.line {
            GradientLine::Linear { from, to } => (2, [point(from), point(to)].concat()),
            GradientLine::Radial { focus, focus_radius, center, radius } => {
                let (inner, outer) = ([real(focus_radius, 1e5)], [real(radius, 1e5)]);
                (3, [&point(focus)[..], &inner, &point(center), &outer].concat())
            }
        };
        let space = match self.space {
            Space::Rgb => name("DeviceRGB"),
            Space::Cmyk => name("DeviceCMYK"),
            Space::Gray => name("DeviceGray"),
            Space::Spot(ink) => separation(&ink),
        };
        dictionary! {
            "ShadingType" => kind,
            "ColorSpace" => space,
            "Coords" => coords,
            "Function" => self.function(),
            "Extend" => vec![Object::Boolean(true), Object::Boolean(true)],
        }
    }

    /// The colours by offset: straight ways between steps, one after the other
    /// (ISO 32000-1, 7.10.3 and 7.10.4). Two steps at one offset are a jump.
    fn function(&self) -> Dictionary {
        let straight = |from: &Step, to: &Step| {
            let values =
                |step: &Step| step.values.iter().map(|value| real(*value, 1e4)).collect::<Vec<_>>();
            dictionary! {
                "FunctionType" => 2,
                "Domain" => vec![0.into(), 1.into()],
                "C0" => values(from),
                "C1" => values(to),
                "N" => 1,
            }
        };
        let ways: Vec<(f64, Dictionary)> = self
            .steps
            .windows(2)
            .filter_map(|pair| {
                let [from, to] = pair else { return None };
                let long = to.offset - from.offset > 1e-5;
                long.then(|| (to.offset, straight(from, to)))
            })
            .collect();
        match <[_; 1]>::try_from(ways) {
            Ok([(_, way)]) => way,
            Err(ways) => {
                let inner = ways.len().saturating_sub(1);
                let bounds = ways.iter().take(inner).map(|(end, _)| real(*end, 1e6)).collect();
                let encode = ways.iter().flat_map(|_| [0.into(), 1.into()]).collect();
                let functions = ways.into_iter().map(|(_, way)| way.into()).collect();
                dictionary! {
                    "FunctionType" => 3,
                    "Domain" => vec![0.into(), 1.into()],
                    "Functions" => Object::Array(functions),
                    "Bounds" => Object::Array(bounds),
                    "Encode" => Object::Array(encode),
                }
            }
        }
    }
}

/// A number rounded to a part of one, so that the last bits of single precision
/// leave no trace.
fn real(value: f64, parts: f64) -> Object {
    let rounded = (value * parts).round() / parts;
    // Minus zero is a zero with a needless sign.
    Object::Real(if rounded == 0.0 { 0.0 } else { rounded as f32 })
}

fn ramp(stops: &[DrawingStop], colors: &Colors<'_>) -> (Space, Vec<Step>) {
    let step = |stop: &DrawingStop, values: Vec<f64>| Step { offset: stop.offset, values };
    if colors.profile == Profile::Screen {
        let light = |stop: &DrawingStop| {
            let rgb = colors.converter.to_rgb(colors.artwork.color(stop.color));
            step(stop, rgb.map(|value| f64::from(value) / 255.0).to_vec())
        };
        return (Space::Rgb, stops.iter().map(light).collect());
    }
    if let Some((ink, tints)) = spot_tints(stops, colors) {
        let tint = |(stop, tint): (&DrawingStop, u16)| step(stop, vec![f64::from(tint) / 1e4]);
        return (Space::Spot(ink), stops.iter().zip(tints).map(tint).collect());
    }
    let mixer = Mixer { colors, black: stops.iter().all(|stop| stop.color == [0; 3]) };
    let mut steps: Vec<([u16; 4], f64)> = Vec::new();
    for pair in stops.windows(2) {
        let [from, to] = pair else { continue };
        let way = Way { mixer: &mixer, from, to, change: mixer.change(from, to) };
        let (first, last) = (way.inks(0.0), way.inks(1.0));
        steps.push((first, from.offset));
        if to.offset > from.offset {
            way.fill([(0.0, first), (1.0, last)], MOST_HALVINGS, &mut steps);
        }
        steps.push((last, to.offset));
    }
    let steps = steps.into_iter().map(|(inks, offset)| Step {
        offset,
        values: inks.map(|ink| f64::from(ink) / 1e4).to_vec(),
    });
    (Space::Cmyk, steps.collect())
}

/// The ink and its tints, if a gradient has no other colour but paper.
fn spot_tints(stops: &[DrawingStop], colors: &Colors<'_>) -> Option<(SpotInk, Vec<u16>)> {
    let found = stops.iter().map(|stop| colors.artwork.color(stop.color));
    let ink = found.clone().find_map(|color| match color {
        Color::Spot { ink, .. } => Some(ink),
        _ => None,
    })?;
    let tints = found.map(|color| match color {
        Color::Spot { ink: other, tint } => (other == ink).then_some(tint),
        other => (colors.converter.to_cmyk(other) == [0; 4]).then_some(0),
    });
    Some((ink, tints.collect::<Option<_>>()?))
}

/// Finds the inks of the colours between two stops.
struct Mixer<'a> {
    colors: &'a Colors<'a>,
    /// Whether the gradient has no colour but black.
    black: bool,
}

impl Mixer<'_> {
    /// What the profile makes of an sRGB colour. Black ink alone would stand out
    /// at the end of a way through dark colours, which the profile mixes from all
    /// inks, so that black is mixed as well.
    fn plain(&self, rgb: [u8; 3]) -> [u16; 4] {
        self.colors.converter.to_cmyk(match rgb {
            [0, 0, 0] if !self.black => Color::Lab([0, 0, 0]),
            rgb => Color::Rgb(rgb),
        })
    }

    /// How far the colours of the house that stand for two stops are from what
    /// the profile makes of the stops, ink by ink.
    fn change(&self, from: &DrawingStop, to: &DrawingStop) -> [[i32; 4]; 2] {
        [from.color, to.color].map(|rgb| match self.colors.artwork.color(rgb) {
            Color::Rgb(_) => [0; 4],
            color => {
                let (own, plain) = (self.colors.converter.to_cmyk(color), self.plain(rgb));
                std::array::from_fn(|ink| i32::from(own[ink]) - i32::from(plain[ink]))
            }
        })
    }
}

/// The way from one stop to the next.
struct Way<'a> {
    mixer: &'a Mixer<'a>,
    from: &'a DrawingStop,
    to: &'a DrawingStop,
    /// What is added to the inks at its ends; in between, a part of each.
    change: [[i32; 4]; 2],
}

impl Way<'_> {
    /// The inks at a part of the way: those of the sRGB colour there.
    fn inks(&self, t: f64) -> [u16; 4] {
        let mix = |a: f64, b: f64| a + (b - a) * t;
        let rgb = std::array::from_fn(|light| {
            mix(f64::from(self.from.color[light]), f64::from(self.to.color[light])).round() as u8
        });
        let plain = self.mixer.plain(rgb);
        let [first, last] = self.change;
        let inks = std::array::from_fn(|ink| {
            let change = mix(f64::from(first[ink]), f64::from(last[ink]));
            (f64::from(plain[ink]) + change).round().clamp(0.0, 10_000.0) as u16
        });
        // Colours of the house keep their inks, as they do elsewhere.
        if t > 0.0 && t < 1.0 {
            return self.mixer.colors.converter.condition().limited(inks);
        }
        inks
    }

    /// Adds steps between two places on the way until straight ways between them
    /// are near enough.
    fn fill(
        &self,
        [start, end]: [(f64, [u16; 4]); 2],
        halvings: u32,
        steps: &mut Vec<([u16; 4], f64)>,
    ) {
        if halvings == 0 {
            return;
        }
        let part = |share: f64| start.0 + (end.0 - start.0) * share;
        // The quarters too: a curve that bends both ways crosses in the middle.
        let off = [0.25, 0.5, 0.75].iter().any(|&share| {
            let inks = self.inks(part(share));
            inks.iter().zip(start.1.iter().zip(end.1)).any(|(ink, (a, b))| {
                let straight = f64::from(*a) + (f64::from(b) - f64::from(*a)) * share;
                (f64::from(*ink) - straight).abs() > f64::from(TOLERANCE)
            })
        });
        if !off {
            return;
        }
        let middle = (part(0.5), self.inks(part(0.5)));
        self.fill([start, middle], halvings - 1, steps);
        let length = self.to.offset - self.from.offset;
        steps.push((middle.1, self.from.offset + length * middle.0));
        self.fill([middle, end], halvings - 1, steps);
    }
}
