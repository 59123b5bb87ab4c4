/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line for code of the simulated board: see nsi_cmdline.h.
 */

#ifndef ZNET_NATIVE_SIM_CMDLINE_H_
#define ZNET_NATIVE_SIM_CMDLINE_H_

#include "nsi_cmdline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The arguments main() got. */
void native_get_cmd_line_args(int *argc, char ***argv);
/* The arguments behind --testargs. */
void native_get_test_cmd_line_args(int *argc, char ***argv);
/* Adds a table of options; strings and destinations must outlive the process. */
void native_add_command_line_opts(struct args_struct_t *args);

#ifdef __cplusplus
}
#endif

#endif /* ZNET_NATIVE_SIM_CMDLINE_H_ */
