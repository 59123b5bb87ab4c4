// SPDX-License-Identifier: Apache-2.0
//! The table of contexts and the search for the one a datagram is for.
//!
//! Called by: `transport::udp`, `stack`. The search walks one hash bucket, so it costs the same with
//! ten contexts and with a thousand.

use super::context::{Context, ContextId, Flags};
use crate::base::hash::{HashIndex, buckets, mix};
use crate::base::{Endpoint, Error, IpAddr, Result};
use crate::buf::{PktList, faults};
use crate::config;

/// Contexts of one stack.
pub const CONTEXTS: usize =
    if config::NET_MAX_CONTEXTS == 0 { 1 } else { config::NET_MAX_CONTEXTS };
const BUCKETS: usize = buckets(CONTEXTS);

/// Whether contexts may agree to share an end point.
const SHARING: bool = cfg!(any(
    CONFIG_NET_CONTEXT_REUSEADDR,
    CONFIG_NET_CONTEXT_REUSEPORT,
    not(CONFIG_ZNET_PROFILE_TINY)
));

/// First port given out by the stack itself (RFC 6335, 6: dynamic ports).
const EPHEMERAL_FIRST: u16 = 49152;

/// A datagram's way, as its headers tell it.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// IP protocol number.
    pub protocol: u8,
    /// Interface index on which it came.
    pub iface: u8,
    /// Where it goes: an address of ours, a broadcast or a group.
    pub local: Endpoint,
    /// Where it comes from.
    pub remote: Endpoint,
}

/// All contexts, indexed by protocol and local port.
pub struct Contexts {
    slots: [Context; CONTEXTS],
    index: HashIndex<BUCKETS, CONTEXTS>,
    key: u32,
    in_use: u16,
    /// Where the search for a free slot begins.
    hand: u16,
}

impl Contexts {
    /// A table with every slot free.
    pub const fn new() -> Self {
        Contexts {
            slots: [const { Context::FREE }; CONTEXTS],
            index: HashIndex::new(),
            key: 0,
            in_use: 0,
            hand: 0,
        }
    }

    /// Chooses the hash key; only while no context is in use.
    pub fn set_key(&mut self, key: u32) {
        if self.in_use == 0 {
            self.key = key;
        }
    }

    /// How many contexts are in use.
    pub const fn in_use(&self) -> usize {
        self.in_use as usize
    }

    /// Takes a free slot.
    ///
    /// # Errors
    /// [`Error::NoMem`] when all are taken.
    pub fn open(&mut self, protocol: u8) -> Result<ContextId> {
        if faults::strike_place() {
            return Err(Error::NoMem);
        }
        let start = self.hand as usize;
        for step in 0..CONTEXTS {
            let slot = (start + step) % CONTEXTS;
            let Some(context) = self.slots.get_mut(slot) else { break };
            if context.flags.contains(Flags::IN_USE) {
                continue;
            }
            context.occupy(protocol);
            self.in_use += 1;
            self.hand = ((slot + 1) % CONTEXTS) as u16;
            return Ok(ContextId::new(slot, context.generation()));
        }
        Err(Error::NoMem)
    }

    /// Releases a context and gives back what waited in its queue.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn close(&mut self, id: ContextId) -> Result<PktList> {
        let queue = core::mem::take(&mut self.get_mut(id)?.rx);
        self.release(id);
        Ok(queue)
    }

    /// Releases a context whose queue is empty.
    pub fn release(&mut self, id: ContextId) {
        self.unbind(id);
        let Ok(context) = self.get_mut(id) else { return };
        context.recycle();
        self.in_use -= 1;
    }

    /// The context of that name.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    #[inline(always)]
    pub fn get(&self, id: ContextId) -> Result<&Context> {
        self.named(id).ok_or(Error::BadF)
    }

    /// As [`get`](Self::get): a pointer alone is returned in a register.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn named(&self, id: ContextId) -> Option<&Context> {
        match self.slots.get(id.index()) {
            Some(context) if context.is(id) => Some(context),
            _ => None,
        }
    }

    /// The context of that name, to change.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    #[inline(always)]
    pub fn get_mut(&mut self, id: ContextId) -> Result<&mut Context> {
        self.named_mut(id).ok_or(Error::BadF)
    }

    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn named_mut(&mut self, id: ContextId) -> Option<&mut Context> {
        match self.slots.get_mut(id.index()) {
            Some(context) if context.is(id) => Some(context),
            _ => None,
        }
    }

    /// The name of the context in a slot.
    #[cfg(CONFIG_NET_TCP)]
    pub fn id_of(&self, slot: usize) -> Option<ContextId> {
        let context = self.slots.get(slot).filter(|c| c.flags.contains(Flags::IN_USE))?;
        Some(ContextId::new(slot, context.generation()))
    }

    /// The context in a slot, in use or not.
    #[cfg(CONFIG_NET_TCP)]
    #[inline]
    pub fn at(&self, slot: usize) -> Option<&Context> {
        self.slots.get(slot)
    }

    /// The same, to be changed.
    #[cfg(CONFIG_NET_TCP)]
    #[inline]
    pub fn at_mut(&mut self, slot: usize) -> Option<&mut Context> {
        self.slots.get_mut(slot)
    }

    /// The context that fits best among those that `may`.
    #[cfg(CONFIG_NET_TCP)]
    pub fn find_where(&self, flow: &Flow, may: &dyn Fn(&Context) -> bool) -> Option<ContextId> {
        let mut best: Option<(u8, usize)> = None;
        for slot in self.index.chain(self.hash(flow.protocol, flow.local.port)) {
            let Some(context) = self.slots.get(slot) else { continue };
            if let Some(score) = score(context, flow)
                && best.is_none_or(|(top, _)| score > top)
                && may(context)
            {
                best = Some((score, slot));
            }
        }
        let (_, slot) = best?;
        self.id_of(slot)
    }

    /// Gives up the name of a context without freeing it: its application is done with it, the
    /// stack is not. Returns the new name.
    #[cfg(CONFIG_NET_TCP)]
    pub fn rename(&mut self, id: ContextId) -> Result<ContextId> {
        self.get_mut(id)?.renew();
        self.id_of(id.index()).ok_or(Error::BadF)
    }

    /// The contexts in use.
    pub fn iter(&self) -> impl Iterator<Item = (ContextId, &Context)> {
        self.slots
            .iter()
            .enumerate()
            .filter(|(_, c)| c.flags.contains(Flags::IN_USE))
            .map(|(slot, c)| (ContextId::new(slot, c.generation()), c))
    }

    /// Gives a context its local end point. Port 0 asks for a free one, searched from `random` on.
    ///
    /// # Errors
    /// [`Error::AddrInUse`] when another context has it, [`Error::Inval`] when this one is bound.
    pub fn bind(&mut self, id: ContextId, mut local: Endpoint, random: u16) -> Result<()> {
        let context = self.get(id)?;
        if context.flags.contains(Flags::BOUND) {
            return Err(Error::Inval);
        }
        let protocol = context.protocol;
        if local.port == 0 {
            local.port = self.free_port(id, local.addr, random).ok_or(Error::AddrInUse)?;
        } else if self.conflicts(id, local, true) {
            return Err(Error::AddrInUse);
        }
        let hash = self.hash(protocol, local.port);
        let context = self.get_mut(id)?;
        context.local = local;
        context.flags |= Flags::BOUND;
        self.index.insert(hash, id.index());
        Ok(())
    }

    /// Takes a context's local end point away.
    pub fn unbind(&mut self, id: ContextId) {
        let Ok(context) = self.get_mut(id) else { return };
        if !context.flags.contains(Flags::BOUND) {
            return;
        }
        context.flags -= Flags::BOUND;
        let (protocol, port) = (context.protocol, context.local.port);
        context.local = context.nowhere();
        let hash = self.hash(protocol, port);
        self.index.remove(hash, id.index());
    }

    /// The context that fits a unicast datagram best: the one that names most of its flow.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    #[cfg(not(all(CONFIG_NET_TCP, CONFIG_ZNET_PROFILE_TINY)))]
    pub fn find(&self, flow: &Flow) -> Option<ContextId> {
        let hash = self.hash(flow.protocol, flow.local.port);
        #[cfg(CONFIG_ZNET_PROFILE_FAST)]
        if let Some(slot) = self.index.only(hash) {
            let context = self.slots.get(slot)?;
            return score(context, flow).map(|_| ContextId::new(slot, context.generation()));
        }
        let Flow { protocol, iface, local, remote } = *flow;
        self.find_among(hash, protocol, iface, local, remote)
    }

    /// The same where there may be a choice.
    #[cfg_attr(CONFIG_ZNET_PROFILE_FAST, inline(never))]
    #[cfg(not(all(CONFIG_NET_TCP, CONFIG_ZNET_PROFILE_TINY)))]
    fn find_among(
        &self,
        hash: u32,
        protocol: u8,
        iface: u8,
        local: Endpoint,
        remote: Endpoint,
    ) -> Option<ContextId> {
        let flow = &Flow { protocol, iface, local, remote };
        let mut best = None;
        let mut top = 0;
        for slot in self.index.chain(hash) {
            let Some(context) = self.slots.get(slot) else { continue };
            let rank = score(context, flow).map_or(0, |score| u32::from(score) + 1);
            if rank > top {
                (top, best) = (rank, Some((slot, context)));
            }
        }
        best.map(|(slot, context)| ContextId::new(slot, context.generation()))
    }

    /// The same, where size counts: by the search that TCP needs.
    #[cfg(all(CONFIG_NET_TCP, CONFIG_ZNET_PROFILE_TINY))]
    pub fn find(&self, flow: &Flow) -> Option<ContextId> {
        self.find_where(flow, &|_| true)
    }

    /// Every context that fits, for a broadcast or a group; `after` continues a walk.
    pub fn find_next(&self, flow: &Flow, after: Option<ContextId>) -> Option<ContextId> {
        let mut chain = self.index.chain(self.hash(flow.protocol, flow.local.port));
        if let Some(last) = after {
            chain.find(|&slot| slot == last.index());
        }
        let slot = chain.find(|&s| self.slots.get(s).is_some_and(|c| score(c, flow).is_some()))?;
        Some(ContextId::new(slot, self.slots.get(slot)?.generation()))
    }

    /// True when a context is bound to `port` of `protocol`.
    pub fn port_in_use(&self, protocol: u8, port: u16) -> bool {
        self.index.chain(self.hash(protocol, port)).any(|slot| {
            self.slots.get(slot).is_some_and(|c| c.protocol == protocol && c.local.port == port)
        })
    }

    #[inline]
    fn hash(&self, protocol: u8, port: u16) -> u32 {
        mix((protocol as u32) << 16 | port as u32, self.key)
    }

    /// A port nobody has; one that others would share is not what "any" asks for.
    fn free_port(&self, id: ContextId, addr: IpAddr, random: u16) -> Option<u16> {
        let (first, last) = self.port_range(id);
        let span = last - first + 1;
        (0..span)
            .map(|step| first + (random % span + step) % span)
            .find(|&port| !self.conflicts(id, Endpoint::new(addr, port), false))
    }

    /// The ports the stack chooses from: the lowest and the highest, which differ by less than 65,535.
    #[inline]
    fn port_range(&self, id: ContextId) -> (u16, u16) {
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        if let Ok(Context { port_range: range @ (first, last), .. }) = self.get(id)
            && *range != (0, 0)
        {
            return ((*first).max(1), if *last == 0 { u16::MAX } else { *last });
        }
        let _ = id;
        (EPHEMERAL_FIRST, u16::MAX)
    }

    /// True when `local` overlaps with another context's and the two do not agree to share, or may
    /// not (`share`).
    fn conflicts(&self, id: ContextId, local: Endpoint, share: bool) -> bool {
        let Ok(new) = self.get(id) else { return true };
        self.index.chain(self.hash(new.protocol, local.port)).any(|slot| {
            let Some(old) = self.slots.get(slot) else { return false };
            let same = old.protocol == new.protocol && old.local.port == local.port;
            let ifaces = old.iface == 0 || new.iface == 0 || old.iface == new.iface;
            let wild = old.local.addr.is_unspecified() != local.addr.is_unspecified();
            #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
            if old.local.addr.v4().is_some() != local.addr.v4().is_some() {
                return across(old, new, local, share);
            }
            let equal = old.local.addr == local.addr;
            if slot == id.index() || !same || !ifaces || !(wild || equal) {
                return false;
            }
            let both = old.flags & new.flags;
            // Beside one of any address who comes second alone has to ask, as in Zephyr.
            let shared = both.contains(Flags::REUSE_PORT)
                || wild && new.flags.contains(Flags::REUSE_ADDR)
                || both.contains(Flags::REUSE_ADDR) && local.addr.is_multicast();
            !(SHARING && share && shared)
        })
    }
}

impl Default for Contexts {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether two contexts of different families are after the same port: only one of AF_INET6 that is
/// bound to no address, and carries IPv4 too, meets any of IPv4.
#[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
fn across(old: &Context, new: &Context, local: Endpoint, share: bool) -> bool {
    let (wide, any) = match local.addr.v4() {
        Some(_) => (old, old.local.addr.is_unspecified()),
        None => (new, local.addr.is_unspecified()),
    };
    let same = old.protocol == new.protocol && old.local.port == local.port;
    let on = old.iface == 0 || new.iface == 0 || old.iface == new.iface;
    let shared = share && (old.flags & new.flags).intersects(Flags::REUSE_PORT | Flags::REUSE_ADDR);
    same && on && any && !wide.flags.contains(Flags::V6ONLY) && !shared
}

/// How much of `flow` a context names; `None` when something it names differs.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
fn score(context: &Context, flow: &Flow) -> Option<u8> {
    if context.protocol != flow.protocol || context.local.port != flow.local.port {
        return None;
    }
    // One bound to nothing hears its own family, and of AF_INET6 perhaps IPv4 too.
    #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    if context.local.addr.v4().is_some() != flow.local.addr.v4().is_some()
        && (context.local.addr.v4().is_some()
            || context.flags.contains(Flags::V6ONLY)
            || !context.local.addr.is_unspecified())
    {
        return None;
    }
    // Most sockets name nothing but their port.
    if context.flags.bits() & Flags::CONNECTED.bits() == 0
        && context.iface == 0
        && context.local.addr.is_unspecified()
    {
        return Some(0);
    }
    let mut score = 0;
    if !context.local.addr.is_unspecified() {
        if context.local.addr != flow.local.addr {
            return None;
        }
        score += 1;
    }
    if context.flags.contains(Flags::CONNECTED) {
        if context.remote != flow.remote {
            return None;
        }
        score += 4;
    }
    if context.iface != 0 {
        if context.iface != flow.iface {
            return None;
        }
        score += 2;
    }
    Some(score)
}
