//! From the tree to the brochure: every check of content, and all defaults.
//!
//! Reading never stops: a faulty part is reported and left out or left empty,
//! so that later stages can look at the rest.

mod binding;
mod blocks;
mod check;
mod figures;
mod house;
mod markdown;
mod pages;
mod placeholders;
mod sections;
mod speech;
mod typography;
mod words;

use super::{Brochure, Meta, Organisation, Rich, Running, Section, Side};
use crate::base::Lang;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::source::{Fields, Node, Source, Text, Value, format};
use house::House;
use words::Words;

/// Where chapters and words can run or stand.
const SIDES: [(&str, Side); 4] = [
    ("left", Side::Left),
    ("right", Side::Right),
    ("outside", Side::Outside),
    ("inside", Side::Inside),
];

/// Validates a loaded file as a brochure and reports all faults.
///
/// The brochure is there even if it has faults, without the faulty parts, so
/// that its images and looks can be checked in the same run. It must not be
/// written if there were errors. `None` if nothing of it can be used.
///
/// What is still to be supplied (`placeholder = "…"`, `[[TODO …]]`) is an error,
/// or in a `draft` a warning.
///
/// # House style
///
/// What the program sets by itself in the author's words, each rule with its
/// key in `[house_style]`. All are on unless the brochure or its campaign says
/// otherwise.
///
/// | key | values | what it does |
/// |---|---|---|
/// | `quotes` | `"typed"`, `"single"`, `"double"`, `"straight"` | straight quotes become those of the language: as they were typed (the default); with single or with double marks outside and the others inside; or they stay, and apostrophes with them |
/// | `dashes` | `true`, `false` | `--` becomes –, `---` becomes — |
/// | `ellipsis` | `true`, `false` | `...` becomes … |
/// | `numbers` | `true`, `false` | a number holds on to its unit (*12 km*, *30 mld*, *5 %*) and to *art.*, *nr.*, *ca.* and the like before it; numbers that stand alone (figures, charts) have their thousands grouped, and so have Dutch amounts after € (*€ 4.179*) and numbers of five digits or more with a unit (*12.500 km*) |
/// | `euro` | `true`, `false` | € holds on to its amount; in Dutch a space comes between (*€ 40*) |
/// | `phone` | `true`, `false` | in Dutch: `phone` keys are printed as *06 - 531 03 896* and *030 - 605 33 44*; phone numbers in text hold together as they were typed |
/// | `postcode` | `true`, `false` | in Dutch: *3439 NJ* holds together |
/// | `ij` | `true`, `false` | in Dutch: *ij* is one letter to capitals, so *Ijsselmeer* becomes *IJsselmeer* |
/// | `initialisms` | `true`, `false` | where an initialism starts or ends a compound, a line ends at its hyphen rather than at another one beside it: *mkb-* and *maakbedrijven*, not *mkb-maak-* and *bedrijven* |
/// | `abbreviations` | `true`, `false` | *o. a.*, *v. Chr.*, initials and, in Dutch, titles (*dr.*, *ir.*) hold together |
///
/// “Hold” means a no-break space, at which no line ends.
pub fn read(source: &Source, draft: bool, diags: &mut Diagnostics) -> Option<Brochure> {
    let mut found = Diagnostics::new();
    let brochure = Reader::new(source, &mut found).brochure(source);
    let found = source.without_consequences(found);
    diags.append(if draft { placeholders::allowed(found) } else { found });
    brochure.map(|brochure| Brochure { draft, ..brochure })
}

/// Reads the parts of a brochure.
struct Reader<'a> {
    house: House,
    words: Words,
    diags: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    fn new(source: &Source, diags: &'a mut Diagnostics) -> Reader<'a> {
        let lang = language(source, diags);
        Reader { house: House::of(lang), words: Words::of(lang), diags }
    }

    fn brochure(mut self, source: &Source) -> Option<Brochure> {
        let mut fields = Fields::from_table(&source.root, source.span, "a brochure");
        // What the source stage has dealt with, and the language above.
        fields.allow(&["extends", "kind", "data", "province", "shared", "language"]);
        if let Some(rules) = fields.fields("house_style", "the house style", self.diags) {
            self.house.read(rules, self.diags);
        }
        if let Some(table) = fields.fields("abbreviations", "`abbreviations`", self.diags) {
            self.abbreviations(&table);
        }
        let theme = self.text(&mut fields, "theme").cloned();
        if let Some(words) = fields.fields("words", "`words`", self.diags) {
            self.house_words(words);
        }
        let organisation = match fields.fields("organisation", "the organisation", self.diags) {
            Some(fields) => self.organisation(fields),
            None => Organisation::default(),
        };
        let header = self.running(&mut fields, "header", "the header");
        let footer = self.running(&mut fields, "footer", "the footer");
        let document = fields.fields("document", "`document`", self.diags);
        let sections = self.sections(&mut fields, &organisation);
        let meta = self.meta(document, &organisation, &sections, source);
        let pages = self.pages(&mut fields);
        let fillers = self.fillers(&mut fields);
        self.misplaced(&mut fields);
        fields.finish(self.diags);
        if sections.is_empty() && !has_sections(source) {
            self.diags.push(
                Diagnostic::error(Code::EMPTY_SECTION, source.span, "the brochure has no content")
                    .allowed("[cover], [intro], [[chapter]], [back]"),
            );
        }
        Some(Brochure {
            meta,
            theme,
            header,
            footer,
            organisation,
            sections,
            pages,
            fillers,
            draft: false,
            initialisms: self.house.initialisms,
            span: source.span,
        })
    }

    /// Reports blocks that stand at the top of the file.
    fn misplaced(&mut self, fields: &mut Fields<'_>) {
        let Some(entry) = fields.table().get("block") else { return };
        fields.allow(&["block"]);
        let message = "a block must stand in a chapter or the intro";
        self.diags.push(
            Diagnostic::error(Code::UNKNOWN_KEY, entry.key_span, message)
                .hint("write `[[chapter.block]]` or `[[intro.block]]`"),
        );
    }

    fn meta(
        &mut self,
        fields: Option<Fields<'_>>,
        organisation: &Organisation,
        sections: &[Section],
        source: &Source,
    ) -> Meta {
        let mut meta = Meta {
            title: String::new(),
            author: organisation.name.as_ref().map(|n| n.as_str().to_owned()).unwrap_or_default(),
            subject: String::new(),
            keywords: Vec::new(),
            lang: self.house.lang,
            date: None,
        };
        let mut title = None;
        if let Some(mut fields) = fields {
            let mut text = |key| {
                let text = self.words(&mut fields, key);
                text.map(|text| text.as_str().to_owned())
            };
            title = text("title");
            meta.subject = text("subject").unwrap_or_default();
            meta.author = text("author").unwrap_or(meta.author);
            let keywords = fields.texts("keywords", self.diags).unwrap_or_default();
            for text in &keywords {
                self.todo(text);
            }
            meta.keywords = keywords.iter().map(|text| text.as_str().to_owned()).collect();
            meta.date = fields.date("date", self.diags);
            // A title that is faulty is not missing.
            if title.is_none() && fields.has("title") {
                title = Some(String::new());
            }
            fields.finish(self.diags);
        }
        let cover = sections.iter().find_map(|section| match section {
            Section::Cover(cover) => Some(cover.title.name()),
            _ => None,
        });
        match title.or(cover) {
            Some(title) => meta.title = title,
            // A cover without a title is reported itself.
            None if has_sections(source) && source.root.get("cover").is_none() => self.diags.push(
                Diagnostic::error(Code::MISSING_KEY, source.span, "the brochure needs a title")
                    .hint("give it a cover: `[cover]`, or a `title` in `[document]`"),
            ),
            None => {}
        }
        meta
    }

    fn organisation(&mut self, mut fields: Fields<'_>) -> Organisation {
        let organisation = Organisation {
            name: self.words(&mut fields, "name"),
            tagline: self.inline(&mut fields, "tagline"),
            address: self.lines(&mut fields, "address"),
            email: self.email(&mut fields, "email"),
            website: self.website(&mut fields, "website"),
            phone: self.phone(&mut fields, "phone"),
            about: self.flow(&mut fields, "about").unwrap_or_default(),
        };
        fields.finish(self.diags);
        organisation
    }

    /// What abbreviations are short for; any word may be a key.
    fn abbreviations(&mut self, fields: &Fields<'_>) {
        let mut full = Vec::new();
        for entry in &fields.table().entries {
            let short = entry.key.as_str();
            if let Some(text) = crate::source::read::text(&entry.node, short, self.diags)
                && self.not_blank(text, short)
                && !self.todo(text)
            {
                full.push((short.to_owned(), text.as_str().trim().into()));
            }
        }
        // Of two that begin alike the longer one counts.
        full.sort_by_key(|(short, _): &(String, _)| std::cmp::Reverse(short.len()));
        self.house.full = full.into();
    }

    fn house_words(&mut self, mut fields: Fields<'_>) {
        if let Some(rich) = self.inline(&mut fields, "recommendations") {
            self.words.recommendations = Some(rich);
        }
        if let Some(rich) = self.inline(&mut fields, "contacts") {
            self.words.contacts = Some(rich);
        }
        if let Some(rich) = self.inline(&mut fields, "contents") {
            self.words.contents = Some(rich);
        }
        if let Some(text) = self.words(&mut fields, "source") {
            self.words.source = text.as_str().to_owned();
        }
        fields.finish(self.diags);
    }

    fn running(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        what: &'static str,
    ) -> Running {
        let Some(mut fields) = fields.fields(key, what, self.diags) else {
            return Running::default();
        };
        let mut side = |key| {
            let side = fields.choice(key, &SIDES, self.diags)?;
            Some((side, fields.table().get(key)?.node.span))
        };
        let (chapter, page_number) = (side("chapter"), side("page_number"));
        let left = self.words(&mut fields, "left");
        let right = self.words(&mut fields, "right");
        let running = Running { left, right, chapter, page_number };
        // What stands outside or inside changes sides, and gives way to words.
        for key in ["chapter", "page_number"] {
            let side = if key == "chapter" { running.chapter } else { running.page_number };
            let (word, taken) = match side.map(|(side, _)| side) {
                Some(Side::Left) => ("left", running.left.is_some()),
                Some(Side::Right) => ("right", running.right.is_some()),
                _ => continue,
            };
            let (Some(entry), true) = (fields.table().get(key), taken) else { continue };
            let message = format!("{what} has words at the {word} already");
            let mut finding = Diagnostic::error(Code::BAD_VALUE, entry.node.span, message);
            if let Some(words) = fields.table().get(word) {
                finding = finding.related(words.node.span, "these words");
            }
            self.diags.push(finding);
        }
        fields.finish(self.diags);
        running
    }

    // --- Values that many parts have -----------------------------------------

    /// A string that is not blank.
    fn text<'t>(&mut self, fields: &mut Fields<'t>, key: &'static str) -> Option<&'t Text> {
        let text = fields.text(key, self.diags)?;
        self.not_blank(text, key).then_some(text)
    }

    /// Whether a text has words; reports one that has none.
    fn not_blank(&mut self, text: &Text, key: &str) -> bool {
        let blank = text.as_str().trim().is_empty();
        if blank {
            self.diags.push(
                Diagnostic::error(Code::EMPTY_SECTION, text.span(), format!("`{key}` is empty"))
                    .hint("write something, or leave the key out"),
            );
        }
        !blank
    }

    /// Words with inline markup.
    fn inline(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Rich> {
        self.text(fields, key).map(|text| markdown::inline(text, key, &self.house, self.diags))
    }

    /// Words with inline markup that must be there; empty if they are not.
    fn required_inline(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Rich {
        if fields.required(key).is_none() {
            return Rich::plain(Text::empty(fields.span()));
        }
        self.inline(fields, key).unwrap_or_else(|| Rich::plain(Text::empty(fields.span())))
    }

    /// Words without markup, which is reported.
    fn words(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Text> {
        self.text(fields, key).map(|text| markdown::plain(text, key, &self.house, self.diags))
    }

    /// Words without markup that must be there; empty if they are not.
    fn required_words(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Text {
        if fields.required(key).is_none() {
            return Text::empty(fields.span());
        }
        self.words(fields, key).unwrap_or_else(|| Text::empty(fields.span()))
    }

    /// Running text.
    fn flow(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<super::Flow> {
        self.text(fields, key).map(|text| markdown::flow(text, &self.house, self.diags))
    }

    /// One text or a list of texts, each with inline markup; not empty.
    fn items(&mut self, node: &Node, key: &'static str) -> Vec<Rich> {
        if let Value::Text(text) = &node.value {
            if self.not_blank(text, key) {
                return vec![markdown::inline(text, key, &self.house, self.diags)];
            }
            return Vec::new();
        }
        let Some(nodes) = crate::source::read::array(node, key, self.diags) else {
            return Vec::new();
        };
        self.not_empty(nodes.len(), node.span, key);
        let mut items = Vec::new();
        for node in nodes {
            if let Some(text) = crate::source::read::text(node, key, self.diags)
                && self.not_blank(text, key)
            {
                items.push(markdown::inline(text, key, &self.house, self.diags));
            }
        }
        items
    }

    /// Reports a list without entries.
    fn not_empty(&mut self, len: usize, span: Span, key: &str) {
        if len == 0 {
            let message = format!("the list `{key}` is empty");
            self.diags.push(Diagnostic::error(Code::EMPTY_SECTION, span, message));
        }
    }

    /// A list of lines without markup.
    fn lines(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Vec<Text> {
        let texts = fields.texts(key, self.diags).unwrap_or_default();
        let mut lines = Vec::new();
        for text in texts {
            if self.not_blank(text, key) {
                lines.push(markdown::plain(text, key, &self.house, self.diags));
            }
        }
        lines
    }

    fn email(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Text> {
        let text = self.text(fields, key)?.trim();
        if !self.todo(&text) {
            self.checked(check::email(text.as_str()), &text)?;
        }
        Some(text)
    }

    /// A phone number, the way of the house.
    fn phone(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Text> {
        let text = self.text(fields, key)?.trim();
        if self.todo(&text) {
            return Some(text);
        }
        self.checked(check::phone(text.as_str()), &text)?;
        if !self.house.phone {
            return Some(text);
        }
        // A number with a country code is meant for readers abroad.
        let national = text.as_str().starts_with('0') && !text.as_str().starts_with("00");
        if self.house.lang == Lang::Nl
            && national
            && let Some(printed) = format::phone(text.as_str())
            && without_blanks(&printed) != without_blanks(text.as_str())
        {
            return Some(text.replace(&[(0..text.as_str().len(), printed.as_str())]));
        }
        let blanks: Vec<_> =
            text.as_str().match_indices(' ').map(|(at, _)| (at..at + 1, "\u{a0}")).collect();
        Some(text.replace(&blanks))
    }

    /// A web address as shown.
    fn website(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Text> {
        let text = self.text(fields, key)?.trim();
        self.address(&text).map(|(shown, _)| shown)
    }

    /// A web address as shown, and whole; twice the mark if it is still to be
    /// supplied.
    fn address(&mut self, text: &Text) -> Option<(Text, String)> {
        if self.todo(text) {
            return Some((text.clone(), text.as_str().to_owned()));
        }
        let web = self.checked(check::web(text.as_str()), text)?;
        let start = text.as_str().find(web.shown).unwrap_or(0);
        Some((text.slice(start..start + web.shown.len()), web.url))
    }

    fn checked<T>(&mut self, result: Result<T, check::Fault>, text: &Text) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(fault) => {
                self.diags.push(fault.at(text.span()));
                None
            }
        }
    }
}

/// A phone number without blanks of any kind.
fn without_blanks(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The language of the brochure; Dutch if none or an unknown one is given.
fn language(source: &Source, diags: &mut Diagnostics) -> Lang {
    let Some(entry) = source.root.get("language") else { return Lang::default() };
    let Some(text) = crate::source::read::text(&entry.node, "language", diags) else {
        return Lang::default();
    };
    Lang::parse(text.as_str()).unwrap_or_else(|| {
        let tags = Lang::ALL.map(Lang::tag);
        let mut finding = Diagnostic::error(
            Code::UNKNOWN_LANGUAGE,
            entry.node.span,
            format!("there is no language \"{}\"", text.as_str()),
        )
        .allowed(tags.map(|tag| format!("\"{tag}\"")).join(", "));
        let lower = text.as_str().to_lowercase();
        let near = tags.into_iter().find(|tag| lower.starts_with(tag));
        if let Some(near) = near.or_else(|| nearest(&lower, tags)) {
            finding = finding.hint(format!("did you mean \"{near}\"?"));
        }
        diags.push(finding);
        Lang::default()
    })
}

/// Whether any section is named, be it a faulty one.
fn has_sections(source: &Source) -> bool {
    ["cover", "intro", "chapter", "back"].iter().any(|key| source.root.get(key).is_some())
}
