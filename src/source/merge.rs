//! Merging of tables, and tables shared by name.

use super::{Entry, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};

/// The keys of what a placeholder can stand for.
const SUPPLIED: [&str; 4] = ["image", "portrait", "data", "value"];

/// `base` with the entries of `over` laid over it: tables merge key by key,
/// every other value is replaced. A replaced entry keeps the place of the base
/// in the order; new ones follow.
///
/// What `over` supplies takes the place of the base's placeholder for it, and a
/// placeholder that of what the base has.
pub(super) fn overlay(base: Table, over: Table) -> Table {
    let mut entries = base.entries;
    let is = |keys: &[&str], entry: &Entry| keys.contains(&entry.key.as_str());
    if over.get("placeholder").is_some() {
        entries.retain(|entry| !is(&SUPPLIED, entry));
    }
    let was_missing = entries.iter().any(|entry| entry.key == "placeholder");
    if was_missing && over.entries.iter().any(|entry| is(&SUPPLIED, entry)) {
        entries.retain(|entry| !is(&["placeholder", "aspect"], entry));
    }
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
/// `use = "name"` over the shared table of that name. Returns the places of
/// tables that name none, which therefore may lack what they need.
pub(super) fn share(root: &mut Table, diags: &mut Diagnostics) -> Vec<Span> {
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
    let mut sharing = Sharing { shared: &shared, within: Vec::new(), failed: Vec::new(), diags };
    sharing.table(root, None);
    sharing.failed
}

struct Sharing<'a> {
    shared: &'a Table,
    /// The shared tables that are being taken over.
    within: Vec<String>,
    failed: Vec<Span>,
    diags: &'a mut Diagnostics,
}

impl<'a> Sharing<'a> {
    /// Expands a table, which stands at `place` unless it is the root.
    fn table(&mut self, table: &mut Table, place: Option<Span>) {
        if let Some(entry) = table.take("use") {
            match self.find(&entry) {
                Some((name, base)) => {
                    let own = std::mem::take(table);
                    let mut base = base.clone();
                    self.within.push(name);
                    self.table(&mut base, place);
                    self.within.pop();
                    *table = overlay(base, own);
                }
                None => self.failed.extend(place),
            }
        }
        // What came from the shared table is expanded already; it holds no `use`.
        for entry in &mut table.entries {
            self.node(&mut entry.node);
        }
    }

    fn node(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Table(table) => self.table(table, Some(node.span)),
            Value::Array(nodes) => nodes.iter_mut().for_each(|node| self.node(node)),
            _ => {}
        }
    }

    /// The shared table that a `use` entry names.
    fn find(&mut self, entry: &Entry) -> Option<(String, &'a Table)> {
        let shared = self.shared;
        let span = entry.node.span;
        let name = super::read::text(&entry.node, "use", self.diags)?.as_str();
        if self.within.iter().any(|n| n == name) {
            self.diags.push(Diagnostic::error(
                Code::EXTENDS_CYCLE,
                span,
                format!("`use = \"{name}\"` leads back to `[shared.{name}]` itself"),
            ));
            return None;
        }
        match self.shared.get(name).map(|e| &e.node.value) {
            Some(Value::Table(table)) => return Some((name.to_owned(), table)),
            Some(Value::Faulty) => return None,
            Some(_) | None => {}
        }
        let names = || shared.entries.iter().map(|e| e.key.as_str());
        let mut finding = Diagnostic::error(
            Code::UNKNOWN_SHARED,
            span,
            format!("there is no shared table `{name}`"),
        )
        .label(format!("no `[shared.{name}]` anywhere"));
        if names().next().is_some() {
            finding = finding.allowed(names().collect::<Vec<_>>().join(", "));
        }
        if let Some(near) = nearest(name, names()) {
            finding = finding.hint(format!("did you mean \"{near}\"?"));
        }
        self.diags.push(finding);
        None
    }
}
