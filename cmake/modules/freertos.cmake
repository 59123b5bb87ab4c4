# SPDX-License-Identifier: Apache-2.0
#
# FreeRTOS for boards of ours: the kernel's sources, our port over it, FreeRTOSConfig.h from Kconfig.
# Appends to ZNET_BOARD_SOURCES and ZNET_BOARD_PRIVATE_INCLUDE_DIRS.
#
# The kernel comes from crates.io with the crate that cmake/freertos/Cargo.toml names, unless
# ZNET_FREERTOS_KERNEL says where another lies.

set(ZNET_FREERTOS_KERNEL "" CACHE PATH "Folder of FreeRTOS's tasks.c, if not that of the crate")

# Has cargo fetch the crate; the folder of its kernel in `result`.
function(znet_fetch_freertos result)
  find_program(ZNET_CARGO cargo HINTS $ENV{CARGO_HOME}/bin $ENV{HOME}/.cargo/bin)
  execute_process(
    COMMAND ${ZNET_CARGO} metadata --format-version 1 --locked
            --manifest-path ${ZNET_CMAKE_DIR}/freertos/Cargo.toml
    OUTPUT_VARIABLE metadata RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR
      "cargo could not fetch the FreeRTOS kernel from crates.io; the reason stands above. "
      "-DZNET_FREERTOS_KERNEL=<folder of tasks.c> takes another copy.")
  endif()
  string(REGEX MATCH "\"manifest_path\":\"([^\"]*/freertos-next-[^/\"]*)/Cargo.toml\"" found
         "${metadata}")
  set(${result} ${CMAKE_MATCH_1}/FreeRTOS-Kernel PARENT_SCOPE)
endfunction()

if(NOT ZNET_FREERTOS_KERNEL)
  znet_fetch_freertos(_kernel)
  set(ZNET_FREERTOS_KERNEL ${_kernel} CACHE PATH "" FORCE)
endif()
if(NOT EXISTS ${ZNET_FREERTOS_KERNEL}/tasks.c)
  message(FATAL_ERROR "ZNET_FREERTOS_KERNEL: no tasks.c in '${ZNET_FREERTOS_KERNEL}'")
endif()

set(_port ${ZNET_FREERTOS_KERNEL}/portable/${ZNET_FREERTOS_PORT})
add_library(znet_freertos_kernel OBJECT
  ${ZNET_FREERTOS_KERNEL}/tasks.c ${ZNET_FREERTOS_KERNEL}/list.c ${_port}/port.c)
set(ZNET_FREERTOS_INCLUDE_DIRS
  ${ZNET_BASE}/src/os/freertos/config ${ZNET_FREERTOS_KERNEL}/include ${_port})
target_include_directories(znet_freertos_kernel PRIVATE ${ZNET_FREERTOS_INCLUDE_DIRS})
# Its warnings are not ours to mend.
target_compile_options(znet_freertos_kernel PRIVATE -w)

file(GLOB _sources CONFIGURE_DEPENDS ${ZNET_BASE}/src/os/freertos/*.c)
list(APPEND ZNET_BOARD_SOURCES ${_sources})
list(APPEND ZNET_BOARD_PRIVATE_INCLUDE_DIRS ${ZNET_FREERTOS_INCLUDE_DIRS})
list(APPEND ZNET_BOARD_OBJECTS znet_freertos_kernel)
