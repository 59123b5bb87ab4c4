// SPDX-License-Identifier: Apache-2.0
//! The enumerations of `net_if.h` and `net_ip.h` that interfaces are described with.

/// Bits of `net_if_dev.flags` (`enum net_if_flag`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum IfFlag {
    /// Administratively up.
    Up,
    /// Point-to-point link.
    PointToPoint,
    /// Promiscuous mode.
    Promisc,
    /// Not to be taken up at start.
    NoAutoStart,
    /// Suspended by power management.
    Suspended,
    /// Multicast packets of other interfaces are forwarded here.
    ForwardMulticasts,
    /// Carries IPv4.
    Ipv4,
    /// Carries IPv6.
    Ipv6,
    /// Operational: up, with carrier, not dormant.
    Running,
    /// The driver reports a carrier.
    LowerUp,
    /// The driver waits for an external event (authentication, say).
    Dormant,
    /// No neighbour discovery.
    Ipv6NoNd,
    /// No multicast listener discovery.
    Ipv6NoMld,
    /// The driver may be entered by several senders at once.
    NoTxLock,
}

impl IfFlag {
    /// The flag's bit in the flag word.
    pub const fn bit(self) -> usize {
        1 << self as u8
    }
}

/// Operational state (RFC 2863, `enum net_if_oper_state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum OperState {
    /// Before start-up.
    Unknown,
    /// Hardware is missing.
    NotPresent,
    /// Administratively down, or up without a carrier.
    Down,
    /// Up, and what is below is not: the interface a virtual one is attached to, the device.
    LowerLayerDown,
    /// Testing.
    Testing,
    /// Waits for an external event.
    Dormant,
    /// Ready to send and receive.
    Up,
}

impl OperState {
    /// The state with this value in C, `Unknown` for any other.
    pub const fn from_raw(raw: u8) -> Self {
        match raw {
            1 => OperState::NotPresent,
            2 => OperState::Down,
            3 => OperState::LowerLayerDown,
            4 => OperState::Testing,
            5 => OperState::Dormant,
            6 => OperState::Up,
            _ => OperState::Unknown,
        }
    }
}

/// Which link layer drives an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum L2Kind {
    /// A `net_l2` written in C, or none: the stack calls its functions and knows no more.
    Foreign,
    /// Ethernet with ARP.
    Ethernet,
    /// No link header at all.
    Dummy,
    /// No link header, and what is sent comes back.
    Loopback,
}

impl L2Kind {
    pub(super) const fn from_raw(raw: u8) -> Self {
        match raw {
            1 => L2Kind::Ethernet,
            2 => L2Kind::Dummy,
            3 => L2Kind::Loopback,
            _ => L2Kind::Foreign,
        }
    }
}

/// How an address came to be (`enum net_addr_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum AddrType {
    /// Any of the others, in searches.
    Any,
    /// Chosen by address autoconfiguration.
    Autoconf,
    /// From a DHCP server.
    Dhcp,
    /// Set by the application.
    Manual,
    /// Set by the application, gives way to DHCP and autoconfiguration.
    Overridable,
}

impl AddrType {
    /// The type with this value in C, `Any` for any other.
    pub const fn from_raw(raw: u8) -> Self {
        match raw {
            1 => AddrType::Autoconf,
            2 => AddrType::Dhcp,
            3 => AddrType::Manual,
            4 => AddrType::Overridable,
            _ => AddrType::Any,
        }
    }
}

/// Whether an address may be used (`enum net_addr_state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i8)]
pub enum AddrState {
    /// Any of the others, in searches.
    Any = -1,
    /// Uniqueness is not yet established.
    Tentative = 0,
    /// Usable.
    Preferred = 1,
    /// Usable for what exists, not for new connections.
    Deprecated = 2,
}

impl AddrState {
    /// The state with this value in C, `Any` for any other.
    pub const fn from_raw(raw: i8) -> Self {
        match raw {
            0 => AddrState::Tentative,
            1 => AddrState::Preferred,
            2 => AddrState::Deprecated,
            _ => AddrState::Any,
        }
    }
}

/// A checksum that hardware may compute: the bits of `enum net_if_checksum_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checksum(pub u32);

impl Checksum {
    /// The IPv4 header's.
    pub const IPV4_HEADER: Checksum = Checksum(1 << 0);
    /// ICMPv4's.
    pub const IPV4_ICMP: Checksum = Checksum(1 << 1);
    /// The IPv6 side of a transport checksum.
    pub const IPV6_HEADER: Checksum = Checksum(1 << 10);
    /// ICMPv6's.
    pub const IPV6_ICMP: Checksum = Checksum(1 << 11);
    /// TCP's, whatever carries it.
    pub const TCP: Checksum = Checksum(1 << 21);
    /// UDP's, whatever carries it.
    pub const UDP: Checksum = Checksum(1 << 22);
    /// UDP over IPv4.
    pub const IPV4_UDP: Checksum = Checksum(1 << 0 | 1 << 22);
    /// TCP over IPv4.
    pub const IPV4_TCP: Checksum = Checksum(1 << 0 | 1 << 21);
    /// UDP over IPv6.
    pub const IPV6_UDP: Checksum = Checksum(1 << 10 | 1 << 22);
    /// TCP over IPv6.
    pub const IPV6_TCP: Checksum = Checksum(1 << 10 | 1 << 21);
    /// Everything there is: what `ETHERNET_HW_{TX,RX}_CHKSUM_OFFLOAD` means without further detail.
    pub const ALL: Checksum = Checksum(1 << 0 | 1 << 1 | 1 << 10 | 1 << 11 | 1 << 21 | 1 << 22);
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_if.h":
    IfFlag::Up => "NET_IF_UP",
    IfFlag::PointToPoint => "NET_IF_POINTOPOINT",
    IfFlag::Promisc => "NET_IF_PROMISC",
    IfFlag::NoAutoStart => "NET_IF_NO_AUTO_START",
    IfFlag::Suspended => "NET_IF_SUSPENDED",
    IfFlag::ForwardMulticasts => "NET_IF_FORWARD_MULTICASTS",
    IfFlag::Ipv4 => "NET_IF_IPV4",
    IfFlag::Ipv6 => "NET_IF_IPV6",
    IfFlag::Running => "NET_IF_RUNNING",
    IfFlag::LowerUp => "NET_IF_LOWER_UP",
    IfFlag::Dormant => "NET_IF_DORMANT",
    IfFlag::Ipv6NoNd => "NET_IF_IPV6_NO_ND",
    IfFlag::Ipv6NoMld => "NET_IF_IPV6_NO_MLD",
    IfFlag::NoTxLock => "NET_IF_NO_TX_LOCK",
    OperState::Unknown => "NET_IF_OPER_UNKNOWN",
    OperState::NotPresent => "NET_IF_OPER_NOTPRESENT",
    OperState::Down => "NET_IF_OPER_DOWN",
    OperState::LowerLayerDown => "NET_IF_OPER_LOWERLAYERDOWN",
    OperState::Testing => "NET_IF_OPER_TESTING",
    OperState::Dormant => "NET_IF_OPER_DORMANT",
    OperState::Up => "NET_IF_OPER_UP",
    AddrType::Any => "NET_ADDR_ANY",
    AddrType::Autoconf => "NET_ADDR_AUTOCONF",
    AddrType::Dhcp => "NET_ADDR_DHCP",
    AddrType::Manual => "NET_ADDR_MANUAL",
    AddrType::Overridable => "NET_ADDR_OVERRIDABLE",
    AddrState::Any => "NET_ADDR_ANY_STATE",
    AddrState::Tentative => "NET_ADDR_TENTATIVE",
    AddrState::Preferred => "NET_ADDR_PREFERRED",
    AddrState::Deprecated => "NET_ADDR_DEPRECATED",
    Checksum::IPV4_HEADER.0 => "NET_IF_CHECKSUM_IPV4_HEADER",
    Checksum::IPV4_ICMP.0 => "NET_IF_CHECKSUM_IPV4_ICMP",
    Checksum::IPV6_HEADER.0 => "NET_IF_CHECKSUM_IPV6_HEADER",
    Checksum::IPV6_ICMP.0 => "NET_IF_CHECKSUM_IPV6_ICMP",
    Checksum::IPV4_UDP.0 => "NET_IF_CHECKSUM_IPV4_UDP",
    Checksum::IPV4_TCP.0 => "NET_IF_CHECKSUM_IPV4_TCP",
    Checksum::IPV6_UDP.0 => "NET_IF_CHECKSUM_IPV6_UDP",
    Checksum::IPV6_TCP.0 => "NET_IF_CHECKSUM_IPV6_TCP",
    super::shell::NetVerdict::Ok => "NET_OK",
    super::shell::NetVerdict::Continue => "NET_CONTINUE",
    super::shell::NetVerdict::Drop => "NET_DROP",
    super::addr::AF_INET => "AF_INET",
    super::addr::AF_INET6 => "AF_INET6",
}
