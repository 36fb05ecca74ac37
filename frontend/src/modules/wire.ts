// htmx as this product uses it: no eval, refusals shown in words, polls that cost nothing when nothing changed.
import htmx from "htmx.org";
import { isTyping } from "./guard";
import { english } from "./words";

interface Problem {
  title?: string;
  detail?: string;
}

function sentence(xhr: XMLHttpRequest): string {
  if ((xhr.getResponseHeader("Content-Type") ?? "").includes("json")) {
    try {
      const problem = JSON.parse(xhr.responseText) as Problem;
      return problem.detail ?? problem.title ?? "";
    } catch {
      return "";
    }
  }
  return "";
}

function show(words: string): void {
  const place = document.querySelector<HTMLElement>("#refusal");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "refusal";
  box.setAttribute("role", "alert");
  box.textContent = words || (english() ? "That did not work. Please try again." : "没有成功，请再试一次。");
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

/** The session has ended: a form is sent once more as a browser does it, and the log-in page carries it; else one goes there. */
function leadToLogIn({ requestConfig }: HtmxAnswer): void {
  if (requestConfig.elt.matches("[data-beside]")) return; // nobody waits for it; what is typed is not left for its sake
  const form = requestConfig.elt.closest("form"); // the event's own element is the place to be swapped
  if (requestConfig.verb !== "get" && form) {
    form.method = "post";
    form.action = requestConfig.path;
    if (!form.querySelector("[name=csrfmiddlewaretoken]")) form.append(csrfField());
    HTMLFormElement.prototype.submit.call(form);
  } else if (!isTyping()) {
    window.location.assign(`/login/?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  }
}

function csrfField(): HTMLInputElement {
  const field = document.createElement("input");
  const told = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  field.type = "hidden";
  field.name = "csrfmiddlewaretoken";
  field.value = told["X-CSRFToken"] ?? "";
  return field;
}

/** A 4xx or 5xx page fragment goes to #refusal; 422 stays where the form is, with its errors. */
function onAnswer(event: Event): void {
  const detail = (event as CustomEvent<HtmxAnswer>).detail;
  const { xhr } = detail;
  const isBeside = detail.requestConfig.elt.matches("[data-beside]"); // nobody waits for it
  if (xhr.status === 401) {
    if (!isBeside) leadToLogIn(detail); // what is typed is not left for its sake
    return;
  }
  if (xhr.status < 400 || xhr.status === 422) {
    if (detail.requestConfig.verb !== "get" && !isBeside) document.querySelector("#refusal")?.replaceChildren();
    return;
  }
  const html = (xhr.getResponseHeader("Content-Type") ?? "").includes("html");
  const place = detail.elt.closest("[data-opened]")?.querySelector("[data-refusal]") ?? document.querySelector("#refusal");
  if (html && place && !/<html[\s>]/i.test(xhr.responseText)) {
    detail.shouldSwap = true;
    detail.target = place;
    detail.swapOverride = "innerHTML";
    place.scrollIntoView({ block: "nearest" });
  } else if (!detail.elt.closest("[data-poll]")) {
    show(sentence(xhr));
  }
}

interface HtmxAnswer {
  xhr: XMLHttpRequest;
  elt: Element;
  target: Element;
  shouldSwap: boolean;
  swapOverride?: string;
  requestConfig: { elt: Element; verb: string; path: string };
}

/** `data-poll="5" hx-get=… hx-trigger="poll"`: asks every so many seconds while seen, with the last ETag. */
function startPolls(): void {
  const tags = new WeakMap<Element, string>();
  const asked = new WeakMap<Element, number>();
  window.setInterval(() => {
    if (document.hidden) return;
    for (const place of document.querySelectorAll<HTMLElement>("[data-poll]")) {
      const every = Number(place.dataset["poll"]) * 1000;
      const last = asked.get(place) ?? Date.now();
      if (!asked.has(place)) asked.set(place, last);
      if (!(every > 0) || Date.now() - last < every) continue;
      if (place.contains(document.activeElement) && document.activeElement?.matches("input, textarea, select")) continue;
      asked.set(place, Date.now());
      htmx.trigger(place, "poll");
    }
  }, 1000);
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, headers } = (event as CustomEvent<{ elt: Element; headers: Record<string, string> }>).detail;
    const tag = tags.get(elt);
    if (tag) headers["If-None-Match"] = tag;
  });
  // Only what was drawn counts as known: an answer that was not swapped in is asked for again.
  document.addEventListener("htmx:afterSwap", (event) => {
    const { target, xhr } = (event as CustomEvent<{ target: Element; xhr: XMLHttpRequest }>).detail;
    const tag = target.matches("[data-poll]") ? xhr.getResponseHeader("ETag") : null;
    if (tag) tags.set(target, tag);
  });
}

export function startWire(): void {
  document.addEventListener("htmx:beforeSwap", onAnswer);
  document.addEventListener("htmx:sendError", (event) => {
    const isBeside = event.target instanceof Element && event.target.matches("[data-beside]"); // nobody waits for it
    if (!isBeside) show(english() ? "No connection to the server." : "连不上服务器。");
  });
  startPolls();
}
