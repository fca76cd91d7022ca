// Judge RMS normalization by golden vectors: node judge.js rms_norm/paper.json float32
// Exit status: 0 if every number is accepted, 1 if one is not, 2 if nothing could be judged.
"use strict";
const { readFileSync } = require("fs");

// The implementation under test: y = gamma x / sqrt(mean(x^2) + eps) over groups of n elements.
// `round` makes a float32 of a number; after every + - * / and sqrt it gives what a float32
// machine gives, because binary64 has more than twice as many bits.
function rmsNorm(x, gamma, eps, n, round) {
  const y = [];
  for (let start = 0; start < x.length; start += n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = round(sum + round(x[start + i] * x[start + i]));
    const r = round(1 / round(Math.sqrt(round(round(sum / n) + round(eps)))));
    for (let i = 0; i < n; i++) {
      const xhat = round(x[start + i] * r);
      y.push(gamma ? round(gamma[i] * xhat) : xhat);
    }
  }
  return y;
}

const FORMATS = { float32: [Math.fround, 8], float64: [(x) => x, 16] }; // and digits of a pattern
const split = (text) => text.split(" ").filter((token) => token);
const size = (shape) => shape.reduce((product, length) => product * length, 1);

// A hexadecimal float: an integer times a power of two, in two factors lest one underflow.
function number(token) {
  if (token === "nan") return NaN;
  if (token.endsWith("inf")) return token[0] === "-" ? -Infinity : Infinity;
  const found = /^(-?)0x([01])(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(token);
  if (!found) throw new Error(`not a number: ${token}`);
  const [, sign, lead, fraction = "", exponent] = found;
  const power = Number(exponent) - 4 * fraction.length;
  const half = Math.trunc(power / 2);
  const x = parseInt(lead + fraction, 16) * 2 ** half * 2 ** (power - half);
  return sign ? -x : x;
}

function values(tensor, round) {
  const numbers = split(tensor.data).map(number);
  if (numbers.length !== size(tensor.shape)) throw new Error("a tensor is not of its shape");
  if (!numbers.every((x) => Object.is(round(x), x))) throw new Error("not in the format");
  return numbers;
}

function fromBits(pattern, digits) {
  if (!/^[0-9a-f]+$/.test(pattern) || pattern.length !== digits)
    throw new Error(`not a bit pattern: ${pattern}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt("0x" + pattern.padEnd(16, "0")));
  return digits === 8 ? view.getFloat32(0) : view.getFloat64(0);
}

const CLASSES = {
  nan: Number.isNaN,
  "+inf": (x) => x === Infinity,
  "-inf": (x) => x === -Infinity,
  finite: Number.isFinite,
  "+0": (x) => Object.is(x, 0),
  "-0": (x) => Object.is(x, -0),
  unjudged: () => true,
};

function accepts(lo, hi, got, digits) {
  if (lo in CLASSES) return CLASSES[lo](got);
  return fromBits(lo, digits) <= got && got <= fromBits(hi, digits);
}

function judge(document, profile) {
  if (!document.schema.startsWith("2.")) throw new Error(`unknown version ${document.schema}`);
  if (document.rule !== "normalizations/rms_norm") throw new Error(`wrong rule ${document.rule}`);
  if (!(profile in document.profiles)) throw new Error(`no such profile: ${profile}`);
  const format = document.profiles[profile].format;
  if (!(format in FORMATS)) throw new Error(`this program does not compute in ${format}`);
  const [round, digits] = FORMATS[format];
  let cases = 0, numbers = 0, wrong = 0, first = "";
  for (const problem of document.cases) {
    const [step] = problem.steps;
    if (problem.kind !== "layer" || !(profile in step.expected.y.accept)) continue;
    cases++;
    const { x, gamma } = step.given;
    const got = rmsNorm(values(x, round), gamma && values(gamma, round), number(step.hyper.eps),
      size(x.shape.slice(step.attributes.axis)), round);
    const { shape, accept } = step.expected.y;
    const { lo, hi } = accept[accept[profile].same_as ?? profile];
    const low = split(lo), high = split(hi);
    if (![got, low, high].every((list) => list.length === size(shape)))
      throw new Error(`${problem.id}: y is not of its shape`);
    got.forEach((y, i) => {
      numbers++;
      if (accepts(low[i], high[i], y, digits)) return;
      wrong++;
      const [from, to] = [low[i], high[i]].map((end) =>
        end in CLASSES ? end : fromBits(end, digits));
      first ||= `\nfirst wrong number: case ${problem.id}, y[${i}]\n` +
        `  got      ${y}\n  accepted ${from} to ${to}`;
    });
  }
  if (!numbers) throw new Error("nothing was judged");
  console.log(`${profile}: ${cases} cases, ${numbers} numbers, ${wrong} wrong`);
  if (first) console.log(first);
  return wrong ? 1 : 0;
}

const [path, profile = "float32"] = process.argv.slice(2);
try {
  process.exitCode = judge(JSON.parse(readFileSync(path, "utf8")), profile);
} catch (error) {
  console.error(`judge: ${path}: ${error.message.split("\n")[0]}`);
  process.exitCode = 2;
}
