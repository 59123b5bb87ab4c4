// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_pkt.h>`: reading and writing at the cursor of a packet.
//!
//! Reads and writes return 0, or `-ENOBUFS` when content or room ended early: what was there is
//! done then, and the cursor stands behind it.

use core::ffi::{c_int, c_void};
use core::ptr;

use crate::base::Error;
use crate::buf::{NetPkt, cursor, frag};

/// `struct net_pkt_data_access`: where to put a header that is not in one piece.
#[repr(C)]
pub struct NetPktDataAccess {
    /// The copy, or where the header lies in the packet; null if it can't be copied.
    #[cfg(not(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS))]
    pub data: *mut c_void,
    /// Bytes of it.
    pub size: usize,
}

fn or_nobufs(ok: bool) -> c_int {
    if ok { 0 } else { -Error::NoBufs.errno() }
}

/// Puts the cursor at the beginning of the content.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_cursor_init(pkt: *mut NetPkt) {
    // SAFETY: as the caller vouches.
    unsafe { cursor::init(pkt) }
}

/// Moves the cursor over `length` bytes, which become content if the packet is not being
/// overwritten.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_skip(pkt: *mut NetPkt, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::skip(pkt, length) })
}

/// Writes `length` times `byte`.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_memset(pkt: *mut NetPkt, byte: c_int, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::fill(pkt, byte as u8, length) })
}

/// Copies `length` bytes from the cursor of `pkt_src` to that of `pkt_dst`.
///
/// # Safety
/// Both are live and only the caller uses them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_copy(
    pkt_dst: *mut NetPkt,
    pkt_src: *mut NetPkt,
    length: usize,
) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::copy(pkt_dst, pkt_src, length) })
}

/// Reads `length` bytes.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `data` is null or writable for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_read(pkt: *mut NetPkt, data: *mut c_void, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::read(pkt, data.cast(), length) })
}

/// Reads `N` bytes; those that are missing read as zero.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
unsafe fn read_bytes<const N: usize>(pkt: *mut NetPkt) -> ([u8; N], c_int) {
    let mut bytes = [0; N];
    // SAFETY: as the caller vouches.
    let ok = unsafe { cursor::read(pkt, bytes.as_mut_ptr(), N) };
    (bytes, or_nobufs(ok))
}

/// Reads a 16-bit number, big end first.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `data` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_read_be16(pkt: *mut NetPkt, data: *mut u16) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        let (bytes, status) = read_bytes(pkt);
        data.write_unaligned(u16::from_be_bytes(bytes));
        status
    }
}

/// Reads a 16-bit number, little end first.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `data` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_read_le16(pkt: *mut NetPkt, data: *mut u16) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        let (bytes, status) = read_bytes(pkt);
        data.write_unaligned(u16::from_le_bytes(bytes));
        status
    }
}

/// Reads a 32-bit number, big end first.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `data` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_read_be32(pkt: *mut NetPkt, data: *mut u32) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        let (bytes, status) = read_bytes(pkt);
        data.write_unaligned(u32::from_be_bytes(bytes));
        status
    }
}

/// Writes `length` bytes. Bytes that lie at the cursor already are only counted.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `data` is readable for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_write(
    pkt: *mut NetPkt,
    data: *const c_void,
    length: usize,
) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::write(pkt, data.cast(), length) })
}

/// Bytes of content from the cursor on.
///
/// # Safety
/// `pkt` is live or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_remaining_data(pkt: *mut NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    if pkt.is_null() { 0 } else { unsafe { cursor::remaining(pkt) } }
}

/// Cuts the content to `length` bytes; fragments stay. `-EINVAL` when there are fewer.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_update_length(pkt: *mut NetPkt, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    if unsafe { cursor::update_length(pkt, length) } { 0 } else { -Error::Inval.errno() }
}

/// Removes `length` bytes at the cursor and puts it at the beginning.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_pull(pkt: *mut NetPkt, length: usize) -> c_int {
    // SAFETY: as the caller vouches.
    or_nobufs(unsafe { cursor::pull(pkt, length) })
}

/// Bytes of content before the cursor.
///
/// # Safety
/// `pkt` is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_current_offset(pkt: *mut NetPkt) -> u16 {
    // SAFETY: as the caller vouches.
    unsafe { cursor::offset(pkt) as u16 }
}

/// Do the next `size` bytes lie in one piece?
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_is_contiguous(pkt: *mut NetPkt, size: usize) -> bool {
    // SAFETY: as the caller vouches.
    unsafe { cursor::contiguous(pkt) >= size }
}

/// Bytes from the cursor on that lie in one piece: content if the packet is being overwritten, else
/// room too.
///
/// # Safety
/// `pkt` is live and only the caller uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_contiguous_len(pkt: *mut NetPkt) -> usize {
    // SAFETY: as the caller vouches.
    unsafe { cursor::contiguous(pkt) }
}

/// The next `access->size` bytes in one piece: where they lie, or copied to `access->data`. The
/// cursor stays. A packet that is not being overwritten has nothing to copy: then the place to fill
/// in is returned. Null when there are fewer bytes or they can't be copied.
///
/// # Safety
/// `pkt` is live and only the caller uses it; `access->data` is null or has that much room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_get_data(
    pkt: *mut NetPkt,
    access: *mut NetPktDataAccess,
) -> *mut c_void {
    // SAFETY: as the caller vouches.
    unsafe {
        let size = (*access).size;
        if cursor::contiguous(pkt) >= size {
            let here = (*pkt).cursor.pos.cast();
            #[cfg(not(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS))]
            {
                (*access).data = here;
            }
            return here;
        }
        #[cfg(not(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS))]
        {
            let data = (*access).data;
            if data.is_null() || (*pkt).overwrite == 0 {
                return data;
            }
            let before = (*pkt).cursor;
            let ok = cursor::read(pkt, data.cast(), size);
            (*pkt).cursor = before;
            if ok {
                return data;
            }
        }
        ptr::null_mut()
    }
}

/// Writes what [`net_pkt_get_data`] returned, changed or filled in, back to the packet.
///
/// # Safety
/// As for [`net_pkt_get_data`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_set_data(
    pkt: *mut NetPkt,
    access: *mut NetPktDataAccess,
) -> c_int {
    // SAFETY: as the caller vouches.
    unsafe {
        #[cfg(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS)]
        return net_pkt_skip(pkt, (*access).size);
        #[cfg(not(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS))]
        net_pkt_write(pkt, (*access).data, (*access).size)
    }
}

/// Says on the console what the fragments of a packet hold.
///
/// # Safety
/// `pkt` is live or null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_pkt_print_frags(pkt: *mut NetPkt) {
    if pkt.is_null() {
        return;
    }
    // SAFETY: as the caller vouches.
    unsafe {
        let mut buf = (*pkt).frags;
        let len = frag::chain_len(buf);
        super::say(format_args!("pkt {pkt:p} frags {buf:p} len {len}\n"));
        while !buf.is_null() {
            super::say(format_args!(
                "  frag {buf:p} len {} max {} head {} tail {} ref {}\n",
                (*buf).b.len,
                cursor::max_len(buf),
                frag::headroom(buf),
                frag::tailroom(buf),
                (*buf).r#ref,
            ));
            buf = (*buf).frags;
        }
    }
}

#[cfg(any(test, znet_layout))]
crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net/net_pkt.h":
    NetPktDataAccess = "struct net_pkt_data_access" {
        #[cfg(not(CONFIG_NET_HEADERS_ALWAYS_CONTIGUOUS))]
        data,
        size,
    };
}
