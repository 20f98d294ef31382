// Child processes: ends reported by the loop, failures of the start, limits of synchronous runs.
#include "core/child.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "core/loop.h"

extern char** environ;

namespace node {
namespace {

struct Shell {
  explicit Shell(const char* script)
      : argv{const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>(script), nullptr} {
    options.file = "sh";
    options.argv = argv;
    options.envp = environ;
    options.stdio = stdio;
  }
  char* argv[4];
  int stdio[3] = {-1, -1, -1};
  SpawnOptions options;
};

struct Watched : Child {
  Watched()
      : Child([](Child* c, int code, int signal) {
          Watched* self = static_cast<Watched*>(c);
          self->ends.push_back({code, signal});
        }) {}
  std::vector<std::pair<int, int>> ends;
};

TEST(Child, LoopReportsExitCodesAndSignalsOnce) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  Watched exits, killed;
  Shell seven("exit 7"), sleeper("exec sleep 100");
  ASSERT_TRUE(exits.start(loop, seven.options).ok());
  ASSERT_TRUE(killed.start(loop, sleeper.options).ok());
  EXPECT_GT(killed.pid(), 0);
  ASSERT_TRUE(killed.kill(SIGTERM).ok());
  loop.run();
  EXPECT_EQ(exits.ends, (std::vector<std::pair<int, int>>{{7, 0}}));
  EXPECT_EQ(killed.ends, (std::vector<std::pair<int, int>>{{0, SIGTERM}}));
  EXPECT_EQ(killed.kill(SIGTERM).error().code, ESRCH);
}

TEST(Child, UnreferencedChildKeepsNoLoop) {
  Loop loop;
  ASSERT_TRUE(loop.open().ok());
  Watched child;
  Shell sleeper("exec sleep 100");
  child.set_referenced(false);
  ASSERT_TRUE(child.start(loop, sleeper.options).ok());
  loop.run();
  EXPECT_TRUE(child.ends.empty());
  ASSERT_TRUE(child.kill(SIGKILL).ok());
  child.set_referenced(true);
  loop.run();
  EXPECT_EQ(child.ends.size(), 1u);
}

TEST(Child, FailuresNameTheCallAndLeaveNothing) {
  Shell shell("true");
  shell.options.file = "no-such-program";
  EXPECT_EQ(spawn(shell.options).error().code, ENOENT);
  shell.options.file = "/";
  EXPECT_EQ(spawn(shell.options).error().code, EACCES);
  shell.options.file = "sh";
  shell.options.cwd = "/no/such/folder";
  Error error = spawn(shell.options).error();
  EXPECT_EQ(error.code, ENOENT);
  EXPECT_STREQ(error.call, "chdir");
}

SyncResult run(const char* script, std::span<SyncPipe> pipes, uint64_t timeout_ms = 0,
               size_t most = 0) {
  Shell shell(script);
  return run_sync(shell.options, {-1, -1, -1}, pipes, timeout_ms, most, SIGTERM);
}

TEST(ChildSync, MovesMoreThanAPipeHoldsInBothDirections) {
  std::string input(1 << 20, 'x');
  SyncPipe pipes[2];
  pipes[0].readable = true;
  pipes[0].input = input;
  pipes[1].child_fd = 1;
  pipes[1].writable = true;
  SyncResult result = run("cat; exit 3", pipes);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(pipes[1].output, input);
}

TEST(ChildSync, EndsWhatTakesTooLongOrSaysTooMuch) {
  SyncResult slow = run("exec sleep 100", {}, 20);
  EXPECT_EQ(slow.error.code, ETIMEDOUT);
  EXPECT_EQ(slow.term_signal, SIGTERM);
  SyncPipe out;
  out.child_fd = 1;
  out.writable = true;
  SyncResult loud = run("exec yes", {&out, 1}, 0, 100);
  EXPECT_EQ(loud.error.code, ENOBUFS);
  EXPECT_GT(out.output.size(), 100u);
}

}  // namespace
}  // namespace node
