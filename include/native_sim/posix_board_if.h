/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a native_sim process under its older name.
 */

#ifndef ZNET_NATIVE_SIM_POSIX_BOARD_IF_H_
#define ZNET_NATIVE_SIM_POSIX_BOARD_IF_H_

#include "nsi_main.h"

static inline void posix_exit(int exit_code)
{
	nsi_exit(exit_code);
}

#endif /* ZNET_NATIVE_SIM_POSIX_BOARD_IF_H_ */
