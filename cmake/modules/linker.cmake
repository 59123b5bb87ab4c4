# SPDX-License-Identifier: Apache-2.0
#
# The linker script. On hosts a fragment: sections.ld with the iterable sections of the library's own headers,
# then what the application adds with zephyr_linker_sources() and zephyr_iterable_section(). The
# whole goes through the C preprocessor and is handed to the linker beside its default script,
# which INSERT extends. All of it lands in writable memory: in a position independent process even
# a constant table holds addresses that are filled in at start.
#
# A board that brings ZNET_BOARD_LINKER_SCRIPT, a whole script, includes the same: sections-rom.ld and
# sections-ram.ld, and what the application adds from the files snippets-<where>.ld.

set(ZNET_LINKER_SCRIPT ${ZEPHYR_BINARY_DIR}/linker.ld)
set(ZNET_LINK_OPTIONS -Wl,--gc-sections -Wl,-T,${ZNET_LINKER_SCRIPT})

# zephyr_linker_sources(<where> [SORT_KEY <key>] <file>...)
function(zephyr_linker_sources where)
  set(known SECTIONS RAM_SECTIONS DATA_SECTIONS RWDATA RODATA NOINIT)
  if(NOT where IN_LIST known)
    list(JOIN known ", " known)
    message(FATAL_ERROR "zephyr_linker_sources(${where} ...): the place must be one of ${known}.")
  endif()
  cmake_parse_arguments(arg "" "SORT_KEY" "" ${ARGN})
  if(NOT DEFINED arg_SORT_KEY)
    set(arg_SORT_KEY default)
  endif()
  foreach(file IN LISTS arg_UNPARSED_ARGUMENTS)
    get_filename_component(path ${file} ABSOLUTE)
    if(NOT EXISTS ${path} OR IS_DIRECTORY ${path})
      message(FATAL_ERROR "zephyr_linker_sources(): no file ${path}")
    endif()
    set_property(GLOBAL APPEND PROPERTY ZNET_SNIPPETS_${where} "${arg_SORT_KEY}|${path}")
  endforeach()
endfunction()

# zephyr_iterable_section(NAME <type> [NUMERIC] ...): a table of STRUCT_SECTION_ITERABLE objects.
# Where it lies is not for the caller to say, so GROUP, VMA, LMA and SUBALIGN are read and dropped.
# An application may say the same in a file of zephyr_linker_sources(), for Zephyr's other way of
# linking: that one wins, since PROVIDE gives way to a plain definition.
function(zephyr_iterable_section)
  cmake_parse_arguments(arg "ALIGN_WITH_INPUT;NUMERIC" "GROUP;LMA;NAME;SUBALIGN;VMA" "" ${ARGN})
  if(NOT arg_NAME)
    message(FATAL_ERROR "zephyr_iterable_section(): NAME is missing.")
  endif()
  set(type ${arg_NAME})
  if(arg_NUMERIC)
    set(input "KEEP(*(SORT(._${type}.static.*_?_*)))
    KEEP(*(SORT(._${type}.static.*_??_*)))")
  else()
    set(input "KEEP(*(SORT_BY_NAME(._${type}.static.*)))")
  endif()
  set_property(GLOBAL APPEND_STRING PROPERTY ZNET_ITERABLE_SECTIONS "
  .${type}_area : Z_LINK_RAM_ALIGN {
    . = ALIGN(Z_LINK_ITERABLE_ALIGN);
    PROVIDE(_${type}_list_start = .);
    ${input}
    PROVIDE(_${type}_list_end = .);
  } Z_LINK_RAM
")
endfunction()

# Zephyr describes sections with these when CMake writes its linker script. Here the default script
# of the linker places what has no place, so there is nothing to do.
function(zephyr_linker_section)
endfunction()

function(zephyr_linker_section_configure)
endfunction()

function(zephyr_linker_symbol)
endfunction()

# Writes the text of the snippets given to `where`, in the order of their keys, to `result`.
function(znet_snippets where result)
  get_property(snippets GLOBAL PROPERTY ZNET_SNIPPETS_${where})
  list(SORT snippets)
  set(text)
  foreach(snippet IN LISTS snippets)
    string(REGEX REPLACE "^[^|]*[|]" "" path "${snippet}")
    string(APPEND text "#include \"${path}\"\n")
  endforeach()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The fragment for a host's default script, in `result`.
function(znet_fragment result)
  set(text)
  foreach(where SECTIONS RAM_SECTIONS DATA_SECTIONS)
    znet_snippets(${where} snippets)
    string(APPEND text "${snippets}")
  endforeach()
  get_property(iterable GLOBAL PROPERTY ZNET_ITERABLE_SECTIONS)
  string(APPEND text "${iterable}")
  foreach(where RWDATA RODATA NOINIT)
    znet_snippets(${where} snippets)
    if(snippets)
      string(TOLOWER ${where} name)
      string(APPEND text ".znet_${name} : {\n${snippets}}\n")
    endif()
  endforeach()
  # The linker takes no empty SECTIONS with INSERT.
  if(text)
    set(text "SECTIONS\n{\n${text}}\nINSERT AFTER .data;\n")
  endif()
  set(${result} "#include \"${ZNET_CMAKE_DIR}/sections.ld\"\n${text}" PARENT_SCOPE)
endfunction()

# The whole script of a board, in `result`; writes the files that it includes.
function(znet_board_script result)
  foreach(where SECTIONS RAM_SECTIONS DATA_SECTIONS RWDATA RODATA NOINIT)
    znet_snippets(${where} snippets)
    if(where STREQUAL DATA_SECTIONS)
      get_property(iterable GLOBAL PROPERTY ZNET_ITERABLE_SECTIONS)
      string(APPEND snippets "${iterable}")
    endif()
    string(TOLOWER ${where} name)
    file(CONFIGURE OUTPUT ${ZEPHYR_BINARY_DIR}/snippets-${name}.ld CONTENT "${snippets}" @ONLY)
  endforeach()
  set(${result} "#include \"${ZNET_BOARD_LINKER_SCRIPT}\"\n" PARENT_SCOPE)
endfunction()

# Makes the rule for ZNET_LINKER_SCRIPT; called when all has been said.
function(znet_linker_script)
  set(source ${ZEPHYR_BINARY_DIR}/linker.ld.in)
  if(ZNET_BOARD_LINKER_SCRIPT)
    znet_board_script(text)
  else()
    znet_fragment(text)
  endif()
  file(CONFIGURE OUTPUT ${source} CONTENT "${text}" @ONLY)

  set(includes ${ZNET_INCLUDE_DIRS} ${ZNET_CMAKE_DIR} ${ZEPHYR_BINARY_DIR})
  list(TRANSFORM includes PREPEND -I)
  add_custom_command(
    OUTPUT ${ZNET_LINKER_SCRIPT}
    COMMAND ${CMAKE_C_COMPILER} -x assembler-with-cpp -E -P -undef -D__GCC_LINKER_CMD__ -DLINKER
            -D_LINKER -D_ASMLANGUAGE -D__ZEPHYR__=1 -imacros ${AUTOCONF_H} ${includes}
            -MD -MF ${ZNET_LINKER_SCRIPT}.d -MT ${ZNET_LINKER_SCRIPT}
            ${source} -o ${ZNET_LINKER_SCRIPT}
    DEPENDS ${source} ${AUTOCONF_H}
    DEPFILE ${ZNET_LINKER_SCRIPT}.d
    COMMENT "Writing the linker script fragment"
    VERBATIM)
  add_custom_target(znet_linker_script DEPENDS ${ZNET_LINKER_SCRIPT})
endfunction()
