// A field with a list under it, as screen readers know it: the field keeps the focus, the list has one chosen option.
const options = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];

export const chosen = (list: Element): HTMLElement | null => list.querySelector<HTMLElement>("[aria-selected=true]");

export function choose(field: HTMLElement, list: Element, wanted: HTMLElement | null): void {
  for (const option of options(list)) option.setAttribute("aria-selected", String(option === wanted));
  if (wanted) field.setAttribute("aria-activedescendant", wanted.id);
  else field.removeAttribute("aria-activedescendant");
  wanted?.scrollIntoView({ block: "nearest" });
}

/** Arrow keys, round and round; true when the key was one of them. */
export function moveChoice(field: HTMLElement, list: Element, key: string): boolean {
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  const all = options(list);
  if (!step || !all.length) return false;
  const now = chosen(list);
  const here = now ? all.indexOf(now) : step > 0 ? -1 : 0;
  choose(field, list, all[(here + step + all.length) % all.length] ?? null);
  return true;
}
