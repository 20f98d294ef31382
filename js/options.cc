// Reads the command line and NODE_OPTIONS.
#include "js/options.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "js/version.h"

namespace node::js {

namespace {

enum class Kind {
  kFlag,     // stands alone
  kValue,    // the next word, or what follows '=', is its value
  kIgnored,  // accepted for the sake of scripts that pass it; has no effect here
  kIgnoredValue,
};

struct Known {
  std::string_view name;
  Kind kind;
  bool in_environment;  // allowed in NODE_OPTIONS
};

constexpr Known kKnown[] = {
    {"-e", Kind::kValue, false},
    {"--eval", Kind::kValue, false},
    {"-p", Kind::kValue, false},
    {"--print", Kind::kValue, false},
    {"-pe", Kind::kValue, false},
    {"-c", Kind::kFlag, false},
    {"--check", Kind::kFlag, false},
    {"-i", Kind::kFlag, false},
    {"--interactive", Kind::kFlag, false},
    {"-r", Kind::kValue, true},
    {"--require", Kind::kValue, true},
    {"--no-warnings", Kind::kFlag, true},
    {"--warnings", Kind::kFlag, true},
    {"--trace-warnings", Kind::kFlag, true},
    {"--trace-deprecation", Kind::kFlag, true},
    {"--no-deprecation", Kind::kFlag, true},
    {"--throw-deprecation", Kind::kFlag, true},
    {"--pending-deprecation", Kind::kFlag, true},
    {"--trace-uncaught", Kind::kFlag, true},
    {"--unhandled-rejections", Kind::kValue, true},
    {"--preserve-symlinks", Kind::kFlag, true},
    {"--preserve-symlinks-main", Kind::kFlag, true},
    {"--title", Kind::kValue, true},
    {"-C", Kind::kValue, true},
    {"--conditions", Kind::kValue, true},
    {"--max-http-header-size", Kind::kValue, true},
    {"--insecure-http-parser", Kind::kFlag, true},
    {"--dns-result-order", Kind::kValue, true},
    {"--input-type", Kind::kIgnoredValue, false},
    {"--enable-source-maps", Kind::kIgnored, true},
    {"--no-addons", Kind::kIgnored, true},
    {"--redirect-warnings", Kind::kIgnoredValue, true},
    {"--debug", Kind::kIgnored, false},
    {"--debug-brk", Kind::kIgnored, false},
    {"--experimental-modules", Kind::kIgnored, true},
    {"--no-experimental-fetch", Kind::kIgnored, true},
    {"--trace-exit", Kind::kIgnored, true},
    {"--trace-sync-io", Kind::kIgnored, true},
    {"--force-context-aware", Kind::kIgnored, true},
    {"--no-force-async-hooks-checks", Kind::kIgnored, true},
};

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

const Known* find(std::string_view name) {
  for (const Known& k : kKnown) {
    if (k.name == name) return &k;
  }
  return nullptr;
}

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

// Words of NODE_OPTIONS: separated by blanks, "double quotes" keep them together. They live forever
// once they are accepted.
std::vector<const char*> environment_words() {
  std::vector<const char*> words;
  const char* text = std::getenv("NODE_OPTIONS");
  if (text == nullptr) return words;
  std::string word;
  bool quoted = false;
  bool any = false;
  auto finish = [&] {
    if (any) words.push_back(strdup(word.c_str()));
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
  return words;
}

// Takes the option at words[*i]; -1 to go on.
int take_option(const char* program, const std::vector<const char*>& words, size_t* i,
                bool from_environment, Options* options) {
  std::string_view word = words[*i];
  size_t equals = word.find('=');
  std::string_view name = word.substr(0, equals);
  bool has_value = word.starts_with("--") && equals != std::string_view::npos;
  const Known* known = find(has_value ? name : word);
  if (known == nullptr) {
    if (take_old_stack_option(word) || word.starts_with("--debug")) {
      // Taken.
    } else if (!word.starts_with("--") || !take_v8_flag(words[*i])) {
      if (from_environment) {
        return bad(program, word, " is not allowed in NODE_OPTIONS");
      }
      std::string text = "bad option: " + std::string(word);
      return bad(program, text, "");
    }
    if (!from_environment) options->exec_argv.push_back(words[*i]);
    return -1;
  }
  if (from_environment && !known->in_environment) {
    return bad(program, word, " is not allowed in NODE_OPTIONS");
  }
  options->exec_argv.push_back(words[*i]);
  bool wants_value = known->kind == Kind::kValue || known->kind == Kind::kIgnoredValue;
  if (!wants_value || has_value) return -1;
  bool last = *i + 1 >= words.size();
  // -p may stand before -e or alone before a script.
  bool optional = word == "-p" || word == "--print";
  if (optional && (last || words[*i + 1][0] == '-')) return -1;
  if (last || (words[*i + 1][0] == '-' && words[*i + 1][1] != '\0' && word != "-e" &&
               word != "--eval" && word != "-pe")) {
    return bad(program, word, " requires an argument");
  }
  options->exec_argv.push_back(words[++*i]);
  return -1;
}

}  // namespace

bool is_own_option(std::string_view word) {
  return find(word.substr(0, word.find('='))) != nullptr;
}

int parse_options(int argc, char** argv, Options* options) {
  const char* program = argc > 0 ? argv[0] : "node";
  std::vector<const char*> environment = environment_words();
  for (size_t i = 0; i < environment.size(); ++i) {
    int status = take_option(program, environment, &i, true, options);
    if (status < 0) continue;
    for (const char* word : environment) std::free(const_cast<char*>(word));
    return status;
  }
  std::vector<const char*> words(argv, argv + argc);
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
    int status = take_option(program, words, &i, false, options);
    if (status >= 0) return status;
  }
  for (; i < words.size(); ++i) options->argv.push_back(words[i]);
  return -1;
}

}  // namespace node::js
