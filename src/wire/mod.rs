// SPDX-License-Identifier: Apache-2.0
//! Packet formats as views over bytes: parse, emit, checksum.
