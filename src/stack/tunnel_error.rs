// SPDX-License-Identifier: Apache-2.0
//! What became of a tunnel's packets on their way is told those who sent what they carried (RFC 2003, 4;
//! RFC 2473, 8; RFC 4213, 3.4).
//!
//! Called by: `stack::icmp`, `stack::v6::icmp`. Calls: the errors of both families. Ours are told as others
//! are: the error goes round inside this host.

use super::tunnel::MTU_MIN;
use super::{Env, Stack};
use crate::base::{DropReason, IpAddr};
use crate::buf::{NO_WAIT, Pkt};
use crate::iface::IfRef;
#[cfg(CONFIG_NET_IPV4)]
use crate::ip::v4;
#[cfg(CONFIG_NET_IPV6)]
use crate::ip::v6;
use crate::l2::ipip::{IPV4, IPV6};
#[cfg(CONFIG_NET_IPV4)]
use crate::wire::ipv4;
#[cfg(CONFIG_NET_IPV6)]
use crate::wire::ipv6;
use crate::wire::{icmpv4, icmpv6};

/// An error's header, of either family.
const ERROR_LEN: usize = icmpv4::HEADER_LEN;
const _: () = assert!(icmpv4::HEADER_LEN == icmpv6::HEADER_LEN, "both are as long");

/// What an error says of the way to a tunnel's other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No way to its network, or nobody there who opens tunnels.
    #[cfg(CONFIG_NET_IPV4)]
    NoNet,
    /// It is not reached.
    NoHost,
    /// A link on the way carries no more than so many bytes; 0 when it is not said how many.
    TooBig(u32),
}

/// The outer packet, as an error quotes it.
#[derive(Clone, Copy)]
pub(super) struct Outer {
    pub peer: IpAddr,
    /// The protocol number of what it carries.
    pub protocol: u8,
    /// Bytes of its header.
    pub header_len: usize,
}

/// True for a protocol number that tunnels use.
pub(super) const fn is_carried(protocol: u8) -> bool {
    matches!(protocol, IPV4 | IPV6)
}

impl Trouble {
    /// What an error of ICMP says, of those that are to be relayed (RFC 2003, 4.1 to 4.5).
    #[cfg(CONFIG_NET_IPV4)]
    pub(super) fn of_v4(header: &icmpv4::Header) -> Option<Trouble> {
        use icmpv4::{Message, exceeded, kind, unreachable::*};
        match (header.kind, header.code, header.message()) {
            (_, FRAGMENTATION_NEEDED, Some(Message::DestUnreachable { mtu, .. })) => {
                Some(Trouble::TooBig(mtu.into()))
            }
            (kind::DEST_UNREACHABLE, NET | NET_UNKNOWN | PROTOCOL, _) => Some(Trouble::NoNet),
            (kind::DEST_UNREACHABLE, PORT | SOURCE_ROUTE_FAILED, _) => None,
            (kind::DEST_UNREACHABLE, ..) | (kind::TIME_EXCEEDED, exceeded::TTL, _) => {
                Some(Trouble::NoHost)
            }
            _ => None,
        }
    }

    /// The same of ICMPv6 (RFC 2473, 8.1).
    #[cfg(CONFIG_NET_IPV6)]
    pub(super) fn of_v6(header: &icmpv6::Header) -> Option<Trouble> {
        use icmpv6::{kind, problem};
        const HOP_LIMIT: u8 = 0;
        match (header.kind, header.code) {
            (kind::PACKET_TOO_BIG, _) => Some(Trouble::TooBig(header.value())),
            (kind::DEST_UNREACHABLE, _)
            | (kind::TIME_EXCEEDED, HOP_LIMIT)
            | (kind::PARAMETER_PROBLEM, problem::NEXT_HEADER) => Some(Trouble::NoHost),
            _ => None,
        }
    }
}

impl Stack {
    /// Tells the sender of what a tunnel's packet carried about its trouble. `pkt` starts at the header of
    /// the error that quotes the packet.
    #[cold]
    pub(super) fn relay_error(
        &mut self,
        env: &dyn Env,
        pkt: &Pkt,
        outer: Outer,
        trouble: Option<Trouble>,
    ) -> Result<(), DropReason> {
        let to_peer =
            |end: &IfRef| self.tunnel(*end).is_some_and(|tunnel| tunnel.peer == Some(outer.peer));
        let end = self.ifaces.iter().find(to_peer);
        let (Some(end), Some(trouble)) = (end, trouble) else {
            return Err(DropReason::IcmpBadQuote);
        };
        let trouble = match trouble {
            Trouble::TooBig(mtu @ 1..) => {
                let carried = mtu.saturating_sub(outer.header_len as u32);
                Trouble::TooBig(carried.max(MTU_MIN.into()))
            }
            other => other,
        };
        let mut inner = pkt.deep_clone(NO_WAIT).ok_or(DropReason::NoBuffer)?;
        inner.pull(ERROR_LEN + outer.header_len);
        let told = match outer.protocol {
            #[cfg(CONFIG_NET_IPV4)]
            IPV4 => self.relay_v4(env, end, &mut inner, trouble),
            #[cfg(CONFIG_NET_IPV6)]
            IPV6 => self.relay_v6(env, end, &mut inner, trouble),
            _ => None,
        };
        self.effects.free(inner);
        told.ok_or(DropReason::IcmpBadQuote)
    }

    /// Tells the sender of `inner`, the quoted beginning of a packet; `None` when it does not say who that
    /// is.
    #[cfg(CONFIG_NET_IPV4)]
    fn relay_v4(
        &mut self,
        env: &dyn Env,
        end: IfRef,
        inner: &mut Pkt,
        trouble: Trouble,
    ) -> Option<()> {
        use icmpv4::{Message, unreachable};
        let mut bytes = [0; ipv4::MAX_HEADER_LEN + 8];
        let len = inner.copy_out(0, &mut bytes);
        let quote = icmpv4::Quote::parse(bytes.get(..len)?).ok()?;
        let header = &quote.header;
        let group = header.dst().is_multicast() || header.dst().is_broadcast();
        let info = v4::Info {
            src: header.src(),
            dst: header.dst(),
            cast: if group { v4::Cast::Multicast } else { v4::Cast::Unicast },
            protocol: header.protocol(),
            header_len: header.len() as u8,
            ttl: 0,
            tos: 0,
            local: false,
        };
        inner.pull_up(header.len() + quote.transport.len());
        let (code, mtu) = match trouble {
            Trouble::NoNet => (unreachable::NET, 0),
            Trouble::NoHost => (unreachable::HOST, 0),
            Trouble::TooBig(mtu) => (unreachable::FRAGMENTATION_NEEDED, mtu),
        };
        let mtu = u16::try_from(mtu).unwrap_or(u16::MAX);
        self.send_error(env, end, inner, &info, Message::DestUnreachable { code, mtu });
        Some(())
    }

    /// As `relay_v4`.
    #[cfg(CONFIG_NET_IPV6)]
    fn relay_v6(
        &mut self,
        env: &dyn Env,
        end: IfRef,
        inner: &mut Pkt,
        trouble: Trouble,
    ) -> Option<()> {
        use icmpv6::{kind, unreachable};
        use v6::input::Complaint;
        let mut bytes = [0; ipv6::HEADER_LEN];
        let len = inner.copy_out(0, &mut bytes);
        let header = ipv6::Header::parse_quoted(bytes.get(..len)?).ok()?;
        let group = header.dst().is_multicast();
        let info = v6::Info {
            src: header.src(),
            dst: header.dst(),
            cast: if group { v6::Cast::Multicast } else { v6::Cast::Unicast },
            protocol: header.next_header(),
            header_len: ipv6::HEADER_LEN as u16,
            hop_limit: 0,
            traffic_class: 0,
            local: false,
            router_alert: false,
        };
        let complaint = match trouble {
            // No link of IPv6 carries less than 1,280 bytes (RFC 2473, 7.1).
            Trouble::TooBig(mtu) => Complaint {
                kind: kind::PACKET_TOO_BIG,
                code: 0,
                value: mtu.max(ipv6::MIN_MTU as u32),
                to_group: true,
            },
            _ => Complaint {
                kind: kind::DEST_UNREACHABLE,
                code: unreachable::ADDRESS,
                value: 0,
                to_group: false,
            },
        };
        self.send_error_v6(env, end, inner, &info, complaint);
        Some(())
    }
}
