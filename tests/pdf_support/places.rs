//! Where the glyphs of a page stand, read from its operators alone.

use super::Read;
use lopdf::Object;

/// A glyph as a reader of the PDF places it, in points from the page's bottom
/// left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The pen before it.
    pub x: f64,
    /// Its baseline, with rise.
    pub y: f64,
    /// How far it moves the pen by its width in the PDF.
    pub advance: f64,
    /// The type size.
    pub size: f64,
    /// Its horizontal scaling; 1 is as drawn by the face.
    pub scale: f64,
}

/// The text state of a PDF (ISO 32000-1, 9.3), with defaults as on a new page.
#[derive(Debug, Clone)]
struct State {
    widths: Vec<f64>,
    size: f64,
    rise: f64,
    scale: f64,
}

/// All glyphs of a page in the order of its operators.
pub fn placed_glyphs(read: &Read, page: usize) -> Vec<Placed> {
    let mut state = State { widths: Vec::new(), size: 0.0, rise: 0.0, scale: 1.0 };
    let mut saved = Vec::new();
    let (mut line, mut pen) = ((0.0, 0.0), 0.0);
    let mut found = Vec::new();
    for operation in read.operations(page) {
        let number = |index: usize| f64::from(operation.operands[index].as_float().unwrap());
        match operation.operator.as_str() {
            "q" => saved.push(state.clone()),
            "Q" => state = saved.pop().unwrap(),
            "BT" => line = (0.0, 0.0),
            "Tf" => {
                state.widths = widths(read, page, operation.operands[0].as_name().unwrap());
                state.size = number(1);
            }
            "Ts" => state.rise = number(0),
            "Tz" => state.scale = number(0) / 100.0,
            "Td" => {
                line = (line.0 + number(0), line.1 + number(1));
                pen = 0.0;
            }
            "TJ" => {
                // ISO 32000-1, 9.4.4: widths and adjustments are scaled alike.
                let unit = state.size * state.scale / 1000.0;
                for part in operation.operands[0].as_array().unwrap() {
                    let Object::String(codes, _) = part else {
                        pen -= f64::from(part.as_float().unwrap()) * unit;
                        continue;
                    };
                    for code in codes.chunks(2) {
                        let code = usize::from(u16::from_be_bytes([code[0], code[1]]));
                        let advance = state.widths[code] * unit;
                        found.push(Placed {
                            x: line.0 + pen,
                            y: line.1 + state.rise,
                            advance,
                            size: state.size,
                            scale: state.scale,
                        });
                        pen += advance;
                    }
                }
            }
            "Tj" | "'" | "\"" | "Tc" | "Tw" | "Tm" | "T*" | "TD" => {
                panic!("{operation:?} is not understood here")
            }
            _ => {}
        }
    }
    found
}

/// The widths of a font's glyphs by their codes, in 1/1000 em.
fn widths(read: &Read, page: usize, name: &[u8]) -> Vec<f64> {
    let fonts = read.dict(&read.pages[page], &["Resources", "Font"]);
    let font = read.resolve(fonts.get(name).unwrap()).as_dict().unwrap();
    let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let widths = read.resolve(descendant).as_dict().unwrap().get(b"W").unwrap();
    let [Object::Integer(0), Object::Array(widths)] = &widths.as_array().unwrap()[..] else {
        panic!("{widths:?}");
    };
    widths.iter().map(|width| f64::from(width.as_float().unwrap())).collect()
}
