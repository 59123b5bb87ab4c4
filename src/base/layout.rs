// SPDX-License-Identifier: Apache-2.0
//! How structures shared with C lie in memory, for the check that C agrees.
//!
//! The file that defines such structures lists them in a table for the check, as here, and
//! `capi/layout.rs` compiles all tables into assertions about the public headers:
//!
//! ```text
//! #[cfg(any(test, znet_layout))]
//! crate::base::layout::layouts! { pub(crate) LAYOUTS in "zephyr/net_buf.h":
//!     NetBufSimple = "struct net_buf_simple" { data, len, size, __buf };
//!     NetBuf = "struct net_buf" {
//!         frags, r#ref, b.data = "data",
//!         #[cfg(CONFIG_X)] only_with_x,
//!     };
//! }
//! ```
//!
//! A member's name in C is that in Rust unless another one is given. Types keep their attributes too.
//! Constants that both sides spell out are listed with `constants!` in the same way.

/// A member: its name in C, the place and the size in Rust.
pub struct Member {
    /// Name in C.
    pub name: &'static str,
    /// Bytes from the start of the structure.
    pub offset: usize,
    /// Bytes it takes.
    pub size: usize,
}

/// A structure: its name in C, the header that defines it, and what Rust thinks of it.
pub struct Layout {
    /// Type in C, with its `struct`.
    pub name: &'static str,
    /// Header that defines it.
    pub header: &'static str,
    /// Bytes it takes.
    pub size: usize,
    /// Alignment in bytes.
    pub align: usize,
    /// The members that are compared.
    pub members: &'static [Member],
}

/// A constant: its name in C, the header that has it, and its value in Rust.
#[allow(missing_docs)]
pub struct Constant {
    pub name: &'static str,
    pub header: &'static str,
    pub value: i64,
}

/// The size of the member that `_access` leads to.
pub const fn size_of_member<T, M>(_access: fn(&T) -> &M) -> usize {
    size_of::<M>()
}

/// Defines a table of [`Layout`]s; see the head of the file.
macro_rules! layouts {
    ($vis:vis $table:ident in $header:literal:
     $($(#[$cfg:meta])* $type:ident = $name:literal {
         $($(#[$member_cfg:meta])* $($member:ident).+ $(= $c_name:literal)?),* $(,)?
     };)*) => {
        #[cfg(any(test, znet_layout))]
        $vis const $table: &[$crate::base::layout::Layout] = &[
            $($(#[$cfg])* $crate::base::layout::Layout {
                name: $name,
                header: $header,
                size: size_of::<$type>(),
                align: align_of::<$type>(),
                members: &[
                    $($(#[$member_cfg])* $crate::base::layout::Member {
                        name: $crate::base::layout::layouts!(@name $($member).+ $(= $c_name)?),
                        offset: core::mem::offset_of!($type, $($member).+),
                        size: $crate::base::layout::size_of_member(|s: &$type| &s.$($member).+),
                    },)*
                ],
            },)*
        ];
    };
    (@name $($member:ident).+ = $c_name:literal) => { $c_name };
    (@name $($member:ident).+) => { stringify!($($member).+) };
}
pub(crate) use layouts;

/// Defines a table of [`Constant`]s: `NAME`, or `path::to::CONSTANT => "NAME_IN_C"`; integers and
/// variants of plain enumerations.
macro_rules! constants {
    ($vis:vis $table:ident in $header:literal:
     $($(#[$cfg:meta])* $value:expr $(=> $name:literal)?),* $(,)?) => {
        #[cfg(any(test, znet_layout))]
        $vis const $table: &[$crate::base::layout::Constant] = &[
            $($(#[$cfg])* $crate::base::layout::Constant {
                name: $crate::base::layout::constants!(@name $value $(=> $name)?),
                header: $header,
                value: ($value) as i64,
            },)*
        ];
    };
    (@name $value:expr => $name:literal) => { $name };
    (@name $value:expr) => { stringify!($value) };
}
pub(crate) use constants;
