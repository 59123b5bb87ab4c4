// SPDX-License-Identifier: Apache-2.0
//! Socket addresses as C applications have them, and as the host has them.
//!
//! Families have other numbers, and an IPv4 address has no padding here. Memory of the application's may be
//! unaligned and short: it is copied within the length that was given.

use core::ffi::{c_int, c_void};
use core::mem::{offset_of, size_of};

/// `AF_UNSPEC`, `AF_INET`, `AF_INET6` and `AF_UNIX` as applications number them.
const FAMILIES: [(c_int, c_int); 4] =
    [(0, libc::AF_UNSPEC), (1, libc::AF_INET), (2, libc::AF_INET6), (6, libc::AF_UNIX)];

/// `sizeof(struct sockaddr_in)`, `sizeof(struct sockaddr_in6)` and `sizeof(struct sockaddr_un)` there.
const LEN_IN: usize = 8;
const LEN_IN6: usize = 24;
pub(super) const LEN_UN: usize = 110;
/// Where an IPv6 address has its scope, in one byte.
const SCOPE: usize = 20;
/// Where the path of a local address begins.
const PATH: usize = 2;

/// The host's number of a family.
pub(super) fn family(ours: c_int) -> Option<c_int> {
    FAMILIES.iter().find(|(our, _)| *our == ours).map(|(_, host)| *host)
}

/// The application's number of a family of the host's; `AF_UNSPEC` for one it does not know.
pub(super) fn our_family(host: c_int) -> c_int {
    FAMILIES.iter().find(|(_, theirs)| *theirs == host).map_or(0, |(ours, _)| *ours)
}

/// An address of the host's.
#[derive(Clone, Copy)]
pub(super) struct Name {
    storage: libc::sockaddr_storage,
    pub len: libc::socklen_t,
}

impl Name {
    /// Room for any.
    pub fn room() -> Name {
        // SAFETY: all zeros are valid for this structure of integers.
        let storage = unsafe { core::mem::zeroed() };
        Name { storage, len: size_of::<libc::sockaddr_storage>() as libc::socklen_t }
    }

    /// An address of the host's; `None` for one that is longer than any.
    ///
    /// # Safety
    /// `addr` is readable for `len` bytes.
    pub unsafe fn of(addr: *const libc::sockaddr, len: libc::socklen_t) -> Option<Name> {
        let mut name = Name::room();
        let to = name.bytes_mut().get_mut(..len as usize)?;
        // SAFETY: the caller's promise.
        unsafe { to.as_mut_ptr().copy_from_nonoverlapping(addr.cast(), to.len()) };
        name.len = len;
        Some(name)
    }

    pub fn as_ptr(&self) -> *const libc::sockaddr {
        (&raw const self.storage).cast()
    }

    pub fn as_mut_ptr(&mut self) -> *mut libc::sockaddr {
        (&raw mut self.storage).cast()
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: integers without padding between, as bytes.
        unsafe {
            let first = (&raw mut self.storage).cast::<u8>();
            core::slice::from_raw_parts_mut(first, size_of::<libc::sockaddr_storage>())
        }
    }

    /// What the application means.
    ///
    /// # Errors
    /// `EINVAL` for what is too short, `EAFNOSUPPORT` for another family.
    ///
    /// # Safety
    /// `addr` is readable for `len` bytes.
    pub unsafe fn read(addr: *const c_void, len: usize) -> Result<Name, c_int> {
        let mut ours = [0u8; LEN_UN];
        let len = len.min(ours.len());
        // SAFETY: the caller's promise.
        unsafe { ours.as_mut_ptr().copy_from_nonoverlapping(addr.cast(), len) };
        let ([a, b, ..], true) = (ours, len >= PATH) else { return Err(libc::EINVAL) };
        let host = family(c_int::from(u16::from_ne_bytes([a, b]))).ok_or(libc::EAFNOSUPPORT)?;
        let mut name = Name::room();
        name.storage.ss_family = host as libc::sa_family_t;
        let to = name.bytes_mut();
        let whole = match host {
            libc::AF_INET if len >= LEN_IN => {
                copy(to, 2, &ours, 2, 6);
                size_of::<libc::sockaddr_in>()
            }
            libc::AF_INET6 if len >= SCOPE => {
                copy(to, 2, &ours, 2, 2);
                copy(to, offset_of!(libc::sockaddr_in6, sin6_addr), &ours, 4, 16);
                let scope = u32::from(ours.get(SCOPE).copied().unwrap_or(0)).to_ne_bytes();
                copy(to, offset_of!(libc::sockaddr_in6, sin6_scope_id), &scope, 0, 4);
                size_of::<libc::sockaddr_in6>()
            }
            libc::AF_UNIX => {
                copy(to, PATH, &ours, PATH, len - PATH);
                len
            }
            libc::AF_UNSPEC => size_of::<libc::sa_family_t>(),
            _ => return Err(libc::EINVAL),
        };
        name.len = whole as libc::socklen_t;
        Ok(name)
    }

    /// Writes it as the application has it: as much as there is room for, and how long it is.
    ///
    /// # Safety
    /// `addr` and `len` are null, or writable as they say.
    pub unsafe fn write(mut self, addr: *mut c_void, len: *mut usize) {
        if addr.is_null() || len.is_null() {
            return;
        }
        let host = c_int::from(self.storage.ss_family);
        let host_len = self.len as usize;
        let from = self.bytes_mut();
        let mut ours = [0u8; LEN_UN];
        let family = (our_family(host) as u16).to_ne_bytes();
        copy(&mut ours, 0, &family, 0, 2);
        let whole = match host {
            libc::AF_INET => {
                copy(&mut ours, 2, from, 2, 6);
                LEN_IN
            }
            libc::AF_INET6 => {
                copy(&mut ours, 2, from, 2, 2);
                copy(&mut ours, 4, from, offset_of!(libc::sockaddr_in6, sin6_addr), 16);
                // The low byte of a number that is small.
                copy(&mut ours, SCOPE, from, offset_of!(libc::sockaddr_in6, sin6_scope_id), 1);
                LEN_IN6
            }
            libc::AF_UNIX => {
                copy(&mut ours, PATH, from, PATH, host_len.saturating_sub(PATH));
                host_len.min(LEN_UN)
            }
            // A sender without a name.
            _ => 0,
        };
        // SAFETY: the caller's promise.
        unsafe {
            let room = len.read_unaligned();
            addr.cast::<u8>().copy_from_nonoverlapping(ours.as_ptr(), room.min(whole));
            len.write_unaligned(whole);
        }
    }
}

/// Copies `len` bytes, or as many as there are on both sides.
fn copy(to: &mut [u8], at: usize, from: &[u8], begin: usize, len: usize) {
    let to = to.iter_mut().skip(at);
    for (to, from) in to.zip(from.iter().skip(begin).take(len)) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There and back.
    fn through(ours: &[u8]) -> std::vec::Vec<u8> {
        let (mut back, mut len) = ([0u8; LEN_UN], LEN_UN);
        // SAFETY: both are as long as is said.
        unsafe {
            let name = Name::read(ours.as_ptr().cast(), ours.len()).expect("an address");
            name.write(back.as_mut_ptr().cast(), &raw mut len);
        }
        back[..len].to_vec()
    }

    #[test]
    fn every_family_comes_back_as_it_went() {
        let four = [1, 0, 0x1f, 0x90, 127, 0, 0, 1];
        assert_eq!(through(&four), four);
        let mut six = [0u8; LEN_IN6];
        six[..4].copy_from_slice(&[2, 0, 0, 80]);
        (six[19], six[SCOPE]) = (1, 3);
        assert_eq!(through(&six), six);
        assert_eq!(through(b"\x06\0/tmp/x"), b"\x06\0/tmp/x");
    }

    #[test]
    fn what_is_none_is_refused() {
        let read = |bytes: &[u8]| {
            // SAFETY: readable for the length.
            unsafe { Name::read(bytes.as_ptr().cast(), bytes.len()) }.err()
        };
        assert_eq!(read(&[1]), Some(libc::EINVAL));
        assert_eq!(read(&[1, 0, 0, 80, 127]), Some(libc::EINVAL));
        assert_eq!(read(&[2, 0, 0, 80, 0, 0, 0, 0]), Some(libc::EINVAL));
        assert_eq!(read(&[3, 0, 0, 0]), Some(libc::EAFNOSUPPORT));
    }
}
