// Judge gradient descent by golden vectors: judge sgd/l2.json float32
// Exit status: 0 if every number is accepted, 1 if one is not, 2 if nothing could be judged.
mod json; // json.rs; or serde_json, if you have it

use json::Json;
use std::{env, fs, process};

pub type Result<T> = std::result::Result<T, String>;

/// The implementation under test, in float32: one step on every element.
fn sgd(theta: &mut [f32], g: &[f32], alpha: f64, weight_decay: f64) {
    for (theta, g) in theta.iter_mut().zip(g) {
        let mut g = *g;
        if weight_decay != 0.0 {
            g += weight_decay as f32 * *theta;
        }
        *theta -= alpha as f32 * g;
    }
}

/// A hexadecimal float: an integer times a power of two, in two factors lest one underflow.
fn number(token: &str) -> Result<f64> {
    let fail = || format!("not a number: {token}");
    let (sign, digits) = match token.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, token),
    };
    match digits {
        "nan" => return Ok(f64::NAN),
        "inf" | "+inf" => return Ok(sign * f64::INFINITY),
        _ => {}
    }
    let (mantissa, exponent) = digits
        .strip_prefix("0x")
        .and_then(|x| x.split_once('p'))
        .ok_or_else(fail)?;
    let (lead, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let man = u64::from_str_radix(&format!("{lead}{fraction}"), 16).map_err(|_| fail())?;
    let power = exponent.parse::<i32>().map_err(|_| fail())? - 4 * fraction.len() as i32;
    Ok(sign * man as f64 * 2f64.powi(power / 2) * 2f64.powi(power - power / 2))
}

fn size(tensor: &Json) -> Result<usize> {
    tensor
        .list("shape")?
        .iter()
        .try_fold(1, |size, length| match length {
            Json::Text(n) => n
                .parse::<usize>()
                .map(|n| size * n)
                .map_err(|e| e.to_string()),
            _ => Err("a shape is no list of numbers".into()),
        })
}

fn tokens<'a>(item: &'a Json, key: &str, size: usize) -> Result<Vec<&'a str>> {
    let tokens: Vec<_> = item.text(key)?.split_whitespace().collect();
    match tokens.len() == size {
        true => Ok(tokens),
        false => Err(format!("'{key}' is not of its shape")),
    }
}

fn values(tensor: &Json) -> Result<Vec<f32>> {
    let narrowed = |token: &&str| match number(token)? {
        x if x.is_nan() || f64::from(x as f32) == x => Ok(x as f32),
        _ => Err(format!("not in the profile's format: {token}")),
    };
    let numbers = tokens(tensor, "data", size(tensor)?)?;
    numbers.iter().map(narrowed).collect()
}

fn from_bits(pattern: &str) -> Result<f32> {
    match u32::from_str_radix(pattern, 16) {
        Ok(bits) if pattern.len() == 8 => Ok(f32::from_bits(bits)),
        _ => Err(format!("not a bit pattern: {pattern}")),
    }
}

fn accepts(lo: &str, hi: &str, got: f32) -> Result<bool> {
    Ok(match lo {
        "nan" => got.is_nan(),
        "+inf" => got == f32::INFINITY,
        "-inf" => got == f32::NEG_INFINITY,
        "finite" => got.is_finite(),
        "+0" => got.to_bits() == 0,
        "-0" => got.to_bits() == 1 << 31,
        "unjudged" => true,
        _ => from_bits(lo)? <= got && got <= from_bits(hi)?,
    })
}

fn accepted(step: &Json) -> Result<&Json> {
    step.get("expected")?.get("theta")?.get("accept")
}

fn judge(path: &str, profile: &str) -> Result<i32> {
    let document = json::parse(&fs::read_to_string(path).map_err(|e| e.to_string())?)?;
    match (document.text("schema")?, document.text("rule")?) {
        (version, _) if !version.starts_with("2.") => {
            return Err(format!("unknown schema version {version}"))
        }
        (_, "optimizers/sgd") => {}
        (_, rule) => return Err(format!("this program computes SGD, not {rule}")),
    }
    let Some(known) = document.get("profiles")?.find(profile) else {
        return Err(format!("no such profile: {profile}"));
    };
    if known.text("format")? != "float32" {
        return Err("this program computes in float32".into());
    }
    let (mut cases, mut judged, mut wrong, mut first) = (0, 0, 0, String::new());
    for case in document.list("cases")? {
        let steps = case.list("steps")?;
        let first_step = steps.first().ok_or("a case has no steps")?;
        if accepted(first_step)?.find(profile).is_none() {
            continue; // its numbers are not in the profile's format
        }
        cases += 1;
        let mut theta = values(case.get("given")?.get("theta")?)?;
        for (index, step) in steps.iter().enumerate() {
            let hyper = step.get("hyper")?;
            let decay = match hyper.find("weight_decay") {
                Some(_) => number(hyper.text("weight_decay")?)?,
                None => 0.0,
            };
            let g = values(step.get("given")?.get("g")?)?;
            sgd(&mut theta, &g, number(hyper.text("alpha")?)?, decay);

            let mut ends = accepted(step)?.get(profile)?;
            if ends.find("same_as").is_some() {
                ends = accepted(step)?.get(ends.text("same_as")?)?;
            }
            let n = size(step.get("expected")?.get("theta")?)?;
            let (lo, hi) = (tokens(ends, "lo", n)?, tokens(ends, "hi", n)?);
            if theta.len() != n {
                return Err("theta is not of its shape".into());
            }
            for (i, &got) in theta.iter().enumerate() {
                judged += 1;
                if accepts(lo[i], hi[i], got)? {
                    continue;
                }
                wrong += 1;
                if wrong == 1 {
                    let show = |end: &str| from_bits(end).map_or(end.into(), |x| x.to_string());
                    let (id, step) = (case.text("id")?, index + 1);
                    first = format!("case {id}, step {step}, theta[{i}]\n  got      {got}");
                    first += &format!("\n  accepted {} to {}", show(lo[i]), show(hi[i]));
                }
            }
        }
    }
    if judged == 0 {
        return Err("nothing was judged".into());
    }
    println!("{profile}: {cases} cases, {judged} numbers, {wrong} wrong");
    if wrong > 0 {
        println!("\nfirst wrong number: {first}");
    }
    Ok((wrong > 0) as i32)
}

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let path = arguments.first().map_or("", |x| x);
    let profile = arguments.get(1).map_or("float32", |x| x);
    process::exit(judge(path, profile).unwrap_or_else(|problem| {
        eprintln!("judge: {path}: {problem}");
        2
    }));
}
