//! The type styles of a theme.

use super::fonts::Families;
use super::looks::Styles;
use super::read::Reader;
use super::{Align, CharStyle, Feature, ParaStyle, TextStyle};
use crate::assets::Font;
use crate::base::{Abs, Em, Lang};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, nearest};
use crate::source::{Fields, Node, Table, Text, Value};
use std::sync::Arc;

/// Reads the type styles, following `like`.
pub(super) struct StyleReader<'r, 'd, 'f, 't> {
    reader: &'r mut Reader<'d>,
    families: &'f Families,
    table: &'t Table,
    lang: Lang,
    initialisms: bool,
    /// A face to go on with where a style has none, so that all faults show.
    spare: Arc<Font>,
}

/// The most that glyphs may be stretched, in per cent: beyond that letterforms
/// begin to look distorted.
const MAX_EXPANSION: f64 = 2.0;

/// The keys of a style.
const STYLE_KEYS: &[&str] = &[
    "like",
    "font",
    "face",
    "strong",
    "emphasis",
    "strong_emphasis",
    "size",
    "leading",
    "color",
    "link",
    "align",
    "hyphenate",
    "features",
    "tracking",
    "protrusion",
    "expansion",
];

impl StyleReader<'_, '_, '_, '_> {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        families: &Families,
        fields: &Fields<'_>,
        lang: Lang,
        initialisms: bool,
        spare: Arc<Font>,
    ) -> Styles {
        let table = fields.table();
        let mut this = StyleReader { reader, families, table, lang, initialisms, spare };
        this.check_names();
        Styles::build(|name| this.style(name))
    }

    /// Unknown styles, unknown keys and circles of `like`.
    fn check_names(&mut self) {
        for entry in &self.table.entries {
            if !Styles::NAMES.contains(&entry.key.as_str()) {
                let mut finding = Diagnostic::error(
                    Code::UNKNOWN_KEY,
                    entry.key_span,
                    format!("there is no style `{}`", entry.key),
                )
                .allowed(Styles::NAMES.join(", "));
                if let Some(near) = nearest(&entry.key, Styles::NAMES.iter().copied()) {
                    finding = finding.hint(format!("did you mean `{near}`?"));
                }
                self.reader.diags.push(finding);
            }
            if let Some(mut fields) = Fields::of(&entry.node, "a style", self.reader.diags) {
                fields.allow(STYLE_KEYS);
                if let Some(like) = fields.text("like", self.reader.diags) {
                    self.check_like(&entry.key, like);
                }
                fields.finish(self.reader.diags);
            }
        }
    }

    fn check_like(&mut self, name: &str, like: &Text) {
        let known = self.table.get(like.as_str()).is_some();
        let circle = known && self.chain(like.as_str()).any(|(style, _)| style == name);
        if known && !circle {
            return;
        }
        let finding = |message| Diagnostic::error(Code::BAD_VALUE, like.span(), message);
        self.reader.diags.push(if circle {
            finding(format!("`{name}` is like itself, by way of `{}`", like.as_str()))
                .hint("let one style of the circle give its own values")
        } else {
            let finding = finding(format!("there is no style `{}` to be like", like.as_str()))
                .allowed(Styles::NAMES.join(", "));
            match nearest(like.as_str(), Styles::NAMES.iter().copied()) {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding,
            }
        });
    }

    /// A style and those it is like, the nearest first; circles end.
    fn chain(&self, name: &str) -> impl Iterator<Item = (String, &Table)> {
        let mut next = Some(name.to_owned());
        let mut left = self.table.entries.len();
        std::iter::from_fn(move || {
            let name = next.take()?;
            left = left.checked_sub(1)?;
            let Value::Table(table) = &self.table.get(&name)?.node.value else { return None };
            if let Some(Value::Text(like)) = table.get("like").map(|entry| &entry.node.value) {
                next = Some(like.as_str().to_owned());
            }
            Some((name, table))
        })
    }

    /// The value of a key in the nearest style of the chain that has it.
    fn find(&self, name: &str, key: &str) -> Option<Node> {
        self.chain(name).find_map(|(_, table)| table.get(key).map(|entry| entry.node.clone()))
    }

    fn style(&mut self, name: &'static str) -> TextStyle {
        let regular = self.face(name, "face");
        let strong = self.face(name, "strong");
        let emphasis = self.face(name, "emphasis");
        let strong_emphasis = self.face(name, "strong_emphasis");
        let size = Abs::pt(self.number(name, "size", 4.0, 200.0, 9.5));
        let color = self.color(name, "color");
        let features = self.features(name);
        let tracking = Em::new(self.number(name, "tracking", -0.1, 0.5, 0.0));
        let char_style = |font: Arc<Font>| {
            let mut fonts = vec![font];
            for other in self.families.fallbacks() {
                if !fonts.iter().any(|f| Arc::ptr_eq(f, other)) {
                    fonts.push(Arc::clone(other));
                }
            }
            Arc::new(CharStyle {
                fonts,
                size,
                color,
                features: features.clone(),
                tracking,
                highlight: None,
            })
        };
        let (plain, strong) = (char_style(regular), char_style(strong));
        let (emphasis, strong_emphasis) = (char_style(emphasis), char_style(strong_emphasis));
        let aligns = [
            ("justify", Align::Justify),
            ("left", Align::Left),
            ("center", Align::Center),
            ("right", Align::Right),
        ];
        let align = self.find(name, "align").and_then(|node| {
            crate::source::read::choice(&node, "align", &aligns, self.reader.diags)
        });
        let hyphenate = self.switch(name, "hyphenate");
        let protrusion = self.switch(name, "protrusion");
        let expansion = self.number(name, "expansion", 0.0, MAX_EXPANSION, 0.0);
        TextStyle {
            plain,
            strong,
            emphasis,
            strong_emphasis,
            link: self.color(name, "link"),
            para: Arc::new(ParaStyle {
                leading: Abs::pt(self.number(name, "leading", 4.0, 200.0, 13.0)),
                align: align.unwrap_or(Align::Left),
                lang: self.lang,
                hyphenate,
                protrusion,
                // At most a few per cent, in thousandths.
                expansion: (expansion * 10.0).round() as i16,
                initialisms: self.initialisms,
            }),
        }
    }

    fn switch(&mut self, name: &str, key: &'static str) -> bool {
        let node = self.find(name, key);
        let value = node.and_then(|node| crate::source::read::bool(&node, key, self.reader.diags));
        value.unwrap_or(false)
    }

    fn face(&mut self, name: &str, key: &str) -> Arc<Font> {
        let (Some(family), Some(face)) = (self.find(name, "font"), self.find(name, key)) else {
            return Arc::clone(&self.spare);
        };
        let diags = &mut *self.reader.diags;
        let family = crate::source::read::text(&family, "font", diags).cloned();
        let face_text = crate::source::read::text(&face, key, diags).cloned();
        let found = family
            .zip(face_text)
            .and_then(|(family, face)| self.families.face(&family, &face, diags));
        found.unwrap_or_else(|| Arc::clone(&self.spare))
    }

    fn number(&mut self, name: &str, key: &'static str, low: f64, high: f64, or: f64) -> f64 {
        let Some(node) = self.find(name, key) else { return or };
        let Some(value) = crate::source::read::number(&node, key, self.reader.diags) else {
            return or;
        };
        if (low..=high).contains(&value) {
            return value;
        }
        self.reader.diags.push(
            Diagnostic::error(Code::BAD_VALUE, node.span, format!("`{key}` cannot be {value}"))
                .allowed(format!("{low} to {high}")),
        );
        or
    }

    fn color(&mut self, name: &str, key: &str) -> Color {
        let node = self.find(name, key);
        node.and_then(|node| self.reader.color_of(&node, key)).unwrap_or(Color::BLACK)
    }

    fn features(&mut self, name: &str) -> Vec<Feature> {
        let Some(node) = self.find(name, "features") else { return Vec::new() };
        let Some(nodes) = crate::source::read::array(&node, "features", self.reader.diags) else {
            return Vec::new();
        };
        let mut features = Vec::new();
        for node in nodes {
            let Some(text) = crate::source::read::text(node, "features", self.reader.diags) else {
                continue;
            };
            let (off, tag) = match text.as_str().strip_prefix('-') {
                Some(tag) => (true, tag),
                None => (false, text.as_str()),
            };
            match <[u8; 4]>::try_from(tag.as_bytes()) {
                Ok(tag) if tag.is_ascii() => {
                    features.push(Feature { tag, value: u32::from(!off) });
                }
                _ => self.reader.diags.push(
                    Diagnostic::error(
                        Code::BAD_VALUE,
                        text.span(),
                        format!("\"{}\" is no OpenType feature", text.as_str()),
                    )
                    .allowed("four letters, such as \"onum\", \"tnum\", \"smcp\"; \"-liga\" turns one off"),
                ),
            }
        }
        features
    }
}
