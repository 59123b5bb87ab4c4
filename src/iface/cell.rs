// SPDX-License-Identifier: Apache-2.0
//! Members of the shells that C and Rust share.
//!
//! C reads and writes these structures directly, so Rust may neither hold a reference to their
//! plain contents nor assume they stand still. Relaxed atomics of the member's own size say just
//! that, and compile to the plain loads and stores a C compiler would emit.

use core::net::Ipv4Addr;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicU16, AtomicU32, Ordering::Relaxed};

use crate::os;

macro_rules! shared_int {
    ($(#[$doc:meta])* $name:ident, $int:ty, $atomic:ty) => {
        $(#[$doc])*
        #[repr(transparent)]
        #[derive(Debug)]
        pub struct $name($atomic);

        impl $name {
            /// A member with this value.
            pub const fn new(value: $int) -> Self {
                $name(<$atomic>::new(value))
            }

            /// Reads it.
            #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
            pub fn get(&self) -> $int {
                self.0.load(Relaxed)
            }

            /// Writes it.
            #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
            pub fn set(&self, value: $int) {
                self.0.store(value, Relaxed);
            }
        }
    };
}

shared_int!(
    /// `uint8_t`.
    Byte,
    u8,
    AtomicU8
);
shared_int!(
    /// `uint16_t`.
    Half,
    u16,
    AtomicU16
);
shared_int!(
    /// `uint32_t`.
    Word,
    u32,
    AtomicU32
);

/// A pointer member.
#[repr(transparent)]
#[derive(Debug)]
pub struct Ptr<T>(AtomicPtr<T>);

impl<T> Ptr<T> {
    /// A member pointing to `p`.
    pub const fn new(p: *mut T) -> Self {
        Ptr(AtomicPtr::new(p))
    }

    /// A null pointer.
    pub const fn null() -> Self {
        Ptr(AtomicPtr::new(core::ptr::null_mut()))
    }

    /// Reads it.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn get(&self) -> *mut T {
        // Acquire: what the pointer leads to was initialised before it was stored.
        let p = self.0.load(os::ACQUIRE);
        os::after_load();
        p
    }

    /// Writes it.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn set(&self, p: *mut T) {
        self.0.store(p, core::sync::atomic::Ordering::Release);
    }
}

/// `struct in_addr`: an IPv4 address in network byte order.
#[repr(transparent)]
#[derive(Debug)]
pub struct InAddr(Word);

impl InAddr {
    /// `0.0.0.0`.
    pub const fn unspecified() -> Self {
        InAddr(Word::new(0))
    }

    /// Reads the address.
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub fn get(&self) -> Ipv4Addr {
        Ipv4Addr::from(self.0.get().to_ne_bytes())
    }

    /// Writes the address.
    pub fn set(&self, addr: Ipv4Addr) {
        self.0.set(raw(addr));
        super::changes::note();
    }

    /// The four bytes as the machine word they are stored in.
    #[cfg(CONFIG_NET_IPV4)]
    #[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
    pub(super) fn raw(&self) -> u32 {
        self.0.get()
    }
}

/// The machine word that holds `addr` in network byte order: bitwise tests need no byte swap.
#[cfg_attr(not(CONFIG_ZNET_PROFILE_TINY), inline(always))]
pub(super) fn raw(addr: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(addr.octets())
}
