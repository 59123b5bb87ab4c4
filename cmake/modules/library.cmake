# SPDX-License-Identifier: Apache-2.0
#
# Builds libznet.a with cargo and defines znet::znet: all that a firmware needs to compile against
# the headers and to link. Wants ZNET_RUST_TARGET, DOTCONFIG, AUTOCONF_H, ZEPHYR_BINARY_DIR and
# CONFIG_X; see board.cmake and kconfig.cmake.

find_program(ZNET_CARGO cargo HINTS $ENV{CARGO_HOME}/bin $ENV{HOME}/.cargo/bin)
if(NOT ZNET_CARGO)
  message(FATAL_ERROR "cargo is needed to build libznet.a, and was not found on PATH.")
endif()
mark_as_advanced(ZNET_CARGO)

# The profile that Kconfig names unless the application is built to be debugged; the development
# profile checks lock order and arithmetic.
if(CMAKE_BUILD_TYPE STREQUAL Debug OR CONFIG_NO_OPTIMIZATIONS OR CONFIG_DEBUG_OPTIMIZATIONS)
  set(_default_profile dev)
elseif(CONFIG_ZNET_PROFILE_TINY)
  set(_default_profile tiny)
elseif(CONFIG_ZNET_PROFILE_DEFAULT)
  set(_default_profile balanced)
else()
  set(_default_profile release)
endif()
set(ZNET_CARGO_PROFILE ${_default_profile} CACHE STRING "cargo profile of libznet.a")
if(ZNET_CARGO_PROFILE STREQUAL dev)
  set(_profile_dir debug)
else()
  set(_profile_dir ${ZNET_CARGO_PROFILE})
endif()

# Builds that share ZNET_CACHE_DIR and have the same configuration share the library. Its .config
# is copied there, since cargo would take another path for another configuration. Comments do not
# count, nor does what concerns the application's own compiler only.
set(ZNET_CACHE_DIR "$ENV{ZNET_CACHE_DIR}" CACHE PATH "Where builds of libznet.a are shared")
file(STRINGS ${DOTCONFIG} _symbols REGEX "^CONFIG_")
list(FILTER _symbols EXCLUDE REGEX
     "^CONFIG_(ASAN|UBSAN|CPP|STD_CPP[0-9]+|COMPILER_.*|[A-Z]+_OPTIMIZATIONS|KERNEL_BIN_NAME)=")
list(SORT _symbols)
string(SHA256 ZNET_CONFIG_KEY "${_symbols}")
string(SUBSTRING ${ZNET_CONFIG_KEY} 0 16 ZNET_CONFIG_KEY)
if(ZNET_CACHE_DIR)
  set(_target_dir ${ZNET_CACHE_DIR}/${ZNET_CONFIG_KEY})
else()
  set(_target_dir ${ZEPHYR_BINARY_DIR}/rust)
endif()
list(JOIN _symbols "\n" _symbols_text)
# ThreadSanitizer has to see every access, those of Rust's own library too: that is built from its
# sources (`rustup component add rust-src`), with flags that stable compilers keep behind a variable.
option(ZNET_SANITIZE_THREADS "Build all with ThreadSanitizer, on hosts" OFF)
set(_sanitizer)
if(ZNET_SANITIZE_THREADS)
  if(NOT CONFIG_ARCH_POSIX OR NOT CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL x86_64)
    message(FATAL_ERROR "ZNET_SANITIZE_THREADS is for programs that run on x86_64 hosts.")
  endif()
  string(APPEND _target_dir -threads)
  set(ZNET_RUST_TARGET x86_64-unknown-linux-gnu)
  set(_sanitizer RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=thread)
endif()
file(CONFIGURE OUTPUT ${_target_dir}/dotconfig CONTENT "${_symbols_text}\n" @ONLY)

set(_cargo_args rustc --lib --crate-type staticlib --package znet --profile ${ZNET_CARGO_PROFILE}
    --manifest-path ${ZNET_BASE}/Cargo.toml --target-dir ${_target_dir})
set(_out_dir ${_target_dir})
set(_cc_variable CC)
if(ZNET_RUST_TARGET)
  set(_cc_variable CC_${ZNET_RUST_TARGET})
  list(APPEND _cargo_args --target ${ZNET_RUST_TARGET})
  set(_out_dir ${_target_dir}/${ZNET_RUST_TARGET})
endif()
if(ZNET_SANITIZE_THREADS)
  list(APPEND _cargo_args -Zbuild-std=std,panic_abort)
endif()
# On hosts it becomes part of a program, never of a shared library: what belongs to a thread is found without
# a call then. (The smallest takes flags of its own.)
if(CONFIG_ARCH_POSIX AND NOT ZNET_CARGO_PROFILE STREQUAL tiny)
  list(APPEND _cargo_args -- -C relocation-model=pie)
endif()
set(ZNET_LIBRARY ${_out_dir}/${_profile_dir}/libznet.a)
set(_build_library ${ZNET_CARGO} ${_cargo_args})
# The smallest takes more than a profile can say.
if(ZNET_CARGO_PROFILE STREQUAL tiny)
  list(PREPEND _build_library ${PYTHON_EXECUTABLE} ${ZNET_BASE}/scripts/tiny.py --nm ${CMAKE_NM} --archive ${ZNET_LIBRARY})
endif()

# cargo knows best whether its sources changed, so it is asked at each build; the archive keeps its
# time stamp when nothing did, and nothing is linked again.
add_custom_target(znet_library
  COMMAND ${CMAKE_COMMAND} -E env
          ZNET_DOTCONFIG=${_target_dir}/dotconfig
          ${_cc_variable}=${CMAKE_C_COMPILER}
          ${_sanitizer}
          ${_build_library}
  BYPRODUCTS ${ZNET_LIBRARY}
  WORKING_DIRECTORY ${ZNET_BASE}
  COMMENT "Building libznet.a"
  USES_TERMINAL VERBATIM)

add_library(znet_archive STATIC IMPORTED GLOBAL)
set_target_properties(znet_archive PROPERTIES IMPORTED_LOCATION ${ZNET_LIBRARY})
add_dependencies(znet_archive znet_library)

# -imacros rather than -include: the file holds definitions only, and comes before any -include.
set(ZNET_INCLUDE_DIRS ${ZNET_BASE}/include ${ZNET_BOARD_INCLUDE_DIRS}
    ${ZEPHYR_BINARY_DIR}/include/generated)
list(APPEND ZNET_COMPILE_DEFINITIONS __ZEPHYR__=1)
set(ZNET_COMPILE_OPTIONS -imacros ${AUTOCONF_H} -ffunction-sections -fdata-sections)
# Hosts have an int32_t that %d prints; elsewhere the compiler is told to.
set(_stdint)
if(NOT CONFIG_ARCH_POSIX)
  set(_stdint ${ZNET_BASE}/include/zephyr/toolchain/zephyr_stdint.h)
  list(APPEND ZNET_COMPILE_OPTIONS -imacros ${_stdint})
endif()
# The standard headers' names, before those of the C library.
if(CONFIG_POSIX_API)
  list(APPEND ZNET_INCLUDE_DIRS ${ZNET_BASE}/include/posix)
endif()

# C that belongs into each program: it is compiled with the program's own configuration and sees its
# linker symbols.
file(GLOB ZNET_BOOT_SOURCES CONFIGURE_DEPENDS ${ZNET_BASE}/src/boot/c/*.c)

# So do drivers written in C: each puts its devices into the program's tables.
if(CONFIG_ETH_SMSC911X)
  list(APPEND ZNET_BOOT_SOURCES ${ZNET_BASE}/drivers/ethernet/eth_smsc911x.c
       ${ZNET_BASE}/drivers/ethernet/eth_smsc911x_mac.c)
endif()

add_library(znet INTERFACE)
add_library(znet::znet ALIAS znet)
target_include_directories(znet INTERFACE ${ZNET_INCLUDE_DIRS})
target_compile_definitions(znet INTERFACE ${ZNET_COMPILE_DEFINITIONS})
target_compile_options(znet INTERFACE "SHELL:-imacros ${AUTOCONF_H}"
                       "$<$<BOOL:${_stdint}>:SHELL:-imacros ${_stdint}>"
                       -ffunction-sections -fdata-sections)
target_link_libraries(znet INTERFACE znet_archive ${ZNET_SYSTEM_LIBS})
add_dependencies(znet znet_library)
