// SPDX-License-Identifier: Apache-2.0
//! Servers and search domains of the domain name system that routers tell of (RFC 8106).
//!
//! Called by: `stack::v6::{router, timers}`. Everything has a time after which it is forgotten.

use heapless::{String, Vec};

use crate::base::list::take_in_order;
use crate::base::{Instant, Ipv6Addr};

/// Servers kept; RFC 8106, 5.3.1 has three suffice.
const SERVERS: usize = 3;
/// Search domains kept.
const DOMAINS: usize = 3;
/// Longest name of a search domain that is kept, in bytes; names can have 253.
pub const NAME_MAX: usize = 63;

/// What a router tells, and until when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told<T> {
    iface: u8,
    what: T,
    /// `None` is for ever.
    until: Option<Instant>,
}

/// Servers and search domains, those told last behind the others.
pub struct DnsInfo {
    servers: Vec<Told<Ipv6Addr>, SERVERS>,
    domains: Vec<Told<String<NAME_MAX>>, DOMAINS>,
}

impl DnsInfo {
    /// Nothing has been told.
    pub const fn new() -> Self {
        DnsInfo { servers: Vec::new(), domains: Vec::new() }
    }

    /// The servers, and the interface on which each was told of.
    pub fn servers(&self) -> impl Iterator<Item = (u8, Ipv6Addr)> {
        self.servers.iter().map(|told| (told.iface, told.what))
    }

    /// The search domains without a dot at the end, and the interface on which each was told of.
    pub fn domains(&self) -> impl Iterator<Item = (u8, &str)> {
        self.domains.iter().map(|told| (told.iface, told.what.as_str()))
    }

    /// A router tells of a server until a time, or with `over` that there is none any more.
    pub fn server(&mut self, iface: u8, addr: Ipv6Addr, until: Option<Instant>, over: bool) {
        if !(addr.is_unspecified() || addr.is_multicast() || addr.is_loopback()) {
            put(&mut self.servers, Told { iface, what: addr, until }, over);
        }
    }

    /// A router tells of search domains, encoded as in RFC 1035, 3.1, padding behind them. A name that
    /// is none, or too long to be kept, is passed over.
    pub fn search(&mut self, iface: u8, encoded: &[u8], until: Option<Instant>, over: bool) {
        let mut rest = encoded;
        while let Some((name, behind)) = next_name(rest) {
            rest = behind;
            if let Some(what) = name {
                put(&mut self.domains, Told { iface, what, until }, over);
            }
        }
    }

    /// Forgets what was told on an interface.
    pub fn forget(&mut self, iface: u8) {
        self.servers.retain(|told| told.iface != iface);
        self.domains.retain(|told| told.iface != iface);
    }

    /// Forgets what is over.
    pub fn expire(&mut self, now: Instant) {
        self.servers.retain(|told| told.until.is_none_or(|until| until > now));
        self.domains.retain(|told| told.until.is_none_or(|until| until > now));
    }

    /// When something is over next.
    pub fn deadline(&self) -> Option<Instant> {
        let servers = self.servers.iter().filter_map(|told| told.until);
        servers.chain(self.domains.iter().filter_map(|told| told.until)).min()
    }
}

impl Default for DnsInfo {
    fn default() -> Self {
        Self::new()
    }
}

/// Adds or renews an entry; in a full list what is over first gives way (RFC 8106, 6.1 d).
fn put<T: PartialEq, const N: usize>(list: &mut Vec<Told<T>, N>, new: Told<T>, over: bool) {
    let at = list.iter().position(|old| old.iface == new.iface && old.what == new.what);
    match (at.and_then(|at| list.get_mut(at)), over) {
        (Some(old), false) => old.until = new.until,
        (Some(_), true) => {
            list.retain(|old| old.iface != new.iface || old.what != new.what);
        }
        (None, true) => {}
        (None, false) => {
            if list.is_full() {
                // What holds for ever goes behind what ends some day.
                let end = |told: &Told<T>| told.until.map_or(u64::MAX, Instant::as_micros);
                let first = list.iter().enumerate().min_by_key(|(_, old)| end(old));
                if let Some((at, _)) = first {
                    take_in_order(list, at);
                }
            }
            let _ = list.push(new);
        }
    }
}

/// The first name of a list and what is behind it; `None` at the end, or where nothing sensible can
/// follow. A name with characters no host name has comes out as `None`.
fn next_name(encoded: &[u8]) -> Option<(Option<String<NAME_MAX>>, &[u8])> {
    let (mut text, mut fits) = (String::new(), true);
    let mut rest = encoded;
    loop {
        let (&len, behind) = rest.split_first()?;
        if len == 0 {
            // Padding begins with an empty name.
            return (rest.len() != encoded.len()).then(|| (Some(text).filter(|_| fits), behind));
        }
        // Names are not compressed (RFC 8106, 5.2), and a label has up to 63 bytes.
        let (label, behind) = behind.split_at_checked(usize::from(len))?;
        if len > 63 {
            return None;
        }
        if !text.is_empty() {
            fits &= text.push('.').is_ok();
        }
        for &byte in label {
            let usual = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            fits &= usual && text.push(char::from(byte).to_ascii_lowercase()).is_ok();
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Option<Instant> {
        Some(Instant::from_millis(seconds * 1000))
    }

    fn addr(last: u16) -> Ipv6Addr {
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last)
    }

    fn domains(info: &DnsInfo) -> std::vec::Vec<&str> {
        info.domains().map(|(_, name)| name).collect()
    }

    #[test]
    fn servers_come_are_renewed_and_go() {
        let mut info = DnsInfo::new();
        info.server(1, addr(1), at(10), false);
        info.server(1, addr(2), None, false);
        info.server(1, Ipv6Addr::UNSPECIFIED, None, false);
        assert_eq!(info.servers().count(), 2);
        info.server(1, addr(1), at(20), false);
        assert_eq!((info.servers().count(), info.deadline()), (2, at(20)));
        info.expire(Instant::from_millis(20_000));
        assert_eq!(info.servers().collect::<std::vec::Vec<_>>(), [(1, addr(2))]);
        info.server(1, addr(2), None, true);
        info.server(1, addr(9), None, true);
        assert_eq!((info.servers().count(), info.deadline()), (0, None));
    }

    #[test]
    fn the_first_to_be_over_gives_way() {
        let mut info = DnsInfo::new();
        info.server(1, addr(1), None, false);
        info.server(1, addr(2), at(10), false);
        info.server(2, addr(3), at(20), false);
        info.server(1, addr(4), at(30), false);
        let left: std::vec::Vec<_> = info.servers().collect();
        assert_eq!(left, [(1, addr(1)), (2, addr(3)), (1, addr(4))]);
        info.forget(1);
        assert_eq!(info.servers().count(), 1);
    }

    #[test]
    fn search_domains_are_read_up_to_their_padding() {
        let mut info = DnsInfo::new();
        info.search(1, b"\x03Lan\x07example\0\x04home\0\0\0\0", at(10), false);
        assert_eq!(domains(&info), ["lan.example", "home"]);
        info.search(1, b"\x04home\0", None, true);
        assert_eq!(domains(&info), ["lan.example"]);
    }

    #[test]
    fn what_is_no_name_is_passed_over() {
        for bad in [
            &b"\x03l n\0"[..],
            b"\x05short",
            b"\xc0\x0c\0",
            b"\x41aaaa",
            b"\0\0\0\0",
            &[[63; 64], [63; 64]].concat(),
        ] {
            let mut info = DnsInfo::new();
            info.search(1, bad, None, false);
            assert_eq!(domains(&info), [""; 0], "{bad:?}");
        }
        // One bad name does not hide a good one behind it.
        let mut info = DnsInfo::new();
        info.search(1, b"\x03l n\0\x02ok\0", None, false);
        assert_eq!(domains(&info), ["ok"]);
    }
}
