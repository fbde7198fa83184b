//! `{{ … }}` in texts: fields of the data, and filters.
//!
//! A plain path (`province.name`) is looked up directly; anything more is
//! evaluated by minijinja as an expression. Every path is checked against the
//! data beforehand, at every depth, so that a missing field can be named.

use super::filters::{self, FILTERS};
use super::{Entry, Node, Table, Text, Value, format};
use crate::base::Lang;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use minijinja::value::ValueKind;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value as Jinja};
use std::collections::BTreeMap;
use std::ops::Range;

/// Stands for a value that could not be merged, so that the text around it can
/// still be checked.
const PLACEHOLDER: &str = "…";

/// What is wrong with an expression; nothing if that has been reported before.
type Failure = Option<Box<Diagnostic>>;

/// Evaluates the placeholders of texts.
pub(super) struct Templates {
    environment: Environment<'static>,
    lang: Lang,
    /// The names that expressions can use.
    names: Table,
    /// The same for minijinja.
    context: Jinja,
    /// Why `province` is not among the names.
    no_province: NoProvince,
    /// Whether names of the brochure may be in a part that could not be read.
    incomplete: bool,
    /// Places of placeholders that failed; no later stage need complain.
    pub(super) failed: Vec<Span>,
}

/// Why there is no data row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoProvince {
    /// The brochure names none.
    NotNamed,
    /// It could not be read, and that has been reported.
    Reported,
}

impl Templates {
    pub(super) fn new(lang: Lang, no_province: NoProvince, incomplete: bool) -> Templates {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        filters::add(&mut environment, lang);
        Templates {
            environment,
            lang,
            names: Table::default(),
            context: Jinja::from(BTreeMap::<String, Jinja>::new()),
            no_province,
            incomplete,
            failed: Vec::new(),
        }
    }

    /// Makes a table known to expressions under a name.
    pub(super) fn define(&mut self, name: &str, node: &Node) {
        self.names.take(name);
        self.names.entries.push(Entry {
            key: name.to_owned(),
            key_span: node.span,
            node: node.clone(),
        });
        let names = &self.names.entries;
        self.context = table_to_jinja(names, self.lang);
    }

    /// Evaluates the placeholders in all texts of a value.
    pub(super) fn apply(&mut self, node: &mut Node, diags: &mut Diagnostics) {
        match &mut node.value {
            Value::Text(text) => {
                if let Some(value) = self.expand(text, diags) {
                    node.value = value;
                }
            }
            Value::Array(nodes) => nodes.iter_mut().for_each(|node| self.apply(node, diags)),
            Value::Table(table) => {
                table.entries.iter_mut().for_each(|entry| self.apply(&mut entry.node, diags));
            }
            _ => {}
        }
    }

    /// The value of a text, if it has placeholders.
    fn expand(&mut self, text: &Text, diags: &mut Diagnostics) -> Option<Value> {
        let source = text.as_str();
        if !has_template(source) {
            return None;
        }
        let mut out = Text::empty(text.span());
        let mut rest = 0;
        while let Some(open) = find_open(source, rest) {
            out.push(&text.slice(rest..open));
            let Some(inner) = expression(source, open) else {
                let (span, finding) = bad_opening(text, open);
                diags.push(finding);
                self.failed.push(span);
                // What follows is not to be trusted.
                return Some(Value::Faulty);
            };
            let close = inner.end + 2;
            let span = text.span_of(open..close);
            let value = self.evaluate(text, inner, span).unwrap_or_else(|finding| {
                diags.extend(finding.map(|f| *f));
                self.failed.push(span);
                Value::Faulty
            });
            if source.trim().len() == close - open {
                return Some(value);
            }
            let printed = self.print(&value).unwrap_or_else(|| {
                if !matches!(value, Value::Faulty) {
                    let message = format!("{} cannot stand inside a text", value.kind());
                    diags.push(
                        Diagnostic::error(Code::BAD_TEMPLATE, span, message)
                            .hint("name one of its fields"),
                    );
                    self.failed.push(span);
                }
                PLACEHOLDER.to_owned()
            });
            if !printed.is_empty() {
                out.push(&Text::made(printed, span));
            }
            rest = close;
        }
        out.push(&text.slice(rest..source.len()));
        Some(Value::Text(out))
    }

    /// A value as part of a text.
    fn print(&self, value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.as_str().to_owned()),
            Value::Int(value) => Some(value.to_string()),
            Value::Float(value) => Some(value.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Date(date) => Some(format::date(*date, self.lang)),
            Value::Array(_) | Value::Table(_) | Value::Faulty => None,
        }
    }

    /// The value of the expression at `inner`, which stands at `span` with its
    /// braces.
    fn evaluate(&self, text: &Text, inner: Range<usize>, span: Span) -> Result<Value, Failure> {
        let source = &text.as_str()[inner.clone()];
        let words = source.trim();
        let bad = |message: String| Box::new(Diagnostic::error(Code::BAD_TEMPLATE, span, message));
        if words.is_empty() {
            return Err(Some(bad("there is nothing between the braces".into())));
        }
        if is_path(words) {
            return self.look_up(words, text, &inner).map(|node| placed(&node.value, span));
        }
        let expression = self.environment.compile_expression(words).map_err(|error| {
            let detail = error.detail().unwrap_or("it has a syntax error");
            let finding = bad(format!("`{words}` cannot be understood: {detail}"));
            Some(Box::new(finding.allowed(allowed())))
        })?;
        let paths = expression.undeclared_variables(true);
        // A set has no order; messages need one.
        let paths: std::collections::BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        for path in paths {
            self.look_up(path, text, &inner)?;
        }
        let value = expression.eval(self.context.clone()).map_err(|error| {
            Some(match error.kind() {
                ErrorKind::UnknownFilter => Box::new(unknown_filter(&error, text, &inner, span)),
                _ => {
                    let detail = error.detail().map_or_else(|| error.to_string(), str::to_owned);
                    bad(format!("`{words}` has no value: {detail}"))
                }
            })
        })?;
        let kind = value.kind();
        match kind {
            ValueKind::String => Ok(Value::Text(Text::made(value.to_string(), span))),
            ValueKind::Bool => Ok(Value::Bool(value.is_true())),
            ValueKind::Number => i64::try_from(value.clone())
                .ok()
                .filter(|_| value.is_integer())
                .map(Value::Int)
                .or_else(|| f64::try_from(value).ok().map(Value::Float))
                .ok_or_else(|| Some(bad(format!("`{words}` gives too big a number")))),
            ValueKind::Undefined | ValueKind::None => {
                Err(Some(bad(format!("`{words}` has no value"))))
            }
            _ => Err(Some(bad(format!("`{words}` gives a {kind}, not text or a number")))),
        }
    }

    /// The value at a path of names joined by points.
    fn look_up(&self, path: &str, text: &Text, inner: &Range<usize>) -> Result<&Node, Failure> {
        let mut table = &self.names;
        let mut names = path.split('.').peekable();
        let mut walked = 0;
        while let Some(name) = names.next() {
            let Some(entry) = table.get(name) else {
                let finding = self.unknown(path, walked, name, table, text, inner);
                return Err(finding.map(Box::new));
            };
            walked += name.len() + 1;
            match &entry.node.value {
                _ if names.peek().is_none() => {
                    return if entry.node.is_faulty() { Err(None) } else { Ok(&entry.node) };
                }
                Value::Table(inner) => table = inner,
                Value::Faulty => return Err(None),
                other => {
                    let message =
                        format!("`{}` is {}, without fields", &path[..walked - 1], other.kind());
                    let span = part(text, inner, path, 0..walked - 1);
                    let finding = Diagnostic::error(Code::UNKNOWN_FIELD, span, message);
                    return Err(Some(Box::new(finding)));
                }
            }
        }
        Err(None)
    }

    /// The finding that `name`, which starts at byte `walked` of `path`, is not
    /// in `table`.
    fn unknown(
        &self,
        path: &str,
        walked: usize,
        name: &str,
        table: &Table,
        text: &Text,
        inner: &Range<usize>,
    ) -> Option<Diagnostic> {
        let span = part(text, inner, path, walked..walked + name.len());
        let error = |message: String| Diagnostic::error(Code::UNKNOWN_FIELD, span, message);
        if walked == 0 && name == "province" {
            return (self.no_province == NoProvince::NotNamed).then(|| {
                error("there is no `province` here, since the brochure names none".into())
                    .hint("name a row of the data table: `province = \"…\"`, `data = \"…\"`")
            });
        }
        if self.incomplete && !path.starts_with("province.") {
            return None;
        }
        let mut finding = if walked == 0 {
            error(format!("there is no `{name}`"))
        } else {
            error(format!("`{}` has no field `{name}`", &path[..walked - 1]))
        };
        let names = || table.entries.iter().map(|e| e.key.as_str());
        if names().next().is_some() {
            finding = finding.allowed(names().collect::<Vec<_>>().join(", "));
        }
        if let Some(near) = nearest(name, names()) {
            finding = finding.hint(format!("did you mean `{}{near}`?", &path[..walked]));
        }
        Some(finding)
    }
}

/// Whether a text has anything that looks like a template.
pub(super) fn has_template(text: &str) -> bool {
    find_open(text, 0).is_some()
}

/// The next `{{`, `{%` or `{#` from byte `from` on.
fn find_open(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(n) = text[at..].find('{') {
        at += n;
        if matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The bytes between `{{` at byte `open` and its `}}`; braces in quotes do not
/// count. `None` if it is no `{{` or never closes.
fn expression(text: &str, open: usize) -> Option<Range<usize>> {
    if !text[open..].starts_with("{{") {
        return None;
    }
    let mut quote = None;
    let bytes = text.as_bytes();
    let mut at = open + 2;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(q), b) if q == b => quote = None,
            (None, b'"' | b'\'') => quote = Some(bytes[at]),
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') => return Some(open + 2..at),
            (None, b'{') if bytes.get(at + 1) == Some(&b'{') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The finding that what opens at byte `open` cannot be read, and its place.
fn bad_opening(text: &Text, open: usize) -> (Span, Diagnostic) {
    let span = text.span_of(open..open + 2);
    let error = |message: &str| Diagnostic::error(Code::BAD_TEMPLATE, span, message);
    let finding = match text.as_str().as_bytes().get(open + 1) {
        Some(b'{') => {
            error("the braces that open here are not closed").hint("close them with `}}`")
        }
        Some(b'%') => error("statements in `{% … %}` are not supported").allowed(allowed()),
        _ => error("comments in `{# … #}` are not supported")
            .hint("put comments after `#` outside of the text"),
    };
    (span, finding)
}

fn allowed() -> String {
    format!("{{{{ field }}}} or {{{{ field | filter }}}}, with the filters {}", FILTERS.join(", "))
}

fn unknown_filter(
    error: &minijinja::Error,
    text: &Text,
    inner: &Range<usize>,
    span: Span,
) -> Diagnostic {
    // "filter xyz is unknown"
    let name = error.detail().and_then(|d| d.split_whitespace().nth(1)).unwrap_or_default();
    let source = &text.as_str()[inner.clone()];
    let at = source.rfind(name).filter(|_| !name.is_empty()).map(|at| inner.start + at);
    let span = at.map_or(span, |at| text.span_of(at..at + name.len()));
    let finding =
        Diagnostic::error(Code::BAD_TEMPLATE, span, format!("there is no filter `{name}`"))
            .allowed(FILTERS.join(", "));
    match nearest(name, FILTERS) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// Where bytes of `path` stand in the expression, or the expression if the
/// path is not written out in it.
fn part(text: &Text, inner: &Range<usize>, path: &str, bytes: Range<usize>) -> Span {
    let source = &text.as_str()[inner.clone()];
    match source.find(path) {
        Some(at) => {
            let start = inner.start + at;
            text.span_of(start + bytes.start..start + bytes.end)
        }
        None => text.span_of(inner.clone()),
    }
}

/// Names joined by points. Unlike in minijinja, a name may hold hyphens, as
/// keys of TOML do.
fn is_path(words: &str) -> bool {
    words.split('.').all(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    })
}

/// A value from the data at the place of its placeholder.
fn placed(value: &Value, span: Span) -> Value {
    let placed_node = |node: &Node| Node { span, value: placed(&node.value, span) };
    match value {
        Value::Text(text) => Value::Text(Text::made(text.as_str(), span)),
        Value::Array(nodes) => Value::Array(nodes.iter().map(placed_node).collect()),
        Value::Table(table) => {
            let entry = |e: &Entry| Entry {
                key: e.key.clone(),
                key_span: span,
                node: placed_node(&e.node),
            };
            Value::Table(Table { entries: table.entries.iter().map(entry).collect() })
        }
        other => other.clone(),
    }
}

fn to_jinja(node: &Node, lang: Lang) -> Jinja {
    match &node.value {
        Value::Text(text) => Jinja::from(text.as_str()),
        Value::Int(value) => Jinja::from(*value),
        Value::Float(value) => Jinja::from(*value),
        Value::Bool(value) => Jinja::from(*value),
        Value::Date(date) => Jinja::from(format::date(*date, lang)),
        Value::Array(nodes) => {
            Jinja::from(nodes.iter().map(|node| to_jinja(node, lang)).collect::<Vec<_>>())
        }
        Value::Table(table) => table_to_jinja(&table.entries, lang),
        Value::Faulty => Jinja::UNDEFINED,
    }
}

fn table_to_jinja(entries: &[Entry], lang: Lang) -> Jinja {
    let fields = entries.iter().map(|e| (e.key.clone(), to_jinja(&e.node, lang)));
    Jinja::from(fields.collect::<BTreeMap<_, _>>())
}
