/* SPDX-License-Identifier: Apache-2.0 */
/* Written by scripts/devicetree_header.py */

/* / */
#define DT_N_EXISTS 1
#define DT_N_PATH "/"
#define DT_N_FULL_NAME "/"
#define DT_N_ORD 0
#define DT_N_STATUS_okay 1
#define DT_N_CHILD_NUM 1
#define DT_N_CHILD_NUM_STATUS_OKAY 1
#define DT_N_FOREACH_CHILD(fn) fn(DT_N_S_soc)
#define DT_N_FOREACH_CHILD_VARGS(fn, ...) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_N_FOREACH_CHILD_STATUS_OKAY(fn) fn(DT_N_S_soc)
#define DT_N_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_N_COMPAT_MATCHES_zephyr_native 1
#define DT_N_REG_NUM 0
#define DT_N_IRQ_NUM 0
#define DT_N_P_compatible_EXISTS 1
#define DT_N_P_compatible {"zephyr,native"}
#define DT_N_P_compatible_LEN 1
#define DT_N_P_compatible_IDX_0_EXISTS 1
#define DT_N_P_compatible_IDX_0 "zephyr,native"
#define DT_N_P_compatible_FOREACH_PROP_ELEM(fn) fn(DT_N, compatible, 0)
#define DT_N_P_compatible_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N, compatible, 0, __VA_ARGS__)

/* /soc */
#define DT_N_S_soc_EXISTS 1
#define DT_N_S_soc_PATH "/soc"
#define DT_N_S_soc_FULL_NAME "soc"
#define DT_N_S_soc_ORD 1
#define DT_N_S_soc_STATUS_okay 1
#define DT_N_S_soc_PARENT DT_N
#define DT_N_S_soc_CHILD_IDX 0
#define DT_N_S_soc_CHILD_NUM 0
#define DT_N_S_soc_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_soc_FOREACH_CHILD(fn)
#define DT_N_S_soc_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_soc_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_soc_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_soc_COMPAT_MATCHES_simple_bus 1
#define DT_N_S_soc_REG_NUM 0
#define DT_N_S_soc_IRQ_NUM 0
#define DT_N_S_soc_P_compatible_EXISTS 1
#define DT_N_S_soc_P_compatible {"simple-bus"}
#define DT_N_S_soc_P_compatible_LEN 1
#define DT_N_S_soc_P_compatible_IDX_0_EXISTS 1
#define DT_N_S_soc_P_compatible_IDX_0 "simple-bus"
#define DT_N_S_soc_P_compatible_FOREACH_PROP_ELEM(fn) fn(DT_N_S_soc, compatible, 0)
#define DT_N_S_soc_P_compatible_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_soc, compatible, 0, __VA_ARGS__)

/* Names of nodes */
#define DT_N_NODELABEL_soc DT_N_S_soc
#define DT_FOREACH_OKAY_HELPER(fn) fn(DT_N) fn(DT_N_S_soc)

/* Instances of each kind, those that are switched on first */
#define DT_N_INST_0_simple_bus DT_N_S_soc
#define DT_COMPAT_HAS_OKAY_simple_bus 1
#define DT_N_INST_simple_bus_NUM_OKAY 1
#define DT_FOREACH_OKAY_simple_bus(fn) fn(DT_N_S_soc)
#define DT_FOREACH_OKAY_VARGS_simple_bus(fn, ...) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_simple_bus(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_simple_bus(fn, ...) fn(0, __VA_ARGS__)
#define DT_N_INST_0_zephyr_native DT_N
#define DT_COMPAT_HAS_OKAY_zephyr_native 1
#define DT_N_INST_zephyr_native_NUM_OKAY 1
#define DT_FOREACH_OKAY_zephyr_native(fn) fn(DT_N)
#define DT_FOREACH_OKAY_VARGS_zephyr_native(fn, ...) fn(DT_N, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_zephyr_native(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_zephyr_native(fn, ...) fn(0, __VA_ARGS__)
