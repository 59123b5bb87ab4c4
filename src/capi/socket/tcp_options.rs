// SPDX-License-Identifier: Apache-2.0
//! Options of stream sockets: level IPPROTO_TCP, and of SOL_SOCKET what datagrams do not have.
//!
//! Called by: `options`. Calls: [`Stack::tcp_set`](crate::stack::Stack::tcp_set) and its like.

use core::ffi::c_int;

use super::super::current;
use super::SOCK_STREAM;
use super::options::{SO_ACCEPTCONN, SO_PROTOCOL, SO_RCVBUF, SO_TYPE, SOL_SOCKET};
use crate::base::{Error, Result};
use crate::stack::TcpOpt;
use crate::transport::ContextId;
use crate::transport::tcp::State;
use crate::transport::tcp::congestion::Kind;
use crate::wire::ipv4::protocol;

const IPPROTO_TCP: c_int = 6;

const SO_SNDBUF: c_int = 7;
const SO_KEEPALIVE: c_int = 9;
const SO_LINGER: c_int = 13;

const TCP_NODELAY: c_int = 1;
const TCP_KEEPIDLE: c_int = 2;
const TCP_KEEPINTVL: c_int = 3;
const TCP_KEEPCNT: c_int = 4;
// Not in Zephyr: Linux's numbers, moved out of the way.
const TCP_MAXSEG: c_int = 0x102;
const TCP_INFO: c_int = 0x10b;
const TCP_CONGESTION: c_int = 0x10d;
const TCP_USER_TIMEOUT: c_int = 0x112;

/// Longest value of an option here, in bytes.
pub(super) const VALUE_MAX: usize = 64;
/// Longest name of an algorithm, with its NUL.
const NAME_MAX: usize = 16;

/// `struct linger`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Linger {
    on: c_int,
    seconds: c_int,
}

/// `struct tcp_info`.
#[repr(C)]
struct TcpInfo {
    state: u8,
    retransmits: u8,
    options: u8,
    snd_mss: u16,
    rto: u32,
    rtt: u32,
    rttvar: u32,
    snd_cwnd: u32,
    snd_ssthresh: u32,
    snd_wnd: u32,
    rcv_wnd: u32,
    unacked: u32,
    in_flight: u32,
    unread: u32,
    rcv_ooopack: u16,
}

/// A value as it is given to C.
pub(super) enum Value {
    /// An `int`.
    Number(c_int),
    /// So many bytes of a structure or a name.
    Bytes([u8; VALUE_MAX], usize),
}

/// Options whose value is one `int`.
fn number(level: c_int, name: c_int) -> Option<TcpOpt> {
    Some(match (level, name) {
        (SOL_SOCKET, SO_SNDBUF) => TcpOpt::SendBuffer,
        (SOL_SOCKET, SO_RCVBUF) => TcpOpt::ReceiveBuffer,
        (SOL_SOCKET, SO_KEEPALIVE) => TcpOpt::KeepAlive,
        (IPPROTO_TCP, TCP_NODELAY) => TcpOpt::NoDelay,
        (IPPROTO_TCP, TCP_MAXSEG) => TcpOpt::MaxSeg,
        (IPPROTO_TCP, TCP_KEEPIDLE) => TcpOpt::KeepIdle,
        (IPPROTO_TCP, TCP_KEEPINTVL) => TcpOpt::KeepInterval,
        (IPPROTO_TCP, TCP_KEEPCNT) => TcpOpt::KeepCount,
        (IPPROTO_TCP, TCP_USER_TIMEOUT) => TcpOpt::UserTimeout,
        _ => return None,
    })
}

/// The value of an option; `None` when it is not one of those here.
pub(super) fn get(id: ContextId, level: c_int, name: c_int) -> Option<Result<Value>> {
    let core = &current().core;
    let get = |opt| core.with(|stack, _| stack.tcp_get(id, opt));
    if let Some(opt) = number(level, name) {
        return Some(get(opt).map(Value::Number));
    }
    Some(match (level, name) {
        (SOL_SOCKET, SO_TYPE) => Ok(Value::Number(SOCK_STREAM)),
        (SOL_SOCKET, SO_PROTOCOL) => Ok(Value::Number(protocol::TCP.into())),
        (SOL_SOCKET, SO_ACCEPTCONN) => core
            .with(|stack, _| stack.tcp_info(id))
            .map(|info| Value::Number((info.state == State::Listen).into())),
        (SOL_SOCKET, SO_LINGER) => get(TcpOpt::Linger).map(|seconds| {
            bytes_of(&Linger { on: (seconds >= 0).into(), seconds: seconds.max(0) })
        }),
        (IPPROTO_TCP, TCP_CONGESTION) => get(TcpOpt::Congestion).map(|kind| {
            let name = Kind::ALL.iter().find(|k| **k as i32 == kind).map_or("", |k| k.name());
            let mut bytes = [0; VALUE_MAX];
            bytes[..name.len()].copy_from_slice(name.as_bytes());
            Value::Bytes(bytes, NAME_MAX)
        }),
        (IPPROTO_TCP, TCP_INFO) => info(id),
        (IPPROTO_TCP, _) => Err(Error::NoProtoOpt),
        _ => return None,
    })
}

/// Sets an option; `None` when it is not one of those here.
pub(super) fn set(id: ContextId, level: c_int, name: c_int, value: &[u8]) -> Option<Result<()>> {
    let set = |opt, value| current().core.with(|stack, env| stack.tcp_set(env, id, opt, value));
    let word = |at: usize| {
        let bytes = value.get(at..at + size_of::<c_int>())?;
        Some(c_int::from_ne_bytes(bytes.try_into().ok()?))
    };
    if let Some(opt) = number(level, name) {
        let buffer = matches!(opt, TcpOpt::SendBuffer | TcpOpt::ReceiveBuffer);
        if buffer && word(0).is_some_and(|bytes| bytes > c_int::from(u16::MAX)) {
            // Sixteen bits in Zephyr.
            return Some(Err(Error::Inval));
        }
        return Some(word(0).ok_or(Error::Inval).and_then(|value| set(opt, value)));
    }
    Some(match (level, name) {
        (SOL_SOCKET, SO_LINGER) => match (word(0), word(size_of::<c_int>())) {
            (Some(0), Some(_)) => set(TcpOpt::Linger, -1),
            (Some(_), Some(seconds @ 0..)) => set(TcpOpt::Linger, seconds),
            _ => Err(Error::Inval),
        },
        (IPPROTO_TCP, TCP_CONGESTION) => {
            let end = value.iter().position(|&byte| byte == 0).unwrap_or(value.len());
            match Kind::ALL.iter().find(|kind| value.get(..end) == Some(kind.name().as_bytes())) {
                Some(kind) => set(TcpOpt::Congestion, *kind as i32),
                None => Err(Error::NoEnt),
            }
        }
        (IPPROTO_TCP, _) => Err(Error::NoProtoOpt),
        _ => return None,
    })
}

fn info(id: ContextId) -> Result<Value> {
    let info = current().core.with(|stack, _| stack.tcp_info(id))?;
    let (scale, timestamps, sack, ecn) = info.options;
    Ok(bytes_of(&TcpInfo {
        state: number_of(info.state),
        retransmits: info.timeouts,
        options: u8::from(timestamps)
            | u8::from(sack) << 1
            | u8::from(scale) << 2
            | u8::from(ecn) << 3,
        snd_mss: info.mss,
        rto: info.rto,
        rtt: info.rtt.0,
        rttvar: info.rtt.1,
        snd_cwnd: info.cwnd,
        snd_ssthresh: info.ssthresh,
        snd_wnd: info.windows.0,
        rcv_wnd: info.windows.1,
        unacked: info.unsent,
        in_flight: info.in_flight,
        unread: info.unread,
        rcv_ooopack: info.early,
    }))
}

/// A state as Linux numbers it.
fn number_of(state: State) -> u8 {
    match state {
        State::Established => 1,
        State::SynSent => 2,
        State::SynReceived => 3,
        State::FinWait1 => 4,
        State::FinWait2 => 5,
        State::TimeWait => 6,
        State::Closed => 7,
        State::CloseWait => 8,
        State::LastAck => 9,
        State::Listen => 10,
        State::Closing => 11,
    }
}

fn bytes_of<T>(value: &T) -> Value {
    const { assert!(size_of::<T>() <= VALUE_MAX, "fits into a value") };
    let mut bytes = [0; VALUE_MAX];
    // SAFETY: as many bytes of a plain structure are read as it has, padding as whatever it holds;
    // the two do not overlap.
    unsafe {
        let from = core::ptr::from_ref(value).cast::<u8>();
        core::ptr::copy_nonoverlapping(from, bytes.as_mut_ptr(), size_of::<T>());
    }
    Value::Bytes(bytes, size_of::<T>())
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/socket.h":
    Linger = "struct linger" { on = "l_onoff", seconds = "l_linger" };
    TcpInfo = "struct tcp_info" {
        state = "tcpi_state", retransmits = "tcpi_retransmits", options = "tcpi_options",
        snd_mss = "tcpi_snd_mss", rto = "tcpi_rto", rtt = "tcpi_rtt", rttvar = "tcpi_rttvar",
        snd_cwnd = "tcpi_snd_cwnd", snd_ssthresh = "tcpi_snd_ssthresh",
        snd_wnd = "tcpi_snd_wnd", rcv_wnd = "tcpi_rcv_wnd", unacked = "tcpi_unacked",
        in_flight = "tcpi_in_flight", unread = "tcpi_unread", rcv_ooopack = "tcpi_rcv_ooopack",
    };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/net/socket.h":
    IPPROTO_TCP,
    SO_SNDBUF,
    SO_KEEPALIVE,
    SO_LINGER,
    TCP_NODELAY,
    TCP_KEEPIDLE,
    TCP_KEEPINTVL,
    TCP_KEEPCNT,
    TCP_MAXSEG,
    TCP_INFO,
    TCP_CONGESTION,
    TCP_USER_TIMEOUT,
}
