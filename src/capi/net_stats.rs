// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_stats.h>`: how long packets take, and the requests that read the counters.
//!
//! Called by: `capi::{queues, transmit}` with the time that packets took, C. What passes is counted by
//! `stack::statistics`.
#![allow(clippy::missing_safety_doc)]

#[cfg(CONFIG_NET_STATISTICS_USER_API)]
use core::ffi::{c_int, c_void};

#[cfg(CONFIG_NET_STATISTICS_USER_API)]
use crate::base::Error;
#[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS))]
use crate::buf::{Pkt, cycles};
use crate::iface::stats::{self, NetStats};
use crate::iface::{IfRef, NetIf};

/// Microseconds between two readings of the cycle counter.
#[cfg(any(CONFIG_NET_PKT_RXTIME_STATS, CONFIG_NET_PKT_TXTIME_STATS))]
fn micros(start: u32, end: u32) -> u32 {
    let cycles = u64::from(end.wrapping_sub(start));
    let rate = crate::config::SYS_CLOCK_HW_CYCLES_PER_SEC as u64;
    (cycles * 1_000_000).checked_div(rate).unwrap_or(0) as u32
}

/// What is timed of a packet on its way up: its interface, its priority, when it came, and when it was
/// taken from its queue.
#[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
pub(super) struct RxTimed {
    iface: Option<IfRef>,
    #[cfg(CONFIG_ZNET_STATISTICS_TC)]
    priority: u8,
    start: u32,
    #[cfg(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)]
    taken: u32,
}

#[cfg(CONFIG_NET_PKT_RXTIME_STATS)]
impl RxTimed {
    /// A packet that has been taken from its queue.
    pub(super) fn begin(pkt: &Pkt) -> Self {
        RxTimed {
            iface: IfRef::of(pkt),
            #[cfg(CONFIG_ZNET_STATISTICS_TC)]
            priority: pkt.priority(),
            start: pkt.create_time(),
            #[cfg(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)]
            taken: cycles(),
        }
    }

    /// The stack is through with it.
    pub(super) fn end(self) {
        let end = cycles();
        let took = micros(self.start, end);
        stats::with(self.iface, |stats| {
            stats.rx_time.sum.add(took);
            stats.rx_time.count.one();
            #[cfg(CONFIG_ZNET_STATISTICS_TC)]
            {
                let class = crate::stack::tc::class_of(self.priority, stats.tc_recv.len());
                if let Some(class) = stats.tc_recv.get(class) {
                    class.rx_time.sum.add(took);
                    class.rx_time.count.one();
                }
            }
            #[cfg(CONFIG_NET_PKT_RXTIME_STATS_DETAIL)]
            {
                let stations = [micros(self.start, self.taken), micros(self.taken, end)];
                for (place, took) in stats.rx_time_detail.iter().zip(stations) {
                    place.sum.add(took);
                    place.count.one();
                }
            }
        });
    }
}

/// The driver is through with a packet.
#[cfg(CONFIG_NET_PKT_TXTIME_STATS)]
pub(super) fn tx_took(iface: IfRef, pkt: &mut Pkt) {
    let (start, end) = (pkt.create_time(), cycles());
    let took = micros(start, end);
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
    let stations = pkt.take_stations();
    stats::with(Some(iface), |stats| {
        stats.tx_time.sum.add(took);
        stats.tx_time.count.one();
        #[cfg(CONFIG_ZNET_STATISTICS_TC)]
        {
            let class = crate::stack::tc::class_of(pkt.priority(), stats.tc_sent.len());
            if let Some(class) = stats.tc_sent.get(class) {
                class.tx_time.sum.add(took);
                class.tx_time.count.one();
            }
        }
        #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
        {
            let mut from = start;
            for (place, to) in
                stats.tx_time_detail.iter().zip(stations.iter().copied().chain([end]))
            {
                place.sum.add(micros(from, to));
                place.count.one();
                from = to;
            }
        }
    });
}

/// The counters of an interface, or of the host.
///
/// # Safety
/// `iface` is null or an interface.
unsafe fn counters(iface: *mut NetIf) -> &'static NetStats {
    #[cfg(CONFIG_NET_STATISTICS_PER_INTERFACE)]
    // SAFETY: the caller's promise.
    if let Some(iface) = unsafe { IfRef::from_raw(iface) } {
        return iface.stats();
    }
    let _ = iface;
    &stats::HOST
}

/// Sets counters to 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_stats_reset(iface: *mut NetIf) {
    // SAFETY: an interface, or null.
    unsafe { counters(iface) }.reset();
}

/// Copies `size` bytes of the counters from `offset` on, when that is as much as the caller wants.
///
/// # Safety
/// `iface` is null or an interface; `data` is null or writable for `len` bytes.
#[cfg(CONFIG_NET_STATISTICS_USER_API)]
unsafe fn copy(
    iface: *mut NetIf,
    data: *mut c_void,
    len: usize,
    offset: usize,
    size: usize,
) -> c_int {
    if data.is_null() || len != size {
        return -Error::Inval.errno();
    }
    // SAFETY: the caller's promise.
    let stats = unsafe { counters(iface) };
    for at in 0..size / 4 {
        let word = stats.read(offset / 4 + at).to_ne_bytes();
        // SAFETY: within the caller's memory, whatever its alignment.
        unsafe { data.cast::<[u8; 4]>().add(at).write_unaligned(word) };
    }
    0
}

/// Defines the functions that answer requests for a member.
#[cfg(CONFIG_NET_STATISTICS_USER_API)]
macro_rules! members {
    ($($(#[$attr:meta])* $name:ident = $member:ident: $type:ty;)*) => {
        super::request::requests! {$(
            $(#[$attr])*
            $name = copy(core::mem::offset_of!(NetStats, $member), size_of::<$type>());
        )*}
    };
}

#[cfg(CONFIG_NET_STATISTICS_USER_API)]
members! {
    /// Reads all counters.
    net_mgmt_NET_REQUEST_STATS_GET_ALL = processing_error: NetStats;
    /// Reads how many packets were of no known protocol.
    net_mgmt_NET_REQUEST_STATS_GET_PROCESSING_ERROR = processing_error: u32;
    /// Reads how many bytes passed.
    net_mgmt_NET_REQUEST_STATS_GET_BYTES = bytes: stats::Bytes;
    /// Reads why IP packets were dropped.
    net_mgmt_NET_REQUEST_STATS_GET_IP_ERRORS = ip_errors: stats::IpErrors;
    /// Reads the counters of IPv4.
    #[cfg(CONFIG_NET_STATISTICS_IPV4)]
    net_mgmt_NET_REQUEST_STATS_GET_IPV4 = ipv4: stats::Ip;
    /// Reads the counters of IPv6.
    #[cfg(CONFIG_NET_STATISTICS_IPV6)]
    net_mgmt_NET_REQUEST_STATS_GET_IPV6 = ipv6: stats::Ip;
    /// Reads the counters of neighbour discovery.
    #[cfg(CONFIG_NET_STATISTICS_IPV6_ND)]
    net_mgmt_NET_REQUEST_STATS_GET_IPV6_ND = ipv6_nd: stats::Discovery;
    /// Reads the counters of path MTU discovery.
    #[cfg(CONFIG_NET_STATISTICS_IPV6_PMTU)]
    net_mgmt_NET_REQUEST_STATS_GET_IPV6_PMTU = ipv6_pmtu: stats::Discovery;
    /// Reads the counters of path MTU discovery.
    #[cfg(CONFIG_NET_STATISTICS_IPV4_PMTU)]
    net_mgmt_NET_REQUEST_STATS_GET_IPV4_PMTU = ipv4_pmtu: stats::Discovery;
    /// Reads the counters of ICMP.
    #[cfg(CONFIG_NET_STATISTICS_ICMP)]
    net_mgmt_NET_REQUEST_STATS_GET_ICMP = icmp: stats::Icmp;
    /// Reads the counters of UDP.
    #[cfg(CONFIG_NET_STATISTICS_UDP)]
    net_mgmt_NET_REQUEST_STATS_GET_UDP = udp: stats::Udp;
    /// Reads how long an interface was suspended.
    #[cfg(CONFIG_NET_STATISTICS_POWER_MANAGEMENT)]
    net_mgmt_NET_REQUEST_STATS_GET_PM = pm: stats::Suspended;
    /// Reads the counters of TCP.
    #[cfg(CONFIG_NET_STATISTICS_TCP)]
    net_mgmt_NET_REQUEST_STATS_GET_TCP = tcp: stats::Tcp;
}

#[cfg(all(CONFIG_NET_STATISTICS_USER_API, CONFIG_NET_STATISTICS_ETHERNET))]
super::request::requests! {
    /// Reads the counters of an Ethernet driver.
    net_mgmt_NET_REQUEST_STATS_GET_ETHERNET = copy_ethernet();
}

/// Copies the counters of the driver below an interface, when the caller wants as much.
///
/// # Safety
/// As [`copy`].
#[cfg(all(CONFIG_NET_STATISTICS_USER_API, CONFIG_NET_STATISTICS_ETHERNET))]
unsafe fn copy_ethernet(iface: *mut NetIf, data: *mut c_void, len: usize) -> c_int {
    // SAFETY: an interface, or null.
    let Some(iface) = (unsafe { IfRef::from_raw(iface) }) else { return -Error::Inval.errno() };
    let Some(found) = super::ethernet::driver_stats(iface) else { return -Error::NoEnt.errno() };
    let size = ETHERNET_SIZE;
    if data.is_null() || len != size {
        return -Error::Inval.errno();
    }
    // SAFETY: the driver's structure, and the caller's memory for one.
    unsafe { core::ptr::copy_nonoverlapping(found.cast::<u8>().cast_const(), data.cast(), size) };
    0
}

/// Bytes of `struct net_stats_eth`: 43 counters, and a pointer where drivers have some of their own.
#[cfg(all(CONFIG_NET_STATISTICS_USER_API, CONFIG_NET_STATISTICS_ETHERNET))]
const ETHERNET_SIZE: usize = {
    let counters = 43 * size_of::<u32>();
    match cfg!(CONFIG_NET_STATISTICS_ETHERNET_VENDOR) {
        true => counters.next_multiple_of(size_of::<usize>()) + size_of::<usize>(),
        false => counters,
    }
};
