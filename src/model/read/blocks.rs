//! Blocks: which kind a table is, and the kinds made of words.

use super::{Reader, markdown};
use crate::diag::{Code, Diagnostic, nearest};
use crate::model::{
    Block, BlockKind, Callout, Facts, ImageSource, ImageWidth, LinkEntry, Links, Quote,
    Recommendations, Rich, Topic,
};
use crate::source::{Entry, Fields, Node, Value};

/// The keys that say what a block is; `text` does so only alone.
const KINDS: [&str; 10] = [
    "topic",
    "recommendations",
    "stats",
    "chart",
    "facts",
    "callout",
    "image",
    "quote",
    "links",
    "table",
];

/// Keys of blocks that say nothing about the kind.
const COMMON: [&str; 14] = [
    "title",
    "source",
    "width",
    "float",
    "caption",
    "credit",
    "alt",
    "decorative",
    "style",
    "data",
    "by",
    "align",
    "unit",
    "aspect",
];

/// How wide a block is.
pub(super) const WIDTHS: [(&str, ImageWidth); 2] =
    [("column", ImageWidth::Column), ("page", ImageWidth::Page)];

impl Reader<'_> {
    /// The blocks of a section.
    pub(super) fn blocks(&mut self, fields: &mut Fields<'_>) -> Vec<Block> {
        let list = fields.list("block", "a block", self.diags);
        list.into_iter().filter_map(|fields| self.block(fields)).collect()
    }

    fn block(&mut self, mut fields: Fields<'_>) -> Option<Block> {
        let span = fields.span();
        let mut kinds =
            fields.table().entries.iter().filter(|entry| KINDS.contains(&entry.key.as_str()));
        let placeholder = || fields.table().get("placeholder");
        let Some(kind) = kinds.next().or_else(placeholder) else {
            if fields.has("text") && likely_kind(&fields).is_none() {
                let kind = BlockKind::Text(self.text_block(fields));
                return Some(Block { kind, float: false, span });
            }
            self.unknown_block(&fields);
            return None;
        };
        if let Some(other) = kinds.next() {
            self.diags.push(
                Diagnostic::error(
                    Code::AMBIGUOUS_BLOCK,
                    other.key_span,
                    format!("a block cannot be `{}` and `{}` at once", kind.key, other.key),
                )
                .label("a second kind")
                .related(kind.key_span, "the first kind")
                .hint("start a new block with `[[chapter.block]]` above this line"),
            );
            return None;
        }
        let kind = kind.key.clone();
        let may_float =
            matches!(kind.as_str(), "image" | "placeholder" | "chart" | "quote" | "table");
        let float = may_float && fields.bool("float", self.diags).unwrap_or(false);
        let kind = match kind.as_str() {
            "topic" => BlockKind::Topic(self.topic(fields)),
            "recommendations" => BlockKind::Recommendations(self.recommendations(fields)),
            "stats" => BlockKind::Stats(self.stats(fields)?),
            "chart" => BlockKind::Chart(self.chart(fields)?),
            "facts" => BlockKind::Facts(self.facts(fields)),
            "callout" => BlockKind::Callout(self.callout(fields)),
            "image" | "placeholder" => BlockKind::Image(self.image_block(fields)?),
            "quote" => BlockKind::Quote(self.quote(fields)),
            "links" => BlockKind::Links(self.links(fields)),
            _ => BlockKind::Table(self.table(fields)?),
        };
        Some(Block { kind, float, span })
    }

    /// Reports a block without a kind, at the key that was most likely meant
    /// to say it.
    fn unknown_block(&mut self, fields: &Fields<'_>) {
        let allowed = format!("{}, text", KINDS.join(", "));
        let entries = || fields.table().entries.iter();
        let near = likely_kind(fields);
        let stranger = || entries().find(|entry| !COMMON.contains(&entry.key.as_str()));
        let finding = match near
            .map(|(entry, near)| (entry, Some(near)))
            .or_else(|| stranger().map(|e| (e, None)))
        {
            Some((entry, near)) => {
                let message = format!("there is no block `{}`", entry.key);
                let finding = Diagnostic::error(Code::UNKNOWN_BLOCK, entry.key_span, message);
                match near {
                    Some(near) => finding.hint(format!("did you mean `{near}`?")),
                    None => finding,
                }
            }
            None => Diagnostic::error(
                Code::UNKNOWN_BLOCK,
                fields.span(),
                "the block does not say what it is",
            ),
        };
        self.diags.push(finding.allowed(allowed));
    }

    fn text_block(&mut self, mut fields: Fields<'_>) -> crate::model::Flow {
        fields = fields.named("a text block");
        let flow = self.flow(&mut fields, "text").unwrap_or_default();
        if let Some(title) = fields.table().get("title") {
            fields.allow(&["title"]);
            self.diags.push(
                Diagnostic::error(Code::UNKNOWN_KEY, title.key_span, "a text block has no `title`")
                    .hint("write `topic` instead for text with a heading"),
            );
        }
        fields.finish(self.diags);
        flow
    }

    fn topic(&mut self, mut fields: Fields<'_>) -> Topic {
        fields = fields.named("a topic block");
        let title = self.required_inline(&mut fields, "topic");
        let text = match fields.required("text") {
            Some(_) => self.flow(&mut fields, "text").unwrap_or_default(),
            None => Vec::new(),
        };
        fields.finish(self.diags);
        Topic { title, text }
    }

    fn recommendations(&mut self, mut fields: Fields<'_>) -> Recommendations {
        fields = fields.named("a recommendations block");
        let title = self.inline(&mut fields, "title");
        let title = title.unwrap_or_else(|| self.words.recommendations(fields.span()));
        let node = fields.node("recommendations");
        let items = node.map(|node| self.items(node, "recommendations")).unwrap_or_default();
        fields.finish(self.diags);
        Recommendations { title, items }
    }

    fn facts(&mut self, mut fields: Fields<'_>) -> Facts {
        fields = fields.named("a facts block");
        let node = fields.node("facts");
        let facts = Facts {
            title: self.inline(&mut fields, "title"),
            items: node.map(|node| self.items(node, "facts")).unwrap_or_default(),
            reversed: fields
                .choice("style", &[("framed", false), ("reversed", true)], self.diags)
                .unwrap_or(false),
            source: self.source(&mut fields),
        };
        fields.finish(self.diags);
        facts
    }

    fn callout(&mut self, mut fields: Fields<'_>) -> Callout {
        fields = fields.named("a callout block");
        let callout = Callout {
            title: self.inline(&mut fields, "title"),
            text: self.flow(&mut fields, "callout").unwrap_or_default(),
        };
        fields.finish(self.diags);
        callout
    }

    fn image_block(&mut self, mut fields: Fields<'_>) -> Option<crate::model::Image> {
        fields = fields.named("an image block");
        let caption = self.inline(&mut fields, "caption");
        let credit = self.inline(&mut fields, "credit");
        let width = self.width(&mut fields);
        let mut image = self.image(&mut fields, "image", width);
        let aspect = self.aspect(&mut fields);
        fields.finish(self.diags);
        if let (Some(image), Some(aspect)) = (&mut image, aspect)
            && let ImageSource::Placeholder(placeholder) = &mut image.source
        {
            placeholder.aspect = aspect;
        }
        image.map(|image| crate::model::Image { caption, credit, ..image })
    }

    fn quote(&mut self, mut fields: Fields<'_>) -> Quote {
        fields = fields.named("a quote block");
        let text = match self.text(&mut fields, "quote") {
            Some(text) => markdown::inline(&unquoted(text), "quote", &self.house, self.diags),
            None => Rich::plain(crate::source::Text::empty(fields.span())),
        };
        let by = self.inline(&mut fields, "by");
        let wide = self.wide(&mut fields);
        fields.finish(self.diags);
        Quote { text, by, wide }
    }

    fn links(&mut self, mut fields: Fields<'_>) -> Links {
        fields = fields.named("a links block");
        let title = self.inline(&mut fields, "title");
        let mut items = Vec::new();
        let node = fields.node("links");
        if let Some(nodes) =
            node.and_then(|node| crate::source::read::array(node, "links", self.diags))
        {
            self.not_empty(nodes.len(), node.map_or(fields.span(), |n| n.span), "links");
            items.extend(nodes.iter().filter_map(|node| self.link(node)));
        }
        fields.finish(self.diags);
        Links { title, items }
    }

    /// An address alone, or a table with a label.
    fn link(&mut self, node: &Node) -> Option<LinkEntry> {
        if let Value::Text(text) = &node.value {
            let (shown, url) = self.address(&text.trim())?;
            return Some(LinkEntry { label: None, shown, url: url.into(), qr: false });
        }
        let Value::Table(_) = &node.value else {
            if !node.is_faulty() {
                let message =
                    format!("a link must be an address or a table, not {}", node.value.kind());
                self.diags
                    .push(Diagnostic::error(Code::WRONG_TYPE, node.span, message).allowed(
                        "\"www.example.nl\" or { url = \"…\", label = \"…\", qr = true }",
                    ));
            }
            return None;
        };
        let mut fields = Fields::of(node, "a link", self.diags)?;
        let url = fields.required_text("url", self.diags).map(crate::source::Text::trim);
        let label = self.inline(&mut fields, "label");
        let qr = fields.bool("qr", self.diags).unwrap_or(false);
        fields.finish(self.diags);
        let (shown, url) = self.address(&url?)?;
        Some(LinkEntry { label, shown, url: url.into(), qr })
    }

    /// A source line with its word before it: "Bron: CBS".
    pub(super) fn source(&mut self, fields: &mut Fields<'_>) -> Option<Rich> {
        let mut rich = self.inline(fields, "source")?;
        let word = format!("{}:", self.words.source);
        if !rich.words().starts_with(&word) {
            let place = rich.runs.first().map_or(fields.span(), |run| run.text.span());
            let mut text = crate::source::Text::made(format!("{word} "), place);
            match rich.runs.first_mut() {
                Some(run)
                    if !run.strong
                        && !run.emphasis
                        && run.link.is_none()
                        && run.voice.is_plain() =>
                {
                    text.push(&run.text);
                    run.text = text;
                }
                _ => rich.runs.splice(0..0, Rich::plain(text).runs).for_each(drop),
            }
        }
        Some(rich)
    }

    pub(super) fn width(&mut self, fields: &mut Fields<'_>) -> ImageWidth {
        fields.choice("width", &WIDTHS, self.diags).unwrap_or(ImageWidth::Column)
    }

    pub(super) fn wide(&mut self, fields: &mut Fields<'_>) -> bool {
        self.width(fields) == ImageWidth::Page
    }
}

/// A key that looks like a slip in the name of a kind, and that kind.
fn likely_kind<'t>(fields: &Fields<'t>) -> Option<(&'t Entry, &'static str)> {
    let entries = fields.table().entries.iter();
    entries.filter(|entry| entry.key != "text" && !COMMON.contains(&entry.key.as_str())).find_map(
        |entry| {
            let kinds = KINDS.into_iter().chain(["text", "placeholder"]);
            nearest(&entry.key, kinds).map(|near| (entry, near))
        },
    )
}

/// A quotation without the marks around it, which the layout adds.
pub(super) fn unquoted(text: &crate::source::Text) -> crate::source::Text {
    const PAIRS: [(char, char); 6] =
        [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('„', '“'), ('„', '”')];
    let text = text.trim();
    let words = text.as_str();
    for (open, close) in PAIRS {
        if let Some(inner) = words.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return text.slice(open.len_utf8()..open.len_utf8() + inner.len());
        }
    }
    text
}
