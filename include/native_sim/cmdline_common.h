/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Former name of nsi_cmdline.h.
 */

#ifndef ZNET_NATIVE_SIM_CMDLINE_COMMON_H_
#define ZNET_NATIVE_SIM_CMDLINE_COMMON_H_

#include "nsi_cmdline.h"

#endif /* ZNET_NATIVE_SIM_CMDLINE_COMMON_H_ */
