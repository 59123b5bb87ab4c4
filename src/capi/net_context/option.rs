// SPDX-License-Identifier: Apache-2.0
//! Options of a context, by the numbers of `enum net_context_option`.

use core::ffi::{c_int, c_void};

use super::super::errno;
use super::Shell;
use crate::base::{Error, Result};
use crate::buf::{KTicks, KTimeout, NetContext};
use crate::config::SYS_CLOCK_TICKS_PER_SEC;
use crate::socket::options::{self, Opt};
use crate::transport::Flags;

const PRIORITY: c_int = 1;
const RCVTIMEO: c_int = 4;
const SNDTIMEO: c_int = 5;
const RCVBUF: c_int = 6;
const DSCP_ECN: c_int = 8;
const REUSEADDR: c_int = 9;
const REUSEPORT: c_int = 10;
const RECV_PKTINFO: c_int = 12;
const MCAST_TTL: c_int = 13;
const TTL: c_int = 16;
#[cfg(CONFIG_NET_IPV6)]
const ADDR_PREFERENCES: c_int = 17;
const MCAST_IFINDEX: c_int = 19;
const MTU: c_int = 20;
#[cfg(CONFIG_NET_IPV6)]
const IPV6_V6ONLY: c_int = 11;
#[cfg(CONFIG_NET_IPV6)]
const MCAST_HOP_LIMIT: c_int = 14;
#[cfg(CONFIG_NET_IPV6)]
const UNICAST_HOP_LIMIT: c_int = 15;
#[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
const SNDBUF: c_int = 7;
#[cfg(CONFIG_NET_CONTEXT_TXTIME)]
const TXTIME: c_int = 2;
const TIMESTAMPING: c_int = 18;
#[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
const LOCAL_PORT_RANGE: c_int = 21;

fn number(option: c_int) -> Option<Opt> {
    Some(match option {
        PRIORITY => Opt::Priority,
        RCVTIMEO => Opt::ReceiveTimeout,
        SNDTIMEO => Opt::SendTimeout,
        RCVBUF => Opt::ReceiveBuffer,
        DSCP_ECN => Opt::Tos,
        REUSEADDR => Opt::Flag(Flags::REUSE_ADDR),
        REUSEPORT => Opt::Flag(Flags::REUSE_PORT),
        RECV_PKTINFO => Opt::Flag(Flags::RECV_PKTINFO),
        MCAST_TTL => Opt::MulticastTtl,
        TTL => Opt::Ttl,
        #[cfg(CONFIG_NET_IPV6)]
        ADDR_PREFERENCES => Opt::AddrPreferences,
        MCAST_IFINDEX => Opt::MulticastIface,
        #[cfg(CONFIG_NET_IPV6)]
        IPV6_V6ONLY => Opt::V6Only,
        #[cfg(CONFIG_NET_IPV6)]
        MCAST_HOP_LIMIT => Opt::MulticastTtl,
        #[cfg(CONFIG_NET_IPV6)]
        UNICAST_HOP_LIMIT => Opt::Ttl,
        #[cfg(CONFIG_NET_CONTEXT_SNDBUF)]
        SNDBUF => Opt::SendBuffer,
        #[cfg(CONFIG_NET_CONTEXT_TXTIME)]
        TXTIME => Opt::TxTime,
        #[cfg(CONFIG_NET_CONTEXT_TIMESTAMPING)]
        TIMESTAMPING => Opt::TimeStamping,
        #[cfg(CONFIG_NET_CONTEXT_CLAMP_PORT_RANGE)]
        LOCAL_PORT_RANGE => Opt::PortRange,
        _ => return None,
    })
}

/// Sets an option.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_set_option(
    context: *mut NetContext,
    option: c_int,
    value: *const c_void,
    len: usize,
) -> c_int {
    errno::negative((|| {
        let shell = Shell::of(context)?;
        let opt = number(option).ok_or(Error::NotSup)?;
        if value.is_null() {
            return Err(Error::Inval);
        }
        // SAFETY: the caller's promise: `value` holds `len` bytes.
        let number = unsafe {
            match opt {
                Opt::ReceiveTimeout | Opt::SendTimeout if len == size_of::<KTimeout>() => {
                    millis(value.cast::<KTimeout>().read_unaligned())?
                }
                Opt::ReceiveTimeout | Opt::SendTimeout => return Err(Error::Inval),
                _ => integer(value, len)?,
            }
        };
        shell.with(|stack, _, id| options::set(stack.contexts.get_mut(id)?, opt, number))?;
        match opt {
            Opt::Ttl => shell.seen.ipv4_ttl.store(number as u8, super::Relaxed),
            Opt::MulticastTtl => shell.seen.ipv4_mcast_ttl.store(number as u8, super::Relaxed),
            _ => {}
        }
        Ok(())
    })())
}

/// Reads an option.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_context_get_option(
    context: *mut NetContext,
    option: c_int,
    value: *mut c_void,
    len: *mut usize,
) -> c_int {
    errno::negative((|| {
        let shell = Shell::of(context)?;
        if value.is_null() {
            return Err(Error::Inval);
        }
        let number = match (option, number(option)) {
            #[cfg(CONFIG_NET_IP)]
            (MTU, _) => shell.with(|stack, _, id| stack.context_mtu(id).map(u32::from))?,
            (_, Some(opt)) => {
                shell.with(|stack, _, id| stack.contexts.get(id).map(|c| options::get(c, opt)))?
            }
            (_, None) => return Err(Error::NotSup),
        };
        // SAFETY: the caller's promise: `value` holds `*len` bytes.
        unsafe {
            // Zephyr takes a null pointer: `value` is of the type that the option has.
            let room = match option {
                _ if !len.is_null() => len.read_unaligned(),
                RCVTIMEO | SNDTIMEO => size_of::<KTimeout>(),
                PRIORITY | DSCP_ECN | TIMESTAMPING => size_of::<u8>(),
                _ => size_of::<u32>(),
            };
            let written = match option {
                RCVTIMEO | SNDTIMEO if room >= size_of::<KTimeout>() => {
                    value.cast::<KTimeout>().write_unaligned(ticks(number));
                    size_of::<KTimeout>()
                }
                _ if room >= size_of::<u32>() && !matches!(option, PRIORITY | TIMESTAMPING) => {
                    value.cast::<u32>().write_unaligned(number);
                    size_of::<u32>()
                }
                RCVTIMEO | SNDTIMEO => return Err(Error::Inval),
                _ if (size_of::<u16>()..size_of::<u32>()).contains(&room)
                    && !matches!(option, PRIORITY | TIMESTAMPING)
                    && number <= u16::MAX.into() =>
                {
                    value.cast::<u16>().write_unaligned(number as u16);
                    size_of::<u16>()
                }
                _ if room >= 1 && number <= u8::MAX.into() => {
                    value.cast::<u8>().write(number as u8);
                    1
                }
                _ => return Err(Error::Inval),
            };
            if !len.is_null() {
                len.write_unaligned(written);
            }
        }
        Ok(())
    })())
}

/// A number as C passes it, in one, two or four bytes.
///
/// # Safety
/// `value` is readable for `len` bytes.
unsafe fn integer(value: *const c_void, len: usize) -> Result<u32> {
    // SAFETY: the caller's promise.
    unsafe {
        match len {
            1 => Ok(value.cast::<u8>().read().into()),
            2 => Ok(value.cast::<u16>().read_unaligned().into()),
            4 => Ok(value.cast::<u32>().read_unaligned()),
            _ => Err(Error::Inval),
        }
    }
}

/// A time-out in milliseconds, rounded up; for ever is 0.
fn millis(timeout: KTimeout) -> Result<u32> {
    match timeout.ticks {
        -1 => Ok(0),
        ticks @ 0.. => {
            let millis =
                (ticks as u64).saturating_mul(1000).div_ceil(SYS_CLOCK_TICKS_PER_SEC as u64);
            // No wait at all is what a flag of the calls is for; the shortest comes closest.
            Ok(u32::try_from(millis).unwrap_or(u32::MAX).max(1))
        }
        _ => Err(Error::Inval),
    }
}

/// The reverse of [`millis`].
fn ticks(millis: u32) -> KTimeout {
    match millis {
        0 => KTimeout::FOREVER,
        _ => {
            let ticks = u64::from(millis) * SYS_CLOCK_TICKS_PER_SEC as u64 / 1000;
            KTimeout { ticks: ticks as KTicks }
        }
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/net_context.h":
    PRIORITY => "NET_OPT_PRIORITY",
    RCVTIMEO => "NET_OPT_RCVTIMEO",
    SNDTIMEO => "NET_OPT_SNDTIMEO",
    RCVBUF => "NET_OPT_RCVBUF",
    DSCP_ECN => "NET_OPT_DSCP_ECN",
    REUSEADDR => "NET_OPT_REUSEADDR",
    REUSEPORT => "NET_OPT_REUSEPORT",
    RECV_PKTINFO => "NET_OPT_RECV_PKTINFO",
    MCAST_TTL => "NET_OPT_MCAST_TTL",
    TTL => "NET_OPT_TTL",
    MCAST_IFINDEX => "NET_OPT_MCAST_IFINDEX",
    MTU => "NET_OPT_MTU",
}
