// SPDX-License-Identifier: Apache-2.0
//! What the stack decided, carried out on C: drivers, link layers and callbacks.
//!
//! Called by: `capi::instance` and `capi::queues`, never under the core lock. Calls: C.

use core::ffi::c_void;
use core::mem::ManuallyDrop;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::instance::Instance;
use super::net_if_data;
use crate::base::{Error, Result};
use crate::buf::{Pkt, cursor};
use crate::drivers::dummy::DummyApi;
use crate::iface::{IfRef, L2Kind, NetVerdict};
#[cfg(CONFIG_NET_IPV6)]
use crate::stack::Ipv6Change;
use crate::stack::{Call, Event};

/// Gives a frame to the driver of `iface` and frees it when the driver is done.
///
/// # Errors
/// [`Error::NoDev`] without a driver, [`Error::Io`] when it refused.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub(super) fn transmit(iface: IfRef, pkt: Pkt) -> Result<()> {
    let device = iface.device();
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS)]
    let mut pkt = pkt;
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS_DETAIL)]
    pkt.pass_station();
    #[cfg(CONFIG_NET_STATISTICS)]
    crate::stack::statistics::sent(iface, &pkt);
    // SAFETY: an interface's device lives as long as the program, and its function table is of the
    // type its link layer calls for; `send` borrows the packet, of which we hold a reference.
    let status = unsafe {
        // Drivers read the frame from its beginning with `net_pkt_read`.
        (*pkt.as_ptr()).overwrite = 1;
        cursor::init(pkt.as_ptr());
        let api = device.as_ref().ok_or(Error::NoDev)?.api;
        match iface.l2_kind() {
            #[cfg(CONFIG_NET_L2_ETHERNET)]
            L2Kind::Ethernet => {
                let api = api.cast::<crate::drivers::ethernet::EthernetApi>();
                let send = api.as_ref().and_then(|api| api.send).ok_or(Error::NoDev)?;
                send(device, pkt.as_ptr())
            }
            L2Kind::Foreign => return foreign_output(iface, pkt),
            _ => {
                let api = api.cast::<DummyApi>();
                let send = api.as_ref().and_then(|api| api.send).ok_or(Error::NoDev)?;
                send(device, pkt.as_ptr())
            }
        }
    };
    #[cfg(CONFIG_NET_PKT_TXTIME_STATS)]
    super::net_stats::tx_took(iface, &mut pkt);
    if let Some(sent) = net_if_data::watcher() {
        sent(iface, &pkt, status);
    }
    drop(pkt);
    if status < 0 { Err(Error::Io) } else { Ok(()) }
}

/// A link layer in C takes the packet over when it reports success.
fn foreign_output(iface: IfRef, pkt: Pkt) -> Result<()> {
    let pkt = ManuallyDrop::new(pkt);
    // SAFETY: a link layer's function table lives as long as the program; on success the reference
    // is the callee's, on failure it stays ours and is dropped below.
    let status = unsafe {
        match iface.l2().as_ref().and_then(|l2| l2.send) {
            Some(send) => send(iface.as_ptr(), pkt.as_ptr().cast::<c_void>()),
            None => -1,
        }
    };
    if status < 0 {
        drop(ManuallyDrop::into_inner(pkt));
        return Err(Error::Io);
    }
    Ok(())
}

/// Must this packet pass a link layer written in C before the stack sees it?
#[inline]
pub(super) fn bypass(iface: Option<IfRef>, pkt: &Pkt) -> bool {
    iface.is_some_and(|iface| iface.l2_kind() == L2Kind::Foreign) && !pkt.l2_processed()
}

/// Shows a received packet to a link layer written in C; goes on with it when that lets it pass.
#[cold]
pub(super) fn foreign_input(instance: &Instance, mut pkt: Pkt) {
    let Some(iface) = IfRef::of(&pkt) else { return };
    pkt.set_l2_processed(true);
    let raw = pkt.into_raw();
    // SAFETY: the table lives as long as the program. The packet is the callee's when it says it
    // took it; otherwise the reference is still ours.
    let verdict = unsafe {
        match iface.l2().as_ref().and_then(|l2| l2.recv) {
            Some(recv) => recv(iface.as_ptr(), raw.cast::<c_void>()),
            None => NetVerdict::Continue,
        }
    };
    // SAFETY: as above.
    let pkt = || unsafe { Pkt::from_raw(raw) };
    match verdict {
        NetVerdict::Ok => {}
        NetVerdict::Continue => {
            let pkt = pkt();
            super::queues::to_stack(instance, IfRef::of(&pkt), pkt);
        }
        NetVerdict::Drop => {
            let pkt = pkt();
            instance.core.with(|stack, _| {
                stack.discard(crate::base::DropReason::LinkUnknownProtocol, pkt);
            });
        }
    }
}

/// What a context's `handler` points to: who takes its packets. A pointer and not a name, so that
/// programs without such contexts do not link what takes them.
pub(super) struct Receiver {
    /// The function.
    pub run: fn(usize, Pkt),
    /// Its first argument.
    pub which: AtomicUsize,
}

/// Runs the callbacks a packet is for.
pub(super) fn call(call: Call, pkt: Pkt) {
    match call {
        #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
        Call::Icmp { kind, code } => super::icmp::dispatch(kind, code, pkt),
        Call::Context { handler } => {
            // SAFETY: whoever sets a context's handler (`net_context`) gives the address of a static.
            let receiver = unsafe { &*ptr::with_exposed_provenance::<Receiver>(handler) };
            (receiver.run)(receiver.which.load(Ordering::Relaxed), pkt);
        }
        #[cfg(not(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6)))]
        Call::Icmp { .. } => drop(pkt),
    }
}

/// Tells those whom `event` concerns.
pub(super) fn event(instance: &Instance, event: Event) {
    match event {
        #[cfg(CONFIG_NET_IPV4)]
        Event::Ipv4Group { iface, group, joined } => {
            if let Some(group_changed) = super::net_if_mcast::GROUP_CHANGED.get() {
                group_changed(instance, iface, group, joined);
            }
        }
        #[cfg(CONFIG_NET_IPV4_ACD)]
        Event::Ipv4Verdict { iface, addr, verdict } => {
            if let Some(iface) = instance.core.with(|stack, _| stack.ifaces.get(iface)) {
                super::ipv4_acd::verdict(iface, addr, verdict);
            }
        }
        #[cfg(CONFIG_NET_IPV4)]
        Event::Ipv4Conflict { iface, addr } => {
            if let Some(iface) = instance.core.with(|stack, _| stack.ifaces.get(iface)) {
                super::raise(crate::mgmt::event::IPV4_ACD_CONFLICT, iface, &addr.octets());
            }
        }
        #[cfg(CONFIG_NET_IPV6)]
        Event::Ipv6 { what, iface, addr } => {
            if let Some(iface) = instance.core.with(|stack, _| stack.ifaces.get(iface)) {
                changed_v6(iface, what, addr);
            }
        }
        #[cfg(all(CONFIG_NET_PMTU, CONFIG_NET_MGMT_EVENT))]
        Event::PathMtu { dst, mtu } => {
            let iface = instance.core.with(|stack, _| match dst {
                #[cfg(CONFIG_NET_IPV4)]
                crate::base::IpAddr::V4(dst) => stack.ipv4_iface_to(dst),
                #[cfg(CONFIG_NET_IPV6)]
                crate::base::IpAddr::V6(dst) => stack.ipv6_iface_to(dst),
            });
            if let Some(iface) = iface {
                super::net_pmtu::tell(iface, dst, mtu);
            }
        }
        #[cfg(all(CONFIG_NET_ROUTE, CONFIG_NET_MGMT_EVENT))]
        Event::Ipv6Route { added, iface, prefix, len, hop } => {
            if let Some(iface) = instance.core.with(|stack, _| stack.ifaces.get(iface)) {
                super::net_route::tell(iface, added, (prefix, len), hop);
            }
        }
        _ => {
            let _ = instance;
        }
    }
}

/// Raises an event with a `struct net_event_ipv6_nbr`.
#[cfg(all(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_MGMT_EVENT))]
fn tell_neighbour(event: u64, iface: IfRef, addr: core::net::Ipv6Addr, place: i32) {
    let mut info = [0; 20];
    if let Some((head, tail)) = info.split_first_chunk_mut() {
        *head = addr.octets();
        tail.copy_from_slice(&place.to_ne_bytes());
    }
    super::raise(event, iface, &info);
}

#[cfg(CONFIG_NET_IPV6)]
fn changed_v6(iface: IfRef, what: Ipv6Change, addr: core::net::Ipv6Addr) {
    use crate::mgmt::event;
    let number = match what {
        Ipv6Change::AddrAdd => event::IPV6_ADDR_ADD,
        Ipv6Change::AddrDel => event::IPV6_ADDR_DEL,
        Ipv6Change::AddrDeprecated => event::IPV6_ADDR_DEPRECATED,
        Ipv6Change::DadSucceed => event::IPV6_DAD_SUCCEED,
        Ipv6Change::DadFailed => event::IPV6_DAD_FAILED,
        #[cfg(CONFIG_NET_IPV6_PE)]
        Ipv6Change::PrivacyOff => return super::raise(event::IPV6_PE_DISABLED, iface, &[]),
        #[cfg(all(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_MGMT_EVENT))]
        Ipv6Change::NeighbourAdd(slot) => {
            return tell_neighbour(event::IPV6_NBR_ADD, iface, addr, slot.into());
        }
        #[cfg(all(CONFIG_NET_IPV6_NBR_CACHE, CONFIG_NET_MGMT_EVENT))]
        Ipv6Change::NeighbourDel => return tell_neighbour(event::IPV6_NBR_DEL, iface, addr, -1),
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        Ipv6Change::PrefixAdd { len, seconds } => {
            let info = super::net_if_ipv6_link::prefix_info(addr, len, seconds);
            return super::raise(event::IPV6_PREFIX_ADD, iface, &info);
        }
        #[cfg(CONFIG_NET_MGMT_EVENT)]
        Ipv6Change::PrefixDel { len } => {
            let info = super::net_if_ipv6_link::prefix_info(addr, len, 0);
            return super::raise(event::IPV6_PREFIX_DEL, iface, &info);
        }
        Ipv6Change::RouterAdd => event::IPV6_ROUTER_ADD,
        Ipv6Change::RouterDel => event::IPV6_ROUTER_DEL,
        Ipv6Change::GroupJoined | Ipv6Change::GroupLeft => {
            let group = crate::iface::NetAddr::unspecified();
            group.set_ipv6(addr);
            let joined = what == Ipv6Change::GroupJoined;
            let listed = if joined { event::IPV6_MADDR_ADD } else { event::IPV6_MADDR_DEL };
            super::raise(listed, iface, &addr.octets());
            return super::net_if_mcast::tell(iface, &group, joined);
        }
    };
    super::raise(number, iface, &addr.octets());
}
