// SPDX-License-Identifier: Apache-2.0
/*
 * The shell without a terminal.
 */
#if defined(CONFIG_SHELL_BACKEND_DUMMY)

#include <string.h>

#include <zephyr/init.h>
#include <zephyr/shell/shell_dummy.h>

SHELL_DUMMY_DEFINE(shell_transport_dummy);
SHELL_DEFINE(shell_dummy, CONFIG_SHELL_PROMPT_DUMMY, &shell_transport_dummy, 256, 0,
	     SHELL_FLAG_OLF_CRLF);

static int dummy_init(const struct shell_transport *transport, const void *config,
		      shell_transport_handler_t evt_handler, void *context)
{
	struct shell_dummy *const dummy = transport->ctx;

	ARG_UNUSED(config);
	ARG_UNUSED(evt_handler);
	ARG_UNUSED(context);
	if (dummy->initialized) {
		return -EINVAL;
	}
	dummy->initialized = true;
	return 0;
}

static int dummy_uninit(const struct shell_transport *transport)
{
	((struct shell_dummy *)transport->ctx)->initialized = false;
	return 0;
}

static int dummy_enable(const struct shell_transport *transport, bool blocking_tx)
{
	ARG_UNUSED(blocking_tx);
	return ((struct shell_dummy *)transport->ctx)->initialized ? 0 : -ENODEV;
}

static int dummy_write(const struct shell_transport *transport, const void *data, size_t length,
		       size_t *cnt)
{
	struct shell_dummy *const dummy = transport->ctx;
	/* One byte stays for the terminator. */
	const size_t room = sizeof(dummy->buf) - 1 - dummy->len;
	const size_t part = MIN(length, room);

	if (!dummy->initialized) {
		return -ENODEV;
	}
	memcpy(&dummy->buf[dummy->len], data, part);
	dummy->len += part;
	*cnt = length;
	return 0;
}

static int dummy_read(const struct shell_transport *transport, void *data, size_t length,
		      size_t *cnt)
{
	ARG_UNUSED(data);
	ARG_UNUSED(length);
	*cnt = 0;
	return ((struct shell_dummy *)transport->ctx)->initialized ? 0 : -ENODEV;
}

const struct shell_transport_api shell_dummy_transport_api = {
	.init = dummy_init,
	.uninit = dummy_uninit,
	.enable = dummy_enable,
	.write = dummy_write,
	.read = dummy_read,
};

const struct shell *shell_backend_dummy_get_ptr(void)
{
	return &shell_dummy;
}

const char *shell_backend_dummy_get_output(const struct shell *sh, size_t *sizep)
{
	struct shell_dummy *const dummy = sh->iface->ctx;

	dummy->buf[dummy->len] = '\0';
	*sizep = dummy->len;
	dummy->len = 0;
	return dummy->buf;
}

void shell_backend_dummy_clear_output(const struct shell *sh)
{
	struct shell_dummy *const dummy = sh->iface->ctx;

	dummy->buf[0] = '\0';
	dummy->len = 0;
}

static int start_dummy(void)
{
	const struct shell_backend_config_flags flags = SHELL_DEFAULT_BACKEND_CONFIG_FLAGS;

	return shell_init(&shell_dummy, NULL, flags, false, 0);
}

SYS_INIT(start_dummy, POST_KERNEL, CONFIG_SHELL_BACKEND_DUMMY_INIT_PRIORITY);

#endif /* CONFIG_SHELL_BACKEND_DUMMY */
