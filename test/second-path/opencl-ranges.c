// What an OpenCL driver itself does with a range that wraps around 64 bits, in a queue that is held by a user event and in
// one that is not: each question in a process of its own, with nothing of Causeway between, and given up after ten
// seconds. Proves the verdicts of DRV-STR-012 in test/expected/opencl-*.yaml. clEnqueueWriteBuffer and
// clEnqueueCopyBuffer: CL_INVALID_VALUE, -30, "if the region being ... specified by (offset, size) is out of bounds".
//
//   gcc -Wall -o /tmp/opencl-ranges test/second-path/opencl-ranges.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=/usr/lib/oclgrind/liboclgrind-rt-icd.so /tmp/opencl-ranges
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-ranges
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-ranges
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-ranges
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
void *clCreateUserEvent(void *, code *);
code clSetUserEventStatus(void *, code);
code clEnqueueBarrierWithWaitList(void *, uint32_t, void *const *, void **);
code clEnqueueWaitForEvents(void *, uint32_t, void *const *);
void *clCreateBuffer(void *, uint64_t, size_t, void *, code *);
code clEnqueueWriteBuffer(void *, void *, uint32_t, size_t, size_t, const void *, uint32_t, void *const *, void **);
code clEnqueueCopyBuffer(void *, void *, void *, size_t, size_t, size_t, uint32_t, void *const *, void **);
code clFinish(void *);

enum { DEVICE_VERSION = 0x102f, READ_WRITE = 1, SIZE = 1024, PATIENCE = 10 };

static void say(const char *what, code answered) {
  printf("%s %d; ", what, answered);
  fflush(stdout);
}

static void ask(int held, int copies, size_t offset, size_t length) {
  void *platform, *device;
  code answered;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  void *context = clCreateContext(NULL, 1, &device, NULL, NULL, &answered);
  void *queue = clCreateCommandQueue(context, device, 0, &answered);
  void *user = clCreateUserEvent(context, &answered);
  void *from = clCreateBuffer(context, READ_WRITE, SIZE, NULL, &answered);
  void *to = clCreateBuffer(context, READ_WRITE, SIZE, NULL, &answered);
  static const char bytes[2 * SIZE];
  char version[128] = "";
  clGetDeviceInfo(device, DEVICE_VERSION, sizeof version, version, NULL);
  if (held && strncmp(version, "OpenCL 1.1", 10) == 0) clEnqueueWaitForEvents(queue, 1, &user);
  else if (held) clEnqueueBarrierWithWaitList(queue, 1, &user, NULL);
  if (copies) say("copy", clEnqueueCopyBuffer(queue, from, to, offset, 0, length, 0, NULL, NULL));
  else say("write", clEnqueueWriteBuffer(queue, to, 0, offset, length, bytes, 0, NULL, NULL));
  if (held) say("signal", clSetUserEventStatus(user, 0));
  say("finish", clFinish(queue));
}

int main(void) {
  static const struct {
    const char *words;
    size_t offset, length;
  } ranges[] = {{"control: one byte beyond the end", SIZE, 1}, {"16 bytes at 2^64 - 8", (size_t)-8, 16}};
  for (int range = 0; range < 2; range += 1) {
    for (int question = 0; question < 4; question += 1) {
      const int held = question & 1, copies = question >> 1;
      printf("%s, %s: ", ranges[range].words, held ? "held" : "not held");
      fflush(stdout);
      const pid_t child = fork();
      if (child == 0) {
        alarm(PATIENCE);
        ask(held, copies, ranges[range].offset, ranges[range].length);
        fflush(stdout);
        _exit(0);
      }
      int status = 0;
      waitpid(child, &status, 0);
      if (WIFSIGNALED(status)) printf("signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
      printf("\n");
    }
  }
}
