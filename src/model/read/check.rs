//! Addresses and phone numbers: conservative checks that catch slips.

use crate::diag::{Code, Diagnostic, Span};

/// What is wrong with an address.
#[derive(Debug)]
pub(super) struct Fault {
    code: Code,
    message: String,
    allowed: &'static str,
    hint: Option<String>,
}

impl Fault {
    /// The finding at its place.
    pub(super) fn at(self, span: Span) -> Diagnostic {
        let finding = Diagnostic::error(self.code, span, self.message).allowed(self.allowed);
        match self.hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        }
    }
}

/// Checks an e-mail address: one `@` between a name without blanks and a host.
pub(super) fn email(address: &str) -> Result<(), Fault> {
    let fault = |why: &str, hint: Option<String>| {
        Err(Fault {
            code: Code::BAD_EMAIL,
            message: format!("\"{address}\" is no e-mail address: {why}"),
            allowed: "name@example.nl",
            hint,
        })
    };
    if address.contains(char::is_whitespace) {
        let packed: String = address.split_whitespace().collect();
        return fault("it has a blank", Some(format!("did you mean \"{packed}\"?")));
    }
    let Some((name, host)) = address.split_once('@') else {
        return fault("it has no `@`", None);
    };
    if host.contains('@') {
        return fault("it has more than one `@`", None);
    }
    // The atoms of RFC 5322, section 3.2.3; quoted names are not printed.
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if name.is_empty()
        || !name.chars().all(is_atom)
        || name.starts_with('.')
        || name.ends_with('.')
        || name.contains("..")
    {
        return fault("the part before `@` cannot be a name", None);
    }
    match host_fault(host) {
        None => Ok(()),
        Some(why) => {
            let hint = host
                .contains(',')
                .then(|| format!("did you mean \"{name}@{}\"?", host.replace(',', ".")));
            fault(why, hint)
        }
    }
}

/// A web address as it is shown and as it is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Web<'a> {
    /// Without scheme, and without a lone slash at the end.
    pub(super) shown: &'a str,
    /// With scheme.
    pub(super) url: String,
}

/// Checks a web address: a host with a point, alone or after `http://` or
/// `https://`.
pub(super) fn web(address: &str) -> Result<Web<'_>, Fault> {
    let fault = |why: &str, hint: Option<String>| {
        Err(Fault {
            code: Code::BAD_URL,
            message: format!("\"{address}\" is no web address: {why}"),
            allowed: "https://www.example.nl or www.example.nl",
            hint,
        })
    };
    if address.is_empty() {
        return fault("it is empty", None);
    }
    if address.contains(char::is_whitespace) {
        let hint = address.strip_prefix("www ").map(|rest| format!("did you mean \"www.{rest}\"?"));
        return fault("it has a blank", hint);
    }
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, address),
    };
    if let Some(scheme) = scheme
        && !scheme.eq_ignore_ascii_case("http")
        && !scheme.eq_ignore_ascii_case("https")
    {
        let why = format!("`{scheme}:` is not http: or https:");
        return fault(&why, Some(format!("did you mean \"https://{rest}\"?")));
    }
    if scheme.is_none()
        && let Some((scheme, rest)) = rest.split_once(':')
        && scheme.chars().all(|c| c.is_ascii_alphabetic())
    {
        let rest = rest.trim_start_matches('/');
        return fault(
            "two slashes must follow `https:`",
            Some(format!("did you mean \"https://{rest}\"?")),
        );
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = match rest[..end].rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => &rest[..end],
    };
    if let Some(why) = host_fault(host) {
        let hint = host
            .contains(',')
            .then(|| format!("did you mean \"{}{}\"?", host.replace(',', "."), &rest[end..]));
        return fault(why, hint);
    }
    if let Some(c) = rest[end..].chars().find(|c| "\"<>\\^`{|}".contains(*c)) {
        return fault(&format!("`{c}` cannot stand in it"), None);
    }
    let shown = if rest[end..] == *"/" { &rest[..end] } else { rest };
    Ok(Web { shown, url: format!("{}://{rest}", scheme.unwrap_or("https").to_lowercase()) })
}

/// Checks the target of a link in text: a web address, or one that starts with
/// `mailto:` or `tel:`. Returns it with its scheme.
pub(super) fn link(target: &str) -> Result<String, Fault> {
    if let Some(address) = target.strip_prefix("mailto:") {
        let bare = address.split('?').next().unwrap_or_default();
        return email(bare).map(|()| target.to_owned());
    }
    if let Some(number) = target.strip_prefix("tel:") {
        return phone(number).map(|()| target.to_owned());
    }
    if target.contains('@') && !target.contains('/') && email(target).is_ok() {
        return Ok(format!("mailto:{target}"));
    }
    web(target).map(|web| web.url)
}

/// Checks a phone number: ten digits from 0 on, or an international number
/// from + on (ITU-T E.164: at most 15 digits). Information numbers (0800,
/// 0900) may have eight or eleven digits.
pub(super) fn phone(number: &str) -> Result<(), Fault> {
    let fault = |why: String| {
        Err(Fault {
            code: Code::BAD_PHONE,
            message: format!("\"{number}\" is no phone number: {why}"),
            allowed: "ten digits from 0 on, or + and a country code, with blanks, - and ( )",
            hint: None,
        })
    };
    let is_filling = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | '–');
    if let Some(c) = number.chars().find(|&c| !c.is_ascii_digit() && !is_filling(c) && c != '+') {
        return fault(format!("`{c}` cannot stand in it"));
    }
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let start = number.trim_start_matches(is_filling);
    if number.matches('+').count() > usize::from(start.starts_with('+')) {
        return fault("a + can only stand at its start".into());
    }
    let known = if start.starts_with('+') {
        // A zero in brackets after the country code is not counted.
        (8..=16).contains(&digits)
    } else if start.starts_with("08") || start.starts_with("09") {
        matches!(digits, 8 | 10 | 11)
    } else if start.starts_with("00") {
        (10..=17).contains(&digits)
    } else if start.starts_with('0') {
        digits == 10
    } else {
        return fault("it starts with neither 0 nor +".into());
    };
    if known { Ok(()) } else { fault(format!("it has {digits} digits")) }
}

/// What is wrong with the name of a host.
fn host_fault(host: &str) -> Option<&'static str> {
    if host.contains(',') {
        return Some("a comma stands where a point is meant");
    }
    if !host.contains('.') {
        return Some("its host has no point");
    }
    let mut labels = host.split('.');
    if labels.clone().any(str::is_empty) {
        return Some("a name is missing beside a point");
    }
    let is_label = |label: &str| {
        label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if let Some(last) = labels.next_back()
        && (last.chars().count() < 2 || !last.starts_with(char::is_alphabetic) || !is_label(last))
    {
        return Some("its last part is no top-level domain");
    }
    (!labels.all(is_label)).then_some("its host has a character that cannot stand there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses() {
        for good in ["info@metaalunie.nl", "j.de-vries+x@mail.example.co.uk", "o'neil@a-b.nl"] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "info",
            "info@",
            "@x.nl",
            "info@metaalunie",
            "info@@x.nl",
            "a b@x.nl",
            "a@x,nl",
            "a..b@x.nl",
            ".a@x.nl",
            "a@-x.nl",
            "a@x.n",
            "a@.nl",
            "info(at)x.nl",
            "a@x.nl.",
            "é@x.nl",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn web_addresses() {
        let shown = |address: &'static str| web(address).map(|w| (w.shown, w.url)).ok();
        let full = |url: &str| url.to_owned();
        assert_eq!(shown("www.x.nl"), Some(("www.x.nl", full("https://www.x.nl"))));
        assert_eq!(shown("http://x.nl/"), Some(("x.nl", full("http://x.nl/"))));
        assert_eq!(
            shown("https://x.nl:8080/a/?b=c#d"),
            Some(("x.nl:8080/a/?b=c#d", full("https://x.nl:8080/a/?b=c#d")))
        );
        for bad in [
            "",
            "x",
            "www x.nl",
            "ftp://x.nl",
            "htp://x.nl",
            "https:/x.nl",
            "https:x.nl",
            "www,x.nl",
            "https://",
            "www..nl",
            "x.nl/{a}",
            "x_y.nl",
            "www.x.1",
        ] {
            assert!(web(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn phone_numbers() {
        for good in [
            "030 - 605 33 44",
            "06-53103896",
            "+31 (0)30 605 33 44",
            "0800 - 1234",
            "+49 30 1234567",
            "06\u{a0}-\u{a0}531\u{a0}03\u{a0}896",
            "0031 30 605 33 44",
        ] {
            assert!(phone(good).is_ok(), "{good}");
        }
        for bad in
            ["", "030 - 605 33 4", "06 531 03 8966", "605 33 44", "06 - 531 o3 896", "06+53103896"]
        {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn link_targets_get_a_scheme() {
        assert_eq!(link("x.nl/a").ok().as_deref(), Some("https://x.nl/a"));
        assert_eq!(link("info@x.nl").ok().as_deref(), Some("mailto:info@x.nl"));
        assert_eq!(
            link("mailto:info@x.nl?subject=a").ok().as_deref(),
            Some("mailto:info@x.nl?subject=a")
        );
        assert_eq!(link("tel:+31306053344").ok().as_deref(), Some("tel:+31306053344"));
        assert!(
            link("mailto:info").is_err() && link("#top").is_err() && link("javascript:x").is_err()
        );
    }
}
