// Too many or too large photos are told before anything is sent: on a slow line that is minutes later.
import { english } from "./words";

const MEGABYTE = 1024 * 1024;

function problem(box: HTMLElement, files: File[]): string {
  const most = Number(box.dataset["most"]);
  const size = Number(box.dataset["megabytes"]);
  const large = files.filter((file) => file.size > size * MEGABYTE).map((file) => file.name);
  if (large.length) return english() ? `Larger than ${size} MB: ${large.join(", ")}` : `超过 ${size} MB：${large.join("、")}`;
  if (files.length > most) return english() ? `At most ${most}; these are ${files.length}.` : `最多 ${most} 个，现在是 ${files.length} 个。`;
  return "";
}

function check(box: HTMLElement): void {
  const inputs = [...box.querySelectorAll<HTMLInputElement>("input[type=file]")];
  const words = problem(box, inputs.flatMap((input) => [...(input.files ?? [])]));
  for (const input of inputs) input.setCustomValidity(input.files?.length ? words : "");
  const said = box.querySelector<HTMLElement>("[data-photos-said]");
  if (!said) return;
  said.textContent = words;
  said.hidden = words === "";
}

export function startPhotos(): void {
  document.addEventListener("change", (event) => {
    const box = event.target instanceof HTMLInputElement ? event.target.closest<HTMLElement>("[data-photos]") : null;
    if (box) check(box);
  });
}
