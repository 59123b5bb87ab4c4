# SPDX-License-Identifier: Apache-2.0
#
# The application: the library target `app`, the flags of its sources, and the executable
# build/zephyr/zephyr.exe (zephyr.elf on boards that are no Linux process).

# ---- flags -----------------------------------------------------------------------------------

set(_std_cpp 17)
foreach(_std 11 14 17 20)
  if(CONFIG_STD_CPP${_std})
    set(_std_cpp ${_std})
  endif()
endforeach()

add_library(zephyr_interface INTERFACE)
target_link_libraries(zephyr_interface INTERFACE znet::znet)
target_compile_options(zephyr_interface INTERFACE
  $<$<COMPILE_LANGUAGE:C>:-std=gnu11>
  $<$<COMPILE_LANGUAGE:CXX>:-std=gnu++${_std_cpp}>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<BOOL:${CONFIG_CPP_EXCEPTIONS}>>>:-fno-exceptions>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<BOOL:${CONFIG_CPP_RTTI}>>>:-fno-rtti>
  -Wall -Wno-format-zero-length -Wno-unused-but-set-variable -Wpointer-arith
  -fno-strict-aliasing -fno-common -g
  ${ZNET_BOARD_COMPILE_OPTIONS})

if(CONFIG_NO_OPTIMIZATIONS)
  zephyr_compile_options(-O0)
elseif(CONFIG_DEBUG_OPTIMIZATIONS)
  zephyr_compile_options(-Og)
elseif(CONFIG_SPEED_OPTIMIZATIONS)
  zephyr_compile_options(-O2)
elseif(NOT CMAKE_BUILD_TYPE)
  zephyr_compile_options(-Os)
endif()
if(CONFIG_COMPILER_WARNINGS_AS_ERRORS)
  zephyr_compile_options(-Werror)
endif()
if(CONFIG_ASAN)
  zephyr_compile_options(-fsanitize=address -fno-omit-frame-pointer)
  zephyr_ld_options(-fsanitize=address)
endif()
if(CONFIG_UBSAN)
  zephyr_compile_options(-fsanitize=undefined)
  zephyr_ld_options(-fsanitize=undefined)
endif()
if(ZNET_SANITIZE_THREADS)
  zephyr_compile_options(-fsanitize=thread)
  # Rust's own runtime: what both compilers call is in it, which can't be said of GCC's.
  execute_process(COMMAND rustc --print target-libdir OUTPUT_VARIABLE _libdir
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB _runtime ${_libdir}/librustc*_rt.tsan.a)
  zephyr_ld_options(-Wl,--whole-archive ${_runtime} -Wl,--no-whole-archive -rdynamic)
endif()
# Headers and libraries of the small form go together.
if(CONFIG_NEWLIB_LIBC_NANO)
  zephyr_compile_options(-specs=nano.specs)
  zephyr_ld_options(-specs=nano.specs)
endif()
if(CONFIG_COMPILER_OPT)
  separate_arguments(_options UNIX_COMMAND "${CONFIG_COMPILER_OPT}")
  zephyr_compile_options(${_options})
endif()

# ---- targets ---------------------------------------------------------------------------------

add_library(app STATIC)
target_link_libraries(app PUBLIC zephyr_interface)
set_property(GLOBAL APPEND PROPERTY ZEPHYR_LIBS app)

add_library(znet_boot OBJECT ${ZNET_BOOT_SOURCES} ${ZNET_BOARD_SOURCES})
target_link_libraries(znet_boot PRIVATE zephyr_interface)
target_include_directories(znet_boot PRIVATE ${ZNET_BOARD_PRIVATE_INCLUDE_DIRS})
if(TARGET znet_freertos_kernel)
  target_link_libraries(znet_freertos_kernel PRIVATE zephyr_interface)
endif()

add_executable(zephyr_final ${ZNET_CMAKE_DIR}/modules/empty.c)
set_target_properties(zephyr_final PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${ZEPHYR_BINARY_DIR}
  OUTPUT_NAME ${CONFIG_KERNEL_BIN_NAME}
  SUFFIX ${ZNET_EXECUTABLE_SUFFIX})
set(ZEPHYR_FINAL_EXECUTABLE zephyr_final)

# Puts the executable together; runs when the application's CMakeLists.txt has ended.
function(znet_finish)
  get_property(libraries GLOBAL PROPERTY ZEPHYR_LIBS)
  foreach(library IN LISTS libraries)
    get_target_property(imported ${library} IMPORTED)
    if(imported)
      continue()
    endif()
    get_target_property(sources ${library} SOURCES)
    if(NOT sources)
      message(WARNING "No sources in library ${library}.")
      target_sources(${library} PRIVATE ${ZNET_CMAKE_DIR}/modules/empty.c)
    endif()
  endforeach()

  # Whole archives: what nothing refers to by name, such as a table entry or a thread, must stay.
  # The sections that nothing needs go again with --gc-sections.
  znet_linker_script()
  add_dependencies(zephyr_final znet_linker_script)
  set_property(TARGET zephyr_final APPEND PROPERTY LINK_DEPENDS ${ZNET_LINKER_SCRIPT})
  if(ZNET_RUST_TARGET)
    # As in Zephyr, what a board runs has C++ without its library.
    set_target_properties(zephyr_final PROPERTIES LINKER_LANGUAGE C)
  elseif(CMAKE_CXX_COMPILER)
    znet_uses_cxx(uses_cxx ${libraries})
    if(uses_cxx)
      set_target_properties(zephyr_final PROPERTIES LINKER_LANGUAGE CXX)
    endif()
  endif()
  target_link_options(zephyr_final PRIVATE
    ${ZNET_BOARD_LINK_OPTIONS} ${ZNET_LINK_OPTIONS} -Wl,-Map=${ZEPHYR_BINARY_DIR}/zephyr.map)
  target_link_libraries(zephyr_final PRIVATE
    znet_boot ${ZNET_BOARD_OBJECTS} -Wl,--whole-archive ${libraries} -Wl,--no-whole-archive zephyr_interface)
endfunction()

# Whether any of the libraries has a C++ source: then the C++ compiler links.
function(znet_uses_cxx result)
  set(${result} FALSE PARENT_SCOPE)
  foreach(library IN LISTS ARGN)
    get_target_property(sources ${library} SOURCES)
    if("${sources}" MATCHES "[.](cpp|cc|cxx|C)(;|$)")
      set(${result} TRUE PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

cmake_language(DEFER DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} CALL znet_finish)

add_custom_target(run
  COMMAND ${ZNET_BOARD_RUN} $<TARGET_FILE:zephyr_final>
  DEPENDS zephyr_final
  WORKING_DIRECTORY ${APPLICATION_BINARY_DIR}
  USES_TERMINAL)

include(${ZNET_CMAKE_DIR}/modules/pkgconfig.cmake)
