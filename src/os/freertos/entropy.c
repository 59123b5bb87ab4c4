/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random bytes: the board's, or for tests numbers that can be guessed, or none.
 */
#include "port.h"

/* Weak: NULL on a board without. */
extern int znet_board_entropy(uint8_t *bytes, size_t len) __weak;

#if defined(CONFIG_TEST_RANDOM_GENERATOR)
/* A xorshift generator stirred with the time of each call. */
static int test_bytes(uint8_t *bytes, size_t len)
{
	static uint32_t state = 0x9e3779b9;
	const uint32_t key = znet_port_irq_lock();

	state ^= (uint32_t)znet_port_now_us();
	for (size_t i = 0; i < len; i++) {
		state = state == 0 ? 1 : state;
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		bytes[i] = (uint8_t)(state >> 24);
	}
	znet_port_irq_unlock(key);
	return 0;
}
#endif

int znet_port_entropy(uint8_t *bytes, size_t len)
{
	if (znet_board_entropy != NULL) {
		return znet_board_entropy(bytes, len);
	}
#if defined(CONFIG_TEST_RANDOM_GENERATOR)
	return test_bytes(bytes, len);
#else
	return -1;
#endif
}

void znet_freertos_check_entropy(void)
{
#if defined(CONFIG_NETWORKING) && !defined(CONFIG_TEST_RANDOM_GENERATOR)
	if (znet_board_entropy == NULL) {
		znet_freertos_fail("no source of entropy",
				   ": define znet_board_entropy(), or for tests set "
				   "CONFIG_TEST_RANDOM_GENERATOR=y");
	}
#endif
}
