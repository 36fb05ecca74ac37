// Colleagues before the same case: the page says that it is there and whether one writes, and looks once more before an answer goes out.
import htmx from "htmx.org";

const WRITES_FOR = 45_000;
const REPLY = "do-case-replies";
let typedAt = 0;
let told = "";

const place = (): HTMLElement | null => document.querySelector<HTMLElement>("#presence");
const words = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>(`#${REPLY} textarea`);
const isWriting = (): boolean => Date.now() - typedAt < WRITES_FOR && words()?.value.trim() !== "";
/** The newest answer somebody else sent since the page was drawn. */
const newest = (): string => [...document.querySelectorAll<HTMLElement>("#presence-reply [data-answer]")].at(-1)?.dataset["answer"] ?? "";

interface Asked {
  elt: HTMLElement;
  parameters: Record<string, string>;
  issueRequest: (confirmed: boolean) => void;
}

/** An answer waits for a last look; one that somebody else sent meanwhile is shown, and the next press sends. */
function lookFirst(event: Event): void {
  const { elt, issueRequest } = (event as CustomEvent<Asked>).detail;
  const here = place();
  const url = here?.getAttribute("hx-post");
  if (elt.id !== REPLY || !here || !url) return;
  event.preventDefault();
  const send = (): void => issueRequest(true);
  const look = (): void => {
    if (newest() === told) return send();
    told = newest();
    document.querySelector("#presence-reply")?.scrollIntoView({ block: "nearest" });
    words()?.dispatchEvent(new Event("input", { bubbles: true })); // not sent: kept as a draft again
  };
  told = newest();
  htmx.ajax("post", url, { source: here, target: here }).then(look, send);
}

export function startPresence(): void {
  document.addEventListener("htmx:confirm", lookFirst);
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<Asked>).detail;
    if (elt === place() && isWriting()) parameters["writing"] = "1";
  });
  document.addEventListener("input", (event) => {
    if (!event.isTrusted || event.target !== words()) return;
    const began = !isWriting();
    typedAt = Date.now();
    const here = place();
    if (began && here) htmx.trigger(here, "poll");
  });
}
