//! Text with inline markup, as a list of runs.

use crate::base::Lang;
use crate::source::Text;
use std::sync::Arc;

/// Running text: paragraphs and lists.
pub type Flow = Vec<Paragraph>;

/// A part of running text.
#[derive(Debug, Clone)]
pub enum Paragraph {
    /// A paragraph.
    Text(Rich),
    /// A list; each entry is running text itself.
    List {
        /// The number of the first entry, if the entries are numbered.
        start: Option<u64>,
        /// The entries.
        entries: Vec<Flow>,
    },
}

/// Words with emphasis and links. A forced line break is the character U+2028.
#[derive(Debug, Clone)]
pub struct Rich {
    /// The runs in order; at least one, though it may be empty.
    pub runs: Vec<RichRun>,
}

impl Rich {
    /// Plain words.
    pub fn plain(text: Text) -> Rich {
        Rich {
            runs: vec![RichRun {
                text,
                strong: false,
                emphasis: false,
                link: None,
                voice: Voice::default(),
            }],
        }
    }

    /// All words without their markup.
    pub fn words(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// All words without their markup on one line, as the name of something.
    pub fn name(&self) -> String {
        self.words().replace('\u{2028}', " ")
    }
}

/// Words of one look.
#[derive(Debug, Clone)]
pub struct RichRun {
    /// The words.
    pub text: Text,
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Where a link leads: `https:`, `mailto:` or `tel:`.
    pub link: Option<Arc<str>>,
    /// How they are said.
    pub voice: Voice,
}

/// How words are said, where that is not as all words are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// Their language, if it is not the brochure's.
    pub lang: Option<Lang>,
    /// What they are short for.
    pub full: Option<Arc<str>>,
}

impl Voice {
    /// Whether they are said as all words are.
    pub fn is_plain(&self) -> bool {
        *self == Voice::default()
    }
}
