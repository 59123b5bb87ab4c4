// SPDX-License-Identifier: Apache-2.0
//! Datagrams both ways, each with its number in it, from which all else of it follows.

use super::world::World;
use testutil::tcp::stream;
use znet::wire::checksum::Sum;

/// What became of them.
#[derive(Debug, Default)]
pub struct Datagrams {
    /// Given to the stack.
    pub sent: u64,
    /// Refused by the stack, for want of memory as a rule.
    pub refused: u64,
    /// That arrived, each counted once.
    pub arrived: u64,
    /// That arrived once more.
    pub again: u64,
    /// That arrived with bits turned in more than one fragment, such that the checksum fits.
    pub unseen: u64,
    /// A bit for each number that arrived.
    seen: Vec<u64>,
}

/// Longest payload that a frame holds in both families.
const WHOLE: usize = 1_452;

/// How long datagram `number` is: one in sixteen comes in fragments.
fn length(number: u64) -> usize {
    let drawn = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    8 + match drawn % 16 {
        0 => drawn / 16 % 3_000,
        1..4 => drawn / 16 % 1_400,
        _ => drawn / 16 % 120,
    } as usize
}

fn content(number: u64) -> Vec<u8> {
    let mut data = number.to_be_bytes().to_vec();
    data.extend(stream::bytes(number as u32, 0, length(number) - 8));
    data
}

impl Datagrams {
    /// Sends the next one.
    pub fn send(&mut self, world: &World) {
        let number = self.sent + self.refused;
        let (from, family) = (number as usize & 1, number as usize >> 1 & 1);
        match world.send(from, family, &content(number)) {
            Ok(()) => self.sent += 1,
            Err(_) => self.refused += 1,
        }
    }

    /// Takes all that arrived.
    ///
    /// # Panics
    /// When one is not as it was sent.
    pub fn receive(&mut self, world: &World) {
        for (host, family) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            while let Some(data) = world.recv(host, family) {
                self.judge(host, family, &data);
            }
        }
    }

    fn judge(&mut self, host: usize, family: usize, data: &[u8]) {
        let (number, _) = data.split_first_chunk().expect("a number");
        let number = u64::from_be_bytes(*number);
        assert!(number < self.sent + self.refused, "datagram {number} was never sent");
        assert_eq!((number as usize & 1, number as usize >> 1 & 1), (1 - host, family));
        let content = content(number);
        if *data != content {
            // One bit of a frame is always noticed. Two bits in two fragments may cancel out in a sum
            // of 16 bits, which is all that UDP has.
            let unseen = Sum::of(data).fold() == Sum::of(&content).fold();
            assert!(
                unseen && data.len() == content.len() && content.len() > WHOLE,
                "datagram {number} is not as it was sent"
            );
            self.unseen += 1;
        }
        let (word, bit) = ((number / 64) as usize, 1 << (number % 64));
        if self.seen.len() <= word {
            self.seen.resize(word + 1, 0);
        }
        if self.seen[word] & bit == 0 {
            self.seen[word] |= bit;
            self.arrived += 1;
        } else {
            self.again += 1;
        }
    }
}
