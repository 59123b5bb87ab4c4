# SPDX-License-Identifier: Apache-2.0
#
# Answers find_package(Zephyr): builds a Zephyr application directory against znet, without Zephyr.
#
#   cmake -S app -B build -DBOARD=native_sim -DZephyr_DIR=<znet>/cmake && cmake --build build
#
# After this file has run the application finds what it finds in Zephyr: the variables ZEPHYR_BASE,
# APPLICATION_SOURCE_DIR, ZEPHYR_BINARY_DIR, BOARD and every CONFIG_X, the library target `app` and
# the zephyr_*() functions. The executable is put together when the application's CMakeLists.txt
# ends, so that everything it says is heard: see modules/app.cmake.

cmake_minimum_required(VERSION 3.20)

get_filename_component(ZNET_CMAKE_DIR "${CMAKE_CURRENT_LIST_FILE}" DIRECTORY)
get_filename_component(ZNET_BASE "${ZNET_CMAKE_DIR}" DIRECTORY)

# Sample directories are written against ZEPHYR_BASE; here that is this repository.
set(ZEPHYR_BASE ${ZNET_BASE})
set(APPLICATION_SOURCE_DIR ${CMAKE_CURRENT_SOURCE_DIR} CACHE PATH "Application source directory")
set(APPLICATION_BINARY_DIR ${CMAKE_CURRENT_BINARY_DIR} CACHE PATH "Application binary directory")
set(ZEPHYR_BINARY_DIR ${APPLICATION_BINARY_DIR}/zephyr)
set(__build_dir ${ZEPHYR_BINARY_DIR})

set(CMAKE_EXPORT_COMPILE_COMMANDS TRUE CACHE BOOL "Write compile_commands.json")

include(${ZNET_CMAKE_DIR}/modules/extensions.cmake)
include(${ZNET_CMAKE_DIR}/modules/board.cmake)

# The languages come before the user's own project(), since targets are made here already.
project(Zephyr-Kernel VERSION 4.2.0 LANGUAGES C ASM)
include(CheckLanguage)
check_language(CXX)
if(CMAKE_CXX_COMPILER)
  enable_language(CXX)
endif()

include(${ZNET_CMAKE_DIR}/modules/python.cmake)
include(${ZNET_CMAKE_DIR}/modules/devicetree.cmake)
include(${ZNET_CMAKE_DIR}/modules/kconfig.cmake)
include(${ZNET_CMAKE_DIR}/modules/library.cmake)
if(CONFIG_ZNET_PORT_FREERTOS)
  include(${ZNET_CMAKE_DIR}/modules/freertos.cmake)
endif()
include(${ZNET_CMAKE_DIR}/modules/linker.cmake)
include(${ZNET_CMAKE_DIR}/modules/app.cmake)
