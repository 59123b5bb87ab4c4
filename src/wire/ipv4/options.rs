// SPDX-License-Identifier: Apache-2.0
//! IPv4 options (RFC 791, 3.1; RFC 2113).

use crate::base::Ipv4Addr;

/// Option kinds, copied flag and class included.
pub mod option {
    /// End of the option list.
    pub const END: u8 = 0;
    /// No operation: one byte of padding.
    pub const NOP: u8 = 1;
    /// Record route.
    pub const RECORD_ROUTE: u8 = 7;
    /// Internet timestamp.
    pub const TIMESTAMP: u8 = 68;
    /// Security (RFC 1108).
    pub const SECURITY: u8 = 130;
    /// Loose source and record route.
    pub const LOOSE_SOURCE_ROUTE: u8 = 131;
    /// Stream identifier; obsolete (RFC 1122, 3.2.1.8).
    pub const STREAM_ID: u8 = 136;
    /// Strict source and record route.
    pub const STRICT_SOURCE_ROUTE: u8 = 137;
    /// Router alert (RFC 2113).
    pub const ROUTER_ALERT: u8 = 148;
}

/// One option that has a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpOption<'a> {
    /// Its kind: one of [`option`], or any other number.
    pub kind: u8,
    /// What follows kind and length.
    pub data: &'a [u8],
}

impl<'a> IpOption<'a> {
    /// True for the two source routes, which this host does not obey (RFC 6274, 3.13.2.3).
    pub const fn is_source_route(&self) -> bool {
        matches!(self.kind, option::LOOSE_SOURCE_ROUTE | option::STRICT_SOURCE_ROUTE)
    }

    /// The addresses of a record route or source route; a last one that is cut short is left out.
    /// `None` for an option that is no route or too short to hold its pointer.
    pub fn route(&self) -> Option<impl Iterator<Item = Ipv4Addr> + use<'a>> {
        if !self.is_source_route() && self.kind != option::RECORD_ROUTE {
            return None;
        }
        let (_pointer, addresses) = self.data.split_first()?;
        Some(addresses.as_chunks::<4>().0.iter().map(|octets| Ipv4Addr::from(*octets)))
    }
}

/// An option whose length is impossible; the walk ends there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadOption {
    /// Where the option begins, in bytes from the start of the header: the pointer of an ICMP
    /// parameter problem (RFC 1122, 3.2.2.5).
    pub pointer: u8,
}

/// The options of a header, in order. "No operation" is skipped, "end of list" ends the walk, and
/// so does the first bad option, after it was returned as an error.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    rest: &'a [u8],
    /// Where `rest` begins, in bytes from the start of the header.
    at: u8,
}

impl<'a> Options<'a> {
    /// Walks `bytes`, the header behind its fixed part. What lies past the 40 bytes that a header
    /// can hold is not looked at.
    pub const fn new(bytes: &'a [u8]) -> Self {
        const ROOM: usize = super::MAX_HEADER_LEN - super::HEADER_LEN;
        let rest = match bytes.split_at_checked(ROOM) {
            Some((options, _)) => options,
            None => bytes,
        };
        Options { rest, at: super::HEADER_LEN as u8 }
    }

    /// Ends the walk with an error at the current option.
    fn fail(&mut self) -> Result<IpOption<'a>, BadOption> {
        self.rest = &[];
        Err(BadOption { pointer: self.at })
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = Result<IpOption<'a>, BadOption>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match *self.rest {
                [] | [option::END, ..] => {
                    self.rest = &[];
                    return None;
                }
                [option::NOP, ref rest @ ..] => {
                    self.rest = rest;
                    self.at += 1;
                }
                [_] => return Some(self.fail()),
                [kind, len, ..] => {
                    let Some((whole, rest)) = self.rest.split_at_checked(usize::from(len)) else {
                        return Some(self.fail());
                    };
                    let [_, _, data @ ..] = whole else { return Some(self.fail()) };
                    self.rest = rest;
                    self.at += len;
                    return Some(Ok(IpOption { kind, data }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks `bytes` and returns how many options it has and where it failed, if it did.
    fn walk(bytes: &[u8]) -> (usize, Option<u8>) {
        let mut count = 0;
        for option in Options::new(bytes) {
            match option {
                Ok(_) => count += 1,
                Err(bad) => return (count, Some(bad.pointer)),
            }
        }
        (count, None)
    }

    #[test]
    fn a_list_of_every_shape() {
        let bytes = [1, 7, 7, 4, 192, 0, 2, 1, 1, 148, 4, 0, 0, 0, 99, 99];
        let mut options = Options::new(&bytes);
        let route = options.next().unwrap().unwrap();
        assert_eq!(route, IpOption { kind: option::RECORD_ROUTE, data: &[4, 192, 0, 2, 1] });
        assert_eq!(route.route().unwrap().next(), Some(Ipv4Addr::new(192, 0, 2, 1)));
        let alert = options.next().unwrap().unwrap();
        assert_eq!(alert, IpOption { kind: option::ROUTER_ALERT, data: &[0, 0] });
        assert_eq!(options.next(), None);
        assert_eq!(options.next(), None);
    }

    #[test]
    fn every_kind_with_every_length_in_every_room() {
        for kind in 0..=255u8 {
            for len in 0..=255u8 {
                let mut bytes = [0u8; 40];
                bytes[0] = kind;
                bytes[1] = len;
                for room in 0..=40 {
                    let got = walk(&bytes[..room]);
                    let want = match kind {
                        _ if room == 0 => (0, None),
                        option::END => (0, None),
                        // What follows a no-operation is an option of kind `len`.
                        option::NOP => continue,
                        _ if room < 2 || len < 2 || usize::from(len) > room => (0, Some(20)),
                        _ => (1, None),
                    };
                    assert_eq!(got, want, "kind {kind} length {len} room {room}");
                }
            }
        }
    }

    #[test]
    fn the_error_points_at_the_bad_option() {
        assert_eq!(walk(&[1, 1, 1, 148, 4, 0, 0, 7, 40, 0, 0, 0]), (1, Some(27)));
        assert_eq!(walk(&[148, 4, 0, 0, 1, 1, 1, 7]), (1, Some(27)));
    }

    #[test]
    fn all_padding_and_no_more_than_a_header_holds() {
        assert_eq!(walk(&[1; 40]), (0, None));
        assert_eq!(walk(&[1; 400]), (0, None));
    }

    #[test]
    fn routes_of_every_length() {
        let data = [4u8; 38];
        for len in 0..=data.len() {
            let route = IpOption { kind: option::LOOSE_SOURCE_ROUTE, data: &data[..len] };
            assert!(route.is_source_route());
            let hops = route.route().map(|r| r.count());
            assert_eq!(hops, len.checked_sub(1).map(|bytes| bytes / 4));
        }
        assert!(IpOption { kind: option::TIMESTAMP, data: &data }.route().is_none());
    }
}
