// SPDX-License-Identifier: Apache-2.0
//! Traffic classes: which queue a packet of a given priority waits in.

/// Priorities of IEEE 802.1Q.
pub const PRIORITIES: usize = 8;

/// Critical applications: from here on packets are urgent.
pub const CRITICAL: u8 = 3;

/// Traffic class of each priority, by the number of classes, where streams of class A (priority 3) and
/// class B (priority 2) are reserved: they stand above all others (IEEE 802.1Q, table 34-1).
#[cfg(CONFIG_NET_TC_MAPPING_SR_CLASS_A_AND_B)]
const MAPPING: [[u8; PRIORITIES]; 8] = [
    [0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 1, 1, 0, 0, 0, 0],
    [0, 0, 1, 2, 0, 0, 0, 0],
    [0, 0, 2, 3, 1, 1, 1, 1],
    [0, 0, 3, 4, 1, 1, 2, 2],
    [0, 0, 4, 5, 1, 1, 2, 3],
    [0, 0, 5, 6, 1, 2, 3, 4],
    [1, 0, 6, 7, 2, 3, 4, 5],
];

/// Traffic class of each priority, by the number of classes (IEEE 802.1Q, table 8-5). Priority 1,
/// background, stands below 0, best effort.
#[cfg(not(CONFIG_NET_TC_MAPPING_SR_CLASS_A_AND_B))]
const MAPPING: [[u8; PRIORITIES]; 8] = [
    [0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 1, 1, 1],
    [0, 0, 0, 0, 1, 1, 2, 2],
    [0, 0, 1, 1, 2, 2, 3, 3],
    [0, 0, 1, 1, 2, 2, 3, 4],
    [1, 0, 2, 2, 3, 3, 4, 5],
    [1, 0, 2, 3, 4, 4, 5, 6],
    [1, 0, 2, 3, 4, 5, 6, 7],
];

/// The class, 0 the least urgent, of a packet with `priority` where there are `classes`. Priorities
/// past 7 count as 7; no classes, or more than eight, as one or eight.
pub fn class_of(priority: u8, classes: usize) -> usize {
    let row = MAPPING.get(classes.clamp(1, MAPPING.len()) - 1);
    let class = row.and_then(|row| row.get((priority as usize).min(PRIORITIES - 1)));
    class.copied().unwrap_or(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_rise_with_priority() {
        for classes in 1..=8 {
            let of = |p| class_of(p, classes);
            if cfg!(CONFIG_NET_TC_MAPPING_SR_CLASS_A_AND_B) {
                assert_eq!(of(3), classes - 1);
                assert!((0..8).all(|p| p == 2 || p == 3 || of(p) <= of(2)), "{classes} classes");
                continue;
            }
            assert!((2..7).all(|p| of(p) <= of(p + 1)), "{classes} classes");
            assert!(of(1) <= of(0), "background stands behind best effort");
            assert_eq!(of(7), classes - 1);
            assert_eq!(of(200), of(7));
        }
        assert_eq!(class_of(5, 0), 0);
        let top = if cfg!(CONFIG_NET_TC_MAPPING_SR_CLASS_A_AND_B) { 3 } else { 7 };
        assert_eq!(class_of(top, 100), 7);
    }
}
