// SPDX-License-Identifier: Apache-2.0
//! The options this library itself understands.
//!
//! `--rt-ratio` and its kin, which bend a simulated clock in Zephyr, are absent: the posix port lives in the
//! host's time.

use super::args::{ArgsStruct, text};
use super::{cmdline, host};
use core::ffi::{c_char, c_int};
use core::net::Ipv4Addr;
use std::format;
use std::string::String;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::vec::Vec;

#[derive(Default)]
struct Given {
    eth_ifs: Vec<String>,
    mac_addr: Option<[u8; 6]>,
    ipv4: Ipv4Given,
    seed: Option<u32>,
    stop_at: Option<Duration>,
}

static GIVEN: Mutex<Given> = Mutex::new(Given {
    eth_ifs: Vec::new(),
    mac_addr: None,
    ipv4: Ipv4Given { addr: None, netmask: None, gateway: None },
    seed: None,
    stop_at: None,
});

/// The values of `--eth-if`, in the order given: one for each native Ethernet interface.
pub fn eth_ifs() -> Vec<String> {
    given().eth_ifs.clone()
}

/// The address given by `--mac-addr`.
pub fn mac_addr() -> Option<[u8; 6]> {
    given().mac_addr
}

/// The IPv4 configuration of the first Ethernet interface, by command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ipv4Given {
    /// `--ipv4-addr`.
    pub addr: Option<Ipv4Addr>,
    /// `--ipv4-nm`.
    pub netmask: Option<Ipv4Addr>,
    /// `--ipv4-gw`.
    pub gateway: Option<Ipv4Addr>,
}

/// The values of `--ipv4-addr`, `--ipv4-nm` and `--ipv4-gw`.
pub fn ipv4() -> Ipv4Given {
    given().ipv4
}

/// Adds the options to the table.
pub(super) fn add() {
    let options = [
        ArgsStruct::callback(c"version", None, c"Print the version and end", version),
        ArgsStruct::callback(
            c"eth-if",
            Some(c"name"),
            c"Host end of the Ethernet interface: tap:NAME, packet:NAME (AF_PACKET, for a veth), \
              unix:OWN,PEER (datagram sockets), or a bare NAME. Once for each interface",
            eth_if,
        ),
        ArgsStruct::callback(
            c"mac-addr",
            Some(c"mac"),
            c"MAC address of the first Ethernet interface, such as 02:00:5e:00:53:01",
            mac,
        ),
        ArgsStruct::callback(
            c"ipv4-addr",
            Some(c"ipv4"),
            c"IPv4 address of the first Ethernet interface",
            ipv4_addr,
        ),
        ArgsStruct::callback(c"ipv4-nm", Some(c"ipv4"), c"Its netmask", ipv4_netmask),
        ArgsStruct::callback(c"ipv4-gw", Some(c"ipv4"), c"Its gateway", ipv4_gateway),
        ArgsStruct::callback(
            c"seed",
            Some(c"r_seed"),
            c"Draw random numbers from this 32-bit seed instead of the host's generator",
            seed_found,
        ),
        ArgsStruct::callback(
            c"stop_at",
            Some(c"time"),
            c"End with status 0 after this many seconds",
            stop_at,
        ),
        ArgsStruct::callback(c"rt", None, c"Run in real time, as this build always does", rt),
        ArgsStruct::callback(
            c"no-rt",
            None,
            c"Accepted for the sake of scripts: this build runs in real time",
            no_rt,
        ),
    ];
    // SAFETY: the strings are static and there are no destinations.
    unsafe { cmdline::add_options(&options) };
}

/// Sets going what the options ask for.
pub(super) fn apply() {
    let (seed, stop_at) = {
        let given = given();
        (given.seed, given.stop_at)
    };
    if let Some(seed) = seed {
        crate::os::set_seed(seed.into());
    }
    if let Some(after) = stop_at {
        let stop = move || {
            std::thread::sleep(after);
            host::exit(0);
        };
        if let Err(why) = std::thread::Builder::new().name("stop_at".into()).spawn(stop) {
            host::fail(&format!("cannot start the thread for --stop_at: {why}"));
        }
    }
}

fn given() -> MutexGuard<'static, Given> {
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The value of an option: what follows `offset` in `arg`.
///
/// # Safety
/// `arg` is a string and `offset` lies within it.
unsafe fn value(arg: *mut c_char, offset: c_int) -> String {
    // SAFETY: the caller's promise.
    text(unsafe { arg.add(offset.max(0) as usize) })
}

unsafe extern "C" fn version(_: *mut c_char, _: c_int) {
    host::print(concat!("znet ", env!("CARGO_PKG_VERSION"), "\n"));
    host::exit(0)
}

unsafe extern "C" fn eth_if(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let name = unsafe { value(arg, offset) };
    given().eth_ifs.push(name);
}

unsafe extern "C" fn mac(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let name = unsafe { value(arg, offset) };
    match parse_mac(&name) {
        Some(mac) => given().mac_addr = Some(mac),
        None => host::fail(&format!("--mac-addr={name}: not the MAC address of one station")),
    }
}

/// The IPv4 address that an option gives, or the end of the process.
///
/// # Safety
/// As for [`value`].
unsafe fn ipv4_value(option: &str, arg: *mut c_char, offset: c_int) -> Option<Ipv4Addr> {
    // SAFETY: the caller's promise.
    let text = unsafe { value(arg, offset) };
    match text.parse() {
        Ok(addr) => Some(addr),
        Err(_) => host::fail(&format!("--{option}={text}: not an IPv4 address")),
    }
}

unsafe extern "C" fn ipv4_addr(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let addr = unsafe { ipv4_value("ipv4-addr", arg, offset) };
    given().ipv4.addr = addr;
}

unsafe extern "C" fn ipv4_netmask(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let netmask = unsafe { ipv4_value("ipv4-nm", arg, offset) };
    given().ipv4.netmask = netmask;
}

unsafe extern "C" fn ipv4_gateway(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let gateway = unsafe { ipv4_value("ipv4-gw", arg, offset) };
    given().ipv4.gateway = gateway;
}

unsafe extern "C" fn seed_found(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let number = unsafe { value(arg, offset) };
    let parsed = match number.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    match parsed {
        Ok(seed) => given().seed = Some(seed),
        Err(_) => host::fail(&format!("--seed={number}: not a number of 32 bits")),
    }
}

unsafe extern "C" fn stop_at(arg: *mut c_char, offset: c_int) {
    // SAFETY: the parser passes the argument and the offset of its value.
    let number = unsafe { value(arg, offset) };
    match number.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok()) {
        Some(after) => given().stop_at = Some(after),
        None => host::fail(&format!("--stop_at={number}: not a number of seconds")),
    }
}

unsafe extern "C" fn rt(_: *mut c_char, _: c_int) {}

unsafe extern "C" fn no_rt(_: *mut c_char, _: c_int) {
    host::warn("--no-rt is not supported here: running in real time");
}

/// Six pairs of hexadecimal digits with colons or dashes between; neither a group nor all zeros.
pub(crate) fn parse_mac(text: &str) -> Option<[u8; 6]> {
    let mut mac = [0; 6];
    let mut pairs = text.split([':', '-']);
    for byte in &mut mac {
        let pair = pairs.next()?;
        if pair.len() != 2 || !pair.bytes().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    let station = pairs.next().is_none() && mac[0] & 1 == 0 && mac != [0; 6];
    station.then_some(mac)
}

#[cfg(test)]
mod tests {
    use super::{apply, parse_mac};

    #[test]
    fn nothing_given_is_nothing_done() {
        apply();
    }

    #[test]
    fn mac_addresses() {
        assert_eq!(parse_mac("02:00:5e:00:53:1F"), Some([2, 0, 0x5e, 0, 0x53, 0x1f]));
        assert_eq!(parse_mac("02-00-5e-00-53-01"), Some([2, 0, 0x5e, 0, 0x53, 1]));
        for bad in
            ["", "02:00:5e:00:53", "02:00:5e:00:53:01:02", "01:00:5e:00:00:01", "2:0:0:0:0:1"]
        {
            assert_eq!(parse_mac(bad), None, "{bad}");
        }
        assert_eq!(parse_mac("00:00:00:00:00:00"), None);
        assert_eq!(parse_mac("+2:00:5e:00:53:01"), None);
    }
}
