// SPDX-License-Identifier: Apache-2.0
//! What the CMake package must refuse, and how the command line reaches the configuration. What it
//! builds is tried by `ffi-tests/cmake_package`.

use crate::app::App;
use crate::proc::{Outcome, failed};
use crate::setup;
use crate::tree;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Arguments that end the configuration, and what the message must say.
const REFUSED: &[(&[&str], &[&str])] = &[
    (&["-DBOARD=native_sim", "-DCONFIG_NO_SUCH_SYMBOL=y"], &["NO_SUCH_SYMBOL"]),
    (&["-DBOARD=native_sim", "-DCONFIG_NET_INITIAL_TTL=300"], &["NET_INITIAL_TTL", "300", "255"]),
    (&["-DBOARD=native_sim", "-DCONFIG_DNS_RESOLVER=y"], &["DNS_RESOLVER", "not available"]),
    (&["-DBOARD=native_sim", "-DEXTRA_CONF_FILE=there_is_none.conf"], &["there_is_none.conf"]),
    (&["-DBOARD=no_such_board"], &["no_such_board", "native_sim"]),
    (&[], &["BOARD", "native_sim"]),
];

/// Arguments that are taken, a symbol, and its value then.
const TAKEN: &[(&[&str], &str, Option<&str>)] = &[
    (&["-DCONFIG_NET_INITIAL_TTL=77"], "NET_INITIAL_TTL", Some("77")),
    (&["-DEXTRA_CONF_FILE=overlay.conf"], "NET_INITIAL_TTL", Some("33")),
    (&["-DOVERLAY_CONFIG=overlay.conf"], "NET_INITIAL_TTL", Some("33")),
    (
        &["-DEXTRA_CONF_FILE=overlay.conf", "-DCONFIG_NET_INITIAL_TTL=77"],
        "NET_INITIAL_TTL",
        Some("77"),
    ),
    (&["-DCONF_FILE=other.conf"], "NETWORKING", None),
    (&["-DFILE_SUFFIX=short"], "NET_INITIAL_TTL", Some("11")),
];

/// The files of the application that is configured again and again.
const FILES: &[(&str, &str)] = &[
    (
        "CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.20)\n\
         find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})\n\
         project(trial LANGUAGES C)\n",
    ),
    ("prj.conf", "CONFIG_NETWORKING=y\nCONFIG_NET_IPV4=y\n"),
    ("prj_short.conf", "CONFIG_NETWORKING=y\nCONFIG_NET_IPV4=y\nCONFIG_NET_INITIAL_TTL=11\n"),
    ("overlay.conf", "CONFIG_NET_INITIAL_TTL=33\n"),
    ("other.conf", "CONFIG_NETWORKING=n\n"),
];

/// Configures a small application in all these ways.
pub fn check() -> Outcome {
    let folder = tree::target().join("package");
    let source = folder.join("app");
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(&source)?;
        FILES.iter().try_for_each(|(name, text)| fs::write(source.join(name), text))
    };
    write().or_else(|why| failed(format!("{}: {why}", source.display())))?;
    let mut complaints = Vec::new();
    for (number, (args, wanted)) in REFUSED.iter().enumerate() {
        let app = trial(&source, folder.join(format!("refused-{number}")), args)?;
        complaints.extend(refusal(&app, args, wanted));
    }
    for (number, (args, symbol, wanted)) in TAKEN.iter().enumerate() {
        let mut app = trial(&source, folder.join(format!("taken-{number}")), args)?;
        app.cmake_args.push("-DBOARD=native_sim".into());
        app.configure()?;
        let got = app.config()?.remove(*symbol);
        if got.as_deref() != *wanted {
            complaints.push(format!("{}: {symbol} is {got:?}, not {wanted:?}", args.join(" ")));
        }
    }
    let cases = REFUSED.len() + TAKEN.len();
    println!("{} passed, {} failed", cases - complaints.len(), complaints.len());
    if complaints.is_empty() { Ok(()) } else { failed(complaints.join("\n")) }
}

/// The application in a build directory of its own, which is made anew: what CMake remembers of an
/// earlier run must not count.
fn trial(source: &std::path::Path, build: PathBuf, args: &[&str]) -> Outcome<App> {
    let _ = fs::remove_dir_all(&build);
    let mut app = App::new(source, "native_sim")?;
    app.build = build;
    app.cmake_args = args.iter().map(Into::into).collect();
    app.quiet = true;
    Ok(app)
}

/// What is wrong with the refusal of these arguments, if anything.
fn refusal(app: &App, args: &[&str], wanted: &[&str]) -> Option<String> {
    let shown = args.join(" ");
    let done = Command::new(setup::cmake())
        .arg("-S")
        .arg(&app.source)
        .arg("-B")
        .arg(&app.build)
        .arg(format!("-DZephyr_DIR={}", tree::root().join("cmake").display()))
        .arg(format!("-DZNET_PYTHON={}", tree::python().display()))
        .args(args)
        .env_remove("BOARD")
        .stdin(Stdio::null())
        .output();
    let done = match done {
        Ok(done) => done,
        Err(why) => return Some(format!("cmake: {why}")),
    };
    if done.status.success() {
        return Some(format!("{shown}: was taken"));
    }
    let text = String::from_utf8_lossy(&done.stderr);
    let missing: Vec<_> = wanted.iter().filter(|word| !text.contains(**word)).collect();
    (!missing.is_empty()).then(|| format!("{shown}: the message lacks {missing:?}:\n{text}"))
}
