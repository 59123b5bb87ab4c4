// SPDX-License-Identifier: Apache-2.0
//! The formats of IPv6 as views: headers, options, neighbour and listener discovery. Whatever is
//! parsed lies within what was given, and every walk ends.

use znet::wire::{icmpv6, ipv6, mld, ndp};

/// Reads `data` as every format there is.
pub fn run(data: &[u8]) {
    if let Ok(header) = ipv6::Header::parse(data, data.len()) {
        assert!(header.payload_len() + ipv6::HEADER_LEN <= data.len());
        let mut out = [0; ipv6::HEADER_LEN];
        ipv6::Repr::of(&header).emit(&mut out);
        assert_eq!(out, data[..ipv6::HEADER_LEN]);
    }
    if let Some((_, at)) = ipv6::transport_of(data) {
        assert!(at <= data.len());
    }
    if let Ok(ext) = ipv6::Ext::parse(data) {
        assert!(ext.options().count() <= data.len());
    }
    if let Ok(fragment) = ipv6::Fragment::parse(data) {
        assert_eq!(fragment.offset % 8, 0);
    }
    if let Ok(quote) = icmpv6::Quote::parse(data) {
        assert_eq!(quote.ports().is_some(), quote.transport.len() >= 4);
    }
    if let Ok(query) = mld::Query::parse(data) {
        assert!(query.sources.len() * 16 + mld::V1_LEN <= data.len());
    }
    let options = [
        ndp::RouterSolicit::parse(data).map(|m| m.options),
        ndp::RouterAdvert::parse(data).map(|m| m.options),
        ndp::NeighbourSolicit::parse(data).map(|m| m.options),
        ndp::NeighbourAdvert::parse(data).map(|m| m.options),
        ndp::Redirect::parse(data).map(|m| m.options),
        ndp::Options::parse(data),
    ];
    for options in options.into_iter().flatten() {
        for option in options.iter() {
            match option {
                ndp::NdOption::Prefix(prefix) => assert!(prefix.len <= 128),
                ndp::NdOption::Route(route) => assert!(route.len <= 128),
                ndp::NdOption::Context(context) => assert!(context.len <= 128),
                _ => {}
            }
        }
        let _ = (options.source_link(), options.target_link(), options.nonce());
    }
}
