# SPDX-License-Identifier: Apache-2.0
#
# Finds a Python with the modules that the Kconfig evaluation needs, and makes one when there is
# none: ZNET_PYTHON, else the checkout's own environment (cargo xtask setup makes it), else the
# system's Python if it has the modules, else a virtual environment in the build tree.
# Result: PYTHON_EXECUTABLE.

set(_znet_requirements ${ZNET_BASE}/scripts/requirements.txt)

# Sets `result` to true when `python` runs and imports the modules.
function(znet_python_serves python result)
  execute_process(
    COMMAND ${python} -c "import kconfiglib"
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(status EQUAL 0)
    set(${result} TRUE PARENT_SCOPE)
  else()
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

if(NOT ZNET_PYTHON AND DEFINED ENV{ZNET_PYTHON})
  set(ZNET_PYTHON $ENV{ZNET_PYTHON})
endif()
find_program(ZNET_SYSTEM_PYTHON NAMES python3 python)
mark_as_advanced(ZNET_SYSTEM_PYTHON)

set(_private_venv ${CMAKE_BINARY_DIR}/venv)
set(PYTHON_EXECUTABLE)
foreach(_python IN ITEMS ${ZNET_PYTHON} ${ZNET_BASE}/target/venv/bin/python ${ZNET_SYSTEM_PYTHON}
                         ${_private_venv}/bin/python)
  znet_python_serves(${_python} _serves)
  if(_serves)
    set(PYTHON_EXECUTABLE ${_python})
    break()
  endif()
endforeach()

# Makes the environment in the build tree, and sets `result` to whether that worked.
function(znet_private_venv result)
  message(STATUS "Python: installing ${_znet_requirements} into ${_private_venv}")
  execute_process(COMMAND ${ZNET_SYSTEM_PYTHON} -m venv ${_private_venv} RESULT_VARIABLE status)
  if(status EQUAL 0)
    execute_process(
      COMMAND ${_private_venv}/bin/python -m pip install --quiet --disable-pip-version-check
              -r ${_znet_requirements}
      RESULT_VARIABLE status)
  endif()
  set(${result} FALSE PARENT_SCOPE)
  if(status EQUAL 0)
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()

# Sees to it that PYTHON_EXECUTABLE has one more module of the requirements, for those who need it.
function(znet_python_has module)
  execute_process(COMMAND ${PYTHON_EXECUTABLE} -c "import ${module}"
                  RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(NOT status EQUAL 0)
    znet_private_venv(made)
    if(NOT made)
      message(FATAL_ERROR
        "No Python with ${module}, and ${_private_venv} could not be made. Either give one with "
        "-DZNET_PYTHON=<python>, or run 'cargo xtask setup' in ${ZNET_BASE}.")
    endif()
    set(PYTHON_EXECUTABLE ${_private_venv}/bin/python PARENT_SCOPE)
  endif()
endfunction()

if(NOT PYTHON_EXECUTABLE)
  if(NOT ZNET_SYSTEM_PYTHON)
    message(FATAL_ERROR "Python 3 is needed to evaluate Kconfig, and none was found.")
  endif()
  znet_private_venv(_made)
  if(NOT _made)
    message(FATAL_ERROR
      "No Python with kconfiglib, and ${_private_venv} could not be made. Either give one with "
      "-DZNET_PYTHON=<python>, or run 'cargo xtask setup' in ${ZNET_BASE}.")
  endif()
  set(PYTHON_EXECUTABLE ${_private_venv}/bin/python)
endif()
set(PYTHON_EXECUTABLE ${PYTHON_EXECUTABLE} CACHE FILEPATH "Python that evaluates Kconfig" FORCE)
message(STATUS "Python: ${PYTHON_EXECUTABLE}")
