// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's semaphores: those of the kernel, and a table of names.
 */
#if defined(CONFIG_POSIX_SEMAPHORES)

#include <stdarg.h>
#include <string.h>

#include <zephyr/sys/fdtable.h>

#include "posix_internal.h"

int znet_sem_init(sem_t *sem, int pshared, unsigned int value)
{
	if (sem == NULL || value > SEM_VALUE_MAX) {
		return znet_posix_status(EINVAL);
	}
	if (pshared != 0) {
		return znet_posix_status(ENOSYS);
	}
	return znet_posix_status(-k_sem_init(sem, value, SEM_VALUE_MAX));
}

int znet_sem_destroy(sem_t *sem)
{
	if (sem == NULL) {
		return znet_posix_status(EINVAL);
	}
	return znet_posix_status(sem->wait_q.head != NULL ? EBUSY : 0);
}

int znet_sem_getvalue(sem_t *sem, int *value)
{
	if (sem == NULL || value == NULL) {
		return znet_posix_status(EINVAL);
	}
	*value = (int)k_sem_count_get(sem);
	return 0;
}

int znet_sem_post(sem_t *sem)
{
	if (sem == NULL) {
		return znet_posix_status(EINVAL);
	}
	if (k_sem_count_get(sem) == sem->limit) {
		return znet_posix_status(EOVERFLOW);
	}
	k_sem_give(sem);
	return 0;
}

static int take(sem_t *sem, k_timeout_t timeout)
{
	int err;

	znet_pthread_wait_begins();
	err = k_sem_take(sem, timeout);
	/* A token taken is not lost: who has it goes on, and ends at the next occasion. */
	if (err != 0) {
		znet_pthread_wait_ends();
	}
	return err;
}

int znet_sem_trywait(sem_t *sem)
{
	if (sem == NULL) {
		return znet_posix_status(EINVAL);
	}
	return znet_posix_status(k_sem_take(sem, K_NO_WAIT) == 0 ? 0 : EAGAIN);
}

int znet_sem_wait(sem_t *sem)
{
	if (sem == NULL) {
		return znet_posix_status(EINVAL);
	}
	while (take(sem, K_FOREVER) != 0) {
	}
	return 0;
}

int znet_sem_timedwait(sem_t *sem, const struct timespec *abstime)
{
	if (sem == NULL) {
		return znet_posix_status(EINVAL);
	}
	/* The time matters only if there is something to wait for. */
	if (k_sem_take(sem, K_NO_WAIT) == 0) {
		return 0;
	}
	if (!znet_is_span(abstime)) {
		return znet_posix_status(EINVAL);
	}
	return znet_posix_status(take(sem, znet_until(abstime, false)) == 0 ? 0 : ETIMEDOUT);
}

/* ---- names ----------------------------------------------------------------------------------- */

#define NAME_MAX_LEN CONFIG_POSIX_SEM_NAMELEN_MAX

static struct named {
	sem_t sem;
	/* Empty once it is unlinked. */
	char name[NAME_MAX_LEN + 1];
	uint16_t users;
	bool used;
} named[CONFIG_POSIX_SEM_NSEMS_MAX];

/* All under the lock. */

static struct named *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
		if (named[i].used && strcmp(named[i].name, name) == 0) {
			return &named[i];
		}
	}
	return NULL;
}

static void drop_unused(struct named *one)
{
	if (one->users == 0 && one->name[0] == '\0') {
		one->used = false;
	}
}

static int check_name(const char *name)
{
	if (name == NULL || name[0] != '/' || name[1] == '\0') {
		return EINVAL;
	}
	return strnlen(name, NAME_MAX_LEN + 1) > NAME_MAX_LEN ? ENAMETOOLONG : 0;
}

static int make(const char *name, unsigned int value, struct named **made)
{
	if (value > SEM_VALUE_MAX) {
		return EINVAL;
	}
	for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
		if (!named[i].used) {
			named[i].used = true;
			named[i].users = 0;
			strcpy(named[i].name, name);
			(void)k_sem_init(&named[i].sem, value, SEM_VALUE_MAX);
			*made = &named[i];
			return 0;
		}
	}
	return ENFILE;
}

sem_t *znet_sem_open(const char *name, int oflags, ...)
{
	struct named *one = NULL;
	unsigned int value = 0;
	int err = check_name(name);

	if ((oflags & ZVFS_O_CREAT) != 0) {
		va_list args;

		va_start(args, oflags);
		/* A mode, whatever its type: it is passed as an int. */
		(void)va_arg(args, int);
		value = va_arg(args, unsigned int);
		va_end(args);
	}
	if (err != 0) {
		errno = err;
		return SEM_FAILED;
	}
	znet_posix_enter();
	one = find(name);
	if (one == NULL) {
		err = (oflags & ZVFS_O_CREAT) != 0 ? make(name, value, &one) : ENOENT;
	} else if ((oflags & ZVFS_O_CREAT) != 0 && (oflags & ZVFS_O_EXCL) != 0) {
		err = EEXIST;
	} else if (one->users == UINT16_MAX) {
		err = EMFILE;
	}
	if (err == 0) {
		one->users++;
	}
	znet_posix_leave();
	if (err != 0) {
		errno = err;
		return SEM_FAILED;
	}
	return &one->sem;
}

int znet_sem_close(sem_t *sem)
{
	int err = EINVAL;

	znet_posix_enter();
	for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
		if (sem == &named[i].sem && named[i].used && named[i].users > 0) {
			named[i].users--;
			drop_unused(&named[i]);
			err = 0;
		}
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

int znet_sem_unlink(const char *name)
{
	int err = check_name(name);
	struct named *one;

	if (err != 0) {
		return znet_posix_status(err);
	}
	znet_posix_enter();
	one = find(name);
	if (one == NULL) {
		err = ENOENT;
	} else {
		one->name[0] = '\0';
		drop_unused(one);
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

#endif /* CONFIG_POSIX_SEMAPHORES */
