// Taking feedback down by keyboard: the customer found is chosen by arrows and Enter; elements are ticked off as they are given.
import { english } from "./words";

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form#intake");
const field = (name: string): HTMLInputElement | null => form()?.querySelector<HTMLInputElement>(`#id_${name}`) ?? null;
const found = (): HTMLInputElement[] => [...(form()?.querySelectorAll<HTMLInputElement>("input[type=radio][name=found]") ?? [])];

/** Whether one of the form's fields of that name holds something. */
function holds(values: FormData, name: string): boolean {
  return values.getAll(name).some((value) => typeof value === "string" && value.trim() !== "");
}

/** Ticks what is given; says in words how much is missing, when that changed. */
function tick(): void {
  const list = document.querySelector("[data-elements]");
  const said = document.querySelector("[data-elements-said]");
  const here = form();
  if (!list || !here) return;
  const values = new FormData(here);
  let missing = 0;
  for (const item of list.querySelectorAll<HTMLElement>("[data-fields]")) {
    const given = (item.dataset["fields"] ?? "").split(" ").some((name) => holds(values, name));
    item.classList.toggle("is-given", given);
    if (!given) missing += 1;
  }
  const words = missing ? (english() ? `${missing} missing` : `还缺 ${missing} 项`) : english() ? "All given" : "要素已齐";
  if (said && said.textContent !== words) said.textContent = words;
}

function put(name: string, value: string): void {
  const control = field(name);
  if (!control || control.value === value) return;
  control.value = value;
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Customer and order of the choice stand in their own fields, so that they stay when something else is looked for. */
function take(choice: HTMLInputElement): void {
  const [customer = "", order = ""] = choice.value.split(/:(.*)/s);
  put("customer", customer);
  const control = field("order");
  if (order || control?.dataset["chosen"] === control?.value) put("order", order);
  if (control) control.dataset["chosen"] = order;
}

function choose(choice: HTMLInputElement): void {
  choice.checked = true;
  choice.focus();
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

/** On to the first element still missing; to the button when nothing is. */
function goOn(): void {
  const missing = document.querySelector<HTMLElement>("[data-elements] [data-fields]:not(.is-given)");
  const name = missing?.dataset["fields"]?.split(" ")[0];
  const next = name ? field(name) : form()?.querySelector<HTMLElement>(".form__foot button");
  next?.focus();
}

function onKey(event: KeyboardEvent): void {
  const at = event.target;
  if (!(at instanceof HTMLInputElement) || !form()?.contains(at) || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const all = found();
  if (at.id === "id_find" && (event.key === "ArrowDown" || event.key === "Enter")) {
    event.preventDefault(); // Enter looks and chooses; only Ctrl+Enter and the button file the case
    if (all[0]) choose(all.find((one) => one.checked) ?? all[0]);
  } else if (at.name === "found" && event.key === "Enter") {
    event.preventDefault();
    goOn();
  }
}

export function startIntake(): void {
  document.addEventListener("keydown", onKey);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const at = event.target;
      if (!(at instanceof Element) || !form()?.contains(at)) return;
      if (at instanceof HTMLInputElement && at.name === "found" && at.checked && kind === "change") take(at);
      if (event.isTrusted && at.matches("#id_customer, #id_order")) for (const one of found()) one.checked = false;
      tick();
    });
  }
  document.addEventListener("htmx:afterSettle", tick);
  window.addEventListener("pageshow", tick);
}
