# SPDX-License-Identifier: Apache-2.0
#
# Included by network samples, ours and Zephyr's:
#
#   include(${ZEPHYR_BASE}/samples/net/common/common.cmake)
#
# The drivers and the network configuration that samples need are parts of the library, so there
# is nothing to add to the application here.
