# SPDX-License-Identifier: Apache-2.0
#
# Writes pkgconfig/znet.pc into the build tree, for builds that are not CMake's.

list(TRANSFORM ZNET_INCLUDE_DIRS PREPEND -I OUTPUT_VARIABLE _cflags)
list(TRANSFORM ZNET_COMPILE_DEFINITIONS PREPEND -D OUTPUT_VARIABLE _defines)
list(APPEND _cflags ${_defines} ${ZNET_COMPILE_OPTIONS})
list(JOIN _cflags " " ZNET_PC_CFLAGS)
list(TRANSFORM ZNET_SYSTEM_LIBS PREPEND -l OUTPUT_VARIABLE _libs)
list(JOIN ZNET_BOOT_SOURCES " " ZNET_PC_BOOT_SOURCES)
list(JOIN ZNET_LINK_OPTIONS " " ZNET_PC_LINK_OPTIONS)
list(JOIN _libs " " ZNET_PC_LIBS)
file(STRINGS ${ZNET_BASE}/Cargo.toml _version REGEX "^version = " LIMIT_COUNT 1)
string(REGEX REPLACE "^version = \"(.*)\"$" "\\1" ZNET_VERSION "${_version}")
configure_file(${ZNET_BASE}/share/pkgconfig/znet.pc.in ${ZEPHYR_BINARY_DIR}/pkgconfig/znet.pc @ONLY)
