// SPDX-License-Identifier: Apache-2.0
//! Every seed and every input that once made a target fail, on each test run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fuzz::dictionary::Dictionary;
use fuzz::{seeds, targets};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn what_is_kept_passes() {
    for (name, run) in targets::ALL {
        for kind in ["corpus", "crashes"] {
            for file in files(&home().join(kind).join(name)) {
                println!("{}", file.display());
                run(&fs::read(&file).unwrap());
            }
        }
    }
}

#[test]
fn the_seeds_are_those_the_program_makes() {
    let made = seeds::all();
    for (target, name, bytes) in &made {
        let kept = fs::read(home().join("corpus").join(target).join(name));
        assert_eq!(kept.ok().as_ref(), Some(bytes), "{target}/{name}: cargo xtask fuzz --seeds");
    }
    for (target, _) in targets::ALL {
        assert!(made.iter().any(|(t, _, _)| t == target), "{target} has no seed");
        let kept = files(&home().join("corpus").join(target)).len();
        assert_eq!(kept, made.iter().filter(|(t, _, _)| t == target).count(), "{target}");
    }
}

#[test]
fn each_target_has_its_file() {
    let other = targets::CONFIGURED.iter().map(|(name, _)| name);
    let names: BTreeSet<_> = targets::ALL.iter().map(|(name, _)| name).chain(other).collect();
    for name in &names {
        assert!(home().join("src/targets").join(name).with_extension("rs").is_file(), "{name}");
    }
    assert_eq!(files(&home().join("src/targets")).len(), names.len() + 1);
}

#[test]
fn each_dictionary_is_a_targets() {
    for file in files(&home().join("dictionaries")) {
        let name = file.file_stem().and_then(|name| name.to_str()).unwrap();
        let known = targets::find(name).is_some() || targets::configuration(name).is_some();
        assert!(known, "{name} is no target");
        let words = Dictionary::parse(&fs::read_to_string(&file).unwrap());
        assert!(!words.unwrap_or_else(|line| panic!("{name}: {line}")).is_empty());
    }
}
