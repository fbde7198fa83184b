//! Model to styled blocks: each word gets its look.

use super::looks::Looks;
use super::pictures::Pictures;
use super::styled::*;
use super::{Align, StyledRun, StyledText, TextStyle, Voice};
use super::{contents, draft};
use crate::assets::Assets;
use crate::base::{Abs, Lang};
use crate::color::Color;
use crate::diag::{Diagnostics, Files, Span};
use crate::model::{
    self, Block, BlockKind, Brochure, ChartKind, FillerKind, Flow, Paragraph, Rich, Section,
    StatValue,
};
use crate::source::{Text, todo};
use std::sync::Arc;

/// A measure below which running text is set ragged, since justified lines
/// would get gaps.
const NARROW: f64 = 70.0;

/// Gives a brochure its looks and loads its images.
pub(super) fn apply(
    brochure: &Brochure,
    looks: Arc<Looks>,
    assets: &Assets,
    files: &Files,
    diags: &mut Diagnostics,
) -> Styled {
    let pictures =
        Pictures { looks: Arc::clone(&looks), assets, files, draft: brochure.draft, diags };
    let mut dresser = Dresser { brochure, looks: Arc::clone(&looks), pictures };
    let sections = dresser.sections();
    let fillers = brochure.fillers.iter().filter_map(|filler| dresser.filler(filler)).collect();
    Styled {
        sections,
        pages: brochure.pages,
        fillers,
        header: running(&looks, &brochure.header),
        footer: running(&looks, &brochure.footer),
        draft: brochure.draft,
        looks,
        span: brochure.span,
    }
}

fn running(looks: &Looks, running: &model::Running) -> StyledRunning {
    let style = &looks.styles.running;
    StyledRunning {
        left: running.left.as_ref().map(|text| style.plain(text)),
        right: running.right.as_ref().map(|text| style.plain(text)),
        chapter: running.chapter,
        page_number: running.page_number,
    }
}

struct Dresser<'a> {
    brochure: &'a Brochure,
    looks: Arc<Looks>,
    pictures: Pictures<'a>,
}

impl Dresser<'_> {
    fn sections(&mut self) -> Vec<StyledSection> {
        let sections = &self.brochure.sections;
        let mut styled: Vec<StyledSection> =
            sections.iter().map(|section| self.section(section)).collect();
        for (index, section) in sections.iter().enumerate() {
            if let (Section::Contents(contents), Some(StyledSection::Flow(next))) =
                (section, styled.get_mut(index + 1))
            {
                contents::part_from_next(contents, next);
            }
        }
        styled
    }

    fn section(&mut self, section: &Section) -> StyledSection {
        match section {
            Section::Cover(cover) => StyledSection::Cover(self.cover(cover)),
            Section::Contents(contents) => StyledSection::Flow(contents::contents(
                contents,
                &self.brochure.sections,
                &self.looks.styles,
            )),
            Section::Intro(intro) => StyledSection::Flow(self.intro(intro)),
            Section::Chapter(chapter) => StyledSection::Flow(self.chapter(chapter)),
            Section::Back(back) => StyledSection::Back(self.back(back)),
        }
    }

    fn cover(&mut self, cover: &model::Cover) -> StyledCover {
        let styles = &self.looks.styles;
        StyledCover {
            title: styles.cover_title.rich(&cover.title),
            subtitle: cover.subtitle.as_ref().map(|rich| styles.cover_subtitle.rich(rich)),
            sender: self.brochure.organisation.name.as_ref().map(|t| styles.cover_sender.plain(t)),
            image: cover.image.as_ref().and_then(|image| self.pictures.load(image)),
            span: cover.span,
        }
    }

    fn intro(&mut self, intro: &model::Intro) -> StyledFlow {
        let looks = Arc::clone(&self.looks);
        let text = self.flow(&intro.text, &looks.styles.intro);
        StyledFlow {
            new_page: true,
            chapter: false,
            name: intro.title.as_ref().map(Rich::name).unwrap_or_default(),
            title: intro.title.as_ref().map(|rich| looks.styles.chapter.rich(rich)),
            lead: Vec::new(),
            columns: intro.columns,
            text: vec![StyledBlock {
                kind: StyledKind::Text(text),
                wide: false,
                float: false,
                span: intro.span,
            }],
            blocks: self.blocks(&intro.blocks),
            span: intro.span,
        }
    }

    fn chapter(&mut self, chapter: &model::Chapter) -> StyledFlow {
        let looks = Arc::clone(&self.looks);
        let text = self.body(&chapter.text);
        let mut blocks = Vec::new();
        if !text.is_empty() {
            let kind = StyledKind::Text(text);
            blocks.push(StyledBlock { kind, wide: false, float: false, span: chapter.span });
        }
        blocks.extend(self.blocks(&chapter.blocks));
        StyledFlow {
            new_page: chapter.new_page.unwrap_or(looks.chapter.new_page),
            chapter: true,
            name: chapter.title.name(),
            title: Some(looks.styles.chapter.rich(&chapter.title)),
            lead: self.flow(&chapter.lead, &looks.styles.lead),
            columns: 2,
            text: Vec::new(),
            blocks,
            span: chapter.span,
        }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<StyledBlock> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    /// A block; a topic becomes its heading and its text.
    fn block(&mut self, block: &Block) -> Vec<StyledBlock> {
        let span = block.span;
        let styled =
            |kind, wide| vec![StyledBlock { kind, wide, float: block.float && !wide, span }];
        match &block.kind {
            BlockKind::Text(flow) => styled(StyledKind::Text(self.body(flow)), false),
            BlockKind::Topic(topic) => {
                let title = self.looks.styles.topic.rich(&topic.title);
                let mut both = styled(StyledKind::Heading(title), false);
                if !topic.text.is_empty() {
                    both.extend(styled(StyledKind::Text(self.body(&topic.text)), false));
                }
                both
            }
            BlockKind::Recommendations(list) => {
                styled(StyledKind::Boxed(Box::new(self.recommendations(list))), false)
            }
            BlockKind::Stats(stats) => styled(StyledKind::Stats(self.stats(stats)), stats.wide),
            BlockKind::Chart(chart) => styled(StyledKind::Chart(self.chart(chart)), chart.wide),
            BlockKind::Facts(facts) => {
                styled(StyledKind::Boxed(Box::new(self.facts(facts))), false)
            }
            BlockKind::Callout(callout) => {
                styled(StyledKind::Boxed(Box::new(self.callout(callout))), false)
            }
            BlockKind::Image(image) => {
                let wide = image.width == model::ImageWidth::Page;
                self.figure(image).map_or_else(Vec::new, |f| styled(StyledKind::Figure(f), wide))
            }
            BlockKind::Quote(quote) => {
                let styles = &self.looks.styles;
                styled(
                    StyledKind::Quote(self.quote(quote, span, (&styles.quote, &styles.quote_by))),
                    quote.wide,
                )
            }
            BlockKind::Links(links) => styled(StyledKind::Links(self.links(links)), false),
            BlockKind::Table(table) => styled(StyledKind::Table(self.table(table)), table.wide),
        }
    }

    fn body(&self, flow: &Flow) -> Vec<StyledPara> {
        let narrow = self.looks.page.column_width(2) < Abs::mm(NARROW);
        let styles = &self.looks.styles;
        self.flow(flow, if narrow { &styles.narrow } else { &styles.body })
    }

    /// Running text in one style.
    fn flow(&self, flow: &Flow, style: &TextStyle) -> Vec<StyledPara> {
        let look = self.looks.text;
        let mut paras = Vec::new();
        let list = ListLook { sign: look.sign, color: look.sign_color, indent: look.list_indent };
        push_flow(flow, style, list, Abs::ZERO, &mut paras);
        paras
    }

    /// The entries of a box, each with its sign.
    fn entries(&self, items: &[Rich], style: &TextStyle, list: ListLook) -> Vec<StyledPara> {
        let marker = (items.len() > 1).then_some(StyledMarker::Sign(list.sign, list.color));
        let indent = if marker.is_some() { list.indent } else { Abs::ZERO };
        let entry = |rich: &Rich| StyledPara {
            text: style.rich(rich),
            indent,
            marker: marker.clone(),
            spaced: false,
        };
        items.iter().map(entry).collect()
    }

    fn source(&self, source: Option<&Rich>) -> Option<StyledText> {
        source.map(|rich| self.looks.styles.source.rich(rich))
    }

    fn recommendations(&self, list: &model::Recommendations) -> StyledBox {
        let look = &self.looks.recommendations;
        let styles = &self.looks.styles;
        let signs = self.signs(look.sign, look.sign_color);
        let title =
            if look.look.tab.is_some() { &styles.reversed_title } else { &styles.box_title };
        // A single demand keeps its sign: it is a list of one.
        let mut text = self.entries(&list.items, &styles.box_text, signs);
        for para in &mut text {
            para.indent = signs.indent;
            para.marker = Some(StyledMarker::Sign(signs.sign, signs.color));
        }
        let (look, title) = (look.look.clone(), Some(title.rich(&list.title)));
        StyledBox { look, title, text, source: None }
    }

    fn signs(&self, sign: Sign, color: Color) -> ListLook {
        ListLook { sign, color, indent: self.looks.text.list_indent }
    }

    fn facts(&self, facts: &model::Facts) -> StyledBox {
        let styles = &self.looks.styles;
        let (look, text, title) = if facts.reversed {
            (&self.looks.facts_reversed, &styles.reversed, &styles.reversed_title)
        } else {
            (&self.looks.facts, &styles.box_text, &styles.box_title)
        };
        let source = facts.source.as_ref().map(|rich| {
            let mut line = styles.source.rich(rich);
            if facts.reversed {
                recolor(&mut line, text.plain.color);
            }
            line
        });
        StyledBox {
            title: facts.title.as_ref().map(|rich| title.rich(rich)),
            text: self.entries(&facts.items, text, self.signs(look.sign, look.sign_color)),
            look: look.look.clone(),
            source,
        }
    }

    fn callout(&self, callout: &model::Callout) -> StyledBox {
        let styles = &self.looks.styles;
        StyledBox {
            look: self.looks.callout.clone(),
            title: callout.title.as_ref().map(|rich| styles.box_title.rich(rich)),
            text: self.flow(&callout.text, &styles.callout),
            source: None,
        }
    }

    fn stats(&self, stats: &model::Stats) -> StyledStats {
        let styles = &self.looks.styles;
        let item = |stat: &model::Stat| {
            let value = match &stat.value {
                StatValue::Printed(value) => StyledValue::Printed(styles.stat_value.rich(value)),
                StatValue::Placeholder(words) => {
                    StyledValue::Placeholder(draft::placeholder(words, &styles.stat_label))
                }
            };
            (value, styles.stat_label.rich(&stat.label))
        };
        StyledStats {
            title: stats.title.as_ref().map(|rich| styles.figure_title.rich(rich)),
            items: stats.items.iter().map(item).collect(),
            source: self.source(stats.source.as_ref()),
        }
    }

    fn chart(&self, chart: &model::Chart) -> StyledChart {
        let styles = &self.looks.styles;
        let look = &self.looks.chart;
        let highlighted = chart.rows.iter().any(|row| row.highlight);
        let other = |index: usize| match look.others.len() {
            0 => look.accent,
            count => look.others[index % count],
        };
        let mut greys = 0;
        let rows = chart.rows.iter().enumerate().map(|(index, row)| {
            let accent = if highlighted { row.highlight } else { index == 0 };
            // Bars share one grey; sectors need to be told apart.
            let color = match (accent, chart.kind) {
                (true, _) => look.accent,
                (false, ChartKind::Bar) => other(0),
                (false, _) => {
                    greys += 1;
                    other(greys - 1)
                }
            };
            let printed = row.printed.iter().map(|printed| {
                let words = format!("{printed}{}", chart.unit);
                styles.chart_value.plain(&Text::made(words, row.span))
            });
            StyledRow {
                label: styles.chart_label.plain(&row.label),
                values: row.values.clone(),
                printed: printed.collect(),
                color,
                span: row.span,
            }
        });
        StyledChart {
            kind: chart.kind,
            title: chart.title.as_ref().map(|rich| styles.figure_title.rich(rich)),
            series: chart.series.iter().map(|text| styles.chart_label.plain(text)).collect(),
            rows: rows.collect(),
            placeholder: chart.placeholder.as_ref().map(|placeholder| {
                let words = draft::placeholder(&placeholder.words, &styles.figure_title);
                (words, 1.0 / placeholder.aspect)
            }),
            palette: std::iter::once(look.accent).chain(look.others.iter().copied()).collect(),
            caption: chart.caption.as_ref().map(|rich| styles.caption.rich(rich)),
            source: self.source(chart.source.as_ref()),
            alt: chart.alt.as_str().to_owned(),
        }
    }

    fn figure(&mut self, image: &model::Image) -> Option<StyledFigure> {
        let picture = self.pictures.load(image)?;
        let styles = &self.looks.styles;
        let caption = image.caption.as_ref().map(|rich| styles.caption.rich(rich));
        let credit = image.credit.as_ref().map(|rich| styles.source.rich(rich));
        Some(StyledFigure { picture, caption: caption.into_iter().chain(credit).collect() })
    }

    fn filler(&mut self, filler: &model::Filler) -> Option<StyledFiller> {
        let looks = Arc::clone(&self.looks);
        let kind = match &filler.kind {
            FillerKind::Image(image) => StyledFillerKind::Image(self.pictures.load(image)?),
            FillerKind::Quote { text, by } => {
                let quote = model::Quote { text: text.clone(), by: by.clone(), wide: true };
                // The only thing on its page, it is set as large as a title.
                let styles = (&looks.styles.chapter, &looks.styles.lead);
                StyledFillerKind::Quote(self.quote(&quote, filler.span, styles))
            }
            FillerKind::Notes(title) => StyledFillerKind::Notes(looks.styles.chapter.rich(title)),
        };
        Some(StyledFiller { kind, span: filler.span })
    }

    /// A quote, with the styles of its words and of who said them.
    fn quote(
        &self,
        quote: &model::Quote,
        span: Span,
        (style, by): (&TextStyle, &TextStyle),
    ) -> StyledQuote {
        let (open, close) = match self.looks.lang {
            Lang::Nl | Lang::En => ("“", "”"),
            Lang::De => ("„", "“"),
        };
        let mut text = style.rich(&quote.text);
        let close = Text::made(close, span);
        match text.runs.last_mut() {
            Some(last) if last.link.is_none() && last.voice.is_plain() => last.text.push(&close),
            // The mark looks like the last words, but is part neither of a link nor
            // of what is said in place of an abbreviation.
            Some(last) => {
                let style = Arc::clone(&last.style);
                let voice = Voice::default();
                text.runs.push(StyledRun { text: close, style, link: None, voice });
            }
            None => {}
        }
        StyledQuote {
            mark: style.plain(&Text::made(open, span)),
            text,
            by: quote.by.as_ref().map(|rich| by.rich(rich)),
        }
    }

    fn links(&self, links: &model::Links) -> StyledLinks {
        let styles = &self.looks.styles;
        let item = |entry: &model::LinkEntry| {
            let mut url = styles.links.linked(&entry.shown, Some(Arc::clone(&entry.url)));
            recolor(&mut url, styles.links.link);
            StyledLink {
                words: entry.label.iter().map(|l| styles.links.rich(l)).chain([url]).collect(),
                // There is no address in a code yet.
                qr: (entry.qr && !todo::is_in(&entry.url)).then(|| Arc::clone(&entry.url)),
                span: entry.shown.span(),
            }
        };
        StyledLinks {
            title: links.title.as_ref().map(|rich| styles.box_title.rich(rich)),
            items: links.items.iter().map(item).collect(),
        }
    }

    fn table(&self, table: &model::Table) -> StyledTable {
        let styles = &self.looks.styles;
        let align = |column: usize| match table.align.get(column) {
            Some(model::TableAlign::Right) => Align::Right,
            Some(model::TableAlign::Center) => Align::Center,
            _ => Align::Left,
        };
        let row = |style: &TextStyle, cells: &[Rich]| -> Vec<StyledText> {
            let cells = cells.iter().enumerate();
            cells.map(|(column, rich)| style.rich(rich).aligned(align(column))).collect()
        };
        let head = row(&styles.table_head, &table.head);
        let body = table.rows.iter().map(|cells| row(&styles.table_cell, cells));
        StyledTable {
            title: table.title.as_ref().map(|rich| styles.figure_title.rich(rich)),
            rows: std::iter::once(head).chain(body).collect(),
            source: self.source(table.source.as_ref()),
        }
    }

    fn back(&mut self, back: &model::Back) -> StyledBack {
        let looks = Arc::clone(&self.looks);
        let (styles, sender) = (&looks.styles, &self.brochure.organisation);
        let text = &styles.back_text;
        let mut address: Vec<StyledText> = sender.address.iter().map(|t| text.plain(t)).collect();
        address.extend(sender.phone.as_ref().map(|t| text.linked(t, Some(tel(t)))));
        address.extend(sender.email.as_ref().map(|t| text.linked(t, Some(mailto(t)))));
        address.extend(sender.website.as_ref().map(|t| text.linked(t, Some(web(t)))));
        let qr = sender
            .website
            .as_ref()
            .filter(|site| back.qr && !todo::is_in(site.as_str()))
            .map(|site| (web(site), styles.caption.linked(site, Some(web(site)))));
        StyledBack {
            title: back.title.as_ref().map(|rich| styles.back_title.rich(rich)),
            contacts: back.contacts.iter().map(|contact| self.contact(contact)).collect(),
            name: sender.name.as_ref().map(|t| styles.back_name.plain(t)),
            tagline: sender.tagline.as_ref().map(|rich| text.rich(rich)),
            address,
            about: self.flow(&sender.about, text),
            qr,
            span: back.span,
        }
    }

    fn contact(&mut self, contact: &model::Contact) -> StyledContact {
        let looks = Arc::clone(&self.looks);
        let (name, text) = (&looks.styles.contact_name, &looks.styles.contact_text);
        let mut lines = vec![name.plain(&contact.name)];
        lines.extend(contact.role.as_ref().map(|rich| text.rich(rich)));
        let head = lines.len();
        lines.extend(contact.email.as_ref().map(|t| text.linked(t, Some(mailto(t)))));
        lines.extend(contact.phone.as_ref().map(|t| text.linked(t, Some(tel(t)))));
        let portrait = contact.portrait.as_ref().and_then(|image| self.pictures.load(image));
        StyledContact { lines, head, portrait, span: contact.span }
    }
}

/// How list entries are marked.
#[derive(Debug, Clone, Copy)]
struct ListLook {
    sign: Sign,
    color: Color,
    indent: Abs,
}

/// Appends running text; `indent` is that of the list it stands in.
fn push_flow(
    flow: &Flow,
    style: &TextStyle,
    list: ListLook,
    indent: Abs,
    paras: &mut Vec<StyledPara>,
) {
    let mut after_text = false;
    for paragraph in flow {
        match paragraph {
            Paragraph::Text(rich) => {
                let spaced = !paras.is_empty() && indent == Abs::ZERO;
                paras.push(StyledPara { text: style.rich(rich), indent, marker: None, spaced });
            }
            Paragraph::List { start, entries } => {
                let spaced = !after_text && !paras.is_empty() && indent == Abs::ZERO;
                push_list(*start, entries, style, list, indent, paras, spaced);
            }
        }
        after_text = matches!(paragraph, Paragraph::Text(_));
    }
}

fn push_list(
    start: Option<u64>,
    entries: &[Flow],
    style: &TextStyle,
    list: ListLook,
    indent: Abs,
    paras: &mut Vec<StyledPara>,
    spaced: bool,
) {
    let inner = ListLook { sign: Sign::Dash, ..list };
    for (index, entry) in entries.iter().enumerate() {
        let first = paras.len();
        push_flow(entry, style, inner, indent + list.indent, paras);
        let Some(para) = paras.get_mut(first) else { continue };
        para.spaced = spaced && index == 0;
        para.marker = Some(match (start, para.text.runs.first()) {
            (Some(start), Some(run)) => {
                let number = format!("{}.", start + index as u64);
                StyledMarker::Words(style.plain(&Text::made(number, run.text.span())))
            }
            _ => StyledMarker::Sign(list.sign, list.color),
        });
    }
}

fn recolor(text: &mut StyledText, color: Color) {
    // What is set apart has colours of its own.
    for run in text.runs.iter_mut().filter(|run| run.style.highlight.is_none()) {
        run.style = Arc::new(super::CharStyle { color, ..(*run.style).clone() });
    }
}

fn mailto(address: &Text) -> Arc<str> {
    format!("mailto:{}", address.as_str().trim()).into()
}

/// A `tel:` address (RFC 3966) of a Dutch or international number.
fn tel(number: &Text) -> Arc<str> {
    let digits: String =
        number.as_str().chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    match digits.strip_prefix('0') {
        Some(rest) if !digits.starts_with("00") => format!("tel:+31{rest}").into(),
        _ => format!("tel:{digits}").into(),
    }
}

fn web(address: &Text) -> Arc<str> {
    let address = address.as_str().trim();
    if address.contains("://") { address.into() } else { format!("https://{address}").into() }
}
