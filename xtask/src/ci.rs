// SPDX-License-Identifier: Apache-2.0
//! `ci`: everything that a submission must pass, the tests first.

use crate::app::App;
use crate::bench;
use crate::layout;
use crate::licences;
use crate::proc::{Failure, Outcome, cargo, failed, member, output, run, say};
use crate::reference;
use crate::setup;
use crate::size;
use crate::steps::Steps;
use crate::suite::{self, ECHO_SERVER};
use crate::sweep;
use crate::tree;
use crate::unsafety;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// `cargo xtask ci [--tested]`.
pub fn command(args: &[OsString]) -> Outcome {
    let tested = match args {
        [] => false,
        [only] if only == "--tested" => true,
        _ => return Err(Failure::Usage("ci takes --tested and nothing else".into())),
    };
    setup::before_steps()?;
    steps(tested)?.run()
}

/// The list `ci`; `tested`, without that of `test`.
pub fn steps(tested: bool) -> Outcome<Steps> {
    let mut steps = Steps::new("ci");
    if !tested {
        suite::add(&mut steps);
    }
    for app in suite::c_tests() {
        steps.step(format!("C tests under AddressSanitizer: {}", tree::shown(&app)), move || {
            suite::c_test(&app, true)
        });
    }
    steps.step("formatting", || run(&mut cargo(["fmt", "--all", "--check"])));
    steps.step("lints", || clippy(None));
    let names = reference::names()?;
    // The workspace has been looked at in the default configuration.
    for name in names.clone() {
        if name == "default" {
            continue;
        }
        steps.step(format!("lints, {name}"), move || clippy(Some(&name)));
    }
    steps.step("lints, configurations drawn at random", || sweep::command(&[]));
    for name in names.clone() {
        steps.step(format!("layout of shared structures, {name}"), move || layout::host(&name));
    }
    for name in names.clone() {
        steps.step(format!("layout of shared structures on boards, {name}"), move || {
            layout::boards(&name)
        });
    }
    steps.step("Kconfig tree", || kconfig(&["--check-tree"]));
    steps.step("reference configurations are up to date", || kconfig(&["--reference", "--check"]));
    steps.step("generated headers are up to date", || {
        member("xtask/headers", &[OsString::from("--check")])
    });
    for name in names {
        steps.step(format!("library in configuration {name}"), move || {
            reference::app(&name)?.build().map(drop)
        });
    }
    for name in ["minimal", "full"] {
        steps.step(format!("echo_server in configuration {name}"), move || sample_in(name));
    }
    steps.step("licences of dependencies", licences::command);
    steps.step("unsafe code by folder", || unsafety::command(&["--check".into()]));
    steps.step("goodput", || bench::goodput(&["--quick".into(), "--check".into()]));
    steps.step("flash, RAM and stack", || size::command(&["--check".into()]));
    for target in fuzz_targets() {
        steps.step(format!("fuzz {target}"), move || {
            let args = [target.as_str(), "--brief"].map(OsString::from);
            member("fuzz", &args)
        });
    }
    // Builds where the library in configuration full was built.
    steps.alone("API coverage", coverage);
    Ok(steps)
}

fn kconfig(args: &[&str]) -> Outcome {
    run(Command::new(tree::python()).arg(tree::root().join("scripts/kconfig.py")).args(args))
}

/// Clippy over the workspace, or over the library in a reference configuration.
fn clippy(configuration: Option<&str>) -> Outcome {
    match configuration {
        None => {
            let mut command = cargo(["clippy", "--workspace", "--all-targets"]);
            run(command.args(["--", "--deny", "warnings"]))
        }
        Some(name) => {
            let config = tree::root().join(format!("kconfig/configs/{name}.config"));
            clippy_with(&config, &tree::target().join("lints").join(name))
        }
    }
}

/// Clippy over the library with the `.config` at `config`, compiled in the folder `build`.
pub fn clippy_with(config: &Path, build: &Path) -> Outcome {
    let mut command = cargo(["clippy", "--lib", "--package", "znet", "--target-dir"]);
    command.arg(build).env("ZNET_DOTCONFIG", config);
    run(command.args(["--", "--deny", "warnings"]))
}

/// Builds the echo server with a reference configuration laid over its own.
fn sample_in(name: &str) -> Outcome {
    let mut app = App::new(&tree::root().join(ECHO_SERVER), "native_sim")?;
    app.build = tree::target().join("reference").join(format!("echo_server-{name}"));
    app.cmake_args = vec![reference::with_conf("EXTRA_CONF_FILE", name)];
    app.quiet = true;
    app.build().map(drop)
}

fn fuzz_targets() -> Vec<String> {
    let Ok(entries) = fs::read_dir(tree::root().join("fuzz/src/targets")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_string()))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names
}

/// Compares how much of the API is declared and linked with the committed figures. The yardstick
/// lies beside the checkout where the project is developed; elsewhere there is nothing to compare.
/// What a program finds linked, `scripts/linked_names.py` says.
fn coverage() -> Outcome {
    let script = tree::root().join("../shared/api/coverage.py");
    if !script.is_file() {
        say("no yardstick beside this checkout: left out");
        return Ok(());
    }
    let app = reference::app("full")?;
    app.build()?;
    let pc = fs::read_to_string(app.build.join("zephyr/pkgconfig/znet.pc")).unwrap_or_default();
    let Some(library) = pc.lines().find_map(|line| line.strip_prefix("library=")) else {
        return failed("znet.pc names no library");
    };
    let flags = reference::cflags("full")?;
    let table = output(
        Command::new("python3")
            .arg(&script)
            .args(["--lib", library, "--nm"])
            .arg(tree::root().join("scripts/linked_names.py"))
            .arg("--")
            .args(flags.split_whitespace())
            .env("LINKED_NAMES_GLUE", app.build.join("CMakeFiles/znet_boot.dir"))
            .env("LINKED_NAMES_CFLAGS", &flags),
    )?;
    print!("{table}");
    let floor = tree::root().join("docs/coverage.txt");
    let floor =
        fs::read_to_string(&floor).or_else(|why| failed(format!("{}: {why}", floor.display())))?;
    let fallen = fallen(&floor, &table);
    if fallen.is_empty() { Ok(()) } else { failed(fallen.join("\n")) }
}

/// The figures of `table` that are below those of `floor`: both are the table that coverage.py
/// prints, `feature functions/of linked macros/of types/of`.
fn fallen(floor: &str, table: &str) -> Vec<String> {
    let mut fallen = Vec::new();
    for (feature, wanted) in floor.lines().filter_map(figures) {
        let Some((_, now)) = table.lines().filter_map(figures).find(|(name, _)| *name == feature)
        else {
            fallen.push(format!("{feature}: no longer measured"));
            continue;
        };
        for ((what, wanted), now) in
            ["functions", "linked", "macros", "types"].iter().zip(wanted).zip(now)
        {
            if now < wanted {
                fallen.push(format!("{feature}: {what} fell from {wanted} to {now}"));
            }
        }
    }
    fallen
}

fn figures(line: &str) -> Option<(&str, [u32; 4])> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [feature, functions, linked, macros, types] = words[..] else { return None };
    let number = |word: &str| word.split('/').next()?.parse().ok();
    Some((feature, [number(functions)?, number(linked)?, number(macros)?, number(types)?]))
}

#[cfg(test)]
mod tests {
    use super::fallen;

    const FLOOR: &str =
        "feature functions linked macros types\nudp 2/2 2 1/1 1/1\npkt 10/20 9 3/4 5/6\n";

    #[test]
    fn figures_that_fall_are_named() {
        assert!(fallen(FLOOR, FLOOR).is_empty());
        assert!(fallen(FLOOR, "udp 2/2 2 1/1 1/1\npkt 12/20 10 3/4 6/6\n").is_empty());
        assert_eq!(
            fallen(FLOOR, "udp 2/2 1 1/1 1/1\n"),
            ["udp: linked fell from 2 to 1", "pkt: no longer measured"]
        );
    }
}
