// Render formulas: blocks marked `math`, and code between dollar signs in a line.
"use strict";

function render(source, displayMode) {
  const target = document.createElement(displayMode ? "div" : "span");
  target.className = displayMode ? "math" : "";
  katex.render(source.textContent, target, { displayMode, throwOnError: false });
  return target;
}

// The highlighter takes the mark away, so blocks are known by how they begin.
for (const source of document.querySelectorAll("pre code")) {
  if (source.textContent.startsWith("\\begin{")) {
    source.closest(".codehilite").replaceWith(render(source, true));
  }
}

for (const source of document.querySelectorAll("code")) {
  const [before, after] = [source.previousSibling, source.nextSibling];
  if (before?.nodeValue?.endsWith("$") && after?.nodeValue?.startsWith("$")) {
    const target = render(source, false);
    const [, punctuation, rest] = after.nodeValue.match(/^\$([.,:;?)]*)(.*)$/s);
    before.nodeValue = before.nodeValue.slice(0, -1);
    after.nodeValue = rest;
    source.replaceWith(target);
    (target.querySelector(".katex-html")?.lastChild ?? target).append(punctuation);  // on its line
  }
}
