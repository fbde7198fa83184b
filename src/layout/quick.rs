//! Maps whose keys are small numbers of our own, for the search's inner loops.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map that is only asked for single keys: its order means nothing.
pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// Multiplicative hashing (Knuth, The Art of Computer Programming, 6.4): the keys
/// come from the galley, so nobody can choose them to collide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, value: u64) {
        // 2⁶⁴ by the golden ratio, made odd; its high bits are the best mixed.
        let product = (self.0 ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.mix(u64::from(byte));
        }
    }

    fn write_u16(&mut self, value: u16) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_i64(&mut self, value: i64) {
        self.mix(value.cast_unsigned());
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.mix(value.cast_unsigned() as u64);
    }
}
