// SPDX-License-Identifier: Apache-2.0
//! UDP and the demultiplexing of datagrams.
