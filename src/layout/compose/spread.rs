//! Places for marks that must not stand on each other.

/// The middles of marks in a row: each as near as can be to where it is wished,
/// in their order, none nearer to the next than `apart` says (one less of these
/// than of marks), and all of them from `least` to `most` if they have room there.
///
/// What is wished less the least distances up to a mark must not fall along the
/// row. So these are made to rise with the least sum of squares, by pooling
/// neighbours that fall (Ayer and others, 1955), and then held within the ends.
pub(super) fn spread(wished: &[f64], apart: &[f64], least: f64, most: f64) -> Vec<f64> {
    let mut before = Vec::with_capacity(wished.len());
    let mut sum = 0.0;
    for index in 0..wished.len() {
        before.push(sum);
        sum += apart.get(index).copied().unwrap_or(0.0);
    }
    let taken = before.last().copied().unwrap_or(0.0);
    // Each pool: the mean of its marks and their number.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wish, before) in wished.iter().zip(&before) {
        let mut pool = (wish - before, 1);
        while let Some(&(mean, count)) = pools.last()
            && mean > pool.0
        {
            pools.pop();
            let all = count + pool.1;
            pool = ((mean * count as f64 + pool.0 * pool.1 as f64) / all as f64, all);
        }
        pools.push(pool);
    }
    let means = pools.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count));
    let held = means.map(|mean| mean.min(most - taken).max(least));
    held.zip(before).map(|(mean, before)| mean + before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_with_room_stand_where_they_are_wished() {
        assert_eq!(spread(&[1.0, 5.0, 9.0], &[4.0, 4.0], 0.0, 10.0), [1.0, 5.0, 9.0]);
        assert_eq!(spread(&[], &[], 0.0, 10.0), [] as [f64; 0]);
    }

    #[test]
    fn marks_make_room_for_each_other_evenly() {
        assert_eq!(spread(&[4.0, 5.0, 6.0], &[3.0, 3.0], 0.0, 10.0), [2.0, 5.0, 8.0]);
        assert_eq!(spread(&[1.0, 8.0, 8.0], &[3.0, 2.0], 0.0, 20.0), [1.0, 7.0, 9.0]);
    }

    #[test]
    fn marks_stay_between_the_ends() {
        assert_eq!(spread(&[9.0, 9.5], &[2.0], 0.0, 10.0), [8.0, 10.0]);
        assert_eq!(spread(&[0.0, 0.5], &[2.0], 1.0, 10.0), [1.0, 3.0]);
        // Without room for all, the first stands at the start.
        assert_eq!(spread(&[3.0, 4.0], &[9.0], 1.0, 5.0), [1.0, 10.0]);
    }
}
