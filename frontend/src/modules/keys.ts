// Listens to the keyboard by the registry in keymap.ts; while somebody types, or a dialog is open, keys are theirs.
import { answer, awake, keymap, press, register } from "./keymap";

const WAIT_FOR = 1_200;
let goUntil = 0;

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !target.matches("input[type=checkbox]") &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

const rows = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>("[data-rows] tbody tr:not(.opened), [data-rows] > li"),
];

function move(step: number): boolean {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  (row?.querySelector<HTMLElement>("[data-open]") ?? row?.querySelector<HTMLElement>("a, button") ?? row)?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return row !== undefined;
}

/** The sheet of all keys of this page, drawn anew each time: pages change under it. */
function showSheet(): boolean {
  const sheet = document.querySelector<HTMLDialogElement>("#keys-sheet");
  const place = sheet?.querySelector("[data-keymap]");
  if (!sheet || !place) return false;
  place.replaceChildren(
    ...keymap().map(({ title, lines }) => {
      const group = document.createElement("section");
      const list = document.createElement("dl");
      group.append(Object.assign(document.createElement("h3"), { textContent: title }), list);
      for (const [keys, says] of lines) {
        const term = document.createElement("dt");
        for (const key of keys) term.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
        list.append(term, Object.assign(document.createElement("dd"), { textContent: says }));
      }
      return group;
    }),
  );
  sheet.showModal();
  return true;
}

function go(): boolean {
  goUntil = Date.now() + WAIT_FOR;
  return true;
}

const listed = (): boolean => rows().length > 0;
const there = (selector: string) => () => document.querySelector(selector) !== null;

export function startKeys(): void {
  register(
    { on: "/", zh: "搜索", en: "Search", run: () => press("[data-search]"), here: there("[data-search]") },
    { on: "j", zh: "下一条", en: "Next row", run: () => move(1), here: listed },
    { on: "k", zh: "上一条", en: "Previous row", run: () => move(-1), here: listed },
    { on: "g", zh: "前往（再按一个字母）", en: "Go (then a letter)", run: go, here: there("[data-go]") },
    { on: "h", zh: "本页帮助", en: "Help for this page", run: () => press("[data-help]"), here: there("[data-help]") },
    { on: "?", zh: "全部快捷键", en: "All keys", run: showSheet },
  );
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys-sheet]")) showSheet();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog:modal")) return;
    if (event.ctrlKey || event.metaKey) {
      if (!event.shiftKey && answer(`mod+${event.key.toLowerCase()}`)) event.preventDefault();
      return;
    }
    if (!awake() || typing(event.target)) return;
    const going = Date.now() < goUntil;
    goUntil = 0;
    if (going ? press(`[data-go="${CSS.escape(event.key)}"]`) : answer(event.key)) event.preventDefault();
  });
}
