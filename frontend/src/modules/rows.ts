// The list by keyboard: "x" ticks the row, "X" all from the last one to it, "A" the page and then all that the filter
// leaves, "y" accepts what is proposed.
import htmx from "htmx.org";
import { awake, register } from "./keymap";
import { typing } from "./keys";
import { offer, takeAll, taken, takenWords } from "./reach";
import { english } from "./words";

let last: HTMLInputElement | null = null;

const ticks = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("input[data-tick]")];
const rowHere = (): HTMLTableRowElement | null => document.activeElement?.closest<HTMLTableRowElement>("[data-rows] tbody tr") ?? null;
const tickOf = (row: Element | null): HTMLInputElement | null => row?.querySelector<HTMLInputElement>("input[data-tick]") ?? null;

/** Rows ticked look so; the bar says how many; whoever ticks means those ticked. */
function count(): void {
  const bar = document.querySelector<HTMLFormElement>("form[data-bulk]");
  if (!bar) return;
  const all = ticks();
  const ticked = all.filter((tick) => tick.checked).length;
  for (const tick of all) tick.closest("tr")?.setAttribute("aria-selected", String(tick.checked));
  const words = bar.querySelector("[data-bulk-count]");
  const whole = ticked > 0 && ticked === all.length;
  offer(whole);
  if (words) words.textContent = (ticked && takenWords()) || (ticked ? (english() ? `${ticked} ticked` : `已勾选 ${ticked} 件`) : "");
  const box = document.querySelector<HTMLInputElement>("input[data-tick-all]");
  if (box) {
    box.checked = whole;
    box.indeterminate = ticked > 0 && !whole;
  }
}

function scopeIsTicked(): void {
  const scope = document.querySelector<HTMLSelectElement>("form[data-bulk] select[name=scope]");
  if (scope) scope.value = "picked";
}

/** From the last one that was changed to this one, all as that one is. */
function reach(tick: HTMLInputElement): void {
  const all = ticks();
  const from = last ? all.indexOf(last) : -1;
  const to = all.indexOf(tick);
  if (from < 0 || !last) return;
  for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = last.checked;
}

function change(tick: HTMLInputElement, toHere: boolean): void {
  if (toHere && last?.isConnected) {
    reach(tick);
  } else {
    tick.checked = !tick.checked;
  }
  last = tick;
  scopeIsTicked();
  count();
}

function tickPage(on: boolean): void {
  for (const tick of ticks()) tick.checked = on;
  scopeIsTicked();
  count();
}

/** The page; pressed again, all that the filter leaves; once more, none. */
function changeAll(): void {
  const whole = ticks().every((tick) => tick.checked);
  if (whole && !taken() && takeAll()) count();
  else tickPage(!whole);
}

/** Accept in place; then on to the next row that can be worked on. */
async function accept(row: HTMLTableRowElement): Promise<void> {
  const { accept: url } = row.dataset;
  if (!url || row.dataset["busy"]) return;
  row.dataset["busy"] = "1";
  const { id } = row;
  const cells = row.cells.length;
  const next = row.nextElementSibling;
  await htmx.ajax("POST", url, { source: row, target: row, swap: "outerHTML" });
  const drawn = document.getElementById(id);
  delete drawn?.dataset["busy"];
  if (!drawn || drawn === row) return; // refused: the sentence stands above, the row as it was
  const wide = drawn.querySelector<HTMLTableCellElement>("[data-wide]");
  if (wide) wide.colSpan = cells - 1;
  (next ?? drawn).querySelector<HTMLElement>("a")?.focus();
  count();
}

/** In an open menu of acts: the letter shown beside one chooses it. */
function choose(key: string): boolean {
  const item = document.querySelector<HTMLElement>(`details[data-menu][open] [data-key-in="${CSS.escape(key)}"]`);
  item?.click();
  return item !== null;
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-send-by-ctrl-enter]") : null;
    form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog:modal")) return;
  if (!awake() || typing(event.target)) return;
  if (choose(event.key)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const tick = tickOf(rowHere());
  if (event.key === "a" && tick && !ticks().some((one) => one.checked)) change(tick, false); // the row is meant; then the menu opens
}

function tickRow(toHere: boolean): boolean {
  const tick = tickOf(rowHere());
  if (tick) change(tick, toHere);
  return tick !== null;
}

function tickAll(): boolean {
  changeAll();
  return true;
}

function acceptRow(): boolean {
  const row = rowHere();
  if (row) void accept(row);
  return row !== null;
}

const ticked = (): boolean => ticks().length > 0;

function registerKeys(): void {
  register(
    { on: "x", zh: "勾选这一行", en: "Tick this row", run: () => tickRow(false), here: ticked },
    { on: "X", zh: "从上次勾选处连选到这一行", en: "Tick all from the last one to this row", run: () => tickRow(true), here: ticked },
    { on: "A", zh: "勾选本页全部，再按选中筛选下的全部，再按放开", en: "Tick this page; again, all the filter leaves; again, none", run: tickAll, here: ticked },
    { on: "y", zh: "就地采纳这一行的分类建议", en: "Accept what is proposed for this row", run: acceptRow, here: ticked },
  );
}

export function startRows(): void {
  registerKeys();
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const target = event.target instanceof HTMLInputElement ? event.target : null;
    if (target?.matches("[data-tick]")) {
      if (event.shiftKey && last?.isConnected) {
        last.checked = target.checked;
        reach(target);
      }
      last = target;
      scopeIsTicked();
      count();
    } else if (target?.matches("[data-tick-all]")) {
      tickPage(target.checked);
    } else if (event.target instanceof Element && event.target.closest("[data-reach-take]")) {
      takeAll();
      count();
    }
  });
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLSelectElement) || !event.target.matches("form[data-bulk] select[name=scope]")) return;
    if (event.target.value !== "picked") for (const tick of ticks()) tick.checked = true; // what is meant looks so
    count();
  });
  document.addEventListener("htmx:afterSettle", count);
  window.addEventListener("pageshow", count);
}
