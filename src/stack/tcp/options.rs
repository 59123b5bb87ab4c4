// SPDX-License-Identifier: Apache-2.0
//! What can be set and asked of a connection.
//!
//! Called by: `socket::options`, `capi`.

use crate::base::{Error, Result};
use crate::stack::{Env, Stack};
use crate::transport::ContextId;
use crate::transport::tcp::congestion::Kind;
use crate::transport::tcp::size::{narrow, wide};
use crate::transport::tcp::{Flags, State, state};

/// A setting of a TCP context. All values are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TcpOpt {
    /// TCP_NODELAY: 0 or 1.
    NoDelay,
    /// TCP_MAXSEG, in bytes.
    MaxSeg,
    /// SO_KEEPALIVE: 0 or 1.
    KeepAlive,
    /// TCP_KEEPIDLE, in seconds.
    KeepIdle,
    /// TCP_KEEPINTVL, in seconds.
    KeepInterval,
    /// TCP_KEEPCNT.
    KeepCount,
    /// TCP_USER_TIMEOUT, in milliseconds.
    UserTimeout,
    /// SO_LINGER: seconds, or -1 when it is off.
    Linger,
    /// SO_SNDBUF, in bytes.
    SendBuffer,
    /// SO_RCVBUF, in bytes.
    ReceiveBuffer,
    /// TCP_CONGESTION: a [`Kind`] as a number.
    Congestion,
}

/// What there is to know of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Its state.
    pub state: State,
    /// Largest segment it sends.
    pub mss: u16,
    /// Congestion window, in bytes.
    pub cwnd: u32,
    /// Slow start threshold, in bytes.
    pub ssthresh: u32,
    /// Smoothed round-trip time and its variance, in microseconds; zero before the first measurement.
    pub rtt: (u32, u32),
    /// Retransmission time-out, in microseconds.
    pub rto: u32,
    /// Bytes queued and not acknowledged.
    pub unsent: u32,
    /// Bytes on their way.
    pub in_flight: u32,
    /// Bytes received and not read.
    pub unread: u32,
    /// The peer's window and ours, in bytes.
    pub windows: (u32, u32),
    /// Segments queued that came too early.
    pub early: u16,
    /// Doublings of the time-out.
    pub timeouts: u8,
    /// Window scaling, time stamps, SACK and ECN are in use.
    pub options: (bool, bool, bool, bool),
}

/// Largest keep-alive time, as on Linux.
const MAX_SECONDS: i32 = 32_767;

impl Stack {
    /// Changes a setting.
    ///
    /// # Errors
    /// [`Error::Inval`] for a value out of range, [`Error::NoProtoOpt`] for a setting that is not
    /// configured.
    pub fn tcp_set(
        &mut self,
        env: &dyn Env,
        id: ContextId,
        what: TcpOpt,
        value: i32,
    ) -> Result<()> {
        let now = self.tcp_now(env);
        let (_, t, slot) = self.tcp_pair(id)?;
        let seconds = || match value {
            1..=MAX_SECONDS => Ok(value as u16),
            _ => Err(Error::Inval),
        };
        match what {
            TcpOpt::NoDelay => {
                t.flags.set(Flags::NODELAY, value != 0);
                if value != 0 {
                    // What waited for company goes now.
                    self.tcp_output(env, now, slot);
                }
            }
            TcpOpt::MaxSeg => match value {
                88..=32_767 => t.user_mss = value as u16,
                _ => return Err(Error::Inval),
            },
            TcpOpt::Linger => {
                t.flags.set(Flags::LINGER, value >= 0);
                t.linger = value.clamp(0, i32::from(u16::MAX)) as u16;
            }
            TcpOpt::SendBuffer => {
                let most = state::TX_BYTES.max(256) as u32;
                let wanted = u32::try_from(value).map_err(|_| Error::Inval)?;
                t.snd_limit = narrow(wanted.clamp(256, most));
            }
            TcpOpt::ReceiveBuffer => {
                let most = state::RX_BYTES.max(256) as u32;
                let wanted = u32::try_from(value).map_err(|_| Error::Inval)?;
                t.rcv_limit = narrow(wanted.clamp(256, most));
                t.flags.insert(Flags::FIXED_WINDOW);
            }
            TcpOpt::Congestion => {
                let kind = Kind::ALL.iter().find(|kind| **kind as i32 == value);
                t.delivery.choose(*kind.ok_or(Error::NoEnt)?);
            }
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepAlive => {
                t.flags.set(Flags::KEEPALIVE, value != 0);
                if t.state.is_synchronized() {
                    t.probes = 0;
                    t.start_idle_timer(now.ms);
                }
            }
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepIdle => {
                t.keepalive.idle = seconds()?;
                if t.state.is_synchronized() {
                    t.start_idle_timer(now.ms);
                }
            }
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepInterval => t.keepalive.interval = seconds()?,
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepCount => match value {
                1..=127 => t.keepalive.count = value as u8,
                _ => return Err(Error::Inval),
            },
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::UserTimeout => {
                t.user_timeout = u32::try_from(value).map_err(|_| Error::Inval)?;
            }
            #[cfg(not(CONFIG_NET_TCP_KEEPALIVE))]
            _ => {
                let _ = seconds;
                return Err(Error::NoProtoOpt);
            }
        }
        self.tcp_rearm(slot);
        self.tcp_tell_deadline();
        Ok(())
    }

    /// Reads a setting.
    ///
    /// # Errors
    /// [`Error::NoProtoOpt`] for a setting that is not configured.
    pub fn tcp_get(&self, id: ContextId, what: TcpOpt) -> Result<i32> {
        let t = self.tcp.get(self.tcp_slot(id)?).ok_or(Error::BadF)?;
        Ok(match what {
            TcpOpt::NoDelay => i32::from(t.flags.contains(Flags::NODELAY)),
            TcpOpt::MaxSeg => i32::from(t.mss()),
            TcpOpt::Linger if t.flags.contains(Flags::LINGER) => i32::from(t.linger),
            TcpOpt::Linger => -1,
            TcpOpt::SendBuffer => t.snd_limit as i32,
            TcpOpt::ReceiveBuffer => t.rcv_limit as i32,
            TcpOpt::Congestion => t.delivery.kind() as i32,
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepAlive => i32::from(t.flags.has(Flags::KEEPALIVE)),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepIdle => i32::from(t.keepalive.idle),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepInterval => i32::from(t.keepalive.interval),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::KeepCount => i32::from(t.keepalive.count),
            #[cfg(CONFIG_NET_TCP_KEEPALIVE)]
            TcpOpt::UserTimeout => t.user_timeout as i32,
            #[cfg(not(CONFIG_NET_TCP_KEEPALIVE))]
            _ => return Err(Error::NoProtoOpt),
        })
    }

    /// What there is to know of a connection.
    ///
    /// # Errors
    /// [`Error::BadF`] for a stale name.
    pub fn tcp_info(&self, id: ContextId) -> Result<Info> {
        let t = self.tcp.get(self.tcp_slot(id)?).ok_or(Error::BadF)?;
        let has = |flag| t.flags.contains(flag);
        Ok(Info {
            state: t.state,
            mss: t.mss(),
            cwnd: wide(t.delivery.window.cwnd),
            ssthresh: wide(t.delivery.window.ssthresh),
            rtt: t.delivery.rtt.smoothed().map_or((0, 0), |rtt| (rtt, t.delivery.rtt.variance())),
            rto: t.delivery.rtt.timeout(),
            unsent: t.queue.bytes(),
            in_flight: t.delivery.in_flight(),
            unread: wide(t.rcv_queued),
            windows: (wide(t.snd_wnd), t.rcv_edge.since(t.rcv_nxt)),
            early: t.early.len() as u16,
            timeouts: t.delivery.rtt.timeouts(),
            options: (has(Flags::SCALE), has(Flags::TIMESTAMPS), has(Flags::SACK), has(Flags::ECN)),
        })
    }
}
