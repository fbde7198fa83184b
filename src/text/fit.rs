//! A first-fit stand-in for the line breaker, until that is here.

use crate::base::Abs;
use crate::linebreak::{Item, Penalty};

pub(super) struct Broken {
    pub(super) start: usize,
    pub(super) break_at: usize,
    pub(super) ratio: f64,
    pub(super) natural: Abs,
}

pub(super) fn finish(items: &mut Vec<Item>) {
    while items.last().is_some_and(|item| match item {
        Item::Box { .. } => false,
        Item::Glue { .. } => true,
        Item::Penalty(p) => p.cost > Penalty::FORCED,
    }) {
        items.pop();
    }
    let forced =
        Penalty { cost: Penalty::FORCED, before: Abs::ZERO, after: Abs::ZERO, hyphen: false };
    items.push(Item::Glue { width: Abs::ZERO, stretch: Abs::HUGE, shrink: Abs::ZERO });
    items.push(Item::Penalty(forced));
}

pub(super) fn break_lines(items: &[Item], measure: Abs) -> Vec<Broken> {
    let mut lines = Vec::new();
    let (mut start, mut width, mut after) = (0, Abs::ZERO, Abs::ZERO);
    let mut best: Option<(usize, Abs, Abs)> = None;
    let mut index = 0;
    while index < items.len() {
        let place = match items[index] {
            Item::Box { width: w } => {
                width += w;
                None
            }
            Item::Glue { width: w, .. } => {
                let legal = index > 0 && matches!(items[index - 1], Item::Box { .. });
                let here = width;
                width += w;
                legal.then_some((here, Abs::ZERO, false))
            }
            Item::Penalty(p) => (p.cost < Penalty::NEVER).then_some((
                width + p.before,
                p.after,
                p.cost <= Penalty::FORCED,
            )),
        };
        if let Some((here, next, forced)) = place {
            let fits = after + here <= measure;
            let (end, natural, follow) = match (fits, best.take()) {
                (false, Some(best)) => best,
                _ if forced || !fits => (index, after + here, next),
                _ => {
                    best = Some((index, after + here, next));
                    index += 1;
                    continue;
                }
            };
            lines.push(Broken { start, break_at: end, ratio: 0.0, natural });
            (start, width, after, best) = (end, Abs::ZERO, follow, None);
            let forced =
                |item: &Item| matches!(item, Item::Penalty(p) if p.cost <= Penalty::FORCED);
            if forced(&items[start]) {
                start += 1;
            } else {
                while start < items.len()
                    && !matches!(items[start], Item::Box { .. })
                    && !forced(&items[start])
                {
                    start += 1;
                }
            }
            index = start;
            continue;
        }
        index += 1;
    }
    lines
}
