// Requests of core/file_work.h: results, errors, trees, sizes beyond 4 GiB.
#include "core/file_work.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace node {
namespace {

class FileWorkTest : public ::testing::Test {
 protected:
  FileWorkTest() {
    FileRequest make(FileOp::kMakeTempDir);
    const char* base = std::getenv("TMPDIR");
    make.path = std::string(base != nullptr ? base : "/tmp") + "/file-work-";
    make.run();
    EXPECT_FALSE(make.error);
    dir_ = make.text;
  }
  ~FileWorkTest() override {
    std::string failed;
    const char* call = "";
    EXPECT_TRUE(remove_tree(dir_, &failed, &call)) << call << " " << failed;
  }

  std::string at(const char* name) const { return dir_ + "/" + name; }

  void write(const std::string& path, std::string text) {
    FileRequest request(FileOp::kWriteFile);
    request.path = path;
    request.has_path = true;
    request.flags = O_CREAT | O_TRUNC | O_WRONLY;
    request.mode = 0644;
    request.buffers.push_back({text.data(), text.size()});
    request.run();
    ASSERT_FALSE(request.error);
  }

  std::string read(const std::string& path) {
    FileRequest request(FileOp::kReadFile);
    request.path = path;
    request.has_path = true;
    request.run();
    EXPECT_FALSE(request.error);
    return {request.data, request.data_len};
  }

  std::string dir_;
};

TEST_F(FileWorkTest, WritesAndReadsWholeFiles) {
  std::string text(300000, 'x');
  write(at("f"), text);
  EXPECT_EQ(read(at("f")), text);
  write(at("f"), "");
  EXPECT_EQ(read(at("f")), "");
}

TEST_F(FileWorkTest, NamesCallAndWhetherThePathMatters) {
  FileRequest missing(FileOp::kReadFile);
  missing.path = at("none");
  missing.has_path = true;
  missing.run();
  EXPECT_EQ(missing.error.code, ENOENT);
  EXPECT_STREQ(missing.error.call, "open");
  EXPECT_TRUE(missing.error_has_path);

  FileRequest directory(FileOp::kReadFile);
  directory.path = dir_;
  directory.has_path = true;
  directory.run();
  EXPECT_EQ(directory.error.code, EISDIR);
  EXPECT_STREQ(directory.error.call, "read");
  EXPECT_FALSE(directory.error_has_path);
}

TEST_F(FileWorkTest, MovesManyBuffersAtPositions) {
  FileRequest open(FileOp::kOpen);
  open.path = at("v");
  open.flags = O_CREAT | O_RDWR;
  open.mode = 0600;
  open.run();
  ASSERT_FALSE(open.error);
  int fd = static_cast<int>(open.result);
  EXPECT_NE(::fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);

  // More than one writev(2) takes.
  char byte = 'b';
  FileRequest many(FileOp::kWrite);
  many.fd = fd;
  many.position = int64_t{5} << 30;
  many.buffers.assign(3000, iovec{&byte, 1});
  many.run();
  EXPECT_EQ(many.result, 3000);

  char out[4000];
  FileRequest back(FileOp::kRead);
  back.fd = fd;
  back.position = (int64_t{5} << 30) + 2990;
  back.buffers.push_back({out, sizeof out});
  back.run();
  EXPECT_EQ(back.result, 10);

  FileRequest large(FileOp::kReadFile);
  large.fd = fd;
  large.run();
  EXPECT_EQ(large.error.code, EFBIG);
  EXPECT_EQ(large.result, (int64_t{5} << 30) + 3000);

  FileRequest close(FileOp::kClose);
  close.fd = fd;
  close.run();
  EXPECT_FALSE(close.error);
  FileRequest again(FileOp::kClose);
  again.fd = fd;
  again.run();
  EXPECT_EQ(again.error.code, EBADF);
}

TEST_F(FileWorkTest, ReadsAtOnceWhatIsInMemory) {
  std::string path = at("cached");
  int fd = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  ASSERT_GE(fd, 0);
  ASSERT_EQ(::write(fd, "0123456789", 10), 10);
  char first[4], second[100];
  // Whether it does it at once is the system's affair; what comes of it is not.
  auto read = [&](int64_t position) {
    FileRequest request(FileOp::kRead);
    request.fd = fd;
    request.position = position;
    request.buffers = {{first, sizeof first}, {second, sizeof second}};
    if (!request.run_at_once()) request.run();
    EXPECT_FALSE(request.error);
    return request.result;
  };
  EXPECT_EQ(read(0), 10);
  EXPECT_EQ(std::string(first, 4) + std::string(second, 6), "0123456789");
  EXPECT_EQ(read(7), 3);
  EXPECT_EQ(read(10), 0);
  ASSERT_EQ(::lseek(fd, 2, SEEK_SET), 2);
  EXPECT_EQ(read(-1), 8);
  EXPECT_EQ(read(-1), 0);
  ::close(fd);
  FileRequest closed(FileOp::kRead);
  closed.fd = fd;
  closed.buffers = {{first, sizeof first}};
  EXPECT_FALSE(closed.run_at_once());
  closed.run();
  EXPECT_EQ(closed.error.code, EBADF);
}

// Runs it either way; whether it is done at once is the system's affair, what comes of it is not.
void run_somehow(FileRequest* request) {
  if (!request->run_at_once()) request->run();
}

TEST_F(FileWorkTest, OpensAsksAndClosesAtOnceAsOtherwise) {
  write(at("file"), "12345");
  ASSERT_EQ(::symlink("file", at("link").c_str()), 0);
  FileRequest open(FileOp::kOpen);
  open.path = at("link");
  open.flags = O_RDONLY;
  run_somehow(&open);
  ASSERT_FALSE(open.error);
  int fd = static_cast<int>(open.result);
  EXPECT_EQ(::fcntl(fd, F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::fcntl(fd, F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_RDONLY);
  FileRequest read(FileOp::kReadFile);
  read.has_path = true;
  read.path = at("file");
  read.flags = O_RDONLY;
  run_somehow(&read);
  EXPECT_EQ(std::string(read.data, read.data_len), "12345");
  FileRequest stat(FileOp::kStat), lstat(FileOp::kLstat);
  stat.path = lstat.path = at("link");
  run_somehow(&stat);
  run_somehow(&lstat);
  EXPECT_TRUE(S_ISREG(stat.stat.values[1]));
  EXPECT_TRUE(S_ISLNK(lstat.stat.values[1]));
  FileRequest close(FileOp::kClose), again(FileOp::kClose);
  close.fd = again.fd = fd;
  run_somehow(&close);
  EXPECT_FALSE(close.error);
  run_somehow(&again);
  EXPECT_EQ(again.error.code, EBADF);
}

TEST_F(FileWorkTest, NotAtOnceIsWhatMightWait) {
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  FileRequest pipe(FileOp::kOpen), made(FileOp::kOpen), null(FileOp::kReadFile);
  pipe.path = at("pipe");
  pipe.flags = O_RDONLY;
  EXPECT_FALSE(pipe.run_at_once());
  made.path = at("made");
  made.flags = O_WRONLY | O_CREAT;
  EXPECT_FALSE(made.run_at_once());
  EXPECT_NE(::access(made.path.c_str(), F_OK), 0);
  null.has_path = true;
  null.path = "/dev/null";
  EXPECT_FALSE(null.run_at_once());
  FileRequest missing(FileOp::kStat);
  missing.path = at("missing");
  run_somehow(&missing);
  EXPECT_EQ(missing.error.code, ENOENT);
  EXPECT_STREQ(missing.error.call, "stat");
  // A file that is gone and written ones are closed where that may take its time.
  int fd = ::open(at("gone").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  FileRequest close(FileOp::kClose);
  close.fd = fd;
  EXPECT_FALSE(close.run_at_once());
  ::close(fd);
}

TEST_F(FileWorkTest, StatsKindsSizesAndTimes) {
  write(at("s"), "12345");
  FileRequest times(FileOp::kUtimes);
  times.path = at("s");
  times.atime_s = -1.5;
  times.mtime_s = 1234.567891;
  times.run();
  ASSERT_FALSE(times.error);
  FileRequest stat(FileOp::kStat);
  stat.path = at("s");
  stat.run();
  ASSERT_FALSE(stat.error);
  EXPECT_TRUE(S_ISREG(stat.stat.values[1]));
  EXPECT_EQ(stat.stat.values[8], 5);
  EXPECT_EQ(stat.stat.values[10], -2);
  EXPECT_EQ(stat.stat.values[11], 500000000);
  EXPECT_EQ(stat.stat.values[12], 1234);
  EXPECT_EQ(stat.stat.values[13], 567891000);
}

TEST_F(FileWorkTest, MakesTreesAndSaysWhichWasFirst) {
  FileRequest make(FileOp::kMakeDirTree);
  make.path = at("a//b/c/");
  make.mode = 0755;
  make.run();
  ASSERT_FALSE(make.error);
  EXPECT_EQ(make.text, at("a"));
  FileRequest again(FileOp::kMakeDirTree);
  again.path = at("a/b/c");
  again.mode = 0755;
  again.run();
  EXPECT_FALSE(again.error);
  EXPECT_TRUE(again.text.empty());
  write(at("file"), "");
  FileRequest through(FileOp::kMakeDirTree);
  through.path = at("file/x/y");
  through.run();
  EXPECT_EQ(through.error.code, ENOTDIR);
}

TEST_F(FileWorkTest, ListsSortedWithTypes) {
  write(at("b"), "");
  write(at("a"), "");
  ASSERT_EQ(::mkdir(at("c").c_str(), 0755), 0);
  FileRequest list(FileOp::kReadDir);
  list.path = dir_;
  list.run();
  ASSERT_FALSE(list.error);
  EXPECT_EQ(list.names, std::string("a\0b\0c\0", 6));
  EXPECT_EQ(list.types.size(), 3u);
}

TEST_F(FileWorkTest, RemovesTreesWithoutFollowingLinks) {
  ASSERT_EQ(::mkdir(at("kept").c_str(), 0755), 0);
  write(at("kept/f"), "stays");
  std::string deep = at("t");
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(::mkdir(deep.c_str(), 0755), 0);
    deep += "/d";
  }
  ASSERT_EQ(::symlink(at("kept").c_str(), at("t/link").c_str()), 0);
  FileRequest remove(FileOp::kRemoveTree);
  remove.path = at("t");
  remove.run();
  EXPECT_FALSE(remove.error);
  EXPECT_NE(::access(at("t").c_str(), F_OK), 0);
  EXPECT_EQ(read(at("kept/f")), "stays");
}

TEST_F(FileWorkTest, CopiesModesAndRefusesToOverwrite) {
  write(at("from"), std::string(200000, 'c'));
  ASSERT_EQ(::chmod(at("from").c_str(), 0600), 0);
  FileRequest copy(FileOp::kCopyFile);
  copy.path = at("from");
  copy.dest = at("to");
  copy.run();
  ASSERT_FALSE(copy.error);
  EXPECT_EQ(read(at("to")).size(), 200000u);
  struct stat s;
  ASSERT_EQ(::stat(at("to").c_str(), &s), 0);
  EXPECT_EQ(s.st_mode & 0777, 0600u);

  FileRequest exclusive(FileOp::kCopyFile);
  exclusive.path = at("from");
  exclusive.dest = at("to");
  exclusive.flags = kCopyExclusive;
  exclusive.run();
  EXPECT_EQ(exclusive.error.code, EEXIST);

  FileRequest itself(FileOp::kCopyFile);
  itself.path = at("from");
  itself.dest = at("from");
  itself.run();
  EXPECT_FALSE(itself.error);
  EXPECT_EQ(read(at("from")).size(), 200000u);
}

}  // namespace
}  // namespace node
