// SPDX-License-Identifier: Apache-2.0
//! lwIP and `lwip/end.c` as one object for each end of the wire: the same code twice, with the names of
//! the end before all it defines, so that one process holds two stacks. LWIP_SOURCES names the folder
//! of the crate (cargo xtask bench peers sets it).

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=LWIP_SOURCES");
    println!("cargo::rerun-if-changed=lwip");
    let Some(sources) = env::var_os("LWIP_SOURCES").map(PathBuf::from) else {
        panic!("LWIP_SOURCES is not set; cargo xtask bench peers builds this");
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let ipv6 = env::var_os("CARGO_FEATURE_IPV6").is_some();
    let objects = compile(&sources.join("src"), ipv6);
    let whole = out.join("end.o");
    run(Command::new("ld").arg("-r").arg("-o").arg(&whole).args(&objects));
    let defined = defined(&whole);
    let mut archive = cc::Build::new();
    for end in ["client", "server"] {
        let renamed = out.join(format!("{end}.o"));
        let mut objcopy = Command::new("objcopy");
        for name in &defined {
            objcopy.arg(format!("--redefine-sym={name}={end}_{name}"));
        }
        run(objcopy.arg(&whole).arg(&renamed));
        archive.object(renamed);
    }
    archive.compile("ends");
}

/// The object files of lwIP's core, Ethernet and our end of the wire.
fn compile(lwip: &Path, ipv6: bool) -> Vec<PathBuf> {
    let mut build = cc::Build::new();
    for folder in ["core", if ipv6 { "core/ipv6" } else { "core/ipv4" }] {
        let folder = lwip.join(folder);
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
            .collect();
        files.sort();
        build.files(files);
    }
    let many = env::var_os("CARGO_FEATURE_MANY").is_some();
    build
        .file(lwip.join("netif/ethernet.c"))
        .file("lwip/end.c")
        .include("lwip")
        .include(lwip.join("include"))
        .define("BENCH_IPV6", if ipv6 { "1" } else { "0" })
        .define("BENCH_MANY", if many { "1" } else { "0" })
        .flag("-std=gnu11")
        .opt_level(2)
        .pic(false)
        .force_frame_pointer(false)
        .warnings(false)
        .compile_intermediates()
}

/// What the object defines for others.
fn defined(object: &Path) -> Vec<String> {
    let mut nm = Command::new("nm");
    let output = nm.args(["--defined-only", "--extern-only", "-P"]).arg(object).output();
    let output = output.expect("nm runs");
    assert!(output.status.success(), "nm: {}", output.status);
    let text = String::from_utf8(output.stdout).expect("names are ASCII");
    text.lines().filter_map(|line| line.split(' ').next()).map(String::from).collect()
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|why| panic!("{command:?}: {why}"));
    assert!(status.success(), "{command:?}: {status}");
}
