// SPDX-License-Identifier: Apache-2.0
//! The reference configurations, `kconfig/configs/<name>.conf`, as an application sees them.

use crate::app::App;
use crate::proc::{Failure, Outcome, failed};
use crate::setup::{self, Purpose};
use crate::tree;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// `cargo xtask cflags <configuration>`: one line on standard output, fit for `$(...)`.
pub fn cflags_command(args: &[OsString]) -> Outcome {
    let [name] = args else {
        return Err(Failure::Usage("cflags wants a reference configuration".into()));
    };
    setup::ensure(Purpose::Build)?;
    println!("{}", cflags(&name.to_string_lossy())?);
    Ok(())
}

/// The flags with which an application in the reference configuration `name` compiles.
pub fn cflags(name: &str) -> Outcome<String> {
    let app = app(name)?;
    app.configure()?;
    let path = app.build.join("zephyr/pkgconfig/znet.pc");
    let text =
        fs::read_to_string(&path).or_else(|why| failed(format!("{}: {why}", path.display())))?;
    match text.lines().find_map(|line| line.strip_prefix("Cflags: ")) {
        Some(flags) => Ok(flags.to_string()),
        None => failed(format!("{}: no Cflags", path.display())),
    }
}

/// The names of the reference configurations.
pub fn names() -> Outcome<Vec<String>> {
    let folder = tree::root().join("kconfig/configs");
    let entries =
        fs::read_dir(&folder).or_else(|why| failed(format!("{}: {why}", folder.display())))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".conf")?.to_string()))
        .collect();
    names.sort();
    Ok(names)
}

/// The application without content, in the reference configuration `name`.
pub fn app(name: &str) -> Outcome<App> {
    let conf = fragment(name);
    if !conf.is_file() {
        let known = names()?.join(", ");
        return failed(format!("no reference configuration '{name}'; there are: {known}"));
    }
    let mut app = App::new(&tree::root().join("cmake/blank"), "native_sim")?;
    app.build = tree::target().join("reference").join(name);
    app.cmake_args = vec![with_conf("CONF_FILE", name)];
    app.quiet = true;
    Ok(app)
}

/// `-D<variable>=<fragment of the reference configuration name>`.
pub fn with_conf(variable: &str, name: &str) -> OsString {
    let mut argument = OsString::from(format!("-D{variable}="));
    argument.push(fragment(name));
    argument
}

fn fragment(name: &str) -> PathBuf {
    tree::root().join(format!("kconfig/configs/{name}.conf"))
}
