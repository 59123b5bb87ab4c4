// SPDX-License-Identifier: Apache-2.0
//! How large the peers are with like features: firmware on lwIP's raw API and on smoltcp, linked and never run.

use super::map::{self, Section};
use super::rows::{COMPILER, MACHINE, TARGET};
use crate::bench::lwip_sources;
use crate::proc::{Outcome, cargo, failed, run, say};
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Features: the row of znet that they are compared with, and what is switched on.
struct Features {
    row: &'static str,
    what: &'static str,
    tcp: bool,
    ipv6: bool,
}

const FEATURES: [Features; 3] = [
    Features { row: "udp_only_flash", what: "UDP over IPv4", tcp: false, ipv6: false },
    Features { row: "ipv4_udp_tcp_flash", what: "UDP and TCP over IPv4", tcp: true, ipv6: false },
    Features { row: "ipv4_ipv6_flash", what: "UDP and TCP over both", tcp: true, ipv6: true },
];

/// What the peers take with the features of a row.
struct Measured {
    features: &'static Features,
    lwip: u64,
    smoltcp: u64,
}

/// Measures and prints all.
pub fn command(json: bool) -> Outcome {
    if json {
        print!("{}", self::json()?);
        return Ok(());
    }
    println!("{:24} {:>8} {:>8}  bytes of flash on a Cortex-M3", "", "lwIP", "smoltcp");
    for Measured { features, lwip, smoltcp } in measure()? {
        println!("{:24} {lwip:>8} {smoltcp:>8}", features.what);
    }
    Ok(())
}

/// All as lines of JSON: the name of znet's row, then `_lwip` or `_smoltcp`.
pub fn json() -> Outcome<String> {
    let mut text = String::new();
    for Measured { features, lwip, smoltcp } in measure()? {
        for (peer, bytes) in [("lwip", lwip), ("smoltcp", smoltcp)] {
            let name = format!("{}_{peer}", features.row);
            text += &format!("{{\"name\":\"{name}\",\"value\":{bytes}.0,\"unit\":\"bytes\"}}\n");
        }
    }
    Ok(text)
}

fn measure() -> Outcome<Vec<Measured>> {
    let one =
        |features| Ok(Measured { features, lwip: lwip(features)?, smoltcp: smoltcp(features)? });
    FEATURES.iter().map(one).collect()
}

fn folder() -> PathBuf {
    tree::root().join("benches/peers/size")
}

/// Where a peer's firmware with these features is built.
fn out(peer: &str, features: &Features) -> Outcome<PathBuf> {
    say(format!("size: {peer}, {}", features.what));
    let out = tree::target().join("size/peers").join(format!("{peer}-{}", features.row));
    fs::create_dir_all(&out).or_else(|why| failed(format!("{}: {why}", out.display())))?;
    Ok(out)
}

fn lwip(features: &Features) -> Outcome<u64> {
    let out = out("lwip", features)?;
    let sources = lwip_sources(&tree::root().join("benches/peers/sources/Cargo.toml"))?.join("src");
    let mut files = vec![sources.join("netif/ethernet.c"), folder().join("lwip/app.c")];
    for part in ["core", "core/ipv4", "core/ipv6"] {
        files.extend(c_files(&sources.join(part)));
    }
    let mut objects = Vec::new();
    for file in &files {
        let object = out.join(file.with_extension("o").file_name().unwrap_or_default());
        run(Command::new(COMPILER)
            .args(MACHINE)
            .args(["-std=gnu11", "-Os", "-ffunction-sections", "-fdata-sections", "-w", "-c"])
            .arg(format!("-DSIZE_TCP={}", u8::from(features.tcp)))
            .arg(format!("-DSIZE_IPV6={}", u8::from(features.ipv6)))
            .arg("-I")
            .arg(folder().join("lwip"))
            .arg("-I")
            .arg(sources.join("include"))
            .arg(file)
            .arg("-o")
            .arg(&object))?;
        objects.push(object);
    }
    let sections = link(&out, &objects)?;
    let ours = out.to_string_lossy();
    let is_lwip =
        |section: &&Section| section.file.starts_with(&*ours) && !section.file.ends_with("/app.o");
    Ok(sections.iter().filter(is_lwip).map(Section::flash).sum())
}

fn smoltcp(features: &Features) -> Outcome<u64> {
    let out = out("smoltcp", features)?;
    let names = [("tcp", features.tcp), ("ipv6", features.ipv6)];
    let names: Vec<&str> = names.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    run(cargo(["build", "--quiet", "--release", "--locked", "--target", TARGET, "--features"])
        .arg(names.join(","))
        .arg("--manifest-path")
        .arg(folder().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(out.join("target")))?;
    let main = out.join("main.o");
    run(Command::new(COMPILER)
        .args(MACHINE)
        .args(["-Os", "-c"])
        .arg(folder().join("main.c"))
        .arg("-o")
        .arg(&main))?;
    let library = out.join("target").join(TARGET).join("release/libpeersize.a");
    let sections = link(&out, &[main, library])?;
    let is_smoltcp = |section: &&Section| {
        section.file.contains("libpeersize.a(") && !section.file.contains("compiler_builtins")
    };
    Ok(sections.iter().filter(is_smoltcp).map(Section::flash).sum())
}

fn c_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "c")).collect();
    files.sort();
    files
}

/// Links a firmware; the sections that are left of it.
fn link(out: &Path, objects: &[PathBuf]) -> Outcome<Vec<Section>> {
    let map = out.join("program.map");
    run(Command::new(COMPILER)
        .args(MACHINE)
        .args(["-nostartfiles", "--specs=nosys.specs", "-Wl,--entry=main", "-Wl,--gc-sections"])
        .args(["-Wl,-Ttext=0", "-Wl,-Tdata=0x20000000", "-Wl,-z,noexecstack"])
        .arg(format!("-Wl,-Map={}", map.display()))
        .args(objects)
        .arg("-o")
        .arg(out.join("program.elf")))?;
    let text =
        fs::read_to_string(&map).or_else(|why| failed(format!("{}: {why}", map.display())))?;
    Ok(map::parse(&text))
}
