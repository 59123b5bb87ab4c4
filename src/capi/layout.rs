// SPDX-License-Identifier: Apache-2.0
//! The check that C and Rust agree about the structures they share.
//!
//! Every table of `base::layout::layouts!` is named here. The test turns them into a C file of
//! `_Static_assert`s over the public headers and compiles it, in the configuration of the build
//! (`ZNET_DOTCONFIG`; `.ci/run` goes through all reference configurations).

use crate::base::layout::{Constant, Layout};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::string::String;
use std::vec::Vec;
use std::{env, format, fs, process};

/// The tables; those of the kernel layer and of native_sim are listed there.
const TABLES: &[&[Layout]] = &[
    crate::buf::BUF_LAYOUTS,
    crate::buf::KERNEL_LAYOUTS,
    crate::buf::PKT_LAYOUTS,
    crate::iface::ADDR_LAYOUTS,
    crate::iface::SHELL_LAYOUTS,
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    super::ethernet::LAYOUTS,
    #[cfg(CONFIG_NET_IPV4)]
    super::icmp::LAYOUTS,
    crate::drivers::dummy::LAYOUTS,
    super::net_if_data::LAYOUTS,
    super::net_pkt_cursor::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::addr::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::msg::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::options::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::select::LAYOUTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    crate::socket::poll::LAYOUTS,
    #[cfg(CONFIG_NET_IPV4)]
    super::net_if_mcast::LAYOUTS,
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::LAYOUTS,
    #[cfg(CONFIG_NET_PKT_TIMESTAMP)]
    super::net_if_timestamp::LAYOUTS,
    super::net_timeout::LAYOUTS,
];

/// The tables of `base::layout::constants!`.
const CONSTANTS: &[&[Constant]] = &[
    crate::base::errno::CONSTANTS,
    crate::iface::CONSTANTS,
    #[cfg(CONFIG_NET_L2_ETHERNET)]
    super::ethernet::CONSTANTS,
    #[cfg(CONFIG_POLL)]
    crate::kernel::POLL_CONSTANTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    crate::socket::poll::CONSTANTS,
    #[cfg(all(CONFIG_NET_SOCKETS, CONFIG_NET_UDP))]
    super::socket::CONSTANTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::options::CONSTANTS,
    #[cfg(CONFIG_NET_SOCKETS)]
    super::socket::msg::CONSTANTS,
    #[cfg(CONFIG_NET_MGMT_EVENT)]
    super::net_mgmt::CONSTANTS,
];

/// The includes of these headers.
fn includes<'a>(headers: impl Iterator<Item = &'a str>) -> String {
    let mut headers: Vec<&str> = headers.collect();
    headers.sort_unstable();
    headers.dedup();
    let mut text = String::from("#include <stddef.h>\n");
    for header in headers {
        let _ = writeln!(text, "#include <{header}>");
    }
    text
}

/// Assertions about everything in `layouts`.
fn c_assertions(layouts: &[&Layout]) -> String {
    let mut text = includes(layouts.iter().map(|layout| layout.header));
    let mut check = |what: &str, relation: &str, is: usize| {
        let _ = writeln!(text, "_Static_assert({what} {relation} {is}, \"Rust says {is}\");");
    };
    let mut assert = |what: &str, is: usize| check(what, "==", is);
    for Layout { name, size, members, .. } in layouts {
        assert(&format!("sizeof({name})"), *size);
        for member in *members {
            // stringify!() leaves the marks of raw identifiers and may put spaces around dots.
            let path = member.name.replace("r#", "").replace(' ', "");
            assert(&format!("offsetof({name}, {path})"), member.offset);
            assert(&format!("sizeof((({name} *)0)->{path})"), member.size);
        }
    }
    // Rust may ask for less: what it reads as bytes it reads at any address.
    for Layout { name, align, .. } in layouts {
        check(&format!("_Alignof({name})"), ">=", *align);
    }
    text
}

/// Compiles `source` against the headers; the compiler's complaints if it fails.
fn compile(name: &str, source: &str) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = Path::new(env!("OUT_DIR")).join("include");
    let file: PathBuf = env::temp_dir().join(format!("znet-{name}-{}.c", process::id()));
    fs::write(&file, source).map_err(|e| format!("{}: {e}", file.display()))?;
    let output = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()))
        .args(["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function"])
        .arg("-I")
        .arg(root.join("include"))
        .arg("-I")
        .arg(&generated)
        .arg("-imacros")
        .arg(generated.join("zephyr/autoconf.h"))
        .arg(&file)
        .output()
        .map_err(|e| format!("no C compiler: {e}"))?;
    let _ = fs::remove_file(&file);
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn c_agrees_with_rust() {
    let tables =
        TABLES.iter().chain(crate::kernel::LAYOUTS).chain(crate::drivers::native_sim::LAYOUTS);
    let layouts: Vec<&Layout> = tables.copied().flatten().collect();
    if let Err(complaints) = compile("layout", &c_assertions(&layouts)) {
        panic!("C sees these structures otherwise than Rust:\n{complaints}");
    }
}

#[test]
fn c_has_the_same_constants() {
    let constants: Vec<&Constant> = CONSTANTS.iter().copied().flatten().collect();
    let mut text = includes(constants.iter().map(|constant| constant.header));
    for Constant { name, value, .. } in constants {
        let _ = writeln!(
            text,
            "_Static_assert((long long)({name}) == {value}, \"Rust says {value}\");"
        );
    }
    if let Err(complaints) = compile("constants", &text) {
        panic!("C has other values than Rust:\n{complaints}");
    }
}

#[test]
fn a_difference_is_found() {
    #[repr(C)]
    struct Wrong {
        head: usize,
        tail: u32,
    }
    crate::base::layout::layouts! { TABLE in "zephyr/sys/slist.h":
        Wrong = "sys_slist_t" { head, tail };
    }
    let layouts: Vec<&Layout> = TABLE.iter().collect();
    let complaints = compile("wrong", &c_assertions(&layouts)).expect_err("the tail is a pointer");
    assert!(complaints.contains("Rust says 4"), "{complaints}");
}
