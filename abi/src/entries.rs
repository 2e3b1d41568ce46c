//! The one table of runtime entry points.
//!
//! A row is `Variant symbol (parameters) -> result, raises|total, effect;`
//! - `raises`: may set the pending exception (`lnp_pending`), which the caller tests after
//!   the call; the result is then meaningless.
//! - effect: `pure` (depends on its scalar or immutable arguments only), `reads` (reads array or list
//!   contents: may be dropped, may not cross a write), `writes` (anything else: a barrier).
//!
//! Parameter types: `Bool` u8 · `I32` · `I64` · `F32` · `F64` · `C128` two f64 registers ·
//! `Arr`, `Str`, `List`, `Obj`, `Rng`, `Ref` (any of them) borrowed pointers to reference-counted objects; a result of
//! such a type is owned by the caller · `Slots` pointer to i64 count followed by that many
//! 8-byte slots (scalars as bits, complex as two, references as pointers) · `Data` pointer
//! to static data.

/// How a value crosses the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbiTy {
    Unit,
    Bool,
    I32,
    I64,
    F32,
    F64,
    C128,
    Arr,
    Str,
    List,
    Obj,
    Rng,
    Ref,
    Slots,
    Data,
}

/// What an entry point may touch, for the passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    Pure,
    Reads,
    Writes,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct EntrySig {
    pub symbol: &'static str,
    pub params: &'static [AbiTy],
    pub result: AbiTy,
    pub raises: bool,
    pub effect: Effect,
}

/// Hands the whole table to a macro: `for_each_entry!(my_macro)` expands to
/// `my_macro! { rows }`.
#[macro_export]
macro_rules! for_each_entry {
    ($callback:ident) => {
        $callback! {
            // References and errors.
            Retain lnp_retain (Ref) -> Unit, total, writes;
            Release lnp_release (Ref) -> Unit, total, writes;
            // kind: ExceptionKind; sets the pending exception.
            Raise lnp_raise (I64, Str) -> Unit, raises, writes;
            // Adds a frame to the pending traceback: function name, line.
            TracebackFrame lnp_traceback_frame (Data, I64) -> Unit, total, writes;

            // Array creation. dtype codes are `DType as i64`.
            ArrayEmpty lnp_array_empty (I64, Slots) -> Arr, raises, reads;
            ArrayZeros lnp_array_zeros (I64, Slots) -> Arr, raises, reads;
            // dtype, prototype: its shape, and its order of axes in memory.
            ArrayEmptyLike lnp_array_empty_like (I64, Arr) -> Arr, raises, reads;
            ArrayZerosLike lnp_array_zeros_like (I64, Arr) -> Arr, raises, reads;
            // dtype, shape, then the elements in C order (each already of that dtype).
            ArrayFromSlots lnp_array_from_slots (I64, Slots, Slots) -> Arr, raises, reads;
            // np.array(list): dtype, ndim; nested lists must be rectangular.
            ArrayFromList lnp_array_from_list (I64, I64, List) -> Arr, raises, reads;
            ArangeInt lnp_arange_int (I64, I64, I64, I64) -> Arr, raises, reads;
            ArangeFloat lnp_arange_float (I64, F64, F64, F64) -> Arr, raises, reads;
            // start, stop, num, endpoint
            Linspace lnp_linspace (F64, F64, I64, Bool) -> Arr, raises, reads;
            // dtype, rows, columns, diagonal
            Eye lnp_eye (I64, I64, I64, I64) -> Arr, raises, reads;

            // Views (same buffer).
            // spec: per item four slots: kind, start, stop, step. kind 0 whole axis, 1 index
            // (in start), 2 new axis, 4 + flags slice (1 has start, 2 has stop).
            View lnp_view (Arr, Slots) -> Arr, raises, pure;
            Transpose lnp_transpose (Arr, Slots) -> Arr, raises, pure;
            BroadcastTo lnp_broadcast_to (Arr, Slots) -> Arr, raises, pure;
            // Removes the axes of extent 1 that the mask names; axis error otherwise.
            Squeeze lnp_squeeze (Arr, I64) -> Arr, raises, pure;
            // A view where NumPy gives one, else a copy. One extent may be -1.
            Reshape lnp_reshape (Arr, Slots) -> Arr, raises, reads;
            Ravel lnp_ravel (Arr) -> Arr, raises, reads;
            Diagonal lnp_diagonal (Arr, I64) -> Arr, raises, pure;
            // Copy-on-write duplicate: no element moves until one side is written.
            // order 0: C, 1: keep (as ndarray.copy 'C', np.copy 'K').
            Copy lnp_copy (Arr, I64) -> Arr, raises, reads;
            Flatten lnp_flatten (Arr) -> Arr, raises, reads;

            // Scalars of arrays: indices may be negative; bounds are checked.
            GetBool lnp_get_bool (Arr, Slots) -> Bool, raises, reads;
            GetI32 lnp_get_i32 (Arr, Slots) -> I32, raises, reads;
            GetI64 lnp_get_i64 (Arr, Slots) -> I64, raises, reads;
            GetF32 lnp_get_f32 (Arr, Slots) -> F32, raises, reads;
            GetF64 lnp_get_f64 (Arr, Slots) -> F64, raises, reads;
            GetC128 lnp_get_c128 (Arr, Slots) -> C128, raises, reads;
            SetBool lnp_set_bool (Arr, Slots, Bool) -> Unit, raises, writes;
            SetI32 lnp_set_i32 (Arr, Slots, I32) -> Unit, raises, writes;
            SetI64 lnp_set_i64 (Arr, Slots, I64) -> Unit, raises, writes;
            SetF32 lnp_set_f32 (Arr, Slots, F32) -> Unit, raises, writes;
            SetF64 lnp_set_f64 (Arr, Slots, F64) -> Unit, raises, writes;
            SetC128 lnp_set_c128 (Arr, Slots, C128) -> Unit, raises, writes;
            // a.item(): the only element, else ValueError.
            Len lnp_len (Arr) -> I64, raises, pure;

            // Launches. A site (`LaunchSite`); slots of operands: array pointers, the destination
            // last; bounds of views that are left to the launch; scalars: 8-byte slots.
            // outs: array pointers to write into.
            // Fresh: results are allocated, in NumPy's K order, and written to `outs`.
            LaunchFresh lnp_launch_fresh (Data, Slots, Slots, Slots, Slots) -> Unit, raises, writes;
            // Into: one destination view; inputs broadcast to its shape.
            // false: an assignment, true: an in-place operator (other error text).
            LaunchInto lnp_launch_into (Data, Slots, Slots, Slots, Bool) -> Unit, raises, writes;
            // Reduce: op (ReduceOp code), axes bit mask (-1 all), keepdims; result is an array of
            // the reduce's dtype, 0-d when all axes go.
            LaunchReduce lnp_launch_reduce (Data, Slots, Slots, Slots, I64, I64, Bool) -> Arr, raises, writes;
            // Reads the only element of an array by dtype after an all-axes reduce.
            ItemBool lnp_item_bool (Arr) -> Bool, raises, reads;
            ItemI32 lnp_item_i32 (Arr) -> I32, raises, reads;
            ItemI64 lnp_item_i64 (Arr) -> I64, raises, reads;
            ItemF32 lnp_item_f32 (Arr) -> F32, raises, reads;
            ItemF64 lnp_item_f64 (Arr) -> F64, raises, reads;
            ItemC128 lnp_item_c128 (Arr) -> C128, raises, reads;

            // Whole-array routines. axis -1 in `ArgReduce`/`Scan` means flattened.
            // op 0 argmin, 1 argmax
            ArgReduce lnp_arg_reduce (Arr, I64, I64, Bool) -> Arr, raises, reads;
            // op 0 cumsum, 1 cumprod; dtype of the result
            Scan lnp_scan (Arr, I64, I64, I64) -> Arr, raises, reads;
            // dtype, arrays, axis, order of the result as in Copy
            Concatenate lnp_concatenate (I64, Slots, I64, I64) -> Arr, raises, reads;
            // shift, axis (-1: flattened)
            Roll lnp_roll (Arr, I64, I64) -> Arr, raises, reads;
            // The array continued periodically: for each axis, how many more elements before it
            // and after it.
            Wrap lnp_wrap (Arr, Slots) -> Arr, raises, reads;
            Repeat lnp_repeat (Arr, I64, I64) -> Arr, raises, reads;
            Sort lnp_sort (Arr, I64) -> Arr, raises, reads;
            ArgSort lnp_argsort (Arr, I64) -> Arr, raises, reads;
            // np.dot / @ of operands of one float, complex or integer dtype, by their ndims.
            Matmul lnp_matmul (Arr, Arr) -> Arr, raises, reads;
            Dot lnp_dot (Arr, Arr) -> Arr, raises, reads;
            // Boolean and integer-array indexing (mask may have fewer dims than the array).
            MaskGet lnp_mask_get (Arr, Arr) -> Arr, raises, reads;
            MaskSet lnp_mask_set (Arr, Arr, Arr) -> Unit, raises, writes;
            // array, axis, index array, order 0: np.take, 1: a[:, idx], where the axes of the
            // index lie outermost in memory
            Take lnp_take (Arr, I64, Arr, I64) -> Arr, raises, reads;
            // index arrays for the leading axes, already broadcast: a[i, j]
            GatherGet lnp_gather_get (Arr, Slots) -> Arr, raises, reads;
            GatherSet lnp_gather_set (Arr, Slots, Arr) -> Unit, raises, writes;
            // one index array per axis of the operand, as a list of arrays in Slots order
            NonzeroAxis lnp_nonzero_axis (Arr, I64) -> Arr, raises, reads;
            // np.add.at-like histogram: np.bincount(x, minlength)
            Bincount lnp_bincount (Arr, I64) -> Arr, raises, reads;
            // Broadcast shapes only for checking: raises NumPy's mismatch error.
            SameShape lnp_same_shape (Arr, Arr) -> Bool, total, pure;

            // Files.
            NpySave lnp_npy_save (Str, Arr) -> Unit, raises, writes;
            // Loads any supported file; dtype code and ndim of the result by the two below.
            NpyLoad lnp_npy_load (Str) -> Arr, raises, writes;
            ArrayDType lnp_array_dtype (Arr) -> I64, total, pure;
            ArrayNdim lnp_array_ndim (Arr) -> I64, total, pure;

            // Random: Generator objects of PCG64.
            RngNew lnp_rng_new (I64) -> Rng, raises, writes;
            RngNewEntropy lnp_rng_new_entropy () -> Rng, raises, writes;
            // kind: 0 random, 1 standard_normal, 2 standard_exponential; p, q used by: 3 uniform(p,q), 4 normal(p,q), 5 exponential(p), 6 poisson(p) …
            RngScalar lnp_rng_scalar (Rng, I64, F64, F64) -> F64, raises, writes;
            RngArray lnp_rng_array (Rng, I64, F64, F64, I64, Slots) -> Arr, raises, writes;
            RngIntegersScalar lnp_rng_integers_scalar (Rng, I64, I64, Bool) -> I64, raises, writes;
            // low, high, endpoint, dtype, shape
            RngIntegersArray lnp_rng_integers_array (Rng, I64, I64, Bool, I64, Slots) -> Arr, raises, writes;
            RngPermutation lnp_rng_permutation (Rng, I64) -> Arr, raises, writes;
            RngShuffle lnp_rng_shuffle (Rng, Arr) -> Unit, raises, writes;
            // population, size, replace: indices
            RngChoice lnp_rng_choice (Rng, I64, I64, Bool) -> Arr, raises, writes;

            // Strings. Code points, as CPython counts them.
            StrFromI64 lnp_str_from_i64 (I64) -> Str, total, pure;
            StrFromBool lnp_str_from_bool (Bool) -> Str, total, pure;
            // repr of a Python float or complex
            StrFromF64 lnp_str_from_f64 (F64) -> Str, total, pure;
            StrFromF32 lnp_str_from_f32 (F32) -> Str, total, pure;
            StrFromC128 lnp_str_from_c128 (C128) -> Str, total, pure;
            StrFromArray lnp_str_from_array (Arr) -> Str, raises, reads;
            ReprArray lnp_repr_array (Arr) -> Str, raises, reads;
            // repr or str of any value by its type signature (see `sig` in the runtime's lists)
            ReprValue lnp_repr_value (Str, Slots) -> Str, raises, reads;
            StrValue lnp_str_value (Str, Slots) -> Str, raises, reads;
            // format(value, spec): signature, slots, spec
            FormatValue lnp_format_value (Str, Slots, Str) -> Str, raises, reads;
            ReprStr lnp_repr_str (Str) -> Str, total, pure;
            StrConcat lnp_str_concat (Slots) -> Str, total, pure;
            // The same where the first string's count is given up: it grows in place if that was
            // its last one.
            StrAppend lnp_str_append (Slots) -> Str, total, pure;
            StrRepeat lnp_str_repeat (Str, I64) -> Str, raises, pure;
            // three-way: -1, 0, 1
            StrCompare lnp_str_compare (Str, Str) -> I64, total, pure;
            StrContains lnp_str_contains (Str, Str) -> Bool, total, pure;
            StrLen lnp_str_len (Str) -> I64, total, pure;
            StrIndex lnp_str_index (Str, I64) -> Str, raises, pure;
            // flags 1 has start, 2 has stop; start, stop, step
            StrSlice lnp_str_slice (Str, I64, I64, I64, I64) -> Str, raises, pure;
            // method code (`abi::StrMethod`), string, string arguments, integer argument
            StrMethodStr lnp_str_method_str (I64, Str, Slots, I64) -> Str, raises, pure;
            StrMethodI64 lnp_str_method_i64 (I64, Str, Slots, I64) -> I64, raises, pure;
            StrMethodList lnp_str_method_list (I64, Str, Slots, I64) -> List, raises, pure;
            StrJoin lnp_str_join (Str, List) -> Str, raises, reads;
            FormatI64 lnp_format_i64 (I64, Str) -> Str, raises, pure;
            FormatBool lnp_format_bool (Bool, Str) -> Str, raises, pure;
            FormatF64 lnp_format_f64 (F64, Str) -> Str, raises, pure;
            FormatC128 lnp_format_c128 (C128, Str) -> Str, raises, pure;
            FormatStr lnp_format_str (Str, Str) -> Str, raises, pure;
            // format string, the arguments' signatures one after the other, arguments
            PercentFormat lnp_percent_format (Str, Str, Slots) -> Str, raises, reads;
            IntFromStr lnp_int_from_str (Str, I64) -> I64, raises, pure;
            FloatFromStr lnp_float_from_str (Str) -> F64, raises, pure;

            // Output and the process.
            // The whole text, its line end included.
            Print lnp_print (Str) -> Unit, raises, writes;
            // print(..., flush=True)
            Flush lnp_flush () -> Unit, raises, writes;
            // numpy.set_printoptions: precision, threshold, edgeitems, linewidth, suppress; -1 leaves one.
            SetPrintOptions lnp_set_print_options (I64, I64, I64, I64, I64) -> Unit, raises, writes;
            PrintErr lnp_print_err (Str) -> Unit, raises, writes;
            Input lnp_input (Str) -> Str, raises, writes;
            Argv lnp_argv () -> List, total, writes;
            Exit lnp_exit (I64) -> Unit, raises, writes;
            // sys.exit("message")
            ExitMessage lnp_exit_message (Str) -> Unit, raises, writes;
            PerfCounter lnp_perf_counter () -> F64, total, writes;
            Time lnp_time () -> F64, total, writes;
            Sleep lnp_sleep (F64) -> Unit, raises, writes;

            // Lists. An element takes `width` slots described by a signature string.
            // signature (empty while unknown), number of elements expected (a hint)
            ListNew lnp_list_new (Str, I64) -> List, total, reads;
            // appends one element's slots (references are retained); sets the signature of an empty list
            ListAppend lnp_list_append (List, Str, Slots) -> Unit, raises, writes;
            ListLen lnp_list_len (List) -> I64, total, reads;
            // list, i, k: slot `k & 255` of element i (negative i as Python's), its 64 bits;
            // the error text is list indexing's, or pop's when k has bit 8 set
            ListGetI64 lnp_list_get_i64 (List, I64, I64) -> I64, raises, reads;
            ListGetF64 lnp_list_get_f64 (List, I64, I64) -> F64, raises, reads;
            ListGetRef lnp_list_get_ref (List, I64, I64) -> Ref, raises, reads;
            ListSet lnp_list_set (List, I64, Slots) -> Unit, raises, writes;
            ListInsert lnp_list_insert (List, I64, Str, Slots) -> Unit, raises, writes;
            // removes element i after it was read
            ListDelete lnp_list_delete (List, I64) -> Unit, raises, writes;
            ListExtend lnp_list_extend (List, List) -> Unit, raises, writes;
            ListConcat lnp_list_concat (List, List) -> List, raises, reads;
            ListRepeat lnp_list_repeat (List, I64) -> List, raises, reads;
            ListSlice lnp_list_slice (List, I64, I64, I64, I64) -> List, raises, reads;
            ListSort lnp_list_sort (List, Bool) -> Unit, raises, writes;
            ListReverse lnp_list_reverse (List) -> Unit, total, writes;
            // index of the element equal to the slots, or -1
            ListFind lnp_list_find (List, Slots) -> I64, raises, reads;
            ListEqual lnp_list_equal (List, List) -> Bool, raises, reads;

            // Python's own arithmetic where it differs from the machine's.
            IntPow lnp_int_pow (I64, I64) -> I64, raises, pure;
            FloatPow lnp_float_pow (F64, F64) -> F64, raises, pure;
            FloatFloorDiv lnp_float_floordiv (F64, F64) -> F64, raises, pure;
            FloatMod lnp_float_mod (F64, F64) -> F64, raises, pure;
            ComplexDiv lnp_complex_div (C128, C128) -> C128, raises, pure;
            ComplexPow lnp_complex_pow (C128, C128) -> C128, raises, pure;
            // int(x), with OverflowError and ValueError for inf and nan
            IntFromFloat lnp_int_from_float (F64) -> I64, raises, pure;
            RoundToInt lnp_round_to_int (F64) -> I64, raises, pure;
            RoundDigits lnp_round_digits (F64, I64) -> F64, raises, pure;
            // math.fsum of a list of numbers
            MathFsum lnp_math_fsum (List) -> F64, raises, reads;
            // function code (`abi::MathFn`), CPython's domain errors
            Math1 lnp_math1 (I64, F64) -> F64, raises, pure;
            Math2 lnp_math2 (I64, F64, F64) -> F64, raises, pure;
            // `abi::MathInt`
            MathInt lnp_math_int (I64, I64, I64) -> I64, raises, pure;

            // CPython. A unit is a `PyUnitDesc`; inputs are objects.
            PyRun lnp_py_run (Data, Slots) -> Obj, raises, writes;
            // item k of a result tuple; NameError text when the unit left it unbound
            PyItem lnp_py_item (Obj, I64) -> Obj, raises, writes;
            PyNone lnp_py_none () -> Obj, raises, writes;
            // the input of a unit for a variable without a value
            PyUnbound lnp_py_unbound () -> Obj, total, writes;
            PyFromI64 lnp_py_from_i64 (I64) -> Obj, raises, writes;
            PyFromBool lnp_py_from_bool (Bool) -> Obj, raises, writes;
            PyFromF64 lnp_py_from_f64 (F64) -> Obj, raises, writes;
            PyFromC128 lnp_py_from_c128 (C128) -> Obj, raises, writes;
            // NumPy scalar of a dtype from its bits
            PyFromNumpy lnp_py_from_numpy (I64, Slots) -> Obj, raises, writes;
            PyFromStr lnp_py_from_str (Str) -> Obj, raises, writes;
            // shares memory
            PyFromArray lnp_py_from_array (Arr) -> Obj, raises, writes;
            // any value by signature (lists, tuples)
            PyFromValue lnp_py_from_value (Str, Slots) -> Obj, raises, writes;
            PyFromRng lnp_py_from_rng (Rng) -> Obj, raises, writes;
            PyToI64 lnp_py_to_i64 (Obj) -> I64, raises, writes;
            PyToF64 lnp_py_to_f64 (Obj) -> F64, raises, writes;
            PyToBool lnp_py_to_bool (Obj) -> Bool, raises, writes;
            PyToC128 lnp_py_to_c128 (Obj) -> C128, raises, writes;
            PyToStr lnp_py_to_str (Obj) -> Str, raises, writes;
            // dtype, ndim expected; shares memory where the layout allows
            PyToArray lnp_py_to_array (Obj, I64, I64) -> Arr, raises, writes;
            // a new list of elements of this signature
            PyToList lnp_py_to_list (Obj, Str) -> List, raises, writes;
            // NumPy scalar of a dtype, converted as `dtype(object)` would: its bits; c128: two calls, part 0 and 1
            PyToNumpy lnp_py_to_numpy (Obj, I64, I64) -> I64, raises, writes;
            // `is`: the same object
            SameObject lnp_same_object (Ref, Ref) -> Bool, total, pure;
        }
    };
}

macro_rules! define {
    (@raises raises) => { true };
    (@raises total) => { false };
    (@effect pure) => { Effect::Pure };
    (@effect reads) => { Effect::Reads };
    (@effect writes) => { Effect::Writes };
    ($($variant:ident $symbol:ident ($($param:ident),*) -> $result:ident, $raises:ident, $effect:ident;)*) => {
        /// A runtime entry point.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rt { $($variant),* }

        impl Rt {
            pub const ALL: &'static [Rt] = &[$(Rt::$variant),*];

            /// The row of this entry.
            pub fn sig(self) -> &'static EntrySig {
                match self {
                    $(Rt::$variant => &EntrySig {
                        symbol: stringify!($symbol),
                        params: &[$(AbiTy::$param),*],
                        result: AbiTy::$result,
                        raises: define!(@raises $raises),
                        effect: define!(@effect $effect),
                    },)*
                }
            }

            /// The entry whose symbol this is.
            pub fn from_symbol(symbol: &str) -> Option<Rt> {
                Rt::ALL.iter().copied().find(|rt| rt.sig().symbol == symbol)
            }
        }
    };
}

for_each_entry!(define);
