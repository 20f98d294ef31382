// There is neither preadv nor pwritev.
#pragma once
