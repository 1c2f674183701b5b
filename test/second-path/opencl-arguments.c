// What an OpenCL driver itself does with arguments that the standard has refused: each question in a process
// of its own, with nothing of Causeway between. Proves the failed cases of DRV-MEM-003, -009 and -011 in
// test/expected/opencl-*.yaml; the first two questions are controls, which every driver answers alike.
//
//   gcc -Wall -o /tmp/opencl-arguments test/second-path/opencl-arguments.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=/usr/lib/oclgrind/liboclgrind-rt-icd.so /tmp/opencl-arguments
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-arguments
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-arguments
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-arguments
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
code clEnqueueWriteBuffer(void *, void *, uint32_t, size_t, size_t, const void *, uint32_t, void *, void **);
code clEnqueueCopyBuffer(void *, void *, void *, size_t, size_t, size_t, uint32_t, void *, void **);
code clEnqueueFillBuffer(void *, void *, const void *, size_t, size_t, size_t, uint32_t, void *, void **);
code clFinish(void *);

enum { SIZE = 1024, MAX_ALLOCATION = 0x1010, READ_WRITE = 1 };
static const size_t BELOW_2_64 = SIZE_MAX - 7; // 2^64 - 8
static void *device, *context, *queue, *one, *other;
static unsigned char bytes[4096];

static void open_device(void) {
  void *platform;
  code created;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  context = clCreateContext(NULL, 1, &device, NULL, NULL, &created);
  queue = clCreateCommandQueue(context, device, 0, &created);
  one = clCreateBuffer(context, READ_WRITE, SIZE, NULL, &created);
  other = clCreateBuffer(context, READ_WRITE, SIZE, NULL, &created);
  memset(bytes, 0xa5, sizeof bytes);
  clEnqueueWriteBuffer(queue, one, 1, 0, SIZE, bytes, 0, NULL, NULL);
  clEnqueueWriteBuffer(queue, other, 1, 0, SIZE, bytes, 0, NULL, NULL);
}

static code read_at(size_t offset, size_t size) {
  return clEnqueueReadBuffer(queue, one, 1, offset, size, bytes, 0, NULL, NULL);
}
static code write_at(size_t offset, size_t size) {
  return clEnqueueWriteBuffer(queue, one, 1, offset, size, bytes, 0, NULL, NULL);
}
static code copy(size_t from, size_t to, size_t size) {
  return clEnqueueCopyBuffer(queue, one, other, from, to, size, 0, NULL, NULL);
}
static code fill(size_t pattern, size_t offset, size_t size) {
  return clEnqueueFillBuffer(queue, one, bytes, pattern, offset, size, 0, NULL, NULL);
}

// DRV-MEM-003: a granule above what the device says is its largest allocation, and its last byte used.
static code above_maximum(void) {
  uint64_t largest;
  code answered;
  clGetDeviceInfo(device, MAX_ALLOCATION, sizeof largest, &largest, NULL);
  void *buffer = clCreateBuffer(context, READ_WRITE, largest + 128, NULL, &answered);
  if (answered != 0) return answered;
  return clEnqueueWriteBuffer(queue, buffer, 1, largest + 127, 1, bytes, 0, NULL, NULL);
}

static const char *const QUESTIONS[] = {
    "control: a read inside, to be answered with 0",
    "control: a read of a byte behind the end, with -30",
    "DRV-MEM-009: a read of 16 bytes at 2^64 - 8",
    "DRV-MEM-009: a write of 16 bytes at 2^64 - 8",
    "DRV-MEM-009: a copy of 16 bytes from 2^64 - 8",
    "DRV-MEM-009: a copy of 16 bytes to 2^64 - 8",
    "DRV-MEM-009: a fill of 1 byte at 2^64 - 1",
    "DRV-MEM-003: the largest allocation and a granule",
    "DRV-MEM-011: a fill with a pattern of 3 bytes",
    "DRV-MEM-011: a fill at 3 with a pattern of 2 bytes",
    "DRV-MEM-011: a fill of 3 bytes with a pattern of 2",
};
enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };

static code ask(int question) {
  switch (question) {
    case 0: return read_at(0, SIZE);
    case 1: return read_at(SIZE, 1);
    case 2: return read_at(BELOW_2_64, 16);
    case 3: return write_at(BELOW_2_64, 16);
    case 4: return copy(BELOW_2_64, 0, 16);
    case 5: return copy(0, BELOW_2_64, 16);
    case 6: return fill(1, SIZE_MAX, 1);
    case 7: return above_maximum();
    case 8: return fill(3, 3, 6);
    case 9: return fill(2, 3, 4);
    default: return fill(2, 2, 3);
  }
}

int main(void) {
  for (int question = 0; question < COUNT; question += 1) {
    printf("%-50s ", QUESTIONS[question]);
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
