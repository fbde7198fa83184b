//! A file's text with small repairs, and the way back to the author's bytes.
//!
//! The TOML parser loses its way after some faults: a line without `=` ends
//! its reading. So a faulty place is replaced by something valid and the file
//! is parsed again, which finds the next fault and keeps the rest of the file.

use std::ops::Range;

/// A replaced part of the text.
#[derive(Debug, Clone)]
struct Patch {
    /// The author's bytes that are left out.
    range: Range<usize>,
    /// What stands there instead.
    with: String,
}

/// Repairs of one text, none of which overlap.
#[derive(Debug, Default)]
pub(super) struct Patches {
    /// In order of place.
    list: Vec<Patch>,
}

impl Patches {
    /// Replaces a part of the text; false if it touches an earlier repair,
    /// which means that repairing leads nowhere.
    pub(super) fn add(&mut self, range: Range<usize>, with: impl Into<String>) -> bool {
        let at = self.list.partition_point(|p| p.range.start < range.start);
        let clear_before = at == 0 || self.list[at - 1].range.end <= range.start;
        let clear_after = self
            .list
            .get(at)
            .is_none_or(|next| range.end <= next.range.start && next.range.start != range.start);
        if clear_before && clear_after {
            self.list.insert(at, Patch { range, with: with.into() });
        }
        clear_before && clear_after
    }

    /// The repaired text.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut done = 0;
        for patch in &self.list {
            out.push_str(&text[done..patch.range.start]);
            out.push_str(&patch.with);
            done = patch.range.end;
        }
        out.push_str(&text[done..]);
        out
    }

    /// The author's byte for a byte of the repaired text. Bytes of a repair
    /// belong to its start.
    pub(super) fn origin(&self, at: usize) -> usize {
        let mut shift = 0isize;
        for patch in &self.list {
            let start = patch.range.start.wrapping_add_signed(shift);
            if at < start {
                break;
            }
            if at < start + patch.with.len() {
                return patch.range.start;
            }
            shift += patch.with.len() as isize - patch.range.len() as isize;
        }
        at.wrapping_add_signed(-shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_authors_bytes() {
        let text = "[cover\na = bc\nd = 1\n";
        let mut patches = Patches::default();
        assert!(patches.add(11..13, "0"));
        assert!(patches.add(6..6, "]"));
        assert!(!patches.add(10..12, "0"), "overlaps");
        let patched = patches.apply(text);
        assert_eq!(patched, "[cover]\na = 0\nd = 1\n");
        for (found, origin) in [("[", 0), ("]", 6), ("a", 7), ("0", 11), ("d", 14), ("1", 18)] {
            let at = patched.find(found).unwrap();
            assert_eq!(patches.origin(at), origin, "{found}");
        }
        assert_eq!(patches.origin(patched.len()), text.len());
    }
}
