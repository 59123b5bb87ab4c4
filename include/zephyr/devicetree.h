// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Questions to the device tree.
 *
 * The CMake package supplies <zephyr/devicetree_generated.h> with the macros of Zephyr's naming
 * (`DT_N_S_soc_S_eth_0_EXISTS` and so on), written from the board's tree and the application's
 * overlays by scripts/devicetree_header.py, and sets ZNET_DEVICETREE_GENERATED. In programs with a
 * build of their own the tree is empty: nothing exists, loops over nodes have no turns, and drivers
 * fall back to their Kconfig.
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
#define DT_PATH(...)             UTIL_CAT(DT_N, MACRO_MAP_CAT(Z_DT_PATH_PART, __VA_ARGS__))
#define Z_DT_PATH_PART(name)     _S_##name
#define DT_PARENT(node_id)       UTIL_CAT(node_id, _PARENT)
#define DT_GPARENT(node_id)      DT_PARENT(DT_PARENT(node_id))
#define DT_CHILD(node_id, child) UTIL_CAT(node_id, DT_CAT(_S_, child))
#define DT_COMPAT_HAS_OKAY(compat) DT_HAS_COMPAT_STATUS_OKAY(compat)
#define DT_INST(inst, compat)    UTIL_CAT(DT_N_INST, DT_CAT3(_##inst, _, compat))
/** Instance of the driver's own kind, DT_DRV_COMPAT. */
#define DT_DRV_INST(inst)        Z_DT_INST(inst, DT_DRV_COMPAT)
#define Z_DT_INST(inst, compat)  DT_INST(inst, compat)
/** Path of the node's last part, as a string. */
#define DT_NODE_FULL_NAME(node_id) UTIL_CAT(node_id, _FULL_NAME)
#define DT_NODE_PATH(node_id)      UTIL_CAT(node_id, _PATH)
/** Number of the node, each after those it needs. */
#define DT_DEP_ORD(node_id)        UTIL_CAT(node_id, _ORD)
#define DT_NODE_CHILD_IDX(node_id) UTIL_CAT(node_id, _CHILD_IDX)
#define DT_CHILD_NUM(node_id)      UTIL_CAT(node_id, _CHILD_NUM)
#define DT_CHILD_NUM_STATUS_OKAY(node_id) UTIL_CAT(node_id, _CHILD_NUM_STATUS_OKAY)
#define DT_SAME_NODE(a, b)         (DT_DEP_ORD(a) == (DT_DEP_ORD(b)))
/** The bus that the node hangs on. */
#define DT_BUS(node_id)            UTIL_CAT(node_id, _BUS)
#define DT_ON_BUS(node_id, bus)    IS_ENABLED(UTIL_CAT(node_id, _BUS_##bus))

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
#define DT_NODE_HAS_COMPAT(node_id, compat)                                                        \
	IS_ENABLED(UTIL_CAT(node_id, _COMPAT_MATCHES_##compat))
#define DT_NODE_HAS_COMPAT_STATUS(node_id, compat, status)                                         \
	UTIL_AND(DT_NODE_HAS_COMPAT(node_id, compat), DT_NODE_HAS_STATUS(node_id, status))

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
#define DT_ENUM_IDX_OR(node_id, prop, other)                                                       \
	COND_CODE_1(DT_NODE_HAS_PROP(node_id, prop), (DT_ENUM_IDX(node_id, prop)), (other))
#define DT_ENUM_HAS_VALUE(node_id, prop, value)                                                    \
	IS_ENABLED(UTIL_CAT(node_id, _P_##prop##_IDX_0_ENUM_VAL_##value##_EXISTS))
#define DT_PROP_LEN_OR(node_id, prop, other)                                                       \
	COND_CODE_1(DT_NODE_HAS_PROP(node_id, prop), (DT_PROP_LEN(node_id, prop)), (other))
#define DT_STRING_TOKEN(node_id, prop)       UTIL_CAT(node_id, _P_##prop##_STRING_TOKEN)
#define DT_STRING_UPPER_TOKEN(node_id, prop) UTIL_CAT(node_id, _P_##prop##_STRING_UPPER_TOKEN)
#define DT_STRING_UNQUOTED(node_id, prop)    UTIL_CAT(node_id, _P_##prop##_STRING_UNQUOTED)
#define DT_STRING_TOKEN_OR(node_id, prop, other)                                                   \
	COND_CODE_1(DT_NODE_HAS_PROP(node_id, prop), (DT_STRING_TOKEN(node_id, prop)), (other))
#define DT_PHANDLE_BY_IDX(node_id, prop, idx) UTIL_CAT(node_id, _P_##prop##_IDX_##idx##_PH)
/** A number that follows a phandle. */
#define DT_PHA_BY_IDX(node_id, prop, idx, cell)                                                    \
	UTIL_CAT(node_id, _P_##prop##_IDX_##idx##_VAL_##cell)
#define DT_PHA(node_id, prop, cell)          DT_PHA_BY_IDX(node_id, prop, 0, cell)
#define DT_PHA_HAS_CELL_AT_IDX(node_id, prop, idx, cell)                                           \
	IS_ENABLED(UTIL_CAT(node_id, _P_##prop##_IDX_##idx##_VAL_##cell##_EXISTS))
#define DT_PHA_HAS_CELL(node_id, prop, cell) DT_PHA_HAS_CELL_AT_IDX(node_id, prop, 0, cell)
#define DT_PHA_BY_IDX_OR(node_id, prop, idx, cell, other)                                          \
	COND_CODE_1(DT_PHA_HAS_CELL_AT_IDX(node_id, prop, idx, cell),                              \
		    (DT_PHA_BY_IDX(node_id, prop, idx, cell)), (other))
#define DT_PHA_OR(node_id, prop, cell, other) DT_PHA_BY_IDX_OR(node_id, prop, 0, cell, other)
/** A property of the node that a phandle leads to. */
#define DT_PROP_BY_PHANDLE_IDX(node_id, phs, idx, prop)                                            \
	DT_PROP(DT_PHANDLE_BY_IDX(node_id, phs, idx), prop)
#define DT_PROP_BY_PHANDLE(node_id, ph, prop) DT_PROP_BY_PHANDLE_IDX(node_id, ph, 0, prop)

/* Registers and interrupts. */

#define DT_NUM_REGS(node_id)              UTIL_CAT(node_id, _REG_NUM)
#define DT_REG_HAS_IDX(node_id, idx)      IS_ENABLED(UTIL_CAT(node_id, _REG_IDX_##idx##_EXISTS))
#define DT_REG_HAS_NAME(node_id, name)    IS_ENABLED(UTIL_CAT(node_id, _REG_NAME_##name##_EXISTS))
#define DT_REG_ADDR_BY_IDX(node_id, idx)  UTIL_CAT(node_id, _REG_IDX_##idx##_VAL_ADDRESS)
#define DT_REG_SIZE_BY_IDX(node_id, idx)  UTIL_CAT(node_id, _REG_IDX_##idx##_VAL_SIZE)
#define DT_REG_ADDR_BY_NAME(node_id, name) UTIL_CAT(node_id, _REG_NAME_##name##_VAL_ADDRESS)
#define DT_REG_SIZE_BY_NAME(node_id, name) UTIL_CAT(node_id, _REG_NAME_##name##_VAL_SIZE)
#define DT_REG_ADDR(node_id)              DT_REG_ADDR_BY_IDX(node_id, 0)
#define DT_REG_SIZE(node_id)              DT_REG_SIZE_BY_IDX(node_id, 0)
#define DT_NUM_IRQS(node_id)              UTIL_CAT(node_id, _IRQ_NUM)
#define DT_IRQ_HAS_IDX(node_id, idx)      IS_ENABLED(UTIL_CAT(node_id, _IRQ_IDX_##idx##_EXISTS))
#define DT_IRQ_HAS_CELL_AT_IDX(node_id, idx, cell)                                                 \
	IS_ENABLED(UTIL_CAT(node_id, _IRQ_IDX_##idx##_VAL_##cell##_EXISTS))
#define DT_IRQ_HAS_CELL(node_id, cell)    DT_IRQ_HAS_CELL_AT_IDX(node_id, 0, cell)
#define DT_IRQ_HAS_NAME(node_id, name)                                                             \
	IS_ENABLED(UTIL_CAT(node_id, _IRQ_NAME_##name##_VAL_irq_EXISTS))
#define DT_IRQ_BY_IDX(node_id, idx, cell) UTIL_CAT(node_id, _IRQ_IDX_##idx##_VAL_##cell)
#define DT_IRQ_BY_NAME(node_id, name, cell) UTIL_CAT(node_id, _IRQ_NAME_##name##_VAL_##cell)
#define DT_IRQ(node_id, cell)             DT_IRQ_BY_IDX(node_id, 0, cell)
#define DT_IRQN(node_id)                  DT_IRQ(node_id, irq)
#define DT_IRQN_BY_IDX(node_id, idx)      DT_IRQ_BY_IDX(node_id, idx, irq)
#define DT_IRQ_INTC(node_id)              UTIL_CAT(node_id, _IRQ_IDX_0_CONTROLLER)

/* The same of an instance of DT_DRV_COMPAT. */

#define DT_INST_PROP(inst, prop)           DT_PROP(DT_DRV_INST(inst), prop)
#define DT_INST_PROP_OR(inst, prop, other) DT_PROP_OR(DT_DRV_INST(inst), prop, other)
#define DT_INST_REG_ADDR(inst)             DT_REG_ADDR(DT_DRV_INST(inst))
#define DT_INST_REG_SIZE(inst)             DT_REG_SIZE(DT_DRV_INST(inst))
#define DT_INST_IRQN(inst)                 DT_IRQN(DT_DRV_INST(inst))
#define DT_INST_IRQ(inst, cell)            DT_IRQ(DT_DRV_INST(inst), cell)
#define DT_INST_PHANDLE(inst, prop)        DT_PHANDLE(DT_DRV_INST(inst), prop)
#define DT_INST_PHANDLE_BY_IDX(inst, prop, idx) DT_PHANDLE_BY_IDX(DT_DRV_INST(inst), prop, idx)
#define DT_INST_PHA(inst, prop, cell)      DT_PHA(DT_DRV_INST(inst), prop, cell)
#define DT_INST_PHA_BY_IDX(inst, prop, idx, cell) DT_PHA_BY_IDX(DT_DRV_INST(inst), prop, idx, cell)
#define DT_INST_PROP_BY_PHANDLE(inst, ph, prop) DT_PROP_BY_PHANDLE(DT_DRV_INST(inst), ph, prop)
#define DT_INST_PROP_LEN(inst, prop)       DT_PROP_LEN(DT_DRV_INST(inst), prop)
#define DT_INST_PROP_BY_IDX(inst, prop, idx) DT_PROP_BY_IDX(DT_DRV_INST(inst), prop, idx)
#define DT_INST_PROP_HAS_IDX(inst, prop, idx) DT_PROP_HAS_IDX(DT_DRV_INST(inst), prop, idx)
#define DT_INST_ENUM_IDX(inst, prop)       DT_ENUM_IDX(DT_DRV_INST(inst), prop)
#define DT_INST_ENUM_IDX_OR(inst, prop, other) DT_ENUM_IDX_OR(DT_DRV_INST(inst), prop, other)
#define DT_INST_ENUM_HAS_VALUE(inst, prop, value) DT_ENUM_HAS_VALUE(DT_DRV_INST(inst), prop, value)
#define DT_INST_STRING_TOKEN(inst, prop)   DT_STRING_TOKEN(DT_DRV_INST(inst), prop)
#define DT_INST_PARENT(inst)               DT_PARENT(DT_DRV_INST(inst))
#define DT_INST_GPARENT(inst)              DT_GPARENT(DT_DRV_INST(inst))
#define DT_INST_CHILD(inst, child)         DT_CHILD(DT_DRV_INST(inst), child)
#define DT_INST_BUS(inst)                  DT_BUS(DT_DRV_INST(inst))
#define DT_INST_ON_BUS(inst, bus)          DT_ON_BUS(DT_DRV_INST(inst), bus)
#define DT_INST_REG_ADDR_BY_IDX(inst, idx) DT_REG_ADDR_BY_IDX(DT_DRV_INST(inst), idx)
#define DT_INST_REG_SIZE_BY_IDX(inst, idx) DT_REG_SIZE_BY_IDX(DT_DRV_INST(inst), idx)
#define DT_INST_REG_ADDR_BY_NAME(inst, name) DT_REG_ADDR_BY_NAME(DT_DRV_INST(inst), name)
#define DT_INST_REG_SIZE_BY_NAME(inst, name) DT_REG_SIZE_BY_NAME(DT_DRV_INST(inst), name)
#define DT_INST_REG_HAS_IDX(inst, idx)     DT_REG_HAS_IDX(DT_DRV_INST(inst), idx)
#define DT_INST_REG_HAS_NAME(inst, name)   DT_REG_HAS_NAME(DT_DRV_INST(inst), name)
#define DT_NUM_INST_REGS(inst)             DT_NUM_REGS(DT_DRV_INST(inst))
#define DT_INST_IRQ_HAS_IDX(inst, idx)     DT_IRQ_HAS_IDX(DT_DRV_INST(inst), idx)
#define DT_INST_IRQ_HAS_CELL(inst, cell)   DT_IRQ_HAS_CELL(DT_DRV_INST(inst), cell)
#define DT_INST_IRQ_HAS_NAME(inst, name)   DT_IRQ_HAS_NAME(DT_DRV_INST(inst), name)
#define DT_INST_IRQ_BY_IDX(inst, idx, cell) DT_IRQ_BY_IDX(DT_DRV_INST(inst), idx, cell)
#define DT_INST_IRQ_BY_NAME(inst, name, cell) DT_IRQ_BY_NAME(DT_DRV_INST(inst), name, cell)
#define DT_INST_IRQN_BY_IDX(inst, idx)     DT_IRQN_BY_IDX(DT_DRV_INST(inst), idx)
#define DT_INST_DEP_ORD(inst)              DT_DEP_ORD(DT_DRV_INST(inst))

/* Loops. */

/** fn(node) for each node that is switched on. */
#if defined(DT_FOREACH_OKAY_HELPER)
#define DT_FOREACH_STATUS_OKAY_NODE(fn) DT_FOREACH_OKAY_HELPER(fn)
#else
#define DT_FOREACH_STATUS_OKAY_NODE(fn)
#endif

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
/* The same loops, with further arguments for fn. */
#define DT_FOREACH_CHILD_VARGS(node_id, fn, ...)                                                   \
	COND_CODE_1(DT_NODE_EXISTS(node_id),                                                       \
		    (UTIL_CAT(node_id, _FOREACH_CHILD_VARGS)(fn, __VA_ARGS__)), ())
#define DT_FOREACH_CHILD_STATUS_OKAY_VARGS(node_id, fn, ...)                                       \
	COND_CODE_1(DT_NODE_EXISTS(node_id),                                                       \
		    (UTIL_CAT(node_id, _FOREACH_CHILD_STATUS_OKAY_VARGS)(fn, __VA_ARGS__)), ())
#define DT_FOREACH_STATUS_OKAY_VARGS(compat, fn, ...)                                              \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat),                                             \
		    (UTIL_CAT(DT_FOREACH_OKAY_VARGS_, compat)(fn, __VA_ARGS__)), ())
#define DT_INST_FOREACH_STATUS_OKAY_VARGS(fn, ...)                                                 \
	Z_DT_INST_FOREACH_VARGS(DT_DRV_COMPAT, fn, __VA_ARGS__)
#define Z_DT_INST_FOREACH_VARGS(compat, fn, ...)                                                   \
	COND_CODE_1(DT_HAS_COMPAT_STATUS_OKAY(compat),                                             \
		    (UTIL_CAT(DT_FOREACH_OKAY_INST_VARGS_, compat)(fn, __VA_ARGS__)), ())
#define DT_INST_FOREACH_CHILD(inst, fn)    DT_FOREACH_CHILD(DT_DRV_INST(inst), fn)
#define DT_INST_FOREACH_CHILD_VARGS(inst, fn, ...)                                                 \
	DT_FOREACH_CHILD_VARGS(DT_DRV_INST(inst), fn, __VA_ARGS__)
/** fn(node, property, index) for each element of a property. */
#define DT_FOREACH_PROP_ELEM(node_id, prop, fn)                                                    \
	UTIL_CAT(node_id, _P_##prop##_FOREACH_PROP_ELEM)(fn)
#define DT_FOREACH_PROP_ELEM_VARGS(node_id, prop, fn, ...)                                         \
	UTIL_CAT(node_id, _P_##prop##_FOREACH_PROP_ELEM_VARGS)(fn, __VA_ARGS__)
#define DT_INST_FOREACH_PROP_ELEM(inst, prop, fn) DT_FOREACH_PROP_ELEM(DT_DRV_INST(inst), prop, fn)
/** Does any instance that is switched on have the property? */
#define DT_ANY_INST_HAS_PROP_STATUS_OKAY(prop)                                                     \
	(DT_INST_FOREACH_STATUS_OKAY_VARGS(Z_DT_INST_HAS_PROP_OR, prop) 0)
#define Z_DT_INST_HAS_PROP_OR(inst, prop) DT_INST_NODE_HAS_PROP(inst, prop) ||

#endif /* ZEPHYR_INCLUDE_DEVICETREE_H_ */
