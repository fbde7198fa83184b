//! ToUnicode maps: which characters a font's codes stand for (ISO 32000-1,
//! 9.10.3; Adobe Technical Note 5014, 1.4).

use std::collections::BTreeMap;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// The ranges in which codes of so many bytes lie.
    spaces: Vec<(Code, Code)>,
    single: BTreeMap<Code, String>,
    /// By the last code; the first and what it stands for.
    ranges: BTreeMap<Code, (Code, Vec<u16>)>,
}

/// A code, with the number of its bytes in front, since `<41>` and `<0041>` are
/// two codes.
type Code = (usize, u32);

/// What a map is written in.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CMap {
    /// Reads a map; what is not understood in it says nothing.
    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut tokens = Tokens { bytes, at: 0 };
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"begincodespacerange") => map.read_spaces(&mut tokens),
                Token::Word(b"beginbfchar") => map.read_chars(&mut tokens),
                Token::Word(b"beginbfrange") => map.read_ranges(&mut tokens),
                _ => {}
            }
        }
        map
    }

    /// Whether it has a word for any code.
    pub(super) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.ranges.is_empty()
    }

    fn read_spaces(&mut self, tokens: &mut Tokens<'_>) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (tokens.next(), tokens.next()) {
            if let (Some(low), Some(high)) = (code(&low), code(&high)) {
                self.spaces.push((low, high));
            }
        }
    }

    fn read_chars(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Hex(from)) = tokens.next() {
            let Some(Token::Hex(to)) = tokens.next() else { return };
            if let Some(from) = code(&from) {
                self.single.insert(from, String::from_utf16_lossy(&units(&to)));
            }
        }
    }

    fn read_ranges(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Hex(low)) = tokens.next() {
            let Some(Token::Hex(high)) = tokens.next() else { return };
            let ends = code(&low).zip(code(&high)).filter(|(low, high)| low <= high);
            match tokens.next() {
                Some(Token::Hex(to)) => {
                    if let Some((low, high)) = ends {
                        self.ranges.insert(high, (low, units(&to)));
                    }
                }
                Some(Token::Open) => {
                    let mut next = ends.map(|(low, _)| low);
                    while let Some(Token::Hex(to)) = tokens.next() {
                        if let Some((length, value)) = next {
                            self.single
                                .insert((length, value), String::from_utf16_lossy(&units(&to)));
                            next = value.checked_add(1).map(|value| (length, value));
                        }
                    }
                }
                _ => return,
            }
        }
    }

    /// What a code of so many bytes stands for.
    pub(super) fn get(&self, bytes: &[u8]) -> Option<String> {
        let code = code(bytes)?;
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let (high, (low, units)) = self.ranges.range(code..).next()?;
        if high.0 != code.0 || code < *low {
            return None;
        }
        // Only the last unit counts up through the range.
        let mut units = units.clone();
        let last = units.last_mut()?;
        *last = last.wrapping_add((code.1 - low.1) as u16);
        Some(String::from_utf16_lossy(&units))
    }

    /// How many bytes the next code has, by the ranges that codes lie in; none
    /// if it lies in no range.
    pub(super) fn code_length(&self, bytes: &[u8]) -> Option<usize> {
        (1..=bytes.len().min(4)).find(|&length| {
            let inside = |(low, high): &(Code, Code)| {
                low.0 == length
                    && (0..length).all(|at| {
                        let shift = 8 * (length - 1 - at);
                        let [low, high] = [low.1, high.1].map(|end| (end >> shift) as u8);
                        (low..=high).contains(&bytes[at])
                    })
            };
            self.spaces.iter().any(inside)
        })
    }
}

fn code(bytes: &[u8]) -> Option<Code> {
    let value = bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
    (1..=4).contains(&bytes.len()).then_some((bytes.len(), value))
}

/// UTF-16 from its bytes; a single byte is a character by itself.
fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        bytes => bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

/// The tokens of a map, of PostScript's those that matter here.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn take_while(&mut self, holds: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|&byte| !holds(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// The next token, if there is one.
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.bytes.get(self.at)?;
            match first {
                b'%' => {
                    self.take_while(|byte| !b"\r\n".contains(&byte));
                }
                b'<' if self.bytes.get(self.at + 1) != Some(&b'<') => {
                    self.at += 1;
                    let digits = self.take_while(|byte| byte != b'>');
                    self.at = (self.at + 1).min(self.bytes.len());
                    return Some(Token::Hex(hex(digits)));
                }
                b'[' | b']' => {
                    self.at += 1;
                    return Some(if first == b'[' { Token::Open } else { Token::Close });
                }
                byte if is_word(byte) => return Some(Token::Word(self.take_while(is_word))),
                _ => self.at += 1,
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\0()<>[]{}/%".contains(&byte)
}

/// The bytes of hexadecimal digits; a last one by itself has a 0 after it.
fn hex(digits: &[u8]) -> Vec<u8> {
    let values = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16));
    let values: Vec<u8> = values.map(|value| value as u8).collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] = b"1 begincodespacerange <0000> <FFFF> endcodespacerange % (of two bytes)\n\
        2 beginbfchar <0001> <00660069> <0002> <D83DDE00> endbfchar\n\
        3 beginbfrange <0010> <0012> <0061> <0020><0021>[<0041> <00410042>]\n\
        <0030> <0040> <004E0061> endbfrange";

    #[test]
    fn codes_are_found_alone_in_ranges_and_in_lists() {
        let map = CMap::parse(MAP);
        let text = |code: u16| map.get(&code.to_be_bytes());
        for (code, expected) in [
            (1, Some("fi")),
            (2, Some("😀")),
            (0x10, Some("a")),
            (0x12, Some("c")),
            (0x13, None),
            (0x21, Some("AB")),
            (0x22, None),
            (0x31, Some("Nb")),
            (0x41, None),
        ] {
            assert_eq!(text(code).as_deref(), expected, "{code:#x}");
        }
        assert_eq!(map.get(&[0x10]), None);
    }

    #[test]
    fn codes_are_as_long_as_their_range_says() {
        let map = CMap::parse(
            b"begincodespacerange <00> <7F> <8140> <9FFC> endcodespacerange beginbfchar <> <41>",
        );
        assert_eq!(map.code_length(b"A"), Some(1));
        assert_eq!(map.code_length(&[0x81, 0x50]), Some(2));
        assert_eq!(map.code_length(&[0x81, 0x20]), None);
        assert_eq!(map.code_length(&[0x81]), None);
        assert!(map.is_empty());
    }
}
