# SPDX-License-Identifier: Apache-2.0
#
# A Linux process of the host's own word size.

set(ARCH posix)
set(ZNET_EXECUTABLE_SUFFIX .exe)

# The command line, tasks before the boot: headers that exist for this board alone.
set(ZNET_BOARD_INCLUDE_DIRS ${ZNET_BASE}/include/native_sim)

# What the Rust standard library stands on.
set(ZNET_SYSTEM_LIBS pthread dl rt m gcc_s)

# The process belongs to the boot glue, which starts the kernel and then calls the application's
# main() as its main thread. Wrapping the symbol at link time, where a rename by the preprocessor
# would do for C, leaves main() without a mangled name in C++ too.
set(ZNET_BOARD_LINK_OPTIONS -Wl,--wrap=main)
