//! Merging of tables, and tables shared by name.

use super::{Entry, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};

/// `base` with the entries of `over` laid over it: tables merge key by key,
/// every other value is replaced. A replaced entry keeps the place of the base
/// in the order; new ones follow.
pub(super) fn overlay(base: Table, over: Table) -> Table {
    let mut entries = base.entries;
    for entry in over.entries {
        match entries.iter_mut().find(|e| e.key == entry.key) {
            Some(below) => {
                let node = std::mem::replace(
                    &mut below.node,
                    Node { span: entry.node.span, value: Value::Faulty },
                );
                *below = Entry { node: overlay_node(node, entry.node), ..entry };
            }
            None => entries.push(entry),
        }
    }
    Table { entries }
}

fn overlay_node(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::Table(base), Value::Table(table)) => {
            Node { span: over.span, value: Value::Table(overlay(base, table)) }
        }
        (_, value) => Node { span: over.span, value },
    }
}

/// Takes the table `shared` out of `root` and lays every table that says
/// `use = "name"` over the shared table of that name.
pub(super) fn share(root: &mut Table, diags: &mut Diagnostics) {
    let shared = match root.take("shared").map(|entry| entry.node) {
        Some(Node { value: Value::Table(table), .. }) => table,
        Some(node) => {
            if !node.is_faulty() {
                diags.push(
                    Diagnostic::error(
                        Code::WRONG_TYPE,
                        node.span,
                        format!("`shared` must be a table, not {}", node.value.kind()),
                    )
                    .hint("write `[shared.name]`"),
                );
            }
            Table::default()
        }
        None => Table::default(),
    };
    expand_table(root, &shared, &mut Vec::new(), diags);
}

fn expand_table(
    table: &mut Table,
    shared: &Table,
    within: &mut Vec<String>,
    diags: &mut Diagnostics,
) {
    if let Some(entry) = table.take("use")
        && let Some((name, base)) = find(&entry, shared, within, diags)
    {
        let own = std::mem::take(table);
        let mut base = base.clone();
        within.push(name);
        expand_table(&mut base, shared, within, diags);
        within.pop();
        *table = overlay(base, own);
    }
    // What came from the shared table is expanded already; it holds no `use`.
    for entry in &mut table.entries {
        expand_node(&mut entry.node, shared, within, diags);
    }
}

fn expand_node(node: &mut Node, shared: &Table, within: &mut Vec<String>, diags: &mut Diagnostics) {
    match &mut node.value {
        Value::Table(table) => expand_table(table, shared, within, diags),
        Value::Array(nodes) => {
            for node in nodes {
                expand_node(node, shared, within, diags);
            }
        }
        _ => {}
    }
}

/// The shared table that a `use` entry names.
fn find<'a>(
    entry: &Entry,
    shared: &'a Table,
    within: &[String],
    diags: &mut Diagnostics,
) -> Option<(String, &'a Table)> {
    let span = entry.node.span;
    let name = super::read::text(&entry.node, "use", diags)?.as_str();
    if within.iter().any(|n| n == name) {
        diags.push(Diagnostic::error(
            Code::EXTENDS_CYCLE,
            span,
            format!("`use = \"{name}\"` leads back to `[shared.{name}]` itself"),
        ));
        return None;
    }
    match shared.get(name).map(|e| &e.node.value) {
        Some(Value::Table(table)) => return Some((name.to_owned(), table)),
        Some(Value::Faulty) => return None,
        Some(_) | None => {}
    }
    let names = || shared.entries.iter().map(|e| e.key.as_str());
    let mut finding =
        Diagnostic::error(Code::UNKNOWN_SHARED, span, format!("there is no shared table `{name}`"))
            .label(format!("no `[shared.{name}]` anywhere"));
    if names().next().is_some() {
        finding = finding.allowed(names().collect::<Vec<_>>().join(", "));
    }
    if let Some(near) = nearest(name, names()) {
        finding = finding.hint(format!("did you mean \"{near}\"?"));
    }
    diags.push(finding);
    None
}
