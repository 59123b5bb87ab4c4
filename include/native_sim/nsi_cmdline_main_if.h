/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How main() hands over to the board native_sim.
 */

#ifndef ZNET_NATIVE_SIM_NSI_CMDLINE_MAIN_IF_H_
#define ZNET_NATIVE_SIM_NSI_CMDLINE_MAIN_IF_H_

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Runs the tasks that precede the boot and reads the command line. Ends the process with status 0
 * after --help, with 2 when the line cannot be understood.
 */
void znet_native_start(int argc, char *argv[]);

/* Runs the FIRST_SLEEP tasks; for the boot code, once. */
void znet_native_first_sleep(void);

#ifdef __cplusplus
}
#endif

#endif /* ZNET_NATIVE_SIM_NSI_CMDLINE_MAIN_IF_H_ */
