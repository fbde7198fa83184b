//! Cover, intro, chapters and back page.

use super::Reader;
use crate::diag::{Code, Diagnostic, Span, nearest};
use crate::model::{
    Back, Chapter, Contact, Contents, Cover, Image, ImageSource, ImageWidth, Intro, Organisation,
    Section,
};
use crate::source::{Fields, Text};

impl Reader<'_> {
    /// All sections in page order: cover, contents, intro and chapters, back.
    pub(super) fn sections(
        &mut self,
        fields: &mut Fields<'_>,
        organisation: &Organisation,
    ) -> Vec<Section> {
        let mut sections = Vec::new();
        if let Some(cover) = fields.fields("cover", "the cover", self.diags) {
            sections.push(Section::Cover(self.cover(cover)));
        }
        let contents = fields.fields("contents", "the contents", self.diags);
        let intro = fields.fields("intro", "the intro", self.diags).map(|f| self.intro(f));
        let chapters = fields.list("chapter", "a chapter", self.diags);
        let mut chapters: Vec<Chapter> =
            chapters.into_iter().map(|fields| self.chapter(fields)).collect();
        if let Some(contents) = contents {
            let listed =
                fields.has("chapter") || intro.as_ref().is_some_and(|intro| intro.title.is_some());
            sections.push(Section::Contents(self.contents(contents, listed)));
        }
        if let Some(intro) = intro {
            let rest = chapters.split_off(intro_place(fields, intro.span, &chapters));
            sections.extend(chapters.into_iter().map(Section::Chapter));
            sections.push(Section::Intro(intro));
            chapters = rest;
        }
        sections.extend(chapters.into_iter().map(Section::Chapter));
        if let Some(back) = fields.fields("back", "the back page", self.diags) {
            sections.push(Section::Back(self.back(back, organisation)));
        }
        sections
    }

    fn cover(&mut self, mut fields: Fields<'_>) -> Cover {
        let cover = Cover {
            title: self.required_inline(&mut fields, "title"),
            subtitle: self.inline(&mut fields, "subtitle"),
            image: self.image(&mut fields, "image", ImageWidth::Page),
            span: fields.span(),
        };
        fields.finish(self.diags);
        cover
    }

    /// The table of contents; an error if there is nothing that it could list.
    fn contents(&mut self, mut fields: Fields<'_>, listed: bool) -> Contents {
        let span = fields.span();
        let title = self.inline(&mut fields, "title");
        let contents = Contents {
            title: title.unwrap_or_else(|| self.words.contents(span)),
            levels: fields.int_in("levels", 1..=2, self.diags).unwrap_or(1) as u8,
            own_page: fields.bool("own_page", self.diags).unwrap_or(false),
            span,
        };
        if !listed {
            let message = "the contents have nothing to list";
            let finding = Diagnostic::error(Code::EMPTY_SECTION, span, message);
            self.diags.push(finding.allowed("`[[chapter]]`, or an `[intro]` with a `title`"));
        }
        fields.finish(self.diags);
        contents
    }

    fn intro(&mut self, mut fields: Fields<'_>) -> Intro {
        let intro = Intro {
            title: self.inline(&mut fields, "title"),
            text: self.flow(&mut fields, "text").unwrap_or_default(),
            columns: fields.int_in("columns", 1..=3, self.diags).unwrap_or(1) as u8,
            blocks: self.blocks(&mut fields),
            span: fields.span(),
        };
        if !fields.has("text") && !fields.has("block") && !fields.has_unknown() {
            self.empty("the intro", "`text` or `[[intro.block]]`", fields.span());
        }
        fields.finish(self.diags);
        intro
    }

    fn chapter(&mut self, mut fields: Fields<'_>) -> Chapter {
        let chapter = Chapter {
            title: self.required_inline(&mut fields, "title"),
            lead: self.flow(&mut fields, "lead").unwrap_or_default(),
            text: self.flow(&mut fields, "text").unwrap_or_default(),
            blocks: self.blocks(&mut fields),
            new_page: fields.bool("new_page", self.diags),
            span: fields.span(),
        };
        // A key that is not known may be meant for one of these.
        if !["lead", "text", "block"].iter().any(|key| fields.has(key)) && !fields.has_unknown() {
            self.empty("the chapter", "`lead`, `text` or `[[chapter.block]]`", fields.span());
        }
        fields.finish(self.diags);
        chapter
    }

    fn empty(&mut self, what: &str, allowed: &str, span: Span) {
        let message = format!("{what} is empty");
        self.diags.push(Diagnostic::error(Code::EMPTY_SECTION, span, message).allowed(allowed));
    }

    fn back(&mut self, mut fields: Fields<'_>, organisation: &Organisation) -> Back {
        let span = fields.span();
        let title = self.inline(&mut fields, "title");
        let qr = fields.bool("qr", self.diags).unwrap_or(false);
        let contacts: Vec<Contact> = fields
            .list("contact", "a contact", self.diags)
            .into_iter()
            .map(|fields| self.contact(fields))
            .collect();
        if qr && organisation.website.is_none() {
            let at = fields.table().get("qr").map_or(span, |entry| entry.node.span);
            self.diags.push(
                Diagnostic::error(
                    Code::MISSING_KEY,
                    at,
                    "there is no website to make a QR code of",
                )
                .hint("give `[organisation]` a `website`"),
            );
        }
        if contacts.is_empty() && organisation.name.is_none() && !fields.has("contact") {
            self.empty("the back page", "`[[back.contact]]`, or an `[organisation]`", span);
        }
        fields.finish(self.diags);
        let title = title.or_else(|| (!contacts.is_empty()).then(|| self.words.contacts(span)));
        Back { title, contacts, qr, span }
    }

    fn contact(&mut self, mut fields: Fields<'_>) -> Contact {
        let name = self.required_words(&mut fields, "name");
        let contact = Contact {
            role: self.inline(&mut fields, "role"),
            email: self.email(&mut fields, "email"),
            phone: self.phone(&mut fields, "phone"),
            portrait: self.portrait(&mut fields, &name),
            name,
            span: fields.span(),
        };
        fields.finish(self.diags);
        contact
    }

    /// A portrait; without words of its own the name is its text alternative.
    fn portrait(&mut self, fields: &mut Fields<'_>, name: &Text) -> Option<Image> {
        let path = self.text(fields, "portrait").cloned();
        let alt = self.words(fields, "alt");
        let placeholder = self.placeholder(fields, "portrait", "a portrait");
        let source = placeholder.or(path.map(ImageSource::File));
        let entry = fields.table().get("portrait").or(fields.table().get("placeholder"));
        let span = entry?.node.span;
        Some(Image {
            source: source?,
            alt: alt.unwrap_or_else(|| name.clone()),
            caption: None,
            credit: None,
            width: ImageWidth::Column,
            span,
        })
    }

    /// The image that `key` names, with its text alternative from `alt`, or
    /// none if it is `decorative`; or its placeholder, whose words are its text
    /// alternative if it has no other.
    pub(super) fn image(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        width: ImageWidth,
    ) -> Option<Image> {
        let path = self.text(fields, key).cloned();
        let alt = fields.text("alt", self.diags);
        let decorative = fields.bool("decorative", self.diags).unwrap_or(false);
        let placeholder = self.placeholder(fields, key, "an image");
        let stands_in = fields.table().get("placeholder").filter(|_| !fields.has(key));
        let Some(entry) = fields.table().get(key).or(stands_in) else {
            let slip = fields.table().entries.iter().any(|e| nearest(&e.key, [key]).is_some());
            let stray = fields.table().get("alt").or(fields.table().get("decorative"));
            if let (Some(stray), false) = (stray, slip) {
                let message = format!("`{}` has no image to describe", stray.key);
                let finding = Diagnostic::error(Code::MISSING_KEY, stray.key_span, message);
                self.diags.push(finding.hint(format!("add `{key} = \"…\"`")));
            }
            return None;
        };
        let span = entry.node.span;
        let alt = match alt.filter(|alt| !alt.as_str().trim().is_empty()) {
            Some(alt) if decorative => {
                let message = "an image that only decorates has no text alternative";
                let finding = Diagnostic::error(Code::BAD_VALUE, alt.span(), message);
                self.diags.push(finding.hint("leave out either `alt` or `decorative`"));
                alt.clone()
            }
            Some(alt) => super::markdown::plain(alt, "alt", &self.house, self.diags),
            None if stands_in.is_some() && !decorative => match &placeholder {
                Some(ImageSource::Placeholder(placeholder)) => placeholder.words.clone(),
                _ => Text::empty(span),
            },
            None => {
                let blank = fields.table().get("alt").filter(|e| !e.node.is_faulty());
                let readable = fields.table().get("alt").is_none() || blank.is_some();
                if !decorative && readable {
                    self.missing_alt("the image", blank.map_or(span, |e| e.node.span), true);
                }
                Text::empty(span)
            }
        };
        let source = placeholder.or(path.map(ImageSource::File))?;
        Some(Image { source, alt, caption: None, credit: None, width, span })
    }

    /// Reports that something has no text alternative.
    pub(super) fn missing_alt(&mut self, what: &str, span: Span, may_decorate: bool) {
        let mut finding =
            Diagnostic::error(Code::MISSING_ALT, span, format!("{what} has no text alternative"))
                .label("say in `alt` what it shows")
                .hint("add `alt = \"…\"` for readers who cannot see it");
        if may_decorate {
            finding = finding.hint("or `decorative = true` if it says nothing");
        }
        self.diags.push(finding);
    }
}

/// Before which chapter the intro stands: in the order of the file if both
/// come from the same one, else in the order of the merged tables.
fn intro_place(fields: &Fields<'_>, intro: Span, chapters: &[Chapter]) -> usize {
    let same_file = chapters.first().is_some_and(|chapter| chapter.span.file == intro.file);
    if same_file {
        return chapters.iter().take_while(|chapter| chapter.span.start < intro.start).count();
    }
    let place = |key| fields.table().entries.iter().position(|entry| entry.key == key);
    if place("chapter") < place("intro") { chapters.len() } else { 0 }
}
