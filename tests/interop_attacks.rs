// SPDX-License-Identifier: Apache-2.0
//! Scanners, floods, malformed packets and iperf against a host, from the kernel of the machine, in a network
//! namespace of its own. `cargo xtask interop attacks` builds the host (`tests/interop/target`), names it in
//! `ZNET_TARGET` and sees to it that nmap, hping3, scapy and iperf are there; without that, and without the right to
//! make namespaces, the test says so and passes. The rows are in `tests/interop/attacks.py`.

#[path = "interop/place.rs"]
mod place;

use std::path::{Path, PathBuf};

use place::Place;

/// Packages of the distribution are not those of whoever comes first on the path.
const PYTHON: &str = "/usr/bin/python3";

#[test]
fn whatever_comes_a_good_client_is_served() {
    let Some(exe) = std::env::var_os("ZNET_TARGET").map(PathBuf::from) else {
        eprintln!("SKIPPED, ZNET_TARGET does not name the built host");
        return;
    };
    let Some(mut place) = Place::new("at") else { return };
    place.must("ip link set lo up");
    place.must("sysctl -q -w net.ipv6.conf.default.accept_dad=0");
    place.start(&[exe.to_str().expect("a name in UTF-8"), "--eth-if=tap:zeth"]);
    place.row_run("ip link show zeth", "zeth");
    place.must("ip addr add 192.0.2.2/24 dev zeth");
    place.must("ip addr add 2001:db8::2/64 dev zeth nodad");
    place.must("ip link set zeth up");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/attacks.py");
    let mut attacks = place.command(&[PYTHON, &script.display().to_string()]);
    if std::env::var_os("ZNET_QUICK").is_some() {
        attacks.arg("--quick");
    }
    // Its rows go where ours go.
    let done = attacks.status().expect("python3");
    assert!(done.success() && place.failed.is_empty(), "{}", place.failed.join("\n\n"));
}
