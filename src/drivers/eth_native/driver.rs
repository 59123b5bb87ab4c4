// SPDX-License-Identifier: Apache-2.0
//! The devices `eth_native_tap_0`, `eth_native_tap_1` ... over the links of this folder.
//!
//! Called by the stack through `ethernet_api`, and by a thread of each interface that waits for frames.

use super::{Link, Slots, Spec};
use crate::base::{Error, EthAddr, LinkAddr, Result};
use crate::buf::Pkt;
use crate::config;
use crate::drivers::ethernet::{self, Caps, EthernetApi, EthernetDriver, Setting};
use crate::drivers::native_sim::{self, host};
use crate::drivers::upper;
use crate::iface::{Device, IfFlag, IfRef};
use crate::os;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::format;
use std::io::{self, ErrorKind, IoSlice};
use std::string::String;
use std::sync::OnceLock;
use std::time::Duration;

/// Number of interfaces.
const COUNT: usize = config::ETH_NATIVE_TAP_INTERFACE_COUNT;
/// Priority of the receiving threads: cooperative, below the stack's own.
const RX_PRIORITY: i32 = -2;
/// Frames may say when they are to be sent.
const KEEPS_TIMES: bool = cfg!(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME));
/// MTU of an Ethernet interface unless its link has a smaller one.
const ETHERNET_MTU: usize = 1500;
/// The host's end of a TAP has this address by the set-up scripts of Zephyr; ours must differ.
const HOST_LAST_BYTE: u8 = 0xff;

/// How long whoever starts the program may take to set up the host's interface before we mention it.
const SETUP_PATIENCE: Duration = Duration::from_secs(3);

/// What passed one interface, in frames.
#[derive(Debug)]
pub struct Counters {
    /// Handed to the stack.
    pub received: AtomicU64,
    /// Received when no packet was free, or when the stack did not take it.
    pub rx_dropped: AtomicU64,
    /// Received, and longer than the MTU allows.
    pub rx_oversize: AtomicU64,
    /// Sent.
    pub sent: AtomicU64,
    /// Not sent: the host refused the frame, or the peer read too slowly.
    pub tx_dropped: AtomicU64,
}

#[cfg(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK)]
unsafe extern "C" {
    /// The clock of interface `index`, or null.
    fn znet_eth_native_clock(index: usize) -> *const Device;
}

/// One interface.
pub struct EthNative {
    index: usize,
    link: OnceLock<Link>,
    iface: OnceLock<IfRef>,
    started: AtomicBool,
    counters: Counters,
    thread: os::Thread,
    stack: os::thread::Stack<0>,
    #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
    departures: Departures,
}

/// What goes at a time of its own, and the thread that sends it.
#[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
struct Departures {
    later: super::later::Later,
    thread: os::Thread,
    stack: os::thread::Stack<0>,
}

static UNITS: [EthNative; COUNT] = {
    let mut units = [const { EthNative::new() }; COUNT];
    let mut index = 0;
    while index < COUNT {
        units[index].index = index;
        index += 1;
    }
    units
};

/// The function table of the devices; the boot code in C defines the devices over it.
#[unsafe(no_mangle)]
pub static znet_eth_native_api: EthernetApi = ethernet::vtable::<EthNative>();

/// What passed interface `index`, counted from 0.
pub fn counters(index: usize) -> Option<&'static Counters> {
    UNITS.get(index).map(|unit| &unit.counters)
}

impl EthNative {
    const fn new() -> Self {
        EthNative {
            index: 0,
            link: OnceLock::new(),
            iface: OnceLock::new(),
            started: AtomicBool::new(false),
            counters: Counters {
                received: AtomicU64::new(0),
                rx_dropped: AtomicU64::new(0),
                rx_oversize: AtomicU64::new(0),
                sent: AtomicU64::new(0),
                tx_dropped: AtomicU64::new(0),
            },
            thread: os::Thread::new(),
            stack: os::thread::Stack::new(),
            #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
            departures: Departures {
                later: super::later::Later::new(),
                thread: os::Thread::new(),
                stack: os::thread::Stack::new(),
            },
        }
    }

    /// Opens the link. What the command line names must open, or the process ends with the reason; without the
    /// link that Kconfig names the program runs on, its interface without carrier.
    fn open(&self) -> Option<Link> {
        let given = native_sim::eth_ifs();
        let (spec, insisted) = match given.get(self.index) {
            Some(name) => (configured(name), true),
            None => (default_spec(self.index), false),
        };
        let bare = matches!(spec, Ok(Spec::Named(_)));
        match spec.and_then(|spec| Link::open(&spec, config::ETH_NATIVE_TAP_DEV_NAME)) {
            Ok(link) => {
                if bare && link.description().starts_with("packet:") {
                    host::warn(&format!(
                        "no TAP of this name to be had: using {}",
                        link.description()
                    ));
                }
                Some(link)
            }
            Err(why) if insisted => host::fail(&why),
            Err(why) => {
                host::warn(&format!("{why}\n(interface {} has no carrier)", self.index));
                None
            }
        }
    }

    /// The body of the receiving thread.
    fn receive(&self) {
        let (Some(link), Some(&iface)) = (self.link.get(), self.iface.get()) else { return };
        let mut slots = Slots::new();
        if let (Ok(false), Some(name)) = (link.wait(Some(SETUP_PATIENCE)), link.interface_down()) {
            host::warn(&format!("{name} is down on the host: 'ip link set {name} up' joins it"));
        }
        loop {
            let waited = link.wait(None);
            let seen =
                waited.and_then(|_| link.receive(&mut slots, |frame| self.deliver(iface, frame)));
            match seen {
                Ok(seen) => {
                    self.counters.rx_oversize.fetch_add(seen.oversize as u64, Relaxed);
                }
                Err(error) if is_passing(&error) => {}
                Err(error) => {
                    host::warn(&format!("{}: {error}: the interface is lost", link.description()));
                    iface.flag_clear(IfFlag::LowerUp);
                    return;
                }
            }
        }
    }

    fn deliver(&self, iface: IfRef, frame: &[u8]) {
        // A stopped interface is deaf, but its link must be emptied lest old frames arrive at the next start.
        if !self.started.load(Relaxed) {
            return;
        }
        let taken = upper::receive(iface, frame);
        let counter = if taken { &self.counters.received } else { &self.counters.rx_dropped };
        counter.fetch_add(1, Relaxed);
    }

    /// Keeps a frame whose time is to come; false for one that goes now.
    #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
    fn keep(&self, pkt: &Pkt) -> Result<bool> {
        let time = pkt.txtime();
        let in_time = |clock: &super::clock::Clock| clock.until(super::clock::host(), time) == 0;
        if time == 0 || super::clock::of(self.index).is_none_or(|clock| in_time(&clock)) {
            return Ok(false);
        }
        let frame = pkt.fragments().flatten().copied().collect();
        self.departures.later.keep(time, frame)?;
        Ok(true)
    }

    /// Starts the thread that sends what waited.
    #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
    fn depart(&'static self) -> Result<()> {
        let Departures { thread, stack, .. } = &self.departures;
        let entry = |index: usize| {
            let unit = &UNITS[index];
            while let (Some(frame), Some(link)) =
                (unit.departures.later.next(index), unit.link.get())
            {
                let _ = unit.count(link.send(&[IoSlice::new(&frame)]));
            }
        };
        os::thread::spawn(thread, stack, c"eth_native_tx", RX_PRIORITY, entry, self.index)
    }

    /// Counts what was sent, and tells what was not.
    fn count(&self, sent: io::Result<()>) -> Result<()> {
        let counter = if sent.is_ok() { &self.counters.sent } else { &self.counters.tx_dropped };
        counter.fetch_add(1, Relaxed);
        sent.map_err(|error| match error.raw_os_error() {
            Some(libc::EMSGSIZE) => Error::MsgSize,
            Some(libc::ENETDOWN | libc::EIO) => Error::NetDown,
            Some(libc::EAGAIN | libc::ENOBUFS) => Error::NoBufs,
            _ => Error::Io,
        })
    }

    fn send_pieces(&self, link: &Link, pkt: &Pkt) -> io::Result<()> {
        let mut pieces = [IoSlice::new(&[]); super::link::PIECES_MAX];
        let mut count = 0;
        for fragment in pkt.fragments().filter(|f| !f.is_empty()) {
            let Some(piece) = pieces.get_mut(count) else {
                return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
            };
            *piece = IoSlice::new(fragment);
            count += 1;
        }
        link.send(&pieces[..count])
    }
}

impl EthernetDriver for EthNative {
    fn of(device: &Device) -> Option<&'static Self> {
        // The boot code puts the index where other drivers have their configuration.
        UNITS.get(device.config.addr())
    }

    fn init(&self, iface: IfRef) {
        upper::ethernet(iface);
        let _ = iface.set_link_addr(LinkAddr::from(EthAddr(mac_address(self.index))));
        if self.iface.set(iface).is_err() {
            return;
        }
        #[cfg(CONFIG_NET_IPV4)]
        if self.index == 0 {
            give_ipv4(iface);
        }
        let Some(link) = self.open() else {
            iface.flag_clear(IfFlag::LowerUp);
            return;
        };
        iface.set_mtu(link.mtu().min(ETHERNET_MTU) as u16);
        let _ = self.link.set(link);
    }

    fn start(&self) -> Result<()> {
        if self.link.get().is_none() {
            return Err(Error::NetDown);
        }
        self.started.store(true, Relaxed);
        let unit = &UNITS[self.index];
        let entry = |index: usize| UNITS[index].receive();
        let (thread, stack) = (&unit.thread, &unit.stack);
        let receives =
            os::thread::spawn(thread, stack, c"eth_native_rx", RX_PRIORITY, entry, self.index);
        #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
        let receives = receives.and(unit.depart());
        match receives {
            // They run since the first start.
            Ok(()) | Err(Error::Busy) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn stop(&self) -> Result<()> {
        self.started.store(false, Relaxed);
        #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
        self.departures.later.clear();
        Ok(())
    }

    fn capabilities(&self) -> Caps {
        let clock = if cfg!(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK) { Caps::PTP } else { Caps::NONE };
        let times = if KEEPS_TIMES { Caps::TXTIME } else { Caps::NONE };
        Caps::PROMISC.with(clock).with(times)
    }

    #[cfg(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK)]
    fn ptp_clock(&self) -> *const Device {
        // SAFETY: the boot code's, which knows every number.
        unsafe { znet_eth_native_clock(self.index) }
    }

    fn set(&self, setting: Setting) -> Result<()> {
        match setting {
            // Frames to every address come up anyway; the stack tells which are ours.
            Setting::Promiscuous(_) | Setting::MacAddress(_) => Ok(()),
            // One queue it is, whatever its number, and it minds every time.
            Setting::TxTime { queue: 0.., enabled: true } if KEEPS_TIMES => Ok(()),
            Setting::TxTime { .. } => Err(Error::NotSup),
        }
    }

    fn send(&self, pkt: &Pkt) -> Result<()> {
        let link = self.link.get().ok_or(Error::NetDown)?;
        #[cfg(all(CONFIG_ETH_NATIVE_TAP_PTP_CLOCK, CONFIG_NET_PKT_TXTIME))]
        if self.keep(pkt)? {
            return Ok(());
        }
        self.count(self.send_pieces(link, pkt))
    }
}

/// Gives `iface` the addresses of the command line.
#[cfg(CONFIG_NET_IPV4)]
fn give_ipv4(iface: IfRef) {
    let given = native_sim::ipv4();
    if let Some(addr) = given.addr
        && !upper::add_ipv4(iface, addr, given.netmask)
    {
        host::fail(&format!("--ipv4-addr={addr}: the interface cannot have this address"));
    }
    if let Some(gateway) = given.gateway {
        upper::set_ipv4_gateway(iface, gateway);
    }
}

/// The link that Kconfig names for interface `index`.
fn default_spec(index: usize) -> core::result::Result<Spec, String> {
    let spec = configured(config::ETH_NATIVE_TAP_DRV_NAME)?;
    if COUNT > 1 { spec.numbered(index) } else { Ok(spec) }
}

/// Understands a name, which is of the kind that Kconfig chose unless it says another.
fn configured(name: &str) -> core::result::Result<Spec, String> {
    if name.contains(':') || cfg!(CONFIG_ZNET_ETH_NATIVE_LINK_TAP) {
        return Spec::parse(name);
    }
    if cfg!(CONFIG_ZNET_ETH_NATIVE_LINK_PACKET) {
        return Spec::parse(&format!("packet:{name}"));
    }
    if name.contains(',') {
        return Spec::parse(&format!("unix:{name}"));
    }
    // One path does for one program; who joins two says on the command line who is who.
    Spec::parse(&format!("unix:/tmp/{name}.sock,/tmp/{name}.peer.sock"))
}

/// The address of interface `index`: from the command line, from Kconfig, or a documentation address (RFC 7042, 2.1.2)
/// with a random last byte.
fn mac_address(index: usize) -> [u8; 6] {
    if let Some(mac) = native_sim::mac_addr().filter(|_| index == 0) {
        return mac;
    }
    #[cfg(not(CONFIG_ETH_NATIVE_TAP_RANDOM_MAC))]
    if !config::ETH_NATIVE_TAP_MAC_ADDR.is_empty() {
        match native_sim::parse_mac(config::ETH_NATIVE_TAP_MAC_ADDR) {
            Some(mut mac) => {
                mac[5] = mac[5].wrapping_add(index as u8);
                return mac;
            }
            None => {
                host::warn("CONFIG_ETH_NATIVE_TAP_MAC_ADDR is no MAC address of one station");
            }
        }
    }
    let mut last = [0];
    // A fixed byte is as good as a random one unless two programs share a network.
    let _ = os::entropy::fill(&mut last);
    if last[0] == HOST_LAST_BYTE {
        last[0] = 1;
    }
    [0x00, 0x00, 0x5e, 0x00, 0x53, last[0].wrapping_add(index as u8)]
}

/// Errors after which frames may come again.
fn is_passing(error: &io::Error) -> bool {
    error.kind() == ErrorKind::Interrupted
        || matches!(error.raw_os_error(), Some(libc::ENETDOWN | libc::ENOBUFS | libc::ENOMEM))
}
