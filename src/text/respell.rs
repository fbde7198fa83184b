//! Letters that change where a word is broken.
//!
//! Dutch drops marks and letters that only keep the whole word readable: a
//! trema between two vowels (*beëindigen*, *be-eindigen*), the apostrophe before
//! a suffix (*sherry'tje*, *sherry-tje*), the second letter of a doubled vowel
//! (*parapluutje*, *paraplu-tje*). A line shows the changed letters; the text
//! that is copied or read aloud keeps the author's.

/// What a break changes in the letters beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Respelling {
    /// How many bytes before the place are not set.
    pub(super) drop_before: u8,
    /// What is set for them, before the hyphen.
    pub(super) pre: &'static str,
    /// How many bytes after the place are not set.
    pub(super) drop_after: u8,
    /// What is set for them, at the start of the next line.
    pub(super) post: &'static str,
}

impl Respelling {
    /// The bytes of the author's text that a break at `at` changes.
    pub(super) fn range(self, at: usize) -> std::ops::Range<usize> {
        at.saturating_sub(usize::from(self.drop_before))..at + usize::from(self.drop_after)
    }
}

/// A piece of a word between two breaks, as it is spelt in its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling {
    /// Bytes of the piece as the author wrote it.
    len: usize,
    /// What the break before the piece changes at its start.
    start: (usize, &'static str),
    /// What the break after the piece changes at its end.
    end: (usize, &'static str),
}

impl Spelling {
    /// The spelling of a piece of `len` bytes between two breaks.
    ///
    /// A piece too short for the changes of both, which only a measure of a few
    /// letters makes, is left as it is.
    pub(super) fn new(
        len: usize,
        before: Option<Respelling>,
        after: Option<Respelling>,
    ) -> Spelling {
        let start = before.map_or((0, ""), |r| (usize::from(r.drop_after), r.post));
        let end = after.map_or((0, ""), |r| (usize::from(r.drop_before), r.pre));
        if start.0 + end.0 > len {
            return Spelling { len, start: (0, ""), end: (0, "") };
        }
        Spelling { len, start, end }
    }

    /// Whether the piece is set as the author wrote it.
    pub(super) fn is_plain(&self) -> bool {
        self.start == (0, "") && self.end == (0, "")
    }

    /// Appends the letters to set for a piece.
    pub(super) fn write(&self, piece: &str, out: &mut String) {
        out.push_str(self.start.1);
        // The rules drop whole characters; were it otherwise, the piece stays.
        let kept = piece.get(self.start.0..self.len - self.end.0);
        debug_assert!(kept.is_some(), "{piece:?} {self:?}");
        out.push_str(kept.unwrap_or(piece));
        out.push_str(self.end.1);
    }

    /// The byte of the author's piece for a byte of what [`Spelling::write`]
    /// made of it: the piece's length for what follows it, the hyphen.
    pub(super) fn original(&self, at: usize) -> usize {
        let kept = self.len - self.end.0 - self.start.0;
        match at.checked_sub(self.start.1.len()) {
            None => 0,
            // Nothing is set for the first letters: the next stand for them.
            Some(0) if self.start.1.is_empty() => 0,
            Some(at) if at < kept => self.start.0 + at,
            Some(at) if at < kept + self.end.1.len() => self.len - self.end.0,
            Some(_) => self.len,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_spelt_anew_and_know_their_own_letters() {
        let cafe = Respelling { drop_before: 2, pre: "é", ..Respelling::default() };
        let trema = Respelling { drop_after: 2, post: "e", ..Respelling::default() };
        let apostrophe = Respelling { drop_before: 3, ..Respelling::default() };
        // The piece, what is set, and the author's byte for each byte set.
        let cases = [
            ("cafee", None, Some(cafe), "café-", vec![0, 1, 2, 3, 3, 5]),
            ("ëindi", Some(trema), None, "eindi-", vec![0, 2, 3, 4, 5, 6]),
            ("baby’", None, Some(apostrophe), "baby-", vec![0, 1, 2, 3, 7]),
            ("ë", Some(trema), None, "e-", vec![0, 2]),
            ("ëee", Some(trema), Some(cafe), "eé-", vec![0, 2, 2, 4]),
            ("ë", Some(trema), Some(cafe), "ë-", vec![0, 1, 2]),
        ];
        for (piece, before, after, set, places) in cases {
            let spelling = Spelling::new(piece.len(), before, after);
            let mut out = String::new();
            spelling.write(piece, &mut out);
            out.push('-');
            assert_eq!(out, set);
            let found: Vec<_> = (0..out.len()).map(|at| spelling.original(at)).collect();
            assert_eq!(found, places, "{piece}");
        }
    }
}
