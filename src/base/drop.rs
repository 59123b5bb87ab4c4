// SPDX-License-Identifier: Apache-2.0
//! Why a packet went no further. Every drop has a name and is counted once, in `stack`.

use super::Error;

/// Declares the reasons once and makes the enum, the list and the names from it. Where nobody looks at them they are
/// all one, which takes no room and no code.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $(if $cfg:meta)?,)+) => {
        /// The reason a packet was dropped.
        #[cfg(CONFIG_ZNET_DROP_NAMED)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum DropReason {
            $($(#[$doc])* $(#[cfg($cfg)])? $name,)+
        }

        /// That a packet was dropped; nobody asks why.
        #[cfg(not(CONFIG_ZNET_DROP_NAMED))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct DropReason;

        #[cfg(not(CONFIG_ZNET_DROP_NAMED))]
        #[allow(non_upper_case_globals)]
        impl DropReason {
            /// The one there is.
            pub const ALL: &[DropReason] = &[DropReason];

            $($(#[$doc])* $(#[cfg($cfg)])? pub const $name: DropReason = DropReason;)+
        }

        #[cfg(CONFIG_ZNET_DROP_NAMED)]
        impl DropReason {
            /// All reasons, in the order of their numbers.
            pub const ALL: &[DropReason] = &[$($(#[cfg($cfg)])? DropReason::$name),+];

            /// Number of reasons, for tables indexed by [`index`](Self::index).
            pub const COUNT: usize = Self::ALL.len();

            /// The reason's name, for statistics and the shell.
            pub const fn name(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? DropReason::$name => stringify!($name),)+
                }
            }
        }
    };
}

reasons! {
    /// The interface is administratively down or has no carrier.
    IfaceDown,
    /// The frame ends before its link header does.
    LinkTruncated,
    /// No handler for this EtherType.
    LinkUnknownProtocol,
    /// The frame is addressed to another station.
    LinkNotForUs,
    /// The link source address is a group address.
    LinkBadSource,
    /// The ARP packet is short, or not Ethernet and IPv4.
    ArpMalformed,
    /// The ARP packet does not concern us.
    ArpNotForUs,
    /// The ARP sender claims an address that cannot be a host's.
    ArpBadSender,
    /// The IPv4 header is short, or its lengths contradict each other or the frame.
    Ipv4Malformed,
    /// Version field is not 4.
    Ipv4BadVersion,
    /// Header checksum is wrong.
    Ipv4BadChecksum,
    /// An option runs past the header or has an impossible length.
    Ipv4BadOption,
    /// The source address can't be a sender's (RFC 1122, 3.2.1.3).
    Ipv4BadSource,
    /// For one host, in a frame to every station (RFC 1122, 3.3.6).
    Ipv4LinkBroadcast,
    /// The destination is not ours and we do not forward.
    Ipv4NotForUs,
    /// From or to an address no router forwards: link-local, loopback, a broadcast (RFC 1812, 5.3.7).
    Ipv4NotForwarded if CONFIG_ZNET_IPV4_FORWARDING,
    /// A fragment, and reassembly is not configured.
    Ipv4Fragment,
    /// A fragment that is empty, of a length that is no multiple of eight, or past 65,535 bytes.
    FragmentMalformed,
    /// Fragments overlap or disagree about the packet's length (RFC 5722).
    FragmentOverlap,
    /// The same fragment came again.
    FragmentDuplicate,
    /// More packets in fragments, or more fragments of one, than are configured.
    FragmentLimit,
    /// The other fragments did not come in time.
    FragmentTimeout,
    /// The IGMP message is short, counts more sources than it has, or came from another network.
    IgmpMalformed,
    /// IGMP checksum is wrong.
    IgmpBadChecksum,
    /// IGMP type that concerns no host.
    IgmpUnknownType,
    /// To a group that wants nothing from this sender.
    GroupSource,
    /// No handler for this protocol.
    Ipv4UnknownProtocol,
    /// The IPv6 header is short, or counts more payload than the frame holds.
    Ipv6Malformed,
    /// Version field is not 6.
    Ipv6BadVersion,
    /// The source address can't be a sender's (RFC 4291, 2.5 and 2.7).
    Ipv6BadSource,
    /// The destination is no destination: `::`, or `::1` from a wire (RFC 4291, 2.5).
    Ipv6BadDestination,
    /// The destination is not ours and we do not forward.
    Ipv6NotForUs,
    /// From or to an address no router forwards (RFC 4291, 2.5.6), or from one of ours.
    Ipv6NotForwarded if CONFIG_NET_ROUTING,
    /// An extension header is cut short, or stands where it may not.
    Ipv6BadExtension,
    /// An option runs past its header.
    Ipv6BadOption,
    /// An unknown option whose type says that the packet is to be dropped (RFC 8200, 4.2).
    Ipv6UnknownOption,
    /// A routing header with segments left (RFC 5095; RFC 8200, 4.4).
    Ipv6RoutingHeader,
    /// A fragment, and reassembly is not configured.
    Ipv6Fragment,
    /// No handler for this next header.
    Ipv6UnknownNextHeader,
    /// Nothing follows the headers (RFC 8200, 4.7).
    Ipv6NoNextHeader,
    /// A neighbour discovery message is short, or an option of it has no length.
    NdMalformed,
    /// A neighbour discovery message breaks a rule of RFC 4861, 6.1, 7.1 or 8.1: hop limit, code, source.
    NdInvalid,
    /// A neighbour discovery message that does not concern us.
    NdNotForUs,
    /// Somebody else uses an address we were about to take (RFC 4862, 5.4).
    NdDuplicate,
    /// A multicast listener message has the length of none.
    MldMalformed,
    /// A multicast listener query that no router on the link can have sent (RFC 3810, 6.2).
    MldInvalid,
    /// A multicast listener query for a group we are not in.
    MldNotForUs,
    /// The ICMP message is short.
    IcmpMalformed,
    /// ICMP checksum is wrong.
    IcmpBadChecksum,
    /// ICMP type that nobody handles.
    IcmpUnknownType,
    /// An echo request to a group, which the configuration says to ignore.
    IcmpEchoToGroup,
    /// An ICMP error whose quoted packet is too short to tell the flow.
    IcmpBadQuote,
    /// The rate limit for ICMP errors is exhausted.
    IcmpRateLimited,
    /// The UDP header is short or its length contradicts the packet.
    UdpMalformed,
    /// UDP checksum is wrong, or missing where the configuration requires one.
    UdpBadChecksum,
    /// UDP port 0 (RFC 768 leaves it for "none").
    UdpBadPort,
    /// Nobody listens on this port.
    UdpNoSocket,
    /// The TCP header is short or its length contradicts the segment.
    TcpMalformed if CONFIG_NET_TCP,
    /// TCP checksum is wrong.
    TcpBadChecksum if CONFIG_NET_TCP,
    /// The TCP segment comes from or goes to a port 0, a group or a broadcast address.
    TcpBadAddress if CONFIG_NET_TCP,
    /// No connection, and nobody listens on this port (RFC 9293, 3.10.7.1).
    TcpNoSocket if CONFIG_NET_TCP,
    /// Outside the receive window (RFC 9293, 3.10.7.4, first).
    TcpOutOfWindow if CONFIG_NET_TCP,
    /// A time stamp from the past (RFC 7323, 5: PAWS).
    TcpPaws if CONFIG_NET_TCP,
    /// A reset that is not exactly at the next sequence number (RFC 5961, 3).
    TcpBadReset if CONFIG_NET_TCP,
    /// A SYN in a synchronised connection (RFC 5961, 4).
    TcpUnexpectedSyn if CONFIG_NET_TCP,
    /// Acknowledges what was never sent, or long ago (RFC 5961, 5).
    TcpBadAck if CONFIG_NET_TCP,
    /// No acknowledgement where there has to be one, or flags that make no sense together.
    TcpBadFlags if CONFIG_NET_TCP,
    /// All of it was received before.
    TcpDuplicate if CONFIG_NET_TCP,
    /// No room for data that came too early.
    TcpOutOfOrder if CONFIG_NET_TCP,
    /// Data for a connection whose reader is gone.
    TcpClosed if CONFIG_NET_TCP,
    /// The listener's queue of complete connections is full.
    TcpBacklogFull if CONFIG_NET_TCP,
    /// No record or context for a new connection.
    TcpNoContext if CONFIG_NET_TCP,
    /// For a connection in TIME-WAIT.
    TcpTimeWait if CONFIG_NET_TCP,
    /// The socket's receive queue is full.
    SocketQueueFull,
    /// No buffer for a reply or a copy.
    NoBuffer,
    /// No hops are left to forward it.
    HopLimit if any(CONFIG_NET_ROUTING, CONFIG_ZNET_IPV4_FORWARDING),
    /// No room for another translation, or no port outside.
    NatFull if CONFIG_ZNET_IPV4_NAT,
    /// A packet that can't be translated: a protocol without ports, an error about nothing of ours.
    NatUnknown if CONFIG_ZNET_IPV4_NAT,
    /// No route to the destination.
    NoRoute,
    /// The addresses to send from are still being checked for duplicates (RFC 4862, 5.4).
    NoSource if CONFIG_NET_IPV6,
    /// The next hop did not answer ARP.
    NeighbourUnreachable,
    /// The queue of packets waiting for this neighbour is full.
    NeighbourQueueFull,
    /// The driver refused the frame.
    DriverError,
    /// The packet exceeds the link's MTU and may not be fragmented.
    TooBig,
    /// What a tunnel carries is no IP packet, or not of the version the outer header names.
    TunnelMalformed if CONFIG_NET_L2_IPIP,
    /// Congestion within a tunnel that the ends of the connection would not be told of (RFC 6040, 4.2).
    TunnelCongested if CONFIG_NET_L2_IPIP,
    /// A rule of the packet filter says so, or none says that it may pass.
    Filtered if CONFIG_NET_PKT_FILTER,
    /// Lost on purpose (`loopback_set_packet_drop_ratio`).
    Simulated,
}

impl DropReason {
    /// Its number, for tables indexed by it.
    #[inline]
    pub const fn index(self) -> usize {
        #[cfg(CONFIG_ZNET_DROP_NAMED)]
        return self as usize;
        #[cfg(not(CONFIG_ZNET_DROP_NAMED))]
        0
    }

    /// What the sender of a packet is told that could not be given a header.
    pub fn refusal(self) -> Error {
        // A packet past what a header can tell does not fit into few buffers either.
        let long = cfg!(CONFIG_ZNET_DROP_NAMED) && self == DropReason::TooBig;
        if long { Error::MsgSize } else { Error::NoBufs }
    }
}

#[cfg(all(test, CONFIG_ZNET_DROP_NAMED))]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_numbers() {
        for (index, reason) in DropReason::ALL.iter().enumerate() {
            assert_eq!(*reason as usize, index);
        }
        assert_eq!(DropReason::IfaceDown.name(), "IfaceDown");
    }
}
