// SPDX-License-Identifier: Apache-2.0
//! What the ports that live in a Linux process share: futexes, host threads, console, entropy.

pub mod futex;
#[cfg(target_arch = "x86_64")]
pub mod lanes;
#[cfg(not(all(test, loom)))]
pub mod threads;

use crate::base::{Error, Result};

/// Fills `bytes` by getrandom(2).
#[cfg_attr(CONFIG_ZNET_PORT_SIM, allow(dead_code))]
pub fn entropy(mut bytes: &mut [u8]) -> Result<()> {
    while !bytes.is_empty() {
        // SAFETY: the pointer and length are those of a live slice.
        let n = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
        match n {
            1.. => bytes = &mut bytes[n as usize..],
            _ if errno() == libc::EINTR => {}
            _ => return Err(Error::Io),
        }
    }
    Ok(())
}

/// Writes to standard output, unbuffered; what can't be written is lost.
pub fn console(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the pointer and length are those of a live slice.
        let n = unsafe { libc::write(1, bytes.as_ptr().cast(), bytes.len()) };
        match n {
            1.. => bytes = &bytes[n as usize..],
            _ if errno() == libc::EINTR => {}
            _ => return,
        }
    }
}

/// Whoever started the process may start it again.
pub fn restart() -> ! {
    exit(0)
}

/// Ends the process: a callback that plays interrupt has done `what`.
#[cold]
pub fn misuse(what: &'static core::ffi::CStr) -> ! {
    panic!("{} in an interrupt", what.to_string_lossy())
}

/// Ends the process and runs its exit handlers.
pub fn exit(code: i32) -> ! {
    #[cfg(not(all(test, loom)))]
    threads::no_more_leaving();
    std::process::exit(code)
}

/// Ends the process where nothing may run any more but what empties C's buffers.
#[cfg(CONFIG_ZNET_PORT_SIM)]
pub fn quick_exit(code: i32) -> ! {
    // SAFETY: a null stream means all; neither call returns to anything of ours.
    unsafe {
        libc::fflush(core::ptr::null_mut());
        libc::_exit(code)
    }
}

/// The host's errno.
pub fn errno() -> i32 {
    // SAFETY: always a valid pointer to the calling thread's errno.
    unsafe { *libc::__errno_location() }
}
