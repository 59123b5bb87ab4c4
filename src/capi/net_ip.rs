// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/net/net_ip.h>`: special addresses, and addresses in text.
//!
//! Called by: C; `capi::socket` for `zsock_inet_pton` and `zsock_inet_ntop`.
#![allow(clippy::missing_safety_doc)]

use core::ffi::{CStr, c_char, c_int, c_void};
use core::fmt::Write as _;
use core::net::{Ipv4Addr, Ipv6Addr};
use core::{ptr, slice, str};

use crate::base::{Error, Result};
use crate::config;
use crate::iface::{AF_INET, AF_INET6};
use crate::stack::tc::class_of;

/// An address as C has it: aligned to a word.
#[repr(C, align(4))]
#[derive(Debug)]
pub struct Addr<const N: usize>([u8; N]);

/// ::
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals)]
pub static in6addr_any: Addr<16> = Addr(Ipv6Addr::UNSPECIFIED.octets());

/// ::1
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals)]
pub static in6addr_loopback: Addr<16> = Addr(Ipv6Addr::LOCALHOST.octets());

/// ::
#[unsafe(no_mangle)]
pub extern "C" fn net_ipv6_unspecified_address() -> *const Addr<16> {
    &raw const in6addr_any
}

/// 0.0.0.0
#[unsafe(no_mangle)]
pub extern "C" fn net_ipv4_unspecified_address() -> *const Addr<4> {
    static ADDR: Addr<4> = Addr([0; 4]);
    &raw const ADDR
}

/// 255.255.255.255
#[unsafe(no_mangle)]
pub extern "C" fn net_ipv4_broadcast_address() -> *const Addr<4> {
    static ADDR: Addr<4> = Addr([255; 4]);
    &raw const ADDR
}

/// An address of either family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parsed {
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

/// Reads an address of the family; `Inval` for any other text.
fn parse(family: u16, text: &[u8]) -> Result<Parsed> {
    let text = str::from_utf8(text).map_err(|_| Error::Inval)?;
    match family {
        AF_INET => text.parse().map(Parsed::V4).map_err(|_| Error::Inval),
        AF_INET6 => text.parse().map(Parsed::V6).map_err(|_| Error::Inval),
        _ => Err(Error::AfNoSupport),
    }
}

/// Reads an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_addr_pton(family: u16, src: *const c_char, dst: *mut c_void) -> c_int {
    if src.is_null() || dst.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: the caller's NUL-terminated string.
    let text = unsafe { CStr::from_ptr(src) }.to_bytes();
    let addr = match parse(family, text) {
        Ok(addr) => addr,
        Err(error) => return -error.errno(),
    };
    // SAFETY: room for an address of that family.
    unsafe {
        match addr {
            Parsed::V4(addr) => dst.cast::<[u8; 4]>().write(addr.octets()),
            Parsed::V6(addr) => dst.cast::<[u8; 16]>().write(addr.octets()),
        }
    }
    0
}

/// Longest address in text: eight groups with an embedded IPv4 address.
const TEXT_MAX: usize = 45;

/// Writes an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_addr_ntop(
    family: u16,
    src: *const c_void,
    dst: *mut c_char,
    size: usize,
) -> *mut c_char {
    if src.is_null() || dst.is_null() {
        return ptr::null_mut();
    }
    let mut text = heapless::String::<TEXT_MAX>::new();
    // SAFETY: an address of that family, at any alignment.
    let written = unsafe {
        match family {
            AF_INET => write!(text, "{}", Ipv4Addr::from(src.cast::<[u8; 4]>().read())),
            AF_INET6 => write!(text, "{}", Ipv6Addr::from(src.cast::<[u8; 16]>().read())),
            _ => return ptr::null_mut(),
        }
    };
    if written.is_err() || text.len() >= size {
        return ptr::null_mut();
    }
    // SAFETY: `size` bytes of the caller's, more than the text has.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr(), dst.cast::<u8>(), text.len());
        dst.add(text.len()).write(0);
    }
    dst
}

/// An address that a port may follow: `addr`, `v4:port`, `[v6]`, `[v6]:port`.
fn parse_endpoint(text: &[u8]) -> Option<(Parsed, u16)> {
    if let Some(rest) = text.strip_prefix(b"[") {
        let end = rest.iter().position(|&b| b == b']')?;
        let port = match &rest[end + 1..] {
            [] => 0,
            [b':', port @ ..] => parse_port(port)?,
            _ => return None,
        };
        return Some((parse(AF_INET6, &rest[..end]).ok()?, port));
    }
    let mut colons = text.iter().enumerate().filter(|(_, b)| **b == b':').map(|(at, _)| at);
    match (colons.next(), colons.next()) {
        (None, _) => Some((parse(AF_INET, text).ok()?, 0)),
        (Some(at), None) => Some((parse(AF_INET, &text[..at]).ok()?, parse_port(&text[at + 1..])?)),
        _ => Some((parse(AF_INET6, text).ok()?, 0)),
    }
}

/// A port of 1 to 65535, without sign.
fn parse_port(text: &[u8]) -> Option<u16> {
    if !text.first()?.is_ascii_digit() {
        return None;
    }
    str::from_utf8(text).ok()?.parse().ok().filter(|port| *port != 0)
}

/// Reads an address that a port may follow.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_ipaddr_parse(
    text: *const c_char,
    len: usize,
    addr: *mut c_void,
) -> bool {
    if text.is_null() || addr.is_null() {
        return false;
    }
    // SAFETY: `len` bytes of the caller's.
    let text = unsafe { slice::from_raw_parts(text.cast::<u8>(), len) };
    let text = text.split(|&b| b == 0).next().unwrap_or(&[]);
    let Some((ip, port)) = parse_endpoint(text) else { return false };
    let port = port.to_be_bytes();
    // SAFETY: room for a socket address of any configured family.
    unsafe {
        match ip {
            Parsed::V4(ip) if cfg!(CONFIG_NET_IPV4) => {
                addr.cast::<u16>().write_unaligned(AF_INET);
                addr.byte_add(2).cast::<[u8; 2]>().write(port);
                addr.byte_add(4).cast::<[u8; 4]>().write(ip.octets());
            }
            Parsed::V6(ip) if cfg!(CONFIG_NET_IPV6) => {
                addr.cast::<u16>().write_unaligned(AF_INET6);
                addr.byte_add(2).cast::<[u8; 2]>().write(port);
                addr.byte_add(4).cast::<[u8; 16]>().write(ip.octets());
                addr.byte_add(20).cast::<u8>().write(0);
            }
            _ => return false,
        }
    }
    true
}

/// Sets the port of a socket address that has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_port_set_default(addr: *mut c_void, port: u16) -> c_int {
    if addr.is_null() {
        return -Error::Inval.errno();
    }
    // SAFETY: a socket address; family and port stand at the same place in both versions.
    unsafe {
        if !matches!(addr.cast::<u16>().read_unaligned(), AF_INET | AF_INET6) {
            return -Error::Inval.errno();
        }
        let place = addr.byte_add(2).cast::<[u8; 2]>();
        if place.read() == [0; 2] {
            place.write(port.to_be_bytes());
        }
    }
    0
}

/// Reads bytes in hexadecimal, each two with one separator between them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn net_bytes_from_str(buf: *mut u8, len: c_int, src: *const c_char) -> c_int {
    let (Ok(len), false, false) = (usize::try_from(len), buf.is_null(), src.is_null()) else {
        return -Error::Inval.errno();
    };
    // SAFETY: `len` bytes and a NUL-terminated string of the caller's.
    let (out, text) =
        unsafe { (slice::from_raw_parts_mut(buf, len), CStr::from_ptr(src).to_bytes()) };
    if text.len() + 1 != len * 3 {
        return -Error::Inval.errno();
    }
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    for (byte, text) in out.iter_mut().zip(text.chunks(3)) {
        let value = match text {
            [high, low] => digit(*high).zip(digit(*low)),
            [high, low, separator] if digit(*separator).is_none() => digit(*high).zip(digit(*low)),
            _ => None,
        };
        let Some((high, low)) = value else { return -Error::Inval.errno() };
        *byte = high << 4 | low;
    }
    0
}

/// Name of an address family.
#[unsafe(no_mangle)]
pub extern "C" fn net_family2str(family: u16) -> *const c_char {
    // One constant, which linkers leave out where nobody asks: they keep strings that stand alone.
    const NAMES: &[u8] = b"AF_UNSPEC\0AF_INET\0AF_INET6\0AF_PACKET\0AF_CAN\0";
    let at = match family {
        0 => 0,
        AF_INET => 10,
        AF_INET6 => 18,
        3 => 27,
        4 => 37,
        _ => return ptr::null(),
    };
    NAMES[at..].as_ptr().cast()
}

/// Traffic class that sends packets of this priority.
#[unsafe(no_mangle)]
pub extern "C" fn net_tx_priority2tc(priority: u8) -> c_int {
    class_of(priority, config::NET_TC_TX_COUNT) as c_int
}

/// Traffic class that receives packets of this priority.
#[unsafe(no_mangle)]
pub extern "C" fn net_rx_priority2tc(priority: u8) -> c_int {
    class_of(priority, config::NET_TC_RX_COUNT) as c_int
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str, port: u16) -> Option<(Parsed, u16)> {
        Some((Parsed::V4(text.parse().unwrap()), port))
    }

    fn v6(text: &str, port: u16) -> Option<(Parsed, u16)> {
        Some((Parsed::V6(text.parse().unwrap()), port))
    }

    #[test]
    fn end_points_in_text() {
        for (text, expected) in [
            ("192.0.2.1", v4("192.0.2.1", 0)),
            ("192.0.2.1:80", v4("192.0.2.1", 80)),
            ("192.0.2.1:65535", v4("192.0.2.1", 65535)),
            ("2001:db8::1", v6("2001:db8::1", 0)),
            ("::", v6("::", 0)),
            ("[2001:db8::1]", v6("2001:db8::1", 0)),
            ("[2001:db8::1]:443", v6("2001:db8::1", 443)),
            ("192.0.2.1:", None),
            ("192.0.2.1:0", None),
            ("192.0.2.1:65536", None),
            ("192.0.2.1:+80", None),
            ("192.0.2.1:80x", None),
            ("192.0.2", None),
            ("192.0.2.256", None),
            ("[2001:db8::1", None),
            ("[2001:db8::1]80", None),
            ("[192.0.2.1]:80", None),
            ("host", None),
            ("", None),
            (":80", None),
        ] {
            assert_eq!(parse_endpoint(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn text_that_is_not_utf8_is_no_address() {
        assert_eq!(parse(AF_INET, b"1.2.3.\xff"), Err(Error::Inval));
        assert_eq!(parse(7, b"1.2.3.4"), Err(Error::AfNoSupport));
    }

    #[test]
    fn the_longest_text_fits() {
        let longest = Ipv6Addr::from([0xff; 16]);
        let mut out = [0 as c_char; 46];
        let octets = longest.octets();
        let src = octets.as_ptr().cast();
        // SAFETY: an address and room for any.
        let end = unsafe { net_addr_ntop(AF_INET6, src, out.as_mut_ptr(), out.len()) };
        assert!(!end.is_null());
        // SAFETY: as above; one byte too few.
        let none = unsafe { net_addr_ntop(AF_INET6, src, out.as_mut_ptr(), 39) };
        assert!(none.is_null());
    }
}
