// SPDX-License-Identifier: Apache-2.0
//! The port: what an operating system owes the stack.
