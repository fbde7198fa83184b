//! TrueType programs without what is of no use in a PDF: hints, which fit
//! outlines to the pixels of old screens and make up half of a small subset, and
//! tables that only an operating system reads.
//!
//! The tables are those of the OpenType specification 1.9: `glyf`, `loca`,
//! `head`, `maxp` and the table directory.

use skrifa::FontRef;
use skrifa::raw::types::Tag;

/// The tables that an embedded TrueType program needs (ISO 32000-1, 9.9), sorted
/// as the directory has them.
const TABLES: [&[u8; 4]; 6] = [b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// Where `head` says how `loca` counts, and where its check sum stands.
const LOCA_FORMAT: usize = 50;
const CHECK_SUM: usize = 8;

/// The program without hints; none if it is no TrueType program that can be read
/// to the end.
pub(super) fn unhint(program: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(program).ok()?;
    let table = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).map(|data| data.as_bytes());
    let (glyf, loca) = (table(b"glyf")?, table(b"loca")?);
    let mut head = table(b"head")?.to_vec();
    let mut maxp = table(b"maxp")?.to_vec();
    let count = usize::from(u16_at(&maxp, 4)?);
    let long = u16_at(&head, LOCA_FORMAT)? == 1;
    let offset = |glyph: usize| {
        if long {
            u32_at(loca, glyph * 4).map(|at| at as usize)
        } else {
            u16_at(loca, glyph * 2).map(|half| usize::from(half) * 2)
        }
    };
    let mut glyphs = Vec::with_capacity(glyf.len() / 2);
    let mut offsets = vec![0_u32];
    for glyph in 0..count {
        let outline = glyf.get(offset(glyph)?..offset(glyph + 1)?)?;
        bare(outline, &mut glyphs)?;
        // Short offsets count in twos.
        glyphs.resize(glyphs.len().next_multiple_of(2), 0);
        offsets.push(u32::try_from(glyphs.len()).ok()?);
    }
    let short: Option<Vec<u16>> =
        offsets.iter().map(|&offset| u16::try_from(offset / 2).ok()).collect();
    let new_loca: Vec<u8> = match &short {
        Some(short) => short.iter().flat_map(|half| half.to_be_bytes()).collect(),
        None => offsets.iter().flat_map(|offset| offset.to_be_bytes()).collect(),
    };
    head.get_mut(LOCA_FORMAT..LOCA_FORMAT + 2)?
        .copy_from_slice(&u16::from(short.is_none()).to_be_bytes());
    head.get_mut(CHECK_SUM..CHECK_SUM + 4)?.fill(0);
    // Nothing is left that would need storage, functions or a stack.
    if let Some(needs) = maxp.get_mut(14..28) {
        needs.fill(0);
        // One zone, as the specification asks of programs without instructions.
        needs[1] = 1;
    }
    let tables = TABLES.map(|tag| match tag {
        b"glyf" => Some(&*glyphs),
        b"loca" => Some(&*new_loca),
        b"head" => Some(&*head),
        b"maxp" => Some(&*maxp),
        other => table(other),
    });
    let mut tables: Vec<(&[u8; 4], &[u8])> =
        TABLES.iter().zip(tables).map(|(tag, data)| Some((*tag, data?))).collect::<Option<_>>()?;
    tables.sort_by_key(|(tag, _)| *tag);
    Some(assemble(&tables))
}

/// Appends a glyph without its instructions (`glyf`: a simple glyph has them
/// after the ends of its contours, a composite one after its last part).
fn bare(glyph: &[u8], out: &mut Vec<u8>) -> Option<()> {
    if glyph.is_empty() {
        return Some(());
    }
    let contours = u16_at(glyph, 0)? as i16;
    if let Ok(contours) = usize::try_from(contours) {
        let length_at = 10 + contours * 2;
        let outline = length_at + 2 + usize::from(u16_at(glyph, length_at)?);
        out.extend_from_slice(glyph.get(..length_at)?);
        out.extend_from_slice(&[0, 0]);
        let points = match contours {
            0 => 0,
            _ => usize::from(u16_at(glyph, length_at - 2)?) + 1,
        };
        out.extend_from_slice(points_of(glyph.get(outline..)?, points)?);
        return Some(());
    }
    /// Bits of a part's flags: its numbers have two bytes, another part follows,
    /// it has a scale, two of them, a matrix, the glyph has instructions.
    const WORDS: u16 = 1;
    const MORE: u16 = 1 << 5;
    const SCALE: u16 = 1 << 3;
    const TWO_SCALES: u16 = 1 << 6;
    const MATRIX: u16 = 1 << 7;
    const INSTRUCTIONS: u16 = 1 << 8;
    out.extend_from_slice(glyph.get(..10)?);
    let mut at = 10;
    loop {
        let flags = u16_at(glyph, at)?;
        let numbers = if flags & WORDS > 0 { 4 } else { 2 };
        let scales = match flags & (SCALE | TWO_SCALES | MATRIX) {
            0 => 0,
            SCALE => 2,
            TWO_SCALES => 4,
            _ => 8,
        };
        let end = at + 4 + numbers + scales;
        out.extend_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        out.extend_from_slice(glyph.get(at + 2..end)?);
        at = end;
        if flags & MORE == 0 {
            return Some(());
        }
    }
}

/// The flags and coordinates of a simple glyph's points, without what pads it.
fn points_of(data: &[u8], points: usize) -> Option<&[u8]> {
    /// Bits of a point's flags: a coordinate has one byte, it is the same as the
    /// one before (if it has not one byte), the flags hold for more points.
    const SHORT: [u8; 2] = [1 << 1, 1 << 2];
    const SAME: [u8; 2] = [1 << 4, 1 << 5];
    const REPEAT: u8 = 1 << 3;
    let (mut at, mut seen, mut coordinates) = (0, 0, 0);
    while seen < points {
        let flags = *data.get(at)?;
        at += 1;
        let mut times = 1;
        if flags & REPEAT > 0 {
            times += usize::from(*data.get(at)?);
            at += 1;
        }
        let bytes = |axis: usize| match (flags & SHORT[axis] > 0, flags & SAME[axis] > 0) {
            (true, _) => 1,
            (false, true) => 0,
            (false, false) => 2,
        };
        coordinates += times * (bytes(0) + bytes(1));
        seen += times;
    }
    data.get(..at + coordinates)
}

/// A font file of tables that are sorted by name.
fn assemble(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = u16::BITS - 1 - count.leading_zeros();
    let range = 16 << power;
    let mut out = vec![0, 1, 0, 0];
    for value in [count, range, power as u16, count * 16 - range] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    let mut offset = out.len() + tables.len() * 16;
    let mut head = None;
    for (tag, data) in tables {
        if *tag == b"head" {
            head = Some(offset);
        }
        out.extend_from_slice(*tag);
        for value in [sum(data), offset as u32, data.len() as u32] {
            out.extend_from_slice(&value.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(sum(&out));
    if let Some(head) = head {
        out[head + CHECK_SUM..head + CHECK_SUM + 4].copy_from_slice(&whole.to_be_bytes());
    }
    out
}

/// The sum of a table's words.
fn sum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, word| {
        let mut bytes = [0; 4];
        bytes[..word.len()].copy_from_slice(word);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::{Assets, Font};
    use std::borrow::Cow;
    use subsetter::GlyphRemapper;

    #[test]
    fn outlines_and_widths_stay_and_the_rest_goes() {
        let assets = Assets::new();
        for (family, face) in Assets::builtin_fonts() {
            let font = assets.builtin_font(family, face).unwrap();
            let mut remapper = GlyphRemapper::new();
            // Letters with accents are composite in many faces.
            for c in "aÄéïõfij§½Åǿ".chars() {
                remapper.remap(font.glyph(c).unwrap_or_default());
            }
            let subset = subsetter::subset(font.data(), 0, &remapper).unwrap();
            let bare = unhint(&subset).unwrap();
            assert!(bare.len() < subset.len() * 2 / 3, "{} of {}", bare.len(), subset.len());
            let [old, new] = [subset, bare].map(|data| Font::parse(Cow::Owned(data)).unwrap());
            let count = remapper.num_gids();
            for glyph in 0..count {
                assert_eq!(old.outline(glyph), new.outline(glyph), "{face} {glyph}");
                assert_eq!(old.advance(glyph), new.advance(glyph));
            }
            let tables = new.tables();
            assert!(tables.table_data(Tag::new(b"fpgm")).is_none());
            assert_eq!(sum(new.data()), 0xB1B0_AFBA, "the check sum of the whole");
        }
    }

    #[test]
    fn torn_programs_are_left_alone() {
        let font = Assets::new().builtin_font("Source Sans 3", "regular").unwrap();
        let mut remapper = GlyphRemapper::new();
        remapper.remap(font.glyph('é').unwrap());
        let subset = subsetter::subset(font.data(), 0, &remapper).unwrap();
        for length in 0..subset.len() {
            // Whatever comes back, reading ends within the bytes.
            let _ = unhint(&subset[..length]);
        }
        assert_eq!(unhint(b""), None);
    }
}
