// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * @brief Memory domains of user mode, which does not exist: the calls succeed and do nothing.
 */
#ifndef ZEPHYR_INCLUDE_APP_MEMORY_MEM_DOMAIN_H_
#define ZEPHYR_INCLUDE_APP_MEMORY_MEM_DOMAIN_H_

#include <stddef.h>
#include <stdint.h>

#include <zephyr/toolchain.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t k_mem_partition_attr_t;

/** A range of memory. */
struct k_mem_partition {
	uintptr_t start;
	size_t size;
	k_mem_partition_attr_t attr;
};

/** A set of ranges. */
struct k_mem_domain {
	uint8_t num_partitions;
};

#define K_MEM_PARTITION_P_RW_U_RW ((k_mem_partition_attr_t)0)
#define K_MEM_PARTITION_P_RW_U_RO ((k_mem_partition_attr_t)1)
#define K_MEM_PARTITION_P_RW_U_NA ((k_mem_partition_attr_t)2)
#define K_MEM_PARTITION_P_RO_U_RO ((k_mem_partition_attr_t)3)
#define K_MEM_PARTITION_P_RO_U_NA ((k_mem_partition_attr_t)4)

/** Defines a partition of @p len bytes at @p begin. */
#define K_MEM_PARTITION_DEFINE(name, begin, len, attribute)                                        \
	struct k_mem_partition name = {(uintptr_t)(begin), (len), (attribute)}

struct k_thread;

static inline int k_mem_domain_init(struct k_mem_domain *domain, uint8_t num_parts,
				    struct k_mem_partition *parts[])
{
	ARG_UNUSED(parts);
	domain->num_partitions = num_parts;
	return 0;
}

static inline int k_mem_domain_add_partition(struct k_mem_domain *domain,
					     struct k_mem_partition *part)
{
	ARG_UNUSED(domain);
	ARG_UNUSED(part);
	return 0;
}

static inline int k_mem_domain_remove_partition(struct k_mem_domain *domain,
						struct k_mem_partition *part)
{
	ARG_UNUSED(domain);
	ARG_UNUSED(part);
	return 0;
}

static inline int k_mem_domain_add_thread(struct k_mem_domain *domain, struct k_thread *thread)
{
	ARG_UNUSED(domain);
	ARG_UNUSED(thread);
	return 0;
}

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_APP_MEMORY_MEM_DOMAIN_H_ */
