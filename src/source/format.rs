//! Numbers, amounts, dates and phone numbers as a language prints them.

use crate::base::{Date, Lang};

/// The space that no line ends at.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// A number with its thousands grouped and its decimals marked the way of the
/// language: 4.179 and 12,5 in Dutch and German, 4,179 and 12.5 in English.
pub fn number(value: f64, lang: Lang) -> String {
    // The shortest decimal that reads back as the same number.
    let printed = value.abs().to_string();
    let (whole, fraction) = printed.split_once('.').unwrap_or((&printed, ""));
    join(value < 0.0, whole, fraction, lang)
}

/// A whole number with its thousands grouped the way of the language.
pub fn integer(value: i64, lang: Lang) -> String {
    join(value < 0, &value.unsigned_abs().to_string(), "", lang)
}

/// An amount in euros: € 40, or € 12,50 with two decimals if it has any.
pub fn euro(value: f64, lang: Lang) -> String {
    let printed = if value.fract() == 0.0 {
        number(value, lang)
    } else {
        let printed = format!("{:.2}", value.abs());
        let (whole, fraction) = printed.split_once('.').unwrap_or((&printed, ""));
        join(value < 0.0, whole, fraction, lang)
    };
    match lang {
        Lang::En => format!("€{printed}"),
        Lang::De => format!("{printed}{NO_BREAK_SPACE}€"),
        Lang::Nl => format!("€{NO_BREAK_SPACE}{printed}"),
    }
}

fn join(negative: bool, whole: &str, fraction: &str, lang: Lang) -> String {
    let (thousands, decimals) = match lang {
        Lang::Nl | Lang::De => ('.', ','),
        Lang::En => (',', '.'),
    };
    let mut out = String::with_capacity(whole.len() * 4 / 3 + fraction.len() + 2);
    if negative {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(decimals);
        out.push_str(fraction);
    }
    out
}

/// A day with the name of its month: 1 november 2026, 1 November 2026,
/// 1. November 2026.
pub fn date(date: Date, lang: Lang) -> String {
    const NL: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DE: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let (months, dot) = match lang {
        Lang::Nl => (NL, ""),
        Lang::En => (EN, ""),
        Lang::De => (DE, "."),
    };
    let month = months.get(usize::from(date.month).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{}{dot} {month} {}", date.day, date.year)
}

/// Dutch area codes of three digits; all others have four (numbering plan of
/// the Netherlands, geographic numbers), and 085 and 088 for organisations.
const SHORT_AREA_CODES: [&str; 32] = [
    "010", "013", "015", "020", "023", "024", "026", "030", "033", "035", "036", "038", "040",
    "043", "045", "046", "050", "053", "055", "058", "070", "071", "072", "073", "074", "075",
    "076", "077", "078", "079", "085", "088",
];

/// A Dutch phone number in house style, held together by no-break spaces:
/// 06 - 531 03 896, 030 - 605 33 44, 0320 - 12 34 56. Digits may be grouped in
/// any way; +31 and 0031 count as the first 0. `None` if it is no Dutch number.
pub fn phone(written: &str) -> Option<String> {
    if !written.chars().all(|c| c.is_ascii_digit() || " +-()./\u{a0}".contains(c)) {
        return None;
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let written = written.trim_start();
    let national = if written.starts_with('+') {
        format!("0{}", digits.strip_prefix("31")?.trim_start_matches('0'))
    } else if let Some(rest) = digits.strip_prefix("0031") {
        format!("0{}", rest.trim_start_matches('0'))
    } else {
        digits
    };
    if !national.starts_with('0') {
        return None;
    }
    let (code, groups): (usize, &[usize]) = match national.len() {
        10 if national.starts_with("06") => (2, &[3, 2, 3]),
        10 if SHORT_AREA_CODES.contains(&&national[..3]) => (3, &[3, 2, 2]),
        10 => (4, &[2, 2, 2]),
        // Information numbers: 0800, 0900 and the like with four digits.
        8 if national.starts_with("08") || national.starts_with("09") => (4, &[4]),
        _ => return None,
    };
    let mut out = format!("{}{NO_BREAK_SPACE}-", &national[..code]);
    let mut at = code;
    for group in groups {
        out.push(NO_BREAK_SPACE);
        out.push_str(&national[at..at + group]);
        at += group;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(integer(4179, Lang::Nl), "4.179");
        assert_eq!(integer(-1_234_567, Lang::En), "-1,234,567");
        assert_eq!(integer(365, Lang::De), "365");
        assert_eq!(number(12.5, Lang::Nl), "12,5");
        assert_eq!(number(10_000.25, Lang::En), "10,000.25");
        assert_eq!(number(100.0, Lang::Nl), "100");
        assert_eq!(euro(40.0, Lang::Nl), "€\u{a0}40");
        assert_eq!(euro(1250.5, Lang::De), "1.250,50\u{a0}€");
    }

    #[test]
    fn phone_numbers_come_in_house_style() {
        let plain = |written| phone(written).map(|p| p.replace('\u{a0}', " "));
        assert_eq!(plain("0653103896").as_deref(), Some("06 - 531 03 896"));
        assert_eq!(plain("+31 (0)6-53103896").as_deref(), Some("06 - 531 03 896"));
        assert_eq!(plain("0306053344").as_deref(), Some("030 - 605 33 44"));
        assert_eq!(plain("0320 123456").as_deref(), Some("0320 - 12 34 56"));
        assert_eq!(plain("0031-30-6053344").as_deref(), Some("030 - 605 33 44"));
        assert_eq!(plain("0800 1234").as_deref(), Some("0800 - 1234"));
        for wrong in ["065310389", "06531038961", "+49 30 123456", "nul zes", "", "1234567890"] {
            assert_eq!(plain(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_name_their_month() {
        let day = Date { year: 2026, month: 11, day: 1 };
        assert_eq!(date(day, Lang::Nl), "1 november 2026");
        assert_eq!(date(day, Lang::De), "1. November 2026");
    }
}
