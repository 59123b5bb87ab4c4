// SPDX-License-Identifier: Apache-2.0
//! Contexts without a transport protocol: they see frames of the link as these arrive, and send what
//! the application has made.
//!
//! Called by: `stack::rx`, `socket::raw`. Calls: `l2::ethernet`. A context gets a copy, so that the
//! stack goes on with the frame as if nobody had looked. What this host sends is not shown.

use super::Stack;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
pub use super::frame::kind_of;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::base::Error;
use crate::base::{DropReason, Result};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::IfRef;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::iface::L2Kind;
use crate::transport::{Context, ContextId, Raw};
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
use crate::wire::ethernet::HEADER_LEN;

/// Every EtherType (`ETH_P_ALL`).
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
const ALL: u16 = 3;

/// Where a frame goes.
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkTo {
    /// Interface by index; 0 is the one the context is bound to.
    pub iface: u8,
    /// EtherType; 0 is the context's.
    pub ethertype: u16,
    /// The station or group.
    pub addr: crate::base::EthAddr,
}

impl Stack {
    /// Opens a context without a transport protocol.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all contexts are in use.
    pub fn raw_open(&mut self, raw: Raw) -> Result<ContextId> {
        let id = self.contexts.open(0)?;
        self.contexts.get_mut(id)?.raw = Some(raw);
        self.raw_contexts += 1;
        Ok(id)
    }

    /// Counts one fewer, when `id` is such a context.
    pub(super) fn raw_close(&mut self, id: ContextId) {
        if self.contexts.get(id).is_ok_and(|context| context.raw.is_some()) {
            self.raw_contexts = self.raw_contexts.saturating_sub(1);
        }
    }

    /// Gives a copy of `pkt` to each context that `wants` it; whether there was one.
    pub(super) fn show_copies(
        &mut self,
        iface: IfRef,
        pkt: &Pkt,
        wants: impl Fn(&Context) -> bool,
    ) -> bool {
        let here = |context: &Context| context.iface == 0 || context.iface == iface.index();
        let mut last = None;
        loop {
            let next = self
                .contexts
                .iter()
                .filter(|(id, _)| last.is_none_or(|last: ContextId| id.index() > last.index()))
                .find(|(_, context)| context.raw.is_some() && here(context) && wants(context))
                .map(|(id, _)| id);
            let Some(id) = next else { return last.is_some() };
            last = Some(id);
            match pkt.deep_clone(NO_WAIT) {
                Some(mut copy) => {
                    copy.set_iface(iface.as_ptr().cast());
                    self.deliver_apart(id, copy);
                }
                None => self.count(DropReason::NoBuffer),
            }
        }
    }

    /// Shows a frame that arrived to those who want to see it.
    pub(super) fn show_frame(&mut self, iface: IfRef, pkt: &Pkt) {
        #[cfg(CONFIG_NET_SOCKETS_PACKET)]
        if let Some(kind) = kind_of(iface, pkt) {
            self.show_copies(iface, pkt, |context| match context.raw {
                Some(Raw::Frames { ethertype, .. }) => ethertype == ALL || ethertype == kind,
                #[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
                _ => false,
                #[cfg(not(CONFIG_NET_SOCKETS_INET_RAW))]
                None => false,
            });
        }
        let _ = (iface, pkt);
    }

    /// Ties the context to an interface, by index or 0 for any, and to an EtherType, unless that is 0.
    ///
    /// # Errors
    /// [`Error::AddrNotAvail`] when there is no such interface.
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    pub fn packet_bind(&mut self, id: ContextId, iface: u8, kind: u16) -> Result<()> {
        if iface != 0 && self.ifaces.get(iface).is_none() {
            return Err(Error::AddrNotAvail);
        }
        let context = self.contexts.get_mut(id)?;
        context.iface = iface;
        if let (Some(Raw::Frames { ethertype, .. }), true) = (&mut context.raw, kind != 0) {
            *ethertype = kind;
        }
        Ok(())
    }

    /// Sends a frame, or what one carries.
    ///
    /// # Errors
    /// [`Error::DestAddrReq`] when nobody said on which interface, or of which EtherType,
    /// [`Error::NoDev`] for one that does not exist, [`Error::NetDown`], [`Error::MsgSize`] past what
    /// the link carries, [`Error::NoBufs`].
    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    pub fn packet_send(&mut self, id: ContextId, to: Option<LinkTo>, pkt: Pkt) -> Result<()> {
        let mut pkt = pkt;
        match self.packet_prepare(id, to, &mut pkt) {
            Ok(iface) => {
                self.effects.transmit(iface, pkt);
                Ok(())
            }
            Err(error) => {
                self.effects.free(pkt);
                Err(error)
            }
        }
    }

    #[cfg(CONFIG_NET_SOCKETS_PACKET)]
    fn packet_prepare(&self, id: ContextId, to: Option<LinkTo>, pkt: &mut Pkt) -> Result<IfRef> {
        let context = self.contexts.get(id)?;
        let Some(Raw::Frames { ethertype, header }) = context.raw else { return Err(Error::Inval) };
        let named = to.map_or(0, |to| to.iface);
        let index = if named == 0 { context.iface } else { named };
        if index == 0 || to.is_none() && !header {
            return Err(Error::DestAddrReq);
        }
        let iface = self.ifaces.get(index).ok_or(Error::NoDev)?;
        if !iface.is_up() {
            return Err(Error::NetDown);
        }
        let ethernet = cfg!(CONFIG_NET_L2_ETHERNET) && iface.l2_kind() == L2Kind::Ethernet;
        let own = if ethernet && header { HEADER_LEN } else { 0 };
        if pkt.len() < own {
            return Err(Error::Inval);
        }
        if pkt.len() - own > usize::from(iface.mtu()) {
            return Err(Error::MsgSize);
        }
        pkt.set_priority(context.priority);
        let to = to.unwrap_or_default();
        let kind = if to.ethertype == 0 { ethertype } else { to.ethertype };
        #[cfg(CONFIG_NET_L2_ETHERNET)]
        if ethernet && !header {
            if matches!(kind, 0 | ALL) {
                return Err(Error::DestAddrReq);
            }
            crate::l2::ethernet::output(iface, pkt, to.addr, kind).map_err(|_| Error::NoBufs)?;
            return Ok(iface);
        }
        pkt.set_ll_proto_type(kind);
        Ok(iface)
    }
}
