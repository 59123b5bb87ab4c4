// SPDX-License-Identifier: Apache-2.0
//! Datagrams that say of themselves what others leave to their context: ancillary data of `sendmsg`.
//!
//! Called by: `socket::inet`. Calls: `stack::udp`.

use super::{Env, Stack};
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::buf::Pkt;
use crate::transport::{ContextId, Flags};
use crate::wire::checksum::Sum;

/// What one datagram asks for; what is not there is as the context has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The address of ours it comes from (IP_PKTINFO, IPV6_PKTINFO).
    pub from: Option<IpAddr>,
    /// The interface it leaves by, by index; 0 for any.
    pub iface: u8,
    /// Its time to live or hop limit (IP_TTL, IPV6_HOPLIMIT).
    pub ttl: Option<u8>,
    /// Its DSCP and ECN (IP_TOS, IPV6_TCLASS).
    pub tos: Option<u8>,
    /// When it is to be sent, in nanoseconds of the network device's clock (SCM_TXTIME).
    #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
    pub at: Option<u64>,
}

impl Stack {
    /// [`udp_send`](Stack::udp_send) with marks: the context has them for this one datagram.
    ///
    /// # Errors
    /// [`Error::Inval`] for an address that is not ours, for an interface other than the one the context
    /// is tied to, and for a time where SO_TXTIME is not set, [`Error::NoDev`] for an interface that does
    /// not exist, and those of [`udp_send`](Stack::udp_send).
    pub fn udp_send_marked(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        mut pkt: Pkt,
        sum: Sum,
        marks: &Marks,
    ) -> Result<()> {
        if let Err(error) = self.check_marks(env, id, &mut pkt, marks) {
            self.effects.free(pkt);
            return Err(error);
        }
        let Ok(context) = self.contexts.get_mut(id) else {
            self.effects.free(pkt);
            return Err(Error::BadF);
        };
        let before =
            (context.local.addr, context.iface, context.ttl, context.mcast_ttl, context.tos);
        if let Some(from) = marks.from {
            context.local.addr = from;
        }
        if marks.iface != 0 {
            context.iface = marks.iface;
        }
        if let Some(ttl) = marks.ttl {
            (context.ttl, context.mcast_ttl) = (ttl, ttl);
        }
        context.tos = marks.tos.unwrap_or(context.tos);
        let sent = self.udp_send_apart(env, id, to, pkt, sum);
        if let Ok(context) = self.contexts.get_mut(id) {
            (context.local.addr, context.iface, context.ttl, context.mcast_ttl, context.tos) =
                before;
        }
        sent
    }

    /// What can be said before anything is changed; a port it needs anyway.
    fn check_marks(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        pkt: &mut Pkt,
        marks: &Marks,
    ) -> Result<()> {
        let context = self.contexts.get(id)?;
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        if let Some(at) = marks.at {
            if !context.txtime {
                return Err(Error::Inval);
            }
            pkt.set_txtime(at);
        }
        let _ = pkt;
        if marks.iface != 0 {
            if context.iface != 0 && context.iface != marks.iface {
                return Err(Error::Inval);
            }
            self.ifaces.get(marks.iface).ok_or(Error::NoDev)?;
        }
        let Some(from) = marks.from else { return Ok(()) };
        let ours = !from.is_unspecified()
            && !from.is_multicast()
            && context.speaks(from)
            && self.may_bind(from, marks.iface);
        if !ours {
            return Err(Error::Inval);
        }
        match context.flags.contains(Flags::BOUND) {
            true => Ok(()),
            false => self.contexts.bind(id, context.nowhere(), super::local::random_port(env)),
        }
    }
}
