// Keyboard: "/" search, "g" then a letter to go, "j" and "k" to move, "?" help, and data-key="x" anywhere.
const WAIT_FOR = 1_200;
let goUntil = 0;

export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !target.matches("input[type=checkbox]") &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

function press(selector: string): boolean {
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find((found) => found.offsetParent !== null);
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

function move(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-rows] tbody tr, [data-rows] > li")];
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  const link = row?.querySelector<HTMLElement>("a, button") ?? row;
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return true;
}

function answer(key: string): boolean {
  if (Date.now() < goUntil) {
    goUntil = 0;
    return press(`[data-go="${CSS.escape(key)}"]`);
  }
  switch (key) {
    case "/":
      return press("[data-search]");
    case "g":
      goUntil = Date.now() + WAIT_FOR;
      return true;
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "?": {
      const help = document.querySelector<HTMLDialogElement>("#keys-help");
      help?.showModal();
      return help !== null;
    }
    default:
      return press(`[data-key="${CSS.escape(key)}"]`);
  }
}

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target instanceof HTMLElement && event.target.matches("[data-search]")) {
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (answer(event.key)) event.preventDefault();
  });
}
