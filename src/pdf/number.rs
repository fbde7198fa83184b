//! Numbers as a PDF holds them: decimal, at most three places, from integers.

use crate::base::Abs;

/// A length in thousandths of a point, rounded half up. All places in a PDF go
/// through this, so that equal lengths give equal digits on every machine.
pub(super) fn milli(length: Abs) -> i64 {
    parts(length, 3)
}

/// A length in points times ten to the power of `places`, rounded half up.
pub(super) fn parts(length: Abs, places: u32) -> i64 {
    (length.to_sp() * 10_i64.pow(places) + 32_768).div_euclid(65_536)
}

/// Appends thousandths as a decimal number, without trailing zeros.
pub(super) fn push(out: &mut Vec<u8>, thousandths: i64) {
    push_parts(out, thousandths, 3);
}

/// Thousandths as a decimal number, without trailing zeros.
pub(super) fn text(thousandths: i64) -> String {
    let mut out = Vec::new();
    push(&mut out, thousandths);
    out.into_iter().map(char::from).collect()
}

/// Appends a number given in parts of ten to the power of `places`.
pub(super) fn push_parts(out: &mut Vec<u8>, parts: i64, places: u32) {
    if parts < 0 {
        out.push(b'-');
    }
    let unit = 10_u64.pow(places);
    let parts = parts.unsigned_abs();
    push_integer(out, parts / unit);
    let mut fraction = parts % unit;
    if fraction == 0 {
        return;
    }
    out.push(b'.');
    let mut unit = unit;
    while fraction > 0 {
        unit /= 10;
        out.push(b'0' + (fraction / unit) as u8);
        fraction %= unit;
    }
}

fn push_integer(out: &mut Vec<u8>, value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A number object for dictionaries, from thousandths.
pub(super) fn object(thousandths: i64) -> lopdf::Object {
    if thousandths % 1000 == 0 {
        lopdf::Object::Integer(thousandths / 1000)
    } else {
        // The shortest decimal that reads back as this `f32` has three places
        // for every length up to 16 metres.
        lopdf::Object::Real(thousandths as f32 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_can_be() {
        for (parts, expected) in [
            (0, "0"),
            (1, "0.001"),
            (-50, "-0.05"),
            (1000, "1"),
            (-12_340, "-12.34"),
            (841_890, "841.89"),
            (i64::MIN, "-9223372036854775.808"),
        ] {
            assert_eq!(text(parts), expected);
        }
    }

    #[test]
    fn lengths_are_rounded_alike_on_both_sides_of_zero() {
        assert_eq!(milli(Abs::pt(1.0)), 1000);
        assert_eq!(milli(Abs::pt(-1.0)), -1000);
        assert_eq!(milli(Abs::sp(32)), 0);
        assert_eq!(milli(Abs::sp(33)), 1);
        assert_eq!(milli(Abs::mm(297.0)), 841_890);
    }
}
