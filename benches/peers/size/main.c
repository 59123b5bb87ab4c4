/* SPDX-License-Identifier: Apache-2.0 */
/* The C side of the firmware on smoltcp. */

void peer_main(void);

int main(void)
{
	peer_main();
	return 0;
}
