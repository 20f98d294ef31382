// ip(4), ip6(4).
#pragma once
