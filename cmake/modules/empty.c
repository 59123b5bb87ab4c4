/* SPDX-License-Identifier: Apache-2.0 */
/* A target needs at least one source. */
typedef int znet_no_code;
