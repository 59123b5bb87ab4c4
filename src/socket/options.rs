// SPDX-License-Identifier: Apache-2.0
//! Socket options by what they mean. `capi::socket_options` maps levels and numbers to these.
//!
//! An option that takes effect elsewhere at once (joining a group) is a function of its own there.

use crate::base::{Error, Result};
use crate::config;
#[cfg(CONFIG_NET_IPV6)]
use crate::ip::v6::select;
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
use crate::transport::context::MtuDiscover;
use crate::transport::{Context, Flags};

/// An option whose value is one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opt {
    /// SO_REUSEADDR and other yes-or-no options, by their flag.
    Flag(Flags),
    /// SO_RCVBUF: most bytes queued; kept as packets of the usual size.
    ReceiveBuffer,
    /// SO_RCVTIMEO in milliseconds; 0 is for ever.
    ReceiveTimeout,
    /// SO_SNDTIMEO in milliseconds; 0 is the default.
    SendTimeout,
    /// SO_PRIORITY.
    Priority,
    /// IP_TTL; 0 is the interface's.
    Ttl,
    /// IP_MULTICAST_TTL; 0 is the interface's.
    MulticastTtl,
    /// IP_TOS.
    Tos,
    /// IP_MULTICAST_IF by interface index; 0 is the default one.
    MulticastIface,
    /// IPV6_V6ONLY.
    V6Only,
    /// IPV6_ADDR_PREFERENCES: flags of [`select`].
    #[cfg(CONFIG_NET_IPV6)]
    AddrPreferences,
    /// SO_BINDTODEVICE by interface index; 0 is any.
    Device,
    /// IP_MULTICAST_LOOP and IPV6_MULTICAST_LOOP.
    #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
    MulticastLoop,
    /// IP_MTU_DISCOVER and IPV6_MTU_DISCOVER.
    #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
    MtuDiscover,
    /// IP_LOCAL_PORT_RANGE: the lowest port in the low half, the highest in the high one.
    #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
    PortRange,
    /// SO_SNDBUF of what is no stream.
    #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
    SendBuffer,
    /// SO_TXTIME.
    #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
    TxTime,
    /// SO_TIMESTAMPING.
    #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
    TimeStamping,
}

/// `SOF_TIMESTAMPING_RX_HARDWARE`.
#[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
pub const STAMP_RX: u32 = 1 << 0;
/// `SOF_TIMESTAMPING_TX_HARDWARE`.
#[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
pub const STAMP_TX: u32 = 1 << 1;

/// `IP_PMTUDISC_DONT` and so on, as Linux numbers them.
#[cfg(CONFIG_ZNET_MTU_DISCOVER)]
const MTU_DISCOVER: [(u32, MtuDiscover); 4] = [
    (0, MtuDiscover::Never),
    (1, MtuDiscover::Usual),
    (2, MtuDiscover::Refuse),
    (3, MtuDiscover::Probe),
];

/// Bytes a packet of SO_RCVBUF counts as.
const PACKET_BYTES: u32 = 1500;

/// Sets an option.
///
/// # Errors
/// [`Error::Inval`] for a value out of range.
pub fn set(context: &mut Context, opt: Opt, value: u32) -> Result<()> {
    let byte = u8::try_from(value).map_err(|_| Error::Inval);
    match opt {
        Opt::Flag(flag) => context.flags.set(flag, value != 0),
        Opt::ReceiveBuffer => {
            let bytes = u16::try_from(value).map_err(|_| Error::Inval)?;
            #[cfg(CONFIG_NET_CONTEXT_RCVBUF)]
            {
                context.rx_bytes = bytes;
            }
            let most = (config::NET_PKT_RX_COUNT as u32).max(1);
            context.rx_limit = u32::from(bytes).div_ceil(PACKET_BYTES).clamp(1, most) as u16;
        }
        Opt::ReceiveTimeout => context.timeouts.set_recv(value)?,
        Opt::SendTimeout => context.timeouts.set_send(value)?,
        Opt::Priority => {
            if value > MAX_PRIORITY {
                return Err(Error::Inval);
            }
            context.priority = byte?;
        }
        Opt::Ttl => context.ttl = byte?,
        Opt::MulticastTtl => context.mcast_ttl = byte?,
        Opt::Tos => context.tos = byte?,
        Opt::MulticastIface => context.mcast_iface = byte?,
        Opt::V6Only => {
            // What it carries is settled with its port (RFC 3493, 5.3), and without mapped addresses.
            let fixed = context.flags.contains(Flags::BOUND);
            if !context.flags.contains(Flags::V6) || fixed {
                return Err(Error::Inval);
            }
            let only = value != 0 || !cfg!(CONFIG_NET_IPV4_MAPPING_TO_IPV6);
            context.flags.set(Flags::V6ONLY, only);
        }
        #[cfg(CONFIG_NET_IPV6)]
        Opt::AddrPreferences => {
            let flags = u16::try_from(value).map_err(|_| Error::Inval)?;
            if !select::is_consistent(flags) {
                return Err(Error::Inval);
            }
            context.addr_preferences = flags;
        }
        Opt::Device => context.iface = byte?,
        #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
        Opt::MulticastLoop => context.mcast_loop = value != 0,
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        Opt::MtuDiscover => {
            let known = MTU_DISCOVER.iter().find(|(number, _)| *number == value);
            context.mtu_discover = known.ok_or(Error::Inval)?.1;
        }
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        Opt::PortRange => {
            let (first, last) = (value as u16, (value >> 16) as u16);
            if last != 0 && first > last {
                return Err(Error::Inval);
            }
            context.port_range = (first, last);
        }
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        Opt::SendBuffer => {
            context.send_limit = u16::try_from(value).map_err(|_| Error::Inval)?;
        }
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        Opt::TxTime => context.txtime = value != 0,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        Opt::TimeStamping => {
            if value & !(STAMP_RX | STAMP_TX) != 0 {
                return Err(Error::Inval);
            }
            context.timestamping = byte?;
        }
    }
    Ok(())
}

/// Reads an option.
pub fn get(context: &Context, opt: Opt) -> u32 {
    match opt {
        Opt::Flag(flag) => u32::from(context.flags.contains(flag)),
        #[cfg(CONFIG_NET_CONTEXT_RCVBUF)]
        Opt::ReceiveBuffer if context.rx_bytes != 0 => context.rx_bytes.into(),
        Opt::ReceiveBuffer => u32::from(context.rx_limit) * PACKET_BYTES,
        Opt::ReceiveTimeout => context.timeouts.recv(),
        Opt::SendTimeout => context.timeouts.send(),
        Opt::Priority => context.priority.into(),
        Opt::Ttl => first_of(context.ttl, usual_hops(context).0),
        Opt::MulticastTtl => first_of(context.mcast_ttl, usual_hops(context).1),
        Opt::Tos => context.tos.into(),
        Opt::MulticastIface => context.mcast_iface.into(),
        Opt::V6Only => u32::from(context.flags.contains(Flags::V6ONLY)),
        #[cfg(CONFIG_NET_IPV6)]
        Opt::AddrPreferences => context.addr_preferences.into(),
        Opt::Device => context.iface.into(),
        #[cfg(CONFIG_ZNET_MULTICAST_LOOP)]
        Opt::MulticastLoop => context.mcast_loop.into(),
        #[cfg(CONFIG_ZNET_MTU_DISCOVER)]
        Opt::MtuDiscover => MTU_DISCOVER
            .iter()
            .find(|(_, meaning)| *meaning == context.mtu_discover)
            .map_or(0, |(number, _)| *number),
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        Opt::PortRange => {
            let (first, last) = context.port_range;
            u32::from(last) << 16 | u32::from(first)
        }
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        Opt::SendBuffer => context.send_limit.into(),
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        Opt::TxTime => context.txtime.into(),
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        Opt::TimeStamping => context.timestamping.into(),
    }
}

/// What was set, or what goes where nothing was.
fn first_of(set: u8, usual: u32) -> u32 {
    if set != 0 { set.into() } else { usual }
}

/// The hops a packet of the context's family has left where neither socket nor interface says otherwise: to
/// one host, to a group.
fn usual_hops(context: &Context) -> (u32, u32) {
    #[cfg(CONFIG_NET_IPV6)]
    if context.flags.contains(Flags::V6) {
        return (config::NET_INITIAL_HOP_LIMIT as u32, config::NET_INITIAL_MCAST_HOP_LIMIT as u32);
    }
    let _ = context;
    #[cfg(CONFIG_NET_IPV4)]
    return (config::NET_INITIAL_TTL as u32, config::NET_INITIAL_MCAST_TTL as u32);
    #[cfg(not(CONFIG_NET_IPV4))]
    (1, 1)
}

/// Highest packet priority (IEEE 802.1Q).
const MAX_PRIORITY: u32 = 7;
