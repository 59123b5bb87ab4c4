// SPDX-License-Identifier: Apache-2.0
//! The stack as a value. Only this folder composes the floors below it.
//!
//! | file | what happens there |
//! | --- | --- |
//! | `rx`, `rx_v4` | a frame from a driver finds its way up to a context, a reply, or a drop |
//! | `tx`, `tx_v4` | a packet finds its way out: route, header, neighbour, link header |
//! | `forward_v4` | a packet for somebody else finds its way on |
//! | `nat` | addresses of others hidden behind ours |
//! | `raw` | a packet that somebody else has built finds its way out |
//! | `packet`, `raw_ip` | contexts without a transport protocol |
//! | `handlers` | packets for handlers that are no contexts |
//! | `frame` | what a frame is |
//! | `fragments_v4` | packets that came, or go, in fragments |
//! | `plain` | the datagram nearly all others look like, in one look |
//! | `plpmtud` | what datagrams of an application that confirms probes may measure |
//! | `pmtu` | what packets to a destination may measure |
//! | `context` | what a context of any protocol can be asked to do |
//! | `local` | its local end |
//! | `udp` | what a UDP context can be asked to do |
//! | `marked` | a datagram with ancillary data of its own |
//! | `tcp/` | segments and connections |
//! | `icmp` | echo, errors in and out |
//! | `neighbour` | ARP: packets in, requests out |
//! | `acd` | addresses tried before use, and defended |
//! | `igmp` | what routers are told of groups |
//! | `membership` | who joined which multicast group |
//! | `v6/` | all of IPv6 |
//! | `timers` | what the passing of time brings |
//! | `core` | the lock around all this, and the effects after it |

#[cfg(CONFIG_NET_IPV4_ACD)]
pub mod acd;
#[cfg(CONFIG_ZNET_CONN_HANDLERS)]
mod by_hand;
#[cfg(CONFIG_ZNET_CONTEXTS)]
mod context;
mod core;
#[cfg(all(
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_IPV4,
    CONFIG_NET_UDP,
    CONFIG_NET_ARP,
    not(CONFIG_ZNET_PROFILE_TINY)
))]
mod door;
mod effects;
#[cfg(any(CONFIG_NET_ROUTING, CONFIG_ZNET_IPV4_FORWARDING, CONFIG_NET_L2_IPIP))]
mod forward;
#[cfg(CONFIG_ZNET_IPV4_FORWARDING)]
mod forward_v4;
#[cfg(CONFIG_NET_IPV4_FRAGMENT)]
mod fragments_v4;
#[cfg(any(CONFIG_NET_SOCKETS_PACKET, CONFIG_ZNET_CONN_HANDLERS))]
mod frame;
#[cfg(CONFIG_ZNET_CONN_HANDLERS)]
mod handlers;
#[cfg(CONFIG_NET_IPV4)]
mod icmp;
#[cfg(CONFIG_NET_IPV4_IGMP)]
pub mod igmp;
#[cfg(all(
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_IPV4,
    CONFIG_NET_UDP,
    CONFIG_NET_ARP,
    not(CONFIG_ZNET_PROFILE_TINY)
))]
mod lane;
#[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IP))]
mod local;
#[cfg(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)]
pub mod loss;
#[cfg(CONFIG_NET_UDP)]
mod marked;
#[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IP))]
mod membership;
#[cfg(CONFIG_ZNET_IPV4_NAT)]
mod nat;
#[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
mod neighbour;
#[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
mod packet;
#[cfg(all(
    CONFIG_NET_L2_ETHERNET,
    CONFIG_NET_IPV4,
    CONFIG_NET_UDP,
    CONFIG_NET_ARP,
    not(CONFIG_ZNET_PROFILE_TINY)
))]
mod plain;
mod platform;
#[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
mod plpmtud;
mod pmtu;
#[cfg(CONFIG_NET_IPV4)]
mod raw;
#[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
mod raw_ip;
mod rx;
#[cfg(CONFIG_NET_IPV4)]
mod rx_v4;
#[cfg(CONFIG_NET_STATISTICS)]
pub mod statistics;
pub mod tc;
#[cfg(CONFIG_NET_TCP)]
mod tcp;
mod timers;
#[cfg(CONFIG_NET_L2_IPIP)]
mod tunnel;
#[cfg(CONFIG_NET_L2_IPIP)]
mod tunnel_error;
mod tx;
#[cfg(CONFIG_NET_IPV4)]
mod tx_v4;
#[cfg(CONFIG_NET_UDP)]
mod udp;
#[cfg(CONFIG_NET_IPV6)]
mod v6;

#[cfg(CONFIG_ZNET_CONTEXTS)]
pub use self::context::UDP_HEADROOM;
pub use self::core::{Core, Place, Shared};
pub use crate::transport::demux::CONTEXTS;
pub use effects::Effects;
#[cfg(CONFIG_NET_UDP)]
pub use marked::Marks;
#[cfg(CONFIG_ZNET_MCAST_FILTERS)]
pub use membership::SourceChange;
#[cfg(CONFIG_NET_SOCKETS_PACKET)]
pub use packet::{LinkTo, kind_of as frame_kind};
#[cfg(CONFIG_NET_IPV6)]
pub use platform::Ipv6Change;
pub use platform::{Call, Env, Event, Platform};
#[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
pub use plpmtud::PlpmtudInfo;
#[cfg(CONFIG_NET_SOCKETS_INET_RAW)]
pub use raw_ip::sender_of;
#[cfg(CONFIG_NET_TCP)]
pub use tcp::{Info, Ready, Received, SendRoom, TCP_HEADROOM, TcpOpt};
pub use timers::TIMERS;
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
pub use tx::EchoRequest;
pub use tx::Offer;
#[cfg(CONFIG_ZNET_IPV6_ROUTER_ADVERT)]
pub use v6::Told;

use crate::base::DropReason;
use crate::buf::{Home, Pkt, PktList, Pools};
use crate::iface::{IfRef, IfTable};
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::limit::RateLimit;
#[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
use crate::l2::arp;
use crate::transport::Contexts;

/// Words for one bit a type: those of IPv4 end at 43.
#[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
const ICMP_WORDS: usize = if cfg!(CONFIG_NET_IPV6) { 8 } else { 2 };

/// One network stack: interfaces, neighbours, contexts and counters, and nothing else.
///
/// It reads no clock and draws no random number; both come in with each call ([`Env`]). What it
/// decides is left as [`Effects`] for whoever holds it ([`Core`]).
pub struct Stack {
    /// Registered interfaces.
    pub ifaces: IfTable,
    /// Communication end points.
    pub contexts: Contexts,
    /// What is to be done after unlock.
    pub(crate) effects: Effects,
    /// Packets to ourselves, on their way back up.
    local: PktList,
    /// Which of them get lost.
    #[cfg(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)]
    pub loss: loss::Loss,
    pools: Home,
    #[cfg(CONFIG_ZNET_IPV4_NAT)]
    nat: nat::State,
    #[cfg(CONFIG_NET_PMTU)]
    pmtu: crate::ip::pmtu::Cache,
    #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
    plpmtud: plpmtud::Paths,
    /// How the datagram that is being sent heeds its path.
    #[cfg(any(CONFIG_ZNET_UDP_PLPMTUD, CONFIG_ZNET_MTU_DISCOVER))]
    manner: pmtu::Manner,
    #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
    arp: arp::Cache,
    #[cfg(CONFIG_NET_IPV4_ACD)]
    acd: acd::Table,
    /// When the addresses are announced next.
    #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION))]
    announce_at: crate::base::Instant,
    #[cfg(CONFIG_NET_IPV4)]
    routes: crate::ip::v4::route::Cache,
    #[cfg(CONFIG_NET_IPV4)]
    senders: crate::ip::v4::senders::Senders,
    #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
    fragments: fragments_v4::Fragments,
    #[cfg(CONFIG_NET_IPV4_IGMP)]
    igmp: igmp::Groups,
    #[cfg(CONFIG_NET_IPV4)]
    icmp_limit: RateLimit,
    /// ICMP types an application listens to, one bit each.
    #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
    icmp_interest: [u32; ICMP_WORDS],
    /// How they are shown to it. Comes with the first: a program that listens to none holds no code
    /// for it.
    #[cfg(CONFIG_NET_IPV4)]
    icmp_show: Option<icmp::Show>,
    #[cfg(CONFIG_NET_IPV6)]
    icmp_show_v6: Option<v6::Show>,
    /// Ways to neighbours with the link headers of all frames that take them.
    #[cfg(all(
        CONFIG_NET_L2_ETHERNET,
        CONFIG_NET_IPV4,
        CONFIG_NET_UDP,
        CONFIG_NET_ARP,
        not(CONFIG_ZNET_PROFILE_TINY)
    ))]
    lanes: lane::Lanes,
    /// Who came in by an ordinary frame lately.
    #[cfg(all(
        CONFIG_NET_L2_ETHERNET,
        CONFIG_NET_IPV4,
        CONFIG_NET_UDP,
        CONFIG_NET_ARP,
        not(CONFIG_ZNET_PROFILE_TINY)
    ))]
    doors: door::Doors,
    /// Identification of the next IPv4 packet (RFC 6864).
    #[cfg(CONFIG_NET_IPV4)]
    ident: u16,
    /// Multicast memberships of contexts.
    #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IP))]
    pub memberships: membership::Memberships,
    #[cfg(CONFIG_NET_L2_IPIP)]
    tunnels: tunnel::State,
    /// What there is of IPv6.
    #[cfg(CONFIG_NET_IPV6)]
    v6: v6::State,
    /// Connections.
    #[cfg(CONFIG_NET_TCP)]
    pub tcp: crate::transport::tcp::Connections,
    /// When a connection was looked at last.
    #[cfg(CONFIG_NET_TCP)]
    tcp_clock: crate::base::Instant,
    /// Contexts without a transport protocol.
    #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
    raw_contexts: u16,
    /// Handlers that are no contexts.
    #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
    pub handlers: crate::transport::handlers::Handlers,
    #[cfg(CONFIG_ZNET_DROP_REASONS)]
    drops: [u32; DropReason::COUNT],
    events_lost: u32,
}

impl Stack {
    /// A stack without interfaces that takes its packets from `pools`.
    pub const fn new(pools: Home) -> Self {
        Stack {
            ifaces: IfTable::new(),
            contexts: Contexts::new(),
            effects: Effects::new(),
            local: PktList::new(),
            #[cfg(CONFIG_NET_LOOPBACK_SIMULATE_PACKET_DROP)]
            loss: loss::Loss::new(),
            pools,
            #[cfg(CONFIG_ZNET_IPV4_NAT)]
            nat: nat::State::new(),
            #[cfg(CONFIG_NET_PMTU)]
            pmtu: crate::ip::pmtu::Cache::new(),
            #[cfg(CONFIG_ZNET_UDP_PLPMTUD)]
            plpmtud: plpmtud::Paths::new(),
            #[cfg(any(CONFIG_ZNET_UDP_PLPMTUD, CONFIG_ZNET_MTU_DISCOVER))]
            manner: pmtu::Manner::Usual,
            #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4))]
            arp: arp::Cache::new(),
            #[cfg(CONFIG_NET_IPV4_ACD)]
            acd: acd::Table::new(),
            #[cfg(all(CONFIG_NET_IPV4, CONFIG_NET_ARP_GRATUITOUS_TRANSMISSION))]
            announce_at: crate::base::Instant::ZERO,
            #[cfg(CONFIG_NET_IPV4)]
            routes: crate::ip::v4::route::Cache::new(),
            #[cfg(CONFIG_NET_IPV4)]
            senders: crate::ip::v4::senders::Senders::new(),
            #[cfg(CONFIG_NET_IPV4_FRAGMENT)]
            fragments: fragments_v4::store(),
            #[cfg(CONFIG_NET_IPV4_IGMP)]
            igmp: igmp::groups(),
            #[cfg(CONFIG_NET_IPV4)]
            icmp_limit: RateLimit::new(),
            #[cfg(any(CONFIG_NET_IPV4, CONFIG_NET_IPV6))]
            icmp_interest: [0; ICMP_WORDS],
            #[cfg(CONFIG_NET_IPV4)]
            icmp_show: None,
            #[cfg(CONFIG_NET_IPV6)]
            icmp_show_v6: None,
            #[cfg(all(
                CONFIG_NET_L2_ETHERNET,
                CONFIG_NET_IPV4,
                CONFIG_NET_UDP,
                CONFIG_NET_ARP,
                not(CONFIG_ZNET_PROFILE_TINY)
            ))]
            lanes: lane::Lanes::new(),
            #[cfg(all(
                CONFIG_NET_L2_ETHERNET,
                CONFIG_NET_IPV4,
                CONFIG_NET_UDP,
                CONFIG_NET_ARP,
                not(CONFIG_ZNET_PROFILE_TINY)
            ))]
            doors: door::Doors::new(),
            #[cfg(CONFIG_NET_IPV4)]
            ident: 0,
            #[cfg(all(CONFIG_ZNET_CONTEXTS, CONFIG_NET_IP))]
            memberships: membership::Memberships::new(),
            #[cfg(CONFIG_NET_L2_IPIP)]
            tunnels: tunnel::State::new(),
            #[cfg(CONFIG_NET_IPV6)]
            v6: v6::State::new(),
            #[cfg(CONFIG_NET_TCP)]
            tcp: crate::transport::tcp::Connections::new(),
            #[cfg(CONFIG_NET_TCP)]
            tcp_clock: crate::base::Instant::ZERO,
            #[cfg(CONFIG_ZNET_RAW_CONTEXTS)]
            raw_contexts: 0,
            #[cfg(CONFIG_ZNET_CONN_HANDLERS)]
            handlers: crate::transport::handlers::Handlers::new(),
            #[cfg(CONFIG_ZNET_DROP_REASONS)]
            drops: [0; DropReason::COUNT],
            events_lost: 0,
        }
    }

    /// Draws the secrets that keep strangers from aiming at a hash bucket or guessing a port.
    /// Without entropy they stay at zero: the stack works, only less well guarded.
    pub fn start(&mut self, env: &dyn Env) {
        let mut secret = [0; 8];
        if env.random(&mut secret).is_err() {
            return;
        }
        let [a, b, c, d, e, f, g, h] = secret;
        self.contexts.set_key(u32::from_ne_bytes([a, b, c, d]));
        #[cfg(all(CONFIG_NET_ARP, CONFIG_NET_IPV4, CONFIG_ZNET_ARP_TIMERS))]
        self.arp.set_key(u32::from_ne_bytes([e, f, g, h]));
        #[cfg(CONFIG_NET_IPV4)]
        {
            self.ident = u16::from_ne_bytes([g ^ a, h ^ b]);
        }
        let _ = (e, f, g, h);
        #[cfg(CONFIG_NET_IPV6)]
        {
            let mut secret = [0; 16];
            if env.random(&mut secret).is_ok() {
                self.v6.set_secret(secret);
            }
        }
        #[cfg(CONFIG_NET_TCP)]
        let _ = self.tcp_start(env);
    }

    /// The pools packets come from.
    #[inline]
    pub fn pools(&self) -> &'static Pools {
        self.pools.get()
    }

    /// Drops by reason; none where the configuration does not count them.
    fn counts(&self) -> &[u32] {
        #[cfg(CONFIG_ZNET_DROP_REASONS)]
        return &self.drops;
        #[cfg(not(CONFIG_ZNET_DROP_REASONS))]
        &[]
    }

    /// How often packets were dropped for `reason`.
    pub fn drops(&self, reason: DropReason) -> u32 {
        self.counts().get(reason.index()).copied().unwrap_or(0)
    }

    /// All drops together.
    pub fn drops_total(&self) -> u32 {
        self.counts().iter().fold(0, |sum, &n| sum.wrapping_add(n))
    }

    /// Events that found no listener in time.
    pub const fn events_lost(&self) -> u32 {
        self.events_lost
    }

    /// Counts a drop. The only place where one is counted.
    pub(crate) fn count(&mut self, reason: DropReason) {
        #[cfg(CONFIG_NET_STATISTICS)]
        crate::iface::stats::dropped(None, reason);
        self.note_drop(reason);
    }

    fn note_drop(&mut self, reason: DropReason) {
        #[cfg(not(CONFIG_ZNET_DROP_REASONS))]
        let _ = reason;
        #[cfg(CONFIG_ZNET_DROP_REASONS)]
        if let Some(n) = self.drops.get_mut(reason.index()) {
            *n = n.wrapping_add(1);
        }
    }

    /// Drops `pkt`. It is freed after unlock: its buffers may belong to an application whose
    /// destroy callback calls back.
    pub(crate) fn discard(&mut self, reason: DropReason, pkt: Pkt) {
        #[cfg(CONFIG_NET_STATISTICS)]
        crate::iface::stats::dropped(IfRef::of(&pkt), reason);
        self.note_drop(reason);
        self.effects.free(pkt);
    }

    /// Drops every packet of `list`.
    #[cfg(any(
        CONFIG_NET_ARP,
        CONFIG_NET_IPV4_FRAGMENT,
        CONFIG_NET_IPV6_NBR_CACHE,
        CONFIG_NET_IPV6_FRAGMENT
    ))]
    pub(crate) fn discard_all(&mut self, reason: DropReason, mut list: PktList) {
        while let Some(pkt) = list.pop_front() {
            self.discard(reason, pkt);
        }
    }

    pub(crate) fn count_lost_events(&mut self, lost: u32) {
        self.events_lost = self.events_lost.wrapping_add(lost);
    }

    /// The driver refused a frame.
    pub(crate) fn transmit_failed(&mut self, iface: IfRef) {
        self.count(DropReason::DriverError);
        if platform::HEARD {
            self.effects.event(Event::TransmitFailed { iface: iface.index() });
        }
    }
}
