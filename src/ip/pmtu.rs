// SPDX-License-Identifier: Apache-2.0
//! What paths carry: the destinations for which a router said that a packet was too big (RFC 1191; RFC 8201).
//!
//! Called by: `stack::pmtu`, which has checked that what the router quotes was ours. An estimate only goes down until
//! it is forgotten, ten minutes after it went down last (RFC 8201, 4): then the link's MTU is tried again.

use heapless::Vec;

use crate::base::{Duration, Instant, IpAddr};
use crate::config;

/// Destinations remembered, of both families together.
pub const PATHS: usize = match config::NET_IPV4_PMTU_DESTINATION_CACHE_ENTRIES
    + config::NET_IPV6_PMTU_DESTINATION_CACHE_ENTRIES
{
    0 => 1,
    paths => paths,
};
/// How long an estimate holds.
const HOLDS: Duration = Duration::from_secs(600);
/// The least that is believed of an IPv4 path: whoever claims less wants us to send crumbs.
pub const LEAST_V4: u16 = 576;
/// What every IPv6 link carries (RFC 8200, 5).
pub const LEAST_V6: u16 = 1280;
/// Sizes to try where a router does not say what it takes (RFC 1191, 7.1).
const PLATEAUS: [u16; 6] = [32_000, 17_914, 8_166, 4_352, 1_492, 1_006];

/// What is known of the path to one destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The destination.
    pub dst: IpAddr,
    /// The largest packet it carries.
    pub mtu: u16,
    /// When that was learnt.
    pub since: Instant,
}

/// Echo messages of ours large enough to meet a link they don't fit, which no context stands for.
#[derive(Clone, Copy)]
struct Echo {
    dst: IpAddr,
    name: u32,
}

/// The estimates.
pub struct Cache {
    paths: Vec<Path, PATHS>,
    /// The smallest of all: packets no larger than this need no look-up.
    least: u16,
    echoes: [Option<Echo>; 4],
    next_echo: u8,
}

impl Cache {
    /// Every path carries what its link does.
    pub const fn new() -> Self {
        Cache { paths: Vec::new(), least: u16::MAX, echoes: [None; 4], next_echo: 0 }
    }

    /// What the path to `dst` carries, `link` at most.
    #[inline]
    pub fn mtu(&self, dst: IpAddr, link: u16) -> u16 {
        if link <= self.least { link } else { self.look_up(dst).map_or(link, |mtu| mtu.min(link)) }
    }

    #[cold]
    fn look_up(&self, dst: IpAddr) -> Option<u16> {
        self.paths.iter().find(|p| p.dst == dst).map(|p| p.mtu)
    }

    /// The smallest estimate there is.
    #[inline]
    pub fn least(&self) -> u16 {
        self.least
    }

    /// The paths known.
    pub fn iter(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter()
    }

    /// A router says that a packet of `sent` bytes to `dst` exceeds the `mtu` of a link behind it, 0 where it does not
    /// say. Returns the new estimate when it is news.
    pub fn too_big(&mut self, now: Instant, dst: IpAddr, mtu: u16, sent: u16) -> Option<u16> {
        let least = match dst {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(_) => LEAST_V4,
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(_) => LEAST_V6,
        };
        let mtu = match mtu {
            0 => PLATEAUS.into_iter().find(|&plateau| plateau < sent).unwrap_or(least),
            mtu => mtu,
        };
        // A link of IPv6 that carries less would be none (RFC 8201, 4).
        if least == LEAST_V6 && mtu < least {
            return None;
        }
        // Nor does any refuse what it takes.
        let mtu = mtu.max(least);
        if mtu >= sent {
            return None;
        }
        if self.look_up(dst).is_some_and(|known| known <= mtu) {
            return None;
        }
        self.set(now, dst, mtu);
        Some(mtu)
    }

    /// Notes what the path to `dst` carries, whatever was known; returns that. The oldest estimate makes place.
    pub fn set(&mut self, now: Instant, dst: IpAddr, mtu: u16) -> Option<u16> {
        let before = self.look_up(dst);
        self.paths.retain(|p| p.dst != dst);
        if self.paths.is_full() {
            let oldest =
                self.paths.iter().enumerate().min_by_key(|(_, p)| p.since).map(|(at, _)| at);
            if let Some(at) = oldest {
                crate::base::list::take(&mut self.paths, at);
            }
        }
        let _ = self.paths.push(Path { dst, mtu, since: now });
        self.measure();
        before
    }

    /// Forgets what is too old to be believed.
    pub fn expire(&mut self, now: Instant) {
        self.paths.retain(|p| now < p.since + HOLDS);
        self.measure();
    }

    /// When the next estimate is too old.
    pub fn deadline(&self) -> Option<Instant> {
        self.paths.iter().map(|p| p.since + HOLDS).min()
    }

    fn measure(&mut self) {
        self.least = self.paths.iter().map(|p| p.mtu).min().unwrap_or(u16::MAX);
    }

    /// Remembers an echo message of ours by identifier and sequence number.
    pub fn note_echo(&mut self, dst: IpAddr, name: u32) {
        let at = usize::from(self.next_echo) % self.echoes.len();
        self.next_echo = self.next_echo.wrapping_add(1);
        if let Some(place) = self.echoes.get_mut(at) {
            *place = Some(Echo { dst, name });
        }
    }

    /// True when an echo message of that name went to `dst` lately.
    pub fn is_echo(&self, dst: IpAddr, name: u32) -> bool {
        self.echoes.iter().flatten().any(|echo| echo.dst == dst && echo.name == name)
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_millis(1_000);

    #[cfg(CONFIG_NET_IPV4)]
    fn v4(last: u8) -> IpAddr {
        IpAddr::V4([192, 0, 2, last].into())
    }

    #[cfg(CONFIG_NET_IPV6)]
    #[test]
    fn an_ipv6_path_carries_1280_bytes() {
        let dst = IpAddr::V6("2001:db8::1".parse().unwrap());
        let mut cache = Cache::new();
        for (mtu, sent) in [(1279, 1500), (68, 1500), (1500, 1500), (1600, 1500), (1300, 1300)] {
            assert_eq!(cache.too_big(NOW, dst, mtu, sent), None, "{mtu} of {sent}");
        }
        assert_eq!(cache.mtu(dst, 1500), 1500);
        assert_eq!(cache.too_big(NOW, dst, 1400, 1500), Some(1400));
        assert_eq!(cache.too_big(NOW, dst, 1450, 1500), None, "never up");
        assert_eq!(cache.too_big(NOW, dst, 1280, 1400), Some(1280));
        assert_eq!((cache.mtu(dst, 1500), cache.mtu(dst, 1000)), (1280, 1000));
    }

    #[cfg(CONFIG_NET_IPV4)]
    #[test]
    fn old_routers_do_not_say() {
        let mut cache = Cache::new();
        for (sent, mtu) in [(1500, 1492), (1492, 1006), (1006, 576)] {
            assert_eq!(cache.too_big(NOW, v4(1), 0, sent), Some(mtu));
        }
        assert_eq!(cache.too_big(NOW, v4(1), 0, 576), None);
        assert_eq!(cache.too_big(NOW, v4(3), 1, 36), None, "no packet of ours was as small");
        assert_eq!(cache.too_big(NOW, v4(2), 68, 1500), Some(LEAST_V4), "no crumbs");
    }

    #[cfg(CONFIG_NET_IPV4)]
    #[test]
    fn estimates_are_few_and_age() {
        let mut cache = Cache::new();
        for last in 0..=PATHS as u8 {
            let now = NOW + Duration::from_secs(u64::from(last));
            assert_eq!(
                cache.too_big(now, v4(last), 1000 + u16::from(last), 1500),
                Some(1000 + u16::from(last))
            );
        }
        assert_eq!(cache.iter().count(), PATHS);
        assert_eq!(
            (cache.mtu(v4(0), 1500), cache.least()),
            (1500, 1001),
            "the oldest is forgotten"
        );
        let over = cache.deadline().unwrap();
        assert_eq!(over, NOW + Duration::from_secs(601));
        cache.expire(over);
        assert_eq!((cache.mtu(v4(1), 1500), cache.iter().count()), (1500, PATHS - 1));
        cache.expire(over + Duration::from_secs(600));
        assert_eq!((cache.least(), cache.deadline()), (u16::MAX, None));
    }

    #[cfg(CONFIG_NET_IPV4)]
    #[test]
    fn echoes_are_remembered_for_a_moment() {
        let mut cache = Cache::new();
        for name in 0..5 {
            cache.note_echo(v4(1), name);
        }
        assert!(cache.is_echo(v4(1), 4) && !cache.is_echo(v4(1), 0) && !cache.is_echo(v4(2), 4));
    }
}
