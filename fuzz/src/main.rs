// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask fuzz`: builds the instrumented engine, runs a target, reproduces what it found.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use fuzz::{dictionary, seeds, targets};

const USAGE: &str = "\
cargo xtask fuzz TARGET [--seconds N]           make input up for N seconds, 60 as a rule
cargo xtask fuzz TARGET --brief                 the same few thousand inputs each time, as CI does
cargo xtask fuzz TARGET --replay FILE...        run the target once on each file
cargo xtask fuzz --storm N [TARGET]...          the fast mode, N seconds for all targets together
cargo xtask fuzz --seeds                        write the seeds in corpus/ anew
cargo xtask fuzz --list                         name the targets

Input that made a target fail is kept in fuzz/crashes/TARGET. With ZNET_PCAP=FOLDER a replay leaves
a capture of what was on the wire there.";

/// How the engine is compiled: coverage counters for libFuzzer, and AddressSanitizer for the
/// unsafe parts. The sanitizer is an unstable option, which the stable compiler takes with
/// RUSTC_BOOTSTRAP.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Zsanitizer=address --cfg fuzzing";
/// The host: flags are meant for it alone, not for build scripts.
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
/// Longest input made up, in bytes: a few frames.
const MAX_LEN: &str = "2048";

type Outcome = Result<(), String>;

fn main() -> ExitCode {
    match command(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("fuzz: {why}");
            ExitCode::FAILURE
        }
    }
}

fn command(args: Vec<String>) -> Outcome {
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--seeds"] => write_seeds(),
        ["--list"] => {
            let all = targets::ALL.iter().map(|(name, _)| name);
            let other = targets::CONFIGURED.iter().map(|(name, _)| name);
            all.chain(other.filter(|name| targets::find(name).is_none()))
                .for_each(|name| println!("{name}"));
            Ok(())
        }
        [target] => fuzz(target, &Length::Seconds(60)),
        ["--storm", seconds, ref wanted @ ..] => storm(seconds, wanted),
        [target, "--seconds", seconds] => {
            let seconds = seconds.parse().map_err(|_| format!("{seconds} is no number"))?;
            fuzz(target, &Length::Seconds(seconds))
        }
        [target, "--brief"] => fuzz(target, &Length::Brief),
        [target, "--replay", ref files @ ..] if !files.is_empty() => replay(target, files),
        _ => Err(format!("what is meant?\n{USAGE}")),
    }
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn find(target: &str) -> Result<targets::Target, String> {
    targets::find(target).ok_or_else(|| match targets::configuration(target) {
        Some(name) => format!("{target} needs ZNET_DOTCONFIG=$PWD/kconfig/configs/{name}.config"),
        None => format!("no target {target}; --list names them"),
    })
}

/// How long the engine makes input up.
enum Length {
    /// As long as that, each time from another beginning.
    Seconds(u64),
    /// A fixed number of inputs from a fixed beginning: whoever runs it sees the same.
    Brief,
}

fn fuzz(target: &str, length: &Length) -> Outcome {
    let configuration = targets::configuration(target);
    if configuration.is_none() {
        find(target)?;
    }
    let engine = build(configuration)?;
    let folder = |kind: &str| home().join(kind).join(target);
    // What the engine finds interesting goes to a folder that is not committed.
    let (kept, arguments) = match length {
        Length::Seconds(seconds) => ("corpus", vec![format!("-max_total_time={seconds}")]),
        Length::Brief => {
            ("brief", vec![format!("-runs={}", targets::brief(target)), "-seed=1".into()])
        }
    };
    let found = home().join("../target/fuzz").join(kept).join(target);
    if matches!(length, Length::Brief) {
        remove(&found)?;
    }
    for path in [&found, &folder("crashes")] {
        fs::create_dir_all(path).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let words = dictionary::file(target);
    let words = words.is_file().then(|| format!("-dict={}", words.display()));
    let status = Command::new(engine)
        .env("ZNET_FUZZ_TARGET", target)
        // Hosts live until the process ends: that is no leak.
        .env("ASAN_OPTIONS", "detect_leaks=0:abort_on_error=1")
        .args(arguments)
        .args(words)
        .arg(format!("-artifact_prefix={}/", folder("crashes").display()))
        .args([
            &format!("-max_len={MAX_LEN}"),
            "-timeout=10",
            "-verbosity=0",
            "-print_final_stats=1",
        ])
        .args([found, folder("corpus"), folder("crashes")].iter().filter(|f| f.is_dir()))
        .status()
        .map_err(|e| e.to_string())?;
    remove_if_empty(&folder("crashes"));
    if status.success() {
        return Ok(());
    }
    Err(format!("{target} failed; fuzz/README.md tells how to go on from what is in fuzz/crashes/"))
}

/// Optimised, with every check of a debug build, and without the engine's counters.
///
/// Most of the library is in the configuration `full`; what a router does has a tenth of the time after it. With
/// `ZNET_DOTCONFIG` that one alone.
fn storm(seconds: &str, wanted: &[&str]) -> Outcome {
    if env::var_os("ZNET_DOTCONFIG").is_some() {
        return storm_in(None, seconds, wanted);
    }
    let total: u64 = seconds.parse().map_err(|_| format!("'{seconds}' is no number of seconds"))?;
    let named: Vec<&str> = match wanted {
        [] => targets::CONFIGURED.iter().map(|(name, _)| *name).collect(),
        _ => wanted.to_vec(),
    };
    let of_a_router = |name: &&str| targets::configuration(name) == Some("router");
    let (routers, others): (Vec<&str>, Vec<&str>) = named.into_iter().partition(of_a_router);
    let last = match (routers.is_empty(), others.is_empty()) {
        (true, _) => 0,
        (false, true) => total,
        (false, false) => total / 10,
    };
    if last < total {
        // All that this configuration has, where none is named.
        let named = if wanted.is_empty() { &[] } else { &others[..] };
        storm_in(Some("full"), &(total - last).to_string(), named)?;
    }
    if last > 0 { storm_in(Some("router"), &last.to_string(), &routers) } else { Ok(()) }
}

fn storm_in(configuration: Option<&str>, seconds: &str, wanted: &[&str]) -> Outcome {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--profile", "fuzz", "--bin", "storm", "--manifest-path"]);
    command.arg(home().join("Cargo.toml")).arg("--").arg(seconds).args(wanted);
    let mut target_dir = home().join("../target/fuzz-storm");
    if let Some(name) = configuration {
        target_dir.as_mut_os_string().push(format!("-{name}"));
        command.env("ZNET_DOTCONFIG", home().join(format!("../kconfig/configs/{name}.config")));
    }
    let status = command.env("CARGO_TARGET_DIR", target_dir).status().map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err("an input failed; it is in fuzz/crashes/".into()) }
}

/// Removes a folder and what is in it, if it is there.
fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {why}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Compiles the engine beside everything else, so that the flags do not rebuild the world.
fn build(configuration: Option<&str>) -> Result<PathBuf, String> {
    let mut target_dir = home().join("../target/fuzz");
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if let Some(name) = configuration {
        target_dir.as_mut_os_string().push(format!("-{name}"));
        command.env("ZNET_DOTCONFIG", home().join(format!("../kconfig/configs/{name}.config")));
    }
    let status = command
        .args(["build", "--quiet", "--profile", "fuzz", "--features", "engine", "--bin", "engine"])
        .args(["--target", TRIPLE, "--manifest-path"])
        .arg(home().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target_dir)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS)
        .status()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    if !status.success() {
        return Err("the engine does not compile".into());
    }
    Ok(target_dir.join(TRIPLE).join("fuzz/engine"))
}

fn replay(target: &str, files: &[&str]) -> Outcome {
    let run = find(target)?;
    for file in files {
        let data = fs::read(file).map_err(|e| format!("{file}: {e}"))?;
        // In a thread of its own, so that the hosts are new and a capture is named after the file.
        let name = Path::new(file).file_name().map(|n| n.to_string_lossy().into_owned());
        let thread = std::thread::Builder::new().name(name.unwrap_or_default());
        let done = thread.spawn(move || run(&data)).map_err(|e| e.to_string())?.join();
        done.map_err(|_| format!("{file} makes {target} fail"))?;
        println!("{file}: good");
    }
    Ok(())
}

fn write_seeds() -> Outcome {
    for (target, name, bytes) in seeds::all() {
        let folder = home().join("corpus").join(target);
        fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        fs::write(folder.join(name), bytes).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn remove_if_empty(folder: &Path) {
    // Fails, rightly, when something is in it.
    let _ = fs::remove_dir(folder);
    if let Some(parent) = folder.parent() {
        let _ = fs::remove_dir(parent);
    }
}
