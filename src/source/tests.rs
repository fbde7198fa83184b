//! Loading from disk: what is merged, and that places survive it.

use super::*;
use crate::assets::Assets;
use crate::diag::{Diagnostics, Files, Span};
use std::path::Path;

struct Loaded {
    files: Files,
    source: Option<Source>,
    diags: Diagnostics,
    folder: tempfile::TempDir,
}

impl Loaded {
    /// Writes files into a new folder and loads the first.
    fn new(contents: &[(&str, &str)]) -> Loaded {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in contents {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut files = Files::new();
        let mut diags = Diagnostics::new();
        let path = folder.path().join(contents[0].0);
        let source = load(&path, &Assets::new(), &mut files, &mut diags);
        Loaded { files, source, diags, folder }
    }

    /// The node at a path such as `chapter.0.title`.
    fn node(&self, path: &str) -> &Node {
        let mut names = path.split('.');
        let root = &self.source.as_ref().unwrap().root;
        let mut node = &root.get(names.next().unwrap()).expect(path).node;
        for name in names {
            node = match &node.value {
                Value::Table(table) => &table.get(name).expect(path).node,
                Value::Array(nodes) => &nodes[name.parse::<usize>().unwrap()],
                other => panic!("{path}: {other:?}"),
            };
        }
        node
    }

    fn text(&self, path: &str) -> &Text {
        let Value::Text(text) = &self.node(path).value else { panic!("{path}") };
        text
    }

    /// `file:line:column snippet` of a place.
    fn place(&self, span: Span) -> String {
        let name = self.files.get(span.file).name();
        let base = self.folder.path().to_string_lossy().replace('\\', "/");
        let name = name.strip_prefix(&format!("{base}/")).unwrap_or(name);
        let at = self.files.location(span);
        format!("{name}:{}:{} {}", at.line, at.column, self.files.snippet(span))
    }

    /// `file:line:column snippet | message | hints` of all findings.
    fn findings(&self) -> Vec<String> {
        let base = format!("{}/", self.folder.path().to_string_lossy().replace('\\', "/"));
        let finding = |d: &crate::diag::Diagnostic| {
            let hints = d.hints.join("; ");
            format!("{} | {} | {hints}", self.place(d.span), d.message.replace(&base, ""))
        };
        self.diags.iter().map(finding).collect()
    }
}

#[test]
fn tables_merge_key_by_key_and_lists_are_replaced() {
    let loaded = Loaded::new(&[
        (
            "a.toml",
            "extends = \"shared/c.toml\"\n[organisation]\nname = \"A\"\n[[chapter]]\ntitle = \"a\"\n",
        ),
        (
            "shared/c.toml",
            "kind = \"campaign\"\nextends = \"../b.toml\"\n[[chapter]]\ntitle = \"c1\"\n[[chapter]]\ntitle = \"c2\"\n",
        ),
        ("b.toml", "[intro]\ntext = \"b\"\n[organisation]\nname = \"B\"\nphone = \"030\"\n"),
    ]);
    assert_eq!(loaded.findings(), Vec::<String>::new());
    let source = loaded.source.as_ref().unwrap();
    assert_eq!(source.kind, FileKind::Brochure);
    let keys: Vec<_> = source.root.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["intro", "organisation", "chapter"]);
    let place = |path| loaded.place(loaded.text(path).span());
    assert_eq!(place("organisation.name"), "a.toml:3:9 A");
    assert_eq!(place("organisation.phone"), "b.toml:5:10 030");
    assert_eq!(place("chapter.0.title"), "a.toml:5:10 a");
    let Value::Array(chapters) = &loaded.node("chapter").value else { panic!() };
    assert_eq!(chapters.len(), 1);
    assert_eq!(loaded.place(loaded.node("organisation").span), "a.toml:2:1 [organisation]");
}

#[test]
fn templates_keep_types_and_places() {
    let loaded = Loaded::new(&[
        (
            "a.toml",
            concat!(
                "data = \"p.toml\"\nprovince = \"flevoland\"\nlanguage = \"nl\"\n",
                "[organisation]\nname = \"Unie\"\nabout = \"De {{ organisation.name }} in {{province.name}}\"\n",
                "[x]\nn = \"{{ province.banen }}\"\ns = \"Zo'n {{ province.banen | number }} banen\"\n",
                "list = \"{{ province.plaatsen }}\"\nlong = \"\"\"\nEén {{ province.name | upper }}\nen {{ organisation.about }}.\"\"\"\n",
                "tel = \"{{ province.contact.tel-nr }}, {{ ('0' ~ '306053344') | phone }}\"\nbraces = \"{{ '{{' }}!\"\n",
                "dag = \"{{ province.dag }}\"\nop = \"op {{ province.dag }}\"\n"
            ),
        ),
        (
            "p.toml",
            "kind = \"data\"\n[flevoland]\nname = \"Flevoland\"\nbanen = 4179\nplaatsen = [\"Almere\", \"Urk\"]\ncontact.tel-nr = \"06\"\ndag = 2026-11-01\n",
        ),
    ]);
    assert_eq!(loaded.findings(), Vec::<String>::new());
    assert!(matches!(loaded.node("x.n").value, Value::Int(4179)));
    assert_eq!(loaded.place(loaded.node("x.n").span), "a.toml:8:5 \"{{ province.banen }}\"");
    assert_eq!(loaded.text("x.s").as_str(), "Zo'n 4.179 banen");
    assert_eq!(loaded.text("x.list.1").as_str(), "Urk");
    assert_eq!(loaded.text("x.long").as_str(), "Eén FLEVOLAND\nen De Unie in Flevoland.");
    assert_eq!(loaded.text("x.tel").as_str(), "06, 030\u{a0}-\u{a0}605\u{a0}33\u{a0}44");
    assert_eq!(loaded.text("x.braces").as_str(), "{{!");
    assert!(matches!(loaded.node("x.dag").value, Value::Date(_)));
    assert_eq!(loaded.text("x.op").as_str(), "op 1 november 2026");
    let text = loaded.text("x.s");
    let place = |range: std::ops::Range<usize>| loaded.place(text.span_of(range));
    assert_eq!(place(0..4), "a.toml:9:6 Zo'n");
    assert_eq!(place(5..10), "a.toml:9:11 {{ province.banen | number }}");
    assert_eq!(place(11..16), "a.toml:9:41 banen");
    let long = loaded.text("x.long");
    let at = long.as_str().find("en De").unwrap();
    assert_eq!(loaded.place(long.span_of(at..at + 2)), "a.toml:13:1 en");
}

#[test]
fn unknown_names_are_found_at_every_depth() {
    let loaded = Loaded::new(&[
        (
            "a.toml",
            concat!(
                "data = \"p.csv\"\nprovince = \"flevoland\"\n[x]\n",
                "a = \"{{ province.naam }}\"\nb = \"\"\"\nIn {{ provincie.name | upper }}\nen {{ province.name.kort }}\"\"\"\n",
                "c = \"{{ province.banen + province.baan }} {{ province.name | uper }}\"\n",
                "d = \"{% if x %}\"\ne = \"{{ province.name\"\nf = \"{{ province.name | number }}\"\ng = \"{{ }}\"\nh = \"{{ province. }}\"\ni = \"x {{ province }}\"\n"
            ),
        ),
        ("p.csv", "id,name,banen\nflevoland,Flevoland,12\n"),
    ]);
    assert_eq!(
        loaded.findings(),
        [
            "a.toml:4:18 naam | `province` has no field `naam` | did you mean `province.name`?",
            "a.toml:6:7 provincie | there is no `provincie` | did you mean `province`?",
            "a.toml:7:7 province.name | `province.name` is text, without fields | ",
            "a.toml:8:35 baan | `province` has no field `baan` | did you mean `province.banen`?",
            "a.toml:8:62 uper | there is no filter `uper` | did you mean `upper`?",
            "a.toml:9:6 {% | statements in `{% … %}` are not supported | ",
            "a.toml:10:6 {{ | the braces that open here are not closed | close them with `}}`",
            "a.toml:11:6 {{ province.name | number }} | `province.name | number` has no value: `number` takes a number, not \"Flevoland\" | ",
            "a.toml:12:6 {{ }} | there is nothing between the braces | ",
            "a.toml:13:6 {{ province. }} | `province.` cannot be understood: unexpected end of input, expected identifier or integer | ",
            "a.toml:14:8 {{ province }} | a table cannot stand inside a text | name one of its fields",
        ]
    );
    assert!(loaded.node("x.a").is_faulty());
    assert!(loaded.text("x.b").as_str().starts_with("In …\nen …"));
}

#[test]
fn shared_tables_are_taken_over_by_name() {
    let loaded = Loaded::new(&[(
        "a.toml",
        concat!(
            "[shared.kop]\ntitle = \"Gedeeld\"\ntext = \"t\"\n[[shared.kop.block]]\nuse = \"blok\"\n",
            "[shared.blok]\ntopic = \"T\"\ntext = \"bt\"\n[shared.rond]\nuse = \"rond\"\n",
            "[[chapter]]\nuse = \"kop\"\ntitle = \"Eigen\"\n[[chapter]]\nuse = \"blk\"\n[[chapter]]\nuse = \"rond\"\n"
        ),
    )]);
    assert_eq!(
        loaded.findings(),
        [
            "a.toml:15:7 \"blk\" | there is no shared table `blk` | did you mean \"blok\"?",
            "a.toml:10:7 \"rond\" | `use = \"rond\"` leads back to `[shared.rond]` itself | ",
        ]
    );
    assert_eq!(loaded.text("chapter.0.title").as_str(), "Eigen");
    assert_eq!(loaded.text("chapter.0.text").as_str(), "t");
    assert_eq!(loaded.place(loaded.text("chapter.0.block.0.topic").span()), "a.toml:7:10 T");
    assert!(loaded.source.unwrap().root.get("shared").is_none());
}

#[test]
fn files_that_cannot_be_read_are_reported_where_they_are_named() {
    let loaded = Loaded::new(&[
        ("a.toml", "extends = \"b.toml\"\nprovince = \"flevolnd\"\ndata = \"p.toml\"\n"),
        ("b.toml", "extends = \"c.toml\"\n"),
        ("c.toml", "extends = \"b.toml\"\n"),
        ("p.toml", "[flevoland]\nname = \"x\"\n"),
    ]);
    assert_eq!(
        loaded.findings(),
        [
            "c.toml:1:11 \"b.toml\" | `extends` leads back to b.toml | ",
            "a.toml:2:12 \"flevolnd\" | p.toml has no row `flevolnd` | did you mean \"flevoland\"?",
        ]
    );
    let loaded = Loaded::new(&[
        (
            "a.toml",
            "extends = \"t.toml\"\nprovince = \"x\"\ndata = \"q.toml\"\n[x]\ny = \"{{ province.z }}\"\n",
        ),
        ("t.toml", "kind = \"theme\"\n"),
    ]);
    assert_eq!(
        loaded.findings(),
        [
            "a.toml:1:11 \"t.toml\" | t.toml cannot be extended here | ",
            "a.toml:3:8 \"q.toml\" | there is no file q.toml | paths start from the folder of the file that names them",
        ]
    );
    let loaded = Loaded::new(&[("a.toml", "kind = \"thema\"\n[x]\ny = \"{{ province.z }}\"\n")]);
    assert_eq!(
        loaded.findings(),
        [
            "a.toml:1:8 \"thema\" | `kind` cannot be \"thema\" | did you mean \"theme\"?",
            "a.toml:3:9 province | there is no `province` here, since the brochure names none | name a row of the data table: `province = \"…\"`, `data = \"…\"`",
        ]
    );
}

#[test]
fn the_kind_of_a_file_is_told_without_its_bases() {
    let folder = tempfile::tempdir().unwrap();
    let assets = Assets::new();
    let kind = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        kind_of(&path, &assets)
    };
    assert_eq!(kind("a.toml", "extends = \"none.toml\"\n"), FileKind::Brochure);
    assert_eq!(kind("b.toml", "[x\nkind = 1\n"), FileKind::Brochure);
    assert_eq!(kind("c.toml", "# x\nkind = \"theme\"\n[x]\nkind = \"data\"\n"), FileKind::Theme);
    assert_eq!(kind("d.toml", "kind = 'campaign'\n"), FileKind::Campaign);
    assert_eq!(kind("e.csv", "id\n"), FileKind::Data);
    assert_eq!(kind_of(Path::new("no/such.toml"), &assets), FileKind::Brochure);
}

#[test]
fn paths_are_resolved_against_the_naming_file() {
    use crate::diag::SourceFile;
    let from = |name: &str, path: &str| {
        let path = resolve(&SourceFile::new(name, ""), path);
        path.to_string_lossy().replace('\\', "/")
    };
    assert_eq!(from("brochures/a.toml", "../images/x.svg"), "images/x.svg");
    assert_eq!(from("a.toml", "./x.svg"), "x.svg");
    assert_eq!(from("../b/a.toml", "../../x.svg"), "../../x.svg");
    assert_eq!(from("b/a.toml", "/x/y.svg"), "/x/y.svg");
}
