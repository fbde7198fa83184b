//! Findings in the forms that other programs read.

use crate::build::{BAD, GOOD};
use crate::harness::Folder;
use serde_json::{Value, json};

/// A brochure whose theme, which others may share, cannot be printed.
fn shared() -> Folder {
    let brochure = GOOD.replace("pages = 2", "pages = 2\ntheme = \"thema één.toml\"");
    let theme = "kind = \"theme\"\n[colors]\nbrand = \"cmyk(100, 100, 100, 100)\"\n";
    Folder::new()
        .file("in/a.toml", &brochure)
        .file("in/b.toml", &brochure)
        .file("in/thema één.toml", theme)
}

#[test]
fn github_gets_a_command_for_each_finding() {
    let folder = Folder::new().file("in/a.toml", GOOD).file("in/b,c.toml", BAD);
    let allowed = "allowed: title, subtitle, image, alt, decorative, placeholder";
    folder.run(&["check", "in", "--format", "github"]).status(1).stderr("").stdout(&format!(
        "::error file=in/b%2Cc.toml,line=6,endLine=6,col=1,endColumn=8,title=unknown-key\
         ::the cover has no key `subtitel`%0A{allowed}%0Ahint: did you mean `subtitle`?\n\
         ::error file=in/b%2Cc.toml,line=9,endLine=9,col=9,endColumn=10,title=wrong-type\
         ::`title` must be text, not a whole number%0Aallowed: text%0Ahint: put it between quotes\n\
         in/a.toml: fine, 2 pages\n\
         in/b,c.toml: not accepted, 2 errors\n\
         2 brochures: 1 fine, 1 with errors (2 errors)\n"
    ));
}

#[test]
fn github_gets_what_brochures_share_once() {
    let run_of = shared();
    let run = run_of.run(&["check", "in", "--format", "github"]);
    run.status(1).stderr("");
    let out = run.out();
    let commands: Vec<&str> = out.lines().filter(|line| line.contains("[print]")).collect();
    assert_eq!(
        commands,
        ["::error file=in/thema één.toml,line=3,endLine=3,col=9,endColumn=34,title=ink-limit\
          ::cmyk(100, 100, 100, 100) is 400 %25 of ink, more than the paper takes\
          %0Aallowed: 300 %25 of all inks together (`ink_limit` in `[print]`)\
          %0Ahint: take less of the coloured inks, for instance \"cmyk(66, 66, 66, 100)\""]
    );
}

#[test]
fn sarif_tells_rules_results_and_places() {
    let folder = shared();
    let run = folder.run(&["check", "in", "--format", "sarif"]);
    run.status(1).stderr("");
    let log: Value = serde_json::from_str(&run.out()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "drukklaar");
    let rules = driver["rules"].as_array().unwrap();
    let ids: Vec<&Value> = rules.iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids[0], "ink-limit");
    assert_eq!(
        rules[0]["shortDescription"],
        json!({ "text": "More ink at a place than the paper takes." })
    );
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(&result["ruleId"], ids[index]);
    }
    let ink: Vec<&Value> = results.iter().filter(|r| r["ruleId"] == "ink-limit").collect();
    // Both brochures have it of their theme.
    assert_eq!(ink.len(), 1);
    assert_eq!(
        *ink[0],
        json!({
            "ruleId": "ink-limit",
            "ruleIndex": 0,
            "level": "error",
            "message": {
                "text": "cmyk(100, 100, 100, 100) is 400 % of ink, more than the paper \
                         takes\nallowed: 300 % of all inks together (`ink_limit` in \
                         `[print]`)\nhint: take less of the coloured inks, for instance \
                         \"cmyk(66, 66, 66, 100)\""
            },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": "in/thema%20%C3%A9%C3%A9n.toml" },
                    "region": { "startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 35 }
                }
            }],
            "relatedLocations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": "in/a.toml" },
                    "region": { "startLine": 10, "startColumn": 10, "endLine": 10, "endColumn": 15 }
                },
                "message": { "text": "used here first, on page 1" }
            }]
        })
    );
}

#[test]
fn sarif_is_exact_to_the_byte() {
    let folder = Folder::new().file("a.toml", &GOOD.replace("title = \"Proef\"", "titel = \"P\""));
    let expected = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "drukklaar",
          "semanticVersion": "VERSION",
          "rules": [
            {
              "id": "unknown-key",
              "shortDescription": {
                "text": "A key that this table does not know."
              }
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true
        }
      ],
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "unknown-key",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "the cover has no key `titel`\nallowed: title, subtitle, image, alt, decorative, placeholder\nhint: did you mean `title`?"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "a.toml"
                },
                "region": {
                  "startLine": 9,
                  "startColumn": 1,
                  "endLine": 9,
                  "endColumn": 6
                }
              }
            }
          ]
        }
      ]
    }
  ]
}
"#;
    let expected = expected.replace("VERSION", env!("CARGO_PKG_VERSION"));
    folder.run(&["check", "a.toml", "--format", "sarif"]).status(1).stderr("").stdout(&expected);
}

#[test]
fn sarif_tells_what_failed() {
    let folder = Folder::new().file("a.toml", GOOD).file("out", "a file, not a folder");
    let run = folder.run(&["build", "a.toml", "--format", "sarif"]);
    run.status(3).stderr("");
    let log: Value = serde_json::from_str(&run.out()).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "error");
    let words = notification["message"]["text"].as_str().unwrap();
    assert!(words.starts_with("cannot write `out/a.print.pdf`: "), "{words}");
    assert_eq!(log["runs"][0]["results"], json!([]));
}

#[test]
fn the_environment_may_give_the_date() {
    let undated = GOOD.replace("date = 2026-11-01", "");
    let folder = Folder::new().file("a.toml", &undated);
    let run = folder.run(&["check", "a.toml"]);
    run.status(0);
    assert!(run.err().starts_with("warning[date-missing]: "), "{}", run.err());
    let with = |epoch: &str| {
        let mut command = folder.command(&["build", "a.toml", "--profile", "print"]);
        command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap()
    };
    let output = with("1793491200");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    let made = folder.read("out/a.print.pdf").unwrap();
    let dated = Folder::new().file("a.toml", GOOD);
    dated.run(&["build", "a.toml", "--profile", "print"]).status(0).stderr("");
    assert_eq!(dated.read("out/a.print.pdf").unwrap(), made);
    let output = with("gisteren");
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    let words = "error: SOURCE_DATE_EPOCH is `gisteren` and must be a number of seconds since 1970";
    assert_eq!(err, format!("{words}\n"));
}
