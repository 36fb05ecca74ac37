// The desk: a line's form opens under the line, is done there, and the next line has the focus. What is typed into it
// outlives closing it, opening another and the board being drawn anew.
import htmx from "htmx.org";
import { register } from "./keymap";

const kept = new Map<string, HTMLElement>();
let focusNext: string | null = null;

const board = (): HTMLElement | null => document.querySelector<HTMLElement>("#board");
const opened = (): HTMLElement | null => document.querySelector<HTMLElement>("#board [data-opened], #said ~ [data-opened]");
const lineOf = (place: Element): HTMLElement | null => place.closest<HTMLElement>("[data-line]");
const openerOf = (line: Element | null): HTMLElement | null =>
  line?.querySelector<HTMLElement>("[data-open]") ?? line?.querySelector<HTMLElement>("[data-first], a, button") ?? null;

/** The place under a line: a row of its own in a table, else a block. */
function place(line: HTMLElement | null, card: HTMLElement): void {
  if (line instanceof HTMLTableRowElement) {
    const row = document.createElement("tr");
    const cell = document.createElement("td");
    row.className = "opened";
    cell.colSpan = line.cells.length;
    cell.append(card);
    row.append(cell);
    line.after(row);
  } else if (line) line.after(card);
  else board()?.before(card); // its line is gone: what was typed is not
}

function lift(card: HTMLElement): void {
  const row = card.closest("tr.opened");
  card.remove();
  row?.remove();
}

function focusIn(card: HTMLElement): void {
  const first =
    card.querySelector<HTMLElement>('[data-key="y"]') ??
    card.querySelector<HTMLElement>("form :is(input:not([type=hidden]), select, textarea)") ??
    card.querySelector<HTMLElement>("form button, a");
  first?.focus();
}

function openAt(opener: HTMLAnchorElement): void {
  const line = lineOf(opener);
  if (!line) return;
  const here = opened();
  const again = here?.dataset["opened"] === line.id;
  if (here) close(false);
  if (again) return;
  const before = kept.get(line.id);
  const card = before ?? document.createElement("div");
  opener.setAttribute("aria-expanded", "true");
  if (before) {
    place(line, before);
    focusIn(before);
    return;
  }
  const url = new URL(opener.href);
  card.className = "opened__place";
  card.dataset["opened"] = line.id;
  card.setAttribute("hx-target", "this");
  card.setAttribute("hx-swap", "innerHTML");
  card.setAttribute("hx-push-url", "false");
  card.setAttribute("hx-vals", JSON.stringify({ in_place: "1", duty: url.searchParams.get("duty") ?? "" }));
  place(line, card);
  htmx.process(card);
  void htmx.ajax("get", url.pathname + url.search, { source: card, target: card, swap: "innerHTML" });
}

/** Put the card away; `done`: it has served, otherwise it is kept as it is. */
function close(done: boolean): void {
  const card = opened();
  if (!card) return;
  const id = card.dataset["opened"] ?? "";
  const line = document.getElementById(id);
  lift(card);
  if (done || !card.querySelector("form")) kept.delete(id);
  else kept.set(id, card);
  const opener = openerOf(line);
  opener?.removeAttribute("aria-expanded");
  if (!done) opener?.focus();
}

function closed(): boolean {
  const there = opened() !== null;
  close(false);
  return there;
}

const focusedLine = (): HTMLElement | null => (document.activeElement ? lineOf(document.activeElement) : null);

function neighbour(id: string): string | null {
  const lines = [...document.querySelectorAll<HTMLElement>("#board [data-line]")];
  const at = lines.findIndex((line) => line.id === id);
  return (lines[at + 1] ?? lines[at - 1])?.id ?? null;
}

function onDone(event: Event): void {
  const line = event.target instanceof Element ? lineOf(event.target) : null; // a form in the line itself, still there
  const card = line ? null : opened();
  const id = line?.id ?? card?.dataset["opened"] ?? "";
  focusNext = neighbour(id);
  if (card) {
    document.querySelector("#said")?.replaceChildren(...[...card.childNodes].map((node) => node.cloneNode(true)));
    close(true);
  }
  const here = board();
  if (here) htmx.trigger(here, "poll");
}

/** Around a redrawing of the board: the open card is taken out and put back, and the focus with it. */
function keepOverRedraw(): void {
  let card: HTMLElement | null = null;
  let focused: string | null = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = (event as CustomEvent<{ target: Element; xhr: XMLHttpRequest }>).detail;
    if (target.id !== "board" || xhr.status !== 200) return;
    card = opened();
    const active = document.activeElement;
    if (card?.contains(active) && active?.matches("input, textarea, select")) {
      (event as CustomEvent<{ shouldSwap: boolean }>).detail.shouldSwap = false; // somebody has begun to type meanwhile
      card = null;
      return;
    }
    focused = focusNext ?? (active && target.contains(active) ? (lineOf(active)?.id ?? null) : null);
    const inside = card?.contains(active) ? (active as HTMLElement) : null;
    if (card) lift(card);
    if (inside) focused = null;
    if (inside && card) card.dataset["focus"] = "1";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if ((event as CustomEvent<{ target: Element }>).detail.target.id !== "board") return;
    if (card) {
      place(document.getElementById(card.dataset["opened"] ?? ""), card);
      openerOf(document.getElementById(card.dataset["opened"] ?? ""))?.setAttribute("aria-expanded", "true");
      if (card.dataset["focus"]) focusIn(card);
      delete card.dataset["focus"];
    }
    if (focused) {
      const line = document.getElementById(focused) ?? document.querySelector<HTMLElement>("#board [data-line]");
      openerOf(line)?.focus();
    }
    card = focused = focusNext = null;
  });
}

export function startDesk(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const opener = event.target.closest<HTMLAnchorElement>("#board a[data-open]");
    if (opener) {
      event.preventDefault();
      openAt(opener);
    } else if (event.target.closest("[data-opened] [data-close]")) close(false);
  });
  register(
    // The link does it by itself; here it is told.
    { on: "Enter", zh: "就地打开这一条", en: "Open this line in place", run: () => false, here: () => focusedLine() !== null },
    { on: "Escape", zh: "收起，已填的留着", en: "Close it; what was typed is kept", run: closed, here: () => opened() !== null },
  );
  document.addEventListener("keydown", (event) => {
    // Also while one types, and for whom single keys are switched off.
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || document.querySelector("dialog:modal")) return;
    closed();
  });
  document.addEventListener("deed-done", onDone);
  document.addEventListener("htmx:afterSettle", (event) => {
    const { target } = (event as CustomEvent<{ target: Element }>).detail;
    if (target instanceof HTMLElement && target.matches("[data-opened]") && target.isConnected) focusIn(target);
  });
  keepOverRedraw();
}
