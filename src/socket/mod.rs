// SPDX-License-Identifier: Apache-2.0
//! Socket descriptors and the sockets behind them.
