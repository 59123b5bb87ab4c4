// SPDX-License-Identifier: Apache-2.0
//! Each public header compiles alone: as C99, C11 and C++17, and in each reference configuration.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

#[path = "../kconfig/rust/dotconfig.rs"]
mod dotconfig;
#[allow(dead_code)]
#[path = "../kconfig/rust/emit.rs"]
mod emit;
#[allow(dead_code)]
#[path = "../kconfig/rust/tree.rs"]
mod tree;

/// Read by linker scripts, not by C.
const NOT_C: &[&str] = &["zephyr/linker/iterable_sections.h"];

struct Language {
    name: &'static str,
    compiler: &'static str,
    environment: &'static str,
    flags: &'static [&'static str],
    extension: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language {
        name: "C11",
        compiler: "cc",
        environment: "CC",
        flags: &["-std=c11"],
        extension: "c",
    },
    Language {
        name: "C99",
        compiler: "cc",
        environment: "CC",
        flags: &["-std=c99"],
        extension: "c",
    },
    Language {
        name: "C++17",
        compiler: "c++",
        environment: "CXX",
        flags: &["-std=c++17"],
        extension: "cpp",
    },
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The headers as an application names them.
fn headers() -> Vec<String> {
    let base = root().join("include");
    let mut found = Vec::new();
    let mut folders = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
            if path.is_dir() {
                // Generated parts are included by the header they belong to.
                if !path.ends_with("generated") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "h") {
                let name = path.strip_prefix(&base).expect("below include/");
                found.push(name.to_str().expect("UTF-8").to_string());
            }
        }
    }
    found.retain(|name| !NOT_C.contains(&name.as_str()));
    found.sort();
    found
}

/// The reference configurations by name.
fn configurations() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = fs::read_dir(root().join("kconfig/configs"))
        .expect("kconfig/configs")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "config"))
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path))
        .collect();
    found.sort();
    found
}

/// Compiles a file that includes `header` twice and nothing else.
fn compile(
    header: &str,
    language: &Language,
    autoconf: &Path,
    folder: &Path,
) -> Result<(), String> {
    let name = header.replace(['/', '.'], "_");
    let source = folder.join(format!("{name}.{}", language.extension));
    fs::write(&source, format!("#include <{header}>\n#include <{header}>\n"))
        .map_err(|e| format!("{}: {e}", source.display()))?;
    let compiler = env::var_os(language.environment).unwrap_or_else(|| language.compiler.into());
    let output = Command::new(compiler)
        .args(language.flags)
        .args(["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I"])
        .arg(root().join("include"))
        .arg("-I")
        .arg(folder)
        .arg("-imacros")
        .arg(autoconf)
        .arg(&source)
        .output()
        .map_err(|e| format!("{}: {e}", language.compiler))?;
    if output.status.success() {
        return Ok(());
    }
    let complaints = String::from_utf8_lossy(&output.stderr);
    let first: Vec<&str> = complaints.lines().filter(|l| l.contains("error")).take(3).collect();
    Err(first.join("\n"))
}

/// Does all jobs, on as many processors as there are.
fn compile_all(jobs: &[(&str, &str, &Language, &Path)], folder: &Path) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..thread::available_parallelism().map_or(1, usize::from) {
            let folder = folder.join(worker.to_string());
            fs::create_dir_all(&folder).expect("a folder of its own");
            let (next, failures) = (&next, &failures);
            scope.spawn(move || {
                while let Some((header, configuration, language, autoconf)) =
                    jobs.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if let Err(why) = compile(header, language, autoconf, &folder) {
                        failures.lock().expect("no panic").push(format!(
                            "<{header}> as {} in {configuration}: {why}",
                            language.name
                        ));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no panic");
    failures.sort();
    failures
}

#[test]
fn each_header_compiles_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("headers");
    let declared = tree::read(&root().join("kconfig"), "Kconfig").expect("Kconfig").symbols;
    let headers = headers();
    let mut autoconfs = Vec::new();
    for (name, path) in configurations() {
        let text = fs::read_to_string(&path).expect("readable");
        let config = dotconfig::parse(&text, &declared).expect("a configuration");
        let autoconf = folder.join(format!("{name}.h"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(&autoconf, emit::autoconf(&config)).expect("writable");
        autoconfs.push((name, autoconf));
    }

    let mut jobs = Vec::new();
    for (name, autoconf) in &autoconfs {
        for header in &headers {
            // All languages where everything is switched on; C11 in the rest.
            let languages = if name == "full" { LANGUAGES } else { &LANGUAGES[..1] };
            for language in languages {
                jobs.push((header.as_str(), name.as_str(), language, autoconf.as_path()));
            }
        }
    }
    assert!(jobs.len() > 100, "no headers, or no configurations, found");
    let failures = compile_all(&jobs, &folder);
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
