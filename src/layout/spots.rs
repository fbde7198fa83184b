//! Numbers for the spots of a segment, so that what is known of each stands in a list.

use super::column::Spot;
use super::galley::{Part, Shape};
use super::quick::QuickMap;

/// Numbers the spots of a segment from 0 on.
#[derive(Debug)]
pub(super) struct Numbers {
    /// For each part the number of its first spot, and what follows it for each
    /// setting before that setting's second line.
    parts: Vec<(usize, Vec<usize>)>,
    /// How many spots there are where no float is owed.
    plain: usize,
    /// Spots with a float, numbered as they turn up.
    owing: QuickMap<u64, usize>,
}

impl Numbers {
    /// Numbers the spots of these parts.
    pub(super) fn new(parts: &[Part<'_>]) -> Numbers {
        let mut numbers = Vec::with_capacity(parts.len() + 1);
        let mut next = 0;
        for part in parts {
            let first = next;
            next += 1;
            let mut before = Vec::new();
            if let Shape::Set(settings) = &part.shape {
                for setting in settings.iter().filter(|_| part.most_lines() > 1) {
                    before.push(next - first);
                    next += setting.between.len();
                }
            }
            numbers.push((first, before));
        }
        numbers.push((next, Vec::new()));
        Numbers { parts: numbers, plain: next + 1, owing: QuickMap::default() }
    }

    /// The number of a spot.
    pub(super) fn of(&mut self, spot: Spot) -> usize {
        if spot.owed.is_some() {
            let next = self.plain + self.owing.len();
            return *self.owing.entry(spot.key()).or_insert(next);
        }
        let (first, before) = &self.parts[spot.part as usize];
        match spot.line {
            0 => *first,
            line => first + before[usize::from(spot.setting)] + usize::from(line) - 1,
        }
    }
}
