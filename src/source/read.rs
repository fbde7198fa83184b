//! Readers of single values, each of which reports a value of another type.
//! `key` names the value in messages.

use super::{Node, Text, Value};
use crate::base::Date;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};

/// A string.
pub fn text<'a>(node: &'a Node, key: &str, diags: &mut Diagnostics) -> Option<&'a Text> {
    if node.is_faulty() {
        return None;
    }
    if let Value::Text(text) = &node.value {
        return Some(text);
    }
    let mut finding = wrong_type(&format!("`{key}`"), "text", node);
    if matches!(node.value, Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Date(_)) {
        finding = finding.hint("put it between quotes");
    }
    diags.push(finding);
    None
}

/// A whole number.
pub fn int(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<i64> {
    if node.is_faulty() {
        return None;
    }
    if let Value::Int(value) = node.value {
        return Some(value);
    }
    diags.push(number_expected(node, key, "a whole number"));
    None
}

/// A number, whole or with a fraction; never infinite or NaN.
pub fn number(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<f64> {
    if node.is_faulty() {
        return None;
    }
    match node.value {
        Value::Int(value) => Some(value as f64),
        Value::Float(value) if value.is_finite() => Some(value),
        Value::Float(_) => {
            diags.push(
                Diagnostic::error(
                    Code::BAD_VALUE,
                    node.span,
                    format!("`{key}` must be a finite number"),
                )
                .allowed("a number in digits, not `nan` or `inf`"),
            );
            None
        }
        _ => {
            diags.push(number_expected(node, key, "a number"));
            None
        }
    }
}

fn number_expected(node: &Node, key: &str, takes: &str) -> Diagnostic {
    let finding = wrong_type(&format!("`{key}`"), takes, node);
    match &node.value {
        Value::Text(text) if text.as_str().trim().parse::<f64>().is_ok() => {
            finding.hint(format!("write {} without quotes", text.as_str().trim()))
        }
        Value::Text(text) if text.as_str().trim().replacen(',', ".", 1).parse::<f64>().is_ok() => {
            let number = text.as_str().trim().replacen(',', ".", 1);
            finding.hint(format!("write {number}, with a point and without quotes"))
        }
        _ => finding,
    }
}

/// `true` or `false`.
pub fn bool(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<bool> {
    if node.is_faulty() {
        return None;
    }
    if let Value::Bool(value) = node.value {
        return Some(value);
    }
    let mut finding = wrong_type(&format!("`{key}`"), "true or false", node);
    if let Value::Text(_) = node.value {
        finding = finding.hint("write true or false without quotes");
    }
    diags.push(finding);
    None
}

/// A day.
pub fn date(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<Date> {
    if node.is_faulty() {
        return None;
    }
    match &node.value {
        Value::Date(date) => return Some(*date),
        Value::Text(_) => diags.push(
            Diagnostic::error(
                Code::BAD_DATE,
                node.span,
                format!("`{key}` must be a date, not text"),
            )
            .allowed("year-month-day without quotes, such as 2026-11-01"),
        ),
        _ => diags.push(wrong_type(&format!("`{key}`"), "a date", node)),
    }
    None
}

/// One of several words.
pub fn choice<T: Clone>(
    node: &Node,
    key: &str,
    choices: &[(&'static str, T)],
    diags: &mut Diagnostics,
) -> Option<T> {
    let text = text(node, key, diags)?;
    let found = choices.iter().find(|(word, _)| *word == text.as_str());
    if let Some((_, value)) = found {
        return Some(value.clone());
    }
    let words = choices.iter().map(|(word, _)| *word);
    let mut finding = Diagnostic::error(
        Code::BAD_VALUE,
        node.span,
        format!("`{key}` cannot be \"{}\"", text.as_str()),
    )
    .allowed(words.clone().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", "));
    if let Some(near) = nearest(text.as_str(), words) {
        finding = finding.hint(format!("did you mean \"{near}\"?"));
    }
    diags.push(finding);
    None
}

/// A list.
pub fn array<'a>(node: &'a Node, key: &str, diags: &mut Diagnostics) -> Option<&'a [Node]> {
    if node.is_faulty() {
        return None;
    }
    if let Value::Array(nodes) = &node.value {
        return Some(nodes);
    }
    diags.push(wrong_type(&format!("`{key}`"), "a list", node).hint("lists stand in […]"));
    None
}

/// The finding that a value is of another type than `takes`.
pub(super) fn wrong_type(what: &str, takes: &str, node: &Node) -> Diagnostic {
    Diagnostic::error(
        Code::WRONG_TYPE,
        node.span,
        format!("{what} must be {takes}, not {}", node.value.kind()),
    )
    .label(format!("this is {}", node.value.kind()))
    .allowed(takes)
}
