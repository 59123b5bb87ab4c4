// SPDX-License-Identifier: Apache-2.0
//! A firmware that echoes on smoltcp. It is linked to see how large smoltcp is, and never runs: the
//! board's parts are empty.
#![no_std]

use core::panic::PanicInfo;
use core::ptr::with_exposed_provenance_mut;
use smoltcp::iface::{Config, Interface, SocketSet, SocketStorage};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
#[cfg(feature = "tcp")]
use smoltcp::socket::tcp;
use smoltcp::socket::udp;
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, IpAddress, IpCidr};

const PORT: u16 = 4242;
const FRAME: usize = 1514;

/// A register of a chip that takes frames and gives them.
fn register(number: usize) -> *mut u32 {
    with_exposed_provenance_mut::<u32>(0x4000_0000).wrapping_add(number)
}

fn read(number: usize) -> u32 {
    // SAFETY: the chip's registers may be read at any time.
    unsafe { register(number).read_volatile() }
}

struct Chip;
struct Rx(usize);
struct Tx;

impl RxToken for Rx {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        let mut frame = [0; FRAME];
        for byte in &mut frame[..self.0] {
            *byte = read(3) as u8;
        }
        f(&frame[..self.0])
    }
}

impl TxToken for Tx {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, f: F) -> R {
        let mut frame = [0; FRAME];
        let result = f(&mut frame[..length]);
        for byte in &frame[..length] {
            // SAFETY: the chip takes a byte at any time.
            unsafe { register(1).write_volatile((*byte).into()) };
        }
        result
    }
}

impl Device for Chip {
    type RxToken<'a> = Rx;
    type TxToken<'a> = Tx;

    fn receive(&mut self, _: Instant) -> Option<(Rx, Tx)> {
        let length = read(2) as usize;
        (length > 0 && length <= FRAME).then_some((Rx(length), Tx))
    }

    fn transmit(&mut self, _: Instant) -> Option<Tx> {
        Some(Tx)
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = FRAME;
        capabilities
    }
}

/// Echoes what comes at the datagram socket.
fn echo(socket: &mut udp::Socket<'_>) {
    let mut data = [0; 256];
    if let Ok((length, from)) = socket.recv_slice(&mut data) {
        let _ = socket.send_slice(&data[..length], from);
    }
}

/// The firmware.
#[unsafe(no_mangle)]
pub extern "C" fn peer_main() -> ! {
    let mut chip = Chip;
    let mac = EthernetAddress([2, 0, 0x5e, 0, 0x53, 1]);
    let mut config = Config::new(mac.into());
    config.random_seed = read(4).into();
    let mut interface = Interface::new(config, &mut chip, Instant::ZERO);
    interface.update_ip_addrs(|addresses| {
        let _ = addresses.push(IpCidr::new(IpAddress::v4(192, 0, 2, 1), 24));
        #[cfg(feature = "ipv6")]
        let _ = addresses.push(IpCidr::new(IpAddress::v6(0xfe80, 0, 0, 0, 0, 0, 0, 1), 64));
    });
    let _ = interface
        .routes_mut()
        .add_default_ipv4_route(smoltcp::wire::Ipv4Address::new(192, 0, 2, 2));

    let mut slots = [SocketStorage::EMPTY; 3];
    let mut sockets = SocketSet::new(&mut slots[..]);
    let (mut rx_meta, mut tx_meta) =
        ([udp::PacketMetadata::EMPTY; 2], [udp::PacketMetadata::EMPTY; 2]);
    let (mut rx_data, mut tx_data) = ([0; 512], [0; 512]);
    let mut socket = udp::Socket::new(
        udp::PacketBuffer::new(&mut rx_meta[..], &mut rx_data[..]),
        udp::PacketBuffer::new(&mut tx_meta[..], &mut tx_data[..]),
    );
    let _ = socket.bind(PORT);
    let datagrams = sockets.add(socket);

    #[cfg(feature = "tcp")]
    let mut buffers = [[0; 512]; 4];
    #[cfg(feature = "tcp")]
    let (server, client) = {
        let [a, b, c, d] = &mut buffers;
        let mut server = tcp::Socket::new(
            tcp::SocketBuffer::new(&mut a[..]),
            tcp::SocketBuffer::new(&mut b[..]),
        );
        let _ = server.listen(PORT);
        let client = tcp::Socket::new(
            tcp::SocketBuffer::new(&mut c[..]),
            tcp::SocketBuffer::new(&mut d[..]),
        );
        let (server, client) = (sockets.add(server), sockets.add(client));
        let socket = sockets.get_mut::<tcp::Socket>(client);
        let _ = socket.connect(interface.context(), (IpAddress::v4(192, 0, 2, 2), PORT), PORT);
        (server, client)
    };

    loop {
        let now = Instant::from_millis(i64::from(read(0)));
        interface.poll(now, &mut chip, &mut sockets);
        echo(sockets.get_mut(datagrams));
        #[cfg(feature = "tcp")]
        for handle in [server, client] {
            let socket = sockets.get_mut::<tcp::Socket>(handle);
            let mut data = [0; 256];
            if let Ok(length) = socket.recv_slice(&mut data) {
                let _ = socket.send_slice(&data[..length]);
            } else {
                socket.close();
            }
        }
    }
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
