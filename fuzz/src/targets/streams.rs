// SPDX-License-Identifier: Apache-2.0
//! Two stacks with a connection between them, over a wire that does to each frame what the input says.
//! What arrives is what was sent, and in the end all of it does or the connection is known to be lost.

use std::cell::RefCell;

use testutil::tcp::pair::{End, Pair};
use testutil::{Duration, LinkConfig};

use crate::input::Input;

thread_local! {
    static PAIR: RefCell<Pair> = RefCell::new(Pair::new(1, LinkConfig::default()));
}

/// What an end does; false when it closed.
fn act(end: &mut End, step: u8) {
    let size = usize::from(step >> 3) * 97 + 1;
    match step % 8 {
        0..=2 => {
            end.send(size);
        }
        3..=5 => {
            end.recv(size);
        }
        6 if step >= 0xe0 => {
            let _ = end.host.tcp_shutdown(end.socket, "wr");
        }
        _ => {}
    }
}

/// The first piece says what the applications do, the rest what the wire does.
pub fn run(data: &[u8]) {
    PAIR.with_borrow_mut(|pair| {
        pair.restart(1, LinkConfig::delay(Duration::from_millis(1)));
        let mut input = Input::new(data);
        let script = input.piece(64).to_vec();
        let plan = input.take(data.len()).to_vec();
        let (mut client, mut server) = pair.connected();
        let mut at = 0;
        pair.spoil(move |frame| {
            let action = plan.get(at).copied().unwrap_or(0);
            at += 1;
            match action % 8 {
                4 | 5 => return false,
                6 | 7 => {
                    // Anywhere, so that checksums are tried as well as what they cover.
                    let place = usize::from(plan.get(at).copied().unwrap_or(0)) * 7;
                    let len = frame.len();
                    frame[place % len] ^= action | 1;
                    at += 1;
                }
                _ => {}
            }
            true
        });
        for step in script {
            act(if step & 4 == 0 { &mut client } else { &mut server }, step.rotate_left(3));
            pair.net.run_for(Duration::from_millis(u64::from(step)));
        }
        // On a good wire all comes to its end.
        pair.spoil(|_| true);
        for _ in 0..4000 {
            for end in [&mut client, &mut server] {
                let _ = end.host.tcp_shutdown(end.socket, "wr");
                while end.recv(1 << 14) > 0 {}
            }
            if [&client, &server].iter().all(|end| end.ended || end.failed.is_some()) {
                break;
            }
            pair.net.run_for(Duration::from_millis(100));
        }
        if client.failed.is_none() && server.failed.is_none() {
            assert!(client.ended && server.ended, "a good wire, and no end");
            assert_eq!((client.sent, server.sent), (server.received, client.received));
        }
        if let Err(what) = pair.judge() {
            panic!("{what}");
        }
        for end in [client, server] {
            let _ = end.host.tcp_close(end.socket);
        }
        pair.net.check_leaks();
    });
}
