//! `sys` and `time`: the program's arguments, its end, its clocks.

use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{Arg, Rt, Terminator};

pub const SYS_NAMES: &str = "argv executable exit flags float_info getrecursionlimit getsizeof int_info maxsize \
modules path platform setrecursionlimit stderr stdin stdout version version_info byteorder exc_info getrefcount \
implementation hexversion prefix intern settrace setprofile displayhook excepthook";

pub const TIME_NAMES: &str = "time time_ns perf_counter perf_counter_ns monotonic monotonic_ns process_time \
process_time_ns sleep strftime strptime localtime gmtime ctime asctime mktime thread_time thread_time_ns timezone \
tzname altzone daylight get_clock_info struct_time clock_gettime tzset";

pub fn attribute(cx: &mut FnLower<'_>, module: &str, name: &str) -> Option<Res> {
    match (module, name) {
        ("sys", "argv") => Some(Ok(cx.rt(Rt::Argv, vec![], Ty::list(Ty::Str)))),
        ("sys", "maxsize") => Some(Ok(cx.int(i64::MAX))),
        ("sys", "platform") => Some(Ok(cx.str("linux"))),
        ("sys", "byteorder") => Some(Ok(cx.str("little"))),
        ("sys", "exit" | "stdout" | "stderr" | "setrecursionlimit") => Some(Ok(Val::builtin(&format!("sys.{name}")))),
        ("time", "time" | "perf_counter" | "monotonic" | "process_time" | "sleep") => {
            Some(Ok(Val::builtin(&format!("time.{name}"))))
        }
        // `sys.stdout.write`, asked for as an attribute of the builtin `sys.stdout`.
        ("sys.stdout" | "sys.stderr", "write" | "flush") => Some(Ok(Val::builtin(&format!("{module}.{name}")))),
        _ => None,
    }
}

pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Res {
    match (path, &args.pos[..]) {
        ("sys.exit", []) => exit(cx, &Val::none()),
        ("sys.exit", [code]) => exit(cx, code),
        ("sys.stdout.write" | "sys.stderr.write", [text]) if text.ty == Ty::Str => {
            let rt = if path == "sys.stdout.write" {
                Rt::Print
            } else {
                Rt::PrintErr
            };
            cx.rt_unit(rt, vec![Arg::Value(text.value())]);
            let n = cx.str_len(text);
            Ok(Val::one(Ty::Int, n))
        }
        ("sys.stdout.flush", []) => Ok(cx.rt_unit(Rt::Flush, vec![])),
        ("sys.stderr.flush" | "sys.setrecursionlimit", _) => Ok(Val::none()),
        ("time.time", []) => Ok(cx.rt(Rt::Time, vec![], Ty::Float)),
        ("time.perf_counter" | "time.monotonic" | "time.process_time", []) => {
            Ok(cx.rt(Rt::PerfCounter, vec![], Ty::Float))
        }
        ("time.sleep", [seconds]) if seconds.ty.is_scalar() => {
            let seconds = cx.to_dtype(seconds, DType::F64)?;
            Ok(cx.rt_unit(Rt::Sleep, vec![Arg::Value(seconds)]))
        }
        _ => Err(cx.unsupported(Why::Function, path)),
    }
}

/// `sys.exit(code)`: leaves the program; what follows is unreachable.
pub fn exit(cx: &mut FnLower<'_>, code: &Val) -> Res {
    let code = cx.materialize(code)?;
    cx.each_member(&code, &mut |cx, code| {
        match &code.ty {
            Ty::None => cx.b.call_rt_unit(Rt::Exit, vec![Arg::Imm(0)]),
            ty if crate::lower::is_integer(ty) => {
                let code = cx.to_dtype(code, DType::I64)?;
                cx.b.call_rt_unit(Rt::Exit, vec![Arg::Value(code)]);
            }
            Ty::Obj => cx.py_stmt("raise SystemExit(_a)", &[("_a", code)])?,
            _ => {
                let text = cx.to_str(code)?;
                cx.b.call_rt_unit(Rt::ExitMessage, vec![Arg::Value(text.value())]);
            }
        }
        cx.b.terminate(Terminator::Unwind);
        Err(crate::lower::Bail::Unreachable)
    })
}
