// The command palette: Ctrl or Cmd with K. Places come once from the server, what this page can do from the page itself.
import { choose, chosen, moveChoice } from "./choosing";
import { fit } from "./fuzzy";
import { register, wordsOf } from "./keymap";
import { english } from "./words";

interface Place {
  zh: string;
  en: string;
  url: string;
}

/** words: as shown; also: further words it is found by; run: what it does. */
interface Command {
  words: string;
  also: string;
  group: string;
  run: () => void;
}

const MOST = 60;
let places: Promise<Place[]> | null = null;
let offered: Command[] = [];

const follow = (url: string) => () => window.location.assign(url);
const labels = (): [string, string] => (english() ? ["Do here", "Go to"] : ["在本页", "前往"]);

function fetched(address: string): Promise<Place[]> {
  const asked = window.fetch(address, { headers: { Accept: "application/json" } }).then(async (answer) => {
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return (await answer.json()) as Place[];
  });
  return asked.catch(() => {
    places = null; // the next opening asks again; what the page itself offers is there anyway
    return [];
  });
}

/** Everything marked `data-command`, on the page itself or in the frame; its value holds further words, in both languages. */
function marked(inPage: boolean): Command[] {
  const found = new Map<string, Command>();
  for (const element of document.querySelectorAll<HTMLElement>("[data-command]")) {
    if ((element.closest("main") !== null) !== inPage) continue;
    const words = wordsOf(element);
    const also = element.dataset["command"] ?? "";
    if (words && !found.has(words)) found.set(words, { words, also, group: labels()[0], run: () => element.click() });
  }
  return [...found.values()];
}

const command = (words: string, run: () => void): Command => ({ words, also: "", group: labels()[1], run });

/** A number leads to its case. */
function numbered(asked: string, template: string): Command[] {
  const number = /^#?(\d{1,10})$/.exec(asked)?.[1];
  if (!number || !template) return [];
  return [command(english() ? `Open case #${number}` : `打开工单 #${number}`, follow(template.replace("0", number)))];
}

/** Any words lead to the search page. */
function searched(asked: string, template: string): Command[] {
  if (!asked || !template) return [];
  const address = template.replace("0", encodeURIComponent(asked));
  return [command(english() ? `Search for “${asked}”` : `搜索“${asked}”`, follow(address))];
}

function fitting(asked: string): Command[] {
  if (!asked) return offered;
  return offered
    .map((one) => ({ one, score: fit(asked, one.words, one.also) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ one }) => one);
}

function draw(dialog: HTMLDialogElement, field: HTMLInputElement, list: HTMLElement): void {
  const asked = field.value.trim();
  const shown = [
    ...numbered(asked, dialog.dataset["case"] ?? ""),
    ...fitting(asked).slice(0, MOST),
    ...searched(asked, dialog.dataset["find"] ?? ""),
  ];
  list.replaceChildren(
    ...shown.map((one, place) => {
      const option = Object.assign(document.createElement("li"), { id: `palette-${place}`, textContent: one.words });
      option.setAttribute("role", "option");
      option.append(Object.assign(document.createElement("span"), { className: "muted small", textContent: one.group }));
      option.addEventListener("click", () => {
        dialog.close();
        one.run();
      });
      return option;
    }),
  );
  choose(field, list, list.querySelector<HTMLElement>("[role=option]"));
}

function open(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#palette");
  const field = dialog?.querySelector("input");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  if (!dialog || !field || !list) return false;
  offered = [...marked(true), ...marked(false)];
  field.value = "";
  draw(dialog, field, list);
  dialog.showModal();
  field.focus();
  places ??= fetched(dialog.dataset["places"] ?? "");
  void places.then((found) => {
    const en = english();
    const known = found.map((place) => ({
      words: en ? place.en : place.zh,
      also: en ? place.zh : place.en,
      group: labels()[1],
      run: follow(place.url),
    }));
    offered = [...marked(true), ...known, ...marked(false)];
    draw(dialog, field, list);
  });
  return true;
}

function inside(event: Event): [HTMLDialogElement, HTMLInputElement, HTMLElement] | null {
  const field = event.target instanceof HTMLInputElement ? event.target : null;
  const dialog = field?.closest<HTMLDialogElement>("#palette");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  return field && dialog && list ? [dialog, field, list] : null;
}

export function startPalette(): void {
  register({ on: "mod+k", zh: "命令面板", en: "Command palette", run: open, here: () => document.querySelector("#palette") !== null });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-palette]")) open();
    if (event.target instanceof HTMLDialogElement && event.target.id === "palette") event.target.close();
  });
  document.addEventListener("input", (event) => {
    const parts = inside(event);
    if (parts) draw(...parts);
  });
  document.addEventListener("keydown", (event) => {
    const parts = inside(event);
    if (!parts || event.isComposing) return;
    const [dialog, field, list] = parts;
    if (event.key === "Enter") {
      event.preventDefault();
      chosen(list)?.click();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      dialog.close();
    } else if (moveChoice(field, list, event.key)) event.preventDefault();
  });
}
