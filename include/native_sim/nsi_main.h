/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a native_sim process.
 */

#ifndef ZNET_NATIVE_SIM_NSI_MAIN_H_
#define ZNET_NATIVE_SIM_NSI_MAIN_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Ends the process with this status, after the exit tasks. */
void nsi_exit(int exit_code);

#ifdef __cplusplus
}
#endif

#endif /* ZNET_NATIVE_SIM_NSI_MAIN_H_ */
