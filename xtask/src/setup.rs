// SPDX-License-Identifier: Apache-2.0
//! `setup`: what the machine must have before anything can be built or tried.
//!
//! As root on Debian and its kin the missing packages are installed. Without root, CMake comes from
//! the Python package index into `target/venv`, and the rest is named. All is quick when nothing is
//! missing, so that every other command begins with it.

use crate::proc::{self, Outcome, failed, is_root, on_path, run, say, succeeds};
use crate::tree;
use std::fs;
use std::path::PathBuf;
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

const RUN: &[Tool] = &[
    tool("ip", "iproute2", "configures network interfaces"),
    tool("unshare", "util-linux", "makes network namespaces"),
];

const TEST: &[Tool] = &[tool("valgrind", "valgrind", "counts instructions")];

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
    ensure(Purpose::Test)?;
    say("everything is there");
    Ok(())
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
    let mut missing: Vec<&Tool> = tools.into_iter().filter(|t| !on_path(t.program)).collect();
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
    environment()
}

/// The CMake to use.
pub fn cmake() -> PathBuf {
    let own = tree::venv().join("bin/cmake");
    if !on_path("cmake") && own.is_file() { own } else { "cmake".into() }
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

/// Makes `target/venv` and keeps it in step with `scripts/requirements.txt`.
fn environment() -> Outcome {
    let requirements = tree::root().join("scripts/requirements.txt");
    let mut wanted = match fs::read_to_string(&requirements) {
        Ok(text) => text,
        Err(why) => return failed(format!("{}: {why}", requirements.display())),
    };
    if !on_path("cmake") {
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
    if !on_path("cmake") {
        pip.arg("cmake");
    }
    run(&mut pip)?;
    fs::write(&stamp, wanted).or_else(|why| proc::failed(format!("{}: {why}", stamp.display())))
}
