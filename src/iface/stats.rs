// SPDX-License-Identifier: Apache-2.0
//! `struct net_stats`: the counters of the host, and of each interface where that is configured.
//!
//! Called by: `stack` for each packet dropped, `capi::net_stats` for each that passes. Counters are
//! read by C at any time and written from any thread: each is an atomic of its own, so that a reader
//! sees every one right, though not all at the same moment.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::cell::{Byte, Word};
use super::ifref::IfRef;
use crate::base::DropReason;
#[cfg(not(target_has_atomic = "ptr"))]
use crate::os::atomic::*;

/// `net_stats_t`: wraps.
#[repr(transparent)]
#[derive(Debug)]
pub struct Counter(AtomicU32);

impl Counter {
    const fn new() -> Self {
        Counter(AtomicU32::new(0))
    }

    /// Counts one.
    #[inline]
    pub fn one(&self) {
        self.add(1);
    }

    /// Counts `n`.
    #[inline]
    pub fn add(&self, n: usize) {
        self.0.fetch_add(n as u32, Relaxed);
    }
}

/// A sum of 64 bits: its halves, the lower first, as little-endian processors have it.
#[repr(C)]
#[derive(Debug)]
pub struct Sum {
    align: [u64; 0],
    low: AtomicU32,
    high: AtomicU32,
}

impl Sum {
    /// Nothing yet; which structures count so is a matter of configuration.
    #[allow(dead_code)]
    const fn new() -> Self {
        Sum { align: [], low: AtomicU32::new(0), high: AtomicU32::new(0) }
    }

    /// Adds `n`.
    pub fn add(&self, n: u32) {
        if self.low.fetch_add(n, Relaxed).checked_add(n).is_none() {
            self.high.fetch_add(1, Relaxed);
        }
    }
}

/// Declares structures of counters.
macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$cfg:meta])* $field:ident: $type:ty = $new:expr,)*
    })*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Debug)]
        #[allow(missing_docs)]
        pub struct $name {
            $($(#[$cfg])* pub $field: $type,)*
        }

        impl $name {
            // Each is declared in C, whichever of them an interface has.
            #[allow(dead_code)]
            const fn new() -> Self {
                $name { $($(#[$cfg])* $field: $new,)* }
            }
        }
    )*};
}

/// `NET_TC_TX_STATS_COUNT`.
#[cfg(CONFIG_ZNET_STATISTICS_TC)]
const TX_CLASSES: usize =
    if crate::config::NET_TC_TX_COUNT == 0 { 1 } else { crate::config::NET_TC_TX_COUNT };
/// `NET_TC_RX_STATS_COUNT`.
#[cfg(CONFIG_ZNET_STATISTICS_TC)]
const RX_CLASSES: usize =
    if crate::config::NET_TC_RX_COUNT == 0 { 1 } else { crate::config::NET_TC_RX_COUNT };

counters! {
    /// `struct net_stats_bytes`.
    Bytes {
        sent: Counter = Counter::new(),
        received: Counter = Counter::new(),
    }
    /// `struct net_stats_ip`.
    Ip {
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
        forwarded: Counter = Counter::new(),
        drop: Counter = Counter::new(),
    }
    /// `struct net_stats_ip_errors`.
    IpErrors {
        vhlerr: Counter = Counter::new(),
        hblenerr: Counter = Counter::new(),
        lblenerr: Counter = Counter::new(),
        fragerr: Counter = Counter::new(),
        chkerr: Counter = Counter::new(),
        protoerr: Counter = Counter::new(),
    }
    /// `struct net_stats_icmp`.
    Icmp {
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
        drop: Counter = Counter::new(),
        typeerr: Counter = Counter::new(),
        chkerr: Counter = Counter::new(),
    }
    /// `struct net_stats_udp`.
    Udp {
        drop: Counter = Counter::new(),
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
        chkerr: Counter = Counter::new(),
    }
    /// `struct net_stats_tcp`.
    Tcp {
        bytes: Bytes = Bytes::new(),
        resent: Counter = Counter::new(),
        drop: Counter = Counter::new(),
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
        seg_drop: Counter = Counter::new(),
        chkerr: Counter = Counter::new(),
        ackerr: Counter = Counter::new(),
        rsterr: Counter = Counter::new(),
        rst: Counter = Counter::new(),
        rexmit: Counter = Counter::new(),
        conndrop: Counter = Counter::new(),
        connrst: Counter = Counter::new(),
    }
    /// `struct net_stats_ipv6_nd`, and those of path MTU discovery.
    Discovery {
        drop: Counter = Counter::new(),
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
    }
    /// `struct net_stats_ipv6_mld`, and those of IGMP and DNS.
    Messages {
        recv: Counter = Counter::new(),
        sent: Counter = Counter::new(),
        drop: Counter = Counter::new(),
    }
    /// `struct net_stats_tx_time` and `net_stats_rx_time`.
    Time {
        sum: Sum = Sum::new(),
        count: Counter = Counter::new(),
    }
    /// A class of `struct net_stats_tc`, sent.
    ClassSent {
        tx_time: Time = Time::new(),
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
        tx_time_detail: [Time; STATIONS] = [const { Time::new() }; STATIONS],
        pkts: Counter = Counter::new(),
        dropped: Counter = Counter::new(),
        bytes: Counter = Counter::new(),
        priority: Byte = Byte::new(0),
    }
    /// A class of `struct net_stats_tc`, received.
    ClassReceived {
        rx_time: Time = Time::new(),
        #[cfg(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)]
        rx_time_detail: [Time; STATIONS] = [const { Time::new() }; STATIONS],
        pkts: Counter = Counter::new(),
        dropped: Counter = Counter::new(),
        bytes: Counter = Counter::new(),
        priority: Byte = Byte::new(0),
    }
    /// `struct net_stats`.
    NetStats {
        processing_error: Counter = Counter::new(),
        bytes: Bytes = Bytes::new(),
        ip_errors: IpErrors = IpErrors::new(),
        #[cfg(CONFIG_NET_STATISTICS_IPV6)]
        ipv6: Ip = Ip::new(),
        #[cfg(CONFIG_NET_STATISTICS_IPV4)]
        ipv4: Ip = Ip::new(),
        #[cfg(CONFIG_NET_STATISTICS_ICMP)]
        icmp: Icmp = Icmp::new(),
        #[cfg(CONFIG_NET_STATISTICS_TCP)]
        tcp: Tcp = Tcp::new(),
        #[cfg(CONFIG_NET_STATISTICS_UDP)]
        udp: Udp = Udp::new(),
        #[cfg(CONFIG_NET_STATISTICS_IPV6_ND)]
        ipv6_nd: Discovery = Discovery::new(),
        #[cfg(CONFIG_NET_STATISTICS_IPV6_PMTU)]
        ipv6_pmtu: Discovery = Discovery::new(),
        #[cfg(CONFIG_NET_STATISTICS_IPV4_PMTU)]
        ipv4_pmtu: Discovery = Discovery::new(),
        #[cfg(CONFIG_NET_STATISTICS_MLD)]
        ipv6_mld: Messages = Messages::new(),
        #[cfg(CONFIG_NET_STATISTICS_IGMP)]
        ipv4_igmp: Messages = Messages::new(),
        #[cfg(CONFIG_NET_STATISTICS_DNS)]
        dns: Messages = Messages::new(),
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        tc_sent: [ClassSent; TX_CLASSES] = [const { ClassSent::new() }; TX_CLASSES],
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        tc_recv: [ClassReceived; RX_CLASSES] = [const { ClassReceived::new() }; RX_CLASSES],
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS)]
        tx_time: Time = Time::new(),
        #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
        rx_time: Time = Time::new(),
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
        tx_time_detail: [Time; STATIONS] = [const { Time::new() }; STATIONS],
        #[cfg(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)]
        rx_time_detail: [Time; STATIONS] = [const { Time::new() }; STATIONS],
        #[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
        pm: Suspended = Suspended::new(),
    }
    /// `struct net_stats_pm`.
    Suspended {
        overall_suspend_time: Sum = Sum::new(),
        suspend_count: Counter = Counter::new(),
        last_suspend_time: Word = Word::new(0),
        start_time: Word = Word::new(0),
    }
}

#[cfg(any(CONFIG_NET_PKT_TXTIME_STATS_DETAIL, CONFIG_NET_PKT_RXTIME_STATS_DETAIL))]
const STATIONS: usize = crate::buf::shell::NET_PKT_DETAIL_STATS_COUNT;

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_stats.h":
    Bytes = "struct net_stats_bytes" { sent, received };
    Ip = "struct net_stats_ip" { recv, sent, forwarded, drop };
    IpErrors = "struct net_stats_ip_errors" { vhlerr, hblenerr, lblenerr, fragerr, chkerr, protoerr };
    Icmp = "struct net_stats_icmp" { recv, sent, drop, typeerr, chkerr };
    Udp = "struct net_stats_udp" { drop, recv, sent, chkerr };
    Tcp = "struct net_stats_tcp" {
        bytes, resent, drop, recv, sent, seg_drop, chkerr, ackerr, rsterr, rst, rexmit, conndrop, connrst
    };
    Discovery = "struct net_stats_ipv6_nd" { drop, recv, sent };
    Messages = "struct net_stats_ipv6_mld" { recv, sent, drop };
    Time = "struct net_stats_tx_time" { sum, count };
    Suspended = "struct net_stats_pm" {
        overall_suspend_time, suspend_count, last_suspend_time, start_time
    };
    NetStats = "struct net_stats" {
        processing_error, bytes, ip_errors,
        #[cfg(CONFIG_NET_STATISTICS_IPV6)]
        ipv6,
        #[cfg(CONFIG_NET_STATISTICS_IPV4)]
        ipv4,
        #[cfg(CONFIG_NET_STATISTICS_ICMP)]
        icmp,
        #[cfg(CONFIG_NET_STATISTICS_TCP)]
        tcp,
        #[cfg(CONFIG_NET_STATISTICS_UDP)]
        udp,
        #[cfg(CONFIG_NET_STATISTICS_IPV6_ND)]
        ipv6_nd,
        #[cfg(CONFIG_NET_STATISTICS_MLD)]
        ipv6_mld,
        #[cfg(CONFIG_NET_STATISTICS_IGMP)]
        ipv4_igmp,
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        tc_sent = "tc.sent",
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        tc_recv = "tc.recv",
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS)]
        tx_time,
        #[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
        rx_time,
        #[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
        pm,
    };
}

/// `net_stats`: the host's.
#[unsafe(export_name = "net_stats")]
pub static HOST: NetStats = NetStats::new();

impl NetStats {
    /// All zero: those of an interface made in Rust.
    #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
    pub(super) const fn zero() -> Self {
        NetStats::new()
    }

    /// Sets all to 0.
    pub fn reset(&self) {
        (0..self.words()).for_each(|at| self.word(at).store(0, Relaxed));
    }

    /// Words of 32 bits that the structure consists of.
    pub fn words(&self) -> usize {
        size_of::<Self>() / size_of::<u32>()
    }

    /// One of these words.
    fn word(&self, at: usize) -> &AtomicU32 {
        debug_assert!(at < self.words());
        // SAFETY: the structure is made of atomics and has been zeroed whole, so each of its words may
        // be looked at as one; those past the end are refused by all callers.
        unsafe { &*core::ptr::from_ref(self).cast::<AtomicU32>().add(at) }
    }

    /// The word at `at`, from 0; 0 past the end.
    pub fn read(&self, at: usize) -> u32 {
        if at < self.words() { self.word(at).load(Relaxed) } else { 0 }
    }
}

#[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
impl Suspended {
    /// It begins, at `now` in milliseconds.
    pub fn begin(&self, now: u32) {
        self.suspend_count.one();
        self.start_time.set(now);
    }

    /// It ends.
    pub fn end(&self, now: u32) {
        let took = now.wrapping_sub(self.start_time.get());
        self.last_suspend_time.set(took);
        self.overall_suspend_time.add(took);
    }
}

/// Runs `f` on the host's counters, and on those of `iface` where interfaces have some.
#[inline]
pub fn with(iface: Option<IfRef>, f: impl Fn(&NetStats)) {
    f(&HOST);
    #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
    if let Some(iface) = iface {
        f(iface.stats());
    }
    #[cfg(not(CONFIG_NET_STATISTICS_PER_INTERFACE))]
    let _ = iface;
}

/// A packet was dropped.
#[cold]
pub fn dropped(iface: Option<IfRef>, reason: DropReason) {
    with(iface, |stats| count_drop(stats, reason));
}

#[allow(clippy::enum_glob_use)]
fn count_drop(stats: &NetStats, reason: DropReason) {
    use DropReason::*;
    let errors = &stats.ip_errors;
    match reason {
        LinkTruncated | LinkUnknownProtocol => stats.processing_error.one(),
        Ipv4BadVersion | Ipv4Malformed | Ipv6BadVersion | Ipv6Malformed => errors.vhlerr.one(),
        Ipv4BadChecksum => errors.chkerr.one(),
        Ipv4Fragment | Ipv6Fragment | FragmentMalformed | FragmentOverlap | FragmentLimit
        | FragmentTimeout => errors.fragerr.one(),
        Ipv4UnknownProtocol | Ipv6UnknownNextHeader => errors.protoerr.one(),
        _ => {}
    }
    match reason {
        #[cfg(CONFIG_NET_STATISTICS_IPV4)]
        Ipv4Malformed | Ipv4BadVersion | Ipv4BadChecksum | Ipv4BadOption | Ipv4BadSource
        | Ipv4LinkBroadcast | Ipv4NotForUs | Ipv4Fragment | Ipv4UnknownProtocol => {
            stats.ipv4.drop.one();
        }
        #[cfg(CONFIG_NET_STATISTICS_IPV6)]
        Ipv6Malformed
        | Ipv6BadVersion
        | Ipv6BadSource
        | Ipv6BadDestination
        | Ipv6NotForUs
        | Ipv6BadExtension
        | Ipv6BadOption
        | Ipv6UnknownOption
        | Ipv6RoutingHeader
        | Ipv6Fragment
        | Ipv6UnknownNextHeader
        | Ipv6NoNextHeader => stats.ipv6.drop.one(),
        #[cfg(CONFIG_NET_STATISTICS_IPV6_ND)]
        NdMalformed | NdInvalid | NdNotForUs | NdDuplicate => stats.ipv6_nd.drop.one(),
        #[cfg(CONFIG_NET_STATISTICS_MLD)]
        MldMalformed | MldInvalid | MldNotForUs => stats.ipv6_mld.drop.one(),
        #[cfg(CONFIG_NET_STATISTICS_IGMP)]
        IgmpMalformed | IgmpBadChecksum | IgmpUnknownType => stats.ipv4_igmp.drop.one(),
        #[cfg(CONFIG_NET_STATISTICS_ICMP)]
        IcmpMalformed | IcmpBadChecksum | IcmpUnknownType | IcmpEchoToGroup | IcmpBadQuote => {
            stats.icmp.drop.one();
            match reason {
                IcmpBadChecksum => stats.icmp.chkerr.one(),
                IcmpUnknownType => stats.icmp.typeerr.one(),
                _ => {}
            }
        }
        #[cfg(CONFIG_NET_STATISTICS_UDP)]
        UdpMalformed | UdpBadChecksum | UdpBadPort | UdpNoSocket | SocketQueueFull => {
            stats.udp.drop.one();
            if reason == UdpBadChecksum {
                stats.udp.chkerr.one();
            }
        }
        #[cfg(CONFIG_NET_STATISTICS_TCP)]
        _ => count_tcp_drop(&stats.tcp, reason),
        #[cfg(not(CONFIG_NET_STATISTICS_TCP))]
        _ => {}
    }
}

#[cfg(CONFIG_NET_STATISTICS_TCP)]
#[allow(clippy::enum_glob_use)]
fn count_tcp_drop(tcp: &Tcp, reason: DropReason) {
    use DropReason::*;
    match reason {
        TcpBadChecksum => tcp.chkerr.one(),
        TcpBadAck => tcp.ackerr.one(),
        TcpBadReset => tcp.rsterr.one(),
        TcpOutOfWindow | TcpPaws | TcpDuplicate | TcpOutOfOrder => tcp.seg_drop.one(),
        TcpBacklogFull | TcpNoContext => tcp.conndrop.one(),
        TcpNoSocket => tcp.connrst.one(),
        TcpMalformed | TcpBadAddress | TcpUnexpectedSyn | TcpBadFlags | TcpClosed | TcpTimeWait => {
        }
        _ => return,
    }
    tcp.drop.one();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_carries_into_its_upper_half() {
        let sum = Sum::new();
        sum.add(u32::MAX);
        sum.add(3);
        assert_eq!((sum.low.load(Relaxed), sum.high.load(Relaxed)), (2, 1));
    }

    #[test]
    fn a_counter_begins_anew_at_its_end() {
        let counter = Counter::new();
        counter.add(u32::MAX as usize);
        counter.one();
        counter.add(5);
        assert_eq!(counter.0.load(Relaxed), 5);
    }

    #[test]
    fn a_drop_is_counted_where_it_belongs() {
        let stats = NetStats::new();
        count_drop(&stats, DropReason::LinkUnknownProtocol);
        count_drop(&stats, DropReason::Ipv4BadChecksum);
        assert_eq!(stats.read(0), 1, "the first member");
        assert_eq!(stats.ip_errors.chkerr.0.load(Relaxed), 1);
        stats.reset();
        assert!((0..stats.words()).all(|at| stats.read(at) == 0));
        assert_eq!(stats.read(stats.words()), 0);
    }
}
