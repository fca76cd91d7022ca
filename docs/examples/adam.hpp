// The implementation under test: one step of Adam on n elements, in place.
//
// t counts steps from 1. The moments m and v are kept between steps; v_max is AMSGrad's, and null
// without it. Scalars are computed in double and rounded where they meet a tensor: a backend that
// does so keeps the profile float32 as well as float64.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

template <class T>
void adam(std::size_t n, T* theta, const T* g, T* m, T* v, T* v_max, long t, double alpha,
          double beta1, double beta2, double eps, double weight_decay) {
    const double bias1 = 1 - std::pow(beta1, t), bias2 = 1 - std::pow(beta2, t);
    for (std::size_t i = 0; i < n; ++i) {
        const T gradient = weight_decay == 0 ? g[i] : g[i] + T(weight_decay) * theta[i];
        m[i] = T(beta1) * m[i] + T(1 - beta1) * gradient;
        v[i] = T(beta2) * v[i] + T(1 - beta2) * (gradient * gradient);
        if (v_max) v_max[i] = std::max(v_max[i], v[i]);
        const T m_hat = m[i] / T(bias1);
        const T v_hat = (v_max ? v_max[i] : v[i]) / T(bias2);
        theta[i] -= T(alpha) * m_hat / (std::sqrt(v_hat) + T(eps));
    }
}
