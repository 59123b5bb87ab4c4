# SPDX-License-Identifier: Apache-2.0
#
# Evaluates Kconfig and brings the result in: DOTCONFIG, AUTOCONF_H, and a variable for each symbol
# that is set. What counts, the later over the earlier:
#
#   the board's defaults, prj.conf or CONF_FILE, boards/<board>.conf,
#   EXTRA_CONF_FILE (OVERLAY_CONFIG is its older name), -DCONFIG_X=value
#
# scripts/kconfig.py applies that order, and keeps what menuconfig saved for as long as none of its
# sources changes.

set(DOTCONFIG ${ZEPHYR_BINARY_DIR}/.config)
set(AUTOCONF_H ${ZEPHYR_BINARY_DIR}/include/generated/zephyr/autoconf.h)
set(KCONFIG_BINARY_DIR ${ZEPHYR_BINARY_DIR})

set(_kconfig ${ZNET_BASE}/scripts/kconfig.py)
set(_kconfig_args --app ${APPLICATION_SOURCE_DIR} --board ${BOARD} --out ${ZEPHYR_BINARY_DIR})

# Adds `option` once for each of the files named in `value`, which are divided by semicolons or
# blanks and relative to the application.
macro(znet_conf_files option value)
  separate_arguments(_names UNIX_COMMAND "${value}")
  foreach(_name IN LISTS _names)
    get_filename_component(_path "${_name}" ABSOLUTE BASE_DIR ${APPLICATION_SOURCE_DIR})
    list(APPEND _kconfig_args ${option} ${_path})
  endforeach()
endmacro()

foreach(_name CONF_FILE EXTRA_CONF_FILE OVERLAY_CONFIG FILE_SUFFIX)
  if(NOT DEFINED ${_name} AND DEFINED ENV{${_name}})
    set(${_name} $ENV{${_name}})
  endif()
endforeach()
znet_conf_files(--conf "${CONF_FILE}")
znet_conf_files(--extra-conf "${OVERLAY_CONFIG}")
znet_conf_files(--extra-conf "${EXTRA_CONF_FILE}")
if(FILE_SUFFIX)
  list(APPEND _kconfig_args --file-suffix ${FILE_SUFFIX})
endif()

# -DCONFIG_X=... of the command line arrives as cache entries.
get_cmake_property(_cache_names CACHE_VARIABLES)
foreach(_name IN LISTS _cache_names)
  if(_name MATCHES "^CONFIG_[A-Za-z0-9_]+$")
    # Read as a variable: CMake complains of an option that nobody reads.
    list(APPEND _kconfig_args -D "${_name}=${${_name}}")
  endif()
endforeach()

execute_process(
  COMMAND ${PYTHON_EXECUTABLE} ${_kconfig} ${_kconfig_args}
  WORKING_DIRECTORY ${APPLICATION_SOURCE_DIR}
  RESULT_VARIABLE _status)
if(NOT _status EQUAL 0)
  message(FATAL_ERROR "Kconfig: the configuration does not hold; the reason stands above.")
endif()
import_kconfig(CONFIG_ ${DOTCONFIG})

# Whatever was read, and what menuconfig writes, makes CMake run again when it changes.
file(STRINGS ${ZEPHYR_BINARY_DIR}/Kconfig/sources.txt _sources)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_sources} ${_kconfig} ${DOTCONFIG})

add_custom_target(menuconfig
  COMMAND ${PYTHON_EXECUTABLE} ${_kconfig} menuconfig ${_kconfig_args}
  WORKING_DIRECTORY ${APPLICATION_SOURCE_DIR}
  USES_TERMINAL VERBATIM)
