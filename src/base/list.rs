// SPDX-License-Identifier: Apache-2.0
//! What fixed vectors do without a way to panic, for the way of packets.

use heapless::Vec;

/// Takes the element at `at` out; the last one takes its place. `None` when there is none.
pub fn take<T, const N: usize>(list: &mut Vec<T, N>, at: usize) -> Option<T> {
    if at >= list.len() {
        return None;
    }
    let last = list.pop()?;
    match list.get_mut(at) {
        Some(place) => Some(core::mem::replace(place, last)),
        None => Some(last),
    }
}

/// Takes the element at `at` out; those behind it move up. `None` when there is none.
pub fn take_in_order<T, const N: usize>(list: &mut Vec<T, N>, at: usize) -> Option<T> {
    let mut behind = at + 1;
    while behind < list.len() {
        if let Some([one, next]) = list.get_mut(behind - 1..=behind) {
            core::mem::swap(one, next);
        }
        behind += 1;
    }
    if at < list.len() { list.pop() } else { None }
}

/// As many of `items` as there is room for.
pub fn gather<T, const N: usize>(items: impl Iterator<Item = T>) -> Vec<T, N> {
    let mut list = Vec::new();
    for item in items {
        if list.push(item).is_err() {
            break;
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_taken_from_anywhere() {
        for at in 0..5 {
            let mut list: Vec<usize, 4> = gather(0..9);
            assert_eq!(list, [0, 1, 2, 3]);
            let mut ordered = list.clone();
            let found = (at < 4).then_some(at);
            assert_eq!((take(&mut list, at), take_in_order(&mut ordered, at)), (found, found));
            let mut left: std::vec::Vec<usize> = (0..4).filter(|n| *n != at).collect();
            assert_eq!(ordered, left[..]);
            list.sort_unstable();
            left.sort_unstable();
            assert_eq!(list, left[..]);
        }
        assert_eq!(take(&mut Vec::<u8, 1>::new(), 0), None);
    }
}
