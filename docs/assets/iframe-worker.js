// Search from a folder: browsers start no worker for pages without a server, so a hidden frame
// does what the worker would have done.
"use strict";

class FrameWorker extends EventTarget {
  constructor(address) {
    super();
    this.frame = document.createElement("iframe");
    this.frame.hidden = true;
    this.ready = new Promise((resolve) => {
      const start = () => {
        const { contentWindow, contentDocument } = this.frame;
        contentWindow.postMessage = (data) =>
          this.dispatchEvent(new MessageEvent("message", { data }));
        const script = contentDocument.createElement("script");
        script.src = address;
        script.onload = () => resolve(contentWindow);
        contentDocument.body.append(script);
      };
      this.frame.onload = start;
      const attach = () => document.body.append(this.frame);
      if (document.body) attach();
      else addEventListener("DOMContentLoaded", attach);
    });
  }

  postMessage(data) {
    this.ready.then((inside) =>
      inside.dispatchEvent(new inside.MessageEvent("message", { data })));
  }

  terminate() {
    this.frame.remove();
  }
}

if (location.protocol === "file:") window.Worker = FrameWorker;
