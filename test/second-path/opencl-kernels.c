// What an OpenCL driver itself does with programs and launches that the standard asks about: each question in a
// process of its own, with nothing of Causeway between. Proves the failed cases of DRV-KRN in
// test/expected/opencl-*.yaml; those that are called controls are answered alike by
// every driver.
//
//   gcc -Wall -o /tmp/opencl-kernels test/second-path/opencl-kernels.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-kernels
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-kernels
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-kernels
//   OCL_ICD_VENDORS=/usr/lib/oclgrind/liboclgrind-rt-icd.so /tmp/opencl-kernels
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int32_t code;
code clGetPlatformIDs(uint32_t, void **, uint32_t *);
code clGetDeviceIDs(void *, uint64_t, uint32_t, void **, uint32_t *);
code clGetDeviceInfo(void *, uint32_t, size_t, void *, size_t *);
void *clCreateContext(const intptr_t *, uint32_t, void *const *, void *, void *, code *);
void *clCreateCommandQueue(void *, void *, uint64_t, code *);
void *clCreateBuffer(void *, uint64_t, size_t, void *, code *);
code clEnqueueReadBuffer(void *, void *, uint32_t, size_t, size_t, void *, uint32_t, void *, void **);
void *clCreateProgramWithSource(void *, uint32_t, const char **, const size_t *, code *);
code clBuildProgram(void *, uint32_t, void *const *, const char *, void *, void *);
void *clCreateKernel(void *, const char *, code *);
code clSetKernelArg(void *, uint32_t, size_t, const void *);
code clGetKernelWorkGroupInfo(void *, void *, uint32_t, size_t, void *, size_t *);
code clEnqueueNDRangeKernel(void *, void *, uint32_t, const size_t *, const size_t *, const size_t *, uint32_t, void *, void **);
void *clCreateUserEvent(void *, code *);
code clSetUserEventStatus(void *, code);
code clReleaseKernel(void *);
code clFinish(void *);

enum { GROUP_SIZES = 0x1005, LOCAL_MEMORY = 0x1023, KERNEL_GROUP_SIZE = 0x11b0 };
static void *device, *context, *queue, *buffer;

static const char SUM[] =
    "kernel void sum(global uint *out, local uint *words) {"
    "  uint l = get_local_id(0); words[l] = l; barrier(CLK_LOCAL_MEM_FENCE);"
    "  if (l == 0) { uint all = 0; for (uint i = 0; i < get_local_size(0); i++) all += words[i]; out[0] = all; } }";
static const char PLACE[] = "kernel void place(global uint *out) { out[get_global_id(0)] = 1; }";
static const char ATOMIC[] = "kernel void add(global volatile uint *out) { atomic_inc(out); }";
static const char VECTOR[] =
    "kernel void load(global uint *out) { uint4 v = vload4(0, out + 1); vstore4(v.wxyz, 0, out + 3); }";

static void open_device(void) {
  void *platform;
  code made;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  context = clCreateContext(NULL, 1, &device, NULL, NULL, &made);
  queue = clCreateCommandQueue(context, device, 0, &made);
  buffer = clCreateBuffer(context, 1, 65536, NULL, &made);
}

static void *kernel_of(const char *source, const char *name) {
  code made;
  void *program = clCreateProgramWithSource(context, 1, &source, NULL, &made);
  const code built = clBuildProgram(program, 1, &device, NULL, NULL, NULL);
  if (built != 0) printf("built %d, ", built);
  void *kernel = clCreateKernel(program, name, &made);
  if (made != 0) printf("made %d, ", made);
  clSetKernelArg(kernel, 0, sizeof buffer, &buffer);
  return kernel;
}

static code launch(void *kernel, size_t x, size_t y, size_t local) {
  const size_t size[3] = {x, y, 1};
  if (local > 0) printf("argument %d, ", clSetKernelArg(kernel, 1, local, NULL));
  return clEnqueueNDRangeKernel(queue, kernel, 3, NULL, size, size, 0, NULL, NULL);
}

// DRV-KRN-005: more items than the driver itself says that a group of this kernel can have.
static code above_kernel(void) {
  size_t most = 0, sizes[3] = {0};
  void *kernel = kernel_of(PLACE, "place");
  clGetDeviceInfo(device, GROUP_SIZES, sizeof sizes, sizes, NULL);
  clGetKernelWorkGroupInfo(kernel, device, KERNEL_GROUP_SIZE, sizeof most, &most, NULL);
  const size_t x = most < sizes[0] ? most : sizes[0], y = most / x + 1;
  printf("kernel %zu, sizes %zu %zu %zu, asked for %zu x %zu, ", most, sizes[0], sizes[1], sizes[2], x, y);
  return launch(kernel, x, y, 0);
}

// DRV-KRN-012: more local memory than the driver says that there is.
static code above_local(void) {
  uint64_t most = 0;
  clGetDeviceInfo(device, LOCAL_MEMORY, sizeof most, &most, NULL);
  printf("local memory %llu, ", (unsigned long long)most);
  return launch(kernel_of(SUM, "sum"), 1, 1, most + 4);
}

// DRV-KRN-001, DRV-KRN-011: a launch that waits for a user event, which is then signalled. OpenCL keeps a kernel that
// is released for as long as commands need it.
static code held(int released) {
  code made;
  const size_t size[3] = {16, 1, 1};
  uint32_t result = 0;
  void *event = clCreateUserEvent(context, &made);
  void *kernel = kernel_of(SUM, "sum");
  clSetKernelArg(kernel, 1, 64, NULL);
  printf("put %d, ", clEnqueueNDRangeKernel(queue, kernel, 3, NULL, size, size, 1, &event, NULL));
  if (released) printf("released %d, ", clReleaseKernel(kernel));
  fflush(stdout);
  const code signalled = clSetUserEventStatus(event, 0);
  clEnqueueReadBuffer(queue, buffer, 1, 0, sizeof result, &result, 0, NULL, NULL);
  printf("sum %u, ", result);
  return signalled;
}

static code sum(void) {
  uint32_t result = 0;
  const code put = launch(kernel_of(SUM, "sum"), 16, 1, 64);
  clEnqueueReadBuffer(queue, buffer, 1, 0, sizeof result, &result, 0, NULL, NULL);
  printf("sum %u, ", result);
  return put;
}

static code of(const char *source, const char *name) { return launch(kernel_of(source, name), 1, 1, 0); }

static const char *const QUESTIONS[] = {
    "control: a launch of 16 items, to be answered with 0, and 120",
    "control: a launch without its second argument, with -52",
    "DRV-KRN-005: a group larger than CL_KERNEL_WORK_GROUP_SIZE",
    "DRV-KRN-012: more than CL_DEVICE_LOCAL_MEM_SIZE",
    "DRV-KRN-007: a kernel with atomic_inc",
    "DRV-KRN-006: a kernel with vload4 and vstore4",
    "control: a launch that waits for a user event",
    "DRV-KRN-001: the same, of a kernel that is released then",
};
enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };

static code ask(int question) {
  switch (question) {
    case 0: return sum();
    case 1: return launch(kernel_of(SUM, "sum"), 1, 1, 0);
    case 2: return above_kernel();
    case 3: return above_local();
    case 4: return of(ATOMIC, "add");
    case 5: return of(VECTOR, "load");
    case 6: return held(0);
    default: return held(1);
  }
}

int main(void) {
  for (int question = 0; question < COUNT; question += 1) {
    printf("%-62s ", QUESTIONS[question]);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      open_device();
      const code answered = ask(question);
      const code finished = clFinish(queue);
      printf("answered %d, then finished %d\n", answered, finished);
      fflush(stdout);
      _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("died of signal %d\n", WTERMSIG(status));
  }
  return 0;
}
