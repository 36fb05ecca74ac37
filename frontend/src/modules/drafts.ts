// What is half written in <form data-draft> outlives a closed tab: kept in this browser per person and form, for a day.
// It goes when the form is sent, when its writer logs out, and when somebody else logs in here.
const PREFIX = "draft:";
const KEPT_FOR = 24 * 3600 * 1000;

interface Draft {
  at: number;
  text: string;
}

const me = (): string => document.body.dataset["me"] ?? "";
const box = (form: HTMLFormElement): HTMLTextAreaElement | null => form.querySelector("textarea");
const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
const keyOf = (form: HTMLFormElement): string => `${PREFIX}${me()}:${new URL(form.action).pathname}`;

/** A browser may forbid storing: then there are no drafts, and nothing else is lost. */
function storing(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}

function keep(form: HTMLFormElement): void {
  const text = box(form)?.value ?? "";
  if (text.trim()) localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), text }));
  else localStorage.removeItem(keyOf(form));
}

function recall(form: HTMLFormElement): void {
  const field = box(form);
  const stored = localStorage.getItem(keyOf(form));
  if (!field || (!stored && !field.value)) return;
  if (field.value) keep(form); // drawn again after a refusal
  else if (stored) field.value = (JSON.parse(stored) as Draft).text;
}

function forget(which: (key: string) => boolean): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && which(key)) localStorage.removeItem(key);
}

function isStale(key: string): boolean {
  const { at } = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Draft>;
  return !key.startsWith(`${PREFIX}${me()}:`) || !at || Date.now() - at > KEPT_FOR;
}

const draftOf = (event: Event): HTMLFormElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-draft]") : null;

export function startDrafts(): void {
  if (me()) storing(() => forget(isStale));
  storing(() => forms().forEach(recall));
  document.addEventListener("htmx:afterSettle", (event) => {
    const drawn = event.target as Element; // a form that was not drawn anew is as its writer left it
    storing(() => forms().filter((form) => drawn.contains(form)).forEach(recall));
  });
  document.addEventListener("htmx:sendError", () => storing(() => forms().forEach(keep)));
  document.addEventListener("input", (event) => {
    const form = draftOf(event);
    if (form) storing(() => keep(form));
  });
  document.addEventListener("submit", (event) => {
    const form = draftOf(event);
    if (form) storing(() => localStorage.removeItem(keyOf(form)));
    else if (event.target instanceof HTMLFormElement && event.target.matches("[data-logout]")) storing(() => forget(() => true));
  });
}
