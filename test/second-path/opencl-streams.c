// What an OpenCL driver itself does with queues that a user event holds: each question in a process of its
// own, with nothing of Causeway between, and given up after ten seconds. Proves the verdicts of DRV-STR and
// DRV-EVT in test/expected/opencl-*.yaml; the first question is a control, which every driver answers alike.
// States are those of CL_EVENT_COMMAND_EXECUTION_STATUS: 3 queued, 2 submitted, 1 running, 0 complete.
//
//   gcc -Wall -o /tmp/opencl-streams test/second-path/opencl-streams.c -l:libOpenCL.so.1
//   OCL_ICD_VENDORS=/usr/lib/oclgrind/liboclgrind-rt-icd.so /tmp/opencl-streams
//   OCL_ICD_VENDORS=libRusticlOpenCL.so.1 RUSTICL_ENABLE=llvmpipe /tmp/opencl-streams
//   OCL_ICD_VENDORS=libMesaOpenCL.so.1 LP_CL=1 /tmp/opencl-streams
//   OCL_ICD_VENDORS=libpocl.so.2.10.0 /tmp/opencl-streams
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int32_t code;
code clGetPlatformIDs(uint32_t, void **, uint32_t *);
code clGetDeviceIDs(void *, uint64_t, uint32_t, void **, uint32_t *);
void *clCreateContext(const intptr_t *, uint32_t, void *const *, void *, void *, code *);
void *clCreateCommandQueue(void *, void *, uint64_t, code *);
code clReleaseCommandQueue(void *);
void *clCreateUserEvent(void *, code *);
code clSetUserEventStatus(void *, code);
code clGetDeviceInfo(void *, uint32_t, size_t, void *, size_t *);
code clEnqueueMarkerWithWaitList(void *, uint32_t, void *const *, void **);
code clEnqueueBarrierWithWaitList(void *, uint32_t, void *const *, void **);
code clEnqueueMarker(void *, void **);
code clEnqueueWaitForEvents(void *, uint32_t, void *const *);
code clGetEventInfo(void *, uint32_t, size_t, void *, size_t *);
code clWaitForEvents(uint32_t, void *const *);
code clFlush(void *);
code clFinish(void *);

enum { DEVICE_VERSION = 0x102f, EXECUTION_STATUS = 0x11d3, PATIENCE = 10, LOOKS = 200, APART = 10000 };
static void *context, *queue, *user, *marker;

/** A queue that a user event holds, and a marker behind the wait. */
static void hold(void) {
  void *platform, *device;
  code answered;
  clGetPlatformIDs(1, &platform, NULL);
  clGetDeviceIDs(platform, 0xffffffff, 1, &device, NULL);
  context = clCreateContext(NULL, 1, &device, NULL, NULL, &answered);
  queue = clCreateCommandQueue(context, device, 0, &answered);
  user = clCreateUserEvent(context, &answered);
  char version[128] = "";
  clGetDeviceInfo(device, DEVICE_VERSION, sizeof version, version, NULL);
  if (strncmp(version, "OpenCL 1.1", 10) == 0) {
    clEnqueueWaitForEvents(queue, 1, &user);
    clEnqueueMarker(queue, &marker);
  } else {
    void *wait;
    clEnqueueBarrierWithWaitList(queue, 1, &user, &wait);
    clEnqueueMarkerWithWaitList(queue, 0, NULL, &marker);
  }
}

static code state_of(void *event) {
  code state = 99;
  const code answered = clGetEventInfo(event, EXECUTION_STATUS, sizeof state, &state, NULL);
  return answered == 0 ? state : answered;
}

/** The state of the marker when it is complete, or after two seconds. */
static code looked_at(void) {
  for (int look = 0; look < LOOKS && state_of(marker) > 0; look += 1) usleep(APART);
  return state_of(marker);
}

static void say(const char *what, code answered) {
  printf("%s %d; ", what, answered);
  fflush(stdout);
}

static void ask(int question) {
  hold();
  switch (question) {
    case 0: // Signalled before anything is flushed.
      clSetUserEventStatus(user, 0);
      say("finish", clFinish(queue));
      say("state", state_of(marker));
      break;
    case 1:
      say("state", state_of(marker));
      say("flush", clFlush(queue));
      say("state", state_of(marker));
      break;
    case 2:
      say("flush", clFlush(queue));
      say("signal", clSetUserEventStatus(user, 0));
      say("state", looked_at());
      break;
    case 3:
      say("flush", clFlush(queue));
      say("signal", clSetUserEventStatus(user, 0));
      say("flush", clFlush(queue));
      say("state", looked_at());
      break;
    case 4:
      say("flush", clFlush(queue));
      say("signal", clSetUserEventStatus(user, 0));
      say("wait", clWaitForEvents(1, &marker));
      say("state", state_of(marker));
      break;
    case 5:
      say("flush", clFlush(queue));
      say("release", clReleaseCommandQueue(queue));
      say("signal", clSetUserEventStatus(user, 0));
      say("state", looked_at());
      break;
    case 6:
      say("flush", clFlush(queue));
      say("release", clReleaseCommandQueue(queue));
      say("signal", clSetUserEventStatus(user, 0));
      say("wait", clWaitForEvents(1, &marker));
      say("state", state_of(marker));
      break;
    case 7: // With a status of -1 the marker fails: "an integer less than zero".
      say("flush", clFlush(queue));
      say("signal", clSetUserEventStatus(user, -1));
      say("state", looked_at());
      say("wait", clWaitForEvents(1, &marker));
      break;
    default:
      say("signal", clSetUserEventStatus(user, 0));
      say("again", clSetUserEventStatus(user, 0));
  }
}

static const char *const QUESTIONS[] = {
    "control: signalled, and then finished",
    "held: its state, before and after clFlush",
    "flushed, signalled, looked at",
    "flushed, signalled, flushed, looked at",
    "flushed, signalled, waited for",
    "flushed, released, signalled, looked at",
    "flushed, released, signalled, waited for",
    "flushed, given up, looked at and waited for",
    "signalled twice, to be refused with -59",
};
enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };

int main(void) {
  for (int question = 0; question < COUNT; question += 1) {
    printf("%-45s ", QUESTIONS[question]);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      alarm(PATIENCE);
      ask(question);
      printf("\n");
      fflush(stdout);
      _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) {
      const int of = WTERMSIG(status);
      if (of == 14) printf("no answer within %d s\n", PATIENCE);
      else printf("died of signal %d\n", of);
    }
  }
  return 0;
}
