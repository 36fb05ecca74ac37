// The chat on a company's own website: one line of script, a button, and a frame of Goodword's own page behind it.
// Nothing of the site is read; the frame speaks only to the page that made it, and is believed only from its own origin.
const script = document.currentScript as HTMLScriptElement | null;

const KEEP = "goodword:keep:";
const STORE = "goodword-chat";

/** The conversation's token, where the browser lets a frame keep nothing itself; it never leaves the browser but to the frame. */
function keep(token: string): void {
  try {
    localStorage.setItem(STORE, token);
  } catch {
    // The conversation lasts as long as the page.
  }
}

function kept(): string {
  try {
    return localStorage.getItem(STORE) ?? "";
  } catch {
    return "";
  }
}

function start(source: HTMLScriptElement): void {
  const home = new URL(source.src).origin;
  const english = (source.dataset["lang"] ?? document.documentElement.lang).startsWith("en");
  const label = source.dataset["label"] ?? (english ? "Chat with us" : "在线咨询");
  const colour = source.dataset["colour"] ?? "#0b6b5d";

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  style(button, {
    position: "fixed", right: "20px", bottom: "20px", zIndex: "2147483000", padding: "12px 18px", border: "0",
    borderRadius: "999px", background: colour, color: "#fff", font: "600 16px/1.2 system-ui, sans-serif",
    boxShadow: "0 4px 16px rgb(0 0 0 / 25%)", cursor: "pointer",
  });

  let frame: HTMLIFrameElement | null = null;
  const toggle = (open: boolean): void => {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = label;
      const page = new URL("/p/chat/", home);
      page.searchParams.set("site", location.origin);
      for (const name of ["order", "device"] as const) if (source.dataset[name]) page.searchParams.set(name, source.dataset[name]);
      page.hash = kept();
      frame.src = page.href;
      style(frame, {
        position: "fixed", right: "20px", bottom: "76px", zIndex: "2147483000", width: "min(400px, calc(100vw - 24px))",
        height: "min(620px, calc(100vh - 100px))", border: "0", borderRadius: "12px", background: "#fff",
        boxShadow: "0 8px 32px rgb(0 0 0 / 30%)",
      });
      document.body.append(frame);
    }
    if (frame) frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = label;
    if (open) frame?.focus();
  };
  button.addEventListener("click", () => toggle(button.getAttribute("aria-expanded") !== "true"));
  window.addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame?.contentWindow) return;
    if (typeof event.data === "string" && event.data.startsWith(KEEP)) keep(event.data.slice(KEEP.length));
    if (event.data === "goodword:close") {
      toggle(false);
      button.focus();
    }
    if (event.data === "goodword:answer" && frame?.hidden) button.textContent = `${label} ●`;
  });
  document.body.append(button);
}

function style(element: HTMLElement, rules: Partial<CSSStyleDeclaration>): void {
  Object.assign(element.style, rules); // by the object model, which a site's policy on inline styles lets be
}

if (script) {
  if (document.body) start(script);
  else addEventListener("DOMContentLoaded", () => start(script));
}
