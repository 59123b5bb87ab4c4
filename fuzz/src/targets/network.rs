// SPDX-License-Identifier: Apache-2.0
//! Two stacks that talk over a wire which does to each frame what the input says.

use std::cell::RefCell;
use std::rc::Rc;

use testutil::{Duration, Host, LinkConfig, Network};

use crate::input::Input;

const IP_A: [u8; 4] = [192, 0, 2, 1];
const IP_B: [u8; 4] = [192, 0, 2, 2];

struct Two {
    net: Network,
    a: &'static Host,
    b: &'static Host,
    /// What the wire does to the frames to come, and how far it is through.
    plan: Rc<RefCell<(Vec<u8>, usize)>>,
}

thread_local! {
    static TWO: RefCell<Two> = RefCell::new(two());
}

fn two() -> Two {
    let mut net = Network::new(1);
    let wire = net.link(LinkConfig::default());
    let (a, b) = (net.host("a"), net.host("b"));
    net.attach(a, wire, IP_A, 24);
    net.attach(b, wire, IP_B, 24);
    let plan = Rc::new(RefCell::new((Vec::new(), 0)));
    let of_wire = plan.clone();
    net.filter(wire, move |_, frame| tamper(&mut of_wire.borrow_mut(), frame));
    Two { net, a, b, plan }
}

/// Does the next thing of the plan to a frame; false loses it. When the plan is done, the wire is
/// good.
fn tamper((plan, at): &mut (Vec<u8>, usize), frame: &mut Vec<u8>) -> bool {
    let mut input = Input::new(plan.get(*at..).unwrap_or(&[]));
    let action = input.byte();
    let used = match action % 8 {
        0..=3 => 1,
        4 => {
            *at += 1;
            return false;
        }
        5 | 6 => {
            let (place, value) = (usize::from(input.word()), input.byte());
            let len = frame.len();
            frame[place % len] ^= value;
            4
        }
        _ => {
            let len = usize::from(input.word()) % frame.len();
            frame.truncate(len.max(1));
            3
        }
    };
    *at += used;
    true
}

/// The first piece says what the hosts do, the rest what the wire does.
pub fn run(data: &[u8]) {
    TWO.with_borrow_mut(|two| {
        two.net.restart(1);
        let mut input = Input::new(data);
        let script = input.piece(64);
        *two.plan.borrow_mut() = (input.take(data.len()).to_vec(), 0);

        let (client, server) = (two.a.udp_bind(4000), two.b.udp_bind(7));
        let payload = [0x5a; 1472];
        for &step in script {
            let len = usize::from(step) * 5;
            // A lost neighbour or a lack of buffers is no failure here.
            let _ = match step % 4 {
                0 => two.a.udp_send_to(client, (IP_B, 7), &payload[..len]),
                1 => two.b.udp_send_to(server, (IP_A, 4000), &payload[..len]),
                2 => two.a.udp_send_to(client, (IP_B, 9), &payload[..len]),
                _ => two.a.ping(IP_B, step.into(), &payload[..len]),
            };
            two.net.run_for(Duration::from_millis(u64::from(step) * 7));
            while two.a.udp_recv(client).is_some() || two.b.udp_recv(server).is_some() {}
        }

        // On a good wire, and after the longest time anything is remembered wrongly, all is well.
        two.plan.borrow_mut().0.clear();
        two.net.run_for(Duration::from_secs(120));
        while two.a.try_udp_recv(client) != Ok(None) {}
        while two.b.try_udp_recv(server) != Ok(None) {}
        for attempt in 0..2 {
            two.a.udp_send_to(client, (IP_B, 7), b"well?").expect("buffers are free again");
            two.net.run_for(Duration::from_secs(5));
            match two.b.udp_recv(server) {
                Some(got) => {
                    assert_eq!(got.data, b"well?");
                    break;
                }
                None => assert_eq!(attempt, 0, "two hosts on a good wire do not find each other"),
            }
        }
        two.net.check_leaks();
    });
}
