/* SPDX-License-Identifier: Apache-2.0 */
/* Written by scripts/devicetree_header.py */

/* / */
#define DT_N_EXISTS 1
#define DT_N_PATH "/"
#define DT_N_FULL_NAME "/"
#define DT_N_ORD 0
#define DT_N_STATUS_okay 1
#define DT_N_CHILD_NUM 5
#define DT_N_CHILD_NUM_STATUS_OKAY 5
#define DT_N_FOREACH_CHILD(fn) fn(DT_N_S_chosen) fn(DT_N_S_cpus) fn(DT_N_S_memory_0) fn(DT_N_S_memory_20000000) fn(DT_N_S_soc)
#define DT_N_FOREACH_CHILD_VARGS(fn, ...) fn(DT_N_S_chosen, __VA_ARGS__) fn(DT_N_S_cpus, __VA_ARGS__) fn(DT_N_S_memory_0, __VA_ARGS__) fn(DT_N_S_memory_20000000, __VA_ARGS__) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_N_FOREACH_CHILD_STATUS_OKAY(fn) fn(DT_N_S_chosen) fn(DT_N_S_cpus) fn(DT_N_S_memory_0) fn(DT_N_S_memory_20000000) fn(DT_N_S_soc)
#define DT_N_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...) fn(DT_N_S_chosen, __VA_ARGS__) fn(DT_N_S_cpus, __VA_ARGS__) fn(DT_N_S_memory_0, __VA_ARGS__) fn(DT_N_S_memory_20000000, __VA_ARGS__) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_N_COMPAT_MATCHES_arm_mps2 1
#define DT_N_REG_NUM 0
#define DT_N_IRQ_NUM 0
#define DT_N_P_compatible_EXISTS 1
#define DT_N_P_compatible {"arm,mps2"}
#define DT_N_P_compatible_LEN 1
#define DT_N_P_compatible_IDX_0_EXISTS 1
#define DT_N_P_compatible_IDX_0 "arm,mps2"
#define DT_N_P_compatible_FOREACH_PROP_ELEM(fn) fn(DT_N, compatible, 0)
#define DT_N_P_compatible_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N, compatible, 0, __VA_ARGS__)

/* /chosen */
#define DT_N_S_chosen_EXISTS 1
#define DT_N_S_chosen_PATH "/chosen"
#define DT_N_S_chosen_FULL_NAME "chosen"
#define DT_N_S_chosen_ORD 1
#define DT_N_S_chosen_STATUS_okay 1
#define DT_N_S_chosen_PARENT DT_N
#define DT_N_S_chosen_CHILD_IDX 0
#define DT_N_S_chosen_CHILD_NUM 0
#define DT_N_S_chosen_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_chosen_FOREACH_CHILD(fn)
#define DT_N_S_chosen_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_chosen_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_chosen_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_chosen_REG_NUM 0
#define DT_N_S_chosen_IRQ_NUM 0

/* /cpus */
#define DT_N_S_cpus_EXISTS 1
#define DT_N_S_cpus_PATH "/cpus"
#define DT_N_S_cpus_FULL_NAME "cpus"
#define DT_N_S_cpus_ORD 4
#define DT_N_S_cpus_STATUS_okay 1
#define DT_N_S_cpus_PARENT DT_N
#define DT_N_S_cpus_CHILD_IDX 1
#define DT_N_S_cpus_CHILD_NUM 1
#define DT_N_S_cpus_CHILD_NUM_STATUS_OKAY 1
#define DT_N_S_cpus_FOREACH_CHILD(fn) fn(DT_N_S_cpus_S_cpu_0)
#define DT_N_S_cpus_FOREACH_CHILD_VARGS(fn, ...) fn(DT_N_S_cpus_S_cpu_0, __VA_ARGS__)
#define DT_N_S_cpus_FOREACH_CHILD_STATUS_OKAY(fn) fn(DT_N_S_cpus_S_cpu_0)
#define DT_N_S_cpus_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...) fn(DT_N_S_cpus_S_cpu_0, __VA_ARGS__)
#define DT_N_S_cpus_REG_NUM 0
#define DT_N_S_cpus_IRQ_NUM 0

/* /cpus/cpu@0 */
#define DT_N_S_cpus_S_cpu_0_EXISTS 1
#define DT_N_S_cpus_S_cpu_0_PATH "/cpus/cpu@0"
#define DT_N_S_cpus_S_cpu_0_FULL_NAME "cpu@0"
#define DT_N_S_cpus_S_cpu_0_ORD 5
#define DT_N_S_cpus_S_cpu_0_STATUS_okay 1
#define DT_N_S_cpus_S_cpu_0_PARENT DT_N_S_cpus
#define DT_N_S_cpus_S_cpu_0_CHILD_IDX 0
#define DT_N_S_cpus_S_cpu_0_CHILD_NUM 0
#define DT_N_S_cpus_S_cpu_0_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_cpus_S_cpu_0_FOREACH_CHILD(fn)
#define DT_N_S_cpus_S_cpu_0_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_cpus_S_cpu_0_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_cpus_S_cpu_0_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_cpus_S_cpu_0_COMPAT_MATCHES_arm_cortex_m3 1
#define DT_N_S_cpus_S_cpu_0_REG_NUM 1
#define DT_N_S_cpus_S_cpu_0_REG_IDX_0_EXISTS 1
#define DT_N_S_cpus_S_cpu_0_REG_IDX_0_VAL_ADDRESS 0x0
#define DT_N_S_cpus_S_cpu_0_IRQ_NUM 0
#define DT_N_S_cpus_S_cpu_0_P_reg_EXISTS 1
#define DT_N_S_cpus_S_cpu_0_P_reg {0}
#define DT_N_S_cpus_S_cpu_0_P_reg_LEN 1
#define DT_N_S_cpus_S_cpu_0_P_reg_IDX_0_EXISTS 1
#define DT_N_S_cpus_S_cpu_0_P_reg_IDX_0 0
#define DT_N_S_cpus_S_cpu_0_P_reg_FOREACH_PROP_ELEM(fn) fn(DT_N_S_cpus_S_cpu_0, reg, 0)
#define DT_N_S_cpus_S_cpu_0_P_reg_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_cpus_S_cpu_0, reg, 0, __VA_ARGS__)

/* /memory@0 */
#define DT_N_S_memory_0_EXISTS 1
#define DT_N_S_memory_0_PATH "/memory@0"
#define DT_N_S_memory_0_FULL_NAME "memory@0"
#define DT_N_S_memory_0_ORD 2
#define DT_N_S_memory_0_STATUS_okay 1
#define DT_N_S_memory_0_PARENT DT_N
#define DT_N_S_memory_0_CHILD_IDX 2
#define DT_N_S_memory_0_CHILD_NUM 0
#define DT_N_S_memory_0_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_memory_0_FOREACH_CHILD(fn)
#define DT_N_S_memory_0_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_memory_0_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_memory_0_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_memory_0_COMPAT_MATCHES_mmio_sram 1
#define DT_N_S_memory_0_REG_NUM 1
#define DT_N_S_memory_0_REG_IDX_0_EXISTS 1
#define DT_N_S_memory_0_REG_IDX_0_VAL_ADDRESS 0x0
#define DT_N_S_memory_0_REG_IDX_0_VAL_SIZE 0x400000
#define DT_N_S_memory_0_IRQ_NUM 0
#define DT_N_S_memory_0_P_reg_EXISTS 1
#define DT_N_S_memory_0_P_reg {0, 4194304}
#define DT_N_S_memory_0_P_reg_LEN 2
#define DT_N_S_memory_0_P_reg_IDX_0_EXISTS 1
#define DT_N_S_memory_0_P_reg_IDX_0 0
#define DT_N_S_memory_0_P_reg_IDX_1_EXISTS 1
#define DT_N_S_memory_0_P_reg_IDX_1 4194304
#define DT_N_S_memory_0_P_reg_FOREACH_PROP_ELEM(fn) fn(DT_N_S_memory_0, reg, 0) fn(DT_N_S_memory_0, reg, 1)
#define DT_N_S_memory_0_P_reg_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_memory_0, reg, 0, __VA_ARGS__) fn(DT_N_S_memory_0, reg, 1, __VA_ARGS__)

/* /memory@20000000 */
#define DT_N_S_memory_20000000_EXISTS 1
#define DT_N_S_memory_20000000_PATH "/memory@20000000"
#define DT_N_S_memory_20000000_FULL_NAME "memory@20000000"
#define DT_N_S_memory_20000000_ORD 3
#define DT_N_S_memory_20000000_STATUS_okay 1
#define DT_N_S_memory_20000000_PARENT DT_N
#define DT_N_S_memory_20000000_CHILD_IDX 3
#define DT_N_S_memory_20000000_CHILD_NUM 0
#define DT_N_S_memory_20000000_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_memory_20000000_FOREACH_CHILD(fn)
#define DT_N_S_memory_20000000_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_memory_20000000_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_memory_20000000_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_memory_20000000_COMPAT_MATCHES_mmio_sram 1
#define DT_N_S_memory_20000000_REG_NUM 1
#define DT_N_S_memory_20000000_REG_IDX_0_EXISTS 1
#define DT_N_S_memory_20000000_REG_IDX_0_VAL_ADDRESS 0x20000000
#define DT_N_S_memory_20000000_REG_IDX_0_VAL_SIZE 0x400000
#define DT_N_S_memory_20000000_IRQ_NUM 0
#define DT_N_S_memory_20000000_P_reg_EXISTS 1
#define DT_N_S_memory_20000000_P_reg {536870912, 4194304}
#define DT_N_S_memory_20000000_P_reg_LEN 2
#define DT_N_S_memory_20000000_P_reg_IDX_0_EXISTS 1
#define DT_N_S_memory_20000000_P_reg_IDX_0 536870912
#define DT_N_S_memory_20000000_P_reg_IDX_1_EXISTS 1
#define DT_N_S_memory_20000000_P_reg_IDX_1 4194304
#define DT_N_S_memory_20000000_P_reg_FOREACH_PROP_ELEM(fn) fn(DT_N_S_memory_20000000, reg, 0) fn(DT_N_S_memory_20000000, reg, 1)
#define DT_N_S_memory_20000000_P_reg_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_memory_20000000, reg, 0, __VA_ARGS__) fn(DT_N_S_memory_20000000, reg, 1, __VA_ARGS__)

/* /soc */
#define DT_N_S_soc_EXISTS 1
#define DT_N_S_soc_PATH "/soc"
#define DT_N_S_soc_FULL_NAME "soc"
#define DT_N_S_soc_ORD 6
#define DT_N_S_soc_STATUS_okay 1
#define DT_N_S_soc_PARENT DT_N
#define DT_N_S_soc_CHILD_IDX 4
#define DT_N_S_soc_CHILD_NUM 2
#define DT_N_S_soc_CHILD_NUM_STATUS_OKAY 2
#define DT_N_S_soc_FOREACH_CHILD(fn) fn(DT_N_S_soc_S_interrupt_controller_e000e100) fn(DT_N_S_soc_S_ethernet_40200000)
#define DT_N_S_soc_FOREACH_CHILD_VARGS(fn, ...) fn(DT_N_S_soc_S_interrupt_controller_e000e100, __VA_ARGS__) fn(DT_N_S_soc_S_ethernet_40200000, __VA_ARGS__)
#define DT_N_S_soc_FOREACH_CHILD_STATUS_OKAY(fn) fn(DT_N_S_soc_S_interrupt_controller_e000e100) fn(DT_N_S_soc_S_ethernet_40200000)
#define DT_N_S_soc_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...) fn(DT_N_S_soc_S_interrupt_controller_e000e100, __VA_ARGS__) fn(DT_N_S_soc_S_ethernet_40200000, __VA_ARGS__)
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

/* /soc/interrupt-controller@e000e100 */
#define DT_N_S_soc_S_interrupt_controller_e000e100_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_PATH "/soc/interrupt-controller@e000e100"
#define DT_N_S_soc_S_interrupt_controller_e000e100_FULL_NAME "interrupt-controller@e000e100"
#define DT_N_S_soc_S_interrupt_controller_e000e100_ORD 7
#define DT_N_S_soc_S_interrupt_controller_e000e100_STATUS_okay 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_PARENT DT_N_S_soc
#define DT_N_S_soc_S_interrupt_controller_e000e100_CHILD_IDX 0
#define DT_N_S_soc_S_interrupt_controller_e000e100_CHILD_NUM 0
#define DT_N_S_soc_S_interrupt_controller_e000e100_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_soc_S_interrupt_controller_e000e100_FOREACH_CHILD(fn)
#define DT_N_S_soc_S_interrupt_controller_e000e100_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_soc_S_interrupt_controller_e000e100_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_soc_S_interrupt_controller_e000e100_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_soc_S_interrupt_controller_e000e100_COMPAT_MATCHES_arm_v7m_nvic 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_REG_NUM 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_REG_IDX_0_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_REG_IDX_0_VAL_ADDRESS 0xe000e100
#define DT_N_S_soc_S_interrupt_controller_e000e100_REG_IDX_0_VAL_SIZE 0xc00
#define DT_N_S_soc_S_interrupt_controller_e000e100_IRQ_NUM 0
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg {3758153984, 3072}
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_LEN 2
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_IDX_0_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_IDX_0 3758153984
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_IDX_1_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_IDX_1 3072
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_FOREACH_PROP_ELEM(fn) fn(DT_N_S_soc_S_interrupt_controller_e000e100, reg, 0) fn(DT_N_S_soc_S_interrupt_controller_e000e100, reg, 1)
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_reg_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_soc_S_interrupt_controller_e000e100, reg, 0, __VA_ARGS__) fn(DT_N_S_soc_S_interrupt_controller_e000e100, reg, 1, __VA_ARGS__)
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits 3
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_LEN 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_IDX_0_EXISTS 1
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_IDX_0 3
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_FOREACH_PROP_ELEM(fn) fn(DT_N_S_soc_S_interrupt_controller_e000e100, arm_num_irq_priority_bits, 0)
#define DT_N_S_soc_S_interrupt_controller_e000e100_P_arm_num_irq_priority_bits_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_soc_S_interrupt_controller_e000e100, arm_num_irq_priority_bits, 0, __VA_ARGS__)

/* /soc/ethernet@40200000 */
#define DT_N_S_soc_S_ethernet_40200000_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_PATH "/soc/ethernet@40200000"
#define DT_N_S_soc_S_ethernet_40200000_FULL_NAME "ethernet@40200000"
#define DT_N_S_soc_S_ethernet_40200000_ORD 8
#define DT_N_S_soc_S_ethernet_40200000_STATUS_okay 1
#define DT_N_S_soc_S_ethernet_40200000_PARENT DT_N_S_soc
#define DT_N_S_soc_S_ethernet_40200000_CHILD_IDX 1
#define DT_N_S_soc_S_ethernet_40200000_CHILD_NUM 0
#define DT_N_S_soc_S_ethernet_40200000_CHILD_NUM_STATUS_OKAY 0
#define DT_N_S_soc_S_ethernet_40200000_FOREACH_CHILD(fn)
#define DT_N_S_soc_S_ethernet_40200000_FOREACH_CHILD_VARGS(fn, ...)
#define DT_N_S_soc_S_ethernet_40200000_FOREACH_CHILD_STATUS_OKAY(fn)
#define DT_N_S_soc_S_ethernet_40200000_FOREACH_CHILD_STATUS_OKAY_VARGS(fn, ...)
#define DT_N_S_soc_S_ethernet_40200000_COMPAT_MATCHES_smsc_lan9220 1
#define DT_N_S_soc_S_ethernet_40200000_REG_NUM 1
#define DT_N_S_soc_S_ethernet_40200000_REG_IDX_0_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_REG_IDX_0_VAL_ADDRESS 0x40200000
#define DT_N_S_soc_S_ethernet_40200000_REG_IDX_0_VAL_SIZE 0x100000
#define DT_N_S_soc_S_ethernet_40200000_IRQ_NUM 1
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_CONTROLLER DT_N_S_soc_S_interrupt_controller_e000e100
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_VAL_irq 13
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_VAL_irq_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_VAL_priority 3
#define DT_N_S_soc_S_ethernet_40200000_IRQ_IDX_0_VAL_priority_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_reg_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_reg {1075838976, 1048576}
#define DT_N_S_soc_S_ethernet_40200000_P_reg_LEN 2
#define DT_N_S_soc_S_ethernet_40200000_P_reg_IDX_0_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_reg_IDX_0 1075838976
#define DT_N_S_soc_S_ethernet_40200000_P_reg_IDX_1_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_reg_IDX_1 1048576
#define DT_N_S_soc_S_ethernet_40200000_P_reg_FOREACH_PROP_ELEM(fn) fn(DT_N_S_soc_S_ethernet_40200000, reg, 0) fn(DT_N_S_soc_S_ethernet_40200000, reg, 1)
#define DT_N_S_soc_S_ethernet_40200000_P_reg_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_soc_S_ethernet_40200000, reg, 0, __VA_ARGS__) fn(DT_N_S_soc_S_ethernet_40200000, reg, 1, __VA_ARGS__)
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts {13, 3}
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_LEN 2
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_IDX_0_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_IDX_0 13
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_IDX_1_EXISTS 1
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_IDX_1 3
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_FOREACH_PROP_ELEM(fn) fn(DT_N_S_soc_S_ethernet_40200000, interrupts, 0) fn(DT_N_S_soc_S_ethernet_40200000, interrupts, 1)
#define DT_N_S_soc_S_ethernet_40200000_P_interrupts_FOREACH_PROP_ELEM_VARGS(fn, ...) fn(DT_N_S_soc_S_ethernet_40200000, interrupts, 0, __VA_ARGS__) fn(DT_N_S_soc_S_ethernet_40200000, interrupts, 1, __VA_ARGS__)

/* Names of nodes */
#define DT_N_NODELABEL_cpu0 DT_N_S_cpus_S_cpu_0
#define DT_N_NODELABEL_flash0 DT_N_S_memory_0
#define DT_N_NODELABEL_sram0 DT_N_S_memory_20000000
#define DT_N_NODELABEL_nvic DT_N_S_soc_S_interrupt_controller_e000e100
#define DT_N_NODELABEL_eth0 DT_N_S_soc_S_ethernet_40200000
#define DT_CHOSEN_zephyr_flash DT_N_S_memory_0
#define DT_CHOSEN_zephyr_flash_EXISTS 1
#define DT_CHOSEN_zephyr_sram DT_N_S_memory_20000000
#define DT_CHOSEN_zephyr_sram_EXISTS 1
#define DT_FOREACH_OKAY_HELPER(fn) fn(DT_N) fn(DT_N_S_chosen) fn(DT_N_S_cpus) fn(DT_N_S_cpus_S_cpu_0) fn(DT_N_S_memory_0) fn(DT_N_S_memory_20000000) fn(DT_N_S_soc) fn(DT_N_S_soc_S_interrupt_controller_e000e100) fn(DT_N_S_soc_S_ethernet_40200000)

/* Instances of each kind, those that are switched on first */
#define DT_N_INST_0_arm_cortex_m3 DT_N_S_cpus_S_cpu_0
#define DT_COMPAT_HAS_OKAY_arm_cortex_m3 1
#define DT_N_INST_arm_cortex_m3_NUM_OKAY 1
#define DT_FOREACH_OKAY_arm_cortex_m3(fn) fn(DT_N_S_cpus_S_cpu_0)
#define DT_FOREACH_OKAY_VARGS_arm_cortex_m3(fn, ...) fn(DT_N_S_cpus_S_cpu_0, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_arm_cortex_m3(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_arm_cortex_m3(fn, ...) fn(0, __VA_ARGS__)
#define DT_N_INST_0_arm_mps2 DT_N
#define DT_COMPAT_HAS_OKAY_arm_mps2 1
#define DT_N_INST_arm_mps2_NUM_OKAY 1
#define DT_FOREACH_OKAY_arm_mps2(fn) fn(DT_N)
#define DT_FOREACH_OKAY_VARGS_arm_mps2(fn, ...) fn(DT_N, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_arm_mps2(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_arm_mps2(fn, ...) fn(0, __VA_ARGS__)
#define DT_N_INST_0_arm_v7m_nvic DT_N_S_soc_S_interrupt_controller_e000e100
#define DT_COMPAT_HAS_OKAY_arm_v7m_nvic 1
#define DT_N_INST_arm_v7m_nvic_NUM_OKAY 1
#define DT_FOREACH_OKAY_arm_v7m_nvic(fn) fn(DT_N_S_soc_S_interrupt_controller_e000e100)
#define DT_FOREACH_OKAY_VARGS_arm_v7m_nvic(fn, ...) fn(DT_N_S_soc_S_interrupt_controller_e000e100, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_arm_v7m_nvic(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_arm_v7m_nvic(fn, ...) fn(0, __VA_ARGS__)
#define DT_N_INST_0_mmio_sram DT_N_S_memory_0
#define DT_N_INST_1_mmio_sram DT_N_S_memory_20000000
#define DT_COMPAT_HAS_OKAY_mmio_sram 1
#define DT_N_INST_mmio_sram_NUM_OKAY 2
#define DT_FOREACH_OKAY_mmio_sram(fn) fn(DT_N_S_memory_0) fn(DT_N_S_memory_20000000)
#define DT_FOREACH_OKAY_VARGS_mmio_sram(fn, ...) fn(DT_N_S_memory_0, __VA_ARGS__) fn(DT_N_S_memory_20000000, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_mmio_sram(fn) fn(0) fn(1)
#define DT_FOREACH_OKAY_INST_VARGS_mmio_sram(fn, ...) fn(0, __VA_ARGS__) fn(1, __VA_ARGS__)
#define DT_N_INST_0_simple_bus DT_N_S_soc
#define DT_COMPAT_HAS_OKAY_simple_bus 1
#define DT_N_INST_simple_bus_NUM_OKAY 1
#define DT_FOREACH_OKAY_simple_bus(fn) fn(DT_N_S_soc)
#define DT_FOREACH_OKAY_VARGS_simple_bus(fn, ...) fn(DT_N_S_soc, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_simple_bus(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_simple_bus(fn, ...) fn(0, __VA_ARGS__)
#define DT_N_INST_0_smsc_lan9220 DT_N_S_soc_S_ethernet_40200000
#define DT_COMPAT_HAS_OKAY_smsc_lan9220 1
#define DT_N_INST_smsc_lan9220_NUM_OKAY 1
#define DT_FOREACH_OKAY_smsc_lan9220(fn) fn(DT_N_S_soc_S_ethernet_40200000)
#define DT_FOREACH_OKAY_VARGS_smsc_lan9220(fn, ...) fn(DT_N_S_soc_S_ethernet_40200000, __VA_ARGS__)
#define DT_FOREACH_OKAY_INST_smsc_lan9220(fn) fn(0)
#define DT_FOREACH_OKAY_INST_VARGS_smsc_lan9220(fn, ...) fn(0, __VA_ARGS__)
