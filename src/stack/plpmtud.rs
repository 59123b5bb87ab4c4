// SPDX-License-Identifier: Apache-2.0
//! Path MTU discovery for connected UDP contexts whose application confirms probes (RFC 8899, 6.1).
//!
//! Called by: `capi::znet_plpmtud`; `stack::udp` with each datagram of such a context; `stack::{icmp, v6::icmp}` with errors.
//! Calls: `ip::plpmtud`, which knows the rules.
//!
//! A datagram of such a context is never fragmented, and what routers said of paths does not count for it. It may be as
//! large as is known to pass; one of the size that is to be probed is the probe.

use heapless::Vec;

use super::pmtu::Manner;
use super::{Env, Stack};
use crate::base::{Endpoint, Error, Instant, IpAddr, Result};
use crate::buf::Pkt;
use crate::config;
use crate::ip::plpmtud::{Limits, Search, State};
use crate::transport::ContextId;
use crate::wire::checksum::Sum;
use crate::wire::udp::HEADER_LEN;

/// A context with its search.
struct Path {
    id: ContextId,
    remote: Endpoint,
    search: Search,
}

/// All of them.
pub(super) struct Paths {
    list: Vec<Path, { config::ZNET_UDP_PLPMTUD_SOCKETS }>,
}

impl Paths {
    pub(super) const fn new() -> Self {
        Paths { list: Vec::new() }
    }
}

/// How a search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlpmtudInfo {
    /// Its state.
    pub state: State,
    /// Largest payload that may be sent.
    pub payload: u16,
}

/// Bytes of the IP header in front of datagrams to `dst`, and the least that a path carries behind it.
fn header_and_least(dst: IpAddr) -> (u16, u16) {
    match dst {
        #[cfg(CONFIG_NET_IPV4)]
        IpAddr::V4(_) => (20, 576 - 20),
        #[cfg(CONFIG_NET_IPV6)]
        IpAddr::V6(_) => (40, 1280 - 40),
    }
}

/// What passes nearly everywhere (RFC 8899, 5.1.2).
const BASE: u16 = 1200;

impl Stack {
    /// Begins to look what the path to the context's peer carries; begins anew where that was done.
    ///
    /// # Errors
    /// [`Error::NotConn`] when it is not connected, [`Error::NoMem`] when as many as can be are looking, those of routing.
    pub fn plpmtud_start(&mut self, id: ContextId) -> Result<()> {
        self.plpmtud_stop(id);
        self.manner = Manner::Whole;
        let link = self.context_mtu(id);
        self.manner = Manner::Usual;
        let remote = self.contexts.get(id)?.remote;
        let (header, min) = header_and_least(remote.addr);
        let limits = Limits { min, base: BASE.max(min), max: link?.saturating_sub(header) };
        let contexts = &self.contexts;
        self.plpmtud.list.retain(|path| contexts.get(path.id).is_ok());
        let path = Path { id, remote, search: Search::new(limits) };
        self.plpmtud.list.push(path).map_err(|_| Error::NoMem)
    }

    /// Ends that: datagrams go in fragments again where the path is known to carry less.
    pub fn plpmtud_stop(&mut self, id: ContextId) {
        self.plpmtud.list.retain(|path| path.id != id);
    }

    /// The payload of the probe that is to be sent now, if any, and when to ask again.
    ///
    /// # Errors
    /// [`Error::NoEnt`] when nothing is looked for on behalf of this context, or no more since it was connected anew.
    pub fn plpmtud_due(&mut self, env: &dyn Env, id: ContextId) -> Result<(Option<u16>, Instant)> {
        let search = self.search_of(id)?;
        let size = search.due(env.now());
        Ok((size.map(|size| size.saturating_sub(HEADER_LEN as u16)), search.deadline()))
    }

    /// The peer has received a datagram with this payload.
    ///
    /// # Errors
    /// Those of [`plpmtud_due`](Self::plpmtud_due).
    pub fn plpmtud_confirm(&mut self, env: &dyn Env, id: ContextId, payload: u16) -> Result<()> {
        let size = payload.saturating_add(HEADER_LEN as u16);
        self.search_of(id)?.confirmed(env.now(), size);
        Ok(())
    }

    /// How it stands.
    ///
    /// # Errors
    /// Those of [`plpmtud_due`](Self::plpmtud_due).
    pub fn plpmtud_info(&mut self, env: &dyn Env, id: ContextId) -> Result<PlpmtudInfo> {
        let search = self.search_of(id)?;
        search.due(env.now());
        let payload = search.plpmtu().saturating_sub(HEADER_LEN as u16);
        Ok(PlpmtudInfo { state: search.state(), payload })
    }

    fn search_of(&mut self, id: ContextId) -> Result<&mut Search> {
        let remote = self.contexts.get(id)?.remote;
        let path = self.plpmtud.list.iter_mut().find(|path| path.id == id);
        path.filter(|path| path.remote == remote).map(|path| &mut path.search).ok_or(Error::NoEnt)
    }

    /// True when datagrams of this context go another way than others'.
    #[inline]
    pub(super) fn plpmtud_concerns(&self, id: ContextId, to: Option<Endpoint>) -> bool {
        let of = |path: &Path| path.id == id && to.is_none_or(|to| to == path.remote);
        self.manner == Manner::Usual && self.plpmtud.list.iter().any(of)
    }

    /// Sends a datagram of such a context.
    ///
    /// # Errors
    /// [`Error::MsgSize`] when it is larger than what is known to pass, and no probe; those of `udp_send`.
    #[cold]
    pub(super) fn plpmtud_send(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        to: Option<Endpoint>,
        pkt: Pkt,
        sum: Sum,
    ) -> Result<()> {
        let size = u16::try_from(pkt.len() + HEADER_LEN).unwrap_or(u16::MAX);
        if let Ok(search) = self.search_of(id)
            && search.due(env.now()) != Some(size)
            && size > search.plpmtu()
        {
            self.effects.free(pkt);
            return Err(Error::MsgSize);
        }
        self.manner = Manner::Whole;
        let result = self.udp_send_apart(env, id, to, pkt, sum);
        self.manner = Manner::Usual;
        if result.is_ok()
            && let Ok(search) = self.search_of(id)
        {
            search.sent(env.now(), size);
        }
        result
    }

    /// A router says that a packet of `sent` bytes from this context to `remote` was too big for a link of `mtu` bytes;
    /// true when that is a hint for its search, and nothing more.
    pub(super) fn plpmtud_too_big(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        remote: Endpoint,
        mtu: u32,
        sent: usize,
    ) -> bool {
        let (header, _) = header_and_least(remote.addr);
        let Ok(search) = self.search_of(id) else { return false };
        let behind = |len: u32| u16::try_from(len).unwrap_or(u16::MAX).saturating_sub(header);
        search.too_big(env.now(), behind(mtu), behind(sent as u32));
        true
    }
}
