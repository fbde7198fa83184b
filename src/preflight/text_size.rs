//! Text is large enough to be read.

use super::scene::{Gathered, Scene, points};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Finds each type size that is too small, where it is used first.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let limits = scene.limits;
    let limit = limits.text_size.max(limits.text_size_least);
    // By size, and whether a drawing has the words.
    let mut small = Gathered::new();
    for (sheet, words) in scene.words() {
        if words.size < limit {
            small.note((words.size, words.lettering.is_some()), sheet, words);
        }
    }
    for ((size, lettering), places) in small {
        let message = format!("text of {} is too small to read in print", points(size));
        let finding = match size < limits.text_size_least {
            true => Diagnostic::error(Code::SMALL_TEXT, places.span, message),
            false => Diagnostic::warning(Code::SMALL_TEXT, places.span, message),
        };
        found.push(
            places
                .label(finding)
                .allowed(format!(
                    "{} or more (`text_size`); below {} it is refused (`text_size_least`)",
                    points(limits.text_size),
                    points(limits.text_size_least)
                ))
                .hint(match lettering {
                    true => "make the words in the SVG file larger, or print it larger",
                    false => "give its style a larger `size` in the theme",
                }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Proof, artwork};
    use super::*;
    use crate::base::Abs;
    use crate::color::Color;
    use crate::diag::Severity;

    #[test]
    fn text_is_large_enough() {
        let text = |size| Proof::new().text(50.0, 100.0, size, Color::BLACK, "woord");
        text(6.0).clean();
        let proof = text(5.5).text(50.0, 120.0, 5.5, Color::BLACK, "nog een");
        let finding = proof.finding();
        assert_eq!((finding.code, finding.severity), (Code::SMALL_TEXT, Severity::Warning));
        assert_eq!(finding.span, proof.span(1));
        assert_eq!(finding.message, "text of 5.5 pt is too small to read in print");
        assert_eq!(finding.label, "on page 1, and in another line");
        assert_eq!(text(5.0).finding().severity, Severity::Warning);
        assert_eq!(text(4.9).finding().severity, Severity::Error);
        Proof::new().text(50.0, 100.0, 2.0, Color::BLACK, "  ").clean();
    }

    #[test]
    fn the_limits_are_those_of_the_theme() {
        let mut proof = Proof::new().text(50.0, 100.0, 5.5, Color::BLACK, "woord");
        proof.limits.text_size = Abs::pt(5.5);
        proof.clean();
        proof.limits.text_size_least = Abs::pt(5.6);
        assert_eq!(proof.finding().severity, Severity::Error);
    }

    #[test]
    fn words_of_drawings_count_at_their_size() {
        let placed = |side: f64| {
            let words = r#"<text x="9" y="50" transform="scale(0.5)" font-size="12">woord</text>"#;
            Proof::new().picture([40.0, 40.0, side, side], artwork(100.0, 100.0, words))
        };
        placed(100.0).clean();
        let small = placed(90.0).finding();
        assert_eq!(small.message, "text of 5.4 pt is too small to read in print");
        assert!(small.hints[0].contains("SVG file"), "{small:?}");
    }
}
