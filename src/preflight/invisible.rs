//! Text differs from what it stands on.
//!
//! White that overprints would vanish. That cannot be here: only text in full
//! black overprints. What can vanish is text in the colour of its own ground.

use super::scene::{Gathered, Ground, Scene, written};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Inks that differ by this much at most, in hundredths of a percent, look alike.
const ALIKE: u16 = 300;

/// Finds text that cannot be seen, once for each colour.
pub(super) fn check(scene: &Scene<'_>, found: &mut Diagnostics) {
    let mut unseen = Gathered::new();
    for (sheet, words) in scene.words() {
        let fill = words.fill;
        // Text on several colours shows on one of them.
        let Ground::Plain(ground) = scene.ground(sheet, words) else { continue };
        if alike(scene, fill, ground) {
            unseen.note((fill, ground), sheet, words);
        }
    }
    for ((fill, ground), places) in unseen {
        let on = match ground {
            Color::WHITE => "the paper".to_owned(),
            color => format!("a ground of {}", written(color)),
        };
        let message = format!("text in {} cannot be seen on {on}", written(fill));
        found.push(
            places
                .label(Diagnostic::warning(Code::INVISIBLE_TEXT, places.span, message))
                .hint("give its style another `color` in the theme, or its box another ground"),
        );
    }
}

fn alike(scene: &Scene<'_>, a: Color, b: Color) -> bool {
    match (a, b) {
        _ if a == b => true,
        // The stand-ins of a spot ink do not tell how it looks.
        (Color::Spot { .. }, Color::Spot { .. }) => false,
        _ => scene.inks(a).iter().zip(scene.inks(b)).all(|(a, b)| a.abs_diff(b) <= ALIKE),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Proof;
    use super::*;

    #[test]
    fn text_can_be_seen() {
        let white = Proof::new().text(50.0, 100.0, 12.0, Color::WHITE, "woord");
        let finding = white.finding();
        assert_eq!((finding.code, finding.span), (Code::INVISIBLE_TEXT, white.span(1)));
        assert_eq!(finding.message, "text in white cannot be seen on the paper");
        let blue = Color::Cmyk([10_000, 6_000, 0, 0]);
        let on_blue = |color| {
            let ground = Proof::new().rect(40.0, 50.0, 200.0, 100.0, blue);
            ground.text(50.0, 100.0, 12.0, color, "woord")
        };
        on_blue(Color::WHITE).clean();
        let near = on_blue(Color::Cmyk([9_800, 6_100, 0, 0]));
        assert_eq!(near.finding().code, Code::INVISIBLE_TEXT);
    }
}
