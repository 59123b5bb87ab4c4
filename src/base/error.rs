// SPDX-License-Identifier: Apache-2.0
//! The errors the stack reports; each is the errno of the target's C library that a call fails with.

/// Why a call failed. The names are those of the POSIX errno values they become, and so are the numbers: those of
/// Linux (the first column) in a Linux process, else those of newlib and picolibc, which Zephyr's own C library
/// has as well. None is 0, which leaves that to `Ok` and `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Error {
    Access = number(13, 13),
    Again = number(11, 11),
    AddrInUse = number(98, 112),
    AddrNotAvail = number(99, 125),
    AfNoSupport = number(97, 106),
    Already = number(114, 120),
    BadF = number(9, 9),
    Busy = number(16, 16),
    Canceled = number(125, 140),
    ConnAborted = number(103, 113),
    ConnRefused = number(111, 111),
    ConnReset = number(104, 104),
    DestAddrReq = number(89, 121),
    Exist = number(17, 17),
    Fault = number(14, 14),
    HostUnreach = number(113, 118),
    InProgress = number(115, 119),
    Interrupted = number(4, 4),
    Inval = number(22, 22),
    Io = number(5, 5),
    IsConn = number(106, 127),
    MFile = number(24, 24),
    MsgSize = number(90, 122),
    NameTooLong = number(36, 91),
    NetDown = number(100, 115),
    NetUnreach = number(101, 114),
    NoBufs = number(105, 105),
    NoData = number(61, 61),
    NoDev = number(19, 19),
    NoEnt = number(2, 2),
    NoMem = number(12, 12),
    NoProtoOpt = number(92, 109),
    NoSys = number(38, 88),
    NoTty = number(25, 25),
    NotConn = number(107, 128),
    NotSock = number(88, 108),
    NotSup = number(95 + OWN, 134),
    OpNotSupp = number(95, 95),
    Perm = number(1, 1),
    Pipe = number(32, 32),
    ProtoNoSupport = number(93, 123),
    ProtoType = number(91, 107),
    Range = number(34, 34),
    Shutdown = number(108, 110),
    TimedOut = number(110, 116),
}

/// Added to the number of an error that shares its value of errno with another: Linux has one for two of them.
const OWN: u8 = 128;

/// The number of an error with these values of errno.
const fn number(linux: u8, newlib: u8) -> u8 {
    if cfg!(target_os = "linux") { linux } else { newlib }
}

impl Error {
    /// What a call that waited answers: a descriptor that another thread closed meanwhile was good when the
    /// call began, so the wait was interrupted, as in Zephyr.
    /// The profile tiny does not tell the two apart.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), cold)]
    #[cfg_attr(CONFIG_ZNET_PROFILE_TINY, inline(always))]
    pub const fn while_waiting(self) -> Self {
        match self {
            Self::BadF if cfg!(not(CONFIG_ZNET_PROFILE_TINY)) => Self::Interrupted,
            other => other,
        }
    }

    /// The value of `errno` for this error in the target's C library; positive.
    #[inline]
    pub const fn errno(self) -> i32 {
        let value = self as u8;
        (if cfg!(target_os = "linux") { value & !OWN } else { value }) as i32
    }
}

/// `Result` with the stack's [`Error`].
pub type Result<T> = core::result::Result<T, Error>;
