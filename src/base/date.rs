//! Days.

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, for instance 2026.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day, in Greenwich, of a moment in seconds since the start of 1970;
    /// none after the year 65535.
    ///
    /// After Hinnant, *chrono-Compatible Low-Level Date Algorithms*: years begin
    /// with March, so that the leap day is their last.
    pub fn from_epoch(seconds: u64) -> Option<Date> {
        const DAYS_IN_ERA: u64 = 146_097;
        // Days since the first of March of the year 0.
        let days = seconds / 86_400 + 719_468;
        let (era, day) = (days / DAYS_IN_ERA, days % DAYS_IN_ERA);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = u16::try_from(era * 400 + year + later).ok()?;
        // Both are small by their making.
        Some(Date { year, month: month as u8, day: day as u8 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_days() {
        for (seconds, year, month, day) in [
            (0, 1970, 1, 1),
            (86_399, 1970, 1, 1),
            (86_400, 1970, 1, 2),
            (951_782_400, 2000, 2, 29),
            (951_868_800, 2000, 3, 1),
            (1_793_491_200, 2026, 11, 1),
            (4_107_542_399, 2100, 2, 28),
            (4_107_542_400, 2100, 3, 1),
        ] {
            assert_eq!(Date::from_epoch(seconds), Some(Date { year, month, day }), "{seconds}");
        }
        assert_eq!(Date::from_epoch(u64::MAX), None);
    }
}
