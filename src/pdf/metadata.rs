//! What the file says of itself: the Info dictionary and XMP, in agreement.

use super::skeleton::Skeleton;
use super::strings::{hash, name, text};
use super::{PdfError, Profile};
use crate::base::Date;
use crate::document::{Document, Meta};
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::fmt::Write as _;

/// The program, as the maker of the document and of the file.
const CREATOR: &str = "drukklaar";
const PRODUCER: &str = concat!("drukklaar ", env!("CARGO_PKG_VERSION"));

/// The standard that print files keep to (ISO 15930-7).
const PDFX: &str = "PDF/X-4";

/// Sets Info, XMP, the language and how the window's title is chosen.
pub(super) fn add(
    skeleton: &mut Skeleton,
    document: &Document,
    profile: Profile,
) -> Result<(), PdfError> {
    let meta = &document.meta;
    let id = identity(skeleton, document, profile);
    let pdf = &mut skeleton.pdf;
    if let Ok(old) = pdf.trailer.get(b"Info").and_then(Object::as_reference) {
        pdf.objects.remove(&old);
    }
    let info = pdf.add_object(info(meta, profile));
    pdf.trailer.set("Info", Object::Reference(info));
    let dict = dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") };
    // Left uncompressed, so that tools without a PDF reader find it.
    let xmp = pdf
        .add_object(Stream::new(dict, xmp(meta, profile, id).into_bytes()).with_compression(false));
    let catalog = pdf.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Metadata", Object::Reference(xmp));
    catalog.set("Lang", Object::string_literal(meta.lang.tag()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    Ok(())
}

/// A number for the document, from what is on its pages and where it comes
/// from; never from a clock or by chance.
fn identity(skeleton: &Skeleton, document: &Document, profile: Profile) -> u128 {
    let file = document.files.iter().next().map_or("", |file| file.name());
    let file = file.rsplit('/').next().unwrap_or_default();
    let mut parts: Vec<&[u8]> =
        vec![file.as_bytes(), document.meta.title.as_bytes(), profile.name().as_bytes()];
    let contents = skeleton.pages.iter().filter_map(|id| {
        let page = skeleton.pdf.get_dictionary(*id).ok()?;
        let content = page.get(b"Contents").ok()?.as_reference().ok()?;
        Some(&*skeleton.pdf.get_object(content).ok()?.as_stream().ok()?.content)
    });
    parts.extend(contents);
    hash(&parts)
}

/// A number in the form of RFC 4122, version 8: of the program's own making.
fn uuid(number: u128) -> String {
    let number = number & !(0xF << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{number:032x}");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("uuid:{}", parts.join("-"))
}

/// The date of a file without one. Print files must have a date, and the clock
/// would make files differ.
const NO_DATE: Date = Date { year: 1970, month: 1, day: 1 };

/// The date that a file bears.
fn dated(meta: &Meta, profile: Profile) -> Option<Date> {
    meta.date.or((profile == Profile::Print).then_some(NO_DATE))
}

fn info(meta: &Meta, profile: Profile) -> Dictionary {
    let mut info = Dictionary::new();
    for (key, words) in [
        ("Title", &meta.title),
        ("Author", &meta.author),
        ("Subject", &meta.subject),
        ("Keywords", &meta.keywords.join(", ")),
    ] {
        // What XMP cannot say is not said here either, so that both agree.
        let words: String = words.chars().filter(|&c| is_xml(c)).collect();
        if !words.is_empty() {
            info.set(key, text(&words));
        }
    }
    info.set("Creator", text(CREATOR));
    info.set("Producer", text(PRODUCER));
    if let Some(Date { year, month, day }) = dated(meta, profile) {
        let date = format!("D:{year:04}{month:02}{day:02}000000Z");
        info.set("CreationDate", Object::string_literal(date.as_str()));
        info.set("ModDate", Object::string_literal(date));
    }
    if profile == Profile::Print {
        // No traps have been laid between inks: that is the printer's affair.
        info.set("Trapped", name("False"));
        info.set("GTS_PDFXVersion", text(PDFX));
    }
    info
}

/// What `pdfuaid:part` is, since archives want properties explained that their
/// standard does not know (ISO 19005-2, 6.6.2.3.3).
const UA_SCHEMA: &str = concat!(
    "<rdf:Description rdf:about=\"\" ",
    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" ",
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" ",
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">",
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property>",
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n",
);

/// The XMP packet (ISO 16684-1).
fn xmp(meta: &Meta, profile: Profile, id: u128) -> String {
    let mut out = String::from(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
        <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
        <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
        <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
        xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
        xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
        xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"",
    );
    let print = profile == Profile::Print;
    out.push_str(if print {
        " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n"
    } else {
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
        xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
    });
    out.push_str("<dc:format>application/pdf</dc:format>\n");
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
    let date = dated(meta, profile)
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
        ("xmpMM:DocumentID", Some(uuid(id))),
        ("xmpMM:InstanceID", Some(uuid(id.rotate_left(64)))),
        ("xmpMM:VersionID", print.then(|| "1".to_owned())),
        ("xmpMM:RenditionClass", print.then(|| "default".to_owned())),
        ("pdf:Trapped", print.then(|| "False".to_owned())),
        ("pdfxid:GTS_PDFXVersion", print.then(|| PDFX.to_owned())),
        ("pdfaid:part", (!print).then(|| "2".to_owned())),
        ("pdfaid:conformance", (!print).then(|| "A".to_owned())),
        ("pdfuaid:part", (!print).then(|| "1".to_owned())),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "<{tag}>{value}</{tag}>");
        }
    }
    out.push_str("</rdf:Description>\n");
    if !print {
        out.push_str(UA_SCHEMA);
    }
    out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

/// Whether XML 1.0 has a character. A carriage return, which it has, reads as the
/// end of a line.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Words as XML text; characters that XML 1.0 forbids are left out.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if is_xml(c) => out.push(c),
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
        let xmp = xmp(&meta, Profile::Screen, 7);
        assert!(xmp.contains(">A &amp; &lt;B&gt;</rdf:li>"), "{xmp}");
        for absent in ["dc:creator", "dc:subject", "CreateDate", "pdf:Keywords", "pdf:Trapped"] {
            assert!(!xmp.contains(&format!("<{absent}>")), "{absent}");
        }
    }

    #[test]
    fn dates_agree() {
        let date = Some(Date { year: 2026, month: 11, day: 1 });
        let meta = Meta { date, ..Meta::default() };
        assert!(
            xmp(&meta, Profile::Print, 7)
                .contains("<xmp:CreateDate>2026-11-01T00:00:00Z</xmp:CreateDate>")
        );
        let created =
            info(&meta, Profile::Print).get(b"CreationDate").unwrap().as_str().unwrap().to_vec();
        assert_eq!(created, b"D:20261101000000Z");
    }
}
