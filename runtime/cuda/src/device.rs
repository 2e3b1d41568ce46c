//! One device: its context, its stream, its memory and the program's kernels.

use cudarc::driver::{result, sys};
use std::ffi::{CStr, CString, c_void};

/// Threads in a block: enough to fill a multiprocessor at any register count of ours.
const BLOCK_LEN: u64 = 256;
/// Blocks in a grid at most, per multiprocessor. Beyond it threads take several points.
const BLOCKS_PER_PROCESSOR: u64 = 32;

/// A status and its text.
pub struct Failure {
    pub code: i64,
    pub text: String,
}

impl Failure {
    pub fn new(code: i64, text: &str) -> Failure {
        Failure {
            code,
            text: text.to_owned(),
        }
    }
}

impl From<result::DriverError> for Failure {
    fn from(error: result::DriverError) -> Failure {
        let text = match error.error_string() {
            Ok(text) => text.to_string_lossy().into_owned(),
            Err(_) => "unknown error".to_owned(),
        };
        let code = error.0 as i64;
        Failure {
            code,
            text: format!("CUDA error {code}: {text}"),
        }
    }
}

pub struct Device {
    pub name: String,
    stream: sys::CUstream,
    module: sys::CUmodule,
    n_processors: u64,
    /// Whether allocation goes by the stream (all current devices), else at once.
    has_pools: bool,
}

impl Device {
    /// Takes the device of a rank and loads the program's PTX.
    pub fn open(ptx: &[u8], local_rank: i64) -> Result<Device, Failure> {
        // SAFETY: opens a library of the system's.
        if !unsafe { sys::is_culib_present() } {
            return Err(Failure::new(-1, "no CUDA driver (libcuda) on this machine"));
        }
        result::init()?;
        let n_devices = result::device::get_count()?;
        if n_devices < 1 {
            return Err(Failure::new(-1, "no CUDA device on this machine"));
        }
        let ordinal = local_rank.max(0) % i64::from(n_devices);
        let device = result::device::get(ordinal as i32)?;
        // The primary context, so that libraries in this process share it. It is kept until the
        // process ends: the driver may be gone before a destructor of ours.
        // SAFETY: a device that the driver just gave.
        let context = unsafe { result::primary_ctx::retain(device)? };
        // SAFETY: the context just retained.
        unsafe { result::ctx::set_current(context)? };
        let name = result::device::get_name(device)?;
        let attribute = |which| {
            // SAFETY: a device that the driver gave.
            unsafe { result::device::get_attribute(device, which) }
        };
        let n_processors =
            attribute(sys::CUdevice_attribute_enum::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)?.max(1) as u64;
        let has_pools =
            attribute(sys::CUdevice_attribute_enum::CU_DEVICE_ATTRIBUTE_MEMORY_POOLS_SUPPORTED).is_ok_and(|v| v != 0);
        if has_pools {
            keep_freed_memory(device)?;
        }
        Ok(Device {
            name,
            stream: result::stream::create(result::stream::StreamKind::NonBlocking)?,
            module: load(ptx)?,
            n_processors,
            has_pools,
        })
    }

    /// Bytes: free and in all.
    pub fn memory(&self) -> Result<(u64, u64), Failure> {
        let (free, total) = result::mem_get_info()?;
        Ok((free as u64, total as u64))
    }

    pub fn alloc(&self, size: u64) -> Result<u64, Failure> {
        let size = (size as usize).max(1);
        // SAFETY: only reserves memory; the address is used once it is known to be there.
        let ptr = unsafe {
            match self.has_pools {
                true => result::malloc_async(self.stream, size)?,
                false => result::malloc_sync(size)?,
            }
        };
        Ok(ptr)
    }

    /// # Safety
    /// `ptr` is from `alloc` and not freed yet.
    pub unsafe fn free(&self, ptr: u64) -> Result<(), Failure> {
        if self.has_pools {
            // SAFETY: the caller's promise; the stream orders it after all uses.
            unsafe { result::free_async(ptr, self.stream)? };
        } else {
            self.synchronize()?;
            // SAFETY: the caller's promise; nothing runs any more.
            unsafe { result::free_sync(ptr)? };
        }
        Ok(())
    }

    /// # Safety
    /// `dst` has room for `src`.
    pub unsafe fn to_device(&self, dst: u64, src: &[u8]) -> Result<(), Failure> {
        // SAFETY: the caller's promise; `src` is not needed after the synchronization.
        unsafe { result::memcpy_htod_async(dst, src, self.stream)? };
        self.synchronize()
    }

    /// # Safety
    /// `src` has as many bytes as `dst`.
    pub unsafe fn to_host(&self, dst: &mut [u8], src: u64) -> Result<(), Failure> {
        // SAFETY: the caller's promise.
        unsafe { result::memcpy_dtoh_async(dst, src, self.stream)? };
        self.synchronize()
    }

    /// # Safety
    /// Both rectangles lie in allocations.
    pub unsafe fn to_device_2d(
        &self,
        dst: u64,
        dst_pitch: u64,
        src: *const u8,
        src_pitch: u64,
        width: u64,
        height: u64,
    ) -> Result<(), Failure> {
        let mut form = rectangle(width, height, src_pitch, dst_pitch);
        form.srcMemoryType = sys::CUmemorytype::CU_MEMORYTYPE_HOST;
        form.srcHost = src.cast();
        form.dstMemoryType = sys::CUmemorytype::CU_MEMORYTYPE_DEVICE;
        form.dstDevice = dst;
        // SAFETY: the caller's promise.
        unsafe { self.copy_2d(&form) }
    }

    /// # Safety
    /// Both rectangles lie in allocations.
    pub unsafe fn to_host_2d(
        &self,
        dst: *mut u8,
        dst_pitch: u64,
        src: u64,
        src_pitch: u64,
        width: u64,
        height: u64,
    ) -> Result<(), Failure> {
        let mut form = rectangle(width, height, src_pitch, dst_pitch);
        form.srcMemoryType = sys::CUmemorytype::CU_MEMORYTYPE_DEVICE;
        form.srcDevice = src;
        form.dstMemoryType = sys::CUmemorytype::CU_MEMORYTYPE_HOST;
        form.dstHost = dst.cast();
        // SAFETY: the caller's promise.
        unsafe { self.copy_2d(&form) }
    }

    /// # Safety
    /// The form's rectangles lie in allocations.
    unsafe fn copy_2d(&self, form: &sys::CUDA_MEMCPY2D) -> Result<(), Failure> {
        if form.WidthInBytes == 0 || form.Height == 0 {
            return Ok(());
        }
        // SAFETY: the caller's promise.
        unsafe { sys::cuMemcpy2DAsync_v2(form, self.stream) }.result()?;
        self.synchronize()
    }

    /// # Safety
    /// Both ranges lie in allocations and do not overlap.
    pub unsafe fn copy(&self, dst: u64, src: u64, size: u64) -> Result<(), Failure> {
        // SAFETY: the caller's promise.
        unsafe { result::memcpy_dtod_async(dst, src, size as usize, self.stream)? };
        Ok(())
    }

    /// # Safety
    /// The range lies in an allocation.
    pub unsafe fn fill(&self, dst: u64, byte: u8, size: u64) -> Result<(), Failure> {
        // SAFETY: the caller's promise.
        unsafe { result::memset_d8_async(dst, byte, size as usize, self.stream)? };
        Ok(())
    }

    /// The handle of a kernel; a failure if the PTX has none of this name.
    pub fn kernel(&self, name: &CStr) -> Result<u64, Failure> {
        // SAFETY: the module is loaded for good.
        let function = unsafe { result::module::get_function(self.module, CString::from(name))? };
        Ok(function as u64)
    }

    /// Starts a kernel over the points that `words[0]` counts.
    ///
    /// # Safety
    /// The handle is from `kernel`, the words are its parameter, their addresses are live.
    pub unsafe fn launch(&self, kernel: u64, words: &[u64]) -> Result<(), Failure> {
        let n_points = words.first().copied().unwrap_or(0);
        if n_points == 0 {
            return Ok(());
        }
        let n_blocks = n_points
            .div_ceil(BLOCK_LEN)
            .min(self.n_processors * BLOCKS_PER_PROCESSOR);
        // One parameter, passed by value: the driver copies the words before it returns.
        let mut params = [words.as_ptr() as *mut c_void];
        // SAFETY: the caller's promise.
        unsafe {
            result::launch_kernel(
                kernel as sys::CUfunction,
                (n_blocks as u32, 1, 1),
                (BLOCK_LEN as u32, 1, 1),
                0,
                self.stream,
                &mut params,
            )?;
        }
        Ok(())
    }

    pub fn synchronize(&self) -> Result<(), Failure> {
        // SAFETY: the stream lives as long as the process.
        unsafe { result::stream::synchronize(self.stream)? };
        Ok(())
    }
}

/// Lets the device's memory pool keep what is freed, so that arrays of a loop cost no system call.
fn keep_freed_memory(device: sys::CUdevice) -> Result<(), Failure> {
    // SAFETY: a device that the driver gave.
    let pool = unsafe { result::device::get_default_mem_pool(device)? };
    let mut threshold = u64::MAX;
    let attribute = sys::CUmemPool_attribute_enum::CU_MEMPOOL_ATTR_RELEASE_THRESHOLD;
    // SAFETY: this attribute is a 64-bit number, read before the call returns.
    unsafe { sys::cuMemPoolSetAttribute(pool, attribute, (&raw mut threshold).cast()) }.result()?;
    Ok(())
}

/// Loads PTX, which the driver translates for the device (and caches by itself).
fn load(ptx: &[u8]) -> Result<sys::CUmodule, Failure> {
    let text = CString::new(ptx).map_err(|_| Failure::new(-1, "the PTX has a NUL byte"))?;
    let mut log = [0_u8; 2048];
    let mut options = [
        sys::CUjit_option_enum::CU_JIT_ERROR_LOG_BUFFER,
        sys::CUjit_option_enum::CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES,
    ];
    let mut values = [log.as_mut_ptr().cast::<c_void>(), log.len() as *mut c_void];
    let mut module = std::ptr::null_mut();
    // SAFETY: a NUL-terminated text and two options with their values, all alive for the call.
    let status = unsafe {
        sys::cuModuleLoadDataEx(
            &mut module,
            text.as_ptr().cast(),
            options.len() as u32,
            options.as_mut_ptr(),
            values.as_mut_ptr(),
        )
    };
    status.result().map_err(|error| {
        let mut failure = Failure::from(error);
        if let Ok(log) = CStr::from_bytes_until_nul(&log)
            && !log.is_empty()
        {
            failure.text = format!("{}: {}", failure.text, log.to_string_lossy().trim());
        }
        failure
    })?;
    Ok(module)
}

/// A copy of rows; the sides are filled in by the caller.
fn rectangle(width: u64, height: u64, src_pitch: u64, dst_pitch: u64) -> sys::CUDA_MEMCPY2D {
    sys::CUDA_MEMCPY2D {
        srcXInBytes: 0,
        srcY: 0,
        srcMemoryType: sys::CUmemorytype::CU_MEMORYTYPE_HOST,
        srcHost: std::ptr::null(),
        srcDevice: 0,
        srcArray: std::ptr::null_mut(),
        srcPitch: src_pitch as usize,
        dstXInBytes: 0,
        dstY: 0,
        dstMemoryType: sys::CUmemorytype::CU_MEMORYTYPE_HOST,
        dstHost: std::ptr::null_mut(),
        dstDevice: 0,
        dstArray: std::ptr::null_mut(),
        dstPitch: dst_pitch as usize,
        WidthInBytes: width as usize,
        Height: height as usize,
    }
}
