// SPDX-License-Identifier: Apache-2.0
//! `bench`: builds the programs that a benchmark measures, then runs the benchmark.

use crate::app::App;
use crate::proc::{Outcome, cargo, failed, member, output, run};
use crate::setup::{self, Purpose};
use crate::{size, tree};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `bench instructions|peers|wall|report|goodput [argument]...`
pub fn command(args: &[OsString]) -> Outcome {
    if let [name, rest @ ..] = args
        && name == "goodput"
    {
        return goodput(rest);
    }
    let mut args = args.to_vec();
    let name = args.first().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if matches!(name.as_str(), "instructions" | "peers" | "wall" | "report") {
        for (name, conf) in [("--program=", None), ("--program6=", Some("ipv6.conf"))] {
            if !args.iter().any(|arg| arg.to_string_lossy().starts_with(name)) {
                args.push(option(name, &measured(conf)?));
            }
        }
    }
    if matches!(name.as_str(), "peers" | "wall" | "report") {
        args.push(option("--peers=", &peers()?));
    }
    if name == "report" {
        setup::firmware()?;
        let goodput = output(&mut goodput_program(&["--json".into()])?)?;
        args.push(option("--goodput=", &kept("goodput.json", &goodput)?));
        args.push(option("--sizes=", &kept("sizes.json", &size::peers::json()?)?));
        args.push(option("--root=", &tree::root()));
    }
    member("benches", &args)
}

/// The program whose instructions are counted, with what a further fragment of configuration asks for.
fn measured(conf: Option<&str>) -> Outcome<PathBuf> {
    setup::ensure(Purpose::Test)?;
    let source = tree::root().join("benches/instructions");
    let mut app = App::new(&source, "native_sim")?;
    app.quiet = true;
    if let Some(conf) = conf {
        app.build.as_mut_os_string().push(format!("-{}", conf.trim_end_matches(".conf")));
        let mut fragment = OsString::from("-DEXTRA_CONF_FILE=");
        fragment.push(source.join(conf));
        app.cmake_args.push(fragment);
    }
    app.build()
}

/// A file of the target folder that holds `text`.
fn kept(name: &str, text: &str) -> Outcome<PathBuf> {
    let path = tree::target().join(name);
    std::fs::write(&path, text).or_else(|why| failed(format!("{}: {why}", path.display())))?;
    Ok(path)
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Builds smoltcp's and lwIP's programs, for each family and for few and many sockets; the folder of
/// these builds.
fn peers() -> Outcome<PathBuf> {
    let folder = tree::root().join("benches/peers");
    let target = tree::target().join("peers");
    let sources = lwip_sources(&folder.join("sources/Cargo.toml"))?;
    for (variant, features) in [
        ("ipv4", "ipv4"),
        ("ipv4-many", "ipv4,many"),
        ("ipv4-control", "ipv4,control"),
        ("ipv6", "ipv6"),
        ("ipv6-many", "ipv6,many"),
    ] {
        let mut build =
            cargo(["build", "--quiet", "--release", "--locked", "--features", features]);
        build.arg("--manifest-path").arg(folder.join("Cargo.toml"));
        build.arg("--target-dir").arg(target.join(variant)).env("LWIP_SOURCES", &sources);
        run(&mut build)?;
    }
    Ok(target)
}

/// Has cargo fetch the crate that holds lwIP; its folder.
pub fn lwip_sources(manifest: &Path) -> Outcome<PathBuf> {
    let mut metadata = cargo(["metadata", "--format-version", "1", "--locked", "--manifest-path"]);
    let text = output(metadata.arg(manifest))?;
    let found = text.split("\"manifest_path\":\"").skip(1).find_map(|rest| {
        let folder = rest.split('"').next()?.strip_suffix("/Cargo.toml")?;
        folder.rsplit('/').next()?.starts_with("lwip-0").then(|| PathBuf::from(folder))
    });
    found.map_or_else(|| failed("cargo metadata does not say where the sources of lwIP are"), Ok)
}

/// Goodput over a simulated path: a program with the library in it, in a configuration of its own, so
/// in a folder of its own.
pub fn goodput(args: &[OsString]) -> Outcome {
    run(&mut goodput_program(args)?)
}

/// The command that builds and runs it.
fn goodput_program(args: &[OsString]) -> Outcome<Command> {
    setup::ensure(Purpose::Build)?;
    let folder = tree::root().join("benches/goodput");
    let target = tree::target().join("goodput");
    let config = target.join("config");
    let kconfig = tree::root().join("scripts/kconfig.py");
    let mut evaluate = Command::new(tree::python());
    evaluate.arg(kconfig).arg("--app").arg(&folder).args(["--board", "native_sim", "--out"]);
    run(evaluate.arg(&config))?;
    let mut program = cargo(["run", "--quiet", "--package", "goodput", "--profile", "simulate"]);
    program.arg("--target-dir").arg(&target).arg("--").args(args);
    program.env("ZNET_DOTCONFIG", config.join(".config"));
    Ok(program)
}
