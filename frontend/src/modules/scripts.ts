// Scripts in the reply box: `/` and the beginning of a key or title lists them, arrows choose, Enter puts the words in.
import htmx from "htmx.org";
import { fit } from "./fuzzy";
import { english } from "./words";

const ASKED = /(?:^|[\s，。！？,.!?])\/([^\s/]{0,40})$/;

interface Box {
  text: HTMLTextAreaElement;
  place: HTMLElement;
  found: HTMLElement;
}

function boxOf(at: EventTarget | null): Box | null {
  const form = at instanceof Element ? at.closest("form") : null;
  const place = form?.querySelector<HTMLElement>("[data-scripts]");
  const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const found = place?.querySelector<HTMLElement>(".scripts__found");
  return place && text && found ? { text, place, found } : null;
}

/** What stands after the `/` before the caret; null where no `/` asks for a script. */
const asked = ({ text }: Box): string | null => ASKED.exec(text.value.slice(0, text.selectionStart))?.[1] ?? null;
const shown = ({ found }: Box): HTMLElement[] => [...found.querySelectorAll<HTMLElement>("[data-script-entry]:not([hidden])")];

function mark(box: Box, entry: HTMLElement | undefined): void {
  for (const one of box.found.querySelectorAll(".is-active")) one.classList.remove("is-active");
  entry?.classList.add("is-active");
  entry?.scrollIntoView({ block: "nearest" });
}

function narrow(box: Box, words: string): void {
  let best: HTMLElement | undefined;
  let most = 0;
  for (const entry of box.found.querySelectorAll<HTMLElement>("[data-script-entry]")) {
    const fits = words ? fit(words, ...(entry.dataset["scriptEntry"] ?? "").split("|")) : 1;
    entry.hidden = !fits;
    if (fits > most) [most, best] = [fits, entry];
  }
  for (const group of box.found.querySelectorAll<HTMLElement>("[data-script-group]"))
    group.hidden = !group.querySelector("[data-script-entry]:not([hidden])");
  mark(box, best);
  say(box, best);
}

function say(box: Box, first: HTMLElement | undefined): void {
  const said = box.place.querySelector("[data-scripts-said]");
  const count = shown(box).length;
  const name = first?.querySelector("a")?.textContent ?? "";
  if (said) said.textContent = count ? `${count} · ${name}` : english() ? "No such script" : "没有这样的话术";
}

function open(box: Box, words: string): void {
  box.found.hidden = false;
  const link = box.place.querySelector("[data-scripts-open]");
  if (link && !box.found.childElementCount) htmx.trigger(link, "open");
  narrow(box, words);
}

function close(box: Box): void {
  box.found.hidden = true;
}

/** The words take the place of `/…` where that was typed, else they go where the caret is. */
function put(box: Box, link: HTMLElement): void {
  const { text } = box;
  const words = link.dataset["words"] ?? "";
  const typed = asked(box);
  const end = text.selectionEnd;
  const start = typed === null ? text.selectionStart : text.selectionStart - typed.length - 1;
  text.setRangeText(words, start, end, "end");
  const chosen = text.form?.querySelector<HTMLInputElement>("input[name=script]");
  if (chosen) chosen.value = link.dataset["script"] ?? "";
  close(box);
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
  const gap = /\{[^{}]*\}/.exec(words);
  if (gap) text.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
}

function onKey(event: KeyboardEvent): void {
  const box = event.target instanceof HTMLTextAreaElement ? boxOf(event.target) : null;
  if (!box || box.found.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
  const all = shown(box);
  const here = all.findIndex((entry) => entry.classList.contains("is-active"));
  if (event.key === "Escape") close(box);
  else if (event.key === "ArrowDown") mark(box, all[Math.min(here + 1, all.length - 1)]);
  else if (event.key === "ArrowUp") mark(box, all[Math.max(here - 1, 0)]);
  else if (event.key === "Enter" && all[here]) put(box, all[here].querySelector<HTMLElement>("[data-script]") ?? all[here]);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function startScripts(): void {
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("input", (event) => {
    const box = event.target instanceof HTMLTextAreaElement ? boxOf(event.target) : null;
    if (!box || (event as InputEvent).isComposing) return;
    const words = asked(box);
    if (words !== null) open(box, words);
    else close(box);
    const chosen = box.text.form?.querySelector<HTMLInputElement>("input[name=script]");
    if (chosen && !box.text.value.trim()) chosen.value = "";
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-scripts-open], [data-script]") : null;
    const box = link?.closest("[data-scripts]") ? boxOf(link) : null;
    if (!link || !box || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (link.matches("[data-script]")) put(box, link);
    else if (box.found.hidden) open(box, "");
    else close(box);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const box = event.target instanceof Element && event.target.matches(".scripts__found") ? boxOf(event.target) : null;
    if (box) narrow(box, asked(box) ?? "");
  });
}
