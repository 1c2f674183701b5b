// How many rounds an OpenCL driver carries out of a loop that is told to take more and more, with nothing of Causeway
// between. Proves the verdicts of DRV-KRN-006/long-loops in test/expected/opencl-*.yaml. What lavapipe does with the
// same loop follows from Mesa's own source, where both have it from: LP_MAX_TGSI_LOOP_ITERATIONS in lp_bld_limits.h;
// the same SPIR-V takes all rounds on SwiftShader.
//
//   gcc -Wall -o /tmp/opencl-loops test/second-path/opencl-loops.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-loops
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-loops
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-loops
#include <stdint.h>
#include <stdio.h>

typedef int32_t code;
code clGetPlatformIDs(uint32_t, void **, uint32_t *);
code clGetDeviceIDs(void *, uint64_t, uint32_t, void **, uint32_t *);
void *clCreateContext(const intptr_t *, uint32_t, void *const *, void *, void *, code *);
void *clCreateCommandQueue(void *, void *, uint64_t, code *);
void *clCreateBuffer(void *, uint64_t, size_t, void *, code *);
void *clCreateProgramWithSource(void *, uint32_t, const char **, const size_t *, code *);
code clBuildProgram(void *, uint32_t, void *const *, const char *, void *, void *);
void *clCreateKernel(void *, const char *, code *);
code clSetKernelArg(void *, uint32_t, size_t, const void *);
code clEnqueueNDRangeKernel(void *, void *, uint32_t, const size_t *, const size_t *, const size_t *, uint32_t,
                            void *const *, void **);
code clEnqueueWriteBuffer(void *, void *, uint32_t, size_t, size_t, const void *, uint32_t, void *const *, void **);
code clEnqueueReadBuffer(void *, void *, uint32_t, size_t, size_t, void *, uint32_t, void *const *, void **);

// Half of 0 is 0, and never 1: nothing ends it but `most`, and no compiler knows what is in memory.
static const char *source = "kernel void rounds(global uint *x, uint most) {"
                            "  uint value = x[0], steps = 0;"
                            "  while (value != 1 && steps < most) { value = value / 2; steps++; }"
                            "  x[0] = steps;"
                            "}";

int main(void) {
  void *platform, *device;
  code answered;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  void *context = clCreateContext(NULL, 1, &device, NULL, NULL, &answered);
  void *queue = clCreateCommandQueue(context, device, 0, &answered);
  void *program = clCreateProgramWithSource(context, 1, &source, NULL, &answered);
  clBuildProgram(program, 0, NULL, "", NULL, NULL);
  void *kernel = clCreateKernel(program, "rounds", &answered);
  void *buffer = clCreateBuffer(context, 1, 4, NULL, &answered);
  const uint32_t told[] = {1000, 65535, 65536, 100000};
  for (int index = 0; index < 4; index++) {
    uint32_t value = 0;
    const size_t one = 1;
    clEnqueueWriteBuffer(queue, buffer, 1, 0, 4, &value, 0, NULL, NULL);
    clSetKernelArg(kernel, 0, sizeof buffer, &buffer);
    clSetKernelArg(kernel, 1, 4, &told[index]);
    answered = clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &one, &one, 0, NULL, NULL);
    clEnqueueReadBuffer(queue, buffer, 1, 0, 4, &value, 0, NULL, NULL);
    printf("told %u: code %d, %u rounds\n", told[index], answered, value);
  }
  return 0;
}
