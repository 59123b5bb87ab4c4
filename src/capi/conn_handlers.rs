// SPDX-License-Identifier: Apache-2.0
//! What stands under `net_conn_register`: C (`src/boot/c/net_conn.c`) keeps a table of `struct net_conn`,
//! the stack one of [`Handler`]s in the same slots.
//!
//! Called by: `src/boot/c/net_conn.c`. Calls: `stack.handlers` under the core lock, C's function without.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::hook::Hook;
use super::socket::addr::{self, AF_INET, AF_INET6, AF_UNSPEC};
use super::transmit::Receiver;
use super::{core, errno};
use crate::base::{Error, Result};
use crate::buf::{NetPkt, Pkt, cursor};
use crate::iface::NetVerdict;
use crate::transport::demux::Flow;
use crate::transport::handlers::{End, HANDLERS, Handler, What};
use crate::wire::ipv4::protocol;

/// Bytes of a UDP header, and of a TCP header without options.
const UDP_LEN: usize = 8;
const TCP_LEN: usize = 20;

const SOCK_RAW: u16 = 3;
const AF_PACKET: u16 = 3;

/// Set beside a slot's number: its packets are shown as they are, from their first byte on.
const WHOLE: usize = 1 << 16;

/// What of C takes a packet for the handler in a slot, with its headers if they are known.
type Deliver = unsafe extern "C" fn(c_int, *mut NetPkt, *mut c_void, *mut c_void) -> NetVerdict;

static DELIVER: Hook<Deliver> = Hook::new();

static RECEIVERS: [Receiver; HANDLERS] =
    [const { Receiver { run: deliver, which: AtomicUsize::new(0) } }; HANDLERS];

/// `struct znet_conn_filter`: what a handler wants.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Filter {
    remote_addr: *const c_void,
    local_addr: *const c_void,
    remote_port: u16,
    local_port: u16,
    proto: u16,
    kind: u16,
    family: u16,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/znet_conn.h":
    Filter = "struct znet_conn_filter" {
        remote_addr, local_addr, remote_port, local_port, proto, kind = "type", family
    };
}

impl Filter {
    /// The address of an end; its port counts only where none is given beside it.
    ///
    /// # Safety
    /// `addr` is null or a whole `struct sockaddr`.
    unsafe fn end(&self, addr: *const c_void, port: u16) -> Result<End> {
        // SAFETY: the caller's promise.
        let Some(family) = (unsafe { addr::family(addr, size_of::<u16>())? }) else {
            return Ok(End { addr: None, port });
        };
        if family != self.family && self.family != AF_UNSPEC {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's promise.
        let end = unsafe { addr::read(addr, addr::len_of(family)) }.map_err(|_| Error::Inval)?;
        Ok(End { addr: Some(end.addr), port })
    }

    /// The handler, and whether its packets are shown whole.
    ///
    /// # Safety
    /// The addresses are null or whole.
    unsafe fn handler(&self, receiver: &Receiver) -> Result<(Handler, bool)> {
        let byte = |proto: u16| u8::try_from(proto).map_err(|_| Error::ProtoNoSupport);
        let receiver = ptr::from_ref(receiver).expose_provenance();
        let nowhere = End { addr: None, port: 0 };
        let what = match (self.family, self.kind) {
            (AF_PACKET, kind) => {
                let what = What::Frames { ethertype: self.proto, header: kind == SOCK_RAW };
                let handler =
                    Handler { what, six: None, local: nowhere, remote: nowhere, receiver };
                return Ok((handler, true));
            }
            (_, SOCK_RAW) => What::Ip(byte(self.proto)?),
            _ => What::Transport(byte(self.proto)?),
        };
        let six = match self.family {
            AF_INET if cfg!(CONFIG_NET_IPV4) => Some(false),
            AF_INET6 if cfg!(CONFIG_NET_IPV6) => Some(true),
            AF_UNSPEC => None,
            _ => return Err(Error::AfNoSupport),
        };
        // SAFETY: the caller's promise.
        let (local, remote) = unsafe {
            (
                self.end(self.local_addr, self.local_port)?,
                self.end(self.remote_addr, self.remote_port)?,
            )
        };
        let whole = matches!(what, What::Ip(_));
        Ok((Handler { what, six, local, remote, receiver }, whole))
    }
}

/// Puts a handler into a slot, in which may be one; `function` is called for all slots. Returns its rank,
/// or a negative errno value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_conn_set(
    slot: c_int,
    filter: *const Filter,
    function: Deliver,
) -> c_int {
    let set = (|| {
        let slot = usize::try_from(slot).map_err(|_| Error::Inval)?;
        let receiver = RECEIVERS.get(slot).ok_or(Error::Inval)?;
        // SAFETY: the caller's filter and its addresses; a function pointer.
        let (handler, whole) = unsafe {
            DELIVER.set(function);
            (*filter).handler(receiver)?
        };
        receiver.which.store(if whole { slot | WHOLE } else { slot }, Relaxed);
        core().with(|stack, _| stack.handlers.set(slot, handler))?;
        Ok(handler.rank())
    })();
    match set {
        Ok(rank) => c_int::from(rank.bits()),
        Err(error) => errno::negative(Err(error)),
    }
}

/// Empties a slot. A packet on its way to it may still be delivered.
#[unsafe(no_mangle)]
pub extern "C" fn znet_conn_clear(slot: c_int) {
    if let Ok(slot) = usize::try_from(slot) {
        core().with(|stack, _| stack.handlers.clear(slot));
    }
}

/// The slot whose handler names most of the way of packets of `proto` between these end points, which are
/// whole `struct sockaddr`; -1 when none fits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_conn_find(
    proto: u8,
    remote: *const c_void,
    local: *const c_void,
) -> c_int {
    // SAFETY: the caller's addresses.
    let read = |end: *const c_void| unsafe {
        let family = addr::family(end, size_of::<u16>())?.ok_or(Error::Inval)?;
        addr::read(end, addr::len_of(family))
    };
    let (Ok(remote), Ok(local)) = (read(remote), read(local)) else { return -1 };
    let flow = Flow { protocol: proto, iface: 0, local, remote };
    let found = core().with(|stack, _| stack.handlers.best(&flow).map(|(slot, _)| slot));
    found.map_or(-1, |slot| slot as c_int)
}

/// Gives a packet to C: from its transport header on, or whole.
fn deliver(which: usize, mut pkt: Pkt) {
    let Some(function) = DELIVER.get() else { return };
    let slot = (which & !WHOLE) as c_int;
    let (mut ip, mut transport): (*mut c_void, *mut c_void) = (ptr::null_mut(), ptr::null_mut());
    let mut skipped = 0;
    if which & WHOLE == 0 {
        let behind = transport_len(&pkt);
        let ip_len = ip_header_len(&pkt);
        if pkt.push(ip_len).is_some() {
            ip = pkt.head().as_ptr().cast_mut().cast();
            transport = ip.wrapping_byte_add(ip_len);
            skipped = ip_len + behind;
        }
    }
    let raw = pkt.into_raw();
    // SAFETY: the packet is ours until C has taken it over; C's function, made for this.
    unsafe {
        (*raw).overwrite = 1;
        cursor::init(raw);
        cursor::skip(raw, skipped);
        if function(slot, raw, ip, transport) == NetVerdict::Drop {
            drop(Pkt::from_raw(raw));
        }
    }
}

/// Bytes of the IP header in front of the packet, with all that belongs to it.
fn ip_header_len(pkt: &Pkt) -> usize {
    #[cfg(CONFIG_NET_IPV6)]
    if u16::from(pkt.family()) == AF_INET6 {
        return usize::from(pkt.ip_hdr_len()) + usize::from(pkt.ipv6_ext_len());
    }
    usize::from(pkt.ip_hdr_len()) + usize::from(pkt.ipv4_opts_len())
}

/// Bytes of the transport header at the packet's begin.
fn transport_len(pkt: &Pkt) -> usize {
    let mut fixed = [0; TCP_LEN];
    let read = pkt.copy_out(0, &mut fixed);
    let proto = pkt.pulled(ip_header_len(pkt)).and_then(carried);
    match proto {
        Some(protocol::TCP) if read == fixed.len() => usize::from(fixed[12] >> 4) * 4,
        Some(protocol::UDP) => UDP_LEN,
        _ => 0,
    }
}

/// The protocol behind an IP header.
fn carried(ip: &[u8]) -> Option<u8> {
    #[cfg(CONFIG_NET_IPV6)]
    if ip.first()? >> 4 == 6 {
        return crate::wire::ipv6::transport_of(ip).map(|(proto, _)| proto);
    }
    ip.get(9).copied()
}
