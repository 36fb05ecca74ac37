// The one registry of keys: what answers to which, here and now. keys.ts listens by it, the "?" sheet is drawn from it.
import { english } from "./words";

/** One key. on: as `KeyboardEvent.key` has it, "mod+k" for Ctrl or Cmd with it. here: whether it does something now. */
export interface Key {
  on: string;
  zh: string;
  en: string;
  run: () => boolean;
  here?: () => boolean;
}

const registered: Key[] = [];

/** Make a key known; a later one takes the place of an earlier one of the same name. */
export function register(...keys: Key[]): void {
  for (const key of keys) {
    const old = registered.findIndex((one) => one.on === key.on);
    if (old >= 0) registered.splice(old, 1, key);
    else registered.push(key);
  }
}

const seen = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/** The first element of the selector that is on the screen, pressed, or focused where one types in it. */
export function press(selector: string): boolean {
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find(seen);
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

/** Do what the key says: the page's own `data-key` before what holds everywhere. */
export function answer(key: string): boolean {
  if (key.length === 1 && press(`[data-key="${CSS.escape(key)}"]`)) return true;
  const known = registered.find((one) => one.on === key);
  return known !== undefined && (known.here?.() ?? true) && known.run();
}

/** Whether single keys answer; somebody whose other tools send them has them switched off in the profile. */
export const awake = (): boolean => document.documentElement.dataset["keys"] !== "off";

/** What an element says: its label, else its text without the keys and counts written in it. */
export function wordsOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true) as HTMLElement;
  for (const mark of copy.querySelectorAll("kbd, .count")) mark.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

type Line = [keys: string[], says: string];

function marked(selector: string, name: string, before: string[]): Line[] {
  const found = new Map<string, Line>();
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    const key = element.dataset[name] ?? "";
    if (key && !found.has(key) && (seen(element) || name === "go")) found.set(key, [[...before, key], wordsOf(element)]);
  }
  return [...found.values()];
}

/** As it stands on the keyboard: "mod+k" is Ctrl and K, "X" is Shift and x. */
function shown(on: string): string[] {
  if (on.startsWith("mod+")) return [/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl", on.slice(4).toUpperCase()];
  return /^[A-Z]$/.test(on) ? ["⇧", on.toLowerCase()] : [on];
}

/** The keys of this page in their groups; empty groups are left out. */
export function keymap(): { title: string; lines: Line[] }[] {
  const en = english();
  const own = marked("[data-key]", "key", []);
  const taken = new Set(own.map(([keys]) => keys[0]));
  const everywhere = registered
    .filter((key) => !taken.has(key.on) && (key.here?.() ?? true))
    .map((key): Line => [shown(key.on), en ? key.en : key.zh]);
  return [
    { title: en ? "This page" : "本页", lines: own },
    { title: en ? "Everywhere" : "到处可用", lines: everywhere },
    { title: en ? "Go to" : "前往", lines: marked("[data-go]", "go", ["g"]) },
  ].filter((group) => group.lines.length);
}
