// SPDX-License-Identifier: Apache-2.0
//! The instrumented program: libFuzzer around one target, named by `ZNET_FUZZ_TARGET`.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(
    init: {
        let name = std::env::var("ZNET_FUZZ_TARGET").unwrap_or_default();
        let target = fuzz::targets::find(&name).expect("ZNET_FUZZ_TARGET names a target");
        TARGET.set(target).expect("set once");
    },
    |data: &[u8]| {
        if let Some(target) = TARGET.get() {
            target(data);
        }
    }
);
