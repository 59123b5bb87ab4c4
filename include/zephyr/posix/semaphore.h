/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * @brief POSIX semaphores. Calls return -1 with errno.
 */
#ifndef ZEPHYR_INCLUDE_POSIX_SEMAPHORE_H_
#define ZEPHYR_INCLUDE_POSIX_SEMAPHORE_H_

#include <zephyr/posix/posix_types.h>
#include <zephyr/posix/time.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SEM_FAILED ((sem_t *)0) /**< What sem_open() gives for none */

#ifndef SEM_VALUE_MAX
#define SEM_VALUE_MAX CONFIG_POSIX_SEM_VALUE_MAX /**< Most tokens */
#endif

/** Makes a semaphore of @p value tokens. ENOSYS if @p pshared is not 0, EINVAL for too many tokens. */
int sem_init(sem_t *semaphore, int pshared, unsigned int value) ZNET_NAME_FOR(znet_sem_init);
/** Ends it. EBUSY while a thread waits. */
int sem_destroy(sem_t *semaphore) ZNET_NAME_FOR(znet_sem_destroy);
/** Copies the number of tokens. */
int sem_getvalue(sem_t *semaphore, int *value) ZNET_NAME_FOR(znet_sem_getvalue);
/** Gives a token. EOVERFLOW when it is full. */
int sem_post(sem_t *semaphore) ZNET_NAME_FOR(znet_sem_post);
/** Takes a token until CLOCK_REALTIME is @p abstime: then ETIMEDOUT. EINVAL for what is no time. */
int sem_timedwait(sem_t *semaphore, const struct timespec *abstime) ZNET_NAME_FOR(znet_sem_timedwait);
/** Takes a token, or fails with EAGAIN. */
int sem_trywait(sem_t *semaphore) ZNET_NAME_FOR(znet_sem_trywait);
/** Takes a token, whenever one comes. */
int sem_wait(sem_t *semaphore) ZNET_NAME_FOR(znet_sem_wait);
/**
 * Opens the semaphore of that name; with O_CREAT in @p oflags makes it, with the further arguments mode_t and
 * unsigned int, the number of tokens.
 *
 * @return SEM_FAILED with ENOENT if there is none, EEXIST if there is one and O_EXCL is set, EINVAL or ENAMETOOLONG
 * for the name or tokens, ENFILE if there are CONFIG_POSIX_SEM_NSEMS_MAX already
 */
sem_t *sem_open(const char *name, int oflags, ...) ZNET_NAME_FOR(znet_sem_open);
/** Ends what sem_open() began. EINVAL for others. */
int sem_close(sem_t *sem) ZNET_NAME_FOR(znet_sem_close);
/** Takes the name away; the semaphore goes when the last who opened it has closed it. ENOENT if there is none. */
int sem_unlink(const char *name) ZNET_NAME_FOR(znet_sem_unlink);

#ifdef __cplusplus
}
#endif

#endif /* ZEPHYR_INCLUDE_POSIX_SEMAPHORE_H_ */
