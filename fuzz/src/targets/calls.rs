// SPDX-License-Identifier: Apache-2.0
//! What applications of two hosts do with their sockets, in any order and with any argument, over a wire
//! that is good. Errors are answers; afterwards nothing is left, and all works.

use std::cell::RefCell;

use testutil::{Duration, Host, LinkConfig, Network, Socket};

use crate::input::Input;

const ADDRESSES: [[u8; 4]; 4] = [[192, 0, 2, 1], [192, 0, 2, 2], [192, 0, 2, 9], [127, 0, 0, 1]];
/// Most sockets a host has open at once.
const MOST: usize = 6;

struct Two {
    net: Network,
    hosts: [&'static Host; 2],
}

thread_local! {
    static TWO: RefCell<Two> = RefCell::new(Two::new());
}

impl Two {
    fn new() -> Two {
        let mut net = Network::new(1);
        let wire = net.link(LinkConfig::default());
        let hosts = [net.host("a"), net.host("b")];
        for (host, addr) in hosts.iter().zip(ADDRESSES) {
            net.attach(host, wire, addr, 24);
        }
        Two { net, hosts }
    }
}

/// The sockets of a host; one that was closed stays, so that it is used.
type Sockets = Vec<(Socket, bool)>;

/// Each step is one call of one host.
pub fn run(data: &[u8]) {
    TWO.with_borrow_mut(|two| {
        two.net.restart(1);
        let mut sockets: [Sockets; 2] = Default::default();
        let mut input = Input::new(data);
        while !input.is_empty() {
            let how = input.byte();
            let side = usize::from(how >> 7);
            call(two.hosts[side], &mut sockets[side], how & 127, &mut input);
            if how & 3 == 0 {
                two.net.run_for(Duration::from_millis(u64::from(input.byte()) * 4));
            }
        }
        two.net.check_leaks();
        ends_well(two);
    });
}

fn call(host: &'static Host, sockets: &mut Sockets, how: u8, input: &mut Input<'_>) {
    let (which, arg) = (usize::from(input.byte()), input.byte());
    let open = sockets.iter().filter(|(_, open)| *open).count();
    if how % 16 < 2 {
        if open < MOST {
            let new = if how.is_multiple_of(16) { host.try_udp_open() } else { host.tcp_open() };
            sockets.extend(new.ok().map(|socket| (socket, true)));
        }
        return;
    }
    if sockets.is_empty() {
        return;
    }
    let at = which % sockets.len();
    let socket = sockets[at].0;
    let port = 80 + u16::from(arg % 4);
    let to = (ADDRESSES[usize::from(arg >> 2) % ADDRESSES.len()], port);
    let bytes = [0x5a; 1400];
    let len = usize::from(arg) * 5;
    let core = host.core();
    // Whether a call is refused is not looked at: any answer will do.
    match how % 16 {
        2 => drop(core.with(|stack, _| stack.context_receive(socket))),
        3 => drop(host.bind(socket, ([0; 4], port))),
        4 => drop(host.tcp_bind(socket, port)),
        5 => drop(host.tcp_listen(socket, u16::from(arg))),
        6 => {
            if let Ok(new) = host.tcp_accept(socket) {
                sockets.push((new, true));
            }
        }
        7 => drop(host.tcp_connect(socket, to)),
        8 => drop(host.connect(socket, to)),
        9 => drop(host.udp_send_to(socket, to, &bytes[..len])),
        10 => drop(host.udp_send(socket, &bytes[..len])),
        11 => drop(host.tcp_send(socket, &bytes[..len])),
        12 => drop(host.tcp_recv(socket, len, arg & 1 == 1)),
        13 => drop(host.tcp_shutdown(socket, ["rd", "wr", "both"][usize::from(arg) % 3])),
        end => {
            // One that is of the other kind, or closed already, is refused.
            let ended = if end == 14 { host.tcp_close(socket) } else { host.tcp_abort(socket) };
            let closed = ended.is_ok() || core.with(|stack, _| stack.context_close(socket)).is_ok();
            sockets[at].1 &= !closed;
        }
    }
}

fn ends_well(two: &mut Two) {
    let [a, b] = two.hosts;
    let (server, client) = (b.tcp_server(7000), a.tcp_open().expect("all were closed"));
    a.tcp_connect(client, (ADDRESSES[1], 7000)).expect("a way");
    two.net.run_for(Duration::from_secs(30));
    let accepted = b.tcp_accept(server).expect("a connection");
    assert_eq!(a.tcp_send(client, b"well"), Ok(4));
    two.net.run_for(Duration::from_secs(1));
    assert_eq!(b.tcp_recv(accepted, 10, false).as_deref(), Ok(&b"well"[..]));
    two.net.check_leaks();
}
