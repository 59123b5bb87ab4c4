// SPDX-License-Identifier: Apache-2.0
//! Developer commands: `cargo xtask <command>`.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `setup` | installs or names what the machine lacks |
//! | `app` | configures and builds an application directory through the CMake package |
//! | `run`, `join`, `check` | starts an application joined to the host's kernel, and tries it |
//! | `driver` | tries a board's Ethernet driver |
//! | `qemu`, `relay` | machines that QEMU plays, and their way to the host's kernel |
//! | `interop` | longer trials against the host's kernel |
//! | `board` | the C tests on boards that QEMU plays |
//! | `suite`, `ci` | every test there is; everything that a submission must pass |
//! | `steps` | in which order, and what beside what |
//! | `coverage` | which lines the tests run through |
//! | `licences` | which licences dependencies have |
//! | `layout` | whether C and Rust agree about structures |
//! | `package` | what the CMake package must refuse, and take |
//! | `bench` | builds what is to be measured, and has it measured |
//! | `firmware` | the sample firmware with its own build |
//! | `panics` | what a firmware holds that a packet must never meet |
//! | `soak` | long runs under faults |
//! | `threads` | threads beside each other under ThreadSanitizer, and in every order |
//! | `size` | flash, RAM and stack on a microcontroller |
//! | `reference` | the reference configurations: flags, builds |

mod app;
mod bench;
mod board;
mod check;
mod ci;
mod coverage;
mod driver;
mod firmware;
mod icmp;
mod interop;
mod join;
mod layout;
mod licences;
mod package;
mod panics;
mod proc;
mod qemu;
mod reference;
mod relay;
mod run;
mod setup;
mod size;
mod soak;
mod steps;
mod suite;
mod sweep;
mod threads;
mod tree;
mod unsafety;

use proc::{Failure, Outcome};
use std::ffi::OsString;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  setup                       install what is missing, or say what to install
  run <app> [options]         build an application and run it joined to the host's kernel
      --board <board>         default native_sim
      --build-dir <dir>       default target/apps/<app>-<board>
      --check                 try it from the host's kernel, then end it
      -- <argument>...        handed to CMake, such as -DCONFIG_X=y
  interop tcp [--bytes <n>]   send so many bytes (1 GiB) through echo_server and back, from the host's
                              kernel, and compare
  interop ip                  put a host beside the kernel, radvd and ndisc6 on a bridge that snoops
  interop attacks [--quick]   let nmap, hping3, scapy and iperf loose on a host
  interop router              put the router sample between two hosts played by the host's kernel
  test                        every test there is
  ci [--tested]               test, then formatting, lints, generated files, configurations, fuzzing;
                              with --tested only what comes after the tests
  step <test|ci> [<name>]     one step of these; without a name, which there are
  cflags <configuration>      flags with which an application in it compiles
  sweep [--from <n>] [--count <n>]
                              compile the library in configurations drawn at random
  kconfig [argument]...       evaluate configurations: scripts/kconfig.py
  menuconfig <app> [--board <board>]
  headers [--check]           write or compare the generated parts of the C headers
  fuzz <target> --seconds <n> feed a parser with hostile input
  fuzz --storm <seconds> [target]...
                              the same as fast as a core can, without the compiler's counters
  licences                    whether every dependency has a licence that deny.toml allows
  coverage [--missing] [configuration]...
                              lines the tests run through, by folder; the configuration c stands for C tests
  cross [target]...           build for other processors, and compare structures with C there
  size [--json] [--check|--write|--peers] [--top[=<n>]] [row]...
                              flash, RAM and stack on a Cortex-M3; compare with, or write docs/size.txt
  soak [--brief] [--connections=<n>] [--seed=<n>]
                              a million connections and ten million datagrams under faults, in virtual
                              time
  soak --tap [--seconds <n>]  as much as goes through echo_server and back over TAP, for an hour
  threads [--seconds <n> | --models]
                              what threads share, in every order (loom); then eight threads share and
                              close sockets under ThreadSanitizer, a minute
  firmware                    build the firmware with its own build, and try it
  panics <program>            look for formatting and panics on a packet's way in a firmware
  unsafe [--list|--check|--write]
                              where unsafe code is, and why; compare with, or write docs/unsafe.txt
  bench <name> [argument]...  benchmarks; 'bench instructions [--json]' counts instructions,
                              'bench goodput [--json]' tells how fast TCP is over a lossy path,
                              'bench peers [--json]' counts for smoltcp and lwIP as well
                              'bench wall' times, 'bench report' writes the README's figures
";

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(command) = args.next() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    let rest: Vec<OsString> = args.collect();
    match dispatch(&command.to_string_lossy(), &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(what)) => {
            eprint!("error: {what}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(why)) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, args: &[OsString]) -> Outcome {
    match command {
        "setup" => setup::command(),
        "run" => run::command(args),
        join::COMMAND => join::command(args),
        "interop" => interop::command(args),
        "test" => suite::command(),
        "ci" => ci::command(args),
        "step" => steps::command(args),
        "cflags" => reference::cflags_command(args),
        "sweep" => sweep::command(args),
        "kconfig" => app::kconfig_command(args),
        "menuconfig" => app::menuconfig_command(args),
        "headers" => proc::member("xtask/headers", args),
        "fuzz" => proc::member("fuzz", args),
        "licences" if args.is_empty() => licences::command(),
        "coverage" => coverage::command(args),
        "size" => size::command(args),
        "cross" => layout::command(args),
        "firmware" => firmware::check().and_then(|()| firmware::check_tiny()),
        "panics" => panics::command(args),
        "soak" => soak::command(args),
        "threads" => threads::command(args),
        "unsafe" => unsafety::command(args),
        "bench" => bench::command(args),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::Usage(format!("no command '{other}'"))),
    }
}
