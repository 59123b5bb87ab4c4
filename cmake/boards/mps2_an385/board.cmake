# SPDX-License-Identifier: Apache-2.0
#
# ARM's MPS2 with the image AN385: a Cortex-M3 at 25 MHz, 4 MiB of flash at 0 and 4 MiB of RAM at
# 0x20000000, four serial ports, an SMSC LAN9118. QEMU plays it: -machine mps2-an385.

set(ARCH arm)
set(ZNET_RUST_TARGET thumbv7m-none-eabi)
set(ZNET_CPU_FLAGS "-mcpu=cortex-m3 -mthumb")
set(CMAKE_TOOLCHAIN_FILE ${ZNET_CMAKE_DIR}/toolchains/arm-none-eabi.cmake)
set(ZNET_FREERTOS_PORT GCC/ARM_CM3)
set(ZNET_BOARD_LINKER_SCRIPT ${ZNET_CMAKE_DIR}/linker/cortex_m.ld)
set(ZNET_BOARD_LINK_OPTIONS -nostartfiles -Wl,-z,noexecstack)
set(ZNET_BOARD_RUN qemu-system-arm -machine mps2-an385 -nographic -monitor none -nic none
    -semihosting-config enable=on,target=native -kernel)

file(GLOB ZNET_BOARD_SOURCES CONFIGURE_DEPENDS
     ${CMAKE_CURRENT_LIST_DIR}/*.c ${ZNET_BASE}/src/boot/cortex_m/*.c)
set(ZNET_BOARD_PRIVATE_INCLUDE_DIRS ${ZNET_BASE}/src/boot/cortex_m)
