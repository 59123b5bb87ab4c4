# SPDX-License-Identifier: Apache-2.0
#
# The devicetree: <zephyr/devicetree_generated.h> for <zephyr/devicetree.h>, and for Kconfig a symbol
# DT_HAS_<COMPATIBLE>_ENABLED for each kind of node that is switched on.
#
# A board's own tree is at hand as a header, so that nothing is needed for it. An application that
# adds to it, as Zephyr's do, has the whole parsed anew by scripts/devicetree_header.py:
#
#   boards/<board>.overlay, else app.overlay, else none; -DDTC_OVERLAY_FILE=... names others,
#   -DEXTRA_DTC_OVERLAY_FILE=... adds some
#   dts/bindings/   its bindings; -DDTS_ROOT=... names folders that have such a folder too

set(_overlays)
foreach(_name DTC_OVERLAY_FILE EXTRA_DTC_OVERLAY_FILE DTS_ROOT)
  if(NOT DEFINED ${_name} AND DEFINED ENV{${_name}})
    set(${_name} $ENV{${_name}})
  endif()
endforeach()
if(DTC_OVERLAY_FILE)
  separate_arguments(_overlays UNIX_COMMAND "${DTC_OVERLAY_FILE}")
else()
  foreach(_name boards/${NORMALIZED_BOARD_TARGET}.overlay boards/${ZNET_BOARD}.overlay app.overlay)
    if(NOT _overlays AND EXISTS ${APPLICATION_SOURCE_DIR}/${_name})
      set(_overlays ${_name})
    endif()
  endforeach()
endif()
separate_arguments(_extra UNIX_COMMAND "${EXTRA_DTC_OVERLAY_FILE}")
list(APPEND _overlays ${_extra})

if(EXISTS ${BOARD_DIR}/board.dts)
  list(APPEND ZNET_COMPILE_DEFINITIONS ZNET_DEVICETREE_GENERATED=1)
elseif(_overlays)
  message(FATAL_ERROR "Devicetree: the board ${BOARD} has no board.dts to which ${_overlays} could add.")
endif()

if(NOT _overlays)
  list(APPEND ZNET_BOARD_INCLUDE_DIRS ${BOARD_DIR}/devicetree)
else()
  set(_sources ${BOARD_DIR}/board.dts)
  foreach(_overlay IN LISTS _overlays)
    get_filename_component(_path ${_overlay} ABSOLUTE BASE_DIR ${APPLICATION_SOURCE_DIR})
    list(APPEND _sources ${_path})
  endforeach()
  set(_bindings --bindings ${ZNET_BASE}/dts/bindings)
  foreach(_root ${APPLICATION_SOURCE_DIR} ${DTS_ROOT})
    if(IS_DIRECTORY ${_root}/dts/bindings)
      list(APPEND _bindings --bindings ${_root}/dts/bindings)
      file(GLOB_RECURSE _files CONFIGURE_DEPENDS ${_root}/dts/bindings/*.yaml)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_files})
    endif()
  endforeach()
  znet_python_has(devicetree)
  set(_script ${ZNET_BASE}/scripts/devicetree_header.py)
  execute_process(
    COMMAND ${PYTHON_EXECUTABLE} ${_script} --cc ${CMAKE_C_COMPILER} ${_bindings}
            --out ${ZEPHYR_BINARY_DIR}/include/generated/zephyr/devicetree_generated.h ${_sources}
    RESULT_VARIABLE _status)
  if(NOT _status EQUAL 0)
    message(FATAL_ERROR "Devicetree: the tree does not hold; the reason stands above.")
  endif()
  message(STATUS "Devicetree: ${_sources}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_sources} ${_script})
endif()

if(_overlays)
  set(_header ${ZEPHYR_BINARY_DIR}/include/generated/zephyr/devicetree_generated.h)
else()
  set(_header ${BOARD_DIR}/devicetree/zephyr/devicetree_generated.h)
endif()
set(_kinds)
if(EXISTS ${_header})
  file(STRINGS ${_header} _kinds REGEX "^#define DT_COMPAT_HAS_OKAY_")
endif()
set(_symbols "# What scripts/devicetree_header.py found; written by cmake/modules/devicetree.cmake.\n")
foreach(_kind IN LISTS _kinds)
  string(REGEX REPLACE "^#define DT_COMPAT_HAS_OKAY_([A-Za-z0-9_]+).*" "\\1" _kind "${_kind}")
  string(TOUPPER "${_kind}" _kind)
  string(APPEND _symbols "\nconfig DT_HAS_${_kind}_ENABLED\n\tdef_bool y\n")
endforeach()
file(CONFIGURE OUTPUT ${ZEPHYR_BINARY_DIR}/Kconfig/Kconfig.dts CONTENT "${_symbols}" @ONLY)
