# SPDX-License-Identifier: Apache-2.0
#
# The GNU compiler for ARM microcontrollers, with newlib. A board says which processor it has.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
# A program needs a linker script, which is not there yet when CMake tries the compiler.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

find_program(ZNET_ARM_GCC arm-none-eabi-gcc)
if(NOT ZNET_ARM_GCC)
  message(FATAL_ERROR
    "arm-none-eabi-gcc was not found on PATH. On Debian and its kin it comes with the packages\n"
    "  gcc-arm-none-eabi libnewlib-arm-none-eabi\n"
    "which 'cargo xtask setup' installs.")
endif()
mark_as_advanced(ZNET_ARM_GCC)
string(REGEX REPLACE "gcc(.exe)?$" "" _prefix ${ZNET_ARM_GCC})
set(CMAKE_C_COMPILER ${ZNET_ARM_GCC})
set(CMAKE_ASM_COMPILER ${ZNET_ARM_GCC})
if(EXISTS ${_prefix}g++)
  set(CMAKE_CXX_COMPILER ${_prefix}g++)
endif()
foreach(_language C CXX ASM)
  set(CMAKE_${_language}_FLAGS_INIT "${ZNET_CPU_FLAGS}")
endforeach()
# The compilers are run anew for each try, which must know the processor too.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ZNET_CPU_FLAGS)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
