// ip(4): no membership for one source.
#pragma once
