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

/// For each number of a spot, the index and the cost of the cheapest step there,
/// emptied in no time.
#[derive(Debug, Default)]
pub(super) struct Slots {
    round: u32,
    slots: Vec<(u32, usize, i64)>,
}

impl Slots {
    /// Empties all.
    pub(super) fn clear(&mut self) -> &mut Slots {
        match self.round.checked_add(1) {
            Some(round) => self.round = round,
            None => *self = Slots { round: 1, slots: Vec::new() },
        }
        self
    }

    /// The index that is kept for a number, and whether a step of this cost is
    /// the cheapest so far.
    pub(super) fn enter(&mut self, number: usize, index: usize, cost: i64) -> (usize, bool) {
        if number >= self.slots.len() {
            self.slots.resize(number + 1, (0, 0, 0));
        }
        let (round, known, least) = &mut self.slots[number];
        if *round != self.round {
            (*round, *known, *least) = (self.round, index, cost);
            return (index, true);
        }
        let is_cheaper = cost < *least;
        *least = cost.min(*least);
        (*known, is_cheaper)
    }
}
