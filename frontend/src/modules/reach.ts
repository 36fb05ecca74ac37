// Once a page of the list is ticked whole, a line offers all that the filter leaves; the server says how many that are.
import htmx from "htmx.org";
import { english } from "./words";

const line = (): HTMLElement | null => document.querySelector<HTMLElement>("form[data-bulk] [data-reach]");
const scope = (): HTMLSelectElement | null => document.querySelector<HTMLSelectElement>("form[data-bulk] select[name=scope]");

/** Whether all that the filter leaves is chosen. */
export const taken = (): boolean => scope()?.value === "all";

/** Choose all that the filter leaves; false where the page is all there is. */
export function takeAll(): boolean {
  const field = scope();
  if (!line() || !field) return false;
  field.value = "all";
  return true;
}

/** The line shows while the whole page is ticked and no more than the page is chosen. */
export function offer(whole: boolean): void {
  const place = line();
  if (!place) return;
  place.hidden = !whole || taken();
  if (whole) htmx.trigger(place, "asked");
}

/** What is said once all is chosen; empty while it is not. How many that are may not be known yet. */
export function takenWords(): string {
  if (!taken()) return "";
  const told = line()?.querySelector<HTMLElement>("[data-taken]")?.dataset["taken"];
  return told ?? (english() ? "All that the filter leaves" : "符合筛选的全部");
}
