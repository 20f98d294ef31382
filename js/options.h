// The command line: which words are for V8, which for the library, which for the program.
#pragma once

#include <span>
#include <string_view>

#include "js/env.h"
#include "js/option_table.h"

namespace node::js {

// Fills `options`; hands V8's flags to V8. Returns -1 to go on, or the exit status when all is said
// (-v, -h) or wrong (9: bad option). Before V8::Initialize.
int parse_options(int argc, char** argv, Options* options);

// Whether `word` ("--name" or "--name=value") is an option of node's own, not V8's.
bool is_own_option(std::string_view word);
// Whether NODE_OPTIONS may have it.
bool is_environment_option(std::string_view word);
std::span<const KnownOption> known_options();

// Where `make install` puts things, as the build was told.
std::string_view install_prefix();

}  // namespace node::js
