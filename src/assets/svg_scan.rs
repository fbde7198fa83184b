//! A look at an SVG file's XML for what the SVG library passes over in silence.

use super::LoadError;
use std::collections::BTreeSet;
use std::str::FromStr;
use usvg::roxmltree::{Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";
/// Deeper nesting has no use and would exhaust the stack.
const MAX_DEPTH: usize = 128;

/// Elements that are drawn, or only describe or define. Patterns may stand in a
/// file as long as no shape is painted with them.
const KNOWN: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "metadata",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "symbol",
    "text",
    "title",
    "tspan",
    "use",
];

/// Refuses what would not be drawn as it is meant.
///
/// # Errors
/// If the file uses something that is not supported, or refers to something
/// that is not there.
pub(super) fn scan(xml: &Document<'_>) -> Result<(), LoadError> {
    if xml.root().children().any(|node| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet")) {
        return Err(LoadError::Unsupported("an SVG with a style sheet of its own file".to_owned()));
    }
    let ids = xml.descendants().filter_map(|node| node.attribute("id")).collect();
    Scan { ids, xml }.element(xml.root_element(), 0)
}

struct Scan<'a, 'input> {
    ids: BTreeSet<&'a str>,
    xml: &'a Document<'input>,
}

impl Scan<'_, '_> {
    fn element(&self, node: Node<'_, '_>, depth: usize) -> Result<(), LoadError> {
        // Elements of other vocabularies, such as an editor's, are never drawn.
        if node.tag_name().namespace() != Some(SVG) || is_hidden(node) {
            return Ok(());
        }
        let name = node.tag_name().name();
        if !KNOWN.contains(&name) {
            return Err(self.unsupported(node, words(name)));
        }
        if depth > MAX_DEPTH {
            return Err(self.unsupported(node, "elements nested more than 128 deep".to_owned()));
        }
        if matches!(name, "metadata" | "title" | "desc") {
            return Ok(());
        }
        if name == "style" {
            let text: String = node.descendants().filter_map(|node| node.text()).collect();
            if text.contains('@') {
                return Err(self.unsupported(node, "an @-rule in a style sheet".to_owned()));
            }
            self.references(node, &text)?;
            for (property, value) in
                text.split(['{', '}', ';']).filter_map(|declaration| declaration.split_once(':'))
            {
                self.property(node, property.trim(), value.trim())?;
            }
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            match attribute.name() {
                "href" => self.reference(node, value.trim())?,
                "d" if name == "path" => self.path_data(node, value)?,
                "style" => {
                    for (property, value) in value.split(';').filter_map(|d| d.split_once(':')) {
                        self.property(node, property.trim(), value.trim())?;
                    }
                }
                property => self.property(node, property, value.trim())?,
            }
        }
        node.children()
            .filter(Node::is_element)
            .try_for_each(|child| self.element(child, depth + 1))
    }

    fn property(&self, node: Node<'_, '_>, name: &str, value: &str) -> Result<(), LoadError> {
        match name {
            // Where it is an attribute, quotes are put in.
            "font-family"
                if node.attribute("font-family") != Some(value)
                    && svgtypes::parse_font_families(value).is_err() =>
            {
                Err(LoadError::Corrupt(format!(
                    "the font-family `{value}` (line {}) cannot be read without quotes",
                    self.line(node)
                )))
            }
            "filter" | "mask" if value != "none" => Err(self.unsupported(node, words(name))),
            "mix-blend-mode" if value != "normal" => {
                Err(self.unsupported(node, "a blend mode".to_owned()))
            }
            "vector-effect" if value != "none" => {
                Err(self.unsupported(node, format!("vector-effect: {value}")))
            }
            // What the library knows nothing of, or makes up where a font lacks it.
            "text-transform" | "inline-size" | "shape-inside" | "shape-subtract"
                if value != "none" && value != "auto" =>
            {
                Err(self.unsupported(node, format!("{name}: {value}")))
            }
            "direction" if value == "rtl" => {
                Err(self.unsupported(node, format!("{name}: {value}")))
            }
            "writing-mode" if !matches!(value, "lr" | "lr-tb" | "horizontal-tb") => {
                Err(self.unsupported(node, format!("{name}: {value}")))
            }
            _ if name.starts_with("font-variant")
                || matches!(name, "font-feature-settings" | "font-variation-settings") =>
            {
                match value {
                    "normal" => Ok(()),
                    _ => Err(self.unsupported(node, format!("{name}: {value}"))),
                }
            }
            "fill" | "stroke" if svgtypes::Paint::from_str(value).is_err() => {
                Err(self.unsupported(node, format!("the colour `{value}`")))
            }
            "color" | "stop-color"
                if !matches!(value, "inherit" | "currentColor")
                    && svgtypes::Color::from_str(value).is_err() =>
            {
                Err(self.unsupported(node, format!("the colour `{value}`")))
            }
            "viewBox" if svgtypes::ViewBox::from_str(value).is_err() => Err(LoadError::Corrupt(
                format!("the viewBox `{value}` (line {}) has no size", self.line(node)),
            )),
            _ => self.references(node, value),
        }
    }

    /// Checks every `url(…)` in a value.
    fn references(&self, node: Node<'_, '_>, value: &str) -> Result<(), LoadError> {
        value.split("url(").skip(1).try_for_each(|rest| {
            let target = rest.split(')').next().unwrap_or_default();
            self.reference(
                node,
                target.trim_matches(|c: char| c.is_whitespace() || "'\"".contains(c)),
            )
        })
    }

    fn reference(&self, node: Node<'_, '_>, target: &str) -> Result<(), LoadError> {
        if node.has_tag_name((SVG, "a")) {
            return Ok(());
        }
        match target.strip_prefix('#') {
            Some(id) if self.ids.contains(id) => Ok(()),
            Some(id) => Err(LoadError::Corrupt(format!(
                "nothing in it is called `{id}`, which line {} refers to",
                self.line(node)
            ))),
            None => Err(self.unsupported(node, "a reference to another file".to_owned())),
        }
    }

    /// The library draws a damaged outline up to the fault.
    fn path_data(&self, node: Node<'_, '_>, data: &str) -> Result<(), LoadError> {
        match svgtypes::PathParser::from(data).find_map(Result::err) {
            Some(fault) => Err(LoadError::Corrupt(format!(
                "the path on line {} cannot be read: {fault}",
                self.line(node)
            ))),
            None => Ok(()),
        }
    }

    fn unsupported(&self, node: Node<'_, '_>, what: String) -> LoadError {
        LoadError::Unsupported(format!("{what} (line {})", self.line(node)))
    }

    fn line(&self, node: Node<'_, '_>) -> u32 {
        self.xml.text_pos_at(node.range().start).row
    }
}

fn is_hidden(node: Node<'_, '_>) -> bool {
    node.attribute("display") == Some("none")
        || node.attribute("style").is_some_and(|style| {
            style.split(';').any(|declaration| {
                declaration.split_once(':').is_some_and(|(property, value)| {
                    property.trim() == "display" && value.trim() == "none"
                })
            })
        })
}

/// What an element or property is called in a message.
fn words(name: &str) -> String {
    match name {
        "textPath" => "text along a path".to_owned(),
        "image" => "an embedded image".to_owned(),
        "filter" => "a filter".to_owned(),
        "mask" => "a mask".to_owned(),
        "script" => "a script".to_owned(),
        "foreignObject" => "a foreign object".to_owned(),
        "switch" => "a switch".to_owned(),
        "animate" | "animateMotion" | "animateTransform" | "set" => "an animation".to_owned(),
        other => format!("the element <{other}>"),
    }
}
