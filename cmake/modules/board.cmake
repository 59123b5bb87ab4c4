# SPDX-License-Identifier: Apache-2.0
#
# Finds the board: -DBOARD=..., set(BOARD ...) in the application, or the environment, in that order.
#
# Names are Zephyr's: a board with qualifiers after slashes (native_sim/native/64, mps2/an385).
# A folder below cmake/boards/ serves a board when it carries the name with slashes turned to
# underscores, with as many of the qualifiers as it cares about. Its board.cmake says:
#
#   ZNET_RUST_TARGET      Rust target triple; empty for the host
#   ZNET_SYSTEM_LIBS      libraries that libznet.a needs from the system
#   ZNET_BOARD_LINK_OPTIONS, ZNET_BOARD_COMPILE_OPTIONS   flags of the final link and of C sources
#   ZNET_EXECUTABLE_SUFFIX   of the executable build/zephyr/zephyr<suffix>
#   CMAKE_TOOLCHAIN_FILE  for boards that the host compiler does not serve
#   ZNET_BOARD_SOURCES, ZNET_BOARD_PRIVATE_INCLUDE_DIRS   C that starts the board, linked into each program
#   ZNET_BOARD_LINKER_SCRIPT   a whole linker script, where the compiler's own does not do
#   ZNET_BOARD_RUN        what starts a program, such as an emulator with its options, for the target `run`
#   ZNET_FREERTOS_PORT    folder below portable/ of the FreeRTOS kernel, for CONFIG_ZNET_PORT_FREERTOS
#
# docs/boards.md tells how to add one.

if(NOT DEFINED BOARD AND DEFINED ENV{BOARD})
  set(BOARD $ENV{BOARD})
endif()

file(GLOB _boards RELATIVE ${ZNET_CMAKE_DIR}/boards ${ZNET_CMAKE_DIR}/boards/*/board.cmake)
list(TRANSFORM _boards REPLACE "/board.cmake$" "")
list(JOIN _boards ", " _boards_text)

if(NOT BOARD)
  message(FATAL_ERROR "BOARD is not set: give -DBOARD=<board>. Known boards: ${_boards_text}.")
endif()
set(BOARD ${BOARD} CACHE STRING "Target board")

string(REPLACE "/" "_" NORMALIZED_BOARD_TARGET ${BOARD})
string(REGEX REPLACE "[@/].*$" "" _board_family ${BOARD})

set(BOARD_DIR)
set(_candidate ${NORMALIZED_BOARD_TARGET})
while(_candidate AND NOT BOARD_DIR)
  if(EXISTS ${ZNET_CMAKE_DIR}/boards/${_candidate}/board.cmake)
    set(BOARD_DIR ${ZNET_CMAKE_DIR}/boards/${_candidate})
    set(ZNET_BOARD ${_candidate})
  elseif(_candidate STREQUAL _board_family)
    break()
  else()
    string(REGEX REPLACE "_[^_]*$" "" _candidate ${_candidate})
  endif()
endwhile()

if(NOT BOARD_DIR)
  message(FATAL_ERROR "No board named '${BOARD}'. Known boards: ${_boards_text}.")
endif()

set(ZNET_SYSTEM_LIBS "")
set(ZNET_BOARD_LINK_OPTIONS "")
set(ZNET_BOARD_COMPILE_OPTIONS "")
set(ZNET_EXECUTABLE_SUFFIX .elf)
set(ZNET_BOARD_SOURCES "")
set(ZNET_BOARD_PRIVATE_INCLUDE_DIRS "")
set(ZNET_BOARD_OBJECTS "")
set(ZNET_BOARD_LINKER_SCRIPT "")
set(ZNET_BOARD_RUN "")
include(${BOARD_DIR}/board.cmake)
message(STATUS "Board: ${BOARD}")
