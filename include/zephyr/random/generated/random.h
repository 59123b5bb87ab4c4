// SPDX-License-Identifier: Apache-2.0
/*
 * What the library defines for <zephyr/random/random.h>.
 * Written by `cargo xtask headers` from src/kernel/random.rs.
 */
#ifndef ZEPHYR_RANDOM_GENERATED_RANDOM_H_
#define ZEPHYR_RANDOM_GENERATED_RANDOM_H_

#ifdef __cplusplus
extern "C" {
#endif

void (sys_rand_get)(void *bytes, size_t len);

int (sys_csrand_get)(void *bytes, size_t len);

uint32_t (sys_rand32_get)(void);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_RANDOM_GENERATED_RANDOM_H_ */
