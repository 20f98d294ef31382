// Notices of core/file_watch.h: names, sharing one path, stopping within callbacks.
#include "core/file_watch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "core/file_work.h"

namespace node {
namespace {

struct Recorder : FileWatch {
  Recorder()
      : FileWatch([](FileWatch* self, Change change, std::string_view name) {
          Recorder& me = *static_cast<Recorder*>(self);
          me.notices.push_back((change == Change::kRename ? "rename " : "change ") +
                               std::string(name));
          if (me.watches != nullptr) {
            me.watches->stop(me);
            if (me.other != nullptr) me.watches->stop(*me.other);
          }
        }) {}
  std::vector<std::string> notices;
  FileWatches* watches = nullptr;  // set: stops at the first notice
  FileWatch* other = nullptr;
};

class FileWatchTest : public ::testing::Test {
 protected:
  FileWatchTest() {
    EXPECT_TRUE(loop_.open().ok());
    FileRequest make(FileOp::kMakeTempDir);
    const char* base = std::getenv("TMPDIR");
    make.path = std::string(base != nullptr ? base : "/tmp") + "/file-watch-";
    make.run();
    dir_ = make.text;
  }
  ~FileWatchTest() override {
    std::string failed;
    const char* call = "";
    EXPECT_TRUE(remove_tree(dir_, &failed, &call));
  }
  void touch(const char* name) {
    int fd = ::open((dir_ + "/" + name).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    ASSERT_GE(fd, 0);
    ::close(fd);
  }

  Loop loop_;
  std::string dir_;
};

TEST_F(FileWatchTest, ReportsEntriesOfDirectories) {
  FileWatches watches(loop_);
  Recorder one;
  ASSERT_TRUE(watches.start(one, dir_).ok());
  touch("fresh");
  loop_.turn(true);
  ASSERT_FALSE(one.notices.empty());
  EXPECT_EQ(one.notices[0], "rename fresh");
  EXPECT_TRUE(loop_.alive());
  watches.set_referenced(one, false);
  EXPECT_FALSE(loop_.alive());
}

TEST_F(FileWatchTest, RefusesWhatIsMissing) {
  FileWatches watches(loop_);
  Recorder one;
  Result<void> started = watches.start(one, dir_ + "/none");
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, ENOENT);
  EXPECT_STREQ(started.error().call, "watch");
  EXPECT_FALSE(loop_.alive());
}

TEST_F(FileWatchTest, SeveralWatchesOfOnePathAllHear) {
  FileWatches watches(loop_);
  Recorder one, two;
  ASSERT_TRUE(watches.start(one, dir_).ok());
  ASSERT_TRUE(watches.start(two, dir_).ok());
  watches.stop(one);
  touch("f");
  loop_.turn(true);
  EXPECT_TRUE(one.notices.empty());
  EXPECT_FALSE(two.notices.empty());
}

TEST_F(FileWatchTest, CallbacksMayStopThemselvesAndOthers) {
  FileWatches watches(loop_);
  Recorder one, two;
  one.watches = two.watches = &watches;
  one.other = &two;
  two.other = &one;
  ASSERT_TRUE(watches.start(one, dir_).ok());
  ASSERT_TRUE(watches.start(two, dir_).ok());
  touch("f");
  touch("g");
  loop_.turn(true);
  EXPECT_EQ(one.notices.size() + two.notices.size(), 1u);
  EXPECT_FALSE(loop_.alive());
}

TEST_F(FileWatchTest, WatchesMayOutliveTheirKeeper) {
  Recorder one;
  {
    FileWatches watches(loop_);
    ASSERT_TRUE(watches.start(one, dir_).ok());
  }
  EXPECT_FALSE(one.started());
}

}  // namespace
}  // namespace node
