// SPDX-License-Identifier: Apache-2.0
//! `coverage`: which lines of the library its tests run through, those in Rust and those in C.
//!
//! The Rust tests are built with the compiler's counters in each of a few reference configurations, since none
//! has everything, and so is the library for some of the C tests; a line counts as covered when it was run
//! in one of them. Test code does not count, nor do the programs against the host's kernel.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::app::App;
use crate::proc::{Failure, Outcome, cargo, failed, output, run, say, succeeds};
use crate::tree;

/// Between them these build nearly all of the library; `c` stands for the C tests.
const CONFIGURATIONS: [&str; 3] = ["full", "router", C];
const C: &str = "c";
/// The C tests that come by what Rust tests can't: calls with descriptors, and what is global.
const C_TESTS: [&str; 6] =
    ["descriptors", "inputs", "ipv6", "net_context", "raw_sockets", "sockets"];
/// Integration tests that look at the source or at other programs, not into the library.
const ELSEWHERE: [&str; 7] = [
    "headers",
    "layering",
    "interop",
    "interop_attacks",
    "interop_ip",
    "interop_router",
    "log_modes",
];

/// For each file its lines with code, and how often each was run.
type Lines = BTreeMap<String, BTreeMap<u32, u64>>;

/// `cargo xtask coverage [--missing] [configuration]...`.
pub fn command(args: &[OsString]) -> Outcome {
    let mut names: Vec<String> =
        args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let missing = names.iter().any(|name| name == "--missing");
    names.retain(|name| name != "--missing");
    if let Some(option) = names.iter().find(|name| name.starts_with('-')) {
        return Err(Failure::Usage(format!("coverage has no option {option}")));
    }
    if names.is_empty() {
        names = CONFIGURATIONS.map(String::from).to_vec();
    }
    let tools = tools()?;
    let mut lines = Lines::new();
    for name in &names {
        match name.as_str() {
            C => measure_c(&tools, &mut lines)?,
            name => measure(name, &tools, &mut lines)?,
        }
    }
    report(&lines, missing);
    Ok(())
}

/// The folder of the compiler's own LLVM programs: no others read its counters.
fn tools() -> Outcome<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let lib = Path::new(sysroot.trim()).join("lib/rustlib");
    let folders = fs::read_dir(&lib).into_iter().flatten().flatten();
    let found = folders.map(|entry| entry.path().join("bin"));
    match found.into_iter().find(|bin| bin.join("llvm-cov").is_file()) {
        Some(bin) => Ok(bin),
        None => failed("no llvm-cov beside the compiler: rustup component add llvm-tools"),
    }
}

/// Builds and runs the tests in one configuration, and adds what they ran through.
fn measure(name: &str, tools: &Path, lines: &mut Lines) -> Outcome {
    let config = tree::root().join(format!("kconfig/configs/{name}.config"));
    let folder = tree::target().join("coverage").join(name);
    let profiles = folder.join("profiles");
    let _ = fs::remove_dir_all(&profiles);
    say(format!("coverage: {name}"));
    let mut build = cargo(["test", "--quiet", "--no-run", "--message-format=json"]);
    build.args(["--package", "znet", "--package", "fuzz", "--lib", "--tests", "--target-dir"]);
    build.arg(&folder).env("ZNET_DOTCONFIG", &config);
    build.env("RUSTFLAGS", "-C instrument-coverage");
    // Build scripts and macros have counters too, and write where they run.
    build.env("LLVM_PROFILE_FILE", folder.join("build-%p.profraw"));
    let programs = programs(&output(&mut build)?);
    for (number, program) in programs.iter().enumerate() {
        let mut test = Command::new(program);
        test.current_dir(tree::root()).arg("--quiet").env("ZNET_DOTCONFIG", &config);
        test.env("LLVM_PROFILE_FILE", profiles.join(format!("{number}-%p-%m.profraw")));
        if !succeeds(&mut test) {
            // Some tests assume another configuration; what they ran through counts all the same.
            say(format!("coverage: {} failed", program.display()));
        }
    }
    // One after the other: a program with tests in it and one without differ in the same function.
    for (number, program) in programs.iter().enumerate() {
        add(tools, &profiles, number, program, lines)?;
    }
    Ok(())
}

/// Builds and runs C tests, each with a library of its own, and adds what they ran through.
fn measure_c(tools: &Path, lines: &mut Lines) -> Outcome {
    let folder = tree::target().join("coverage").join(C);
    let profiles = folder.join("profiles");
    let _ = fs::remove_dir_all(&profiles);
    for (number, name) in C_TESTS.iter().enumerate() {
        say(format!("coverage: C tests, {name}"));
        let mut app = App::new(&tree::root().join("ffi-tests").join(name), "native_sim")?;
        app.quiet = true;
        app.build = folder.join(name);
        app.environment = vec![
            ("RUSTFLAGS".into(), "-C instrument-coverage".into()),
            ("LLVM_PROFILE_FILE".into(), folder.join("build-%p.profraw").into()),
        ];
        // Optimised code forgets which line it came from; the linker takes what writes the counters only
        // when it is asked for.
        app.cmake_args = ["-DCMAKE_BUILD_TYPE=Debug"].map(OsString::from).to_vec();
        app.cmake_args.push("-DCMAKE_EXE_LINKER_FLAGS=-Wl,-u,__llvm_profile_runtime".into());
        app.cmake_args.push({
            let mut cache = OsString::from("-DZNET_CACHE_DIR=");
            cache.push(folder.join("libraries"));
            cache
        });
        let program = app.build()?;
        let mut test = Command::new("timeout");
        test.arg("300").arg(&program).stdin(Stdio::null()).stdout(Stdio::null());
        test.env("LLVM_PROFILE_FILE", profiles.join(format!("{number}-%p-%m.profraw")));
        if !succeeds(&mut test) {
            return failed(format!("coverage: the C tests of {name} failed"));
        }
        add(tools, &profiles, number, &program, lines)?;
    }
    Ok(())
}

/// Adds what one program ran through.
fn add(tools: &Path, profiles: &Path, number: usize, program: &Path, lines: &mut Lines) -> Outcome {
    let mine = |path: &PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        file.starts_with(&format!("{number}-")) && file.ends_with(".profraw")
    };
    let all = fs::read_dir(profiles).into_iter().flatten().flatten().map(|entry| entry.path());
    let raw: Vec<PathBuf> = all.filter(mine).collect();
    if raw.is_empty() {
        return Ok(());
    }
    let merged = profiles.join(format!("{number}.profdata"));
    let mut merge = Command::new(tools.join("llvm-profdata"));
    run(merge.args(["merge", "-sparse", "-o"]).arg(&merged).args(raw))?;
    let mut export = Command::new(tools.join("llvm-cov"));
    export.args(["export", "--format=lcov", "--instr-profile"]).arg(&merged).arg(program);
    export.arg("--sources").arg(tree::root().join("src"));
    // One whose tests this configuration leaves out has nothing to tell.
    if let Ok(report) = output(&mut export) {
        read(&report, lines);
    }
    Ok(())
}

/// The test programs that cargo's messages name.
fn programs(messages: &str) -> Vec<PathBuf> {
    let executable = |line: &str| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        Some(PathBuf::from(rest.split('"').next()?))
    };
    let here = |path: &PathBuf| {
        // Programs that are no tests lie a folder higher.
        let test = path.parent().is_some_and(|folder| folder.ends_with("deps"));
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        test && !file.rsplit_once('-').is_some_and(|(test, _)| ELSEWHERE.contains(&test))
    };
    messages.lines().filter_map(executable).filter(here).collect()
}

/// Adds the counts of a report in lcov's form.
fn read(report: &str, lines: &mut Lines) {
    let root = format!("{}/src/", tree::root().display());
    let mut current = None;
    for line in report.lines() {
        if let Some(file) = line.strip_prefix("SF:") {
            current = file.strip_prefix(&root).filter(|file| !is_test(file)).map(|file| {
                let text = fs::read_to_string(tree::root().join("src").join(file));
                (file.to_string(), code_lines(&text.unwrap_or_default()))
            });
        } else if let (Some(count), Some((file, end))) = (line.strip_prefix("DA:"), &current)
            && let Some((number, count)) = count.split_once(',')
            && let (Ok(number), Ok(count)) = (number.parse(), count.parse::<u64>())
            && number <= *end
        {
            let known = lines.entry(file.clone()).or_default().entry(number).or_default();
            *known = (*known).max(count);
        }
    }
}

/// Files of tests alone.
fn is_test(file: &str) -> bool {
    file.ends_with("tests.rs") || file.contains("/tests/")
}

/// The last line in front of a file's own tests.
fn code_lines(text: &str) -> u32 {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].starts_with("#[cfg(")
            && pair[0].contains("test")
            && pair[1].starts_with("mod ")
            && pair[1].ends_with('{')
    });
    tests.map_or(u32::MAX, |at| at as u32)
}

/// How many lines there are, and how many of them were run.
fn share<'a>(lines: impl Iterator<Item = &'a BTreeMap<u32, u64>>) -> (usize, usize) {
    let counts = lines.flat_map(BTreeMap::values);
    counts.fold((0, 0), |(all, run), count| (all + 1, run + usize::from(*count > 0)))
}

/// Prints a row a folder, the files with most lines missing, and on request these lines.
fn report(lines: &Lines, missing: bool) {
    let folder = |file: &str| file.split('/').next().unwrap_or_default().to_string();
    let mut folders: Vec<String> = lines.keys().map(|file| folder(file)).collect();
    folders.dedup();
    println!("{:<12} {:>7} {:>7} {:>7}", "folder", "lines", "run", "%");
    let row = |name: &str, (all, run): (usize, usize)| {
        println!("{name:<12} {all:>7} {run:>7} {:>7.1}", 100.0 * run as f64 / all.max(1) as f64);
    };
    for name in &folders {
        row(name, share(lines.iter().filter(|(f, _)| folder(f) == *name).map(|(_, l)| l)));
    }
    row("all", share(lines.values()));
    let left = |counts: &BTreeMap<u32, u64>| counts.values().filter(|count| **count == 0).count();
    let mut worst: Vec<_> =
        lines.iter().map(|(file, counts)| (left(counts), file, counts)).collect();
    worst.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    println!("\nnot run:");
    for (count, file, counts) in
        worst.iter().filter(|(count, ..)| *count > 0).take(if missing { usize::MAX } else { 20 })
    {
        println!("{count:>7} {file}");
        if missing {
            println!("        {}", ranges(counts));
        }
    }
}

/// The lines that were not run, as ranges.
fn ranges(counts: &BTreeMap<u32, u64>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut open = false;
    for (number, count) in counts {
        match ranges.last_mut() {
            Some(last) if open && *count == 0 => last.1 = *number,
            _ if *count == 0 => ranges.push((*number, *number)),
            _ => {}
        }
        open = *count == 0;
    }
    let shown = ranges.iter().map(|(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_in_a_file_do_not_count() {
        assert_eq!(code_lines("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"), 2);
        assert_eq!(code_lines("fn a() {}\n#[cfg(test)]\nmod tests;\nfn b() {}\n"), u32::MAX);
        assert!(is_test("ip/groups/tests.rs") && is_test("buf/model_tests.rs"));
    }

    #[test]
    fn lines_are_shown_as_ranges() {
        let counts = [(1, 0), (2, 0), (4, 0), (5, 1), (6, 0)].into();
        assert_eq!(ranges(&counts), "1-4 6");
        assert_eq!(share([counts].iter()), (5, 1));
    }
}
