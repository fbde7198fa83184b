//! The filters of `{{ field | filter }}`.

use super::{format, todo};
use crate::base::Lang;
use minijinja::{Environment, ErrorKind, Value as Jinja};

/// The names of all filters, for messages.
pub(super) const FILTERS: [&str; 7] =
    ["number", "euro", "percent", "phone", "upper", "lower", "capitalize"];

type Filtered = Result<String, minijinja::Error>;

/// Adds all filters to an environment.
pub(super) fn add(environment: &mut Environment<'static>, lang: Lang) {
    add_one(environment, "number", move |value| {
        as_number(&value, "number").map(|n| match i64::try_from(value) {
            Ok(whole) if n.fract() == 0.0 => format::integer(whole, lang),
            _ => format::number(n, lang),
        })
    });
    add_one(environment, "percent", move |value| {
        as_number(&value, "percent").map(|n| format::number(n, lang) + "%")
    });
    add_one(environment, "euro", move |value| match value.as_str() {
        Some(text) if text.trim_start().starts_with('€') => Ok(text.to_owned()),
        Some(text) if !text.trim().is_empty() => {
            Ok(format!("€{}{}", format::NO_BREAK_SPACE, text.trim()))
        }
        _ => as_number(&value, "euro").map(|n| format::euro(n, lang)),
    });
    add_one(environment, "phone", |value| {
        let written = value.to_string();
        // A number that lost its leading zero is still a number.
        let written = if value.is_integer() { format!("0{written}") } else { written };
        format::phone(&written)
            .ok_or_else(|| failure(format!("\"{value}\" is no Dutch phone number")))
    });
    add_one(environment, "upper", |value| Ok(value.to_string().to_uppercase()));
    add_one(environment, "lower", |value| Ok(value.to_string().to_lowercase()));
    add_one(environment, "capitalize", move |value| Ok(capitalize(&value.to_string(), lang)));
}

/// Adds a filter, which lets through what the data marks as still to be written.
fn add_one(
    environment: &mut Environment<'static>,
    name: &'static str,
    filter: impl Fn(Jinja) -> Filtered + Send + Sync + 'static,
) {
    environment.add_filter(name, move |value: Jinja| match value.as_str() {
        Some(text) if todo::is_in(text) => Ok(text.to_owned()),
        _ => filter(value),
    });
}

/// The words with a capital at their start; what follows is kept, since names
/// have capitals inside. In Dutch *ij* is one letter: IJsselmeer.
fn capitalize(words: &str, lang: Lang) -> String {
    if lang == Lang::Nl && words.get(..2).is_some_and(|ij| ij.eq_ignore_ascii_case("ij")) {
        return format!("IJ{}", &words[2..]);
    }
    let mut rest = words.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest.as_str().chars()).collect()
}

fn as_number(value: &Jinja, filter: &str) -> Result<f64, minijinja::Error> {
    let number = match value.as_str() {
        Some(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().ok()
        }
        Some(_) => None,
        None => f64::try_from(value.clone()).ok(),
    };
    number
        .filter(|n: &f64| n.is_finite())
        .ok_or_else(|| failure(format!("`{filter}` takes a number, not \"{value}\"")))
}

fn failure(message: String) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ij_is_one_letter_to_capitals() {
        let nl = |words| capitalize(words, Lang::Nl);
        assert_eq!(nl("ijsselmeer en IJ"), "IJsselmeer en IJ");
        assert_eq!(nl("Ijsselmeer"), "IJsselmeer");
        assert_eq!(nl("de IJssel"), "De IJssel");
        assert_eq!(nl("één"), "Één");
        assert_eq!(nl("\u{133}sbaan"), "\u{132}sbaan");
        assert_eq!(nl(""), "");
        assert_eq!(capitalize("ijzer", Lang::De), "Ijzer");
    }
}
