// Reads the command line and NODE_OPTIONS.
#include "js/options.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "js/option_table.h"
#include "js/version.h"

namespace node::js {

namespace {

constexpr char kUsage[] =
    "Usage: node [options] [V8 options] [script.js | -e \"script\" | -] [--] [arguments]\n"
    "\n"
    "Options:\n"
    "  -                        read the script from standard input\n"
    "  --                       end of node's options\n"
    "  -c, --check              check the script's syntax without running it\n"
    "  -e, --eval=...           evaluate a script\n"
    "  -h, --help               print this text\n"
    "  -i, --interactive        start the REPL even if stdin is no terminal\n"
    "  -p, --print [...]        evaluate a script and print the result\n"
    "  -r, --require=...        load a module first; may be repeated\n"
    "  -v, --version            print the version\n"
    "  --no-deprecation         silence deprecation warnings\n"
    "  --no-warnings            silence all warnings\n"
    "  --max-stack-size=...     V8's stack limit in bytes\n"
    "  --throw-deprecation      throw on the use of what is deprecated\n"
    "  --trace-deprecation      print stacks with deprecation warnings\n"
    "  --trace-uncaught         print where an uncaught value was thrown\n"
    "  --trace-warnings         print stacks with warnings\n"
    "  --unhandled-rejections=... throw, strict, warn, none or warn-with-error-code\n"
    "  --v8-options             print V8's own options\n"
    "  --vars                   print how node was built\n"
    "\n"
    "Environment variables:\n"
    "  NODE_DEBUG               ','-separated sections whose debug output is wanted\n"
    "  NODE_DISABLE_COLORS      set to 1 to print no colours\n"
    "  NODE_NO_WARNINGS         set to 1 to silence warnings\n"
    "  NODE_OPTIONS             options that are put before those of the command line\n"
    "  NODE_PATH                ':'-separated folders to search for modules\n"
    "  UV_THREADPOOL_SIZE       number of threads for file work and name lookup\n";

// "--a_b=c" and "--no-a-b" as the table has them; "-e" as what it stands for.
struct Word {
  std::string name;        // with dashes, without "no-"
  std::string_view value;  // what follows '='
  bool has_value = false;
  bool negated = false;
  const KnownOption* known = nullptr;

  explicit Word(std::string_view text) {
    size_t equals = text.starts_with("--") ? text.find('=') : std::string_view::npos;
    has_value = equals != std::string_view::npos;
    if (has_value) value = text.substr(equals + 1);
    name = text.substr(0, equals);
    for (const ShortOption& s : kShortOptions) {
      if (s.name == name) name = s.meaning;
    }
    for (size_t i = 2; i < name.size(); ++i) {
      if (name[i] == '_') name[i] = '-';
    }
    known = find(name);
    if (known == nullptr && name.starts_with("--no-")) {
      const KnownOption* positive = find("--" + name.substr(5));
      if (positive != nullptr && positive->kind == OptionKind::kFlag) {
        known = positive;
        name = positive->name;
        negated = true;
      }
    }
  }

  // "--no-" before an option that has a value.
  bool is_wrong_negation() const {
    return known == nullptr && name.starts_with("--no-") && find("--" + name.substr(5)) != nullptr;
  }

 private:
  static const KnownOption* find(std::string_view wanted) {
    for (const KnownOption& k : kKnownOptions) {
      if (k.name == wanted) return &k;
    }
    return nullptr;
  }
};

// V8 takes its flags as they are; whether it knew one shows by its leaving it or not.
bool take_v8_flag(const char* word) {
  std::string copy(word);
  char name[] = "node";
  char* argv[] = {name, copy.data(), nullptr};
  int argc = 2;
  v8::V8::SetFlagsFromCommandLine(&argc, argv, true);
  return argc == 1;
}

// Makes V8's stack limit from the old option, in bytes.
bool take_old_stack_option(std::string_view word) {
  constexpr std::string_view kPrefix = "--max-stack-size=";
  if (!word.starts_with(kPrefix)) return false;
  long bytes = std::strtol(word.data() + kPrefix.size(), nullptr, 10);
  if (bytes > 0) {
    std::string flag = "--stack-size=" + std::to_string(bytes / 1024 > 0 ? bytes / 1024 : 1);
    v8::V8::SetFlagsFromString(flag.c_str());
  }
  return true;
}

int bad(const char* program, std::string_view word, const char* why) {
  std::fprintf(stderr, "%s: %.*s%s\n", program, static_cast<int>(word.size()), word.data(), why);
  return 9;
}

// Words of NODE_OPTIONS: separated by blanks, "double quotes" keep them together. False when a
// quote is not closed.
bool environment_words(std::vector<std::string>* words) {
  const char* text = std::getenv("NODE_OPTIONS");
  if (text == nullptr) return true;
  std::string word;
  bool quoted = false;
  bool any = false;
  auto finish = [&] {
    if (any) words->push_back(word);
    word.clear();
    any = false;
  };
  for (; *text != '\0'; ++text) {
    if (*text == '"') {
      quoted = !quoted;
      any = true;
    } else if (*text == '\\' && quoted && text[1] != '\0') {
      word += *++text;
    } else if (*text == ' ' && !quoted) {
      finish();
    } else {
      word += *text;
      any = true;
    }
  }
  finish();
  return !quoted;
}

// The words of one place: the command line or NODE_OPTIONS.
class Taker {
 public:
  Taker(const char* program, const std::vector<const char*>& words, bool from_environment,
        Options* options)
      : program_(program), words_(words), from_environment_(from_environment), options_(*options) {}

  // Takes the option at words[*i] and what belongs to it; -1 to go on.
  int take(size_t* i) {
    std::string_view text = words_[*i];
    Word word(text);
    if (from_environment_ && (word.known == nullptr || !word.known->in_environment)) {
      return bad(program_, text, " is not allowed in NODE_OPTIONS");
    }
    if (!from_environment_) options_.exec_argv.push_back(words_[*i]);
    if (word.known == nullptr || word.known->kind == OptionKind::kV8) return take_foreign(i, word);
    if (!word.has_value) return take_value(i, word);
    std::string set = word.name + "=" + std::string(word.value);
    if (word.known->kind == OptionKind::kPrint) {
      options_.settings.push_back(word.name);
      set = "--eval=" + std::string(word.value);
    }
    options_.settings.push_back(std::move(set));
    return -1;
  }

 private:
  int take_foreign(size_t* i, const Word& word) {
    std::string_view text = words_[*i];
    if (take_old_stack_option(text) || text.starts_with("--debug")) return -1;
    if (text.starts_with("--") && take_v8_flag(words_[*i])) return -1;
    if (word.known != nullptr && !word.has_value && *i + 1 < words_.size()) {
      // "--max-old-space-size 100"
      std::string joined = word.name + "=" + words_[*i + 1];
      if (take_v8_flag(joined.c_str())) {
        ++*i;
        if (!from_environment_) options_.exec_argv.push_back(words_[*i]);
        return -1;
      }
    }
    if (word.is_wrong_negation()) {
      return bad(program_, text, " is an invalid negation because it is not a boolean option");
    }
    return bad(program_, "bad option: " + std::string(text), "");
  }

  int take_value(size_t* i, const Word& word) {
    OptionKind kind = word.known->kind;
    if (kind == OptionKind::kFlag || kind == OptionKind::kOptional) {
      options_.settings.push_back(word.negated ? "--no-" + word.name.substr(2) : word.name);
      return -1;
    }
    bool last = *i + 1 >= words_.size();
    bool dash = !last && words_[*i + 1][0] == '-' && words_[*i + 1][1] != '\0';
    std::string_view text = words_[*i];
    if (kind == OptionKind::kPrint) {
      options_.settings.push_back(word.name);
      if (text != "-pe" && (last || words_[*i + 1][0] == '-')) return -1;
    }
    bool script = kind == OptionKind::kPrint || word.name == "--eval";
    if (last || (dash && !script)) return bad(program_, text, " requires an argument");
    ++*i;
    if (!from_environment_) options_.exec_argv.push_back(words_[*i]);
    // "\\-42" is a value that begins with a dash.
    const char* value = words_[*i];
    if (value[0] == '\\' && value[1] == '-') ++value;
    options_.settings.push_back((script ? "--eval" : word.name) + "=" + value);
    return -1;
  }

  const char* program_;
  const std::vector<const char*>& words_;
  bool from_environment_;
  Options& options_;
};

}  // namespace

bool is_own_option(std::string_view word) {
  Word read(word);
  return read.known != nullptr && read.known->kind != OptionKind::kV8;
}

bool is_environment_option(std::string_view word) {
  Word read(word);
  return read.known != nullptr && read.known->in_environment;
}

std::span<const KnownOption> known_options() { return kKnownOptions; }

int parse_options(int argc, char** argv, Options* options) {
  const char* program = argc > 0 ? argv[0] : "node";
  std::vector<std::string> variable;
  if (!environment_words(&variable)) {
    return bad(program, "invalid value for NODE_OPTIONS (unterminated string)", "");
  }
  std::vector<const char*> environment;
  for (const std::string& word : variable) environment.push_back(word.c_str());
  Taker from_environment(program, environment, true, options);
  for (size_t i = 0; i < environment.size(); ++i) {
    int status = from_environment.take(&i);
    if (status >= 0) return status;
  }
  std::vector<const char*> words(argv, argv + argc);
  Taker from_line(program, words, false, options);
  options->argv.push_back(program);
  size_t i = 1;
  for (; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (word.size() < 2 || word[0] != '-') break;
    if (word == "--") {
      ++i;
      break;
    }
    if (word == "-v" || word == "--version") {
      std::printf("%s\n", NODE_VERSION);
      return 0;
    }
    if (word == "-h" || word == "--help") {
      std::fputs(kUsage, stdout);
      return 0;
    }
    if (word == "--vars") {
      std::printf("NODE_PREFIX: %s\nNODE_CFLAGS: %s\n", NODE_PREFIX, NODE_CFLAGS);
      return 0;
    }
    if (word == "--v8-options") {
      take_v8_flag("--help");
      return 0;
    }
    int status = from_line.take(&i);
    if (status >= 0) return status;
  }
  for (; i < words.size(); ++i) options->argv.push_back(words[i]);
  const std::vector<std::string>& set = options->settings;
  auto is_set = [&set](const char* name) { return std::count(set.begin(), set.end(), name) > 0; };
  if (is_set("--tls-min-v1.3") && is_set("--tls-max-v1.2")) {
    return bad(program, "either --tls-min-v1.3 or --tls-max-v1.2 can be used, not both", "");
  }
  return -1;
}

std::string_view install_prefix() { return NODE_PREFIX; }

}  // namespace node::js
