// SPDX-License-Identifier: Apache-2.0
//! The errors the stack reports. `capi` turns each into the errno of the target's C library.

/// Why a call failed. The names are those of the POSIX errno values they become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Error {
    Access,
    Again,
    AddrInUse,
    AddrNotAvail,
    AfNoSupport,
    Already,
    BadF,
    Busy,
    Canceled,
    ConnAborted,
    ConnRefused,
    ConnReset,
    DestAddrReq,
    Exist,
    Fault,
    HostUnreach,
    InProgress,
    Interrupted,
    Inval,
    Io,
    IsConn,
    MFile,
    MsgSize,
    NameTooLong,
    NetDown,
    NetUnreach,
    NoBufs,
    NoData,
    NoDev,
    NoEnt,
    NoMem,
    NoProtoOpt,
    NoSys,
    NoTty,
    NotConn,
    NotSock,
    NotSup,
    OpNotSupp,
    Perm,
    Pipe,
    ProtoNoSupport,
    ProtoType,
    Range,
    Shutdown,
    TimedOut,
}

/// `Result` with the stack's [`Error`].
pub type Result<T> = core::result::Result<T, Error>;
