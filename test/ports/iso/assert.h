// C17 7.2.
#pragma once
#define assert(condition) ((void)(condition))
