// SPDX-License-Identifier: Apache-2.0
//! Names and addresses as the host knows them.
//!
//! Flags and the codes of failures have the same numbers on both sides.

use core::ffi::{c_char, c_int};
use core::ptr::null_mut;

use super::addr::{LEN_UN, Name, family, our_family};

/// Asks the host, which may take its time: how many answers were written, at least one, or what failed.
///
/// What is wanted is family, type, protocol and flags. Each answer is family, type, protocol and the length of
/// its address, which stands in `addrs`, 110 bytes a piece.
///
/// # Safety
/// The strings are null or terminated, `wanted` is readable, `answers` and `addrs` have room for `room`
/// answers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn znet_host_lookup(
    node: *const c_char,
    service: *const c_char,
    wanted: *const [c_int; 4],
    answers: *mut [c_int; 4],
    addrs: *mut [u8; LEN_UN],
    room: usize,
) -> c_int {
    // SAFETY: the caller's promise; all zeros are valid hints; the list is the host's until it is given back.
    unsafe {
        let [ours, kind, proto, flags] = wanted.read();
        let Some(host) = family(ours) else { return libc::EAI_FAMILY };
        let mut hints: libc::addrinfo = core::mem::zeroed();
        hints.ai_family = host;
        hints.ai_socktype = kind;
        hints.ai_protocol = proto;
        hints.ai_flags = flags;
        let mut list = null_mut();
        let status = libc::getaddrinfo(node, service, &raw const hints, &raw mut list);
        if status != 0 {
            return status;
        }
        let (mut count, mut at) = (0, list);
        while !at.is_null() && count < room {
            if let Some(name) = Name::of((*at).ai_addr, (*at).ai_addrlen) {
                let mut len = LEN_UN;
                name.write(addrs.add(count).cast(), &raw mut len);
                let ours = our_family((*at).ai_family);
                answers.add(count).write([
                    ours,
                    (*at).ai_socktype,
                    (*at).ai_protocol,
                    len as c_int,
                ]);
                count += 1;
            }
            at = (*at).ai_next;
        }
        libc::freeaddrinfo(list);
        if count == 0 { libc::EAI_NODATA } else { count as c_int }
    }
}
