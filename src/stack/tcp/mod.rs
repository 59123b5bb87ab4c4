// SPDX-License-Identifier: Apache-2.0
//! TCP in the stack: the machine of `transport::tcp` joined to packets, routes and time.
//!
//! | file | what happens there |
//! | --- | --- |
//! | `rx` | a segment finds its connection; what the machine leaves to be done is done |
//! | `plain` | the segment nearly all others look like, in one look |
//! | `listen` | a segment that has no connection: requests, handshakes, resets |
//! | `tx` | segments go out |
//! | `icmp` | what routers say about our segments |
//! | `timers` | what the passing of time brings |
//! | `open`, `data`, `end` | what an application can ask for: connections, data, the end |
//! | `options` | what can be set and asked of a connection |

mod data;
mod end;
mod icmp;
mod listen;
mod open;
mod options;
#[cfg(all(
    CONFIG_NET_IPV4,
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_ARP,
    CONFIG_NET_UDP,
    not(CONFIG_ZNET_PROFILE_TINY)
))]
mod plain;
mod rx;
mod timers;
mod tx;

pub use data::{Ready, Received, SendRoom};
pub(super) use icmp::Trouble;
pub use options::{Info, TcpOpt};
pub use tx::TCP_HEADROOM;

use super::{Env, Stack};
use crate::base::{Endpoint, Error, Result};
use crate::transport::tcp::{NONE, Now, Tcb};
use crate::transport::{Context, ContextId};

impl Stack {
    /// Draws the secrets of sequence numbers and of the index. False without entropy: no connection is
    /// opened then, for its numbers could be told in advance.
    pub(super) fn tcp_start(&mut self, env: &dyn Env) -> bool {
        let (mut secret, mut key) = ([0; 16], [0; 4]);
        let drawn = env.random(&mut secret).is_ok() && env.random(&mut key).is_ok();
        if drawn {
            self.tcp.set_secret(secret, u32::from_ne_bytes(key));
        }
        drawn
    }

    /// Is there a secret? If not it is asked for again.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn tcp_has_secret(&mut self, env: &dyn Env) -> bool {
        self.tcp.secret.is_some() || self.tcp_start(env)
    }

    /// The slot of the connection behind a context.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn tcp_slot(&self, id: ContextId) -> Result<usize> {
        match self.contexts.get(id)?.tcb {
            NONE => Err(Error::OpNotSupp),
            slot => Ok(usize::from(slot)),
        }
    }

    /// The connection between two end points, whose hash is `hash`.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    pub(super) fn tcp_between(
        &self,
        hash: u32,
        local: &Endpoint,
        remote: &Endpoint,
    ) -> Option<usize> {
        let contexts = &self.contexts;
        self.tcp.find(hash, |context| {
            contexts.at(context).is_some_and(|c| c.remote == *remote && c.local == *local)
        })
    }

    /// A context and its connection.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn tcp_pair(&mut self, id: ContextId) -> Result<(&mut Context, &mut Tcb, usize)> {
        let context = self.contexts.get_mut(id)?;
        let slot = usize::from(context.tcb);
        let tcb = self.tcp.get_mut(slot).ok_or(Error::OpNotSupp)?;
        Ok((context, tcb, slot))
    }

    /// The end points of a connection, local first.
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn tcp_ends(&self, slot: usize) -> Option<(Endpoint, Endpoint)> {
        let context = self.contexts.at(usize::from(self.tcp.get(slot)?.context))?;
        Some((context.local, context.remote))
    }

    /// The hash of a connection's end points.
    fn tcp_hash(&self, slot: usize) -> u32 {
        self.tcp_ends(slot).map_or(0, |(local, remote)| self.tcp.hash(&local, &remote))
    }

    /// The time, also kept for [`Stack::deadline`].
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(never))]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline)]
    fn tcp_now(&mut self, env: &dyn Env) -> Now {
        let at = env.now();
        self.tcp_clock = at;
        Now::of(at)
    }
}
