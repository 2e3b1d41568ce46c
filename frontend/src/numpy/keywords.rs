//! The parameters of NumPy's functions, so that a keyword that none has is an error.
//!
//! From `inspect.signature` of NumPy 2.4, one line per function.

/// The parameters of a function; `None` where they are not known.
pub fn of(path: &str) -> Option<Vec<&'static str>> {
    let short = path.strip_prefix("numpy.")?;
    let line = TABLE.lines().find(|line| line.split(':').next() == Some(short))?;
    let (_, names) = line.split_once(':')?;
    Some(names.split_whitespace().collect())
}

const TABLE: &str = "\
all: a axis out keepdims where
allclose: a b rtol atol equal_nan
amax: a axis out keepdims initial where
amin: a axis out keepdims initial where
angle: z deg
any: a axis out keepdims where
append: arr values axis
apply_over_axes: func a axes
arange: stop step dtype device like
argmax: a axis out keepdims
argmin: a axis out keepdims
argpartition: a kth axis kind order
argsort: a axis kind order stable
argwhere: a
around: a decimals out
array: object dtype copy order subok ndmin ndmax like
array2string: a max_line_width precision suppress_small separator prefix formatter threshold edgeitems sign floatmode suffix legacy
array_equal: a1 a2 equal_nan
array_equiv: a1 a2
array_repr: arr max_line_width precision suppress_small
array_split: ary indices_or_sections axis
array_str: a max_line_width precision suppress_small
asanyarray: a dtype order device copy like
asarray: a dtype order device copy like
asarray_chkfinite: a dtype order
ascontiguousarray: a dtype like
asfortranarray: a dtype like
asmatrix: data dtype
astype: copy device
atleast_1d: 
atleast_2d: 
atleast_3d: 
average: a axis weights returned keepdims
bartlett: M
base_repr: number base padding
binary_repr: num width
bincount: weights minlength
blackman: M
block: arrays
bmat: obj ldict gdict
broadcast_arrays: subok
broadcast_shapes: 
broadcast_to: array shape subok
busday_count: begindates enddates weekmask holidays busdaycal out
busday_offset: dates offsets roll weekmask holidays busdaycal out
can_cast: from_ to casting
choose: a choices out mode
column_stack: tup
common_type: 
compress: condition a axis out
concat: axis out dtype casting
concatenate: axis out dtype casting
convolve: a v mode
copy: a order subok
copyto: dst src casting where
corrcoef: x y rowvar dtype
correlate: a v mode
count_nonzero: a axis keepdims
cov: m y rowvar bias ddof fweights aweights dtype
cross: a b axisa axisb axisc axis
cumprod: a axis dtype out
cumsum: a axis dtype out
cumulative_prod: axis dtype out include_initial
cumulative_sum: axis dtype out include_initial
datetime_as_string: arr unit timezone casting
datetime_data: 
delete: arr obj axis
diag: v k
diag_indices: n ndim
diag_indices_from: arr
diagflat: v k
diagonal: a offset axis1 axis2
diff: a n axis prepend append
digitize: x bins right
dot: a b out
dsplit: ary indices_or_sections
dstack: tup
ediff1d: ary to_end to_begin
einsum_path: optimize einsum_call
empty: shape dtype order device like
empty_like: dtype order subok shape device
expand_dims: a axis
extract: condition arr
eye: N M k dtype order device like
fill_diagonal: a val wrap
fix: x out
flatnonzero: a
flip: m axis
fliplr: m
flipud: m
format_float_positional: x precision unique fractional trim sign pad_left pad_right min_digits
format_float_scientific: x precision unique trim sign pad_left exp_digits min_digits
from_dlpack: device copy
frombuffer: buffer dtype count offset like
fromfile: file dtype count sep offset like
fromiter: iter dtype count like
fromregex: file regexp dtype encoding
full: shape fill_value dtype order device like
full_like: a fill_value dtype order subok shape device
genfromtxt: fname dtype comments delimiter skip_header skip_footer converters missing_values filling_values usecols names excludelist deletechars replace_space autostrip case_sensitive defaultfmt unpack usemask loose invalid_raise max_rows encoding ndmin like
geomspace: start stop num endpoint dtype axis
get_include: 
get_printoptions: 
getbufsize: 
geterr: 
geterrcall: 
gradient: f axis edge_order
hamming: M
hanning: M
histogram: a bins range density weights
histogram2d: x y bins range density weights
histogram_bin_edges: a bins range weights
histogramdd: sample bins range density weights
hsplit: ary indices_or_sections
hstack: tup dtype casting
i0: x
identity: n dtype like
imag: val
indices: dimensions dtype sparse
info: object maxwidth output toplevel
inner: 
insert: arr obj values axis
interp: x xp fp left right period
intersect1d: ar1 ar2 assume_unique return_indices
is_busday: dates weekmask holidays busdaycal out
isclose: a b rtol atol equal_nan
iscomplex: x
iscomplexobj: x
isdtype: dtype kind
isfortran: a
isin: element test_elements assume_unique invert kind
isneginf: x out
isposinf: x out
isreal: x
isrealobj: x
isscalar: element
issubdtype: arg1 arg2
iterable: y
ix_: 
kaiser: M beta
kron: a b
lexsort: keys axis
linspace: start stop num endpoint retstep dtype axis device
load: file mmap_mode allow_pickle fix_imports encoding max_header_size
loadtxt: fname dtype comments delimiter converters skiprows usecols unpack ndmin encoding max_rows quotechar like
logspace: start stop num endpoint base dtype axis
mask_indices: n mask_func k
matrix_transpose: 
max: a axis out keepdims initial where
may_share_memory: max_work
mean: a axis dtype out keepdims where
median: a axis out overwrite_input keepdims
meshgrid: copy sparse indexing
min: a axis out keepdims initial where
min_scalar_type: 
mintypecode: typechars typeset default
moveaxis: a source destination
nan_to_num: x copy nan posinf neginf
nanargmax: a axis out keepdims
nanargmin: a axis out keepdims
nancumprod: a axis dtype out
nancumsum: a axis dtype out
nanmax: a axis out keepdims initial where
nanmean: a axis dtype out keepdims where
nanmedian: a axis out overwrite_input keepdims
nanmin: a axis out keepdims initial where
nanpercentile: a q axis out overwrite_input method keepdims weights
nanprod: a axis dtype out keepdims initial where
nanquantile: a q axis out overwrite_input method keepdims weights
nanstd: a axis dtype out ddof keepdims where mean correction
nansum: a axis dtype out keepdims initial where
nanvar: a axis dtype out ddof keepdims where mean correction
ndim: a
nested_iters: op axes flags op_flags op_dtypes order casting buffersize
nonzero: a
ones: shape dtype order device like
ones_like: a dtype order subok shape device
outer: a b out
packbits: axis bitorder
partition: a kth axis kind order
percentile: a q axis out overwrite_input method keepdims weights
permute_dims: a axes
place: arr mask vals
poly: seq_of_zeros
polyadd: a1 a2
polyder: p m
polydiv: u v
polyfit: x y deg rcond full w cov
polyint: p m k
polymul: a1 a2
polysub: a1 a2
polyval: p x
prod: a axis dtype out keepdims initial where
promote_types: 
ptp: a axis out keepdims
put: a ind v mode
put_along_axis: arr indices values axis
putmask: mask values
quantile: a q axis out overwrite_input method keepdims weights
ravel: a order
ravel_multi_index: multi_index dims mode order
real: val
real_if_close: a tol
repeat: a repeats axis
require: a dtype requirements like
reshape: shape order copy
resize: a new_shape
result_type: 
roll: a shift axis
rollaxis: a axis start
roots: p
rot90: m k axes
round: a decimals out
row_stack: tup dtype casting
save: file arr allow_pickle
savetxt: fname X fmt delimiter newline header footer comments encoding
searchsorted: a v side sorter
select: condlist choicelist default
set_printoptions: precision threshold edgeitems linewidth suppress nanstr infstr formatter sign floatmode legacy override_repr
setbufsize: size
setdiff1d: ar1 ar2 assume_unique
seterr: all divide over under invalid
seterrcall: func
setxor1d: ar1 ar2 assume_unique
shape: a
shares_memory: max_work
show_config: mode
show_runtime: 
sinc: x
size: a axis
sort: a axis kind order stable
sort_complex: a
split: ary indices_or_sections axis
squeeze: a axis
stack: arrays axis out dtype casting
std: a axis dtype out ddof keepdims where mean correction
sum: a axis dtype out keepdims initial where
swapaxes: a axis1 axis2
take: a indices axis out mode
take_along_axis: arr indices axis
tensordot: a b axes
test: label verbose extra_argv doctests coverage durations tests
tile: A reps
trace: a offset axis1 axis2 dtype out
transpose: a axes
trapezoid: y x dx axis
tri: N M k dtype like
tril: m k
tril_indices: n k m
tril_indices_from: arr k
trim_zeros: filt trim axis
triu: m k
triu_indices: n k m
triu_indices_from: arr k
typename: char
union1d: ar1 ar2
unique: ar return_index return_inverse return_counts axis equal_nan sorted
unique_all: x
unique_counts: x
unique_inverse: x
unique_values: x
unpackbits: axis count bitorder
unravel_index: indices shape order
unstack: axis
unwrap: p discont axis period
vander: x N increasing
var: a axis dtype out ddof keepdims where mean correction
vdot: 
vsplit: ary indices_or_sections
vstack: tup dtype casting
where: 
zeros: shape dtype order device like
zeros_like: a dtype order subok shape device
linalg.cholesky: upper
linalg.cond: x p
linalg.cross: axis
linalg.det: a
linalg.diagonal: offset
linalg.eig: a
linalg.eigh: a UPLO
linalg.eigvals: a
linalg.eigvalsh: a UPLO
linalg.inv: a
linalg.lstsq: a b rcond
linalg.matmul: 
linalg.matrix_norm: keepdims ord
linalg.matrix_power: a n
linalg.matrix_rank: A tol hermitian rtol
linalg.matrix_transpose: 
linalg.multi_dot: arrays out
linalg.norm: x ord axis keepdims
linalg.outer: 
linalg.pinv: a rcond hermitian rtol
linalg.qr: a mode
linalg.slogdet: a
linalg.solve: a b
linalg.svd: a full_matrices compute_uv hermitian
linalg.svdvals: 
linalg.tensordot: axes
linalg.tensorinv: a ind
linalg.tensorsolve: a b axes
linalg.test: label verbose extra_argv doctests coverage durations tests
linalg.trace: offset dtype
linalg.vecdot: axis
linalg.vector_norm: axis keepdims ord
random.beta: a b size
random.binomial: n p size
random.bytes: length
random.chisquare: df size
random.choice: a size replace p
random.default_rng: seed
random.dirichlet: alpha size
random.exponential: scale size
random.f: dfnum dfden size
random.gamma: shape scale size
random.geometric: p size
random.get_bit_generator: 
random.get_state: legacy
random.gumbel: loc scale size
random.hypergeometric: ngood nbad nsample size
random.laplace: loc scale size
random.logistic: loc scale size
random.lognormal: mean sigma size
random.logseries: p size
random.multinomial: n pvals size
random.multivariate_normal: mean cov size check_valid tol
random.negative_binomial: n p size
random.noncentral_chisquare: df nonc size
random.noncentral_f: dfnum dfden nonc size
random.normal: loc scale size
random.pareto: a size
random.permutation: x
random.poisson: lam size
random.power: a size
random.rand: 
random.randint: low high size dtype
random.randn: 
random.random: size
random.random_integers: low high size
random.random_sample: size
random.rayleigh: scale size
random.seed: seed
random.set_bit_generator: bitgen
random.set_state: state
random.shuffle: x
random.standard_cauchy: size
random.standard_exponential: size
random.standard_gamma: shape size
random.standard_normal: size
random.standard_t: df size
random.test: label verbose extra_argv doctests coverage durations tests
random.triangular: left mode right size
random.uniform: low high size
random.vonmises: mu kappa size
random.wald: mean scale size
random.weibull: a size
random.zipf: a size
fft.fft: a n axis norm out
fft.fft2: a s axes norm out
fft.fftfreq: n d device
fft.fftn: a s axes norm out
fft.fftshift: x axes
fft.hfft: a n axis norm out
fft.ifft: a n axis norm out
fft.ifft2: a s axes norm out
fft.ifftn: a s axes norm out
fft.ifftshift: x axes
fft.ihfft: a n axis norm out
fft.irfft: a n axis norm out
fft.irfft2: a s axes norm out
fft.irfftn: a s axes norm out
fft.rfft: a n axis norm out
fft.rfft2: a s axes norm out
fft.rfftfreq: n d device
fft.rfftn: a s axes norm out
fft.test: label verbose extra_argv doctests coverage durations tests
";
