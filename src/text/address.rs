//! Web and e-mail addresses, and where they may be broken.
//!
//! Never with a hyphen, which would read as part of the address, and for the
//! same reason before a hyphen or dot rather than after it (as the Chicago
//! Manual of Style has it, 17th edition, 14.18).

use std::ops::Range;

/// Top-level domains by which an address without `www.` is known as one.
const TOP_LEVEL: &[&str] = &[
    "be", "com", "de", "edu", "eu", "frl", "gov", "info", "io", "net", "nl", "nu", "online", "org",
    "shop", "uk",
];

/// The price of a break after a slash of an address.
const SLASH: i32 = 100;
/// The price of a break before a dot, an at sign or a question mark.
const MARK: i32 = 160;
/// The price of a break before a hyphen, or after `https://`.
const DEAR: i32 = 220;
/// The price of a break that leaves `www` or a top-level domain alone.
const STUB: i32 = 400;

/// A place where an address may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The first byte of the next line.
    pub(super) at: usize,
    /// The price.
    pub(super) cost: i32,
    /// Whether it leaves so little that only justified text is in need of it.
    pub(super) stub: bool,
}

/// The address that a token is, without the brackets and the punctuation of the
/// sentence around it.
pub(super) fn recognise(token: &str) -> Option<Range<usize>> {
    if !token.contains(['.', '@', ':']) {
        return None;
    }
    let opening = |c: char| matches!(c, '(' | '[' | '<' | '"' | '\'' | '‘' | '“' | '„');
    let closing = |c: char| {
        matches!(c, ')' | ']' | '>' | '"' | '\'' | '’' | '”' | '.' | ',' | ';' | ':' | '!' | '?')
    };
    let core = token.trim_start_matches(opening);
    let start = token.len() - core.len();
    let core = core.trim_end_matches(closing);
    is_address(core).then(|| start..start + core.len())
}

fn is_address(core: &str) -> bool {
    if core.contains("://") || core.starts_with("www.") || core.starts_with("mailto:") {
        return true;
    }
    let host = match core.split_once('@') {
        Some((name, host)) if !name.is_empty() => return host.contains('.') && is_host(host),
        _ => core.split(['/', '?', '#']).next().unwrap_or_default(),
    };
    is_host(host)
        && host
            .rsplit('.')
            .next()
            .is_some_and(|last| TOP_LEVEL.iter().any(|known| last.eq_ignore_ascii_case(known)))
}

/// Whether a string is made of two or more labels of letters, digits and hyphens.
fn is_host(host: &str) -> bool {
    host.contains('.')
        && host
            .split('.')
            .all(|label| label.len() > 1 && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// Calls `found` with each place at which an address may be broken.
pub(super) fn breaks(address: &str, mut found: impl FnMut(Place)) {
    // The scheme and `www` stay with what follows them if that can be.
    let body = address.find("://").map_or(0, |at| at + 3);
    if body > 0 && body < address.len() {
        found(Place { at: body, cost: DEAR, stub: false });
    }
    // The dot after it; if there is none, no place in the address.
    let www = if address[body..].starts_with("www.") { body + 3 } else { address.len() };
    let bytes = address.as_bytes();
    let mut last = body;
    for (at, c) in address.char_indices().skip_while(|(at, _)| *at < body) {
        // A top-level domain, or a file's ending, stays with its name too.
        let stub = c == '.' && (at == www || ends_part(&address[at + 1..]));
        let (at, cost) = match c {
            '/' if bytes.get(at + 1).is_some_and(|&next| next != b'/') => (at + 1, SLASH),
            '.' if stub => (at, STUB),
            '.' | '@' | '?' | '#' | '&' => (at, MARK),
            '-' | '_' | '=' | '~' | '%' => (at, DEAR),
            _ => continue,
        };
        // At least four characters from the last place and to the end, or three
        // and the dot; never between two marks.
        let least = if stub { 3 } else { 4 };
        let roomy = at >= last + least && address.len() >= at + least;
        if roomy && (c == '/' || bytes[at - 1].is_ascii_alphanumeric()) {
            found(Place { at, cost, stub });
            last = at;
        }
    }
}

/// Whether what follows a dot is the last label before a slash, a query or the end.
fn ends_part(rest: &str) -> bool {
    let part = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    !part.contains(['.', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(token: &str) -> String {
        let address = recognise(token).unwrap_or_else(|| panic!("{token} is an address"));
        let mut places = Vec::new();
        breaks(&token[address.clone()], |place| places.push(place));
        let mut out = String::new();
        let mut from = 0;
        for place in places {
            let at = address.start + place.at;
            out.push_str(&token[from..at]);
            out.push(if place.stub { '¦' } else { '|' });
            from = at;
        }
        out + &token[from..]
    }

    #[test]
    fn addresses_break_at_slashes_and_before_marks() {
        assert_eq!(
            broken("https://www.smartindustry.nl/regio/noord-holland"),
            "https://|www¦.smartindustry¦.nl/|regio/|noord|-holland"
        );
        assert_eq!(broken("www.metaalunie.nl"), "www¦.metaalunie¦.nl");
        assert_eq!(broken("www.flevoland.nl/loket."), "www¦.flevoland¦.nl/|loket.");
        assert_eq!(broken("info@metaalunie.nl"), "info|@metaalunie¦.nl");
        assert_eq!(
            broken("(jan.de.vries@provincie.groningen.nl)"),
            "(jan.de|.vries|@provincie|.groningen¦.nl)"
        );
        assert_eq!(broken("metaalunie.nl/regio?q=oost"), "metaalunie¦.nl/|regio|?q=oost");
    }

    #[test]
    fn words_are_no_addresses() {
        for token in [
            "o.a.",
            "t.o.v.",
            "10.000",
            "12:30",
            "einde.",
            "zin.Nieuwe",
            "@metaalunie",
            "ir.",
            "dr.ir.",
            "a/b",
            "B.V.",
            "nl",
        ] {
            assert_eq!(recognise(token), None, "{token}");
        }
    }
}
