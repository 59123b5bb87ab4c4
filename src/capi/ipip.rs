// SPDX-License-Identifier: Apache-2.0
//! The driver of `IP_TUNNEL<n>`: tunnels of IP in IP as virtual interfaces (`<zephyr/net/virtual.h>`).
//!
//! Called by: `virtual_`, C. Calls: the stack, which carries the packets. The devices are in
//! `src/boot/c/ipip.c`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{c_char, c_int};

use super::net_if_state;
use super::virtual_::{self, Config, VirtualApi, kind};
use crate::base::{Error, IpAddr, Result};
use crate::buf::{NetPkt, Pkt};
use crate::iface::{IfFlag, IfRef, NetIf, NetIfApi};
use crate::l2::ipip::Tunnel;

/// `VIRTUAL_INTERFACE_IPIP`.
const CAPABILITIES: u32 = 1 << 1;
/// `AF_INET`.
#[cfg(CONFIG_NET_IPV4)]
const INET: u16 = 1;
/// `AF_INET6`.
#[cfg(CONFIG_NET_IPV6)]
const INET6: u16 = 2;
/// Smallest and largest MTU that can be asked for.
const MTU: core::ops::RangeInclusive<u32> = 68..=65_495;

/// Functions of the devices.
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals)]
pub static znet_ipip_api: VirtualApi = VirtualApi {
    iface_api: NetIfApi { init: Some(init) },
    get_capabilities: Some(capabilities),
    start: None,
    stop: None,
    send: Some(send),
    recv: None,
    attach: Some(attach),
    set_config: Some(set_config),
    get_config: Some(get_config),
};

/// The tunnel behind `iface`.
fn tunnel_of(iface: IfRef) -> Tunnel {
    super::instance::of(iface).core.with(|stack, _| stack.tunnel(iface)).unwrap_or_default()
}

fn set_tunnel(iface: IfRef, tunnel: Tunnel) -> Result<()> {
    super::instance::of(iface).core.with(|stack, _| stack.set_tunnel(iface, Some(tunnel)))
}

unsafe extern "C" fn init(iface: *mut NetIf) {
    const NAME: &[u8; 12] = b"IPIP tunnel\0";
    // SAFETY: start-up passes an interface of ours, and the name ends in a zero.
    unsafe {
        virtual_::net_virtual_set_name(iface, NAME.as_ptr().cast::<c_char>());
        virtual_::net_virtual_set_flags(iface, virtual_::POINT_TO_POINT);
        if let Some(iface) = IfRef::from_raw(iface) {
            iface.flag_set(IfFlag::PointToPoint);
            iface.flag_set(IfFlag::NoAutoStart);
        }
    }
}

unsafe extern "C" fn capabilities(_iface: *mut NetIf) -> u32 {
    CAPABILITIES
}

/// For who hands a packet to the link itself; what the stack sends is carried without this.
unsafe extern "C" fn send(iface: *mut NetIf, pkt: *mut NetPkt) -> c_int {
    // SAFETY: an interface, and a packet whose reference is ours from here on.
    let (iface, pkt) = unsafe { (IfRef::from_raw(iface), Pkt::from_raw(pkt)) };
    let Some(iface) = iface else {
        // It stays the caller's.
        core::mem::forget(pkt);
        return -Error::NoDev.errno();
    };
    let len = pkt.len() as c_int;
    super::instance::of(iface).core.with(|stack, env| stack.tunnel_out(env, iface, pkt));
    len
}

unsafe extern "C" fn attach(iface: *mut NetIf, lower: *mut NetIf) -> c_int {
    // SAFETY: interfaces, or null.
    let (iface, lower) = unsafe { (IfRef::from_raw(iface), IfRef::from_raw(lower)) };
    let Some(iface) = iface else { return -Error::Inval.errno() };
    let lower = lower.map_or(0, IfRef::index);
    super::errno::negative(set_tunnel(iface, Tunnel { lower, ..tunnel_of(iface) }))
}

/// The address of a request.
fn address(config: &Config) -> Result<IpAddr> {
    let mut bytes = [0; 16];
    for (place, word) in bytes.chunks_exact_mut(4).zip(config.value) {
        place.copy_from_slice(&word.to_ne_bytes());
    }
    match config.family {
        #[cfg(CONFIG_NET_IPV4)]
        INET => {
            let [a, b, c, d, ..] = bytes;
            Ok(IpAddr::V4([a, b, c, d].into()))
        }
        #[cfg(CONFIG_NET_IPV6)]
        INET6 => Ok(IpAddr::V6(bytes.into())),
        _ => Err(Error::AfNoSupport),
    }
}

/// Names the other end. A tunnel that is not attached yet is put on the interface that leads there.
fn set_peer(iface: IfRef, peer: IpAddr) -> Result<()> {
    let old = tunnel_of(iface);
    let way = match old.lower {
        0 => Some(super::instance::of(iface).core.with(|stack, _| stack.tunnel_way(peer))?),
        _ => None,
    };
    set_tunnel(iface, Tunnel { peer: Some(peer), ..old })?;
    let Some(way) = way else { return Ok(()) };
    // SAFETY: two interfaces.
    match unsafe { virtual_::net_virtual_interface_attach(iface.as_ptr(), way.as_ptr()) } {
        0 => {
            // There is an other end now: it can work, whoever has to be told to start others.
            let _ = net_if_state::up(iface);
            Ok(())
        }
        _ => {
            // Nothing is left of an attempt in vain.
            let _ = set_tunnel(iface, old);
            Err(Error::NetUnreach)
        }
    }
}

unsafe extern "C" fn set_config(iface: *mut NetIf, what: u32, config: *const Config) -> c_int {
    // SAFETY: an interface, and the settings of a request.
    let (iface, config) = unsafe { (IfRef::from_raw(iface), config.as_ref()) };
    let (Some(iface), Some(config)) = (iface, config) else { return -Error::Inval.errno() };
    super::errno::negative(match what {
        kind::PEER_ADDRESS => address(config).and_then(|peer| set_peer(iface, peer)),
        kind::MTU => {
            let tunnel = tunnel_of(iface);
            let most = super::instance::of(iface).core.with(|stack, _| stack.tunnel_mtu(tunnel));
            let [mtu, ..] = config.value;
            if !MTU.contains(&mtu) || most.is_some_and(|most| mtu > most.into()) {
                Err(Error::Inval)
            } else {
                iface.set_mtu(mtu as u16);
                Ok(())
            }
        }
        _ => Err(Error::NotSup),
    })
}

unsafe extern "C" fn get_config(iface: *mut NetIf, what: u32, config: *mut Config) -> c_int {
    // SAFETY: an interface, and room for the settings of a request.
    let (iface, config) = unsafe { (IfRef::from_raw(iface), config.as_mut()) };
    let (Some(iface), Some(config)) = (iface, config) else { return -Error::Inval.errno() };
    match (what, tunnel_of(iface).peer) {
        (kind::PEER_ADDRESS, None) => return -Error::NotConn.errno(),
        (kind::PEER_ADDRESS, Some(peer)) => {
            let (family, bytes) = match peer {
                #[cfg(CONFIG_NET_IPV4)]
                IpAddr::V4(addr) => {
                    let mut bytes = [0; 16];
                    bytes[..4].copy_from_slice(&addr.octets());
                    (INET, bytes)
                }
                #[cfg(CONFIG_NET_IPV6)]
                IpAddr::V6(addr) => (INET6, addr.octets()),
            };
            config.family = family;
            for (word, place) in config.value.iter_mut().zip(bytes.chunks_exact(4)) {
                *word = u32::from_ne_bytes(place.try_into().unwrap_or_default());
            }
        }
        (kind::MTU, _) => config.value[0] = iface.mtu().into(),
        _ => return -Error::NotSup.errno(),
    }
    0
}
