//! How text looks.

use crate::assets::Font;
use crate::base::{Abs, Em, Lang};
use crate::color::Color;
use crate::source::Text;
use std::sync::Arc;

/// An OpenType feature and its setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Feature {
    /// The tag: `onum`, `smcp`.
    pub tag: [u8; 4],
    /// 0 off, 1 on, or the number of an alternate.
    pub value: u32,
}

/// How characters look.
#[derive(Debug, Clone)]
pub struct CharStyle {
    /// The face, then those to look in for a character it lacks.
    pub fonts: Vec<Arc<Font>>,
    /// The type size.
    pub size: Abs,
    /// The colour.
    pub color: Color,
    /// OpenType features beyond the default ones.
    pub features: Vec<Feature>,
    /// White added after each character.
    pub tracking: Em,
}

/// How the lines of a paragraph end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Flush at both sides, the last line left.
    Justify,
    /// Ragged at the right.
    Left,
    /// Ragged at both sides.
    Center,
    /// Ragged at the left.
    Right,
}

/// How a paragraph is set.
#[derive(Debug, Clone)]
pub struct ParaStyle {
    /// From baseline to baseline.
    pub leading: Abs,
    /// How lines end.
    pub align: Align,
    /// Language of hyphenation and shaping.
    pub lang: Lang,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
}

/// A paragraph ready to be set.
#[derive(Debug, Clone)]
pub struct StyledText {
    /// The words with their looks. A forced line break is U+2028.
    pub runs: Vec<StyledRun>,
    /// How the paragraph is set.
    pub para: Arc<ParaStyle>,
}

/// Words of one look.
#[derive(Debug, Clone)]
pub struct StyledRun {
    /// The words.
    pub text: Text,
    /// Their look.
    pub style: Arc<CharStyle>,
    /// Where a link leads.
    pub link: Option<Arc<str>>,
}
