/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NATIVE_TASK: NSI_TASK under its older name, with the older levels (ON_EXIT besides those of
 * nsi_tasks.h).
 */

#ifndef ZNET_NATIVE_SIM_POSIX_NATIVE_TASK_H_
#define ZNET_NATIVE_SIM_POSIX_NATIVE_TASK_H_

#include "nsi_tasks.h"

#define NSITASK_ON_EXIT_LEVEL NSITASK_ON_EXIT_PRE_LEVEL

#define NATIVE_TASK(fn, level, prio) NSI_TASK(fn, level, prio)

#endif /* ZNET_NATIVE_SIM_POSIX_NATIVE_TASK_H_ */
