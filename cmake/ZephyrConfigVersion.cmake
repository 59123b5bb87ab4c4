# SPDX-License-Identifier: Apache-2.0
#
# The level of Zephyr's C API that this package answers for. An application that asks for an
# older version of the same major number is served; one that asks for a newer one is told so.

set(PACKAGE_VERSION 4.2.0)

if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
  set(PACKAGE_VERSION_EXACT TRUE)
endif()

if(PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION)
  set(PACKAGE_VERSION_COMPATIBLE FALSE)
else()
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
