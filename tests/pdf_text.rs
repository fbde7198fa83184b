//! Glyphs of a document, written as PDF and placed again by its operators.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

mod pdf_support;

use drukklaar::base::{Abs, Point};
use drukklaar::color::Color;
use drukklaar::document::{GlyphRun, Item, Page, Stamp};
use drukklaar::pdf::Profile;
use pdf_support::places::{Placed, placed_glyphs};
use pdf_support::*;

/// The numbers of an operator, as often as it occurs.
fn operands(read: &Read, operator: &str) -> Vec<f32> {
    let operations = read.operations(0);
    let all = operations.iter().filter(|operation| operation.operator == operator);
    all.map(|operation| operation.operands[0].as_float().unwrap()).collect()
}

/// A run whose glyphs are drawn wider or narrower, with advances to match.
fn expanded(run: GlyphRun, expansion: i16) -> GlyphRun {
    let mut run = GlyphRun { expansion, ..run };
    for glyph in &mut run.glyphs {
        glyph.advance = glyph.advance * (1.0 + f64::from(expansion) / 1000.0);
    }
    run
}

/// Holds what a PDF places against the runs of a document, on the first page.
fn assert_places(placed: &[Placed], runs: &[(Point, GlyphRun)]) {
    let mut placed = placed.iter();
    for (at, run) in runs {
        let mut pen = at.x;
        for glyph in &run.glyphs {
            let found = placed.next().unwrap();
            let x = (pen + glyph.dx).to_pt();
            let y = Abs::mm(297.0).to_pt() - (at.y - glyph.dy).to_pt();
            // Half a thousandth of an em along the line, and of a point in each
            // of the places that are rounded.
            let near = 0.000_51 * found.size + 0.000_51;
            assert!((found.x - x).abs() <= near, "{} for {x} with {}", found.x, run.expansion);
            assert!((found.y - y).abs() <= 0.0011, "{} for {y}", found.y);
            assert!((found.size - run.size.to_pt()).abs() <= 0.0005);
            let scale = 1.0 + f64::from(run.expansion) / 1000.0;
            assert!((found.scale - scale).abs() < 1e-9, "{} for {scale}", found.scale);
            pen += glyph.advance;
        }
    }
    assert_eq!(placed.next(), None);
}

fn write_and_place(runs: &[(Point, GlyphRun)]) -> (Read, Vec<Placed>) {
    let items = runs.iter().map(|(at, run)| (*at, Item::Text(run.clone()))).collect();
    let read = read(&document(vec![page(items)]), Profile::Screen);
    let placed = placed_glyphs(&read, 0);
    (read, placed)
}

#[test]
fn the_pen_follows_the_advances_without_drifting() {
    let font = font("regular");
    for expansion in [-20, 0, 20] {
        let plain = run(&font, 9.5, Color::BLACK, &"aba ".repeat(30));
        let mut run = expanded(plain, expansion);
        for (i, glyph) in run.glyphs.iter_mut().enumerate() {
            // A third of a thousandth of an em each, and a shift now and then.
            glyph.advance += Abs::sp(207);
            glyph.dx = if i % 7 == 0 { Abs::pt(0.3) } else { Abs::ZERO };
        }
        let runs = [(at(0.0, 100.0), run)];
        assert_places(&write_and_place(&runs).1, &runs);
    }
}

#[test]
fn expanded_glyphs_need_no_adjustment_but_for_kerning() {
    let font = font("regular");
    for expansion in [-20, 20] {
        let plain = expanded(run(&font, 10.0, Color::BLACK, "hamburger"), expansion);
        let mut kerned = plain.clone();
        // 50/1000 em of the face, drawn as wide as the glyphs are.
        kerned.glyphs[4].advance += Abs::pt(-0.5) * (1.0 + f64::from(expansion) / 1000.0);
        for (run, adjustments) in [(plain, vec![]), (kerned, vec![50.0])] {
            let (read, _) = write_and_place(&[(at(10.0, 100.0), run)]);
            let operations = read.operations(0);
            let shown = operations.iter().find(|operation| operation.operator == "TJ").unwrap();
            let parts = shown.operands[0].as_array().unwrap();
            let numbers: Vec<f32> = parts.iter().filter_map(|part| part.as_float().ok()).collect();
            assert_eq!(numbers, adjustments);
        }
    }
}

#[test]
fn scaling_is_set_when_it_changes_and_outlives_other_things() {
    let font = font("regular");
    let line = |y, expansion, text: &str| {
        (at(50.0, y), expanded(run(&font, 9.5, Color::BLACK, text), expansion))
    };
    let runs = [
        line(100.0, 0, "zoals het is"),
        line(113.0, 15, "iets breder"),
        line(126.0, 15, "en nog eens"),
        line(139.0, -20, "smaller"),
        line(152.0, 0, "en weer zoals het is"),
    ];
    let mut items: Vec<_> = runs.iter().map(|(at, run)| (*at, Item::Text(run.clone()))).collect();
    // Ends the text object between two lines of the same scaling.
    items.insert(2, (at(0.0, 0.0), rect(0.0, 0.0, 9.0, 9.0, Some(BLUE))));
    let read = read(&document(vec![page(items)]), Profile::Screen);
    assert_eq!(operands(&read, "Tz"), [101.5, 98.0, 100.0]);
    assert_eq!(count(&read.operations(0), "BT"), 2);
    assert_places(&placed_glyphs(&read, 0), &runs);
}

#[test]
fn every_page_starts_without_scaling() {
    let wide = expanded(run(&font("regular"), 9.5, Color::BLACK, "breed"), 20);
    let pages = (0..2).map(|_| page(vec![(at(50.0, 100.0), Item::Text(wide.clone()))])).collect();
    let read = read(&document(pages), Profile::Print);
    for index in 0..2 {
        assert!(placed_glyphs(&read, index).iter().all(|glyph| glyph.scale == 1.02));
    }
}

#[test]
fn glyphs_squeezed_to_nothing_are_left_out() {
    let mut none = run(&font("regular"), 9.5, Color::BLACK, "weg");
    none.expansion = -1000;
    let (read, placed) = write_and_place(&[(at(50.0, 100.0), none)]);
    assert_eq!((placed, operands(&read, "Tz")), (vec![], vec![]));
}

#[test]
fn raised_glyphs_split_the_run_and_come_down_again() {
    let font = font("regular");
    let mut raised = run(&font, 10.0, Color::BLACK, "m2!");
    raised.glyphs[1].dy = Abs::pt(3.5);
    let plain = run(&font, 10.0, Color::BLACK, "na");
    let runs = [(at(0.0, 50.0), raised), (at(0.0, 70.0), plain)];
    let (read, placed) = write_and_place(&runs);
    assert_eq!(operands(&read, "Ts"), [3.5, 0.0]);
    assert_places(&placed, &runs);
}

#[test]
fn a_stamp_is_an_artifact_over_the_page_that_reads_upwards() {
    let words = run(&font("regular"), 20.0, BLUE, "CONCEPT");
    let Item::Shape(band) = rect(0.0, 0.0, 30.0, 800.0, Some(Color::WHITE)) else { panic!() };
    let text =
        |text| (at(50.0, 50.0), Item::Text(expanded(run(&font("regular"), 9.0, BLUE, text), 10)));
    let stamp = Some(Stamp { band, words, at: at(25.0, 500.0) });
    let stamped = Page { stamp, ..page(vec![text("Tekst")]) };
    // The second page starts anew, whatever the stamp has set.
    let read = read(&document(vec![stamped, page(vec![text("Meer")])]), Profile::Screen);
    let operators = |number: usize| -> Vec<String> {
        read.operations(number).into_iter().map(|operation| operation.operator).collect()
    };
    let first = operators(0).join(" ");
    let (content, artifact) = first.rsplit_once(" BDC ").unwrap();
    assert!(content.ends_with("TJ ET EMC"), "{content}");
    assert!(artifact.ends_with("Q EMC"), "{artifact}");
    assert!(artifact.contains("q cm BT rg Tf Td Tz TJ ET Q"), "{artifact}");
    let operations = read.operations(0);
    let tag = operations.iter().rfind(|operation| operation.operator == "BDC").unwrap();
    assert_eq!(tag.operands[0].as_name().unwrap(), b"Artifact");
    let kind = tag.operands[1].as_dict().unwrap();
    assert_eq!(kind.get(b"Type").unwrap().as_name().unwrap(), b"Pagination");
    assert_eq!(kind.get(b"Subtype").unwrap().as_name().unwrap(), b"Watermark");
    let matrix = operations.iter().find(|operation| operation.operator == "cm").unwrap();
    let matrix: Vec<f32> = matrix.operands.iter().map(|n| n.as_float().unwrap()).collect();
    let from_bottom = (Abs::mm(297.0) - Abs::pt(500.0)).to_pt() as f32;
    assert_eq!(matrix[..4], [0.0, 1.0, -1.0, 0.0]);
    assert!((matrix[4] - 25.0).abs() < 0.001 && (matrix[5] - from_bottom).abs() < 0.001);
    assert_eq!(operators(1), ["BDC", "BT", "rg", "Tf", "Td", "Tz", "TJ", "ET", "EMC"]);
}
