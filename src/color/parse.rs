//! Colours from the author's text.

use super::Color;
use std::fmt;
use std::str::FromStr;

/// Why no colour can be read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColorError {
    /// Neither a name nor one of the notations.
    Unknown,
    /// `#` is not followed by six hexadecimal digits.
    Hex,
    /// The closing bracket is missing.
    Unclosed,
    /// Another number of values than the notation takes.
    Count {
        /// How many there are.
        found: usize,
        /// How many there must be.
        wanted: usize,
    },
    /// A value is no number; its text.
    Number(String),
    /// A value lies outside what is allowed.
    Range {
        /// The value's text.
        found: String,
        /// The smallest value allowed.
        min: i16,
        /// The largest value allowed.
        max: i16,
    },
}

impl ColorError {
    /// The notations that are allowed, for a message.
    pub const ALLOWED: &'static str = "\"#00497A\", \"rgb(0, 73, 122)\", \"cmyk(100, 60, 0, 40)\" in percent, \"lab(30, -2, -35)\", \"black\", \"white\"";
}

impl fmt::Display for ColorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColorError::Unknown => write!(f, "no colour of this name or notation"),
            ColorError::Hex => write!(f, "`#` takes six hexadecimal digits"),
            ColorError::Unclosed => write!(f, "the closing bracket is missing"),
            ColorError::Count { found, wanted } => {
                write!(f, "{found} values where {wanted} are needed")
            }
            ColorError::Number(text) => write!(f, "`{text}` is no number"),
            ColorError::Range { found, min, max } => {
                write!(f, "{found} is not between {min} and {max}")
            }
        }
    }
}

impl std::error::Error for ColorError {}

impl FromStr for Color {
    type Err = ColorError;

    /// Reads `#00497A`, `rgb(0, 73, 122)`, `cmyk(100, 60, 0, 40)`,
    /// `lab(30, -2, -35)`, `black` or `white`; upper and lower case and blanks do
    /// not matter. Inks are in percent; in inks and CIELAB up to two decimals
    /// count.
    fn from_str(text: &str) -> Result<Color, ColorError> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return hex(digits);
        }
        let lower = text.to_ascii_lowercase();
        match lower.as_str() {
            "black" => return Ok(Color::BLACK),
            "white" => return Ok(Color::WHITE),
            _ => {}
        }
        let (name, rest) = lower.split_once('(').ok_or(ColorError::Unknown)?;
        let list = |rest: &str| rest.trim_end().strip_suffix(')').map(str::to_owned);
        match name.trim_end() {
            "rgb" => {
                let values = values(&list(rest).ok_or(ColorError::Unclosed)?, [(0, 255); 3], 1.0)?;
                Ok(Color::Rgb(values.map(|value| value as u8)))
            }
            "cmyk" => {
                let list = list(rest).ok_or(ColorError::Unclosed)?;
                let values = values(&list, [(0, 100); 4], 100.0)?;
                Ok(Color::Cmyk(values.map(|value| value as u16)))
            }
            "lab" => {
                let list = list(rest).ok_or(ColorError::Unclosed)?;
                let values = values(&list, [(0, 100), (-128, 127), (-128, 127)], 100.0)?;
                Ok(Color::Lab(values.map(|value| value as i16)))
            }
            _ => Err(ColorError::Unknown),
        }
    }
}

fn hex(digits: &str) -> Result<Color, ColorError> {
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(ColorError::Hex);
    }
    let value = u32::from_str_radix(digits, 16).map_err(|_| ColorError::Hex)?;
    let [_, rgb @ ..] = value.to_be_bytes();
    Ok(Color::Rgb(rgb))
}

/// `N` numbers between their limits, separated by commas, each times `scale`,
/// rounded.
fn values<const N: usize>(
    list: &str,
    limits: [(i16, i16); N],
    scale: f64,
) -> Result<[f64; N], ColorError> {
    let texts: Vec<&str> = list.split(',').map(str::trim).collect();
    if texts.len() != N {
        return Err(ColorError::Count { found: texts.len(), wanted: N });
    }
    let mut values = [0.0; N];
    for ((value, text), (min, max)) in values.iter_mut().zip(texts).zip(limits) {
        let plain = text.strip_suffix('%').unwrap_or(text).trim_end();
        // `parse` alone would take `inf`, `nan` and exponents too.
        let digits = !plain.is_empty()
            && plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
        let number: f64 = Some(plain)
            .filter(|_| digits)
            .and_then(|plain| plain.parse().ok())
            .ok_or_else(|| ColorError::Number(text.to_owned()))?;
        if !(f64::from(min)..=f64::from(max)).contains(&number) {
            return Err(ColorError::Range { found: text.to_owned(), min, max });
        }
        *value = (number * scale).round();
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_is_read() {
        for (text, color) in [
            ("#00497A", Color::Rgb([0, 73, 122])),
            ("#00497a", Color::Rgb([0, 73, 122])),
            (" rgb(0, 73, 122) ", Color::Rgb([0, 73, 122])),
            ("RGB (0,73,122)", Color::Rgb([0, 73, 122])),
            ("cmyk(100, 60, 0, 40)", Color::Cmyk([10_000, 6_000, 0, 4_000])),
            ("cmyk(12.5, 0.25%, 0, 99.99)", Color::Cmyk([1_250, 25, 0, 9_999])),
            ("lab(30, -2, 35.25)", Color::Lab([3_000, -200, 3_525])),
            ("black", Color::BLACK),
            ("White", Color::WHITE),
        ] {
            assert_eq!(text.parse(), Ok(color), "{text}");
        }
    }

    #[test]
    fn every_fault_is_named() {
        let number = |text: &str| ColorError::Number(text.to_owned());
        let range = |found: &str, min, max| ColorError::Range { found: found.to_owned(), min, max };
        for (text, error) in [
            ("blauw", ColorError::Unknown),
            ("", ColorError::Unknown),
            ("hsl(1, 2, 3)", ColorError::Unknown),
            ("#12345", ColorError::Hex),
            ("#12345g", ColorError::Hex),
            ("#+12345", ColorError::Hex),
            ("#é1234", ColorError::Hex),
            ("rgb(1, 2, 3", ColorError::Unclosed),
            ("rgb(1, 2)", ColorError::Count { found: 2, wanted: 3 }),
            ("cmyk()", ColorError::Count { found: 1, wanted: 4 }),
            ("rgb(a, 2, 3)", number("a")),
            ("rgb(nan, 2, 3)", number("nan")),
            ("rgb(1,,3)", number("")),
            ("rgb(256, 2, 3)", range("256", 0, 255)),
            ("cmyk(-1, 0, 0, 0)", range("-1", 0, 100)),
            ("cmyk(100.5, 0, 0, 0)", range("100.5", 0, 100)),
            ("lab(101, 0, 0)", range("101", 0, 100)),
            ("lab(50, 0, -129)", range("-129", -128, 127)),
            ("lab(50, 0)", ColorError::Count { found: 2, wanted: 3 }),
        ] {
            assert_eq!(text.parse::<Color>(), Err(error), "{text}");
        }
    }
}
