//! Screen files keep to PDF/UA-1 and PDF/A-2a, as a validator in Rust sees it.
//!
//! It is there in any build, without Java; it tests most of what a machine can,
//! so that a fault in the tags is seen before the other checks run.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use drukklaar::CompileOptions;
use drukklaar::assets::Assets;
use drukklaar::pdf::{self, Cache, PdfOptions, Profile};
use lopdf::{Dictionary, Object, dictionary};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::path::Path;

const BOTH: [ValidationProfile; 2] = [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1];

/// The screen file of one of the repository's brochures.
fn screen_file(brochure: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("brochures").join(brochure);
    let compiled = drukklaar::compile(&path, &Assets::new(), CompileOptions::default());
    let options = PdfOptions { profile: Profile::Screen, cache: &Cache::new() };
    pdf::write(&compiled.document.unwrap(), &options).unwrap()
}

/// The rules that a file breaks, each with what is told of it.
fn faults(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for profile in BOTH {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        // A validator without rules would pass everything.
        assert!(report.rules.total > 100, "{profile:?}: {} rules", report.rules.total);
        assert_eq!(report.is_compliant, report.failures.is_empty());
        found.extend(report.failures.iter().map(|f| format!("{} {}", f.rule_id, f.message)));
    }
    found
}

#[track_caller]
fn assert_keeps(brochure: &str) {
    let found = faults(&screen_file(brochure));
    assert!(found.is_empty(), "{brochure}:\n{}", found.join("\n"));
}

#[test]
fn the_specimen_keeps_to_both_standards() {
    assert_keeps("specimen.toml");
}

#[test]
fn the_specimen_in_the_other_theme_keeps_to_both_standards() {
    assert_keeps("specimen-vuur.toml");
}

#[test]
fn flevoland_keeps_to_both_standards() {
    assert_keeps("flevoland.toml");
}

/// The dictionaries that fit, for a change to them.
fn each(pdf: &mut lopdf::Document, key: &[u8], value: &[u8], change: impl Fn(&mut Dictionary)) {
    let mut changed = 0;
    for object in pdf.objects.values_mut() {
        let Ok(dict) = object.as_dict_mut() else { continue };
        if dict.get(key).and_then(Object::as_name).is_ok_and(|name| name == value) {
            change(dict);
            changed += 1;
        }
    }
    assert!(changed > 0, "nothing to break");
}

#[test]
fn faults_are_found() {
    type Change = fn(&mut lopdf::Document);
    let cases: [(&str, Change); 8] = [
        ("14289-1:2014:7.2:", |pdf| {
            pdf.catalog_mut().unwrap().remove(b"Lang");
        }),
        ("14289-1:2014:6.2:1", |pdf| {
            pdf.catalog_mut().unwrap().set("MarkInfo", dictionary! { "Marked" => false });
        }),
        ("14289-1:2014:7.1:11", |pdf| {
            pdf.catalog_mut().unwrap().remove(b"StructTreeRoot");
        }),
        ("14289-1:2014:7.3:1", |pdf| {
            each(pdf, b"S", b"Figure", |figure| {
                figure.remove(b"Alt");
            });
        }),
        ("14289-1:2014:7.4.2:1", |pdf| {
            each(pdf, b"S", b"H2", |heading| heading.set("S", Object::Name(b"H4".to_vec())));
        }),
        ("14289-1:2014:7.18.5:2", |pdf| {
            each(pdf, b"Subtype", b"Link", |link| {
                link.remove(b"Contents");
            });
        }),
        ("14289-1:2014:7.21.7:1", |pdf| {
            each(pdf, b"Subtype", b"Type0", |font| {
                font.remove(b"ToUnicode");
            });
        }),
        ("19005-2:2011:6.2.4.3:2", |pdf| {
            pdf.catalog_mut().unwrap().remove(b"OutputIntents");
        }),
    ];
    let sound = screen_file("flevoland.toml");
    for (rule, change) in cases {
        let mut pdf = lopdf::Document::load_mem(&sound).unwrap();
        change(&mut pdf);
        let mut bytes = Vec::new();
        pdf.save_to(&mut bytes).unwrap();
        let found = faults(&bytes);
        assert!(found.iter().any(|fault| fault.contains(rule)), "{rule}: {found:#?}");
    }
}
