// SPDX-License-Identifier: Apache-2.0
//! Each public header compiles alone: as C99, C11 and C++17, and in each reference configuration.
//! What it declares is what the library defines: its generated part, which `cargo xtask headers`
//! writes from the Rust sources, agrees with it.

use std::collections::BTreeSet;
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

/// All headers, as an application names them.
fn all_headers() -> Vec<String> {
    let base = root().join("include");
    let mut found = Vec::new();
    let mut folders = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "h") {
                let name = path.strip_prefix(&base).expect("below include/");
                found.push(name.to_str().expect("UTF-8").to_string());
            }
        }
    }
    found.sort();
    found
}

/// What a file of one test includes.
type Includes = Vec<String>;

/// The public headers, each included twice.
fn headers() -> Vec<Includes> {
    all_headers()
        .into_iter()
        .filter(|name| !name.contains("/generated/") && !NOT_C.contains(&name.as_str()))
        .map(|name| vec![name.clone(), name])
        .collect()
}

/// The headers with a generated part, and that part after them.
fn generated_parts() -> Vec<Includes> {
    let all = all_headers();
    all.iter()
        .filter(|name| name.contains("/generated/"))
        .map(|part| vec![part.replace("/generated/", "/"), part.clone()])
        .filter(|pair| all.contains(&pair[0]))
        .collect()
}

/// The reference configurations by name; those in `ZNET_HEADERS` only where it is set, as in
/// `ZNET_HEADERS=full,minimal cargo test --test headers`, for all of them take minutes.
fn configurations() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = fs::read_dir(root().join("kconfig/configs"))
        .expect("kconfig/configs")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "config"))
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path))
        .collect();
    if let Ok(wanted) = env::var("ZNET_HEADERS") {
        found.retain(|(name, _)| wanted.split(',').any(|one| one == name));
    }
    found.sort();
    found
}

/// Compiles a file that includes some headers and has nothing else.
fn compile(
    includes: &[String],
    language: &Language,
    autoconf: &Path,
    folder: &Path,
) -> Result<(), String> {
    let source = folder.join(format!("includes.{}", language.extension));
    let text: String = includes.iter().map(|name| format!("#include <{name}>\n")).collect();
    fs::write(&source, text).map_err(|e| format!("{}: {e}", source.display()))?;
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

/// One compilation.
type Job<'a> = (&'a Includes, &'a str, &'a Language, &'a Path);

/// Does all jobs, on as many processors as there are.
fn compile_all(jobs: &[Job<'_>], folder: &Path) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..thread::available_parallelism().map_or(1, usize::from) {
            let folder = folder.join(worker.to_string());
            fs::create_dir_all(&folder).expect("a folder of its own");
            let (next, failures) = (&next, &failures);
            scope.spawn(move || {
                while let Some(&(includes, configuration, language, autoconf)) =
                    jobs.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    if let Err(why) = compile(includes, language, autoconf, &folder) {
                        failures.lock().expect("no panic").push(format!(
                            "<{}> as {} in {configuration}: {why}",
                            includes[0], language.name
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

/// `autoconf.h` of each reference configuration, by name.
fn autoconfs(folder: &Path) -> Vec<(String, PathBuf)> {
    let declared = tree::read(&root().join("kconfig"), "Kconfig").expect("Kconfig").symbols;
    fs::create_dir_all(folder).expect("a folder");
    let write = |(name, path): (String, PathBuf)| {
        let text = fs::read_to_string(&path).expect("readable");
        let config = dotconfig::parse(&text, &declared).expect("a configuration");
        let autoconf = folder.join(format!("{name}.h"));
        fs::write(&autoconf, emit::autoconf(&config)).expect("writable");
        (name, autoconf)
    };
    configurations().into_iter().map(write).collect()
}

/// Compiles each file in the given languages where everything is switched on, and in the first of them
/// in the other configurations.
fn try_all(files: &[Includes], languages: &[Language], folder: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let autoconfs = autoconfs(&folder);
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for (name, autoconf) in &autoconfs {
        let languages = if name == "full" { languages } else { &languages[..1] };
        for includes in files {
            jobs.extend(languages.iter().map(|l| (includes, name.as_str(), l, autoconf.as_path())));
        }
    }
    assert!(jobs.len() > 5, "no headers, or no configurations, found");
    let failures = compile_all(&jobs, &folder);
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn each_header_compiles_alone() {
    try_all(&headers(), LANGUAGES, "headers");
}

#[test]
fn declarations_agree_with_definitions() {
    // In C an enumeration is the integer that Rust takes; C++ tells them apart.
    try_all(&generated_parts(), &LANGUAGES[..2], "generated");
}

/// The assembly of a file with messages, compiled with these flags.
fn messages(name: &str, flags: &[&str]) -> String {
    const SOURCE: &str = r#"
        #include <zephyr/logging/log.h>
        LOG_MODULE_REGISTER(module, LOG_LEVEL_WRN);
        void speak(int value, const void *data);
        void speak(int value, const void *data)
        {
            LOG_WRN("warning %d", value);
            LOG_INF("information %d", value);
            LOG_HEXDUMP_INF(data, 4, "bytes");
        }
    "#;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = folder.join(format!("messages-{name}.c"));
    fs::write(&source, SOURCE).expect("writable");
    let output = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()))
        .args(["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-S", "-o", "-", "-I"])
        .arg(root().join("include"))
        .args(flags)
        .arg(&source)
        .output()
        .expect("a C compiler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn messages_that_are_switched_off_leave_no_code() {
    let on = ["-DCONFIG_LOG=1", "-DCONFIG_LOG_DEFAULT_LEVEL=4", "-DCONFIG_LOG_MAX_LEVEL=4"];
    let loud = messages("loud", &on);
    assert!(loud.contains("z_log_msg") && loud.contains("warning"));
    assert!(!loud.contains("information") && !loud.contains("z_log_hexdump"), "above WRN:\n{loud}");
    let silent = messages("silent", &[]);
    for trace in ["z_log", "log_const", "warning", "module"] {
        assert!(!silent.contains(trace), "{trace} is left:\n{silent}");
    }
}

/// Declared, and defined elsewhere.
const DEFINED_ELSEWHERE: &[&str] = &[
    // Come with IPv6.
    "net_if_ipv6_addr_lookup",
    "net_if_ipv6_maddr_lookup",
];

/// All words of the sources below `src/`.
fn words_of_sources() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "c") {
                let text = fs::read_to_string(&path).expect("readable");
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                words.extend(text.split(|c| !is_word(c)).map(String::from));
            }
        }
    }
    words
}

/// POSIX names, which the headers give to functions of ours (docs/adr/0002).
fn names_for_others() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for header in all_headers().iter().filter(|name| name.starts_with("zephyr/posix/")) {
        let text = fs::read_to_string(root().join("include").join(header)).expect("readable");
        let named = text.split(';').filter(|declaration| declaration.contains("ZNET_NAME_FOR("));
        names.extend(named.filter_map(|declaration| {
            let before = declaration.rsplit_once("ZNET_NAME_FOR(")?.0;
            // What a comment calls is not declared.
            let before = before.rsplit("*/").next()?.split('(').next()?;
            Some(before.split([' ', '*']).next_back()?.to_string())
        }));
    }
    names
}

/// GCC lists the functions it has seen declared, each with its place:
/// `/* include/zephyr/kernel.h:50:NC */ extern int32_t k_sleep (k_timeout_t);`
#[test]
fn what_is_declared_is_defined() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("declared");
    let autoconfs = autoconfs(&folder);
    let full = &autoconfs.iter().find(|(name, _)| name == "full").expect("a reference").1;
    let (source, list) = (folder.join("all.c"), folder.join("declared.txt"));
    let text: String = headers().iter().map(|pair| format!("#include <{}>\n", pair[0])).collect();
    fs::write(&source, text).expect("writable");
    let output = Command::new(env::var_os("CC").unwrap_or_else(|| "cc".into()))
        .args(["-std=c11", "-fsyntax-only", "-I"])
        .arg(root().join("include"))
        .arg("-imacros")
        .arg(full)
        .arg("-aux-info")
        .arg(&list)
        .arg(&source)
        .output()
        .expect("a C compiler");
    if !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("aux-info") {
        return; // not GCC
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = fs::read_to_string(&list).expect("a list");
    let ours = root().join("include/zephyr").display().to_string();
    let declared: BTreeSet<&str> = list
        .lines()
        .filter(|line| line.contains(&ours) && line.contains("C */ extern"))
        .filter_map(|line| line.split(" (").next()?.split([' ', '*']).next_back())
        .collect();
    assert!(declared.len() > 300, "only {} declarations found", declared.len());
    let (words, others) = (words_of_sources(), names_for_others());
    let missing: Vec<&&str> = declared
        .iter()
        .filter(|name| {
            !words.contains(**name) && !others.contains(**name) && !DEFINED_ELSEWHERE.contains(name)
        })
        .collect();
    assert!(missing.is_empty(), "declared in a header, and nowhere in src/: {missing:?}");
}
