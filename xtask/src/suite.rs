// SPDX-License-Identifier: Apache-2.0
//! `test`: every test there is.

use crate::app::App;
use crate::board;
use crate::firmware;
use crate::interop;
use crate::join::Trial;
use crate::package;
use crate::panics;
use crate::proc::{Outcome, cargo, failed, run};
use crate::run as run_app;
use crate::setup;
use crate::soak;
use crate::steps::Steps;
use crate::threads;
use crate::tree;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The sample that everything is tried with.
pub const ECHO_SERVER: &str = "samples/net/sockets/echo_server";
const HTTP_SERVER: &str = "samples/net/sockets/dumb_http_server";

/// The program that is no application in Zephyr's form.
const OWN_BUILD: &str = "samples/own_build";

/// `cargo xtask test`.
pub fn command() -> Outcome {
    setup::before_steps()?;
    steps().run()
}

/// The list `test`.
pub fn steps() -> Steps {
    let mut steps = Steps::new("test");
    add(&mut steps);
    steps
}

/// All tests as steps.
pub fn add(steps: &mut Steps) {
    steps.step("Rust tests", || run(&mut cargo(["test", "--workspace", "--no-fail-fast"])));
    steps.step("Rust tests in virtual time", || {
        let mut command = cargo(["test", "--package", "znet", "--lib"]);
        command.arg("--target-dir").arg(tree::target().join("sim"));
        run(command.env("ZNET_DOTCONFIG", tree::root().join("kconfig/configs/sim.config")))
    });
    for name in ["full", "ipv4_only"] {
        steps.step(format!("simulated networks, {name}"), move || {
            simulated(name, &tree::root().join(format!("kconfig/configs/{name}.config")))
        });
    }
    steps.step("simulated networks, a thousand sockets", || {
        simulated("crowd", &configured("crowd")?)
    });
    steps.step("simulated networks, made for size", || simulated("small", &configured("small")?));
    steps.step("extension headers over several buffers", || {
        let mut command = cargo(["test", "--quiet", "--package", "znet", "--target-dir"]);
        command.arg(tree::target().join("simulated/ipv6_only"));
        command.args(["--test", "hostile_ipv6", "--test", "rfc8200"]);
        run(command.env("ZNET_DOTCONFIG", tree::root().join("kconfig/configs/ipv6_only.config")))
    });
    steps.step("simulated networks, a router", router);
    for name in ["full", "router"] {
        steps.step(format!("what fuzzing kept, {name}"), move || {
            let mut command = cargo(["test", "--quiet", "--package", "fuzz", "--target-dir"]);
            command.arg(tree::target().join("simulated").join(name));
            let config = tree::root().join(format!("kconfig/configs/{name}.config"));
            run(command.env("ZNET_DOTCONFIG", config))
        });
    }
    steps.step("TCP: scripts, ends, stalls, hostile input, a million random steps", tcp);
    steps.step("TCP, made for size", tcp_small);
    steps.step("20,000 connections, 200,000 datagrams, all weathers", || {
        soak::command(&["--brief".into()])
    });
    steps.step("locks, wait queues, pools and queues in every order", threads::models);
    steps.step("eight threads under ThreadSanitizer", || threads::check(Duration::ZERO));
    steps.step("Python tests", python_tests);
    steps.step("CMake package: configuration", package::check);
    for app in c_tests() {
        steps.step(format!("C tests: {}", tree::shown(&app)), move || c_test(&app, false));
    }
    for (app, board) in board::tests(&ffi_tests()) {
        let app = app.to_path_buf();
        steps.step(board::shown(&app, board), move || board::c_test(&app, board));
    }
    for board in board::BOARDS {
        steps.step(format!("no entropy, no network on {board}"), move || {
            board::refuses_without_entropy(board)
        });
    }
    steps.step("a program with its own build, by CMake", own_build_by_cmake);
    steps.step("a program with its own build, by make", own_build_by_make);
    steps.alone("a firmware with its own build, beside a second Rust library", firmware::check);
    steps.alone("the same in the smallest configuration", firmware::check_tiny);
    steps.alone("echo_server against the host's kernel", || {
        let mut app = App::new(&tree::root().join(ECHO_SERVER), "native_sim")?;
        app.quiet = true;
        run_app::run(&app, Trial::Check)
    });
    steps.alone("dumb_http_server against the host's kernel", || {
        let mut app = App::new(&tree::root().join(HTTP_SERVER), "native_sim")?;
        app.quiet = true;
        run_app::run(&app, Trial::Check)
    });
    steps.alone("TCP to the host's kernel and back, 20 MB", || interop::tcp(20_000_000));
    steps.alone("hosts of the kernel reach each other through the router", interop::router);
    steps.alone("a host beside the kernel, radvd and ndisc6", interop::ip);
    steps.alone("scans, floods and malformed packets, quickly", || interop::attacks(true));
    steps.alone("echo_server on mps2/an385 against the host's kernel", || {
        let mut app = App::new(&tree::root().join(ECHO_SERVER), "mps2/an385")?;
        app.quiet = true;
        run_app::run(&app, Trial::Check)
    });
    steps.step("nothing on a packet's way panics: echo_server on mps2/an385", || {
        let mut app = App::new(&tree::root().join(ECHO_SERVER), "mps2/an385")?;
        app.quiet = true;
        panics::check(&app.build()?)
    });
    steps.step("nothing on a packet's way panics: all of IPv6 on mps2/an385", || {
        let mut app = App::new(&tree::root().join(ECHO_SERVER), "mps2/an385")?;
        app.build = tree::target().join("apps/echo_server-panics");
        let conf = tree::root().join("tests/panics.conf");
        app.cmake_args = vec![format!("-DEXTRA_CONF_FILE={}", conf.display()).into()];
        app.quiet = true;
        panics::check(&app.build()?)
    });
    steps.alone("the Ethernet driver of mps2/an385", || {
        let source = tree::root().join("ffi-tests/boards/eth_smsc911x");
        let mut app = App::new(&source, "mps2/an385")?;
        app.quiet = true;
        run_app::run(&app, Trial::Check)
    });
    steps.alone("echo_server over each kind of link", || {
        let mut app = App::new(&tree::root().join(ECHO_SERVER), "native_sim")?;
        app.quiet = true;
        let exe = app.build()?;
        run(cargo(["test", "--package", "znet", "--test", "interop"]).env("ZNET_ECHO_SERVER", exe))
    });
}

/// Runs the tests over simulated networks in the configuration of that name.
fn simulated(name: &str, config: &Path) -> Outcome {
    let mut command = cargo(["test", "--quiet", "--package", "znet", "--target-dir"]);
    command.arg(tree::target().join("simulated").join(name)).env("ZNET_DOTCONFIG", config);
    let folder = tree::root().join("tests");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let test = file.to_str().and_then(|file| file.strip_suffix(".rs")).unwrap_or_default();
        let topics = [
            "arp",
            "faults",
            "fragments",
            "hostile",
            "icmp",
            "igmp",
            "ipv6",
            "nd",
            "noise",
            "plain",
            "privacy",
            "rfc",
            "sim",
            "udp",
            "v6lc",
        ];
        if topics.iter().any(|topic| test.starts_with(topic)) {
            command.args(["--test", test]);
        }
    }
    if name == "full" {
        // There memory bounds the window; elsewhere buffers do.
        command.args(["--test", "tcp", "--test", "tcp_close", "--test", "tcp_stall"]);
    }
    run(&mut command)
}

/// Runs the tests of forwarding, and the routing table's at its full size.
fn router() -> Outcome {
    let config = tree::root().join("kconfig/configs/router.config");
    let mut command = cargo(["test", "--quiet", "--package", "znet", "--lib"]);
    command.arg("--target-dir").arg(tree::target().join("simulated/router"));
    let tests = [
        "advertise",
        "forward_v4",
        "forward_v6",
        "nat",
        "noise_router",
        "pmtu",
        "pmtu_v6",
        "rfc4861_router",
        "v6lc_router",
    ];
    for test in tests {
        command.args(["--test", test]);
    }
    run(command.env("ZNET_DOTCONFIG", config))
}

/// Runs the tests of TCP that hold in its smallest form too.
fn tcp_small() -> Outcome {
    let config = configured("tcp_small")?;
    let mut command = cargo(["test", "--quiet", "--package", "znet", "--no-fail-fast"]);
    command.arg("--target-dir").arg(tree::target().join("simulated/tcp_small"));
    for test in ["hostile_tcp", "tcp", "tcp_close", "tcp_stall"] {
        command.args(["--test", test]);
    }
    run(command.env("ZNET_DOTCONFIG", config))
}

/// Runs the tests of TCP with whole windows of buffers, optimised but with every check.
fn tcp() -> Outcome {
    let config = configured("tcp")?;
    let mut command = cargo(["test", "--quiet", "--package", "znet", "--profile", "fuzz"]);
    command.arg("--target-dir").arg(tree::target().join("simulated/tcp"));
    for test in ["hostile_tcp", "tcp", "tcp_close", "tcp_model", "tcp_scripts", "tcp_stall"] {
        command.args(["--test", test]);
    }
    command.args(["--", "--nocapture"]);
    run(command.env("ZNET_DOTCONFIG", config).env("ZNET_STEPS", "1000000"))
}

/// Evaluates a configuration for tests, `tests/<name>.conf`.
fn configured(name: &str) -> Outcome<PathBuf> {
    let (root, out) = (tree::root(), tree::target().join("simulated").join(name));
    run(Command::new(tree::python())
        .arg(root.join("scripts/kconfig.py"))
        .args(["--board", "native_sim", "--app"])
        .arg(root.join("cmake/blank"))
        .arg("--conf")
        .arg(root.join(format!("tests/{name}.conf")))
        .arg("--out")
        .arg(&out))?;
    Ok(out.join(".config"))
}

fn python_tests() -> Outcome {
    run(Command::new(tree::python())
        .args(["-m", "unittest", "discover", "--start-directory", "scripts/tests"])
        .current_dir(tree::root()))
}

/// The applications below `ffi-tests/` that run on the host.
pub fn c_tests() -> Vec<PathBuf> {
    ffi_tests().into_iter().filter(|app| board::suits(app, "native_sim")).collect()
}

/// The applications below `ffi-tests/`.
fn ffi_tests() -> Vec<PathBuf> {
    let mut apps: Vec<PathBuf> = fs::read_dir(tree::root().join("ffi-tests"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("CMakeLists.txt").is_file())
        .collect();
    apps.sort();
    apps
}

/// Builds one test application and runs it: it prints its own summary and ends with its status.
pub fn c_test(source: &Path, address_sanitizer: bool) -> Outcome {
    let mut app = App::new(source, "native_sim")?;
    app.quiet = true;
    if address_sanitizer {
        app.build.as_mut_os_string().push("-asan");
        app.cmake_args.push("-DCONFIG_ASAN=y".into());
    }
    let exe = app.build()?;
    run(Command::new("timeout").arg("300").arg(exe).stdin(Stdio::null()))
}

/// The program that finds the library by `find_package(znet)`.
fn own_build_by_cmake() -> Outcome {
    let mut program = App::new(&tree::root().join(OWN_BUILD), "native_sim")?;
    program.quiet = true;
    program.compile()?;
    run(Command::new("timeout").arg("60").arg(program.build.join("own_build")))
}

/// The same that finds it by pkg-config.
fn own_build_by_make() -> Outcome {
    let build = tree::target().join("apps/own_build-by-make");
    let cache = format!("-DZNET_CACHE_DIR={}", tree::library_cache().display());
    let python = format!("-DZNET_PYTHON={}", tree::python().display());
    let made = Command::new("make")
        .arg("--always-make")
        .arg("--directory")
        .arg(tree::root().join(OWN_BUILD))
        .arg(format!("BUILD={}", build.display()))
        .arg(format!("CMAKE={}", setup::cmake().display()))
        .arg(format!("ZNET_CMAKE_ARGS={cache} {python}"))
        .stdin(Stdio::null())
        .output();
    let made = made.or_else(|why| failed(format!("make: {why}")))?;
    if !made.status.success() {
        eprint!(
            "{}{}",
            String::from_utf8_lossy(&made.stdout),
            String::from_utf8_lossy(&made.stderr)
        );
        return failed(format!("make: {}", made.status));
    }
    run(Command::new("timeout").arg("60").arg(build.join("own_build")))
}
