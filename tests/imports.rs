//! Holds every path of the crate against the table of allowed imports, since
//! the compiler does not keep modules of one crate apart.
//!
//! All paths that begin with `crate`, `$crate`, `super`, `self` or the crate's
//! name count: imports, re-exports, paths within code, visibilities, macros and
//! test code. Comments and strings do not.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use std::path::Path;
use std::{fmt, fs, io};

/// What a module may import.
enum May {
    /// Anything.
    All,
    /// These modules, or items of modules.
    Only(&'static [&'static str]),
}

use May::{All, Only};

/// One line a module, which `src/lib.rs` and `src/main.rs` are too.
#[rustfmt::skip]
const TABLE: &[(&str, May)] = &[
    ("base", Only(&[])),
    ("diag", Only(&["base"])),
    ("assets", Only(&["base", "diag"])),
    ("color", Only(&["base", "diag", "assets"])),
    ("source", Only(&["base", "diag", "assets"])),
    ("model", Only(&["base", "diag", "source"])),
    ("theme", Only(&["base", "diag", "assets", "color", "source", "model", "document::Limits", "document::Swatch"])),
    ("linebreak", Only(&["base"])),
    ("document", Only(&["base", "diag", "assets", "color"])),
    ("text", Only(&["base", "diag", "assets", "color", "theme", "linebreak", "document", "source::Text"])),
    ("layout", Only(&["base", "diag", "assets", "color", "theme", "text", "linebreak", "document", "source::Text"])),
    ("preflight", Only(&["base", "diag", "assets", "color", "document"])),
    ("pdf", Only(&["base", "diag", "assets", "color", "document"])),
    ("preview", Only(&["base", "diag", "assets", "color", "document", "pdf"])),
    ("report", Only(&["base", "diag", "linebreak", "document"])),
    // The stages in a row, for one brochure: what `campaign` runs for many.
    ("compile", Only(&["base", "diag", "assets", "source", "model", "theme", "text", "document", "layout", "report"])),
    ("campaign", Only(&["base", "diag", "assets", "color", "source", "model", "theme", "text", "linebreak", "document", "layout", "pdf", "preview", "preflight", "report", "compile"])),
    ("cli", All),
    ("lib", All),
    ("main", Only(&["cli"])),
];

const CRATE: &str = "drukklaar";

/// A path that the table forbids, or a module that it lacks.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

#[test]
fn modules_import_what_the_table_allows() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    assert!(files.len() > 20, "found only {files:?}");
    let mut violations = Vec::new();
    for name in &files {
        let source = fs::read_to_string(root.join(name))?;
        violations.extend(check(&format!("src/{name}"), &source));
    }
    let list: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "\n{}\n", list.join("\n"));
    Ok(())
}

/// The Rust files below a folder, relative to it.
fn collect(folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(folder).map_err(io::Error::other)?;
                let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                files.push(parts.join("/"));
            }
        }
    }
    Ok(())
}

/// Everything in a file that the table forbids.
fn check(file: &str, source: &str) -> Vec<Violation> {
    let mut walk = Walk { file, module: module_of(file), violations: Vec::new() };
    match source.parse::<TokenStream>() {
        Ok(tokens) => {
            if row(&walk.owner()).is_none() {
                walk.unknown_module(&walk.owner(), 1);
            }
            walk.tokens(&tokens.into_iter().collect::<Vec<_>>());
        }
        Err(error) => walk.report(error.span().start().line, error.to_string()),
    }
    walk.violations
}

/// The path of modules that a file holds: `src/a/b.rs` and `src/a/b/mod.rs` are
/// `a::b`, the crate's root is none.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|name| name == "mod") || ["lib", "main"].contains(&path) {
        module.pop();
    }
    module
}

fn row(module: &str) -> Option<&'static May> {
    TABLE.iter().find(|(name, _)| *name == module).map(|(_, may)| may)
}

/// A walk through a file's tokens.
struct Walk<'a> {
    file: &'a str,
    /// The module at hand, from the crate's root.
    module: Vec<String>,
    violations: Vec<Violation>,
}

impl Walk<'_> {
    /// The row of the table that the module at hand falls under.
    fn owner(&self) -> String {
        match self.module.first() {
            Some(name) => name.clone(),
            None if self.file == "src/main.rs" => "main".to_owned(),
            None => "lib".to_owned(),
        }
    }

    fn report(&mut self, line: usize, what: String) {
        self.violations.push(Violation { file: self.file.to_owned(), line, what });
    }

    fn unknown_module(&mut self, name: &str, line: usize) {
        self.report(line, format!("module `{name}` has no row in the table of imports"));
    }

    fn tokens(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            at += match &tokens[at] {
                TokenTree::Ident(ident) if ident == "mod" => self.declaration(&tokens[at..]),
                TokenTree::Ident(ident) if begins_path(ident, follows_colons(tokens, at)) => {
                    self.path(&tokens[at..], None)
                }
                TokenTree::Group(group) => {
                    self.tokens(&group.stream().into_iter().collect::<Vec<_>>());
                    1
                }
                _ => 1,
            };
        }
    }

    /// `mod name;` or `mod name { … }`; returns how many tokens that took.
    fn declaration(&mut self, tokens: &[TokenTree]) -> usize {
        let Some(TokenTree::Ident(name)) = tokens.get(1) else { return 1 };
        if self.module.is_empty() && row(&name.to_string()).is_none() {
            self.unknown_module(&name.to_string(), name.span().start().line);
        }
        if let Some(TokenTree::Group(body)) = tokens.get(2) {
            self.module.push(name.to_string());
            self.tokens(&body.stream().into_iter().collect::<Vec<_>>());
            self.module.pop();
            return 3;
        }
        2
    }

    /// Follows a path to its ends, of which a group has many, from a module or
    /// from wherever its first word points; returns how many tokens that took.
    fn path(&mut self, tokens: &[TokenTree], from: Option<Vec<String>>) -> usize {
        let relative = from.is_some();
        let mut module = from.unwrap_or_else(|| self.module.clone());
        let line = tokens.first().map_or(1, |token| token.span().start().line);
        let mut at = 0;
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(name)) => match name.to_string().as_str() {
                    "crate" => module.clear(),
                    CRATE if at == 0 && !relative => module.clear(),
                    "self" => {}
                    "super" => drop(module.pop()),
                    name => module.push(name.to_owned()),
                },
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let items: Vec<TokenTree> = group.stream().into_iter().collect();
                    for item in items.split(|token| is_punct(token, ',')) {
                        if !item.is_empty() {
                            self.path(item, Some(module.clone()));
                        }
                    }
                    return at + 1;
                }
                // A glob ends the path; so does what is no path, as in `Vec::<T>`.
                _ => break,
            }
            at += 1;
            if !(follows_colons(tokens, at + 2)) {
                break;
            }
            at += 2;
        }
        // The words `self`, `super` and `crate` alone name no module, unless they
        // are imported.
        let alone = at == 1 && !relative;
        let renamed = matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "as" || word == "self");
        if !alone || renamed {
            self.hold(&module, line);
        }
        at
    }

    /// Holds a path against the table.
    fn hold(&mut self, path: &[String], line: usize) {
        let owner = self.owner();
        let may = match row(&owner) {
            Some(Only(may)) => may,
            Some(All) | None => return,
        };
        let Some(target) = path.first() else {
            self.report(line, format!("module `{owner}` may not import the crate's root"));
            return;
        };
        let full = path.join("::");
        let is_part = |of: &str| full == of || full.starts_with(&format!("{of}::"));
        if *target == owner || may.iter().any(|of| is_part(of)) {
            return;
        }
        match row(target) {
            None => self.unknown_module(target, line),
            Some(_) if may.iter().any(|of| of.starts_with(&format!("{target}::"))) => {
                self.report(line, format!("module `{owner}` may not import `{full}`"));
            }
            Some(_) => self.report(line, format!("module `{owner}` may not import `{target}`")),
        }
    }
}

/// Whether a word can begin a path of this crate, perhaps behind `::`.
fn begins_path(word: &Ident, behind_colons: bool) -> bool {
    word == CRATE || !behind_colons && ["crate", "super", "self"].iter().any(|first| word == first)
}

/// Whether there is `::` before a token.
fn follows_colons(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && tokens.get(at - 2..at).is_some_and(|two| two.iter().all(|t| is_punct(t, ':')))
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

/// The violations in a made-up file, as `line: what`.
fn found(file: &str, source: &str) -> Vec<String> {
    check(file, source).iter().map(|v| format!("{}: {}", v.line, v.what)).collect()
}

#[test]
fn report_names_file_line_and_modules() {
    let violations = check("src/base/units.rs", "\n\nuse crate::text::Shaper;\n");
    assert_eq!(
        violations[0].to_string(),
        "src/base/units.rs:3: module `base` may not import `text`"
    );
    assert_eq!(violations.len(), 1);
}

#[test]
fn allowed_paths_pass() {
    let source = "
        use crate::base::{Abs, Em};
        pub(crate) use crate::{diag::Diagnostic, base};
        pub(in crate::color) struct Ink;
        use super::assets::Store;
        use self::inner::Thing;
        fn paint(&self) { self.0; crate::color::Color::BLACK; std::mem::take(self) }
    ";
    assert_eq!(found("src/color/mod.rs", source), [""; 0]);
}

#[test]
fn grouped_imports_are_taken_apart() {
    let source = "use crate::{
        base::{Abs, units::{Em}},
        model,
        source::{self, tree::{Node}},
        {theme as looks},
    };";
    assert_eq!(
        found("src/diag/mod.rs", source),
        [
            "3: module `diag` may not import `model`",
            "4: module `diag` may not import `source`",
            "4: module `diag` may not import `source`",
            "5: module `diag` may not import `theme`",
        ]
    );
}

#[test]
fn super_chains_that_climb_out_count() {
    assert_eq!(found("src/linebreak/item.rs", "use super::Params;"), [""; 0]);
    assert_eq!(found("src/linebreak/item.rs", "use super::super::base::Abs;"), [""; 0]);
    assert_eq!(
        found("src/linebreak/item.rs", "use super::super::text::Run;"),
        ["1: module `linebreak` may not import `text`"]
    );
    assert_eq!(
        found("src/linebreak/mod.rs", "use super::{base::Abs, text::Run};"),
        ["1: module `linebreak` may not import `text`"]
    );
    assert_eq!(
        found("src/linebreak/mod.rs", "use self::super::text::Run;"),
        ["1: module `linebreak` may not import `text`"]
    );
    assert_eq!(
        found("src/linebreak/a/mod.rs", "use super::{super::{text, base}, item};"),
        ["1: module `linebreak` may not import `text`"]
    );
}

#[test]
fn modules_within_a_file_deepen_super() {
    let source = "
        use super::base::Abs;
        #[cfg(test)]
        mod tests {
            use super::*;
            use super::super::text::Run;
            mod deep { use super::super::Item; fn f() { super::super::super::pdf::write() } }
        }
        use super::document::Page;
    ";
    assert_eq!(
        found("src/linebreak/mod.rs", source),
        [
            "6: module `linebreak` may not import `text`",
            "7: module `linebreak` may not import `pdf`",
            "9: module `linebreak` may not import `document`",
        ]
    );
}

#[test]
fn reexports_paths_in_code_and_macros_count() {
    let source = r#"
        pub use crate::layout::Page;
        fn f() -> crate::pdf::Writer { Vec::<crate::text::Run>::new() }
        macro_rules! m { ($x:expr) => { $crate::theme::style($x) }; }
        impl<T: Into<crate::model::Block>> From<T> for X {}
        #[derive(crate::source::Derive)] struct Y;
    "#;
    assert_eq!(
        found("src/document/mod.rs", source),
        [
            "2: module `document` may not import `layout`",
            "3: module `document` may not import `pdf`",
            "3: module `document` may not import `text`",
            "4: module `document` may not import `theme`",
            "5: module `document` may not import `model`",
            "6: module `document` may not import `source`",
        ]
    );
}

#[test]
fn comments_and_strings_do_not_count() {
    let source = r##"
        //! See [`crate::text`].
        /// Like [`crate::pdf::write`], `super::super::text`.
        // use crate::layout;
        /* use crate::layout; /* use crate::model; */ use crate::theme; */
        const A: &str = "use crate::text;";
        const B: &str = r#"use "crate::text";"#;
        const C: &[u8] = b"crate::text";
        const D: char = '"'; // crate::text
        fn f<'a>(x: &'a str) -> &'a str { x }
    "##;
    assert_eq!(found("src/base/mod.rs", source), [""; 0]);
}

#[test]
fn the_root_is_no_way_around() {
    for source in [
        "use crate::*;",
        "use crate as root;",
        "use crate::{self as root};",
        "use super::*;",
        "use super::{*};",
        "extern crate self as root;",
        "use drukklaar::*;",
    ] {
        assert_eq!(
            found("src/diag/mod.rs", source),
            ["1: module `diag` may not import the crate's root"],
            "{source}"
        );
    }
    assert_eq!(
        found("src/diag/mod.rs", "use crate::Brochure;"),
        ["1: module `Brochure` has no row in the table of imports"]
    );
    assert_eq!(
        found("src/diag/mod.rs", "use drukklaar::text;"),
        ["1: module `diag` may not import `text`"]
    );
}

#[test]
fn single_items_of_a_module_may_be_allowed() {
    let source = "
        use crate::source::Text;
        use crate::source::{Text as Words, Tree};
        use crate::source::TextTree;
        use crate::source;
        use crate::source::*;
        fn f() { crate::source::Text::new() }
    ";
    assert_eq!(
        found("src/text/mod.rs", source),
        [
            "3: module `text` may not import `source::Tree`",
            "4: module `text` may not import `source::TextTree`",
            "5: module `text` may not import `source`",
            "6: module `text` may not import `source`",
        ]
    );
}

#[test]
fn modules_without_a_row_are_errors() {
    assert_eq!(
        found("src/helpers.rs", "use crate::helpers::a;"),
        ["1: module `helpers` has no row in the table of imports"]
    );
    assert_eq!(
        found("src/lib.rs", "pub mod base;\nmod helpers { use crate::base; }\nuse base::Abs;"),
        ["2: module `helpers` has no row in the table of imports"]
    );
}

#[test]
fn main_may_only_use_the_command_line() {
    assert_eq!(found("src/main.rs", "fn main() { drukklaar::cli::run() }"), [""; 0]);
    assert_eq!(
        found("src/main.rs", "use drukklaar::{cli, pdf};"),
        ["1: module `main` may not import `pdf`"]
    );
    assert_eq!(
        found("src/main.rs", "use ::drukklaar::pdf; type T = Vec<::drukklaar::text::Run>;"),
        ["1: module `main` may not import `pdf`", "1: module `main` may not import `text`"]
    );
    assert_eq!(
        found("src/main.rs", "use drukklaar as d;"),
        ["1: module `main` may not import the crate's root"]
    );
    assert_eq!(found("src/cli/mod.rs", "use crate::{pdf, text::Run, Brochure};"), [""; 0]);
}
