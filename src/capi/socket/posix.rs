// SPDX-License-Identifier: Apache-2.0
//! POSIX's older calls for addresses as text, and its tables of names, which are empty here.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_void};
use core::net::Ipv4Addr;
use core::ptr::null_mut;

/// Reads an IPv4 address; all ones for what is none.
///
/// # Safety
/// `text` is null or a string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_inet_addr(text: *const c_char) -> u32 {
    if text.is_null() {
        return u32::MAX;
    }
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) }.to_str().ok();
    let addr = text.and_then(|text| text.parse::<Ipv4Addr>().ok());
    addr.map_or(u32::MAX, |addr| u32::from_ne_bytes(addr.octets()))
}

/// Where [`znet_inet_ntoa`] leaves its text.
struct Text(UnsafeCell<[u8; 16]>);

// SAFETY: as POSIX has it: who calls from several threads finds one of their texts.
unsafe impl Sync for Text {}

/// The text of an IPv4 address, in network byte order; the next call overwrites it.
#[unsafe(no_mangle)]
pub extern "C" fn znet_inet_ntoa(addr: u32) -> *mut c_char {
    static TEXT: Text = Text(UnsafeCell::new([0; 16]));
    let octets = addr.to_ne_bytes();
    let to = TEXT.0.get().cast::<c_char>();
    // SAFETY: the text is no longer than 16 bytes, NUL included.
    unsafe {
        super::super::net_ip::net_addr_ntop(1, octets.as_ptr().cast(), to, 16);
    }
    to
}

/// Is urgent data next? Nobody here keeps it apart: `ENOSYS`.
#[unsafe(no_mangle)]
pub extern "C" fn znet_sockatmark(fd: core::ffi::c_int) -> core::ffi::c_int {
    use crate::base::Error;
    super::super::errno::status(super::kind(fd, 0).and(Err(Error::NoSys)))
}

/// Opens, rewinds or closes a table that does not exist: of hosts, networks, protocols or services.
#[unsafe(no_mangle)]
pub extern "C" fn znet_no_table() {}

/// The entry of such a table: none.
#[unsafe(no_mangle)]
pub extern "C" fn znet_no_entry() -> *mut c_void {
    null_mut()
}
