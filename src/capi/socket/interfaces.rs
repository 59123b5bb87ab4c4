// SPDX-License-Identifier: Apache-2.0
//! `<net/if.h>`: network interfaces by name and index.

use core::ffi::{CStr, c_char, c_uint, c_void};
use core::ptr::{self, null_mut};

use super::super::{current, errno};
use crate::base::Error;
use crate::config;

/// `IF_NAMESIZE`.
const NAME_SIZE: usize =
    if config::NET_INTERFACE_NAME_LEN == 0 { 1 } else { config::NET_INTERFACE_NAME_LEN };

/// `struct if_nameindex`.
#[repr(C)]
struct NameIndex {
    index: c_uint,
    name: *mut c_char,
}

unsafe extern "C" {
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// The index of the interface with this name; 0 when there is none.
///
/// # Safety
/// `name` is null or a string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_if_nametoindex(name: *const c_char) -> c_uint {
    if name.is_null() {
        return 0;
    }
    // SAFETY: the caller's promise.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    let found = current().core.with(|stack, _| stack.ifaces.by_name(name));
    found.map_or(0, |iface| iface.index().into())
}

/// The name of the interface with this index, copied to `name`; null with `ENXIO` when there is none.
///
/// # Safety
/// `name` is writable for `IF_NAMESIZE` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_if_indextoname(index: c_uint, name: *mut c_char) -> *mut c_char {
    const ENXIO: i32 = 6;
    let index = u8::try_from(index).unwrap_or(0);
    let found = current().core.with(|stack, _| stack.ifaces.get(index));
    let (Some(iface), false) = (found, name.is_null()) else {
        errno::set_raw(ENXIO);
        return null_mut();
    };
    let mut bytes = [0; 64];
    let text = iface.name(&mut bytes);
    // SAFETY: the caller's promise.
    unsafe { put(text, name) };
    name
}

/// Copies a name of at most [`NAME_SIZE`] bytes with its NUL.
///
/// # Safety
/// `to` is writable for so many bytes.
unsafe fn put(text: &[u8], to: *mut c_char) {
    let len = text.len().min(NAME_SIZE - 1);
    // SAFETY: the caller's promise.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr(), to.cast::<u8>(), len);
        to.add(len).write(0);
    }
}

/// All interfaces; the last element is zero. One piece of memory from the C library's heap; null with
/// `ENOBUFS` when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn znet_if_nameindex() -> *mut c_void {
    let count = current().core.with(|stack, _| stack.ifaces.iter().count());
    let table = (count + 1) * size_of::<NameIndex>();
    // SAFETY: zeroed memory for the table and the names behind it, or null.
    let list = unsafe { calloc(1, table + count * NAME_SIZE) }.cast::<NameIndex>();
    if list.is_null() {
        errno::set(Error::NoBufs);
        return null_mut();
    }
    current().core.with(|stack, _| {
        for (at, iface) in stack.ifaces.iter().take(count).enumerate() {
            let mut bytes = [0; 64];
            let text = iface.name(&mut bytes);
            // SAFETY: within the memory: there are no more of either than `count`.
            unsafe {
                let name = list.byte_add(table + at * NAME_SIZE).cast::<c_char>();
                put(text, name);
                list.add(at).write(NameIndex { index: iface.index().into(), name });
            }
        }
    });
    list.cast()
}

/// `if_freenameindex()`: gives back what [`znet_if_nameindex`] returned.
///
/// # Safety
/// `list` is that or null, and not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_if_freenameindex(list: *mut c_void) {
    // SAFETY: one piece of memory from `calloc`, or null.
    unsafe { free(list) };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/posix/net/if.h":
    NameIndex = "struct if_nameindex" { index = "if_index", name = "if_name" };
}

#[cfg(any(test, znet_layout))]
crate::base::layout::constants! { pub(crate) CONSTANTS in "zephyr/posix/net/if.h":
    NAME_SIZE => "IF_NAMESIZE",
}
