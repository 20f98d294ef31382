// netintro(4).
#pragma once
