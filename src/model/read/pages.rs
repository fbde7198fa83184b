//! How many pages a brochure shall have, and what may fill them.

use super::{Reader, markdown};
use crate::diag::{Code, Diagnostic};
use crate::model::{Filler, FillerKind, ImageWidth, PageCount, PageWish};
use crate::source::{Fields, Value};

/// More pages than any brochure has.
const MOST: usize = 999;

/// The keys that say what a filler is.
const KINDS: [&str; 3] = ["image", "quote", "notes"];

impl Reader<'_> {
    /// `pages = 8` or `pages = "multiple of 4"`.
    pub(super) fn pages(&mut self, fields: &mut Fields<'_>) -> Option<PageWish> {
        let node = fields.node("pages")?;
        let in_range = |count: &usize| (1..=MOST).contains(count);
        let count = match &node.value {
            Value::Faulty => return None,
            Value::Int(count) => {
                usize::try_from(*count).ok().filter(in_range).map(PageCount::Exactly)
            }
            Value::Text(text) => {
                let step = text.as_str().trim().strip_prefix("multiple of ");
                let step = step.and_then(|step| step.trim().parse().ok());
                step.filter(in_range).map(PageCount::MultipleOf)
            }
            _ => None,
        };
        if count.is_none() {
            self.diags.push(
                Diagnostic::error(Code::BAD_VALUE, node.span, "this is no number of pages")
                    .allowed(format!("1 to {MOST}, or \"multiple of 4\"")),
            );
        }
        Some(PageWish { count: count?, span: node.span })
    }

    /// The pages that may stand before the last one.
    pub(super) fn fillers(&mut self, fields: &mut Fields<'_>) -> Vec<Filler> {
        let list = fields.list("filler", "a filler", self.diags);
        list.into_iter().filter_map(|fields| self.filler(fields)).collect()
    }

    fn filler(&mut self, mut fields: Fields<'_>) -> Option<Filler> {
        let span = fields.span();
        let kinds: Vec<_> = fields
            .table()
            .entries
            .iter()
            .filter(|entry| KINDS.contains(&entry.key.as_str()))
            .collect();
        let placeholder = fields.table().get("placeholder");
        let kind = match kinds.as_slice() {
            [kind] => kind.key.as_str(),
            [] if placeholder.is_some() => "image",
            [] => {
                let message = "the filler does not say what it is";
                let finding = Diagnostic::error(Code::UNKNOWN_BLOCK, span, message);
                self.diags.push(finding.allowed(KINDS.join(", ")));
                return None;
            }
            [first, second, ..] => {
                let message =
                    format!("a filler cannot be `{}` and `{}` at once", first.key, second.key);
                self.diags.push(
                    Diagnostic::error(Code::AMBIGUOUS_BLOCK, second.key_span, message)
                        .hint("start a new filler with `[[filler]]` above this line"),
                );
                return None;
            }
        };
        let kind = match kind {
            "image" => self.image(&mut fields, "image", ImageWidth::Page).map(FillerKind::Image),
            "quote" => {
                let text = self.text(&mut fields, "quote").cloned();
                let by = self.inline(&mut fields, "by");
                text.map(|text| {
                    let text = super::blocks::unquoted(&text);
                    let text = markdown::inline(&text, "quote", &self.house, self.diags);
                    FillerKind::Quote { text, by }
                })
            }
            _ => self.inline(&mut fields, "notes").map(FillerKind::Notes),
        };
        fields.finish(self.diags);
        Some(Filler { kind: kind?, span })
    }
}
