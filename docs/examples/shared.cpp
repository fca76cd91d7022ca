// The implementation under test as a shared library, for an adapter in Python.
#include <cstddef>

#ifndef IMPLEMENTATION
#define IMPLEMENTATION "adam.hpp"
#endif
#include IMPLEMENTATION

extern "C" void adam_float32(std::size_t n, float* theta, const float* g, float* m, float* v, long t,
                             double alpha, double beta1, double beta2, double eps) {
    adam<float>(n, theta, g, m, v, nullptr, t, alpha, beta1, beta2, eps, 0);
}
