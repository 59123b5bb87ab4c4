// SPDX-License-Identifier: Apache-2.0
//! lwIP on its raw API: `lwip/end.c` twice, once with the names of each end.

use crate::{End, Ends};
use std::ffi::{c_int, c_void};

type Pcb = *mut c_void;
type Alloc = unsafe extern "C" fn(u16) -> *mut c_void;
type Arrive = unsafe extern "C" fn(*mut c_void);

/// The functions of an end, under its names.
macro_rules! end {
    ($module:ident, $prefix:literal) => {
        mod $module {
            use super::*;

            unsafe extern "C" {
                #[link_name = concat!($prefix, "_bench_buffer")]
                pub static mut BUFFER: u32;
                #[link_name = concat!($prefix, "_bench_start")]
                pub fn start(number: u8, other: u8, alloc: Alloc, arrive: Arrive);
                #[link_name = concat!($prefix, "_bench_alloc")]
                pub fn alloc(length: u16) -> *mut c_void;
                #[link_name = concat!($prefix, "_bench_arrive")]
                pub fn arrive(frame: *mut c_void);
                #[link_name = concat!($prefix, "_bench_inject")]
                pub fn inject(frame: *const u8, length: u32);
                #[link_name = concat!($prefix, "_bench_run")]
                pub fn run() -> u32;
                #[link_name = concat!($prefix, "_bench_tick")]
                pub fn tick();
                #[link_name = concat!($prefix, "_bench_next_tick")]
                pub fn next_tick() -> u32;
                #[link_name = concat!($prefix, "_bench_capture")]
                pub fn capture(into: *mut u8, size: u32) -> u32;
                #[link_name = concat!($prefix, "_bench_udp_open")]
                pub fn udp_open(port: u16) -> Pcb;
                #[link_name = concat!($prefix, "_bench_udp_send")]
                pub fn udp_send(pcb: Pcb, data: *const u8, length: u16, port: u16) -> c_int;
                #[link_name = concat!($prefix, "_bench_udp_received")]
                pub fn udp_received() -> u32;
                #[link_name = concat!($prefix, "_bench_tcp_listen")]
                pub fn tcp_listen(port: u16) -> c_int;
                #[link_name = concat!($prefix, "_bench_tcp_connect")]
                pub fn tcp_connect(port: u16) -> Pcb;
                #[link_name = concat!($prefix, "_bench_tcp_connected")]
                pub fn tcp_connected() -> c_int;
                #[link_name = concat!($prefix, "_bench_tcp_accepted")]
                pub fn tcp_accepted() -> Pcb;
                #[link_name = concat!($prefix, "_bench_tcp_send")]
                pub fn tcp_send(pcb: Pcb, data: *const u8, length: u32) -> u32;
                #[link_name = concat!($prefix, "_bench_tcp_received")]
                pub fn tcp_received() -> u32;
                #[link_name = concat!($prefix, "_bench_tcp_close")]
                pub fn tcp_close(pcb: Pcb) -> c_int;
            }
        }
    };
}

end!(client, "client");
end!(server, "server");

/// Calls the function of that name at `end`.
macro_rules! at {
    // SAFETY: both ends were started by `new`, the process has one thread, pointers are to what lives
    // through the call, and a pcb is what the same end returned.
    ($end:expr, $function:ident($($arg:expr),*)) => {
        match $end {
            End::Client => unsafe { client::$function($($arg),*) },
            End::Server => unsafe { server::$function($($arg),*) },
        }
    };
}

/// Two lwIP stacks on a wire; there are but these in a process.
#[derive(Debug)]
pub struct Lwip(());

impl Ends for Lwip {
    type Datagram = Pcb;
    type Stream = Pcb;

    fn new(buffer: usize) -> Self {
        // SAFETY: nothing else runs, and the functions are those of the other end.
        unsafe {
            client::BUFFER = buffer as u32;
            server::BUFFER = buffer as u32;
            client::start(1, 2, server::alloc, server::arrive);
            server::start(2, 1, client::alloc, client::arrive);
        }
        Lwip(())
    }

    fn control(&mut self, name: &str) -> bool {
        name == "reno"
    }

    fn settle(&mut self) -> u32 {
        let mut moved = 0;
        loop {
            let now = at!(End::Server, run()) + at!(End::Client, run());
            if now == 0 {
                return moved;
            }
            moved += now;
        }
    }

    fn run(&mut self, end: End) {
        at!(end, run());
    }

    fn take(&mut self, end: End, into: &mut [u8]) -> Option<usize> {
        let length = at!(end, capture(into.as_mut_ptr(), into.len() as u32)) as usize;
        (length > 0).then_some(length)
    }

    fn inject(&mut self, end: End, frame: &[u8]) {
        at!(end, inject(frame.as_ptr(), frame.len() as u32));
    }

    fn wait(&mut self) {
        at!(End::Client, tick());
        at!(End::Server, tick());
    }

    fn set_time(&mut self, us: u64) {
        for end in [End::Client, End::Server] {
            while u64::from(at!(end, next_tick())) * 1_000 <= us {
                at!(end, tick());
            }
        }
    }

    fn deadline(&mut self, end: End) -> Option<u64> {
        Some(u64::from(at!(end, next_tick())) * 1_000)
    }

    fn udp_open(&mut self, end: End, port: u16) -> Pcb {
        let pcb = at!(end, udp_open(port));
        assert!(!pcb.is_null(), "a socket could not be opened");
        pcb
    }

    fn udp_send(&mut self, end: End, socket: Pcb, data: &[u8], to: u16) {
        let sent = at!(end, udp_send(socket, data.as_ptr(), data.len() as u16, to));
        assert!(sent != 0, "a datagram was not sent");
    }

    fn udp_receive(&mut self, end: End, _: Pcb, count: u32) {
        assert_eq!(at!(end, udp_received()), count, "datagrams did not arrive");
    }

    fn tcp_listen(&mut self, port: u16) {
        assert!(at!(End::Server, tcp_listen(port)) != 0, "a socket does not listen");
    }

    fn tcp_dial(&mut self, port: u16) -> Pcb {
        let client = at!(End::Client, tcp_connect(port));
        assert!(!client.is_null(), "no room for a connection");
        client
    }

    fn tcp_joined(&mut self, _: Pcb) -> Option<Pcb> {
        if at!(End::Client, tcp_connected()) == 0 {
            return None;
        }
        let server = at!(End::Server, tcp_accepted());
        (!server.is_null()).then_some(server)
    }

    fn tcp_send(&mut self, client: Pcb, data: &[u8]) -> usize {
        at!(End::Client, tcp_send(client, data.as_ptr(), data.len() as u32)) as usize
    }

    fn tcp_receive(&mut self, _: Pcb) -> usize {
        at!(End::Server, tcp_received()) as usize
    }

    fn tcp_close(&mut self, client: Pcb, server: Pcb) {
        assert!(at!(End::Client, tcp_close(client)) != 0, "a connection was not closed");
        self.settle();
        assert!(at!(End::Server, tcp_close(server)) != 0, "a connection was not closed");
        self.settle();
    }
}
