// SPDX-License-Identifier: Apache-2.0
//! `<zephyr/sys/generated/util_tables.h>`: the preprocessor cannot count, so the numbers are spelt out.

use std::fmt::Write as _;

use crate::Generated;

/// Largest number that the token arithmetic and `LISTIFY()` know.
const NUMBERS: usize = 512;
/// Longest argument list.
const ARGUMENTS: usize = 64;

pub fn generate() -> Generated {
    let mut out = String::from(
        "// SPDX-License-Identifier: Apache-2.0\n\
         /* Written by `cargo xtask headers`; changes made by hand are lost. */\n\
         #ifndef ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_\n\
         #define ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_\n\n",
    );
    let mut define = |text: String| {
        let _ = writeln!(out, "{text}");
    };

    define("/* Arithmetic on tokens. */".into());
    for n in 0..=NUMBERS {
        define(format!("#define Z_INC_{n} {}", n + 1));
    }
    for n in 0..=NUMBERS {
        define(format!("#define Z_DEC_{n} {}", n.saturating_sub(1)));
    }
    for n in 0..=NUMBERS {
        define(format!("#define Z_X2_{n} {}", 2 * n));
    }
    for n in 0..=NUMBERS {
        define(format!("#define Z_EQ_{n}_{n} ~,"));
    }

    define("\n/* Lists made from a count. */".into());
    define("#define Z_LIST_0(F, sep, ...)".into());
    define("#define Z_LIST_1(F, sep, ...) F(0, __VA_ARGS__)".into());
    for n in 2..=NUMBERS {
        define(format!(
            "#define Z_LIST_{n}(F, sep, ...) Z_LIST_{less}(F, sep, __VA_ARGS__) Z_UNPAREN sep \
             F({less}, __VA_ARGS__)",
            less = n - 1
        ));
    }

    define("\n/* Counting, picking, turning round. */".into());
    let places: Vec<String> = (0..ARGUMENTS).map(|n| format!("_{n}")).collect();
    let counts: Vec<String> = (0..=ARGUMENTS).rev().map(|n| n.to_string()).collect();
    define(format!("#define Z_COUNT(...) Z_COUNT_AT(__VA_ARGS__, {})", counts.join(", ")));
    define(format!("#define Z_COUNT_AT({}, n, ...) n", places.join(", ")));
    define("#define Z_ARG_1(a, ...) a".into());
    define("#define Z_REST_0(...) __VA_ARGS__".into());
    define("#define Z_REST_1(a, ...) __VA_ARGS__".into());
    define("#define Z_REVERSE_0(...)".into());
    define("#define Z_REVERSE_1(a, ...) a".into());
    define("#define Z_MAP_CAT_0(F, ...)".into());
    define("#define Z_MAP_CAT_1(F, a, ...) F(a)".into());
    for n in 2..=ARGUMENTS {
        let less = n - 1;
        define(format!("#define Z_ARG_{n}(a, ...) Z_ARG_{less}(__VA_ARGS__)"));
        define(format!("#define Z_REST_{n}(a, ...) Z_REST_{less}(__VA_ARGS__)"));
        define(format!("#define Z_REVERSE_{n}(a, ...) Z_REVERSE_{less}(__VA_ARGS__), a"));
        define(format!(
            "#define Z_MAP_CAT_{n}(F, a, ...) UTIL_CAT(F(a), Z_MAP_CAT_{less}(F, __VA_ARGS__))"
        ));
    }

    define("\n/* A call for each argument. */".into());
    define("#define Z_EACH_0(call, sep, F, fixed, idx, ...)".into());
    define("#define Z_EACH_1(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed)".into());
    for n in 2..=ARGUMENTS {
        define(format!(
            "#define Z_EACH_{n}(call, sep, F, fixed, idx, x, ...) call(idx, x, F, fixed) \
             Z_UNPAREN sep Z_EACH_{less}(call, sep, F, fixed, UTIL_INC(idx), __VA_ARGS__)",
            less = n - 1
        ));
    }

    define("\n#endif /* ZEPHYR_INCLUDE_SYS_GENERATED_UTIL_TABLES_H_ */".into());
    Generated { path: "include/zephyr/sys/generated/util_tables.h".into(), text: out }
}
