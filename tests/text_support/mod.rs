//! Styled text for the tests of `text`.
#![allow(dead_code, reason = "each test file uses a part of it")]

use drukklaar::assets::{Assets, Font};
use drukklaar::base::{Abs, Em, Lang};
use drukklaar::color::Color;
use drukklaar::diag::{Diagnostics, Files, SourceFile, Span};
use drukklaar::document::{GlyphKind, GlyphRun, Item, Link};
use drukklaar::source::Text;
use drukklaar::text::{Line, LineEnd, Typesetter};
use drukklaar::theme::{Align, CharStyle, Feature, ParaStyle, StyledRun, StyledText, Voice};
use std::sync::{Arc, LazyLock};

/// The text face.
pub(crate) fn regular() -> Arc<Font> {
    face("Source Sans 3", "regular")
}

#[expect(clippy::expect_used, reason = "a test without the face must fail")]
pub(crate) fn face(family: &str, face: &str) -> Arc<Font> {
    static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::new);
    ASSETS.builtin_font(family, face).expect("a face of the program")
}

pub(crate) fn style(font: &Arc<Font>) -> CharStyle {
    CharStyle {
        fonts: vec![Arc::clone(font)],
        size: Abs::pt(10.0),
        color: Color::BLACK,
        features: Vec::new(),
        tracking: Em::new(0.0),
        highlight: None,
    }
}

pub(crate) fn feature(tag: &[u8; 4]) -> Feature {
    Feature { tag: *tag, value: 1 }
}

/// A paragraph whose words all stand in one file, run after run.
pub(crate) struct Builder {
    pub(crate) files: Files,
    texts: Vec<(String, CharStyle, Option<Arc<str>>)>,
    pub(crate) para: ParaStyle,
}

impl Builder {
    pub(crate) fn new(text: &str) -> Builder {
        Builder::styled(text, style(&regular()))
    }

    pub(crate) fn styled(text: &str, style: CharStyle) -> Builder {
        Builder {
            files: Files::new(),
            texts: vec![(text.to_owned(), style, None)],
            para: ParaStyle {
                leading: Abs::pt(13.0),
                align: Align::Justify,
                lang: Lang::Nl,
                hyphenate: true,
                protrusion: false,
                expansion: 0,
                initialisms: true,
            },
        }
    }

    pub(crate) fn then(mut self, text: &str, style: CharStyle) -> Builder {
        self.texts.push((text.to_owned(), style, None));
        self
    }

    pub(crate) fn linked(mut self, text: &str, style: CharStyle, url: &str) -> Builder {
        self.texts.push((text.to_owned(), style, Some(url.into())));
        self
    }

    pub(crate) fn align(mut self, align: Align) -> Builder {
        self.para.align = align;
        self
    }

    pub(crate) fn lang(mut self, lang: Lang) -> Builder {
        self.para.lang = lang;
        self
    }

    /// Lets hyphens stand beside those of initialisms.
    pub(crate) fn initialisms_as_others(mut self) -> Builder {
        self.para.initialisms = false;
        self
    }

    pub(crate) fn unhyphenated(mut self) -> Builder {
        self.para.hyphenate = false;
        self
    }

    pub(crate) fn build(mut self) -> Built {
        let all: String = self.texts.iter().map(|(text, ..)| text.as_str()).collect();
        let id = self.files.add(Arc::new(SourceFile::new("a.toml", all.as_str())));
        let mut runs = Vec::new();
        let mut at = 0;
        for (text, style, link) in self.texts {
            let span = Span::new(id, at, at + text.len());
            at += text.len();
            runs.push(StyledRun {
                text: Text::verbatim(text, span),
                style: Arc::new(style),
                link,
                voice: Voice::default(),
            });
        }
        Built {
            files: self.files,
            styled: StyledText { runs, para: Arc::new(self.para) },
            text: all,
        }
    }
}

pub(crate) struct Built {
    pub(crate) files: Files,
    pub(crate) styled: StyledText,
    pub(crate) text: String,
}

impl Built {
    pub(crate) fn paragraph(&self, measure: Abs) -> (Vec<Line>, Diagnostics) {
        let mut diags = Diagnostics::new();
        let lines = Typesetter::new().paragraph(&self.styled, measure, &mut diags);
        (lines, diags)
    }

    /// The lines; nothing may be wrong with them.
    pub(crate) fn lines(&self, measure: Abs) -> Vec<Line> {
        let (lines, diags) = self.paragraph(measure);
        assert!(diags.is_empty(), "{diags:?}");
        lines
    }

    /// The text as one line.
    pub(crate) fn line(&self) -> Line {
        let mut diags = Diagnostics::new();
        let line = Typesetter::new().line(&self.styled, &mut diags);
        assert!(diags.is_empty(), "{diags:?}");
        line
    }

    pub(crate) fn widths(&self) -> (Abs, Abs) {
        Typesetter::new().widths(&self.styled, &mut Diagnostics::new())
    }
}

pub(crate) fn runs(line: &Line) -> Vec<&GlyphRun> {
    line.items
        .iter()
        .filter_map(|(_, item)| match item {
            Item::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

pub(crate) fn links(line: &Line) -> Vec<(drukklaar::base::Point, &Link)> {
    line.items
        .iter()
        .filter_map(|(at, item)| match item {
            Item::Link(link) => Some((*at, link)),
            _ => None,
        })
        .collect()
}

/// What a reader sees in a line.
pub(crate) fn shown(line: &Line) -> String {
    runs(line).iter().map(|run| run.text.as_str()).collect()
}

/// The words of the paragraph as they were before it was broken.
pub(crate) fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        for run in runs(line) {
            let added = run.glyphs.iter().find(|g| g.kind == GlyphKind::LineEndHyphen);
            out.push_str(&run.text[..added.map_or(run.text.len(), |g| g.text_start as usize)]);
        }
        match line.end {
            LineEnd::Space => out.push(' '),
            LineEnd::Forced => out.push('\u{2028}'),
            LineEnd::Hyphen | LineEnd::Joined | LineEnd::Paragraph => {}
        }
    }
    out
}

/// The pen's path over all glyphs of a line.
pub(crate) fn advance(line: &Line) -> Abs {
    runs(line).iter().map(|run| run.width()).sum()
}
