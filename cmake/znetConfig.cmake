# SPDX-License-Identifier: Apache-2.0
#
# Answers find_package(znet): the library for a firmware that has its own build, its own main() and
# perhaps its own kernel.
#
#   set(ZNET_CONF_FILE net.conf)           # Kconfig fragments; default znet.conf
#   find_package(znet REQUIRED HINTS <znet>/cmake)
#   target_link_libraries(firmware PRIVATE znet::znet)
#
# Further inputs: ZNET_BOARD (default native_sim) names the defaults that the configuration starts
# from, ZNET_RUST_TARGET the target triple if the board does not say it, and CMAKE_C_COMPILER is the
# project's own. znet::znet brings include directories, flags, libznet.a with what it stands on, the
# linker script fragment, and the C sources that tell the library where the linker's lists are. main()
# calls znet_start_application() of <zephyr/znet_boot.h>.
#
# A firmware that CMake does not build configures cmake/own, builds that, and finds the same in
# znet/pkgconfig/znet.pc of that build tree.

cmake_minimum_required(VERSION 3.20)

get_filename_component(ZNET_CMAKE_DIR "${CMAKE_CURRENT_LIST_FILE}" DIRECTORY)
get_filename_component(ZNET_BASE "${ZNET_CMAKE_DIR}" DIRECTORY)

if(NOT CMAKE_C_COMPILER)
  message(FATAL_ERROR "find_package(znet) comes after project(): the C compiler must be known.")
endif()

set(ZEPHYR_BASE ${ZNET_BASE})
set(APPLICATION_SOURCE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
set(ZEPHYR_BINARY_DIR ${CMAKE_CURRENT_BINARY_DIR}/znet)
if(NOT BOARD)
  if(ZNET_BOARD)
    set(BOARD ${ZNET_BOARD})
  else()
    set(BOARD native_sim)
  endif()
endif()
if(NOT CONF_FILE)
  if(ZNET_CONF_FILE)
    set(CONF_FILE ${ZNET_CONF_FILE})
  else()
    set(CONF_FILE znet.conf)
  endif()
endif()

include(${ZNET_CMAKE_DIR}/modules/extensions.cmake)
include(${ZNET_CMAKE_DIR}/modules/board.cmake)
include(${ZNET_CMAKE_DIR}/modules/python.cmake)
include(${ZNET_CMAKE_DIR}/modules/kconfig.cmake)
set(ZNET_COMPILE_DEFINITIONS ZNET_OWN_MAIN=1)
include(${ZNET_CMAKE_DIR}/modules/library.cmake)
include(${ZNET_CMAKE_DIR}/modules/linker.cmake)
include(${ZNET_CMAKE_DIR}/modules/pkgconfig.cmake)

znet_linker_script()
add_dependencies(znet znet_linker_script)
target_sources(znet INTERFACE ${ZNET_BOOT_SOURCES})
target_link_options(znet INTERFACE ${ZNET_LINK_OPTIONS})
