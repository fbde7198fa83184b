//! Diagnostics as text for a terminal, in the look of rustc.

use super::{Diagnostic, Diagnostics, FileId, Files, Severity, SourceFile, Span};
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Whether text carries colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    #[default]
    Plain,
    /// With ANSI escapes.
    Color,
}

/// One finding as plain text, without a line end after it.
pub fn render(files: &Files, diagnostic: &Diagnostic) -> String {
    render_as(files, diagnostic, Paint::Plain)
}

/// One finding as text, without a line end after it.
pub fn render_as(files: &Files, diagnostic: &Diagnostic, paint: Paint) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut elements = snippets(files, diagnostic);
    if let Some(allowed) = &diagnostic.allowed {
        elements.push(Level::NOTE.with_name("allowed").message(allowed.as_str()).into());
    }
    let hint = |hint: &String| Level::HELP.with_name("hint").message(hint.clone()).into();
    elements.extend(diagnostic.hints.iter().map(hint));
    let group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(elements);
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Color => Renderer::styled(),
    };
    renderer.render(&[group])
}

/// All findings as plain text, a blank line after each.
pub fn render_all(files: &Files, diagnostics: &Diagnostics) -> String {
    render_all_as(files, diagnostics, Paint::Plain)
}

/// All findings as text, a blank line after each.
pub fn render_all_as(files: &Files, diagnostics: &Diagnostics, paint: Paint) -> String {
    diagnostics.iter().map(|d| render_as(files, d, paint) + "\n\n").collect()
}

/// The lines of the finding's place and of related ones: those of one file
/// together, the finding's own file first.
fn snippets<'a>(files: &'a Files, diagnostic: &'a Diagnostic) -> Vec<Element<'a>> {
    let mut ids: Vec<FileId> = vec![diagnostic.span.file];
    for (span, _) in &diagnostic.related {
        if !ids.contains(&span.file) {
            ids.push(span.file);
        }
    }
    let mut elements = Vec::new();
    for id in ids {
        let file = files.get(id);
        if file.text().trim().is_empty() {
            elements.push(Origin::path(file.name()).line(1).char_column(1).into());
            continue;
        }
        let mut marks = Vec::new();
        if id == diagnostic.span.file {
            let label = Some(diagnostic.label.as_str()).filter(|label| !label.is_empty());
            marks.push((AnnotationKind::Primary, within_line(file, diagnostic.span), label));
        }
        for (span, note) in diagnostic.related.iter().filter(|(span, _)| span.file == id) {
            let range = within_line(file, *span);
            marks.push((AnnotationKind::Context, range, Some(note.as_str())));
        }
        // Only the lines between the first and the last mark are handed over.
        let start = marks.iter().map(|(_, range, _)| range.start).min().unwrap_or(0);
        let end = marks.iter().map(|(_, range, _)| range.end).max().unwrap_or(0);
        let text = file.text();
        let start = text[..start].rfind('\n').map_or(0, |n| n + 1);
        let end = text[end..].find('\n').map_or(text.len(), |n| end + n);
        let line = text[..start].matches('\n').count() + 1;
        let annotations = marks.into_iter().map(|(kind, range, label)| -> Annotation<'a> {
            kind.span(range.start - start..range.end - start).label(label)
        });
        let snippet = Snippet::source(&text[start..end])
            .line_start(line)
            .path(file.name())
            .annotations(annotations.collect::<Vec<_>>());
        elements.push(snippet.into());
    }
    elements
}

/// The bytes of a span that lie on its first line, on character boundaries and
/// inside the text, whatever the span says.
fn within_line(file: &SourceFile, span: Span) -> Range<usize> {
    let text = file.text();
    let mut start = (span.start as usize).min(text.len());
    // A mark after the final line end belongs to the line before it.
    if start == text.len() && start > 0 {
        start = text.trim_end_matches(['\n', '\r']).len().max(text.trim_end().len());
    }
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let line_end = if text[start..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    let mut end = (span.end as usize).clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if end == start {
        // Mark a whole character, if the line has one here.
        end += text[start..line_end].chars().next().map_or(0, char::len_utf8);
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;
    use std::sync::Arc;

    fn files(texts: &[&str]) -> (Files, Vec<FileId>) {
        let mut files = Files::new();
        let names = ["brochures/a.toml", "b.toml"];
        let ids = texts
            .iter()
            .zip(names)
            .map(|(text, name)| files.add(Arc::new(SourceFile::new(name, *text))))
            .collect();
        (files, ids)
    }

    #[test]
    fn a_finding_looks_like_rustc() {
        let (files, ids) =
            files(&["# kop\n[cover]\ntitel = \"é\"\n\n[x]\na = 1\n", "title = \"b\"\n"]);
        let finding = Diagnostic::error(Code::UNKNOWN_KEY, Span::new(ids[0], 14, 19), "no key")
            .label("unknown key")
            .related(Span::new(ids[0], 32, 33), "here too")
            .related(Span::new(ids[1], 0, 5), "and there")
            .allowed("title, subtitle")
            .hint("did you mean `title`?")
            .hint("second");
        let expected = "\
error[unknown-key]: no key
 --> brochures/a.toml:3:1
  |
3 | titel = \"é\"
  | ^^^^^ unknown key
...
6 | a = 1
  | - here too
  |
 ::: b.toml:1:1
  |
1 | title = \"b\"
  | ----- and there
  |
  = allowed: title, subtitle
  = hint: did you mean `title`?
  = hint: second";
        assert_eq!(render(&files, &finding), expected);
        let colored = render_as(&files, &finding, Paint::Color);
        assert!(colored.contains("\u{1b}[") && colored.contains("unknown-key"));
    }

    #[test]
    fn odd_places_are_marked_within_the_text() {
        let text = "a = \"één\"\r\n\tb = 2\r\nc";
        let (files, ids) = files(&[text, ""]);
        let place = |start, end| {
            let finding = Diagnostic::warning(Code::BAD_VALUE, Span::new(ids[0], start, end), "m");
            render(&files, &finding).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
        };
        // Up to the line end, inside a character, an empty place at a line
        // end, after a tab, at the end and beyond it, and back to front.
        assert_eq!(place(0, 100)[3], "  | ^^^^^^^^^");
        assert_eq!(place(6, 7)[0], " --> brochures/a.toml:1:6");
        assert_eq!(place(11, 11)[0], " --> brochures/a.toml:1:10");
        assert_eq!(place(14, 15)[0], " --> brochures/a.toml:2:2");
        assert_eq!(place(14, 15)[3], "  |     ^");
        for (start, end) in [(22, 22), (22, 23), (500, 900), (23, 4)] {
            assert!(place(start, end)[0].starts_with(" --> brochures/a.toml:3:"), "{start}");
        }
        let nothing = Diagnostic::error(Code::MISSING_KEY, Span::new(ids[1], 0, 0), "m");
        assert_eq!(render(&files, &nothing), "error[missing-key]: m\n--> b.toml:1:1");
    }

    proptest::proptest! {
        #[test]
        fn no_place_makes_it_panic(text in "[aé\\t\\r\\n\u{301}漢]{0,12}", a in 0usize..40, b in 0usize..40) {
            let (files, ids) = files(&[&text]);
            let finding = Diagnostic::error(Code::BAD_VALUE, Span::new(ids[0], a, b), "m")
                .related(Span::new(ids[0], b, a), "n");
            let text = render(&files, &finding);
            proptest::prop_assert!(text.starts_with("error[bad-value]: m"));
        }
    }
}
