//! How text looks.

use super::draft;
use crate::assets::Font;
use crate::base::{Abs, Em, Lang};
use crate::color::Color;
use crate::model::{Rich, Voice};
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
    /// The colour behind the characters, if they are set apart.
    pub highlight: Option<Color>,
}

impl CharStyle {
    /// Height of capitals at this size.
    pub fn cap_height(&self) -> Abs {
        self.fonts.first().map_or(Abs::ZERO, |font| font.cap_height.at(self.size))
    }
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
    /// Whether marks with little ink hang out of the measure.
    pub protrusion: bool,
    /// How much glyphs may be drawn wider or narrower to justify a line, in
    /// thousandths.
    pub expansion: i16,
    /// Whether hyphens are dear beside the one that a compound of an initialism has
    /// anyway: *mkb-maak-bedrijven*.
    pub initialisms: bool,
}

/// A paragraph ready to be set.
#[derive(Debug, Clone)]
pub struct StyledText {
    /// The words with their looks. A forced line break is U+2028.
    pub runs: Vec<StyledRun>,
    /// How the paragraph is set.
    pub para: Arc<ParaStyle>,
}

impl StyledText {
    /// The same words, set with other line ends.
    pub fn aligned(mut self, align: Align) -> StyledText {
        self.para = Arc::new(ParaStyle { align, ..(*self.para).clone() });
        self
    }
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
    /// How they are said.
    pub voice: Voice,
}

/// The looks of one kind of text, plain and with inline markup.
#[derive(Debug, Clone)]
pub struct TextStyle {
    /// Plain words.
    pub plain: Arc<CharStyle>,
    /// Bold words.
    pub strong: Arc<CharStyle>,
    /// Italic words.
    pub emphasis: Arc<CharStyle>,
    /// Bold italic words.
    pub strong_emphasis: Arc<CharStyle>,
    /// The colour of links.
    pub link: Color,
    /// How paragraphs are set.
    pub para: Arc<ParaStyle>,
}

impl TextStyle {
    /// Words with inline markup in this look.
    pub fn rich(&self, rich: &Rich) -> StyledText {
        let runs = rich.runs.iter().map(|run| {
            let face = match (run.strong, run.emphasis) {
                (false, false) => &self.plain,
                (true, false) => &self.strong,
                (false, true) => &self.emphasis,
                (true, true) => &self.strong_emphasis,
            };
            let style = match &run.link {
                Some(_) if face.color != self.link => {
                    Arc::new(CharStyle { color: self.link, ..(**face).clone() })
                }
                _ => Arc::clone(face),
            };
            StyledRun {
                text: run.text.clone(),
                style,
                link: run.link.clone(),
                voice: run.voice.clone(),
            }
        });
        let runs = draft::set_apart(runs.collect());
        StyledText { runs, para: Arc::clone(&self.para) }
    }

    /// Plain words in this look.
    pub fn plain(&self, text: &Text) -> StyledText {
        self.linked(text, None)
    }

    /// Plain words that lead somewhere; the colour stays that of the text.
    pub fn linked(&self, text: &Text, link: Option<Arc<str>>) -> StyledText {
        let style = Arc::clone(&self.plain);
        let runs = draft::set_apart(vec![StyledRun {
            text: text.clone(),
            style,
            link,
            voice: Voice::default(),
        }]);
        StyledText { runs, para: Arc::clone(&self.para) }
    }

    /// The distance between baselines.
    pub fn leading(&self) -> Abs {
        self.para.leading
    }
}
