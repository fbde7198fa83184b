//! One brochure, campaign or theme with all that it extends and merges in.

use super::template::{NoProvince, Templates, has_template};
use super::{Entry, Node, Table, Value, data, merge, parse, read};
use crate::assets::{Assets, LoadError};
use crate::base::Lang;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Files, SourceFile, Span, nearest};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A brochure.
    Brochure,
    /// What brochures share.
    Campaign,
    /// Looks.
    Theme,
    /// A data table.
    Data,
}

impl FileKind {
    const CHOICES: [(&'static str, FileKind); 4] = [
        ("brochure", FileKind::Brochure),
        ("campaign", FileKind::Campaign),
        ("theme", FileKind::Theme),
        ("data", FileKind::Data),
    ];

    /// What the key `kind` says, if it says anything known.
    fn of(table: &Table) -> Option<FileKind> {
        let Value::Text(text) = &table.get("kind")?.node.value else { return None };
        FileKind::CHOICES.iter().find(|(word, _)| *word == text.as_str()).map(|(_, kind)| *kind)
    }
}

/// A file with all that it extends, shares and merges in.
#[derive(Debug, Clone)]
pub struct Source {
    /// The merged tree, without the keys that say how to merge.
    pub root: Table,
    /// The start of the file itself.
    pub span: Span,
    /// What the file is.
    pub kind: FileKind,
    /// Placeholders, and tables without their shared part, that have been
    /// reported.
    failed: Vec<Span>,
    /// Whether a part of a file could not be read at all.
    incomplete: bool,
}

impl Source {
    /// This file laid over a text that is part of the program and that every
    /// file of its kind starts from.
    pub fn over(
        self,
        base: &Arc<SourceFile>,
        files: &mut Files,
        diags: &mut Diagnostics,
    ) -> Source {
        let file = files.add(Arc::clone(base));
        let mut root = parse::parse(file, base, diags).table;
        root.take("kind");
        Source { root: merge::overlay(root, self.root), ..self }
    }

    /// Nothing but a text that is part of the program.
    pub fn built_in(
        base: &Arc<SourceFile>,
        kind: FileKind,
        files: &mut Files,
        diags: &mut Diagnostics,
    ) -> Source {
        let span = Span::new(files.add(Arc::clone(base)), 0, 0);
        let root = Table::default();
        let empty = Source { root, span, kind, failed: Vec::new(), incomplete: false };
        empty.over(base, files, diags)
    }

    /// Leaves out the findings that follow from faults reported by [`load`]:
    /// those about a placeholder or a shared table that failed, and those about
    /// absence if a part of a file could not be read.
    pub fn without_consequences(&self, mut findings: Diagnostics) -> Diagnostics {
        const ABSENCE: [Code; 4] =
            [Code::MISSING_KEY, Code::EMPTY_SECTION, Code::MISSING_ALT, Code::UNKNOWN_BLOCK];
        let overlaps = |a: Span, b: Span| a.file == b.file && a.start < b.end && b.start < a.end;
        findings.retain(|finding| {
            let of_failed = self.failed.iter().any(|&failed| overlaps(failed, finding.span));
            let of_absence = self.incomplete && ABSENCE.contains(&finding.code);
            !of_failed && !of_absence
        });
        findings
    }
}

/// What a file is, without reading what it extends. A file that cannot be read
/// counts as a brochure, so that [`load`] reports it.
pub fn kind_of(path: &Path, assets: &Assets) -> FileKind {
    if data::is_csv(path) {
        return FileKind::Data;
    }
    let Ok(source) = assets.text(path) else { return FileKind::Brochure };
    let mut files = Files::new();
    let file = files.add(source.clone());
    let parsed = parse::parse(file, &source, &mut Diagnostics::new());
    FileKind::of(&parsed.table).unwrap_or(FileKind::Brochure)
}

/// The path of a file that another file names, with `.` and `..` resolved.
pub fn resolve(named_in: &SourceFile, name: &str) -> PathBuf {
    let folder = Path::new(named_in.name()).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::new();
    for part in folder.join(name).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(path.components().next_back(), Some(Component::Normal(_))) =>
            {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

/// Loads a file with all that it extends, shares and merges in; reports all
/// faults of all those files. The files are added to `files`.
///
/// `None` only if the file itself cannot be read.
pub fn load(
    path: &Path,
    assets: &Assets,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<Source> {
    let mut loader = Loader { assets, files, diags, incomplete: false };
    loader.load(path)
}

struct Loader<'a> {
    assets: &'a Assets,
    files: &'a mut Files,
    diags: &'a mut Diagnostics,
    incomplete: bool,
}

impl Loader<'_> {
    fn load(&mut self, path: &Path) -> Option<Source> {
        let source = match self.assets.text(path) {
            Ok(source) => source,
            Err(error) => {
                let name = path.to_string_lossy().replace('\\', "/");
                let file = self.files.add(Arc::new(SourceFile::new(name, "")));
                let span = Span::new(file, 0, 0);
                self.diags.push(unreadable(span, path, &error));
                return None;
            }
        };
        let file = self.files.add(source.clone());
        let span = Span::new(file, 0, 0);
        let own = self.parse(file, &source);
        let kind = self.kind(&own).unwrap_or(FileKind::Brochure);
        let mut layers = vec![own];
        self.extend(&mut layers, file, kind, vec![(path.to_owned(), span)]);
        let root = layers.into_iter().rev().reduce(merge::overlay).unwrap_or_default();
        let mut source = Source { root, span, kind, failed: Vec::new(), incomplete: false };
        source.root.take("kind");
        source.root.take("extends");
        if matches!(kind, FileKind::Brochure | FileKind::Campaign) {
            let mut found = Diagnostics::new();
            source.failed = merge::share(&mut source.root, &mut found);
            if self.incomplete {
                // The shared table may be in the part that could not be read.
                found.retain(|finding| finding.code != Code::UNKNOWN_SHARED);
            }
            self.diags.append(found);
            let data = source.root.take("data");
            let province = source.root.take("province");
            if kind == FileKind::Brochure {
                let row = self.row(data, province);
                let failed = self.templates(&mut source.root, row);
                source.failed.extend(failed);
            }
        }
        source.incomplete = self.incomplete;
        Some(source)
    }

    fn parse(&mut self, file: FileId, source: &SourceFile) -> Table {
        let parsed = parse::parse(file, source, self.diags);
        self.incomplete |= parsed.incomplete;
        parsed.table
    }

    /// What the key `kind` says; reports an unknown word.
    fn kind(&mut self, table: &Table) -> Option<FileKind> {
        let entry = table.get("kind")?;
        read::choice(&entry.node, "kind", &FileKind::CHOICES, self.diags)
    }

    /// Reads the files that the last layer extends, one after the other.
    fn extend(
        &mut self,
        layers: &mut Vec<Table>,
        file: FileId,
        kind: FileKind,
        mut chain: Vec<(PathBuf, Span)>,
    ) {
        let mut file = file;
        while let Some(entry) = layers.last().and_then(|layer| layer.get("extends")).cloned() {
            let span = entry.node.span;
            let Some(name) = read::text(&entry.node, "extends", self.diags) else {
                self.incomplete = true;
                return;
            };
            let path = resolve(self.files.get(file), name.as_str());
            if let Some(at) = chain.iter().position(|(known, _)| *known == path) {
                let mut finding = Diagnostic::error(
                    Code::EXTENDS_CYCLE,
                    span,
                    format!("`extends` leads back to {}", shown(&path)),
                );
                for (_, place) in &chain[at + 1..] {
                    finding = finding.related(*place, "by way of this");
                }
                self.diags.push(finding);
                return;
            }
            let Some((base_file, mut base)) = self.read(&path, span) else {
                self.incomplete = true;
                return;
            };
            let base_kind = self.kind(&base).unwrap_or(FileKind::Brochure);
            let fits = match kind {
                FileKind::Theme => base_kind == FileKind::Theme,
                _ => matches!(base_kind, FileKind::Brochure | FileKind::Campaign),
            };
            if !fits {
                let message = format!("{} cannot be extended here", shown(&path));
                self.diags.push(Diagnostic::error(Code::BAD_VALUE, span, message).allowed(
                    if kind == FileKind::Theme { "a theme" } else { "a campaign or a brochure" },
                ));
                self.incomplete = true;
                return;
            }
            base.take("kind");
            layers.push(base);
            chain.push((path, span));
            file = base_file;
        }
    }

    /// Reads a file that is named at `span`; reports it there if it cannot be.
    fn read(&mut self, path: &Path, span: Span) -> Option<(FileId, Table)> {
        match self.assets.text(path) {
            Ok(source) => {
                let file = self.files.add(source.clone());
                Some((file, self.parse(file, &source)))
            }
            Err(error) => {
                self.diags.push(unreadable(span, path, &error));
                None
            }
        }
    }

    /// The row of the data table that the brochure names.
    fn row(&mut self, data: Option<Entry>, province: Option<Entry>) -> Result<Node, NoProvince> {
        let mut rows = None;
        if let Some(entry) = data {
            let Some(name) = read::text(&entry.node, "data", self.diags) else {
                return Err(NoProvince::Reported);
            };
            let span = entry.node.span;
            let path = resolve(self.files.get(span.file), name.as_str());
            match self.assets.text(&path) {
                Ok(source) => {
                    let file = self.files.add(source.clone());
                    rows = Some((path.clone(), data::rows(&path, file, &source, self.diags)));
                }
                Err(error) => {
                    self.diags.push(unreadable(span, &path, &error));
                    return Err(NoProvince::Reported);
                }
            }
        }
        let Some(entry) = province else {
            return Err(if self.incomplete { NoProvince::Reported } else { NoProvince::NotNamed });
        };
        let Some(name) = read::text(&entry.node, "province", self.diags) else {
            return Err(NoProvince::Reported);
        };
        let name = name.as_str();
        let span = entry.node.span;
        let Some((path, parsed)) = rows else {
            if self.incomplete {
                return Err(NoProvince::Reported);
            }
            self.diags.push(
                Diagnostic::error(
                    Code::BAD_DATA,
                    span,
                    format!("there is no data table to find `{name}` in"),
                )
                .hint("name one: `data = \"provinces.toml\"`"),
            );
            return Err(NoProvince::Reported);
        };
        if let Some(entry) = parsed.table.get(name) {
            return Ok(entry.node.clone());
        }
        if !parsed.incomplete {
            let names = || parsed.table.entries.iter().map(|e| e.key.as_str());
            let mut finding = Diagnostic::error(
                Code::BAD_DATA,
                span,
                format!("{} has no row `{name}`", shown(&path)),
            );
            finding = match names().next() {
                Some(_) => finding.allowed(names().collect::<Vec<_>>().join(", ")),
                None => finding.hint("the data table is empty: give it a row for each province"),
            };
            if let Some(near) = nearest(name, names()) {
                finding = finding.hint(format!("did you mean \"{near}\"?"));
            }
            self.diags.push(finding);
        }
        Err(NoProvince::Reported)
    }

    /// Evaluates all placeholders; returns the places of those that failed.
    ///
    /// `organisation` and `document` are names of their own for the rest, so
    /// they come first; each may use what needs no evaluation of itself.
    fn templates(&mut self, root: &mut Table, row: Result<Node, NoProvince>) -> Vec<Span> {
        let lang = match root.get("language").map(|e| &e.node.value) {
            Some(Value::Text(text)) => Lang::parse(text.as_str()).unwrap_or_default(),
            _ => Lang::default(),
        };
        let no_province = row.as_ref().err().copied().unwrap_or(NoProvince::NotNamed);
        let mut templates = Templates::new(lang, no_province, self.incomplete);
        if let Ok(row) = &row {
            templates.define("province", row);
        }
        for name in ["organisation", "document"] {
            let Some(entry) = root.entries.iter_mut().find(|e| e.key == name) else { continue };
            templates.define(name, &plain(&entry.node));
            templates.apply(&mut entry.node, self.diags);
            templates.define(name, &entry.node);
        }
        for entry in &mut root.entries {
            if !matches!(entry.key.as_str(), "organisation" | "document") {
                templates.apply(&mut entry.node, self.diags);
            }
        }
        templates.failed
    }
}

/// A table without the texts that have placeholders.
fn plain(node: &Node) -> Node {
    let mut node = node.clone();
    if let Value::Table(table) = &mut node.value {
        table
            .entries
            .retain(|e| !matches!(&e.node.value, Value::Text(text) if has_template(text.as_str())));
    }
    node
}

fn unreadable(span: Span, path: &Path, error: &LoadError) -> Diagnostic {
    let path = shown(path);
    let message = match error {
        LoadError::NotFound => format!("there is no file {path}"),
        LoadError::Unreadable(why) => format!("{path} cannot be read: {why}"),
        LoadError::NotText(at) => format!("{path} is no UTF-8 text (byte {})", at + 1),
        LoadError::Font(_)
        | LoadError::Corrupt(_)
        | LoadError::Unsupported(_)
        | LoadError::UnknownFont { .. }
        | LoadError::MissingGlyph(_) => format!("{path} cannot be read"),
    };
    let finding = Diagnostic::error(Code::FILE_UNREADABLE, span, message);
    match error {
        LoadError::NotText(_) => finding.hint("save the file as UTF-8"),
        // An empty place is the start of a file that the command line names.
        LoadError::NotFound if span.end > span.start => {
            finding.hint("paths start from the folder of the file that names them")
        }
        _ => finding,
    }
}

fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    if shown.is_empty() { "the folder itself".to_owned() } else { shown }
}
