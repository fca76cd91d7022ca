// Adam as a CUDA kernel, called as the function in adam.hpp is: on arrays of the host.
#pragma once

#include <cmath>
#include <cstddef>
#include <stdexcept>

struct Scalars {
    double alpha, beta1, beta2, eps, weight_decay, bias1, bias2;
};

template <class T>
__global__ void adam_kernel(std::size_t n, T* theta, const T* g, T* m, T* v, T* v_max, Scalars s) {
    const std::size_t i = blockIdx.x * std::size_t(blockDim.x) + threadIdx.x;
    if (i >= n) return;
    const T gradient = s.weight_decay == 0 ? g[i] : g[i] + T(s.weight_decay) * theta[i];
    m[i] = T(s.beta1) * m[i] + T(1 - s.beta1) * gradient;
    v[i] = T(s.beta2) * v[i] + T(1 - s.beta2) * (gradient * gradient);
    if (v_max && v[i] > v_max[i]) v_max[i] = v[i];
    const T m_hat = m[i] / T(s.bias1);
    const T v_hat = (v_max ? v_max[i] : v[i]) / T(s.bias2);
    theta[i] -= T(s.alpha) * m_hat / (sqrt(v_hat) + T(s.eps));
}

inline void check(cudaError_t status) {
    if (status != cudaSuccess) throw std::runtime_error(cudaGetErrorString(status));
}

// An array of the host, copied to the device; null stays null.
template <class T>
struct OnDevice {
    T* data = nullptr;
    std::size_t bytes;

    OnDevice(const T* host, std::size_t n) : bytes(n * sizeof(T)) {
        if (!host) return;
        check(cudaMalloc(&data, bytes));
        check(cudaMemcpy(data, host, bytes, cudaMemcpyHostToDevice));
    }
    OnDevice(const OnDevice&) = delete;
    ~OnDevice() { cudaFree(data); }

    void copy_to(T* host) const {
        if (host) check(cudaMemcpy(host, data, bytes, cudaMemcpyDeviceToHost));
    }
};

template <class T>
void adam(std::size_t n, T* theta, const T* g, T* m, T* v, T* v_max, long t, double alpha,
          double beta1, double beta2, double eps, double weight_decay) {
    if (n == 0) return;
    const double bias1 = 1 - std::pow(beta1, t), bias2 = 1 - std::pow(beta2, t);
    const Scalars s{alpha, beta1, beta2, eps, weight_decay, bias1, bias2};
    OnDevice<T> d_theta(theta, n), d_g(g, n), d_m(m, n), d_v(v, n), d_v_max(v_max, n);
    const unsigned threads = 256, blocks = unsigned((n + threads - 1) / threads);
    adam_kernel<<<blocks, threads>>>(
        n, d_theta.data, d_g.data, d_m.data, d_v.data, d_v_max.data, s);
    check(cudaGetLastError());
    d_theta.copy_to(theta);
    d_m.copy_to(m);
    d_v.copy_to(v);
    d_v_max.copy_to(v_max);
}
