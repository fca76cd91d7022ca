// A JSON document (RFC 8259), read by recursive descent. Standard library only.
use super::Result;

/// A value; numbers, true, false and null stay text, and so do the \u escapes of a string.
pub enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    Text(String),
}

impl Json {
    pub fn find(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, x)| x),
            _ => None,
        }
    }
    pub fn get(&self, key: &str) -> Result<&Json> {
        self.find(key).ok_or(format!("missing key '{key}'"))
    }
    pub fn text(&self, key: &str) -> Result<&str> {
        match self.get(key)? {
            Json::Text(text) => Ok(text),
            _ => Err(format!("'{key}' is no text")),
        }
    }
    pub fn list(&self, key: &str) -> Result<&[Json]> {
        match self.get(key)? {
            Json::Array(items) => Ok(items),
            _ => Err(format!("'{key}' is no list")),
        }
    }
}

pub fn parse(text: &str) -> Result<Json> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
    };
    let document = reader.value(0)?;
    match reader.peek() {
        None => Ok(document),
        _ => reader.fail("more text after the end"),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn fail<T>(&self, what: &str) -> Result<T> {
        Err(format!("not valid JSON at byte {}: {what}", self.at))
    }
    fn peek(&mut self) -> Option<u8> {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }
    fn skip(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += found as usize;
        found
    }
    fn value(&mut self, depth: usize) -> Result<Json> {
        if depth > 100 {
            return self.fail("nested too deeply");
        }
        if self.skip(b'{') {
            let mut pairs = Vec::new();
            while !self.skip(b'}') {
                if !pairs.is_empty() && !self.skip(b',') || !self.skip(b'"') {
                    return self.fail("expected a key");
                }
                let key = self.string()?;
                if !self.skip(b':') {
                    return self.fail("expected :");
                }
                pairs.push((key, self.value(depth + 1)?));
            }
            return Ok(Json::Object(pairs));
        }
        if self.skip(b'[') {
            let mut items = Vec::new();
            while !self.skip(b']') {
                if !items.is_empty() && !self.skip(b',') {
                    return self.fail("expected ,");
                }
                items.push(self.value(depth + 1)?);
            }
            return Ok(Json::Array(items));
        }
        if self.skip(b'"') {
            return Ok(Json::Text(self.string()?));
        }
        let rest = &self.bytes[self.at..];
        let length = rest
            .iter()
            .take_while(|c| !b" \t\r\n,:]}".contains(c))
            .count();
        let word = String::from_utf8_lossy(&rest[..length]).into_owned();
        let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if !["true", "false", "null"].contains(&&*word) && !(number && word.parse::<f64>().is_ok())
        {
            return self.fail("expected a value");
        }
        self.at += length;
        Ok(Json::Text(word))
    }
    fn string(&mut self) -> Result<String> {
        let start = self.at;
        while let Some(c) = self.bytes.get(self.at) {
            self.at += 1;
            match c {
                b'"' => {
                    let text = &self.bytes[start..self.at - 1];
                    return Ok(String::from_utf8_lossy(text).into_owned());
                }
                b'\\' => self.at += 1, // escapes stay as they are: no name or number has one
                _ => {}
            }
        }
        self.fail("the file ends within a string")
    }
}
