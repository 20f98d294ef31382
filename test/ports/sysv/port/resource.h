// getrlimit(2).
#pragma once
