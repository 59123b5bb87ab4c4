// SPDX-License-Identifier: Apache-2.0
//! The errno value of each [`Error`]: those of Linux in a Linux process, else those of newlib and picolibc,
//! which Zephyr's own C library has as well.

use super::Error;

macro_rules! errnos {
    ($($error:ident $linux:literal $newlib:literal)*) => {
        impl Error {
            /// The value of `errno` for this error in the target's C library; positive.
            pub const fn errno(self) -> i32 {
                VALUES[self as usize] as i32
            }
        }

        const COUNT: usize = [$($linux),*].len();

        /// By the number of the error; they all fit in a byte.
        const VALUES: [u8; COUNT] = {
            let mut values = [0; COUNT];
            $(values[Error::$error as usize] =
                if cfg!(target_os = "linux") { $linux } else { $newlib };)*
            values
        };

        #[cfg(test)]
        const ALL: &[(Error, i32, i32)] = &[$((Error::$error, $linux, $newlib)),*];
    };
}

errnos! {
    Access          13  13
    Again           11  11
    AddrInUse       98  112
    AddrNotAvail    99  125
    AfNoSupport     97  106
    Already         114 120
    BadF            9   9
    Busy            16  16
    Canceled        125 140
    ConnAborted     103 113
    ConnRefused     111 111
    ConnReset       104 104
    DestAddrReq     89  121
    Exist           17  17
    Fault           14  14
    HostUnreach     113 118
    InProgress      115 119
    Interrupted     4   4
    Inval           22  22
    Io              5   5
    IsConn          106 127
    MFile           24  24
    MsgSize         90  122
    NameTooLong     36  91
    NetDown         100 115
    NetUnreach      101 114
    NoBufs          105 105
    NoData          61  61
    NoDev           19  19
    NoEnt           2   2
    NoMem           12  12
    NoProtoOpt      92  109
    NoSys           38  88
    NoTty           25  25
    NotConn         107 128
    NotSock         88  108
    NotSup          95  134
    OpNotSupp       95  95
    Perm            1   1
    Pipe            32  32
    ProtoNoSupport  93  123
    ProtoType       91  107
    Range           34  34
    Shutdown        108 110
    TimedOut        110 116
}

#[cfg(any(test, znet_layout))]
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
    fn no_two_errors_share_a_value_but_where_linux_has_one() {
        for (index, a) in ALL.iter().enumerate() {
            for b in &ALL[..index] {
                let one_on_linux = matches!((a.0, b.0), (Error::OpNotSupp, Error::NotSup));
                assert!(a.1 != b.1 || one_on_linux, "{a:?} {b:?}");
                assert_ne!(a.2, b.2, "{a:?} {b:?}");
            }
        }
    }

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
