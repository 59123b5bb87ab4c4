// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Questions to the device tree.
 *
 * There is no device tree compiler here. A board that needs nodes supplies
 * <zephyr/devicetree_generated.h> with the macros of Zephyr's naming (`DT_N_S_soc_S_eth_0_EXISTS`
 * and so on) and sets ZNET_DEVICETREE_GENERATED; without one the tree is empty: nothing exists,
 * loops over nodes have no turns, and drivers fall back to their Kconfig.
 */
#ifndef ZEPHYR_INCLUDE_DEVICETREE_H_
#define ZEPHYR_INCLUDE_DEVICETREE_H_

#include <zephyr/sys/util_macro.h>

#if defined(ZNET_DEVICETREE_GENERATED)
#include <zephyr/devicetree_generated.h>
#endif

#define DT_CAT(a, b)             a##b
#define DT_CAT3(a, b, c)         a##b##c
#define DT_CAT4(a, b, c, d)      a##b##c##d
#define DT_CAT5(a, b, c, d, e)   a##b##c##d##e

/* Naming a node. */

/** The root. */
#define DT_ROOT                  DT_N
/** No node at all. */
#define DT_INVALID_NODE          _
#define DT_NODELABEL(label)      DT_CAT(DT_N_NODELABEL_, label)
#define DT_ALIAS(alias)          DT_CAT(DT_N_ALIAS_, alias)
#define DT_CHOSEN(prop)          DT_CAT(DT_CHOSEN_, prop)
#define DT_PATH(...)             DT_CAT(DT_N, MACRO_MAP_CAT(Z_DT_PATH_PART, __VA_ARGS__))
#define Z_DT_PATH_PART(name)     _S_##name
#define DT_PARENT(node_id)       UTIL_CAT(node_id, _PARENT)
#define DT_INST(inst, compat)    UTIL_CAT(DT_N_INST, DT_CAT3(_##inst, _, compat))
/** Instance of the driver's own kind, DT_DRV_COMPAT. */
#define DT_DRV_INST(inst)        Z_DT_INST(inst, DT_DRV_COMPAT)
#define Z_DT_INST(inst, compat)  DT_INST(inst, compat)
/** Path of the node's last part, as a string. */
#define DT_NODE_FULL_NAME(node_id) UTIL_CAT(node_id, _FULL_NAME)
#define DT_NODE_PATH(node_id)      UTIL_CAT(node_id, _PATH)

/* Does it exist, is it switched on. Each gives 0 or 1. */

#define DT_NODE_EXISTS(node_id)           IS_ENABLED(UTIL_CAT(node_id, _EXISTS))
#define DT_HAS_CHOSEN(prop)               IS_ENABLED(DT_CAT3(DT_CHOSEN_, prop, _EXISTS))
#define DT_HAS_ALIAS(alias)               DT_NODE_EXISTS(DT_ALIAS(alias))
#define DT_NODE_HAS_STATUS(node_id, status) IS_ENABLED(UTIL_CAT(node_id, _STATUS_##status))
#define DT_NODE_HAS_STATUS_OKAY(node_id)  DT_NODE_HAS_STATUS(node_id, okay)
#define DT_HAS_COMPAT_STATUS_OKAY(compat) IS_ENABLED(UTIL_CAT(DT_COMPAT_HAS_OKAY_, compat))
#define DT_NUM_INST_STATUS_OKAY(compat)                                                            \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat), (UTIL_CAT(DT_N_INST_##compat, _NUM_OKAY)), (0))
#define DT_COMPAT_GET_ANY_STATUS_OKAY(compat)                                                      \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat), (DT_INST(0, compat)), (DT_INVALID_NODE))
#define DT_HAS_COMPAT_ON_BUS_STATUS_OKAY(compat, bus) 0
#define DT_NODE_HAS_PROP(node_id, prop)   IS_ENABLED(UTIL_CAT(node_id, _P_##prop##_EXISTS))
#define DT_INST_NODE_HAS_PROP(inst, prop) DT_NODE_HAS_PROP(DT_DRV_INST(inst), prop)
#define DT_ANY_INST_ON_BUS_STATUS_OKAY(bus) 0

/* Properties. */

#define DT_PROP(node_id, prop)            UTIL_CAT(node_id, _P_##prop)
#define DT_PROP_OR(node_id, prop, other)                                                           \
	COND_CODE_1(DT_NODE_HAS_PROP(node_id, prop), (DT_PROP(node_id, prop)), (other))
#define DT_PROP_LEN(node_id, prop)        UTIL_CAT(node_id, _P_##prop##_LEN)
#define DT_PROP_BY_IDX(node_id, prop, idx) UTIL_CAT(node_id, _P_##prop##_IDX_##idx)
#define DT_PHANDLE(node_id, prop)         UTIL_CAT(node_id, _P_##prop##_IDX_0_PH)
#define DT_PROP_HAS_IDX(node_id, prop, idx)                                                        \
	IS_ENABLED(UTIL_CAT(node_id, _P_##prop##_IDX_##idx##_EXISTS))
#define DT_ENUM_IDX(node_id, prop)        UTIL_CAT(node_id, _P_##prop##_IDX_0_ENUM_IDX)
#define DT_REG_ADDR(node_id)              UTIL_CAT(node_id, _REG_IDX_0_VAL_ADDRESS)
#define DT_REG_SIZE(node_id)              UTIL_CAT(node_id, _REG_IDX_0_VAL_SIZE)
#define DT_IRQN(node_id)                  UTIL_CAT(node_id, _IRQ_IDX_0_VAL_irq)
#define DT_IRQ(node_id, cell)             UTIL_CAT(node_id, _IRQ_IDX_0_VAL_##cell)

#define DT_INST_PROP(inst, prop)           DT_PROP(DT_DRV_INST(inst), prop)
#define DT_INST_PROP_OR(inst, prop, other) DT_PROP_OR(DT_DRV_INST(inst), prop, other)
#define DT_INST_REG_ADDR(inst)             DT_REG_ADDR(DT_DRV_INST(inst))
#define DT_INST_REG_SIZE(inst)             DT_REG_SIZE(DT_DRV_INST(inst))
#define DT_INST_IRQN(inst)                 DT_IRQN(DT_DRV_INST(inst))
#define DT_INST_IRQ(inst, cell)            DT_IRQ(DT_DRV_INST(inst), cell)
#define DT_INST_PHANDLE(inst, prop)        DT_PHANDLE(DT_DRV_INST(inst), prop)

/* Loops. */

/** fn(node) for each child. */
#define DT_FOREACH_CHILD(node_id, fn)                                                              \
	COND_CODE_1(DT_NODE_EXISTS(node_id), (UTIL_CAT(node_id, _FOREACH_CHILD)(fn)), ())
/** fn(node) for each child that is switched on. */
#define DT_FOREACH_CHILD_STATUS_OKAY(node_id, fn)                                                  \
	COND_CODE_1(DT_NODE_EXISTS(node_id), (UTIL_CAT(node_id, _FOREACH_CHILD_STATUS_OKAY)(fn)), ())
/** fn(node) for each node of a kind that is switched on. */
#define DT_FOREACH_STATUS_OKAY(compat, fn)                                                         \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat), (UTIL_CAT(DT_FOREACH_OKAY_, compat)(fn)), ())
/** fn(instance) for each instance of the driver's kind that is switched on. */
#define DT_INST_FOREACH_STATUS_OKAY(fn) Z_DT_INST_FOREACH(DT_DRV_COMPAT, fn)
#define Z_DT_INST_FOREACH(compat, fn)                                                              \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat), (UTIL_CAT(DT_FOREACH_OKAY_INST_, compat)(fn)), ())

#endif /* ZEPHYR_INCLUDE_DEVICETREE_H_ */
