// SPDX-License-Identifier: Apache-2.0
//! Configures and builds application directories through the CMake package.

use crate::proc::{Failure, Outcome, failed, run};
use crate::setup::{self, Purpose};
use crate::tree;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One application to be built for one board.
#[derive(Debug)]
pub struct App {
    pub source: PathBuf,
    pub board: String,
    pub build: PathBuf,
    /// Further arguments for CMake.
    pub cmake_args: Vec<OsString>,
    /// Variables that CMake and the compilers see beside the usual ones.
    pub environment: Vec<(OsString, OsString)>,
    /// Whether CMake and the compilers may be silent as long as all goes well.
    pub quiet: bool,
}

impl App {
    /// The application in the directory `source`, with the build directory of its name.
    pub fn new(source: &Path, board: &str) -> Outcome<Self> {
        if !source.join("CMakeLists.txt").is_file() {
            return failed(format!("{}: no CMakeLists.txt there", source.display()));
        }
        let source =
            source.canonicalize().or_else(|why| failed(format!("{}: {why}", source.display())))?;
        let relative = source.strip_prefix(tree::root()).unwrap_or(&source);
        let name = relative.to_string_lossy().trim_matches('/').replace('/', "_");
        let build = tree::target().join("apps").join(format!("{name}-{}", board.replace('/', "_")));
        Ok(Self {
            source,
            board: board.into(),
            build,
            cmake_args: Vec::new(),
            environment: Vec::new(),
            quiet: false,
        })
    }

    /// Whether the board is a process of the host's, which needs no other compilers than the host's.
    pub fn on_host(&self) -> bool {
        self.board.split('/').next() == Some("native_sim")
    }

    /// Evaluates the configuration and writes the build files.
    pub fn configure(&self) -> Outcome {
        let mut cmake = Command::new(setup::cmake());
        cmake
            .arg("-S")
            .arg(&self.source)
            .arg("-B")
            .arg(&self.build)
            .arg(format!("-DBOARD={}", self.board))
            .arg(define("Zephyr_DIR", &tree::root().join("cmake")))
            .arg("--no-warn-unused-cli")
            .arg(define("ZNET_PYTHON", &tree::python()))
            .arg(define("ZNET_CACHE_DIR", &tree::library_cache()))
            .args(&self.cmake_args);
        self.step(cmake)
    }

    /// Configures and builds.
    pub fn compile(&self) -> Outcome {
        self.configure()?;
        let mut cmake = Command::new(setup::cmake());
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        cmake.arg("--build").arg(&self.build).args(["--parallel", &jobs.to_string()]);
        self.step(cmake)
    }

    /// Configures and builds; returns the executable.
    pub fn build(&self) -> Outcome<PathBuf> {
        self.compile()?;
        let folder = self.build.join("zephyr");
        let name = self.config()?.remove("KERNEL_BIN_NAME").unwrap_or_else(|| "zephyr".into());
        ["exe", "elf"]
            .iter()
            .map(|suffix| folder.join(format!("{name}.{suffix}")))
            .find(|path| path.is_file())
            .ok_or_else(|| Failure::Failed(format!("no executable in {}", folder.display())))
    }

    /// The symbols that are set, without `CONFIG_`; strings without quotes.
    pub fn config(&self) -> Outcome<BTreeMap<String, String>> {
        let path = self.build.join("zephyr/.config");
        let text = fs::read_to_string(&path)
            .or_else(|why| failed(format!("{}: {why}", path.display())))?;
        Ok(parse_config(&text))
    }

    /// Runs one CMake command; a quiet one shows its output only when it fails.
    fn step(&self, mut command: Command) -> Outcome {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if !self.quiet {
            return run(&mut command);
        }
        let done = command.stdin(Stdio::null()).output();
        let done = done.or_else(|why| failed(format!("cmake: {why}")))?;
        if done.status.success() {
            return Ok(());
        }
        eprint!(
            "{}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        failed(format!("building {}: {}", tree::shown(&self.source), done.status))
    }
}

fn define(name: &str, path: &Path) -> OsString {
    let mut text = OsString::from(format!("-D{name}="));
    text.push(path);
    text
}

fn parse_config(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("CONFIG_")?.split_once('='))
        .map(|(name, value)| (name.to_string(), value.trim_matches('"').to_string()))
        .collect()
}

/// `kconfig [argument]...`: scripts/kconfig.py in the project's own environment.
pub fn kconfig_command(args: &[OsString]) -> Outcome {
    setup::ensure(Purpose::Build)?;
    run(Command::new(tree::python()).arg(tree::root().join("scripts/kconfig.py")).args(args))
}

/// `menuconfig <app> [--board <board>]`.
pub fn menuconfig_command(args: &[OsString]) -> Outcome {
    let words: Vec<String> = args.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let (app, board) = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [app] => (app, "native_sim"),
        [app, "--board", board] | ["--board", board, app] => (app, board),
        _ => return Err(Failure::Usage("menuconfig takes an application directory".into())),
    };
    setup::ensure(Purpose::Build)?;
    let app = App::new(Path::new(app), board)?;
    app.configure()?;
    run(Command::new(setup::cmake())
        .arg("--build")
        .arg(&app.build)
        .args(["--target", "menuconfig"]))
}

#[cfg(test)]
mod tests {
    use super::parse_config;

    #[test]
    fn config_lines() {
        let config =
            parse_config("# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_C=\"192.0.2.1\"\nD=1\n");
        assert_eq!(config.len(), 2);
        assert_eq!(config["B"], "y");
        assert_eq!(config["C"], "192.0.2.1");
    }
}
