// Judge an implementation of Adam by golden vectors: read, run, compare two numbers.
//
//     judge adam/paper.json float64 float32
//
// Exit status: 0 if every number is accepted, 1 if one is not, 2 if nothing could be judged.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "json.hpp"

#ifndef IMPLEMENTATION
#define IMPLEMENTATION "adam.hpp"  // the place to put yours
#endif
#include IMPLEMENTATION

#ifdef __FAST_MATH__
#error "-ffast-math assumes that no number is NaN; compile the judge without it"
#endif

// READ

std::vector<std::string> split(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::size_t size_of(const Json& shape) {
    std::size_t size = 1;
    for (const Json& length : shape.items) size *= std::stoul(length.text);
    return size;
}

// strtod is exact here, because every input is a binary64 number. It would not be for `exact`.
double number(const std::string& token) {
    char* end = nullptr;
    const double x = std::strtod(token.c_str(), &end);
    if (token.empty() || *end) throw Problem("not a number: '" + token + "'");
    return x;
}

template <class T>
std::vector<T> values(const Json& tensor) {
    std::vector<T> result;
    for (const auto& token : split(tensor["data"].text)) {
        const double x = number(token);
        result.push_back(static_cast<T>(x));
        if (x == x && result.back() != x) throw Problem("not in the profile's format: " + token);
    }
    if (result.size() != size_of(tensor["shape"])) throw Problem("a tensor is not of its shape");
    return result;
}

template <class T>
T from_bits(const std::string& pattern) {
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    char* end = nullptr;
    const Bits bits = static_cast<Bits>(std::strtoull(pattern.c_str(), &end, 16));
    if (pattern.size() != 2 * sizeof(T) || *end) throw Problem("no bit pattern: " + pattern);
    T x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

// COMPARE

template <class T>
bool accepts(const std::string& lo, const std::string& hi, T got) {
    if (lo == "unjudged") return true;
    if (lo == "nan") return got != got;
    if (lo == "+inf") return got == INFINITY;
    if (lo == "-inf") return got == -INFINITY;
    if (lo == "finite") return std::isfinite(got);
    if (lo == "+0") return got == 0 && !std::signbit(got);
    if (lo == "-0") return got == 0 && std::signbit(got);
    return from_bits<T>(lo) <= got && got <= from_bits<T>(hi);
}

struct Tally {
    int cases = 0, numbers = 0, wrong = 0, not_in_profile = 0, not_asked = 0;
    std::string first_failure;
};

template <class T>
void compare(const Json& expected, const std::string& profile, const std::vector<T>& got,
             const std::string& place, Tally& tally) {
    const Json* accept = &expected["accept"][profile];
    if (accept->has("same_as")) accept = &expected["accept"][(*accept)["same_as"].text];
    const auto lo = split((*accept)["lo"].text), hi = split((*accept)["hi"].text);
    const auto exact = split(expected["exact"].text);
    const std::size_t size = size_of(expected["shape"]);
    if (lo.size() != size || hi.size() != size || exact.size() != size || got.size() != size)
        throw Problem(place + " is not of its shape");
    for (std::size_t i = 0; i < size; ++i) {
        ++tally.numbers;
        if (accepts(lo[i], hi[i], got[i]) || tally.wrong++) continue;
        std::ostringstream message;
        message.precision(17);
        message << place << "[" << i << "]\n  got      " << got[i] << "\n  accepted ";
        if (lo[i] == hi[i] && lo[i].size() != 2 * sizeof(T)) message << lo[i];
        else message << from_bits<T>(lo[i]) << " to " << from_bits<T>(hi[i]);
        message << "\n  exact    " << exact[i];
        tally.first_failure = message.str();
    }
}

// RUN

template <class T>
void run(const Json& problem, const std::string& profile, Tally& tally) {
    std::map<std::string, std::vector<T>> state;
    for (const auto& name : problem["given"].keys) state[name] = values<T>(problem["given"][name]);
    const std::size_t n = state["theta"].size();
    long t = std::stol(problem["t"].text);
    int count = 0;  // of steps
    for (const Json& step : problem["steps"].items) {
        const auto g = values<T>(step["given"]["g"]);
        const auto hyper = [&](const char* name) { return number(step["hyper"][name].text); };
        for (const auto& [name, tensor] : state)
            if (tensor.size() != n || g.size() != n) throw Problem("shapes differ: " + name);
        adam(n, state["theta"].data(), g.data(), state["m"].data(), state["v"].data(),
             state.count("v_max") ? state["v_max"].data() : nullptr, t++, hyper("alpha"),
             hyper("beta1"), hyper("beta2"), hyper("eps"),
             step["hyper"].has("weight_decay") ? hyper("weight_decay") : 0);
        const Json& expected = step["expected"];
        const std::string place = profile + ": case " + problem["id"].text + ", step " +
                                  std::to_string(++count) + ", ";
        for (const auto& name : expected.keys)
            compare(expected[name], profile, state[name], place + name, tally);
    }
}

bool asks_for_more(const Json& problem) {
    for (const Json& option : problem["options"].items)
        if (option.text != "amsgrad" && option.text != "weight_decay") return true;
    return problem["kind"].text != "step" && problem["kind"].text != "trajectory";
}

template <class T>
Tally judge(const Json& document, const std::string& profile) {
    Tally tally;
    for (const Json& problem : document["cases"].items) {
        const Json& first = problem["steps"].items.at(0)["expected"].items.at(0);
        if (asks_for_more(problem)) ++tally.not_asked;
        else if (!first["accept"].has(profile)) ++tally.not_in_profile;
        else ++tally.cases, run<T>(problem, profile, tally);
    }
    return tally;
}

Tally judge(const Json& document, const std::string& profile) {
    if (!document["profiles"].has(profile)) throw Problem("no such profile: " + profile);
    const std::string& format = document["profiles"][profile]["format"].text;
    if (format == "float64") return judge<double>(document, profile);
    if (format == "float32") return judge<float>(document, profile);
    throw Problem("this program computes in float64 and float32, not in " + format);
}

int main(int argc, char** argv) try {
    if (argc < 2) throw Problem("usage: judge FILE [PROFILE ...]");
    std::ifstream file(argv[1], std::ios::binary);
    if (!file) throw Problem("cannot open the file");
    const Json document = JsonReader({std::istreambuf_iterator<char>(file), {}}).document();
    const std::string schema = document["schema"].text, rule = document["rule"].text;
    if (schema.substr(0, 2) != "2.") throw Problem("unknown schema version " + schema);
    if (rule != "optimizers/adam") throw Problem("this program computes Adam, not " + rule);

    std::vector<std::string> profiles(argv + 2, argv + argc);
    if (profiles.empty()) profiles = {"float64", "float32"};
    std::vector<Tally> tallies;
    for (const auto& profile : profiles) tallies.push_back(judge(document, profile));

    std::printf("%s, dialect %s\n", rule.c_str(), document["dialect"].text.c_str());
    std::printf("%-20s %7s %8s %6s %15s %10s\n", "profile", "cases", "numbers", "wrong",
                "not in profile", "not asked");
    int wrong = 0, numbers = 0;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const Tally& x = tallies[i];
        std::printf("%-20s %7d %8d %6d %15d %10d\n", profiles[i].c_str(), x.cases, x.numbers,
                    x.wrong, x.not_in_profile, x.not_asked);
        wrong += x.wrong, numbers += x.numbers;
    }
    for (const Tally& x : tallies)
        if (x.wrong) std::printf("\nfirst wrong number in %s\n", x.first_failure.c_str());
    if (!numbers) throw Problem("nothing was judged");
    return wrong ? 1 : 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "judge: %s: %s\n", argc > 1 ? argv[1] : "", error.what());
    return 2;
}
