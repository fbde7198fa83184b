//! Font units to lengths.

use crate::base::Abs;

/// Binary places kept behind the point.
const PLACES: u32 = 24;

/// Turns font units into lengths at one type size.
///
/// A fixed-point factor instead of a division for every glyph; rounding to the
/// nearest scaled point is the same on every machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    factor: i64,
}

impl Scale {
    /// The scale of a face with `units_per_em` at a type size.
    pub(super) fn new(size: Abs, units_per_em: u16) -> Scale {
        let units = i64::from(units_per_em.max(1));
        // No type size comes near 2^38 scaled points, 64 metres.
        let size = size.to_sp().clamp(-(1 << 38), 1 << 38) << PLACES;
        Scale { factor: (size + units / 2).div_euclid(units) }
    }

    /// The length of a number of font units.
    pub(super) fn at(self, units: i32) -> Abs {
        let product = i128::from(units) * i128::from(self.factor);
        Abs::sp(((product + (1 << (PLACES - 1))) >> PLACES) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_scale_to_the_nearest_scaled_point() {
        let scale = Scale::new(Abs::pt(10.0), 1000);
        assert_eq!(scale.at(1000), Abs::pt(10.0));
        assert_eq!(scale.at(500), Abs::pt(5.0));
        assert_eq!(scale.at(-500), Abs::pt(-5.0));
        assert_eq!(scale.at(1), Abs::sp(655));
        assert_eq!(Scale::new(Abs::pt(2000.0), 16).at(60_000), Abs::pt(7_500_000.0));
    }
}
