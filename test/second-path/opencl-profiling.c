// What an OpenCL driver itself says of when a marker was complete, with nothing of Causeway between: the step of its
// timer, the end of a marker that a user event holds for 50 ms, asked for before and after. Proves the verdicts of
// DRV-EVT-004 to -007 in test/expected/opencl-*.yaml.
//
//   gcc -Wall -o /tmp/opencl-profiling test/second-path/opencl-profiling.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-profiling
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-profiling
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-profiling
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef int32_t code;
code clGetPlatformIDs(uint32_t, void **, uint32_t *);
code clGetDeviceIDs(void *, uint64_t, uint32_t, void **, uint32_t *);
code clGetDeviceInfo(void *, uint32_t, size_t, void *, size_t *);
void *clCreateContext(const intptr_t *, uint32_t, void *const *, void *, void *, code *);
void *clCreateCommandQueue(void *, void *, uint64_t, code *);
void *clCreateUserEvent(void *, code *);
code clSetUserEventStatus(void *, code);
code clEnqueueMarkerWithWaitList(void *, uint32_t, void *const *, void **);
code clEnqueueMarker(void *, void **);
code clEnqueueWaitForEvents(void *, uint32_t, void *const *);
code clGetEventProfilingInfo(void *, uint32_t, size_t, void *, size_t *);
code clFlush(void *);
code clFinish(void *);

enum { DEVICE_VERSION = 0x102f, TIMER_RESOLUTION = 0x1025, PROFILING_ENABLE = 2, COMMAND_END = 0x1283 };

static void say(const char *when, void *marker) {
  uint64_t at = 42;
  code answered = clGetEventProfilingInfo(marker, COMMAND_END, sizeof at, &at, NULL);
  if (answered) printf("%s: code %d\n", when, answered);
  else printf("%s: code 0, %llu ns\n", when, (unsigned long long)at);
}

int main(void) {
  setbuf(stdout, NULL);
  void *platform, *device, *first, *held;
  code answered;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  void *context = clCreateContext(NULL, 1, &device, NULL, NULL, &answered);
  void *queue = clCreateCommandQueue(context, device, PROFILING_ENABLE, &answered);
  void *user = clCreateUserEvent(context, &answered);
  size_t step = 42;
  clGetDeviceInfo(device, TIMER_RESOLUTION, sizeof step, &step, NULL);
  printf("a step of the timer: %zu ns\n", step);
  char version[128] = "";
  clGetDeviceInfo(device, DEVICE_VERSION, sizeof version, version, NULL);
  int is11 = strncmp(version, "OpenCL 1.1", 10) == 0;
  if (is11) clEnqueueMarker(queue, &first);
  else clEnqueueMarkerWithWaitList(queue, 0, NULL, &first);
  clFinish(queue);
  say("a marker that is complete", first);
  if (is11) {
    clEnqueueWaitForEvents(queue, 1, &user);
    clEnqueueMarker(queue, &held);
  } else clEnqueueMarkerWithWaitList(queue, 1, &user, &held);
  clFlush(queue);
  say("one that is held (-7: not available)", held);
  usleep(50000);
  clSetUserEventStatus(user, 0);
  clFinish(queue);
  say("the same, 50 ms later, complete", held);
  return 0;
}
