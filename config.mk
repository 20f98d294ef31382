# What a build is made of, one choice a line. `configure` writes config.local.mk, which wins over
# this file; what is said on make's command line (make DEBUG=1) wins over both.

# DEBUG=1: unoptimised, with the checks of the standard library.
DEBUG :=
# SANITIZE=address,undefined: a debug build with these sanitizers.
SANITIZE :=
# CROSS=aarch64-linux-gnu-: build for another machine, with the tools that have this prefix; those
# that the table below knows are fetched when they are not here.
CROSS :=
# Where V8 comes from: system, fetch, prefix (with V8_PREFIX=), source, or auto: the first of the
# first three that works. source builds V8 static from the distribution's nodejs source, for one to
# two hours, and links an executable that starts fastest; V8_SUITE= names another of the
# distribution's suites, whose V8 may be newer.
V8 := auto
V8_PREFIX :=
V8_SUITE :=
# TLS=0: without OpenSSL, and so without crypto, tls, https and the inspector.
TLS := 1
# SNAPSHOT=0: without the start-up snapshot in the program, which makes one at its first start, and
# keeps it in a file beside itself.
SNAPSHOT := 1
# SMALL=1: for machines with 64 MB of memory; doc/cross.md says what it costs.
SMALL :=
# Where `make install` puts things.
PREFIX := /usr/local
DESTDIR :=
# The readiness call: epoll, kqueue, eventport, devpoll, poll or select. Empty: the system's best.
# One that the system's kernel lacks makes a test build over the emulation in test/unit/emul.
POLL :=

-include config.local.mk

# One line a target that can be fetched: the distribution's name of the architecture, its folder of
# libraries, the emulator that runs its programs, and what the compiler must be told.
TARGET_arm-linux-gnueabihf := armhf arm-linux-gnueabihf qemu-arm
TARGET_aarch64-linux-gnu   := arm64 aarch64-linux-gnu qemu-aarch64
# V8 needs SSE2 too; with it, numbers are rounded as everywhere else.
TARGET_i686-linux-gnu      := i386 i386-linux-gnu qemu-i386 -msse2 -mfpmath=sse
override CROSS := $(patsubst %-,%,$(CROSS))
TARGET := $(TARGET_$(CROSS))
TARGET_FLAGS := $(wordlist 4,9,$(TARGET))
ifneq ($(and $(CROSS),$(TARGET)),)
CROSS_HOME := build/cross-$(CROSS)
# The tools of the machine come first, then those fetched.
export PATH := $(PATH):$(CURDIR)/$(CROSS_HOME)/bin
endif

# GCC 12 and Clang 14 or newer are known to work.
ifneq ($(filter default undefined,$(origin CXX)),)
CXX := $(if $(CROSS),$(CROSS)-)g++
endif
ifneq ($(filter default undefined,$(origin AR)),)
AR := $(if $(CROSS),$(CROSS)-)ar
endif
OBJCOPY := $(if $(CROSS),$(CROSS)-)objcopy

# One line a system: its file in platform/, then the readiness calls that its kernel has, the best
# first.
SYSTEM_Linux   := linux   epoll poll select
SYSTEM_Darwin  := darwin  kqueue poll select
SYSTEM_FreeBSD := freebsd kqueue poll select
SYSTEM_OpenBSD := openbsd kqueue poll select
SYSTEM_NetBSD  := netbsd  kqueue poll select
SYSTEM_SunOS   := sunos   eventport devpoll poll select
SYSTEM_CYGWIN  := cygwin  poll select
POLLERS := epoll kqueue eventport devpoll poll select

# The files of platform/ that together fulfil platform/platform.h, and the libraries they need.
FILES_linux   := linux   common linux_cached procfs argv_title
FILES_darwin  := darwin  common plain argv_title link_address
FILES_freebsd := freebsd common plain setproctitle link_address
FILES_openbsd := openbsd common plain setproctitle link_address
FILES_netbsd  := netbsd  common plain setproctitle link_address
FILES_sunos   := sunos   common plain no_title link_address
FILES_cygwin  := cygwin  common plain no_title procfs
LIBS_sunos    := -lsocket -lnsl -lkstat
# By itself Cygwin's select(2) takes 64 descriptors, NetBSD's 256.
FLAGS_cygwin  := -DFD_SETSIZE=1024
FLAGS_netbsd  := -DFD_SETSIZE=1024
# Systems whose linker takes GNU ld's options; Darwin has words of its own.
GNU_LINKER    := linux freebsd openbsd netbsd
GC_darwin     := -Wl,-dead_strip
# Where the assembler puts constants.
RODATA_darwin := .section __TEXT,__const

# The system that is built for: found in the prefix of CROSS=, else this one (Cygwin adds a version
# to its name).
ifneq ($(CROSS),)
SYSTEM := $(firstword $(foreach s,Linux Darwin FreeBSD OpenBSD NetBSD SunOS CYGWIN,\
  $(if $(findstring $(shell echo $s | tr A-Z a-z),$(CROSS)),$s)))
else
SYSTEM := $(firstword $(subst _, ,$(shell uname -s)))
endif
PLATFORM := $(firstword $(SYSTEM_$(SYSTEM)))
PLATFORM_FILES := $(FILES_$(PLATFORM))
NATIVE_POLLERS := $(wordlist 2,9,$(SYSTEM_$(SYSTEM)))
ifeq ($(PLATFORM),)
$(error config.mk has no line for the system '$(SYSTEM)')
endif
ifeq ($(POLL),)
POLL := $(firstword $(NATIVE_POLLERS))
endif
ifeq ($(filter $(POLL),$(POLLERS)),)
$(error POLL=$(POLL) is unknown; it may be one of: $(POLLERS))
endif
