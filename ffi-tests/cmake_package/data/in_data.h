/* SPDX-License-Identifier: Apache-2.0 */
#define TEST_IN_DATA 5
