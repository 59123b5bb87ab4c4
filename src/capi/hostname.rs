// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/hostname.h>`: the device's name.
#![allow(clippy::missing_safety_doc)]

use core::cell::UnsafeCell;
use core::ffi::c_char;
#[cfg(any(CONFIG_NET_HOSTNAME_DYNAMIC, CONFIG_NET_HOSTNAME_UNIQUE))]
use core::ffi::c_int;
#[cfg(any(CONFIG_NET_HOSTNAME_DYNAMIC, CONFIG_NET_HOSTNAME_UNIQUE))]
use core::slice;

use crate::base::{Error, Result};
use crate::config;
use crate::os::irq;

/// `NET_HOSTNAME_SIZE`.
const SIZE: usize = config::NET_HOSTNAME_MAX_LEN + 1;

/// The name as C reads it: NUL-terminated, at a place that never moves.
struct Name {
    bytes: UnsafeCell<[u8; SIZE]>,
    #[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
    postfix_set: UnsafeCell<bool>,
}

// SAFETY: written under the irq lock only. C reads the bytes without it; a reader beside a change
// may see a mixture of both names, always terminated within the array.
unsafe impl Sync for Name {}

static NAME: Name = Name {
    bytes: UnsafeCell::new(initial()),
    #[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
    postfix_set: UnsafeCell::new(false),
};

/// The configured name, cut to what fits.
const fn initial() -> [u8; SIZE] {
    let name = config::NET_HOSTNAME.as_bytes();
    let mut bytes = [0; SIZE];
    let mut at = 0;
    while at < name.len() && at < SIZE - 1 {
        bytes[at] = name[at];
        at += 1;
    }
    bytes
}

/// Replaces the name by `parts` in a row.
fn replace(parts: [&[u8]; 2]) -> Result<()> {
    let len = parts[0].len() + parts[1].len();
    if len >= SIZE {
        return Err(Error::NoMem);
    }
    irq::free(|| {
        // SAFETY: nobody else writes under the irq lock.
        let bytes = unsafe { &mut *NAME.bytes.get() };
        bytes[parts[0].len()..len].copy_from_slice(parts[1]);
        bytes[..parts[0].len()].copy_from_slice(parts[0]);
        bytes[len..].fill(0);
    });
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    {
        let mut name = [0; SIZE];
        name[..parts[0].len()].copy_from_slice(parts[0]);
        name[parts[0].len()..len].copy_from_slice(parts[1]);
        super::net_mgmt::raise(crate::mgmt::event::HOSTNAME_CHANGED, None, &name);
    }
    Ok(())
}

/// The host name.
#[unsafe(no_mangle)]
pub extern "C" fn net_hostname_get() -> *const c_char {
    NAME.bytes.get().cast_const().cast()
}

/// Puts the configured name in force.
#[unsafe(no_mangle)]
pub extern "C" fn net_hostname_init() {
    let name = config::NET_HOSTNAME.as_bytes();
    let _ = replace([&name[..name.len().min(SIZE - 1)], &[]]);
}

/// Changes the host name.
#[cfg(CONFIG_NET_HOSTNAME_DYNAMIC)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_hostname_set(host: *const c_char, len: usize) -> c_int {
    if host.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: `len` bytes of the caller's.
    let host = unsafe { slice::from_raw_parts(host.cast::<u8>(), len) };
    super::errno::negative(replace([host, &[]]))
}

/// Appends `text` to the configured name, the first time.
#[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
fn append(text: &[u8]) -> Result<()> {
    let first = irq::free(|| {
        // SAFETY: nobody else looks under the irq lock.
        let set = unsafe { &mut *NAME.postfix_set.get() };
        !core::mem::replace(set, true)
    });
    if !first && !cfg!(CONFIG_NET_HOSTNAME_UNIQUE_UPDATE) {
        return Err(Error::Already);
    }
    replace([config::NET_HOSTNAME.as_bytes(), text]).map_err(|_| Error::MsgSize)
}

/// Appends bytes in hexadecimal to the configured name, the first time.
#[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
pub(super) fn set_postfix(bytes: &[u8]) -> c_int {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 16];
    if bytes.len() * 2 > text.len() {
        return -Error::MsgSize.errno();
    }
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 0xf)];
    }
    super::errno::negative(append(&text[..bytes.len() * 2]))
}

/// The caller's bytes; `None` for a null pointer or a negative length.
///
/// # Safety
/// `bytes` is null or readable for `len` bytes.
#[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
unsafe fn given<'a>(bytes: *const u8, len: c_int) -> Option<&'a [u8]> {
    let len = usize::try_from(len).ok().filter(|_| !bytes.is_null())?;
    // SAFETY: the caller's promise.
    Some(unsafe { slice::from_raw_parts(bytes, len) })
}

/// Appends bytes in hexadecimal to the configured name.
#[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_hostname_set_postfix(postfix: *const u8, len: c_int) -> c_int {
    // SAFETY: the caller's bytes.
    unsafe { given(postfix, len) }.map_or(-Error::Inval.errno(), set_postfix)
}

/// Appends text to the configured name.
#[cfg(CONFIG_NET_HOSTNAME_UNIQUE)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_hostname_set_postfix_str(postfix: *const u8, len: c_int) -> c_int {
    // SAFETY: the caller's bytes.
    let text = unsafe { given(postfix, len) }.ok_or(Error::Inval);
    super::errno::negative(text.and_then(append))
}
