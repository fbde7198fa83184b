//! Brochures made up for tests: their TOML, and where its words stand.

use proptest::prelude::*;
use std::fmt::Write as _;
use std::ops::Range;

/// Parts of words, to be put together.
const SYLLABLES: [&str; 40] = [
    "be", "ge", "ver", "ont", "maak", "werk", "kracht", "lijn", "staal", "bouw", "nij", "ver",
    "heid", "schap", "ing", "en", "de", "land", "water", "stof", "re", "gio", "na", "al", "vak",
    "plaat", "pro", "vin", "cie", "eis", "kans", "markt", "ple", "zier", "ont", "wik", "kel",
    "oog", "mid", "den",
];

/// Words as they are, some of which change their spelling at a hyphen.
const WORDS: [&str; 24] = [
    "de",
    "het",
    "een",
    "en",
    "van",
    "in",
    "is",
    "dat",
    "op",
    "te",
    "voor",
    "met",
    "coördinatie",
    "ruïne",
    "efficiënte",
    "geëngageerde",
    "industrieën",
    "regeldruk",
    "maakbedrijven",
    "ik",
    "arbeidsmarkt",
    "verduurzaming",
    "omgevingsvergunning",
    "ondernemersklimaat",
];

/// A word by its number.
fn word(number: u32) -> String {
    let number = number as usize;
    if number.is_multiple_of(2) {
        return WORDS[number / 2 % WORDS.len()].to_owned();
    }
    let mut rest = number / 2;
    let mut word = String::new();
    for _ in 0..1 + rest % 4 {
        rest /= 4;
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
    }
    word
}

/// Words by their numbers.
pub(crate) type Words = Vec<u32>;

pub(crate) fn words(count: Range<usize>) -> impl Strategy<Value = Words> {
    prop::collection::vec(0_u32..3_000_000, count)
}

/// Words that are short enough for cells and labels: the first ones.
fn known_words(count: Range<usize>) -> impl Strategy<Value = Words> {
    prop::collection::vec((0_u32..18).prop_map(|number| number * 2), count)
}

/// A block of a chapter.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    Text(Vec<Words>),
    Topic(Words, Vec<Words>),
    /// A key with a list of texts: recommendations or facts.
    List(&'static str, Vec<Words>),
    Callout(Words),
    Stats(Vec<(u16, Words)>, bool),
    Chart(&'static str, Vec<(u16, Words)>, Place),
    Quote(Words, Place),
    Image(Words, Place),
    Table(Vec<[Words; 2]>, Place),
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Column,
    Float,
    Page,
}

/// A paragraph of one to about twelve lines.
pub(crate) fn paragraphs(most: usize) -> impl Strategy<Value = Vec<Words>> {
    prop::collection::vec(words(2..90), 1..=most)
}

pub(crate) fn block() -> impl Strategy<Value = Block> {
    let place =
        || prop_oneof![3 => Just(Place::Column), 3 => Just(Place::Float), 1 => Just(Place::Page)];
    let chart = prop_oneof![Just("bar"), Just("pie"), Just("donut")];
    let values = || prop::collection::vec((1_u16..500, known_words(1..3)), 2..5);
    let list = prop_oneof![Just("recommendations"), Just("facts")];
    prop_oneof![
        4 => paragraphs(3).prop_map(Block::Text),
        6 => (words(1..6), paragraphs(3)).prop_map(|(title, text)| Block::Topic(title, text)),
        3 => (list, prop::collection::vec(words(3..25), 1..5))
            .prop_map(|(key, items)| Block::List(key, items)),
        1 => words(5..40).prop_map(Block::Callout),
        1 => (values(), any::<bool>()).prop_map(|(items, wide)| Block::Stats(items, wide)),
        2 => (chart, values(), place()).prop_map(|(kind, rows, at)| Block::Chart(kind, rows, at)),
        1 => (words(4..20), place()).prop_map(|(text, at)| Block::Quote(text, at)),
        1 => (words(2..12), place()).prop_map(|(caption, at)| Block::Image(caption, at)),
        1 => (prop::collection::vec([known_words(1..4), known_words(1..2)], 2..6), place())
            .prop_map(|(rows, at)| Block::Table(rows, at)),
    ]
}

/// A brochure.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) theme: Option<&'static str>,
    pub(crate) intro: Option<(u8, Vec<Words>, Vec<Block>)>,
    pub(crate) chapters: Vec<Chapter>,
}

/// A chapter: title, lead, whether it starts a page, and its blocks.
#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    pub(crate) title: Words,
    pub(crate) lead: Option<Words>,
    pub(crate) new_page: bool,
    pub(crate) blocks: Vec<Block>,
}

pub(crate) fn chapter(most: usize) -> impl Strategy<Value = Chapter> {
    let lead = prop::option::of(words(5..25));
    let blocks = prop::collection::vec(block(), 1..=most);
    (words(1..5), lead, any::<bool>(), blocks).prop_map(|(title, lead, new_page, blocks)| Chapter {
        title,
        lead,
        new_page,
        blocks,
    })
}

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let theme = prop_oneof![Just(None), Just(Some("staal")), Just(Some("vuur"))];
    let blocks = prop::collection::vec(block(), 0..3);
    let intro = prop::option::of((1_u8..=3, paragraphs(4), blocks));
    let chapters = prop::collection::vec(chapter(10), 1..3);
    (theme, intro, chapters).prop_map(|(theme, intro, chapters)| Plan { theme, intro, chapters })
}

/// TOML, and the places of the words of each text in it.
#[derive(Debug, Default)]
pub(crate) struct Toml {
    pub(crate) source: String,
    pub(crate) texts: Vec<Vec<Range<usize>>>,
}

impl Toml {
    pub(crate) fn new(plan: &Plan) -> Toml {
        let mut toml = Toml::default();
        toml.line("language = \"nl\"");
        if let Some(theme) = plan.theme {
            let root = env!("CARGO_MANIFEST_DIR");
            toml.line(&format!("theme = '{root}/brochures/themes/{theme}.toml'"));
        }
        toml.line("[document]\ntitle = \"Proef\"\n[organisation]\nname = \"Voorbeeld\"");
        if let Some((columns, text, blocks)) = &plan.intro {
            toml.line(&format!("[intro]\ntitle = \"Vooraf\"\ncolumns = {columns}"));
            toml.paragraphs("text", text);
            for block in blocks {
                toml.line("[[intro.block]]");
                toml.block(block);
            }
        }
        for chapter in &plan.chapters {
            toml.line("[[chapter]]");
            toml.text("title", &chapter.title);
            if let Some(lead) = &chapter.lead {
                toml.text("lead", lead);
            }
            toml.line(&format!("new_page = {}", chapter.new_page));
            for block in &chapter.blocks {
                toml.line("[[chapter.block]]");
                toml.block(block);
            }
        }
        toml
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.source, "{line}");
    }

    /// Appends words, of which the first has a capital and the last a full stop.
    fn words(&mut self, words: &[u32]) {
        let mut places = Vec::new();
        for (index, &number) in words.iter().enumerate() {
            let mut word = word(number);
            if index == 0 {
                word = word[..1].to_uppercase() + &word[1..];
            } else {
                self.source.push(' ');
            }
            let start = self.source.len();
            self.source.push_str(&word);
            places.push(start..self.source.len());
        }
        self.source.push('.');
        self.texts.push(places);
    }

    fn quoted(&mut self, words: &[u32]) {
        self.source.push('"');
        self.words(words);
        self.source.push('"');
    }

    fn text(&mut self, key: &str, words: &[u32]) {
        let _ = write!(self.source, "{key} = ");
        self.quoted(words);
        self.source.push('\n');
    }

    fn paragraphs(&mut self, key: &str, paragraphs: &[Words]) {
        let _ = writeln!(self.source, "{key} = \"\"\"");
        for paragraph in paragraphs {
            self.words(paragraph);
            self.source.push_str("\n\n");
        }
        self.line("\"\"\"");
    }

    fn place(&mut self, place: Place) {
        match place {
            Place::Column => {}
            Place::Float => self.line("float = true"),
            Place::Page => self.line("width = \"page\""),
        }
    }

    fn values(&mut self, key: &str, values: &[(u16, Words)]) {
        let _ = write!(self.source, "{key} = [");
        for (value, label) in values {
            let _ = write!(self.source, "{{ value = {value}, label = ");
            self.quoted(label);
            self.source.push_str(" }, ");
        }
        self.line("]");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.paragraphs("text", text),
            Block::Topic(title, text) => {
                self.text("topic", title);
                self.paragraphs("text", text);
            }
            Block::List(key, items) => {
                let _ = write!(self.source, "{key} = [");
                for item in items {
                    self.quoted(item);
                    self.source.push_str(", ");
                }
                self.line("]");
            }
            Block::Callout(text) => self.text("callout", text),
            Block::Stats(items, wide) => {
                self.values("stats", items);
                self.place(if *wide { Place::Page } else { Place::Column });
            }
            Block::Chart(kind, rows, place) => {
                self.line(&format!("chart = \"{kind}\"\nalt = \"Een grafiek\""));
                self.values("data", rows);
                self.place(*place);
            }
            Block::Quote(text, place) => {
                self.text("quote", text);
                self.place(*place);
            }
            Block::Image(caption, place) => {
                let root = env!("CARGO_MANIFEST_DIR");
                self.line(&format!("image = '{root}/images/lasnaad.svg'\nalt = \"Een naad\""));
                self.text("caption", caption);
                self.place(*place);
            }
            Block::Table(rows, place) => {
                self.source.push_str("table = [");
                for row in rows {
                    self.source.push('[');
                    for cell in row {
                        self.quoted(cell);
                        self.source.push_str(", ");
                    }
                    self.source.push_str("], ");
                }
                self.line("]");
                self.place(*place);
            }
        }
    }
}
