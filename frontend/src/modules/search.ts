// Results under the search field as one types: htmx asks, the last answer wins; arrows choose, Enter opens, Escape closes.
import { choose, chosen, moveChoice } from "./choosing";

const parts = (): [HTMLInputElement, HTMLElement] | null => {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  const list = document.querySelector<HTMLElement>("#search-found");
  return field && list ? [field, list] : null;
};

function show(field: HTMLElement, list: HTMLElement, open: boolean): void {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) choose(field, list, null);
}

function onKey(event: KeyboardEvent): void {
  const found = parts();
  if (!found || event.target !== found[0] || event.isComposing) return;
  const [field, list] = found;
  if (event.key === "Escape") {
    event.preventDefault();
    if (list.hidden) field.blur();
    else show(field, list, false);
  } else if (event.key === "Enter" && !list.hidden && chosen(list)) {
    event.preventDefault();
    chosen(list)?.click();
  } else if (list.childElementCount && moveChoice(field, list, event.key)) {
    event.preventDefault();
    show(field, list, true);
  }
}

interface Answer {
  xhr: XMLHttpRequest;
  target: Element;
  shouldSwap: boolean;
}

/** What comes too late, or is the log-in page after a session's end, is not shown; the form itself leads there. */
function onAnswer(event: Event): void {
  const { xhr, target } = (event as CustomEvent<Answer>).detail;
  const found = parts();
  if (!found || target !== found[1]) return;
  const asked = new URL(xhr.responseURL, window.location.href).searchParams.get("q");
  if (asked !== found[0].value || /<html[\s>]/i.test(xhr.responseText)) event.preventDefault();
}

function onElsewhere(event: Event): void {
  const found = parts();
  if (!found || !(event.target instanceof Node)) return;
  if (!found[0].closest("form")?.contains(event.target)) show(...found, false);
}

export function startSearch(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:beforeSwap", onAnswer);
  document.addEventListener("htmx:afterSwap", (event) => {
    const found = parts();
    if (!found || (event as CustomEvent<{ target: Element }>).detail.target !== found[1]) return;
    show(...found, found[1].childElementCount > 0 && document.activeElement === found[0]);
  });
  for (const kind of ["focusin", "pointerdown"]) document.addEventListener(kind, onElsewhere);
}
