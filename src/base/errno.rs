// SPDX-License-Identifier: Apache-2.0
//! Compares the numbers of [`Error`] with the C library's.

use super::Error;

crate::base::layout::constants! { pub(crate) CONSTANTS in "errno.h":
    Error::Access.errno() => "EACCES",
    Error::Again.errno() => "EAGAIN",
    Error::AddrInUse.errno() => "EADDRINUSE",
    Error::AddrNotAvail.errno() => "EADDRNOTAVAIL",
    Error::AfNoSupport.errno() => "EAFNOSUPPORT",
    Error::Already.errno() => "EALREADY",
    Error::BadF.errno() => "EBADF",
    Error::Busy.errno() => "EBUSY",
    Error::Canceled.errno() => "ECANCELED",
    Error::ConnAborted.errno() => "ECONNABORTED",
    Error::ConnRefused.errno() => "ECONNREFUSED",
    Error::ConnReset.errno() => "ECONNRESET",
    Error::DestAddrReq.errno() => "EDESTADDRREQ",
    Error::Exist.errno() => "EEXIST",
    Error::Fault.errno() => "EFAULT",
    Error::HostUnreach.errno() => "EHOSTUNREACH",
    Error::InProgress.errno() => "EINPROGRESS",
    Error::Interrupted.errno() => "EINTR",
    Error::Inval.errno() => "EINVAL",
    Error::Io.errno() => "EIO",
    Error::IsConn.errno() => "EISCONN",
    Error::MFile.errno() => "EMFILE",
    Error::MsgSize.errno() => "EMSGSIZE",
    Error::NameTooLong.errno() => "ENAMETOOLONG",
    Error::NetDown.errno() => "ENETDOWN",
    Error::NetUnreach.errno() => "ENETUNREACH",
    Error::NoBufs.errno() => "ENOBUFS",
    Error::NoData.errno() => "ENODATA",
    Error::NoDev.errno() => "ENODEV",
    Error::NoEnt.errno() => "ENOENT",
    Error::NoMem.errno() => "ENOMEM",
    Error::NoProtoOpt.errno() => "ENOPROTOOPT",
    Error::NoSys.errno() => "ENOSYS",
    Error::NoTty.errno() => "ENOTTY",
    Error::NotConn.errno() => "ENOTCONN",
    Error::NotSock.errno() => "ENOTSOCK",
    Error::NotSup.errno() => "ENOTSUP",
    Error::OpNotSupp.errno() => "EOPNOTSUPP",
    Error::Perm.errno() => "EPERM",
    Error::Pipe.errno() => "EPIPE",
    Error::ProtoNoSupport.errno() => "EPROTONOSUPPORT",
    Error::ProtoType.errno() => "EPROTOTYPE",
    Error::Range.errno() => "ERANGE",
    Error::Shutdown.errno() => "ESHUTDOWN",
    Error::TimedOut.errno() => "ETIMEDOUT",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_linux_column_is_the_host_librarys() {
        for (error, errno) in [
            (Error::AddrInUse, libc::EADDRINUSE),
            (Error::AddrNotAvail, libc::EADDRNOTAVAIL),
            (Error::AfNoSupport, libc::EAFNOSUPPORT),
            (Error::Already, libc::EALREADY),
            (Error::Canceled, libc::ECANCELED),
            (Error::ConnAborted, libc::ECONNABORTED),
            (Error::DestAddrReq, libc::EDESTADDRREQ),
            (Error::HostUnreach, libc::EHOSTUNREACH),
            (Error::InProgress, libc::EINPROGRESS),
            (Error::IsConn, libc::EISCONN),
            (Error::MsgSize, libc::EMSGSIZE),
            (Error::NetDown, libc::ENETDOWN),
            (Error::NetUnreach, libc::ENETUNREACH),
            (Error::NoProtoOpt, libc::ENOPROTOOPT),
            (Error::NoSys, libc::ENOSYS),
            (Error::NotConn, libc::ENOTCONN),
            (Error::NotSock, libc::ENOTSOCK),
            (Error::NotSup, libc::ENOTSUP),
            (Error::ProtoNoSupport, libc::EPROTONOSUPPORT),
            (Error::ProtoType, libc::EPROTOTYPE),
            (Error::TimedOut, libc::ETIMEDOUT),
        ] {
            assert_eq!(error.errno(), errno, "{error:?}");
        }
    }
}
