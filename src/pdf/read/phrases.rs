//! What a screen reader adds to the words, in the language of the file.

use super::{Announcement, Reading, What, Words};
use crate::base::Lang;
use std::fmt;

/// The words a screen reader adds.
struct Phrases {
    title: &'static str,
    language: &'static str,
    heading: &'static str,
    list: [&'static str; 2],
    contents: [&'static str; 2],
    /// Before and between the numbers of rows and columns of a table.
    table: &'static str,
    and: &'static str,
    rows: [&'static str; 2],
    columns: [&'static str; 2],
    row: &'static str,
    column: &'static str,
    head: &'static str,
    figure: &'static str,
    undescribed: &'static str,
    caption: &'static str,
    quote: &'static str,
    note: &'static str,
    link: &'static str,
    page: &'static str,
    empty: &'static str,
    none: &'static str,
}

const DUTCH: Phrases = Phrases {
    title: "titel",
    language: "taal",
    heading: "kop",
    list: ["lijst met 1 onderdeel", "lijst met # onderdelen"],
    contents: ["inhoudsopgave met 1 onderdeel", "inhoudsopgave met # onderdelen"],
    table: "tabel met",
    and: "en",
    rows: ["1 rij", "# rijen"],
    columns: ["1 kolom", "# kolommen"],
    row: "rij",
    column: "kolom",
    head: "kop",
    figure: "afbeelding",
    undescribed: "afbeelding zonder beschrijving",
    caption: "bijschrift",
    quote: "citaat",
    note: "noot",
    link: "koppeling",
    page: "pagina",
    empty: "leeg",
    none: "geen",
};

const ENGLISH: Phrases = Phrases {
    title: "title",
    language: "language",
    heading: "heading",
    list: ["list with 1 item", "list with # items"],
    contents: ["table of contents with 1 item", "table of contents with # items"],
    table: "table with",
    and: "and",
    rows: ["1 row", "# rows"],
    columns: ["1 column", "# columns"],
    row: "row",
    column: "column",
    head: "header",
    figure: "graphic",
    undescribed: "graphic without description",
    caption: "caption",
    quote: "quote",
    note: "note",
    link: "link",
    page: "page",
    empty: "blank",
    none: "none",
};

const GERMAN: Phrases = Phrases {
    title: "Titel",
    language: "Sprache",
    heading: "Überschrift",
    list: ["Liste mit 1 Eintrag", "Liste mit # Einträgen"],
    contents: ["Inhaltsverzeichnis mit 1 Eintrag", "Inhaltsverzeichnis mit # Einträgen"],
    table: "Tabelle mit",
    and: "und",
    rows: ["1 Zeile", "# Zeilen"],
    columns: ["1 Spalte", "# Spalten"],
    row: "Zeile",
    column: "Spalte",
    head: "Überschrift",
    figure: "Grafik",
    undescribed: "Grafik ohne Beschreibung",
    caption: "Beschriftung",
    quote: "Zitat",
    note: "Anmerkung",
    link: "Link",
    page: "Seite",
    empty: "leer",
    none: "keine",
};

/// The phrases of a language by its tag; English for those without any.
fn phrases(tag: Option<&str>) -> &'static Phrases {
    let primary = tag.and_then(|tag| tag.split('-').next()).unwrap_or_default();
    match Lang::parse(&primary.to_ascii_lowercase()) {
        Some(Lang::Nl) => &DUTCH,
        Some(Lang::De) => &GERMAN,
        Some(Lang::En) | None => &ENGLISH,
    }
}

fn counted([one, more]: [&str; 2], number: usize) -> String {
    if number == 1 { one.to_owned() } else { more.replace('#', &number.to_string()) }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrases = phrases(self.lang.as_deref());
        let none = phrases.none;
        writeln!(f, "{}: {}", phrases.title, self.title.as_deref().unwrap_or(none))?;
        writeln!(f, "{}: {}", phrases.language, self.lang.as_deref().unwrap_or(none))?;
        self.announcements.iter().try_for_each(|said| {
            writeln!(f, "{}{}", "  ".repeat(said.depth), self.line(said, phrases).trim_end())
        })
    }
}

impl Reading {
    fn line(&self, said: &Announcement, phrases: &Phrases) -> String {
        let words = self.words(&said.words, phrases);
        let or_empty = |words| if said.words.is_empty() { phrases.empty.to_owned() } else { words };
        match &said.what {
            What::Paragraph => words,
            What::Heading { level: Some(level) } => {
                format!("{} {level}: {}", phrases.heading, or_empty(words))
            }
            What::Heading { level: None } => format!("{}: {}", phrases.heading, or_empty(words)),
            What::List { entries } => counted(phrases.list, *entries),
            What::Contents { entries } => counted(phrases.contents, *entries),
            What::Entry { label } => format!("{} {words}", label.as_deref().unwrap_or("•")),
            What::ContentsEntry => format!("• {words}"),
            What::Table { rows, columns } => format!(
                "{} {} {} {}",
                phrases.table,
                counted(phrases.rows, *rows),
                phrases.and,
                counted(phrases.columns, *columns)
            ),
            What::Cell { row, column, head } => {
                let head = if *head { format!(" ({})", phrases.head) } else { String::new() };
                let (row_word, column_word) = (phrases.row, phrases.column);
                format!("{row_word} {row}, {column_word} {column}{head}: {}", or_empty(words))
            }
            What::Figure if said.words.is_empty() => phrases.undescribed.to_owned(),
            What::Figure => format!("{}: {words}", phrases.figure),
            What::Caption => format!("{}: {words}", phrases.caption),
            What::Quote => format!("{}: {words}", phrases.quote),
            What::Note => format!("{}: {words}", phrases.note),
        }
    }

    /// Words with links and other languages in brackets; a link by itself needs
    /// none.
    fn words(&self, words: &[Words], phrases: &Phrases) -> String {
        let mut line = String::new();
        let one = |a: &Words, b: &Words| a.link.is_some() && a.link == b.link;
        for parts in words.chunk_by(one) {
            let inner: String = parts.iter().map(|part| self.voice(part)).collect();
            let Some(link) = parts.iter().find_map(|part| part.link.as_deref()) else {
                line.push_str(&inner);
                continue;
            };
            let link = match link.strip_prefix("#page=") {
                Some(page) => format!(" ({} {page})", phrases.page),
                None if link.is_empty() => String::new(),
                None => format!(" ({link})"),
            };
            let said = format!("{}: {inner}{link}", phrases.link);
            line.push_str(&if words.len() == parts.len() { said } else { format!("[{said}]") });
        }
        line
    }

    /// Words in one voice, in brackets if it is not that of the file. Spaces at the
    /// ends stand outside.
    fn voice(&self, part: &Words) -> String {
        let inner = part.text.trim();
        match part.lang.as_deref().filter(|lang| Some(*lang) != self.lang.as_deref()) {
            Some(lang) if !inner.is_empty() => {
                let (before, after) = part.text.split_once(inner).unwrap_or_default();
                format!("{before}[{lang}: {inner}]{after}")
            }
            _ => part.text.clone(),
        }
    }
}
