/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Command line options of the board native_sim.
 *
 * An option is written --name=value or --name:value, a switch --name; one dash or none will do.
 * Options are added from a task at level PRE_BOOT_1 (see nsi_tasks.h), before the line is read.
 */

#ifndef ZNET_NATIVE_SIM_NSI_CMDLINE_H_
#define ZNET_NATIVE_SIM_NSI_CMDLINE_H_

#include <stdbool.h>
#include <stddef.h>

#include "nsi_cmdline_main_if.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Called when an option is found. argv is the whole argument; the value, if the option has one,
 * begins at argv[offset].
 */
typedef void (*option_found_callback_f)(char *argv, int offset);

/* One option. A table of them ends with ARG_TABLE_ENDMARKER. */
struct args_struct_t {
	/* Described and set to its default, but not read: the application reads it. */
	bool manual;
	/* Shown without brackets in the help. */
	bool is_mandatory;
	/* Takes no value: being there sets the bool at dest. */
	bool is_switch;
	/* Name, without dashes. */
	const char *option;
	/* What the help calls the value. */
	const char *name;
	/*
	 * Type behind dest and its value when the option is not given: 'b' bool (false),
	 * 's' char * (NULL), 'u' uint32_t and 'U' uint64_t (their maximum), 'i' int32_t and
	 * 'I' int64_t (their maximum), 'd' double (NAN), 'l' a list (manual options only).
	 */
	char type;
	/* Where the value goes; may be NULL. */
	void *dest;
	/* May be NULL. */
	option_found_callback_f call_when_found;
	/* Sentence for the help. */
	const char *descript;
};

#define ARG_TABLE_ENDMARKER { false, false, false, NULL, NULL, 0, NULL, NULL, NULL }

/* The arguments main() got. */
void nsi_get_cmd_line_args(int *argc, char ***argv);
/* The arguments behind --testargs. */
void nsi_get_test_cmd_line_args(int *argc, char ***argv);
/* Adds a table of options; strings and destinations must outlive the process. */
void nsi_add_command_line_opts(struct args_struct_t *args);

#ifdef __cplusplus
}
#endif

#endif /* ZNET_NATIVE_SIM_NSI_CMDLINE_H_ */
