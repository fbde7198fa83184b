//! The Markdown subset: CommonMark through pulldown-cmark, with the place of
//! every word kept. What brochures have blocks for is not allowed in text.

use super::house::House;
use super::{check, placeholders, speech, typography};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Flow, Paragraph, Rich, RichRun, Voice};
use crate::source::{Text, todo};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// The character that stands for a forced line break.
const LINE_SEPARATOR: char = '\u{2028}';

/// Goes before inline text so that nothing at its start is read as a list or
/// heading. It counts as white space next to emphasis, but is not trimmed.
const GUARD: char = '\u{a0}';

/// Running text: paragraphs and lists.
pub(super) fn flow(text: &Text, house: &House, diags: &mut Diagnostics) -> Flow {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder::new(text, house, 0, diags);
    for (event, range) in Parser::new_ext(text.as_str(), options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// Words with inline markup only; `key` names them in messages.
pub(super) fn inline(text: &Text, key: &str, house: &House, diags: &mut Diagnostics) -> Rich {
    let text = &text.trim();
    let guarded = format!("{GUARD}{}", text.as_str());
    let mut builder = Builder::new(text, house, GUARD.len_utf8(), diags);
    for (event, range) in
        Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        builder.event(event, range);
    }
    let mut flow = builder.finish();
    if flow.len() > 1 || matches!(flow.first(), Some(Paragraph::List { .. })) {
        let message = format!("`{key}` holds one paragraph, without lists");
        diags.push(Diagnostic::error(Code::UNSUPPORTED_MARKUP, text.span(), message).hint(
            "a blank line starts a new paragraph; a `-` or number at the start of a line a list",
        ));
    }
    match flow.drain(..).next() {
        Some(Paragraph::Text(rich)) => rich,
        _ => Rich::plain(text.clone()),
    }
}

/// Inline text that takes no emphasis and no links, but is said as the author
/// asks; markup is reported.
pub(super) fn bare(text: &Text, key: &str, house: &House, diags: &mut Diagnostics) -> Rich {
    let mut rich = inline(text, key, house, diags);
    for run in &mut rich.runs {
        no_markup(run, key, false, diags);
        (run.strong, run.emphasis, run.link) = (false, false, None);
    }
    rich
}

/// The words of a text that takes no markup, which is reported.
pub(super) fn plain(text: &Text, key: &str, house: &House, diags: &mut Diagnostics) -> Text {
    let rich = inline(text, key, house, diags);
    let mut words = Text::empty(text.span());
    for run in &rich.runs {
        no_markup(run, key, run.voice.lang.is_some(), diags);
        words.push(&run.text);
    }
    words
}

/// Reports words with markup that would be lost; `foreign` if their language would
/// be.
fn no_markup(run: &RichRun, key: &str, foreign: bool, diags: &mut Diagnostics) {
    let (what, how) = match (&run.link, foreign) {
        (Some(_), _) => ("a link", "write the words alone, without brackets and address"),
        (None, true) => ("a language", "write the words alone, without `[…]{lang=…}`"),
        (None, false) if run.strong => ("bold", "leave the `**` out"),
        (None, false) if run.emphasis => ("italic", "leave the `*` out"),
        (None, false) => return,
    };
    let message = format!("{what} is not possible in `{key}`, which takes plain words");
    diags.push(Diagnostic::error(Code::UNSUPPORTED_MARKUP, run.text.span(), message).hint(how));
}

/// A list or entry that is being read.
enum Open {
    List { start: Option<u64>, entries: Vec<Flow> },
    Entry(Flow),
}

struct Builder<'a> {
    text: &'a Text,
    house: &'a House,
    /// Bytes before the text in what is parsed.
    guard: usize,
    diags: &'a mut Diagnostics,
    root: Flow,
    open: Vec<Open>,
    runs: Vec<RichRun>,
    strong: usize,
    emphasis: usize,
    link: Option<Arc<str>>,
    /// How many blocks that are not allowed are open; their words are skipped.
    skipping: usize,
}

impl<'a> Builder<'a> {
    fn new(
        text: &'a Text,
        house: &'a House,
        guard: usize,
        diags: &'a mut Diagnostics,
    ) -> Builder<'a> {
        Builder {
            text,
            house,
            guard,
            diags,
            root: Flow::new(),
            open: Vec::new(),
            runs: Vec::new(),
            strong: 0,
            emphasis: 0,
            link: None,
            skipping: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let range = range.start.saturating_sub(self.guard)..range.end.saturating_sub(self.guard);
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range),
            Event::SoftBreak => self.words(" ", range),
            Event::HardBreak => self.words(LINE_SEPARATOR.encode_utf8(&mut [0; 4]), range),
            Event::Code(words) => {
                self.forbid(range.clone(), "code", "leave the backticks out");
                self.words(&words, range);
            }
            Event::Html(_) if self.skipping > 0 => {}
            // The opening tag has been reported.
            Event::InlineHtml(tag) if tag.starts_with("</") => {}
            Event::Html(_) | Event::InlineHtml(_) => {
                self.forbid(range, "HTML", "write **bold**, *italic* or [words](https://…) instead")
            }
            Event::Rule => self.forbid(range, "a rule", "start a new block instead"),
            // Not enabled.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::List(start) => {
                self.flush();
                self.open.push(Open::List { start: *start, entries: Vec::new() });
            }
            Tag::Item => self.open.push(Open::Entry(Flow::new())),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { link_type, dest_url, .. } => {
                self.link = self.target(*link_type, dest_url, range);
            }
            Tag::Image { .. } => {
                self.skipping += 1;
                self.forbid(range, "an image", "use an image block: `image = \"…\"`");
            }
            Tag::Heading { .. } => {
                self.skip(range, "a heading", "use a topic block: `topic = \"…\"`");
            }
            Tag::BlockQuote(_) => {
                self.skip(range, "a quotation", "use a quote block: `quote = \"…\"`");
            }
            Tag::CodeBlock(_) => self.skip(
                range,
                "code",
                "leave the backticks out, or the blanks at the start of the line",
            ),
            Tag::HtmlBlock => {
                self.skip(range, "HTML", "write **bold**, *italic* or [words](https://…) instead");
            }
            Tag::Table(_) => {
                self.skip(range, "a table", "use a table block: `table = [[…], […]]`");
            }
            Tag::Strikethrough => self.forbid(range, "struck-out text", "leave the `~~` out"),
            // Parts of tables, which are skipped, and what is not enabled.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::List(_) => {
                if let Some(Open::List { start, entries }) = self.open.pop() {
                    self.put(Paragraph::List { start, entries });
                }
            }
            TagEnd::Item => {
                self.flush();
                if let Some(Open::Entry(flow)) = self.open.pop()
                    && let Some(Open::List { entries, .. }) = self.open.last_mut()
                {
                    entries.push(flow);
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.link = None,
            TagEnd::Image
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table => self.skipping = self.skipping.saturating_sub(1),
            _ => {}
        }
    }

    /// Appends words that stand at a range of the text.
    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.skipping > 0 {
            return;
        }
        // The guard is part of the first words.
        let words = if range.start == 0 {
            words.strip_prefix(GUARD).filter(|_| self.guard > 0)
        } else {
            None
        }
        .unwrap_or(words);
        if words.is_empty() {
            return;
        }
        let text = if self.text.as_str().get(range.clone()) == Some(words) {
            self.text.slice(range)
        } else {
            Text::made(words, self.span(range))
        };
        let (strong, emphasis) = (self.strong > 0, self.emphasis > 0);
        match self.runs.last_mut() {
            Some(last)
                if last.strong == strong && last.emphasis == emphasis && last.link == self.link =>
            {
                last.text.push(&text);
            }
            _ => self.runs.push(RichRun {
                text,
                strong,
                emphasis,
                link: self.link.clone(),
                voice: Voice::default(),
            }),
        }
    }

    /// Ends the present paragraph.
    fn flush(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        let mut runs = std::mem::take(&mut self.runs);
        self.broken_links(&runs);
        placeholders::todos(&runs, self.diags);
        speech::languages(&mut runs, self.diags);
        typography::polish(&mut runs, self.house);
        speech::abbreviations(&mut runs, self.house);
        self.put(Paragraph::Text(Rich { runs }));
    }

    /// Reports words in the form of a link that Markdown does not take for one,
    /// since their address has blanks or no end; readers would see the marks.
    fn broken_links(&mut self, runs: &[RichRun]) {
        for run in runs {
            for (at, marks) in run.text.as_str().match_indices("](") {
                let rest = &run.text.as_str()[at + marks.len()..];
                let end = rest.find([')', '\n']).unwrap_or(rest.len());
                let from = at + marks.len();
                let address = &rest[..end];
                self.diags.push(
                    Diagnostic::error(
                        Code::BAD_URL,
                        run.text.span_of(from..from + end.max(1)),
                        format!("\"{address}\" is no address of a link"),
                    )
                    .allowed("[words](https://www.example.nl), without blanks in the address"),
                );
            }
        }
    }

    fn put(&mut self, paragraph: Paragraph) {
        if self.skipping > 0 {
            return;
        }
        match self.open.last_mut() {
            Some(Open::Entry(flow)) => flow.push(paragraph),
            _ => self.root.push(paragraph),
        }
    }

    fn finish(mut self) -> Flow {
        self.flush();
        self.root
    }

    /// Where a link leads; reports an address that is none.
    fn target(&mut self, kind: LinkType, url: &str, range: Range<usize>) -> Option<Arc<str>> {
        if kind == LinkType::Email {
            return Some(format!("mailto:{url}").into());
        }
        let source = self.text.as_str().get(range.clone()).unwrap_or_default();
        if source.starts_with(todo::OPEN) {
            self.diags.push(
                Diagnostic::error(
                    Code::UNSUPPORTED_MARKUP,
                    self.span(range),
                    "words to be written cannot be a link",
                )
                .hint("put a blank between `]]` and `(`"),
            );
            return None;
        }
        let at = match source.rfind(url) {
            Some(at) if !url.is_empty() => range.start + at..range.start + at + url.len(),
            _ => range,
        };
        if todo::is_in(url) {
            let span = self.span(at);
            self.diags.push(
                Diagnostic::error(
                    Code::UNSUPPORTED_MARKUP,
                    span,
                    "an address cannot be still to be written",
                )
                .hint(
                    "leave out the link until there is an address, and put `[[TODO address]]` \
                       behind its words",
                ),
            );
            return None;
        }
        match check::link(url) {
            Ok(url) => Some(url.into()),
            Err(fault) => {
                let span = self.span(at);
                self.diags.push(fault.at(span));
                None
            }
        }
    }

    fn skip(&mut self, range: Range<usize>, what: &str, hint: &str) {
        self.flush();
        self.forbid(range, what, hint);
        self.skipping += 1;
    }

    fn forbid(&mut self, range: Range<usize>, what: &str, hint: &str) {
        // Mark the first line of it; the rest needs no carets.
        let source = self.text.as_str().get(range.clone()).unwrap_or_default();
        let line = source.find('\n').map_or(range.end, |n| range.start + n);
        let span = self.span(range.start..line);
        self.diags.push(
            Diagnostic::error(
                Code::UNSUPPORTED_MARKUP,
                span,
                format!("{what} cannot stand in running text"),
            )
            .allowed("paragraphs, lists, **bold**, *italic*, [links](https://…)")
            .hint(hint),
        );
    }

    fn span(&self, range: Range<usize>) -> Span {
        let len = self.text.as_str().len();
        self.text.span_of(range.start.min(len)..range.end.min(len))
    }
}
