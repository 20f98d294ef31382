#!/bin/sh
# Prints the C++ file that embeds the JavaScript library given as arguments: `embed.sh js/lib/a.js
# js/lib/b.js`. Fails when a file is not ASCII: V8 would then copy all of it as UTF-16.
set -eu
export LC_ALL=C

if bad=$(grep -an '[^ -~]' "$@" /dev/null); then
  echo "$bad" | sed 's/^\([^:]*:[0-9]*\):.*/\1: not ASCII; write it as an escape (\\uXXXX)/' >&2
  exit 1
fi

# The order of the table is strcmp's on the names as the program sees them.
names=$(for file; do name=${file#js/lib/}; echo "${name%.js}"; done | sort)

echo '// Made by js/embed.sh: the files of js/lib and the table that finds them.'
echo '#include "js/js_sources.h"'
echo 'extern "C" {'
i=0
for name in $names; do
  printf '__asm__(".pushsection .rodata\\njs_source_%d: .incbin \\"js/lib/%s.js\\"\\n' $i "$name"
  printf 'js_source_%d_end: .byte 0\\n.popsection");\n' $i
  printf 'extern const char js_source_%d[] __asm__("js_source_%d");\n' $i $i
  i=$((i + 1))
done
echo '}'
echo 'namespace node::js {'
echo 'const JsSource kJsSources[] = {'
i=0
for name in $names; do
  printf '    {"%s", js_source_%d, %d},\n' "$name" $i "$(wc -c <"js/lib/$name.js")"
  i=$((i + 1))
done
[ $i -gt 0 ] || echo '    {"", "", 0},'
echo '};'
echo "const size_t kJsSourceCount = $i;"
echo '}  // namespace node::js'
