//! Imports: the modules of the catalog are known at compile time, all others are objects.

use super::{FnLower, Res};
use crate::builtins;
use crate::diag::{Problem, Why, nearest};
use crate::numpy;
use crate::val::Val;
use crate::walk::range_of;
use rustpython_parser::ast;

/// Modules whose names the catalog knows.
fn is_catalog_module(path: &str) -> bool {
    matches!(
        path,
        "numpy" | "math" | "sys" | "time" | "numpy.random" | "numpy.linalg" | "numpy.fft"
    )
}

impl<'a> FnLower<'a> {
    pub fn import(&mut self, s: &'a ast::StmtImport) -> Res<()> {
        for alias in &s.names {
            let path = alias.name.as_str();
            let root = path.split('.').next().unwrap_or(path);
            let (name, source) = match &alias.asname {
                Some(name) => (name.as_str(), format!("import {path} as {name}")),
                None => (root, format!("import {path}")),
            };
            if is_catalog_module(path) {
                let bound = if alias.asname.is_some() { path } else { root };
                self.bind_name(name, &Val::module(bound))?;
                continue;
            }
            self.check_module(path)?;
            let reason = format!("the package '{path}'");
            if s.names.len() == 1 {
                return Err(self.unsupported(Why::Package, reason));
            }
            // The others of one statement stay what they are.
            let object = self.py_stmt_value(&source, &[], name)?;
            self.bind_name(name, &object)?;
            self.warn(Why::Package, reason, range_of(alias));
        }
        Ok(())
    }

    pub fn import_from(&mut self, s: &'a ast::StmtImportFrom) -> Res<()> {
        let module = s.module.as_ref().map_or("", |m| m.as_str());
        if module == "__future__" {
            return Ok(());
        }
        let relative = s.level.as_ref().is_some_and(|l| l.to_u32() > 0);
        if relative || !is_catalog_module(module) {
            if !relative {
                self.check_module(module)?;
            }
            return Err(self.unsupported(Why::Package, format!("the package '{module}'")));
        }
        for alias in &s.names {
            let name = alias.name.as_str();
            if name == "*" {
                return Err(self.unsupported(Why::Statement, "an import of all names"));
            }
            let val = self.module_attribute(module, name).map_err(|bail| match bail {
                super::Bail::Error(mut diagnostic) => {
                    diagnostic.problem = Problem::NoImport {
                        name: name.to_owned(),
                        module: module.to_owned(),
                    };
                    super::Bail::Error(diagnostic)
                }
                other => other,
            })?;
            let bound = alias.asname.as_ref().unwrap_or(&alias.name);
            self.bind_name(bound.as_str(), &val)?;
        }
        Ok(())
    }

    /// The error of a package whose name is one slip away from a usual one.
    fn check_module(&mut self, path: &str) -> Res<()> {
        let root = path.split('.').next().unwrap_or(path);
        const USUAL: [&str; 7] = ["numpy", "matplotlib", "scipy", "pandas", "math", "random", "itertools"];
        match nearest(root, USUAL) {
            Some(meant) if !matches!(root, "cmath" | "numba") => {
                let help = Some(format!("did you mean `{meant}`?"));
                Err(self.error(Problem::NoModule { name: root.to_owned() }, help))
            }
            _ => Ok(()),
        }
    }

    /// `module.name`.
    pub fn module_attribute(&mut self, module: &str, name: &str) -> Res {
        if module.starts_with("numpy") {
            return match numpy::module_attribute(self, module, name) {
                Some(result) => result,
                None => Err(self.unsupported(Why::Function, format!("{module}.{name}"))),
            };
        }
        match builtins::module_attribute(self, module, name) {
            Some(result) => result,
            None => {
                let known = builtins::module_names(module);
                if known.contains(&name) || name.starts_with("__") {
                    return Err(self.unsupported(Why::Function, format!("{module}.{name}")));
                }
                if !self.is_certain() {
                    let text = format!("module '{module}' has no attribute '{name}'");
                    return Err(self.raise(lnp_abi::ExceptionKind::AttributeError, &text));
                }
                let help = nearest(name, known.iter().copied()).map(|n| format!("did you mean `{module}.{n}`?"));
                let problem = Problem::NoModuleAttribute {
                    module: module.to_owned(),
                    name: name.to_owned(),
                };
                Err(self.error(problem, help))
            }
        }
    }
}
