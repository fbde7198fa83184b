//! What the file says of itself: the Info dictionary and XMP, in agreement.

use super::PdfError;
use super::skeleton::Skeleton;
use super::strings::{name, text};
use crate::base::Date;
use crate::document::Meta;
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::fmt::Write as _;

/// The program, as the maker of the document and of the file.
const CREATOR: &str = "drukklaar";
const PRODUCER: &str = concat!("drukklaar ", env!("CARGO_PKG_VERSION"));

/// Sets Info, XMP, the language and how the window's title is chosen.
pub(super) fn add(skeleton: &mut Skeleton, meta: &Meta) -> Result<(), PdfError> {
    let pdf = &mut skeleton.pdf;
    if let Ok(old) = pdf.trailer.get(b"Info").and_then(Object::as_reference) {
        pdf.objects.remove(&old);
    }
    let info = pdf.add_object(info(meta));
    pdf.trailer.set("Info", Object::Reference(info));
    let dict = dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") };
    // Left uncompressed, so that tools without a PDF reader find it.
    let xmp = pdf.add_object(Stream::new(dict, xmp(meta).into_bytes()).with_compression(false));
    let catalog = pdf.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Metadata", Object::Reference(xmp));
    catalog.set("Lang", Object::string_literal(meta.lang.tag()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    Ok(())
}

fn info(meta: &Meta) -> Dictionary {
    let mut info = Dictionary::new();
    for (key, words) in [
        ("Title", &meta.title),
        ("Author", &meta.author),
        ("Subject", &meta.subject),
        ("Keywords", &meta.keywords.join(", ")),
    ] {
        if !words.is_empty() {
            info.set(key, text(words));
        }
    }
    info.set("Creator", text(CREATOR));
    info.set("Producer", text(PRODUCER));
    if let Some(Date { year, month, day }) = meta.date {
        let date = format!("D:{year:04}{month:02}{day:02}000000Z");
        info.set("CreationDate", Object::string_literal(date.as_str()));
        info.set("ModDate", Object::string_literal(date));
    }
    info
}

/// The XMP packet (ISO 16684-1).
fn xmp(meta: &Meta) -> String {
    let mut out = String::from(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
        <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
        <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
        <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
        xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
        xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n\
        <dc:format>application/pdf</dc:format>\n",
    );
    let alternatives = |words: &str| {
        (!words.is_empty())
            .then(|| format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li></rdf:Alt>"))
    };
    let list = |kind: &str, words: &[String]| {
        let items: String = words.iter().map(|w| format!("<rdf:li>{w}</rdf:li>")).collect();
        (!items.is_empty()).then(|| format!("<rdf:{kind}>{items}</rdf:{kind}>"))
    };
    let plain = |words: String| (!words.is_empty()).then_some(words);
    let keywords: Vec<String> = meta.keywords.iter().map(|word| escape(word)).collect();
    let author = escape(&meta.author);
    let authors = if author.is_empty() { vec![] } else { vec![author] };
    let date = meta
        .date
        .map(|Date { year, month, day }| format!("{year:04}-{month:02}-{day:02}T00:00:00Z"));
    for (tag, value) in [
        ("dc:title", alternatives(&escape(&meta.title))),
        ("dc:creator", list("Seq", &authors)),
        ("dc:description", alternatives(&escape(&meta.subject))),
        ("dc:subject", list("Bag", &keywords)),
        ("dc:language", list("Bag", &[meta.lang.tag().to_owned()])),
        ("pdf:Keywords", plain(keywords.join(", "))),
        ("pdf:Producer", plain(PRODUCER.to_owned())),
        ("xmp:CreatorTool", plain(CREATOR.to_owned())),
        ("xmp:CreateDate", date.clone()),
        ("xmp:ModifyDate", date.clone()),
        ("xmp:MetadataDate", date),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "<{tag}>{value}</{tag}>");
        }
    }
    out.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// Words as XML text; characters that XML 1.0 forbids are left out.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xmp_is_escaped_and_leaves_out_what_is_empty() {
        let meta = Meta { title: "A & <B>\u{1}".to_owned(), ..Meta::default() };
        let xmp = xmp(&meta);
        assert!(xmp.contains(">A &amp; &lt;B&gt;</rdf:li>"), "{xmp}");
        for absent in ["dc:creator", "dc:subject", "CreateDate", "pdf:Keywords"] {
            assert!(!xmp.contains(&format!("<{absent}>")), "{absent}");
        }
    }

    #[test]
    fn dates_agree() {
        let date = Some(Date { year: 2026, month: 11, day: 1 });
        let meta = Meta { date, ..Meta::default() };
        assert!(xmp(&meta).contains("<xmp:CreateDate>2026-11-01T00:00:00Z</xmp:CreateDate>"));
        let created = info(&meta).get(b"CreationDate").unwrap().as_str().unwrap().to_vec();
        assert_eq!(created, b"D:20261101000000Z");
    }
}
