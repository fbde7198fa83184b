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
    /// What a loose or overfull line costs.
    price: i64,
    loose: bool,
    /// Whether it is ragged and left to the last pass.
    short: bool,
    overfull: bool,
    class: i64,
    /// Whether there is glue between its boxes.
    glue: bool,
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
        let (mut widen, mut narrow) = (Abs::ZERO, Abs::ZERO);
        let mut glue = false;
        let mut end = after.map_or(0, |index| index + 1);
        if let Some((first, last)) = self.content(after, at) {
            end = last;
            for item in &self.items[first..last] {
                match *item {
                    Item::Box { width, widen: more, narrow: less } => {
                        natural += width;
                        if ragged.is_none() {
                            widen += more;
                            narrow += less;
                        }
                    }
                    Item::Glue { width, stretch: more, shrink: less } => {
                        glue = true;
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
        let measure = self.measure.of(line);
        let slack = measure - natural;
        let most = if ragged.is_none() { self.params.inset } else { Abs::ZERO };
        let mut inset = Abs::ZERO;
        if slack > Abs::ZERO && !filled && stretch > Abs::ZERO {
            let even = stretch + widen + stretch * (self.params.wide_ratio - 0.005 - 1.0);
            inset = (slack - even).max(Abs::ZERO).min(most);
        } else if slack < -shrink - narrow && shrink + narrow > Abs::ZERO {
            inset = (slack + shrink + narrow).max(-most);
        }
        let overfull = slack - inset < -shrink - narrow;
        let empty = slack;
        let slack = slack - inset;
        let ratio = if overfull {
            -1.0
        } else if slack < Abs::ZERO {
            slack / (shrink + narrow)
        } else if slack == Abs::ZERO || filled {
            0.0
        } else if slack <= stretch + widen {
            slack / (stretch + widen)
        } else if stretch > Abs::ZERO {
            // The boxes are at their limit.
            1.0 + (slack - stretch - widen) / stretch
        } else {
            f64::INFINITY
        };
        let loose = ragged.is_none() && ratio > self.params.loose_ratio;
        let share = |length: Abs| if measure > length { length / measure } else { 1.0 };
        let price = if overfull {
            risen(self.params.overfull_price, share(-empty - shrink - narrow))
        } else if !loose {
            let wide = ragged.is_none() && ratio > self.params.wide_ratio;
            let demerits = f64::from(self.params.wide_demerits);
            let off = if inset == Abs::ZERO { 0.0 } else { inset.abs() / most };
            if wide { demerits as i64 } else { (demerits * off) as i64 }
        } else if ratio.is_finite() {
            let excess = ratio - self.params.loose_ratio;
            let unfilled = 8.0 * share(empty) * share(empty);
            let rise = 4.0 * (excess * excess / (excess * excess + 8.0));
            risen(self.params.loose_price, rise + unfilled)
        } else {
            let unfilled = 8.0 * share(empty) * share(empty);
            risen(self.params.loose_price, 4.0 + share(empty) + unfilled)
        };
        Measured {
            natural,
            badness: if overfull { 10_000 } else { badness(ratio) },
            price,
            loose,
            short: ragged.is_some() && ratio > self.params.max_ratio,
            overfull,
            class: match ratio {
                _ if overfull => 0,
                r if r < -0.5 => 0,
                r if r <= 0.5 => 1,
                r if r <= 1.0 => 2,
                _ => 3,
            },
            glue,
        }
    }

    /// Whether a line is a runt.
    fn runt(&self, after: Option<usize>, at: usize, measured: &Measured) -> bool {
        let goes_on = after.is_some_and(|after| !self.forced(after));
        let tail = after.is_some_and(|after| self.penalty(after).hyphen) && !measured.glue;
        self.forced(at) && goes_on && (measured.natural < self.params.runt || tail)
    }

    /// Whether a pass may use this line, its hyphen aside.
    fn admits(&self, pass: Pass, after: Option<usize>, at: usize, line: usize) -> bool {
        let measured = self.measured(after, at, line);
        let within = !measured.overfull && !measured.loose && !self.runt(after, at, &measured);
        match pass {
            Pass::Unhyphenated => {
                let limit = i64::from(self.params.pretolerance.unwrap_or(0));
                within
                    && measured.badness <= limit
                    && (self.forced(at) || !self.penalty(at).hyphenates())
            }
            Pass::Normal => within && !measured.short,
            // Nothing less can be set.
            Pass::Rescue if measured.overfull => !self.places().into_iter().any(|other| {
                other < at
                    && after.is_none_or(|after| other > after)
                    && self.content(after, other).is_some()
            }),
            Pass::Rescue => true,
        }
    }

    /// What a set of breaks costs; `None` if it is no way to break this.
    pub(super) fn cost(&self, breaks: &[usize], pass: Option<Pass>) -> Option<i64> {
        let mut total = 0;
        let mut after: Option<usize> = None;
        let mut class = 1;
        let mut hyphens = 0;
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
            let base = i64::from(self.params.line_cost) + measured.badness;
            let penalty = self.penalty(at);
            total += if self.forced(at) {
                base.pow(2)
            } else if penalty.cost < 0 {
                base.pow(2) - i64::from(penalty.cost).pow(2)
            } else {
                (base + i64::from(penalty.cost)).pow(2)
            };
            total += measured.price;
            if starts_hyphen && penalty.hyphen {
                total += i64::from(self.params.hyphens_demerits);
            }
            if starts_hyphen && self.forced(at) {
                total += i64::from(self.params.final_hyphen_demerits);
            }
            if self.runt(after, at, &measured) {
                total += self.params.runt_price;
            }
            hyphens = if penalty.hyphen { hyphens + 1 } else { 0 };
            if hyphens > 2 {
                total += self.params.third_hyphen_price;
                if pass.is_some_and(|pass| pass != Pass::Rescue) {
                    return None;
                }
            }
            if (class - measured.class).abs() >= 2 {
                total += i64::from(self.params.fitness_demerits);
            }
            class = measured.class;
            after = Some(at);
        }
        Some(total)
    }

    /// How many lines break each limit: overfull, runts, third hyphens, loose.
    pub(super) fn breaches(&self, breaks: &[usize]) -> [usize; 4] {
        let mut count = [0; 4];
        let mut after: Option<usize> = None;
        let mut hyphens = 0;
        for (line, &at) in breaks.iter().enumerate() {
            let measured = self.measured(after, at, line);
            hyphens = if self.penalty(at).hyphen { hyphens + 1 } else { 0 };
            count[0] += usize::from(measured.overfull);
            count[1] += usize::from(self.runt(after, at, &measured));
            count[2] += usize::from(hyphens > 2);
            count[3] += usize::from(measured.loose);
            after = Some(at);
        }
        count
    }

    /// Every set of breaks that has all forced ones.
    fn sets(&self) -> impl Iterator<Item = Vec<usize>> {
        let (forced, free): (Vec<usize>, Vec<usize>) =
            self.places().into_iter().partition(|&place| self.forced(place));
        (0..1_u32 << free.len()).map(move |set| {
            let mut breaks = forced.clone();
            breaks.extend((0..free.len()).filter(|bit| set >> bit & 1 == 1).map(|bit| free[bit]));
            breaks.sort_unstable();
            breaks
        })
    }

    /// The cheapest way for every number of lines in a pass.
    pub(super) fn best(&self, pass: Pass) -> Vec<Way> {
        let mut best: Vec<Option<Way>> = vec![None; self.places().len() + 1];
        for breaks in self.sets() {
            if let Some(cost) = self.cost(&breaks, Some(pass)) {
                let slot = &mut best[breaks.len()];
                if slot.as_ref().is_none_or(|way| cost < way.cost) {
                    *slot = Some(Way { breaks, cost });
                }
            }
        }
        best.into_iter().flatten().collect()
    }

    /// The fewest breaches, those of graver limits first.
    pub(super) fn lightest(&self) -> Option<[usize; 4]> {
        self.sets()
            .filter(|breaks| self.cost(breaks, Some(Pass::Rescue)).is_some())
            .map(|breaks| self.breaches(&breaks))
            .min()
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

fn risen(price: i64, rise: f64) -> i64 {
    price + (price as f64 * rise) as i64
}

/// Cubic to 10 000, then towards 20 000.
fn badness(ratio: f64) -> i64 {
    let knee = libm::cbrt(100.0);
    let ratio = ratio.abs();
    if ratio == f64::INFINITY {
        20_000
    } else if ratio < knee {
        (100.0 * (ratio * ratio * ratio)).round() as i64
    } else {
        10_000 + (10_000.0 * ((ratio - knee) / (ratio - knee + 8.0))) as i64
    }
}
