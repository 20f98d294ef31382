// tcp(4): no time of its own for keep-alive.
#pragma once
