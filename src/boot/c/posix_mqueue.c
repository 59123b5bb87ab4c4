// SPDX-License-Identifier: Apache-2.0
/*
 * POSIX's message queues. A queue is one block of the system heap with a place for each message; the most
 * urgent one is looked for when it is taken out.
 */
#if defined(CONFIG_POSIX_MESSAGE_PASSING)

#include <stdarg.h>
#include <string.h>

#include <zephyr/posix/mqueue.h>
#include <zephyr/sys/dlist.h>
#include <zephyr/sys/fdtable.h>

#include "posix_internal.h"

struct message {
	uint32_t number; /* Counts up, so that the oldest is known. */
	uint32_t prio;
	size_t len;
	bool used;
	char data[];
};

struct queue {
	sys_dnode_t node;
	char name[CONFIG_MQUEUE_NAMELEN_MAX + 1]; /* Empty when the name was taken away. */
	uint32_t opened;
	size_t places;
	size_t msgsize;
	size_t waiting;
	size_t receivers; /* Threads that wait for a message. */
	uint32_t next;
	struct k_condvar changed;
	struct sigevent event;
	const void *asked; /* Which descriptor asked for the event. */
	char messages[] __aligned(8);
};

struct descriptor {
	sys_dnode_t node;
	struct queue *queue;
	int flags;
};

static sys_dlist_t queues = SYS_DLIST_STATIC_INIT(&queues);
static sys_dlist_t descriptors = SYS_DLIST_STATIC_INIT(&descriptors);

#define NONE ((mqd_t)-1)

static size_t stride(size_t msgsize)
{
	return ROUND_UP(sizeof(struct message) + msgsize, __alignof__(struct message));
}

static struct message *place(struct queue *q, size_t index)
{
	return (struct message *)(q->messages + index * stride(q->msgsize));
}

/* Under the lock, as all below. */
static struct queue *find(const char *name)
{
	struct queue *q;

	SYS_DLIST_FOR_EACH_CONTAINER(&queues, q, node) {
		if (strcmp(q->name, name) == 0) {
			return q;
		}
	}
	return NULL;
}

static struct descriptor *descriptor_of(mqd_t mqdes)
{
	struct descriptor *d;

	SYS_DLIST_FOR_EACH_CONTAINER(&descriptors, d, node) {
		if (d == mqdes) {
			return d;
		}
	}
	return NULL;
}

static void end_if_unused(struct queue *q)
{
	if (q->opened == 0 && q->name[0] == '\0') {
		sys_dlist_remove(&q->node);
		k_free(q);
	}
}

static int make(const char *name, const struct mq_attr *attr, struct queue **made)
{
	const long places = attr != NULL ? attr->mq_maxmsg : CONFIG_POSIX_MQ_OPEN_MAX;
	const long msgsize = attr != NULL ? attr->mq_msgsize : CONFIG_MSG_SIZE_MAX;
	struct queue *q;

	if (places <= 0 || places > CONFIG_POSIX_MQ_OPEN_MAX || msgsize <= 0 ||
	    msgsize > CONFIG_MSG_SIZE_MAX) {
		return EINVAL;
	}
	q = k_calloc(1, sizeof(*q) + (size_t)places * stride((size_t)msgsize));
	if (q == NULL) {
		return ENOSPC;
	}
	strcpy(q->name, name);
	q->places = (size_t)places;
	q->msgsize = (size_t)msgsize;
	(void)k_condvar_init(&q->changed);
	sys_dlist_append(&queues, &q->node);
	*made = q;
	return 0;
}

static int open_named(const char *name, int oflags, const struct mq_attr *attr,
		      struct descriptor **opened)
{
	struct queue *q = find(name);
	const bool is_new = q == NULL;
	struct descriptor *d;
	int err = 0;

	if (is_new) {
		err = (oflags & ZVFS_O_CREAT) != 0 ? make(name, attr, &q) : ENOENT;
	} else if ((oflags & ZVFS_O_CREAT) != 0 && (oflags & ZVFS_O_EXCL) != 0) {
		err = EEXIST;
	}
	if (err != 0) {
		return err;
	}
	d = k_malloc(sizeof(*d));
	if (d == NULL) {
		if (is_new) {
			q->name[0] = '\0';
			end_if_unused(q);
		}
		return EMFILE;
	}
	d->queue = q;
	d->flags = oflags;
	q->opened++;
	sys_dlist_append(&descriptors, &d->node);
	*opened = d;
	return 0;
}

mqd_t znet_mq_open(const char *name, int oflags, ...)
{
	const struct mq_attr *attr = NULL;
	struct descriptor *d = NULL;
	int err;

	if (name == NULL || name[0] == '\0') {
		errno = EINVAL;
		return NONE;
	}
	if (strlen(name) > CONFIG_MQUEUE_NAMELEN_MAX) {
		errno = ENAMETOOLONG;
		return NONE;
	}
	if ((oflags & ZVFS_O_CREAT) != 0) {
		va_list args;

		va_start(args, oflags);
		(void)va_arg(args, unsigned int); /* mode_t, as it is passed */
		attr = va_arg(args, const struct mq_attr *);
		va_end(args);
	}
	znet_posix_enter();
	err = open_named(name, oflags, attr, &d);
	znet_posix_leave();
	if (err != 0) {
		errno = err;
		return NONE;
	}
	return d;
}

int znet_mq_close(mqd_t mqdes)
{
	struct descriptor *d;
	int err = EBADF;

	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d != NULL) {
		if (d->queue->asked == d) {
			d->queue->asked = NULL;
		}
		sys_dlist_remove(&d->node);
		d->queue->opened--;
		(void)k_condvar_broadcast(&d->queue->changed);
		end_if_unused(d->queue);
		k_free(d);
		err = 0;
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

int znet_mq_unlink(const char *name)
{
	struct queue *q;
	int err = ENOENT;

	if (name == NULL || name[0] == '\0') {
		return znet_posix_status(name == NULL ? EINVAL : ENOENT);
	}
	znet_posix_enter();
	q = find(name);
	if (q != NULL) {
		q->name[0] = '\0';
		end_if_unused(q);
		err = 0;
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

int znet_mq_getattr(mqd_t mqdes, struct mq_attr *mqstat)
{
	struct descriptor *d;
	int err = EBADF;

	if (mqstat == NULL) {
		return znet_posix_status(EINVAL);
	}
	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d != NULL) {
		mqstat->mq_flags = d->flags & ZVFS_O_NONBLOCK;
		mqstat->mq_maxmsg = (long)d->queue->places;
		mqstat->mq_msgsize = (long)d->queue->msgsize;
		mqstat->mq_curmsgs = (long)d->queue->waiting;
		err = 0;
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

int znet_mq_setattr(mqd_t mqdes, const struct mq_attr *mqstat, struct mq_attr *omqstat)
{
	struct descriptor *d;
	int err = EBADF;

	if (mqstat == NULL || (mqstat->mq_flags & ~(long)ZVFS_O_NONBLOCK) != 0) {
		return znet_posix_status(EINVAL);
	}
	if (omqstat != NULL && znet_mq_getattr(mqdes, omqstat) != 0) {
		return -1;
	}
	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d != NULL) {
		d->flags = (d->flags & ~ZVFS_O_NONBLOCK) | (int)mqstat->mq_flags;
		err = 0;
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

/* ---- messages -------------------------------------------------------------------------------- */

/* Waits, under the lock, while the queue has just so many places taken: 0, or a positive errno. */
static int wait_while(mqd_t mqdes, size_t places_taken, const struct timespec *until)
{
	struct descriptor *d = descriptor_of(mqdes);

	while (d != NULL && d->queue->waiting == places_taken) {
		struct queue *q = d->queue;
		k_timeout_t timeout = K_FOREVER;

		if ((d->flags & ZVFS_O_NONBLOCK) != 0) {
			return EAGAIN;
		}
		if (until != NULL) {
			if (!znet_is_span(until)) {
				return EINVAL;
			}
			timeout = znet_until(until, false);
			if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
				return ETIMEDOUT;
			}
		}
		/* Keeps the queue while nobody looks at its descriptor. */
		q->opened++;
		q->receivers += places_taken == 0 ? 1 : 0;
		(void)k_condvar_wait(&q->changed, &znet_posix_lock, timeout);
		q->receivers -= places_taken == 0 ? 1 : 0;
		q->opened--;
		d = descriptor_of(mqdes);
		if (d == NULL || d->queue != q) {
			/* Closed; another may have been opened in the same memory. */
			end_if_unused(q);
			return EBADF;
		}
	}
	return d != NULL ? 0 : EBADF;
}

static struct message *most_urgent(struct queue *q)
{
	struct message *best = NULL;

	for (size_t i = 0; i < q->places; i++) {
		struct message *m = place(q, i);

		if (m->used && (best == NULL || m->prio > best->prio ||
				(m->prio == best->prio && (int32_t)(m->number - best->number) < 0))) {
			best = m;
		}
	}
	return best;
}

static struct message *free_place(struct queue *q)
{
	for (size_t i = 0; i < q->places; i++) {
		if (!place(q, i)->used) {
			return place(q, i);
		}
	}
	return NULL;
}

static void *call(void *arg)
{
	struct sigevent *event = arg;

	event->sigev_notify_function(event->sigev_value);
	k_free(event);
	return NULL;
}

static void tell(const struct sigevent *event)
{
	if (event->sigev_notify == SIGEV_SIGNAL && event->sigev_notify_function != NULL) {
		event->sigev_notify_function(event->sigev_value);
	} else if (event->sigev_notify == SIGEV_THREAD) {
		struct sigevent *copy = k_malloc(sizeof(*copy));
		pthread_t thread;

		if (copy == NULL) {
			return;
		}
		*copy = *event;
		if (pthread_create(&thread, event->sigev_notify_attributes, call, copy) != 0) {
			k_free(copy);
			return;
		}
		(void)pthread_detach(thread);
	}
}

static int send(mqd_t mqdes, const char *msg, size_t len, unsigned int prio,
		const struct timespec *until)
{
	struct descriptor *d;
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	int err = 0;

	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d == NULL || (d->flags & (ZVFS_O_WRONLY | ZVFS_O_RDWR)) == 0) {
		err = EBADF;
	} else if (len > d->queue->msgsize) {
		err = EMSGSIZE;
	} else {
		err = wait_while(mqdes, d->queue->places, until);
	}
	if (err == 0) {
		struct queue *q = d->queue;
		struct message *m = free_place(q);

		*m = (struct message){
			.number = q->next++, .prio = prio, .len = len, .used = true};
		memcpy(m->data, msg, len);
		q->waiting++;
		/* Who waits for a message comes first, and whoever asked stays asked for. */
		if (q->waiting == 1 && q->receivers == 0 && q->asked != NULL) {
			event = q->event;
			q->asked = NULL;
		}
		(void)k_condvar_broadcast(&q->changed);
	}
	znet_posix_leave();
	tell(&event);
	return znet_posix_status(err);
}

static ssize_t receive(mqd_t mqdes, char *msg, size_t len, unsigned int *prio,
		       const struct timespec *until)
{
	struct descriptor *d;
	ssize_t taken = -1;
	int err = 0;

	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d == NULL || (d->flags & ZVFS_O_WRONLY) != 0) {
		err = EBADF;
	} else if (len < d->queue->msgsize) {
		err = EMSGSIZE;
	} else {
		err = wait_while(mqdes, 0, until);
	}
	if (err == 0) {
		struct queue *q = d->queue;
		struct message *m = most_urgent(q);

		memcpy(msg, m->data, m->len);
		if (prio != NULL) {
			*prio = m->prio;
		}
		taken = (ssize_t)m->len;
		m->used = false;
		q->waiting--;
		(void)k_condvar_broadcast(&q->changed);
	}
	znet_posix_leave();
	return err == 0 ? taken : znet_posix_status(err);
}

int znet_mq_send(mqd_t mqdes, const char *msg_ptr, size_t msg_len, unsigned int msg_prio)
{
	return mq_timedsend(mqdes, msg_ptr, msg_len, msg_prio, NULL);
}

int znet_mq_timedsend(mqd_t mqdes, const char *msg_ptr, size_t msg_len, unsigned int msg_prio,
		      const struct timespec *abstime)
{
	if ((msg_ptr == NULL && msg_len > 0) || msg_prio >= CONFIG_POSIX_MQ_PRIO_MAX) {
		return znet_posix_status(EINVAL);
	}
	return send(mqdes, msg_ptr, msg_len, msg_prio, abstime);
}

ssize_t znet_mq_receive(mqd_t mqdes, char *msg_ptr, size_t msg_len, unsigned int *msg_prio)
{
	return mq_timedreceive(mqdes, msg_ptr, msg_len, msg_prio, NULL);
}

ssize_t znet_mq_timedreceive(mqd_t mqdes, char *msg_ptr, size_t msg_len, unsigned int *msg_prio,
			     const struct timespec *abstime)
{
	if (msg_ptr == NULL) {
		return znet_posix_status(EINVAL);
	}
	return receive(mqdes, msg_ptr, msg_len, msg_prio, abstime);
}

int znet_mq_notify(mqd_t mqdes, const struct sigevent *notification)
{
	struct descriptor *d;
	int err = 0;

	znet_posix_enter();
	d = descriptor_of(mqdes);
	if (d == NULL) {
		err = EBADF;
	} else if (notification == NULL) {
		d->queue->asked = d->queue->asked == d ? NULL : d->queue->asked;
	} else if (notification->sigev_notify != SIGEV_NONE &&
		   notification->sigev_notify != SIGEV_SIGNAL &&
		   (notification->sigev_notify != SIGEV_THREAD ||
		    notification->sigev_notify_function == NULL)) {
		err = EINVAL;
	} else if (d->queue->asked != NULL) {
		err = EBUSY;
	} else {
		d->queue->event = *notification;
		d->queue->asked = d;
	}
	znet_posix_leave();
	return znet_posix_status(err);
}

#endif /* CONFIG_POSIX_MESSAGE_PASSING */
