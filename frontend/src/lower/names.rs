//! Variables: reading, binding, deleting.

use super::{FnLower, Res, Var};
use crate::diag::Why;
use crate::scope::{self, Key};
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, ScalarOp};
use std::rc::Rc;

impl<'a> FnLower<'a> {
    /// The variable that a name means here; `None` for builtins.
    pub fn resolve(&self, name: &str) -> Option<Key> {
        let hidden = self.overlay.iter().rev().find(|(n, _)| **n == *name);
        match hidden {
            Some((_, key)) => Some(key.clone()),
            None => self.sess.scopes.resolve(self.decl, name),
        }
    }

    pub fn read_name(&mut self, name: &str) -> Res {
        match self.resolve(name) {
            Some(key) => self.read_key(&key),
            None => self.read_builtin(name),
        }
    }

    fn read_builtin(&mut self, name: &str) -> Res {
        Ok(match name {
            "__name__" => self.str("__main__"),
            "__file__" => {
                let file = self.sess.file.to_owned();
                self.str(&file)
            }
            "__doc__" => match scope::docstring(self.sess.scopes.decls[0].body()) {
                Some(text) => self.str(text),
                None => Val::none(),
            },
            _ if scope::is_builtin(name) => Val::builtin(name),
            // Reported already.
            _ => {
                let text = format!("name '{name}' is not defined");
                return Err(self.raise(ExceptionKind::NameError, &text));
            }
        })
    }

    pub fn read_key(&mut self, key: &Key) -> Res {
        match self.env.get(key).cloned() {
            Some(Var { val, bound: None }) => Ok(val),
            Some(Var { val, bound: Some(flag) }) => {
                self.check_builtin(key)?;
                let unbound = self.b.scalar(ScalarOp::Not, &[flag]);
                let (kind, text) = self.unbound_text(key);
                self.raise_if(unbound, kind, &text);
                self.set_key(key.clone(), val.clone());
                Ok(val)
            }
            None if key.owner == 0 && scope::is_builtin(&key.name) => self.read_builtin(&key.name),
            None => {
                let (kind, text) = self.unbound_text(key);
                Err(self.raise(kind, &text))
            }
        }
    }

    /// A variable of the module that has no value on some path is the builtin of its name there.
    pub fn check_builtin(&self, key: &Key) -> Res<()> {
        match key.owner == 0 && scope::is_builtin(&key.name) {
            true => Err(self.give_up(&format!("'{}' is a variable or the builtin", key.name))),
            false => Ok(()),
        }
    }

    fn unbound_text(&self, key: &Key) -> (ExceptionKind, String) {
        let (name, _) = scope::each_parts(&key.name);
        if key.owner == 0 {
            (ExceptionKind::NameError, format!("name '{name}' is not defined"))
        } else if key.owner == self.decl {
            let text = format!("cannot access local variable '{name}' where it is not associated with a value");
            (ExceptionKind::UnboundLocalError, text)
        } else {
            let text = format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            );
            (ExceptionKind::NameError, text)
        }
    }

    /// Binds a name of the current scope.
    pub fn bind_name(&mut self, name: &str, val: &Val) -> Res<()> {
        let key = self.resolve(name).unwrap_or_else(|| Key::new(self.decl, name));
        self.bind_key(key, val)
    }

    pub fn bind_key(&mut self, key: Key, val: &Val) -> Res<()> {
        if val.ty.is_iterator() {
            return Err(self.unsupported(Why::Expression, format!("an iterator kept in '{}'", key.name)));
        }
        let val = self.materialize(val)?;
        if let [only] = val.vals[..] {
            let names = &mut self.b.func.names;
            if names[only].is_none() && !key.name.starts_with('.') {
                names[only] = Some(key.name.to_string());
            }
        }
        let name = (key.owner == 0 && self.sess.scopes.visible.contains(&*key.name)).then(|| key.name.clone());
        self.set_key(key, val.clone());
        match name {
            Some(name) => self.publish(&name, &val),
            None => Ok(()),
        }
    }

    pub fn set_key(&mut self, key: Key, val: Val) {
        Rc::make_mut(&mut self.env).insert(key, Var { val, bound: None });
    }

    pub fn delete_name(&mut self, name: &str) -> Res<()> {
        self.read_name(name)?;
        if let Some(key) = self.resolve(name) {
            Rc::make_mut(&mut self.env).remove(&key);
        }
        Ok(())
    }

    /// Gives all variables that hold the list `list` another value, type or both: the list
    /// got its first element, or went to CPython.
    pub fn rebind_list(&mut self, list: ir::Value, to: &Val) {
        self.rebind(|v| matches!(v.ty, Ty::List(_)) && v.vals[..] == [list], to);
    }

    /// Gives every variable that holds an array another value; false when none does.
    pub fn rebind_array(&mut self, array: ir::Value, to: &Val) -> bool {
        self.rebind(|v| v.ty.is_array() && v.vals[..] == [array], to)
    }

    fn rebind(&mut self, holds: impl Fn(&Val) -> bool, to: &Val) -> bool {
        let keys: Vec<Key> = self
            .env
            .iter()
            .filter(|(_, v)| holds(&v.val))
            .map(|(k, _)| k.clone())
            .collect();
        let found = !keys.is_empty();
        for key in keys {
            if let Some(var) = Rc::make_mut(&mut self.env).get_mut(&key) {
                var.val = to.clone();
            }
        }
        found
    }

    /// Whether a variable that is read after this statement holds such a value.
    pub fn keeps(&self, holds: impl Fn(&Val) -> bool) -> bool {
        let decl = &self.sess.scopes.decls[self.decl];
        let live = self.stmt.map(|stmt| decl.liveness.after(stmt)).unwrap_or_default();
        let is_live = |key: &Key| key.owner != self.decl || live.contains(&*key.name);
        self.env.iter().any(|(key, var)| holds(&var.val) && is_live(key))
    }

    /// A list that a caller holds too cannot change its representation here.
    pub fn own_list(&self, list: ir::Value) -> Res<()> {
        if self.foreign_lists.contains(&list) {
            let bail = self.unsupported(
                Why::Mixed,
                "a list of the caller changes in a way that has no native form",
            );
            return Err(bail);
        }
        Ok(())
    }

    /// Shadows a name for the length of a comprehension, which binds it at `offset`.
    pub fn push_overlay(&mut self, name: &str, offset: usize) -> Key {
        let each = scope::each_name(offset, name);
        let key = match self.sess.scopes.each.contains(&each) {
            true => Key {
                owner: self.decl,
                name: each,
            },
            false => self.temp_key(name),
        };
        self.overlay.push((name.into(), key.clone()));
        key
    }

    pub fn overlay_depth(&self) -> usize {
        self.overlay.len()
    }

    pub fn pop_overlay(&mut self, depth: usize) {
        while self.overlay.len() > depth {
            if let Some((_, key)) = self.overlay.pop() {
                Rc::make_mut(&mut self.env).remove(&key);
            }
        }
    }
}
