// SPDX-License-Identifier: Apache-2.0
//! Where things are in this checkout.

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the checkout")
        .to_path_buf()
}

/// The folder for everything that these commands make.
pub fn target() -> PathBuf {
    root().join("target")
}

/// The Python environment that `setup` makes.
pub fn venv() -> PathBuf {
    target().join("venv")
}

/// The Python of that environment.
pub fn python() -> PathBuf {
    venv().join("bin/python")
}

/// Where builds of `libznet.a` for C applications are shared, keyed by configuration.
pub fn library_cache() -> PathBuf {
    target().join("znet")
}

/// `path` as seen from the root, for messages.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
