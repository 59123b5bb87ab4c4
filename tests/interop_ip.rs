// SPDX-License-Identifier: Apache-2.0
//! A host of both families beside the kernel, over a bridge that listens to what hosts say of groups, in a network
//! namespace of its own. `cargo xtask interop ip` builds the host (`tests/interop/host`), names it in `ZNET_HOST` and
//! sees to it that the programs are there; without that, and without the right to make namespaces, the test says so
//! and passes. Each row is printed with what came of it.

#[path = "interop/place.rs"]
mod place;

use std::path::PathBuf;

use place::Place;

/// What a router tells: two prefixes, name servers and search domains, a route.
const RADVD: &str = "interface br0 {
	AdvSendAdvert on;
	MinRtrAdvInterval 3;
	MaxRtrAdvInterval 4;
	AdvDefaultLifetime 0;
	prefix 2001:db8:a::/64 { };
	prefix 2001:db8:b::/64 { AdvPreferredLifetime 600; AdvValidLifetime 900; };
	route 2001:db8:77::/48 { };
	RDNSS 2001:db8::2 2001:db8::3 { };
	DNSSL example.org lab.example.org { };
};
";

/// Sends datagrams that only fit in many fragments, and compares what comes back.
const LARGE: &str = "import socket,sys
family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
s = socket.socket(family, socket.SOCK_DGRAM)
s.settimeout(3)
for n in (1, 1472, 1473, 20000, 60000):
    data = bytes(i * 7 % 251 for i in range(n))
    s.sendto(data, (sys.argv[1], 4242))
    got = s.recv(65535)
    assert got == data, (n, len(got))
";

/// Asks the host which name servers and search domains routers told of.
const NAME_SERVERS: &str = "import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(2)
s.sendto(b'dns', ('192.0.2.1', 4242))
print(' '.join(sorted(s.recv(2000).decode().split())))
";

/// A row in which the bridge knows the host to be in a group, or not.
fn row_group(place: &mut Place, group: &str, there: bool) {
    let what = format!("{group} {} the bridge's table", if there { "in" } else { "gone from" });
    place.row(&what, 10, |place| {
        let (_, text) = place.run("bridge mdb show dev br0");
        let listed = text.lines().any(|l| l.contains("port zeth") && l.contains(group));
        (listed == there, text)
    });
}

/// The interface identifier of whoever else answers to a ping of all nodes.
fn neighbour(place: &Place) -> Option<String> {
    let (_, own) = place.run("ip -6 -o addr show dev br0 scope link");
    let (_, text) = place.run("ping -6 -c 2 -i 0.3 -W 1 ff02::1%br0");
    let addresses = text.split_whitespace().filter(|word| word.starts_with("fe80::"));
    let plain = addresses.map(|word| word.split('%').next().unwrap_or(word).trim_end_matches(':'));
    plain.filter(|addr| !own.contains(*addr)).map(|addr| addr["fe80::".len()..].into()).next()
}

#[test]
fn the_kernel_beside_us() {
    let Some(exe) = std::env::var_os("ZNET_HOST").map(PathBuf::from) else {
        eprintln!("SKIPPED, ZNET_HOST does not name the built host");
        return;
    };
    let Some(mut place) = Place::new("ip") else { return };
    place.must("ip link set lo up");
    place.must("sysctl -q -w net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.accept_dad=0");
    place.must(
        "ip link add br0 type bridge mcast_snooping 1 mcast_querier 1 mcast_igmp_version 3 mcast_mld_version 2 \
         mcast_query_interval 300 mcast_startup_query_interval 100 mcast_query_response_interval 100",
    );
    place.must("ip link set br0 up");
    place.must("ip addr add 192.0.2.2/24 dev br0");
    place.must("ip addr add 2001:db8::2/64 dev br0 nodad");
    place.start(&[exe.to_str().expect("a name in UTF-8"), "--eth-if=tap:zeth"]);
    place.row("the host has an interface", 10, |place| place.run("ip link set zeth master br0 up"));

    // What goes over the wire between the host and the bridge, to be taken apart at the end.
    let capture = place.scratch.join("wire.pcapng").display().to_string();
    place.start(&[
        "tshark",
        "-q",
        "-i",
        "zeth",
        "-f",
        "igmp or icmp6 or ip6[6] == 0",
        "-w",
        &capture,
    ]);
    place.row("tshark listens", 15, |_| (std::fs::metadata(&capture).is_ok(), String::new()));

    place.row("answers to ping over IPv4", 10, |p| p.run("ping -c 1 -W 1 192.0.2.1"));
    place.row("answers to ping over IPv6", 10, |p| p.run("ping -6 -c 1 -W 1 2001:db8::1"));
    for target in ["192.0.2.1", "2001:db8::1"] {
        for size in [0, 1400, 4000, 20_000, 60_000] {
            place.row_run(&format!("ping -c 2 -i 0.2 -W 2 -s {size} {target}"), " 0% packet loss");
        }
        place.row(&format!("UDP up to 60,000 bytes, {target}"), 8, |place| {
            let done = place.command(&["python3", "-c", LARGE, target]).output().expect("python3");
            (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
        });
    }
    place.row_run("ndisc6 -1 -w 2000 2001:db8::1 br0", "Target link-layer address");

    let mut found = None;
    place.row("answers to a ping of all nodes from its link-local address", 8, |place| {
        found = neighbour(place);
        (found.is_some(), String::new())
    });
    let iid = found.unwrap_or_default();
    place.row_run(&format!("ping -6 -c 2 -i 0.2 -W 2 -s 4000 fe80::{iid}%br0"), " 0% packet loss");

    row_group(&mut place, "239.1.2.3", true);
    row_group(&mut place, "ff05::1:2:3", true);
    // Solicited-node groups are told of too, lest a bridge keep questions from us.
    row_group(&mut place, "ff02::1:ff00:1", true);

    let behind = "ping -6 -c 1 -W 1 -I 2001:db8:77::1 2001:db8::1";
    place.must("ip addr add 2001:db8:77::1/128 dev lo");
    place.row("nothing comes back without a route", 0, |p| {
        let (ok, text) = p.run(behind);
        (!ok, text)
    });
    place.must("ip addr add 2001:db8:a::2/64 dev br0 nodad");
    place.must("ip addr add 2001:db8:b::2/64 dev br0 nodad");
    let (conf, pid) = (place.scratch.join("radvd.conf"), place.scratch.join("radvd.pid"));
    std::fs::write(&conf, RADVD).expect("a file");
    let (conf, pid) = (conf.display().to_string(), pid.display().to_string());
    place.start(&["radvd", "-n", "-u", "root", "-C", &conf, "-p", &pid]);
    for prefix in ["2001:db8:a::", "2001:db8:b::"] {
        place.row(&format!("an address of {prefix}/64"), 15, |place| {
            place.run(&format!("ping -6 -c 1 -W 1 {prefix}{iid}"))
        });
    }
    place.row("a route that a router tells", 15, |place| place.run(behind));
    place.row("name servers and search domains that a router tells", 15, |place| {
        let done = place.command(&["python3", "-c", NAME_SERVERS]).output().expect("python3");
        let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        (text.trim() == "2001:db8::2 2001:db8::3 example.org lab.example.org", text)
    });

    let leave = "import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(b'leave', ('192.0.2.1', 4242))";
    place.command(&["python3", "-c", leave]).output().expect("python3");
    row_group(&mut place, "239.1.2.3", false);
    row_group(&mut place, "ff05::1:2:3", false);
    for (what, filter) in [
        (
            "239.1.2.3 joined",
            "igmp.type == 0x22 && igmp.maddr == 239.1.2.3 && igmp.record_type == 2",
        ),
        ("239.1.2.3 left", "igmp.type == 0x22 && igmp.maddr == 239.1.2.3 && igmp.record_type == 3"),
        (
            "ff05::1:2:3 joined",
            "icmpv6.mldr.mar.multicast_address == ff05::1:2:3 && icmpv6.mldr.mar.record_type == 2",
        ),
        (
            "ff05::1:2:3 left",
            "icmpv6.mldr.mar.multicast_address == ff05::1:2:3 && icmpv6.mldr.mar.record_type == 3",
        ),
    ] {
        place.row(&format!("tshark sees {what}"), 10, |place| {
            let read = place.command(&["tshark", "-r", &capture, "-Y", filter]).output();
            let read = read.expect("tshark is installed");
            let text =
                String::from_utf8_lossy(&[&read.stdout[..], &read.stderr].concat()).into_owned();
            (!read.stdout.is_empty(), text)
        });
    }
    place.row("tshark finds nothing malformed", 0, |place| {
        let broken = "_ws.malformed or _ws.expert.severity == error or igmp.checksum.status == 0 or icmpv6.checksum.status == 0";
        let read = place.command(&["tshark", "-r", &capture, "-Y", broken]).output().expect("tshark");
        (read.stdout.is_empty(), String::from_utf8_lossy(&read.stdout).into_owned())
    });
    assert!(place.failed.is_empty(), "{}", place.failed.join("\n\n"));
}
