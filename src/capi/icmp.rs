// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/icmp.h>`: handlers for ICMP messages, and echo requests.
//!
//! Called by: C; the platform, for messages the stack saw. Calls: `stack::icmp`; handlers in C
//! without core lock.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_int, c_void};
use core::{ptr, slice};

use super::hook::Hook;
use super::list::{List, Node, walk};
use super::net_if::raw;
use super::{core, instance};
use crate::base::{Duration, Error, IpAddr, Result};
use crate::buf::{NetPkt, Pkt, cursor};
use crate::iface::{AF_INET, AF_INET6, IfRef, NetIf};
use crate::os::{clock, entropy, thread};
use crate::stack::{EchoRequest, Offer};
use crate::wire::ipv4::MAX_HEADER_LEN;
use crate::wire::ipv6;

type Handler = unsafe extern "C" fn(
    *mut IcmpCtx,
    *mut NetPkt,
    *mut IcmpIpHdr,
    *mut [u8; 4],
    *mut c_void,
) -> c_int;
type PingHandler = unsafe extern "C" fn(
    *mut IcmpCtx,
    *mut NetIf,
    *const c_void,
    *const PingParams,
    *mut c_void,
) -> c_int;

/// `struct net_icmp_ctx`.
#[repr(C)]
#[allow(missing_docs)]
pub struct IcmpCtx {
    pub node: Node,
    pub handler: Option<Handler>,
    pub iface: *mut NetIf,
    pub user_data: *mut c_void,
    pub r#type: u8,
    pub code: u8,
}

/// `struct net_icmp_ip_hdr`.
#[repr(C)]
#[allow(missing_docs)]
pub struct IcmpIpHdr {
    pub ipv4: *mut c_void,
    pub family: u16,
}

/// `struct net_icmp_ping_params`.
#[repr(C)]
#[allow(missing_docs)]
pub struct PingParams {
    pub identifier: u16,
    pub sequence: u16,
    pub tc_tos: u8,
    pub priority: c_int,
    pub data: *const c_void,
    pub data_size: usize,
}

/// `struct net_icmp_offload`.
#[repr(C)]
#[allow(missing_docs)]
pub struct IcmpOffload {
    pub node: Node,
    pub handler: Option<Handler>,
    pub ping_handler: Option<PingHandler>,
    pub iface: *mut NetIf,
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/icmp.h":
    IcmpCtx = "struct net_icmp_ctx" { node, handler, iface, user_data, r#type, code };
    IcmpIpHdr = "struct net_icmp_ip_hdr" { ipv4, family };
    PingParams = "struct net_icmp_ping_params" {
        identifier, sequence, tc_tos, priority, data, data_size
    };
    IcmpOffload = "struct net_icmp_offload" { node, handler, ping_handler, iface };
}

static CONTEXTS: List = List::new();
/// Comes with the first handler. Used by the linker: else the compiler notes that there is but one
/// value, and calls it where it was set.
#[used]
static DISPATCH: Hook<fn(u8, u8, Pkt)> = Hook::new();
static OFFLOADS: List = List::new();

/// Tells the stack whether a type still has a handler. Looked up under the core lock, so that of two
/// changes at once the later has the last word.
fn refresh_interest(kind: u8) {
    core().with(|stack, _| {
        let mut wanted = false;
        walk::<IcmpCtx>(&CONTEXTS, |ctx| {
            // SAFETY: `walk` gives registrations that are in place.
            wanted |= unsafe { (*ctx).r#type } == kind;
        });
        stack.icmp_listen(kind, wanted);
    });
}

/// Registers a handler.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_init_ctx(
    ctx: *mut IcmpCtx,
    kind: u8,
    code: u8,
    handler: Option<Handler>,
) -> c_int {
    if ctx.is_null() || handler.is_none() {
        return -Error::Inval.errno();
    }
    // SAFETY: the application's structure, which it keeps in place until it cleans it up.
    unsafe {
        CONTEXTS.remove(&raw mut (*ctx).node);
        (*ctx).handler = handler;
        (*ctx).iface = ptr::null_mut();
        (*ctx).user_data = ptr::null_mut();
        (*ctx).r#type = kind;
        (*ctx).code = code;
        DISPATCH.set(show);
        CONTEXTS.prepend(&raw mut (*ctx).node);
    }
    refresh_interest(kind);
    0
}

/// Ends a registration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_cleanup_ctx(ctx: *mut IcmpCtx) -> c_int {
    if ctx.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the application's structure.
    unsafe {
        if !CONTEXTS.remove(&raw mut (*ctx).node) {
            return -Error::NoEnt.errno();
        }
        refresh_interest((*ctx).r#type);
    }
    0
}

/// Shows a message to its handlers. The packet begins with its IP header.
pub(super) fn dispatch(kind: u8, code: u8, pkt: Pkt) {
    if let Some(show) = DISPATCH.get() {
        show(kind, code, pkt);
    }
}

/// Shows a message to the handlers of its type and code; a handler for code 0 sees all codes.
fn show(kind: u8, code: u8, pkt: Pkt) {
    let mut ip = Aligned([0; HEADERS_MAX]);
    let read = pkt.copy_out(0, &mut ip.0);
    let v6 = cfg!(CONFIG_NET_IPV6) && ip.0[0] >> 4 == 6;
    // A number means another message in each version; some mean one in both.
    let foreign = cfg!(CONFIG_NET_IPV6)
        && if v6 { matches!(kind, 0 | 5..=127) } else { matches!(kind, 1 | 2 | 127..) };
    let ip_len = match v6 {
        true => ipv6::transport_of(&ip.0[..read]).map_or(usize::MAX, |(_, at)| at),
        false => usize::from(ip.0[0] & 0xf) * 4,
    };
    let mut icmp = [0; 4];
    if foreign || read < ip_len || pkt.copy_out(ip_len, &mut icmp) != icmp.len() {
        return;
    }
    let family = if v6 { AF_INET6 } else { AF_INET };
    let mut ip_hdr = IcmpIpHdr { ipv4: ip.0.as_mut_ptr().cast(), family };
    let mut refused = false;
    walk::<IcmpCtx>(&CONTEXTS, |ctx| {
        // SAFETY: `walk` gives registrations that are in place; the packet stays ours and alive.
        unsafe {
            let mine = (*ctx).r#type == kind && ((*ctx).code == 0 || (*ctx).code == code);
            if refused || !mine {
                return;
            }
            let Some(handler) = (*ctx).handler else { return };
            (*pkt.as_ptr()).overwrite = 1;
            cursor::init(pkt.as_ptr());
            cursor::skip(pkt.as_ptr(), ip_len + icmp.len());
            let user_data = (*ctx).user_data;
            refused = handler(ctx, pkt.as_ptr(), &raw mut ip_hdr, &raw mut icmp, user_data) < 0;
        }
    });
}

/// A header at the alignment C expects.
#[repr(C, align(4))]
struct Aligned([u8; HEADERS_MAX]);

/// The longest IPv4 header; what of IPv6 headers is looked at.
const HEADERS_MAX: usize = if cfg!(CONFIG_NET_IPV6) { 128 } else { MAX_HEADER_LEN };

/// Bytes an echo request carries when the caller has none to send.
const DEFAULT_SIZE: usize = 4;
/// How long a request waits for a buffer, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(10);

/// What fills a request without payload, from its fifth byte on.
static PATTERN: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut at = 0;
    while at < 256 {
        bytes[at] = at as u8;
        at += 1;
    }
    bytes
};
/// Pieces of the pattern in the largest request.
const PIECES: usize = 8;

/// One echo request to `dst`.
struct Ping<'a> {
    iface: Option<IfRef>,
    dst: IpAddr,
    ident: u16,
    seq: u16,
    offer: Offer,
    data: Option<&'a [u8]>,
    size: usize,
}

impl Ping<'_> {
    fn send(&self) -> Result<()> {
        let send = |payload: &[&[u8]]| {
            let instance = self.iface.map_or_else(instance::current, instance::of);
            let request =
                EchoRequest { ident: self.ident, seq: self.seq, payload, offer: self.offer };
            instance.core.with(|stack, env| match self.dst {
                #[cfg(CONFIG_NET_IPV4)]
                IpAddr::V4(dst) => stack.icmp_echo_request(env, self.iface, dst, request),
                #[cfg(CONFIG_NET_IPV6)]
                IpAddr::V6(dst) => stack.icmpv6_echo_request(env, self.iface, dst, request),
            })
        };
        if let Some(data) = self.data {
            return send(&[data]);
        }
        // The first four bytes tell the sender when it sent.
        let stamp = (clock::now().as_micros() as u32).to_ne_bytes();
        let mut pieces: [&[u8]; PIECES] = [&[]; PIECES];
        let mut left = self.size;
        for (index, piece) in pieces.iter_mut().enumerate() {
            let source: &[u8] = match index {
                0 => &stamp,
                1 => &PATTERN[stamp.len()..],
                _ => &PATTERN,
            };
            *piece = &source[..left.min(source.len())];
            left -= piece.len();
        }
        if left > 0 {
            return Err(Error::MsgSize);
        }
        send(&pieces)
    }
}

/// # Safety
/// The arguments of `net_icmp_send_echo_request`.
unsafe fn echo(
    ctx: *mut IcmpCtx,
    iface: *mut NetIf,
    dst: *const c_void,
    params: *const PingParams,
    user_data: *mut c_void,
    wait: bool,
) -> core::result::Result<(), c_int> {
    let inval = Error::Inval.errno();
    if ctx.is_null() || dst.is_null() {
        return Err(inval);
    }
    // SAFETY: the application's structures: a context, a socket address, parameters or null.
    let (iface, params, ip) = unsafe {
        let ip = match dst.cast::<u16>().read_unaligned() {
            #[cfg(CONFIG_NET_IPV4)]
            AF_INET => IpAddr::V4(dst.byte_add(4).cast::<[u8; 4]>().read().into()),
            #[cfg(CONFIG_NET_IPV6)]
            AF_INET6 => IpAddr::V6(dst.byte_add(4).cast::<[u8; 16]>().read().into()),
            _ => return Err(inval),
        };
        (IfRef::from_raw(iface), params.as_ref(), ip)
    };
    let route = iface.or_else(|| {
        core().with(|stack, _| match ip {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(ip) => stack.ipv4_iface_to(ip),
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(ip) => stack.ipv6_iface_to(ip),
        })
    });
    let route = route.ok_or(Error::NoEnt.errno())?;
    // SAFETY: as above.
    unsafe {
        (*ctx).iface = raw(Some(route));
        (*ctx).user_data = user_data;
    }
    if let Some(ping) = offload_of(route) {
        let params = params.map_or(ptr::null(), ptr::from_ref);
        // SAFETY: the device's own function, with what the application asked for.
        let status = unsafe { ping(ctx, route.as_ptr(), dst, params, user_data) };
        return if status < 0 { Err(-status) } else { Ok(()) };
    }
    if !route.is_up() {
        return Err(Error::NetDown.errno());
    }
    let mut ident = [0; 2];
    let ping = match params {
        Some(p) => Ping {
            iface,
            dst: ip,
            ident: p.identifier,
            seq: p.sequence,
            offer: Offer { ttl: 0, tos: p.tc_tos, priority: priority(p) },
            // SAFETY: the application's payload.
            data: (!p.data.is_null())
                .then(|| unsafe { slice::from_raw_parts(p.data.cast::<u8>(), p.data_size) }),
            size: p.data_size,
        },
        None => {
            let _ = entropy::fill(&mut ident);
            let ident = u16::from_ne_bytes(ident);
            Ping {
                iface,
                dst: ip,
                ident,
                seq: 1,
                offer: Offer::default(),
                data: None,
                size: DEFAULT_SIZE,
            }
        }
    };
    let deadline = clock::now() + PATIENCE;
    loop {
        match ping.send() {
            Err(Error::NoBufs) if wait && clock::now() < deadline => {
                thread::sleep_until(Some(clock::now() + INTERVAL));
            }
            result => return result.map_err(in_net_icmp_terms),
        }
    }
}

/// The values `net_icmp_send_echo_request` has for failures of the stack.
fn in_net_icmp_terms(error: Error) -> c_int {
    match error {
        Error::NoBufs => Error::NoMem.errno(),
        other => other.errno(),
    }
}

/// The packet priority asked for, else that of the type of service's precedence (RFC 2474, 4.2.2).
fn priority(params: &PingParams) -> u8 {
    u8::try_from(params.priority).unwrap_or(params.tc_tos >> 5).min(7)
}

/// Sends an echo request; waits for a buffer if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_send_echo_request(
    ctx: *mut IcmpCtx,
    iface: *mut NetIf,
    dst: *const c_void,
    params: *const PingParams,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: the caller's arguments.
    unsafe { echo(ctx, iface, dst, params, user_data, true) }.err().map_or(0, |e| -e)
}

/// Sends an echo request without waiting.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_send_echo_request_no_wait(
    ctx: *mut IcmpCtx,
    iface: *mut NetIf,
    dst: *const c_void,
    params: *const PingParams,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: the caller's arguments.
    unsafe { echo(ctx, iface, dst, params, user_data, false) }.err().map_or(0, |e| -e)
}

/// The function that sends echo requests from the device behind `iface`.
fn offload_of(iface: IfRef) -> Option<PingHandler> {
    let mut found = None;
    walk::<IcmpOffload>(&OFFLOADS, |offload| {
        // SAFETY: `walk` gives registrations that are in place.
        unsafe {
            if ptr::eq((*offload).iface, iface.as_ptr()) {
                found = (*offload).ping_handler;
            }
        }
    });
    found
}

/// Registers a device that sends echo requests itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_register_offload_ping(
    offload: *mut IcmpOffload,
    iface: *mut NetIf,
    ping_handler: Option<PingHandler>,
) -> c_int {
    // SAFETY: an interface, or null.
    let known = unsafe { IfRef::from_raw(iface) };
    let (false, Some(known), true) = (offload.is_null(), known, ping_handler.is_some()) else {
        return -Error::Inval.errno();
    };
    if offload_of(known).is_some() {
        return -Error::Already.errno();
    }
    // SAFETY: the driver's structure, which it keeps in place until it unregisters it.
    unsafe {
        (*offload).handler = Some(replied);
        (*offload).ping_handler = ping_handler;
        (*offload).iface = iface;
        OFFLOADS.prepend(&raw mut (*offload).node);
    }
    0
}

/// Ends a registration.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_unregister_offload_ping(offload: *mut IcmpOffload) -> c_int {
    if offload.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the driver's structure.
    unsafe { if OFFLOADS.remove(&raw mut (*offload).node) { 0 } else { -Error::NoEnt.errno() } }
}

/// The function that takes the device's replies.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_icmp_get_offload_rsp_handler(
    offload: *mut IcmpOffload,
    handler: *mut Option<Handler>,
) -> c_int {
    if offload.is_null() || handler.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the driver's structures.
    unsafe {
        if !OFFLOADS.contains(&raw const (*offload).node) {
            return -Error::NoEnt.errno();
        }
        handler.write((*offload).handler);
    }
    0
}

/// Hands a reply that a device received to the context that asked.
unsafe extern "C" fn replied(
    ctx: *mut IcmpCtx,
    pkt: *mut NetPkt,
    ip_hdr: *mut IcmpIpHdr,
    icmp_hdr: *mut [u8; 4],
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: the device hands back the context its ping handler was given.
    unsafe {
        let known = !ctx.is_null() && CONTEXTS.contains(&raw const (*ctx).node);
        match known.then(|| (*ctx).handler).flatten() {
            Some(handler) => handler(ctx, pkt, ip_hdr, icmp_hdr, user_data),
            None => -Error::NoEnt.errno(),
        }
    }
}
