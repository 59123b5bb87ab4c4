/* SPDX-License-Identifier: Apache-2.0 */
#define TEST_OWN_HEADER 8
