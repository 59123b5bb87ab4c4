// SPDX-License-Identifier: Apache-2.0
//! `setup`: what the machine must have before anything can be built or tried.
//!
//! As root on Debian and its kin the missing packages are installed. Without root, CMake comes from
//! the Python package index into `target/venv`, and the rest is named. All is quick when nothing is
//! missing, so that every other command begins with it.

use crate::layout;
use crate::proc::{self, Outcome, failed, is_root, on_path, output, run, say, succeeds};
use crate::qemu::{self, Machine};
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program and the Debian package that brings it.
struct Tool {
    program: &'static str,
    package: &'static str,
    need: &'static str,
}

const fn tool(program: &'static str, package: &'static str, need: &'static str) -> Tool {
    Tool { program, package, need }
}

const BUILD: &[Tool] = &[
    tool("cc", "gcc", "compiles C"),
    tool("c++", "g++", "compiles C++"),
    tool("make", "make", "runs the build that CMake writes"),
    tool("cmake", "cmake", "configures C applications"),
    tool("python3", "python3", "evaluates Kconfig"),
];

/// The oldest CMake that the package in `cmake/` works with.
const CMAKE_VERSION: (u32, u32) = (3, 20);

const RUN: &[Tool] = &[
    tool("ip", "iproute2", "configures network interfaces"),
    tool("unshare", "util-linux", "makes network namespaces"),
];

const TEST: &[Tool] = &[
    tool("valgrind", "valgrind", "counts instructions"),
    tool("pkg-config", "pkgconf", "tells other builds what the library needs"),
];

const FIRMWARE: &[Tool] = &[
    tool("arm-none-eabi-gcc", "gcc-arm-none-eabi", "compiles C for Cortex-M"),
    tool("c++filt", "binutils", "reads symbols"),
];

const NEIGHBOURS: &[Tool] = &[
    tool("ping", "iputils-ping", "asks whether somebody is there"),
    tool("sysctl", "procps", "makes a router of the kernel"),
    tool("radvd", "radvd", "tells what routers tell"),
    tool("ndisc6", "ndisc6", "asks for link addresses"),
    tool("tshark", "tshark", "takes apart what goes over the wire"),
];

const ATTACKERS: &[Tool] = &[
    tool("nmap", "nmap", "scans"),
    tool("hping3", "hping3", "floods"),
    tool("scapy", "python3-scapy", "makes packets that are wrong"),
    tool("iperf", "iperf", "sends as fast as it goes"),
];

const CROSS: &[Tool] =
    &[tool("riscv64-unknown-elf-gcc", "gcc-riscv64-unknown-elf", "compiles C for RISC-V")];

/// Compilers that find a C library only where a package brings it.
const CROSS_LIBRARIES: &[(&str, &str)] = &[
    ("riscv64-unknown-elf-gcc --specs=picolibc.specs", "picolibc-riscv64-unknown-elf"),
    ("gcc -m32", "gcc-multilib"),
];

/// The C library of those compilers: a package without a program.
const NEWLIB: (&str, &str) = ("/usr/lib/arm-none-eabi/newlib", "libnewlib-arm-none-eabi");

/// The Rust targets of firmware.
const TARGETS: &[&str] = &["thumbv7m-none-eabi"];

/// What is about to be done.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Purpose {
    /// Compiling and linking an application.
    Build,
    /// Starting one joined to the host's kernel.
    Run,
    /// Running every test.
    Test,
}

/// `cargo xtask setup`.
pub fn command() -> Outcome {
    everything()?;
    say("everything is there");
    Ok(())
}

/// All that any step wants. Steps beside each other would else install at the same time.
fn everything() -> Outcome {
    ensure(Purpose::Test)?;
    neighbours()?;
    attackers()?;
    cross()?;
    rust_sources()?;
    qemu::MACHINES.iter().try_for_each(machine)
}

/// Before steps are done: installs what can be, says what can't. A step whose needs are not met fails by
/// itself.
pub fn before_steps() -> Outcome {
    ensure(Purpose::Test)?;
    if let Err(why) = everything() {
        eprintln!("error: {}", why.text());
    }
    Ok(())
}

/// The sources of Rust's library, which ThreadSanitizer has to see built anew.
pub fn rust_sources() -> Outcome {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir() {
        return Ok(());
    }
    let added = run(Command::new("rustup").args(["component", "add", "rust-src"]));
    added.or_else(|_| failed("ThreadSanitizer wants rust-src: `rustup component add rust-src`"))
}

/// Sees to it that firmware can be built: the compilers of C and the targets of Rust.
pub fn firmware() -> Outcome {
    ensure(Purpose::Build)?;
    let missing: Vec<&Tool> = FIRMWARE.iter().filter(|tool| !on_path(tool.program)).collect();
    let mut packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if !Path::new(NEWLIB.0).is_dir() {
        packages.push(NEWLIB.1);
    }
    if !packages.is_empty() {
        if !is_root() || !on_path("apt-get") {
            return failed(explain(&missing, &packages));
        }
        install(&packages)?;
    }
    rust_targets(TARGETS)
}

/// Sees to it that the programs are there that stand beside a host in trials of both families.
pub fn neighbours() -> Outcome {
    beside_a_host(NEIGHBOURS)
}

/// The same for those that attack it.
pub fn attackers() -> Outcome {
    beside_a_host(ATTACKERS)
}

fn beside_a_host(tools: &[Tool]) -> Outcome {
    ensure(Purpose::Run)?;
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !on_path(tool.program)).collect();
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if !packages.is_empty() && (!is_root() || !on_path("apt-get")) {
        return failed(explain(&missing, &packages));
    }
    install(&packages)
}

/// Sees to it that the library can be built for every target there is a check for.
pub fn cross() -> Outcome {
    firmware()?;
    let missing: Vec<&Tool> = CROSS.iter().filter(|tool| !on_path(tool.program)).collect();
    let mut packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    let compiles = |command: &str| {
        let source = "printf '#include <string.h>\\n#include <stdint.h>\\n'";
        let script = format!("{source} | {command} -fsyntax-only -xc -");
        succeeds(Command::new("sh").args(["-c", &script]))
    };
    for (command, package) in CROSS_LIBRARIES {
        if !compiles(command) {
            packages.push(package);
        }
    }
    if !packages.is_empty() {
        if !is_root() || !on_path("apt-get") {
            return failed(explain(&missing, &packages));
        }
        install(&packages)?;
    }
    let targets: Vec<&str> = layout::TARGETS.iter().map(|target| target.rust).collect();
    rust_targets(&targets)
}

/// Sees to it that the program is there that plays `machine`.
pub fn machine(machine: &Machine) -> Outcome {
    if on_path(machine.program) {
        return Ok(());
    }
    if !is_root() || !on_path("apt-get") {
        let qemu = tool(machine.program, machine.package, "plays the board");
        return failed(explain(&[&qemu], &[machine.package]));
    }
    install(&[machine.package])
}

/// Adds what the Rust compiler lacks of its targets.
fn rust_targets(wanted: &[&str]) -> Outcome {
    let libraries = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let libraries = Path::new(libraries.trim()).join("lib/rustlib");
    let missing: Vec<&str> =
        wanted.iter().copied().filter(|target| !libraries.join(target).is_dir()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !on_path("rustup") {
        return failed(format!("the Rust compiler lacks {}", missing.join(", ")));
    }
    say(format!("adding {}", missing.join(", ")));
    run(Command::new("rustup").args(["target", "add"]).args(missing))
}

/// Sees to it that all that `purpose` needs is there.
pub fn ensure(purpose: Purpose) -> Outcome {
    let mut tools: Vec<&Tool> = BUILD.iter().collect();
    if purpose >= Purpose::Run {
        tools.extend(RUN);
    }
    if purpose >= Purpose::Test {
        tools.extend(TEST);
    }
    let system_cmake = system_cmake_serves();
    let is_there = |tool: &Tool| match tool.program {
        "cmake" => system_cmake,
        program => on_path(program),
    };
    let mut missing: Vec<&Tool> = tools.into_iter().filter(|tool| !is_there(tool)).collect();
    let mut packages: Vec<&str> = missing.iter().map(|t| t.package).collect();
    if on_path("python3") && !can_make_venv() {
        packages.push("python3-venv");
    }
    if is_root() && on_path("apt-get") {
        install(&packages)?;
    } else {
        // CMake can come from the Python package index; see `environment`.
        missing.retain(|t| t.program != "cmake");
        packages.retain(|p| *p != "cmake");
        if !packages.is_empty() {
            return failed(explain(&missing, &packages));
        }
    }
    environment(system_cmake_serves())
}

/// The CMake to use.
pub fn cmake() -> PathBuf {
    let own = tree::venv().join("bin/cmake");
    if own.is_file() { own } else { "cmake".into() }
}

/// Whether the system has a CMake that is not older than the CMake package wants.
fn system_cmake_serves() -> bool {
    on_path("cmake")
        && output(Command::new("cmake").arg("--version"))
            .is_ok_and(|text| version(&text).is_some_and(|version| version >= CMAKE_VERSION))
}

/// The first version number in `text`, such as `cmake version 3.25.1`.
fn version(text: &str) -> Option<(u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let mut numbers = word.split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })
}

fn can_make_venv() -> bool {
    tree::python().is_file()
        || succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"]))
}

fn explain(missing: &[&Tool], packages: &[&str]) -> String {
    let mut text = String::from("the machine lacks:\n");
    for tool in missing {
        text += &format!("  {:<10} {}\n", tool.program, tool.need);
    }
    text + "On Debian and its kin, install it with:\n  sudo apt-get install " + &packages.join(" ")
}

/// Installs Debian packages; the lists are fetched only when the first try shows that they are wanting.
fn install(packages: &[&str]) -> Outcome {
    if packages.is_empty() {
        return Ok(());
    }
    say(format!("installing {}", packages.join(", ")));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y"]).args(args);
        command
    };
    let arguments = [&["install", "--no-install-recommends"], packages].concat();
    if succeeds(apt(&["--simulate"]).args(&arguments)) && run(&mut apt(&arguments)).is_ok() {
        return Ok(());
    }
    run(&mut apt(&["update"]))?;
    run(&mut apt(&arguments))
}

/// Makes `target/venv` and keeps it in step with `scripts/requirements.txt`; CMake goes there too if
/// the system's does not serve.
fn environment(system_cmake: bool) -> Outcome {
    let requirements = tree::root().join("scripts/requirements.txt");
    let mut wanted = match fs::read_to_string(&requirements) {
        Ok(text) => text,
        Err(why) => return failed(format!("{}: {why}", requirements.display())),
    };
    if !system_cmake {
        wanted += "cmake\n";
    }
    let venv = tree::venv();
    let stamp = venv.join("requirements.installed");
    if tree::python().exists() && fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    say(format!("making the Python environment {}", tree::shown(&venv)));
    run(Command::new("python3").arg("-m").arg("venv").arg(&venv))?;
    let mut pip = Command::new(tree::python());
    pip.args(["-m", "pip", "install", "--disable-pip-version-check"]).arg("-r").arg(&requirements);
    if !system_cmake {
        pip.arg("cmake");
    }
    run(&mut pip)?;
    fs::write(&stamp, wanted).or_else(|why| proc::failed(format!("{}: {why}", stamp.display())))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions() {
        assert_eq!(version("cmake version 3.25.1\n\nCMake suite maintained by ..."), Some((3, 25)));
        assert!(version("cmake version 3.9.0") < version("cmake version 3.20.0"));
        assert_eq!(version("no number"), None);
    }
}
