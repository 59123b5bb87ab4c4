// SPDX-License-Identifier: Apache-2.0
//! The firmware that is built by make alone: `samples/own_build/firmware`.

use crate::join::Sample;
use crate::panics;
use crate::proc::{Outcome, cargo, failed, output};
use crate::qemu::Machine;
use crate::run;
use crate::setup::{self, Purpose};
use crate::tree;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const SOURCE: &str = "samples/own_build/firmware";
const MACHINE: &str = "mps2-an385";

/// What the row `udp_only` of `cargo xtask size` is made of, and what the firmware adds.
const TINY: &str = "../../../kconfig/configs/tiny.conf znet.conf whole_frames.conf";

/// What its build makes.
pub struct Firmware {
    pub program: PathBuf,
    library: PathBuf,
}

/// Builds it with its own configuration.
pub fn build() -> Outcome<Firmware> {
    build_with("own_build-firmware", "znet.conf")
}

/// Builds it in the folder `name`, with the fragments `conf`.
fn build_with(name: &str, conf: &str) -> Outcome<Firmware> {
    setup::ensure(Purpose::Build)?;
    setup::firmware()?;
    let build = tree::target().join("apps").join(name);
    let made = Command::new("make")
        .arg("--directory")
        .arg(tree::root().join(SOURCE))
        .arg(format!("BUILD={}", build.display()))
        .arg(format!("CONF={conf}"))
        .arg(format!("PYTHON={}", tree::python().display()))
        .arg(format!("CARGO={}", cargo([""; 0]).get_program().display()))
        .stdin(Stdio::null())
        .output();
    let made = made.or_else(|why| failed(format!("make: {why}")))?;
    if !made.status.success() {
        eprint!("{}", String::from_utf8_lossy(&made.stderr));
        return failed(format!("make: {}", made.status));
    }
    Ok(Firmware {
        program: build.join("firmware.elf"),
        library: build.join("znet/thumbv7m-none-eabi/tiny/libznet.a"),
    })
}

/// Builds it, looks through it, and tries it from the host's kernel as the echo server is tried.
pub fn check() -> Outcome {
    try_out(&build()?, Sample::EchoServer)
}

/// The same in the smallest configuration there is: what is small must still answer.
pub fn check_tiny() -> Outcome {
    try_out(&build_with("own_build-tiny", TINY)?, Sample::QuietEchoServer)
}

fn try_out(firmware: &Firmware, sample: Sample) -> Outcome {
    shows_no_rust(&firmware.library)?;
    panics::check(&firmware.program)?;
    let Some(machine) = Machine::named(MACHINE) else { return failed("the machine has gone") };
    run::firmware(&firmware.program, machine, sample)
}

/// The library must show other libraries C names only: what Rust makes for itself, such as the panic
/// handler, may be in a second one as well.
fn shows_no_rust(library: &PathBuf) -> Outcome {
    let names = output(
        Command::new("arm-none-eabi-nm")
            .args(["--quiet", "--defined-only", "--extern-only", "--format=just-symbols"])
            .arg(library),
    )?;
    let shown: Vec<&str> = names.lines().filter(|name| is_rust(name)).collect();
    if shown.is_empty() {
        return Ok(());
    }
    failed(format!("{} shows what is Rust's own: {}", library.display(), shown.join(", ")))
}

fn is_rust(name: &str) -> bool {
    name.starts_with("_R") || name.starts_with("_ZN") || name.starts_with("rust_")
}

#[cfg(test)]
mod tests {
    use super::is_rust;

    #[test]
    fn names_of_rust() {
        assert!(is_rust("_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind"));
        assert!(is_rust("_ZN4core9panicking9panic_fmt17h0123456789abcdefE"));
        assert!(is_rust("rust_eh_personality"));
        assert!(!is_rust("net_recv_data") && !is_rust("__aeabi_uldivmod"));
    }
}
