// Render the formulas of a page with KaTeX, and go again to where the address points.
"use strict";

const CLOSING = /^[.,:;?!)\]’”…%]+(?=\s|$)|^[.,:;?!)\]]+/;
const OPENING = /[(\[“‘]+$/;

// Punctuation beside a formula stays on the formula's line: it moves into its first or last box.
function keep(formula, text, mark, place) {
  const found = text?.nodeType === Node.TEXT_NODE && text.nodeValue.match(mark);
  const boxes = formula.querySelectorAll(".katex-html > .base");
  if (!found || !boxes.length) return;
  const word = document.createElement("span");
  word.className = "beside";
  word.textContent = found[0];
  text.nodeValue = text.nodeValue.replace(mark, "");
  boxes[place === "append" ? boxes.length - 1 : 0][place](word);
}

for (const formula of document.querySelectorAll(".arithmatex")) {
  const latex = formula.textContent.trim();
  const displayMode = latex.startsWith("\\[");
  katex.render(latex.slice(2, -2), formula, { displayMode, throwOnError: false });
  if (!displayMode) {
    keep(formula, formula.previousSibling, OPENING, "prepend");
    keep(formula, formula.nextSibling, CLOSING, "append");
  }
}

// What cannot be broken and is wider than a telephone scrolls in its own box there.
for (const formula of document.querySelectorAll("span.arithmatex")) {
  const widths = [...formula.querySelectorAll(".base")].map((box) => box.offsetWidth);
  formula.classList.toggle("long", Math.max(...widths) > 270);
}

// A long name in a cell may go on in the next line, between its parts.
for (const code of document.querySelectorAll("td code")) {
  if (code.childElementCount) continue;
  const parts = code.textContent.split(/(?<=[-._/(,=])(?=[a-z_])/i);
  code.replaceChildren(...parts.flatMap((part, at) => at ? [document.createElement("wbr"), part] : [part]));
}

// What stands above has grown, and grows again when its fonts are there.
function arrive() {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

if (location.hash) {
  arrive();
  const before = scrollY;
  document.fonts.ready.then(() => Math.abs(scrollY - before) < 2 && arrive());
}
