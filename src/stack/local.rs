// SPDX-License-Identifier: Apache-2.0
//! The local end of a context, whatever its protocol: which address and port it may have.
//!
//! Called by: `stack::{udp, tcp}`.

use super::{Env, Stack};
use crate::base::{IpAddr, Ipv4Addr};
use crate::transport::Context;

impl Stack {
    /// The interface and source address a context's packets to `dst` are restricted to.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn restrictions(&self, context: &Context, dst: IpAddr) -> (u8, Option<Ipv4Addr>) {
        let bound = match context.iface {
            0 if dst.is_multicast() => context.mcast_iface,
            index => index,
        };
        let Some(own) = context.local.addr.v4() else { return (bound, None) };
        // Bound to a group or a broadcast address it still speaks from the host's own.
        let usable = !own.is_unspecified() && !own.is_multicast() && !own.is_broadcast();
        (bound, usable.then_some(own))
    }

    /// True when a context on `iface` (0 is any) may have `addr` for its own: ours, all, or a group.
    pub(super) fn may_bind(&self, addr: IpAddr, iface: u8) -> bool {
        match addr {
            #[cfg(CONFIG_NET_IPV4)]
            IpAddr::V4(addr) => {
                addr.is_unspecified()
                    || addr.is_multicast()
                    || self.ifaces.iter().any(|i| {
                        (iface == 0 || i.index() == iface)
                            && (i.has_ipv4_addr(addr) || i.is_ipv4_broadcast(addr))
                    })
            }
            #[cfg(CONFIG_NET_IPV6)]
            IpAddr::V6(addr) => self.may_bind_v6(addr, iface),
        }
    }
}

/// Where the search for a free port begins (RFC 6056, 3.3.1). Without entropy it begins at the
/// first: ports are then only as hard to guess as their number.
pub(super) fn random_port(env: &dyn Env) -> u16 {
    let mut bytes = [0; 2];
    match env.random(&mut bytes) {
        Ok(()) => u16::from_ne_bytes(bytes),
        Err(_) => 0,
    }
}
