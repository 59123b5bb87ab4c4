/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief Signals as far as a kernel without processes has them: sets, and how a timer or a queue tells of
 * something (struct sigevent). No thread is ever interrupted by one.
 *
 * The types are the C library's where it has them.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SIGNAL_H_
#define ZEPHYR_INCLUDE_POSIX_SIGNAL_H_

#include <signal.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A host hides it from sources that ask for the language's standard alone. */
struct sigevent;

/* The C library of firmware has a shorter one, or none. */
#if !defined(CONFIG_ARCH_POSIX)
#include <zephyr/posix/posix_types.h>

#define sigevent z_sigevent

/** How an event is told of. */
struct sigevent {
	int sigev_notify; /**< SIGEV_NONE, SIGEV_SIGNAL or SIGEV_THREAD */
	int sigev_signo;
	union sigval sigev_value; /**< Handed to the function */
	void (*sigev_notify_function)(union sigval value);
	pthread_attr_t *sigev_notify_attributes; /**< Of the thread; NULL for the usual ones */
};

#undef SIGEV_NONE
#undef SIGEV_SIGNAL
#undef SIGEV_THREAD
#define SIGEV_NONE   1 /**< Nobody is told */
#define SIGEV_SIGNAL 2 /**< The function is called where it happens: for a timer in an interrupt */
#define SIGEV_THREAD 3 /**< The function is called by a thread of its own */
#endif

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SIGNAL_H_ */
