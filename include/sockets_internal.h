/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief The name under which drivers outside of Zephyr's tree know struct socket_op_vtable.
 */
#include <zephyr/net/socket_offload.h>
