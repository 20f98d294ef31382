// The parts of proc(5) that Linux has and Cygwin imitates: processors, memory, the running program.
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "platform/file.h"
#include "platform/platform.h"
#include "platform/ticks.h"

namespace node::platform {

namespace {

// The value of "name:   value" in /proc/cpuinfo, or nullptr.
const char* field(const char* line, const char* name) {
  size_t n = std::strlen(name);
  if (std::strncmp(line, name, n) != 0) return nullptr;
  const char* colon = std::strchr(line + n, ':');
  return colon == nullptr ? nullptr : colon + (colon[1] == ' ' ? 2 : 1);
}

// A number of kilobytes from /proc/meminfo, in bytes.
uint64_t meminfo(const char* name) {
  File file(std::fopen("/proc/meminfo", "re"));
  char line[256];
  while (file && std::fgets(line, sizeof line, file.get()) != nullptr) {
    unsigned long long kb;
    if (const char* value = field(line, name);
        value != nullptr && std::sscanf(value, "%llu", &kb) == 1) {
      return kb * 1024;
    }
  }
  return 0;
}

}  // namespace

std::vector<Cpu> cpus() {
  std::vector<Cpu> all;
  char line[1024];
  if (File stat{std::fopen("/proc/stat", "re")}) {
    while (std::fgets(line, sizeof line, stat.get()) != nullptr) {
      unsigned index;
      unsigned long long user, nice, system, idle, iowait = 0, irq = 0;
      // The first line is the sum of all. Cygwin's have no more than the first four.
      if (line[3] == ' ' || std::sscanf(line, "cpu%u %llu %llu %llu %llu %llu %llu", &index, &user,
                                        &nice, &system, &idle, &iowait, &irq) < 5) {
        continue;
      }
      Cpu cpu = cpu_of("unknown", 0, {user, nice, system, idle, irq},
                       static_cast<uint64_t>(sysconf(_SC_CLK_TCK)));
      all.push_back(cpu);
    }
  }
  size_t models = 0, speeds = 0;
  if (File info{std::fopen("/proc/cpuinfo", "re")}) {
    while (std::fgets(line, sizeof line, info.get()) != nullptr) {
      line[std::strcspn(line, "\n")] = '\0';
      if (const char* model = field(line, "model name"); model != nullptr && models < all.size()) {
        all[models++].model = model;
      } else if (const char* mhz = field(line, "cpu MHz"); mhz != nullptr && speeds < all.size()) {
        all[speeds++].speed_mhz = std::atoi(mhz);
      }
    }
  }
  return all;
}

uint64_t total_memory() { return meminfo("MemTotal"); }

// Kernels before 3.14, and Cygwin, tell only what holds nothing at all.
uint64_t free_memory() {
  uint64_t available = meminfo("MemAvailable");
  return available != 0 ? available : meminfo("MemFree");
}

Memory process_memory() {
  Memory memory;
  File file(std::fopen("/proc/self/statm", "re"));
  unsigned long long size, resident;
  if (file && std::fscanf(file.get(), "%llu %llu", &size, &resident) == 2) {
    uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    memory.virtual_size = size * page;
    memory.resident = resident * page;
  }
  return memory;
}

std::string executable_path() {
  char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path);
  return n > 0 ? std::string(path, static_cast<size_t>(n)) : std::string();
}

}  // namespace node::platform
