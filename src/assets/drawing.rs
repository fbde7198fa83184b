//! Vector artwork, as read from an SVG file.

use super::Font;
use crate::base::{Abs, Path, Ratio, Size, Transform};
use std::sync::Arc;

/// Vector artwork, read from an SVG file.
///
/// Outlines and lines keep the numbers of the file, which are short and repeat;
/// `transform` and those of the shapes lead to points.
#[derive(Debug)]
pub struct Drawing {
    /// Natural size; what reaches past it is not seen.
    pub size: Size,
    /// From the drawing's own units to points from the top left corner; scales
    /// and shifts only.
    pub transform: Transform,
    /// What is drawn, from back to front.
    pub nodes: Vec<DrawingNode>,
    /// Outlines that nodes are clipped to, by the nodes' indices.
    pub clips: Vec<DrawingClip>,
}

impl Drawing {
    /// All text in it, in the order of drawing.
    pub fn texts(&self) -> Vec<&DrawingText> {
        fn collect<'a>(nodes: &'a [DrawingNode], texts: &mut Vec<&'a DrawingText>) {
            for node in nodes {
                match node {
                    DrawingNode::Shape(_) => {}
                    DrawingNode::Text(text) => texts.push(text),
                    DrawingNode::Group(group) => collect(&group.nodes, texts),
                }
            }
        }
        let mut texts = Vec::new();
        collect(&self.nodes, &mut texts);
        texts
    }
}

/// Something that is drawn.
#[derive(Debug)]
pub enum DrawingNode {
    /// An outline, filled or drawn.
    Shape(DrawingShape),
    /// Glyphs on one baseline.
    Text(DrawingText),
    /// What is drawn as a whole first, and then laid over what lies behind.
    Group(DrawingGroup),
}

/// One shape of a drawing. The fill is painted before the stroke.
#[derive(Debug)]
pub struct DrawingShape {
    /// From the shape's units, which its lines are measured in too, to the
    /// drawing's.
    pub transform: Transform,
    /// The outline; a length of 1 pt is one unit.
    pub path: Path,
    /// How it is filled.
    pub fill: Option<DrawingFill>,
    /// How its line is drawn.
    pub stroke: Option<DrawingStroke>,
    /// Indices into the drawing's clips; the shape shows inside all of them.
    pub clips: Vec<usize>,
}

/// Glyphs of one font, size and paint on one baseline.
#[derive(Debug)]
pub struct DrawingText {
    /// From points, with the origin at the start of the baseline and y
    /// downwards, to the drawing's units.
    pub transform: Transform,
    /// The face.
    pub font: Arc<Font>,
    /// The type size where the drawing has its natural size.
    pub size: Abs,
    /// The glyphs in the order in which the pen passes them.
    pub glyphs: Vec<DrawingGlyph>,
    /// The paint; its gradient, if it has one, is in units that `space` leads
    /// from to the drawing's.
    pub fill: DrawingFill,
    /// From the units of a gradient's place to the drawing's.
    pub space: Transform,
    /// Indices into the drawing's clips; the text shows inside all of them.
    pub clips: Vec<usize>,
}

/// A glyph of a drawing's text; lengths are in points, as the type size is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingGlyph {
    /// Its number in the font.
    pub id: u16,
    /// How far the pen moves.
    pub advance: Abs,
    /// Shift above the baseline.
    pub rise: Abs,
    /// The words it stands for; empty for further glyphs of one cluster.
    pub text: String,
}

/// What is drawn as a whole.
#[derive(Debug)]
pub struct DrawingGroup {
    /// What is in it, from back to front.
    pub nodes: Vec<DrawingNode>,
    /// How much of what lies behind is covered where the group is painted.
    pub opacity: Ratio,
}

/// An outline that hides what lies outside.
#[derive(Debug, PartialEq, Eq)]
pub struct DrawingClip {
    /// The outline in the drawing's units.
    pub path: Path,
    /// Whether areas enclosed twice are outside.
    pub even_odd: bool,
}

/// What a shape or line is painted with.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawingPaint {
    /// One sRGB colour.
    Solid([u8; 3]),
    /// Colours that run into each other.
    Gradient(Arc<DrawingGradient>),
}

/// Colours that run into each other along a line or between circles. Before its
/// start and after its end, the first and the last colour go on.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingGradient {
    /// Where it runs.
    pub line: GradientLine,
    /// From the gradient's units to those of the shape.
    pub transform: Transform,
    /// The colours along the way: at least two, by rising offsets of which the
    /// first is 0 and the last is 1.
    pub stops: Vec<DrawingStop>,
}

impl DrawingGradient {
    /// Whether some of its colours cover more than others.
    pub fn fades(&self) -> bool {
        self.stops.iter().any(|stop| stop.opacity.get() < 1.0)
    }
}

/// Where a gradient runs, in its own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GradientLine {
    /// Across the line from one point to the other.
    Linear {
        /// Where offset 0 is.
        from: (f64, f64),
        /// Where offset 1 is.
        to: (f64, f64),
    },
    /// From one circle to another that has it inside.
    Radial {
        /// The middle of the circle at offset 0.
        focus: (f64, f64),
        /// Its radius.
        focus_radius: f64,
        /// The middle of the circle at offset 1.
        center: (f64, f64),
        /// Its radius.
        radius: f64,
    },
}

/// A colour of a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawingStop {
    /// Where it is, from 0 to 1.
    pub offset: f64,
    /// The sRGB colour.
    pub color: [u8; 3],
    /// How much of what lies behind is covered.
    pub opacity: Ratio,
}

/// How a shape is filled.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingFill {
    /// With what.
    pub paint: DrawingPaint,
    /// Whether areas enclosed twice are holes.
    pub even_odd: bool,
    /// How much of what lies behind is covered.
    pub opacity: Ratio,
}

/// How a shape's line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingStroke {
    /// With what.
    pub paint: DrawingPaint,
    /// How much of what lies behind is covered.
    pub opacity: Ratio,
    /// The line's width, in the shape's units.
    pub width: Abs,
    /// The ends of open lines.
    pub cap: LineCap,
    /// The corners.
    pub join: LineJoin,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<Abs>,
    /// Where in the dashes the line starts.
    pub dash_phase: Abs,
}

impl DrawingStroke {
    /// How far the line reaches from its outline at most, in the shape's units:
    /// to the point of a mitre, or to the corner of a square cap.
    pub fn reach(&self) -> f64 {
        let longest = match self.join {
            LineJoin::Miter(limit) => limit.max(1.5),
            LineJoin::Round | LineJoin::Bevel => 1.5,
        };
        self.width.to_pt() / 2.0 * longest
    }
}

/// The ends of open lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCap {
    /// Cut off at the end.
    Butt,
    /// A half circle about the end.
    Round,
    /// Half the width past the end.
    Square,
}

/// The corners of lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LineJoin {
    /// A point, unless its length exceeds this many widths.
    Miter(f64),
    /// An arc about the corner.
    Round,
    /// Cut off.
    Bevel,
}
