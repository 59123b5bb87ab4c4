// SPDX-License-Identifier: Apache-2.0
//! Bytes that say where in a stream they belong, so that every byte can be checked wherever it is
//! met, without keeping what was sent.

/// The byte at `offset` of the stream that `salt` names.
pub fn byte_at(salt: u32, offset: u32) -> u8 {
    // A prime step and a slower one: no two places near each other look alike.
    let mixed = offset.wrapping_add(salt).wrapping_mul(0x9e37_79b1);
    (mixed >> 24) as u8 ^ (mixed >> 11) as u8
}

/// `len` bytes of the stream from `offset` on.
pub fn bytes(salt: u32, offset: u32, len: usize) -> Vec<u8> {
    (0..len as u32).map(|n| byte_at(salt, offset.wrapping_add(n))).collect()
}

/// Where `data`, found at `offset`, first differs from the stream.
pub fn first_wrong(salt: u32, offset: u32, data: &[u8]) -> Option<usize> {
    data.iter()
        .enumerate()
        .position(|(n, byte)| *byte != byte_at(salt, offset.wrapping_add(n as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_or_strange_stream_is_noticed() {
        let data = bytes(1, 100, 1000);
        assert_eq!(first_wrong(1, 100, &data), None);
        for shift in [1, 2, 255, 256, 1460, 65536] {
            assert!(first_wrong(1, 100 + shift, &data).is_some_and(|at| at < 50));
        }
        assert!(first_wrong(2, 100, &data).is_some_and(|at| at < 50));
    }
}
