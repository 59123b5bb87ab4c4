// SPDX-License-Identifier: Apache-2.0
//! The router sample between two hosts played by the kernel, each in a network namespace of its own. `cargo xtask
//! interop router` builds the sample and names it in `ZNET_ROUTER`; without that, and without the right to make
//! namespaces, the test says so and passes.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where the router runs, and the hosts on either side of it.
struct Place {
    router: String,
    hosts: [String; 2],
    child: Option<Child>,
}

impl Place {
    fn new() -> Option<Place> {
        let name = |what: &str| format!("znet-{what}-{}", std::process::id());
        let place = Place { router: name("r"), hosts: [name("a"), name("b")], child: None };
        for space in [&place.router, &place.hosts[0], &place.hosts[1]] {
            let made = Command::new("ip").args(["netns", "add", space]).output();
            if !made.is_ok_and(|made| made.status.success()) {
                eprintln!("SKIPPED, cannot make a network namespace (run as root)");
                return None;
            }
        }
        Some(place)
    }

    /// Runs a command in a namespace; what it printed, and whether it succeeded.
    fn run(&self, space: &str, words: &str) -> (bool, String) {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", space]).args(words.split_whitespace());
        let done = command.output().expect("ip is installed");
        let text = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    #[track_caller]
    fn must(&self, space: &str, words: &str) {
        let (ok, text) = self.run(space, words);
        assert!(ok, "{words}: {text}");
    }

    /// Starts the router and moves the far end of each of its wires to a host.
    fn start(&mut self, exe: &PathBuf) {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.router]).arg(exe);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        self.child = Some(child.expect("the router starts"));
        let end = Instant::now() + Duration::from_secs(10);
        for (wire, (host, net)) in self.hosts.iter().zip(["192.0.2", "198.51.100"]).enumerate() {
            let link = format!("ip link set zeth{wire} netns {host}");
            while !self.run(&self.router, &link).0 {
                assert!(Instant::now() < end, "the router has no interface {wire}");
                sleep(Duration::from_millis(50));
            }
            let net6 = format!("2001:db8:{}:", wire + 1);
            self.must(host, &format!("ip addr add {net}.2/24 dev zeth{wire}"));
            self.must(host, &format!("ip addr add {net6}:2/64 dev zeth{wire} nodad"));
            self.must(host, &format!("ip link set zeth{wire} up"));
            self.must(host, &format!("ip route add default via {net}.1"));
            self.must(host, &format!("ip -6 route add default via {net6}:1"));
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
        for space in [&self.router, &self.hosts[0], &self.hosts[1]] {
            let _ = Command::new("ip").args(["netns", "del", space]).output();
        }
    }
}

#[test]
fn hosts_of_the_kernel_reach_each_other() {
    let Some(exe) = std::env::var_os("ZNET_ROUTER").map(PathBuf::from) else {
        eprintln!("SKIPPED, ZNET_ROUTER does not name the built sample");
        return;
    };
    let Some(mut place) = Place::new() else { return };
    place.start(&exe);
    let near = place.hosts[0].clone();
    // Until the router's IPv6 addresses have been asked for.
    let end = Instant::now() + Duration::from_secs(10);
    while !place.run(&near, "ping -6 -c 1 -W 1 2001:db8:2::2").0 {
        assert!(Instant::now() < end, "no way through the router");
    }
    for words in [
        "ping -c 5 -i 0.2 -W 2 198.51.100.2",
        "ping -c 2 -i 0.2 -W 2 -s 4000 198.51.100.2",
        "ping -6 -c 5 -i 0.2 -W 2 2001:db8:2::2",
        "ping -6 -c 2 -i 0.2 -W 2 -s 4000 2001:db8:2::2",
    ] {
        let (ok, text) = place.run(&near, words);
        assert!(ok && text.contains(" 0% packet loss"), "{words}: {text}");
    }
    for (words, want) in [
        ("ping -c 1 -W 2 -t 1 198.51.100.2", "From 192.0.2.1 icmp_seq=1 Time to live exceeded"),
        ("ping -6 -c 1 -W 2 -t 1 2001:db8:2::2", "From 2001:db8:1::1 icmp_seq=1 Time exceeded"),
        ("ping -c 1 -W 2 203.0.113.1", "From 192.0.2.1 icmp_seq=1 Destination Net Unreachable"),
        (
            "ping -6 -c 1 -W 2 2001:db8:3::1",
            "From 2001:db8:1::1 icmp_seq=1 Destination unreachable",
        ),
    ] {
        let (_, text) = place.run(&near, words);
        assert!(text.contains(want), "{words}: {text}");
    }
}
