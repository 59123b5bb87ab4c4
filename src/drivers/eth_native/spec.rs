// SPDX-License-Identifier: Apache-2.0
//! How the host end of an interface is named: `tap:zeth`, `packet:veth0`, `unix:/own,/peer`, `zeth`.

use std::format;
use std::path::PathBuf;
use std::string::{String, ToString};

/// Longest name of a network interface on Linux (`IFNAMSIZ` less its zero).
const NAME_MAX: usize = 15;
/// Longest path of a unix socket (`sun_path` less its zero).
const PATH_MAX: usize = 107;

/// Where frames come from and go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec {
    /// A TAP interface, made unless it exists.
    Tap(String),
    /// An existing interface, by `AF_PACKET`.
    Packet(String),
    /// A unix datagram socket bound to `own` that sends to `peer`, one frame a datagram.
    Unix {
        /// Path this end is bound to.
        own: PathBuf,
        /// Path of the other end.
        peer: PathBuf,
    },
    /// A name without a kind: a TAP, or else an existing interface of another sort.
    Named(String),
}

impl Spec {
    /// Understands `text`, the value of `--eth-if` or of its Kconfig symbol; the error is a sentence for the user.
    pub fn parse(text: &str) -> Result<Spec, String> {
        match text.split_once(':') {
            Some(("tap", name)) => interface(name).map(Spec::Tap),
            Some(("packet", name)) => interface(name).map(Spec::Packet),
            Some(("unix", paths)) => {
                let (own, peer) = paths
                    .split_once(',')
                    .ok_or("unix:OWN,PEER wants two paths with a comma between them")?;
                if own == peer {
                    return Err(format!("unix: both ends are {own}"));
                }
                Ok(Spec::Unix { own: path(own)?, peer: path(peer)? })
            }
            Some((kind, _)) => {
                Err(format!("unknown kind '{kind}': use tap:NAME, packet:NAME or unix:OWN,PEER"))
            }
            None => interface(text).map(Spec::Named),
        }
    }

    /// The spec of the interface with this index when several share one name: `zeth` becomes `zeth0`, `zeth1` ...
    pub fn numbered(self, index: usize) -> Result<Spec, String> {
        let number = |name: String| interface(&format!("{name}{index}"));
        Ok(match self {
            Spec::Tap(name) => Spec::Tap(number(name)?),
            Spec::Packet(name) => Spec::Packet(number(name)?),
            Spec::Named(name) => Spec::Named(number(name)?),
            Spec::Unix { own, peer } => {
                let number = |p: PathBuf| path(&format!("{}{index}", p.display()));
                Spec::Unix { own: number(own)?, peer: number(peer)? }
            }
        })
    }
}

fn interface(name: &str) -> Result<String, String> {
    let bad = |c: char| c == '/' || c == ':' || c.is_whitespace() || c == '\0';
    if name.is_empty() || name.len() > NAME_MAX || name.contains(bad) || name == "." || name == ".."
    {
        return Err(format!("'{name}' is not the name of a network interface"));
    }
    Ok(name.to_string())
}

fn path(path: &str) -> Result<PathBuf, String> {
    if path.is_empty() || path.len() > PATH_MAX || path.contains('\0') {
        return Err(format!("'{path}' is not the path of a unix socket (1 to {PATH_MAX} bytes)"));
    }
    Ok(PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(Spec::parse("zeth"), Ok(Spec::Named("zeth".into())));
        assert_eq!(Spec::parse("tap:zeth"), Ok(Spec::Tap("zeth".into())));
        assert_eq!(Spec::parse("packet:veth0"), Ok(Spec::Packet("veth0".into())));
        let unix = Spec::Unix { own: "/tmp/a".into(), peer: "/tmp/b".into() };
        assert_eq!(Spec::parse("unix:/tmp/a,/tmp/b"), Ok(unix));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let long = "/x".repeat(60);
        for bad in [
            "",
            "tap:",
            "tap:a b",
            "sixteencharacter",
            "udp:1",
            "unix:/a",
            "unix:/a,/a",
            "..",
            "a/b",
        ] {
            assert!(Spec::parse(bad).is_err(), "{bad}");
        }
        assert!(Spec::parse(&format!("unix:/a,{long}")).is_err());
    }

    #[test]
    fn several_interfaces_of_one_name_are_numbered() {
        let spec = Spec::parse("tap:zeth").expect("valid");
        assert_eq!(spec.numbered(1), Ok(Spec::Tap("zeth1".into())));
        let full = Spec::parse("fifteencharact0").expect("valid");
        assert!(full.numbered(1).is_err(), "the number no longer fits");
    }
}
