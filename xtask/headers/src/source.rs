// SPDX-License-Identifier: Apache-2.0
//! Reads a Rust file and keeps what C can see: the signatures of functions with a C name.
//!
//! What cbindgen cannot see by itself is put on each function here: the conditions of the modules
//! around it, in the file and on the `mod` lines that lead to the file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, GenericArgument, Item, ItemFn, Meta, PathArguments, Type, parse_quote};

/// The C functions of some files.
#[derive(Default)]
pub struct Functions {
    /// Signatures without bodies and comments.
    pub items: Vec<ItemFn>,
    /// The Kconfig symbols in their conditions.
    pub symbols: BTreeSet<String>,
    /// The types in their signatures, by last name.
    pub types: BTreeSet<String>,
}

impl Functions {
    /// Adds the functions of a file, except those named in `left_out`.
    pub fn read(
        &mut self,
        root: &Path,
        path: &Path,
        left_out: &BTreeSet<String>,
    ) -> Result<(), String> {
        let text =
            fs::read_to_string(root.join(path)).map_err(|e| format!("{}: {e}", path.display()))?;
        let file = syn::parse_file(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        let conditions = conditions_of(root, path)?;
        self.collect(&file.items, &conditions, left_out);
        Ok(())
    }

    fn collect(&mut self, items: &[Item], conditions: &[Attribute], left_out: &BTreeSet<String>) {
        for item in items {
            match item {
                Item::Fn(function)
                    if is_exported(&function.attrs)
                        && !left_out.contains(&function.sig.ident.to_string()) =>
                {
                    self.add(function, conditions);
                }
                Item::Mod(module) if !is_test(&module.attrs) => {
                    if let Some((_, items)) = &module.content {
                        let mut inner = conditions.to_vec();
                        inner.extend(cfgs(&module.attrs));
                        self.collect(items, &inner, left_out);
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, function: &ItemFn, conditions: &[Attribute]) {
        let mut kept = function.clone();
        kept.attrs = cfgs(&function.attrs);
        kept.attrs.extend(conditions.iter().cloned());
        merge_cfgs(&mut kept.attrs);
        for attribute in &kept.attrs {
            symbols_in(&attribute.to_token_stream().to_string(), &mut self.symbols);
        }
        kept.attrs.push(parse_quote!(#[unsafe(no_mangle)]));
        kept.vis = parse_quote!(pub);
        kept.block = parse_quote!({});
        OptionsOff.visit_signature_mut(&mut kept.sig);
        let mut types = TypeNames(&mut self.types);
        types.visit_signature(&kept.sig);
        self.items.push(kept);
    }

    /// Makes every reference in a signature a pointer without const.
    pub fn references_to_pointers(&mut self) {
        for item in &mut self.items {
            ReferencesOff.visit_signature_mut(&mut item.sig);
        }
    }

    /// A Rust file with the functions and nothing else.
    pub fn text(&self) -> String {
        self.items.iter().map(|item| item.to_token_stream().to_string() + "\n").collect()
    }
}

struct TypeNames<'a>(&'a mut BTreeSet<String>);

impl<'ast> Visit<'ast> for TypeNames<'_> {
    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        if let Some(last) = path.path.segments.last() {
            self.0.insert(last.ident.to_string());
        }
        visit::visit_type_path(self, path);
    }
}

/// `Option<Callback>` becomes `Callback`: cbindgen cannot know that such a name stands for a pointer.
struct OptionsOff;

impl VisitMut for OptionsOff {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Some(inner) = optional_name(ty) {
            *ty = inner;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

/// `&T` becomes `*mut T`.
struct ReferencesOff;

impl VisitMut for ReferencesOff {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Reference(reference) = ty {
            let inner = &reference.elem;
            *ty = parse_quote!(*mut #inner);
        } else if let Some(pointer @ Type::Ptr(_)) = in_option(ty) {
            *ty = pointer; // any pointer may be null in C
        }
    }
}

/// The type in an `Option`, if it is a plain name.
fn optional_name(ty: &Type) -> Option<Type> {
    let inner = in_option(ty)?;
    match &inner {
        Type::Path(path) if path.path.segments.last()?.arguments.is_none() => Some(inner),
        _ => None,
    }
}

/// The type in an `Option`.
fn in_option(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}

fn is_exported(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| a.to_token_stream().to_string().contains("no_mangle"))
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|a| a.path().is_ident("cfg") && a.to_token_stream().to_string().contains("test"))
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|a| a.path().is_ident("cfg")).cloned().collect()
}

/// Several conditions become one that all of them hold; the same one twice counts once.
fn merge_cfgs(attributes: &mut Vec<Attribute>) {
    let mut seen = BTreeSet::new();
    attributes.retain(|a| seen.insert(a.to_token_stream().to_string()));
    if attributes.len() < 2 {
        return;
    }
    let inner: Vec<_> = attributes
        .iter()
        .filter_map(|a| match &a.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        })
        .collect();
    *attributes = vec![parse_quote!(#[cfg(all(#(#inner),*))])];
}

/// The names that begin with CONFIG_ in a text.
fn symbols_in(text: &str, symbols: &mut BTreeSet<String>) {
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
        if word.starts_with("CONFIG_") {
            symbols.insert(word.to_string());
        }
    }
}

/// The conditions on the `mod` lines that lead to a file.
fn conditions_of(root: &Path, path: &Path) -> Result<Vec<Attribute>, String> {
    let mut conditions = Vec::new();
    let mut at = path.to_path_buf();
    // Up to `src/<folder>`: the folders themselves are never conditional.
    while at.components().count() > 2 {
        let name = at.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = at.parent().unwrap_or(Path::new("")).to_path_buf();
        if name != "mod" {
            conditions.extend(mod_line(root, &folder, &name)?);
        }
        at = folder;
    }
    Ok(conditions)
}

/// The conditions of `mod name;` in the file that speaks for `folder`.
fn mod_line(root: &Path, folder: &Path, name: &str) -> Result<Vec<Attribute>, String> {
    let candidates: [PathBuf; 2] = [folder.join("mod.rs"), folder.with_extension("rs")];
    let Some(parent) = candidates.iter().find(|path| root.join(path).is_file()) else {
        return Ok(Vec::new());
    };
    let text =
        fs::read_to_string(root.join(parent)).map_err(|e| format!("{}: {e}", parent.display()))?;
    let file = syn::parse_file(&text).map_err(|e| format!("{}: {e}", parent.display()))?;
    let found = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => Some(cfgs(&module.attrs)),
        _ => None,
    });
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_modules_reach_the_functions() {
        let file = syn::parse_file(
            "#[cfg(CONFIG_A)] mod inner { #[cfg(CONFIG_B)] #[unsafe(no_mangle)]
             /// Gone.
             pub extern \"C\" fn f(x: *mut NetIf) -> KTimeout { todo!() } fn g() {} }
             #[cfg(test)] mod tests { #[unsafe(no_mangle)] extern \"C\" fn h() {} }",
        )
        .expect("Rust");
        let mut functions = Functions::default();
        functions.collect(&file.items, &[], &BTreeSet::new());
        let text = functions.text();
        assert_eq!(functions.items.len(), 1, "{text}");
        assert!(text.contains("all (CONFIG_B , CONFIG_A)"), "{text}");
        assert!(!text.contains("Gone") && !text.contains("todo"), "{text}");
        assert_eq!(functions.symbols.len(), 2);
        assert!(functions.types.contains("NetIf") && functions.types.contains("KTimeout"));
    }
}
