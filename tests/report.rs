//! The layout report from outside: its form, and what it says of brochures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod report_support;

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::report::Report;
use report_support::Schema;
use serde_json::{Value, json};
use std::path::Path;

const SAMPLES: [&str; 4] = ["flevoland", "noord-brabant", "specimen", "specimen-vuur"];

fn bytes(path: &str) -> Vec<u8> {
    let compiled = drukklaar::compile(Path::new(path), &Assets::new(), CompileOptions::default());
    Report::new(&compiled.document.expect(path)).to_json().unwrap()
}

fn report(name: &str) -> Value {
    serde_json::from_slice(&bytes(&format!("brochures/{name}.toml"))).unwrap()
}

fn schema() -> Schema {
    Schema::new(&std::fs::read_to_string("schema/layout.schema.json").unwrap())
}

/// All lines of a report.
fn lines(report: &Value) -> impl Iterator<Item = &Value> {
    report["pages"].as_array().unwrap().iter().flat_map(|page| {
        let columns = page["columns"].as_array().unwrap().iter();
        let columns = columns.flat_map(|column| column["lines"].as_array().unwrap());
        columns.chain(page["other_lines"].as_array().unwrap())
    })
}

#[test]
fn reports_keep_their_schema() {
    let schema = schema();
    for name in SAMPLES {
        let faults = schema.faults(&report(name));
        assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
    }
    let layout = serde_json::from_slice(&bytes("tests/layout/blocks.toml")).unwrap();
    assert_eq!(schema.faults(&layout), [""; 0]);
}

#[test]
fn a_report_that_differs_from_the_schema_is_noticed() {
    let schema = schema();
    let sound = report("noord-brabant");
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut report = sound.clone();
        change(&mut report);
        schema.faults(&report)
    };
    assert_eq!(wrong(&|_| ()), [""; 0]);
    let faults = wrong(&|report| report["summary"]["runts"] = json!("none"));
    assert_eq!(faults, ["/summary/runts: \"none\" is no integer"]);
    let faults = wrong(&|report| report["pages"][0]["more"] = json!(1));
    assert_eq!(faults, ["/pages/0/more: not in the schema"]);
    let faults = wrong(&|report| {
        report["pages"][1]["grid"].as_object_mut().unwrap().remove("rows");
    });
    assert!(faults[0].contains("/pages/1/grid"), "{faults:?}");
    let faults = wrong(&|report| report["version"] = json!(2));
    assert_eq!(faults, ["/version: 2 is not 1"]);
}

#[test]
fn the_schema_describes_every_key() {
    let bare = schema().without_description();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn the_same_brochure_gives_the_same_bytes() {
    let path = "brochures/flevoland.toml";
    assert_eq!(bytes(path), bytes(path));
}

#[test]
fn a_report_has_every_line_once_and_in_its_place() {
    let report = report("flevoland");
    let summary = &report["summary"];
    assert_eq!(lines(&report).count() as u64, summary["lines"].as_u64().unwrap());
    let body = lines(&report).filter(|line| line["body"] == json!(true)).count();
    assert_eq!(body as u64, summary["body_lines"].as_u64().unwrap());
    assert!(body > 150, "{body} lines of running text");
    assert_eq!(summary["body_size"], json!(9.5));
    assert_eq!(summary["pages"], json!(report["pages"].as_array().unwrap().len()));
    let known = ["brochures/flevoland.toml", "brochures/campaign.toml", "brochures/provinces.toml"];
    for line in lines(&report) {
        assert!(known.contains(&line["place"]["file"].as_str().unwrap()), "{line}");
    }
    for page in report["pages"].as_array().unwrap() {
        for column in page["columns"].as_array().unwrap() {
            let (left, width) = (column["x"].as_f64().unwrap(), column["width"].as_f64().unwrap());
            let foot = column["y"].as_f64().unwrap() + column["height"].as_f64().unwrap();
            for line in column["lines"].as_array().unwrap() {
                let (x, y) = (line["x"].as_f64().unwrap(), line["y"].as_f64().unwrap());
                let end = x + line["measure"].as_f64().unwrap_or_default();
                assert!(x > left - 0.2 && end < left + width + 0.2 && y < foot, "{line}");
                if line["body"] == json!(true) {
                    assert!(line["row"].as_i64() <= column["foot"].as_i64(), "{line}");
                    assert!(line["row"].is_i64(), "off the grid: {line}");
                }
            }
        }
    }
}

/// A justified line is as wide as its measure and what hangs out of it, give or
/// take what does not show at a margin.
#[test]
fn justified_lines_fill_their_measure() {
    let report = report("flevoland");
    let number = |value: &Value| value.as_f64().unwrap();
    let (mut full, mut short) = (0, 0);
    for line in lines(&report).filter(|line| line["justified"] == json!(true)) {
        let hang = number(&line["protrusion"]["left"]) + number(&line["protrusion"]["right"]);
        let rest = number(&line["measure"]) + hang - number(&line["width"]);
        if rest < 1.0 {
            full += 1
        } else {
            short += 1
        }
        assert!(rest > -1.0, "{line}");
    }
    assert!(full > 50);
    assert_eq!(short, report["summary"]["short_lines"].as_u64().unwrap());
}
