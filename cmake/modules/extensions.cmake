# SPDX-License-Identifier: Apache-2.0
#
# The functions that a Zephyr application's CMakeLists.txt may call, under Zephyr's names.
# Those about linker scripts are in linker.cmake.

include_guard(GLOBAL)

# ---- flags of all sources of the application -------------------------------------------------
# zephyr_interface carries them; modules/app.cmake makes it.

function(zephyr_include_directories)
  target_include_directories(zephyr_interface INTERFACE ${ARGV})
endfunction()

function(zephyr_system_include_directories)
  target_include_directories(zephyr_interface SYSTEM INTERFACE ${ARGV})
endfunction()

function(zephyr_compile_definitions)
  target_compile_definitions(zephyr_interface INTERFACE ${ARGV})
endfunction()

function(zephyr_compile_options)
  target_compile_options(zephyr_interface INTERFACE ${ARGV})
endfunction()

function(zephyr_link_libraries)
  target_link_libraries(zephyr_interface INTERFACE ${ARGV})
endfunction()

function(zephyr_ld_options)
  target_link_options(zephyr_interface INTERFACE ${ARGV})
endfunction()

# zephyr_cc_option(<option>...): each option that the C compiler knows.
function(zephyr_cc_option)
  foreach(option IN LISTS ARGV)
    zephyr_check_compiler_flag(C ${option} known)
    if(known)
      zephyr_compile_options(${option})
    endif()
  endforeach()
endfunction()

# zephyr_cc_option_fallback(<option> <other>): the first that the C compiler knows.
function(zephyr_cc_option_fallback option other)
  zephyr_check_compiler_flag(C ${option} known)
  if(known)
    zephyr_compile_options(${option})
  else()
    zephyr_cc_option(${other})
  endif()
endfunction()

# zephyr_check_compiler_flag(<C|CXX> <flag> <result>): whether the compiler takes the flag.
function(zephyr_check_compiler_flag lang flag result)
  include(CheckCompilerFlag)
  string(MAKE_C_IDENTIFIER "znet_${lang}_has_${flag}" cached)
  check_compiler_flag(${lang} "${flag}" ${cached})
  set(${result} ${${cached}} PARENT_SCOPE)
endfunction()

function(target_cc_option target scope option)
  zephyr_check_compiler_flag(C ${option} known)
  if(known)
    target_compile_options(${target} ${scope} ${option})
  endif()
endfunction()

function(target_ld_options target scope)
  target_link_options(${target} ${scope} ${ARGN})
endfunction()

# ---- libraries -------------------------------------------------------------------------------

# zephyr_sources(<file>...): sources that belong to no library of their own.
function(zephyr_sources)
  foreach(source IN LISTS ARGV)
    get_filename_component(path ${source} ABSOLUTE)
    target_sources(app PRIVATE ${path})
  endforeach()
endfunction()

# zephyr_library(): a library named after the current directory. A macro, since the functions that
# follow find it by the caller's ZEPHYR_CURRENT_LIBRARY.
macro(zephyr_library)
  file(RELATIVE_PATH _library_name ${ZEPHYR_BASE} ${CMAKE_CURRENT_LIST_DIR})
  string(REGEX REPLACE "[/:]" "__" _library_name "${_library_name}")
  zephyr_library_named(${_library_name})
endmacro()

macro(zephyr_library_named name)
  set(ZEPHYR_CURRENT_LIBRARY ${name})
  add_library(${name} STATIC)
  zephyr_append_cmake_library(${name})
  target_link_libraries(${name} PUBLIC zephyr_interface)
endmacro()

# Links a library made with plain add_library() whole, as those of zephyr_library() are.
function(zephyr_append_cmake_library library)
  set_property(GLOBAL APPEND PROPERTY ZEPHYR_LIBS ${library})
endfunction()

# zephyr_library_import(<name> <path>): an archive that is already built.
function(zephyr_library_import name path)
  add_library(${name} STATIC IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${path})
  zephyr_append_cmake_library(${name})
endfunction()

macro(zephyr_interface_library_named name)
  add_library(${name} INTERFACE)
  set_property(GLOBAL APPEND PROPERTY ZEPHYR_INTERFACE_LIBS ${name})
endmacro()

function(zephyr_link_interface interface)
  target_link_libraries(${interface} INTERFACE zephyr_interface)
endfunction()

function(zephyr_library_sources)
  target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGV})
endfunction()

function(zephyr_library_include_directories)
  target_include_directories(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGV})
endfunction()

function(zephyr_library_compile_definitions)
  target_compile_definitions(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGV})
endfunction()

# A library's own options stand after those of zephyr_interface, so that they win: options given to
# the target itself come first on the command line, those of a linked interface in linking order.
function(zephyr_library_compile_options)
  string(MD5 key "${ZEPHYR_CURRENT_LIBRARY} ${ARGV}")
  set(carrier znet_options_${key})
  if(NOT TARGET ${carrier})
    add_library(${carrier} INTERFACE)
    target_compile_options(${carrier} INTERFACE ${ARGV})
  endif()
  target_link_libraries(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${carrier})
endfunction()

function(zephyr_library_cc_option)
  foreach(option IN LISTS ARGV)
    zephyr_check_compiler_flag(C ${option} known)
    if(known)
      zephyr_library_compile_options(${option})
    endif()
  endforeach()
endfunction()

function(zephyr_library_link_libraries)
  target_link_libraries(${ZEPHYR_CURRENT_LIBRARY} PUBLIC ${ARGV})
endfunction()

# User mode does not exist here: memory partitions are a question without consequence.
function(zephyr_library_app_memory partition)
endfunction()

# ---- files turned into C ---------------------------------------------------------------------

# generate_inc_file(<file> <generated> [options]): the bytes of a file as array initialisers, to be
# included between braces. Options: --gzip, --gzip-mtime, --offset N, --length N.
function(generate_inc_file source generated)
  set(script ${ZNET_CMAKE_DIR}/scripts/file2inc.py)
  get_filename_component(directory ${generated} DIRECTORY)
  get_filename_component(path ${source} ABSOLUTE)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    COMMAND ${PYTHON_EXECUTABLE} ${script} ${ARGN} --file ${path} > ${generated}
    DEPENDS ${path} ${script}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()

function(generate_inc_file_for_gen_target target source generated gen_target)
  generate_inc_file(${source} ${generated} ${ARGN})
  add_dependencies(${target} ${gen_target})
endfunction()

# generate_inc_file_for_target(<target> <file> <generated> [options]): as above, before `target`.
function(generate_inc_file_for_target target source generated)
  generate_unique_target_name_from_filename(${generated} gen_target)
  add_custom_target(${gen_target} DEPENDS ${generated})
  generate_inc_file_for_gen_target(${target} ${source} ${generated} ${gen_target} ${ARGN})
endfunction()

function(generate_unique_target_name_from_filename filename result)
  get_filename_component(name ${filename} NAME)
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
  string(MD5 key ${filename})
  set(${result} gen_${name}_${key} PARENT_SCOPE)
endfunction()

# ---- configuration ---------------------------------------------------------------------------

# import_kconfig(<prefix> <.config file>): a variable for each symbol that is set; strings lose
# their quotes. A macro, so that the variables land with the caller.
macro(import_kconfig prefix file)
  file(STRINGS ${file} _kconfig_lines REGEX "^${prefix}[A-Za-z0-9_]+=" ENCODING UTF-8)
  foreach(_kconfig_line IN LISTS _kconfig_lines)
    string(FIND "${_kconfig_line}" "=" _kconfig_at)
    string(SUBSTRING "${_kconfig_line}" 0 ${_kconfig_at} _kconfig_name)
    math(EXPR _kconfig_at "${_kconfig_at} + 1")
    string(SUBSTRING "${_kconfig_line}" ${_kconfig_at} -1 _kconfig_value)
    string(REGEX REPLACE "^\"(.*)\"$" "\\1" _kconfig_value "${_kconfig_value}")
    set(${_kconfig_name} "${_kconfig_value}")
  endforeach()
endmacro()

# ---- the _ifdef and _ifndef forms ------------------------------------------------------------
# name_ifdef(<CONFIG_X> args...) calls name(args...) when the symbol is set, name_ifndef when not.

foreach(_name
    add_subdirectory add_compile_option target_sources target_compile_definitions
    target_include_directories target_link_libraries target_compile_options target_cc_option
    zephyr_sources zephyr_include_directories zephyr_compile_definitions zephyr_compile_options
    zephyr_cc_option zephyr_link_libraries zephyr_ld_options zephyr_linker_sources
    zephyr_linker_section zephyr_iterable_section zephyr_link_interface zephyr_library_sources
    zephyr_library_include_directories zephyr_library_compile_definitions
    zephyr_library_compile_options zephyr_library_link_libraries)
  set(_call ${_name})
  if(_name STREQUAL add_compile_option)
    set(_call add_compile_options)
  endif()
  cmake_language(EVAL CODE "
    function(${_name}_ifdef toggle)
      if(\${\${toggle}})
        ${_call}(\${ARGN})
      endif()
    endfunction()
    function(${_name}_ifndef toggle)
      if(NOT \${toggle})
        ${_call}(\${ARGN})
      endif()
    endfunction()")
endforeach()

macro(list_append_ifdef toggle list)
  if(${${toggle}})
    list(APPEND ${list} ${ARGN})
  endif()
endmacro()

macro(set_ifndef variable value)
  if(NOT DEFINED ${variable})
    set(${variable} ${value} ${ARGN})
  endif()
endmacro()

# ---- small helpers ---------------------------------------------------------------------------

function(print variable)
  message(STATUS "${variable}: ${${variable}}")
endfunction()

macro(assert condition text)
  if(NOT ${condition})
    message(FATAL_ERROR "Assertion failed: ${text}")
  endif()
endmacro()

macro(assert_exists variable)
  if(NOT EXISTS ${${variable}})
    message(FATAL_ERROR "No such file or directory: ${variable}: '${${variable}}'")
  endif()
endmacro()
