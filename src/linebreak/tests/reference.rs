//! The same optimum by trying every set of breaks, and first-fit. Slow, naive,
//! and written from the contract alone: it shares no code with the search.

use super::*;

/// A set of breaks with what it costs.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) breaks: Vec<usize>,
    pub(super) cost: i64,
}

/// What a line from one break to the next is like.
struct Measured {
    natural: Abs,
    badness: i64,
    relieved: i64,
    priced: i64,
    overfull: bool,
    class: i64,
}

pub(super) struct Reference<'a> {
    pub(super) items: &'a [Item],
    pub(super) measure: Measure<'a>,
    pub(super) params: &'a Params,
}

impl Reference<'_> {
    fn is_box(&self, index: usize) -> bool {
        matches!(self.items.get(index), Some(Item::Box { .. }))
    }

    fn penalty(&self, index: usize) -> Penalty {
        match self.items.get(index) {
            Some(Item::Penalty(penalty)) => *penalty,
            Some(_) => Penalty { cost: 0, before: Abs::ZERO, after: Abs::ZERO, hyphen: false },
            // The end of an unfinished paragraph.
            None => Penalty {
                cost: Penalty::FORCED,
                before: Abs::ZERO,
                after: Abs::ZERO,
                hyphen: false,
            },
        }
    }

    fn forced(&self, index: usize) -> bool {
        self.penalty(index).cost <= Penalty::FORCED
    }

    /// Every index that might be broken at, the end included if the paragraph
    /// stops after a box without a forced break.
    fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.items.len())
            .filter(|&index| match self.items[index] {
                Item::Box { .. } => false,
                Item::Glue { .. } => index > 0 && self.is_box(index - 1),
                Item::Penalty(penalty) => penalty.cost < Penalty::NEVER,
            })
            .collect();
        let last_forced = (0..self.items.len()).rev().find(|&index| self.forced(index));
        let rest = last_forced.map_or(0, |index| index + 1);
        if (rest..self.items.len()).any(|index| self.is_box(index)) {
            places.push(self.items.len());
        }
        places.retain(|&at| self.leads_on(at));
        places
    }

    /// The range of boxes of a line after a break (`None`: the start) up to one.
    fn content(&self, after: Option<usize>, at: usize) -> Option<(usize, usize)> {
        let from = after.map_or(0, |index| index + usize::from(!self.is_box(index)));
        let boxes: Vec<usize> = (from..at).filter(|&index| self.is_box(index)).collect();
        Some((*boxes.first()?, *boxes.last()? + 1))
    }

    fn measured(&self, after: Option<usize>, at: usize, line: usize) -> Measured {
        let ragged = self.params.ragged_stretch;
        let mut natural = self.penalty(at).before;
        if let Some(after) = after {
            natural += self.penalty(after).after;
        }
        let mut stretch = ragged.unwrap_or(Abs::ZERO);
        let mut shrink = Abs::ZERO;
        let mut end = after.map_or(0, |index| index + 1);
        if let Some((first, last)) = self.content(after, at) {
            end = last;
            for item in &self.items[first..last] {
                match *item {
                    Item::Box { width } => natural += width,
                    Item::Glue { width, stretch: more, shrink: less } => {
                        natural += width;
                        if ragged.is_none() || more >= Abs::HUGE {
                            stretch += more;
                        }
                        if ragged.is_none() {
                            shrink += less;
                        }
                    }
                    Item::Penalty(_) => {}
                }
            }
        }
        let filled = at == self.items.len()
            || self.items[end..at]
                .iter()
                .any(|item| matches!(item, Item::Glue { stretch, .. } if *stretch >= Abs::HUGE));
        let slack = self.measure.of(line) - natural;
        let bad = |ratio: f64| ((100.0 * ratio.abs().powi(3)).round() as i64).min(10_000);
        let emergency = self.params.emergency_stretch;
        let tolerance = i64::from(self.params.tolerance).min(9_999);
        let (ratio, badness, relieved) = if slack < -shrink {
            (-2.0, 1_000_000, 1_000_000)
        } else if slack < Abs::ZERO {
            let ratio = slack / shrink;
            (ratio, bad(ratio), bad(ratio))
        } else if slack == Abs::ZERO || filled {
            (0.0, 0, 0)
        } else {
            let of = |stretch: Abs| if stretch > Abs::ZERO { slack / stretch } else { 1e9 };
            (of(stretch), bad(of(stretch)), bad(of(stretch + emergency)))
        };
        Measured {
            natural,
            badness,
            relieved,
            priced: if badness <= tolerance || slack < -shrink {
                badness
            } else {
                badness + relieved
            },
            overfull: slack < -shrink,
            class: match ratio {
                r if r < -0.5 => 0,
                r if r <= 0.5 => 1,
                r if r <= 1.0 => 2,
                _ => 3,
            },
        }
    }

    /// Whether a pass may use this line.
    fn admits(&self, pass: Pass, after: Option<usize>, at: usize, line: usize) -> bool {
        let measured = self.measured(after, at, line);
        let tolerance = i64::from(self.params.tolerance).min(9_999);
        let tolerable = measured.badness <= tolerance || measured.relieved <= tolerance;
        match pass {
            Pass::Unhyphenated => {
                let limit = i64::from(self.params.pretolerance.unwrap_or(0)).min(tolerance);
                measured.badness <= limit && (self.forced(at) || !self.penalty(at).hyphenates())
            }
            Pass::Hyphenated => measured.badness <= tolerance,
            Pass::Emergency => tolerable,
            Pass::Rescue if measured.overfull => {
                // Nothing less can be set.
                !self.places().into_iter().any(|other| {
                    other < at
                        && after.is_none_or(|after| other > after)
                        && self.content(after, other).is_some()
                })
            }
            Pass::Rescue => {
                // Nothing more fits.
                let more = self
                    .places()
                    .into_iter()
                    .find(|&other| other > at && (at..other).any(|index| self.is_box(index)));
                tolerable
                    || self.forced(at)
                    || more.is_none_or(|more| self.measured(after, more, line).overfull)
            }
        }
    }

    /// What a set of breaks costs; `None` if it is no way to break this.
    pub(super) fn cost(&self, breaks: &[usize], pass: Option<Pass>) -> Option<i64> {
        let mut total = 0;
        let mut after: Option<usize> = None;
        let mut class = 1;
        for (line, &at) in breaks.iter().enumerate() {
            let starts_forced = after.is_none_or(|after| self.forced(after));
            let starts_hyphen = after.is_some_and(|after| self.penalty(after).hyphen);
            let empty = self.content(after, at).is_none();
            if empty && !(starts_forced && self.forced(at)) {
                return None;
            }
            if pass.is_some_and(|pass| !self.admits(pass, after, at, line)) {
                return None;
            }
            let measured = self.measured(after, at, line);
            let base = i64::from(self.params.line_cost) + measured.priced;
            let penalty = self.penalty(at);
            total += if self.forced(at) {
                base.pow(2)
            } else if penalty.cost < 0 {
                base.pow(2) - i64::from(penalty.cost).pow(2)
            } else {
                (base + i64::from(penalty.cost)).pow(2)
            };
            if starts_hyphen && penalty.hyphen {
                total += i64::from(self.params.hyphens_demerits);
            }
            if starts_hyphen && self.forced(at) {
                total += i64::from(self.params.final_hyphen_demerits);
            }
            if self.forced(at) && !starts_forced && measured.natural < self.params.runt {
                total += i64::from(self.params.runt_demerits);
            }
            if (class - measured.class).abs() >= 2 {
                total += i64::from(self.params.fitness_demerits);
            }
            class = measured.class;
            after = Some(at);
        }
        Some(total)
    }

    /// The cheapest way for every number of lines in a pass.
    pub(super) fn best(&self, pass: Pass) -> Vec<Way> {
        let places = self.places();
        let (forced, free): (Vec<usize>, Vec<usize>) =
            places.iter().partition(|&&place| self.forced(place));
        let mut best: Vec<Option<Way>> = vec![None; places.len() + 1];
        for set in 0..1_u32 << free.len() {
            let mut breaks = forced.clone();
            breaks.extend((0..free.len()).filter(|bit| set >> bit & 1 == 1).map(|bit| free[bit]));
            breaks.sort_unstable();
            if let Some(cost) = self.cost(&breaks, Some(pass)) {
                let slot = &mut best[breaks.len()];
                if slot.as_ref().is_none_or(|way| cost < way.cost) {
                    *slot = Some(Way { breaks, cost });
                }
            }
        }
        best.into_iter().flatten().collect()
    }

    /// Each line as full as can be, one after the other.
    pub(super) fn first_fit(&self) -> Vec<usize> {
        let places = self.places();
        let mut breaks: Vec<usize> = Vec::new();
        loop {
            let after = breaks.last().copied();
            let starts_forced = after.is_none_or(|after| self.forced(after));
            let ahead = places.iter().copied().filter(|&at| after.is_none_or(|after| at > after));
            let mut choice = None;
            let mut least = None;
            for at in ahead {
                let forced = self.forced(at);
                let empty = self.content(after, at).is_none();
                if !(empty && !(forced && starts_forced)) {
                    least = least.or(Some(at));
                    if !self.measured(after, at, breaks.len()).overfull {
                        choice = Some(at);
                    }
                }
                if forced {
                    break;
                }
            }
            match choice.or(least) {
                Some(at) => breaks.push(at),
                None => return breaks,
            }
        }
    }

    /// Whether a break here leaves something for the next line.
    fn leads_on(&self, at: usize) -> bool {
        self.forced(at)
            || (at..self.items.len())
                .find(|&index| self.is_box(index) || self.forced(index))
                .is_some_and(|index| self.is_box(index))
    }
}
