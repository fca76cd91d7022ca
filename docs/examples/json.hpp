// A JSON document (RFC 8259), read by recursive descent. C++17, standard library only.
#pragma once

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// What is wrong with a file, in one line.
struct Problem : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A value. Numbers, true, false and null stay text, and so do the \u escapes of a string.
struct Json {
    enum Kind { object, array, string, scalar } kind;
    std::string text;
    std::vector<std::string> keys;  // of an object, one for each item
    std::vector<Json> items;

    bool has(const std::string& key) const { return index(key) < keys.size(); }

    const Json& operator[](const std::string& key) const {
        if (!has(key)) throw Problem("missing key '" + key + "'");
        return items[index(key)];
    }

   private:
    std::size_t index(const std::string& key) const {
        std::size_t i = 0;
        while (i < keys.size() && keys[i] != key) ++i;
        return i;
    }
};

class JsonReader {
   public:
    explicit JsonReader(std::string document) : text(std::move(document)) {}

    Json document() {
        Json result = value(0);
        if (peek() != '\0' || at != text.size()) fail("more text after the end");
        return result;
    }

   private:
    const std::string text;
    std::size_t at = 0;

    [[noreturn]] void fail(const std::string& what) const {
        throw Problem("not valid JSON at byte " + std::to_string(at) + ": " + what);
    }

    char next() {
        if (at == text.size()) fail("the file ends too early");
        return text[at++];
    }

    // The next character that is not blank, left where it is; '\0' at the end.
    char peek() {
        at = text.find_first_not_of(" \t\r\n", at);
        if (at == std::string::npos) at = text.size();
        return at < text.size() ? text[at] : '\0';
    }

    bool skip(char wanted) { return peek() == wanted && ++at; }

    Json value(int depth) {
        if (depth > 100) fail("nested too deeply");
        if (skip('{')) return collection(Json::object, '}', depth);
        if (skip('[')) return collection(Json::array, ']', depth);
        if (skip('"')) return {Json::string, string(), {}, {}};
        return {Json::scalar, scalar(), {}, {}};
    }

    Json collection(Json::Kind kind, char end, int depth) {
        Json result{kind, "", {}, {}};
        if (skip(end)) return result;
        do {
            if (kind == Json::object) {
                if (!skip('"')) fail("expected a key");
                result.keys.push_back(string());
                if (!skip(':')) fail("expected :");
            }
            result.items.push_back(value(depth + 1));
        } while (skip(','));
        if (!skip(end)) fail(at == text.size() ? "the file ends too early" : "expected , or end");
        return result;
    }

    std::string string() {
        static const std::string escapes = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        std::string result;
        for (char c = next(); c != '"'; c = next()) {
            if (static_cast<unsigned char>(c) < 0x20) fail("a line break within a string");
            if (c == '\\') {
                const std::size_t escape = escapes.find(c = next());
                if (escape != std::string::npos) c = meanings[escape];
                else if (c == 'u') result += '\\';
                else fail("an unknown escape");
            }
            result += c;
        }
        return result;
    }

    std::string scalar() {
        const std::size_t start = at;
        while (at < text.size() && !std::strchr(" \t\r\n,:]}", text[at])) ++at;
        const std::string word = text.substr(start, at - start);
        if (word == "true" || word == "false" || word == "null") return word;
        char* end = nullptr;
        std::strtod(word.c_str(), &end);
        const bool decimal = word.find_first_not_of("+-.0123456789eE") == std::string::npos;
        if (word.empty() || *end || !decimal) fail("expected a value");
        return word;
    }
};
