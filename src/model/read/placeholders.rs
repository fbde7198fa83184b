//! What is still to be supplied: `placeholder = "…"` and `[[TODO …]]`.

use super::Reader;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::model::{ImageSource, Placeholder, RichRun};
use crate::source::todo::{self, Slip};
use crate::source::{Fields, Text};
use std::ops::Range;

/// The proportions of most photographs, which a placeholder has if its author
/// does not give others: width to height.
const ASPECT: f64 = 3.0 / 2.0;

/// The widest placeholder; the tallest is as much taller than wide.
const MOST_ASPECT: f64 = 4.0;

/// The findings on a brochure that may lack what is still to be supplied.
pub(super) fn allowed(found: Diagnostics) -> Diagnostics {
    let warned = |finding: &Diagnostic| match finding.code {
        Code::PLACEHOLDER => Diagnostic {
            severity: Severity::Warning,
            // The advice is what to do without `--draft`.
            hints: Vec::new(),
            ..finding.clone()
        },
        _ => finding.clone(),
    };
    let mut allowed = Diagnostics::new();
    allowed.extend(found.iter().map(warned));
    allowed
}

impl Reader<'_> {
    /// The placeholder in place of the image that `key` names, if there is one.
    /// `what` is what it stands for, with its article.
    pub(super) fn placeholder(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        what: &str,
    ) -> Option<ImageSource> {
        let words = self.stand_in(fields, key, what)?;
        Some(ImageSource::Placeholder(Placeholder { words, aspect: ASPECT }))
    }

    /// The words of the placeholder in place of what `key` names, if there is one.
    pub(super) fn stand_in(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        what: &str,
    ) -> Option<Text> {
        let words = self.words(fields, "placeholder");
        let entry = fields.table().get("placeholder")?;
        if let Some(other) = fields.table().get(key) {
            let message = format!("`placeholder` stands in place of `{key}`, not beside it");
            self.diags.push(
                Diagnostic::error(Code::AMBIGUOUS_BLOCK, entry.key_span, message)
                    .related(other.key_span, "this is there already")
                    .hint("leave out one of the two"),
            );
            return None;
        }
        let words = words?;
        let message = format!("a placeholder stands for {what}: \"{}\"", words.as_str());
        self.diags.push(
            Diagnostic::error(Code::PLACEHOLDER, words.span(), message)
                .hint(format!("supply it: `{key} = …`"))
                .hint("or use `--draft` to see the pages without it"),
        );
        Some(words)
    }

    /// The proportions that a placeholder is given: width to height, as in `3:2`.
    /// What has no placeholder has no such key.
    pub(super) fn aspect(&mut self, fields: &mut Fields<'_>) -> Option<f64> {
        if !fields.has("placeholder") {
            return None;
        }
        let text = fields.text("aspect", self.diags)?;
        let number = |part: &str| part.trim().parse::<f64>().ok().filter(|&side| side > 0.0);
        let sides = text.as_str().split_once(':');
        let sides = sides.and_then(|(width, height)| Some((number(width)?, number(height)?)));
        let aspect = sides.map(|(width, height)| width / height);
        let aspect = aspect.filter(|aspect| (1.0 / MOST_ASPECT..=MOST_ASPECT).contains(aspect));
        if aspect.is_none() {
            let message = format!("\"{}\" are no proportions of a placeholder", text.as_str());
            self.diags.push(
                Diagnostic::error(Code::BAD_VALUE, text.span(), message)
                    .allowed("width to height, such as \"3:2\", from \"1:4\" to \"4:1\""),
            );
        }
        aspect
    }

    /// Reports the marks in a text that is printed as it stands; whether there
    /// are any.
    pub(super) fn todo(&mut self, text: &Text) -> bool {
        report(text.as_str(), |range| text.span_of(range), self.diags);
        todo::is_in(text.as_str())
    }
}

/// Reports the marks in a paragraph, and what was meant to be one.
pub(super) fn todos(runs: &[RichRun], diags: &mut Diagnostics) {
    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
    report(&words, |range| span_of(runs, &range), diags);
}

/// Reports the marks in some words, whose places `span_of` knows.
fn report(words: &str, span_of: impl Fn(Range<usize>) -> Span, diags: &mut Diagnostics) {
    for mark in todo::marks(words) {
        let message = format!("words are still to be written: {}", &words[mark.clone()]);
        diags.push(
            Diagnostic::error(Code::PLACEHOLDER, span_of(mark), message)
                .hint("write them, or use `--draft` to see the pages without them"),
        );
    }
    for slip in todo::slips(words) {
        let (range, message) = match slip {
            Slip::Unclosed(range) => (range, "this `[[TODO` has no end".to_owned()),
            Slip::Misspelt(range) => {
                let message =
                    format!("`{}` does not mark words to be written", &words[range.clone()]);
                (range, message)
            }
        };
        diags.push(
            Diagnostic::error(Code::UNSUPPORTED_MARKUP, span_of(range), message)
                .allowed("[[TODO]] or [[TODO what it will say]], in one paragraph"),
        );
    }
}

/// Where a part of a paragraph stands.
fn span_of(runs: &[RichRun], range: &Range<usize>) -> Span {
    let mut start = 0;
    let parts = runs.iter().filter_map(|run| {
        let len = run.text.as_str().len();
        let (from, to) = (range.start.max(start), range.end.min(start + len));
        let part = (from < to).then(|| run.text.span_of(from - start..to - start));
        start += len;
        part
    });
    // A mark that is looked for in the words of these runs is never empty.
    parts.reduce(Span::to).unwrap_or_else(|| runs[0].text.span())
}
