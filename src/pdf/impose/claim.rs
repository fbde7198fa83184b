//! What a file says of itself that its sheets would say too.
//!
//! A file that calls itself PDF/X but does not name its press would lead to sheets
//! that promise what they cannot keep (ISO 15930-7, 6.2.3 and 6.2.1).

use super::ImposeError;
use super::source::{entry, resolve};
use lopdf::{Dictionary, Document, Object};

/// The key under which XMP and Info name the version of PDF/X.
const VERSION: &str = "GTS_PDFXVersion";

/// Refuses a file that calls itself PDF/X and has no output intent for it. PDF/X-4
/// must have the profile in it; other versions may name a registered condition.
pub(super) fn check(pdf: &Document) -> Result<(), ImposeError> {
    let Some(version) = version(pdf)? else { return Ok(()) };
    let catalog = pdf.catalog()?;
    let intents = match entry(pdf, catalog, b"OutputIntents")? {
        Some(intents) => intents.as_array()?.as_slice(),
        None => &[],
    };
    let mut profile = None;
    for intent in intents {
        let intent = resolve(pdf, intent)?.as_dict()?;
        let kind = entry(pdf, intent, b"S")?.and_then(|kind| kind.as_name().ok());
        if kind == Some(b"GTS_PDFX") {
            profile = Some(match entry(pdf, intent, b"DestOutputProfile")? {
                Some(profile) => profile.as_stream().is_ok(),
                None => false,
            });
        }
    }
    match profile {
        None => Err(ImposeError::NoOutputIntent { version }),
        Some(false) if version == "PDF/X-4" => Err(ImposeError::NoOutputProfile { version }),
        Some(_) => Ok(()),
    }
}

/// The version of PDF/X that the file claims, in its XMP or, as older ones do, in
/// its Info.
fn version(pdf: &Document) -> Result<Option<String>, ImposeError> {
    if let Some(Object::Stream(stream)) = entry(pdf, pdf.catalog()?, b"Metadata")? {
        let plain = match stream.dict.has(b"Filter") {
            true => stream.decompressed_content()?,
            false => stream.content.clone(),
        };
        if let Some(version) = in_xmp(&plain) {
            return Ok(Some(version));
        }
    }
    let nothing = Dictionary::new();
    let info = match pdf.trailer.get(b"Info") {
        Ok(info) => resolve(pdf, info)?.as_dict().unwrap_or(&nothing),
        Err(_) => &nothing,
    };
    let version = entry(pdf, info, VERSION.as_bytes())?;
    Ok(version.and_then(|version| lopdf::decode_text_string(version).ok()))
}

/// The version in an XMP packet, as an element or an attribute. A description of
/// the property by an extension schema has its name only, which is no claim.
fn in_xmp(packet: &[u8]) -> Option<String> {
    // Packets in UTF-16 have a zero beside each of these characters.
    let plain: Vec<u8> = packet.iter().copied().filter(|byte| *byte != 0).collect();
    let words = String::from_utf8_lossy(&plain);
    words.match_indices(VERSION).find_map(|(at, name)| {
        let rest = words[at + name.len()..].trim_start();
        let value = match rest.strip_prefix('=') {
            Some(quoted) => quoted.trim_start().strip_prefix(['"', '\''])?,
            None => rest.strip_prefix('>')?,
        };
        let value = value.split(['<', '"', '\'']).next()?.trim();
        value.starts_with("PDF/X").then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_however_they_are_written() {
        for (packet, expected) in [
            ("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", Some("PDF/X-4")),
            ("<pdfxid:GTS_PDFXVersion >\n PDF/X-4\n</pdfxid:GTS_PDFXVersion>", Some("PDF/X-4")),
            ("<r pdfxid:GTS_PDFXVersion = 'PDF/X-4p'/>", Some("PDF/X-4p")),
            ("<pdfx:GTS_PDFXVersion>PDF/X-3:2003</pdfx:GTS_PDFXVersion>", Some("PDF/X-3:2003")),
            ("<pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name>", None),
            ("<dc:title>PDF/X-4</dc:title>", None),
        ] {
            assert_eq!(in_xmp(packet.as_bytes()).as_deref(), expected, "{packet}");
            let wide: Vec<u8> = packet.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(in_xmp(&wide).as_deref(), expected, "{packet}");
        }
    }
}
