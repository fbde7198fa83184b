//! What `--format json` writes, held against its schema.

use crate::build::{BAD, GOOD};
use crate::harness::Folder;
use crate::report_support::Schema;
use serde_json::{Value, json};

fn schema() -> Schema {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/result.schema.json");
    Schema::new(&std::fs::read_to_string(path).unwrap())
}

/// The result of a run, which keeps its schema.
#[track_caller]
fn result(folder: &Folder, status: i32, words: &[&str]) -> Value {
    let run = folder.run(&[words, &["--format", "json"]].concat());
    run.status(status).stderr("");
    let result = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(schema().faults(&result), [""; 0], "{words:?}: {result:#}");
    result
}

/// A brochure with a warning that names another place: a colour without contrast.
fn pale() -> String {
    GOOD.replace("pages = 2", "pages = 2\ntheme = \"pale.toml\"")
}

const PALE: &str = "kind = \"theme\"\n[colors]\nink = \"#888888\"\n";

#[test]
fn results_keep_their_schema() {
    let folder = Folder::new()
        .file("in/good.toml", GOOD)
        .file("in/deep/bad.toml", BAD)
        .file("in/pale.toml", PALE)
        .file("in/grey.toml", &pale());
    let clean = result(&folder, 0, &["check", "in/good.toml"]);
    assert_eq!(clean["brochures"][0]["status"], "fine");
    assert_eq!(clean["totals"]["errors"], 0);

    let built = result(&folder, 0, &["build", "in/good.toml", "--report", "reports"]);
    let brochure = &built["brochures"][0];
    assert_eq!(brochure["status"], "built");
    assert_eq!(brochure["outputs"].as_array().unwrap().len(), 2);
    assert_eq!(brochure["report"]["path"], "reports/good.layout.json");

    let warned = result(&folder, 0, &["check", "in/grey.toml"]);
    let found = warned["brochures"][0]["diagnostics"].as_array().unwrap();
    assert!(found.iter().all(|found| found["severity"] == "warning"), "{warned:#}");
    assert!(found.iter().any(|found| found["related"] != json!([])), "{warned:#}");

    let several = result(&folder, 1, &["build", "in", "--profile", "screen"]);
    let stati: Vec<&Value> =
        several["brochures"].as_array().unwrap().iter().map(|b| &b["status"]).collect();
    assert_eq!(stati.iter().filter(|status| **status == "rejected").count(), 1, "{several:#}");
    assert_eq!(several["totals"]["built"], 2);

    let pictures = result(&folder, 0, &["preview", "in/good.toml", "--dpi", "20"]);
    assert_eq!(pictures["brochures"][0]["outputs"][0]["page"], 1);

    let denied = result(&folder, 1, &["check", "in/grey.toml", "--deny", "warnings"]);
    assert_eq!(denied["brochures"][0]["status"], "rejected");

    let taken = Folder::new().file("a.toml", GOOD).file("out", "a file, not a folder");
    let failed = result(&taken, 3, &["build", "a.toml"]);
    assert!(failed["brochures"][0]["failure"].is_string(), "{failed:#}");
}

#[test]
fn a_result_that_differs_from_the_schema_is_noticed() {
    let folder = Folder::new().file("a.toml", GOOD).file("b.toml", BAD);
    let sound = result(&folder, 1, &["build", "a.toml", "b.toml"]);
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut result = sound.clone();
        change(&mut result);
        schema().faults(&result)
    };
    for (change, place) in [
        (
            &(|r: &mut Value| r["brochures"][0]["status"] = json!("done")) as &dyn Fn(&mut Value),
            "/brochures/0/status: ",
        ),
        (&|r| r["brochures"][0]["outputs"][0]["page"] = json!(1), "/brochures/0/outputs/0"),
        (&|r| r["brochures"][0]["seconds"] = json!(1), "/brochures/0/seconds: not in the schema"),
        (&|r| r["brochures"][1]["pages"] = json!("none"), "/brochures/1/pages: "),
        (&|r| r["brochures"][1]["diagnostics"][0]["line"] = json!(0), "/brochures/1/diagnostics/0"),
        (&|r| drop(r["totals"].as_object_mut().unwrap().remove("fine")), "/totals: no `fine`"),
        (&|r| r["version"] = json!(2), "/version: 2 is not 1"),
    ] {
        let faults = wrong(change);
        assert!(faults.iter().any(|fault| fault.starts_with(place)), "{place} {faults:?}");
    }
}

#[test]
fn the_schema_of_results_describes_every_key() {
    let bare = schema().without_description();
    assert!(bare.is_empty(), "{bare:?}");
}
