// SPDX-License-Identifier: Apache-2.0
//! The terminal of the board's shell: a pseudo terminal of the host, or the standard streams.
//!
//! C names a terminal by its descriptor to read from; 0 stands for the standard streams.

use core::ffi::{CStr, c_int, c_void};

use super::host;

/// Opens the terminal and says where it is; the descriptor to read from, -1 if the host has none.
#[unsafe(no_mangle)]
pub extern "C" fn znet_native_terminal_open(standard_streams: bool) -> c_int {
    if standard_streams {
        return libc::STDIN_FILENO;
    }
    // SAFETY: plain calls with a descriptor that is ours; the name is copied out at once.
    let (master, name) = unsafe {
        let master = libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY | libc::O_NONBLOCK);
        if master < 0 || libc::grantpt(master) != 0 || libc::unlockpt(master) != 0 {
            return -1;
        }
        let mut name = [0; 128];
        if libc::ptsname_r(master, name.as_mut_ptr(), name.len()) != 0 {
            return -1;
        }
        (master, CStr::from_ptr(name.as_ptr()).to_string_lossy().into_owned())
    };
    hold(&name);
    host::print(&std::format!("uart connected to pseudotty: {name}\n"));
    master
}

/// Keeps the other end open, unread: without anybody at it reading would fail rather than wait. The
/// terminal echoes nothing and passes bytes as they are.
fn hold(name: &str) {
    let Ok(path) = std::ffi::CString::new(name) else { return };
    // SAFETY: `path` is a terminated string, `settings` is filled by `tcgetattr` before it is read.
    unsafe {
        let slave = libc::open(path.as_ptr(), libc::O_RDWR | libc::O_NOCTTY);
        let mut settings = core::mem::zeroed();
        if slave >= 0 && libc::tcgetattr(slave, &mut settings) == 0 {
            libc::cfmakeraw(&mut settings);
            libc::tcsetattr(slave, libc::TCSANOW, &settings);
        }
    }
}

/// Reads what was typed, without waiting: the number of bytes, -1 when nobody can type any more.
///
/// # Safety
/// `data` has room for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_native_terminal_read(
    terminal: c_int,
    data: *mut c_void,
    length: usize,
) -> c_int {
    let mut poll = libc::pollfd { fd: terminal, events: libc::POLLIN, revents: 0 };
    // SAFETY: one entry; the caller's promise about `data`.
    unsafe {
        if libc::poll(&mut poll, 1, 0) <= 0 {
            return 0;
        }
        match libc::read(terminal, data, length) {
            0 => -1,
            count if count > 0 => count as c_int,
            _ if terminal == libc::STDIN_FILENO => -1,
            _ => 0,
        }
    }
}

/// Prints bytes; the number taken.
///
/// # Safety
/// `data` holds `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_native_terminal_write(
    terminal: c_int,
    data: *const c_void,
    length: usize,
) -> c_int {
    let out = if terminal == libc::STDIN_FILENO { libc::STDOUT_FILENO } else { terminal };
    // SAFETY: the caller's promise.
    unsafe { libc::write(out, data, length).max(0) as c_int }
}
