// SPDX-License-Identifier: Apache-2.0
/*
 * Start of the program: hands the bounds of the linker's lists to the library. Compiled with each application, since
 * only there the lists are whole.
 */
#include <stdio.h>

#include <zephyr/kernel.h>

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/znet_boot.h>

#if defined(CONFIG_ARCH_POSIX)
#include <nsi_cmdline_main_if.h>
#endif

/*
 * The bounds of a list, as bytes since most types are unknown here. Weak: a program linked without our fragment of the
 * linker script has no lists, and the bounds are NULL.
 */
#define BOUNDS(type)                                                                               \
	extern char _##type##_list_start[] __weak;                                                 \
	extern char _##type##_list_end[] __weak

BOUNDS(device);
BOUNDS(_static_thread_data);
BOUNDS(net_buf_pool);
BOUNDS(net_if);
BOUNDS(net_if_dev);
BOUNDS(net_l2);
BOUNDS(net_mgmt_event_static_handler);
BOUNDS(net_socket_register);
BOUNDS(net_socket_service_desc);

/* The end of a level is where the next begins. */
extern const struct init_entry __init_EARLY_start[] __weak;
extern const struct init_entry __init_PRE_KERNEL_1_start[] __weak;
extern const struct init_entry __init_PRE_KERNEL_2_start[] __weak;
extern const struct init_entry __init_POST_KERNEL_start[] __weak;
extern const struct init_entry __init_APPLICATION_start[] __weak;
extern const struct init_entry __init_SMP_start[] __weak;
extern const struct init_entry __init_end[] __weak;

#define SECTION(type, member)                                                                      \
	.member##_start = (void *)_##type##_list_start, .member##_end = (void *)_##type##_list_end

/*
 * The application's main(): on hosts the linker makes the process begin in ours (--wrap=main). A program that is
 * built with ZNET_OWN_MAIN keeps its main() and names the application itself.
 */
#if defined(ZNET_OWN_MAIN)
#define APPLICATION_MAIN NULL
#elif defined(CONFIG_ARCH_POSIX)
int __real_main(void);
int __wrap_main(int argc, char *argv[]);
#define APPLICATION_MAIN __real_main
#else
int main(void);
#define APPLICATION_MAIN main
#endif

static struct znet_sections sections = {
	.init_levels = {__init_EARLY_start, __init_PRE_KERNEL_1_start, __init_PRE_KERNEL_2_start,
			__init_POST_KERNEL_start, __init_APPLICATION_start, __init_SMP_start,
			__init_end},
	SECTION(device, devices),
	SECTION(_static_thread_data, threads),
	SECTION(net_if, net_ifs),
	SECTION(net_if_dev, net_if_devs),
	SECTION(net_l2, net_l2s),
	SECTION(net_buf_pool, net_buf_pools),
	SECTION(net_mgmt_event_static_handler, net_mgmt_handlers),
	SECTION(net_socket_register, net_sockets),
	SECTION(net_socket_service_desc, net_socket_services),
	.main = APPLICATION_MAIN,
#if defined(CONFIG_ARCH_POSIX)
	.first_sleep = znet_native_first_sleep,
#endif
};

#if !defined(ZNET_OWN_MAIN) && !defined(CONFIG_ZTEST) /* whose main() runs the tests */
/* An application may consist of threads alone. */
__weak int main(void)
{
	return 0;
}
#endif

#if defined(ZNET_OWN_MAIN)
void znet_start_application(int (*application)(void))
{
	sections.main = application;
	znet_boot(&sections);
}
#elif defined(CONFIG_ARCH_POSIX)
/*
 * Where the process begins. What printf() and printk() write keeps its order, and is seen at once, in a pipe or file
 * too.
 */
int __wrap_main(int argc, char *argv[])
{
	(void)setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	znet_native_start(argc, argv);
	znet_boot(&sections);
}
#else
/* Where the target's start-up code comes to when memory is set up. */
FUNC_NORETURN void znet_start(void);

FUNC_NORETURN void znet_start(void)
{
	znet_boot(&sections);
}
#endif
