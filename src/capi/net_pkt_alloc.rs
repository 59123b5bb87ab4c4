// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pkt.h>`: packets and the buffers they get.
//!
//! Called by: applications and drivers in C. Room for headers is estimated as Zephyr does, from
//! family and protocol; the link header has its room in front of that.

use core::ffi::c_int;
use core::ptr;

use super::instance::{Instance, current, of};
use crate::base::Error;
use crate::buf::{
    Deadline, KTimeout, MemSlab, NetBuf, NetBufPool, NetIf, NetPkt, cursor, frag, pkt, pool,
};
#[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
use crate::buf::{alloc_stats, shell::NetPktAllocStatsSlab};
use crate::iface::{IfRef, L2Kind};
use crate::{config, wire};

const AF_UNSPEC: u8 = 0;
const AF_INET: u8 = 1;
const AF_INET6: u8 = 2;

const IPPROTO_ICMP: c_int = 1;
const IPPROTO_TCP: c_int = 6;
const IPPROTO_UDP: c_int = 17;
const IPPROTO_ICMPV6: c_int = 58;

/// Smallest MTU an IPv4 host has to handle (RFC 791, 3.1).
const IPV4_MTU: usize = 576;
/// Smallest MTU of a link that carries IPv6 (RFC 8200, 5).
const IPV6_MTU: usize = 1280;

/// The instance whose memory serves `iface`.
///
/// # Safety
/// `iface` is null or an interface.
unsafe fn instance_of(iface: *mut NetIf) -> &'static Instance {
    // SAFETY: as the caller vouches.
    unsafe { IfRef::from_raw(iface.cast()) }.map_or_else(current, of)
}

/// Is `slab` one that packets to be sent come from?
fn is_tx(slab: *const MemSlab) -> bool {
    ptr::eq(slab, current().core.pools().tx_slab())
}

/// The pool from which `pkt` gets buffers.
///
/// # Safety
/// `pkt` is live.
pub(super) unsafe fn data_pool(pkt: *const NetPkt) -> *mut NetBufPool {
    // SAFETY: as the caller vouches.
    let own = unsafe { (*pkt).data_pool };
    let common = current().core.pools().tx_pool();
    if !own.is_null() && !ptr::eq(own, common) {
        return own;
    }
    #[cfg(CONFIG_NET_CONTEXT_NET_PKT_POOL)]
    // SAFETY: as above.
    if let Some(of_context) = super::net_context::pool_of(unsafe { (*pkt).context }) {
        return of_context;
    }
    common
}

/// A packet without content from `slab`; null when there was none in time.
///
/// # Safety
/// `slab` is a slab of packets, `iface` null or an interface.
pub(super) unsafe fn alloc(
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    iface: *mut NetIf,
    deadline: Deadline,
) -> *mut NetPkt {
    let priority =
        if is_tx(slab) { config::NET_TX_DEFAULT_PRIORITY } else { config::NET_RX_DEFAULT_PRIORITY };
    #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
    let since = alloc_stats::cycles();
    // SAFETY: as the caller vouches; the packet is ours alone until returned.
    unsafe {
        let pkt = pkt::alloc(slab, priority as u8, deadline);
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        if pkt.is_null() {
            alloc_stats::failed(slab, 0, since);
        }
        if !pkt.is_null() {
            (*pkt).data_pool = from;
            set_iface(pkt, iface);
        }
        pkt
    }
}

/// Names the interface, and with it the type of the link addresses.
///
/// # Safety
/// `pkt` is live, `iface` null or an interface.
unsafe fn set_iface(pkt: *mut NetPkt, iface: *mut NetIf) {
    // SAFETY: as the caller vouches.
    unsafe {
        (*pkt).iface = iface;
        if let Some(iface) = IfRef::from_raw(iface.cast()) {
            name_links(pkt, iface);
        }
    }
}

/// Gives the link addresses of `pkt` the type of those on `iface`.
///
/// # Safety
/// `pkt` is live.
#[inline]
unsafe fn name_links(pkt: *mut NetPkt, iface: IfRef) {
    let kind = iface.dev().link_addr.kind_byte();
    // SAFETY: as the caller vouches.
    unsafe {
        (*pkt).lladdr_src.clear_to(kind);
        (*pkt).lladdr_dst.clear_to(kind);
    }
}

/// Bytes of headers that a packet of this family and protocol begins with.
fn headers_len(family: u8, proto: c_int) -> usize {
    let network = match family {
        AF_INET if cfg!(CONFIG_NET_IPV4) => wire::ipv4::HEADER_LEN,
        AF_INET6 if cfg!(CONFIG_NET_IPV6) => 40,
        AF_INET | AF_INET6 => 0,
        _ => return 0,
    };
    let transport = match proto {
        // The header, and the options a segment with SYN has.
        IPPROTO_TCP if cfg!(CONFIG_NET_TCP) => 20 + 8,
        IPPROTO_UDP if cfg!(CONFIG_NET_UDP) => wire::udp::HEADER_LEN,
        IPPROTO_ICMP | IPPROTO_ICMPV6 => 4,
        _ => 0,
    };
    network + transport
}

/// Link header room in front of what a packet for `iface` is given.
///
/// # Safety
/// `pkt` is live.
unsafe fn link_reserve(pkt: *const NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    let (slab, iface) = unsafe { ((*pkt).slab, IfRef::from_raw((*pkt).iface.cast())) };
    match iface {
        Some(iface) if is_tx(slab) && iface.l2_kind() == L2Kind::Ethernet => link_header_max(),
        _ => 0,
    }
}

/// The longest Ethernet header: with a VLAN tag where there are such.
const fn link_header_max() -> usize {
    wire::ethernet::HEADER_LEN + if cfg!(CONFIG_NET_VLAN) { 4 } else { 0 }
}

/// How much of `size` bytes a packet may grow by when it has room for `existing` already: no more
/// than its interface can carry at once.
///
/// # Safety
/// `pkt` is live.
unsafe fn limited(pkt: *const NetPkt, size: usize, existing: usize) -> usize {
    // SAFETY: as the caller vouches.
    let (family, iface) = unsafe { ((*pkt).family, IfRef::from_raw((*pkt).iface.cast())) };
    let mtu = iface.map_or(0, |iface| usize::from(iface.mtu()));
    let fragments = (family == AF_INET && cfg!(CONFIG_NET_IPV4_FRAGMENT))
        || (family == AF_INET6 && cfg!(CONFIG_NET_IPV6_FRAGMENT));
    let max = match family {
        _ if fragments && size > mtu => size,
        AF_INET if cfg!(CONFIG_NET_IPV4) => mtu.max(IPV4_MTU),
        AF_INET6 if cfg!(CONFIG_NET_IPV6) => mtu.max(IPV6_MTU),
        _ => match iface {
            Some(iface) if iface.l2_kind() == L2Kind::Ethernet => mtu + link_header_max(),
            // The MTU of other links speaks of IP packets.
            _ => size,
        },
    };
    size.min(max.saturating_sub(existing))
}

/// Gives `pkt` buffers for `len` bytes exactly, and `reserve` bytes in front of them.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
unsafe fn grow(pkt: *mut NetPkt, len: usize, reserve: usize, deadline: Deadline) -> c_int {
    if len == 0 {
        return 0;
    }
    #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
    let since = alloc_stats::cycles();
    // SAFETY: as the caller vouches; the chain is ours until it is the packet's.
    unsafe {
        let chain = frag::alloc_chain(data_pool(pkt), len, reserve, deadline);
        #[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
        alloc_stats::done(pkt, len, since, chain.is_some());
        let Some(chain) = chain else {
            return -Error::NoMem.errno();
        };
        // The room a packet shows is what was asked for, not what pieces of one size add up to.
        let spare = room(chain) - len;
        (*frag::last(chain)).b.size -= spare as u16;
        append(pkt, chain);
    }
    0
}

/// Bytes that a chain of empty buffers can take.
///
/// # Safety
/// `buf` is a chain or null.
unsafe fn room(mut buf: *const NetBuf) -> usize {
    let mut room = 0;
    // SAFETY: as the caller vouches.
    unsafe {
        while !buf.is_null() {
            room += cursor::max_len(buf);
            buf = (*buf).frags;
        }
    }
    room
}

/// Appends a chain; a packet without content gets its cursor placed.
///
/// # Safety
/// `pkt` is live and takes the reference to `chain`.
unsafe fn append(pkt: *mut NetPkt, chain: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe {
        if (*pkt).frags.is_null() {
            (*pkt).frags = chain;
            cursor::init(pkt);
        } else {
            frag::insert(frag::last((*pkt).frags), chain);
        }
    }
}

/// Bytes of the largest frame of an interface; the long way cuts what is asked for to as much.
#[inline]
fn largest_frame(iface: IfRef) -> usize {
    let link = if iface.l2_kind() == L2Kind::Ethernet { wire::ethernet::HEADER_LEN } else { 0 };
    usize::from(iface.mtu()) + link
}

/// What nearly every driver asks for: room for a frame that fits one buffer, free now. `None` leaves it
/// to the long way, which makes the same of it.
///
/// # Safety
/// `iface` is null or an interface.
#[inline]
unsafe fn alloc_frame(iface: *mut NetIf, size: usize) -> Option<*mut NetPkt> {
    // SAFETY: as the caller vouches.
    let known = unsafe { IfRef::from_raw(iface.cast()) }?;
    let pools = of(known).core.pools();
    if cfg!(CONFIG_ZNET_PROFILE_TINY) || size == 0 || size > largest_frame(known) {
        return None;
    }
    let pkt = pools.alloc_rx_quickly(size)?.into_raw();
    // SAFETY: the packet is ours alone until returned, and has one buffer of `size` bytes or more.
    unsafe {
        let buf = (*pkt).frags;
        (*pkt).iface = iface;
        let kind = known.dev().link_addr.kind_byte();
        (*pkt).lladdr_src.name(kind);
        (*pkt).lladdr_dst.name(kind);
        (*buf).b.size = size as u16;
        cursor::begin(pkt, buf);
    }
    Some(pkt)
}

/// # Safety
/// `slab` is a slab of packets, `iface` null or an interface.
#[inline(never)]
unsafe fn alloc_with_buffer(
    slab: *mut MemSlab,
    from: *mut NetBufPool,
    iface: *mut NetIf,
    size: usize,
    family: u16,
    proto: c_int,
    timeout: KTimeout,
) -> *mut NetPkt {
    let deadline = timeout.for_memory();
    // SAFETY: as the caller vouches; the packet is ours alone until returned.
    unsafe {
        let pkt = alloc(slab, from, iface, deadline);
        if pkt.is_null() {
            return pkt;
        }
        (*pkt).family = family as u8;
        // It has no room yet.
        let nothing = size == 0 && proto == 0 && family == u16::from(AF_UNSPEC);
        let headers = headers_len(family as u8, proto);
        let len = if nothing { 0 } else { limited(pkt, size.saturating_add(headers), 0) };
        if grow(pkt, len, link_reserve(pkt), deadline) != 0 {
            pkt::unref(pkt);
            return ptr::null_mut();
        }
        pkt
    }
}

/// # Safety
/// `pkt` is live and only the caller uses it.
unsafe fn alloc_buffer(
    pkt: *mut NetPkt,
    size: usize,
    reserve: Option<usize>,
    proto: c_int,
    deadline: Deadline,
) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        let family = (*pkt).family;
        if size == 0 && proto == 0 && family == AF_UNSPEC {
            return 0;
        }
        let existing = net_pkt_available_buffer(pkt);
        let headers = if existing == 0 { headers_len(family, proto) } else { 0 };
        let len = limited(pkt, size.saturating_add(headers), existing);
        let reserve = match reserve {
            Some(reserve) => reserve,
            None if (*pkt).frags.is_null() => link_reserve(pkt),
            None => 0,
        };
        grow(pkt, len, reserve, deadline)
    }
}

/// Has the counters from `first` to `end` count what allocations cost.
///
/// # Safety
/// They are one array, which lives for ever.
#[cfg(CONFIG_NET_PKT_ALLOC_STATS)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_pkt_alloc_stats(
    first: *mut NetPktAllocStatsSlab,
    end: *mut NetPktAllocStatsSlab,
) {
    // SAFETY: the caller's promise.
    unsafe { alloc_stats::set_section(first, end) };
}

/// An empty packet for sending; null when none was free in time.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_alloc(timeout: KTimeout) -> *mut NetPkt {
    // SAFETY: the pools live for ever.
    unsafe { net_pkt_alloc_on_iface(ptr::null_mut(), timeout) }
}

/// An empty packet from `slab`; null when none was free in time.
///
/// # Safety
/// `slab` is a slab of packets or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_from_slab(
    slab: *mut MemSlab,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        if slab.is_null() || (*slab).info.block_size < size_of::<NetPkt>() {
            return ptr::null_mut();
        }
        let pools = current().core.pools();
        let from = if is_tx(slab) {
            pools.tx_pool()
        } else if ptr::eq(slab, pools.rx_slab()) {
            pools.rx_pool()
        } else {
            ptr::null_mut()
        };
        alloc(slab, from, ptr::null_mut(), timeout.for_memory())
    }
}

/// An empty packet for receiving; null when none was free in time.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_rx_alloc(timeout: KTimeout) -> *mut NetPkt {
    // SAFETY: the pools live for ever.
    unsafe { net_pkt_rx_alloc_on_iface(ptr::null_mut(), timeout) }
}

/// An empty packet to be sent by `iface`; null when none was free in time.
///
/// # Safety
/// `iface` is null or an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_on_iface(
    iface: *mut NetIf,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        let pools = instance_of(iface).core.pools();
        alloc(pools.tx_slab(), pools.tx_pool(), iface, timeout.for_memory())
    }
}

/// An empty packet for what `iface` receives; null when none was free in time.
///
/// # Safety
/// `iface` is null or an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_rx_alloc_on_iface(
    iface: *mut NetIf,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        let pools = instance_of(iface).core.pools();
        alloc(pools.rx_slab(), pools.rx_pool(), iface, timeout.for_memory())
    }
}

/// Gives `pkt` room for `size` bytes, and for headers when it has no room yet, but no more than its
/// interface carries at once. `-ENOMEM` when memory was not free in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_buffer(
    pkt: *mut NetPkt,
    size: usize,
    proto: c_int,
    timeout: KTimeout,
) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        // A link layer may want to allocate itself.
        let iface = IfRef::from_raw((*pkt).iface.cast());
        let l2_alloc = iface.and_then(|iface| Some((iface.as_ptr(), iface.l2().as_ref()?.alloc?)));
        if let Some((iface, l2_alloc)) = l2_alloc {
            let status = l2_alloc(iface, pkt.cast(), size, proto, timeout);
            if status != -Error::NotSup.errno() {
                return status;
            }
        }
        alloc_buffer(pkt, size, None, proto, timeout.for_memory())
    }
}

/// As [`net_pkt_alloc_buffer`], with `reserve` bytes in front of the room.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_buffer_with_reserve(
    pkt: *mut NetPkt,
    size: usize,
    reserve: usize,
    proto: c_int,
    timeout: KTimeout,
) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe { alloc_buffer(pkt, size, Some(reserve), proto, timeout.for_memory()) }
}

/// Gives `pkt` room for `size` bytes, whatever headers and interface need. `-ENOMEM` when memory was
/// not free in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_buffer_raw(
    pkt: *mut NetPkt,
    size: usize,
    timeout: KTimeout,
) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe { grow(pkt, size, 0, timeout.for_memory()) }
}

/// A packet to be sent by `iface` with room for `size` bytes behind the headers that `family` and
/// `proto` imply. Null when memory was not free in time.
///
/// # Safety
/// `iface` is null or an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_alloc_with_buffer(
    iface: *mut NetIf,
    size: usize,
    family: u16,
    proto: c_int,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        let pools = instance_of(iface).core.pools();
        alloc_with_buffer(pools.tx_slab(), pools.tx_pool(), iface, size, family, proto, timeout)
    }
}

/// As [`net_pkt_alloc_with_buffer`], for what `iface` receives.
///
/// # Safety
/// `iface` is null or an interface.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_rx_alloc_with_buffer(
    iface: *mut NetIf,
    size: usize,
    family: u16,
    proto: c_int,
    timeout: KTimeout,
) -> *mut NetPkt {
    // SAFETY: as the caller vouches.
    unsafe {
        if family == u16::from(AF_UNSPEC)
            && proto == 0
            && let Some(pkt) = alloc_frame(iface, size)
        {
            return pkt;
        }
        let pools = instance_of(iface).core.pools();
        alloc_with_buffer(pools.rx_slab(), pools.rx_pool(), iface, size, family, proto, timeout)
    }
}

/// Appends `buffer`, a chain, to the packet.
///
/// # Safety
/// Both are live; the packet takes the reference to `buffer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_append_buffer(pkt: *mut NetPkt, buffer: *mut NetBuf) {
    // SAFETY: as the caller vouches.
    unsafe { append(pkt, buffer) }
}

/// Bytes of room that no content takes.
///
/// # Safety
/// `pkt` is live or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_available_buffer(pkt: *mut NetPkt) -> usize {
    if pkt.is_null() {
        return 0;
    }
    // SAFETY: as the caller vouches.
    unsafe { room((*pkt).frags).saturating_sub(frag::chain_len((*pkt).frags)) }
}

/// Bytes of room that are left for payload once the headers of the packet's family and of `proto`
/// are written; headers already there count.
///
/// # Safety
/// `pkt` is live or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_available_payload_buffer(pkt: *mut NetPkt, proto: c_int) -> usize {
    if pkt.is_null() {
        return 0;
    }
    // SAFETY: as the caller vouches.
    unsafe {
        let headers = headers_len((*pkt).family, proto);
        let missing = headers.saturating_sub(frag::chain_len((*pkt).frags));
        net_pkt_available_buffer(pkt).saturating_sub(missing)
    }
}

/// Where the slabs and pools of the stack are; each argument may be null.
///
/// # Safety
/// What is not null is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_info(
    rx: *mut *mut MemSlab,
    tx: *mut *mut MemSlab,
    rx_data: *mut *mut NetBufPool,
    tx_data: *mut *mut NetBufPool,
) {
    let pools = current().core.pools();
    // SAFETY: as the caller vouches.
    unsafe {
        if let Some(rx) = rx.as_mut() {
            *rx = pools.rx_slab();
        }
        if let Some(tx) = tx.as_mut() {
            *tx = pools.tx_slab();
        }
        if let Some(rx_data) = rx_data.as_mut() {
            *rx_data = pools.rx_pool();
        }
        if let Some(tx_data) = tx_data.as_mut() {
            *tx_data = pools.tx_pool();
        }
    }
}

/// A buffer from `from` with room for `min_len` bytes; null when there was none in time.
///
/// # Safety
/// `from` is valid or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_reserve_data(
    from: *mut NetBufPool,
    min_len: usize,
    timeout: KTimeout,
) -> *mut NetBuf {
    if from.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: as the caller vouches.
    unsafe { pool::alloc_len(from, min_len, timeout.for_memory()) }
}

/// A buffer for received data; null when there was none in time.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_get_reserve_rx_data(min_len: usize, timeout: KTimeout) -> *mut NetBuf {
    // SAFETY: the pools live for ever.
    unsafe { net_pkt_get_reserve_data(current().core.pools().rx_pool(), min_len, timeout) }
}

/// A buffer for data to be sent; null when there was none in time.
#[unsafe(no_mangle)]
pub extern "C" fn net_pkt_get_reserve_tx_data(min_len: usize, timeout: KTimeout) -> *mut NetBuf {
    // SAFETY: the pools live for ever.
    unsafe { net_pkt_get_reserve_data(current().core.pools().tx_pool(), min_len, timeout) }
}

/// A buffer to be appended to `pkt`; null when there was none in time.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_frag(
    pkt: *mut NetPkt,
    min_len: usize,
    timeout: KTimeout,
) -> *mut NetBuf {
    // SAFETY: as the caller vouches.
    unsafe { net_pkt_get_reserve_data(data_pool(pkt), min_len, timeout) }
}

#[cfg(all(test, CONFIG_ARCH_POSIX, CONFIG_NET_IPV4))]
mod tests {
    use super::*;
    use crate::base::EthAddr;
    use crate::iface::IfBuilder;
    use std::vec::Vec;

    /// What callers can see of a packet with one buffer.
    unsafe fn seen(pkt: *mut NetPkt) -> impl PartialEq + core::fmt::Debug {
        // SAFETY: the caller passes a live packet.
        unsafe {
            let buf = (*pkt).frags;
            let place = (
                ptr::eq((*pkt).cursor.buf, buf),
                ptr::eq((*pkt).cursor.pos, (*buf).b.data),
                frag::headroom(buf),
            );
            let links = ((*pkt).lladdr_src.get(), (*pkt).lladdr_dst.get());
            let owner = ((*pkt).iface, (*pkt).slab, (*pkt).data_pool, (*pkt).atomic_ref);
            (place, (*buf).b.len, (*buf).b.size, links, owner, (*pkt).family, (*pkt).priority)
        }
    }

    #[cfg(not(CONFIG_ZNET_PROFILE_TINY))]
    #[test]
    fn the_short_way_makes_the_same_packet_as_the_long_one() {
        let iface = IfBuilder::ethernet(EthAddr([2, 0, 0, 0, 0, 1])).up().build().as_ptr();
        let pools = current().core.pools();
        let wait = KTimeout::NO_WAIT;
        let whole =
            if cfg!(CONFIG_NET_BUF_FIXED_DATA_SIZE) { config::NET_BUF_DATA_SIZE } else { 100 };
        for size in [1, 60, whole] {
            // SAFETY: an interface that lives for ever; the packets are freed once.
            unsafe {
                let long = || {
                    let (slab, from) = (pools.rx_slab(), pools.rx_pool());
                    alloc_with_buffer(slab, from, iface.cast(), size, 0, 0, wait)
                };
                // What the lists hold afterwards the short way takes, unless another test holds them.
                let short = || {
                    let warm: Vec<_> = (0..2).map(|_| long()).collect();
                    warm.into_iter().for_each(|pkt| pkt::unref(pkt));
                    alloc_frame(iface.cast(), size)
                };
                let short = (0..1000).find_map(|_| short()).expect("free");
                let public = net_pkt_rx_alloc_with_buffer(iface.cast(), size, 0, 0, wait);
                let long = long();
                assert!(!long.is_null() && !public.is_null());
                assert_eq!(seen(short), seen(long), "{size} bytes");
                assert_eq!(seen(public), seen(long), "{size} bytes");
                [short, public, long].into_iter().for_each(|pkt| pkt::unref(pkt));
            }
        }
    }
}
