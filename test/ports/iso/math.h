// C17 7.12.
#pragma once
#define HUGE_VAL __builtin_huge_val()
#define HUGE_VALF __builtin_huge_valf()
#define HUGE_VALL __builtin_huge_vall()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4
#define FP_ILOGB0 (-2147483647 - 1)
#define FP_ILOGBNAN (-2147483647 - 1)
typedef double double_t;
typedef float float_t;
// One, two and three arguments; each for float and long double, too.
#define PORT_1(name)    \
  double name(double);  \
  float name##f(float); \
  long double name##l(long double);
#define PORT_2(name)           \
  double name(double, double); \
  float name##f(float, float); \
  long double name##l(long double, long double);
#define PORT_TO(type, name) type name(double), name##f(float), name##l(long double);
extern "C" {
PORT_1(acos)
PORT_1(asin)
PORT_1(atan)
PORT_1(cos)
PORT_1(sin)
PORT_1(tan)
PORT_1(acosh)
PORT_1(asinh)
PORT_1(atanh)
PORT_1(cosh)
PORT_1(sinh)
PORT_1(tanh)
PORT_1(exp)
PORT_1(exp2)
PORT_1(expm1)
PORT_1(log)
PORT_1(log10)
PORT_1(log1p)
PORT_1(log2)
PORT_1(logb)
PORT_1(cbrt)
PORT_1(fabs)
PORT_1(sqrt)
PORT_1(erf)
PORT_1(erfc)
PORT_1(lgamma)
PORT_1(tgamma)
PORT_1(ceil)
PORT_1(floor)
PORT_1(nearbyint)
PORT_1(rint)
PORT_1(round)
PORT_1(trunc)
PORT_2(atan2)
PORT_2(copysign)
PORT_2(fdim)
PORT_2(fmax)
PORT_2(fmin)
PORT_2(fmod)
PORT_2(hypot)
PORT_2(nextafter)
PORT_2(pow)
PORT_2(remainder)
PORT_TO(int, ilogb)
PORT_TO(long, lrint)
PORT_TO(long, lround)
PORT_TO(long long, llrint)
PORT_TO(long long, llround)
double fma(double, double, double), frexp(double, int*), ldexp(double, int), modf(double, double*);
double nan(const char*), nexttoward(double, long double), remquo(double, double, int*);
double scalbln(double, long), scalbn(double, int);
float fmaf(float, float, float), frexpf(float, int*), ldexpf(float, int), modff(float, float*);
float nanf(const char*), nexttowardf(float, long double), remquof(float, float, int*);
float scalblnf(float, long), scalbnf(float, int);
long double fmal(long double, long double, long double), frexpl(long double, int*);
long double ldexpl(long double, int), modfl(long double, long double*), nanl(const char*);
long double nexttowardl(long double, long double), remquol(long double, long double, int*);
long double scalblnl(long double, long), scalbnl(long double, int);
}
#undef PORT_1
#undef PORT_2
#undef PORT_TO
