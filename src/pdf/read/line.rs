//! Pieces of text joined to a line that is said at a time.

use super::Words;
use super::content::Piece;
use super::geometry::Place;

/// The words of a line in the making.
#[derive(Debug, Default)]
pub(super) struct Line {
    parts: Vec<(Words, usize)>,
    /// The page and place of the last words that are drawn.
    last: Option<Spot>,
    /// Those of the first words.
    first: Option<Spot>,
    /// Whether they ended with a soft hyphen.
    hyphen: bool,
    /// The page of the first words.
    pub(super) page: Option<usize>,
}

/// A page and a place on it.
type Spot = (usize, Option<Place>);

/// Whether the pen had to move to another line.
fn moved(from: Spot, to: Spot) -> bool {
    from.0 != to.0 || from.1.zip(to.1).is_some_and(|(from, to)| from.leaves_line(&to))
}

/// How words are said: their language, the link they are in with its number, and
/// what is printed if it is not they.
#[derive(Debug, Clone, Default)]
pub(super) struct Voice {
    pub(super) lang: Option<String>,
    pub(super) link: Option<(usize, String)>,
    pub(super) printed: Option<String>,
}

impl Line {
    /// Adds a piece of text. `spelled` tells whether the file spells out the
    /// spaces at the ends of lines.
    pub(super) fn piece(&mut self, piece: &Piece, words: &str, voice: &Voice, spelled: bool) {
        let here = (piece.page, piece.place);
        let moved = self.last.is_some_and(|last| moved(last, here));
        if moved && !spelled && !self.hyphen {
            self.space();
        }
        let lang = piece.lang.clone().or_else(|| voice.lang.clone());
        self.text(words, &Voice { lang, ..voice.clone() });
        self.hyphen = words.ends_with('\u{AD}');
        if piece.place.is_some() || moved {
            self.last = Some(here);
        }
        self.first.get_or_insert(here);
        self.page.get_or_insert(piece.page);
    }

    /// Adds words that are not drawn.
    pub(super) fn text(&mut self, words: &str, voice: &Voice) {
        let (number, link) = match &voice.link {
            Some((number, link)) => (*number, Some(link.clone())),
            None => (0, None),
        };
        match self.parts.last_mut() {
            Some((last, before))
                if *before == number
                    && last.lang == voice.lang
                    && last.printed.is_none()
                    && voice.printed.is_none() =>
            {
                last.text.push_str(words);
            }
            _ => {
                let text = words.to_owned();
                let Voice { lang, printed, .. } = voice.clone();
                self.parts.push((Words { text, lang, link, printed }, number));
            }
        }
        self.hyphen = false;
    }

    /// Adds the words of another line that follow on these.
    pub(super) fn append(&mut self, other: Line, spelled: bool) {
        let moved = self.last.zip(other.first).is_some_and(|(before, after)| moved(before, after));
        if moved && !spelled && !self.hyphen {
            self.space();
        }
        self.parts.extend(other.parts);
        self.last = other.last.or(self.last);
        self.hyphen = other.hyphen;
        self.page = self.page.or(other.page);
        self.first = self.first.or(other.first);
    }

    /// Adds white.
    pub(super) fn space(&mut self) {
        if let Some((last, _)) = self.parts.last_mut() {
            last.text.push(' ');
        }
    }

    /// Whether nothing can be heard.
    pub(super) fn is_silent(&self) -> bool {
        self.parts
            .iter()
            .all(|(words, _)| words.text.chars().all(|c| silent(c) || c.is_whitespace()))
    }

    /// The words, with single spaces between them and none at the ends, and
    /// none at the ends of links.
    pub(super) fn finish(self) -> Vec<Words> {
        let mut done: Vec<Words> = Vec::new();
        let mut space = false;
        let mut before = 0;
        for (part, number) in self.parts {
            let printed = part.printed.as_deref().map(|printed| {
                let heard = printed.split(silent).collect::<String>();
                heard.split_whitespace().collect::<Vec<_>>().join(" ")
            });
            let mut now = Words { text: String::new(), printed, ..part.clone() };
            for c in part.text.chars().filter(|c| !silent(*c)) {
                if c.is_whitespace() {
                    space = true;
                    continue;
                }
                if std::mem::take(&mut space) {
                    put_space(&mut done, &mut now, before == number);
                }
                now.text.push(c);
            }
            if !now.text.is_empty() {
                done.push(now);
                before = number;
            }
        }
        done
    }
}

/// Puts a space between what is done and what follows now, in the same link or not.
fn put_space(done: &mut Vec<Words>, now: &mut Words, same: bool) {
    if !now.text.is_empty() {
        now.text.push(' ');
        return;
    }
    match done.last_mut() {
        None => {}
        Some(last) if last.link.is_none() || same => {
            last.text.push(' ');
            last.printed.iter_mut().for_each(|printed| printed.push(' '));
        }
        Some(_) if now.link.is_none() => now.text.push(' '),
        Some(_) => {
            let (text, lang) = (" ".to_owned(), now.lang.clone());
            done.push(Words { text, lang, link: None, printed: None });
        }
    }
}

/// Characters without a sound: a soft hyphen, marks of no width.
fn silent(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
        || c.is_control() && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::read::geometry::Matrix;

    fn piece(y: f64) -> Piece {
        let place = Place::new(Matrix::new([1.0, 0.0, 0.0, 1.0, 50.0, y]), 10.0);
        Piece { words: Ok(String::new()), lang: None, place: Some(place), page: 1 }
    }

    fn joined(lines: &[(&str, f64)], spelled: bool) -> String {
        let mut line = Line::default();
        for (words, y) in lines {
            line.piece(&piece(*y), words, &Voice::default(), spelled);
        }
        line.finish().into_iter().map(|words| words.text).collect()
    }

    #[test]
    fn lines_are_joined_by_a_space_unless_a_word_goes_on() {
        assert_eq!(joined(&[("een", 700.0), ("twee", 688.0)], false), "een twee");
        assert_eq!(joined(&[("een", 700.0), ("twee", 688.0)], true), "eentwee");
        assert_eq!(joined(&[("een", 700.0), ("twee", 700.0)], false), "eentwee");
        assert_eq!(joined(&[("een \u{A0}", 700.0), (" twee\n", 688.0)], false), "een twee");
        assert_eq!(joined(&[("werk\u{AD}", 700.0), ("plaats", 688.0)], false), "werkplaats");
        assert_eq!(joined(&[("werk\u{AD}plaats\u{200B}", 700.0)], false), "werkplaats");
    }

    #[test]
    fn spaces_stand_outside_of_links() {
        let mut line = Line::default();
        let link = |number| Voice { link: Some((number, "a".to_owned())), ..Voice::default() };
        line.text("Zie", &Voice::default());
        line.text(" een ", &link(1));
        line.text("twee", &link(2));
        line.text(" en", &Voice::default());
        let parts: Vec<_> = line.finish().into_iter().map(|words| words.text).collect();
        assert_eq!(parts, ["Zie ", "een", " ", "twee", " en"]);
    }

    #[test]
    fn spaces_between_the_voices_of_a_link_are_in_it() {
        let mut line = Line::default();
        let link = Some((1, "a".to_owned()));
        line.text("een ", &Voice { link: link.clone(), ..Voice::default() });
        let lang = Some("en".to_owned());
        line.text("two", &Voice { lang, link, ..Voice::default() });
        line.text(" en", &Voice::default());
        let parts = line.finish();
        let linked: Vec<_> = parts.iter().map(|w| (w.text.as_str(), w.link.is_some())).collect();
        assert_eq!(linked, [("een ", true), ("two", true), (" en", false)]);
    }
}
