// SPDX-License-Identifier: Apache-2.0
//! The options of an echo request, as its reply has them: record route and time stamp with this host's
//! entry (RFC 1122, 3.2.2.6; RFC 791, 3.1).
//!
//! Called by: `stack::icmp`. Pure.

use heapless::Vec;

use crate::base::Ipv4Addr;
use crate::wire::ipv4::{HEADER_LEN, MAX_HEADER_LEN, Options, option};

/// Room for the options of a header.
pub type Bytes = Vec<u8, { MAX_HEADER_LEN - HEADER_LEN }>;

/// What a time stamp option asks for: the low four bits of its flags.
mod wants {
    /// Time stamps.
    pub const TIMES: u8 = 0;
    /// Addresses and time stamps.
    pub const BOTH: u8 = 1;
    /// Time stamps of the hosts named.
    pub const NAMED: u8 = 3;
}

/// Set in a time that is not that of day: milliseconds since the host came up.
const OWN_CLOCK: u32 = 1 << 31;

/// The options of the reply to a request with `request`, padded to whole words; empty when it brings
/// none that is answered. `own` is the address it came to, `millis` the time since the host came up.
/// What does not fit is left out, never cut (RFC 1122, 3.2.2.6).
pub fn of_reply(request: Options<'_>, own: Ipv4Addr, millis: u32) -> Bytes {
    let mut reply = Bytes::new();
    for found in request.filter_map(Result::ok) {
        let mut data = [0; MAX_HEADER_LEN - HEADER_LEN];
        let Some(room) = data.get_mut(..found.data.len()) else { continue };
        room.copy_from_slice(found.data);
        match found.kind {
            option::RECORD_ROUTE => record(room, own),
            option::TIMESTAMP => stamp(room, own, OWN_CLOCK | millis),
            _ => continue,
        }
        if reply.capacity() - reply.len() >= room.len() + 2 {
            let head = [found.kind, room.len() as u8 + 2];
            let _ = reply.extend_from_slice(&head);
            let _ = reply.extend_from_slice(room);
        }
    }
    while !reply.len().is_multiple_of(4) {
        let _ = reply.push(option::END);
    }
    reply
}

/// Enters `own` at the pointer of a record route option, kind and length taken off, unless it is full.
/// Pointers count from the kind, beginning with one.
fn record(data: &mut [u8], own: Ipv4Addr) {
    let at = data.first().map_or(0, |&pointer| usize::from(pointer));
    if put(data, at, &own.octets())
        && let Some(pointer) = data.first_mut()
    {
        *pointer += 4;
    }
}

/// Enters the time, and `own` where that is asked for, at the pointer of a time stamp option, or counts
/// one more that found no room.
fn stamp(data: &mut [u8], own: Ipv4Addr, time: u32) {
    let [pointer, flags, ..] = *data else { return };
    let (at, time) = (usize::from(pointer), time.to_be_bytes());
    let mut both = [0; 8];
    let (addr, rest) = both.split_at_mut(4);
    addr.copy_from_slice(&own.octets());
    rest.copy_from_slice(&time);
    let (entered, len) = match flags & 15 {
        wants::TIMES => (put(data, at, &time), 4),
        wants::BOTH => (put(data, at, &both), 8),
        // Only the host that is named next enters itself.
        wants::NAMED if named(data, at) == Some(own) => (put(data, at + 4, &time), 8),
        _ => return,
    };
    let [pointer, flags, ..] = data else { return };
    if entered {
        *pointer += len;
    } else if *flags < 0xf0 {
        *flags += 0x10;
    }
}

/// The address at `at`, counted as pointers are.
fn named(data: &[u8], at: usize) -> Option<Ipv4Addr> {
    let octets = data.get(at.checked_sub(3)?..)?.first_chunk::<4>()?;
    Some(Ipv4Addr::from(*octets))
}

/// Writes `bytes` at `at`, counted as pointers are; false without room.
fn put(data: &mut [u8], at: usize, bytes: &[u8]) -> bool {
    let place = at.checked_sub(3).and_then(|at| data.get_mut(at..at + bytes.len()));
    place.map(|place| place.copy_from_slice(bytes)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    const MILLIS: u32 = 0x1234;
    const TIME: [u8; 4] = [0x80, 0, 0x12, 0x34];

    /// The options of the reply to a request with these.
    fn reply(options: &[u8]) -> std::vec::Vec<u8> {
        of_reply(Options::new(options), OWN, MILLIS).to_vec()
    }

    #[test]
    fn the_host_enters_itself_in_the_route() {
        let asked = [option::NOP, option::RECORD_ROUTE, 11, 8, 9, 9, 9, 9, 0, 0, 0, 0];
        let told = [option::RECORD_ROUTE, 11, 12, 9, 9, 9, 9, 192, 0, 2, 1, 0];
        assert_eq!(reply(&asked), told);
        let full = [option::RECORD_ROUTE, 7, 8, 9, 9, 9, 9, option::END];
        assert_eq!(reply(&full), full, "a full one comes back as it is");
        let cut = [option::RECORD_ROUTE, 6, 4, 0, 0, 0];
        assert_eq!(reply(&cut), [&cut[..], &[0, 0]].concat());
    }

    #[test]
    fn the_host_tells_the_time() {
        let times = [option::TIMESTAMP, 12, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let told = [&[option::TIMESTAMP, 12, 9, 0][..], &TIME, &[0; 4]].concat();
        assert_eq!(reply(&times), told);
        let both = [&[option::TIMESTAMP, 12, 5, 1][..], &[0; 8]].concat();
        let told = [&[option::TIMESTAMP, 12, 13, 1][..], &OWN.octets(), &TIME].concat();
        assert_eq!(reply(&both), told);
        let named = [&[option::TIMESTAMP, 12, 5, 3][..], &OWN.octets(), &[0; 4]].concat();
        let told = [&[option::TIMESTAMP, 12, 13, 3][..], &OWN.octets(), &TIME].concat();
        assert_eq!(reply(&named), told);
        let other = [&[option::TIMESTAMP, 12, 5, 3][..], &[9; 4], &[0; 4]].concat();
        assert_eq!(reply(&other), other, "somebody else is asked");
        let full = [option::TIMESTAMP, 8, 9, 0x20, 1, 2, 3, 4];
        assert_eq!(reply(&full), [option::TIMESTAMP, 8, 9, 0x30, 1, 2, 3, 4], "overflow");
        let most = [option::TIMESTAMP, 8, 9, 0xf0, 1, 2, 3, 4];
        assert_eq!(reply(&most), most);
    }

    #[test]
    fn pointers_that_point_nowhere() {
        for pointer in 0..=255 {
            for kind in [option::RECORD_ROUTE, option::TIMESTAMP] {
                for flags in 0..16 {
                    let mut asked = [0; 20];
                    asked[..4].copy_from_slice(&[kind, 20, pointer, flags]);
                    let told = reply(&asked);
                    assert_eq!((told.len(), told[0], told[1]), (20, kind, 20));
                }
            }
        }
    }

    #[test]
    fn other_options_are_not_answered() {
        assert_eq!(reply(&[option::ROUTER_ALERT, 4, 0, 0]), []);
        assert_eq!(reply(&[option::LOOSE_SOURCE_ROUTE, 7, 4, 9, 9, 9, 9, 0]), []);
        assert_eq!(reply(&[]), []);
    }
}
