//! The order in which ways to fill a page are looked at: the cheap ones first,
//! since most brochures need no others.

use super::column::NEVER;
use super::weights as w;

/// How far above its foot a page may end, tier by tier.
const SHORT: [i64; 7] = [2, 3, 5, 8, 12, 18, 26];

/// The first tiers, for which the same ends of columns are kept.
const NEAR: usize = 3;

/// Which ways are looked at: all that cost less than a limit, and have not been
/// looked at before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tier {
    /// Ways that cost less than a page that lacks a row more than this one of [`SHORT`].
    Short(usize),
    /// No limit is broken.
    Clean,
    /// Columns end level.
    Level,
    /// They end by at most so many rows apart.
    Apart(i64),
}

impl Tier {
    /// What is looked at first.
    pub(super) const FIRST: Tier = Tier::Short(0);

    /// The next tier, and the least that a way costs which is only in that.
    pub(super) fn next(self, page_rows: i64) -> Option<(Tier, i64)> {
        let next = match self {
            Tier::Short(step) if step + 1 < SHORT.len() => Tier::Short(step + 1),
            Tier::Short(_) => Tier::Clean,
            Tier::Clean => Tier::Level,
            Tier::Level => Tier::Apart(1),
            Tier::Apart(rows) if rows > page_rows => return None,
            Tier::Apart(rows) => Tier::Apart(rows * 2),
        };
        Some((next, self.limit()))
    }

    /// The last tier, which has all ways.
    pub(super) fn all(page_rows: i64) -> Tier {
        Tier::Apart(page_rows + 1)
    }

    /// All ways that cost less have been looked at after the tier.
    fn limit(self) -> i64 {
        match self {
            Tier::Short(step) => w::short(SHORT[step] + 1),
            Tier::Clean => w::CLEAN,
            Tier::Level => w::UNEVEN,
            Tier::Apart(rows) => w::UNEVEN * (rows + 1),
        }
    }

    /// What ways in the tier cost at least and less than, but for the height of
    /// the page if it is far from full.
    pub(super) fn costs(self) -> (i64, i64) {
        match self {
            Tier::Short(0) => (0, self.limit()),
            Tier::Short(step) => (Tier::Short(step - 1).limit(), self.limit()),
            Tier::Clean => (Tier::Short(SHORT.len() - 1).limit(), self.limit()),
            Tier::Level | Tier::Apart(_) => (0, NEVER),
        }
    }

    /// The last tier for which the same ends of columns are kept.
    pub(super) fn last_alike(self) -> Tier {
        match self {
            Tier::Short(step) if step < NEAR => Tier::Short(NEAR - 1),
            Tier::Short(_) => Tier::Short(SHORT.len() - 1),
            _ => self,
        }
    }

    /// The first tier for which they are kept.
    pub(super) fn is_first_alike(self) -> bool {
        !matches!(self, Tier::Short(step) if step != 0 && step != NEAR)
    }

    /// How far above its foot a page may end.
    pub(super) fn short(self, capacity: i64) -> i64 {
        if let Tier::Short(step) = self { SHORT[step].min(capacity - 1) } else { capacity - 1 }
    }

    /// By how many rows columns may differ on a page that goes on.
    pub(super) fn spread(self) -> i64 {
        match self {
            Tier::Apart(rows) => rows,
            _ => 0,
        }
    }
}
