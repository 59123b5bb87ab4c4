// SPDX-License-Identifier: Apache-2.0
//! The C API, one file per header, and the one global stack.
