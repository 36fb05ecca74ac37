// Files beside words: pasted or dropped anywhere in the form, shown before they are sent, taken out again; too large or too many is told at once.
import { english } from "./words";

const MEGABYTE = 1024 * 1024;
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

const boxOf = (at: EventTarget | null): HTMLElement | null =>
  (at instanceof Element ? at.closest("form") : null)?.querySelector<HTMLElement>("[data-files]") ?? null;
const fieldOf = (box: HTMLElement): HTMLInputElement | null => box.querySelector<HTMLInputElement>("input[type=file]");

function problem(box: HTMLElement, files: File[]): string {
  const most = Number(box.dataset["most"]);
  const size = Number(box.dataset["megabytes"]);
  const large = files.filter((file) => file.size > size * MEGABYTE).map((file) => file.name);
  if (large.length) return english() ? `Larger than ${size} MB: ${large.join(", ")}` : `超过 ${size} MB：${large.join("、")}`;
  if (files.length > most) return english() ? `At most ${most} files; these are ${files.length}.` : `最多 ${most} 个文件，现在是 ${files.length} 个。`;
  return "";
}

function put(field: HTMLInputElement, files: File[]): void {
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  field.files = carried.files;
}

function sizeWords(bytes: number): string {
  return bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

interface Load { types: string[]; most: number }

/** How the file reaches the customer, where an answer goes by a channel; what the browser takes it for decides here, its bytes there. */
function way(box: HTMLElement, file: File): string {
  const told = box.dataset["loads"];
  if (told === undefined) return "";
  const goes = (JSON.parse(told) as Load[]).some((load) => (!load.types.length || load.types.includes(file.type)) && file.size <= load.most);
  return (goes ? box.dataset["goes"] : box.dataset["stays"]) ?? "";
}

/** A picture as the page may show it: drawn small here, for the policy allows data and no other origin. */
function preview(file: File, place: HTMLImageElement): void {
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    place.src = typeof reader.result === "string" ? reader.result : "";
  });
  reader.readAsDataURL(file);
}

function line(box: HTMLElement, file: File): HTMLLIElement {
  const item = document.createElement("li");
  if (PICTURE.test(file.type)) {
    const picture = document.createElement("img");
    picture.alt = "";
    preview(file, picture);
    item.append(picture);
  }
  const name = document.createElement("span");
  name.textContent = [file.name, sizeWords(file.size), way(box, file)].filter(Boolean).join(" · ");
  const out = document.createElement("button");
  out.type = "button";
  out.className = "btn btn--quiet btn--sm";
  out.textContent = english() ? "Remove" : "移除";
  out.setAttribute("aria-label", `${out.textContent} ${file.name}`);
  out.addEventListener("click", () => {
    const field = fieldOf(box);
    if (!field) return;
    put(field, [...(field.files ?? [])].filter((one) => one !== file));
    draw(box);
    field.focus();
  });
  item.append(name, out);
  return item;
}

function draw(box: HTMLElement): void {
  const field = fieldOf(box);
  if (!field) return;
  const files = [...(field.files ?? [])];
  box.querySelector("[data-files-list]")?.replaceChildren(...files.map((file) => line(box, file)));
  const words = problem(box, files);
  field.setCustomValidity(words);
  const said = box.querySelector<HTMLElement>("[data-files-said]");
  if (!said) return;
  said.textContent = words;
  said.hidden = words === "";
}

/** Each once: the same name, size and time of change is the same file. */
function add(box: HTMLElement, more: Iterable<File>): void {
  const field = fieldOf(box);
  if (!field) return;
  const key = (file: File): string => `${file.name}:${file.size}:${file.lastModified}`;
  const files = new Map([...(field.files ?? []), ...more].map((file) => [key(file), file]));
  put(field, [...files.values()]);
  draw(box);
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

export function startFiles(): void {
  document.addEventListener("change", (event) => {
    const box = event.target instanceof HTMLInputElement && event.target.type === "file" ? event.target.closest<HTMLElement>("[data-files]") : null;
    if (box) draw(box);
  });
  document.addEventListener("paste", (event) => {
    const box = boxOf(event.target);
    const files = event.clipboardData?.files;
    if (!box || !files?.length) return;
    event.preventDefault();
    add(box, files);
  });
  document.addEventListener("dragover", (event) => {
    const box = carriesFiles(event) ? boxOf(event.target) : null;
    if (!box) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  for (const kind of ["dragleave", "drop"] as const)
    document.addEventListener(kind, (event) => {
      const box = carriesFiles(event) ? boxOf(event.target) : null;
      if (!box) return;
      box.classList.remove("is-over");
      if (kind === "dragleave") return;
      event.preventDefault();
      add(box, event.dataTransfer?.files ?? []);
    });
}
