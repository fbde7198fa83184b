//! The words of a brochure as its author means them to be heard: from the
//! TOML side, without layout or PDF.

#![allow(unreachable_pub, reason = "shared by test files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

use drukklaar::assets::Assets;
use drukklaar::diag::{Diagnostics, Files};
use drukklaar::theme::{
    Styled, StyledArt, StyledBack, StyledBlock, StyledBox, StyledChart, StyledCover, StyledFiller,
    StyledFillerKind, StyledFlow, StyledKind, StyledLinks, StyledMarker, StyledPara, StyledPicture,
    StyledQuote, StyledRun, StyledSection, StyledStats, StyledTable, StyledText, StyledValue,
};
use drukklaar::{model, source, theme};
use std::collections::BTreeSet;
use std::path::Path;

/// A brochure in its looks, but not laid out.
pub fn dressed(path: &str) -> Styled {
    let (assets, mut files, mut found) = (Assets::new(), Files::new(), Diagnostics::new());
    let source = source::load(Path::new(path), &assets, &mut files, &mut found).unwrap();
    let brochure = model::read(&source, false, &mut found).unwrap();
    theme::dress(&brochure, &assets, &mut files, &mut found).unwrap()
}

/// Words as they are compared: as speech has them, without the kinds of white
/// and hyphen that only a line needs.
pub fn words(text: &str) -> Vec<String> {
    let plain = |c: char| match c {
        '\u{AD}' | '\u{200B}' | '\u{2060}' => None,
        '\u{2010}' | '\u{2011}' => Some('-'),
        c => Some(c),
    };
    let text: String = text.chars().filter_map(plain).collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// All words of a brochure, in the author's order. The last section comes by
/// itself, since pages to fill up stand before it.
pub fn meant(styled: &Styled) -> Vec<String> {
    let mut meant = Meant::default();
    for section in &styled.sections {
        match section {
            StyledSection::Cover(cover) => meant.cover(cover),
            StyledSection::Flow(flow) => meant.flow(flow),
            StyledSection::Back(back) => {
                // Which of the pages to fill up are used is layout's affair.
                meant.words.push(FILLERS.to_owned());
                meant.said.clear();
                meant.back(back);
            }
        }
    }
    meant.words
}

/// Stands for the number of a page, which is layout's affair.
pub const NUMBER: &str = "\u{1}";

/// Stands where pages to fill up may be.
pub const FILLERS: &str = "\u{0}";

/// The words of a page to fill up.
pub fn filler(filler: &StyledFiller) -> Vec<String> {
    let mut meant = Meant::default();
    match &filler.kind {
        StyledFillerKind::Image(picture) => meant.picture(picture),
        StyledFillerKind::Quote(quote) => meant.quote(quote),
        StyledFillerKind::Notes(title) => meant.text(title),
    }
    meant.words
}

#[derive(Default)]
struct Meant {
    words: Vec<String>,
    /// What abbreviations of this chapter are short for, as far as it was said.
    said: BTreeSet<String>,
}

impl Meant {
    fn say(&mut self, text: &str) {
        self.words.extend(words(text));
    }

    fn text(&mut self, text: &StyledText) {
        self.runs(&text.runs);
    }

    /// An abbreviation is said in full where it first stands in a chapter.
    fn runs<'t>(&mut self, runs: impl IntoIterator<Item = &'t StyledRun>) {
        let mut line = String::new();
        for run in runs {
            match run.voice.full.as_deref() {
                Some(full) if self.said.insert(full.to_owned()) => line.push_str(full),
                _ => line.push_str(run.text.as_str()),
            }
        }
        self.say(&line);
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t StyledText>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn picture(&mut self, picture: &StyledPicture) {
        match &picture.art {
            StyledArt::Image(_) => self.say(picture.alt.as_deref().unwrap_or_default()),
            StyledArt::Placeholder(_) => panic!("a sample is no draft"),
        }
    }

    /// The picture on the cover lies below the words and is heard after them, so
    /// that the title comes first.
    fn cover(&mut self, cover: &StyledCover) {
        self.text(&cover.title);
        self.texts(&cover.subtitle);
        self.texts(&cover.sender);
        cover.image.iter().for_each(|image| self.picture(image));
    }

    fn flow(&mut self, flow: &StyledFlow) {
        if flow.title.is_some() {
            self.said.clear();
        }
        self.texts(&flow.title);
        self.paras(&flow.lead);
        flow.text.iter().chain(&flow.blocks).for_each(|block| self.block(block));
    }

    /// A drawn sign has no words; a number is heard before its entry.
    fn paras(&mut self, paras: &[StyledPara]) {
        for para in paras {
            if let Some(StyledMarker::Words(number)) = &para.marker {
                self.text(number);
            }
            self.text(&para.text);
        }
    }

    fn block(&mut self, block: &StyledBlock) {
        match &block.kind {
            StyledKind::Heading(title) => self.text(title),
            StyledKind::Text(paras) => self.paras(paras),
            StyledKind::Boxed(boxed) => self.boxed(boxed),
            StyledKind::Stats(stats) => self.stats(stats),
            StyledKind::Chart(chart) => self.chart(chart),
            StyledKind::Figure(figure) => {
                self.picture(&figure.picture);
                self.texts(&figure.caption);
            }
            StyledKind::Quote(quote) => self.quote(quote),
            StyledKind::Links(links) => self.links(links),
            StyledKind::Table(table) => self.table(table),
            StyledKind::Contents(entries) => {
                for entry in entries {
                    self.text(&entry.title);
                    self.words.push(NUMBER.to_owned());
                }
            }
        }
    }

    fn boxed(&mut self, boxed: &StyledBox) {
        self.texts(&boxed.title);
        self.paras(&boxed.text);
        self.texts(&boxed.source);
    }

    fn stats(&mut self, stats: &StyledStats) {
        self.texts(&stats.title);
        for (value, label) in &stats.items {
            match value {
                StyledValue::Printed(value) => self.text(value),
                StyledValue::Placeholder(_) => panic!("a sample is no draft"),
            }
            self.text(label);
        }
        self.texts(&stats.source);
    }

    /// The description, then the figures as a table: names of series at its
    /// head, in each row what it counts and its values.
    fn chart(&mut self, chart: &StyledChart) {
        self.texts(&chart.title);
        self.say(&chart.alt);
        self.texts(&chart.series);
        for row in &chart.rows {
            self.text(&row.label);
            self.texts(&row.printed);
        }
        self.texts(&chart.caption);
        self.texts(&chart.source);
    }

    /// The hanging mark opens the quotation.
    fn quote(&mut self, quote: &StyledQuote) {
        self.runs(quote.mark.runs.iter().chain(&quote.text.runs));
        self.texts(&quote.by);
    }

    /// A QR code is the same address in another form: it decorates.
    fn links(&mut self, links: &StyledLinks) {
        self.texts(&links.title);
        links.items.iter().for_each(|item| self.texts(&item.words));
    }

    fn table(&mut self, table: &StyledTable) {
        self.texts(&table.title);
        table.rows.iter().for_each(|row| self.texts(row));
        self.texts(&table.source);
    }

    fn back(&mut self, back: &StyledBack) {
        self.texts(&back.title);
        for contact in &back.contacts {
            contact.portrait.iter().for_each(|portrait| self.picture(portrait));
            self.texts(&contact.lines);
        }
        self.texts(&back.name);
        self.texts(&back.tagline);
        self.texts(&back.address);
        self.paras(&back.about);
        // The words below a QR code are those of the website above.
    }
}
