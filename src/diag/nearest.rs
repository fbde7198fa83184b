//! The word that an author most likely meant.

/// How alike two words must be, by Jaro and Winkler's measure, to be offered
/// as what was meant. 0.8 accepts one slip in a short word and two in a long
/// one; lower values offer words that only share their first letters.
const ALIKE: f64 = 0.8;

/// The candidate most like `word`, if any is like it enough. Among equals the
/// first wins. Case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let other = candidate.to_lowercase();
        let mut score = strsim::jaro_winkler(&word, &other);
        // One slip always counts, also at the start of a short word, where
        // Jaro and Winkler's measure is strict.
        if word.chars().count() > 2 && strsim::damerau_levenshtein(&word, &other) == 1 {
            score = score.max(0.9);
        }
        if score >= ALIKE && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let keys = ["title", "text", "topic", "subtitle"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Title", keys), Some("title"));
        assert_eq!(nearest("txet", keys), Some("text"));
        assert_eq!(nearest("ptopic", keys), Some("topic"));
        assert_eq!(nearest("zebra", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
